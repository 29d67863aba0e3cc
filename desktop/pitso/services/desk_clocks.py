"""Clocks of desks that are wrong by whole days: told, and mended by a deed, so that times are read as meant."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pitso.services.change import Change
from pitso.services.room_views import Participant, WorkshopLine
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from pitso.words import ngettext, whole

SOON = timedelta(hours=1)
"""So far ahead a clock may go before it is told."""


def moved_back(ws: Workspace, workshop: str) -> dict[str, timedelta]:
    """By how much the times of each desk, by its letter, are read earlier than they were written."""
    records = ws.journal.records(f"desk/{key_of(workshop)}/", fields=["days_ahead"])
    return {uid.rpartition("/")[2]: timedelta(days=int(record["days_ahead"])) for uid, record in records.items()}


def astray(known: Iterable[Participant], line: WorkshopLine, now: datetime) -> dict[str, int]:
    """Desks, by their letters, whose clock seems to be so many whole days ahead (behind, where it is negative).

    Somebody registered there in the future, or everybody before the workshop began.
    """
    latest: dict[str, datetime] = {}
    for one in known:
        if one.came is not None:
            latest[one.desk] = max(latest.get(one.desk, one.came), one.came)
    found = {desk: _days(last, line, now) for desk, last in latest.items()}
    return {desk: days for desk, days in found.items() if days}


def _days(last: datetime, line: WorkshopLine, now: datetime) -> int:
    if last > now + SOON:
        return round((last - now) / timedelta(days=1))
    return min((last.date() - line.starts).days, 0)


def mend(ws: Workspace, workshop: str, desk: str, days: int) -> Change:
    """Read the times of a desk so many days earlier from now on, on every computer; the entries stay as they are."""
    before = moved_back(ws, workshop).get(desk, timedelta()).days
    entity = f"desk/{key_of(workshop)}/{desk}"
    return ws.record([Put(entity, "days_ahead", before + days)], said=told(desk, days), made=workshop)


def told(desk: str, days: int) -> str:
    """What is wrong, in a sentence."""
    if days > 0:
        sentence = ngettext(
            "The clock of desk {desk} is {number} day ahead.", "The clock of desk {desk} is {number} days ahead.", days
        )
    else:
        sentence = ngettext(
            "The clock of desk {desk} is {number} day behind.",
            "The clock of desk {desk} is {number} days behind.",
            -days,
        )
    return sentence.format(desk=desk, number=whole(abs(days)))
