"""Showing a file or a paper in whatever program of this computer opens it."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pitso.services import attached
from pitso.ui.hall import Hall
from pitso.words import _


def view(hall: Hall, record: str, field: str) -> None:
    """Open the file in a *field* of a *record*; trouble is told at the desk."""
    if may_lie_open(hall):
        path = hall.desk.ask(lambda: attached.for_viewer(hall.workspace, record, field))
        if path is not None:
            show(path)


def may_lie_open(hall: Hall) -> bool:
    """Does the person agree that a copy lies open meanwhile? Asked once, and only where a passphrase protects."""
    if hall.workspace.journal.file.key is not None and not hall.viewing_agreed:
        hall.viewing_agreed = hall.asking.agreed(
            _(
                "Another program shows this, from a copy that is not protected by the passphrase. "
                "The copy is taken away when the window is locked or closed. Show it?"
            )
        )
        return hall.viewing_agreed
    return True


def show(path: Path) -> None:
    """Let another program show an open copy."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
