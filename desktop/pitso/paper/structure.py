"""The structure of a file for readers who hear it: what is drawn, in the order in which it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from pitso import words


@dataclass(eq=False)
class Element:
    """A piece of the structure: a table, a row, a paragraph."""

    tag: str
    alternative: str = ""
    kids: list["Element"] = field(default_factory=list)
    page: int = 0
    mark: int | None = None
    """Number of its marked content on the page; None for one that only holds others."""


class _Written(pdfdoc.PDFObject):
    """An object that is written already. A register has thousands: ReportLab's own dictionaries take half its time."""

    def __init__(self) -> None:
        self.said = b""

    def format(self, _document: Any) -> bytes:
        """The object in the syntax of the file."""
        return self.said


def tag(document: Any, root: Element, marks: dict[int, list[Element]]) -> None:
    """Write the structure tree: what is drawn, in the order in which it is read."""
    tree, parents = _Written(), _Written()
    pages = document.Pages.pages
    references = [_reference(document, page) for page in pages]
    written: dict[int, bytes] = {}
    top = _write(document, root, _reference(document, tree), references, written)
    numbers = []
    for number, page in enumerate(pages):
        elements = b" ".join(written[id(element)] for element in marks.get(number + 1, []))
        numbers.append(b"%d [ %s ]" % (number, elements))
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
    parents.said = b"<< /Nums [ %s ] >>" % b"\n".join(numbers)
    tree.said = b"<< /Type /StructTreeRoot /K %s /ParentTree %s /ParentTreeNextKey %d >>" % (
        top,
        _reference(document, parents),
        len(pages),
    )
    catalogue = document.Catalog
    catalogue.StructTreeRoot = document.Reference(tree)
    catalogue.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def _write(document: Any, element: Element, parent: bytes, pages: Sequence[bytes], written: dict[int, bytes]) -> bytes:
    """Write an *element* with all that it holds, and give the reference to it."""
    entry = _Written()
    reference = written[id(element)] = _reference(document, entry)
    said = b"<< /Type /StructElem /S /%s /P %s" % (element.tag.encode(), parent)
    if element.alternative:
        said += b" /Alt " + pdfdoc.PDFString(element.alternative).format(document)
    if element.mark is None:
        kids = b" ".join(_write(document, kid, reference, pages, written) for kid in element.kids)
        entry.said = b"%s /K [ %s ] >>" % (said, kids)
    else:
        entry.said = b"%s /Pg %s /K %d >>" % (said, pages[element.page - 1], element.mark)
    return reference


def _reference(document: Any, entry: Any) -> bytes:
    number, version = document.idToObjectNumberAndVersion[document.Reference(entry).name]
    return b"%d %d R" % (number, version)


def describe(document: Any, title: str) -> None:
    """Title and language where readers of files look for them."""
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{words.language()}</rdf:li></rdf:Bag></dc:language>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )
    stream = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}),
        content=packet.encode(),
        filters=[],
    )
    document.Catalog.Metadata = stream
    direction = "R2L" if words.right_to_left() else "L2R"
    document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary(
        {"DisplayDocTitle": "true", "Direction": pdfdoc.PDFName(direction)}
    )
