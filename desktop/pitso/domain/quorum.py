"""When an assembly may decide: a list of conditions that must all be met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Base(StrEnum):
    """Of whom a share is taken, and who counts."""

    ROLL = "roll"
    """Everybody on the roll."""
    STANDING = "standing"
    """Those on the roll whose council is in good standing."""
    ACCREDITED = "accredited"
    """Those on the roll who registered."""


class Unit(StrEnum):
    """What is counted."""

    COUNCIL = "council"
    DELEGATE = "delegate"


@dataclass(frozen=True)
class Condition:
    """One condition, as the rules of the assembly state it: a *share* of the base, or a plain *number*.

    *more_than*: half of 90 is then 46 and not 45. *proxies*: whoever gave a proxy to somebody present counts.
    """

    base: Base
    unit: Unit
    share: Fraction | None = None
    number: int | None = None
    more_than: bool = False
    proxies: bool = False

    def __post_init__(self) -> None:
        if (self.share is None) == (self.number is None):
            raise ValueError("a condition is a share or a number")


@dataclass(frozen=True)
class Seat:
    """One elector as the quorum sees it."""

    person: str
    council: str
    standing: bool = True
    accredited: bool = True
    present: bool = False
    proxied: bool = False
    """Absent, and somebody who is present holds the proxy."""


@dataclass(frozen=True)
class Line:
    """One condition with its figures."""

    condition: Condition
    base: int
    needed: int
    present: int

    @property
    def met(self) -> bool:
        return self.present >= self.needed


def lines(conditions: Sequence[Condition], seats: Iterable[Seat]) -> tuple[Line, ...]:
    """Each condition with how many it counts from, needs and finds."""
    known = tuple(seats)
    return tuple(_line(condition, known) for condition in conditions)


def met(found: Sequence[Line]) -> bool:
    """May the assembly decide? Not where no rule says when it may."""
    return bool(found) and all(line.met for line in found)


def _line(condition: Condition, seats: Sequence[Seat]) -> Line:
    base = [seat for seat in seats if _belongs(condition.base, seat)]
    there = [seat for seat in base if seat.present or (condition.proxies and seat.proxied)]
    size = _counted(condition.unit, base)
    return Line(condition, size, needed(condition, size), _counted(condition.unit, there))


def _belongs(base: Base, seat: Seat) -> bool:
    return base is Base.ROLL or (seat.standing if base is Base.STANDING else seat.accredited)


def _counted(unit: Unit, seats: Sequence[Seat]) -> int:
    return len({seat.council if unit is Unit.COUNCIL else seat.person for seat in seats})


def needed(condition: Condition, base: int) -> int:
    """The smallest attendance that meets the condition; at least one, so that an empty room never decides."""
    if condition.number is not None:
        return max(condition.number + condition.more_than, 1)
    assert condition.share is not None
    exact = condition.share * base
    return max(exact.__floor__() + 1 if condition.more_than else exact.__ceil__(), 1)
