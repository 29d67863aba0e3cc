"""Undo and redo: the edits that answer a deed, and whether they still may."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from pitso.domain.operation import DELETE
from pitso.storage.edits import Drop, Edit, Restore
from pitso.storage.tables import RECORD_ITSELF


@dataclass(frozen=True)
class Reversal:
    """How one operation is taken back or done again.

    *edits* leads from each edit to the operation whose value it brings back (0: there was none); it is allowed while
    the heads of the field stand for nothing but *expected*.
    """

    entity: int
    field: int
    edits: Mapping[Edit, int]
    expected: frozenset[int]


NOTHING_BEFORE = 0


def former(connection: dbapi2.Connection, op: int) -> Reversal:
    """Bring back what held before the operation *op*."""
    entity, field, uid, name, kind, _value = _told(connection, op)
    before = _before(connection, op)
    if kind == DELETE:
        edits: dict[Edit, int] = {Restore(uid, field_name, value): base for base, field_name, value in before}
    else:
        base, value = next(((base, value) for base, _name, value in reversed(before)), (NOTHING_BEFORE, "null"))
        edits = {Restore(uid, name, value): base}
    return Reversal(entity, field, edits, frozenset({op}))


def again(connection: dbapi2.Connection, op: int) -> Reversal:
    """Do the operation *op* again."""
    entity, field, uid, name, kind, value = _told(connection, op)
    edit: Edit = Drop(uid) if kind == DELETE else Restore(uid, name, value)
    before = frozenset(_origin(connection, base) for base, _name, _value in _before(connection, op))
    return Reversal(entity, field, {edit: op}, before | {NOTHING_BEFORE})


def _told(connection: dbapi2.Connection, op: int) -> tuple[int, int, str, str, str, str]:
    row = connection.execute(
        "SELECT op.entity, op.field, entity.uid, field.name, op.kind, op.value FROM op "
        "JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field WHERE op.id = ?",
        (op,),
    ).fetchone()
    return (row[0], row[1], row[2], row[3], row[4], row[5])


def _before(connection: dbapi2.Connection, op: int) -> list[tuple[int, str, str]]:
    """What the operation *op* replaced: operation, field and stored value, the latest last."""
    return connection.execute(  # type: ignore[no-any-return]
        "SELECT op.id, field.name, op.value FROM op_base JOIN op ON op.id = op_base.replaces "
        f"JOIN field ON field.id = op.field WHERE op_base.op = ? AND op.field <> {RECORD_ITSELF} "
        "ORDER BY op.hlc, op.id",
        (op,),
    ).fetchall()


def still(connection: dbapi2.Connection, reversal: Reversal) -> bool:
    """Has nobody changed the field since?"""
    heads = connection.execute(
        "SELECT op FROM head WHERE entity = ? AND (field = ? OR ? = ?)",
        (reversal.entity, reversal.field, reversal.field, RECORD_ITSELF),
    ).fetchall()
    return {_origin(connection, head) for (head,) in heads} <= {_origin(connection, op) for op in reversal.expected}


def _origin(connection: dbapi2.Connection, op: int) -> int:
    """The operation whose value this one brought back, if undo or redo made it; else itself."""
    while row := connection.execute("SELECT origin FROM stands WHERE op = ?", (op,)).fetchone():
        op = row[0]
    return op
