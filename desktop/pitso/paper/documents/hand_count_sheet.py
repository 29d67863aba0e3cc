"""The sheet on which a preference count is done by hand: candidates down, stages across, the steps beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.platypus import Flowable, PageBreak

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG
from pitso.words import _, pgettext

STAGES_BESIDE = 4
ROW = 30.0


@dataclass(frozen=True)
class HandCountSheet:
    """Everything that the sheet prints."""

    imprint: Imprint
    title: str
    rule: str
    steps: tuple[str, ...]
    """What is done at each stage, in order, as the rule says it."""
    candidates: tuple[str, ...]
    stages: int
    """How many stages there is room for."""


def make(view: HandCountSheet, language: str) -> bytes:
    """The sheet as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: HandCountSheet) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.rule, sheet.SECOND)
    columns = Column(34, _("Valid papers")), Column(33, pgettext("election", "Places")), Column(33, _("Quota"))
    yield Grid(columns, [Row(("", "", ""), height=ROW)], boxed=True)
    yield blocks.heading(_("What is done"))
    yield blocks.numbered(view.steps, sheet.CELL)
    for first in range(0, view.stages, STAGES_BESIDE):
        if first:
            yield PageBreak()
        yield blocks.heading(_("Stages"))
        yield _sheet(view, first)
    yield blocks.signatures((("", _("Counter")), ("", _("Counter")), ("", _("Scrutineer"))))


def _sheet(view: HandCountSheet, first: int) -> Grid:
    """Some stages beside each other: what moves and what each has then."""
    stages = range(first + 1, min(first + STAGES_BESIDE, view.stages) + 1)
    stage = _("Stage {number}")
    columns = [Column(28, _("Candidate"), CELL_STRONG)]
    for number in stages:
        columns += [Column(8, _("moves")), Column(10, stage.format(number=words.whole(number)))]
    blank = ("",) * (len(columns) - 1)
    done = Row((Prose(_("What was done"), CELL_STRONG), *blank), height=2 * ROW)
    rows = [Row((name, *blank), height=ROW) for name in view.candidates]
    rows += [Row((said, *blank), height=ROW) for said in (_("Not transferable"), _("All together"))]
    return Grid(columns, [done, *rows], boxed=True)
