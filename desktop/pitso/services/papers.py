"""Papers: which can be made now, and making them. `SOURCES` says where each comes from."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pitso import words
from pitso.domain.folding import fold
from pitso.domain.trouble import Trouble
from pitso.paper import catalogue
from pitso.paper.catalogue import moment_words
from pitso.services import assessments, report, sheets
from pitso.services.views import PaperLine
from pitso.services.workspace import Workspace
from pitso.storage.file import disk_trouble
from pitso.words import _, day


@dataclass(frozen=True)
class Paper:
    """A paper as it leaves the program: one file a document, named by what it is, where and when."""

    file_name: str
    pdf: bytes


Found = list[tuple[str, str, str]]


def _all(ws: Workspace, engagement: str) -> Found:
    return [(one.id, one.title, day(one.held_on)) for one in assessments.assessments(ws, engagement)]


def _agreed(ws: Workspace, engagement: str) -> Found:
    return [
        (one.id, one.title, f"{day(one.held_on)} · {one.verdict_words}")
        for one in assessments.assessments(ws, engagement)
        if one.verdict
    ]


def _after_another(ws: Workspace, engagement: str) -> Found:
    return _agreed(ws, engagement)[1:]


@dataclass(frozen=True)
class Source:
    """Where a sort of paper comes from: the records of an engagement that it can be made of, and its view value."""

    records: Callable[[Workspace, str], Found]
    view: Callable[[Workspace, str], Any]


SOURCES = {
    "rating-sheets": Source(_all, sheets.rating_sheets),
    "consensus-sheet": Source(_all, sheets.consensus_sheet),
    "feedback-sheet": Source(_agreed, sheets.feedback_sheet),
    "readiness": Source(_agreed, report.readiness_report),
    "comparison": Source(_after_another, sheets.comparison),
}
"""By kind, in the order of the moments at which they are wanted; ``paper.catalogue`` says how each is made."""


def available(ws: Workspace, engagement: str | None = None) -> tuple[PaperLine, ...]:
    """The papers that can be made now, of one engagement or of all."""
    wanted = [engagement] if engagement else list(ws.journal.records("engagement/"))
    return tuple(
        PaperLine(kind, record, f"{sort.title()}: {title}", detail, moment_words(sort.moment))
        for uid in wanted
        for kind, source in SOURCES.items()
        if (sort := catalogue.paper(kind)) is not None
        for record, title, detail in source.records(ws, uid)
    )


def record_called(ws: Workspace, kind: str, called: str) -> str:
    """The record that a person means by its id or title; the latest one where nothing is said."""
    _sort, source = _known(kind)
    found = [line for uid in ws.journal.records("engagement/") for line in source.records(ws, uid)]
    matching = [uid for uid, title, _detail in found if not called or called == uid or fold(called) == fold(title)]
    if not matching:
        raise Trouble(
            _("There is nothing called “{title}” of which this paper can be made.").format(title=called),
            _("“pitso paper FILE --list” tells what there is."),
        )
    return matching[-1]


def _known(kind: str) -> tuple[catalogue.Paper, Source]:
    sort, source = catalogue.paper(kind), SOURCES.get(kind)
    if sort is None or source is None:
        raise Trouble(
            _("“{kind}” is no paper that Pitso makes.").format(kind=kind),
            _("“pitso paper FILE --list” tells the kinds."),
        )
    return sort, source


def make(ws: Workspace, kind: str, *, of: str, language: str) -> Paper:
    """Make one paper of the record *of*, in the given language: the same data give the same bytes."""
    sort, source = _known(kind)
    with words.speaking(language):
        pdf = sort.make(source.view(ws, of), language)
        record = ws.journal.record(of)
        name = "-".join((kind, ws.name, str(record.get("title", "")), str(record.get("held_on", "")), language))
    return Paper(f"{'-'.join(fold(name).split())}.pdf", pdf)


def keep(paper: Paper, path: Path) -> None:
    """Write a paper to a file, whole or not at all; Trouble names a full or vanished drive."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(paper.pdf)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise disk_trouble(error, path) from error
