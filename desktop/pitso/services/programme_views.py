"""What is shown of the programme: commitments and contacts, as frozen values."""

from datetime import date, datetime

from msgspec import Struct

from pitso.domain.commitments import Importance
from pitso.domain.commitments import State as Standing
from pitso.domain.phases import State
from pitso.domain.warnings import Severity


class CommitmentLine(Struct, frozen=True):
    """One commitment as it stands today."""

    id: str
    text: str
    owner: str
    """The person, by id."""
    owner_name: str
    organisation: str
    side: str
    side_words: str
    due: date
    importance: Importance
    importance_words: str
    state: Standing
    state_words: str
    days_over: int
    """How many days it is past its day, 0 while it is not."""
    made_on: date
    closed_on: date | None
    source: str
    """The record that it follows from, or words for it, or nothing."""
    source_words: str
    told: str
    """What shows that it was done, why it was dropped, who has it now."""
    shown_by: str
    """The record that shows that it was done, by id, or nothing."""
    shown_by_words: str
    file: str
    """Name of the file that shows it, or nothing."""


class ProofChoice(Struct, frozen=True):
    """A record that may show that something was done."""

    record: str
    words: str


class SideCount(Struct, frozen=True):
    """How the commitments of one side stand."""

    side: str
    side_words: str
    waiting: int
    overdue: int


class OwnerChoice(Struct, frozen=True):
    """A person who may own a commitment, and the side that the person takes part on."""

    person: str
    words: str
    side: str


class ContactLine(Struct, frozen=True):
    """One letter, call or message."""

    id: str
    at: datetime
    """By the clock of whoever logged it, without a time zone."""
    means: str
    means_words: str
    direction: str
    direction_words: str
    own: str
    """Who wrote or spoke on our side, by id."""
    party: str
    """The other one, by id."""
    party_name: str
    parties: str
    """From whom to whom, in words."""
    subject: str
    summary: str
    answer_by: date | None
    answers: str
    """The subject of the earlier entry that this one answers, or nothing."""
    answered_on: date | None
    outcome: str
    outcome_words: str
    confidential: bool
    file: str
    """Name of the file that is attached, or nothing."""
    waits: bool
    """An answer is still awaited."""
    days_over: int
    """How many days the answer is late, 0 while it is not."""


class PartyChoice(Struct, frozen=True):
    """A person or a body that one may write to or talk with."""

    id: str
    words: str


class PointLine(Struct, frozen=True):
    """A number or an address of a person, and since when it is known not to be valid."""

    id: str
    means_words: str
    address: str
    invalid_since: date | None


class TermView(Struct, frozen=True):
    """When the term of a body ends."""

    body: str
    ends: date | None
    planned: bool
    """The risk register says what is done about it."""


class ActionLine(Struct, frozen=True):
    """Something that is still to do, and where: a page, with the record that is gone on with or the form to begin."""

    words: str
    page: str
    record: str = ""
    form: str = ""


class PhaseLine(Struct, frozen=True):
    """One phase of an engagement as it stands today."""

    number: int
    name: str
    state: State
    state_words: str
    opened_on: date | None
    completed_on: date | None
    missing: tuple[ActionLine, ...]
    noted: bool
    """Somebody noted that it is complete: it stays so, whatever its records become."""
    told: tuple[str, ...]
    """What people did with it: who opened it ahead, re-opened it, overrode, and why."""
    here: bool
    """It is shown as where the engagement is."""


class PhasesView(Struct, frozen=True):
    """All phases, and what stands in the way of scaling down."""

    title: str
    lines: tuple[PhaseLine, ...]
    stops: tuple[str, ...]
    """What stops the move to scaling down, a sentence each."""
    checks: tuple[date, ...]
    """Days on which checks of the follow-up are still to come; none before the engagement scales down."""


class WarningLine(Struct, frozen=True):
    """One warning, as it is shown."""

    key: str
    code: str
    severity: Severity
    severity_words: str
    title: str
    told: str
    since: date | None
    clears: str
    page: str
    """The page that clears it."""
    record: str
    """The record or assessment that clears it, or empty."""
    seen: str
    """Who acknowledged it, why, and when it is looked at again; empty while nobody has."""
    rests: bool
    """It was acknowledged, and its day to be looked at again has not come."""


class FeedbackLine(Struct, frozen=True):
    """One point that is told to the hosts, with what they answer to it."""

    code: str
    statement: str
    peers: str
    """What was agreed, with the grade of its evidence."""
    hosts: str
    """Where the hosts stand, all of them together; nothing where they did not rate."""
    differs: bool
    """The two sides see it differently, by two levels or more."""
    response: str
    """The words of the hosts, as they wrote them."""
    on_agenda: bool


class FeedbackView(Struct, frozen=True):
    """What is told to the hosts after an assessment: strengths first, then what is seen differently, then the rest."""

    title: str
    subtitle: str
    strengths: tuple[str, ...]
    lines: tuple[FeedbackLine, ...]
    differing: int
    to_agenda: int
    """How many that are seen differently stand on no agenda yet."""
    host: str
    """The host who writes here now, or nothing: only a host answers."""


class EventDot(Struct, frozen=True):
    """One event on the time line: held, or agreed to follow."""

    starts: date
    ends: date
    words: str
    page: str
    record: str
    planned: bool = False


class Gap(Struct, frozen=True):
    """Days in which the two sides did not meet, longer than is good."""

    starts: date
    ends: date
    days: int
    heavy: bool
    """Longer than the days after which Pitso warns."""


class Door(Struct, frozen=True):
    """How one side of the engagement stands, in a line that leads to its place."""

    name: str
    told: str
    pill: str
    heavy: bool
    page: str
    record: str = ""


class Glance(Struct, frozen=True):
    """One engagement at one look."""

    today: date
    dots: tuple[EventDot, ...]
    gaps: tuple[Gap, ...]
    phases: tuple[PhaseLine, ...]
    actions: tuple[ActionLine, ...]
    """What the phase where the engagement is still lacks."""
    next: EventDot | None
    """What was agreed to follow."""
    warnings: tuple[WarningLine, ...]
    """Those that want a look, the heaviest first."""
    doors: tuple[Door, ...]
