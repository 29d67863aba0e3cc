"""The founding workshop of the demonstration's story: two desks, 120 participants, a double, and the roll of 90."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TypeAlias

from pitso.domain.majorities import Majority, Mode, Votes
from pitso.domain.presence import Way
from pitso.domain.quorum import Base, Condition, Unit
from pitso.services import attendance, doubles, presence, quorum, resolutions, rolls, workshops
from pitso.services.attendance import Invited
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit, Put

Row: TypeAlias = Mapping[str, str]
"""A line of the table of participants."""
ZONE = timezone(timedelta(hours=2))
DAYS = (date(2026, 6, 17), date(2026, 6, 18))
ABSENT_NUMBERS = (65, 77, 104, *range(121, 130))
"""Badges of the twelve seats whose holders did not come; the first three lie among those of the others."""
TWICE = ("P041", "P041-dup")
"""The councillor whom desk B wrote down again."""
RETURNING, SCRUTINEER = "P010", "P022"
QUORUM = (
    Condition(Base.ROLL, Unit.DELEGATE, number=60),
    Condition(Base.ROLL, Unit.COUNCIL, number=7),
)


@dataclass(frozen=True)
class Planned:
    """A session of the story, and who went out before it began or is back in, by code."""

    title: str
    kind: str
    day: int
    starts: str
    ends: str
    led: str
    out: Sequence[str] = ()
    back: Sequence[str] = ()


SESSIONS = (
    Planned("Opening", "opening", 0, "09:00", "09:40", "host", out=("P011", "P012")),
    Planned("How BALA was founded", "exchange", 0, "09:45", "12:15", "peer", back=("P011", "P012")),
    Planned("Common problems of our councils", "group", 0, "13:00", "14:15", "shared", out=("P011",)),
    Planned("Reflection of the hosts alone", "alone", 0, "14:15", "15:10", "host", out=("P012", "P023")),
    Planned("Rules of the election", "plenary", 0, "15:15", "15:45", "host", out=("P008", "P086")),
    Planned("Nominations", "election", 1, "09:00", "09:30", "host", out=("P008", "P086")),
    Planned("Statutes", "drafting", 1, "10:00", "11:05", "shared", out=("P011", "P012", "P023")),
    Planned("Subscription", "plenary", 1, "11:30", "12:15", "host", out=("P024",)),
    Planned("Election of office bearers", "election", 1, "16:00", "17:15", "host", out=("P034", "P035")),
    Planned(
        "Closing",
        "closing",
        1,
        "17:20",
        "17:55",
        "peer",
        out=("P036", "P046", "P047", "P048", "P058", "P059", "P060", "P070"),
    ),
)


@dataclass(frozen=True)
class Decided:
    """A resolution of the story: when, and how it was decided."""

    title: str
    text: str
    kind: str
    day: int
    time: str
    session: str
    mode: Mode = Mode.CONSENSUS
    rule: Majority = Majority.SIMPLE
    votes: Votes | None = None
    moved: tuple[str, str] = ("", "")


RESOLUTIONS = (
    Decided(
        "Rules of the election",
        "The office bearers are elected by secret ballot: the President in two rounds with an absolute majority, the "
        "Deputy President by preferences, the Treasurer by most votes. The roll is frozen before the vote.",
        "election_rules",
        0,
        "15:40",
        "Rules of the election",
        Mode.HANDS,
        votes=Votes(86, 0, 2),
        moved=("P014", "P062"),
    ),
    Decided(
        "To found LALA",
        "The leaders of ten councils found the Lesotho Association of Local Authorities, LALA.",
        "principle",
        1,
        "10:20",
        "Statutes",
    ),
    Decided(
        "Statutes",
        "The statutes are adopted as they were circulated on 27 May, with the three articles settled on 17 June.",
        "text",
        1,
        "10:50",
        "Statutes",
        Mode.HANDS,
        Majority.TWO_THIRDS,
        Votes(81, 3, 4),
        ("P109", "P001"),
    ),
    Decided(
        "Mandate to register",
        "The office bearers file the application for registration before 31 July 2026.",
        "mandate",
        1,
        "11:00",
        "Statutes",
    ),
    Decided(
        "Subscription",
        "Each council pays a yearly subscription that grows with its budget; the first is due on 1 October 2026.",
        "principle",
        1,
        "12:05",
        "Subscription",
        Mode.HANDS,
        votes=Votes(74, 9, 5),
    ),
    Decided(
        "South-South cooperation",
        "LALA concludes an agreement of South-South cooperation with BALA for three years.",
        "agreement",
        1,
        "17:40",
        "Closing",
        Mode.ACCLAMATION,
    ),
)


NOTES = {
    "How BALA was founded": "The mayor of the peer team tells of the first three years, and of the two attempts before "
    "them that lapsed. Questions: who paid the first officer, and how the small councils were heard.",
    "Statutes": "Article 7 (subscription), article 12 (women on the executive) and article 19 (dissolution) are read "
    "aloud and explained in both languages.",
    "Closing": "The peers thank their hosts for the rules on equal voting, which BALA will look at for itself.",
}
"""What the minutes say of some sessions."""


def at(day: int, time: str) -> datetime:
    """A moment of the workshop by the clock of its room: day 0 or 1, and ``09:40``."""
    return datetime.combine(DAYS[day], datetime.strptime(time, "%H:%M").time(), ZONE)


@dataclass
class Room:
    """The workshop while its story is told."""

    ws: Workspace
    workshop: str
    persons: Mapping[str, str]
    """Person records by their code in the table."""
    councils: Mapping[str, str]
    """Bodies by their names."""
    attendances: dict[str, str]
    """Attendances by the person's code."""


