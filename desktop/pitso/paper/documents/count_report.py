"""The report of one count, stage by stage, so that anybody can follow it by hand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_STRONG
from pitso.words import _

FIGURE = replace(CELL, align="end")
STAGES_BESIDE = 5
"""Columns of the result sheet that fit on a page with the change of each figure."""


@dataclass(frozen=True)
class CountStage:
    """One stage: what was done, and the votes after it in the order of the candidates."""

    action: str
    votes: tuple[str, ...]
    """With the change since the stage before, where there is one; empty for those who are out."""
    nontransferable: str = ""


@dataclass(frozen=True)
class CountTie:
    """Equal votes that mattered."""

    stage: str
    decided: str
    between: str
    resolved: str


@dataclass(frozen=True)
class CountReport:
    """Everything that the report prints."""

    imprint: Imprint
    title: str
    rule: str
    result: tuple[str, ...]
    """Who is elected, or what is awaited."""
    figures: tuple[tuple[str, str], ...]
    """Papers, valid, invalid, places, quota: what and how many."""
    candidates: tuple[str, ...]
    stages: tuple[CountStage, ...]
    ties: tuple[CountTie, ...]
    papers_digest: str
    """SHA-256 of the papers in the strict form of the exchange format."""
    signers: tuple[tuple[str, str], ...] = ()
    """Name and role; without names the lines stay empty."""


def make(view: CountReport, language: str) -> bytes:
    """The report as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: CountReport) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.rule, sheet.SECOND)
    for said in view.result:
        yield Prose(said, sheet.STRONG)
    figures = [*view.figures, (_("Papers (SHA-256)"), imprints.all_groups(view.papers_digest))]
    yield Grid((Column(36, "", CELL_STRONG), Column(64)), figures)
    if view.stages:
        yield blocks.heading(_("What was done"))
        yield blocks.numbered(stage.action for stage in view.stages)
        yield blocks.heading(_("Result sheet"))
        for first in range(0, len(view.stages), STAGES_BESIDE):
            yield _sheet(view, first)
    if view.ties:
        yield blocks.heading(_("Equal votes"))
        columns = Column(10, _("Stage"), FIGURE), Column(26, _("To decide")), Column(40, _("Between")), Column(24, "")
        yield Grid(columns, [(tie.stage, tie.decided, tie.between, tie.resolved) for tie in view.ties])
    yield blocks.signatures(
        view.signers or (("", _("Returning officer")), ("", _("Scrutineer")), ("", _("Scrutineer")))
    )


def _sheet(view: CountReport, first: int) -> Grid:
    """Some stages beside each other: the votes of all who were not out before, and what cannot be transferred."""
    shown = view.stages[first : first + STAGES_BESIDE]
    stage = _("Stage {number}")
    heads = [stage.format(number=words.whole(first + place)) for place in range(1, len(shown) + 1)]
    columns = Column(30, _("Candidate"), CELL_STRONG), *(Column(14, head, FIGURE) for head in heads)
    rows = [(name, *(stage.votes[place] for stage in shown)) for place, name in enumerate(view.candidates)]
    rows = [row for row in rows if not first or any(row[1:])]
    if any(stage.nontransferable for stage in view.stages):
        rows.append((_("Not transferable"), *(stage.nontransferable for stage in shown)))
    return Grid(columns, rows)
