"""Records given away as OpenRosa submissions with their files."""

import re
from pathlib import Path

from pitso.services import library
from pitso.services.filling import Filling
from pitso.services.form_tables import finished
from pitso.services.record_ids import form_id_of
from pitso.services.workspace import Workspace
from pitso.storage.disk import disk_trouble
from pitso.storage.journal import Attachment

_FILE_NAME = re.compile(r"[^\w.-]+")


def as_submissions(ws: Workspace, folder: Path, *, drafts: bool = False) -> int:
    """Write each record into a folder of its own below *folder*; says how many.

    `<form>/<instanceID>/submission.xml` with its files beside it, and the form as `<form>/form.xml`: what ODK Central
    takes.
    """
    fillings = finished(ws, drafts=drafts)
    try:
        for filling in fillings:
            of_form = folder / safe_name(form_id_of(filling.record))
            place = of_form / safe_name(filling.session.instance_id or filling.record.rpartition("/")[2])
            place.mkdir(parents=True, exist_ok=True)
            (of_form / "form.xml").write_bytes(library.xform_of(ws, filling.form_uid))
            (place / "submission.xml").write_bytes(filling.session.submission())
            for name, content in files_of(filling):
                (place / safe_name(name)).write_bytes(content)
    except OSError as error:
        raise disk_trouble(error, folder) from error
    return len(fillings)


def files_of(filling: Filling) -> list[tuple[str, bytes]]:
    """The files that answer relevant questions of a record, those that have not arrived left out."""
    wanted = set(filling.session.attachments())
    held = [value for value in filling.stored.values() if isinstance(value, Attachment) and value.name in wanted]
    bodies = ((one.name, filling.ws.journal.body(one.hash)) for one in held)
    return [(name, content) for name, content in bodies if content is not None]


def safe_name(name: str) -> str:
    """A name that is a name on every disk, and never a way out of its folder."""
    return _FILE_NAME.sub("", name).lstrip(".") or "unnamed"
