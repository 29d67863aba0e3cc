"""Papers as two people key them: what a paper counts as, where the two entries differ, what goes into the count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pitso.domain.counting.ballots import Ballots, Paper, crosses, rankings
from pitso.domain.counting.rules import BY_CROSSES, Rule, Rules

ONE_MARK = frozenset({Rule.PLURALITY, Rule.MAJORITY, Rule.SNTV})
"""Rules whose papers bear one mark each: a mark is a paper."""


class Reason(StrEnum):
    """Why a paper does not count, though it is not blank."""

    TOO_MANY = "too many"
    TOO_FEW = "too few"
    NO_FIRST = "no first"
    UNCLEAR = "unclear"
    NAMES_VOTER = "names voter"
    NOT_OFFICIAL = "not official"
    OTHER = "other"


SAID_BY_PEOPLE = (Reason.UNCLEAR, Reason.NAMES_VOTER, Reason.NOT_OFFICIAL, Reason.OTHER)
"""What a person sees on the paper; the other reasons follow from its marks."""


@dataclass(frozen=True)
class Keyed:
    """One paper as one person keyed it; *rejected* by what was seen on it, *challenged* until somebody decides."""

    marks: Paper = ()
    rejected: Reason | None = None
    challenged: bool = False


@dataclass(frozen=True)
class Difference:
    """Where two entries part: places from 0 in each, and what each says; None where one of them has no paper."""

    first_at: int
    second_at: int
    first: Keyed | None
    second: Keyed | None


@dataclass(frozen=True)
class Sorted:
    """All papers of a box by what they count as."""

    valid: int
    blank: int
    rejected: dict[Reason, int]

    @property
    def all(self) -> int:
        """How many papers these are."""
        return self.valid + self.blank + sum(self.rejected.values())


def as_marked(paper: Keyed, rule: Rule) -> Keyed:
    """A *paper* as it is compared and kept: where crosses are made, order means nothing, nor a name keyed twice."""
    return replace(paper, marks=tuple(sorted(crosses(paper.marks, frozenset())))) if rule in BY_CROSSES else paper


def differences(first: Sequence[Keyed], second: Sequence[Keyed]) -> tuple[Difference, ...]:
    """Paper by paper, where the second entry differs from the first.

    A paper that one of them passed over is one difference and does not shift all that follow.
    """
    shifted = _shifted(first, second)
    if len(first) != len(second):
        return shifted
    pairs = enumerate(zip(first, second, strict=True))
    in_place = tuple(Difference(at, at, one, other) for at, (one, other) in pairs if one != other)
    return in_place if len(in_place) <= len(shifted) else shifted


def _shifted(first: Sequence[Keyed], second: Sequence[Keyed]) -> tuple[Difference, ...]:
    """The differences as they are where papers may have been passed over: as few as can be (Levenshtein).

    Because they are fewest, looking at any one of them leaves one fewer: two entries always come together.
    """
    band = abs(len(first) - len(second)) + 4
    while (costs := _costs(first, second, band))[len(first), len(second)] > band:
        band *= 2
    found: list[Difference] = []
    at, place = len(first), len(second)
    while at or place:
        cost = costs[at, place]
        if at and place and cost == costs[at - 1, place - 1] + (first[at - 1] != second[place - 1]):
            at, place = at - 1, place - 1
            if first[at] != second[place]:
                found.append(Difference(at, place, first[at], second[place]))
        elif at and cost == costs.get((at - 1, place), cost) + 1:
            at -= 1
            found.append(Difference(at, place, first[at], None))
        else:
            place -= 1
            found.append(Difference(at, place, None, second[place]))
    return tuple(reversed(found))


def _costs(first: Sequence[Keyed], second: Sequence[Keyed], band: int) -> dict[tuple[int, int], int]:
    """How many differences the beginnings of both entries have at least, for lengths at most a *band* apart.

    What lies outside the band costs more than the band: a cost within it is right (Ukkonen).
    """
    costs: dict[tuple[int, int], int] = {}
    beyond = len(first) + len(second) + 1
    for at in range(len(first) + 1):
        for place in range(max(0, at - band), min(len(second), at + band) + 1):
            if not at or not place:
                costs[at, place] = at + place
                continue
            same = costs[at - 1, place - 1] + (first[at - 1] != second[place - 1])
            passed = min(costs.get((at - 1, place), beyond), costs.get((at, place - 1), beyond))
            costs[at, place] = min(same, passed + 1)
    return costs


def agreed(
    first: Sequence[Keyed], second: Sequence[Keyed], difference: Difference, paper: Keyed | None
) -> tuple[list[Keyed], list[Keyed]]:
    """Both entries after the two looked at the paper of one *difference* together; None: there is no such paper."""
    return (
        _with(first, difference.first_at, difference.first, paper),
        _with(second, difference.second_at, difference.second, paper),
    )


def _with(entry: Sequence[Keyed], at: int, was: Keyed | None, paper: Keyed | None) -> list[Keyed]:
    after = at + (was is not None)
    return [*entry[:at], *([paper] if paper is not None else []), *entry[after:]]


def decided(entry: Sequence[Keyed], at: int, *, rejected: Reason | None) -> list[Keyed]:
    """The entry after somebody decided on the challenged paper at this place."""
    return [*entry[:at], replace(entry[at], challenged=False, rejected=rejected), *entry[at + 1 :]]


def counts_as(paper: Keyed, ballots: Ballots, rule: Rule, options: Rules) -> Reason | None:
    """Why a *paper* that is not blank does not count; None if it does. *ballots* tell who stands for which places."""
    if paper.rejected is not None:
        return paper.rejected
    if rule in BY_CROSSES:
        marks = len(crosses(paper.marks, ballots.withdrawn))
        most = {Rule.BLOCK: ballots.seats, Rule.APPROVAL: len(ballots.standing)}.get(rule, 1)
        if marks > most:
            return Reason.TOO_MANY
        return Reason.TOO_FEW if marks < (ballots.seats if options.exactly else 1) else None
    found, _invalid = rankings(replace(ballots, papers={paper.marks: 1}))
    return None if found else Reason.NO_FIRST


def sort_papers(entry: Sequence[Keyed], ballots: Ballots, rule: Rule, options: Rules) -> Sorted:
    """How many papers of an entry are valid, blank, rejected and why. One is looked at once, however often it came."""
    valid = blank = 0
    rejected: Counter[Reason] = Counter()
    for paper, number in Counter(entry).items():
        if not paper.marks and paper.rejected is None:
            blank += number
        elif (reason := counts_as(paper, ballots, rule, options)) is None:
            valid += number
        else:
            rejected[reason] += number
    return Sorted(valid, blank, dict(sorted(rejected.items())))


def in_the_box(entry: Sequence[Keyed], ballots: Ballots) -> Ballots:
    """The papers of an entry as they are counted; what somebody rejected by sight goes in without its marks."""
    papers = Counter(() if paper.rejected is not None else paper.marks for paper in entry)
    return replace(ballots, papers=dict(sorted(papers.items())))
