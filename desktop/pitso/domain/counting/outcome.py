"""What a count gives: stages that can be followed by hand, ties as values, and who is elected."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pitso.domain.counting.rules import Rule


class Status(StrEnum):
    """Where a count ended."""

    COMPLETE = "complete"
    TIE = "tie"
    """It waits for the room: a lot, a second ballot, seniority."""
    RUNOFF = "runoff"
    """Nobody has the majority: another round is held."""
    UNCONTESTED = "uncontested"
    """Not more candidates than places."""
    NO_VALID_VOTES = "no valid votes"


class TieKind(StrEnum):
    """What the equal votes were to decide."""

    EXCLUSION = "exclusion"
    SURPLUS_ORDER = "surplus-order"
    ELECTION = "election"
    RUNOFF_PLACE = "runoff-place"


class Resolved(StrEnum):
    """How equal votes were told apart."""

    EARLIER_STAGE = "earlier stage"
    LOT = "lot"


@dataclass(frozen=True)
class Tie:
    """Equal votes that mattered, and how they were told apart; None while the room has not done it."""

    stage: int
    """The stage at whose end the votes were equal, the first one being 1."""
    kind: TieKind
    between: tuple[str, ...]
    resolved: Resolved | None


@dataclass(frozen=True)
class Stage:
    """One step of a count: the votes after it, and in words what was done."""

    votes: Mapping[str, Fraction]
    """Of everybody who is not excluded, in the order of the paper."""
    nontransferable: Fraction
    action: str


@dataclass(frozen=True)
class Count:
    """The result of one count with everything that led to it."""

    rule: Rule
    title: str
    seats: int
    status: Status
    winners: tuple[str, ...]
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...]
    runoff: tuple[str, ...]
    """Those who stand in the next round."""
    quota: Fraction | None
    """Votes that secure election: the quota, or the majority. The last one, where it falls from stage to stage."""
    valid: int
    invalid: int
    lots_unused: int = 0
    """Draws that were given and belong to no tie of this count."""

    @property
    def vacant(self) -> int:
        """Places that this count has not filled."""
        return self.seats - len(self.winners)

    @property
    def open_tie(self) -> Tie | None:
        """The tie that the count waits for."""
        return self.ties[-1] if self.status is Status.TIE else None

    def as_json(self) -> dict[str, Any]:
        """The count in plain values: figures as decimals in text."""
        return {
            "winners": list(self.winners),
            "status": self.status.value,
            "stages": [
                {
                    "votes": {name: decimal(votes) for name, votes in stage.votes.items()},
                    "nontransferable": decimal(stage.nontransferable),
                    "action": stage.action,
                }
                for stage in self.stages
            ],
            "ties": [
                {
                    "stage": tie.stage,
                    "kind": tie.kind.value,
                    "between": list(tie.between),
                    "resolved": tie.resolved and tie.resolved.value,
                }
                for tie in self.ties
            ],
            "runoff": list(self.runoff),
            "quota": None if self.quota is None else decimal(self.quota),
            "valid": self.valid,
            "invalid": self.invalid,
            "vacant": self.vacant,
        }


def decimal(votes: Fraction) -> str:
    """A figure of at most five decimals, exactly: 27, 12.5, 0.00001."""
    whole, rest = divmod(votes.numerator * 100_000 // votes.denominator, 100_000)
    return f"{whole}.{rest:05}".rstrip("0") if rest else str(whole)
