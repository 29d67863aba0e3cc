"""The pages themselves: header, footer, QR, watermark, and the structure that a screen reader hears."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from io import BytesIO
from math import hypot
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from pitso import words
from pitso.paper import fonts, qr, sheet, text
from pitso.paper.imprint import Imprint, State, groups
from pitso.paper.sheet import MM, Style
from pitso.paper.text import Span
from pitso.words import _

QR = 18 * MM
"""Side of the QR with its quiet zone."""


@dataclass(eq=False)
class _Element:
    """A piece of the structure: a table, a row, a paragraph."""

    tag: str
    alternative: str = ""
    kids: list["_Element"] = field(default_factory=list)
    page: int = 0
    mark: int | None = None
    """Number of its marked content on the page; None for one that only holds others."""


@dataclass(frozen=True)
class _Moment:
    """The record's own time in the place of the clock, for all that ReportLab dates."""

    YMDhms: tuple[int, ...]
    t: float = 0.0
    dhh: int = 0
    dmm: int = 0


class Pages(Canvas):
    """A canvas that knows how many pages there are before it draws their edges, and tags what it draws."""

    _doc: Any
    _code: Any
    _filename: Any
    _startPage: Any

    def __init__(self, target: BytesIO, imprint: Imprint, check: str, *, edged: bool = True) -> None:
        latin: Any = fonts.face(fonts.LATIN).name  # the stubs take a font for a number
        super().__init__(
            target,
            pagesize=(sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            initialFontName=latin,
            lang=words.language(),
        )
        self._imprint, self._check, self._edged = imprint, check, edged
        self._in_form = False
        self._kept: list[dict[str, Any]] = []
        self._root = _Element("Document")
        self._open = [self._root]
        self._marks: dict[int, list[_Element]] = {}
        self._same_bytes(imprint, check)

    def _same_bytes(self, imprint: Imprint, check: str) -> None:
        """The paper's own moment and digest, whatever clock and environment this computer has."""
        self._doc._timeStamp = _Moment(imprint.printed.timetuple()[:6])
        self._doc.signature = md5(check.encode(), usedforsecurity=False)

    # ---- structure ----

    @contextmanager
    def node(self, tag: str) -> Iterator[None]:
        """What is drawn within is part of one table, row or cell."""
        if self._in_form:
            yield
            return
        element = _Element(tag)
        self._open[-1].kids.append(element)
        self._open.append(element)
        yield
        self._open.pop()

    @contextmanager
    def marked(self, tag: str, alternative: str = "") -> Iterator[None]:
        """What is drawn within is read as one paragraph, heading or figure."""
        if self._in_form:
            yield
            return
        page: int = self.getPageNumber()
        here = self._marks.setdefault(page, [])
        element = _Element(tag, alternative, page=page, mark=len(here))
        here.append(element)
        self._open[-1].kids.append(element)
        self._write(f"/{tag} <</MCID {element.mark}>> BDC")
        yield
        self._write("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn within is not read: rules, edges, watermark."""
        if self._in_form:
            yield
            return
        self._write("/Artifact BMC")
        yield
        self._write("EMC")

    def figure(self, alternative: str) -> Any:
        """A picture, with the words that say the same."""
        return self.marked("Figure", alternative)

    def _write(self, operator: str) -> None:
        self._code.append(operator)

    # ---- pages ----

    @contextmanager
    def form(self, name: str, width: float, height: float) -> Iterator[None]:
        """What is drawn within is kept once and placed by ``doForm``; only its placing is read."""
        self.beginForm(name, 0, 0, width, height)
        self._in_form = True
        yield
        self._in_form = False
        self.endForm()

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self._kept:
            self.__dict__.update(page)
            if self._edged:
                with self.artifact():
                    _edges(self, self._imprint, self._check, self.getPageNumber(), len(self._kept))
            super().showPage()
        _tag(self._doc, self._root, self._marks)
        _describe(self._doc, self._imprint)
        self._doc.SaveToFile(self._filename, self)


def press(story: Sequence[Flowable], imprint: Imprint, check: str) -> bytes:
    """The *story* on as many pages as it takes, in the language that is spoken now."""
    target = BytesIO()
    mirrored = words.right_to_left()
    left = sheet.OPEN_MARGIN if mirrored else sheet.FILED_MARGIN
    frame = Frame(
        left,
        sheet.BOTTOM_MARGIN,
        sheet.BODY_WIDTH,
        sheet.BODY_HEIGHT,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    template = PageTemplate(frames=[frame], onPage=lambda canvas, _document: watermark(canvas, imprint.state))
    document = BaseDocTemplate(
        target,
        pageTemplates=[template],
        pagesize=(sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT),
        title=_title(imprint),
        subject=imprint.code,
        author="Pitso",
        creator="Pitso",
    )
    maker: Callable[..., Canvas] = lambda *_, **__: Pages(target, imprint, check)  # noqa: E731
    document.build(list(story), canvasmaker=maker)
    return target.getvalue()


def press_copies(
    paint: Callable[[Pages], None],
    number: int,
    imprint: Imprint,
    check: str,
    *,
    size: tuple[float, float],
    places: Sequence[tuple[float, float]],
    alternative: str,
) -> bytes:
    """So many copies of one drawing, with nothing on a page that tells one copy from another."""
    target = BytesIO()
    canvas = Pages(target, imprint, check, edged=False)
    with canvas.form("copy", *size):
        paint(canvas)
    for start in range(0, number, len(places)):
        for x, y in places[: number - start]:
            canvas.saveState()
            canvas.translate(x, y)
            with canvas.marked("Figure", alternative):
                canvas.doForm("copy")
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def state_words(state: State) -> str:
    """The word that stands across a page and in its footer; empty where the paper is final."""
    return {
        State.DRAFT: _("DRAFT"),
        State.FINAL: "",
        State.DEMONSTRATION: _("DEMONSTRATION"),
    }[state]


def watermark(canvas: Any, state: State, *, width: float = sheet.PAGE_WIDTH, height: float = sheet.PAGE_HEIGHT) -> None:
    """The word of the state across a page, or across a part of one."""
    said = state_words(state)
    if not said:
        return
    with canvas.artifact():
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        canvas.rotate(52 if height > width else 30)
        room = 0.62 * hypot(width, height)
        size = min(96.0, room * 96 / text.measure(said, size=96, bold=True))
        (line,) = _lines(said, Style(size=size, bold=True), 2000)
        text.draw(canvas, line, -line.width / 2, -size / 3, size=size, fill=sheet.WATERMARK)
        canvas.restoreState()


def _lines(said: str, style: Style, width: float) -> tuple[text.Line, ...]:
    runs = text.runs_right_to_left(said, document=words.right_to_left())
    return text.lay((Span(said, style.bold),), size=style.size, width=width, right_to_left=runs)


def _edges(canvas: Any, imprint: Imprint, check: str, page: int, pages: int) -> None:
    """Header and footer; what begins at the reader's side begins at the right in Arabic."""
    mirrored = words.right_to_left()
    left = sheet.OPEN_MARGIN if mirrored else sheet.FILED_MARGIN
    right = left + sheet.BODY_WIDTH
    head = sheet.PAGE_HEIGHT - 16 * MM
    _rule(canvas, left, right, head - 5)
    half = sheet.BODY_WIDTH / 2 - 8
    _put(canvas, imprint.title, left, right, head, half, bold=True)
    _put(canvas, imprint.engagement, left, right, head, half, at_end=True)
    foot = sheet.BOTTOM_MARGIN - 6 * MM
    _rule(canvas, left, right, foot)
    _qr(canvas, imprint, check, left if mirrored else right - QR, foot - QR - 2)
    inner_left, inner_right = (left + QR + 6, right) if mirrored else (left, right - QR - 6)
    room = inner_right - inner_left
    _put(canvas, f"{imprint.code}   {groups(check)}", inner_left, inner_right, foot - 12, room - 90, bold=True)
    _put(
        canvas,
        _("Page {page} of {pages}").format(page=words.whole(page), pages=words.whole(pages)),
        inner_left,
        inner_right,
        foot - 12,
        88,
        at_end=True,
    )
    _put(canvas, _standing(imprint), inner_left, inner_right, foot - 24, room)


def _standing(imprint: Imprint) -> str:
    said = [
        state_words(imprint.state),
        _("For: {reader}").format(reader=text.own(imprint.reader)) if imprint.reader else "",
        _("printed {moment}").format(moment=words.moment(imprint.printed)),
        _("copy {number}").format(number=words.whole(imprint.copy)) if imprint.copy > 1 else "",
    ]
    return text.side_by_side(said)


def _put(
    canvas: Any,
    said: str,
    left: float,
    right: float,
    top: float,
    room: float,
    *,
    bold: bool = False,
    at_end: bool = False,
) -> None:
    style = sheet.EDGE
    lines = _lines(said, Style(size=style.size, bold=bold), room)
    if top > sheet.PAGE_HEIGHT / 2:  # the header grows upward, away from the text
        top += style.leading * (len(lines) - 1)
    for number, line in enumerate(lines):
        x = right - line.width if at_end != words.right_to_left() else left
        text.draw(canvas, line, x, top - number * style.leading, size=style.size, fill=style.grey)


def _rule(canvas: Any, left: float, right: float, y: float) -> None:
    canvas.setStrokeGray(sheet.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(left, y, right, y)


def qr_words(imprint: Imprint, check: str) -> str:
    """What the QR says: capitals, digits and dashes keep it coarse enough for a poor printer."""
    return f"PITSO:{imprint.code}:{check[:16]}".upper()


def _qr(canvas: Any, imprint: Imprint, check: str, x: float, y: float) -> None:
    """Drawn once as a form; each page only places it."""
    if not canvas.hasForm("qr"):
        with canvas.form("qr", QR, QR):
            qr.paint(canvas, qr_words(imprint, check), QR)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm("qr")
    canvas.restoreState()


# ---- what the file says of itself ---------------------------------------------------------------------------------


def _tag(document: Any, root: _Element, marks: dict[int, list[_Element]]) -> None:
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


def _write_element(document: Any, element: _Element, parent: Any, pages: list[Any], written: dict[int, Any]) -> Any:
    entry = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructElem"), "S": pdfdoc.PDFName(element.tag), "P": parent})
    reference = document.Reference(entry)
    written[id(element)] = reference
    if element.alternative:
        entry["Alt"] = pdfdoc.PDFString(element.alternative)
    if element.mark is None:
        kids = [_write_element(document, kid, reference, pages, written) for kid in element.kids]
        entry["K"] = pdfdoc.PDFArray(kids)
    else:
        entry["Pg"] = document.Reference(pages[element.page - 1])
        entry["K"] = element.mark
    return reference


def _title(imprint: Imprint) -> str:
    return " · ".join(part for part in (imprint.title, imprint.engagement) if part)


def _describe(document: Any, imprint: Imprint) -> None:
    """Title and language where readers of files look for them."""
    title = escape(_title(imprint))
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
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
