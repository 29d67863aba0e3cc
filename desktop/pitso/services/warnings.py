"""The warnings of an engagement: which hold now, which were acknowledged, and the deed of acknowledging."""

import hashlib
from dataclasses import dataclass
from datetime import date

from pitso.domain import warnings as rules
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.domain.warnings import Acknowledgement, Severity, Warning
from pitso.services import facts as gathered
from pitso.services import persons_here, thresholds, warning_words
from pitso.services.change import Change
from pitso.services.programme_views import WarningLine
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Put
from pitso.words import _, day, listed

PAGES = {
    "W01": "engagement",
    "W07": "assess",
    "W10": "commitments",
    "W13": "election",
    "W14": "election",
    "W20": "differences",
    "W21": "differences",
    "W24": "send",
    "W25": "send",
    "W26": "exchange",
    "W27": "exchange",
}
"""Where a warning is cleared that no single record clears; the others are cleared among the records."""

OF_RECORDS = {
    "record": "form",
    "assessment": "assess",
    "contact": "contacts",
    "organisation": "people",
    "workshop": "room",
    "resolution": "minutes",
    "election": "election",
    "round": "election",
}
"""The page of a record that clears a warning, by its kind."""


@dataclass(frozen=True)
class Raised:
    """How many warnings want a look, and how heavy the heaviest is."""

    number: int
    heaviest: Severity | None


def warnings(ws: Workspace, engagement: str) -> tuple[WarningLine, ...]:
    """Every warning that holds today: those that want a look first, the heaviest before the others."""
    today = ws.today()
    lines = [_line(ws, engagement, one, today) for one in _raised(ws, engagement, today)]
    return tuple(sorted(lines, key=lambda line: line.rests))


def raised(ws: Workspace, engagement: str) -> Raised:
    """What wants a look, for the head of every page."""
    today = ws.today()
    awake = tuple(one for one in _raised(ws, engagement, today) if not _rests(ws, engagement, one, today))
    return Raised(len(awake), rules.heaviest(awake))


def _raised(ws: Workspace, engagement: str, today: date) -> tuple[Warning, ...]:
    return rules.raised(gathered.facts(ws, engagement), today, thresholds.settings(ws, engagement))


def _rests(ws: Workspace, engagement: str, warning: Warning, today: date) -> bool:
    return rules.rests(warning, _acknowledged(ws, engagement, warning.key), today)


def _line(ws: Workspace, engagement: str, warning: Warning, today: date) -> WarningLine:
    seen = _acknowledged(ws, engagement, warning.key)
    page = OF_RECORDS.get(warning.record.partition("/")[0]) or PAGES.get(warning.code, "records")
    return WarningLine(
        key=warning.key,
        code=warning.code,
        severity=warning.severity,
        severity_words=warning_words.severity(warning.severity),
        title=warning_words.title(warning),
        told=warning_words.told(warning),
        since=warning.since,
        clears=warning_words.clears(warning),
        page=page,
        record=warning.record,
        seen=_seen_words(ws, seen) if seen else "",
        rests=rules.rests(warning, seen, today),
    )


def _seen_words(ws: Workspace, seen: Acknowledgement) -> str:
    people = listed(person_name(ws, person) for person in (seen.by, seen.second) if person)
    return _("{name}, {day}: {reason} To be looked at again on {again}.").format(
        name=people, day=day(seen.on), reason=seen.reason, again=day(seen.look_again)
    )


# ---- acknowledging ----------------------------------------------------------------------------------------------


def _entity(engagement: str, key: str) -> str:
    return f"acknowledged/{engagement.partition('/')[2]}/{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _acknowledged(ws: Workspace, engagement: str, key: str) -> Acknowledgement | None:
    """What was said to a warning last; the earlier words stay in the history."""
    record = ws.journal.record(_entity(engagement, key))
    told = [record[field] for field in ("seen", "stop") if record.get(field)]
    if not told:
        return None
    value = max(told, key=lambda one: (str(one["on"]), str(one["severity"]) == Severity.STOP))
    return Acknowledgement(
        key=key,
        severity=Severity(value["severity"]),
        reason=str(value["reason"]),
        by=str(value["by"]),
        on=date.fromisoformat(value["on"]),
        look_again=date.fromisoformat(value["look_again"]),
        second=str(value["second"]),
    )


def acknowledge(
    ws: Workspace, engagement: str, key: str, *, reason: str, look_again: date, second: str = "", pin: str = ""
) -> Change:
    """Note why a warning may stand until the day it is looked at again; one that stops needs a second person's PIN.

    Trouble where the reason, a later day or the second person is missing, or the warning does not hold any more.
    """
    today, author = ws.today(), require_author(ws)
    warning = next((one for one in _raised(ws, engagement, today) if one.key == key), None)
    if warning is None:
        raise Trouble(_("This warning does not hold any more."), _("Look at the list again."))
    stops = warning.severity is Severity.STOP
    said = Acknowledgement(key, warning.severity, reason.strip(), author, today, look_again, second if stops else "")
    if said.lacks:
        raise _lacking(said.lacks)
    if stops:
        persons_here.require_second(ws, second, pin)
    value: Value = {
        "severity": said.severity.value,
        "reason": said.reason,
        "by": said.by,
        "on": said.on.isoformat(),
        "look_again": said.look_again.isoformat(),
        "second": said.second,
    }
    edits = [Put(_entity(engagement, key), "stop" if stops else "seen", value)]
    told = _("Acknowledged until {day}: {warning}.").format(day=day(look_again), warning=warning_words.title(warning))
    return ws.record(edits, said=told, undoable=not stops)


def _lacking(what: str) -> Trouble:
    if what == "reason":
        return Trouble(_("The reason is missing."), _("Write why the warning may stand for now."))
    if what == "date":
        return Trouble(_("The date to look again has passed already."), _("Choose a later one."))
    return Trouble(_("A warning that stops needs a second person."), _("Choose a host or somebody of the office."))
