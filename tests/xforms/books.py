"""Workbooks for tests: sheets written as tables of text."""

import io
from collections.abc import Mapping, Sequence

import openpyxl

Rows = Sequence[Sequence[str | None]]


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(text: str) -> list[list[str | None]]:
    """A sheet written with bars: one line a row, ``|`` between the cells, an empty cell for nothing."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return [[cell.strip() or None for cell in line.strip("|").split("|")] for line in lines]


def widened(rows: Rows, further: Mapping[str, Mapping[str, str]]) -> list[list[str | None]]:
    """The *rows* of a survey with further columns, given by the question's name."""
    header = list(rows[0])
    header += dict.fromkeys(column for cells in further.values() for column in cells if column not in header)
    lines: list[list[str | None]] = [header]
    for row in rows[1:]:
        cells: dict[str | None, str | None] = dict(zip(header, row, strict=False))
        cells.update(further.get(row[1] or "", {}))
        lines.append([cells.get(column) for column in header])
    return lines


def xlsform(*, survey: str, choices: str = "", settings: str = "", entities: str = "", external: str = "") -> bytes:
    sheets = {"survey": survey, "choices": choices, "settings": settings, "entities": entities}
    tables = {name: table(text) for name, text in sheets.items() if text}
    if external:
        tables["external_choices"] = table(external)
    return workbook(tables)
