"""The sorts of papers. Whoever adds one writes its document and adds one entry to a table."""

from pitso.domain.policies import Reader
from pitso.paper.documents import any_form, comparison, consensus_sheet, feedback_sheet, rating_sheets, readiness
from pitso.paper.documents import dossier as dossiers
from pitso.services import assessments, dossier, form_papers, programme_papers, report, sheets
from pitso.services.election_kinds import ELECTION
from pitso.services.paper_kind import (
    Found,
    Kind,
    before_the_visit,
    blank_forms,
    for_signature,
    for_the_office,
    in_the_room,
    what_was_filled,
)
from pitso.services.programme_kinds import PROGRAMME
from pitso.services.room_kinds import ROOM
from pitso.services.workspace import Workspace
from pitso.words import _, day


def _all(ws: Workspace, engagement: str) -> Found:
    return [(one.id, one.title, day(one.held_on)) for one in assessments.in_order(ws, engagement)]


def _agreed(ws: Workspace, engagement: str) -> Found:
    return [
        (one.id, one.title, f"{day(one.held_on)} · {one.verdict_words}")
        for one in assessments.assessments(ws, engagement)
        if one.verdict
    ]


def _after_another(ws: Workspace, engagement: str) -> Found:
    return _agreed(ws, engagement)[1:]


KINDS: dict[str, Kind] = (
    PROGRAMME
    | ROOM
    | ELECTION
    | {
        "rating-sheets": Kind(
            lambda: _("Blank rating sheets"),
            before_the_visit,
            _all,
            lambda ws, of, _reader: sheets.rating_sheets(ws, of),
            rating_sheets.make,
            readers=(Reader.TEAM,),
        ),
        "consensus-sheet": Kind(
            lambda: _("Consensus sheet"),
            in_the_room,
            _all,
            lambda ws, of, _reader: sheets.consensus_sheet(ws, of),
            consensus_sheet.make,
            readers=(Reader.TEAM,),
        ),
        "feedback-sheet": Kind(
            lambda: _("Feedback sheet"),
            for_signature,
            _agreed,
            lambda ws, of, _reader: sheets.feedback_sheet(ws, of),
            feedback_sheet.make,
        ),
        "readiness": Kind(
            lambda: _("Readiness report"),
            for_the_office,
            _agreed,
            report.readiness_report,
            readiness.make,
            readers=(Reader.BOTH_SIDES, Reader.OFFICE, Reader.PUBLIC),
        ),
        "comparison": Kind(
            lambda: _("Comparison with the assessment before"),
            for_the_office,
            _after_another,
            lambda ws, of, _reader: sheets.comparison(ws, of),
            comparison.make,
        ),
        "record": Kind(
            lambda: _("Filled form"),
            what_was_filled,
            form_papers.records,
            form_papers.filled_record,
            any_form.make,
            sources=lambda _ws, of: (of,),
            readers=(Reader.BOTH_SIDES, Reader.TEAM, Reader.OFFICE),
            languages=form_papers.languages,
        ),
        "form": Kind(
            lambda: _("Blank form"),
            blank_forms,
            form_papers.forms,
            lambda ws, of, _reader: form_papers.blank_form(ws, of),
            any_form.make,
            sources=lambda _ws, of: (of,),
            readers=(Reader.PUBLIC,),
            languages=form_papers.languages,
        ),
        "dossier": Kind(
            lambda: _("Dossier of the engagement"),
            for_the_office,
            programme_papers.of_engagement,
            lambda ws, of, reader: dossier.dossier(ws, of, reader, KINDS),
            dossiers.make,
            lambda ws, of: dossier.sources(ws, of, KINDS),
            readers=(Reader.BOTH_SIDES, Reader.OFFICE),
        ),
    }
)
