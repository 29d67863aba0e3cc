"""A record on paper: what was answered, in the language in which its reader reads the form."""

import hashlib
from dataclasses import replace

from pitso import words
from pitso.domain.policies import Reader
from pitso.paper.documents.any_form import FormSheet
from pitso.paper.imprint import State
from pitso.services import form_sheets, library
from pitso.services.discretion import reader_words
from pitso.services.filling import DRAFT, engagement_of, open_record
from pitso.services.record_list import records
from pitso.services.workspace import Workspace
from pitso.words import _, moment


def found(ws: Workspace, engagement: str) -> list[tuple[str, str, str]]:
    """Id, name and state of every record of an engagement, withdrawn ones left out."""
    return [
        (line.id, line.name or line.form_title, f"{line.form_title} · {line.state_words}")
        for line in records(ws, engagement)
        if line.state != "withdrawn"
    ]


def languages(ws: Workspace, record: str) -> dict[str, str]:
    """Code and name of the languages that the form of a record speaks; the program's where it names none."""
    return form_sheets.spoken(open_record(ws, record).form) or words.LANGUAGES


def record_sheet(ws: Workspace, record: str) -> FormSheet:
    """The record as it stands; a draft is marked as one."""
    open_ = open_record(ws, record)
    if open_.form.language(words.language()) is not None:
        open_.session.speak(words.language())
    line = next(one for one in records(ws, engagement_of(record)) if one.id == record)
    imprint = form_sheets.imprint(
        ws,
        open_.form,
        engagement=str(ws.journal.record(engagement_of(record)).get("title", "")),
        state=State.DRAFT if open_.state == DRAFT else State.FINAL,
    )
    return form_sheets.filled(
        open_.session,
        digest=hashlib.sha256(library.xform_of(ws, open_.form_uid)).hexdigest(),
        imprint=replace(imprint, reader=reader_words(Reader.BOTH_SIDES)),
        about=((_("Filled in by"), line.author), (_("State"), f"{line.state_words}, {moment(line.at)}")),
    )
