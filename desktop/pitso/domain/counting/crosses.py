"""The rules of crosses: plurality, majority, block, single non-transferable vote and approval."""

from collections.abc import Mapping
from fractions import Fraction

from pitso import words
from pitso.domain.counting.ballots import crosses
from pitso.domain.counting.minimum import Minima
from pitso.domain.counting.outcome import Status, TieKind
from pitso.domain.counting.record import Record
from pitso.domain.counting.rules import Base, NoMajority, Rule, Rules
from pitso.domain.trouble import Trouble
from pitso.words import _, listed


def read(record: Record) -> dict[int, int]:
    """The votes for each candidate; a paper with no mark or too many is invalid as a whole."""
    ballots = record.ballots
    most = {Rule.BLOCK: record.seats, Rule.APPROVAL: len(ballots.standing)}.get(record.rule, 1)
    least = record.seats if record.options.exactly else 1
    votes = dict.fromkeys(ballots.standing, 0)
    for paper, number in ballots.papers.items():
        marks = crosses(paper, ballots.withdrawn)
        if least <= len(marks) <= most:
            record.valid += number
            for mark in marks:
                votes[mark] += number
        else:
            record.invalid += number
    return votes


def most_votes(record: Record, votes: Mapping[int, int], *, places: int) -> Status:
    """Those with most votes are elected; equal votes matter only where not all of them find a place.

    Minimum representation: the most voted are seated while the minima can still be met.
    """
    if not record.stage:
        record.add(exact(votes), Fraction(), _of_stage(record))
    minima = Minima(record.ballots, record.options.minimum, places)
    if minima.short:
        record.say(_("Not enough candidates stand for: {names}.").format(names=listed(minima.short)))
    remaining = set(votes)
    while len(record.winners) < places and remaining:
        seatable = {number for number in remaining if minima.allow(record.winners, [number], remaining)}
        top = max(votes[number] for number in seatable)
        for number in record.by_votes((n for n in remaining - seatable if votes[n] > top), exact(votes)):
            _pass_over(record, number, votes[number], minima)
            remaining.discard(number)
        equal = {number for number in seatable if votes[number] == top}
        all_fit = len(record.winners) + len(equal) <= places and minima.allow(record.winners, equal, remaining)
        order = record.by_votes(equal, exact(votes)) if all_fit else record.drawn(equal, TieKind.ELECTION)
        for number in order:
            if len(record.winners) < places and minima.allow(record.winners, [number], remaining):
                record.winners.append(number)
                remaining.discard(number)
                record.say(_elected(record, number, votes[number]))
    return Status.COMPLETE


def majority(record: Record, votes: Mapping[int, int]) -> Status:
    """More than half of the base is elected (Robert's Rules of Order Newly Revised 44:1), else another round."""
    options = record.options
    base = {Base.VALID: record.valid, Base.PRESENT: options.present, Base.ENTITLED: options.entitled}[options.majority]
    needed = (base or 0) // 2 + 1
    record.quota = Fraction(needed)
    record.add(exact(votes), Fraction(), _of_stage(record))
    record.say(_majority_words(options).format(needed=words.whole(needed), base=words.whole(base or 0)))
    first = [number for number, figure in votes.items() if figure >= needed]
    if first:
        record.winners.append(first[0])
        record.say(_elected(record, first[0], votes[first[0]]))
        return Status.COMPLETE
    if options.no_majority is NoMajority.REPEAT:
        record.runoff = record.by_votes(votes, exact(votes))
        record.say(_("Nobody has the majority: the ballot is repeated."))
        return Status.RUNOFF
    record.runoff = _first_two(record, votes)
    told = _("Nobody has the majority: a second round is held between {names}.")
    record.say(told.format(names=listed(map(record.name, record.runoff))))
    return Status.RUNOFF


def second_round(record: Record, votes: Mapping[int, int]) -> Status:
    """The second round of two is won by most votes."""
    if len(votes) > 2:
        raise Trouble(
            _("A second round is held between two candidates; here are {number}.").format(number=len(votes)),
            _("Mark the others as withdrawn in the file of papers."),
        )
    return most_votes(record, votes, places=1)


def _first_two(record: Record, votes: Mapping[int, int]) -> list[int]:
    found: list[int] = []
    remaining = set(votes)
    while len(found) < 2:
        top = max(votes[number] for number in remaining)
        equal = {number for number in remaining if votes[number] == top}
        fit = len(found) + len(equal) <= 2
        order = record.by_votes(equal, exact(votes)) if fit else record.drawn(equal, TieKind.RUNOFF_PLACE)
        for number in order[: 2 - len(found)]:
            found.append(number)
            remaining.discard(number)
    return found


def exact(votes: Mapping[int, int]) -> dict[int, Fraction]:
    """The votes as the record keeps them."""
    return {number: Fraction(figure) for number, figure in votes.items()}


def _of_stage(record: Record) -> str:
    told = {
        Rule.PLURALITY: _("Each valid paper bears one mark; the candidate with most votes is elected."),
        Rule.MAJORITY: _("Each valid paper bears one mark."),
        Rule.BLOCK: _("Each valid paper bears at most {number} marks; the candidates with most votes are elected."),
        Rule.SNTV: _("Each valid paper bears one mark; the candidates with most votes are elected."),
        Rule.APPROVAL: _("Each valid paper bears any number of marks; the candidates with most votes are elected."),
    }[record.rule]
    if record.options.exactly:
        told = _("Each valid paper bears exactly {number} marks; the candidates with most votes are elected.")
    return told.format(number=words.whole(record.seats))


def _majority_words(options: Rules) -> str:
    return {
        Base.VALID: _("More than half of {base} valid votes is {needed} (44:1)."),
        Base.PRESENT: _("More than half of {base} who are present is {needed}."),
        Base.ENTITLED: _("More than half of {base} who may vote is {needed}."),
    }[options.majority]


def _elected(record: Record, number: int, votes: int) -> str:
    return _("{name} is elected with {votes} votes.").format(name=record.name(number), votes=words.whole(votes))


def _pass_over(record: Record, number: int, votes: int, minima: Minima) -> None:
    told = _("{name} ({votes} votes) is passed over, because the places that are left are needed for: {names}.")
    needed = listed(minima.unmet(record.winners))
    record.say(told.format(name=record.name(number), votes=words.whole(votes), names=needed))
