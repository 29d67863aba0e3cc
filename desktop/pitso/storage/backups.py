"""Copies of a workspace: made each day and before each migration, rotated, put back, and damaged files put aside."""

import re
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pitso.domain.rotation import superseded
from pitso.domain.trouble import Trouble
from pitso.storage import lock
from pitso.storage.disk import disk_trouble, free_space, part_of, take_name, wipe
from pitso.storage.file import WorkspaceFile
from pitso.words import _

STAMP = "%Y-%m-%d %H%M%S"
_NAMED = re.compile(r"(?P<stem>.+) (?P<at>\d{4}-\d\d-\d\d \d{6})(?P<why> before \w+)?\.pitso")


@dataclass(frozen=True)
class Backup:
    """A copy that was made of a workspace."""

    path: Path
    at: datetime
    """By the clock of the computer, without a zone."""
    size: int
    before_step: bool
    """Was it made because the file was about to be migrated? Such a copy stays until it is deleted by hand."""


def folder_beside(path: Path) -> Path:
    """Where the copies of a workspace lie unless a drive was chosen: beside it."""
    return path.with_name(path.name + "-backups")


def backups(folder: Path, stem: str) -> list[Backup]:
    """The copies of the workspace called *stem* in a *folder*, the newest first."""
    found = []
    for path in folder.glob("*.pitso") if folder.is_dir() else ():
        named = _NAMED.fullmatch(path.name)
        if named and named["stem"] == stem:
            at = datetime.strptime(named["at"], STAMP)
            found.append(Backup(path, at, path.stat().st_size, named["why"] is not None))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def back_up(file: WorkspaceFile, folder: Path, at: datetime, *, why: str = "") -> Path:
    """Write a whole copy into *folder*, then let go of the copies that it makes needless; says where it lies.

    Trouble where the drive is full or gone: then no copy is thrown away.
    """
    target = folder / f"{file.path.stem} {at.strftime(STAMP)}{f' before {why}' if why else ''}.pitso"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = file.path.stat().st_size
        if free_space(folder) < size:
            raise Trouble(
                _("There is no room for a copy of “{file}” in “{folder}”.").format(file=file.path.name, folder=folder),
                _("Free some space, or choose another drive for the copies."),
            )
        file.copy(target)
        _rotate(folder, file.path.stem)
    except OSError as error:
        raise disk_trouble(error, target) from error
    return target


def _rotate(folder: Path, stem: str) -> None:
    daily = {backup.at: backup.path for backup in backups(folder, stem) if not backup.before_step}
    for moment in superseded(daily):
        daily[moment].unlink()
        lock.beside(daily[moment]).unlink(missing_ok=True)


def wipe_away(path: Path) -> None:
    """Overwrite a copy and delete it."""
    try:
        with path.open("r+b") as file:
            wipe(file.fileno())
        path.unlink()
    except OSError as error:
        raise disk_trouble(error, path) from error


def put_back(backup: Path, target: Path, at: datetime) -> Path | None:
    """Let a copy stand at *target*; what lay there is put aside under another name, which is returned."""
    part = part_of(target)
    try:
        shutil.copyfile(backup, part)
        aside = put_aside(target, at) if target.exists() else None
        if lock.beside(backup).is_file():
            shutil.copyfile(lock.beside(backup), lock.beside(target))
        take_name(part, target)
    except OSError as error:
        raise disk_trouble(error, target) from error
    return aside


def put_aside(path: Path, at: datetime) -> Path:
    """Rename a workspace, with its write-ahead log, so that nothing is written over it; says what it is called now."""
    aside = path.with_name(f"{path.stem} put aside {at.strftime(STAMP)}.pitso")
    try:
        path.replace(aside)
        for ending in ("-wal", "-lock"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.replace(aside.with_name(aside.name + ending))
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
    except OSError as error:
        raise disk_trouble(error, path) from error
    return aside
