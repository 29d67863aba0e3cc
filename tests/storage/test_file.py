"""A file that is no workspace, damaged, newer, read-only or open elsewhere: a clear sentence, and nothing lost."""

import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from pitso.domain.trouble import Trouble
from pitso.storage import schema, version
from pitso.storage.edits import Put
from pitso.storage.file import WorkspaceFile
from tests.storage.replicas import new_journal, open_journal


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 4000, os.urandom(8192)])
def test_what_is_no_workspace_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.pitso"
    path.write_bytes(content)
    with pytest.raises(Trouble, match="not a Pitso workspace"):
        WorkspaceFile.open(path)
    assert path.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["other.pitso"]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = dbapi2.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE person (name)")
    connection.close()
    with pytest.raises(Trouble, match="not a Pitso workspace"):
        WorkspaceFile.open(tmp_path / "other.db")


def test_a_newer_file_is_refused_before_a_byte_changes(tmp_path: Path) -> None:
    file = WorkspaceFile.create(tmp_path / "newer.pitso")
    file.connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('pitso', '900_future', '')"
    )
    file.close()
    before = (tmp_path / "newer.pitso").read_bytes()
    with pytest.raises(Trouble, match="newer Pitso"):
        WorkspaceFile.open(tmp_path / "newer.pitso")
    assert (tmp_path / "newer.pitso").read_bytes() == before


def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    journal.commit("person/1", [Put("a/1", f"x{i}", "y" * 300) for i in range(200)], said="")
    journal.file.close()
    path = tmp_path / "desk.pitso"
    whole = bytearray(path.read_bytes())
    for place in range(8192, len(whole), 4096):
        whole[place : place + 64] = b"\xff" * 64
    path.write_bytes(bytes(whole))
    with pytest.raises(Trouble, match="damaged"):
        WorkspaceFile.open(path)
    assert path.read_bytes() == bytes(whole)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no file"):
        WorkspaceFile.open(tmp_path / "gone.pitso")


def test_a_file_is_never_made_over_another(tmp_path: Path) -> None:
    WorkspaceFile.create(tmp_path / "desk.pitso").close()
    with pytest.raises(Trouble, match="exists already"):
        WorkspaceFile.create(tmp_path / "desk.pitso")


def test_a_read_only_file_can_be_read_and_says_so_when_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = new_journal(tmp_path, "desk")
    journal.commit("person/1", [Put("a/1", "x", 1)], said="")
    journal.file.close()
    # Whoever runs the tests as root may write everywhere: the question is asked of the system, so it is answered here.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    again = open_journal(WorkspaceFile.open(tmp_path / "desk.pitso"), "desk")
    assert again.record("a/1") == {"x": 1}
    with pytest.raises(Trouble, match="can only be read"):
        again.commit("person/1", [Put("a/1", "x", 2)], said="")


def test_a_file_that_another_program_writes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pitso.storage.file.BUSY_SECONDS", 0.1)
    journal = new_journal(tmp_path, "desk")
    other = dbapi2.connect(tmp_path / "desk.pitso", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Trouble, match="Another program"):
        journal.commit("person/1", [Put("a/1", "x", 1)], said="")
    other.execute("ROLLBACK")
    journal.commit("person/1", [Put("a/1", "x", 1)], said="")
    assert journal.record("a/1") == {"x": 1}


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    journal.commit("person/1", [Put("a/1", "x", 1)], said="")
    pages = journal.file.connection.execute("PRAGMA page_count").fetchone()[0]
    journal.file.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Trouble, match="disk is full"):
        journal.commit("person/1", [Put("a/1", f"y{i}", "z" * 2000) for i in range(50)], said="")
    assert journal.record("a/1") == {"x": 1}
    journal.file.connection.execute("PRAGMA max_page_count = 1000000")
    journal.commit("person/1", [Put("a/1", "x", 2)], said="")
    assert journal.record("a/1") == {"x": 2}


def test_a_copy_holds_everything(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    journal.commit("person/1", [Put("a/1", "x", 1)], said="")
    journal.file.copy(tmp_path / "copy.pitso")
    assert open_journal(WorkspaceFile.open(tmp_path / "copy.pitso"), "desk").digest() == journal.digest()
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".part") == []


def test_the_names_of_the_steps_are_those_of_the_tables(tmp_path: Path) -> None:
    made = WorkspaceFile.create(tmp_path / "new.pitso")
    assert tuple(step.name for step in schema.steps.applied(Database(made.connection))) == version.STEPS
    assert version.waiting(made.connection) == version.unknown(made.connection) == []
    assert version.waiting(dbapi2.connect(":memory:")) == list(version.STEPS)
    made.close()


def test_reading_that_nobody_waits_for_ends_at_the_next_look_into_the_file(tmp_path: Path) -> None:
    file = WorkspaceFile.create(tmp_path / "new.pitso")
    looks: list[int] = []

    def heed() -> None:
        looks.append(1)
        if len(looks) > 2:
            raise Trouble("stopped", "")

    file.heed = heed
    assert file.rows("SELECT 1") == file.rows("SELECT 1") == [(1,)]
    with pytest.raises(Trouble, match="stopped"):
        file.rows("SELECT 1")
    assert len(looks) == 3
    file.close()


def test_where_the_window_was_does_not_wait_for_the_disk_and_what_is_saved_does(tmp_path: Path) -> None:
    file = WorkspaceFile.create(tmp_path / "new.pitso")
    forced = "PRAGMA synchronous"
    with file.passing() as connection:
        connection.execute("INSERT INTO own (key, value) VALUES ('place', 'here')")
        assert connection.execute(forced).fetchone() == (1,)
    assert file.rows(forced) == [(2,)]
    with pytest.raises(Trouble, match="read or write"), file.passing() as connection:
        connection.execute("INSERT INTO own (key, value) VALUES ('place', 'there')")
    assert file.rows(forced) == [(2,)]
    assert file.rows("SELECT value FROM own WHERE key = 'place'") == [("here",)]
    file.close()
