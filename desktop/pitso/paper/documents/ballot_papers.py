"""Ballot papers: all alike, in one language or two, without a number or a mark that leads to a voter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias

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
from pitso.words import _, listed

ROW, BOX, GUTTER = 9.5 * MM, 7.5 * MM, 6 * MM
HALF = (sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT / 2)
FULL = (sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT)
NAME = Style(size=10.5, leading=13.0, after=0)
CLOSE, CLOSEST = Style(size=9, leading=10.8, after=0), Style(size=8, leading=9.2, after=0)
"""The smallest type that somebody without their glasses still reads; names that need more room go on overleaf."""
FOOT = 14.0
"""Points for the number of the page, where there are several."""
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
"""In the order in which they are tried, all on one side of a sheet that any small printer takes."""

OVERLEAF = (
    *(Layout(FULL, 2), Layout(FULL, 3), Layout(FULL, 2, CLOSE, 3, margin=10 * MM)),
    *(Layout(FULL, 3, CLOSE, 3, margin=10 * MM), Layout(FULL, 3, CLOSEST, 3, margin=10 * MM)),
)
"""What is tried on two sides, then on three and so on, where one does not hold the names."""


_Side: TypeAlias = "Sequence[tuple[Candidate, ...]]"
"""The columns of names on one side of a paper."""


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
    """How many names may be marked with a cross: those of all candidates where any number may."""
    candidates: tuple[Candidate, ...]
    number: int
    """How many papers are printed."""
    exactly: bool = field(default=False, metadata={"digest": "if said"})
    """Neither more nor fewer names may be marked."""
    second: Wording | None = field(default=None, metadata={"digest": "if said"})
    """What stands beside the first language, where the paper speaks two."""


def make(view: BallotPapers, language: str) -> bytes:
    """The papers as a PDF in this *language*, or two (``en+fr``); Trouble where the title leaves no room for names."""
    with words.speaking(language.partition("+")[0]):
        layout, sides = _layout(view)
        contest = " / ".join([view.contest, *([view.second.contest] if view.second else [])])
        return press_copies(
            [
                (partial(_paint, view=view, layout=layout, sides=sides, side=side), f"{contest}: {_names(columns)}")
                for side, columns in enumerate(sides)
            ],
            view.number,
            view.imprint,
            imprints.digest(view),
            size=layout.size,
            places=[(0.0, HALF[1]), (0.0, 0.0)] if layout.size == HALF else [(0.0, 0.0)],
        )


def _names(columns: _Side) -> str:
    return listed(candidate.name for column in columns for candidate in column)


def beside(view: BallotPapers, other: BallotPapers) -> BallotPapers:
    """The papers of a *view* in two languages; *other* is the same in the language that is spoken now."""
    return replace(view, second=Wording(words.language(), other.contest))


def instruction(view: BallotPapers) -> str:
    """What the voter is asked to do."""
    if view.mark is Mark.RANK:
        return _("Write 1 beside your first choice, 2 beside your second, and so on. You need not rank all.")
    if view.choices == 1:
        return _("Put a cross beside one name.")
    if view.exactly:
        said = _("Put a cross beside exactly {number} names; a paper with more or fewer does not count.")
    elif view.choices < len(view.candidates):
        said = _("Put a cross beside at most {number} names.")
    else:
        return _("Put a cross beside as many names as you like.")
    return said.format(number=words.whole(view.choices))


def _layout(view: BallotPapers) -> tuple[Layout, list[_Side]]:
    """How the names stand, and what stands on each side of the paper."""
    whole = [(layout, 1) for layout in LAYOUTS]
    overleaf = [(layout, sides) for sides in range(2, len(view.candidates) + 1) for layout in OVERLEAF]
    for layout, number in (*whole, *overleaf):
        sides = _sides(view, layout.columns, number)
        head = _head_height(view, layout.width, several=number > 1)
        room = layout.size[1] - 2 * layout.margin - head - (FOOT if number > 1 else 0)
        columns = (sum(_row_height(one, layout) for one in column) for side in sides for column in side)
        if max(columns, default=0.0) <= room:
            return layout, sides
    raise Trouble(_("The title leaves no room for the names on the ballot paper."), _("Give it a shorter title."))


def _sides(view: BallotPapers, columns: int, sides: int) -> list[_Side]:
    """Names down the first column, then down the next, then overleaf; no side is without names."""
    deep = -(-len(view.candidates) // (columns * sides)) or 1
    all_columns = [view.candidates[start : start + deep] for start in range(0, len(view.candidates), deep)]
    return [tuple(all_columns[start : start + columns]) for start in range(0, len(all_columns), columns)] or [()]


def _row_height(candidate: Candidate, layout: Layout) -> float:
    return max(ROW, _said(candidate, layout).wrap(layout.column - BOX - 8, 0)[1] + layout.around)


def _said(candidate: Candidate, layout: Layout) -> Prose:
    name = [Span(candidate.name, bold=True)]
    return Prose([*name, Span(f"\n{candidate.body}")] if candidate.body else name, layout.name)


def _heads(view: BallotPapers, *, several: bool) -> list[list[Prose]]:
    """What is voted on and how, once in each language."""
    heads = [_head(view, view.contest, several)]
    if view.second is not None:
        with words.speaking(view.second.language):
            heads.append(_head(view, view.second.contest, several))
    return heads


def _head(view: BallotPapers, contest: str, several: bool) -> list[Prose]:
    said = [Prose(contest, CONTEST), Prose(words.day(view.held_on), CELL_SECOND), Prose(instruction(view), STRONG)]
    return [*said, Prose(_("There are names on every page: look at all of them."), STRONG)] if several else said


def _head_height(view: BallotPapers, width: float, *, several: bool) -> float:
    """Who votes across the whole *width*, then the languages beside each other."""
    heads = _heads(view, several=several)
    each = (width - (len(heads) - 1) * GUTTER) / len(heads)
    return _stack_height([Prose(view.body, CELL_SECOND)], width) + max(_stack_height(head, each) for head in heads)


def _stack_height(stack: Iterable[Prose], width: float) -> float:
    return sum(prose.wrap(width, 0)[1] + 4 for prose in stack)


def _paint_head(canvas: Any, view: BallotPapers, layout: Layout, *, several: bool) -> None:
    """The first language stands where the reader of the paper begins."""
    left, top, width = layout.margin, layout.size[1] - layout.margin, layout.width
    whole, heads = [Prose(view.body, CELL_SECOND)], _heads(view, several=several)
    each = (width - (len(heads) - 1) * GUTTER) / len(heads)
    _paint_stack(canvas, whole, left, top, width)
    top -= _stack_height(whole, width)
    for place, head in enumerate(reversed(heads) if words.right_to_left() else heads):
        _paint_stack(canvas, head, left + place * (each + GUTTER), top, each)


def _paint_stack(canvas: Any, stack: Iterable[Prose], left: float, top: float, width: float) -> None:
    for prose in stack:
        prose.paint(canvas, left, top, width)
        top -= prose.wrap(width, 0)[1] + 4


def _paint(canvas: Pages, *, view: BallotPapers, layout: Layout, sides: Sequence[_Side], side: int) -> None:
    width, height = layout.size
    several = len(sides) > 1
    watermark(canvas, view.imprint, width=width, height=height)
    if layout.size == HALF:
        _cut_line(canvas)
    _paint_head(canvas, view, layout, several=several)
    top = height - layout.margin - _head_height(view, layout.width, several=several)
    for number, column in enumerate(sides[side]):
        left = layout.margin + number * (layout.column + GUTTER)
        if words.right_to_left():
            left = width - left - layout.column
        _paint_names(canvas, column, left, top, layout)
    if several:
        page = _("Page {page} of {pages}").format(page=words.whole(side + 1), pages=words.whole(len(sides)))
        foot = Prose(page, replace(CELL_SECOND, align="end"))
        foot.paint(canvas, layout.margin, layout.margin + FOOT, layout.width)


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
