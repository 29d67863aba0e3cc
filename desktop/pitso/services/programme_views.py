"""What is shown of the programme: commitments and contacts, as frozen values."""

from dataclasses import dataclass
from datetime import date, datetime

from pitso.domain.commitments import Importance, State


@dataclass(frozen=True)
class CommitmentLine:
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
    state: State
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


@dataclass(frozen=True)
class SideCount:
    """How the commitments of one side stand."""

    side: str
    side_words: str
    waiting: int
    overdue: int


@dataclass(frozen=True)
class OwnerChoice:
    """A person who may own a commitment, and the side that the person takes part on."""

    person: str
    words: str
    side: str


@dataclass(frozen=True)
class ContactLine:
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


@dataclass(frozen=True)
class PartyChoice:
    """A person or a body that one may write to or talk with."""

    id: str
    words: str


@dataclass(frozen=True)
class PointLine:
    """A number or an address of a person, and since when it is known not to be valid."""

    id: str
    means_words: str
    address: str
    invalid_since: date | None
