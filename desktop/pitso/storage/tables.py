"""What holds now, made from the operations: the heads of each field, and the value that is shown.

Every function takes an open connection within a transaction. The rows depend on the set of operations only,
not on the order or number of times in which they came.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from pitso.domain import merging
from pitso.domain.folding import fold
from pitso.domain.merging import Head
from pitso.domain.operation import DELETE, SETTLE, Reference
from pitso.domain.policies import POLICIES, Merge, policy
from pitso.storage import texts
from pitso.storage.file import WorkspaceFile

DEVICE_SHIFT = 40
"""An operation's row id is the device's row id, shifted by this many bits, plus its number on that device."""

SEQ_MASK = (1 << DEVICE_SHIFT) - 1


def own(device: int, upto: int = SEQ_MASK) -> tuple[int, int]:
    """Between which row ids the operations of the device in this row lie, *upto* a number of it."""
    return device << DEVICE_SHIFT, device << DEVICE_SHIFT | upto


RECORD_ITSELF = 1
"""The row of the empty field: a deletion concerns the record, not one of its fields."""

ONCE = frozenset(name.partition(".")[2] for name, rule in POLICIES.items() if rule.merge is Merge.ONCE)


class Names:
    """Rows of the small tables that stand for long names: devices, entities, fields, authors.

    They are remembered from one transaction to the next, and are right within one.
    """

    def __init__(self, file: WorkspaceFile) -> None:
        self._file = file
        self._ids: dict[tuple[str, Any], int] = {}
        self._as_of = 0

    def device(self, key: bytes) -> int:
        """The row of a device by its public key."""
        return self._row("device", "key", key)

    def entity(self, uid: str) -> int:
        """The row of an entity."""
        return self._row("entity", "uid", uid)

    def field(self, name: str) -> int:
        """The row of a field's name."""
        return self._row("field", "name", name)

    def author(self, uid: str) -> int:
        """The row of an author."""
        return self._row("author", "uid", uid)

    def _row(self, table: str, column: str, name: Any) -> int:
        if self._as_of != self._file.others:  # whoever else wrote may have made the tables again, with other rows
            self._ids.clear()
            self._as_of = self._file.others
        found = self._ids.get((table, name))
        if found is None:
            query = f"SELECT id FROM {table} WHERE {column} = ?"
            row = self._file.connection.execute(query, (name,)).fetchone()
            if row is None:
                insert = f"INSERT INTO {table} ({column}) VALUES (?)"
                found = self._file.connection.execute(insert, (name,)).lastrowid
            else:
                found = row[0]
            self._ids[table, name] = int(found)
        return int(found)

    def forget(self) -> None:
        """Drop what is remembered: a transaction was rolled back."""
        self._ids.clear()


# A base counts only within its own record: a forged line may not replace what lies beyond it. What is written once is
# never replaced: it stands beside the others until two people settle it.
_REPLACES = (
    "earlier.entity = later.entity AND earlier.once = 0 "
    f"AND (later.kind = '{DELETE}' OR later.field = earlier.field OR earlier.field = {RECORD_ITSELF})"
)


def follow(connection: dbapi2.Connection, fresh: Iterable[int]) -> None:
    """Bring heads, shown values and search up to the *fresh* operations, whose rows and bases are in place."""
    _begin(connection)
    connection.executemany("INSERT INTO fresh (op) VALUES (?)", ((op,) for op in fresh))
    _follow_heads(connection)
    _follow_cells(connection)


def look_again(connection: dbapi2.Connection, fields: Iterable[tuple[int, int]]) -> None:
    """Make the shown values of these (entity, field) rows again: a content arrived, or was erased."""
    _begin(connection)
    connection.executemany("INSERT OR IGNORE INTO touched (entity, field) VALUES (?, ?)", fields)
    _follow_cells(connection)


