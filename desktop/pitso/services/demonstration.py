"""The demonstration: the invented story of one engagement, made by the same deeds that people do.

Every person, council, partner, figure and date in it is invented; BALA, LALA and UCLG Africa are the bodies of the
programme. It stands still on 30 September 2026.
"""

import csv
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from pitso import places
from pitso.domain.readiness.agreement import Rating
from pitso.domain.readiness.instrument import Stage, said
from pitso.services import (
    assessments,
    consensus,
    demonstration_election,
    demonstration_programme,
    demonstration_room,
    demonstration_visits,
    engagements,
    people,
    results,
    teams,
)
from pitso.services.demonstration_records import Records
from pitso.services.receiving import receive
from pitso.services.sending import ENDING, send
from pitso.services.workspace import Workspace, create, write_as
from pitso.storage.edits import Edit, Put
from pitso.storage.joining import vector

TODAY = datetime(2026, 9, 30, 8, 42, tzinfo=UTC)
PEERS = (
    ("PEER-1", "Kagiso Naledi-Noka", "Mayor", "leader"),
    ("PEER-2", "Boitumelo Thaba-Pula", "Chief executive", "administrative"),
    ("PEER-3", "Neo Lesedi-Tsela", "Councillor", "political"),
    ("PEER-4", "Thabo Letsatsi-Noka", "Officer of the association", "technical"),
    ("PEER-5", "Masego Pula-Naledi", "Rapporteur and interpreter", "rapporteur"),
)
FACILITATORS = (("Awa Rivière-Étoile", "Facilitator"), ("João Rio-Estrela", "Facilitator at a distance"))
HOSTS = ("P001", "P073", "P109")
UNNAMED = "P073"
"""Who of them has not agreed to be named in papers for others."""
"""The three hosts who rated beside the peers."""


@dataclass
class Story:
    """The demonstration while it is being made: its clock goes through the dates of the story."""

    moment: datetime = datetime(2025, 9, 15, 7, 0, tzinfo=UTC)
    numbers: Iterator[int] = field(default_factory=count)

    def clock(self) -> datetime:
        """Each look is a second later, so that what was done later is later."""
        self.moment += timedelta(seconds=1)
        return self.moment

    def token(self) -> str:
        """Ids that are the same each time: the pictures and papers of the demonstration do not change."""
        return hashlib.sha256(f"demonstration {next(self.numbers)}".encode()).hexdigest()[:16]

    def on(self, day: str, hour: int = 8) -> date:
        """Go on to this day of the story."""
        self.moment = datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)
        return self.moment.date()


def make(path: Path, *, as_: str = "field") -> Workspace:
    """Make the demonstration at *path* and open it.

    *as_*: ``field`` is the peer team's laptop with the whole story; ``office`` has received it in a bundle; ``empty``
    has nothing yet, to receive it.
    """
    if as_ == "empty":
        return _create(path, "Second computer", Story(TODAY), office=False)
    if as_ == "office":
        return _office(path)
    story = Story()
    ws = _create(path, "Lesotho", story, office=False)
    # Nobody's work can be lost while the story is told: the file is new, and forced to the disk at the end.
    ws.journal.file.connection.execute("PRAGMA synchronous = OFF")
    _tell(ws, story)
    ws.journal.file.connection.execute("PRAGMA synchronous = FULL")
    ws.journal.file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    story.moment = TODAY
    return ws


def _create(path: Path, name: str, story: Story, *, office: bool) -> Workspace:
    return create(path, name=name, office=office, clock=story.clock, token=story.token, demonstration=TODAY)


def _office(path: Path) -> Workspace:
    with tempfile.TemporaryDirectory() as folder:
        team = make(Path(folder) / "lesotho.pitso")
        send(team, Path(folder) / f"lesotho{ENDING}")
        team.close()
        office = _create(path, "Coordinating office", Story(TODAY), office=True)
        receive(office, Path(folder) / f"lesotho{ENDING}", trusting=True)
    person = people.add_person(office, name=FACILITATORS[0][0], role=FACILITATORS[0][1])
    write_as(office, person.record)
    return office


def holds(ws: Workspace) -> dict[str, int]:
    """What a workspace holds, counted: for the one line that `pitso demo` prints."""
    journal = ws.journal
    return {
        "engagements": len(journal.records("engagement/")),
        "persons": len(journal.records("person/")),
        "organisations": len(journal.records("organisation/")),
        "assessments": len(journal.records("assessment/")),
        "ratings": len(journal.records("rating/")),
        "agreed ratings": len(journal.records("agreed/")),
        "records": len(journal.records("record/", fields=["form"])),
        "operations": sum(vector(journal).values()),
    }


# ---- the story ----------------------------------------------------------------------------------------------------


