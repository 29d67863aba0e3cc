"""G2: receiving is all or resumable; repeating completes it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pitso.storage import joining, rebuilding, sealing
from pitso.storage.edits import Edit, Put
from pitso.storage.file import WorkspaceFile
from pitso.storage.joining import Gap, Waiting
from pitso.storage.journal import Journal, Segment
from tests.storage.replicas import everyone, new_journal, open_journal, sign


def sender(tmp_path: Path, number: int) -> Journal:
    journal = new_journal(tmp_path, "here")
    for start in range(0, number, 1000):
        edits: list[Edit] = [Put(f"note/{start + n}", "text", f"é {n}") for n in range(min(1000, number - start))]
        journal.commit("person/1", edits, said="")
    joining.seal(journal, sign)
    return journal


def cut_after(segments: Iterable[Segment], whole: int) -> Iterator[Segment]:
    for number, segment in enumerate(segments):
        if number == whole:
            raise OSError("the stick was pulled out")
        yield segment


@pytest.mark.parametrize("whole", [0, 1, 2])
def test_what_was_cut_off_is_completed_by_receiving_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(sealing, "SEGMENT_LINES", 1000)
    monkeypatch.setattr(joining, "BATCH", 1000)
    here, there = sender(tmp_path, 3000), new_journal(tmp_path, "there")
    with pytest.raises(OSError, match="stick"):
        joining.receive(there, cut_after(joining.outgoing(here, {}), whole), [], judge=everyone)
    assert rebuilding.rebuild(there)
    held = len(there.records("note/"))
    assert held % 1000 == 0
    looked: list[int] = []
    received = joining.receive(there, joining.outgoing(here, {}), [], judge=everyone, progress=looked.append)
    assert (received.new, received.known) == (3000 - held, held)
    assert looked == [1000, 2000, 3000]
    assert there.digest() == here.digest()


def test_a_gap_is_told_by_numbers_and_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SEGMENT_LINES", 10)
    here, there = sender(tmp_path, 50), new_journal(tmp_path, "there")
    segments = list(joining.outgoing(here, {}))
    joining.receive(there, [segments[0], segments[2], segments[4]], [], judge=everyone)
    assert joining.gaps(there) == [Gap(here.device, 11, 20), Gap(here.device, 31, 40)]
    assert joining.quarantined(there) == [
        Waiting(here.device, "gap", 21, 30),
        Waiting(here.device, "gap", 41, 50),
    ]
    assert [line[0] for line in joining.waiting_lines(there, here.device)] == [*range(21, 31), *range(41, 51)]
    joining.receive(there, [segments[1], segments[3]], [], judge=everyone)
    joining.release(there, judge=everyone)
    assert (joining.gaps(there), joining.quarantined(there)) == ([], [])
    assert there.digest() == here.digest()


def test_a_gap_is_told_once_whatever_waits_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several segments in a row wait behind it, one of them of a cloned disk that went on by fewer entries."""
    monkeypatch.setattr(sealing, "SEGMENT_LINES", 10)
    here, there = sender(tmp_path, 30), new_journal(tmp_path, "there")
    first, second, third = joining.outgoing(here, {})
    twin = open_journal(WorkspaceFile.create(tmp_path / "twin.pitso"), "here")
    joining.receive(twin, [first], [], judge=everyone)
    twin.commit("person/1", [Put(f"twin/{n}", "text", n) for n in range(4)], said="")
    joining.seal(twin, sign)
    (branch,) = (segment for segment in joining.outgoing(twin, {}) if segment.first == 11)
    assert (branch.last, second.last) == (14, 20)
    for waiting in ([third], [second], [branch]):
        joining.receive(there, waiting, [], judge=everyone)
    assert joining.gaps(there) == [Gap(here.device, 1, 10)]
    joining.receive(there, [first], [], judge=everyone)
    joining.release(there, judge=everyone)
    assert joining.gaps(there) == []
    assert len(there.records("note/")) == 30
    assert len(there.records("twin/")) == 4


def test_the_judge_says_why_something_waits_and_is_asked_again(tmp_path: Path) -> None:
    here, there = sender(tmp_path, 5), new_journal(tmp_path, "there")
    why = ["revoked", "not allowed", ""]
    segments = list(joining.outgoing(here, {}))
    joining.receive(there, segments, [], judge=lambda segment: why[0])
    assert joining.quarantined(there) == [Waiting(here.device, "revoked", 1, 5)]
    joining.receive(there, segments, [], judge=lambda segment: why[1])
    assert joining.quarantined(there) == [Waiting(here.device, "not allowed", 1, 5)]
    assert joining.release(there, judge=lambda segment: why[2]).new == 5
    assert joining.quarantined(there) == []
