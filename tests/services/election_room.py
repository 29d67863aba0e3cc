"""A small assembly that elects: twelve voters of four councils in one room, officers with PINs, and hands to vote."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pitso.domain.elections.entries import Keyed
from pitso.domain.elections.ladder import Role
from pitso.domain.quorum import Base, Condition, Unit
from pitso.services import (
    attendance,
    contests,
    declarations,
    elections,
    engagements,
    keying,
    nominations,
    people,
    persons_here,
    presence,
    quorum,
    rolls,
    rounds,
    workshops,
    workspace,
)
from pitso.services.attendance import Invited
from pitso.services.contests import Contest, Election
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put

PIN = "2468"
FIGURES = {"printed": 20, "issued": 12, "handed_back": 0, "not_returned": 0, "unused": 8}
BEGAN = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that goes on by a second at each look."""

    moment: datetime = BEGAN

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class Assembly:
    """The room with all that an election needs."""

    ws: Workspace
    engagement: str
    workshop: str
    voters: list[str]
    people: dict[str, str] = field(default_factory=dict)
    """The officers by what they do, and ``leader``."""
    uid: str = ""

    @property
    def election(self) -> Election:
        return contests.load(self.ws, self.uid)

    def contest(self, place: int = 0) -> Contest:
        return self.election.contests[place]

    @contextmanager
    def writing(self, who: str) -> Iterator[None]:
        """Within the block somebody else writes."""
        before = self.ws.author
        workspace.write_as(self.ws, self.people.get(who, who))
        yield
        if before is not None:
            workspace.write_as(self.ws, before)

    def plan(self, *positions: Mapping[str, object], adopted: bool = True) -> None:
        """Plan an election for these positions, appoint the officers, and let the returning officer write."""
        reason = {"reason": "The hosts decided so.", "second": self.people["scrutineer"], "pin": PIN}
        self.uid = elections.begin(
            self.ws, self.engagement, self.workshop, title="Office bearers", held_on=date(2026, 6, 18), **reason
        ).record
        for position in positions:
            elections.add_position(self.ws, self.uid, **position)  # type: ignore[arg-type]
        if adopted:
            elections.adopt_rules(self.ws, self.uid, how="by consensus")
        for role in ("returning", "scrutineer", "counter"):
            elections.appoint(self.ws, self.uid, self.people[role], role)
        elections.appoint(self.ws, self.uid, self.people["other"], Role.COUNTER)
        workspace.write_as(self.ws, self.people["returning"])

    def nominate(self, *numbers: int, place: int = 0, close: bool = True) -> None:
        """Let the voters with these numbers stand, and draw the order in which they are named."""
        if not self.election.opened:
            elections.open_nominations(self.ws, self.uid)
        made = [
            nominations.nominate(
                self.ws,
                self.contest(place).id,
                person=self.voters[number],
                proposer=self.voters[10],
                seconder=self.voters[11],
                consent=True,
            ).record
            for number in numbers
        ]
        for nomination in made:
            nominations.rule(self.ws, nomination, ruling=nominations.ACCEPTED)
        if close:
            elections.close_nominations(self.ws, self.uid)
            for contest in self.election.contests:
                order = [one.id for one in sorted(contest.candidates, key=lambda one: one.name) if one.stands]
                nominations.draw_order(self.ws, contest.id, order=order)

    def open(self, place: int = 0) -> str:
        return rounds.open_round(self.ws, self.contest(place).id).record

    def account(self, uid: str, *, in_box: int = 12, **figures: int) -> None:
        """Make the account and count the box."""
        rounds.keep_figures(self.ws, uid, {**FIGURES, **figures})
        rounds.make_account(self.ws, uid)
        rounds.count_box(self.ws, uid, in_box)

    def key(self, uid: str, papers: Sequence[Keyed], other: Sequence[Keyed] | None = None) -> None:
        """Let both counters key; the second as the first unless told otherwise."""
        for slot, (who, entry) in enumerate((("counter", papers), ("other", papers if other is None else other)), 1):
            with self.writing(who):
                keying.keep_entry(self.ws, uid, slot, entry)

    def vote(self, papers: Sequence[Keyed], place: int = 0) -> str:
        """A whole round with these papers."""
        uid = self.open(place)
        count = len(papers)
        self.account(uid, in_box=count, issued=count, unused=20 - count)
        self.key(uid, papers)
        keying.close_box(self.ws, uid)
        return uid

    def declare(self, place: int = 0, **because: str) -> str:
        return declarations.declare(
            self.ws, self.contest(place).id, second=self.people["scrutineer"], pin=PIN, **because
        ).record


def crosses(*votes: int, blank: int = 0) -> list[Keyed]:
    """So many papers with a cross for each candidate, in the order of the paper, and blank ones."""
    marked = [Keyed((number,)) for number, many in enumerate(votes, 1) for _vote in range(many)]
    return [*marked, *[Keyed()] * blank]


def assembly(folder: Path) -> Assembly:
    """Twelve voters of four councils have registered, are in the room, and the roll is frozen."""
    ws = workspace.create(folder / "room.pitso", name="Room", clock=Clock())
    leader = people.add_person(ws, name="Kagiso Naledi", role="Mayor").record
    workspace.write_as(ws, leader)
    engagement = engagements.begin(
        ws, title="Lesotho", country="Lesotho", host="Leaders", supporting="BALA", coordinating="UCLG Africa"
    ).record
    councils = [people.add_organisation(ws, name=f"Council {letter}", kind="council").record for letter in "ABCD"]
    workshop = workshops.begin(
        ws, engagement, title="Founding", kind=workshops.FOUNDING, starts=BEGAN.date(), ends=BEGAN.date()
    ).record
    quorum.set_conditions(ws, workshop, [Condition(Base.ROLL, Unit.DELEGATE, number=7)])
    for council in councils:
        rolls.enter_council(ws, workshop, council, delegates=3)
    wanted = [
        Invited(
            name=f"Voter {number:02}",
            council=councils[number % 4],
            capacity="councillor",
            sex="woman" if number % 2 else "man",
            credentials="vote",
            mandate="letter",
        )
        for number in range(12)
    ]
    attendance.invite(ws, workshop, wanted)
    for one in attendance.participants(ws, workshop):
        attendance.register(ws, one.id)
    known = sorted(attendance.participants(ws, workshop), key=lambda one: one.name)
    made = Assembly(ws, engagement, workshop, [one.person for one in known], {"leader": leader})
    for role in ("returning", "scrutineer", "counter", "other"):
        made.people[role] = people.add_person(ws, name=f"The {role}").record
        persons_here.set_pin(ws, made.people[role], PIN)
    rolls.display(ws, workshop, "noon")
    rolls.adopt(ws, workshop, "by consensus")
    with made.writing("returning"):
        rolls.freeze(ws, workshop, second=made.people["scrutineer"], pin=PIN)
    assert len(presence.voters(ws, workshop)) == 12
    return made


def tamper(ws: Workspace, entity: str, name: str, value: object) -> None:
    """Change a record past the deeds, as a program that keeps to no rule would."""
    ws.record([Put(entity, name, value)], said="")  # type: ignore[arg-type]
