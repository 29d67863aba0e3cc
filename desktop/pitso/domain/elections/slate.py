"""Conditions on all office bearers together: women and men among them, no two from one council."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a condition asks for."""

    WOMEN = "women"
    MEN = "men"
    COUNCILS = "councils"
    """No two from one council."""


class Judgement(StrEnum):
    """How a condition stands after the positions that were filled."""

    MET = "met"
    OPEN = "open"
    """Not met yet; it still can be."""
    BROKEN = "broken"
    """It cannot be met any more."""


@dataclass(frozen=True)
class Condition:
    """One condition of the rules; *least* counts only for women and men."""

    sort: Sort
    least: int = 1


@dataclass(frozen=True)
class Standing:
    """What the conditions look at in a candidate: *sex* is ``woman``, ``man`` or something else."""

    name: str
    sex: str = ""
    council: str = ""


@dataclass(frozen=True)
class Ahead:
    """A position that is not filled yet; *candidates* is None while nobody knows who stands."""

    places: int
    candidates: tuple[Standing, ...] | None = None


@dataclass(frozen=True)
class Judged:
    """One condition with its judgement, and who is concerned: those from one council, or how many are missing."""

    condition: Condition
    judgement: Judgement
    missing: int = 0
    names: tuple[str, ...] = ()


def judge(conditions: Sequence[Condition], elected: Sequence[Standing], ahead: Sequence[Ahead]) -> tuple[Judged, ...]:
    """Every condition against those *elected* so far and the positions *ahead*."""
    return tuple(
        _councils(one, elected, ahead) if one.sort is Sort.COUNCILS else _sex(one, elected, ahead) for one in conditions
    )


def _sex(condition: Condition, elected: Sequence[Standing], ahead: Sequence[Ahead]) -> Judged:
    wanted = "woman" if condition.sort is Sort.WOMEN else "man"
    missing = max(condition.least - sum(one.sex == wanted for one in elected), 0)
    possible = sum(
        position.places
        if position.candidates is None
        else min(position.places, sum(one.sex == wanted for one in position.candidates))
        for position in ahead
    )
    if not missing:
        return Judged(condition, Judgement.MET)
    return Judged(condition, Judgement.OPEN if possible >= missing else Judgement.BROKEN, missing)


def _councils(condition: Condition, elected: Sequence[Standing], ahead: Sequence[Ahead]) -> Judged:
    by_council: dict[str, list[str]] = {}
    for one in elected:
        if one.council:
            by_council.setdefault(one.council, []).append(one.name)
    twice = tuple(name for names in by_council.values() if len(names) > 1 for name in names)
    if twice:
        return Judged(condition, Judgement.BROKEN, names=twice)
    known = [position for position in ahead if position.candidates is not None]
    if not _seatable(known, frozenset(by_council)):
        return Judged(condition, Judgement.BROKEN)
    return Judged(condition, Judgement.OPEN if ahead else Judgement.MET)


def _seatable(ahead: Sequence[Ahead], taken: frozenset[str]) -> bool:
    """Can every place be given to somebody from a council of its own? Each place looks for a free council."""
    places = [
        {one.council or f"without {one.name}" for one in position.candidates or ()} - taken
        for position in ahead
        for _place in range(min(position.places, len(position.candidates or ())))
    ]
    held: dict[str, int] = {}

    def give(place: int, seen: set[str]) -> bool:
        for council in sorted(places[place] - seen):
            seen.add(council)
            if council not in held or give(held[council], seen):
                held[council] = place
                return True
        return False

    return all(give(place, set()) for place in range(len(places)))
