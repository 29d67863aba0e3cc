"""The roll: everything that is wrong with it is told, and its hash changes with every change that counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain import rolls
from pitso.domain.rolls import Council, Entry, Fault, Flaw

BASALT = Council("c1", "Basalt District Council", delegates=2)
JUNIPER = Council("c2", "Juniper District Council", delegates=1)
TUMELO = Entry("p1", "Tumelo Khoeli-Moru", "c1")
LERATO = Entry("p2", "Lerato Pula-Poone", "c1")
KABELO = Entry("p3", "Kabelo Thaba-Moea", "c2")
SOUND = [TUMELO, LERATO, KABELO]


def test_a_sound_roll_has_no_fault() -> None:
    assert rolls.check(SOUND, [BASALT, JUNIPER], candidates=["p1", "p3"]) == ()


@pytest.mark.parametrize(
    ("entries", "councils", "candidates", "fault"),
    [
        ([*SOUND[:1], TUMELO, KABELO], [BASALT, JUNIPER], [], Fault(Flaw.TWICE, ("p1",), (2,))),
        (
            [TUMELO, Entry("p9", "Tumelo Khoeli Moru", "c1"), KABELO],
            [BASALT, JUNIPER],
            [],
            Fault(Flaw.ALIKE, ("p1", "p9")),
        ),
        (
            SOUND,
            [BASALT, JUNIPER, Council("c3", "Basalt district council", 3)],
            [],
            Fault(Flaw.COUNCIL_TWICE, ("c1", "c3")),
        ),
        ([*SOUND, Entry("p4", "Neo Leru", "c2")], [BASALT, JUNIPER], [], Fault(Flaw.TOO_MANY, ("c2",), (2, 1))),
        (SOUND, [BASALT, replace(JUNIPER, standing=False)], [], Fault(Flaw.NO_STANDING, ("c2",))),
        (SOUND, [BASALT], [], Fault(Flaw.NO_DELEGATION, ("c2",), (1,))),
        ([*SOUND[:2], replace(KABELO, mandate=False)], [BASALT, JUNIPER], [], Fault(Flaw.NO_MANDATE, ("c2",), (1,))),
        (SOUND, [BASALT, JUNIPER], ["p7"], Fault(Flaw.NOT_ON_ROLL, ("p7",))),
    ],
    ids=lambda value: value.flaw if isinstance(value, Fault) else "",
)
def test_each_fault_is_told(entries: list[Entry], councils: list[Council], candidates: list[str], fault: Fault) -> None:
    assert rolls.check(entries, councils, candidates=candidates) == (fault,)


def test_two_of_one_name_in_two_councils_are_two() -> None:
    other = replace(KABELO, name=TUMELO.name)
    assert rolls.check([TUMELO, other], [BASALT, JUNIPER]) == ()


def test_who_was_told_apart_is_not_proposed_again() -> None:
    entries = [TUMELO, Entry("p9", "Tumelo Khoeli Moru", "c1")]
    assert rolls.check(entries, [BASALT], told_apart=[("p1", "p9")]) == ()


def test_what_stops_stands_on_top() -> None:
    entries = [replace(KABELO, mandate=False), Entry("p4", "Neo Leru", "c2")]
    found = rolls.check(entries, [JUNIPER], candidates=["p7"])
    assert [fault.stops for fault in found] == [True, False, False]


@given(st.permutations(SOUND))
def test_the_hash_knows_no_order_and_no_names(entries: list[Entry]) -> None:
    renamed = [replace(entry, name="") for entry in entries]
    assert rolls.digest(renamed) == rolls.digest(SOUND)


@pytest.mark.parametrize("changed", [{"votes": 2}, {"council": "c1"}, {"person": "p8"}])
def test_the_hash_knows_every_change_that_counts(changed: dict[str, object]) -> None:
    assert rolls.digest([TUMELO, LERATO, replace(KABELO, **changed)]) != rolls.digest(SOUND)  # type: ignore[arg-type]
