"""The papers as they lie on the counting table: one pile for each candidate, in the batches in which they came."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

from pitso.domain.counting.ballots import Rankings
from pitso.domain.counting.record import Record

Papers: TypeAlias = list[Iterator[int]]
"""Papers that came together, each open at its next preference."""

Bundles: TypeAlias = dict[int, Papers]
"""Papers of one value, by how many equal papers each of them stands for."""


class Table:
    """Votes are counted in small whole *units*, so that the decimals of a rule are exact and nothing is rounded."""

    def __init__(self, rankings: Rankings, standing: Iterable[int], *, unit: int) -> None:
        self.unit = unit
        self.continuing = set(standing)
        self.votes = dict.fromkeys(standing, 0)
        """Units for everybody who is not excluded."""
        self.nontransferable = 0
        self.piles: dict[int, list[tuple[int, Bundles]]] = {number: [] for number in self.votes}
        """For each candidate the batches received: the value of each paper, and the papers."""
        bundles: Bundles = {}
        for preferences, number in rankings:
            bundles.setdefault(number, []).append(iter(preferences))
        self.credit(self.deal(bundles), unit)

    def deal(self, bundles: Bundles) -> dict[int, Bundles]:
        """Sort papers by their next available preference; those that have none are on nobody's heap."""
        received: dict[int, Bundles] = {number: {} for number in self.continuing}
        for many, papers in bundles.items():
            heaps: dict[int, Papers] = {number: [] for number in self.continuing}
            for paper in papers:
                for candidate in paper:
                    if candidate in heaps:
                        heaps[candidate].append(paper)
                        break
            for number, heap in heaps.items():
                if heap:
                    received[number][many] = heap
        return {number: heap for number, heap in received.items() if heap}

    def credit(self, received: dict[int, Bundles], value: int) -> None:
        """Give the sorted papers to their candidates, each paper at this *value*."""
        for number, bundles in received.items():
            self.votes[number] += paper_count(bundles) * value
            self.piles[number].append((value, bundles))

    def transfer(self, giver: int, worth: Callable[[int], int], *, keeps: int) -> None:
        """Move all papers of the *giver*, each at what its value is *worth* now, while the giver *keeps* so much.

        What nobody receives (papers without a further preference, decimals that were cut) is not transferable.
        """
        before = sum(self.votes.values())
        pile, self.piles[giver] = self.piles[giver], []
        self.votes[giver] = keeps
        for value, bundles in pile:
            self.credit(self.deal(bundles), worth(value))
        self.nontransferable += before - sum(self.votes.values())

    def shown(self) -> dict[int, Fraction]:
        """The votes of everybody who is not excluded."""
        return {number: Fraction(units, self.unit) for number, units in self.votes.items()}

    def write_down(self, record: Record, action: str) -> None:
        """Record the stage that has just ended."""
        record.add(self.shown(), Fraction(self.nontransferable, self.unit), action)

    def correct(self, record: Record) -> None:
        """The stage that was written down goes on with the next batch."""
        record.correct(self.shown(), Fraction(self.nontransferable, self.unit))


def paper_count(bundles: Bundles) -> int:
    """How many papers there are."""
    return sum(many * len(papers) for many, papers in bundles.items())