def invite(ws: Workspace, engagement: str, persons: Mapping[str, str], rows: Sequence[Row]) -> Room:
    """129 are invited: 117 persons, and twelve seats whose holders nobody knows yet; the programme is set."""
    workshop = workshops.begin(
        ws,
        engagement,
        title="Founding workshop",
        kind=workshops.FOUNDING,
        starts=DAYS[0],
        ends=DAYS[1],
        place="Maseru, hall of Lantern City Council",
        invited_on=date(2026, 6, 2),
    ).record
    room = Room(ws, workshop, persons, {name: uid for uid, name in attendance.councils(ws)}, {})
    invited = [row for row in rows if row["invited"] == "yes"]
    wanted = [_participant(room, row, int(row["badge"])) for row in invited]
    bodies = [*sorted({row["council"] for row in rows}), "Lantern City Council", "Sandstone Urban Council"]
    wanted += [
        Invited(council=room.councils[body], capacity="councillor", number=number)
        for body, number in zip(bodies, ABSENT_NUMBERS, strict=True)
    ]
    edits = [*quorum.condition_edits(workshop, QUORUM), *_programme(room)]
    for council, kind in {row["council"]: row["council_type"] for row in rows}.items():
        edits += rolls.delegation_edits(workshop, room.councils[council], delegates=9, category=kind)
        edits.append(Put(room.councils[council], "category", kind))
    edits += attendance.invitation_edits(ws, workshop, wanted)
    ws.record(edits, said="The programme and the invitations of the founding workshop.", made=workshop)
    numbered = ws.journal.records(attendance.prefix(workshop), fields=["number"])
    of_number = {record["number"]: uid for uid, record in numbered.items()}
    room.attendances.update({row["person_id"]: of_number[int(row["badge"])] for row in invited})
    return room


def _participant(room: Room, row: Row, number: int = 0) -> Invited:
    return Invited(
        name=f"{row['given_name']} {row['family_name']}",
        person=room.persons.get(row["person_id"], ""),
        council=room.councils[row["council"]],
        capacity=row["role"].replace(" ", "_"),
        sex=row["sex"],
        age_band="young" if row["age_band"].startswith("35") else "older",
        credentials="vote" if row["voter"] == "yes" else "no_vote",
        mandate="list",
        number=number,
    )


