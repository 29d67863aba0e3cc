"""What people noted of the phases of an engagement: each deed is kept as a record of its own, and none is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pitso.domain.facts import Facts
from pitso.domain.operation import Value
from pitso.domain.phases import FOLLOW_UP, SCALING_DOWN
from pitso.services.answers import day_of
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put


class Sort(StrEnum):
    """What somebody did with a phase; the names of the fields, of which roles bind some."""

    OPENED = "opened"
    AHEAD = "ahead"
    """Opened although earlier phases are incomplete."""
    COMPLETE = "complete"
    REOPENED = "reopened"
    MOVED = "moved"
    """The move to scaling down, with nothing in its way."""
    OVERRIDE = "override"
    """The move to scaling down although something stops it."""
    CHECKED = "checked"
    """A check of the follow-up."""


@dataclass(frozen=True)
class PhaseDeed:
    """One deed: of which phase, on which day, by whom, with whom, and why."""

    phase: int
    sort: Sort
    on: date
    by: str
    second: str = ""
    reason: str = ""
    despite: tuple[str, ...] = ()
    """What stood in the way, in the words of that day."""


def edit(ws: Workspace, engagement: str, deed: PhaseDeed) -> Put:
    """What keeps a deed."""
    value: Value = {
        "on": deed.on.isoformat(),
        "by": deed.by,
        "second": deed.second,
        "reason": deed.reason,
        "despite": list(deed.despite),
    }
    return Put(f"{_beginning(engagement)}{deed.phase}/{ws.token()}", deed.sort.value, value, personal=True)


def _beginning(engagement: str) -> str:
    return f"phase/{engagement.partition('/')[2]}/"


def deeds(ws: Workspace, engagement: str) -> tuple[PhaseDeed, ...]:
    """Every deed on a phase of an engagement that was not taken back, in the order in which they were done."""
    versions = ws.journal.history(_beginning(engagement), exact=False)
    found = [_read(one.entity, one.field, one.value) for one in reversed(versions) if one.current]
    return tuple(deed for deed in found if deed is not None)


def _read(uid: str, field: str, value: Mapping[str, Any] | None) -> PhaseDeed | None:
    """The deed that a value tells of; None where it was taken back, or a newer program wrote it otherwise."""
    number, on = uid.split("/")[2], day_of(str((value or {}).get("on") or ""))
    if value is None or on is None or not number.isdigit() or field not in set(Sort):
        return None
    return PhaseDeed(
        int(number),
        Sort(field),
        on,
        str(value.get("by") or ""),
        str(value.get("second") or ""),
        str(value.get("reason") or ""),
        tuple(map(str, value.get("despite") or ())),
    )


def with_deeds(ws: Workspace, engagement: str, known: Facts) -> Facts:
    """The facts, with what people noted of the phases."""
    done = deeds(ws, engagement)
    moved = [deed.on for deed in done if deed.sort in (Sort.MOVED, Sort.OVERRIDE)]
    checked = tuple(deed.on for deed in done if deed.phase == FOLLOW_UP and deed.sort is Sort.CHECKED)
    return replace(
        known,
        milestones=replace(known.milestones, scaling_down=min(moved, default=None), checked=checked),
        phases_kept={deed.phase: deed.on for deed in _standing(done) if deed.sort is Sort.COMPLETE},
        phases_reopened={deed.phase: deed.on for deed in done if deed.sort is Sort.REOPENED},
        phases_opened={deed.phase: deed.on for deed in reversed(done) if deed.sort in (Sort.OPENED, Sort.AHEAD)},
    )


def _standing(done: tuple[PhaseDeed, ...]) -> Iterable[PhaseDeed]:
    """Of each phase the last word on whether it is complete."""
    return {deed.phase: deed for deed in done if deed.sort in (Sort.COMPLETE, Sort.REOPENED)}.values()


def override(ws: Workspace, engagement: str) -> PhaseDeed | None:
    """The override by which the engagement scales down, if it needed one: every later paper names it."""
    done = [deed for deed in deeds(ws, engagement) if deed.phase == SCALING_DOWN]
    return next((deed for deed in done if deed.sort is Sort.OVERRIDE), None)
