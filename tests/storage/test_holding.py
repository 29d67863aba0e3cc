"""What is read from a journal: one record and not its neighbours, in the order that was asked for, the winner first."""

import hashlib
import json
from pathlib import Path

from pitso.storage import joining
from pitso.storage.edits import Put
from pitso.storage.journal import Segment
from tests.storage.replicas import carry, everyone, new_journal, sign


def test_the_history_of_a_record_is_not_that_of_one_whose_id_begins_alike(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    for uid in ("a/1", "a/10", "a/2"):
        journal.commit("person/1", [Put(uid, "x", uid)], said="")
    assert [version.value for version in journal.history("a/1")] == ["a/1"]
    assert [version.value for version in journal.history("a/1", exact=False)] == ["a/10", "a/1"]
    assert journal.record("a/1") == {"x": "a/1"}
    assert list(journal.records("a/1")) == ["a/1", "a/10"]


def test_several_records_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    for uid in ("a/1", "a/2", "a/3"):
        journal.commit("person/1", [Put(uid, "x", uid)], said="")
    assert list(journal.several(["a/3", "a/1", "a/9", "a/3", "a/2"])) == ["a/3", "a/1", "a/2"]


def test_of_values_of_one_moment_the_one_that_is_shown_stands_first_on_every_computer(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    for journal in (here, there):
        journal.commit("person/1", [Put("a/1", "x", journal.file.path.stem)], said="")
    assert here.heads("a/1", "x")[0].at == there.heads("a/1", "x")[0].at
    carry(here, there)
    carry(there, here)
    for journal in (here, there):
        first, second = journal.heads("a/1", "x")
        assert first.value == journal.record("a/1")["x"] == here.record("a/1")["x"]
        assert first.device > second.device
        assert [version.value for version in journal.history("a/1")] == [first.value, second.value]


def test_names_that_begin_with_what_was_typed_come_before_those_that_hold_it(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    names = {"1": "Samoke Le", "2": "Palesa Mokoena-Naledi", "3": "Mokone"}
    for number, name in names.items():
        journal.commit("person/1", [Put(f"organisation/{number}", "name", name)], said="")
    assert journal.search("mok", ["organisation"]) == ["organisation/3", "organisation/2", "organisation/1"]
    assert journal.search("mok na", ["organisation"]) == ["organisation/2"]
    assert journal.search("_", ["organisation"]) == journal.search("%", ["organisation"]) == [], (
        "a sign stands for itself"
    )
    assert journal.search("mok", ["person"]) == journal.search(" ", ["organisation"]) == []


def test_a_chain_that_does_not_begin_with_its_first_entry_waits(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    device = hashlib.sha256(b"other").digest()
    line = json.dumps([3, 10**12, "set", "a/1", "x", 1, "person/1", []]).encode() + b"\n"
    told = {"device": device.hex(), "first": 3, "last": 3, "lines": hashlib.sha256(line).hexdigest(), "previous": ""}
    header = json.dumps({**told, "knows": {}}).encode()
    received = joining.receive(journal, [Segment(device, 3, 3, header, sign(header), line)], [], judge=everyone)
    assert (received.new, received.waiting) == (0, 1)
    assert joining.gaps(journal) == [joining.Gap(device, 1, 2)]
    assert journal.record("a/1") == {}
