"""Counterfoils: the numbers of the ballot papers, which stand here alone; each is struck out when a paper is issued."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG
from pitso.words import _

BESIDE = 5
ROW = 26.0
NUMBER = replace(CELL_STRONG, align="centre")


@dataclass(frozen=True)
class Counterfoils:
    """Everything that the sheet prints."""

    imprint: Imprint
    title: str
    contest: str
    number: int
    """How many papers were printed: they are numbered from 1."""


def make(view: Counterfoils, language: str) -> bytes:
    """The sheet as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: Counterfoils) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.contest, sheet.SECOND)
    yield Prose(
        _(
            "Strike out a number for each paper that is issued; write H beside one that was handed back and replaced. "
            "The papers themselves bear no number, and no name is written here."
        ),
        sheet.SMALL,
    )
    numbers = list(range(1, view.number + 1))
    rows = [_row(numbers[start : start + BESIDE]) for start in range(0, len(numbers), BESIDE)]
    yield Grid([Column(20) for _column in range(BESIDE)], rows, boxed=True)
    yield blocks.signatures((("", _("Returning officer")), ("", _("Scrutineer"))))


def _row(numbers: list[int]) -> Row:
    cells = [Prose(words.whole(number), NUMBER) for number in numbers]
    return Row((*cells, *[""] * (BESIDE - len(cells))), height=ROW)