def _programme(room: Room) -> list[Edit]:
    edits: list[Edit] = []
    for one in SESSIONS:
        session = f"session/{workshops.key_of(room.workshop)}/{room.ws.token()}"
        day = DAYS[one.day]
        edits += workshops.session_edits(
            room.ws, room.workshop, session, one.title, one.kind, day, one.starts, one.ends, one.led, "host"
        )
    return edits


def first_day(room: Room, rows: Sequence[Row], on: Callable[[str, int], date]) -> None:
    """Two desks register 120 persons, one of them twice; the roll is displayed, and the sessions are held."""
    on("2026-06-17", 8)
    _register(room, rows)
    rolls.display(room.ws, room.workshop, "17 June, 17:00", at=at(0, "09:00"))
    _hold(room, 0)
    rolls.adopt(room.ws, room.workshop, "by consensus", at=at(0, "15:42"))


def _register(room: Room, rows: Sequence[Row]) -> None:
    ws = room.ws
    edits: list[Edit] = []
    for row in rows:
        if row["person_id"] not in room.attendances:
            uid = f"{attendance.prefix(room.workshop)}{ws.token()}"
            room.attendances[row["person_id"]] = uid
            edits += attendance.attendance_edits(ws, uid, _participant(room, row))
            edits += [Put(uid, "number", int(row["badge"])), Put(uid, "walk_in", True)]
        came = datetime.fromisoformat(row["registered_at"]).replace(tzinfo=ZONE)
        edits += attendance.coming(ws, room.attendances[row["person_id"]], came, row["desk"])
    edits += [Put(room.attendances[row["person_id"]], "identity", "document") for row in rows if row["voter"] == "yes"]
    ws.record(edits, said="Two desks registered the participants.", author=room.persons["PEER-5"])
    kept, double = (ws.journal.record(room.attendances[code])["person"] for code in TWICE)
    doubles.join(ws, kept, double)


def _hold(room: Room, day: int) -> None:
    """The sessions of one day, begun and ended on time, with whoever went out and came back before each."""
    held = [one for one in workshops.sessions(room.ws, room.workshop) if one.day == DAYS[day]]
    planned = [one for one in SESSIONS if one.day == day]
    edits: list[Edit] = []
    for session, one in zip(held, planned, strict=True):
        began = at(day, one.starts)
        shortly_before = began - timedelta(minutes=2)
        for way, codes in ((Way.OUT, one.out), (Way.IN, one.back)):
            edits += presence.move_edits(room.ws, [room.attendances[code] for code in codes], way, shortly_before)
        edits += [
            Put(session.id, "began", began.isoformat()),
            Put(session.id, "ended", at(day, one.ends).isoformat()),
        ]
        if notes := NOTES.get(one.title):
            edits.append(Put(session.id, "notes", notes))
    room.ws.record(edits, said="The sessions of the day.", author=room.persons["PEER-5"])
    for decided in RESOLUTIONS:
        if decided.day == day:
            _resolve(room, decided, next(one.id for one in held if one.title == decided.session))


def _resolve(room: Room, told: Decided, session: str) -> None:
    moved_by, seconded_by = (room.persons.get(code, "") for code in told.moved)
    moment = at(told.day, told.time)
    made = resolutions.propose(
        room.ws,
        room.workshop,
        title=told.title,
        text=told.text,
        kind=told.kind,
        moved_by=moved_by,
        seconded_by=seconded_by,
        session=session,
        at=moment,
    )
    resolutions.decide(room.ws, made.record, mode=told.mode, rule=told.rule, votes=told.votes, at=moment)


def second_day(room: Room, on: Callable[[str, int], date]) -> None:
    """Everybody is back; the statutes are adopted, and the roll is frozen before the election."""
    ws = room.ws
    on("2026-06-18", 8)
    presence.all_in(ws, room.workshop, at=at(1, "08:50"))
    _hold(room, 1)
    on("2026-06-18", 13)
    returning, scrutineer = room.persons[RETURNING], room.persons[SCRUTINEER]
    rolls.require_freezable(ws, room.workshop)
    frozen = rolls.frozen_edits(ws, room.workshop, returning, scrutineer, at(1, "15:45"))
    ws.record(frozen, said="The roll is frozen.", undoable=False, author=returning, sealed=True)
