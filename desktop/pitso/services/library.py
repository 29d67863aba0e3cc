"""The library of forms: what an office brought or Pitso ships, every version of it, and what is wrong with a form."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pitso import places
from pitso.domain.trouble import Trouble
from pitso.services import appearances, instruments
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.form_views import FormLine, FormVersion
from pitso.services.workspace import Workspace
from pitso.storage.edits import Attach, Edit, Put
from pitso.storage.journal import Attachment, Record
from pitso.words import _, language, listed
from pitso.xforms import Converted, Form, FormTrouble, Head, convert, read_form, read_head

CURRENT = "form/current"
LIVE = ("person", "organisation", "council")
"""Lists that a form reads from the registers of the workspace, by the name of their file without its ending."""

ASSESSMENTS = "assessment"
DAYS = "days"
"""The days that warnings of the engagement wait, by the names of their settings."""

ITEMSETS = "itemsets.csv"
AFTER_ALL = 1000


@dataclass(frozen=True)
class Finding:
    """One thing that a form's author should look at; a *fault* keeps the form from being used."""

    fault: bool
    what: str
    remedy: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        return asdict(self)

    def sentence(self) -> str:
        """The finding in one line, its place first."""
        place = listed(str(part) for part in (self.sheet, self.row, self.column) if part)
        kind = _("Fault") if self.fault else _("Remark")
        told = f"{kind} ({place}): {self.what} {self.remedy}" if place else f"{kind}: {self.what} {self.remedy}"
        return told.rstrip()


@dataclass(frozen=True)
class Brought:
    """A form as it came from a spreadsheet, with the files that it reads."""

    form: Form
    converted: Converted
    spreadsheet: bytes
    media: Mapping[str, bytes]
    findings: tuple[Finding, ...]


# ---- from a spreadsheet -------------------------------------------------------------------------------------------


def check(path: Path) -> list[Finding]:
    """What is wrong with the XLSForm at *path*; empty if nothing is. Trouble if it cannot be read at all."""
    spreadsheet = content_of(path)
    try:
        return list(_brought(path, spreadsheet).findings)
    except FormTrouble as trouble:
        return [Finding(True, trouble.happened, trouble.remedy, trouble.sheet, trouble.row, trouble.column)]


def _brought(path: Path, spreadsheet: bytes, known: frozenset[str] | None = None) -> Brought:
    """The form of a spreadsheet; *known* are the lists that do not come from files."""
    converted = convert(spreadsheet)
    bare = read_form(converted.xform)
    media = dict(_media(path, bare))
    if converted.itemsets is not None:
        media[ITEMSETS] = converted.itemsets
    form = read_form(converted.xform, media=media)
    known = lists_at_hand() if known is None else known
    findings = [Finding(False, warning.message, "", warning.sheet, warning.row) for warning in converted.warnings]
    findings += [Finding(False, limit, "") for limit in (*form.limits, *appearances.limits(form))]
    findings += [
        Finding(
            True,
            _("The form reads the file {file}, which does not lie beside it.").format(file=file),
            _("Put it into the same folder, or into the folder {folder}.").format(folder=f"{path.stem}-media"),
        )
        for identity, file in form.files.items()
        if file not in media and identity not in known and identity != form.id
    ]
    findings += [
        Finding(False, _("The picture or sound {file} does not lie beside the form.").format(file=file), "")
        for file in sorted(_shown_files(form) - set(media))
    ]
    return Brought(form, converted, spreadsheet, media, tuple(findings))


def _media(path: Path, form: Form) -> Iterator[tuple[str, bytes]]:
    """The files that the form names and that lie beside it."""
    wanted = set(form.files.values()) | _shown_files(form)
    for file in sorted(wanted):
        for folder in (path.parent / f"{path.stem}-media", path.parent):
            found = folder / Path(file).name
            if found.is_file():
                yield file, content_of(found)
                break


def _shown_files(form: Form) -> set[str]:
    """The pictures, sounds and films that labels show."""
    shown = [question.media for question in form.questions] + [group.media for group in form.groups]
    shown += [choice.media for question in form.questions for choice in question.choices]
    return {file for media in shown for kinds in media.values() for file in kinds.values()}


