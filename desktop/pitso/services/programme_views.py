"""What is shown of the programme: commitments and contacts, as frozen values."""

from dataclasses import dataclass
from datetime import date

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
