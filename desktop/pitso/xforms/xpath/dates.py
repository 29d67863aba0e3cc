"""Dates and moments as texts and as numbers of days since 1 January 1970 (ODK XForms: Data Types, number()).

A date alone is a whole number of days, whatever the time zone, so that the difference of two dates is a
number of days also across a change of summer time. A dateTime is its instant, in days and fractions since
midnight UTC.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)$", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?(Z|[+-]\d\d(?::?\d\d)?)?$", re.ASCII
)
_TIME = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|[+-]\d\d(?::?\d\d)?)?$", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_START = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = date.max.toordinal() - _EPOCH


def parse_date(text: str) -> date | None:
    """The date that *text* writes as ``2026-01-22``, None where it writes none."""
    match = _DATE.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_moment(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The moment of ``2026-01-22T10:42:00.000+02:00``; without an offset it is in *zone*."""
    match = _MOMENT.match(text)
    if match is None:
        return None
    day = parse_date(match[1])
    if day is None:
        return None
    fraction = int((match[5] or "0").ljust(6, "0"))
    try:
        naive = datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), int(match[4] or 0), fraction)
        return naive.replace(tzinfo=_offset(match[6]) or zone)
    except ValueError:
        return None


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if text[0] == "-" else span)


def days(text: str) -> float | None:
    """The days since 1 January 1970 that a date or dateTime stands for, None for any other text."""
    day = parse_date(text)
    if day is not None:
        return float(day.toordinal() - _EPOCH)
    moment = parse_moment(text)
    return None if moment is None else days_of_moment(moment)


def days_of_moment(moment: datetime) -> float:
    """The days and fractions since 1 January 1970, 0:00 UTC."""
    return (moment - _START) / timedelta(days=1)


def days_at_midnight(day: date, zone: tzinfo) -> float:
    """The instant at which *day* begins in *zone*, in days."""
    return days_of_moment(datetime(day.year, day.month, day.day, tzinfo=zone))


def date_of_days(number: float) -> date | None:
    """The date that lies a *number* of days after 1 January 1970, None outside the calendar."""
    if not -_EPOCH < number <= _LAST:
        return None
    return date.fromordinal(int(number // 1) + _EPOCH)


def moment_of_days(number: float, zone: tzinfo) -> datetime | None:
    """The moment that lies a *number* of days after 1 January 1970, 0:00 UTC, told in *zone*."""
    if not -_EPOCH + 2 < number <= _LAST - 2:
        return None
    milliseconds = round(number * 86_400_000)
    return (_START + timedelta(milliseconds=milliseconds)).astimezone(zone)


def written(moment: datetime) -> str:
    """A moment as a dateTime is stored: ``2026-01-22T10:42:00.000+02:00``."""
    offset = moment.utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}{sign}{hours:02d}:{rest:02d}"


def fraction_of_day(text: str) -> float | None:
    """The part of the day that has passed at ``18:00:00.000+02:00``, by the clock as written."""
    clock = text.split("T", 1)[-1] if parse_moment(text) else text
    match = _TIME.match(clock)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), float(f"{match[3] or 0}.{match[4] or 0}")
    if hour > 24 or minute > 59 or second >= 61:
        return None
    return (hour * 3600 + minute * 60 + second) / 86400


def is_time(text: str) -> bool:
    """Does *text* write a time of day?"""
    return _TIME.match(text) is not None and fraction_of_day(text) is not None
