"""What stands around every page of a paper, and the digest by which a paper is found again."""

import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Any


class State(StrEnum):
    """How far a paper binds."""

    DRAFT = "draft"
    FINAL = "final"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Imprint:
    """Header and footer of a paper."""

    title: str
    """Short title: ``Readiness report``."""
    engagement: str
    code: str
    """Number of the paper, in capitals, digits and dashes: ``LSO-RR-1``."""
    state: State
    reader: str
    """Who may read it: ``Both sides``."""
    as_of: datetime = field(metadata={"digest": False})
    """Moment of the latest entry that the paper knew. Not in the digest, which is that of what the paper says."""
    copy: int = field(default=1, metadata={"digest": False})
    printed_at: datetime | None = field(default=None, metadata={"digest": False})
    """When this copy left the program, by the clock of the computer that printed it; None in a preview."""
    remark: str = field(default="", metadata={"digest": "if said"})
    """What every paper of the engagement must say, such as that it scaled down by override."""


def digest(view: Any) -> str:
    """SHA-256 over a view value, written in one way only: fields by name, fractions and dates as text."""
    written = json.dumps(_plain(view), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


CODE = 16
"""Characters of a digest that stand in a footer and lead back to the record."""


def groups(digest_: str) -> str:
    """The first 16 characters in groups of four, as people read them to each other."""
    return all_groups(digest_[:CODE])


def all_groups(digest_: str) -> str:
    """The whole of a digest in groups of four, to be compared with another paper."""
    return " ".join(digest_[start : start + 4] for start in range(0, len(digest_), 4))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {each.name: getattr(value, each.name) for each in fields(value) if each.metadata.get("digest", True)}
        only_said = {each.name for each in fields(value) if each.metadata.get("digest") == "if said"}
        shown = {name: _plain(what) for name, what in told.items() if what or name not in only_said}
        return [type(value).__name__, shown]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"A view value holds no {type(value).__name__}.")
