"""A stage on which children write and are killed: one warm process that forks a child for every try.

Started as a program: ``python -m tests.promises.stage SCENE FOLDER SEED TRIES``; a line for each try that was kept.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import Parcel
from pitso.exchange.envelope import Unlock
from pitso.services import workspace
from pitso.services.receiving import receive
from pitso.services.sending import send
from pitso.storage import backups, lock, rebuilding
from pitso.storage.disk import write_whole
from pitso.storage.edits import Put
from pitso.storage.lock import PASSPHRASE, Key, Lock
from tests.storage.replicas import new_journal, open_journal

OLD = Path(__file__).parents[1] / "data" / "first.pitso"
PHRASES = ("basalt river window seven", "another phrase that holds")


def tell(said: object) -> None:
    os.write(1, f"{said}\n".encode())


# ---- scenes: what the child does, and what must be true afterwards --------------------------------------------------


def saving(folder: Path) -> None:
    journal = new_journal(folder, "desk")
    journal.sign_as(journal.device, lambda header: b"s" * 64)
    for number in range(100_000):
        sealed = number % 7 == 0
        edits = [Put("a/1", "x", number), Put(f"b/{number}", "y", number)]
        journal.commit("person/1", edits, said=str(number), sealed=sealed)
        tell(number)


def saved(folder: Path, told: list[str]) -> None:
    if not (folder / "desk.pitso").exists() or not told:
        return
    from pitso.storage.file import WorkspaceFile

    journal = open_journal(WorkspaceFile.open(folder / "desk.pitso"), "desk")
    kept = {record["y"] for record in journal.records("b/").values()}
    assert {int(number) for number in told} <= kept, "a deed that was told is not there"
    assert journal.record("a/1").get("x", -1) == len(kept) - 1, "a deed is there by half"
    assert rebuilding.rebuild(journal), "the tables are not what the lines say"
    journal.file.close()


def registering(folder: Path) -> None:
    """A desk registers people, one after the other; the power goes at any moment."""
    from pitso.services import attendance, workshops
    from pitso.services.attendance import Invited

    ws = workspace.create(folder / "desk.pitso", name="Desk")
    workspace.write_as(ws, "person/desk")
    day = ws.today()
    workshop = workshops.begin(ws, "engagement/1", title="W", kind="founding", starts=day, ends=day).record
    tell("ready")
    for number in range(100_000):
        tell(attendance.walk_in(ws, workshop, Invited(f"Guest {number}")).record)


def registered(folder: Path, told: list[str]) -> None:
    from pitso.services import attendance, presence, workshops

    if "ready" not in told:
        return
    ws = workspace.open_workspace(folder / "desk.pitso")
    (workshop,) = (line.id for line in workshops.workshops(ws, "engagement/1"))
    known = attendance.participants(ws, workshop)
    assert {*told} - {"ready"} <= {one.id for one in known}, "a registration that was told is not there"
    assert all(one.name and one.number and one.registered for one in known), "a registration is there by half"
    assert len(presence.present(ws, workshop)) == len(known), "somebody registered and is not in the room"
    assert len({one.number for one in known}) == len(known), "a badge was given twice"
    ws.close()


def migrating(folder: Path) -> None:
    write_whole(folder / "first.pitso", OLD.read_bytes())
    tell("copied")
    workspace.open_workspace(folder / "first.pitso").close()
    tell("done")


def migrated(folder: Path, told: list[str]) -> None:
    if "copied" not in told:
        return
    ws = workspace.open_workspace(folder / "first.pitso")
    assert ws.journal.record("note/n3") == {"text": "unsealed"}
    assert rebuilding.rebuild(ws.journal)
    ws.close()


@cache
def locks() -> tuple[Key, Lock, Lock]:
    """Stretching a passphrase takes longer than a child lives: it is done before."""
    key = Key.new()
    first = Lock(key.salt, {}).closed(key, PASSPHRASE, PHRASES[0])
    return key, first, first.closed(key, PASSPHRASE, PHRASES[1])


def protecting(folder: Path) -> None:
    """The child writes the file anew, encrypted, then changes passphrases."""
    ws = workspace.create(folder / "desk.pitso", name="Desk")
    ws.record([Put(f"b/{number}", "y", "x" * 500) for number in range(300)], said="")
    key, first, other = locks()
    ws.journal.file.fold()
    tell("ready")
    lock.keep(first, ws.path)
    ws.journal.file.change_key(key)
    tell("encrypted")
    while True:
        for wrapped in (other, first):
            lock.keep(wrapped, ws.path)
            tell("changed")


def protected(folder: Path, told: list[str]) -> None:
    if "ready" not in told:
        return
    path = folder / "desk.pitso"
    if "encrypted" in told:
        assert lock.salt_of(path) is not None, "encrypted was told"
    for phrase in PHRASES:
        try:
            ws = workspace.open_workspace(path, phrase)
        except Trouble:
            continue
        assert len(ws.journal.records("b/")) == 300
        assert rebuilding.rebuild(ws.journal)
        ws.close()
        return
    raise AssertionError("no passphrase opens it")


def copying(folder: Path) -> None:
    journal = new_journal(folder, "desk")
    journal.commit("person/1", [Put(f"b/{number}", "y", "x" * 500) for number in range(300)], said="")
    for second in range(1, 60):
        tell(backups.back_up(journal.file, folder / "copies", datetime(2026, 1, second % 28 + 1, 9, 0, second)).name)


def copied(folder: Path, told: list[str]) -> None:
    if not told:
        return
    from pitso.storage.file import WorkspaceFile

    for backup in backups.backups(folder / "copies", "desk"):
        journal = open_journal(WorkspaceFile.open(backup.path), "desk")
        assert len(journal.records("b/")) == 300, "half a copy bears a name"
        journal.file.close()


def putting_back(folder: Path) -> None:
    """A copy takes the place of the file, again and again."""
    journal = new_journal(folder, "desk")
    journal.commit("person/1", [Put(f"b/{number}", "y", "x" * 500) for number in range(300)], said="")
    copy = backups.back_up(journal.file, folder / "copies", datetime(2026, 1, 1))
    journal.file.close()
    for second in range(10_000):
        tell(second)
        backups.put_back(copy, folder / "desk.pitso", datetime(2026, 1, 1) + timedelta(seconds=second))


def put_back(folder: Path, told: list[str]) -> None:
    from pitso.storage.file import WorkspaceFile

    for path in folder.glob("desk*.pitso") if told else ():
        journal = open_journal(WorkspaceFile.open(path), "desk")
        assert len(journal.records("b/")) == 300, "half a file bears a name"
        journal.file.close()
    assert list(folder.glob("desk*.pitso")) or not told, "neither the file nor what was put aside is there"


def giving(folder: Path) -> None:
    """Tables are given away, over the ones that were given before."""
    from pitso.services import open_formats
    from pitso.services.form_tables import SheetOfRecords

    sheet = SheetOfRecords("t", ["a"], rows=[{"a": "x" * 50} for _number in range(500)])
    for number in range(10_000):
        open_formats.as_csv([sheet], folder)
        open_formats.as_workbook([sheet], folder / "t.xlsx")
        open_formats.as_sqlite([sheet], folder / "t.db")
        tell(number)


def given(folder: Path, told: list[str]) -> None:
    for name, size in {"t.csv": 26_006, "t.xlsx": 5_000, "t.db": 28_000}.items():
        path = folder / name
        assert path.exists() or not told, "a table that was told is not there"
        assert not path.exists() or path.stat().st_size >= size, f"half of {name} bears its name"


def sending(folder: Path) -> None:
    ws = workspace.create(folder / "desk.pitso", name="Desk")
    ws.record([Put(f"b/{number}", "y", "x" * 50) for number in range(300)], said="")
    tell("ready")
    for number in range(100_000):
        send(ws, folder / f"{number}.pitso-bundle")
        tell(number)


def sent(folder: Path, told: list[str]) -> None:
    bundles = {path.stem for path in folder.glob("*.pitso-bundle")}
    assert set(told) - {"ready"} <= bundles, "a bundle that was told is not there"
    for name in bundles:
        assert Parcel(folder / f"{name}.pitso-bundle", Unlock()).header.operations > 300, "half a bundle bears a name"
    if "ready" in told:
        ws = workspace.open_workspace(folder / "desk.pitso")
        assert rebuilding.rebuild(ws.journal)
        send(ws, folder / "again.pitso-bundle")
        ws.close()


@cache
def parcel() -> Path:
    """A bundle of several segments: made once, before the children."""
    folder = Path(tempfile.mkdtemp(prefix="pitso-stage-"))
    ws = workspace.create(folder / "team.pitso", name="Team")
    for start in range(0, 20_000, 5_000):
        ws.record([Put(f"b/{start + number}", "y", number) for number in range(5_000)], said="")
    send(ws, folder / "team.pitso-bundle")
    ws.close()
    return folder / "team.pitso-bundle"


def receiving(folder: Path) -> None:
    office = workspace.create(folder / "office.pitso", name="Office", office=True)
    tell("ready")
    receive(office, parcel(), trusting=True)
    tell("received")


def received(folder: Path, told: list[str]) -> None:
    if "ready" not in told:
        return
    office = workspace.open_workspace(folder / "office.pitso")
    assert "received" not in told or len(office.journal.records("b/")) == 20_000
    receive(office, parcel(), trusting=True)
    assert len(office.journal.records("b/")) == 20_000, "receiving again did not complete it"
    assert rebuilding.rebuild(office.journal)
    office.close()


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[Path, list[str]], None], int]] = {
    "saving": (saving, saved, 40),
    "migrating": (migrating, migrated, 2),
    "protecting": (protecting, protected, 8),
    "copying": (copying, copied, 5),
    "putting back": (putting_back, put_back, 20),
    "giving": (giving, given, 4),
    "sending": (sending, sent, 4),
    "receiving": (receiving, received, 2),
    "registering": (registering, registered, 20),
}
"""What is played, what must hold then, and after how many lines told a scene has seen everything once."""

LONGEST, FEWEST = 10.0, 8
"""Seconds after which no further try begins, once there were so many: a slow machine tries less often."""


def begin(scene: str, folder: Path) -> tuple[int, int]:
    """Let a child play the scene; its process, and where it is heard."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        try:
            SCENES[scene][0](folder)
        finally:
            os._exit(0)
    os.close(writing)
    return child, reading


