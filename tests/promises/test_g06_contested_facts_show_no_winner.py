"""G6: what is written once and differs shows no winner, until two people settle it."""

from pathlib import Path

from pitso.storage.edits import Drop, Settle
from tests.promises.pair import Pair, meet, put
from tests.storage.replicas import carry, new_journal


def contested(pair: Pair) -> None:
    put(pair[0], "roll/1", "closed", 79, by="person/1")
    put(pair[1], "roll/1", "closed", 81, by="person/2")
    meet(pair)


def test_what_was_written_once_is_shown_and_the_same_value_again_contests_nothing(pair: Pair) -> None:
    put(pair[0], "roll/1", "closed", 79, by="person/1")
    assert pair[0].record("roll/1") == {"closed": 79}
    meet(pair)
    put(pair[1], "roll/2", "closed", 81, by="person/2")
    put(pair[0], "roll/2", "closed", 81, by="person/1")
    meet(pair)
    for journal in pair:
        assert journal.records("roll/") == {"roll/1": {"closed": 79}, "roll/2": {"closed": 81}}
        assert journal.contested("") == []


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
