"""What a deed asks of the journal."""

from dataclasses import dataclass
from typing import TypeAlias

from pitso.domain.operation import Value
from pitso.domain.policies import PERSONAL, Policy, policy


@dataclass(frozen=True)
class Put:
    """Give this field of this entity this value.

    *personal*: it is about a person, though no policy names the field; it is kept as a personal value is.
    """

    entity: str
    field: str
    value: Value
    personal: bool = False


@dataclass(frozen=True)
class Attach:
    """Give this field of this entity a file; its content is kept apart, by hash."""

    entity: str
    field: str
    name: str
    content: bytes
    personal: bool = False


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


@dataclass(frozen=True)
class Settle:
    """One person's word on a field that is written once: which value counts, and why.

    It holds when another person says the same, knowing the same values.
    """

    entity: str
    field: str
    choice: Value
    reason: str


@dataclass(frozen=True)
class Erase:
    """Let every replica forget the detached contents of this entity: all that are known here."""

    entity: str
    reason: str


@dataclass(frozen=True)
class Again:
    """Say an operation of this file again under this device, by its row."""

    entity: str
    field: str
    op: int


Edit: TypeAlias = Put | Attach | Drop | Restore | Settle | Erase | Again


def rule_of(edit: "Put | Attach") -> Policy:
    """What holds for the field that an *edit* writes."""
    return PERSONAL if edit.personal else policy(edit.entity, edit.field)


def kind_of(entity: str) -> str:
    """What sort of record an entity is: ``rating`` for ``rating/4f…/LEG-1``."""
    return entity.partition("/")[0]