def table(name: str) -> list[dict[str, str]]:
    """A table of the story, by its file name without ending."""
    text = places.resource(f"demonstration/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def name_of(code: str) -> str:
    """What somebody of the story is called, by the code of the tables."""
    peers = {peer: name for peer, name, _role, _in_team in PEERS}
    hosts = {row["person_id"]: f"{row['given_name']} {row['family_name']}" for row in table("participants")}
    return (peers | hosts)[code]


def _tell(ws: Workspace, story: Story) -> None:
    persons = _people(ws, story)
    engagement = _engagement(ws, story, persons)
    members = {member.person: member.id for member in teams.members(ws, engagement)}
    rows: dict[str, list[dict[str, str]]] = {}
    for row in table("ratings"):
        rows.setdefault(row["assessment"], []).append(row)
    promised, log = ({row["id"]: row for row in table(name)} for name in ("commitments", "contacts"))
    besides = demonstration_programme.told(ws, engagement, persons, promised, log)
    told = Records(ws, engagement, persons, story.on, besides)
    told.until("2026-01-22")
    _first_assessment(ws, story, engagement, persons, members, rows["AS-1"])
    told.until("2026-01-24")
    demonstration_visits.visit(ws, engagement, 1, persons, story.on)
    told.until("2026-06-02")
    story.on("2026-06-02")
    participants = table("participants")
    room = demonstration_room.invite(ws, engagement, persons, participants)
    told.until("2026-06-16")
    second = _from_sheet(ws, story, engagement, "AS-2", Stage.FOUNDING, story.on("2026-06-16"), rows["AS-2"])
    results.see_to(
        ws,
        second,
        cause="gate_on_word.REP-4",
        owner=persons["P109"],
        due=date(2026, 6, 17),
        text=promised["CM-07"]["text"],
    )
    demonstration_room.first_day(room, participants, story.on)
    story.on("2026-06-17", 14)
    _amend(ws, second, rows["AS-2"], rows["AS-2-amended"])
    election = demonstration_election.plan(room, engagement)
    _found(ws, story)
    demonstration_election.nominate(room, election)
    demonstration_room.second_day(room, story.on)
    demonstration_election.vote(room, election, persons["PEER-1"], story.on)
    told.until("2026-06-20")
    demonstration_visits.visit(ws, engagement, 2, persons, story.on)
    told.until("2026-09-22")
    third = _from_sheet(ws, story, engagement, "AS-3", Stage.SCALEDOWN, story.on("2026-09-22"), rows["AS-3"])
    results.see_to(
        ws,
        third,
        cause="gate_not_met.LEG-2",
        owner=persons["P109"],
        due=date(2026, 10, 31),
        text=promised["CM-14"]["text"],
    )
    demonstration_visits.visit(ws, engagement, 3, persons, story.on)
    told.until("2026-10-01")


def _people(ws: Workspace, story: Story) -> dict[str, str]:
    """Bodies and persons of the story; returns the person records by their code in the tables."""
    persons: dict[str, str] = {}
    edits: list[Edit] = []

    def body(name: str, kind: str) -> str:
        uid = f"organisation/{ws.token()}"
        edits.extend(people.organisation_edits(uid, name, kind))
        return uid

    def person(name: str, role: str, organisation: str) -> str:
        uid = f"person/{ws.token()}"
        values = {"name": name, "role": role, "organisation": organisation}
        edits.extend(Put(uid, field, value) for field, value in values.items())
        return uid

    bala, office = body("BALA", "association"), body("UCLG Africa", "office")
    for code, name, role, _in_team in PEERS:
        persons[code] = person(name, role, bala)
    for name, role in FACILITATORS:
        person(name, role, office)
    councils: dict[str, str] = {}
    for row in table("participants"):
        if not row["person_id"][1:].isdigit():  # the double that a desk wrote down belongs to the registration
            continue
        if row["council"] not in councils:
            councils[row["council"]] = body(row["council"], "council")
        name = f"{row['given_name']} {row['family_name']}"
        persons[row["person_id"]] = person(name, row["role"], councils[row["council"]])
    body("Ubuntu Cities Fund", "partner")
    person("Lineo Lehloa-Moea", "Principal officer", body("Ministry of Local Government", "ministry"))
    ws.record(edits, said="The people and bodies of the story.", author=persons["PEER-1"])
    write_as(ws, persons["PEER-1"])
    return persons


def _engagement(ws: Workspace, story: Story, persons: dict[str, str]) -> str:
    story.on("2025-10-20")
    engagement = engagements.begin(
        ws,
        title="Lesotho",
        country="Lesotho",
        host="Leaders of ten councils",
        supporting="BALA",
        coordinating="UCLG Africa",
    ).record
    for code, _name, _role, in_team in PEERS[1:]:
        teams.add_member(ws, engagement, person=persons[code], role=in_team, side=teams.PEER)
    for code in HOSTS:
        teams.add_member(ws, engagement, person=persons[code], role="host", side=teams.HOST)
    named = [persons[code] for code in (*(peer[0] for peer in PEERS), *HOSTS) if code != UNNAMED]
    ws.record([Put(person, "consent", "yes") for person in named], said="Who agreed to be named.")
    return engagement


def _found(ws: Workspace, story: Story) -> None:
    """The new association, and the abbreviation that a newspaper gave it before it had a name."""
    story.on("2026-06-18")
    association = people.add_organisation(ws, name="LALA", kind="association").record
    people.add_name(ws, association, text="LALA", kind="short", valid_from="2026-06-18")
    people.add_name(ws, association, text="LLGA", kind="former", valid_from="2026-04", valid_to="2026-06")


def _rating(text: str) -> Rating | None:
    return int(text) if text.isdigit() else text or None


def _first_assessment(
    ws: Workspace,
    story: Story,
    engagement: str,
    persons: dict[str, str],
    members: dict[str, str],
    rows: list[dict[str, str]],
) -> None:
    held_on = story.on("2026-01-22", 14)
    uid = assessments.begin(ws, engagement, title="AS-1", stage=Stage.FOUNDING, held_on=held_on).record
    raters = {f"peer_{n}": persons[f"PEER-{n}"] for n in range(1, 5)}
    raters |= {f"host_{n}": persons[code] for n, code in enumerate(HOSTS, 1)}
    for column, person in raters.items():
        write_as(ws, person)
        rate_all(ws, uid, members[person], rows, column)
    write_as(ws, persons["PEER-1"])
    _evidence(ws, uid, members[persons["PEER-1"]], rows)
    story.on("2026-01-22", 17)
    assessments.reveal(ws, uid)
    _agree_one_at_a_time(ws, uid, rows)
    consensus.accept_close(ws, uid)
    consensus.close(ws, uid)
    story.on("2026-01-23", 9)
    write_as(ws, persons["P001"])
    consensus.respond(ws, uid, code="POL-4", text="The initiative group believed that it had a mandate.")
    write_as(ws, persons["PEER-1"])


def rate_all(ws: Workspace, uid: str, rater: str, rows: list[dict[str, str]], column: str) -> None:
    """Let one rater, who writes here, give all ratings of a *column* of the table, and finish."""
    for row in rows:
        given = _rating(row[column])
        if given is not None:
            assessments.rate(ws, uid, rater=rater, code=row["code"], rating=given)
        if given == "NA":
            reason = row["reason"] or "It does not arise yet."
            assessments.give_reason(ws, uid, rater=rater, code=row["code"], reason=reason)
    assessments.finish(ws, uid, rater=rater, finished=True)


def _evidence(ws: Workspace, uid: str, rater: str, rows: list[dict[str, str]]) -> None:
    """What the ratings rest on, with the grade of the table and the first kind of evidence that the form suggests."""
    instrument = assessments.load(ws, uid).instrument
    for row in rows:
        if row["evidence"] in ("A", "B", "C"):
            text = said(instrument.by_code[row["code"]].evidence, "en").partition(";")[0].rstrip(".")
            assessments.add_evidence(ws, uid, rater=rater, code=row["code"], grade=row["evidence"], text=text)


def _agree_one_at_a_time(ws: Workspace, uid: str, rows: list[dict[str, str]]) -> None:
    """What the table gives a reason for, and what was not a level: the rest is accepted together."""
    for row in rows:
        agreed = _rating(row["agreed"])
        if agreed is not None and (row["reason"] or not isinstance(agreed, int)):
            consensus.agree(
                ws, uid, code=row["code"], rating=agreed, grade=row["evidence"] or None, reason=row["reason"]
            )


def _from_sheet(
    ws: Workspace, story: Story, engagement: str, title: str, stage: Stage, held_on: date, rows: list[dict[str, str]]
) -> str:
    """An assessment of which only the agreed ratings were typed in, from the consensus sheet."""
    uid = assessments.begin(ws, engagement, title=title, stage=stage, held_on=held_on, from_sheet=True).record
    for row in rows:
        agreed = _rating(row["agreed"])
        if agreed is not None:
            consensus.agree(
                ws, uid, code=row["code"], rating=agreed, grade=row["evidence"] or None, reason=row["reason"]
            )
    consensus.close(ws, uid)
    return uid


def _amend(ws: Workspace, uid: str, before: list[dict[str, str]], after: list[dict[str, str]]) -> None:
    for former, row in zip(before, after, strict=True):
        agreed = _rating(row["agreed"])
        if agreed is not None and (former["agreed"], former["evidence"]) != (row["agreed"], row["evidence"]):
            consensus.agree(ws, uid, code=row["code"], rating=agreed, grade=row["evidence"], reason=row["reason"])
