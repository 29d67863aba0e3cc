"""The same operations, in any order and with any repetition, give the same tables."""

import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pitso.domain.trouble import Trouble
from pitso.storage import joining, rebuilding
from pitso.storage.edits import Drop, Put
from pitso.storage.joining import Waiting
from pitso.storage.journal import Journal
from tests.storage.replicas import START, carry, everyone, new_journal, sign

NAMES = ("one", "two", "three")
edits = st.tuples(
    st.just("edit"), st.integers(0, 2), st.sampled_from(["a/1", "a/2"]), st.sampled_from("xy"), st.integers(0, 3)
)
drops = st.tuples(st.just("drop"), st.integers(0, 2), st.sampled_from(["a/1", "a/2"]), st.just(""), st.just(0))
carries = st.tuples(st.just("carry"), st.integers(0, 2), st.just(""), st.just(""), st.integers(0, 2))
undos = st.tuples(st.just("undo"), st.integers(0, 2), st.just(""), st.just(""), st.just(0))


@settings(max_examples=60, deadline=None)
@given(
    history=st.lists(st.one_of(edits, edits, drops, carries, undos), max_size=25),
    hours=st.lists(st.integers(-500, 500), min_size=3, max_size=3),
)
def test_replicas_that_hold_the_same_operations_have_the_same_digest(
    history: list[tuple[str, int, str, str, int]], hours: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journals = [
            new_journal(Path(folder), name, START + timedelta(hours=shift))
            for name, shift in zip(NAMES, hours, strict=True)
        ]
        for deed, who, entity, field, value in history:
            journal = journals[who]
            if deed == "edit":
                journal.commit("person/1", [Put(entity, field, value)], said="")
            elif deed == "drop":
                journal.commit("person/1", [Drop(entity)], said="")
            elif deed == "undo":
                undo_if_possible(journal)
            else:
                carry(journal, journals[value])
        for target in journals:
            for source in journals:
                carry(source, target)
        for target in journals:
            for source in reversed(journals):
                carry(source, target)
        assert len({journal.digest() for journal in journals}) == 1
        assert all(rebuilding.rebuild(journal) for journal in journals)
        assert journals[0].records("a/") == journals[1].records("a/") == journals[2].records("a/")
        for journal in journals:
            journal.file.close()


def undo_if_possible(journal: Journal) -> None:
    with suppress(Trouble):  # there may be nothing to undo, or somebody changed it since
        journal.undo("person/1", said="")


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