def killed(child: int, reading: int) -> list[str]:
    """Kill the child and return what it told."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said:
        return said.read().decode().splitlines()


def length_of(scene: str, folder: Path) -> float:
    """How many seconds the scene takes on this machine, now."""
    start = time.monotonic()
    child, reading = begin(scene, folder)
    lines = 0
    while lines < SCENES[scene][2] and (heard := os.read(reading, 4096)):
        lines += heard.count(b"\n")
    killed(child, reading)
    return time.monotonic() - start


def main() -> None:
    scene, folder, seed, tries = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    if scene == "protecting":
        locks()
    if scene == "receiving":
        parcel()
    (folder / "measured").mkdir()
    longest = length_of(scene, folder / "measured")
    start = time.monotonic()
    for number in range(tries):
        if number >= FEWEST and time.monotonic() - start > LONGEST:
            break
        place = folder / str(number)
        place.mkdir()
        child, reading = begin(scene, place)
        time.sleep(chance.uniform(0, 1.2 * longest))
        told = killed(child, reading)
        SCENES[scene][1](place, told)
        if len(told) < SCENES[scene][2]:  # the machine may have become slower since the scene was measured
            longest *= 1.1
        shutil.rmtree(place)
        print("kept", len(told), flush=True)


if __name__ == "__main__":
    main()
