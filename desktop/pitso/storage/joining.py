"""Lines on their way: sealing them into signed segments, giving them out, taking them in, reading them again."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlcipher3 import dbapi2

from pitso.domain import hlc
from pitso.domain.operation import DELETE, Operation, Reference, Value
from pitso.domain.trouble import Trouble
from pitso.storage import tables
from pitso.storage.edits import Drop, Edit, Restore
from pitso.storage.journal import Body, Journal, Segment
from pitso.storage.tables import DEVICE_SHIFT, SEQ_MASK
from pitso.words import _

SEGMENT_LINES = 4096
BATCH = 20_000
"""Operations that one transaction takes in."""

Vector: TypeAlias = Mapping[bytes, int]
"""How far each device's operations are held, by public key."""


@dataclass
class Received:
    """What came in, counted."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    """Operations set aside: an unknown signer, or something before them is missing."""
    entities: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)


def vector(journal: Journal) -> dict[bytes, int]:
    """How far this workspace holds each device's operations."""
    rows = journal.file.rows("SELECT device.key, max(op.id) FROM device JOIN op ON op.id >> 40 = device.id GROUP BY 1")
    return {bytes(key): op & SEQ_MASK for key, op in rows}


def count(journal: Journal, beyond: Vector) -> int:
    """How many operations are held here that a holder of *beyond* does not hold."""
    return sum(max(0, last - beyond.get(key, 0)) for key, last in vector(journal).items())


# ---- out ----------------------------------------------------------------------------------------------------------


def seal(journal: Journal, sign: Callable[[bytes], bytes]) -> None:
    """Close the tail of this device into signed, chained segments of at most 4,096 lines."""
    with journal.file.transaction() as connection:
        device = journal.names.device(journal.device)
        rows = connection.execute("SELECT seq, line FROM tail WHERE device = ? ORDER BY seq", (device,)).fetchall()
        for start in range(0, len(rows), SEGMENT_LINES):
            _seal(connection, journal.device, device, rows[start : start + SEGMENT_LINES], sign)
        connection.execute("DELETE FROM tail WHERE device = ?", (device,))


def _seal(
    connection: dbapi2.Connection,
    key: bytes,
    device: int,
    rows: Sequence[tuple[int, bytes]],
    sign: Callable[[bytes], bytes],
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
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    connection.execute(
        "INSERT INTO segment (device, first, last, header, signature, digest, lines) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (device, first, last, header, sign(header), hashlib.sha256(header).digest(), lines),
    )


def _others(connection: dbapi2.Connection, device: int, first: int, last: int) -> list[str]:
    """The devices whose operations these lines name as bases, by their whole key."""
    low = device << DEVICE_SHIFT
    rows = connection.execute(
        "SELECT DISTINCT device.key FROM op_base JOIN device ON device.id = op_base.replaces >> 40 "
        "WHERE op_base.op BETWEEN ? AND ? AND device.id <> ? ORDER BY 1",
        (low | first, low | last, device),
    )
    return [key.hex() for (key,) in rows]


def adopt(journal: Journal) -> None:
    """Say again, under this device, what another device left unsealed in this file.

    A file that was copied before its device sealed it holds values that nobody here can sign. They are written once
    more with their authors, knowing the lines that they repeat: if those arrive later, nothing differs.
    """
    rows = journal.file.rows(
        "SELECT author.uid, entity.uid, field.name, op.kind, op.value FROM tail "
        "JOIN device ON device.id = tail.device AND device.key <> ? "
        "JOIN op ON op.id = (tail.device << 40) | tail.seq JOIN head ON head.op = op.id "
        "JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field "
        "JOIN author ON author.id = op.author ORDER BY op.id",
        (journal.device,),
    )
    authored: dict[str, list[Edit]] = {}
    for author, entity, name, kind, value in rows:
        edit: Edit = Drop(entity) if kind == DELETE else Restore(entity, name, value)
        authored.setdefault(author, []).append(edit)
    for author, edits in authored.items():
        journal.commit(author, edits, said="", undoable=False)


def outgoing(journal: Journal, beyond: Vector) -> list[Segment]:
    """The sealed segments that a holder of *beyond* does not hold, in an order in which each can be taken."""
    rows = journal.file.rows(
        "SELECT device.key, first, last, header, signature, lines FROM segment "
        "JOIN device ON device.id = segment.device ORDER BY device.key, first"
    )
    segments = [Segment(bytes(key), first, last, *rest) for key, first, last, *rest in rows]
    return [segment for segment in segments if segment.last > beyond.get(segment.device, 0)]


def bodies(journal: Journal, segments: Iterable[Segment]) -> Iterator[Body]:
    """The detached contents that the lines of these segments name."""
    for segment in segments:
        for line in segment.lines.splitlines():
            if b'{"detached":"' not in line:
                continue
            value = json.loads(line)[5]
            if isinstance(value, dict) and "detached" in value:
                digest = bytes.fromhex(value["detached"])
                query = "SELECT hash, salt, reader, content FROM body WHERE hash = ?"
                yield from (Body(*row) for row in journal.file.rows(query, (digest,)))


# ---- in -----------------------------------------------------------------------------------------------------------


def receive(
    journal: Journal,
    segments: Iterable[Segment],
    contents: Iterable[Body],
    *,
    judge: Callable[[Segment], str],
) -> Received:
    """Take in what is new of these checked segments, whole or resumable; repeating changes nothing.

    A segment for which *judge* gives a reason, or whose forerunner is missing, waits in quarantine.
    """
    received = Received()
    with journal.file.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO body (hash, salt, reader, content) VALUES (?, ?, ?, ?)",
            ((body.hash, body.salt, body.reader, body.content) for body in contents),
        )
    try:
        for segment in segments:
            with journal.file.transaction() as connection:
                _receive(journal, connection, segment, judge, received)
    except BaseException:
        journal.names.forget()
        raise
    return received