def bring_in(ws: Workspace, path: Path) -> Change:
    """Bring an XLSForm into the workspace: new records, or new assessments, are made with it from now on.

    Trouble names sheet, row and column of a fault. Records that were begun keep the version that they have.
    """
    brought = _brought(path, content_of(path), known_lists(ws))
    fault = next((finding for finding in brought.findings if finding.fault), None)
    if fault is not None:
        raise Trouble(fault.what, fault.remedy)
    if is_instrument(brought.form):
        return instruments.add_form(ws, path)
    form, edits = _edits(ws, brought)
    edits.append(Put(CURRENT, _current_field(brought.form.id), form))
    said = _("New records use “{title}” now.").format(title=_with_version(brought.form))
    return ws.record(edits, said=said, made=form)


def known_lists(ws: Workspace) -> frozenset[str]:
    """The lists that a form may read without a file: those at hand, and what other forms keep entities in."""
    declared = {
        element.attributes.get("dataset", "")
        for uid in _kept(ws)
        if b"dataset" in xform_of(ws, uid)  # to read a form whole takes dozens of milliseconds
        for element in form_of(ws, uid).plan.elements
        if element.name == "entity"
    }
    return lists_at_hand() | {name for name in declared if name}


def lists_at_hand() -> frozenset[str]:
    """The lists that every workspace has: the registers, the assessments, the days, and the records of each form."""
    return frozenset((*LIVE, ASSESSMENTS, DAYS)) | {head_of_xform(xform).id for xform in shipped().values()}


def _edits(ws: Workspace, brought: Brought) -> tuple[str, list[Edit]]:
    form = uid_of(brought.converted.xform, brought.media)
    if ws.journal.record(form):
        return form, []
    edits = form_edits(form, brought.form, brought.converted.xform)
    edits.append(Attach(form, "xlsx", f"{brought.form.id}.xlsx", brought.spreadsheet))
    edits += [
        Attach(f"formfile/{form.partition('/')[2]}/{quote(name, safe='')}", "content", name, content)
        for name, content in brought.media.items()
    ]
    return form, edits


def form_edits(uid: str, form: Form, xform: bytes) -> list[Edit]:
    """What brings a form into the journal."""
    return [
        Put(uid, "title", _with_version(form)),
        Put(uid, "id", form.id),
        Put(uid, "version", form.version),
        Attach(uid, "xform", "form.xml", xform),
    ]


def uid_of(xform: bytes, media: Mapping[str, bytes]) -> str:
    """The record of a form: named by what is in it, so that the same form is one form on every computer."""
    hashed = hashlib.sha256(xform)
    for name in sorted(media):
        hashed.update(name.encode() + b"\0" + hashlib.sha256(media[name]).digest())
    return f"form/{hashed.hexdigest()[:32]}"


def _current_field(form_id: str) -> str:
    return f"fill:{form_id}"


def is_instrument(form: Form | Head) -> bool:
    """Is it a readiness instrument, which assessments are made with? Its settings hold the thresholds."""
    return "pitso:overall_coverage_minimum" in form.attributes


# ---- in the workspace ---------------------------------------------------------------------------------------------


@cache
def shipped() -> Mapping[str, bytes]:
    """The XForms of the forms that ship with Pitso, by their records; the instrument is not one of them."""
    found = {}
    for folder in sorted(places.form("").iterdir(), key=lambda folder: folder.name):
        file = folder / f"{folder.name}.xml"
        if file.is_file():
            xform = file.read_bytes()
            if not is_instrument(head_of_xform(xform)):
                found[uid_of(xform, {})] = xform
    return found


@lru_cache(maxsize=256)
def head_of_xform(xform: bytes) -> Head:
    """What a form says about itself, read once."""
    return read_head(xform)


def head_of(ws: Workspace, uid: str) -> Head:
    """The head of the form of that record, without reading it whole; Trouble if it has not arrived."""
    return head_of_xform(xform_of(ws, uid))


def form_of(ws: Workspace, uid: str) -> Form:
    """The form of that record, read once; Trouble if it has not arrived."""
    if uid not in ws.forms:
        ws.forms[uid] = read_form(xform_of(ws, uid), media=dict(media_of(ws, uid)))
    return ws.forms[uid]


