"""Who was in the room at a minute, from what was noted at its door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """What a person did at the door, or on the line."""

    IN = "in"
    OUT = "out"
    REMOTE = "remote"
    """Takes part from a distance from now on."""
    DROPPED = "dropped"
    """The line was lost: not in the room until it stands again."""


INSIDE = frozenset({Way.IN, Way.REMOTE})


@dataclass(frozen=True)
class Move:
    """One person went in or out; *at* has the offset of the room's own clock."""

    who: str
    at: datetime
    way: Way
    place: int = 0
    """Among several of one minute: how many were noted before it."""

    @property
    def rank(self) -> tuple[datetime, int]:
        return self.at, self.place


@dataclass(frozen=True)
class Stay:
    """How one person took part in a session."""

    since: datetime
    late: bool
    left: datetime | None
    """When the person left before the end, for good."""
    remote: bool = False
    dropped: bool = False


def states(moves: Iterable[Move], at: datetime) -> dict[str, Move]:
    """The latest move of everybody up to this moment; each day begins with an empty room."""
    last: dict[str, Move] = {}
    for move in sorted(moves, key=lambda move: move.rank):
        if move.at <= at and move.at.date() == at.astimezone(move.at.tzinfo).date():
            last[move.who] = move
    return last


def inside(moves: Iterable[Move], at: datetime) -> frozenset[str]:
    """Who is in the room, or on the line, at this moment."""
    return frozenset(who for who, move in states(moves, at).items() if move.way in INSIDE)


def took_part(moves: Iterable[Move], began: datetime, ended: datetime) -> dict[str, Stay]:
    """Whoever was in the room for any moment between two of one day, and how."""
    known = list(moves)
    there = {who: move for who, move in states(known, began).items() if move.way in INSIDE}
    last = states(known, ended)
    entered: dict[str, Move] = dict(there)
    for move in sorted(known, key=lambda move: move.rank):
        if began < move.at <= ended and move.way in INSIDE:
            entered.setdefault(move.who, move)
    return {who: _stay(first, last[who], late=who not in there) for who, first in entered.items()}


def _stay(first: Move, last: Move, *, late: bool) -> Stay:
    gone = last.way not in INSIDE
    return Stay(first.at, late, last.at if gone else None, first.way is Way.REMOTE, last.way is Way.DROPPED)
