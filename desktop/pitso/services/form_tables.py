"""Records as tables, in the layout that ODK gives them: one table a form and one for each repeat, joined by keys."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pitso.services.filling import Filling, open_record
from pitso.services.finishing import revisions
from pitso.services.record_ids import form_id_of
from pitso.services.record_list import records
from pitso.services.workspace import Workspace
from pitso.storage.journal import Attachment
from pitso.xforms import Form, Question

FIRST = ("SubmissionDate",)
LAST = ("KEY", "SubmitterName", "AttachmentsPresent", "Status", "FormVersion", "Edits")
ROW_LAST = ("PARENT_KEY", "KEY")
POINT = ("Latitude", "Longitude", "Altitude", "Accuracy")
EXPORTED = ("final", "signed")
_SKIPPED = frozenset({"note", "trigger"})


@dataclass
class SheetOfRecords:
    """One table: its name (`visit`, `visit-team`), its columns in order, and its rows by column."""

    name: str
    columns: list[str] = field(default_factory=list)
    numeric: set[str] = field(default_factory=set)
    """Columns that hold numbers, where a spreadsheet may count."""
    rows: list[Mapping[str, str]] = field(default_factory=list)


def finished(ws: Workspace, *, drafts: bool = False) -> list[Filling]:
    """Every finished record of the workspace, by form and then by age; drafts too if asked for."""
    found = []
    for engagement in ws.journal.records("engagement/"):
        for line in reversed(records(ws, engagement)):
            if line.state in EXPORTED or (drafts and line.state == "draft"):
                found.append(open_record(ws, line.id))
    return sorted(found, key=lambda filling: form_id_of(filling.record))


def tables(fillings: Iterable[Filling]) -> list[SheetOfRecords]:
    """The tables of these records, those of one form together whatever its versions."""
    found: dict[str, SheetOfRecords] = {}
    for filling in fillings:
        form_id = form_id_of(filling.record)
        sheets = _sheets(filling.form, form_id, found)
        sheets[""].rows.append({**_about(filling), **_cells(filling, "", "")})
        for path, sheet in sheets.items():
            if path:
                sheet.rows.extend(_rows(filling, path))
    for name, sheet in found.items():
        ends = LAST if "-" not in name or sheet.columns[:1] == list(FIRST) else ROW_LAST
        sheet.columns = [column for column in sheet.columns if column not in ends] + list(ends)
    return list(found.values())


def _sheets(form: Form, form_id: str, found: dict[str, SheetOfRecords]) -> dict[str, SheetOfRecords]:
    """The tables of a form by the path of their repeat; columns that another version lacked are added."""
    names = {"": form_id}
    for group in form.groups:
        if group.kind == "repeat":
            name = f"{form_id}-{group.name}"
            taken = [other for other in names.values() if other == name or other.startswith(f"{name}~")]
            names[group.path] = f"{name}~{len(taken)}" if taken else name
    sheets = {}
    for path, name in names.items():
        sheet = sheets[path] = found.setdefault(name, SheetOfRecords(name, [] if path else list(FIRST)))
        for question in _questions(form, path):
            for column in _columns(form, question):
                if column not in sheet.columns:
                    sheet.columns.append(column)
                if question.kind in ("integer", "decimal", "range", "geopoint"):
                    sheet.numeric.add(column)
    return sheets


def _questions(form: Form, repeat: str) -> Iterator[Question]:
    return (
        question
        for question in form.questions
        if (question.repeat or "") == repeat and question.kind not in _SKIPPED and "/meta/" not in question.path
    )


def _columns(form: Form, question: Question) -> list[str]:
    """The column of a question: its groups and its name; four of a place."""
    within = question.repeat or form.root
    name = question.path[len(within) + 1 :].replace("/", "-")
    return [f"{name}-{part}" for part in POINT] if question.kind == "geopoint" else [name]


def _about(filling: Filling) -> dict[str, str]:
    """What ODK says of a submission besides its answers."""
    done = revisions(filling.ws, filling.record)
    files = [value for value in filling.stored.values() if isinstance(value, Attachment)]
    return {
        "SubmissionDate": _stamp(done[-1].at) if done else "",
        "KEY": filling.session.instance_id,
        "SubmitterName": done[-1].author if done else "",
        "AttachmentsPresent": str(len(files)),
        "Status": filling.state,
        "FormVersion": filling.form.version,
        "Edits": str(max(len(done) - 1, 0)),
    }


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _rows(filling: Filling, repeat: str) -> Iterator[Mapping[str, str]]:
    for path, parent, key in _places(filling, repeat):
        yield {**_cells(filling, repeat, path), "PARENT_KEY": parent, "KEY": key}


def _places(filling: Filling, repeat: str) -> Iterator[tuple[str, str, str]]:
    """Each row of a repeat that is relevant: its path, the key of what it lies in, and its own."""
    form, session = filling.form, filling.session
    outer = form.group(repeat).repeat
    above = _places(filling, outer) if outer else iter([("", "", session.instance_id)])
    for path, _parent, key in above:
        series = path + repeat[len(outer) :] if outer else repeat
        for number in range(1, session.rows(series) + 1):
            if session.relevant(f"{series}[{number}]"):
                step = series[len(path) if outer else len(form.root) :].lstrip("/")
                yield f"{series}[{number}]", key, f"{key}/{step}[{number}]"


def _cells(filling: Filling, repeat: str, row: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for question in _questions(filling.form, repeat):
        path = row + question.path[len(repeat) :] if repeat else question.path
        value = filling.session.value(path) or ""
        columns = _columns(filling.form, question)
        parts = value.split() if len(columns) > 1 else [value]
        found.update(zip(columns, parts, strict=False))
    return found
