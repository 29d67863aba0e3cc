"""The single transferable vote of Newland and Britton, third edition 1997 (ERS97), chapter 5.

Votes are counted in hundredths. Where the book leaves room: a joint exclusion (5.2.5) never parts candidates with equal
votes, so that no lot is drawn for people who could be excluded one after the other.
"""

from collections.abc import Mapping
from fractions import Fraction

from pitso import words
from pitso.domain.counting.ballots import Rankings
from pitso.domain.counting.outcome import Status, TieKind
from pitso.domain.counting.record import Record
from pitso.domain.counting.table import Bundles, Table, paper_count
from pitso.words import _

UNIT = 100
"""One vote, in hundredths (5.1.6)."""


def transferable(record: Record, rankings: Rankings) -> Status:
    """Stages of 5.1 and 5.2 until the count is complete (5.5)."""
    return _Ers97(record, rankings).run()


class _Ers97:
    def __init__(self, record: Record, rankings: Rankings) -> None:
        self.record = record
        self.table = Table(rankings, record.ballots.standing, unit=UNIT)
        self.quota = self._quota()
        self.points: list[Mapping[int, Fraction]] = []
        """The votes after each batch of papers, for candidates with equal votes (5.2.3, 5.2.5, 5.6.2)."""

    @property
    def unfilled(self) -> int:
        return self.record.seats - len(self.record.winners)

    def run(self) -> Status:
        self.points.append(self.table.shown())
        self.table.write_down(self.record, _("First preferences are counted (5.1)."))
        told = _("The quota is {valid} papers divided by {divisor}, to two decimals, rounded up: {quota} (5.1.6).")
        self.record.say(
            told.format(
                valid=words.whole(self.record.valid),
                divisor=words.whole(self.record.seats + 1),
                quota=_units(self.quota),
            )
        )
        self._elect()
        while self.unfilled:
            surpluses = self._surpluses()
            if surpluses and not self._deferred(sum(surpluses.values())):
                self._transfer_surplus(surpluses)
            elif self._exclude(sum(surpluses.values())):
                break
        self.record.quota = Fraction(self.quota, UNIT)
        return Status.COMPLETE

    # ---- quota and election -----------------------------------------------------------------------------------------

    def _quota(self) -> int:
        """5.1.6: to two decimals; unless the division is exact the remainder is ignored and 0.01 is added."""
        active = self.record.valid * UNIT - self.table.nontransferable
        quota = -(-active // (self.record.seats + 1))
        self.record.quota = Fraction(quota, UNIT)
        return quota

    def _active(self) -> int:
        """The total active vote (6.20), by deducting as 5.6.1 does."""
        kept = sum(min(self.table.votes[number], self.quota) for number in self.record.winners)
        return self.record.valid * UNIT - self.table.nontransferable - kept

    def _elect(self) -> None:
        """5.1.7, 5.3.13 and 5.4.9: the quota, or the share of the active vote that nobody can overtake."""
        while self.unfilled and self.table.continuing:
            top = max(self.table.votes[number] for number in self.table.continuing)
            if top < self.quota and top * (self.unfilled + 1) < self._active():
                return
            equal = [number for number in self.table.continuing if self.table.votes[number] == top]
            elected = self._with_a_place(equal)
            if not elected:
                return
            why = _("reaching the quota") if top >= self.quota else _("reaching the share of the active vote")
            for number in sorted(elected, key=self.record.name):
                self.record.winners.append(number)
                self.table.continuing.discard(number)
                told = _("{name} is elected with {votes} votes, {why}.")
                self.record.say(told.format(name=self.record.name(number), votes=_units(top), why=why))

    def _with_a_place(self, equal: list[int]) -> list[int]:
        """5.6.2: where not all who have equal votes find a place, the earliest difference decides, and never a lot."""
        if len(equal) <= self.unfilled:
            return equal
        ahead = self.record.apart(equal, max, self.points)
        if len(ahead) > self.unfilled:
            told = _("{names} have had equal votes throughout, and not all find a place: none is elected yet (5.6.2).")
            self.record.say(told.format(names=self.record.names(sorted(equal, key=self.record.name))))
            return []
        self.record.told_apart(equal, TieKind.ELECTION)
        return list(ahead)

    # ---- surpluses --------------------------------------------------------------------------------------------------

    def _surpluses(self) -> dict[int, int]:
        votes = self.table.votes
        return {number: votes[number] - self.quota for number in self.record.winners if votes[number] > self.quota}

    def _deferred(self, surplus: int) -> bool:
        """5.2.2: may the transfer wait, because it could not change who is excluded next?"""
        return self._joint(surplus) > 0

    def _joint(self, surplus: int) -> int:
        """5.2.5: how many of those with fewest votes can be excluded together; 0 where not even one can safely."""
        figures = sorted(self.table.votes[number] for number in self.table.continuing)
        found, total = 0, 0
        for many in range(1, len(figures) - self.unfilled + 1):
            total += figures[many - 1]
            above = figures[many]
            if total + surplus <= above and figures[many - 1] < above:
                found = many
        return found

    def _transfer_surplus(self, surpluses: dict[int, int]) -> None:
        """5.2.3 and 5.3: the largest surplus; all first papers, or the last batch, which gave rise to it."""
        largest = max(surpluses.values())
        equal = [number for number, surplus in surpluses.items() if surplus == largest]
        giver = self.record.earlier(equal, TieKind.SURPLUS_ORDER, max, self.points)
        value, bundles = self.table.piles[giver][-1]
        received = self.table.deal(bundles)
        papers = sum(map(paper_count, received.values()))
        worth = largest // papers if papers * value > largest else value
        self.table.votes[giver] = self.quota
        self.table.nontransferable += largest - papers * worth
        self.table.credit(received, worth)
        told = _(
            "The surplus of {name}, {surplus}, is transferred: {papers} papers that can be transferred, at {value} "
            "each (5.3)."
        )
        self.points.append(self.table.shown())
        self.table.write_down(
            self.record,
            told.format(
                name=self.record.name(giver),
                surplus=_units(largest),
                papers=words.whole(papers),
                value=_units(worth),
            ),
        )
        self._elect()

    # ---- exclusions -------------------------------------------------------------------------------------------------

    def _exclude(self, deferred: int) -> bool:
        """5.2.5, 5.4 and 5.5.1; true when that completes the count."""
        if deferred:
            told = _("Surpluses of {surplus} in all are deferred: they could not change who is excluded (5.2.2).")
            self.record.say(told.format(surplus=_units(deferred)))
        losers = self._losers(deferred)
        names = self.record.names(losers)
        if len(self.table.continuing) - len(losers) == self.unfilled:
            last = self.record.by_votes(self.table.continuing - set(losers), self.table.shown())
            self.record.winners += last
            told = _("{losers} would be excluded; as many candidates are left as places: {names} are elected (5.5.1).")
            self.record.say(told.format(losers=names, names=self.record.names(last)))
            return True
        told = _("Excluded with fewest votes: {names} (5.2.5). Their papers go on, highest value first (5.4).")
        self.table.write_down(self.record, told.format(names=names))
        self._transfer_batches(losers)
        return False

    def _losers(self, deferred: int) -> list[int]:
        ascending = sorted(
            self.table.continuing, key=lambda number: (self.table.votes[number], self.record.name(number))
        )
        if many := self._joint(deferred):
            return ascending[:many]
        fewest = self.table.votes[ascending[0]]
        equal = [number for number in ascending if self.table.votes[number] == fewest]
        return [self.record.earlier(equal, TieKind.EXCLUSION, min, self.points)]

    def _transfer_batches(self, losers: list[int]) -> None:
        """5.4: the papers of all who are excluded together, in batches by value, candidates elected in between."""
        batches: dict[int, list[tuple[int, Bundles]]] = {}
        for loser in losers:
            self.table.continuing.discard(loser)
            for value, bundles in self.table.piles[loser]:
                batches.setdefault(value, []).append((loser, bundles))
        for value in sorted(batches, reverse=True):
            together: Bundles = {}
            for loser, bundles in batches[value]:
                self.table.votes[loser] -= paper_count(bundles) * value
                for many, papers in bundles.items():
                    together.setdefault(many, []).extend(papers)
            received = self.table.deal(together)
            left = paper_count(together) - sum(map(paper_count, received.values()))
            self.table.credit(received, value)
            self.table.nontransferable += left * value
            if left and not self.record.winners:
                self.quota = self._quota()
                told = _("{papers} papers cannot be transferred; the quota falls to {quota} (5.4.8).")
                self.record.say(told.format(papers=words.whole(left), quota=_units(self.quota)))
            self.points.append(self.table.shown())
            self.table.correct(self.record)
            self._elect()
            if not self.unfilled:
                break  # 5.5.2: no further transfers
        for loser in losers:
            if not self.table.votes[loser]:
                del self.table.votes[loser]
        self.table.correct(self.record)


def _units(units: int) -> str:
    return words.figure(Fraction(units, UNIT))
