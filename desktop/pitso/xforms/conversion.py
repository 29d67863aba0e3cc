"""XLSForm to XForm, with pyxform's faults told by sheet, row and column (xlsform.org)."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from pitso.words import _
from pitso.xforms.faults import FormTrouble
from pitso.xforms.reading import read_form

_PLACE = re.compile(
    r"\[row : (?P<row>\d+)\]\s*(?:On the '(?P<sheet>[^']+)' sheet, the '(?P<column>[^']+)' value)?",
    re.IGNORECASE,
)
_SHEET = re.compile(r"(?:for sheet: |the )'(?P<sheet>survey|choices|settings|entities|external_choices)'", re.I)


_MOST_BYTES = 200_000_000
_Sheets = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Warning:
    """What pyxform does not like in a form that it converted all the same; places are None where unknown."""

    message: str
    sheet: str | None
    row: int | None
    column: str | None


@dataclass(frozen=True)
class Converted:
    """A form after conversion.

    ``itemsets`` is the csv of an ``external_choices`` sheet, None where there is none.
    """

    xform: bytes
    warnings: tuple[Warning, ...]
    pyxform_version: str
    itemsets: bytes | None


def convert(xlsx: bytes) -> Converted:
    """The XForm of an XLSForm workbook (``.xlsx``), read to the end so that its expressions are known good.

    Raises:
        FormTrouble: the workbook or the form in it is faulty; names sheet, row and column where they are
        known.
    """
    # pyxform and openpyxl take longer to import than all of Pitso's own rooms; filling a form needs neither.
    import pyxform

    warnings: list[str] = []
    with catch_warnings():
        # openpyxl warns of every decoration of a workbook that it would not write again.
        simplefilter("ignore")
        sheets = _sheets(xlsx)
        xform, itemsets = _by_pyxform(xlsx, sheets, warnings)
    try:
        read_form(xform)
    except FormTrouble as trouble:
        raise _placed(trouble, sheets) from trouble
    return Converted(
        xform,
        tuple(_warning(line) for text in warnings for line in text.splitlines() if line.strip()),
        pyxform.__version__,
        itemsets,
    )


def _by_pyxform(xlsx: bytes, sheets: _Sheets, warnings: list[str]) -> tuple[bytes, bytes | None]:
    """The XForm and the csv of external choices; what pyxform warns of is added to *warnings*."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert as pyxform_convert

    try:
        result = pyxform_convert(xlsx, warnings=warnings, validate=False, pretty_print=False, file_type=".xlsx")
    except PyXFormError as error:
        raise _told(str(error), sheets) from error
    except Exception as error:
        # pyxform meets some faults of a workbook with a bare KeyError or AttributeError.
        raise FormTrouble(
            _("The form could not be converted: {fault}.").format(fault=str(error).rstrip(".")),
            _("Compare its sheets and column names with the XLSForm reference."),
        ) from error
    return result.xform.encode(), None if result.itemsets is None else result.itemsets.encode()


def _sheets(xlsx: bytes) -> _Sheets:
    import openpyxl

    try:
        _look_inside(xlsx)
        book = openpyxl.load_workbook(io.BytesIO(xlsx), read_only=True, data_only=True)
        found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
        book.close()
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise FormTrouble(
            _("This file is not an Excel workbook."), _("Save the form as .xlsx and bring it in again.")
        ) from error
    if "survey" not in {name.strip().lower() for name in found}:
        raise FormTrouble(
            _("The workbook has no sheet “survey”, so it is not an XLSForm."),
            _("Name the sheet with the questions “survey”."),
            sheet="survey",
        )
    return found


def _look_inside(xlsx: bytes) -> None:
    """Refuse a workbook that would unpack to more than memory holds, or whose XML declares entities."""
    with ZipFile(io.BytesIO(xlsx)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            raise FormTrouble(
                _("The workbook unpacks to more than {size} megabytes.").format(size=_MOST_BYTES // 1_000_000),
                _("Take out pictures and other sheets, and bring in the form alone."),
            )
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                content = archive.read(member).replace(b"\0", b"")
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise FormTrouble(
                        _("The workbook declares a document type, which no spreadsheet program writes."),
                        _("Save it again with a spreadsheet program."),
                    )


def _place(message: str) -> tuple[str | None, int | None, str | None]:
    place = _PLACE.search(message)
    sheet = _SHEET.search(message)
    named = place.group("sheet") if place else None
    return (
        named or (sheet.group("sheet").lower() if sheet else None) or ("survey" if place else None),
        int(place.group("row")) if place else None,
        place.group("column") if place else None,
    )


def _warning(message: str) -> Warning:
    sheet, row, column = _place(message)
    return Warning(message, sheet, row, column)


def _told(message: str, sheets: _Sheets) -> FormTrouble:
    sheet, row, column = _place(message)
    if row is None:
        sheet, row, column = _quoted(message, sheets) or (sheet, row, column)
    plain = re.sub(r"\s*Learn more: \S+", "", re.sub(r"\[row : \d+\]\s*", "", message)).strip()
    plain = plain.removeprefix("There has been a problem trying to replace ")
    happened, _dot, remedy = plain.partition(". ")
    if row is not None:
        happened = _("Row {row} of sheet “{sheet}”: {fault}").format(row=row, sheet=sheet, fault=happened)
    return FormTrouble(
        happened.rstrip(".") + ".",
        remedy or _("Change this in the workbook and bring it in again."),
        sheet=sheet,
        row=row,
        column=column,
    )


def _placed(trouble: FormTrouble, sheets: _Sheets) -> FormTrouble:
    """The *trouble* of an XForm with the row of the workbook that its question stands in."""
    sheet = trouble.sheet or "survey"
    name = (trouble.question or "").rsplit("/", 1)[-1]
    # pyxform makes a question "x_count" of the repeat_count of "x".
    row = _row_of(_rows(sheets, sheet), "name", name) or _row_of(
        _rows(sheets, sheet), "name", name.removesuffix("_count")
    )
    happened = trouble.happened
    if row is not None:
        happened = _("Row {row} of sheet “{sheet}”: {fault}").format(row=row, sheet=sheet, fault=happened)
    return FormTrouble(happened, trouble.remedy, sheet=sheet, row=row, column=trouble.column, question=trouble.question)


def _rows(sheets: _Sheets, sheet: str) -> list[tuple[object, ...]]:
    return next((rows for name, rows in sheets.items() if name.strip().lower() == sheet), [])


def _quoted(message: str, sheets: _Sheets) -> tuple[str, int, str] | None:
    """The row of the survey that holds a word which the *message* quotes, where pyxform names no row."""
    survey = _rows(sheets, "survey")
    for quoted in re.findall(r"'([^']+)'|\$\{([^}]+)\}|\[([^\]]+)\]", message):
        word = next(part for part in quoted if part)
        for column in ("type", "name"):
            row = _row_of(survey, column, word)
            if row is not None:
                return "survey", row, column
    return None


def _row_of(rows: list[tuple[object, ...]], column: str, word: str) -> int | None:
    headers = [str(cell or "").strip().lower() for cell in rows[0]] if rows else []
    if not word or column not in headers:
        return None
    at = headers.index(column)
    return next((number for number, cell in _column(rows[1:], at) if cell == word), None)


def _column(rows: Iterable[tuple[object, ...]], at: int) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(rows, start=2):
        yield number, str(row[at] if at < len(row) and row[at] is not None else "").strip()