def _begin(connection: dbapi2.Connection) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS fresh (op INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (entity, field, PRIMARY KEY (entity, field))")
    connection.execute("DELETE FROM fresh")
    connection.execute("DELETE FROM touched")


def first_values(connection: dbapi2.Connection, rows: Sequence[tuple[int, int, int, str]]) -> None:
    """Keep values (entity, field, operation, value) that are the first and only ones of their fields."""
    connection.executemany("INSERT INTO head (entity, field, op) VALUES (?1, ?2, ?3)", [row[:3] for row in rows])
    connection.executemany("INSERT INTO cell (entity, field, op, value, different) VALUES (?, ?, ?, ?, 1)", rows)


def succeed(
    connection: dbapi2.Connection, entity: int, field: int, op: int, value: str, former: Sequence[tuple[int, int]]
) -> None:
    """Keep a *value* whose author knew every head of its field: *former*, as (field, operation)."""
    for place, head in former:
        connection.execute("DELETE FROM head WHERE entity = ? AND field = ? AND op = ?", (entity, place, head))
        if place == RECORD_ITSELF:
            connection.execute("DELETE FROM cell WHERE entity = ? AND field = ?", (entity, place))
    connection.execute("INSERT INTO head (entity, field, op) VALUES (?, ?, ?)", (entity, field, op))
    connection.execute(
        "INSERT OR REPLACE INTO cell (entity, field, op, value, different, contested) VALUES (?, ?, ?, ?, 1, 0)",
        (entity, field, op, value),
    )


# The joins are crossed so that SQLite goes from the few fresh operations outwards, whatever it believes of sizes.
_REPLACED_BY_FRESH = (
    "FROM fresh CROSS JOIN op_base ON op_base.op = fresh.op CROSS JOIN op later ON later.id = fresh.op "
    f"CROSS JOIN op earlier ON earlier.id = op_base.replaces WHERE {_REPLACES}"
)


def _follow_heads(connection: dbapi2.Connection) -> None:
    connection.execute(f"INSERT OR IGNORE INTO touched SELECT earlier.entity, earlier.field {_REPLACED_BY_FRESH}")
    connection.execute(
        "DELETE FROM head WHERE (entity, field, op) IN "
        f"(SELECT earlier.entity, earlier.field, earlier.id {_REPLACED_BY_FRESH})"
    )
    connection.execute(
        "INSERT INTO head (entity, field, op) SELECT earlier.entity, earlier.field, earlier.id FROM fresh "
        "CROSS JOIN op earlier ON earlier.id = fresh.op WHERE NOT EXISTS (SELECT 1 FROM op_base "
        f"CROSS JOIN op later ON later.id = op_base.op WHERE op_base.replaces = earlier.id AND {_REPLACES})"
    )
    connection.execute(
        "INSERT OR IGNORE INTO touched SELECT op.entity, op.field FROM fresh CROSS JOIN op ON op.id = fresh.op"
    )


def _follow_cells(connection: dbapi2.Connection) -> None:
    """A single value is shown as it is; of several, or of what is written once, `merging.shown` decides."""
    for table in ("cell", "sought"):
        connection.execute(f"DELETE FROM {table} WHERE (entity, field) IN (SELECT entity, field FROM touched)")
    texts.forget_touched(connection)
    connection.execute(
        "INSERT INTO cell (entity, field, value, op, different) "
        "SELECT single.entity, single.field, op.value, op.id, 1 FROM "
        "(SELECT entity, field, min(op) AS only FROM touched "
        "CROSS JOIN head USING (entity, field) GROUP BY entity, field HAVING count(*) = 1) AS single "
        "CROSS JOIN op ON op.id = only WHERE op.once = 0"
    )
    undecided = connection.execute(
        "SELECT head.entity, head.field FROM touched CROSS JOIN head USING (entity, field) "
        "CROSS JOIN op ON op.id = head.op GROUP BY head.entity, head.field HAVING count(*) > 1 OR max(op.once) = 1"
    ).fetchall()
    for entity, field in undecided:
        _decide(connection, entity, field)
    _follow_search(connection)


def _decide(connection: dbapi2.Connection, entity: int, field: int) -> None:
    uid, name = connection.execute(
        "SELECT entity.uid, field.name FROM entity, field WHERE entity.id = ? AND field.id = ?", (entity, field)
    ).fetchone()
    found = heads(connection, entity, field)
    told = merging.shown(policy(uid, name).merge, list(found))
    shown = told.by or max(found, key=lambda head: head.rank)
    op, stored = found[shown]
    value = "null" if told.by is None else _choice(stored) if shown.kind == SETTLE else stored
    connection.execute(
        "INSERT INTO cell (entity, field, value, op, different, contested) VALUES (?, ?, ?, ?, ?, ?)",
        (entity, field, value, op, told.different, told.contested),
    )


def heads(connection: dbapi2.Connection, entity: int, field: int) -> dict[Head, tuple[int, str]]:
    """The values of a field that nothing replaced, each with its operation's row and its stored value."""
    rows = connection.execute(
        "SELECT op.id, op.hlc, op.kind, op.value, author.uid, device.key FROM head CROSS JOIN op ON op.id = head.op "
        f"JOIN author ON author.id = op.author JOIN device ON device.id = op.id >> {DEVICE_SHIFT} "
        "WHERE head.entity = ? AND head.field = ?",
        (entity, field),
    ).fetchall()
    found = {}
    for op, stamp, kind, value, author, key in rows:
        at = Reference(bytes(key), op & SEQ_MASK)
        told = json.dumps(content(connection, _choice(value) if kind == SETTLE else value))
        found[Head(at, stamp, kind, author, told, bases(connection, op))] = (op, value)
    return found


def bases(connection: dbapi2.Connection, op: int) -> frozenset[Reference]:
    """What an operation names as known to its author."""
    rows = connection.execute(
        f"SELECT device.key, replaces & {SEQ_MASK} FROM op_base "
        f"JOIN device ON device.id = replaces >> {DEVICE_SHIFT} WHERE op = ?",
        (op,),
    )
    return frozenset(Reference(bytes(key), seq) for key, seq in rows)


def _choice(value: str) -> str:
    """The value that somebody's word on a contested field stands for."""
    said = json.loads(value)
    choice = said.get("choice") if isinstance(said, dict) else None
    return json.dumps(choice, ensure_ascii=False, separators=(",", ":"))


def _follow_search(connection: dbapi2.Connection) -> None:
    found = connection.execute(
        "SELECT cell.entity, cell.field, entity.uid, field.name, cell.value FROM touched CROSS JOIN field "
        "ON field.id = touched.field CROSS JOIN cell USING (entity, field) "
        "CROSS JOIN entity ON entity.id = cell.entity"
    ).fetchall()
    for entity, field, uid, name, value in found:
        seek(connection, entity, field, uid, name, value)


def seek(connection: dbapi2.Connection, entity: int, field: int, uid: str, name: str, value: str) -> None:
    """Let the search find the record by this value: by any part of a name, and by the words of any text."""
    if texts.wanted(uid, name):
        texts.keep(connection, entity, field, content(connection, value) if worded(value) else None)
    if not policy(uid, name).sought:
        return
    folded = fold(str(content(connection, value) or ""))
    both = f" {folded} {folded.replace(' ', '')}"
    connection.execute("INSERT OR REPLACE INTO sought (entity, field, folded) VALUES (?, ?, ?)", (entity, field, both))


def worded(value: str) -> bool:
    """May this stored value be a text that people wrote?"""
    return value.startswith(('"', '{"detached"'))


def content(connection: dbapi2.Connection, value: str) -> Any:
    """What a stored value says: detached text is fetched; None where its body is not here."""
    if not value.startswith('{"detached"'):
        return msgspec.json.decode(value)
    noted = msgspec.json.decode(value)
    if "name" in noted:
        return json.dumps(noted, sort_keys=True)
    row = connection.execute("SELECT content FROM body WHERE hash = ?", (bytes.fromhex(noted["detached"]),)).fetchone()
    return msgspec.json.decode(row[0]) if row else None


def spoken(content: bytes) -> str:
    """The text that a detached content says; empty for anything else. ValueError where it is a file."""
    told = json.loads(content)
    return told if isinstance(told, str) else ""


def digest(connection: dbapi2.Connection) -> str:
    """One hash over all tables by global ids: equal on replicas that hold the same operations.

    Detached values enter as their hash; nothing that is local, derived or dependent on today does.
    """
    query = (
        "SELECT entity.uid, field.name, device.key, op.id & ?, op.hlc, op.kind, op.value, author.uid "
        "FROM head JOIN op ON op.id = head.op JOIN device ON device.id = op.id >> 40 "
        "JOIN entity ON entity.id = head.entity JOIN field ON field.id = head.field "
        "JOIN author ON author.id = op.author "
        "ORDER BY entity.uid, field.name, device.key, op.id & ?"
    )
    hashed = hashlib.sha256()
    for uid, name, key, seq, *rest in connection.execute(query, (SEQ_MASK, SEQ_MASK)):
        row = [uid, name, key.hex(), seq, *rest]
        hashed.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return hashed.hexdigest()
