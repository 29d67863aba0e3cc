"""What a field shows when several values of it stand side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pitso.domain.operation import SETTLE, Reference
from pitso.domain.policies import Merge


@dataclass(frozen=True, slots=True)
class Head:
    """A value that nothing has replaced.

    *told* is the value as canonical text, ``null`` for none; of a ``settle`` the choice that was made.
    """

    at: Reference
    hlc: int
    kind: str
    author: str
    told: str
    bases: frozenset[Reference]

    @property
    def rank(self) -> tuple[int, bytes, int]:
        """The clock orders values that did not know each other, then the device's key, then the number."""
        return (self.hlc, self.at.device, self.at.seq)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the value *by* this head (none while contested), and how many different ones there are."""

    by: Head | None
    different: int
    contested: bool = False


def shown(rule: Merge, heads: Sequence[Head]) -> Shown:
    """What a field shows for these *heads*, at least one, in any order."""
    if rule is Merge.ONCE:
        return _once(heads)
    if rule is Merge.SET:
        heads = [head for head in heads if head.told != "null"] or heads
    return Shown(_latest(heads), len({head.told for head in heads}))


def _latest(heads: Iterable[Head]) -> Head:
    return max(heads, key=lambda head: head.rank)


def _once(heads: Sequence[Head]) -> Shown:
    """One value, or the one that two people settled on, knowing all others; else nothing is shown."""
    written = [head for head in heads if head.kind != SETTLE]
    settled = _settled(heads)
    known = frozenset[Reference]().union(*(head.bases for head in settled))
    open_values = [*(head for head in written if head.at not in known), *settled]
    told = {head.told for head in open_values}
    if len(told) == 1:
        return Shown(_latest(open_values), 1)
    return Shown(None, max(len(told), 1), contested=bool(told))


def to_settle(heads: Sequence[Head]) -> list[Head]:
    """The heads that somebody who settles a field names: every value, and what two people settled on before."""
    return [*(head for head in heads if head.kind != SETTLE), *_settled(heads)]


def _settled(heads: Sequence[Head]) -> list[Head]:
    """The words of two people who named the same heads and the same choice, unless two others answered them since."""
    agreed: dict[tuple[frozenset[Reference], str], list[Head]] = {}
    for head in heads:
        if head.kind == SETTLE:
            agreed.setdefault((head.bases, head.told), []).append(head)
    accepted = [group for group in agreed.values() if len({head.author for head in group}) > 1]
    answered = frozenset[Reference]().union(*(group[0].bases for group in accepted))
    standing = [[head for head in group if head.at not in answered] for group in accepted]
    return [head for group in standing if len({head.author for head in group}) > 1 for head in group]