def release(journal: Journal, *, judge: Callable[[Segment], str]) -> Received:
    """Try again what waits in quarantine."""
    rows = journal.file.rows("SELECT device, first, header, signature, lines FROM quarantine ORDER BY device, first")
    waiting = [
        Segment(bytes(key), first, json.loads(header)["last"], header, signature, lines)
        for key, first, header, signature, lines in rows
    ]
    with journal.file.transaction() as connection:
        connection.execute("DELETE FROM quarantine")
        received = Received()
        for segment in waiting:
            _receive(journal, connection, segment, judge, received)
    return received


@dataclass(frozen=True)
class Waits:
    """A segment that waits, and why."""

    device: bytes
    why: str
    first: int
    last: int


def quarantined(journal: Journal) -> list[Waits]:
    """What waits."""
    rows = journal.file.rows("SELECT device, why, first, header FROM quarantine ORDER BY device, first")
    return [Waits(bytes(key), why, first, int(json.loads(header)["last"])) for key, why, first, header in rows]


def waiting_lines(journal: Journal, device: bytes) -> list[bytes]:
    """The lines of a device that wait."""
    rows = journal.file.rows("SELECT lines FROM quarantine WHERE device = ? ORDER BY first", (device,))
    return [line for (lines,) in rows for line in bytes(lines).splitlines()]


def gaps(journal: Journal) -> list[tuple[bytes, int, int]]:
    """What is missing before what waits: device, first and last number."""
    held, found = vector(journal), []
    for waits in quarantined(journal):
        if waits.why == "gap" and waits.first > held.get(waits.device, 0) + 1:
            found.append((waits.device, held.get(waits.device, 0) + 1, waits.first - 1))
    return found


def _receive(
    journal: Journal,
    connection: dbapi2.Connection,
    segment: Segment,
    judge: Callable[[Segment], str],
    received: Received,
) -> None:
    length = segment.last - segment.first + 1
    device = journal.names.device(segment.device)
    sealed = connection.execute("SELECT coalesce(max(last), 0) FROM segment WHERE device = ?", (device,)).fetchone()[0]
    if segment.last <= sealed:
        received.known += length
        if _same(connection, device, segment):
            return
        why = "fork"
    elif why := judge(segment):
        pass
    elif segment.first != sealed + 1 or not _chained(connection, device, segment):
        why = "gap"
    elif not segment.lines.startswith(_tail(connection, device, segment.last)):
        why = "fork"
    else:
        held = _held(connection, device)
        fresh = [operation for operation in _read(segment) if operation.seq > held]
        _keep(connection, device, segment)
        if fresh:
            _take(journal, connection, device, fresh, received)
        received.new += len(fresh)
        received.known += length - len(fresh)
        return
    received.waiting += length
    connection.execute(
        "INSERT OR IGNORE INTO quarantine (device, first, why, header, signature, lines) VALUES (?, ?, ?, ?, ?, ?)",
        (segment.device, segment.first, why, segment.header, segment.signature, segment.lines),
    )


