"""Minimum representation: whether the places that are left can still meet what was adopted."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache

from pitso.domain.counting.ballots import Ballots
from pitso.domain.counting.rules import Minimum
from pitso.domain.trouble import Trouble
from pitso.words import _


class Minima:
    """The conditions of minimum representation over the places of one count."""

    def __init__(self, ballots: Ballots, conditions: Sequence[Minimum], places: int) -> None:
        self._places = places
        self._names = [condition.name for condition in conditions]
        of = [{n for n in ballots.standing if ballots.name(n) in condition.of} for condition in conditions]
        self._groups = {n: tuple(place for place, group in enumerate(of) if n in group) for n in ballots.standing}
        self._least = tuple(min(c.least, len(group)) for c, group in zip(conditions, of, strict=True))
        self.short = [c.name for c, group in zip(conditions, of, strict=True) if len(group) < c.least]
        """Conditions that not even all candidates together could meet: as many as stand are elected."""
        if conditions and not self._possible(self._least, self._groups, places):
            raise Trouble(
                _("The conditions of minimum representation ask for more places than there are."),
                _("Adopt conditions that can be met together."),
            )

    def allow(self, seated: Iterable[int], more: Collection[int], remaining: Iterable[int]) -> bool:
        """Can all conditions still be met when *more* are seated beside those who are?"""
        if not self._names:
            return True
        taken = [*seated, *more]
        others = set(remaining) - set(more)
        return self._possible(self._missing(taken), others, self._places - len(taken))

    def unmet(self, seated: Iterable[int]) -> list[str]:
        """The names of the conditions that those *seated* do not meet yet."""
        return [name for name, missing in zip(self._names, self._missing(seated), strict=True) if missing]

    def _missing(self, seated: Iterable[int]) -> tuple[int, ...]:
        missing = list(self._least)
        for number in seated:
            for place in self._groups[number]:
                missing[place] = max(missing[place] - 1, 0)
        return tuple(missing)

    def _possible(self, missing: tuple[int, ...], candidates: Iterable[int], places: int) -> bool:
        """Are there *places* enough for some of the *candidates* who meet what is *missing*?

        Candidates who belong to the same groups are alike, so only how many of each sort are taken is tried.
        """
        sorts: dict[tuple[int, ...], int] = {}
        for number in candidates:
            if self._groups[number]:
                sorts[self._groups[number]] = sorts.get(self._groups[number], 0) + 1
        order = sorted(sorts)
        never = self._places + 1

        @cache
        def needed(at: int, wanted: tuple[int, ...]) -> int:
            if not any(wanted):
                return 0
            if at == len(order):
                return never
            groups = order[at]
            best = never
            for taken in range(min(sorts[groups], max(wanted[place] for place in groups)) + 1):
                left = tuple(max(w - taken, 0) if place in groups else w for place, w in enumerate(wanted))
                best = min(best, taken + needed(at + 1, left))
            return best

        return needed(0, missing) <= places
