"""What records say, by the names of their questions, whatever the version of their form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from pitso.services.record_ids import DRAFT, FINAL, SIGNED, WITHDRAWN, beginning, unmarked
from pitso.services.workspace import Workspace
from pitso.storage.journal import Attachment

_ROW = re.compile(r"^(.*/([^/{}]+)\{[^}]*\})/([^{}]+)$")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Row:
    """One row of a table of a record: where it stands, and its answers by the names of their questions."""

    at: str
    values: dict[str, str] = field(default_factory=dict)

    def day(self, name: str) -> date | None:
        """The date that answers this question, if there is one."""
        return day_of(self.values.get(name, ""))

    def number(self, name: str) -> Fraction:
        """The number that answers this question, 0 without one."""
        return number_of(self.values.get(name, ""))


@dataclass(frozen=True)
class Said(Row):
    """What one record says: its own answers, and the rows of its tables."""

    state: str = DRAFT
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        """Has its author said that it is whole?"""
        return self.state in (FINAL, SIGNED)

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of one table; none where the record has no such table."""
        return self.rows.get(name, ())


def said(ws: Workspace, engagement: str, form_id: str) -> tuple[Said, ...]:
    """The records of one form in an engagement, without those that were withdrawn; none where the form is unknown."""
    held = ws.journal.records(beginning(engagement, form_id))
    return tuple(_read(uid, record) for uid, record in held.items() if record.get("state", WITHDRAWN) != WITHDRAWN)


def _read(uid: str, record: Mapping[str, Any]) -> Said:
    values: dict[str, str] = {}
    rows: dict[str, dict[str, Row]] = {}
    for key, value in record.items():
        if not key.startswith("/") or key.endswith("}") or value is None or isinstance(value, Attachment):
            continue
        row = _ROW.match(key)
        if row is None:
            values[unmarked(key).rpartition("/")[2]] = str(value)
        else:
            at, table, name = row.groups()
            of_table = rows.setdefault(table, {})
            of_table.setdefault(at, Row(at)).values[name.rpartition("/")[2]] = str(value)
    tables = {table: tuple(of_table.values()) for table, of_table in rows.items()}
    return Said(uid, values, str(record.get("state")), tables)


Told = Mapping[str, tuple[Said, ...]]
"""The records of an engagement by their forms."""


def finished_on(ws: Workspace, one: Said) -> date | None:
    """The day on which a record was finished last; None while it is a draft."""
    return max(_finishings(ws, one), default=None) if one.finished else None


def first_finished_on(ws: Workspace, one: Said) -> date | None:
    """The day on which a record was finished first, even if it is open for a correction now."""
    return min(_finishings(ws, one), default=None)


def _finishings(ws: Workspace, one: Said) -> list[date]:
    states = ws.journal.history(one.at, field="state")
    return [told.at.astimezone().date() for told in states if told.value in (FINAL, SIGNED)]


def earliest(days: Iterable[date | None]) -> date | None:
    """The earliest of the days that are known."""
    return min((day for day in days if day is not None), default=None)


def day_of(text: str) -> date | None:
    """The date in an answer; None where it holds none that exists."""
    if not _MOMENT.match(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:  # a draft may hold 2026-02-30, and its form says so
        return None


def number_of(text: str) -> Fraction:
    """The number in an answer, 0 where it holds none."""
    try:
        return Fraction(text)
    except ValueError:  # a draft may hold words where a number belongs, and its form says so
        return Fraction()
