"""What a room adopts before it votes: which rule, and what the rule leaves to choose."""

from dataclasses import dataclass
from enum import StrEnum

from pitso.domain.counting.ballots import Ballots
from pitso.domain.trouble import Trouble
from pitso.words import _, listed


class Rule(StrEnum):
    """The eight rules of counting."""

    PLURALITY = "plurality"
    """Most valid votes, one mark, one place (practice of associations)."""
    MAJORITY = "majority"
    """More than half (Robert's Rules 44:1), else a second round of two."""
    BLOCK = "block"
    """As many marks as places."""
    SNTV = "sntv"
    """One mark, several places."""
    APPROVAL = "approval"
    """Any number of marks."""
    IRV = "irv"
    """Preferences for one place: one exclusion a stage until somebody holds more than half."""
    STV_SCOTLAND = "stv-scotland"
    """Scottish Local Government Elections Order 2007, schedule 1, rules 45 to 52."""
    STV_ERS97 = "stv-ers97"
    """Newland and Britton, third edition 1997, chapter 5."""


ONE_PLACE = frozenset({Rule.PLURALITY, Rule.MAJORITY, Rule.IRV})
BY_CROSSES = frozenset({Rule.PLURALITY, Rule.MAJORITY, Rule.BLOCK, Rule.SNTV, Rule.APPROVAL})
BY_RANK = frozenset(Rule) - BY_CROSSES
WITH_MINIMUM = BY_CROSSES - {Rule.MAJORITY}
"""Rules of most votes: only there can places be kept for a group."""


class Base(StrEnum):
    """What a majority is more than half of."""

    VALID = "valid"
    PRESENT = "present"
    ENTITLED = "entitled"


class NoMajority(StrEnum):
    """What follows when nobody has the majority."""

    RUNOFF = "runoff"
    """A second round between the first two, won by most votes."""
    REPEAT = "repeat"
    """The same ballot again, as often as it takes."""


class TieLeads(StrEnum):
    """What equal votes lead to. The count only returns the tie; the room acts."""

    LOT = "lot"
    SECOND_BALLOT = "second ballot"
    SENIORITY = "seniority"


@dataclass(frozen=True)
class Minimum:
    """At least so many of a group must be elected: two women, one from each region."""

    name: str
    of: frozenset[str]
    """The names of the candidates who belong to the group."""
    least: int


MOST_MINIMA = 12


@dataclass(frozen=True)
class Rules:
    """The choices that a position's rule leaves open."""

    majority: Base = Base.VALID
    present: int | None = None
    """How many were present, for a majority of them."""
    entitled: int | None = None
    """How many may vote by the roll, for a majority of them."""
    no_majority: NoMajority = NoMajority.RUNOFF
    exactly: bool = False
    """Under ``block`` a paper must bear exactly as many marks as there are places."""
    minimum: tuple[Minimum, ...] = ()
    tie: TieLeads = TieLeads.LOT


def rule_named(name: str) -> Rule:
    """The rule with this *name*."""
    try:
        return Rule(name)
    except ValueError as error:
        raise Trouble(
            _("“{name}” is no rule of counting.").format(name=name[:40]),
            _("The rules are {names}.").format(names=listed(Rule)),
        ) from error


def check(rule: Rule, ballots: Ballots, seats: int, options: Rules) -> None:
    """Trouble where the rule, the places, the options and the papers cannot belong together."""
    if rule in ONE_PLACE and seats != 1:
        raise Trouble(
            _("The rule “{rule}” fills one place, not {seats}.").format(rule=rule.value, seats=seats),
            _("Say that there is one place, or choose a rule for several."),
        )
    if options.exactly and rule is not Rule.BLOCK:
        raise Trouble(
            _("A fixed number of marks belongs to the rule “block” only."), _("Leave it out of the rules of the count.")
        )
    _check_people(rule, ballots, options)
    _check_minimum(rule, ballots, options)


def no_minimum() -> Trouble:
    """What is told where places are kept for a group, under a rule that cannot keep them."""
    return Trouble(
        _("Minimum representation is for rules of most votes only."), _("Elect the reserved places separately.")
    )


def _check_people(rule: Rule, ballots: Ballots, options: Rules) -> None:
    for number, needed in ((options.present, Base.PRESENT), (options.entitled, Base.ENTITLED)):
        if rule is Rule.MAJORITY and options.majority is needed and number is None:
            raise Trouble(
                _("It is not told how many voters there are, and the majority is counted of them."),
                _("Add “{key}” with its number to the rules of the count.").format(key=needed.value),
            )
        if number is not None and number < ballots.total:
            raise Trouble(
                _("There are {papers} papers and only {voters} voters.").format(papers=ballots.total, voters=number),
                _("Count the papers and the voters again before anything is declared."),
            )


def _check_minimum(rule: Rule, ballots: Ballots, options: Rules) -> None:
    if options.minimum and rule not in WITH_MINIMUM:
        raise no_minimum()
    if len(options.minimum) > MOST_MINIMA:
        raise Trouble(
            _("There are more than {most} conditions of minimum representation.").format(most=MOST_MINIMA),
            _("Join some of them."),
        )
    for condition in options.minimum:
        if condition.least < 0:
            raise Trouble(
                _("The minimum for “{name}” is less than nothing.").format(name=condition.name), _("Give 0 or more.")
            )
        for name in sorted(condition.of - set(ballots.names)):
            raise Trouble(
                _("“{name}” of “{group}” is no candidate.").format(name=name, group=condition.name),
                _("Write the name as it stands among the candidates."),
            )
