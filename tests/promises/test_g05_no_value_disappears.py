"""G5, G6, G7: no value disappears, contested facts show no winner, a wrong clock decides nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from pitso.storage import joining
from pitso.storage.edits import Drop, Put, Settle
from pitso.storage.journal import Journal
from tests.storage.replicas import START, carry, new_journal

Pair = tuple[Journal, Journal]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_journal(tmp_path, "here"), new_journal(tmp_path, "there", START + timedelta(minutes=3))


def put(journal: Journal, entity: str, field: str, value: str | int | bool | None, *, by: str = "person/1") -> None:
    journal.commit(by, [Put(entity, field, value)], said="")


def meet(pair: Pair) -> None:
    carry(pair[0], pair[1])
    carry(pair[1], pair[0])


def test_two_values_that_did_not_know_each_other_are_seen_on_both_sides(pair: Pair) -> None:
    put(pair[0], "note/1", "text", "before")
    meet(pair)
    put(pair[0], "note/1", "text", "here", by="person/1")
    put(pair[1], "note/1", "text", "there", by="person/2")
    meet(pair)
    for journal in pair:
        assert journal.differing("") == [("note/1", "text")]
        assert journal.record("note/1") == {"text": "there"}
        assert [(v.value, v.author, v.device) for v in journal.heads("note/1", "text")] == [
            ("there", "person/2", pair[1].device),
            ("here", "person/1", pair[0].device),
        ]
        assert {len(v.knew) for v in journal.heads("note/1", "text")} == {1}
        assert {v.value for v in journal.history("note/1")} == {"before", "here", "there"}


def test_whoever_names_both_settles_a_difference(pair: Pair) -> None:
    put(pair[0], "note/1", "text", "here")
    put(pair[1], "note/1", "text", "there")
    meet(pair)
    put(pair[0], "note/1", "text", "there")
    meet(pair)
    for journal in pair:
        assert journal.differing("") == []
        assert journal.record("note/1") == {"text": "there"}


def test_equal_values_are_no_difference(pair: Pair) -> None:
    put(pair[0], "note/1", "text", "same")
    put(pair[1], "note/1", "text", "same")
    meet(pair)
    assert [journal.differing("") for journal in pair] == [[], []]


def test_adding_wins_over_a_removal_that_did_not_know_it(pair: Pair) -> None:
    put(pair[0], "tag/1", "on", True)
    meet(pair)
    put(pair[1], "tag/1", "on", None)
    put(pair[0], "tag/1", "on", "again")
    meet(pair)
    for journal in pair:
        assert journal.record("tag/1") == {"on": "again"}
        assert journal.differing("") == []


def test_a_removal_that_knew_it_holds(pair: Pair) -> None:
    put(pair[0], "tag/1", "on", True)
    meet(pair)
    put(pair[1], "tag/1", "on", None)
    meet(pair)
    assert [journal.record("tag/1") for journal in pair] == [{}, {}]


def test_an_edit_that_a_deletion_did_not_know_outlives_it(pair: Pair) -> None:
    put(pair[0], "note/1", "text", "before")
    meet(pair)
    pair[0].commit("person/1", [Drop("note/1")], said="")
    put(pair[1], "note/1", "text", "still wanted")
    meet(pair)
    assert [journal.record("note/1") for journal in pair] == [{"text": "still wanted"}] * 2


@pytest.mark.parametrize("days", [-4000, -30, 2, 4000])
def test_a_wrong_clock_never_beats_an_edit_that_knew_the_other(tmp_path: Path, days: int) -> None:
    wrong = new_journal(tmp_path, "wrong", START + timedelta(days=days))
    right = new_journal(tmp_path, "right")
    put(wrong, "note/1", "text", "first")
    meet((wrong, right))
    put(right, "note/1", "text", "second")
    meet((wrong, right))
    put(wrong, "note/1", "text", "third")
    meet((wrong, right))
    assert [journal.record("note/1") for journal in (wrong, right)] == [{"text": "third"}] * 2
    assert right.differing("") == []
    assert set(joining.wrong_clocks(right)) == ({wrong.device} if days > 1 else set())


# ---- what is written once -----------------------------------------------------------------------------------------


def contested(pair: Pair) -> None:
    put(pair[0], "roll/1", "closed", 79, by="person/1")
    put(pair[1], "roll/1", "closed", 81, by="person/2")
    meet(pair)


def test_a_second_different_value_makes_it_contested_and_shows_no_winner(pair: Pair) -> None:
    contested(pair)
    for journal in pair:
        assert journal.contested("roll/") == [("roll/1", "closed")]
        assert journal.record("roll/1") == {}
        assert {version.value for version in journal.heads("roll/1", "closed")} == {79, 81}


def test_one_person_alone_neither_overwrites_nor_settles_nor_deletes(pair: Pair) -> None:
    contested(pair)
    put(pair[0], "roll/1", "closed", 80, by="person/1")
    for journal in pair:
        journal.commit("person/1", [Settle("roll/1", "closed", 79, "counted again")], said="")
    pair[0].commit("person/1", [Drop("roll/1")], said="")
    meet(pair)
    for journal in pair:
        assert journal.contested("") == [("roll/1", "closed")]
        assert journal.record("roll/1") == {}


def test_two_people_who_name_the_same_heads_and_choice_settle_it(pair: Pair) -> None:
    contested(pair)
    pair[0].commit("person/1", [Settle("roll/1", "closed", 79, "two were struck out")], said="")
    pair[1].commit("person/2", [Settle("roll/1", "closed", 79, "I agree")], said="")
    assert [journal.contested("") for journal in pair] == [[("roll/1", "closed")]] * 2
    meet(pair)
    for journal in pair:
        assert journal.contested("") == []
        assert journal.record("roll/1") == {"closed": 79}
        assert {v.reason for v in journal.heads("roll/1", "closed") if v.kind == "settle"} == {
            "two were struck out",
            "I agree",
        }


def test_two_people_who_choose_differently_settle_nothing(pair: Pair) -> None:
    contested(pair)
    pair[0].commit("person/1", [Settle("roll/1", "closed", 79, "")], said="")
    pair[1].commit("person/2", [Settle("roll/1", "closed", 81, "")], said="")
    meet(pair)
    assert pair[0].record("roll/1") == {}
    assert pair[0].contested("") == [("roll/1", "closed")]


def test_a_value_that_the_two_did_not_know_contests_again(pair: Pair, tmp_path: Path) -> None:
    contested(pair)
    third = new_journal(tmp_path, "third")
    put(third, "roll/1", "closed", 90, by="person/3")
    pair[0].commit("person/1", [Settle("roll/1", "closed", 79, "")], said="")
    pair[0].commit("person/2", [Settle("roll/1", "closed", 79, "")], said="")
    assert pair[0].record("roll/1") == {"closed": 79}
    carry(third, pair[0])
    assert pair[0].record("roll/1") == {}
    assert pair[0].contested("") == [("roll/1", "closed")]


def test_two_people_supersede_what_was_settled(pair: Pair) -> None:
    put(pair[0], "roll/1", "closed", 79)
    pair[0].commit("person/1", [Settle("roll/1", "closed", 80, "one was forgotten")], said="")
    assert pair[0].record("roll/1") == {"closed": 79}
    pair[0].commit("person/2", [Settle("roll/1", "closed", 80, "yes")], said="")
    assert pair[0].record("roll/1") == {"closed": 80}
    for person in ("person/1", "person/3"):
        pair[0].commit(person, [Settle("roll/1", "closed", 81, "and another one")], said="")
    carry(pair[0], pair[1])
    assert [journal.record("roll/1") for journal in pair] == [{"closed": 81}] * 2
    assert pair[1].contested("") == []
