"""What the room tells the phases and the warnings: workshops held, minutes led, decisions with their quorum, women."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pitso.domain.facts import HOST, SUPPORTING, Decided, Event, EventKind, Share
from pitso.services import attendance, resolutions, rolls, workshops
from pitso.services.room_views import Participant, WorkshopLine
from pitso.services.workspace import Workspace
from pitso.words import _

LED = {"host": HOST, "peer": SUPPORTING, "shared": "shared"}
"""The sides of sessions as facts name them."""


@dataclass(frozen=True)
class RoomFacts:
    """The facts of all workshops of one engagement."""

    events: tuple[Event, ...] = ()
    led: dict[str, int] = field(default_factory=dict)
    """Minutes of sessions by who led them; empty while none was held."""
    decided: tuple[Decided, ...] = ()
    women: tuple[Share, ...] = ()


def gathered(ws: Workspace, engagement: str) -> RoomFacts:
    """What the workshops of an engagement tell."""
    lines = workshops.workshops(ws, engagement)
    events: list[Event] = []
    decided: list[Decided] = []
    women: list[Share] = []
    led: dict[str, int] = {}
    for line in lines:
        known = attendance.participants(ws, line.id)
        events.append(_event(ws, line, known))
        decided += _decided(ws, line)
        women += _women(line, known)
        for side, minutes in workshops.led_minutes(workshops.sessions(ws, line.id)).items():
            if side in LED:
                led[LED[side]] = led.get(LED[side], 0) + minutes
    return RoomFacts(tuple(events), led, tuple(decided), tuple(women))


def _event(ws: Workspace, line: WorkshopLine, known: tuple[Participant, ...]) -> Event:
    record = ws.journal.record(line.id)
    told = _councils(ws, line, known) if line.kind == workshops.FOUNDING else _Councils()
    return Event(
        kind=EventKind.WORKSHOP,
        name=line.title,
        starts=line.starts,
        ends=line.ends,
        next_date=line.next_date,
        founding=line.kind == workshops.FOUNDING,
        planned_on=_a_day(record.get("invited_on")),
        councils=told.registered,
        all_councils=told.all,
        missing=told.missing,
        record=line.id,
    )


@dataclass(frozen=True)
class _Councils:
    registered: int | None = None
    all: int | None = None
    missing: tuple[str, ...] = ()


def _councils(ws: Workspace, line: WorkshopLine, known: tuple[Participant, ...]) -> _Councils:
    """How many of the councils registered at a founding workshop; kinds and regions of which none came."""
    if not any(one.registered for one in known):
        return _Councils()
    entered = rolls.entered_councils(ws, line.id)
    everybody = rolls.councils(ws, line.id, known)
    came = {one.council for one in known if one.registered and one.council in everybody}
    missing = []
    for sort in ("category", "region"):
        all_of, there = ({entered[uid][sort] for uid in some if uid in entered} for some in (everybody, came))
        missing += sorted(name for name in all_of - there if name)
    return _Councils(len(came), len(everybody), tuple(missing))


def _decided(ws: Workspace, line: WorkshopLine) -> Iterator[Decided]:
    """What was decided while a quorum was set, with the figures of the condition that was nearest to failing."""
    for one in resolutions.resolutions(ws, line.id):
        if one.decided_at is not None and one.number and one.quorum_figures:
            present, needed = min(one.quorum_figures, key=lambda figures: figures[0] - figures[1])
            yield Decided(
                _("Resolution {number}").format(number=one.called), one.decided_at.date(), present, needed, one.id
            )


def _women(line: WorkshopLine, known: tuple[Participant, ...]) -> Iterator[Share]:
    """Women among the voters who registered."""
    voters = [one for one in known if one.registered and one.votes]
    if voters:
        women = sum(one.sex == "woman" for one in voters)
        yield Share(
            _("voters of “{workshop}”").format(workshop=line.title), women, len(voters), line.starts, record=line.id
        )


def _a_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
