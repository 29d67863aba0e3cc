"""Many lines at once into the index: operations, what they replace, what they show, what they erase.

Most lines that arrive are the first value of a field of a record that is new here; those go straight into the tables.
All others are followed as `tables.follow` follows one: what replaces a value that arrives after it has brought the
record along, so that the value is no longer the first here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from pitso.domain.operation import ERASE, SET
from pitso.domain.policies import Merge, policy
from pitso.storage import erasing, tables
from pitso.storage.reading import Line
from pitso.storage.tables import DEVICE_SHIFT, ONCE, Names

_encode = msgspec.json.encode


@dataclass(frozen=True)
class Portion:
    """Lines of one segment that are new here.

    *device* is the row under whose name they stand; *base* gives the row of an operation that a line names, or None
    where it cannot be told which one is meant.
    """

    device: int
    lines: Sequence[Line]
    unread: Sequence[int]
    needs: str
    base: Callable[[int | str], int | None]


@dataclass
class Batch:
    """Operations as rows, sorted by how they enter the tables."""

    rows: list[tuple[int, int, str, int, int, str, int]] = field(default_factory=list)
    replaces: list[tuple[int, int]] = field(default_factory=list)
    simple: dict[tuple[int, int], tuple[int, int, int, str]] = field(default_factory=dict)
    """The only value of its field, by entity and field."""
    others: list[int] = field(default_factory=list)
    once: list[tuple[int]] = field(default_factory=list)
    sought: list[tuple[int, int, str, str, str]] = field(default_factory=list)
    erasing: list[tuple[str, Any]] = field(default_factory=list)


def take(connection: dbapi2.Connection, names: Names, portions: Sequence[Portion]) -> None:
    """Bring index and tables up to these *portions*; within an open transaction."""
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM entity").fetchone()[0]
    entities = _entities(connection, {line[3] for portion in portions for line in portion.lines}, newest)
    batch = _sorted(names, portions, entities, newest)
    connection.executemany(
        "INSERT INTO op (id, hlc, kind, entity, field, value, author) VALUES (?, ?, ?, ?, ?, ?, ?)", batch.rows
    )
    connection.executemany("UPDATE op SET once = 1 WHERE id = ?", batch.once)
    connection.executemany("INSERT OR IGNORE INTO op_base (op, replaces) VALUES (?, ?)", batch.replaces)
    connection.executemany(
        "INSERT OR REPLACE INTO unread (device, seq, needs) VALUES (?, ?, ?)",
        ((portion.device, seq, portion.needs) for portion in portions for seq in portion.unread),
    )
    tables.first_values(connection, list(batch.simple.values()))
    for row in batch.sought:
        tables.seek(connection, *row)
    if batch.others:
        tables.follow(connection, batch.others)
    for entity, value in batch.erasing:
        erasing.forget(connection, entity, value)


def _entities(connection: dbapi2.Connection, uids: set[str], newest: int) -> dict[str, int]:
    """The rows of these entities; new ones are added in the order of their names, which the tables like best."""
    found: dict[str, int] = {}
    if newest:
        query = "SELECT uid, id FROM entity WHERE uid IN (SELECT value FROM json_each(?))"
        found = dict(connection.execute(query, (_encode(sorted(uids)).decode(),)))
    added = list(zip(sorted(uids - found.keys()), count(newest + 1), strict=False))
    connection.executemany("INSERT INTO entity (uid, id) VALUES (?, ?)", added)
    found.update(added)
    return found


def _sorted(
    names: Names,
    portions: Sequence[Portion],
    entities: Mapping[str, int],
    newest: int,
) -> Batch:
    batch = Batch()
    rows, simple, others, clashing = batch.rows, batch.simple, batch.others, set[tuple[int, int]]()
    for portion in portions:
        _name_bases(portion, batch.replaces)
    fields = {name: names.field(name) for name in {line[4] for portion in portions for line in portion.lines}}
    authors = {uid: names.author(uid) for uid in {line[6] for portion in portions for line in portion.lines}}
    for portion in portions:
        high = portion.device << DEVICE_SHIFT
        for seq, stamp, kind, uid, name, value, author, bases in portion.lines:
            op, entity, place, stored = high | seq, entities[uid], fields[name], _encode(value).decode()
            rows.append((op, stamp, kind, entity, place, stored, authors[author]))
            at = (entity, place)
            once = name in ONCE and policy(uid, name).merge is Merge.ONCE
            if once:
                batch.once.append((op,))
            if at in simple or at in clashing or bases or entity <= newest or kind != SET:
                others.append(op)
                clashing.add(at)
                if at in simple:
                    others.append(simple.pop(at)[2])
            else:
                simple[at] = (entity, place, op, stored)
                if tables.worded(stored):
                    batch.sought.append((entity, place, uid, name, stored))
            if kind == ERASE:
                batch.erasing.append((uid, value))
    return batch


def _name_bases(portion: Portion, replaces: list[tuple[int, int]]) -> None:
    high = portion.device << DEVICE_SHIFT
    for line in portion.lines:
        for told in line[7]:
            base = portion.base(told)
            if base is not None:
                replaces.append((high | line[0], base))
