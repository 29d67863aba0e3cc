"""Counting: eight rules, exact, without chance. A tie is a value; the room draws the lot and the count goes on.

Whole numbers and fractions only. A count is given everything it decides on, the lots included, so it can be done again
by anybody and gives the same answer.
"""

from collections.abc import Sequence

from pitso.domain.counting import crosses, ers97, preferences
from pitso.domain.counting.ballots import MOST_SEATS, Ballots, bad_seats, rankings
from pitso.domain.counting.blt import digest, read_blt, write_blt
from pitso.domain.counting.outcome import Count, Resolved, Stage, Status, Tie, TieKind, decimal
from pitso.domain.counting.record import Record, Undecided
from pitso.domain.counting.rules import (
    BY_CROSSES,
    Base,
    Minimum,
    NoMajority,
    Rule,
    Rules,
    TieLeads,
    check,
    rule_named,
)
from pitso.domain.trouble import Trouble
from pitso.words import _

__all__ = [
    "Ballots",
    "Base",
    "Count",
    "Minimum",
    "NoMajority",
    "Resolved",
    "Rule",
    "Rules",
    "Stage",
    "Status",
    "Tie",
    "TieKind",
    "TieLeads",
    "count",
    "decimal",
    "digest",
    "read_blt",
    "write_blt",
]

USUAL = Rules()


def count(
    rule: str,
    ballots: Ballots,
    *,
    seats: int | None = None,
    lots: Sequence[Sequence[str]] = (),
    runoff: bool = False,
    options: Rules = USUAL,
) -> Count:
    """Count the *ballots* under the *rule*, for as many *seats* as the ballots say unless told otherwise.

    *lots* are the draws that the room made, each with its names as they were drawn. *runoff* says that this is the
    second round of `majority`. Where a tie needs a lot that was not given, the count stops and returns the tie.
    """
    by = rule_named(rule)
    places = ballots.seats if seats is None else seats
    if not 1 <= places <= MOST_SEATS:
        raise bad_seats()
    check(by, ballots, places, options)
    if runoff and by is not Rule.MAJORITY:
        raise Trouble(_("Only the rule “majority” has a second round."), _("Leave the second round away."))
    record = Record(ballots, by, places, options, lots)
    try:
        return record.count(_by_crosses(record, runoff=runoff) if by in BY_CROSSES else _by_rank(record))
    except Undecided:
        return record.count(Status.TIE)


def _by_crosses(record: Record, *, runoff: bool) -> Status:
    votes = crosses.read(record)
    if (ended := _without_count(record)) is not None:
        return ended
    if record.rule is not Rule.MAJORITY:
        return crosses.most_votes(record, votes, places=record.seats)
    if runoff and record.options.no_majority is NoMajority.RUNOFF:
        return crosses.second_round(record, votes)
    return crosses.majority(record, votes)


def _by_rank(record: Record) -> Status:
    found, record.invalid = rankings(record.ballots)
    record.valid = record.ballots.total - record.invalid
    if (ended := _without_count(record)) is not None:
        return ended
    by_rank = {Rule.IRV: preferences.irv, Rule.STV_SCOTLAND: preferences.scotland, Rule.STV_ERS97: ers97.transferable}
    return by_rank[record.rule](record, found)


def _without_count(record: Record) -> Status | None:
    """Candidates not more than places are elected without a count; without a valid paper nobody is."""
    standing = record.ballots.standing
    if len(standing) <= record.seats:
        record.winners += sorted(standing, key=record.name)
        return Status.UNCONTESTED
    return None if record.valid else Status.NO_VALID_VOTES
