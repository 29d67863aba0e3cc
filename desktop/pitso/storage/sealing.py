"""Lines are closed into signed, chained segments."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from sqlcipher3 import dbapi2

from pitso import __version__
from pitso.storage.tables import DEVICE_SHIFT, SEQ_MASK, own

SEGMENT_LINES = 4096
SEGMENT_BYTES = 4 * 1024 * 1024
"""A segment is closed at the line that reaches this: whoever receives it holds one in memory."""

Sign: TypeAlias = Callable[[bytes], bytes]


def seal(connection: dbapi2.Connection, key: bytes, device: int, sign: Sign) -> None:
    """Close the tail of the device in this row into segments of at most 4,096 lines; within an open transaction."""
    rows = connection.execute(
        f"SELECT id & {SEQ_MASK}, line FROM tail WHERE id BETWEEN ? AND ? ORDER BY id", own(device)
    ).fetchall()
    for portion in _portions(rows):
        _seal(connection, key, device, portion, sign)
    connection.execute("DELETE FROM tail WHERE id BETWEEN ? AND ?", own(device))


def _portions(rows: Sequence[tuple[int, bytes]]) -> Iterator[Sequence[tuple[int, bytes]]]:
    start = size = 0
    for place, (_seq, line) in enumerate(rows, 1):
        size += len(line)
        if place - start == SEGMENT_LINES or size >= SEGMENT_BYTES or place == len(rows):
            yield rows[start:place]
            start, size = place, 0


def _seal(
    connection: dbapi2.Connection, key: bytes, device: int, rows: Sequence[tuple[int, bytes]], sign: Sign
) -> None:
    first, last = rows[0][0], rows[-1][0]
    lines = b"".join(line + b"\n" for _, line in rows)
    before = connection.execute(
        "SELECT digest FROM segment WHERE device = ? ORDER BY first DESC LIMIT 1", (device,)
    ).fetchone()
    header = json.dumps(
        {
            "device": key.hex(),
            "first": first,
            "last": last,
            "lines": hashlib.sha256(lines).hexdigest(),
            "previous": before[0].hex() if before else "",
            "knows": _others(connection, device, first, last),
            "by": __version__,
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    keep(connection, device, first, last, header, sign(header), lines)


def keep(
    connection: dbapi2.Connection, device: int, first: int, last: int, header: bytes, signature: bytes, lines: bytes
) -> None:
    """Add a segment to the journal."""
    connection.execute(
        "INSERT INTO segment (device, first, last, header, signature, digest, lines) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (device, first, last, header, signature, hashlib.sha256(header).digest(), lines),
    )


def _others(connection: dbapi2.Connection, device: int, first: int, last: int) -> dict[str, str]:
    """The devices whose operations these lines name, by their whole key, with the last segment of theirs known here.

    Should such a device turn out to have two histories, the segment tells which of them was meant.
    """
    low = device << DEVICE_SHIFT
    rows = connection.execute(
        "SELECT DISTINCT replaces >> 40 FROM op_base WHERE op BETWEEN ? AND ? AND replaces >> 40 <> ?",
        (low | first, low | last, device),
    ).fetchall()
    found = {}
    for (other,) in rows:
        key, digest = connection.execute(
            "SELECT key, (SELECT digest FROM segment WHERE segment.device = ?1 ORDER BY first DESC LIMIT 1) "
            "FROM device WHERE id = ?1",
            (other,),
        ).fetchone()
        found[key.hex()] = digest.hex() if digest else ""
    return found
