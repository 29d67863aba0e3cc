"""Presence: who goes in and out, by scan or key, and who was in the room at any minute."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from pitso.domain import badges, presence
from pitso.domain.operation import Value
from pitso.domain.presence import Move, Stay, Way
from pitso.domain.trouble import Trouble
from pitso.services import attendance, desk_clocks, rolls, workshops
from pitso.services.change import Change
from pitso.services.room_views import Elector, Figures, Participant, SessionLine
from pitso.services.workshops import ALONE, key_of
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit, Put
from pitso.storage.journal import Record
from pitso.words import _, whole

KEPT_OUT = frozenset({"peer", "facilitator", "interpreter", "observer", "media"})
"""Capacities for which a session of the hosts alone is closed."""


def ways() -> dict[str, str]:
    """What may be noted at the door, by code."""
    return {
        Way.IN.value: _("In"),
        Way.OUT.value: _("Out"),
        Way.REMOTE.value: _("Takes part from a distance"),
        Way.DROPPED.value: _("The line was lost"),
    }


def moves(ws: Workspace, workshop: str, known: Iterable[Participant]) -> tuple[Move, ...]:
    """What was noted at the door, each under the id by which the person stands in the register that is *known*."""
    shown = {other: one.id for one in known for other in one.also}
    noted = ws.journal.records(f"presence/{key_of(workshop)}/", fields=["moved"])
    earlier = desk_clocks.moved_back(ws, workshop)
    return tuple(_move(uid, record, shown, earlier) for uid, record in noted.items())


def moves_of(ws: Workspace, uid: str) -> tuple[Move, ...]:
    """What was noted at the door of one attendance."""
    noted = ws.journal.records(f"presence/{uid.partition('/')[2]}/", fields=["moved"])
    earlier = desk_clocks.moved_back(ws, attendance.workshop_of(uid))
    return tuple(_move(presence_, record, {}, earlier) for presence_, record in noted.items())


def _move(uid: str, record: Record, shown: Mapping[str, str], earlier: Mapping[str, timedelta]) -> Move:
    told = record["moved"]
    who = f"attendance/{uid.partition('/')[2].rpartition('/')[0]}"
    at = datetime.fromisoformat(told["at"]) - earlier.get(str(told.get("desk", "")), timedelta())
    return Move(shown.get(who, who), at, Way(told["way"]), int(told.get("place", 0)))


def present(ws: Workspace, workshop: str, at: datetime | None = None) -> tuple[Participant, ...]:
    """Everybody who is in the room at a moment, by default the one that the figures are told for."""
    known = attendance.participants(ws, workshop)
    noted = moves(ws, workshop, known)
    return _inside(known, noted, at or latest(noted, workshops.moment(ws, workshop)))


def latest(noted: Iterable[Move], now: datetime) -> datetime:
    """Now, or what another desk noted of today by a clock that goes ahead."""
    return max([now, *(move.at for move in noted if move.at.date() == now.date())])


def _inside(known: Iterable[Participant], noted: Iterable[Move], at: datetime) -> tuple[Participant, ...]:
    there = presence.inside(noted, at)
    return tuple(one for one in known if one.id in there)


def voters(ws: Workspace, workshop: str, at: datetime | None = None) -> frozenset[str]:
    """The persons who are in the room and may vote."""
    entitled = {elector.person for elector in rolls.electors(ws, workshop)}
    return frozenset(one.person for one in present(ws, workshop, at) if one.person in entitled)


def note(ws: Workspace, uid: str, way: Way, *, at: datetime | None = None) -> Change:
    """Somebody of the register went in or out.

    Trouble for whoever has not registered, and for a peer at the door of a session of the hosts alone.
    """
    record = ws.journal.record(uid)
    (one,) = attendance.read(ws, "", {uid: record})
    if not one.registered:
        raise Trouble(
            _("{name} has not registered.").format(name=attendance.shown_name(one)), _("Register first, at the desk.")
        )
    if way in presence.INSIDE:
        _require_open(ws, one)
    told = {Way.IN: _("{name} is in."), Way.OUT: _("{name} is out.")}
    said = told.get(way, _("{name}: noted.")).format(name=one.name)
    moment, place = _after_the_last(ws, uid, at or workshops.here(ws))
    return ws.record(move_edits(ws, [uid], way, moment, place), said=said, made=uid)


def _after_the_last(ws: Workspace, uid: str, now: datetime) -> tuple[datetime, int]:
    """This moment, but not before what was noted of the person today, and how much that is.

    What was known when it was written is earlier, whatever the clock of another desk says.
    """
    times = [move.at for move in moves_of(ws, uid)]
    today = [time for time in times if time.date() == now.date()]
    return max([now, *today]), len(today)


def move_edits(ws: Workspace, attendances: Iterable[str], way: Way, at: datetime, place: int = 0) -> list[Edit]:
    """What notes that several went in or out at once; *place*: after how many others of that moment."""
    value: dict[str, Value] = {"at": at.isoformat(), "way": way.value, "desk": attendance.desk(ws)}
    if place:
        value["place"] = place
    return [Put(f"presence/{uid.partition('/')[2]}/{ws.token()}", "moved", dict(value)) for uid in attendances]


def _require_open(ws: Workspace, one: Participant) -> None:
    session = workshops.running(ws, attendance.workshop_of(one.id))
    if session is not None and kept_out(session, one):
        raise Trouble(
            _("The hosts are among themselves in this session: {name} stays out.").format(name=one.name),
            _("If the chair admits peers, note it with a reason in the programme; then scan again."),
        )


def kept_out(session: SessionLine, one: Participant) -> bool:
    """Is this session closed to the person?"""
    return session.kind == ALONE and not session.peers_admitted and one.capacity in KEPT_OUT


def turn(ws: Workspace, uid: str, *, at: datetime | None = None) -> Change:
    """One scan at the door: who was out is in, who was in is out."""
    now = at or workshops.here(ws)
    workshop = attendance.workshop_of(uid)
    noted = moves(ws, workshop, ())
    there = presence.inside(noted, latest(noted, now))
    return note(ws, uid, Way.OUT if uid in there else Way.IN, at=now)


def all_in(ws: Workspace, workshop: str, *, at: datetime | None = None) -> Change:
    """Everybody who registered and is not in the room comes in at once; peers stay out where they must."""
    now, session = at or workshops.here(ws), workshops.running(ws, workshop)
    known = attendance.participants(ws, workshop)
    noted = moves(ws, workshop, known)
    there = presence.inside(noted, latest(noted, now))
    coming = [
        one.id for one in known if one.registered and one.id not in there and not (session and kept_out(session, one))
    ]
    said = _("{number} came in.").format(number=whole(len(coming)))
    place = max((move.place for move in noted), default=-1) + 1
    return ws.record(move_edits(ws, coming, Way.IN, latest(noted, now), place), said=said, made=workshop)


def stays(ws: Workspace, session: SessionLine) -> dict[str, Stay]:
    """How everybody took part in a session that was held, by attendance; empty for one that was not."""
    if session.began is None:
        return {}
    workshop = attendance.workshop_of(session.id)
    known = attendance.participants(ws, workshop)
    return presence.took_part(moves(ws, workshop, known), session.began, session.ended or workshops.here(ws))


def scanned(known: Iterable[Participant], code: str, text: str) -> Participant | None:
    """Whose badge a scanner read; None where the text is no serial and rather a name.

    Trouble for a badge of another workshop, one that was replaced, one that nobody has, and for noise.
    """
    serial = badges.read(text)
    if serial is None:
        if badges.looks_scanned(text):
            raise Trouble(
                _("The scanner read “{text}”, which is no badge.").format(text=text[:40]),
                _("Scan it again, or type the number of the badge."),
            )
        return None
    other, number = serial
    if other != code:
        raise Trouble(_("This badge belongs to another workshop."), _("Look for the name instead."))
    known = tuple(known)
    if any(number in one.voided for one in known):
        raise Trouble(_("This badge was replaced by another one."), _("Ask for the new badge, or look for the name."))
    found = [one for one in known if number == one.number or number in one.also_numbers]
    if not found:
        raise Trouble(
            _("Nobody here has badge {number}.").format(number=whole(number)),
            _("It may come from the other desk: bring in its bundle, or look for the name."),
        )
    return found[0]


def figures(ws: Workspace, workshop: str, at: datetime | None = None) -> Figures:
    """The figures of the room at a moment."""
    known = attendance.participants(ws, workshop)
    noted = moves(ws, workshop, known)
    moment = at or latest(noted, workshops.moment(ws, workshop))
    there = _inside(known, noted, moment)
    electors, councils = rolls.electors_of(ws, workshop, known), rolls.councils(ws, workshop, known)
    return figures_of(known, there, electors, moment, councils, by=at)


def figures_of(
    known: Iterable[Participant],
    there: Iterable[Participant],
    electors: Iterable[Elector],
    at: datetime,
    councils: Collection[str],
    by: datetime | None = None,
) -> Figures:
    """The figures of a register that was read already: who is *there* of all that are *known*.

    *by*: who registered later is not counted; without it a desk whose clock is ahead is counted all the same.
    """
    known, there, entitled = tuple(known), tuple(there), {elector.person for elector in electors}
    came = [one for one in known if one.came is not None and (by is None or one.came <= by)]
    return Figures(
        at=at,
        invited=sum(one.invited for one in known),
        registered=len(came),
        walk_ins=sum(one.walk_in for one in came),
        present=len(there),
        councils_present=len({one.council for one in there if one.is_council}),
        councils_registered=len({one.council for one in came if one.is_council}),
        councils=len(councils),
        women=sum(one.sex == "woman" for one in came),
        young=sum(one.age_band == "young" for one in came),
        may_vote=sum(one.person in entitled for one in there),
    )
