"""A picture of lines, shapes and words: drawn once, given to paper as a flowable and to the screen as SVG.

It holds only what SVG Tiny and PDF both know: no clipping, no gradients, and each word in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import direction, sheet, text
from pitso.paper.text import Span

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Theme:
    """The colours of a picture: greys on paper, the screen's own by day and by night."""

    paper: str = "#FFFFFF"
    ink: str = "#000000"
    soft: str = "#545454"
    line: str = "#9E9E9E"
    accent: str = "#000000"
    band: str = "#DDDDDD"
    shades: tuple[str, str, str, str, str] = ("#FFFFFF", "#E2E2E2", "#BDBDBD", "#7A7A7A", "#3C3C3C")
    """Ground of the levels 0 to 4."""
    on_shades: tuple[str, str, str, str, str] = ("#000000", "#000000", "#000000", "#FFFFFF", "#FFFFFF")
    """Words on that ground."""


PAPER = Theme()


@dataclass(frozen=True)
class Shape:
    """Closed or open strokes; several closed ones with *fill* leave out what lies in two of them."""

    strokes: tuple[tuple[Point, ...], ...]
    closed: bool = False
    fill: str = ""
    stroke: str = ""
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Disc:
    """A circle."""

    centre: Point
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 0.8


@dataclass(frozen=True)
class Words:
    """One line of text with its left end on its baseline."""

    at: Point
    line: text.Line
    size: float
    colour: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what it covers."""
        x, y = self.at
        return x, y - 0.8 * self.size, x + self.line.width, y + 0.25 * self.size


Mark: TypeAlias = Shape | Disc | Words


@dataclass(frozen=True)
class Picture:
    """What is drawn, from the top left corner, and *words* that tell the same to who does not see it."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    words: str
    ground: str = ""


def box(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """The corners of a rectangle."""
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def hatching(x: float, y: float, width: float, height: float, *, gap: float) -> tuple[tuple[Point, ...], ...]:
    """Slanting lines that fill a rectangle and end at its edges."""
    lines = []
    start = gap
    while start < width + height:
        low = (x + max(0.0, start - height), y + min(start, height))
        high = (x + min(start, width), y + max(0.0, start - width))
        lines.append((low, high))
        start += gap
    return tuple(lines)


def label(
    words_: str,
    at: Point,
    *,
    size: float,
    colour: str,
    width: float = 1e6,
    anchor: str = "left",
    bold: bool = False,
    leading: float = 1.25,
) -> list[Words]:
    """Lines of text below each other; *at* is the left, middle or right of the first baseline."""
    x, y = at
    runs = direction.runs_right_to_left(words_, document=words.right_to_left())
    lines = text.lay((Span(words_, bold),), size=size, width=width, right_to_left=runs)
    offset = {"left": 0.0, "middle": -0.5, "right": -1.0}[anchor]
    return [
        Words((x + offset * line.width, y + number * leading * size), line, size, colour)
        for number, line in enumerate(lines)
    ]


# ---- on paper -----------------------------------------------------------------------------------------------------


TALLEST = 0.88 * sheet.BODY_HEIGHT
"""A picture that no page holds beside its heading is made smaller."""


class Drawn(Flowable):
    """A picture in the flow of a paper."""

    canv: Any

    def __init__(self, picture: Picture, *, after: float = 6.0) -> None:
        super().__init__()
        self.picture = picture
        self.spaceAfter = after
        self._scale = min(1.0, TALLEST / max(picture.height, 1.0))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.picture.width * self._scale, self.picture.height * self._scale

    def draw(self) -> None:
        self.canv.scale(self._scale, self._scale)
        with self.canv.figure(self.picture.words):
            paint(self.canv, self.picture)


def paint(canvas: Any, picture: Picture) -> None:
    """Draw a picture on a canvas whose origin is the picture's lower left corner."""
    canvas.saveState()
    for mark in picture.marks:
        match mark:
            case Shape():
                _paint_shape(canvas, mark, picture.height)
            case Disc():
                _pen(canvas, mark.fill, mark.stroke, mark.width, ())
                x, y = mark.centre
                canvas.circle(
                    x, picture.height - y, mark.radius, stroke=int(bool(mark.stroke)), fill=int(bool(mark.fill))
                )
            case Words():
                x, y = mark.at
                text.draw(canvas, mark.line, x, picture.height - y, size=mark.size, fill=_ink(mark.colour))
    canvas.restoreState()


def _paint_shape(canvas: Any, shape: Shape, height: float) -> None:
    _pen(canvas, shape.fill, shape.stroke, shape.width, shape.dash)
    path = canvas.beginPath()
    for (x, y), *others in shape.strokes:
        path.moveTo(x, height - y)
        for x, y in others:
            path.lineTo(x, height - y)
        if shape.closed:
            path.close()
    canvas.drawPath(path, stroke=int(bool(shape.stroke)), fill=int(bool(shape.fill)), fillMode=0)


def _ink(colour: str) -> float | tuple[float, float, float]:
    """Grey where the colour is one, so that paper stays in one ink."""
    red, green, blue = HexColor(colour).rgb()
    return red if red == green == blue else (red, green, blue)


def _pen(canvas: Any, fill: str, stroke: str, width: float, dash: Sequence[float]) -> None:
    if fill:
        ink = _ink(fill)
        canvas.setFillGray(ink) if isinstance(ink, float) else canvas.setFillColorRGB(*ink)
    if stroke:
        ink = _ink(stroke)
        canvas.setStrokeGray(ink) if isinstance(ink, float) else canvas.setStrokeColorRGB(*ink)
        canvas.setLineWidth(width)
        canvas.setLineJoin(1)
        canvas.setDash(list(dash))


# ---- on screen ----------------------------------------------------------------------------------------------------


def svg(picture: Picture) -> bytes:
    """The picture as an SVG that Qt draws, in the fonts of the screen."""
    marks = "\n".join(_svg_mark(mark) for mark in picture.marks)
    width, height = _n(picture.width), _n(picture.height)
    ground = f'<rect width="{width}" height="{height}" fill="{picture.ground}"/>\n' if picture.ground else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny" width="{picture.width:.0f}" '
        f'height="{picture.height:.0f}" viewBox="0 0 {width} {height}">\n'
        f"<desc>{escape(picture.words)}</desc>\n{ground}{marks}\n</svg>\n"
    ).encode()