def _held(connection: dbapi2.Connection, device: int) -> int:
    low = device << DEVICE_SHIFT
    row = connection.execute("SELECT max(id) FROM op WHERE id BETWEEN ? AND ?", (low, low | SEQ_MASK)).fetchone()
    return (row[0] or 0) & SEQ_MASK


def _tail(connection: dbapi2.Connection, device: int, last: int) -> bytes:
    """Lines held here that nobody has sealed yet: a copied file holds those of the device that it was copied from."""
    rows = connection.execute("SELECT line FROM tail WHERE device = ? AND seq <= ? ORDER BY seq", (device, last))
    return b"".join(bytes(line) + b"\n" for (line,) in rows)


def _keep(connection: dbapi2.Connection, device: int, segment: Segment) -> None:
    """The sealed lines take the place of the same lines in the tail."""
    connection.execute("DELETE FROM tail WHERE device = ? AND seq <= ?", (device, segment.last))
    connection.execute(
        "INSERT INTO segment (device, first, last, header, signature, digest, lines) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            device,
            segment.first,
            segment.last,
            segment.header,
            segment.signature,
            hashlib.sha256(segment.header).digest(),
            segment.lines,
        ),
    )


def _same(connection: dbapi2.Connection, device: int, segment: Segment) -> bool:
    """Are these the very lines that are held?"""
    rows = connection.execute(
        "SELECT header FROM segment WHERE device = ? AND first = ?", (device, segment.first)
    ).fetchone()
    return rows is not None and bytes(rows[0]) == segment.header


def _chained(connection: dbapi2.Connection, device: int, segment: Segment) -> bool:
    before = connection.execute(
        "SELECT digest FROM segment WHERE device = ? AND last = ?", (device, segment.first - 1)
    ).fetchone()
    return bool(json.loads(segment.header)["previous"] == (before[0].hex() if before else ""))


def damaged(what: str) -> Trouble:
    """The Trouble of lines that are not what the format says."""
    return Trouble(
        _("This bundle holds something that is no record of Pitso ({what}).").format(what=what),
        _("Ask the sender to write it again; nothing was taken in."),
    )


def _read(segment: Segment) -> list[Operation]:
    """The operations of a segment; Trouble for a line that breaks the format."""
    header = json.loads(segment.header)
    keys = {key[:32]: bytes.fromhex(key) for key in header.get("knows", [])}
    found = []
    for number, line in enumerate(segment.lines.splitlines(), segment.first):
        try:
            seq, stamp, kind, entity, name, value, author, bases = json.loads(line)
            operation = Operation(
                segment.device,
                seq,
                stamp,
                kind,
                entity,
                name,
                value,
                author,
                _bases(bases, segment.device, keys),
            )
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise damaged(f"{segment.device.hex()[:8]}.{number}") from error
        if not _sound(operation, number):
            raise damaged(f"{segment.device.hex()[:8]}.{number}")
        found.append(operation)
    if len(found) != segment.last - segment.first + 1:
        raise damaged(f"{segment.device.hex()[:8]}.{segment.first}")
    return found


def _bases(bases: list[object], device: bytes, keys: Mapping[str, bytes]) -> tuple[Reference, ...]:
    found = []
    for base in bases:
        if isinstance(base, int):
            found.append(Reference(device, base))
        else:
            key, _, seq = str(base).partition(".")
            found.append(Reference(keys[key], int(seq)))
    return tuple(found)


def _sound(operation: Operation, number: int) -> bool:
    numbers = (operation.seq, operation.hlc, *(base.seq for base in operation.bases))
    texts = (operation.kind, operation.entity, operation.field, operation.author)
    return (
        operation.seq == number
        and all(isinstance(value, int) and 0 < value < 2**53 for value in numbers)
        and operation.seq <= SEQ_MASK
        and all(isinstance(text, str) for text in texts)
        and "/" in operation.entity
        and _sound_value(operation.value)
    )


