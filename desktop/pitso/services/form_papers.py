"""Papers of the forms and records of a workspace: which there are, in which languages, and what they say."""

import hashlib
import re

from pitso import words
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper.documents.any_form import FormSheet
from pitso.paper.imprint import Imprint, State
from pitso.services import form_sheets, instruments, library, record_list, report
from pitso.services.discretion import Discretion, reader_words
from pitso.services.filling import Filling, open_record
from pitso.services.record_ids import DRAFT, WITHDRAWN, engagement_of, state_words
from pitso.services.workspace import Workspace
from pitso.words import _, moment, ngettext, whole
from pitso.xforms import Form, Head


def forms(ws: Workspace, _engagement: str = "") -> list[tuple[str, str, str]]:
    """Id, title and identifier of every form: those that are filled, and the instruments, whose bodies have come."""
    found = [(line.id, line.title, line.form_id) for line in library.forms(ws)]
    for uid, title, _current in instruments.forms(ws):
        head = _arrived(ws, uid)
        if head is not None and library.is_instrument(head):
            found.append((uid, title, head.id))
    return found


def records(ws: Workspace, engagement: str, form_id: str = "") -> list[tuple[str, str, str]]:
    """Id, name, and form with state of the records of an engagement, or of one form in it, that can be printed."""
    if not engagement:
        return []
    return [
        (line.id, line.name or line.form_title, f"{line.form_title} · {line.state_words}")
        for line in record_list.records(ws, engagement, form_id)
        if line.state != WITHDRAWN and _arrived(ws, _form_uid(ws, line.id)) is not None
    ]


def languages(ws: Workspace, record: str) -> dict[str, str]:
    """Code and name of the languages that a form or the form of a record speaks; else those of the program."""
    head = _arrived(ws, _form_uid(ws, record))
    return (form_sheets.spoken(head) if head else {}) or words.LANGUAGES


def blank_form(ws: Workspace, record: str) -> FormSheet:
    """A form of the workspace to be filled with a pen."""
    form = library.form_of(ws, record)
    imprint = _imprint(ws, form, Reader.PUBLIC, State.FINAL, engagement="")
    return form_sheets.blank(form, digest=_digest(ws, record), imprint=imprint)


def filled_record(ws: Workspace, record: str, reader: Reader) -> FormSheet:
    """A record with its answers; those about persons are left out for readers outside the team."""
    filling = open_record(ws, record)
    if filling.form.language(words.language()):
        filling.session.speak(words.language())
    hidden = _personal(filling, Discretion(ws, reader)) if reader is not Reader.TEAM else frozenset()
    state = State.DRAFT if filling.state == DRAFT else State.FINAL
    engagement = str(ws.journal.record(engagement_of(record)).get("title", ""))
    return form_sheets.filled(
        filling.session,
        digest=_digest(ws, filling.form_uid),
        imprint=_imprint(ws, filling.form, reader, state, engagement=engagement),
        about=_about(ws, filling, len(hidden)),
        hidden=hidden,
    )


def _about(ws: Workspace, filling: Filling, hidden: int) -> tuple[tuple[str, str], ...]:
    line = next(line for line in record_list.records(ws, engagement_of(filling.record)) if line.id == filling.record)
    about = [(_("State"), state_words(filling.state)), (_("Last entry"), moment(line.at))]
    if hidden:
        told = ngettext("{number} answer about a person", "{number} answers about persons", hidden)
        about.append((_("Left out for this reader"), told.format(number=whole(hidden))))
    return tuple(about)


def _personal(filling: Filling, named: Discretion) -> frozenset[str]:
    """The paths of the answers that the form marks as personal, or that name somebody who has not agreed to it."""
    session = filling.session

    def told_apart(path: str) -> bool:
        chosen = [name for name in (session.value(path) or "").split() if name.startswith("person/")]
        return filling.is_personal(session.key(path)) or not all(map(named.allows, chosen))

    return frozenset(path for path in session.paths() if session.value(path) and told_apart(path))


def _form_uid(ws: Workspace, record: str) -> str:
    if not record.startswith("record/"):
        return record
    held = ws.journal.records(record, exact=True, fields=["form"])
    return str(held.get(record, {}).get("form", ""))


def _arrived(ws: Workspace, uid: str) -> Head | None:
    """What a form of the workspace says of itself; None while its body has not come."""
    try:
        return library.head_of(ws, uid)
    except Trouble:
        return None


def _digest(ws: Workspace, uid: str) -> str:
    return hashlib.sha256(library.xform_of(ws, uid)).hexdigest()


def _imprint(ws: Workspace, form: Form, reader: Reader, state: State, *, engagement: str) -> Imprint:
    title = library.title_of(form)
    return Imprint(
        title=title if len(title) <= 60 else f"{title[:59]}…",
        engagement=engagement,
        code="FORM-" + re.sub(r"[^A-Z0-9]+", "-", form.id.upper())[:16].strip("-"),
        state=State.DEMONSTRATION if ws.demonstration else state,
        reader=reader_words(reader),
        as_of=report.as_of(ws),
    )
