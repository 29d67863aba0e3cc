"""The same operations, in any order and with any repetition, give the same tables."""

import shutil
from pathlib import Path

import pytest

from pitso.storage import joining, rebuilding
from pitso.storage.edits import Drop, Put
from pitso.storage.file import WorkspaceFile
from pitso.storage.joining import Waiting
from tests.storage.replicas import carry, everyone, new_journal, open_journal, sign


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


@pytest.mark.parametrize("since", [0, 1, 3])
def test_sealed_lines_take_the_place_of_the_same_lines_that_a_copied_file_holds(tmp_path: Path, since: int) -> None:
    here = new_journal(tmp_path, "here")
    for number in range(3):
        here.commit("person/1", [Put(f"a/{number}", "x", number)], said="")
    here.file.fold()
    shutil.copy(tmp_path / "here.pitso", tmp_path / "there.pitso")
    there = open_journal(WorkspaceFile.open(tmp_path / "there.pitso"), "there")
    for number in range(3, 3 + since):
        here.commit("person/1", [Put(f"a/{number}", "x", number)], said="")
    joining.seal(here, sign)
    received = joining.receive(there, joining.outgoing(here, {}), [], judge=everyone)
    assert (received.new, received.known) == (since, 3)
    assert there.records("a/") == {f"a/{number}": {"x": number} for number in range(3 + since)}
    assert there.file.rows("SELECT * FROM tail") == []
    assert rebuilding.rebuild(there)
    assert there.digest() == here.digest()


def test_a_deletion_holds_that_arrives_together_with_what_it_deletes(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    here.commit("person/1", [Put("a/1", "x", 1), Put("a/2", "x", 2)], said="")
    carry(here, there)
    there.commit("person/2", [Drop("a/1")], said="")
    joining.seal(there, sign)
    for segments in (list(joining.outgoing(there, {})), list(joining.outgoing(there, {}))[::-1]):
        late = new_journal(tmp_path, f"late{segments[0].device.hex()[:4]}")
        joining.receive(late, segments, [], judge=everyone)
        assert late.records("a/") == {"a/2": {"x": 2}}
        assert late.digest() == there.digest()
        assert rebuilding.rebuild(late)
