"""Papers: which can be made now, and making them. Whoever adds one adds a line to `KINDS`."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pitso import words
from pitso.domain.folding import fold
from pitso.domain.trouble import Trouble
from pitso.paper.documents import comparison, consensus_sheet, feedback_sheet, rating_sheets, readiness
from pitso.services import assessments, report, sheets
from pitso.services.views import PaperLine
from pitso.services.workspace import Workspace
from pitso.storage.disk import disk_trouble
from pitso.words import _, day


@dataclass(frozen=True)
class Paper:
    """A paper as it leaves the program: one file a document, named by what it is, where and when."""

    file_name: str
    pdf: bytes


@dataclass(frozen=True)
class Kind:
    """A sort of paper: what it is called, when it is wanted, of which records it can be made, and how."""

    title: Callable[[], str]
    moment: Callable[[], str]
    records: Callable[[Workspace, str], list[tuple[str, str, str]]]
    """Id, title and detail of each record of an engagement that it can be made of."""
    make: Callable[[Workspace, str, str], bytes]
    """From a record and a language."""


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


def _before_the_visit() -> str:
    return _("Before the visit")


def _in_the_room() -> str:
    return _("In the room")


def _for_the_office() -> str:
    return _("For the office and the hosts")


KINDS = {
    "rating-sheets": Kind(
        lambda: _("Blank rating sheets"),
        _before_the_visit,
        _all,
        lambda ws, of, code: rating_sheets.make(sheets.rating_sheets(ws, of), code),
    ),
    "consensus-sheet": Kind(
        lambda: _("Consensus sheet"),
        _in_the_room,
        _all,
        lambda ws, of, code: consensus_sheet.make(sheets.consensus_sheet(ws, of), code),
    ),
    "feedback-sheet": Kind(
        lambda: _("Feedback sheet"),
        _in_the_room,
        _agreed,
        lambda ws, of, code: feedback_sheet.make(sheets.feedback_sheet(ws, of), code),
    ),
    "readiness": Kind(
        lambda: _("Readiness report"),
        _for_the_office,
        _agreed,
        lambda ws, of, code: readiness.make(report.readiness_report(ws, of), code),
    ),
    "comparison": Kind(
        lambda: _("Comparison with the assessment before"),
        _for_the_office,
        _after_another,
        lambda ws, of, code: comparison.make(sheets.comparison(ws, of), code),
    ),
}


def available(ws: Workspace, engagement: str | None = None) -> tuple[PaperLine, ...]:
    """The papers that can be made now, of one engagement or of all."""
    wanted = [engagement] if engagement else list(ws.journal.records("engagement/"))
    return tuple(
        PaperLine(kind, record, f"{sort.title()}: {title}", detail, sort.moment())
        for uid in wanted
        for kind, sort in KINDS.items()
        for record, title, detail in sort.records(ws, uid)
    )


def record_called(ws: Workspace, kind: str, called: str) -> str:
    """The record that a person means by its id or title; the latest one where nothing is said."""
    sort = _sort(kind)
    found = [line for uid in ws.journal.records("engagement/") for line in sort.records(ws, uid)]
    matching = [uid for uid, title, _detail in found if not called or called == uid or fold(called) == fold(title)]
    if not matching:
        raise Trouble(
            _("There is nothing called “{title}” of which this paper can be made.").format(title=called),
            _("“pitso paper FILE --list” tells what there is."),
        )
    return matching[-1]


def _sort(kind: str) -> Kind:
    if kind not in KINDS:
        raise Trouble(
            _("“{kind}” is no paper that Pitso makes.").format(kind=kind),
            _("“pitso paper FILE --list” tells the kinds."),
        )
    return KINDS[kind]


def make(ws: Workspace, kind: str, *, of: str, language: str) -> Paper:
    """Make one paper of the record *of*, in the given language: the same data give the same bytes."""
    sort = _sort(kind)
    with words.speaking(language):
        pdf = sort.make(ws, of, language)
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
