"""A PIN keeps one person from writing as another, slows guessing down, and lets a second person bind a deed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import people, persons_here, workspace
from pitso.services.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "visit.pitso", name="Visit")


@pytest.fixture
def two(ws: Workspace) -> tuple[str, str]:
    one, other = people.add_person(ws, name="Mpho").record, people.add_person(ws, name="Lineo").record
    workspace.write_as(ws, one)
    return one, other


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock of the computer, set by hand."""
    moments = [datetime(2026, 1, 22, 9, tzinfo=UTC)]
    monkeypatch.setattr(workspace, "now", lambda: moments[0])
    return moments


def test_who_has_a_pin_types_it_to_write_here(ws: Workspace, two: tuple[str, str]) -> None:
    persons_here.set_pin(ws, two[1], "4711")
    for wrong in ("", "4712", "47 11"):
        with pytest.raises(Trouble, match="not the PIN of Lineo"):
            persons_here.change_writer(ws, two[1], wrong)
    assert ws.author == two[0]
    persons_here.change_writer(ws, two[0])
    with pytest.raises(Trouble, match="too often"):
        persons_here.change_writer(ws, two[1], "4711")


def test_wrong_ones_slow_the_next_try_down_up_to_five_minutes(
    ws: Workspace, two: tuple[str, str], later: list[datetime]
) -> None:
    persons_here.set_pin(ws, two[1], "4711")
    waits = []
    for _try in range(12):
        with pytest.raises(Trouble, match="not the PIN"):
            persons_here.require_pin(ws, two[1], "0000")
        until = persons_here._tries(ws, two[1]).wait_until
        waits.append(0 if until is None else int((until - later[0]).total_seconds()))
        if until is not None:
            with pytest.raises(Trouble, match="too often"):
                persons_here.require_pin(ws, two[1], "4711")
            later[0] = until
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]
    persons_here.require_pin(ws, two[1], "4711")
    assert persons_here._tries(ws, two[1]).wrong == 0


def test_a_clock_that_is_put_right_keeps_nobody_out_for_a_year(
    ws: Workspace, two: tuple[str, str], later: list[datetime]
) -> None:
    persons_here.set_pin(ws, two[1], "4711")
    right, later[0] = later[0], later[0] + timedelta(days=400)
    for _try in range(4):
        with pytest.raises(Trouble, match="not the PIN"):
            persons_here.require_pin(ws, two[1], "0000")
        later[0] += timedelta(seconds=10)
    later[0] = right
    with pytest.raises(Trouble, match=r"in 1[01] seconds"):
        persons_here.require_pin(ws, two[1], "4711")
    later[0] += timedelta(seconds=11)
    persons_here.require_pin(ws, two[1], "4711")


def test_a_pin_is_changed_or_taken_away_by_who_knows_it(ws: Workspace, two: tuple[str, str]) -> None:
    persons_here.set_pin(ws, two[0], "1234")
    with pytest.raises(Trouble, match="not the PIN"):
        persons_here.set_pin(ws, two[0], "9999")
    persons_here.set_pin(ws, two[0], "9999", former="1234")
    persons_here.set_pin(ws, two[0], "", former="9999")
    assert not persons_here.has_pin(ws, two[0])
    with pytest.raises(Trouble, match="too short"):
        persons_here.set_pin(ws, two[0], "123")


def test_a_pin_lies_in_no_byte_of_the_file(ws: Workspace, two: tuple[str, str]) -> None:
    persons_here.set_pin(ws, two[0], "839271645")
    ws.journal.file.fold()
    assert b"839271645" not in ws.path.read_bytes()


def test_the_second_person_is_another_one_with_a_pin(ws: Workspace, two: tuple[str, str]) -> None:
    persons_here.set_pin(ws, two[0], "1234")
    with pytest.raises(Trouble, match="somebody else"):
        persons_here.require_second(ws, two[0], "1234")
    with pytest.raises(Trouble, match="Lineo has no PIN"):
        persons_here.require_second(ws, two[1], "")
    persons_here.set_pin(ws, two[1], "4711")
    with pytest.raises(Trouble, match="not the PIN"):
        persons_here.require_second(ws, two[1], "1234")
    assert persons_here.require_second(ws, two[1], "4711") == two[1]


def test_the_locked_window_opens_by_pin_or_passphrase(ws: Workspace, two: tuple[str, str], tmp_path: Path) -> None:
    assert not persons_here.can_lock(ws)
    persons_here.set_pin(ws, two[0], "1234")
    assert persons_here.can_lock(ws)
    with pytest.raises(Trouble):
        persons_here.unlock(ws, "0000")
    persons_here.unlock(ws, "1234")
    safe = workspace.create(tmp_path / "safe.pitso", name="Safe", passphrase="basalt river window seven")
    assert persons_here.can_lock(safe)
    with pytest.raises(Trouble):
        persons_here.unlock(safe, "1234")
    persons_here.unlock(safe, "basalt river window seven")


def test_idle_minutes_are_remembered(ws: Workspace) -> None:
    assert persons_here.lock_after(ws) == 0
    persons_here.set_lock_after(ws, 10)
    assert persons_here.lock_after(ws) == 10