def xform_of(ws: Workspace, uid: str) -> bytes:
    """The XForm of a form's record, one that ships included; Trouble if it has not arrived."""
    return shipped()[uid] if uid in shipped() else instruments.xform_of(ws, uid)


def media_of(ws: Workspace, uid: str) -> Iterator[tuple[str, bytes]]:
    """The files of a form, by their names."""
    for record in ws.journal.records(f"formfile/{uid.partition('/')[2]}/").values():
        held: object = record.get("content")
        content = ws.journal.body(held.hash) if isinstance(held, Attachment) else None
        if isinstance(held, Attachment) and content is not None:
            yield held.name, content


def current(ws: Workspace, form_id: str) -> str:
    """The record of the version that new records of a form are made with; empty where there is no such form."""
    chosen = ws.journal.record(CURRENT).get(_current_field(form_id))
    if chosen:
        return str(chosen)
    return next((uid for uid, xform in shipped().items() if head_of_xform(xform).id == form_id), "")


def use(ws: Workspace, uid: str) -> Change:
    """Make new records with this version from now on."""
    form = form_of(ws, uid)
    said = _("New records use “{title}” now.").format(title=_with_version(form))
    return ws.record([Put(CURRENT, _current_field(form.id), uid)], said=said, made=uid)


def forms(ws: Workspace) -> tuple[FormLine, ...]:
    """Every form that can be filled, with all its versions that are known here.

    The forms of the programme stand in the order of its moments; those of an office follow, by group and title.
    """
    versions: dict[str, list[str]] = {}
    for uid in dict.fromkeys((*shipped(), *_kept(ws))):
        versions.setdefault(head_of(ws, uid).id, []).append(uid)
    lines = [(_moment(ws, uids[0]), _line(ws, form_id, uids)) for form_id, uids in versions.items()]
    return tuple(line for _at, line in sorted(lines, key=lambda each: (each[0], each[1].group, each[1].title)))


def _moment(ws: Workspace, uid: str) -> int:
    """Where in the programme a form is filled: what it says itself, after all others where it says nothing."""
    told = head_of(ws, uid).attributes.get("pitso:moment", "")
    return int(told) if told.isdigit() else AFTER_ALL


def _kept(ws: Workspace) -> list[str]:
    """The forms of the journal whose content is here, instruments left out."""
    found = ws.journal.records("form/")
    return [uid for uid, record in found.items() if uid != CURRENT and _fillable(ws, uid, record)]


def _fillable(ws: Workspace, uid: str, record: Record) -> bool:
    held = record.get("xform")
    if not isinstance(held, Attachment) or ws.journal.body(held.hash) is None:
        return False
    return not is_instrument(head_of(ws, uid))


def _line(ws: Workspace, form_id: str, uids: list[str]) -> FormLine:
    chosen = current(ws, form_id) or uids[-1]
    head = head_of(ws, chosen)
    return FormLine(
        id=chosen,
        form_id=form_id,
        title=title_of(head),
        group=group_of(head),
        version=head.version,
        languages=tuple(spoken.name for spoken in head.languages),
        limits=_limits(ws, chosen),
        versions=tuple(FormVersion(uid, head_of(ws, uid).version, uid == chosen, uid in shipped()) for uid in uids),
    )


def _limits(ws: Workspace, uid: str) -> tuple[str, ...]:
    """What a form asks for that is not done; those that ship ask for nothing of the kind, so they are not read."""
    if uid in shipped():
        return ()
    form = form_of(ws, uid)
    return (*form.limits, *appearances.limits(form))


def title_of(form: Form | Head) -> str:
    """The title of a form in the reader's language, where the form says it."""
    return form.attributes.get(f"pitso:title_{language()}") or form.title or form.id


def group_of(form: Form | Head) -> str:
    """The group of forms that it belongs to, in the reader's language."""
    return form.attributes.get(f"pitso:group_{language()}") or form.attributes.get("pitso:group_en") or _("Other forms")


def _with_version(form: Form) -> str:
    return f"{title_of(form)} {form.version}".rstrip()
