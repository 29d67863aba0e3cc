"""The list of nominations: every candidate with proposer, seconder, consent and ruling, position by position."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG
from pitso.words import _, ngettext


@dataclass(frozen=True)
class Nomination:
    """One candidate."""

    name: str
    council: str
    proposer: str
    seconder: str
    ruling: str
    """``accepted``, ``refused``, ``withdrawn on 17 June 2026``: in words."""
    reason: str = ""


@dataclass(frozen=True)
class Position:
    """One position with those who stand for it."""

    name: str
    places: int
    nominations: tuple[Nomination, ...]


@dataclass(frozen=True)
class NominationList:
    """Everything that the list prints."""

    imprint: Imprint
    title: str
    body: str
    closed: str
    """When nominations were closed, in words; or that they are open."""
    positions: tuple[Position, ...]
    officers: tuple[tuple[str, str], ...] = ()


def make(view: NominationList, language: str) -> bytes:
    """The list as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: NominationList) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(direction.side_by_side((view.body, view.closed)), sheet.SECOND)
    for position in view.positions:
        yield blocks.heading(position.name)
        told = ngettext("{number} place", "{number} places", position.places)
        yield Prose(told.format(number=words.whole(position.places)), sheet.SMALL_SECOND)
        if position.nominations:
            yield _table(position)
        else:
            yield blocks.aside(_("Nobody has been nominated."))
    yield blocks.signatures(view.officers or (("", _("Returning officer")), ("", _("Scrutineer"))))


def _table(position: Position) -> Grid:
    columns = (
        Column(6, _("No.")),
        Column(25, _("Candidate"), CELL_STRONG),
        Column(19, _("Council")),
        Column(18, _("Proposer")),
        Column(18, _("Seconder")),
        Column(22, _("Ruling")),
    )
    rows = []
    for number, one in enumerate(position.nominations, 1):
        ruling = f"{one.ruling}: {direction.own(one.reason)}" if one.reason else one.ruling
        rows.append((words.whole(number), one.name, one.council, one.proposer, one.seconder, ruling))
    return Grid(columns, rows)
