"""What becomes of a commitment, and in which order commitments are looked at."""

from datetime import date
from enum import StrEnum


class Importance(StrEnum):
    """How much depends on it."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class State(StrEnum):
    """Where a commitment stands."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    PASSED_ON = "passed_on"

    @property
    def waits(self) -> bool:
        """Is there still something to do?"""
        return self in (State.OPEN, State.UNDER_WAY)


def standing(said: State, *, due: date, closed_on: date | None) -> State:
    """Where it stands: what was done after its day is done late, whoever said it was done."""
    late = said is State.DONE and closed_on is not None and closed_on > due
    return State.DONE_LATE if late else said


def days_over(state: State, *, due: date, today: date) -> int:
    """How many days a commitment that waits is past its day; 0 for any other."""
    return max((today - due).days, 0) if state.waits else 0