def _sound_value(value: Value) -> bool:
    if isinstance(value, float):
        return False
    if isinstance(value, int):
        return abs(value) < 2**53
    if isinstance(value, list):
        return all(_sound_value(item) for item in value)
    if isinstance(value, dict):
        return all(_sound_value(item) for item in value.values())
    return True


def _take(
    journal: Journal,
    connection: dbapi2.Connection,
    device: int,
    operations: Sequence[Operation],
    received: Received | None,
    deeds: Mapping[int, int] = {},
) -> None:
    names = journal.names
    ids = [(device << DEVICE_SHIFT) | operation.seq for operation in operations]
    connection.executemany(
        "INSERT INTO op (id, hlc, kind, entity, field, value, author, deed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                op,
                operation.hlc,
                operation.kind,
                names.entity(operation.entity),
                names.field(operation.field),
                json.dumps(operation.value, ensure_ascii=False, separators=(",", ":")),
                names.author(operation.author),
                deeds.get(op),
            )
            for op, operation in zip(ids, operations, strict=True)
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO op_base (op, replaces) VALUES (?, ?)",
        (
            (op, (names.device(base.device) << DEVICE_SHIFT) | base.seq)
            for op, operation in zip(ids, operations, strict=True)
            for base in operation.bases
        ),
    )
    tables.follow(connection, ids)
    if received is not None:
        received.entities.update(operation.entity for operation in operations)
        received.kinds.update(operation.entity.partition("/")[0] for operation in operations)
        _hear(journal, connection, max(operation.hlc for operation in operations))


def _hear(journal: Journal, connection: dbapi2.Connection, other: int) -> None:
    row = connection.execute("SELECT value FROM own WHERE key = 'heard'").fetchone()
    moved = hlc.heard(int(row[0]) if row else 0, other, journal.clock())
    connection.execute("INSERT OR REPLACE INTO own (key, value) VALUES ('heard', ?)", (str(moved),))


# ---- again --------------------------------------------------------------------------------------------------------


def rebuild(journal: Journal) -> bool:
    """Make index and tables again from the lines; says whether they are equal to what was there (promise G15)."""
    before = _dump(journal)
    try:
        with journal.file.transaction() as connection:
            deeds = dict(connection.execute("SELECT id, deed FROM op WHERE deed IS NOT NULL").fetchall())
            for table in ("sought", "cell", "head", "op_base", "op"):
                connection.execute(f"DELETE FROM {table}")
            for segment in _all_lines(connection):
                _take(
                    journal,
                    connection,
                    journal.names.device(segment.device),
                    _read(segment),
                    None,
                    deeds,
                )
    except BaseException:
        journal.names.forget()
        raise
    return _dump(journal) == before


def _all_lines(connection: dbapi2.Connection) -> list[Segment]:
    query = (
        "SELECT key, first, last, header, signature, lines FROM segment JOIN device ON device.id = segment.device "
        "ORDER BY device.id, first"
    )
    sealed = [Segment(bytes(row[0]), *row[1:]) for row in connection.execute(query).fetchall()]
    keys = [bytes(key).hex() for (key,) in connection.execute("SELECT key FROM device").fetchall()]
    header = json.dumps({"knows": keys}).encode()
    tails = connection.execute(
        "SELECT key, min(seq), max(seq), group_concat(CAST(line AS TEXT), char(10) ORDER BY seq) FROM tail "
        "JOIN device ON device.id = tail.device GROUP BY device.id"
    ).fetchall()
    return sealed + [Segment(bytes(key), first, last, header, b"", lines.encode()) for key, first, last, lines in tails]


def _dump(journal: Journal) -> tuple[str, str]:
    hashed = hashlib.sha256()
    query = (
        "SELECT entity.uid, field.name, cell.value, cell.op, cell.different FROM cell "
        "JOIN entity ON entity.id = cell.entity JOIN field ON field.id = cell.field ORDER BY 1, 2"
    )
    for row in journal.file.rows(query):
        hashed.update(repr(row).encode())
    return journal.digest(), hashed.hexdigest()
