"""What segments say is read once between checking and taking in, however much of it there is room for."""

import json
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.storage import joining, reading
from pitso.storage.edits import Put
from pitso.storage.journal import Journal, Segment
from pitso.storage.reading import Line, Reading, Readings
from tests.storage.replicas import everyone, new_journal, sign


def segments_of(journal: Journal, number: int) -> list[Segment]:
    for each in range(number):
        journal.commit("person/1", [Put(f"council/{each}", "name", f"Thaba {each}")], said="")
        journal.commit("person/1", [Put(f"council/{each}", "name", f"Thaba {each} again")], said="")
        joining.seal(journal, sign)
    return list(joining.outgoing(journal, {}))


@pytest.mark.parametrize("room", [1, 400, reading.KEPT_BYTES], ids=["nothing", "one segment", "everything"])
def test_what_is_taken_in_does_not_depend_on_what_there_was_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(reading, "KEPT_BYTES", room)
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    segments, readings = segments_of(here, 3), Readings()
    for segment in segments:
        joining.check(there, segment, readings)
    received = joining.receive(there, segments, [], judge=everyone, readings=readings)
    assert (received.new, received.kinds) == (6, {"council"})
    assert there.digest() == here.digest()


def test_a_segment_is_read_once_where_there_is_room_and_again_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = segments_of(new_journal(tmp_path, "here"), 2)
    monkeypatch.setattr(reading, "KEPT_BYTES", len(first.lines) + 1)
    readings = Readings()
    readings.check(first)
    readings.check(second)
    assert readings.look(first) is readings.look(first) is readings.take(first)
    assert readings.take(first) is not readings.take(first), "it is not kept once it was taken"
    assert readings.look(second) is not readings.look(second)
    assert readings.look(second) == reading.read(second)


def test_what_a_check_refuses_is_not_kept(tmp_path: Path) -> None:
    (segment,) = segments_of(new_journal(tmp_path, "here"), 1)
    stranger = f"{'0' * 32}.7"
    lines = [json.loads(line) for line in segment.lines.splitlines()]
    lines[1][7] = [stranger]
    forged = Segment(
        segment.device,
        segment.first,
        segment.last,
        segment.header,
        segment.signature,
        b"".join(json.dumps(line).encode() + b"\n" for line in lines),
    )
    readings = Readings()
    with pytest.raises(Trouble):
        readings.check(forged)
    assert readings.take(segment) == reading.read(segment)


def test_what_stands_after_a_number_is_told_apart() -> None:
    lines: list[Line] = [(seq, 1, "set", "a/b", "c", None, "d", []) for seq in (5, 6, 8)]
    told = Reading(list(lines), (7, 9))
    assert told.after(0) == told
    assert told.after(6) == Reading([lines[2]], (7, 9))
    assert told.after(7) == Reading([lines[2]], (9,))
