"""All papers: whoever adds one writes a module in ``documents`` and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pitso.paper.documents import (
    attendance_register,
    ballot_papers,
    bundle_receipt,
    comparison,
    consensus_sheet,
    feedback_sheet,
    invitation,
    rating_sheets,
    readiness,
    recovery_card,
)
from pitso.words import _


class Moment(StrEnum):
    """When in the work a paper is wanted: the headings it is listed under."""

    BEFORE = "before the visit"
    ROOM = "in the room"
    SIGNATURE = "for signature"
    OFFICE = "for the office"


@dataclass(frozen=True)
class Paper:
    """A kind of paper: the view value that it prints and how it is made."""

    kind: str
    """Its name on the command line: never changed once it exists."""
    title: Callable[[], str]
    moment: Moment
    view: type[Any]
    make: Callable[[Any, str], bytes]


PAPERS = (
    Paper("invitation", lambda: _("Invitation"), Moment.BEFORE, invitation.Invitation, invitation.make),
    Paper(
        "rating-sheets",
        lambda: _("Rating sheets, blank"),
        Moment.BEFORE,
        rating_sheets.RatingSheets,
        rating_sheets.make,
    ),
    Paper("recovery-card", lambda: _("Recovery card"), Moment.BEFORE, recovery_card.RecoveryCard, recovery_card.make),
    Paper(
        "attendance-register",
        lambda: _("Attendance register"),
        Moment.ROOM,
        attendance_register.AttendanceRegister,
        attendance_register.make,
    ),
    Paper("ballot-papers", lambda: _("Ballot papers"), Moment.ROOM, ballot_papers.BallotPapers, ballot_papers.make),
    Paper(
        "consensus-sheet",
        lambda: _("Consensus sheet"),
        Moment.ROOM,
        consensus_sheet.ConsensusSheet,
        consensus_sheet.make,
    ),
    Paper(
        "feedback-sheet",
        lambda: _("Feedback sheet"),
        Moment.SIGNATURE,
        feedback_sheet.FeedbackSheet,
        feedback_sheet.make,
    ),
    Paper("readiness", lambda: _("Readiness report"), Moment.OFFICE, readiness.ReadinessReport, readiness.make),
    Paper("comparison", lambda: _("Two assessments"), Moment.OFFICE, comparison.Comparison, comparison.make),
    Paper(
        "bundle-receipt", lambda: _("Bundle receipt"), Moment.OFFICE, bundle_receipt.BundleReceipt, bundle_receipt.make
    ),
)


def paper(kind: str) -> Paper | None:
    """The paper of this *kind*, if there is one."""
    return next((each for each in PAPERS if each.kind == kind), None)


def moment_words(moment: Moment) -> str:
    """The heading of a moment."""
    return {
        Moment.BEFORE: _("Before the visit"),
        Moment.ROOM: _("In the room"),
        Moment.SIGNATURE: _("For signature"),
        Moment.OFFICE: _("For the office"),
    }[moment]
