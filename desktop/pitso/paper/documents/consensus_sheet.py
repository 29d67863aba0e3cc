"""The consensus sheet: ratings side by side without names, the proposal, and room for what the team agrees."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_STRONG
from pitso.words import _

CENTRED = replace(CELL, align="centre")
LARGE = replace(CELL, align="centre", size=11, bold=True)
ROW = 38.0
"""High enough for a reason by hand."""


@dataclass(frozen=True)
class ConsensusRow:
    """One indicator; what is empty is left to the pen."""

    code: str
    statement: str
    peers: str = ""
    """Ratings in order and without names: ``1 2 2 3``."""
    hosts: str = ""
    proposal: str = ""
    agreed: str = ""
    grade: str = ""
    reason: str = ""
    reason_wanted: bool = False
    """A reason has to be written: the ratings lie two or more apart."""


@dataclass(frozen=True)
class ConsensusGroup:
    """Indicators that are talked over together: ``To be discussed``, or the name of a dimension."""

    name: str
    rows: tuple[ConsensusRow, ...]


@dataclass(frozen=True)
class ConsensusSheet:
    """Everything that the consensus sheet prints."""

    imprint: Imprint
    title: str
    assessment: str
    scale: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    groups: tuple[ConsensusGroup, ...]
    leader: str = ""
    peers: tuple[str, ...] = ()
    """Who signs; without names there are four empty lines."""


def make(view: ConsensusSheet, language: str) -> bytes:
    """The sheet as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: ConsensusSheet) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    if view.assessment:
        yield Prose(view.assessment, sheet.SECOND)
    yield Prose(
        _(
            "The proposal is the lower of the middle ratings. Write a reason where the line is marked, and "
            "whenever the agreed level differs from the proposal or is “not applicable” or “no agreement”."
        ),
        sheet.SMALL,
    )
    yield Prose(direction.side_by_side(f"{key} {word}" for key, word in view.scale), sheet.SMALL_SECOND)
    yield Prose(direction.side_by_side(f"{key}: {word}" for key, word in view.grades), sheet.SMALL_SECOND)
    columns = (
        Column(12, _("Indicator"), CELL_STRONG),
        Column(28, _("What it asks"), replace(CELL, size=7.5, leading=9.5)),
        Column(10, _("Peers"), CENTRED),
        Column(9, _("Hosts"), CENTRED),
        Column(10, _("Proposal"), CENTRED),
        Column(9, _("Agreed"), LARGE),
        Column(8, _("Grade"), LARGE),
        Column(28, _("Reason")),
    )
    rows: list[Row] = []
    for group in view.groups:
        if group.rows:
            rows.append(Row((group.name,), band=True))
        rows += [_row(row) for row in group.rows]
    if rows:
        yield Grid(columns, rows, boxed=True)
    else:
        yield blocks.aside(_("There is nothing to agree on yet."))
    signers = [(view.leader, _("Leader of the peer team")), *((name, _("Peer")) for name in view.peers or ("",) * 4)]
    yield blocks.signatures(signers)


def _row(row: ConsensusRow) -> Row:
    reason = row.reason or (_("reason:") if row.reason_wanted else "")
    cells = (row.code, row.statement, row.peers, row.hosts, row.proposal, row.agreed, row.grade, reason)
    return Row(cells, height=ROW)
