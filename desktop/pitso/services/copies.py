"""Copies of a workspace: made on each day of work, to a drive that somebody chose as well, put back as a new device."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services import workspace
from pitso.services.change import Change
from pitso.services.workspace import Workspace, new_key, place_of_key
from pitso.storage import backups, joining, lock
from pitso.storage.backups import Backup as Backup
from pitso.storage.file import look_through
from pitso.storage.lock import Key
from pitso.words import _

DRIVE = "copies.drive"
HELD = "copies.held"
WARNED = "copies.warned"
FAILED = "copies.failed"
"""Why the last copy of a day could not be made, to be told at the next opening."""
SYNCHRONISED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "nextcloud", "owncloud", "syncthing")
REMOVABLE = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True)
class Copies:
    """What copies there are of a workspace, and what is risky about the place where it lies."""

    folder: Path
    drive: Path | None
    """A second place that somebody chose; it may be away at the moment."""
    drive_here: bool
    kept: tuple[Backup, ...]
    """The newest first, in both places."""
    warning: str
    """One sentence, or nothing."""


def copies(ws: Workspace) -> Copies:
    """The copies of this workspace."""
    folder, drive = backups.folder_beside(ws.path), _drive(ws)
    here = drive is not None and drive.is_dir()
    kept = [backup for place in _places(ws) for backup in backups.backups(place, ws.path.stem)]
    kept.sort(key=lambda backup: backup.at, reverse=True)
    return Copies(folder, drive, here, tuple(kept), where_it_lies(ws.path))


def _drive(ws: Workspace) -> Path | None:
    chosen = ws.journal.own(DRIVE)
    return Path(chosen) if chosen else None


def choose_drive(ws: Workspace, folder: Path | None) -> Change:
    """From now on every copy also goes to this *folder*; None: to no second place any more."""
    if folder is not None and not folder.is_dir():
        raise Trouble(
            _("There is no folder “{folder}”.").format(folder=folder), _("Make it first, or choose another one.")
        )
    ws.journal.set_own(DRIVE, str(folder or ""))
    said = _("Copies go to “{folder}” too.").format(folder=folder) if folder else _("Copies lie beside the file only.")
    return Change(frozenset({"copies"}), said, undoable=False)


def copy_now(ws: Workspace, folder: Path | None = None) -> list[Path]:
    """Make a copy in *folder*, or beside the workspace and on the chosen drive; says where they lie.

    A chosen drive that is away is left out: the copy beside the file is made all the same.
    """
    return _copy(ws, [folder] if folder else _places(ws))


def _places(ws: Workspace) -> list[Path]:
    drive = _drive(ws)
    return [backups.folder_beside(ws.path), *([drive] if drive and drive.is_dir() else [])]


def _copy(ws: Workspace, folders: Sequence[Path]) -> list[Path]:
    """A copy in each folder; where one is full or broken the others get theirs, and then it is told."""
    made: dict[Path, Path] = {}
    troubles: list[Trouble] = []
    at, entries = datetime.now(), joining.count(ws.journal, {})
    for folder in folders:
        try:
            made[folder] = backups.back_up(ws.journal.file, folder, at)
        except Trouble as trouble:
            troubles.append(trouble)
    if made and not ws.journal.file.read_only:
        ws.journal.set_own(HELD, json.dumps({**_held(ws), **{str(folder): entries for folder in made}}))
    if troubles:
        raise troubles[0]
    return list(made.values())


def _held(ws: Workspace) -> dict[str, int]:
    """How many entries the latest copy in each folder holds."""
    return dict(json.loads(ws.journal.own(HELD) or "{}"))


def copy_of_the_day(ws: Workspace) -> list[Path]:
    """Make the copies of this day where there are none yet, unless nothing was ever entered."""
    return _copy(ws, [folder for folder in _lacking(ws) if not _made_today(ws, folder)])


def copy_at_the_end(ws: Workspace) -> list[Path]:
    """Make the copies of a day of work at its end, wherever the latest one lacks something."""
    return _copy(ws, _lacking(ws))


def _lacking(ws: Workspace) -> list[Path]:
    """The folders whose latest copy does not hold all that is held here."""
    entries, held = joining.count(ws.journal, {}), _held(ws)
    if ws.journal.file.read_only or not entries:
        return []
    return [place for place in _places(ws) if held.get(str(place)) != entries or not _latest(ws, place)]


def _latest(ws: Workspace, folder: Path) -> Backup | None:
    return next(iter(backups.backups(folder, ws.path.stem)), None)


def _made_today(ws: Workspace, folder: Path) -> bool:
    latest = _latest(ws, folder)
    return latest is not None and latest.at.date() == datetime.now().date()


def worries(ws: Workspace) -> Trouble | None:
    """What a person should hear once, at the opening: the last copy failed, or the file lies in a risky place."""
    failed, warned = ws.journal.own(FAILED), ws.journal.own(WARNED)
    if failed and not ws.journal.file.read_only:
        ws.journal.set_own(FAILED, "")
        return Trouble(
            _("No copy could be made when the window was closed last. {fault}").format(fault=failed),
            _("Make one now, under Settings, Passphrase and copies."),
        )
    warning = where_it_lies(ws.path)
    if not warning or warned == str(ws.path) or ws.journal.file.read_only:
        return None
    ws.journal.set_own(WARNED, str(ws.path))
    return Trouble(warning, _("Better keep it on this computer's own drive, and let copies go to the stick."))


def newest_of(path: Path) -> Backup | None:
    """The newest copy of the workspace at *path*, which may be damaged or gone; only beside it can be looked."""
    return next(iter(backups.backups(backups.folder_beside(path), path.stem)), None)


def offer(path: Path, newest: Backup) -> str:
    """The question whether the newest copy shall take the place of a damaged workspace."""
    moment = f"{words.day(newest.at.date())}, {words.clock(newest.at)}"
    return _(
        "“{file}” is damaged. There is a copy of {moment}. Shall it take its place? The damaged file is kept beside it."
    ).format(file=path.name, moment=moment)


def opened(path: Path, agreed: Callable[[str], bool], secret: str | None = None) -> Workspace:
    """Open a workspace; of a damaged one the newest copy, if somebody *agreed* to the question."""
    try:
        return workspace.open_workspace(path, secret)
    except workspace.Damaged:
        newest = newest_of(path)
        if newest is None or not agreed(offer(path, newest)):
            raise
        put_back(newest.path, path, secret)
        return workspace.open_workspace(path, secret)


def put_back(copy: Path, path: Path, secret: str | None = None, *, key: Key | None = None) -> str:
    """Let a *copy* stand at *path*; what lay there is put aside. The file is a new device from now on.

    The copy is looked through first; a protected one needs its *secret* for that, or the *key* of the workspace that
    it was made of. Says in one sentence what became of the former file.
    """
    if not copy.is_file():
        raise Trouble(_("There is no file “{file}”.").format(file=copy), _("Choose a copy that is there."))
    salt = lock.salt_of(copy)
    if salt is not None and (key is None or key.salt != salt):
        key = lock.unlock(copy, secret)
    look_through(copy, key if salt is not None else None)
    aside = backups.put_back(copy, path, datetime.now())
    new_key(place_of_key(path))
    if aside is None:
        return _("The copy stands at “{file}” now.").format(file=path.name)
    return _("The copy stands at “{file}” now; the former file is called “{aside}”.").format(
        file=path.name, aside=aside.name
    )


def forget_open_copies(ws: Workspace) -> None:
    """Copies from before there was a passphrase lie open: one that is protected takes their place."""
    former = backups.backups(backups.folder_beside(ws.path), ws.path.stem)
    backups.back_up(ws.journal.file, backups.folder_beside(ws.path), datetime.now())
    for backup in former:
        if backup.path.is_file() and lock.salt_of(backup.path) is None:
            backups.wipe_away(backup.path)


def where_it_lies(path: Path) -> str:
    """What is risky about the place of a workspace, or nothing."""
    lies = str(path.resolve())
    if any(name in lies.lower() for name in SYNCHRONISED):
        return _("This workspace lies in a folder that another program copies to the network: it may be damaged there.")
    if sys.platform == "win32":
        return _("This workspace lies on a removable drive: do not pull it out.") if _removable_windows(lies) else ""
    if lies.startswith(REMOVABLE):
        return _("This workspace lies on a removable drive: do not pull it out.")
    return ""


def _removable_windows(lies: str) -> bool:
    import ctypes

    removable = 2
    drives = getattr(ctypes, "windll", None)
    return drives is not None and drives.kernel32.GetDriveTypeW(f"{lies[:2]}\\") == removable
