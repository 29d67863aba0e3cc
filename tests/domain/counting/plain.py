"""A second writing of every rule: papers one by one, fractions, loops and no thought for speed.

It shares nothing with the program but the meaning of a paper: a list of marks, of which each is a candidate's letter, a
set of letters, or None where the voter skipped. Lots come as a function from the names that are equal to one of them,
which may say None: then the count stops.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

Mark = str | frozenset[str] | None
Vote = tuple[Mark, ...]


class Stopped(Exception):
    """The room has to draw a lot."""


@dataclass
class Told:
    """What a plain count found."""

    winners: set[str] = field(default_factory=set)
    status: str = "complete"
    stages: list[tuple[dict[str, Fraction], Fraction]] = field(default_factory=list)
    runoff: set[str] = field(default_factory=set)
    invalid: int = 0


Lot = Callable[[set[str]], str | None]


def drawn(lot: Lot, equal: Iterable[str]) -> str:
    name = lot(set(equal))
    if name is None:
        raise Stopped
    return name


# ---- crosses ------------------------------------------------------------------------------------------------------


def marks(vote: Vote) -> set[str]:
    found: set[str] = set()
    for mark in vote:
        if isinstance(mark, str):
            found |= {mark}
        elif mark is not None:
            found |= mark
    return found


def tally(told: Told, candidates: list[str], votes: list[Vote], allowed: Iterable[int]) -> dict[str, int]:
    score = dict.fromkeys(candidates, 0)
    for vote in votes:
        named = marks(vote)
        if len(named) not in allowed:
            told.invalid += 1
            continue
        for name in named:
            score[name] += 1
    told.stages.append(({name: Fraction(score[name]) for name in candidates}, Fraction(0)))
    return score


def top(score: dict[str, int], places: int, lot: Lot) -> set[str]:
    seated: set[str] = set()
    while len(seated) < places:
        left = {name: score[name] for name in score if name not in seated}
        best = {name for name in left if left[name] == max(left.values())}
        if len(seated) + len(best) <= places:
            seated |= best
        else:
            seated.add(drawn(lot, best))
    return seated


def by_crosses(rule: str, candidates: list[str], votes: list[Vote], places: int, lot: Lot) -> Told:
    told = Told()
    allowed = {"block": range(1, places + 1), "approval": range(1, 100)}.get(rule, range(1, 2))
    score = tally(told, candidates, votes, allowed)
    if len(candidates) <= places:
        return Told(set(candidates), "uncontested", [], set(), told.invalid)
    if told.invalid == len(votes):
        return Told(set(), "no valid votes", [], set(), told.invalid)
    try:
        if rule != "majority":
            told.winners = top(score, places, lot)
        elif max(score.values()) * 2 > len(votes) - told.invalid:
            told.winners = {max(score, key=lambda name: score[name])}
        else:
            told.status = "runoff"
            told.runoff = top(score, 2, lot)
    except Stopped:
        told.status = "tie"
    return told


# ---- preferences ----------------------------------------------------------------------------------------------------


def ranking(vote: Vote) -> list[str]:
    found: list[str] = []
    for mark in vote:
        if not isinstance(mark, str) or mark in found:
            break
        found.append(mark)
    return found


@dataclass
class Slip:
    """One paper on the table."""

    ranks: list[str]
    holder: str | None
    value: Fraction = Fraction(1)
    came: int = 0
    """In which batch it came to its holder."""


class Hall:
    """The counting hall: slips with their holders, and who still stands."""

    def __init__(self, candidates: list[str], votes: list[Vote], lot: Lot) -> None:
        self.slips = [Slip(ranks, ranks[0]) for ranks in map(ranking, votes) if ranks]
        self.valid = len(self.slips)
        self.hopeful = list(candidates)
        self.elected: list[str] = []
        self.out: set[str] = set()
        self.lot = lot
        self.credit = {name: Fraction(0) for name in candidates}
        for slip in self.slips:
            assert slip.holder
            self.credit[slip.holder] += 1
        self.lost = Fraction(0)
        self.before: list[dict[str, Fraction]] = []
        self.told = Told(invalid=len(votes) - self.valid)

    def close_stage(self) -> None:
        shown = {name: votes for name, votes in self.credit.items() if name not in self.out or votes}
        self.told.stages.append((shown, self.lost))
        self.before.append(dict(self.credit))

    def next(self, slip: Slip) -> str | None:
        assert slip.holder
        for name in slip.ranks[slip.ranks.index(slip.holder) + 1 :]:
            if name in self.hopeful:
                return name
        return None

    def pick(self, equal: list[str], worst: bool, points: list[dict[str, Fraction]]) -> str:
        for point in points:
            if len(equal) > 1:
                figures = [point[name] for name in equal]
                wanted = min(figures) if worst else max(figures)
                equal = [name for name in equal if point[name] == wanted]
        return equal[0] if len(equal) == 1 else drawn(self.lot, equal)

    def held(self, name: str) -> list[Slip]:
        return [slip for slip in self.slips if slip.holder == name]


def irv(candidates: list[str], votes: list[Vote], lot: Lot) -> Told:
    hall = Hall(candidates, votes, lot)
    if len(candidates) <= 1:
        return Told(set(candidates), "uncontested", [], set(), hall.told.invalid)
    if not hall.valid:
        return Told(set(), "no valid votes", [], set(), hall.told.invalid)
    hall.close_stage()
    try:
        while True:
            total = sum(hall.credit[name] for name in hall.hopeful)
            leader = max(hall.hopeful, key=lambda name: hall.credit[name])
            if hall.credit[leader] * 2 > total:
                hall.told.winners = {leader}
                return hall.told
            low = min(hall.credit[name] for name in hall.hopeful)
            equal = [name for name in hall.hopeful if hall.credit[name] == low]
            out = hall.pick(equal, True, hall.before[::-1])
            hall.hopeful.remove(out)
            if len(hall.hopeful) == 1:
                hall.told.winners = set(hall.hopeful)
                return hall.told
            hall.out.add(out)
            for slip in hall.held(out):
                to = hall.next(slip)
                slip.holder = to
                hall.credit[out] -= 1
                if to is None:
                    hall.lost += 1
                else:
                    hall.credit[to] += 1
            hall.close_stage()
    except Stopped:
        hall.told.status = "tie"
        return hall.told


def five(value: Fraction) -> Fraction:
    return Fraction(floor(value * 100000), 100000)


def scotland(candidates: list[str], votes: list[Vote], places: int, lot: Lot) -> Told:
    hall = Hall(candidates, votes, lot)
    if len(candidates) <= places:
        return Told(set(candidates), "uncontested", [], set(), hall.told.invalid)
    if not hall.valid:
        return Told(set(), "no valid votes", [], set(), hall.told.invalid)
    quota = Fraction(hall.valid // (places + 1) + 1)
    hall.close_stage()
    try:
        while True:
            for name in list(hall.hopeful):
                if hall.credit[name] >= quota:
                    hall.elected.append(name)
                    hall.hopeful.remove(name)
            if len(hall.elected) == places:
                break
            surplus = {name: hall.credit[name] - quota for name in hall.elected if hall.credit[name] > quota}
            if surplus:
                equal = [name for name in surplus if surplus[name] == max(surplus.values())]
                giver = hall.pick(equal, False, hall.before[::-1])
                over, whole = surplus[giver], hall.credit[giver]
                moved = Fraction(0)
                for slip in hall.held(giver):
                    slip.value = five(over * slip.value / whole)
                    slip.holder = hall.next(slip)
                    if slip.holder is not None:
                        hall.credit[slip.holder] += slip.value
                        moved += slip.value
                hall.credit[giver] = quota
                hall.lost += over - moved
                hall.close_stage()
                continue
            low = min(hall.credit[name] for name in hall.hopeful)
            out = hall.pick([name for name in hall.hopeful if hall.credit[name] == low], True, hall.before[::-1])
            hall.hopeful.remove(out)
            if len(hall.hopeful) == places - len(hall.elected):
                hall.elected += hall.hopeful
                break
            hall.out.add(out)
            for slip in hall.held(out):
                slip.holder = hall.next(slip)
                if slip.holder is None:
                    hall.lost += slip.value
                else:
                    hall.credit[slip.holder] += slip.value
            hall.credit[out] = Fraction(0)
            hall.close_stage()
    except Stopped:
        hall.told.status = "tie"
    hall.told.winners = set(hall.elected)
    return hall.told


def hundredths_up(value: Fraction) -> Fraction:
    return Fraction(-floor(-value * 100), 100)


def hundredths_down(value: Fraction) -> Fraction:
    return Fraction(floor(value * 100), 100)


class Ers97(Hall):
    """Newland and Britton 1997, 5.1 to 5.6, told once more."""

    def __init__(self, candidates: list[str], votes: list[Vote], places: int, lot: Lot) -> None:
        super().__init__(candidates, votes, lot)
        self.places = places
        self.quota = Fraction(0)
        self.points: list[dict[str, Fraction]] = []
        self.batch = 0

    @property
    def free(self) -> int:
        return self.places - len(self.elected)

    def set_quota(self) -> None:
        self.quota = hundredths_up((self.valid - self.lost) / (self.places + 1))

    def elect(self) -> None:
        while self.free > 0:
            waiting = sum((max(self.credit[n] - self.quota, Fraction(0)) for n in self.elected), Fraction(0))
            waiting += sum((self.credit[n] for n in self.out), Fraction(0))
            active = sum((self.credit[n] for n in self.hopeful), Fraction(0)) + waiting
            needed = min(self.quota, active / (self.free + 1))
            ready = [n for n in self.hopeful if self.credit[n] >= needed]
            if not ready:
                return
            best = max(self.credit[n] for n in ready)
            equal = [n for n in ready if self.credit[n] == best]
            if len(equal) > self.free:
                for point in self.points:
                    if len(equal) > 1:
                        figure = max(point[n] for n in equal)
                        equal = [n for n in equal if point[n] == figure]
                if len(equal) > self.free:
                    return
            for name in equal:
                self.elected.append(name)
                self.hopeful.remove(name)

    def move(self, slips: list[Slip], worth: Fraction | None) -> int:
        """Hand on a batch; how many of its papers found nobody."""
        self.batch += 1
        alone = 0
        for slip in slips:
            assert slip.holder
            slip.holder = self.next(slip)
            if worth is not None:
                slip.value = worth
            slip.came = self.batch
            if slip.holder is None:
                alone += 1
            else:
                self.credit[slip.holder] += slip.value
        return alone

    def count(self) -> Told:
        if len(self.credit) <= self.places:
            return Told(set(self.credit), "uncontested", [], set(), self.told.invalid)
        if not self.valid:
            return Told(set(), "no valid votes", [], set(), self.told.invalid)
        self.set_quota()
        self.close_stage()
        self.points.append(dict(self.credit))
        self.elect()
        try:
            while self.free > 0 and self.step():
                pass
        except Stopped:
            self.told.status = "tie"
        self.told.winners = set(self.elected)
        return self.told

    def step(self) -> bool:
        surplus = {n: self.credit[n] - self.quota for n in self.elected if self.credit[n] > self.quota}
        together = self.together(sum(surplus.values(), Fraction(0)))
        if surplus and not together:
            self.give_surplus(surplus)
            return True
        low = min(self.credit[n] for n in self.hopeful)
        if not together:
            together = [self.pick([n for n in self.hopeful if self.credit[n] == low], True, self.points)]
        if len(self.hopeful) - len(together) == self.free:
            self.elected += [n for n in self.hopeful if n not in together]
            return False
        self.exclude(together)
        return True

    def together(self, surplus: Fraction) -> list[str]:
        """The largest set with fewest votes that may go: everybody below some figure, never a part of equals."""
        found: list[str] = []
        for bar in sorted({self.credit[n] for n in self.hopeful}):
            below = [n for n in self.hopeful if self.credit[n] < bar]
            enough = len(self.hopeful) - len(below) >= self.free
            if below and enough and sum(self.credit[n] for n in below) + surplus <= bar:
                found = below
        return found

    def give_surplus(self, surplus: dict[str, Fraction]) -> None:
        equal = [n for n in surplus if surplus[n] == max(surplus.values())]
        giver = self.pick(equal, False, self.points)
        over = surplus[giver]
        slips = self.held(giver)
        last = max(slip.came for slip in slips)
        slips = [slip for slip in slips if slip.came == last]
        going = [slip for slip in slips if self.next(slip) is not None]
        value = slips[0].value
        worth = hundredths_down(over / len(going)) if len(going) * value > over else value
        self.credit[giver] = self.quota
        self.lost += over - worth * len(going)
        self.move(going, worth)
        self.points.append(dict(self.credit))
        self.close_stage()
        self.elect()

    def exclude(self, losers: list[str]) -> None:
        for name in losers:
            self.hopeful.remove(name)
            self.out.add(name)
        pile = [slip for name in losers for slip in self.held(name)]
        for value in sorted({slip.value for slip in pile}, reverse=True):
            slips = [slip for slip in pile if slip.value == value]
            for slip in slips:
                assert slip.holder
                self.credit[slip.holder] -= value
            alone = self.move(slips, None)
            self.lost += alone * value
            if alone and not self.elected:
                self.set_quota()
            self.points.append(dict(self.credit))
            self.elect()
            if self.free == 0:
                break
        self.close_stage()


def count(rule: str, candidates: list[str], votes: list[Vote], places: int, lot: Lot) -> Told:
    if rule == "irv":
        return irv(candidates, votes, lot)
    if rule == "stv-scotland":
        return scotland(candidates, votes, places, lot)
    if rule == "stv-ers97":
        return Ers97(candidates, votes, places, lot).count()
    return by_crosses(rule, candidates, votes, places, lot)
