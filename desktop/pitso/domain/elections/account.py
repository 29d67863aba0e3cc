"""The account of the papers of one round: three sums that must come out, or be explained."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST = 1_000_000
"""More papers than this are a slip of the finger."""


class Sum(StrEnum):
    """The sums of the account, in the order in which they can be made."""

    PRINTED = "printed"
    """printed = issued + unused"""
    BOX = "box"
    """in the box = issued - handed back - not returned"""
    SORTED = "sorted"
    """in the box = valid + blank + rejected"""


class Fault(StrEnum):
    """What cannot be, however it is explained."""

    NEGATIVE = "negative"
    HUGE = "huge"
    HANDED_BACK = "handed back"
    """More were handed back or kept than were issued."""
    NO_REASON = "no reason"
    """Papers were not returned, and nobody says why."""


@dataclass(frozen=True)
class Account:
    """The figures of one round; None while one is not known."""

    printed: int | None = None
    issued: int | None = None
    handed_back: int | None = None
    """Spoilt and replaced: the replacement counts as issued too."""
    not_returned: int | None = None
    unused: int | None = None
    in_box: int | None = None
    valid: int | None = None
    blank: int | None = None
    rejected: int | None = None
    not_returned_because: str = ""
    explained: Mapping[Sum, str] = field(default_factory=dict)

    @property
    def before(self) -> tuple[int | None, ...]:
        """What is counted before the box is opened."""
        return self.printed, self.issued, self.handed_back, self.not_returned, self.unused

    @property
    def expected(self) -> int | None:
        """How many papers the box must hold, known before it is opened."""
        return _less(self.issued, self.handed_back, self.not_returned)

    @property
    def differences(self) -> dict[Sum, int]:
        """By how much each sum does not come out, as far as its figures are known; 0 where it does."""
        used = None if self.issued is None or self.unused is None else self.issued + self.unused
        told = None if None in (self.valid, self.blank, self.rejected) else _all(self.valid, self.blank, self.rejected)
        pairs = {
            Sum.PRINTED: (self.printed, used),
            Sum.BOX: (self.in_box, self.expected),
            Sum.SORTED: (self.in_box, told),
        }
        return {which: left - right for which, (left, right) in pairs.items() if left is not None and right is not None}

    @property
    def unexplained(self) -> tuple[Sum, ...]:
        """Sums that do not come out and that nobody has explained."""
        return tuple(
            which for which, by in self.differences.items() if by and not self.explained.get(which, "").strip()
        )


def faults(account: Account) -> tuple[Fault, ...]:
    """What is impossible in an *account*, whatever is still missing from it."""
    figures = [
        number
        for number in (*account.before, account.in_box, account.valid, account.blank, account.rejected)
        if number is not None
    ]
    found = []
    if any(number < 0 for number in figures):
        found.append(Fault.NEGATIVE)
    if any(number > MOST for number in figures):
        found.append(Fault.HUGE)
    if account.expected is not None and account.expected < 0 and not found:
        found.append(Fault.HANDED_BACK)
    if account.not_returned and not account.not_returned_because.strip():
        found.append(Fault.NO_REASON)
    return tuple(found)


def _less(whole: int | None, *parts: int | None) -> int | None:
    if whole is None or None in parts:
        return None
    return whole - _all(*parts)


def _all(*parts: int | None) -> int:
    return sum(part or 0 for part in parts)
