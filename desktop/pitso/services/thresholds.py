"""The days after which an engagement is warned: the usual ones, and those that were set for it alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pitso.domain.trouble import Trouble
from pitso.domain.warnings import USUAL
from pitso.domain.warnings.warning import Settings
from pitso.services.change import Change
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Put
from pitso.words import _, listed, ngettext, whole

MOST = 999
"""More days than that are a slip of the finger."""


@dataclass(frozen=True)
class ThresholdLine:
    """One number of days that a warning waits for."""

    name: str
    """As the settings call it: ``gap_warn``."""
    code: str
    """The warning that it belongs to."""
    words: str
    days: int
    usual: int
    by: str = ""
    """Who set it last, where it was set."""
    on: date | None = None

    @property
    def own(self) -> bool:
        """Does the engagement differ from what is usual?"""
        return self.days != self.usual


def named() -> dict[str, tuple[str, str]]:
    """What can be set: the warning, and what the days are, by the name of the setting."""
    return {
        "objective_ahead": ("W02", _("Days before a visit or workshop, by which the objective is to be signed")),
        "gap_note": ("W03", _("Days without a meeting, after which there is a note")),
        "gap_warn": ("W03", _("Days without a meeting, after which there is a warning")),
        "silence": ("W03", _("Days without a meeting, letter or call")),
        "briefing": ("W04", _("Days in which a new leader is to be briefed")),
        "reconfirming": ("W04", _("Days in which the objective is to be confirmed again")),
        "step_ahead": ("W05", _("Days before a step, by which it is to be covered whole")),
        "assessment_age": ("W07", _("Days for which an assessment holds")),
        "report": ("W18", _("Days after a visit, in which its report is to be final")),
        "agreement_ahead": ("W22", _("Days before the end of an agreement")),
        "term_ahead": ("W23", _("Days before the end of a term")),
        "team_silence": ("W26", _("Days of a visit without a bundle from the team")),
    }


def _beginning(engagement: str) -> str:
    return f"threshold/{engagement.partition('/')[2]}/"


def settings(ws: Workspace, engagement: str) -> Settings:
    """What holds for an engagement: what was set for it, and what is usual for all else."""
    return replace(USUAL, **_set(ws, engagement))


def _set(ws: Workspace, engagement: str) -> dict[str, Any]:
    held = ws.journal.records(_beginning(engagement), fields=["days"])
    days = {uid.rpartition("/")[2]: record.get("days") for uid, record in held.items()}
    return {name: value for name, value in days.items() if name in named() and _sound(value)}


def _sound(value: object) -> bool:
    return isinstance(value, int) and 1 <= value <= MOST


def lines(ws: Workspace, engagement: str) -> tuple[ThresholdLine, ...]:
    """Every number of days that can be set, in the order of the warnings."""
    return tuple(_lines(ws, engagement))


def _lines(ws: Workspace, engagement: str) -> Iterator[ThresholdLine]:
    holds = settings(ws, engagement)
    said = {one.entity: one for one in ws.journal.history(_beginning(engagement), exact=False) if one.current}
    for name, (code, words) in named().items():
        last = said.get(f"{_beginning(engagement)}{name}")
        by, on = (person_name(ws, last.author), last.at.astimezone().date()) if last else ("", None)
        yield ThresholdLine(name, code, words, getattr(holds, name), getattr(USUAL, name), by, on)


def differing(ws: Workspace, engagement: str) -> str:
    """The warnings that wait for other days here than usual, or nothing."""
    codes = dict.fromkeys(line.code for line in lines(ws, engagement) if line.own)
    return _("Other days than usual hold here: {codes}.").format(codes=listed(codes)) if codes else ""


def set_days(ws: Workspace, engagement: str, name: str, days: int) -> Change:
    """Let a warning of this engagement wait for so many *days*; the former number stays in the history.

    Trouble for a number outside 1 to 999, or a note that would come after its warning.
    """
    require_author(ws)
    _code, words = _known(name)
    if not _sound(days):
        raise Trouble(_("{days} is no number of days that Pitso can wait.").format(days=days), _("Write 1 to 999."))
    changed: dict[str, Any] = {name: days}
    _in_order(replace(settings(ws, engagement), **changed))
    told = ngettext("{words}: {number} day.", "{words}: {number} days.", days).format(words=words, number=whole(days))
    return ws.record([Put(_beginning(engagement) + name, "days", days)], said=told)


def use_usual(ws: Workspace, engagement: str, name: str) -> Change:
    """Let a warning wait for the usual days again."""
    require_author(ws)
    _code, words = _known(name)
    _in_order(replace(settings(ws, engagement), **{name: getattr(USUAL, name)}))
    said = _("{words}: as usual.").format(words=words)
    return ws.record([Put(_beginning(engagement) + name, "days", None)], said=said)


def _known(name: str) -> tuple[str, str]:
    if name not in named():
        raise Trouble(
            _("“{name}” is no number of days that can be set.").format(name=name),
            _("Name one of: {names}.").format(names=listed(named())),
        )
    return named()[name]


def _in_order(holds: Settings) -> None:
    if holds.gap_note >= holds.gap_warn:
        raise Trouble(
            _("The note on a gap would come no earlier than the warning."),
            _("Let the note come after fewer days than the warning."),
        )
