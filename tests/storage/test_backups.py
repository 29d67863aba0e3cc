"""Copies are rotated by days of work, put back beside what was there, and readable to nobody else."""

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.rotation import DAYS, WEEKS, superseded
from pitso.domain.trouble import Trouble
from pitso.services import copies, workspace
from pitso.storage import backups
from pitso.storage.edits import Put
from tests.storage.replicas import new_journal

START = datetime(2026, 1, 5, 9)
moments = st.lists(st.integers(0, 24 * 400).map(lambda hours: START + timedelta(hours=hours)), max_size=60)


@given(moments=moments)
def test_the_latest_of_seven_days_and_of_four_weeks_stay(moments: list[datetime]) -> None:
    kept = set(moments) - superseded(moments)
    assert not moments or max(moments) in kept
    newest_days = sorted({moment.date() for moment in moments})[-DAYS:]
    assert {moment.date() for moment in kept} >= set(newest_days)
    for day in newest_days:
        assert max(moment for moment in moments if moment.date() == day) in kept
    assert len(kept) <= DAYS + WEEKS
    assert superseded(kept) == frozenset()


def test_a_month_of_daily_copies() -> None:
    made: set[datetime] = set()
    for day in range(31):
        made.add(START + timedelta(days=day))
        made -= superseded(made)
    days = sorted((moment - START).days for moment in made)
    assert days == [13, 20, 24, 25, 26, 27, 28, 29, 30]


def test_rotation_lets_go_of_older_copies_only(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    folder = tmp_path / "copies"
    (tmp_path / "copies").mkdir()
    (folder / "desk 2026-01-01 090000.pitso.txt").write_text("a note of somebody")
    (folder / "other 2020-01-01 090000.pitso").write_text("another workspace")
    for hour, day in itertools.product((9, 17), range(1, 4)):
        backups.back_up(journal.file, folder, datetime(2026, 1, day, hour))
    backups.back_up(journal.file, folder, datetime(2026, 1, 1, 8), why="002_x")
    assert sorted(path.name for path in folder.iterdir()) == [
        "desk 2026-01-01 080000 before 002_x.pitso",
        "desk 2026-01-01 090000.pitso.txt",
        "desk 2026-01-01 170000.pitso",
        "desk 2026-01-02 170000.pitso",
        "desk 2026-01-03 170000.pitso",
        "other 2020-01-01 090000.pitso",
    ]


@pytest.mark.parametrize("passphrase", [None, "basalt river window seven"])
def test_a_copy_that_is_put_back_is_a_new_device_and_what_was_there_is_put_aside(
    tmp_path: Path, passphrase: str | None
) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=passphrase)
    ws.record([Put("a/1", "x", "in the copy")], said="")
    (copy,) = copies.copy_now(ws)
    ws.record([Put("a/1", "x", "later")], said="")
    ws.close()
    with pytest.raises(Trouble):
        copies.put_back(tmp_path / "no copy.pitso", ws.path)
    told = copies.put_back(copy, ws.path, passphrase)
    again = workspace.open_workspace(ws.path, passphrase)
    assert again.journal.record("a/1") == {"x": "in the copy"}
    assert again.journal.device != ws.journal.device
    again.close()
    (aside,) = tmp_path.glob("visit put aside *.pitso")
    assert aside.name in told
    former = workspace.open_workspace(aside, passphrase)
    assert former.journal.record("a/1") == {"x": "later"}
    former.close()


