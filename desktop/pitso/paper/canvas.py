"""The pages themselves: how a story becomes a file, the same bytes every time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from pitso import words
from pitso.paper import edges, fonts, sheet, structure
from pitso.paper.imprint import Imprint
from pitso.paper.structure import Element

rl_config.useA85 = 0  # bytes as they are: a fifth smaller than as letters, and no time spent on it


@dataclass(frozen=True)
class _Moment:
    """The record's own time in the place of the clock, for all that ReportLab dates."""

    YMDhms: tuple[int, ...]
    t: float = 0.0
    dhh: int = 0
    dmm: int = 0


@dataclass(frozen=True)
class _PlaceInside:
    """A place in a paper that can be gone to."""

    key: str
    title: str
    page: int
    top: float


@dataclass(frozen=True)
class _Awaited:
    """The page of a place, which is drawn at this spot of another page when all pages are laid out."""

    key: str
    page: int
    x: float
    y: float
    paint: Callable[["Pages", int], None]


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
        self._places: list[_PlaceInside] = []
        self._awaited: list[_Awaited] = []
        self._root = Element("Document")
        self._open = [self._root]
        self._marks: dict[int, list[Element]] = {}
        self._same_bytes(imprint, check)

    def _same_bytes(self, imprint: Imprint, check: str) -> None:
        """The paper's own moment and digest, whatever clock and environment this computer has."""
        self._doc._timeStamp = _Moment(imprint.as_of.timetuple()[:6])
        self._doc.signature = md5(check.encode(), usedforsecurity=False)

    # ---- structure ----

    @contextmanager
    def node(self, tag: str) -> Iterator[None]:
        """What is drawn within is part of one table, row or cell."""
        if self._in_form:
            yield
            return
        element = Element(tag)
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
        element = Element(tag, alternative, page=page, mark=len(here))
        here.append(element)
        self._open[-1].kids.append(element)
        self.write(f"/{tag} <</MCID {element.mark}>> BDC")
        yield
        self.write("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn within is not read: rules, edges, watermark."""
        if self._in_form:
            yield
            return
        self.write("/Artifact BMC")
        yield
        self.write("EMC")

    def figure(self, alternative: str) -> Any:
        """A picture, with the words that say the same."""
        return self.marked("Figure", alternative)

    def outline(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """The edges of boxes (left, bottom, width, height) in one stroke: a long table has thousands of them."""
        edges = " ".join(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re" for x, y, width, height in boxes)
        self.write(f"n {edges} S")

    def write(self, operators: str) -> None:
        """Add operators of the file's own language to the page."""
        self._code.append(operators)

    @property
    def document(self) -> Any:
        """The file that the page stands in."""
        return self._doc

    # ---- places within ----

    def place(self, key: str, title: str) -> None:
        """What is drawn next is found again: from the contents by its *key*, and among the bookmarks of the file."""
        _x, top = self.absolutePosition(0, 0)
        self._places.append(_PlaceInside(key, title, self.getPageNumber(), top))

    def page_of(self, key: str, paint: Callable[["Pages", int], None]) -> None:
        """Let *paint* draw the number of the page on which a place stands, here, as soon as that is known."""
        x, y = self.absolutePosition(0, 0)
        self._awaited.append(_Awaited(key, self.getPageNumber(), x, y, paint))

    def _draw_awaited(self, page: int) -> None:
        pages = {one.key: one.page for one in self._places}
        for one in self._awaited:
            if one.page == page and one.key in pages:
                self.saveState()
                self.translate(one.x, one.y)
                with self.artifact():  # the line leads there; whoever hears it need not count pages
                    one.paint(self, pages[one.key])
                self.restoreState()

    def _bookmark(self, page: int) -> None:
        """Only now, as the page is written, is it known to ReportLab."""
        for one in self._places:
            if one.page == page:
                self.bookmarkPage(one.key, fit="FitH", top=one.top)
                self.addOutlineEntry(one.title, one.key)

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
                    edges.draw(self, self._imprint, self._check, self.getPageNumber(), len(self._kept))
            self._draw_awaited(self.getPageNumber())
            self._bookmark(self.getPageNumber())
            super().showPage()
        structure.tag(self._doc, self._root, self._marks)
        structure.describe(self._doc, _title(self._imprint))
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
    template = PageTemplate(frames=[frame], onPage=lambda canvas, _document: edges.watermark(canvas, imprint))
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
    sides: Sequence[tuple[Callable[[Pages], None], str]],
    number: int,
    imprint: Imprint,
    check: str,
    *,
    size: tuple[float, float],
    places: Sequence[tuple[float, float]],
) -> bytes:
    """So many copies of a drawing with one or more *sides*, with nothing on a page that tells one copy from another.

    Each side is what paints it, and the words that say the same.
    """
    target = BytesIO()
    canvas = Pages(target, imprint, check, edged=False)
    for side, (paint, _alternative) in enumerate(sides):
        with canvas.form(f"side-{side}", *size):
            paint(canvas)
    for start in range(0, number, len(places)):
        for side, (_paint, alternative) in enumerate(sides):
            for x, y in places[: number - start]:
                canvas.saveState()
                canvas.translate(x, y)
                with canvas.marked("Figure", alternative):
                    canvas.doForm(f"side-{side}")
                canvas.restoreState()
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def press_cards(
    paints: Sequence[Callable[[Pages], None]],
    imprint: Imprint,
    check: str,
    *,
    places: Sequence[tuple[float, float]],
) -> bytes:
    """Cards that each say something else, so many on a page as there are *places*; at least one page."""
    target = BytesIO()
    canvas = Pages(target, imprint, check, edged=False)
    for start in range(0, max(len(paints), 1), len(places)):
        for paint, (x, y) in zip(paints[start : start + len(places)], places, strict=False):
            canvas.saveState()
            canvas.translate(x, y)
            with canvas.node("Sect"):
                paint(canvas)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _title(imprint: Imprint) -> str:
    return " · ".join(part for part in (imprint.title, imprint.engagement) if part)
