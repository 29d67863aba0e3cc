"""Which copies of a workspace are kept: the latest of each of seven days, and of each of four weeks before."""

from collections.abc import Iterable
from datetime import datetime

DAYS, WEEKS = 7, 4


def superseded(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Those copies, by the moment at which they were made, that later ones have made needless.

    What counts are the days on which somebody worked, not the days of the calendar: after a month in a drawer nothing
    is thrown away.
    """
    newest_first = sorted(moments, reverse=True)
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for moment in newest_first:
        days.setdefault(moment.date(), moment)
        weeks.setdefault(moment.isocalendar()[:2], moment)
    kept = {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}
    return frozenset(newest_first) - kept
