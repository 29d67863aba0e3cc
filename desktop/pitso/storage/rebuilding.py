"""Index and tables made again from the lines."""

import hashlib
import json
from collections.abc import Iterator

from sqlcipher3 import dbapi2

from pitso import __version__
from pitso.domain import policies
from pitso.storage.branching import Meaning
from pitso.storage.journal import Journal, Segment
from pitso.storage.reading import read
from pitso.storage.tables import DEVICE_SHIFT, SEQ_MASK, Names
from pitso.storage.taking import Portion, take

BATCH_LINES = 20_000
VERSION = f"{__version__} {policies.version()}"
"""Which program and which policies made the tables."""
DERIVED = ("texts", "sought", "cell", "head", "op_base", "unread", "op", "entity", "erased")


def rebuild(journal: Journal) -> bool:
    """Make index and tables again from the lines; says whether they are equal to what was there (promise G15)."""
    before = _dump(journal)
    try:
        with journal.file.transaction() as connection:
            make_again(connection, journal.names)
    except BaseException:
        journal.names.forget()
        raise
    return _dump(journal) == before


def bring_up(journal: Journal) -> None:
    """Make the tables again if another program, with other policies, made them; unread lines are read then."""
    if journal.own("tables") == VERSION:
        return
    try:
        with journal.file.transaction() as connection:
            make_again(connection, journal.names)
            connection.execute("INSERT OR REPLACE INTO own (key, value) VALUES ('tables', ?)", (VERSION,))
    except BaseException:
        journal.names.forget()
        raise


def make_again(connection: dbapi2.Connection, names: Names) -> None:
    """Make index and tables again; within an open transaction."""
    for table in DERIVED:
        connection.execute(f"DELETE FROM {table}")
    names.forget()
    meaning = Meaning(connection, names)
    portions: list[Portion] = []
    for device, segment in _all_lines(connection):
        header = json.loads(segment.header)
        reading = read(segment)
        needs = str(header.get("by", ""))
        portions.append(Portion(device, reading.lines, reading.unread, needs, meaning.of(device, header)))
        if sum(len(portion.lines) for portion in portions) >= BATCH_LINES:
            take(connection, names, portions)
            portions.clear()
    take(connection, names, portions)


def _all_lines(connection: dbapi2.Connection) -> Iterator[tuple[int, Segment]]:
    for (row,) in connection.execute("SELECT rowid FROM segment ORDER BY device, first").fetchall():
        device, key, *rest = connection.execute(
            "SELECT device.id, key, first, last, header, signature, lines FROM segment "
            "JOIN device ON device.id = segment.device WHERE segment.rowid = ?",
            (row,),
        ).fetchone()
        yield device, Segment(bytes(key), *rest)
    keys = [bytes(key).hex() for (key,) in connection.execute("SELECT key FROM device").fetchall()]
    header = json.dumps({"knows": keys}).encode()
    tails = connection.execute(
        f"SELECT device.id, key, min(tail.id) & {SEQ_MASK}, max(tail.id) & {SEQ_MASK}, "
        "group_concat(CAST(line AS TEXT), char(10) ORDER BY tail.id) FROM tail "
        f"JOIN device ON device.id = tail.id >> {DEVICE_SHIFT} GROUP BY device.id"
    ).fetchall()
    for device, key, first, last, lines in tails:
        yield device, Segment(bytes(key), first, last, header, b"", lines.encode() + b"\n")


_DERIVED_ROWS = (
    "SELECT entity.uid, field.name, cell.value, cell.op, cell.different, cell.contested FROM cell "
    "JOIN entity ON entity.id = cell.entity JOIN field ON field.id = cell.field ORDER BY 1, 2",
    "SELECT entity.uid, field.name, folded FROM sought JOIN entity ON entity.id = sought.entity "
    "JOIN field ON field.id = sought.field ORDER BY 1, 2",
    "SELECT entity.uid, field.name, text FROM texts JOIN entity ON entity.id = texts.rowid >> 20 "
    "JOIN field ON field.id = texts.rowid & ((1 << 20) - 1) ORDER BY 1, 2",
    "SELECT op.id, op.hlc, op.kind, entity.uid, field.name, op.value, author.uid, op.once FROM op "
    "JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field JOIN author ON author.id = op.author "
    "ORDER BY op.id",
    "SELECT op, replaces FROM op_base ORDER BY 1, 2",
    "SELECT hash FROM erased ORDER BY 1",
    "SELECT device, seq, needs FROM unread ORDER BY 1, 2",
)


def _dump(journal: Journal) -> tuple[str, str]:
    hashed = hashlib.sha256()
    for query in _DERIVED_ROWS:
        for row in journal.file.rows(query):
            hashed.update(repr(row).encode())
    return journal.digest(), hashed.hexdigest()
