"""Records given away: as OpenRosa submissions with their files, as csv tables, as one workbook of tables.

Text stays text: what begins like a formula is never one in the table that is opened elsewhere.
"""

import csv
import re
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services import library
from pitso.services.filling import Filling, form_id_of
from pitso.services.form_tables import SheetOfRecords, finished, tables
from pitso.services.workspace import Workspace
from pitso.storage.disk import disk_trouble
from pitso.storage.journal import Attachment
from pitso.words import _

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
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


def as_csv(ws: Workspace, folder: Path, *, drafts: bool = False) -> list[Path]:
    """Write the tables as csv files into *folder*; says which."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in tables(finished(ws, drafts=drafts)):
            path = folder / f"{safe_name(sheet.name)}.csv"
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([as_text(column) for column in sheet.columns])
                writer.writerows([as_text(row.get(column, "")) for column in sheet.columns] for row in sheet.rows)
            written.append(path)
    except OSError as error:
        raise disk_trouble(error, folder) from error
    return written


def as_text(value: str) -> str:
    """A cell of a csv file: an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) and not _NUMBER.match(value) else value


def as_workbook(ws: Workspace, path: Path, *, drafts: bool = False) -> int:
    """Write the tables as the sheets of one workbook; says how many sheets."""
    from openpyxl import Workbook

    sheets = tables(finished(ws, drafts=drafts))
    if not sheets:
        raise Trouble(_("There is no finished record to export."), _("Finish one first, or ask for drafts too."))
    book = Workbook(write_only=True)
    for sheet, title in zip(sheets, _titles(sheets), strict=True):
        _write_sheet(book.create_sheet(title), sheet)
    try:
        book.save(path)
    except OSError as error:
        raise disk_trouble(error, path) from error
    return len(sheets)


def _write_sheet(target: object, sheet: SheetOfRecords) -> None:
    from openpyxl.cell import WriteOnlyCell

    def cell(column: str, value: str) -> object:
        if column in sheet.numeric and _NUMBER.match(value):
            return float(value) if "." in value else int(value)
        made = WriteOnlyCell(target, value=_CONTROL.sub("", value))
        if value:
            made.data_type = "s"  # whatever it begins with, it is text
        return made

    target.append([cell("", column) for column in sheet.columns])  # type: ignore[attr-defined]
    for row in sheet.rows:
        target.append([cell(column, row.get(column, "")) for column in sheet.columns])  # type: ignore[attr-defined]


def _titles(sheets: list[SheetOfRecords]) -> list[str]:
    """Names of sheets as a workbook takes them: 31 letters, none twice."""
    found: list[str] = []
    for sheet in sheets:
        name = _SHEET_NAME.sub("-", sheet.name)
        title, number = name[:31], 2
        while title.casefold() in {other.casefold() for other in found}:
            title, number = f"{name[:28]}~{number}", number + 1
        found.append(title)
    return found
