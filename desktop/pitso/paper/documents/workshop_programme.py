"""The programme of a workshop: each day with its sessions, what was planned and what was held."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

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


@dataclass(frozen=True)
class Planned:
    """One session, with its times as text."""

    day: date
    planned: str
    held: str
    title: str
    kind: str
    led: str


@dataclass(frozen=True)
class WorkshopProgramme:
    """Everything that the programme prints."""

    imprint: Imprint
    title: str
    place: str
    sessions: tuple[Planned, ...]
    led: tuple[tuple[str, str], ...] = ()
    """Who led which share of the time, once sessions were held."""


def make(view: WorkshopProgramme, language: str) -> bytes:
    """The programme as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: WorkshopProgramme) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.place, sheet.SECOND)
    held = any(one.held for one in view.sessions)
    columns = [
        Column(30, _("Planned"), replace(CELL, align="start")),
        Column(78, _("Session"), CELL_STRONG),
        Column(42, _("Kind")),
        Column(30, _("Led by")),
    ]
    if held:
        columns.insert(1, Column(30, _("Held")))
    rows: list[Row] = []
    day: date | None = None
    for one in view.sessions:
        if one.day != day:
            day = one.day
            rows.append(Row((words.day(day),), band=True))
        cells = (one.planned, one.held, one.title, one.kind, one.led)
        rows.append(Row(cells if held else (cells[0], *cells[2:])))
    yield Grid(columns, rows)
    if view.led:
        yield blocks.heading(_("Time led"))
        yield Prose(direction.side_by_side(words.colon(who, share) for who, share in view.led), sheet.BODY)
