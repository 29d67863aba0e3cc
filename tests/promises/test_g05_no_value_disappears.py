"""G5: no value ever disappears; conflicts are visible on both sides."""

from pitso.storage.edits import Drop
from tests.promises.pair import Pair, meet, put


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
