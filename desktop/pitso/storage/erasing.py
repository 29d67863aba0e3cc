"""Contents that were erased: they leave the file's bytes, and never come in again.

The lines that spoke of them stay, so that every signature still verifies: they hold only salted hashes.
"""

from collections.abc import Iterable
from typing import Any

from sqlcipher3 import dbapi2

from pitso.storage import tables

DIGITS = 64
"""Hexadecimal digits of a hash."""


def hashes(value: Any) -> list[bytes]:
    """The hashes that an ``erase`` names in its value ``{"erased": [...], "reason": ...}``."""
    told = value.get("erased") if isinstance(value, dict) else None
    return [bytes.fromhex(name) for name in told or () if isinstance(name, str) and _hexadecimal(name)]


def _hexadecimal(name: str) -> bool:
    return len(name) == DIGITS and not set(name) - set("0123456789abcdef")


def forget(connection: dbapi2.Connection, entity: str, value: Any) -> None:
    """Let go of the contents that an ``erase`` of this *entity* names, and of every copy that the index holds."""
    for digest in hashes(value):
        connection.execute("INSERT OR IGNORE INTO erased (hash) VALUES (?)", (digest,))
        row = connection.execute("DELETE FROM body WHERE hash = ? RETURNING content", (digest,)).fetchone()
        if row is not None:
            _unsay(connection, bytes(row[0]))
    fields = connection.execute(
        "SELECT cell.entity, cell.field FROM cell JOIN entity ON entity.id = cell.entity WHERE entity.uid = ?",
        (entity,),
    ).fetchall()
    tables.look_again(connection, fields)


def _unsay(connection: dbapi2.Connection, content: bytes) -> None:
    """Strike the content out of the sentences that this computer keeps of what was done."""
    try:
        told = tables.spoken(content)
    except ValueError:
        return  # a file, which no sentence repeats
    if told:
        connection.execute("UPDATE deed SET said = replace(said, ?, '…') WHERE instr(said, ?)", (told, told))


def known(connection: dbapi2.Connection, entity: str) -> list[str]:
    """The hashes of every detached content that the fields of an entity ever had, unless they are erased already."""
    rows = connection.execute(
        "SELECT DISTINCT substr(op.value, 14, 64) AS digest FROM op JOIN entity ON entity.id = op.entity "
        "WHERE entity.uid = ? AND op.value LIKE '{\"detached\"%' "
        "AND NOT EXISTS (SELECT 1 FROM erased WHERE hash = unhex(substr(op.value, 14, 64))) ORDER BY 1",
        (entity,),
    )
    return [digest for (digest,) in rows]


def welcome(connection: dbapi2.Connection, digests: Iterable[bytes]) -> frozenset[bytes]:
    """Those of these hashes whose content may be taken in: not held yet, and never erased."""
    return frozenset(
        digest
        for digest in digests
        if not connection.execute(
            "SELECT 1 FROM erased WHERE hash = ?1 UNION ALL SELECT 1 FROM body WHERE hash = ?1", (digest,)
        ).fetchone()
    )
