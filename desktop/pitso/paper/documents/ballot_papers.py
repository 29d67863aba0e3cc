"""Ballot papers: all alike, in one language or two, without a number or a mark that leads to a voter."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.paper import imprint as imprints
from pitso.paper import sheet
from pitso.paper.canvas import Pages, press_copies
from pitso.paper.edges import watermark
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_SECOND, MM, STRONG, Style
from pitso.paper.text import Span
from pitso.words import _

ROW, BOX, GUTTER = 9.5 * MM, 7.5 * MM, 6 * MM
HALF = (sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT / 2)
FULL = (sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT)
NAME = Style(size=10.5, leading=13.0, after=0)
CLOSE, CLOSEST = Style(size=8, leading=9.2, after=0), Style(size=7, leading=7.8, after=0)
CONTEST = Style(size=15, leading=19, bold=True, after=2)


@dataclass(frozen=True)
class Layout:
    """How the names stand: on a paper of which size, in how many columns, in which type."""

    size: tuple[float, float]
    columns: int
    name: Style = NAME
    around: float = 6
    """Points that a name keeps from the rules above and below it, both together."""
    margin: float = 15 * MM

    @property
    def width(self) -> float:
        """How wide the print is, in points."""
        return self.size[0] - 2 * self.margin

    @property
    def column(self) -> float:
        """How wide a column is, in points."""
        return (self.width - (self.columns - 1) * GUTTER) / self.columns


LAYOUTS = (
    *(Layout(HALF, 1), Layout(HALF, 2), Layout(FULL, 2), Layout(FULL, 3)),
    *(Layout(FULL, 3, CLOSE, 3), Layout(FULL, 3, CLOSEST, 3, margin=10 * MM)),
)
"""In the order in which they are tried; the last hold sixty names of eighty letters with their councils."""


class Mark(StrEnum):
    """How a voter marks the paper."""

    CROSS = "cross"
    RANK = "rank"


@dataclass(frozen=True)
class Candidate:
    """One name on the paper."""

    name: str
    body: str = ""


@dataclass(frozen=True)
class Wording:
    """The head of the paper in a further language."""

    language: str
    contest: str


@dataclass(frozen=True)
class BallotPapers:
    """Everything that a ballot paper prints."""

    imprint: Imprint
    contest: str
    """``President, second round``"""
    held_on: date
    body: str
    """Whose election it is."""
    mark: Mark
    choices: int
    """How many names may be marked with a cross."""
    candidates: tuple[Candidate, ...]
    number: int
    """How many papers are printed."""
    second: Wording | None = field(default=None, metadata={"digest": "if said"})
    """What stands beside the first language, where the paper speaks two."""


def make(view: BallotPapers, language: str) -> bytes:
    """The papers as a PDF in this *language*, or two (``en+fr``); Trouble where not even a page holds the names."""
    with words.speaking(language.partition("+")[0]):
        layout = _layout(view)
        places = [(0.0, HALF[1]), (0.0, 0.0)] if layout.size == HALF else [(0.0, 0.0)]
        names = ", ".join(candidate.name for candidate in view.candidates)
        contest = " / ".join([view.contest, *([view.second.contest] if view.second else [])])
        return press_copies(
            lambda canvas: _paint(canvas, view, layout),
            view.number,
            view.imprint,
            imprints.digest(view),
            size=layout.size,
            places=places,
            alternative=f"{contest}: {names}",
        )


def beside(view: BallotPapers, other: BallotPapers) -> BallotPapers:
    """The papers of a *view* in two languages; *other* is the same in the language that is spoken now."""
    return replace(view, second=Wording(words.language(), other.contest))


def instruction(view: BallotPapers) -> str:
    """What the voter is asked to do."""
    if view.mark is Mark.RANK:
        return _("Write 1 beside your first choice, 2 beside your second, and so on. You need not rank all.")
    if view.choices == 1:
        return _("Put a cross beside one name.")
    return _("Put a cross beside at most {number} names.").format(number=words.whole(view.choices))


def _layout(view: BallotPapers) -> Layout:
    for layout in LAYOUTS:
        columns = (sum(_row_height(one, layout) for one in column) for column in _columns(view, layout.columns))
        room = layout.size[1] - 2 * layout.margin - _head_height(view, layout.width)
        if max(columns, default=0.0) <= room:
            return layout
    raise Trouble(
        _("{number} names do not fit on one ballot paper.").format(number=words.whole(len(view.candidates))),
        _("Shorten the names, or vote in groups."),
    )


def _columns(view: BallotPapers, columns: int) -> list[tuple[Candidate, ...]]:
    """Names down the first column, then down the next."""
    deep = -(-len(view.candidates) // columns) or 1
    return [view.candidates[start : start + deep] for start in range(0, len(view.candidates), deep)]


def _row_height(candidate: Candidate, layout: Layout) -> float:
    return max(ROW, _said(candidate, layout).wrap(layout.column - BOX - 8, 0)[1] + layout.around)


def _said(candidate: Candidate, layout: Layout) -> Prose:
    name = [Span(candidate.name, bold=True)]
    return Prose([*name, Span(f"\n{candidate.body}")] if candidate.body else name, layout.name)


def _heads(view: BallotPapers) -> list[list[Prose]]:
    """What is voted on and how, once in each language."""
    heads = [_head(view, view.contest)]
    if view.second is not None:
        with words.speaking(view.second.language):
            heads.append(_head(view, view.second.contest))
    return heads


def _head(view: BallotPapers, contest: str) -> list[Prose]:
    return [Prose(contest, CONTEST), Prose(words.day(view.held_on), CELL_SECOND), Prose(instruction(view), STRONG)]


def _head_height(view: BallotPapers, width: float) -> float:
    """Who votes across the whole *width*, then the languages beside each other."""
    heads = _heads(view)
    each = (width - (len(heads) - 1) * GUTTER) / len(heads)
    return _stack_height([Prose(view.body, CELL_SECOND)], width) + max(_stack_height(head, each) for head in heads)


def _stack_height(stack: Iterable[Prose], width: float) -> float:
    return sum(prose.wrap(width, 0)[1] + 4 for prose in stack)


def _paint_head(canvas: Any, view: BallotPapers, left: float, top: float, width: float) -> None:
    """The first language stands where the reader of the paper begins."""
    whole, heads = [Prose(view.body, CELL_SECOND)], _heads(view)
    each = (width - (len(heads) - 1) * GUTTER) / len(heads)
    _paint_stack(canvas, whole, left, top, width)
    top -= _stack_height(whole, width)
    for place, head in enumerate(reversed(heads) if words.right_to_left() else heads):
        _paint_stack(canvas, head, left + place * (each + GUTTER), top, each)


def _paint_stack(canvas: Any, stack: Iterable[Prose], left: float, top: float, width: float) -> None:
    for prose in stack:
        prose.paint(canvas, left, top, width)
        top -= prose.wrap(width, 0)[1] + 4


def _paint(canvas: Pages, view: BallotPapers, layout: Layout) -> None:
    width, height = layout.size
    watermark(canvas, view.imprint, width=width, height=height)
    if layout.size == HALF:
        _cut_line(canvas)
    top = height - layout.margin
    _paint_head(canvas, view, layout.margin, top, layout.width)
    top -= _head_height(view, layout.width)
    mirrored = words.right_to_left()
    for number, column in enumerate(_columns(view, layout.columns)):
        left = layout.margin + number * (layout.column + GUTTER)
        if mirrored:
            left = width - left - layout.column
        _paint_names(canvas, column, left, top, layout)


def _paint_names(canvas: Any, column: tuple[Candidate, ...], left: float, top: float, layout: Layout) -> None:
    """Names with their boxes, and a rule below each; the box stands where the reader begins."""
    mirrored, width = words.right_to_left(), layout.column
    y = top
    for candidate in column:
        said = _said(candidate, layout)
        room = width - BOX - 8
        tall = _row_height(candidate, layout)
        own = said.wrap(room, 0)[1]
        canvas.setStrokeGray(sheet.INK)
        canvas.setLineWidth(0.8)
        canvas.rect(left + width - BOX if mirrored else left, y - (tall + BOX) / 2, BOX, BOX, stroke=1, fill=0)
        said.paint(canvas, left if mirrored else left + BOX + 8, y - (tall - own) / 2, room)
        canvas.setStrokeGray(sheet.LINE)
        canvas.setLineWidth(0.4)
        canvas.line(left, y - tall, left + width, y - tall)
        y -= tall


def _cut_line(canvas: Any) -> None:
    """Half of the dashes on either side of the cut: both halves look alike."""
    canvas.setStrokeGray(sheet.LINE)
    canvas.setLineWidth(0.5)
    canvas.setDash([3, 3])
    canvas.line(0, 0, HALF[0], 0)
    canvas.line(0, HALF[1], HALF[0], HALF[1])
    canvas.setDash([])
