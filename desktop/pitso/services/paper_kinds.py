"""The sorts of papers. Whoever adds one writes its document and adds one entry to `KINDS`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pitso import words
from pitso.domain.policies import Reader
from pitso.paper.documents import (
    any_form,
    attendance_register,
    badges,
    ballot_account,
    ballot_papers,
    certificate,
    comparison,
    consensus_sheet,
    count_report,
    counterfoils,
    declaration,
    delegates_roll,
    feedback_sheet,
    hand_count_sheet,
    nomination_form,
    nomination_list,
    proceedings,
    rating_sheets,
    readiness,
    tally_sheet,
    workshop_programme,
    workshop_statistics,
)
from pitso.services import (
    assessments,
    declaration_papers,
    election_papers,
    form_papers,
    proceedings_papers,
    report,
    room_papers,
    sheets,
)
from pitso.services.workspace import Workspace
from pitso.words import _, day

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


def _what_was_filled() -> str:
    return _("Forms that were filled")


def _blank_forms() -> str:
    return _("Blank forms")


MOMENTS = (_before_the_visit, _in_the_room, _for_signature, _for_the_office, _what_was_filled, _blank_forms)


def _of_an_election() -> dict[str, Kind]:
    """The papers of an election, in the order in which they are wanted."""
    team, both, public = (Reader.TEAM,), (Reader.BOTH_SIDES, Reader.PUBLIC), (Reader.PUBLIC,)
    told: tuple[tuple[str, Callable[[], str], Callable[[], str], Any, Any, Any, tuple[Reader, ...]], ...] = (
        (
            "nomination-form",
            lambda: _("Nomination form"),
            _in_the_room,
            election_papers.of_elections,
            election_papers.nomination_form_of,
            nomination_form.make,
            public,
        ),
        (
            "nomination-list",
            lambda: _("List of nominations"),
            _for_signature,
            election_papers.of_elections,
            election_papers.nomination_list_of,
            nomination_list.make,
            both,
        ),
        (
            "ballot",
            lambda: _("Ballot papers"),
            _in_the_room,
            election_papers.of_ballots,
            election_papers.ballots,
            ballot_papers.make,
            public,
        ),
        (
            "counterfoils",
            lambda: _("Counterfoils"),
            _in_the_room,
            election_papers.of_ballots,
            election_papers.foils,
            counterfoils.make,
            team,
        ),
        (
            "ballot-account",
            lambda: _("Ballot account"),
            _for_signature,
            election_papers.of_rounds,
            election_papers.account,
            ballot_account.make,
            both,
        ),
        (
            "tally",
            lambda: _("Tally sheet"),
            _in_the_room,
            election_papers.of_ballots,
            election_papers.tally,
            tally_sheet.make,
            team,
        ),
        (
            "hand-count",
            lambda: _("Hand count"),
            _in_the_room,
            election_papers.of_preferences,
            election_papers.hand_count,
            hand_count_sheet.make,
            team,
        ),
        (
            "count",
            lambda: _("Report of the count"),
            _for_signature,
            election_papers.of_counts,
            election_papers.count,
            count_report.make,
            both,
        ),
        (
            "declaration",
            lambda: _("Declaration of results"),
            _for_signature,
            election_papers.of_declarations,
            declaration_papers.declared,
            declaration.make,
            public,
        ),
        (
            "observers",
            lambda: _("Observers' copy"),
            _for_signature,
            election_papers.of_declarations,
            lambda ws, of, reader: declaration_papers.declared(ws, of, reader, observers=True),
            declaration.make,
            public,
        ),
    )
    return {
        name: Kind(title, moment, records, view, draw, sources=election_papers.sources, readers=readers)
        for name, title, moment, records, view, draw, readers in told
    }


def _of_workshop(
    title: Callable[[], str],
    moment: Callable[[], str],
    view: Callable[[Workspace, str, Reader], Any],
    draw: Callable[[Any, str], bytes],
    *readers: Reader,
) -> Kind:
    """A sort of paper that is made of a workshop."""
    return Kind(title, moment, room_papers.found, view, draw, room_papers.sources, readers)


ROOM = {
    "programme": _of_workshop(
        lambda: _("Programme"),
        _in_the_room,
        proceedings_papers.programme_paper,
        workshop_programme.make,
        Reader.BOTH_SIDES,
        Reader.PUBLIC,
    ),
    "badges": _of_workshop(
        lambda: _("Badges"),
        _in_the_room,
        lambda ws, of, _reader: room_papers.badge_sheet(ws, of),
        badges.make,
        Reader.TEAM,
    ),
    "register-blank": _of_workshop(
        lambda: _("Register to sign, of those invited"),
        _in_the_room,
        room_papers.invited_register,
        attendance_register.make,
        Reader.TEAM,
    ),
    "register": _of_workshop(
        lambda: _("Attendance register"),
        _for_signature,
        room_papers.register,
        attendance_register.make,
        Reader.TEAM,
        Reader.OFFICE,
    ),
    "roll": _of_workshop(
        lambda: _("Roll of delegates"), _for_signature, room_papers.roll, delegates_roll.make, Reader.BOTH_SIDES
    ),
    "roll-to-sign": _of_workshop(
        lambda: _("Roll to sign for the ballot paper"),
        _in_the_room,
        lambda ws, of, reader: room_papers.roll(ws, of, reader, for_signing=True),
        delegates_roll.make,
        Reader.BOTH_SIDES,
    ),
    "resolutions": _of_workshop(
        lambda: _("Book of resolutions"),
        _for_signature,
        proceedings_papers.book,
        proceedings.make,
        Reader.BOTH_SIDES,
        Reader.OFFICE,
        Reader.PUBLIC,
    ),
    "minutes": _of_workshop(
        lambda: _("Minutes"),
        _for_signature,
        proceedings_papers.minutes,
        proceedings.make,
        Reader.BOTH_SIDES,
        Reader.TEAM,
        Reader.OFFICE,
    ),
    "certificates": _of_workshop(
        lambda: _("Certificates of attendance"),
        _for_signature,
        room_papers.certificates,
        certificate.make,
        Reader.TEAM,
    ),
    "statistics": _of_workshop(
        lambda: _("Figures of the workshop"),
        _for_the_office,
        proceedings_papers.statistics,
        workshop_statistics.make,
        Reader.OFFICE,
        Reader.BOTH_SIDES,
        Reader.PUBLIC,
    ),
}
"""The papers of a workshop."""

KINDS = (
    ROOM
    | _of_an_election()
    | {
        "rating-sheets": Kind(
            lambda: _("Blank rating sheets"),
            _before_the_visit,
            _all,
            lambda ws, of, _reader: sheets.rating_sheets(ws, of),
            rating_sheets.make,
            readers=(Reader.TEAM,),
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
        "record": Kind(
            lambda: _("Filled form"),
            _what_was_filled,
            form_papers.records,
            form_papers.filled_record,
            any_form.make,
            sources=lambda _ws, of: (of,),
            readers=(Reader.BOTH_SIDES, Reader.TEAM, Reader.OFFICE),
            languages=form_papers.languages,
        ),
        "form": Kind(
            lambda: _("Blank form"),
            _blank_forms,
            form_papers.forms,
            lambda ws, of, _reader: form_papers.blank_form(ws, of),
            any_form.make,
            sources=lambda _ws, of: (of,),
            readers=(Reader.PUBLIC,),
            languages=form_papers.languages,
        ),
    }
)
