"""Showing a file that was attached in whatever program of this computer opens it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pitso.services import attached
from pitso.ui.hall import Hall


def view(hall: Hall, record: str, field: str) -> None:
    """Open the file in a *field* of a *record*; trouble is told at the desk."""
    path = hall.desk.ask(lambda: attached.for_viewer(hall.workspace, record, field))
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
