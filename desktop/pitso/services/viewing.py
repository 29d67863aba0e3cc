"""Open copies for other programs, such as a viewer: where they lie meanwhile, and how they go again.

No other program reads an encrypted workspace: what it shall show or print lies open for a while. On Linux that is in
the memory that each session has for its own; elsewhere on the disk, where it is overwritten before it is deleted.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pitso import places
from pitso.storage.disk import disk_trouble, wipe

BEGINNING = "pitso-view-"


def put(name: str, content: bytes) -> Path:
    """An open copy of *content* under this *name*, in a folder of its own, until `forget`."""
    try:
        path = Path(tempfile.mkdtemp(prefix=BEGINNING, dir=places.passing())) / Path(name).name
        path.write_bytes(content)
    except OSError as error:
        raise disk_trouble(error, places.passing()) from error
    return path


def forget() -> None:
    """Let go of every open copy. One that another program holds on to goes at the next start."""
    for folder in places.passing().glob(f"{BEGINNING}*"):
        with suppress(OSError):
            if _made_here(folder):
                _empty(folder)


def _made_here(folder: Path) -> bool:
    """Is it a folder of this account? Anybody may put a link of that name where folders for a while lie."""
    told = folder.lstat()
    return stat.S_ISDIR(told.st_mode) and (os.name == "nt" or told.st_uid == os.getuid())


@contextmanager
def meanwhile() -> Iterator[Path]:
    """A folder for open copies that are needed within the block only."""
    folder = Path(tempfile.mkdtemp(prefix=BEGINNING, dir=places.passing()))
    try:
        yield folder
    finally:
        with suppress(OSError):
            _empty(folder)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("r+b") as file:
            wipe(file.fileno())
        path.unlink()
    shutil.rmtree(folder)
