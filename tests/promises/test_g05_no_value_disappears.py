"""G5: no value ever disappears; conflicts are visible on both sides."""

import hashlib
import json

import pytest

from pitso.storage import joining, rebuilding
from pitso.storage.edits import Drop
from pitso.storage.journal import Segment
from tests.promises.pair import Pair, meet, put
from tests.storage.replicas import everyone, sign


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


@pytest.mark.parametrize(
    ("entity", "field", "kind", "stands"),
    [
        ("note/2", "text", "set", True),
        ("note/2", "", "delete", True),
        ("note/1", "other", "set", True),
        ("note/1", "text", "set", False),
        ("note/1", "", "delete", False),
    ],
)
def test_a_line_that_names_what_lies_beyond_its_own_record_or_field_replaces_nothing_there(
    pair: Pair, entity: str, field: str, kind: str, stands: bool
) -> None:
    put(pair[0], "note/1", "text", "mine")
    meet(pair)
    device, mine = hashlib.sha256(b"forger").digest(), pair[0].device.hex()
    line = json.dumps([1, 10**14, kind, entity, field, None, "person/9", [f"{mine[:32]}.1"]]).encode() + b"\n"
    told = {"device": device.hex(), "first": 1, "last": 1, "lines": hashlib.sha256(line).hexdigest(), "previous": ""}
    header = json.dumps({**told, "knows": {mine: ""}, "by": "0"}).encode()
    forged = Segment(device, 1, 1, header, sign(header), line)
    for journal in pair:
        joining.receive(journal, [forged], [], judge=everyone)
        assert journal.record("note/1") == ({"text": "mine"} if stands else {})
        assert "mine" in [version.value for version in journal.history("note/1", field="text")]
        assert rebuilding.rebuild(journal)
