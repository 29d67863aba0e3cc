"""Files written whole or not at all, and the faults of drives told in words."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.words import _


def disk_trouble(error: OSError, path: Path) -> Trouble:
    """An *error* of the operating system about *path*, in words."""
    if error.errno == errno.ENOSPC:
        return Trouble(
            _("The drive of “{file}” is full.").format(file=path.name),
            _("Free some space, then do it again: nothing was lost."),
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return Trouble(
            _("“{file}” may not be written there.").format(file=path.name),
            _("Choose a folder where you may write."),
        )
    return Trouble(
        _("“{file}” could not be read or written: {error}.").format(file=path.name, error=error.strerror or error),
        _("Check the drive, then do it again: nothing was lost."),
    )


def free_space(path: Path) -> int:
    """Bytes that are free on the drive of *path*."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def part_of(path: Path) -> Path:
    """Where a file is written before it gets its name."""
    return path.with_name(path.name + ".part")


def leave(part: Path) -> None:
    """Take away what was not finished. A drive that is gone keeps it, under a name that is written over next time."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where the block writes what gets the name *path* when it is finished.

    After a power cut the former content stands there, or the new one, never half of it. Trouble if the drive refuses.
    """
    part = part_of(path)
    try:
        yield part
        take_name(part, path)
    except OSError as error:
        raise disk_trouble(error, path) from error
    finally:
        leave(part)


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path*, whole or not at all."""
    with whole(path) as part:
        part.write_bytes(data)


def take_name(part: Path, path: Path) -> None:
    """Give a finished file its name, for good."""
    with part.open("r+b") as file:
        os.fsync(file.fileno())
    part.replace(path)
    force_folder(path.parent)


def force_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    if os.name == "nt":  # Windows has no way to force a folder to the disk
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def wipe(handle: int) -> None:
    """Overwrite an open file with zeros. On flash memory older blocks may outlive this; the help says so."""
    size = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    block = bytes(1024 * 1024)
    for start in range(0, size, len(block)):
        os.write(handle, block[: size - start])
    os.fsync(handle)
