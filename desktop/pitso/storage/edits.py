"""What a deed asks of the journal."""

from dataclasses import dataclass
from typing import TypeAlias

from pitso.domain.operation import Value


@dataclass(frozen=True)
class Put:
    """Give this field of this entity this value."""

    entity: str
    field: str
    value: Value


@dataclass(frozen=True)
class Attach:
    """Give this field of this entity a file; its content is kept apart, by hash."""

    entity: str
    field: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Drop:
    """Delete this entity: every value of it that is known here."""

    entity: str


@dataclass(frozen=True)
class Restore:
    """Give this field of this entity a value as it is stored already; its detached content stays the same."""

    entity: str
    field: str
    value: str


Edit: TypeAlias = Put | Attach | Drop | Restore


def kind_of(entity: str) -> str:
    """What sort of record an entity is: ``rating`` for ``rating/4f…/LEG-1``."""
    return entity.partition("/")[0]
