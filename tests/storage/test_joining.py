"""The same operations, in any order and with any repetition, give the same tables."""

from pathlib import Path

from pitso.storage import joining
from pitso.storage.edits import Put
from pitso.storage.joining import Waiting
from tests.storage.replicas import carry, everyone, new_journal, sign


def test_the_same_segments_twice_change_nothing(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    here.commit("person/1", [Put("a/1", "x", 1), Put("a/2", "x", 2)], said="")
    first = carry(here, there)
    digest = there.digest()
    joining.seal(here, sign)
    segments = list(joining.outgoing(here, {}))
    again = joining.receive(there, segments, [], judge=everyone)
    assert (first.new, first.known, again.new, again.known) == (2, 0, 0, 2)
    assert there.digest() == digest


def test_an_unknown_signer_waits_until_trusted(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    here.commit("person/1", [Put("a/1", "x", 1)], said="")
    joining.seal(here, sign)
    received = joining.receive(there, joining.outgoing(here, {}), [], judge=lambda segment: "unknown signer")
    assert (received.new, received.waiting) == (0, 1)
    assert there.records("a/") == {}
    assert joining.quarantined(there) == [Waiting(here.device, "unknown signer", 1, 1)]
    assert joining.release(there, judge=everyone).new == 1
    assert there.record("a/1") == {"x": 1}
    assert joining.quarantined(there) == []


def test_what_comes_before_its_forerunner_waits_for_it(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    for value in (1, 2):
        here.commit("person/1", [Put("a/1", "x", value)], said="")
        joining.seal(here, sign)
    first, second = joining.outgoing(here, {})
    assert joining.receive(there, [second], [], judge=everyone).waiting == 1
    assert joining.receive(there, [first], [], judge=everyone).new == 1
    assert joining.release(there, judge=everyone).new == 1
    assert there.digest() == here.digest()
