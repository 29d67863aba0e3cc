"""A drive that takes no more, at every size from none to enough: ``python -m tests.promises.full_drive SCENE FOLDER``.

Where a small drive may be mounted (root on Linux), it is one; else files may not grow beyond a limit.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import protection, workspace
from pitso.services.workspace import Workspace
from pitso.storage import backups, joining, rebuilding
from pitso.storage.edits import Put
from tests.storage.replicas import everyone

START_KILOBYTES, STEP_KILOBYTES, STEPS = 1500, 400, 6


def save(ws: Workspace) -> None:
    for number in range(150):
        ws.record([Put(f"b/{number}", "y", "x" * 6000)], said="")
        KEPT.append(f"b/{number}")


KEPT: list[str] = []


def receive(ws: Workspace) -> None:
    joining.receive(ws.journal, joining.outgoing(OTHER[0].journal, {}), [], judge=everyone)
    KEPT.extend(f"c/{number}" for number in range(400))


OTHER: list[Workspace] = []


def copy(ws: Workspace) -> None:
    for day in range(1, 9):
        backups.back_up(ws.journal.file, ws.path.parent / "copies", datetime(2026, 1, day))


def protect(ws: Workspace) -> None:
    ws.record([Put(f"b/{number}", "y", "x" * 6000) for number in range(120)], said="")
    ws.journal.file.fold()
    KEPT.extend(f"b/{number}" for number in range(120))
    protection.set_passphrase(ws, "basalt river window seven")


SCENES: dict[str, Callable[[Workspace], None]] = {
    "saving": save,
    "receiving": receive,
    "copying": copy,
    "protecting": protect,
}


def mounted(folder: Path, kilobytes: int) -> bool:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    return done.returncode == 0


def attempt(scene: str, folder: Path, kilobytes: int) -> bool:
    """Play the scene on a drive of this size; says whether it was too small for it."""
    KEPT.clear()
    folder.mkdir()
    drive = mounted(folder, kilobytes)
    try:
        ws = workspace.create(folder / "visit.pitso", name="Visit")
        ws.record([Put(f"a/{number}", "x", "é" * 300) for number in range(100)], said="")
        ws.journal.file.fold()
        if not drive:
            resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 128, resource.RLIM_INFINITY))
        full = False
        try:
            SCENES[scene](ws)
        except Trouble as trouble:
            full = True
            assert trouble.remedy
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        check(folder, ws)
        return full
    finally:
        if drive:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder)


def check(folder: Path, ws: Workspace) -> None:
    """All that was told is there, and nothing half."""
    assert set(KEPT) <= set(ws.journal.records("b/")) | set(ws.journal.records("c/"))
    ws.journal.file.close()
    for extra in folder.glob("*.part"):
        extra.unlink()
    for path in [folder / "visit.pitso", *(folder / "copies").glob("*.pitso")]:
        outside = folder.parent / "looked at.pitso"
        for ending in ("", "-lock", "-wal"):
            if path.with_name(path.name + ending).exists():
                shutil.copy(path.with_name(path.name + ending), outside.with_name(outside.name + ending))
        looked = workspace.open_workspace(outside, "basalt river window seven")
        assert len(looked.journal.records("a/")) == 100
        assert rebuilding.rebuild(looked.journal)
        looked.close()
        for left in folder.parent.glob("looked at*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def main() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    scene, folder = sys.argv[1], Path(sys.argv[2])
    if scene == "receiving":
        other = workspace.create(folder / "other.pitso", name="Other")
        other.record([Put(f"c/{number}", "y", "x" * 2000) for number in range(400)], said="")
        joining.seal(other.journal, other.key.sign)
        OTHER.append(other)
    full = [attempt(scene, folder / f"drive {step}", START_KILOBYTES + step * STEP_KILOBYTES) for step in range(STEPS)]
    os.write(1, b"told\n" if any(full) else b"never full\n")


if __name__ == "__main__":
    main()
