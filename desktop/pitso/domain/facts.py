"""What is known of an engagement on a day: frozen facts, from which phases and warnings follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from pitso.domain.readiness.scoring import Verdict

HOST, SUPPORTING = "host", "supporting"


class Track(StrEnum):
    """What the engagement is for (model, section 10)."""

    FOUNDING = "founding"
    STRENGTHENING = "strengthening"


WEAK = frozenset({"nascent", "weak"})
"""How an association exists that is to be strengthened; where there is none, or it lapsed, one is founded."""


@dataclass(frozen=True)
class Peer:
    """A member of the peer team; *acted_on* is the first day of a visit, rating or session with this person."""

    name: str
    acted_on: date | None = None
    trained_on: date | None = None
    exempt: bool = False
    record: str = ""

    def untrained_at(self, day: date) -> bool:
        """Had this person no completed training on that *day*? The mark of a visit stays, whatever follows."""
        return not self.exempt and (self.trained_on is None or self.trained_on > day)


class EventKind(StrEnum):
    """What brings the two sides together."""

    VISIT = "visit"
    MEETING = "meeting"
    WORKSHOP = "workshop"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class Event:
    """A visit, formal meeting, workshop or feedback session, planned or held.

    *final_on* is when its report or minutes were final; *approved_on* when minutes were approved; *next_date* what
    was agreed to follow. *councils* of *all_councils* registered at a founding workshop; *missing* are kinds of
    council or regions of which none came.
    """

    kind: EventKind
    name: str
    starts: date
    ends: date
    next_date: date | None = None
    final_on: date | None = None
    approved_on: date | None = None
    founding: bool = False
    planned_on: date | None = None
    """When it was put into the programme, if that was before it began."""
    councils: int | None = None
    all_councils: int | None = None
    missing: tuple[str, ...] = ()
    record: str = ""


@dataclass(frozen=True)
class LeadershipChange:
    """A change of a key post; the first holder of a new post is none that somebody has to be told of."""

    post: str
    happened_on: date
    first_holder: bool = False
    briefed_on: date | None = None
    reconfirmed_on: date | None = None
    record: str = ""


@dataclass(frozen=True)
class Step:
    """A step of the engagement in the resource plan: *covered* counts only what was confirmed."""

    name: str
    total: Fraction
    covered: Fraction
    needed_on: date | None = None
    used: bool = False
    record: str = ""


@dataclass(frozen=True)
class Precondition:
    """What the verdict "ready with preconditions" still asks for."""

    words: str
    owner: str = ""
    due: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class Assessed:
    """The result of one assessment; *versions* of the instrument that its ratings were made with."""

    name: str
    held_on: date
    stage: str = "founding"
    verdict: Verdict | None = None
    coverage_on: date | None = None
    """When the agreed ratings were complete to the coverage minimum."""
    on_word_only: tuple[str, ...] = ()
    confidence: Fraction | None = None
    below_minimum: tuple[str, ...] = ()
    """Indicators whose gate is not met."""
    preconditions: tuple[Precondition, ...] = ()
    versions: int = 1
    record: str = ""


@dataclass(frozen=True)
class Contact:
    """A letter, a call, a message."""

    subject: str
    on: date
    answer_by: date | None = None
    answered_on: date | None = None
    record: str = ""


@dataclass(frozen=True)
class Commitment:
    """What a person of one side said would be done."""

    text: str
    side: str
    owner: str
    due: date
    made_on: date | None = None
    closed_on: date | None = None
    """When it was done, dropped with a reason, or passed on."""
    must: bool = False
    record: str = ""

    def overdue(self, today: date) -> bool:
        """Is it past its day and still open or under way?"""
        return self.due < today and (self.closed_on is None or self.closed_on > today)


@dataclass(frozen=True)
class Talk:
    """A talk in which the hosts decided."""

    on: date
    peers_absent: bool
    noted_by_hosts: bool = False
    record: str = ""


@dataclass(frozen=True)
class Ballot:
    """The account of the papers of one round; *handed_back* are issued papers that did not reach the box."""

    name: str
    printed: int
    issued: int
    unused: int
    spoilt: int
    handed_back: int
    in_box: int
    valid: int
    invalid: int
    explained: bool = False
    declared: bool = False
    record: str = ""

    @property
    def differences(self) -> int:
        """How many of the three sums of the account do not come out."""
        sums = (
            self.issued + self.unused == self.printed,
            self.issued - self.spoilt == self.in_box + self.handed_back,
            self.valid + self.invalid == self.in_box,
        )
        return sums.count(False)


@dataclass(frozen=True)
class Election:
    """The order in which an election was prepared; *both* are candidates who act as officials."""

    name: str
    planned_on: date | None = None
    """When the election was put into the programme."""
    held_on: date | None = None
    """The day of the vote."""
    rules_adopted: datetime | None = None
    nominations_opened: datetime | None = None
    roll_closed: datetime | None = None
    vote_opened: datetime | None = None
    both: tuple[str, ...] = ()
    declared_on: date | None = None
    record: str = ""


@dataclass(frozen=True)
class Decided:
    """A vote or resolution: *present* are those entitled who were in the room."""

    name: str
    on: date
    present: int
    quorum: int
    record: str = ""


@dataclass(frozen=True)
class Share:
    """How many of a group are women, and the least share that the statutes ask for, if any."""

    group: str
    women: int
    all: int
    on: date | None = None
    rule: Fraction | None = None
    record: str = ""


@dataclass(frozen=True)
class Agreement:
    """A South-South cooperation agreement; *reviews* are dates whose review has not been held."""

    name: str
    ends: date
    signed_on: date | None = None
    renewed: bool = False
    reviews: tuple[date, ...] = ()
    record: str = ""


@dataclass(frozen=True)
class Term:
    """The term of a key post or of a council; *planned* when the risk register says what is done about it."""

    of: str
    ends: date
    planned: bool = False
    record: str = ""


@dataclass(frozen=True)
class Milestones:
    """Dates on which steps of the phases were reached; None while they are not."""

    identification_begun: date | None = None
    proposed: date | None = None
    association_chosen: date | None = None
    association_accepted: date | None = None
    resources_covered: date | None = None
    feedback_final: date | None = None
    hosts_decided: date | None = None
    decided_to_found: date | None = None
    decided_to_strengthen: date | None = None
    statutes_settled: date | None = None
    statutes_agreed: date | None = None
    association_founded: date | None = None
    plan_complete: date | None = None
    plan_adopted: date | None = None
    partner_met: date | None = None
    learning_begun: date | None = None
    learning_dated: date | None = None
    scaling_down: date | None = None
    exit_answered: date | None = None
    closing_signed: date | None = None
    checked: tuple[date, ...] = ()
    """When the checks after 3, 6 and 12 months were done."""


@dataclass(frozen=True)
class Facts:
    """All that phases and warnings are worked out from. What is not known is empty, and raises nothing."""

    track: Track = Track.FOUNDING
    milestones: Milestones = Milestones()
    team: tuple[Peer, ...] = ()
    objective_signed: Mapping[str, date] = field(default_factory=dict)
    """When each side (`host`, `supporting`) signed the objective."""
    assessments: tuple[Assessed, ...] = ()
    events: tuple[Event, ...] = ()
    contacts: tuple[Contact, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    leadership: tuple[LeadershipChange, ...] = ()
    steps: tuple[Step, ...] = ()
    exit_open: tuple[str, ...] = ()
    """Required items of the exit checklist that are open."""
    learned: Mapping[str, int] = field(default_factory=dict)
    """How many learning points each side has."""
    led: Mapping[str, int] = field(default_factory=dict)
    """Minutes of sessions that the hosts, the peers, both led."""
    talks: tuple[Talk, ...] = ()
    elections: tuple[Election, ...] = ()
    election_due: bool = True
    """On the track of strengthening: do the statutes ask for an election or confirmation now?"""
    went_ahead: bool = False
    """The hosts decided, with a reason, to go ahead although readiness is not established."""
    ballots: tuple[Ballot, ...] = ()
    decided: tuple[Decided, ...] = ()
    women: tuple[Share, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    terms: tuple[Term, ...] = ()
    doubles: int = 0
    differing: int = 0
    differing_final: int = 0
    """How many of the fields that differ belong to a final record."""
    unsent_days: tuple[date, ...] = ()
    """Days of which changes exist only on this computer."""
    without_consent: tuple[str, ...] = ()
    """Names that a print or bundle for others would hold without consent."""
    silent: Mapping[str, date] = field(default_factory=dict)
    """In an office: when each team was heard of last."""
    gaps: tuple[str, ...] = ()
    """In an office: computers of which a change is missing between two that came."""
    now: datetime | None = None
    latest_recorded: datetime | None = None
    latest_received: datetime | None = None
    phases_kept: Mapping[int, date] = field(default_factory=dict)
    """When a phase was noted as complete; it stays so, whatever its facts become."""
    phases_reopened: Mapping[int, date] = field(default_factory=dict)
    phases_opened: Mapping[int, date] = field(default_factory=dict)
    """When somebody opened a phase by a deed, before its own facts did."""
    moving_to: int | None = None
    """The phase that somebody is about to move the engagement to."""
