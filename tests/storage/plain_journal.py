"""The journal told once more, slowly and apart: what a heap of segments comes to, found by looking at every pair.

It knows nothing of names of branches, rows or orders. A line is known by the segment in which it stands and its number;
a number is looked for by walking back along the chain from the segment that its author knew.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pitso.storage.journal import Segment

ONCE = {"roll.closed"}
ADDED = {"tag.on"}

Place = tuple[str, int]


@dataclass(frozen=True)
class Told:
    """What a field comes to."""

    value: Any
    contested: bool
    different: int
    heads: frozenset[Place]


class Plain:
    """All segments that anybody holds."""

    def __init__(self, segments: list[Segment]) -> None:
        self.headers = {hashlib.sha256(s.header).hexdigest(): json.loads(s.header) for s in segments}
        self.lines: dict[Place, list[Any]] = {}
        for segment in segments:
            digest = hashlib.sha256(segment.header).hexdigest()
            for line in segment.lines.decode().rstrip("\n").split("\n"):
                told = json.loads(line)
                self.lines[digest, told[0]] = told

    def find(self, digest: str, number: int) -> Place | None:
        while digest in self.headers:
            if (digest, number) in self.lines:
                return digest, number
            digest = self.headers[digest]["previous"]
        return None

    def bases(self, place: Place) -> set[Place]:
        digest, _number = place
        knows = {key[:32]: known for key, known in self.headers[digest]["knows"].items()}
        found = set()
        for base in self.lines[place][7]:
            if isinstance(base, int):
                at = self.find(digest, base)
            else:
                key, _dot, number = base.partition(".")
                at = self.find(knows[key], int(number))
            if at is not None:
                found.add(at)
        return found

    def is_once(self, place: Place) -> bool:
        _seq, _hlc, _kind, entity, field, *_ = self.lines[place]
        return f"{entity.split('/')[0]}.{field}" in ONCE

    def heads(self) -> set[Place]:
        replaced = set()
        for later in self.lines:
            for earlier in self.bases(later):
                after, before = self.lines[later], self.lines[earlier]
                same_field = after[4] == before[4] or before[4] == "" or after[2] == "delete"
                if after[3] == before[3] and same_field and not self.is_once(earlier):
                    replaced.add(earlier)
        return set(self.lines) - replaced

    def rank(self, place: Place) -> tuple[int, str, int]:
        return self.lines[place][1], self.headers[place[0]]["device"], place[1]

    def told(self) -> dict[tuple[str, str], Told]:
        fields: dict[tuple[str, str], set[Place]] = {}
        for place in self.heads():
            _seq, _hlc, _kind, entity, field, *_ = self.lines[place]
            if field:
                fields.setdefault((entity, field), set()).add(place)
        return {at: self._told(at, places) for at, places in fields.items()}

    def _told(self, at: tuple[str, str], places: set[Place]) -> Told:
        name = f"{at[0].split('/')[0]}.{at[1]}"
        if name in ONCE:
            return self._once(places)
        counted = places
        if name in ADDED:
            counted = {place for place in places if self.lines[place][5] is not None} or places
        values = {json.dumps(self.lines[place][5]) for place in counted}
        return Told(self.lines[max(counted, key=self.rank)][5], False, len(values), frozenset(places))

    def _once(self, places: set[Place]) -> Told:
        written = {place for place in places if self.lines[place][2] == "set"}
        words = places - written
        pairs = set()
        for one in words:
            for other in words:
                same = self.bases(one) == self.bases(other)
                choice = self.lines[one][5]["choice"] == self.lines[other][5]["choice"]
                if same and choice and self.lines[one][6] != self.lines[other][6]:
                    pairs |= {one, other}
        answered = {base for place in pairs for base in self.bases(place)}
        alive = {place for place in pairs - answered if self._has_second(place, pairs - answered)}
        known = {base for place in alive for base in self.bases(place)}
        values = [self.lines[place][5] for place in written - known] + [self.lines[p][5]["choice"] for p in alive]
        distinct = {json.dumps(value) for value in values}
        if len(distinct) == 1:
            return Told(values[0], False, 1, frozenset(places))
        return Told(None, bool(distinct), max(len(distinct), 1), frozenset(places))

    def _has_second(self, place: Place, pairs: set[Place]) -> bool:
        return any(
            self.bases(other) == self.bases(place)
            and self.lines[other][5]["choice"] == self.lines[place][5]["choice"]
            and self.lines[other][6] != self.lines[place][6]
            for other in pairs
        )
