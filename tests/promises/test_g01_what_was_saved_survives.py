"""G1: what was shown as saved survives the death of the process at any moment, and drives that refuse to write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import copies, workspace
from pitso.storage import joining, lock, rebuilding
from pitso.storage.edits import Put
from pitso.storage.file import WorkspaceFile
from tests.promises import failing_drive
from tests.storage.replicas import new_journal, open_journal, sign

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="children are forked, limits set")


def run(module: str, *words: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            "PYTHONPATH": f"{ROOT / 'desktop'}:{ROOT}",
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
        },
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@posix
@pytest.mark.parametrize(
    ("scene", "tries"),
    [
        ("saving", 40),
        ("migrating", 40),
        ("protecting", 30),
        ("copying", 30),
        ("sending", 30),
        ("receiving", 12),
        ("registering", 30),
    ],
)
def test_whatever_was_told_is_there_after_a_kill(tmp_path: Path, scene: str, tries: int) -> None:
    stage = tmp_path / "stage"
    stage.mkdir()
    told = run("tests.promises.stage", scene, str(stage), "7", str(tries), home=tmp_path).split()
    assert told.count("kept") >= 8
    assert len(set(told)) > 2, "every child was killed at the same moment"


@pytest.mark.skipif(not failing_drive.possible(), reason="only Linux lets a process refuse itself to write")
@pytest.mark.parametrize(
    ("scene", "tries"),
    [
        ("saving", 2),
        ("registering", 2),
        ("migrating", 2),
        ("protecting", 1),
        ("copying", 2),
        ("putting back", 2),
        ("giving", 2),
        ("sending", 1),
        ("receiving", 1),
    ],
)
def test_a_drive_that_breaks_fills_up_or_vanishes_is_told_and_loses_nothing(
    tmp_path: Path, scene: str, tries: int
) -> None:
    stage = tmp_path / "stage"
    stage.mkdir()
    told = run("tests.promises.failing_drive", scene, str(stage), "7", str(tries), home=tmp_path).split()
    assert len(told) == tries * len(failing_drive.FAULTS)
    assert set(told) & set(failing_drive.FAULTS), "no drive failed before the scene was over"


@posix
@pytest.mark.parametrize("scene", ["saving", "receiving", "copying", "protecting"])
def test_a_drive_that_takes_no_more_is_told_and_loses_nothing(tmp_path: Path, scene: str) -> None:
    assert "told" in run("tests.promises.full_drive", scene, str(tmp_path), home=tmp_path)


def test_a_folder_that_vanished_is_told(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    ws.record([Put("a/1", "x", 1)], said="")
    with pytest.raises(Trouble):
        copies.copy_now(ws, tmp_path / "visit.pitso" / "no folder")
    ws.journal.set_own(copies.DRIVE, str(tmp_path / "stick that was pulled out"))
    assert [path.parent for path in copies.copy_now(ws)] == [tmp_path / "visit.pitso-backups"]
    assert not copies.copies(ws).drive_here


def test_a_drive_that_fails_while_copying_leaves_the_former_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    ws.record([Put("a/1", "x", 1)], said="")
    (former,) = copies.copy_now(ws)

    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(Trouble, match="Input/output error"):
        copies.copy_now(ws)
    assert list((tmp_path / "visit.pitso-backups").iterdir()) == [former]


def test_a_lock_that_cannot_be_written_leaves_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase="basalt river window seven")
    before = lock.beside(ws.path).read_bytes()

    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    from pitso.services import protection

    with pytest.raises(Trouble):
        protection.set_passphrase(ws, "another phrase that holds")
    assert lock.beside(ws.path).read_bytes() == before


def test_two_programs_write_one_file_in_turn(tmp_path: Path) -> None:
    """Both see what the other kept, and neither gives a number twice."""
    one = workspace.create(tmp_path / "visit.pitso", name="Visit")
    other = workspace.open_workspace(tmp_path / "visit.pitso")
    for number in range(20):
        (one, other)[number % 2].record([Put(f"a/{number}", "x", number), Put("b/1", "y", number)], said="")
    assert one.journal.records("a/") == other.journal.records("a/")
    assert len(one.journal.records("a/")) == 20
    assert one.journal.digest() == other.journal.digest()
    one.close()
    other.record([Put("a/20", "x", 20)], said="")
    other.close()


def test_another_program_that_makes_the_tables_again_moves_nothing_to_another_record(tmp_path: Path) -> None:
    one = new_journal(tmp_path, "desk")
    for number in (3, 1, 2):
        one.commit("person/1", [Put(f"a/{number}", "x", number)], said="")
    other = open_journal(WorkspaceFile.open(tmp_path / "desk.pitso"), "desk")
    assert rebuilding.rebuild(other)
    one.commit("person/1", [Put("a/3", "x", "three")], said="")
    joining.seal(other, sign)
    one.commit("person/1", [Put("a/4", "y", 4)], said="")
    assert other.records("a/") == {"a/1": {"x": 1}, "a/2": {"x": 2}, "a/3": {"x": "three"}, "a/4": {"y": 4}}
    assert [version.value for version in one.heads("a/3", "x")] == ["three"]
    assert rebuilding.rebuild(one)


WRITER = """
import sys
from pathlib import Path
from pitso.services import workspace
from pitso.storage.edits import Put
ws = workspace.open_workspace(Path(sys.argv[1]))
for number in range(60):
    ws.record([Put(f"{sys.argv[2]}/{number}", "x", number), Put("shared/1", sys.argv[2], number)], said="")
ws.journal.file.close()
"""


@posix
def test_two_programs_write_one_file_at_once(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", WRITER, str(ws.path)]
    children = [subprocess.Popen([*words, kind], env=environment) for kind in ("a", "b")]
    assert [child.wait(60) for child in children] == [0, 0]
    for kind in ("a", "b"):
        assert {record["x"] for record in ws.journal.records(f"{kind}/").values()} == set(range(60))
    assert ws.journal.record("shared/1") == {"a": 59, "b": 59}
    assert rebuilding.rebuild(ws.journal)
    ws.close()


def test_another_key_is_refused_while_another_program_has_the_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pitso.storage.file.BUSY_SECONDS", 0.1)
    from pitso.services import protection

    one = workspace.create(tmp_path / "visit.pitso", name="Visit")
    other = workspace.open_workspace(tmp_path / "visit.pitso")
    other.record([Put("a/1", "x", 1)], said="")
    with pytest.raises(Trouble, match="Another program"):
        protection.set_passphrase(one, "basalt river window seven")
    other.record([Put("a/1", "x", 2)], said="")
    assert one.journal.record("a/1") == {"x": 2}
    other.close()
    protection.set_passphrase(one, "basalt river window seven")
    one.close()


def test_a_new_journal_seals_what_binds_at_once(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    journal.sign_as(journal.device, lambda header: b"s" * 64)
    journal.commit("person/1", [Put("roll/1", "closed", 79)], said="", undoable=False, sealed=True)
    assert journal.file.rows("SELECT first, last FROM segment") == [(1, 1)]
    assert journal.file.rows("SELECT * FROM tail") == []
