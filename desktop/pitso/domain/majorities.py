"""Whether a resolution is adopted: how it was decided, by which majority, and whether its counts can be."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Mode(StrEnum):
    """How the room decided."""

    CONSENSUS = "consensus"
    HANDS = "hands"
    SECRET = "secret"
    ACCLAMATION = "acclamation"


COUNTED = frozenset({Mode.HANDS, Mode.SECRET})
"""Modes in which votes are counted."""


class Majority(StrEnum):
    """What "for" needs."""

    SIMPLE = "simple"
    """More for than against."""
    ABSOLUTE = "absolute"
    """More than half of the voters present."""
    TWO_THIRDS = "two_thirds"
    """Two thirds of the votes for and against."""
    THREE_QUARTERS = "three_quarters"
    """Three quarters of the votes for and against."""


SHARES = {Majority.TWO_THIRDS: Fraction(2, 3), Majority.THREE_QUARTERS: Fraction(3, 4)}


@dataclass(frozen=True)
class Votes:
    """Votes of a show of hands or a secret vote."""

    yes: int
    no: int
    abstaining: int

    @property
    def all(self) -> int:
        return self.yes + self.no + self.abstaining


def impossible(votes: Votes, present: int) -> bool:
    """Are there more votes than voters present, or fewer than none?"""
    return votes.all > present or min(votes.yes, votes.no, votes.abstaining) < 0


def needed(votes: Votes, rule: Majority, present: int) -> int:
    """How many votes for it the rule asks for; those who abstain do not count but for the absolute majority."""
    if rule is Majority.SIMPLE:
        return votes.no + 1
    if rule is Majority.ABSOLUTE:
        return present // 2 + 1
    return max((SHARES[rule] * (votes.yes + votes.no)).__ceil__(), 1)


def adopted(mode: Mode, votes: Votes | None, rule: Majority, present: int) -> bool:
    """Is the resolution adopted? Consensus and acclamation are what they say; the rest is counted."""
    if mode not in COUNTED:
        return True
    return votes is not None and not impossible(votes, present) and votes.yes >= needed(votes, rule, present)
