"""Sticks and other drives that can be taken out."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

MOUNTED_UNDER = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True)
class Drive:
    """A drive that is plugged in and can be written."""

    folder: Path
    name: str
    free: int
    """Bytes."""


def removable() -> list[Drive]:
    """The drives that look as if they could be taken out, the one with most room first."""
    found = [
        Drive(Path(volume.rootPath()), volume.displayName() or volume.rootPath(), volume.bytesAvailable())
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _can_be_taken(volume)
    ]
    return sorted(found, key=lambda drive: -drive.free)


def _can_be_taken(volume: QStorageInfo) -> bool:
    """On Windows every drive but that of the system; elsewhere what is mounted where sticks are."""
    root = volume.rootPath()
    if root[1:2] == ":":
        return root != QStorageInfo.root().rootPath()
    return root.startswith(MOUNTED_UNDER)
