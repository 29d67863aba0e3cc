"""What a warning is: the rule that raised it, the facts, since when, how heavy, and what was said to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from pitso.domain.facts import Facts


class Severity(StrEnum):
    """How heavy a warning is, the heaviest first."""

    STOP = "stop"
    WARN = "warn"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """0 for the heaviest."""
        return list(Severity).index(self)


Told = Mapping[str, int | Fraction | date | str]
"""The facts of a warning, by name."""


@dataclass(frozen=True)
class Warning:
    """One rule that holds now.

    *case* tells which of the conditions of the rule holds; *subject* what it is about, so that two warnings of one
    rule stay apart; *told* are the facts by name; *record* is where it is mended, if there is one record.
    """

    code: str
    severity: Severity
    case: str
    since: date | None = None
    subject: str = ""
    told: Told = field(default_factory=dict)
    record: str = ""

    @property
    def key(self) -> str:
        """What an acknowledgement names: the same condition about the same subject."""
        return "|".join((self.code, self.case, self.record or self.subject))


@dataclass(frozen=True)
class Settings:
    """Days after which the engagement is warned, and least shares; an engagement may set others."""

    gap_note: int = 60
    gap_warn: int = 90
    silence: int = 30
    objective_ahead: int = 14
    briefing: int = 30
    reconfirming: int = 60
    step_ahead: int = 30
    least_cover: Fraction = Fraction(3, 4)
    assessment_age: int = 180
    least_confidence: Fraction = Fraction(3, 5)
    least_host_led: Fraction = Fraction(3, 10)
    least_councils: Fraction = Fraction(3, 4)
    least_women: Fraction = Fraction(3, 10)
    report: int = 14
    agreement_ahead: int = 90
    term_ahead: int = 180
    team_silence: int = 7


Rule = Callable[[Facts, date, Settings], tuple[Warning, ...]]
"""Tells the warnings that one rule raises from the facts as of a day."""


@dataclass(frozen=True)
class Acknowledgement:
    """Somebody has seen a warning: why it may stand, and when to look again. It hides nothing for good."""

    key: str
    severity: Severity
    reason: str
    by: str
    on: date
    look_again: date
    second: str = ""

    @property
    def lacks(self) -> str:
        """What is still wanted before it counts: ``reason``, ``second``, ``date``, or nothing."""
        if not self.reason.strip():
            return "reason"
        if self.look_again <= self.on:
            return "date"
        if self.severity is Severity.STOP and self.second in ("", self.by):
            return "second"
        return ""


def rests(warning: Warning, acknowledged: Acknowledgement | None, today: date) -> bool:
    """Need nobody look at this *warning* today? One that grew heavier since is new, as is one whose date has come."""
    return (
        acknowledged is not None
        and acknowledged.key == warning.key
        and not acknowledged.lacks
        and acknowledged.severity.weight <= warning.severity.weight
        and today < acknowledged.look_again
    )


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)
