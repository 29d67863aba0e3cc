"""Two desks that are not connected: nothing is lost when they are joined, doubles are found, wrong clocks are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pitso.domain.presence import Way
from pitso.services import (
    attendance,
    desk_clocks,
    differing,
    doubles,
    engagements,
    people,
    presence,
    rolls,
    warnings,
    workshops,
)
from pitso.services import workspace as workspaces
from pitso.services.attendance import Invited
from pitso.services.receiving import receive
from pitso.services.sending import ENDING, send
from pitso.services.workspace import Workspace

VOTERS = ("Anna Moru", "Bertram Leruo", "Carolus Thaba", "Dorothea Noka", "Edwin Sefate", "Flora Metsi-Pula")
NOW = datetime(2026, 6, 17, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test sets."""

    at: datetime

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=20)
        return self.at


@dataclass
class Desks:
    """Desk A and desk B with the same invitations, each on a computer of its own."""

    a: Workspace
    b: Workspace
    clock_b: Clock
    workshop: str
    engagement: str
    folder: Path

    def carry(self, sender: Workspace, receiver: Workspace) -> None:
        path = self.folder / f"{sender.name}{ENDING}"
        send(sender, path)
        receive(receiver, path, trusting=True)

    def join(self) -> None:
        self.carry(self.b, self.a)
        self.carry(self.a, self.b)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    clock_b = Clock(NOW)
    a = workspaces.create(tmp_path / "a.pitso", name="A", clock=Clock(NOW))
    workspaces.write_as(a, people.add_person(a, name="Desk A").record)
    engagement = engagements.begin(a, title="L", country="L", host="H", supporting="S", coordinating="C").record
    day = NOW.date()
    workshop = workshops.begin(a, engagement, title="W", kind="founding", starts=day, ends=day).record
    council = people.add_organisation(a, name="Red Aloe District Council", kind="council").record
    rolls.enter_council(a, workshop, council, delegates=9)
    vote = [Invited(name, council=council, credentials="vote", mandate="list") for name in VOTERS]
    attendance.invite(a, workshop, [*vote, Invited("Lebohang Khoeli-Pula", council=council, credentials="vote")])
    b = workspaces.create(tmp_path / "b.pitso", name="B", clock=clock_b)
    made = Desks(a, b, clock_b, workshop, engagement, tmp_path)
    made.carry(a, b)
    workspaces.write_as(b, people.add_person(b, name="Desk B").record)
    attendance.set_desk(b, "B")
    yield made
    a.close()
    b.close()


def register(ws: Workspace, workshop: str, *names: str) -> None:
    for one in attendance.participants(ws, workshop):
        if one.name in names:
            attendance.register(ws, one.id)


def test_both_lists_are_there_after_joining_and_equal_on_both(desks: Desks) -> None:
    register(desks.a, desks.workshop, "Anna Moru", "Bertram Leruo")
    register(desks.b, desks.workshop, "Carolus Thaba")
    attendance.walk_in(desks.a, desks.workshop, Invited("Guest One", capacity="guest"))
    attendance.walk_in(desks.b, desks.workshop, Invited("Guest Two", capacity="guest"))
    desks.join()
    for ws in (desks.a, desks.b):
        told = presence.figures(ws, desks.workshop)
        assert (told.registered, told.walk_ins, told.present) == (5, 2, 5)
    walk_ins = [one.number for one in attendance.participants(desks.a, desks.workshop) if one.walk_in]
    assert walk_ins == [201, 301]
    desks.join()
    assert desks.a.journal.digest() == desks.b.journal.digest()
    assert attendance.badge_twice(attendance.participants(desks.a, desks.workshop)) == ()


def test_the_double_is_found_and_joined_by_a_person(desks: Desks) -> None:
    council = attendance.councils(desks.a)[0][0]
    register(desks.a, desks.workshop, "Lebohang Khoeli-Pula")
    attendance.walk_in(desks.b, desks.workshop, Invited("Lebohang Khoeli Pula", council=council, credentials="vote"))
    desks.join()
    assert presence.figures(desks.a, desks.workshop).registered == 2
    assert "W20" in {line.code for line in warnings.warnings(desks.a, desks.engagement)}
    assert len(rolls.electors(desks.a, desks.workshop)) == 8
    (pair,) = doubles.proposed(desks.a)
    doubles.join(desks.a, pair.one, pair.other)
    assert presence.figures(desks.a, desks.workshop).registered == 1
    assert len(rolls.electors(desks.a, desks.workshop)) == 7
    assert "W20" not in {line.code for line in warnings.warnings(desks.a, desks.engagement)}
    workspaces.undo(desks.a)
    assert presence.figures(desks.a, desks.workshop).registered == 2


def test_one_person_at_both_desks_stands_once_and_the_difference_is_told(desks: Desks) -> None:
    register(desks.a, desks.workshop, "Anna Moru")
    register(desks.b, desks.workshop, "Anna Moru")
    desks.join()
    assert presence.figures(desks.a, desks.workshop).registered == 1
    assert any(field == "came" for _entity, field in differing.fields(desks.a))


def test_two_desks_under_one_letter_are_told(desks: Desks) -> None:
    attendance.set_desk(desks.b, "A")
    for ws, name in ((desks.a, "Guest One"), (desks.b, "Guest Two")):
        attendance.walk_in(ws, desks.workshop, Invited(name, capacity="guest"))
    desks.join()
    twice = attendance.badge_twice(attendance.participants(desks.a, desks.workshop))
    assert {one.name for one in twice} == {"Guest One", "Guest Two"}
    attendance.replace_badge(desks.a, twice[0].id)
    assert attendance.badge_twice(attendance.participants(desks.a, desks.workshop)) == ()


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_is_wrong_by_a_day_is_told_and_its_times_are_read_as_meant(desks: Desks, days: int) -> None:
    desks.clock_b.at += timedelta(days=days)
    register(desks.a, desks.workshop, "Anna Moru")
    register(desks.b, desks.workshop, "Bertram Leruo", "Carolus Thaba")
    desks.carry(desks.b, desks.a)
    known = attendance.participants(desks.a, desks.workshop)
    line, now = workshops.workshop(desks.a, desks.workshop), workshops.here(desks.a)
    assert presence.figures(desks.a, desks.workshop).registered == 3
    assert len(presence.present(desks.a, desks.workshop)) == 1
    assert desk_clocks.astray(known, line, now) == {"B": days}
    desk_clocks.mend(desks.a, desks.workshop, "B", days)
    assert len(presence.present(desks.a, desks.workshop)) == 3
    mended = attendance.participants(desks.a, desks.workshop)
    assert desk_clocks.astray(mended, line, now) == {}
    assert {one.came.date() for one in mended if one.came} == {NOW.date()}


def test_what_was_known_counts_as_earlier_whatever_the_clocks_say(desks: Desks) -> None:
    desks.clock_b.at += timedelta(minutes=30)
    register(desks.b, desks.workshop, "Bertram Leruo")
    desks.carry(desks.b, desks.a)
    (one,) = [each for each in attendance.participants(desks.a, desks.workshop) if each.registered]
    presence.note(desks.a, one.id, Way.OUT)
    desks.join()
    for ws in (desks.a, desks.b):
        assert presence.present(ws, desks.workshop) == ()
