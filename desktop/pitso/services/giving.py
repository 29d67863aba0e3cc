"""Everything that a reader may have of a workspace, as tables: the records of forms, and every register beside them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pitso.domain.policies import Reader, policy
from pitso.services import assessments, overview
from pitso.services.form_tables import SheetOfRecords, finished, tables
from pitso.services.workspace import Workspace
from pitso.storage.edits import kind_of
from pitso.storage.journal import Attachment, Record
from pitso.words import ngettext, whole

NOT_TABLES = frozenset({"record", "form", "formfile", "revision", "device"})
"""Records of forms have tables of their own; forms and devices are no content."""

KEY = "KEY"
LEFT_OUT = "left-out"


def everything(
    ws: Workspace, reader: Reader = Reader.OFFICE, *, drafts: bool = False, engagement: str = ""
) -> list[SheetOfRecords]:
    """Every table that this *reader* may see, of one engagement or of all.

    For the office, both sides or the team: the public gets papers, where consent is asked for each name.
    A value above the reader's level is left out; the last table tells how many of each kind were.
    """
    fillings = [one for one in finished(ws, drafts=drafts) if not engagement or one.record.split("/")[1] in engagement]
    held = _belonging(ws, engagement) if engagement else _all(ws)
    hidden: Counter[str] = Counter()
    registers = _registers(ws, held, reader, hidden)
    seen = [overview.as_sheet(ws)] if ws.office and not engagement else []
    return [*seen, *tables(fillings), *registers, *_left_out(hidden)]


def sentence(sheets: Iterable[SheetOfRecords]) -> str:
    """How much was left out for the reader, in words; empty if nothing was."""
    number = sum(int(row["VALUES"]) for sheet in sheets if sheet.name == LEFT_OUT for row in sheet.rows)
    told = ngettext(
        "{number} value was left out for this reader.", "{number} values were left out for this reader.", number
    )
    return told.format(number=whole(number)) if number else ""


def _all(ws: Workspace) -> dict[str, Record]:
    return {
        uid: record
        for kind in ws.journal.kinds()
        if kind not in NOT_TABLES
        for uid, record in ws.journal.records(f"{kind}/").items()
    }


def _belonging(ws: Workspace, engagement: str) -> dict[str, Record]:
    """What belongs to one engagement: what names it, what names that, and the persons and bodies named by any of it."""
    everything_held = _all(ws)
    found = {engagement: everything_held[engagement]}
    names = _names_of(engagement)
    while True:
        more = {
            uid: record
            for uid, record in everything_held.items()
            if uid not in found and _is_of(uid, record, names) and kind_of(uid) not in ("person", "organisation")
        }
        if not more:
            break
        found |= more
        names |= {name for uid in more for name in _names_of(uid)}
    told = json.dumps([dict(record) for record in found.values()], default=str)
    for uid, record in everything_held.items():
        if kind_of(uid) in ("person", "organisation") and uid in told:
            found[uid] = record
    bodies = {uid.partition("/")[2] for uid in found if kind_of(uid) == "organisation"}
    persons = {uid.partition("/")[2] for uid in found if kind_of(uid) == "person"}
    owned = {uid: record for uid, record in everything_held.items() if uid.split("/")[1] in bodies | persons}
    return found | owned


def _names_of(uid: str) -> set[str]:
    """How others name a record: by its whole id, or by what stands behind its kind, in their own ids."""
    rest = uid.partition("/")[2]
    return {uid, rest, rest.replace("/", ".")}


def _is_of(uid: str, record: Record, names: set[str]) -> bool:
    return uid.split("/")[1] in names or any(isinstance(value, str) and value in names for value in record.values())


def _registers(ws: Workspace, held: Mapping[str, Record], reader: Reader, hidden: Counter[str]) -> list[SheetOfRecords]:
    sheets: dict[str, SheetOfRecords] = {}
    for uid, record in held.items():
        kind = kind_of(uid)
        shown = {
            name: _told(value)
            for name, value in record.items()
            if reader.sees(policy(uid, name).reader) and not assessments.sealed(ws, uid)
        }
        hidden[kind] += len(record) - len(shown)
        if not shown:
            continue
        sheet = sheets.setdefault(kind, SheetOfRecords(kind, [KEY]))
        sheet.columns += [name for name in shown if name not in sheet.columns]
        sheet.numeric |= {name for name in shown if isinstance(record[name], int)}
        sheet.rows.append({KEY: uid, **shown})
    return list(sheets.values())


def _told(value: Any) -> str:
    """A value as one cell says it: a file by its name, parts of one value as JSON."""
    if isinstance(value, Attachment):
        return value.name
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _left_out(hidden: Counter[str]) -> list[SheetOfRecords]:
    rows = [{"KIND": kind, "VALUES": str(number)} for kind, number in sorted(hidden.items()) if number]
    return [SheetOfRecords(LEFT_OUT, ["KIND", "VALUES"], {"VALUES"}, list(rows))] if rows else []
