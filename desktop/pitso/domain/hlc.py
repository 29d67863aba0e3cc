"""The hybrid logical clock: for display, and for the tie between values that did not know each other.

A stamp is milliseconds since the start of 2020 (UTC), shifted left by twelve bits, plus a counter: it stays
below 2^53 until the year 2089.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
COUNTER_BITS = 12
DAY = 24 * 60 * 60 * 1000 << COUNTER_BITS
"""How far the stamps of two days lie apart."""
LATEST = 2**53 - 2**40
"""No clock gives a later stamp, whatever year it believes in: a number beyond 2^53 would be refused by everybody."""
LEAP_LIMIT = timedelta(minutes=10)
"""How far ahead a clock from outside may move ours."""


def stamp(moment: datetime) -> int:
    """The first stamp of this *moment*."""
    return min(int((moment - EPOCH) / timedelta(milliseconds=1)) << COUNTER_BITS, LATEST)


def moment(stamped: int) -> datetime:
    """The moment of a stamp, in UTC, to the millisecond."""
    return EPOCH + timedelta(milliseconds=stamped >> COUNTER_BITS)


def tick(last: int, now: datetime) -> int:
    """The next stamp after *last*, at *now* or later."""
    return max(last + 1, stamp(now))


def heard(last: int, other: int, now: datetime) -> int:
    """Our clock after reading the stamp *other*: moved on, but at most ten minutes ahead of *now*."""
    return max(last, min(other, stamp(now + LEAP_LIMIT)))
