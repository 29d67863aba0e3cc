"""Ballot papers: all of them alike, without a number or a mark that leads to a voter."""

from collections.abc import Iterable
from dataclasses import dataclass
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

MARGIN = 15 * MM
ROW, BOX, GUTTER = 9.5 * MM, 7.5 * MM, 6 * MM
HALF = (sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT / 2)
FULL = (sheet.PAGE_WIDTH, sheet.PAGE_HEIGHT)
LAYOUTS = ((HALF, 1), (HALF, 2), (FULL, 2), (FULL, 3))
"""Size of a paper and columns of names, in the order in which they are tried."""
NAME = Style(size=10.5, leading=13.0, after=0)
CONTEST = Style(size=15, leading=19, bold=True, after=2)


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


def make(view: BallotPapers, language: str) -> bytes:
    """The papers as a PDF in this *language*; Trouble where not even a whole page holds the names."""
    with words.speaking(language):
        size, columns = _layout(view)
        places = [(0.0, HALF[1]), (0.0, 0.0)] if size == HALF else [(0.0, 0.0)]
        names = ", ".join(candidate.name for candidate in view.candidates)
        return press_copies(
            lambda canvas: _paint(canvas, view, size, columns),
            view.number,
            view.imprint,
            imprints.digest(view),
            size=size,
            places=places,
            alternative=f"{view.contest}: {names}",
        )


def instruction(view: BallotPapers) -> str:
    """What the voter is asked to do."""
    if view.mark is Mark.RANK:
        return _("Write 1 beside your first choice, 2 beside your second, and so on. You need not rank all.")
    if view.choices == 1:
        return _("Put a cross beside one name.")
    return _("Put a cross beside at most {number} names.").format(number=words.whole(view.choices))


def _layout(view: BallotPapers) -> tuple[tuple[float, float], int]:
    for size, columns in LAYOUTS:
        width = _column(size, columns)
        longest = max((sum(rows) for rows in _heights(view, width, columns)), default=0.0)
        if longest <= size[1] - 2 * MARGIN - sum(prose.wrap(size[0] - 2 * MARGIN, 0)[1] + 4 for prose in _head(view)):
            return size, columns
    raise Trouble(
        _("{number} names do not fit on one ballot paper.").format(number=words.whole(len(view.candidates))),
        _("Shorten the names, or vote in groups."),
    )


def _column(size: tuple[float, float], columns: int) -> float:
    return (size[0] - 2 * MARGIN - (columns - 1) * GUTTER) / columns


def _columns(view: BallotPapers, columns: int) -> list[tuple[Candidate, ...]]:
    """Names down the first column, then down the next."""
    deep = -(-len(view.candidates) // columns) or 1
    return [view.candidates[start : start + deep] for start in range(0, len(view.candidates), deep)]


def _heights(view: BallotPapers, width: float, columns: int) -> list[list[float]]:
    return [[_row_height(candidate, width) for candidate in column] for column in _columns(view, columns)]


def _row_height(candidate: Candidate, width: float) -> float:
    return max(ROW, _said(candidate).wrap(width - BOX - 8, 0)[1] + 6)


def _said(candidate: Candidate) -> Prose:
    name = [Span(candidate.name, bold=True)]
    return Prose([*name, Span(f"\n{candidate.body}")] if candidate.body else name, NAME)


def _head(view: BallotPapers) -> Iterable[Prose]:
    yield Prose(view.body, CELL_SECOND)
    yield Prose(view.contest, CONTEST)
    yield Prose(words.day(view.held_on), CELL_SECOND)
    yield Prose(instruction(view), STRONG)


def _paint(canvas: Pages, view: BallotPapers, size: tuple[float, float], columns: int) -> None:
    width, height = size
    watermark(canvas, view.imprint, width=width, height=height)
    if size == HALF:
        _cut_line(canvas)
    top = height - MARGIN
    for prose in _head(view):
        tall = prose.wrap(width - 2 * MARGIN, 0)[1]
        prose.paint(canvas, MARGIN, top, width - 2 * MARGIN)
        top -= tall + 4
    wide = _column(size, columns)
    mirrored = words.right_to_left()
    for number, column in enumerate(_columns(view, columns)):
        left = MARGIN + number * (wide + GUTTER)
        if mirrored:
            left = width - left - wide
        _paint_names(canvas, column, left, top, wide)


def _paint_names(canvas: Any, column: tuple[Candidate, ...], left: float, top: float, width: float) -> None:
    """Names with their boxes, and a rule below each; the box stands where the reader begins."""
    mirrored = words.right_to_left()
    y = top
    for candidate in column:
        said = _said(candidate)
        room = width - BOX - 8
        tall = _row_height(candidate, width)
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