def test_a_damaged_copy_is_not_put_back(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    ws.record([Put("a/1", "x", 1)], said="")
    (copy,) = copies.copy_now(ws)
    ws.close()
    whole = bytearray(copy.read_bytes())
    whole[8192:30000] = b"\xff" * (30000 - 8192)
    copy.write_bytes(whole)
    before = ws.path.read_bytes()
    with pytest.raises(Trouble, match="damaged"):
        copies.put_back(copy, ws.path)
    assert ws.path.read_bytes() == before


def test_one_copy_a_day_and_none_of_nothing(tmp_path: Path, today: list[datetime]) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    assert copies.copy_of_the_day(ws) == copies.copy_at_the_end(ws) == []
    ws.record([Put("a/1", "x", 1)], said="")
    stick = tmp_path / "stick"
    stick.mkdir()
    copies.choose_drive(ws, stick)
    made = copies.copy_of_the_day(ws)
    assert [path.parent for path in made] == [backups.folder_beside(ws.path), stick]
    ws.record([Put("a/1", "x", 2)], said="")
    assert copies.copy_of_the_day(ws) == []
    assert {backup.path for backup in copies.copies(ws).kept} == set(made)
    newest = copies.newest_of(ws.path)
    assert newest is not None
    assert newest.path in made
    today[0] += timedelta(days=1)
    assert len(copies.copy_of_the_day(ws)) == 2
    today[0] += timedelta(days=1)
    assert copies.copy_of_the_day(ws) == [], "on a day without work nothing new is there to copy"
    ws.close()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock on the wall, set by hand."""
    moments = [START]

    class Clock(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]
            return moments[0]

    monkeypatch.setattr(copies, "datetime", Clock)
    return moments


def test_at_the_end_of_a_day_the_copies_hold_its_work(tmp_path: Path, today: list[datetime]) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    ws.record([Put("a/1", "x", "in the morning")], said="")
    copies.copy_of_the_day(ws)
    today[0] += timedelta(hours=8)
    ws.record([Put("a/1", "x", "in the evening")], said="")
    (evening,) = copies.copy_at_the_end(ws)
    assert copies.copy_at_the_end(ws) == []
    assert [backup.path for backup in copies.copies(ws).kept] == [evening], "the latest of a day stays"
    copy = workspace.open_workspace(evening)
    assert copy.journal.record("a/1") == {"x": "in the evening"}
    copy.close()
    evening.unlink()
    assert len(copies.copy_at_the_end(ws)) == 1, "a copy that somebody deleted is made again"
    ws.close()


def test_a_drive_that_is_plugged_in_later_in_the_day_gets_its_copy(tmp_path: Path, today: list[datetime]) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    ws.record([Put("a/1", "x", 1)], said="")
    stick = tmp_path / "stick"
    stick.mkdir()
    copies.choose_drive(ws, stick)
    stick.rmdir()
    assert [path.parent for path in copies.copy_of_the_day(ws)] == [backups.folder_beside(ws.path)]
    stick.mkdir()
    assert [path.parent for path in copies.copy_of_the_day(ws)] == [stick]
    ws.close()


def test_one_place_that_is_full_keeps_no_copy_from_the_other(tmp_path: Path, today: list[datetime]) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    ws.record([Put("a/1", "x", 1)], said="")
    stick = tmp_path / "stick"
    stick.mkdir()
    copies.choose_drive(ws, stick)
    backups.folder_beside(ws.path).write_text("a file where the folder should be")
    with pytest.raises(Trouble):
        copies.copy_at_the_end(ws)
    assert len(list(stick.glob("*.pitso"))) == 1
    ws.close()


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ("/home/a/Dropbox/visit.pitso", "network"),
        ("C:/Users/a/OneDrive - BALA/visit.pitso", "network"),
        ("/media/a/STICK/visit.pitso", "removable"),
        ("/home/a/Documents/visit.pitso", ""),
    ],
)
def test_a_risky_place_is_told(place: str, word: str) -> None:
    told = copies.where_it_lies(Path(place))
    assert word in told
    assert bool(told) == bool(word)


def test_a_drive_without_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = new_journal(tmp_path, "desk")
    folder = tmp_path / "copies"
    former = backups.back_up(journal.file, folder, START)
    monkeypatch.setattr(backups, "free_space", lambda place: 1000)
    with pytest.raises(Trouble, match="no room"):
        backups.back_up(journal.file, folder, START + timedelta(days=1))
    assert list(folder.iterdir()) == [former]