_FINER = 4
"""Qt draws letters in whole sizes only: a grid of quarter points keeps 7.5 from becoming 7."""


def _n(figure: float) -> str:
    return f"{figure * _FINER:.1f}".rstrip("0").rstrip(".")


def _svg_paint(fill: str, stroke: str, width: float, dash: Sequence[float] = ()) -> str:
    paint = f'fill="{fill or "none"}" stroke="{stroke or "none"}"'
    if stroke:
        paint += f' stroke-width="{_n(width)}" stroke-linejoin="round"'
    if dash:
        paint += f' stroke-dasharray="{",".join(map(_n, dash))}"'
    return paint


def _svg_mark(mark: Mark) -> str:
    match mark:
        case Shape():
            path = "".join(
                "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in stroke) + ("Z" if mark.closed else "")
                for stroke in mark.strokes
            )
            paint = _svg_paint(mark.fill, mark.stroke, mark.width, mark.dash)
            return f'<path d="{path}" fill-rule="evenodd" {paint}/>'
        case Disc():
            x, y = mark.centre
            paint = _svg_paint(mark.fill, mark.stroke, mark.width)
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(mark.radius)}" {paint}/>'
        case Words():
            return _svg_words(mark)


def _svg_words(mark: Words) -> str:
    """Each run in its own place and family, so that Qt has neither order nor font to choose."""
    x, y = mark.at
    written = []
    for run in mark.line.runs:
        # The mark of direction lets a lone bracket turn as its neighbours do.
        shown = f"\u200f{run.text}" if run.right_to_left else run.text
        weight = ' font-weight="700"' if run.face.bold else ""
        written.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-family={quoteattr(run.face.family)} font-size="{_n(mark.size)}"'
            f'{weight} fill="{mark.colour}" xml:space="preserve">{escape(shown)}</text>'
        )
        x += run.shaped.width * mark.size / 1000
    return "".join(written)
