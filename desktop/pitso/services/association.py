"""A double click opens Pitso's files: this computer account is told which program they belong to."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pitso import places
from pitso.domain.trouble import Trouble
from pitso.services.change import Change
from pitso.storage.disk import disk_trouble, leave, write_whole
from pitso.words import _

ENDINGS = {".pitso": "Pitso.Workspace", ".pitso-bundle": "Pitso.Bundle"}
"""The endings of our files, and under which names Windows knows what to do with them."""

OF_DESKTOPS = {
    "pitso.xml": "mime/packages/pitso.xml",
    "pitso.desktop": "applications/pitso.desktop",
    "pitso.svg": "icons/hicolor/scalable/apps/pitso.svg",
}
"""What the desktops of Linux read: from ``resources/association/`` to where it lies below the account's data."""

_CLASSES = r"Software\Classes"
_TOLD = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))
_QUOTED = str.maketrans({"\\": r"\\\\", '"': r"\\" + '"', "`": r"\\`", "$": r"\\$", "%": "%%"})
"""What a word of a desktop entry's command may not hold as it is; escaped twice, as its specification asks."""


def possible() -> bool:
    """Is there a way to tell this system?"""
    return sys.platform in ("linux", "win32")


def associated() -> bool:
    """Does a double click open Pitso's files with this very program?"""
    if sys.platform == "win32":
        return _classes().items() <= _windows_holds().items()
    return all(path.is_file() and path.read_bytes() == content for path, content in _of_desktops().items())


def associate() -> Change:
    """Let a double click on a workspace or a bundle open it here; Trouble where the system knows no way."""
    if not possible():
        raise Trouble(
            _("This system is told by hand which program opens a file."),
            _("Drop the file on the window of Pitso instead."),
        )
    if sys.platform == "win32":
        _tell_windows()
    else:
        for path, content in _of_desktops().items():
            _make(path.parent)
            write_whole(path, content)
        _tell_desktops()
    return _change(_("A double click on a workspace or a bundle opens it in Pitso."))


def forget() -> Change:
    """Take back what `associate` wrote."""
    if sys.platform == "win32":
        _forget_in_windows()
    else:
        for path in _of_desktops():
            leave(path)
        _tell_desktops()
    return _change(_("A double click opens no file in Pitso any more."))


def _change(said: str) -> Change:
    return Change(frozenset({"association"}), said, undoable=False)


def command() -> list[str]:
    """How this program is started, without a console where it can be."""
    script = Path(sys.executable).with_name("pitsow.exe" if sys.platform == "win32" else "pitsow")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "pitso"]


# ---- the desktops of Linux: freedesktop.org's shared MIME database and desktop entries -------------------------------


def _of_desktops() -> Mapping[Path, bytes]:
    told = " ".join(f'"{word.translate(_QUOTED)}"' for word in command())
    shipped = places.resource("association")
    return {
        places.data() / target: shipped.joinpath(name).read_bytes().replace(b"{command}", told.encode())
        for name, target in OF_DESKTOPS.items()
    }


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_trouble(error, folder) from error


def _tell_desktops() -> None:
    """Let the desktops read it again, by the programs that they bring for it."""
    for program, folder in _TOLD:
        if shutil.which(program):
            subprocess.run([program, str(places.data() / folder)], capture_output=True, check=False)


# ---- Windows: the classes of this account ---------------------------------------------------------------------------


def _classes() -> Mapping[str, str]:
    run = subprocess.list2cmdline(command())
    opening = {rf"{_CLASSES}\{name}\shell\open\command": f'{run} "%1"' for name in ENDINGS.values()}
    return {rf"{_CLASSES}\{ending}": name for ending, name in ENDINGS.items()} | opening


if sys.platform == "win32":
    import winreg

    def _windows_holds() -> Mapping[str, str]:
        held = {}
        for key in _classes():
            try:
                held[key] = winreg.QueryValue(winreg.HKEY_CURRENT_USER, key)
            except OSError:  # there is no such key
                continue
        return held

    def _tell_windows() -> None:
        for key, value in _classes().items():
            winreg.SetValue(winreg.HKEY_CURRENT_USER, key, winreg.REG_SZ, value)

    def _forget_in_windows() -> None:
        for key in _windows_holds():
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
