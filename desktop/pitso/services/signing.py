"""Signed copies that come back: a scan or photograph, kept with the paper that its code names."""

from datetime import date
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import checking
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.record_ids import FINAL, SIGNED
from pitso.services.workspace import Workspace, require_author
from pitso.storage.edits import Attach, Edit, Put
from pitso.words import _

BEGINNINGS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
"""How the files begin that a scanner or telephone makes."""


def attach(ws: Workspace, typed: str, path: Path, *, signed_on: date | None = None) -> Change:
    """Keep the signed copy at *path* with the paper of this code; the paper is signed from now on.

    Later changes of the records make other papers: the signed one stays as it was signed. Trouble where the code is
    unknown here, or the file is no PDF, PNG or JPEG.
    """
    by = require_author(ws)
    code = checking.require_code(typed)
    if not ws.journal.record(f"paper/{code}"):
        raise Trouble(
            _("No paper with this code is known here."),
            _("Look at the foot of the signed page again, or bring in the bundle of the computer that printed it."),
        )
    on = signed_on or ws.today()
    if on > ws.today():
        raise Trouble(_("The day of signing lies in the future."), _("Mend the date."))
    record = f"signed/{code}/{ws.token()}"
    edits: list[Edit] = [
        Attach(record, "file", path.name, _read(path)),
        Put(record, "on", on.isoformat()),
        Put(record, "by", by),
    ]
    edits += _of_record(ws, code)
    title = checking.title_of(ws, ws.journal.record(f"paper/{code}"))
    return ws.record(edits, said=_("The signed copy was kept: {paper}").format(paper=title), made=record)


def _of_record(ws: Workspace, code: str) -> list[Edit]:
    """A final record is signed with its paper, unless it went on since the paper was printed."""
    of = str(ws.journal.record(f"paper/{code}").get("of", ""))
    final = of.startswith("record/") and ws.journal.record(of).get("state") == FINAL
    return [Put(of, "state", SIGNED)] if final and not checking.is_older(ws, code) else []


def _read(path: Path) -> bytes:
    content = content_of(path)
    beginning = BEGINNINGS.get(path.suffix.lower())
    if beginning is None or not content.startswith(beginning):
        raise Trouble(
            _("“{file}” is no PDF, PNG or JPEG.").format(file=path.name),
            _("Scan or photograph the signed paper as one of these."),
        )
    return content
