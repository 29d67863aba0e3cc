"""Papers: which can be made now, and making them. Whoever adds one adds a line to `KINDS`."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pitso import words
from pitso.domain.folding import fold
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper import imprint as imprints
from pitso.paper.documents import any_form, comparison, consensus_sheet, feedback_sheet, rating_sheets, readiness
from pitso.services import assessments, discretion, form_sheets, report, sheets
from pitso.services.views import PaperLine
from pitso.services.workspace import Workspace
from pitso.storage.file import disk_trouble
from pitso.words import _, day


@dataclass(frozen=True)
class Order:
    """A paper that is wanted: which sort, of which record, in which language, for which reader."""

    kind: str
    of: str
    language: str
    reader: Reader


@dataclass(frozen=True)
class Paper:
    """A paper as it leaves the program: one file a document, named by what it is, where and when."""

    file_name: str
    pdf: bytes
    digest: str = ""
    """Of what it says; the first 16 characters are its check code."""
    title: str = ""
    state: str = ""


Found = list[tuple[str, str, str]]
"""Id, title and detail of records."""


@dataclass(frozen=True)
class Kind:
    """A sort of paper: what it is called, when it is wanted, of which records, from which view, and how it is drawn."""

    title: Callable[[], str]
    moment: Callable[[], str]
    records: Callable[[Workspace, str], Found]
    """Of an engagement: the records that it can be made of."""
    view: Callable[[Workspace, str, Reader], Any]
    """What it says to a reader: a frozen value with an imprint, from a record."""
    draw: Callable[[Any, str], bytes]
    """The view as a PDF in a language."""
    sources: Callable[[Workspace, str], tuple[str, ...]] = report.sources
    """Beginnings of the ids of all records that it is made from."""
    readers: tuple[Reader, ...] = (Reader.BOTH_SIDES,)
    """Whom it can be made for, the usual reader first."""
    languages: Callable[[Workspace, str], dict[str, str]] = lambda _ws, _of: words.LANGUAGES
    """Code and name of the languages that it can be made in."""


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


def _for_signature() -> str:
    return _("For signature")


def _for_the_office() -> str:
    return _("For the office and the hosts")


MOMENTS = (_before_the_visit, _in_the_room, _for_signature, _for_the_office)

KINDS = {
    "rating-sheets": Kind(
        lambda: _("Blank rating sheets"),
        _before_the_visit,
        _all,
        lambda ws, of, _reader: sheets.rating_sheets(ws, of),
        rating_sheets.make,
        readers=(Reader.TEAM,),
    ),
    "form": Kind(
        lambda: _("Blank form"),
        _before_the_visit,
        form_sheets.forms,
        lambda ws, of, _reader: form_sheets.blank_form(ws, of),
        any_form.make,
        sources=lambda _ws, of: (of,),
        readers=(Reader.PUBLIC,),
        languages=form_sheets.languages,
    ),
    "consensus-sheet": Kind(
        lambda: _("Consensus sheet"),
        _in_the_room,
        _all,
        lambda ws, of, _reader: sheets.consensus_sheet(ws, of),
        consensus_sheet.make,
        readers=(Reader.TEAM,),
    ),
    "feedback-sheet": Kind(
        lambda: _("Feedback sheet"),
        _for_signature,
        _agreed,
        lambda ws, of, _reader: sheets.feedback_sheet(ws, of),
        feedback_sheet.make,
    ),
    "readiness": Kind(
        lambda: _("Readiness report"),
        _for_the_office,
        _agreed,
        report.readiness_report,
        readiness.make,
        readers=(Reader.BOTH_SIDES, Reader.OFFICE, Reader.PUBLIC),
    ),
    "comparison": Kind(
        lambda: _("Comparison with the assessment before"),
        _for_the_office,
        _after_another,
        lambda ws, of, _reader: sheets.comparison(ws, of),
        comparison.make,
    ),
}


def available(ws: Workspace, engagement: str | None = None) -> tuple[PaperLine, ...]:
    """The papers that can be made now, of one engagement or of all, in the order of the moments."""
    wanted = [engagement] if engagement else list(ws.journal.records("engagement/"))
    lines = {
        (kind, record): _line(ws, kind, record, title, detail)
        for uid in wanted or [""]
        for kind, sort in KINDS.items()
        for record, title, detail in sort.records(ws, uid)
    }
    order = [moment() for moment in MOMENTS]
    return tuple(sorted(lines.values(), key=lambda line: order.index(line.moment)))


def _line(ws: Workspace, kind: str, record: str, title: str, detail: str) -> PaperLine:
    sort = KINDS[kind]
    return PaperLine(
        kind,
        record,
        f"{sort.title()}: {title}",
        detail,
        sort.moment(),
        readers=tuple((reader.value, discretion.reader_words(reader)) for reader in sort.readers),
        languages=tuple(sort.languages(ws, record).items()),
    )


def record_called(ws: Workspace, kind: str, called: str) -> str:
    """The record that a person means by its id, its title, or what stands beside that; else the latest one."""
    sort = sort_of(kind)
    found = [line for uid in ws.journal.records("engagement/") or [""] for line in sort.records(ws, uid)]
    matching = [line[0] for line in found if not called or called == line[0] or fold(called) in map(fold, line[1:])]
    if not matching:
        raise Trouble(
            _("There is nothing called “{title}” of which this paper can be made.").format(title=called),
            _("“pitso paper FILE --list” tells what there is."),
        )
    return matching[-1]


def sort_of(kind: str) -> Kind:
    """The sort of paper that is called so; Trouble if there is none."""
    if kind not in KINDS:
        raise Trouble(
            _("“{kind}” is no paper that Pitso makes.").format(kind=kind),
            _("“pitso paper FILE --list” tells the kinds."),
        )
    return KINDS[kind]


def order(ws: Workspace, kind: str, *, of: str, language: str, reader: str = "") -> Order:
    """What is wanted, as far as it can be had: the usual reader where none is named.

    Trouble where the paper is not made for that reader or in that language.
    """
    sort = sort_of(kind)
    wanted = Reader(reader) if reader else sort.readers[0]
    if wanted not in sort.readers:
        can = ", ".join(each.value for each in sort.readers)
        raise Trouble(
            _("This paper is not made for that reader."), _("It can be made for: {readers}.").format(readers=can)
        )
    spoken = sort.languages(ws, of)
    if language not in spoken:
        raise Trouble(
            _("This paper is not made in “{language}”.").format(language=language),
            _("It can be made in: {languages}.").format(languages=", ".join(spoken)),
        )
    return Order(kind, of, language, wanted)


def order_called(ws: Workspace, kind: str, called: str, *, language: str | None, reader: str) -> Order:
    """What a person wants who names a record by its id or title, and perhaps a language."""
    of = record_called(ws, kind, called)
    spoken = sort_of(kind).languages(ws, of)
    usual = words.language() if words.language() in spoken else next(iter(spoken))
    return order(ws, kind, of=of, language=language or usual, reader=reader)


def make(ws: Workspace, kind: str, *, of: str, language: str, reader: str = "") -> Paper:
    """Make one paper of the record *of*, to be looked at: the same data give the same bytes.

    What leaves the house is issued (`issuing.issue`).
    """
    return drawn(ws, order(ws, kind, of=of, language=language, reader=reader))


def digest_of(ws: Workspace, wanted: Order) -> str:
    """The digest of what the paper would say now, without drawing it."""
    with words.speaking(wanted.language):
        return imprints.digest(sort_of(wanted.kind).view(ws, wanted.of, wanted.reader))


def drawn(
    ws: Workspace, wanted: Order, numbered: Callable[[str], int] = lambda _digest: 1, printed_at: datetime | None = None
) -> Paper:
    """The paper that is *wanted*; *numbered* gives the number of the copy with a digest."""
    sort = sort_of(wanted.kind)
    with words.speaking(wanted.language):
        view = sort.view(ws, wanted.of, wanted.reader)
        digest = imprints.digest(view)
        imprint = replace(view.imprint, copy=numbered(digest), printed_at=printed_at)
        pdf = sort.draw(replace(view, imprint=imprint), wanted.language)
    return Paper(file_name(ws, wanted), pdf, digest, imprint.title, imprint.state.value)


def file_name(ws: Workspace, wanted: Order) -> str:
    """What the file of a paper is called: by what it is, where and when."""
    sort = sort_of(wanted.kind)
    record = ws.journal.record(wanted.of)
    reader = wanted.reader.value if wanted.reader is not sort.readers[0] else ""
    parts = (wanted.kind, ws.name, str(record.get("title", "")), str(record.get("held_on", "")), reader)
    return f"{'-'.join(fold(' '.join((*parts, wanted.language))).split())}.pdf"


def language_name(code: str) -> str:
    """What a language is called by those who speak it; its code where Pitso does not speak it."""
    return words.LANGUAGES.get(code, code)


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
