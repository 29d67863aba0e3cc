"""What holds now, made from the operations: the heads of each field, and the value that is shown.

Every function takes an open connection within a transaction. The rows depend on the set of operations only,
not on the order or number of times in which they came.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlcipher3 import dbapi2

from pitso.domain.folding import fold
from pitso.domain.operation import DELETE
from pitso.domain.policies import POLICIES, policy

DEVICE_SHIFT = 40
"""An operation's row id is the device's row id, shifted by this many bits, plus its number on that device."""

SEQ_MASK = (1 << DEVICE_SHIFT) - 1

RECORD_ITSELF = 1
"""The row of the empty field: a deletion concerns the record, not one of its fields."""

SOUGHT = tuple(sorted({name.partition(".")[2] for name, rule in POLICIES.items() if rule.sought}))


class Names:
    """Rows of the small tables that stand for long names: devices, entities, fields, authors."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._connection = connection
        self._ids: dict[tuple[str, Any], int] = {}

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
        found = self._ids.get((table, name))
        if found is None:
            query = f"SELECT id FROM {table} WHERE {column} = ?"
            row = self._connection.execute(query, (name,)).fetchone()
            if row is None:
                insert = f"INSERT INTO {table} ({column}) VALUES (?)"
                found = self._connection.execute(insert, (name,)).lastrowid
            else:
                found = row[0]
            self._ids[table, name] = int(found)
        return int(found)

    def forget(self) -> None:
        """Drop what is remembered: a transaction was rolled back."""
        self._ids.clear()


# A base counts only within its own record: a forged line may not replace what lies beyond it.
_REPLACES = (
    "earlier.entity = later.entity "
    f"AND (later.kind = '{DELETE}' OR later.field = earlier.field OR earlier.field = {RECORD_ITSELF})"
)


def follow(connection: dbapi2.Connection, fresh: Iterable[int]) -> None:
    """Bring heads, shown values and search up to the *fresh* operations, whose rows and bases are in place."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS fresh (op INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (entity, field, PRIMARY KEY (entity, field))")
    connection.execute("DELETE FROM fresh")
    connection.execute("DELETE FROM touched")
    connection.executemany("INSERT INTO fresh (op) VALUES (?)", ((op,) for op in fresh))
    _follow_heads(connection)
    _follow_cells(connection)


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
    """The value shown is, of the heads, the one with the latest stamp, then device key, then number."""
    for table in ("cell", "sought"):
        connection.execute(f"DELETE FROM {table} WHERE (entity, field) IN (SELECT entity, field FROM touched)")
    connection.execute(
        "INSERT INTO cell (entity, field, value, op, different) SELECT entity, field, value, id, 1 FROM ("
        "SELECT head.entity, head.field, op.value, op.id, ROW_NUMBER() OVER (PARTITION BY head.entity, head.field "
        "ORDER BY op.hlc DESC, device.key DESC, op.id DESC) AS place "
        "FROM touched CROSS JOIN head USING (entity, field) "
        f"CROSS JOIN op ON op.id = head.op CROSS JOIN device ON device.id = op.id >> {DEVICE_SHIFT}) WHERE place = 1"
    )
    several = connection.execute(
        "SELECT entity, field FROM touched CROSS JOIN head USING (entity, field) "
        "GROUP BY entity, field HAVING count(*) > 1"
    ).fetchall()
    for entity, field in several:
        heads = connection.execute(
            "SELECT op.value FROM head JOIN op ON op.id = head.op WHERE head.entity = ? AND head.field = ?",
            (entity, field),
        )
        different = len({json.dumps(content(connection, value)) for (value,) in heads})
        connection.execute("UPDATE cell SET different = ? WHERE entity = ? AND field = ?", (different, entity, field))
    _follow_search(connection)


def _follow_search(connection: dbapi2.Connection) -> None:
    marks = ",".join("?" * len(SOUGHT))
    found = connection.execute(
        "SELECT cell.entity, cell.field, entity.uid, field.name, cell.value FROM touched CROSS JOIN field "
        f"ON field.id = touched.field AND field.name IN ({marks}) CROSS JOIN cell USING (entity, field) "
        "CROSS JOIN entity ON entity.id = cell.entity",
        SOUGHT,
    ).fetchall()
    for entity, field, uid, name, value in found:
        if policy(uid, name).sought:
            folded = fold(str(content(connection, value) or ""))
            both = f" {folded} {folded.replace(' ', '')}"
            connection.execute("INSERT INTO sought (entity, field, folded) VALUES (?, ?, ?)", (entity, field, both))


def content(connection: dbapi2.Connection, value: str) -> Any:
    """What a stored value says: detached text is fetched; None where its body is not here."""
    if not value.startswith('{"detached"'):
        return json.loads(value)
    noted = json.loads(value)
    if "name" in noted:
        return json.dumps(noted, sort_keys=True)
    row = connection.execute("SELECT content FROM body WHERE hash = ?", (bytes.fromhex(noted["detached"]),)).fetchone()
    return json.loads(row[0]) if row else None


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
