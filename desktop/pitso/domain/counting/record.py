"""The record of a count while it is being made: stages, words, ties and the lots that settle them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from pitso.domain.counting.ballots import Ballots
from pitso.domain.counting.outcome import Count, Resolved, Stage, Status, Tie, TieKind
from pitso.domain.counting.rules import Rule, Rules, TieLeads
from pitso.domain.trouble import Trouble
from pitso.words import _, listed


class Undecided(Exception):
    """The votes are equal and no lot was given: the count stops here until the room has acted."""


class Record:
    """Collects what happens. Candidates are numbers within a count; only here they get their names."""

    def __init__(self, ballots: Ballots, rule: Rule, seats: int, options: Rules, lots: Sequence[Sequence[str]]) -> None:
        self.ballots = ballots
        self.rule = rule
        self.seats = seats
        self.options = options
        self.winners: list[int] = []
        self.ties: list[Tie] = []
        self.runoff: list[int] = []
        self.quota: Fraction | None = None
        self.valid = 0
        self.invalid = 0
        self._votes: list[dict[int, Fraction]] = []
        self._nontransferable: list[Fraction] = []
        self._actions: list[list[str]] = []
        self._lots = [tuple(draw) for draw in lots]
        self._check_lots()

    def _check_lots(self) -> None:
        for draw in self._lots:
            for name in draw:
                if name not in self.ballots.names:
                    raise Trouble(
                        _("“{name}” was drawn by lot and is no candidate.").format(name=name),
                        _("Write the names as they stand among the candidates."),
                    )
            if not draw or len(set(draw)) < len(draw):
                raise Trouble(_("A lot names nobody, or somebody twice."), _("Give each draw with its names in order."))

    # ---- stages and words -------------------------------------------------------------------------------------------

    @property
    def stage(self) -> int:
        """The number of the latest stage."""
        return len(self._votes)

    def add(self, votes: Mapping[int, Fraction], nontransferable: Fraction, action: str) -> None:
        """A stage is over: these are the votes now."""
        self._votes.append(dict(votes))
        self._nontransferable.append(nontransferable)
        self._actions.append([action])

    def correct(self, votes: Mapping[int, Fraction], nontransferable: Fraction) -> None:
        """The latest stage goes on: these are its votes now."""
        self._votes[-1] = dict(votes)
        self._nontransferable[-1] = nontransferable

    def say(self, sentence: str) -> None:
        """Something more about the latest stage."""
        self._actions[-1].append(sentence)

    def name(self, number: int) -> str:
        """The name of a candidate."""
        return self.ballots.name(number)

    def names(self, numbers: Iterable[int]) -> str:
        """Several candidates in one sentence."""
        return listed(map(self.name, numbers))

    def by_votes(self, numbers: Iterable[int], votes: Mapping[int, Fraction]) -> list[int]:
        """Most votes first; equal ones by name, so that the order of the paper does not matter."""
        return sorted(numbers, key=lambda number: (-votes[number], self.name(number)))

    # ---- ties -------------------------------------------------------------------------------------------------------

    def earlier(
        self,
        equal: Iterable[int],
        kind: TieKind,
        choose: Callable[[Iterable[Fraction]], Fraction],
        history: Iterable[Mapping[int, Fraction]] | None = None,
    ) -> int:
        """The one of the *equal* candidates that an earlier stage tells apart, else a lot.

        *choose* is `min` or `max`: whether fewest or most votes decide. The most recent stage is looked at first, or
        the *history* that is given, from its beginning.
        """
        remaining = self.apart(equal, choose, reversed(self._votes) if history is None else history)
        if len(remaining) > 1:
            return self.drawn(remaining, kind)[0]
        self.told_apart(equal, kind)
        return remaining.pop()

    @staticmethod
    def apart(
        equal: Iterable[int],
        choose: Callable[[Iterable[Fraction]], Fraction],
        history: Iterable[Mapping[int, Fraction]],
    ) -> set[int]:
        """Those of the *equal* candidates who are left when each stage of the *history* has been looked at in turn."""
        remaining = set(equal)
        for votes in history:
            if len(remaining) == 1:
                break
            figures = {number: votes[number] for number in remaining}
            wanted = choose(figures.values())
            remaining = {number for number, figure in figures.items() if figure == wanted}
        return remaining

    def told_apart(self, equal: Iterable[int], kind: TieKind) -> None:
        """Note that an earlier stage decided between candidates with equal votes."""
        between = tuple(sorted(map(self.name, equal)))
        if len(between) > 1:
            self.ties.append(Tie(self.stage, kind, between, Resolved.EARLIER_STAGE))
            told = _("{names} have equal votes; an earlier stage tells them apart.")
            self.say(told.format(names=listed(between)))

    def drawn(self, equal: Iterable[int], kind: TieKind) -> list[int]:
        """The *equal* candidates in the order in which they were drawn; stops the count if they were not."""
        names = {self.name(number): number for number in equal}
        between = tuple(sorted(names))
        draw = self._draw(set(names))
        if draw is None:
            self.ties.append(Tie(self.stage, kind, between, None))
            self.say(self._wanted(listed(between)))
            raise Undecided
        self.ties.append(Tie(self.stage, kind, between, Resolved.LOT))
        told = _("{names} have equal votes; they were drawn in this order: {drawn}.")
        if self.options.tie is TieLeads.SENIORITY:
            told = _("{names} have equal votes; they stand in this order by seniority: {drawn}.")
        elif self.options.tie is TieLeads.SECOND_BALLOT:
            told = _("{names} have equal votes; the second ballot put them in this order: {drawn}.")
        self.say(told.format(names=listed(between), drawn=listed(draw)))
        return [names[name] for name in draw]

    def _wanted(self, names: str) -> str:
        told = {
            TieLeads.LOT: _("{names} have equal votes: the count waits until the lot is drawn between them."),
            TieLeads.SECOND_BALLOT: _("{names} have equal votes: a second ballot is held between them."),
            TieLeads.SENIORITY: _("{names} have equal votes: the count waits until their seniority is told."),
        }
        return told[self.options.tie].format(names=names)

    def _draw(self, names: set[str]) -> tuple[str, ...] | None:
        """A draw belongs to a tie when it was between the same people; a single name tells who was drawn first."""
        for place, draw in enumerate(self._lots):
            if set(draw) == names or (len(draw) == 1 and draw[0] in names):
                return self._lots.pop(place)
        return None

    # ---- the end ----------------------------------------------------------------------------------------------------

    def count(self, status: Status) -> Count:
        """The finished record."""
        return Count(
            rule=self.rule,
            title=self.ballots.title,
            seats=self.seats,
            status=status,
            winners=tuple(map(self.name, self.winners)),
            stages=tuple(
                Stage({self.name(number): figure for number, figure in votes.items()}, lost, " ".join(said))
                for votes, lost, said in zip(self._votes, self._nontransferable, self._actions, strict=True)
            ),
            ties=tuple(self.ties),
            runoff=tuple(map(self.name, self.runoff)),
            quota=self.quota,
            valid=self.valid,
            invalid=self.invalid,
            lots_unused=len(self._lots),
        )
