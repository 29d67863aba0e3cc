"""From individual ratings to an agreed rating (readiness-scoring, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pitso.domain.readiness.instrument import NO_AGREEMENT, NOT_APPLICABLE, Instrument

Rating: TypeAlias = int | str
"""A level 0 to 4, or NA, UK, ND."""


class Closeness(StrEnum):
    """How near the ratings of an indicator lie to each other."""

    UNANIMOUS = "unanimous"
    CLOSE = "close"
    DISCUSS = "discuss"
    CONTESTED = "contested"
    UNRATED = "unrated"
    """No numeric rating at all."""


@dataclass(frozen=True)
class Proposal:
    """What the ratings of one indicator say together, before anybody has talked."""

    level: int | None
    """The lower median of the numeric ratings: readiness must not be overstated."""
    spread: int | None
    """Largest minus smallest numeric rating."""
    numeric: int
    """How many ratings are numbers."""
    all_not_applicable: bool

    @property
    def closeness(self) -> Closeness:
        """Spread 0 is unanimous, 1 close, 2 to be discussed, 3 or 4 contested (rule 3)."""
        if self.spread is None:
            return Closeness.UNRATED
        kinds = (Closeness.UNANIMOUS, Closeness.CLOSE, Closeness.DISCUSS)
        return kinds[self.spread] if self.spread < len(kinds) else Closeness.CONTESTED


def lower_median(levels: Sequence[int]) -> int | None:
    """The middle level; of two middle ones the lower: 0, 0, 1, 1 gives 0."""
    return sorted(levels)[(len(levels) - 1) // 2] if levels else None


def propose(ratings: Sequence[Rating | None]) -> Proposal:
    """What the individual *ratings* of one indicator propose; None stands for a rater who gave none."""
    levels = [rating for rating in ratings if isinstance(rating, int)]
    given = [rating for rating in ratings if rating is not None]
    return Proposal(
        level=lower_median(levels),
        spread=max(levels) - min(levels) if levels else None,
        numeric=len(levels),
        all_not_applicable=bool(given) and all(rating == NOT_APPLICABLE for rating in given),
    )


def reason_required(
    ratings: Sequence[Rating | None], agreed: Rating | None, instrument: Instrument, *, from_sheet: bool
) -> bool:
    """Must a reason be written for this agreed rating (rules 5 and 7)?

    A rating typed *from_sheet* has no individual ratings; it asks a reason for NA and ND only.
    """
    if agreed in (NOT_APPLICABLE, NO_AGREEMENT):
        return True
    if from_sheet:
        return False
    proposal = propose(ratings)
    if proposal.spread is not None and proposal.spread >= instrument.spread_requires_reason:
        return True
    if not isinstance(agreed, int):
        return False
    levels = [rating for rating in ratings if isinstance(rating, int)]
    outside = not levels or not min(levels) <= agreed <= max(levels)
    far = proposal.level is None or abs(agreed - proposal.level) >= instrument.distance_requires_reason
    return outside or far


def minority_invited(rating: Rating | None, agreed: Rating | None) -> bool:
    """Is a peer who rated this invited to leave a minority view: two or more levels away (rule 6)?"""
    return isinstance(rating, int) and isinstance(agreed, int) and abs(rating - agreed) >= 2


def seen_differently(hosts: Sequence[Rating | None], agreed: Rating | None) -> bool:
    """Do the hosts' lower median and the agreed level lie two or more apart (rule 9)?"""
    return minority_invited(propose(hosts).level, agreed)
