"""Tally sheets: a stroke for each vote in gates of five, so that two counters can compare at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_STRONG
from pitso.paper.text import Span
from pitso.words import _

GATE, GAP = 24.0, 6.0
"""Width of a gate of five, and the room to the next one."""
TALL = 17.0
MOST_LINES = 6
"""A candidate with more votes than these lines hold goes on on another sheet."""


@dataclass(frozen=True)
class TallySheet:
    """Everything that one counter's sheet prints."""

    imprint: Imprint
    title: str
    contest: str
    candidates: tuple[tuple[str, str], ...]
    """Name and council."""
    voters: int
    """How many papers may be in the box: so much room each name gets."""
    counter: str = ""
    """Whose sheet it is; empty leaves a line."""


def make(view: TallySheet, language: str) -> bytes:
    """The sheet as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


class Gates(Flowable):
    """Room for strokes: each gate holds four upright ones and a fifth across."""

    canv: Any

    def __init__(self, votes: int) -> None:
        super().__init__()
        self._gates = max(1, -(-votes // 5))
        self._width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        return width, self._lines() * TALL

    def _beside(self) -> int:
        return max(1, int((self._width + GAP) // (GATE + GAP)))

    def _lines(self) -> int:
        return min(MOST_LINES, -(-self._gates // self._beside()))

    def draw(self) -> None:
        canvas, beside = self.canv, self._beside()
        mirrored = words.right_to_left()
        with canvas.artifact():
            canvas.setStrokeGray(sheet.LINE)
            canvas.setLineWidth(0.5)
            for gate in range(min(self._gates, beside * self._lines())):
                line, place = divmod(gate, beside)
                left = place * (GATE + GAP)
                x = self._width - left - GATE if mirrored else left
                canvas.rect(x, (self._lines() - line) * TALL - TALL + 2, GATE, TALL - 4, stroke=1, fill=0)


def _story(view: TallySheet) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.contest, sheet.SECOND)
    yield Prose(
        _("Four strokes stand in a box, the fifth crosses them. Do not speak with the other counter before both end."),
        sheet.SMALL,
    )
    columns = Column(30, _("Candidate")), Column(58, _("Votes")), Column(12, _("Total"))
    rows = [_row(name, council, view.voters) for name, council in view.candidates]
    rows += [_row(said, "", min(view.voters, 25)) for said in (_("Blank"), _("Rejected"))]
    yield Grid(columns, rows, boxed=True)
    yield Grid((Column(60, _("All papers on this sheet")), Column(40)), [Row(("", ""), height=28)], boxed=True)
    yield blocks.signatures([(view.counter, _("Counter")), ("", _("Scrutineer"))])


def _row(name: str, council: str, votes: int) -> Row:
    told = [Span(name, bold=True)] + ([Span(f"\n{direction.own(council)}")] if council else [])
    return Row((Prose(told, CELL), Gates(votes), Prose("", CELL_STRONG)), height=28)
