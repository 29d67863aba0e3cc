"""What was answered to a question of a record, by whom, when, on which computer, and the answers before."""

from collections.abc import Iterable

from pitso.services import library
from pitso.services.filling import Filling, open_record
from pitso.services.form_blocks import words_of
from pitso.services.record_ids import state_words, unmarked
from pitso.services.views import HistoryLine
from pitso.services.workspace import Workspace, device_name, person_name
from pitso.storage.journal import Attachment, Version
from pitso.words import _


def of_question(ws: Workspace, code: str) -> tuple[HistoryLine, ...]:
    """The history of ``<record> <key>``, or of the whole record where no key is given; the latest first."""
    record, _blank, key = code.partition(" ")
    if not record.startswith("record/"):  # a form that is only looked at
        return ()
    return lines_of(ws, record, ws.journal.history(record, field=key or None))


def lines_of(ws: Workspace, record: str, versions: Iterable[Version]) -> tuple[HistoryLine, ...]:
    """Those *versions* of a record that tell something that a person did, in the order given."""
    filling = open_record(ws, record)
    return tuple(_line(filling, version) for version in versions if _tells(filling, version))


def subject(ws: Workspace, version: Version) -> str:
    """The record and the question that an answer is of, for lists that show several records."""
    filling = open_record(ws, version.entity)
    named = filling.name or library.title_of(filling.form)
    known = unmarked(version.field) in filling.form.plan.questions
    return f"{named}, {_label(filling, version.field)}" if known else named


def told(ws: Workspace, version: Version) -> str:
    """An answer in words."""
    return _told(open_record(ws, version.entity), version)


def is_personal(ws: Workspace, entity: str, field: str) -> bool:
    """Is this an answer about a person, which is kept apart whoever writes it?"""
    return entity.startswith("record/") and field.startswith("/") and open_record(ws, entity).is_personal(field)


def _tells(filling: Filling, version: Version) -> bool:
    """Is it something that a person did, and not a note of the program's own?"""
    if version.field == "state":
        return True
    question = filling.form.plan.questions.get(unmarked(version.field))
    return question is not None and bool(question.control)


def _line(filling: Filling, version: Version) -> HistoryLine:
    ws = filling.ws
    return HistoryLine(
        field_words=_("State") if version.field == "state" else _label(filling, version.field),
        value=_told(filling, version),
        author=person_name(ws, version.author),
        device=device_name(ws, version.device),
        at=version.at.astimezone(),
        current=version.current,
    )


def _label(filling: Filling, key: str) -> str:
    question = filling.form.question(unmarked(key))
    return question.label(filling.session.language) or question.name


def _told(filling: Filling, version: Version) -> str:
    value = version.value
    if isinstance(value, Attachment):
        return value.name
    if value in (None, ""):
        return _("nothing")
    if version.field == "state":
        return state_words(str(value))
    question = filling.form.plan.questions.get(unmarked(version.field))
    if question is None:
        return str(value)
    there = version.field in filling.every_key()
    return words_of(filling, question, version.field, str(value)) if there else str(value)
