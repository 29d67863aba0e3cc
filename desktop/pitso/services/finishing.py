"""Finishing a record, correcting it afterwards, signing it; every finished version stays readable."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from pitso.domain.trouble import Trouble
from pitso.services import library
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.filling import Filling, entities_of, environment
from pitso.services.form_views import RevisionLine
from pitso.services.record_ids import DRAFT, FINAL, SIGNED, WITHDRAWN, unmarked
from pitso.services.records import keep, may_write
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Attach, Edit, Put
from pitso.storage.journal import Attachment
from pitso.words import _, ngettext
from pitso.xforms import Entity


def finish(filling: Filling) -> Change:
    """Say that the record has been checked and is complete; this version stays readable for ever.

    Trouble if something is missing or wrong. Entities that the form declares are made.
    """
    may_write(filling)
    wrong = len(filling.session.problems())
    if wrong:
        told = ngettext("{number} question is missing or wrong.", "{number} questions are missing or wrong.", wrong)
        raise Trouble(told.format(number=wrong), _("Look at the list of what is left."))
    filling.session.finish()
    edits = [*filling.edits(), *_swept(filling), Put(filling.record, "state", FINAL)]
    number = len(revisions(filling.ws, filling.record)) + 1
    revision = f"{_revision_of(filling.record)}{number:04}-{filling.ws.token()}"
    edits.append(Attach(revision, "submission", "submission.xml", filling.session.submission()))
    edits.append(Put(revision, "form", filling.form_uid))
    reason = filling.ws.journal.record(filling.record).get("reason")
    if reason:
        edits += [Put(revision, "reason", reason), Put(filling.record, "reason", None)]
    for entity in filling.session.entities():
        edits += _entity_edits(filling.ws, entity)
    return keep(filling, edits, _("The record is final."))


def _swept(filling: Filling) -> list[Edit]:
    """Answers in rows that the count of a repeat no longer makes are dropped when the record is finished."""
    there = filling.every_key()
    counted = {group.path for group in filling.form.groups if group.count}
    gone = [
        key
        for key in filling.stored
        if "{" in key and key not in there and not key.endswith("}") and _below(unmarked(key), counted)
    ]
    return [Put(filling.record, key, None) for key in gone]


def _below(path: str, groups: Iterable[str]) -> bool:
    return any(path.startswith(f"{group}/") for group in groups)


def _revision_of(record: str) -> str:
    return f"revision/{record.partition('/')[2]}/"


def _entity_edits(ws: Workspace, entity: Entity) -> list[Edit]:
    """What creates or updates an entity; those of the registers become persons and bodies."""
    if entity.list in ("person", "organisation", "council"):
        kind = "person" if entity.list == "person" else "organisation"
        uid = entity.id if entity.id.startswith(f"{kind}/") else f"{kind}/{entity.id}"
        edits: list[Edit] = [Put(uid, "name", entity.label)] if entity.label else []
        if entity.create and kind == "organisation":
            edits.append(Put(uid, "kind", "council" if entity.list == "council" else "other"))
    else:
        uid = f"{entities_of(entity.list)}{quote(entity.id, safe='')}"
        edits = [Put(uid, "label", entity.label)] if entity.label else []
    known = ws.journal.record(uid)
    if entity.update and not entity.create and not known:
        return []
    personal = entity.list == "person"
    return [*edits, *(Put(uid, name, text, personal) for name, text in entity.properties.items())]


def correct(filling: Filling, reason: str) -> Change:
    """Open a finished record again as its next version; Trouble if it was signed and no *reason* is given."""
    if filling.state not in (FINAL, SIGNED, WITHDRAWN):
        raise Trouble(_("This record is a draft; it may be changed as it stands."), _("Answer the question."))
    if filling.state == SIGNED and not reason.strip():
        raise Trouble(_("This record was signed."), _("Say in one sentence why it is corrected."))
    edits: list[Edit] = [Put(filling.record, "state", DRAFT)]
    if revisions(filling.ws, filling.record):  # a draft that was withdrawn goes on as it was
        filling.session.become_revision()
        edits += [*filling.edits(), Put(filling.record, "deprecated", filling.session.deprecated_id)]
    if reason.strip():
        edits.append(Put(filling.record, "reason", reason.strip(), personal=True))
    return keep(filling, edits, _("The record is open for a correction."))


def sign(filling: Filling, held_by: str, file: Path | None = None) -> Change:
    """Note that the printed record was signed: who holds the paper, or its scan or photograph."""
    if filling.state != FINAL:
        raise Trouble(_("Only a final record can be signed."), _("Finish it first."))
    if not held_by.strip() and file is None:
        raise Trouble(_("The signed paper is missing."), _("Attach its photograph, or write who holds it."))
    edits: list[Edit] = [Put(filling.record, "state", SIGNED)]
    if held_by.strip():
        edits.append(Put(filling.record, "held_by", held_by.strip(), personal=True))
    if file is not None:
        edits.append(Attach(filling.record, "signed_copy", file.name, content_of(file), personal=True))
    return keep(filling, edits, _("The record is signed."))


def withdraw(filling: Filling) -> Change:
    """Take a record out of what counts; it stays readable."""
    return keep(filling, [Put(filling.record, "state", WITHDRAWN)], _("The record was withdrawn."))


def revisions(ws: Workspace, record: str) -> tuple[RevisionLine, ...]:
    """The finished versions of a record, the first one first."""
    found = []
    for number, (uid, held) in enumerate(ws.journal.records(_revision_of(record)).items(), start=1):
        made = ws.journal.history(uid, field="submission")[-1]
        found.append(
            RevisionLine(
                number=number,
                at=made.at.astimezone(),
                author=person_name(ws, made.author),
                reason=str(held.get("reason") or ""),
                id=uid,
            )
        )
    return tuple(found)


def arrived_later(filling: Filling) -> bool:
    """Does a finished record hold answers that were given elsewhere and came in after it was finished?"""
    if filling.state not in (FINAL, SIGNED) or filling.revision:
        return False
    lines = revisions(filling.ws, filling.record)
    if not lines:
        return False
    finished = open_revision(filling.ws, filling.record, lines[-1].id)
    return finished.session.submission() != filling.session.submission()


def open_revision(ws: Workspace, record: str, revision: str) -> Filling:
    """An earlier finished version of a record, to be read only."""
    held = ws.journal.record(revision)
    kept = held.get("submission")
    submission = ws.journal.body(kept.hash) if isinstance(kept, Attachment) else None
    if submission is None:
        raise Trouble(_("This version has not arrived here."), _("Receive the bundle of the team that finished it."))
    form_uid = str(held["form"])
    form = library.form_of(ws, form_uid)
    session = form.restore(submission, environment(ws, record, form))
    return Filling(ws, record, form_uid, form, session, FINAL, session.name, {}, revision=revision)
