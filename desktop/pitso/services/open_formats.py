"""Tables given away in formats that any program opens: csv files, one workbook, one SQLite file.

Text stays text: what begins like a formula is never one in the table that is opened elsewhere.
"""

import csv
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pitso.domain.trouble import Trouble
from pitso.services.form_tables import SheetOfRecords
from pitso.services.submissions import safe_name
from pitso.storage.disk import disk_trouble, whole
from pitso.words import _
from pitso.xforms.faults import NotWritten

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?$", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def as_csv(sheets: Sequence[SheetOfRecords], folder: Path) -> list[Path]:
    """Write the tables as csv files into *folder*; says which."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_trouble(error, folder) from error
    written = [folder / f"{safe_name(sheet.name)}.csv" for sheet in sheets]
    for sheet, path in zip(sheets, written, strict=True):
        with whole(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([as_text(column) for column in sheet.columns])
            writer.writerows([as_text(row.get(column, "")) for column in sheet.columns] for row in sheet.rows)
    return written


def as_text(value: str) -> str:
    """A cell of a csv file: an apostrophe before what a spreadsheet program would take for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) and not _NUMBER.match(value) else value


def as_sqlite(sheets: Sequence[SheetOfRecords], path: Path) -> int:
    """Write the tables into one plain SQLite file, whole or not at all; says how many tables."""
    try:
        with whole(path) as part:
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as connection, connection:
                for sheet in sheets:
                    _write_table(connection, sheet)
    except sqlite3.Error as error:
        raise _refused(path) from error
    return len(sheets)


def _refused(path: Path) -> Trouble:
    return Trouble(
        _("“{file}” could not be written.").format(file=path.name),
        _("Look whether the drive is full or was taken out, then try again."),
    )


def _write_table(connection: sqlite3.Connection, sheet: SheetOfRecords) -> None:
    columns = ", ".join(f"{_quoted(name)} {_kind(sheet, name)}" for name in sheet.columns)
    connection.execute(f"CREATE TABLE {_quoted(sheet.name)} ({columns})")
    connection.executemany(
        f"INSERT INTO {_quoted(sheet.name)} VALUES ({','.join('?' * len(sheet.columns))})",
        ([row.get(column) or None for column in sheet.columns] for row in sheet.rows),
    )


def _quoted(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"'


def _kind(sheet: SheetOfRecords, column: str) -> str:
    return "NUMERIC" if column in sheet.numeric else "TEXT"


def as_workbook(sheets: Sequence[SheetOfRecords], path: Path) -> int:
    """Write the tables as the sheets of one workbook; says how many sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        with whole(path) as part:
            for sheet, title in zip(sheets, _titles(sheets), strict=True):
                _write_sheet(book.create_sheet(title), sheet)
            book.save(part)
    except NotWritten as error:
        raise _refused(path) from error
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


def _titles(sheets: Sequence[SheetOfRecords]) -> list[str]:
    """Names of sheets as a workbook takes them: 31 letters, none twice."""
    found: list[str] = []
    for sheet in sheets:
        name = _SHEET_NAME.sub("-", sheet.name)
        title, number = name[:31], 2
        while title.casefold() in {other.casefold() for other in found}:
            title, number = f"{name[:28]}~{number}", number + 1
        found.append(title)
    return found
