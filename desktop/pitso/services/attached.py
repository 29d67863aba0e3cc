"""Files that belong to a record: read when somebody attaches one, and put where a viewer finds it."""

from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import viewing
from pitso.services.workspace import Workspace
from pitso.storage.journal import Attachment
from pitso.words import _


def content_of(path: Path) -> bytes:
    """What is in the file at *path*; Trouble if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(
            _("“{file}” could not be read.").format(file=path.name), _("Look for it, then choose it again.")
        ) from error


def for_viewer(ws: Workspace, record: str, field: str) -> Path:
    """The file in a *field* of a *record*, as an open copy that any program can read (see `viewing`).

    Trouble while its content has not arrived here, or was erased.
    """
    file = ws.journal.record(record).get(field)
    content = ws.journal.body(file.hash) if isinstance(file, Attachment) else None
    if not isinstance(file, Attachment) or content is None:
        raise Trouble(
            _("The file is not on this computer."), _("Bring in the bundle of the computer that attached it.")
        )
    return viewing.put(file.name, content)
