"""The records of an engagement, in a list: what each is of, how far it is, who changed it last, what is left to do."""

from typing import Any

from pitso.domain import hlc
from pitso.domain.trouble import Trouble
from pitso.services import library
from pitso.services.filling import open_record
from pitso.services.form_views import RecordLine
from pitso.services.record_ids import DRAFT, beginning, form_id_of, state_words
from pitso.services.workspace import Workspace, person_name
from pitso.storage.journal import LAST, Record
from pitso.words import _
from pitso.xforms import Head


def records(ws: Workspace, engagement: str, form_id: str = "") -> tuple[RecordLine, ...]:
    """The records of an engagement, or of one form in it, those that were changed last first."""
    prefix = beginning(engagement, form_id)
    last = _last_changes(ws, prefix)
    differing: dict[str, int] = {}
    for uid, field in ws.journal.differing(prefix):
        if field != "name":  # it follows from the answers
            differing[uid] = differing.get(uid, 0) + 1
    held = ws.journal.records(prefix, fields=["form", "state", "name"])
    lines = [
        _line(ws, uid, record, last[uid], differing.get(uid, 0)) for uid, record in held.items() if "form" in record
    ]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _line(ws: Workspace, uid: str, record: Record, last: tuple[str, int], differing: int) -> RecordLine:
    form = _head(ws, str(record["form"]))
    state = str(record.get("state", DRAFT))
    author, stamp = last
    return RecordLine(
        id=uid,
        form_title=library.title_of(form) if form else _("a form that has not arrived here"),
        group=library.group_of(form) if form else _("Other forms"),
        name=str(record.get("name") or ""),
        state=state,
        state_words=state_words(state),
        author=person_name(ws, author),
        at=hlc.moment(stamp).astimezone(),
        problems=_problems(ws, uid, stamp) if form and state == DRAFT else 0,
        differing=differing,
        newer_form=form is not None and state == DRAFT and newer_form(ws, uid, str(record["form"])),
    )


def _head(ws: Workspace, uid: str) -> Head | None:
    try:
        return library.head_of(ws, uid)
    except Trouble:  # it travels in another bundle; the line says so
        return None


def newer_form(ws: Workspace, record: str, form: str) -> bool:
    """Are new records of that form made with another version than this one?"""
    chosen = library.current(ws, form_id_of(record))
    return bool(chosen) and chosen != form


def _last_changes(ws: Workspace, prefix: str) -> dict[str, tuple[str, int]]:
    """Author and stamp of the latest entry of each record."""
    rows: list[tuple[Any, ...]] = ws.journal.file.rows(
        "SELECT entity.uid, author.uid, max(op.hlc) FROM entity CROSS JOIN op ON op.entity = entity.id "
        "JOIN author ON author.id = op.author WHERE entity.uid BETWEEN ? AND ? GROUP BY entity.id",
        (prefix, prefix + LAST),
    )
    return {uid: (author, stamp) for uid, author, stamp in rows}


def _problems(ws: Workspace, record: str, stamp: int) -> int | None:
    """How many questions of a draft are missing or wrong, where that was counted since it changed last."""
    counted_at, number = ws.problems.get(record, (0, 0))
    return number if counted_at == stamp else None


def count(ws: Workspace, record: str) -> None:
    """Count what is missing or wrong in a draft; it takes some milliseconds, so that a list does it one by one."""
    stamp = _last_changes(ws, record)[record][1]
    try:
        number = sum(open_record(ws, record).session.faulty().values())
    except Trouble:  # a list that its form reads is not here; opening it says which
        number = 0
    ws.problems[record] = (stamp, number)
