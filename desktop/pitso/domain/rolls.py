"""The roll: who may vote, for which council; what is wrong with it, and the hash that later papers bear."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pitso.domain import doubles
from pitso.domain.folding import fold


class State(StrEnum):
    """How far a roll is."""

    DRAFT = "draft"
    DISPLAYED = "displayed"
    """It hangs in the room; objections are heard."""
    ADOPTED = "adopted"
    """The assembly took it as it stands."""
    FROZEN = "frozen"
    """Nothing changes it but an amendment with mover and vote."""


class Flaw(StrEnum):
    """What may be wrong with a roll."""

    TWICE = "twice"
    """One person stands on it twice."""
    ALIKE = "alike"
    """Two names of one council may be one person."""
    COUNCIL_TWICE = "council_twice"
    """Two councils bear the same name."""
    TOO_MANY = "too_many"
    """A council sends more delegates than it may."""
    NO_STANDING = "no_standing"
    """A council that is not in good standing has delegates."""
    NO_DELEGATION = "no_delegation"
    """A delegate of a council that nobody entered as a member."""
    NO_MANDATE = "no_mandate"
    """The council told of its delegates by word of mouth only, or not at all."""
    NOT_ON_ROLL = "not_on_roll"
    """A candidate who is not on the roll."""


STOPS = frozenset({Flaw.TWICE, Flaw.COUNCIL_TWICE, Flaw.TOO_MANY, Flaw.NO_STANDING, Flaw.NO_DELEGATION})
"""With one of these a roll cannot be frozen."""


@dataclass(frozen=True)
class Entry:
    """A delegate with a vote, as the roll names one."""

    person: str
    name: str
    council: str
    votes: int = 1
    mandate: bool = True


@dataclass(frozen=True)
class Council:
    """A member council: how many delegates it may send, and whether it is in good standing."""

    id: str
    name: str
    delegates: int
    standing: bool = True


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: *about* names the persons or councils, *figures* what is counted."""

    flaw: Flaw
    about: tuple[str, ...]
    figures: tuple[int, ...] = ()

    @property
    def stops(self) -> bool:
        return self.flaw in STOPS


def check(
    entries: Sequence[Entry],
    councils: Sequence[Council],
    *,
    candidates: Collection[str] = (),
    told_apart: Collection[tuple[str, str]] = (),
) -> tuple[Fault, ...]:
    """Everything that is wrong with a roll, the heaviest first.

    *told_apart* are pairs of persons whom somebody has told to be two, each pair sorted.
    """
    found = [*_twice(entries), *_councils_twice(councils), *_of_councils(entries, councils)]
    found += _alike(entries, frozenset(told_apart))
    known = {entry.person for entry in entries}
    found += [Fault(Flaw.NOT_ON_ROLL, (person,)) for person in candidates if person not in known]
    return tuple(sorted(found, key=lambda fault: not fault.stops))


def _twice(entries: Iterable[Entry]) -> list[Fault]:
    times = Counter(entry.person for entry in entries)
    return [Fault(Flaw.TWICE, (person,), (number,)) for person, number in times.items() if number > 1]


def _councils_twice(councils: Iterable[Council]) -> list[Fault]:
    named: dict[str, list[str]] = defaultdict(list)
    for council in councils:
        named[fold(council.name)].append(council.id)
    return [Fault(Flaw.COUNCIL_TWICE, tuple(same)) for same in named.values() if len(same) > 1]


def _of_councils(entries: Iterable[Entry], councils: Iterable[Council]) -> list[Fault]:
    known = {council.id: council for council in councils}
    of_each: Mapping[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_each[entry.council].append(entry)
    found = []
    for uid, own in of_each.items():
        if (council := known.get(uid)) is None:
            found.append(Fault(Flaw.NO_DELEGATION, (uid,), (len(own),)))
            continue
        if len(own) > council.delegates:
            found.append(Fault(Flaw.TOO_MANY, (uid,), (len(own), council.delegates)))
        if not council.standing:
            found.append(Fault(Flaw.NO_STANDING, (uid,)))
        if without := sum(not entry.mandate for entry in own):
            found.append(Fault(Flaw.NO_MANDATE, (uid,), (without,)))
    return found


def _alike(entries: Iterable[Entry], told_apart: Collection[tuple[str, str]]) -> list[Fault]:
    names = {entry.person: (entry.name, entry.council) for entry in entries}
    return [Fault(Flaw.ALIKE, pair) for pair in doubles.pairs(names) if pair not in told_apart]


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256 over the roll in one order: person, council and votes of each. Names may be mended; these may not."""
    written = sorted(f"{entry.person} {entry.council} {entry.votes}" for entry in entries)
    return hashlib.sha256("\n".join(written).encode()).hexdigest()
