"""The figures of a workshop: who came, from which council, who was in each session; numbers and no names."""

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


@dataclass(frozen=True)
class OfCouncil:
    """How many came from a council."""

    name: str
    invited: int
    registered: int
    women: int
    votes: int


@dataclass(frozen=True)
class OfSession:
    """How many took part in a session."""

    title: str
    minutes: str
    led: str
    present: int
    voters: int


@dataclass(frozen=True)
class WorkshopStatistics:
    """Everything that the figures print."""

    imprint: Imprint
    title: str
    second: str
    figures: tuple[tuple[str, str], ...]
    councils: tuple[OfCouncil, ...]
    sessions: tuple[OfSession, ...]


def make(view: WorkshopStatistics, language: str) -> bytes:
    """The figures as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: WorkshopStatistics) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.second, sheet.SECOND)
    yield Grid((Column(60, "", CELL_STRONG), Column(40, "", FIGURE)), view.figures)
    if view.councils:
        yield blocks.heading(_("Councils"))
        yield _councils(view.councils)
    if view.sessions:
        yield blocks.heading(_("Sessions"))
        yield _sessions(view.sessions)


def _councils(councils: Iterable[OfCouncil]) -> Grid:
    columns = (
        Column(72, _("Council or body"), CELL_STRONG),
        Column(26, _("Invited"), FIGURE),
        Column(28, _("Registered"), FIGURE),
        Column(22, _("Women"), FIGURE),
        Column(22, _("Votes"), FIGURE),
    )
    rows = [
        (one.name, *(words.whole(figure) for figure in (one.invited, one.registered, one.women, one.votes)))
        for one in councils
    ]
    return Grid(columns, rows)


def _sessions(sessions: Iterable[OfSession]) -> Grid:
    columns = (
        Column(78, _("Session"), CELL_STRONG),
        Column(24, words.pgettext("duration", "Minutes"), FIGURE),
        Column(30, _("Led by")),
        Column(24, _("Took part"), FIGURE),
        Column(24, _("Voters"), FIGURE),
    )
    rows = [(one.title, one.minutes, one.led, words.whole(one.present), words.whole(one.voters)) for one in sessions]
    return Grid(columns, rows)
