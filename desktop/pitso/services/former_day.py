"""Looking back: the workspace as it was known on a former day, or what is known now told as of another day."""

from datetime import UTC, date, datetime, time

from pitso.domain import hlc
from pitso.domain.trouble import Trouble
from pitso.services import workspace
from pitso.services.workspace import Workspace
from pitso.storage.former import look_back
from pitso.storage.journal import Journal
from pitso.words import _, day

NOON = time(12)


def open_as_of(ws: Workspace, on: date, *, known_then: bool) -> Workspace:
    """The same workspace, to be looked at as of a day; nothing can be written in it.

    With *known_then* it holds what had been written by the end of that day, wherever; else all that is known now, only
    that "today" is that day. Trouble for a day that has not come, or on which nothing had been written yet.
    """
    if known_then and on > ws.today():
        raise Trouble(_("This day has not come yet."), _("Choose a former day."))
    end = datetime.combine(on, time.max).astimezone(UTC)
    stamp = hlc.stamp(end) if known_then else None
    if known_then and not ws.journal.file.rows("SELECT 1 FROM op WHERE hlc <= ? LIMIT 1", (stamp,)):
        raise Trouble(_("Nothing had been written here by that day."), _("Choose a later one."))
    moment = datetime.combine(on, NOON).astimezone(UTC)
    file = look_back(ws.path, ws.journal.file.key, stamp)
    journal = Journal(file, ws.key.public, lambda: moment)
    return Workspace(ws.path, journal, ws.key, ws.place, lambda: moment, ws.token, looking_back=_told(on, known_then))


def _told(on: date, known_then: bool) -> str:
    told = _("As it was known on {day}.") if known_then else _("What is known now, as of {day}.")
    return told.format(day=day(on))


def back(ws: Workspace) -> Workspace:
    """The workspace of today again, after looking back from it."""
    return workspace.open_workspace(ws.path, key=ws.journal.file.key)


def days(ws: Workspace) -> tuple[date, ...]:
    """Days on which something was written here, the latest first."""
    rows = ws.journal.file.rows("SELECT DISTINCT hlc / ? FROM op ORDER BY 1 DESC", (hlc.DAY,))
    return tuple(hlc.moment(number * hlc.DAY).date() for (number,) in rows)
