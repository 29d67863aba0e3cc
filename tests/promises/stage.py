"""A stage on which children write and are killed: one warm process that forks a child for every try.

Started as a program: ``python -m tests.promises.stage SCENE FOLDER SEED TRIES``; prints one line for each try.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import workspace
from pitso.storage import backups, lock, rebuilding
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


def migrating(folder: Path) -> None:
    shutil.copy(OLD, folder / "first.pitso")
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


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[Path, list[str]], None], float]] = {
    "saving": (saving, saved, 0.12),
    "migrating": (migrating, migrated, 0.06),
    "protecting": (protecting, protected, 0.25),
    "copying": (copying, copied, 0.15),
}


def act(scene: str, folder: Path, seconds: float) -> list[str]:
    """Let a child play the scene, kill it after so many seconds, and return what it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        try:
            SCENES[scene][0](folder)
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as said:
        return said.read().decode().splitlines()


def main() -> None:
    scene, folder, seed, tries = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    if scene == "protecting":
        locks()
    chance = random.Random(seed)
    longest = SCENES[scene][2]
    for number in range(tries):
        place = folder / str(number)
        place.mkdir()
        told = act(scene, place, chance.uniform(0.001, longest))
        SCENES[scene][1](place, told)
        shutil.rmtree(place)
        print("kept", len(told), flush=True)


if __name__ == "__main__":
    main()
