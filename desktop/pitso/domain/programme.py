"""The programme of a day: sessions with their planned times, and what becomes of them when one is moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

LONGEST = 24 * 60


@dataclass(frozen=True)
class Slot:
    """A session as the programme plans it, in minutes since midnight."""

    session: str
    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        return self.ends - self.starts


def minutes(text: str) -> int | None:
    """Minutes since midnight of ``09:30``; None for anything else."""
    hours, _colon, rest = text.partition(":")
    if not (hours.isdigit() and rest.isdigit() and len(rest) == 2):
        return None
    found = int(hours) * 60 + int(rest)
    return found if int(rest) < 60 and found < LONGEST else None


def clock(found: int) -> str:
    """``09:30`` for 570; what would lie after midnight stays in its last minute."""
    hours, rest = divmod(min(found, LONGEST - 1), 60)
    return f"{hours:02}:{rest:02}"


def moved(slots: Sequence[Slot], session: str, place: int) -> tuple[Slot, ...]:
    """The day with one *session* at another *place*: each keeps its length, the breaks keep their places.

    The day begins when it began before.
    """
    ordered = sorted(slots, key=lambda slot: slot.starts)
    breaks = [after.starts - before.ends for before, after in pairwise(ordered)]
    own = next(slot for slot in ordered if slot.session == session)
    rest = [slot for slot in ordered if slot is not own]
    rest.insert(max(0, min(place, len(rest))), own)
    found, begin = [], ordered[0].starts
    for slot, gap in zip(rest, [*breaks, 0], strict=True):
        found.append(replace(slot, starts=begin, ends=begin + slot.minutes))
        begin += slot.minutes + gap
    return tuple(found)


def balance(led: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Minutes that each side led, from (side, minutes) of the sessions."""
    found: dict[str, int] = {}
    for side, length in led:
        found[side] = found.get(side, 0) + length
    return found


def share(led: Mapping[str, int], side: str) -> Fraction | None:
    """The part of the time that a *side* led; None while no session was held."""
    whole = sum(led.values())
    return Fraction(led.get(side, 0), whole) if whole else None
