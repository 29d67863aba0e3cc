"""G9: with a passphrase no plaintext lies outside the running program."""

import os
import shutil
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import copies, enrolment, people, protection, receiving, sending, viewing, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from pitso.storage.file import WorkspaceFile
from pitso.storage.lock import Key, Locked

PHRASE = "basalt river window seven"
CANARY = "Khotso Canary-Letsie"


def fill(ws: Workspace) -> None:
    person = people.add_person(ws, name=CANARY).record
    workspace.write_as(ws, person)
    ws.record([Put(f"note/{n}", "text", f"{CANARY} {n}") for n in range(2_000)], said=f"{CANARY} wrote")


def seen(*folders: Path) -> list[Path]:
    """Files below these folders that hold the canary, in any of the ways in which it is written."""
    found = []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        if any(word in content for word in (b"canary", b"khotso", "Canary".encode("utf-16-le").lower())):
            found.append(path)
    return found


def test_no_file_holds_a_word_of_it(tmp_path: Path, own_account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    fill(ws)
    assert (tmp_path / "visit.pitso-wal").stat().st_size > 0
    assert seen(tmp_path, own_account) == []
    ws.journal.file.rows("SELECT value FROM op ORDER BY value DESC, random() LIMIT 5")
    copies.copy_now(ws)
    assert seen(tmp_path, own_account) == []
    ws.close()
    assert seen(tmp_path, own_account) == []
    again = workspace.open_workspace(tmp_path / "visit.pitso", PHRASE)
    assert again.journal.record("note/7") == {"text": f"{CANARY} 7"}
    again.close()


def test_nothing_of_a_bundle_lies_open_while_it_is_written_and_taken_in(
    tmp_path: Path, own_account: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True, passphrase=PHRASE)
    team = workspace.create(tmp_path / "team.pitso", name="Team", passphrase=PHRASE)
    looks: list[list[Path]] = []

    def look(*_told: int) -> None:
        looks.append(seen(tmp_path, own_account))

    enrolment.invite(office, tmp_path / "i", holder="Mpho", roles_=["leader"])
    said = enrolment.join(team, (tmp_path / "i").read_text(encoding="utf-8"), tmp_path / "r").said
    enrolment.admit(office, tmp_path / "r", words_=said.partition(": ")[2])
    fill(team)
    bundle = tmp_path / "b.pitso-bundle"
    sending.send(team, bundle, to=sending.party(team, "office"), progress=look)
    receiving.receive(office, bundle, progress=look)
    assert office.journal.record("note/7") == {"text": f"{CANARY} 7"}
    cut = tmp_path / "cut.pitso-bundle"
    cut.write_bytes(bundle.read_bytes()[:-100])
    with pytest.raises(Trouble):
        receiving.receive(office, cut)
    look()
    assert len(looks) >= 3
    assert looks == [[]] * len(looks)
    for ws in (office, team):
        ws.close()
    assert seen(tmp_path, own_account) == []


def test_a_plain_workspace_is_encrypted_with_all_that_lay_open_beside_it(tmp_path: Path, own_account: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    fill(ws)
    copies.copy_now(ws)
    assert seen(tmp_path) != []
    digest = ws.journal.digest()
    protection.set_passphrase(ws, PHRASE)
    assert seen(tmp_path, own_account) == []
    ws.record([Put("note/1", "text", "after")], said="")
    ws.close()
    with pytest.raises(Locked):
        workspace.open_workspace(tmp_path / "visit.pitso")
    again = workspace.open_workspace(tmp_path / "visit.pitso", PHRASE)
    assert again.journal.device == ws.journal.device
    assert again.journal.record("note/1") == {"text": "after"}
    protection.remove_passphrase(again)
    assert again.journal.record("note/1") == {"text": "after"}
    assert again.journal.digest() != digest
    again.close()
    workspace.open_workspace(tmp_path / "visit.pitso").close()
    assert not (tmp_path / "visit.pitso-lock").exists()


def test_another_passphrase_leaves_the_workspace_untouched_and_the_former_one_useless(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    ws.journal.file.fold()
    before = ws.path.read_bytes()
    protection.set_passphrase(ws, "another phrase that holds")
    assert ws.path.read_bytes() == before
    ws.close()
    with pytest.raises(Locked, match="does not open"):
        workspace.open_workspace(ws.path, PHRASE)
    workspace.open_workspace(ws.path, "another phrase that holds").close()


def test_a_workspace_copied_without_its_lock_opens_on_this_account_and_tells_others_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    ws.close()
    shutil.copy(ws.path, tmp_path / "copy.pitso")
    workspace.open_workspace(tmp_path / "copy.pitso", PHRASE).close()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another account"))
    with pytest.raises(Trouble, match=r"copy\.pitso-lock"):
        workspace.open_workspace(tmp_path / "copy.pitso", PHRASE)


@pytest.mark.parametrize("cut", ["before the file", "before the name"])
def test_a_cut_while_encrypting_leaves_a_file_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    fill(ws)

    def full(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pitso.storage.file._put_in_place", full)
    if cut == "before the file":
        monkeypatch.setattr("pitso.storage.disk.take_name", full)
    with pytest.raises(Trouble, match="full"):
        protection.set_passphrase(ws, PHRASE)
    monkeypatch.undo()
    ws.record([Put("note/1", "text", "still writing")], said="")
    ws.close()
    again = workspace.open_workspace(tmp_path / "visit.pitso")
    assert again.journal.record("note/1") == {"text": "still writing"}
    again.close()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="too short"):
        workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase="1234")
    assert list(tmp_path.iterdir()) == []


def test_without_encryption_the_program_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver without a cipher gives no row for its version; here a plain sqlite3 stands in for one."""
    import sqlite3

    monkeypatch.setattr("pitso.storage.file.dbapi2.connect", sqlite3.connect)
    with pytest.raises(Trouble, match="cannot encrypt"):
        WorkspaceFile.create(tmp_path / "visit.pitso", Key.new())
    assert not (tmp_path / "visit.pitso").exists() or (tmp_path / "visit.pitso").stat().st_size == 0


def test_what_another_program_shows_lies_open_only_until_the_window_is_locked_closed_or_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the session's memory where there is such a folder, else on the disk, and overwritten there before it goes."""
    for where in ("session", "disk"):
        if where == "disk":
            monkeypatch.delenv("XDG_RUNTIME_DIR")
            monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        path = viewing.put("../../letter.txt", f"{CANARY} wrote".encode())
        assert path.name == "letter.txt"
        assert seen(path.parents[1]) == [path]
        assert (path.parents[1] == tmp_path) == (where == "disk")
        with path.open("rb") as shown:
            viewing.forget()
            assert not path.parent.exists()
            assert set(shown.read()) == {0}, "overwritten before it was deleted"
        with viewing.meanwhile() as folder:
            (folder / "paper.pdf").write_bytes(CANARY.encode())
            assert len(seen(folder)) == 1
        assert not folder.exists()


def test_a_copy_that_another_program_holds_on_to_goes_later_and_keeps_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, free = viewing.put("a.txt", b"a"), viewing.put("b.txt", b"b")
    usual = Path.unlink

    def refuse(path: Path, **how: bool) -> None:
        if path == held:
            raise PermissionError(13, "in use")
        usual(path, **how)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        viewing.forget()
    assert (held.exists(), free.exists()) == (True, False)
    viewing.forget()
    assert not held.exists()


@pytest.mark.skipif(os.name == "nt", reason="links and owners of folders are told otherwise there")
def test_a_link_or_a_folder_of_somebody_else_is_never_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everybody may write, anybody may put a link of that name to a folder of ours."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "session"))
    own, theirs = tmp_path / "own", tmp_path / "session" / f"{viewing.BEGINNING}theirs"
    for folder in (own, theirs):
        folder.mkdir(parents=True)
        (folder / "visit.pitso").write_bytes(b"the work of a day")
    (tmp_path / "session" / f"{viewing.BEGINNING}link").symlink_to(own)
    with monkeypatch.context() as patched:
        patched.setattr("os.getuid", lambda: theirs.stat().st_uid + 1)
        viewing.forget()
    assert (theirs / "visit.pitso").read_bytes() == b"the work of a day"
    viewing.forget()
    assert (own / "visit.pitso").read_bytes() == b"the work of a day"
    assert not theirs.exists(), "a folder of this account goes"


def test_a_drive_that_takes_no_open_copy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pitso.places.passing", lambda: tmp_path / "no folder")
    with pytest.raises(Trouble):
        viewing.put("a.txt", b"a")
