"""The figures that a programme needs across its engagements (model, section 7): counted, summed, never ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from pitso.domain.facts import HOST, SUPPORTING, Facts
from pitso.domain.phases import Phase

YEAR = 365

Key = TypeVar("Key")


@dataclass(frozen=True)
class Reached:
    """Who was reached at workshops: each person once, each council once."""

    councils: int = 0
    persons: int = 0
    women: int = 0
    young: int = 0


@dataclass(frozen=True)
class Figures:
    """The figures of one engagement, or of several together. Shares are (part, whole), so that they can be summed."""

    engagements: int = 0
    days: Mapping[int, int] = field(default_factory=dict)
    """Days in each phase that was opened, by its number."""
    long_gaps: int = 0
    """Gaps of more than 90 days between events."""
    events: tuple[int, int] = (0, 0)
    """With a next date, of all that were held."""
    trained: tuple[int, int] = (0, 0)
    reached: Reached = Reached()
    commitments: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Done on time, of those that were due, by side."""
    learned: Mapping[str, int] = field(default_factory=dict)
    used: tuple[int, int] = (0, 0)
    """Learning points in the learning programme with a date, of all."""
    cover: tuple[Fraction, Fraction] = (Fraction(), Fraction())
    """Confirmed, of what was planned."""
    founded: int = 0
    registered: int = 0
    active_after: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """After 12 and 24 months: still active, of those founded so long ago."""


def figures(
    facts: Facts,
    standing: tuple[Phase, ...],
    today: date,
    *,
    reached: Reached = Reached(),
    used: tuple[int, int] = (0, 0),
    registered: bool = False,
) -> Figures:
    """What one engagement says on the day *today*; *registered*: its association has its certificate."""
    held = sorted((event for event in facts.events if event.starts <= today), key=lambda event: event.starts)
    gaps = [(later.starts - earlier.ends).days for earlier, later in pairwise(held) if later.starts > earlier.ends]
    founded = facts.milestones.association_founded
    return Figures(
        engagements=1,
        days={
            phase.number: ((phase.completed_on or today) - phase.opened_on).days
            for phase in standing
            if phase.opened_on is not None and (phase.completed_on or today) >= phase.opened_on
        },
        long_gaps=sum(gap > 90 for gap in gaps),
        events=(sum(event.next_date is not None for event in held), len(held)),
        trained=(sum(peer.trained_on is not None for peer in facts.team), len(facts.team)),
        reached=reached,
        commitments={side: _on_time(facts, side, today) for side in (HOST, SUPPORTING)},
        learned=dict(facts.learned),
        used=used,
        cover=(
            sum((step.covered for step in facts.steps), Fraction()),
            sum((s.total for s in facts.steps), Fraction()),
        ),
        founded=int(founded is not None and founded <= today),
        registered=int(registered),
        active_after={12: _active(facts, founded, 1, today), 24: _active(facts, founded, 2, today)},
    )


def _on_time(facts: Facts, side: str, today: date) -> tuple[int, int]:
    due = [one for one in facts.commitments if one.side == side and (one.due <= today or one.closed_on is not None)]
    return sum(one.closed_on is not None and one.closed_on <= one.due for one in due), len(due)


def _active(facts: Facts, founded: date | None, years: int, today: date) -> tuple[int, int]:
    """Did anything take place in the last half year before the day on which it was so old?"""
    if founded is None or (today - founded).days < years * YEAR:
        return 0, 0
    days = [event.starts for event in facts.events] + [contact.on for contact in facts.contacts]
    ages = [(day - founded).days for day in days]
    return int(any(years * YEAR - YEAR // 2 <= age for age in ages)), 1


def together(several: Iterable[Figures]) -> Figures:
    """The figures of several engagements as one."""
    found = Figures()
    for one in several:
        found = Figures(
            engagements=found.engagements + one.engagements,
            days=_counted(found.days, one.days),
            long_gaps=found.long_gaps + one.long_gaps,
            events=_sum(found.events, one.events),
            trained=_sum(found.trained, one.trained),
            reached=Reached(
                found.reached.councils + one.reached.councils,
                found.reached.persons + one.reached.persons,
                found.reached.women + one.reached.women,
                found.reached.young + one.reached.young,
            ),
            commitments=_by_key(found.commitments, one.commitments),
            learned=_counted(found.learned, one.learned),
            used=_sum(found.used, one.used),
            cover=(found.cover[0] + one.cover[0], found.cover[1] + one.cover[1]),
            founded=found.founded + one.founded,
            registered=found.registered + one.registered,
            active_after=_by_key(found.active_after, one.active_after),
        )
    return found


def _counted(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _by_key(one: Mapping[Key, tuple[int, int]], other: Mapping[Key, tuple[int, int]]) -> dict[Key, tuple[int, int]]:
    return {key: _sum(one.get(key, (0, 0)), other.get(key, (0, 0))) for key in {*one, *other}}
