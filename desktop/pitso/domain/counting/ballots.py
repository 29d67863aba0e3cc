"""Ballot papers as they were marked, without voter, order or time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from pitso.domain.trouble import Trouble
from pitso.words import _

Mark: TypeAlias = int | tuple[int, ...]
"""What a paper says at one preference: a candidate's number, several at once, or `SKIPPED`."""

Paper: TypeAlias = tuple[Mark, ...]
"""The marks of one paper, first preference first; for crosses the order means nothing."""

SKIPPED = 0
"""A preference that the voter left out; candidates are numbered from 1."""

MOST_CANDIDATES = 1_000
MOST_SEATS = 1_000
MOST_PAPERS = 100_000_000
LONGEST_NAME = 1_000


@dataclass(frozen=True)
class Ballots:
    """The papers of one position: who stands, how many places there are, and how often each paper was found."""

    seats: int
    names: tuple[str, ...]
    """Candidate number 1 first; each name once."""
    papers: Mapping[Paper, int] = field(repr=False)
    title: str = ""
    withdrawn: frozenset[int] = frozenset()
    """Numbers of those who withdrew after the papers were printed: marks for them are passed over."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.names) <= MOST_CANDIDATES:
            raise too_many_candidates()
        if not 1 <= self.seats <= MOST_SEATS:
            raise bad_seats()
        if len(set(self.names)) < len(self.names):
            raise Trouble(_("Two candidates bear the same name."), _("Tell them apart, for example by their councils."))

    @cached_property
    def standing(self) -> tuple[int, ...]:
        """The numbers of those who have not withdrawn."""
        return tuple(number for number in range(1, len(self.names) + 1) if number not in self.withdrawn)

    @cached_property
    def total(self) -> int:
        """How many papers there are, valid or not."""
        return sum(self.papers.values())

    def name(self, number: int) -> str:
        """The name of the candidate with this *number*."""
        return self.names[number - 1]


def too_many_candidates() -> Trouble:
    """What is told of an election with nobody or with a crowd to elect."""
    return Trouble(
        _("There must be 1 to {most} candidates.").format(most=MOST_CANDIDATES),
        _("Check the first number of the file."),
    )


def bad_seats() -> Trouble:
    """What is told of a number of places that cannot be."""
    return Trouble(
        _("The number of places must be 1 to {most}.").format(most=MOST_SEATS), _("Give the number of places.")
    )


Rankings: TypeAlias = list[tuple[tuple[int, ...], int]]
"""Valid preferences, and on how many papers they stand."""


def rankings(ballots: Ballots) -> tuple[Rankings, int]:
    """The papers as preferences, and the number of invalid ones.

    Those who withdrew are passed over. Preferences stop at an equal, a skipped or a repeated one; a paper on which
    none is left is invalid.
    """
    standing = frozenset(ballots.standing)
    found: Rankings = []
    invalid = 0
    for paper, number in ballots.papers.items():
        plain = standing.issuperset(paper) and len(set(paper)) == len(paper)
        preferences: tuple[int, ...] = paper if plain else _until_uncertain(paper, ballots)  # type: ignore[assignment]
        if preferences:
            found.append((preferences, number))
        else:
            invalid += number
    return found, invalid


def _until_uncertain(paper: Paper, ballots: Ballots) -> tuple[int, ...]:
    preferences: list[int] = []
    for mark in paper:
        group = {number for number in (mark if isinstance(mark, tuple) else (mark,)) if number not in ballots.withdrawn}
        if not group:
            continue  # only for somebody who withdrew
        candidate = group.pop()
        if group or candidate == SKIPPED or candidate in preferences:
            break
        preferences.append(candidate)
    return tuple(preferences)


def crosses(paper: Paper, withdrawn: frozenset[int]) -> set[int]:
    """Everyone whom the *paper* names: once, in no order, without those who withdrew."""
    named: set[int] = set()
    for mark in paper:
        named.update(mark if isinstance(mark, tuple) else (mark,))
    return named - withdrawn - {SKIPPED}
