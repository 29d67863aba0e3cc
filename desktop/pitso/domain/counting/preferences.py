"""The rules of preferences that look one exclusion at a time: instant run-off and the Scottish order.

Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52. Votes are counted in units of
which one vote holds 100,000, so that five decimals are whole numbers and nothing is rounded unseen.
"""

from fractions import Fraction

from pitso import words
from pitso.domain.counting.ballots import Rankings
from pitso.domain.counting.outcome import Status, TieKind
from pitso.domain.counting.record import Record
from pitso.domain.counting.table import Table
from pitso.words import _, listed

UNIT = 100_000
"""One vote, in the fifth decimal (rule 48(3))."""


def irv(record: Record, rankings: Rankings) -> Status:
    """One place: the candidate with fewest votes is excluded until one holds more than half of those continuing.

    Equal votes at an exclusion are told apart as in rule 51 of SSI 2007/42: by the most recent difference, then by lot.
    """
    table = Table(rankings, record.ballots.standing, unit=UNIT)
    table.write_down(record, _("First preferences are counted."))
    while True:
        held = sum(table.votes.values()) // UNIT
        needed = held // 2 + 1
        record.quota = Fraction(needed)
        told = _("The continuing candidates hold {held} votes; more than half is {needed}.")
        record.say(told.format(held=words.whole(held), needed=words.whole(needed)))
        for number, units in table.votes.items():
            if units >= needed * UNIT:
                record.winners.append(number)
                record.say(_elected_with(record, number, units, ""))
                return Status.COMPLETE
        loser = _fewest(record, table)
        if len(table.continuing) == 2:
            record.winners += table.continuing - {loser}
            told = _("{loser} is excluded; {name} alone is left and is elected.")
            record.say(told.format(loser=record.name(loser), name=record.name(record.winners[0])))
            return Status.COMPLETE
        _exclude(record, table, loser)


def scotland(record: Record, rankings: Rankings) -> Status:
    """The single transferable vote of SSI 2007/42, schedule 1, rules 45 to 52."""
    table = Table(rankings, record.ballots.standing, unit=UNIT)
    quota = record.valid // (record.seats + 1) + 1
    record.quota = Fraction(quota)
    table.write_down(record, _("First preferences are counted (rule 45)."))
    told = _(
        "The quota is {valid} valid papers divided by {divisor}, without decimals, and one more: {quota} (rule 46)."
    )
    record.say(
        told.format(valid=words.whole(record.valid), divisor=words.whole(record.seats + 1), quota=words.whole(quota))
    )
    while True:
        reached = [number for number in table.continuing if table.votes[number] >= quota * UNIT]
        for number in record.by_votes(reached, table.shown()):
            table.continuing.discard(number)
            record.winners.append(number)
            record.say(_elected_with(record, number, table.votes[number], _("(rule 47)")))
        vacancies = record.seats - len(record.winners)
        if not vacancies:
            return Status.COMPLETE
        if any(table.votes[number] > quota * UNIT for number in record.winners):
            _transfer_surplus(record, table, quota * UNIT)
            continue
        loser = _fewest(record, table)
        if len(table.continuing) - 1 == vacancies:
            _fill_last_places(record, table, loser)
            return Status.COMPLETE
        _exclude(record, table, loser)


def _transfer_surplus(record: Record, table: Table, quota: int) -> None:
    """Rule 48, the highest surplus first (rule 49(1)); equal ones by the most recent difference, then by lot."""
    highest = max(table.votes[number] for number in record.winners)
    equal = [number for number in record.winners if table.votes[number] == highest]
    giver = record.earlier(equal, TieKind.SURPLUS_ORDER, max)
    votes = table.votes[giver]
    surplus = votes - quota
    table.transfer(giver, lambda value: surplus * value // votes, keeps=quota)
    told = _(
        "The surplus of {name}, {surplus} of {votes} votes, is transferred: each paper at its value times the surplus, "
        "divided by the votes, cut at five decimals (rules 48 and 49)."
    )
    table.write_down(record, told.format(name=record.name(giver), surplus=_units(surplus), votes=_units(votes)))


def _fewest(record: Record, table: Table) -> int:
    """The candidate to be excluded: rule 50(1); of equal ones rule 51(2): the most recent difference, then a lot."""
    lowest = min(table.votes[number] for number in table.continuing)
    equal = [number for number in table.continuing if table.votes[number] == lowest]
    return record.earlier(equal, TieKind.EXCLUSION, min)


def _exclude(record: Record, table: Table, loser: int) -> None:
    votes = table.votes[loser]
    table.continuing.discard(loser)
    table.transfer(loser, lambda value: value, keeps=0)
    del table.votes[loser]
    told = _(
        "{name} has fewest votes, {votes}, and is excluded; each paper goes to its next available preference at the "
        "value that it has (rule 50)."
    )
    table.write_down(record, told.format(name=record.name(loser), votes=_units(votes)))


def _fill_last_places(record: Record, table: Table, loser: int) -> None:
    """Rule 52: as many candidates continue as places are left, so nothing more is transferred."""
    last = record.by_votes(table.continuing - {loser}, table.shown())
    record.winners += last
    told = _(
        "{loser} has fewest votes and is excluded (rule 50); as many candidates are left as places: {names} "
        "(rule 52). Nothing more is transferred."
    )
    record.say(told.format(loser=record.name(loser), names=listed(map(record.name, last))))


def _elected_with(record: Record, number: int, units: int, article: str) -> str:
    told = _("{name} is elected with {votes} votes {article}").format(
        name=record.name(number), votes=_units(units), article=article
    )
    return told.rstrip() + "."


def _units(units: int) -> str:
    return words.figure(Fraction(units, UNIT))
