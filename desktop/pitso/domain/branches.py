"""Two histories under one key: a cloned disk or a restored backup, told from the chain of its segments.

Names depend on the set of segments only, not on which branch came first: where a device's chain parts, *every* branch
gets a name of its own, and what other devices noted before the parting is found by the segment that they knew.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """One sealed segment as a link of its device's chain; *previous* is empty for the first."""

    key: bytes
    first: int
    last: int
    digest: bytes
    previous: bytes


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a chain that goes its own way from the number *start* on."""

    name: bytes
    key: bytes
    parent: bytes
    start: int


def branch_name(link: Link) -> bytes:
    """What the branch that begins with this segment is called."""
    return hashlib.sha256(link.key + link.digest).digest()


@dataclass(frozen=True)
class Naming:
    """Under which name the lines of each segment (by digest) stand, and the branches that there are."""

    names: Mapping[bytes, bytes]
    branches: Mapping[bytes, Branch]

    def holder(self, name: bytes, seq: int) -> bytes:
        """The name under which number *seq* stands, seen from the branch *name*."""
        while (branch := self.branches.get(name)) and seq < branch.start:
            name = branch.parent
        return name


def named(links: Iterable[Link]) -> Naming:
    """The names of all these segments: the key as long as its chain is one, a derived one after each parting."""
    following: dict[tuple[bytes, bytes], list[Link]] = {}
    for link in links:
        following.setdefault((link.key, link.previous), []).append(link)
    names: dict[bytes, bytes] = {}
    branches: dict[bytes, Branch] = {}
    open_ends = [(key, key, b"") for key, previous in following if not previous]
    while open_ends:
        key, name, digest = open_ends.pop()
        children = following.get((key, digest), [])
        for link in children:
            own = name
            if len(children) > 1:
                own = branch_name(link)
                branches[own] = Branch(own, key, name, link.first)
            names[link.digest] = own
            open_ends.append((key, own, link.digest))
    return Naming(names, branches)
