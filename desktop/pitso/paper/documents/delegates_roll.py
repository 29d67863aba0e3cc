"""The delegates' roll: who may vote, for which council, with how many votes; to display, adopt and freeze."""

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

FIGURE = replace(CELL, align="end")
ROW = 22.0


@dataclass(frozen=True)
class Delegate:
    """One delegate or alternate."""

    name: str
    office: str = ""
    capacity: str = ""
    """``delegate`` or ``alternate``, in words."""


@dataclass(frozen=True)
class Delegation:
    """A council with those who may vote for it."""

    council: str
    category: str
    votes: int
    delegates: tuple[Delegate, ...]
    standing: str = ""
    """Why it may not vote, or who says that it may; or empty."""


@dataclass(frozen=True)
class DelegatesRoll:
    """Everything that the roll prints."""

    imprint: Imprint
    title: str
    stand: str
    """``Displayed: objections until 17 June, 12:00``, ``Frozen on ...``"""
    delegations: tuple[Delegation, ...]
    totals: tuple[tuple[str, int], ...]
    """Councils, delegates, votes, quorum: what and how many."""
    roll_digest: str = ""
    amendments: tuple[str, ...] = ()
    officers: tuple[tuple[str, str], ...] = ()
    for_signing: bool = False
    """With a column in which each signs for the ballot paper."""


def make(view: DelegatesRoll, language: str) -> bytes:
    """The roll as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: DelegatesRoll) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.stand, sheet.SECOND)
    figures = [(what, words.whole(number)) for what, number in view.totals]
    if view.roll_digest:
        figures.append((_("Roll (SHA-256)"), imprints.all_groups(view.roll_digest)))
    if figures:
        yield Grid((Column(40, "", CELL_STRONG), Column(60)), figures)
    yield _table(view)
    if view.amendments:
        yield blocks.heading(_("Amendments"))
        yield blocks.numbered(view.amendments, CELL)
    yield blocks.signatures(view.officers or (("", _("Returning officer")), ("", _("Scrutineer"))))


def _table(view: DelegatesRoll) -> Grid:
    columns = [
        Column(9 * sheet.MM, _("No."), FIGURE),
        Column(55 * sheet.MM, _("Name"), CELL_STRONG),
        Column(46 * sheet.MM, _("Office")),
        Column(28 * sheet.MM, _("As")),
    ]
    if view.for_signing:
        columns.append(Column(35 * sheet.MM, _("Signature")))
    rows: list[Row] = []
    number = 0
    for delegation in view.delegations:
        rows.append(Row((_council(delegation),), band=True))
        for delegate in delegation.delegates:
            number += 1
            cells = (words.whole(number), delegate.name, delegate.office, delegate.capacity)
            rows.append(Row((*cells, "") if view.for_signing else cells, height=ROW))
        if not delegation.delegates:
            empty = ("", Prose(_("Nobody is named."), sheet.CELL_SECOND), "", "")
            rows.append(Row((*empty, "") if view.for_signing else empty, height=ROW))
    return Grid(columns, rows, boxed=True)


def _council(delegation: Delegation) -> str:
    votes = words.ngettext("{number} vote", "{number} votes", delegation.votes)
    told = (delegation.council, delegation.category, votes.format(number=words.whole(delegation.votes)))
    return direction.side_by_side((*told, delegation.standing))
