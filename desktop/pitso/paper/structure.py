"""The structure of a file for readers who hear it: what is drawn, in the order in which it is read."""

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


def tag(document: Any, root: Element, marks: dict[int, list[Element]]) -> None:
    """Write the structure tree: what is drawn, in the order in which it is read."""
    tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    tree_reference = document.Reference(tree)
    pages = document.Pages.pages
    written: dict[int, Any] = {}
    top = _write_element(document, root, tree_reference, pages, written)
    tree["K"] = top
    numbers: list[Any] = []
    for number, page in enumerate(pages):
        elements = [written[id(element)] for element in marks.get(number + 1, [])]
        numbers += [number, document.Reference(pdfdoc.PDFArray(elements))]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
    tree["ParentTree"] = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
    tree["ParentTreeNextKey"] = len(pages)
    catalogue = document.Catalog
    catalogue.StructTreeRoot = tree
    catalogue.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


class _Entry(pdfdoc.PDFObject):
    """One element as it is written. A register has thousands: ReportLab's own dictionaries take half its time."""

    def __init__(self, element: Element, parent: Any, page: Any) -> None:
        self._element, self._parent, self._page = element, parent, page
        self.kids: list[Any] = []

    def format(self, document: Any) -> bytes:
        """The element in the syntax of the file."""
        element = self._element
        parts = [b"<< /Type /StructElem /S /" + element.tag.encode(), b"/P " + self._parent.format(document)]
        if element.alternative:
            parts.append(b"/Alt " + pdfdoc.PDFString(element.alternative).format(document))
        if element.mark is None:
            parts.append(b"/K [ " + b" ".join(kid.format(document) for kid in self.kids) + b" ]")
        else:
            parts.append(b"/Pg " + self._page.format(document) + b" /K " + str(element.mark).encode())
        return b" ".join([*parts, b">>"])


def _write_element(document: Any, element: Element, parent: Any, pages: list[Any], written: dict[int, Any]) -> Any:
    page = None if element.mark is None else document.Reference(pages[element.page - 1])
    entry = _Entry(element, parent, page)
    reference = document.Reference(entry)
    written[id(element)] = reference
    entry.kids = [_write_element(document, kid, reference, pages, written) for kid in element.kids]
    return reference


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
