"""The course of one contest over its rounds: what is counted, which tie waits, which round is next, who is elected."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pitso.domain import counting
from pitso.domain.counting import Ballots, Count, NoMajority, Rule, Rules, Status, Tie, TieKind, TieLeads
from pitso.domain.counting.rules import Base, Minimum


class Kind(StrEnum):
    """What a round is held for."""

    FIRST = "first"
    RUNOFF = "runoff"
    """The second round of the rule ``majority``."""
    REPEAT = "repeat"
    """The same ballot again, because nobody had the majority."""
    SECOND_BALLOT = "second ballot"
    """Between those with equal votes, where the rules say so."""
    CONFIRMATION = "confirmation"
    """Yes or no to the only candidate, where the rules ask for a vote."""


class Stand(StrEnum):
    """Where a contest stands."""

    VOTING = "voting"
    """A round waits for its papers."""
    TIE = "tie"
    """The room has to tell equal votes apart."""
    NEXT_ROUND = "next round"
    DECIDED = "decided"


@dataclass(frozen=True)
class Box:
    """One round with its papers; None while they are not entered. *present* is how many could vote when it opened."""

    kind: Kind
    ballots: Ballots | None
    present: int | None = None


@dataclass(frozen=True)
class Course:
    """All that follows from the rounds so far."""

    stand: Stand
    counts: tuple[Count | None, ...] = ()
    """One for each round."""
    winners: tuple[str, ...] = ()
    round: int = 0
    """The round that waits, or that is to be held: the first is 0."""
    next_kind: Kind | None = None
    next_names: tuple[str, ...] = ()
    tie: Tie | None = None


@dataclass(frozen=True)
class Position:
    """How one position is filled."""

    rule: Rule
    places: int
    options: Rules = field(default_factory=Rules)
    entitled: int | None = None


Lots = Sequence[Sequence[str]]


def follow(position: Position, boxes: Sequence[Box], lots: Lots) -> Course:
    """Count the *boxes* one after the other, as the rules of the *position* lead from one to the next."""
    counts: list[Count | None] = [None] * len(boxes)
    at = 0
    while at < len(boxes):
        box = boxes[at]
        if box.ballots is None:
            return Course(Stand.VOTING, tuple(counts), round=at)
        if box.kind is Kind.CONFIRMATION:
            counts[at] = counted = counting.count(Rule.PLURALITY, box.ballots, seats=1)
            won = counted.winners if counted.winners == box.ballots.names[:1] else ()  # equal votes elect nobody
            return Course(Stand.DECIDED, tuple(counts), won)
        told = _settled(position, boxes, at, lots, counts)
        if isinstance(told, Course):
            return replace(told, counts=tuple(counts))
        counted, at = told
        if counted.status is not Status.RUNOFF:
            return Course(Stand.DECIDED, tuple(counts), counted.winners)
        if at == len(boxes):
            kind = Kind.REPEAT if position.options.no_majority is NoMajority.REPEAT else Kind.RUNOFF
            return Course(Stand.NEXT_ROUND, tuple(counts), round=at, next_kind=kind, next_names=counted.runoff)
    return Course(Stand.NEXT_ROUND, round=0, next_kind=Kind.FIRST)


def _settled(
    position: Position, boxes: Sequence[Box], at: int, lots: Lots, counts: list[Count | None]
) -> tuple[Count, int] | Course:
    """The count of one round with the second ballots that follow it, and the round after them; or what waits."""
    by_ballot = position.options.tie is TieLeads.SECOND_BALLOT
    drawn = [] if by_ballot else list(lots)
    after = at + 1
    while True:
        counted = _count(position, boxes[at], drawn)
        counts[at] = counted
        tie = counted.open_tie
        if tie is None:
            return counted, after
        if not by_ballot:
            return Course(Stand.TIE, round=at, tie=tie)
        if after == len(boxes):
            return Course(Stand.NEXT_ROUND, round=after, next_kind=Kind.SECOND_BALLOT, next_names=tie.between, tie=tie)
        second = boxes[after]
        if second.ballots is None:
            return Course(Stand.VOTING, round=after)
        again = counting.count(Rule.SNTV, second.ballots, seats=_wanted(counted, tie), lots=lots)
        counts[after] = again
        order = _order(again, second.ballots, tie, lots)
        if order is None:  # equal again: now the lot decides
            return Course(Stand.TIE, round=after, tie=again.open_tie or tie)
        drawn.append(order)
        after += 1


def _wanted(counted: Count, tie: Tie) -> int:
    """How many of those with equal votes the tie lets through."""
    if tie.kind is TieKind.ELECTION:
        return counted.vacant
    if tie.kind is TieKind.EXCLUSION:
        return len(tie.between) - 1
    if tie.kind is TieKind.RUNOFF_PLACE:
        votes = counted.stages[-1].votes
        return 2 - sum(figure > votes[tie.between[0]] for figure in votes.values())
    return 1


def _order(again: Count, ballots: Ballots, tie: Tie, lots: Lots) -> tuple[str, ...] | None:
    """Those with equal votes, the one on whom the step acts first: whoever is excluded has fewest votes.

    None where the second ballot tells nothing and no lot was drawn yet.
    """
    if again.status is Status.NO_VALID_VOTES:
        return next((tuple(draw) for draw in lots if set(draw) == set(tie.between)), None)
    if again.open_tie is not None:
        return None
    seated = again.winners
    rest = tuple(sorted(name for name in ballots.names if name not in seated))
    return (*rest, *seated) if tie.kind is TieKind.EXCLUSION else (*seated, *rest)


def _count(position: Position, box: Box, lots: Lots) -> Count:
    assert box.ballots is not None
    options = replace(
        position.options,
        present=box.present if position.options.majority is Base.PRESENT else None,
        entitled=position.entitled if position.options.majority is Base.ENTITLED else None,
        minimum=_standing(position.options.minimum, box.ballots),
    )
    runoff = box.kind is Kind.RUNOFF
    return counting.count(position.rule, box.ballots, seats=position.places, lots=lots, runoff=runoff, options=options)


def _standing(minima: Sequence[Minimum], ballots: Ballots) -> tuple[Minimum, ...]:
    names = set(ballots.names)
    return tuple(replace(one, of=frozenset(one.of & names)) for one in minima)
