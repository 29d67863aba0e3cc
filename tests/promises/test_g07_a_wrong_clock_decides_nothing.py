"""G7: a wrong clock never decides between two edits of which one knew the other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pitso.storage import joining
from tests.promises.pair import meet, put
from tests.storage.replicas import START, new_journal


@pytest.mark.parametrize("year", [1970, 2000, 2100, 9999])
def test_what_was_written_under_a_clock_of_another_age_is_read_by_everybody(tmp_path: Path, year: int) -> None:
    wrong = new_journal(tmp_path, "wrong", datetime(year, 12, 30, tzinfo=UTC))
    right = new_journal(tmp_path, "right")
    for number in range(3):
        put(wrong, "note/1", "text", number)
    meet((wrong, right))
    put(right, "note/1", "text", "after")
    meet((wrong, right))
    put(wrong, "note/1", "text", "last")
    meet((wrong, right))
    assert [journal.record("note/1") for journal in (wrong, right)] == [{"text": "last"}] * 2
    assert len(right.history("note/1")) == 5
    assert set(joining.wrong_clocks(right)) == ({wrong.device} if year > 2026 else set())


@pytest.mark.parametrize("days", [-4000, -30, 2, 4000])
def test_a_wrong_clock_never_beats_an_edit_that_knew_the_other(tmp_path: Path, days: int) -> None:
    wrong = new_journal(tmp_path, "wrong", START + timedelta(days=days))
    right = new_journal(tmp_path, "right")
    put(wrong, "note/1", "text", "first")
    meet((wrong, right))
    put(right, "note/1", "text", "second")
    meet((wrong, right))
    put(wrong, "note/1", "text", "third")
    meet((wrong, right))
    assert [journal.record("note/1") for journal in (wrong, right)] == [{"text": "third"}] * 2
    assert right.differing("") == []
    assert set(joining.wrong_clocks(right)) == ({wrong.device} if days > 1 else set())
