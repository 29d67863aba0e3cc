"""The branches of the devices in one workspace: under which name a line stands, and which one a line means."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlcipher3 import dbapi2

from pitso.domain.branches import Branch, Link, Naming, branch_name, named
from pitso.storage.reading import damaged
from pitso.storage.tables import DEVICE_SHIFT, SEQ_MASK, Names


def link(header: bytes) -> Link:
    """A segment's header as a link of its device's chain."""
    told = json.loads(header)
    key, previous = bytes.fromhex(told["device"]), bytes.fromhex(told["previous"])
    return Link(key, told["first"], told["last"], hashlib.sha256(header).digest(), previous)


def place(connection: dbapi2.Connection, fresh: Link) -> tuple[int | None, bool]:
    """The device row that a new segment follows (None if what comes before it is missing), and whether it parts there.

    Where it parts, another segment follows the same one already.
    """
    if fresh.previous:
        row = connection.execute(
            "SELECT segment.device, device.key FROM segment JOIN device ON device.id = segment.device "
            "LEFT JOIN branch ON branch.name = device.key "
            "WHERE segment.digest = ? AND segment.last = ? AND coalesce(branch.key, device.key) = ?",
            (fresh.previous, fresh.first - 1, fresh.key),
        ).fetchone()
    else:
        row = connection.execute("SELECT id, key FROM device WHERE key = ?", (fresh.key,)).fetchone()
    if row is None or (not fresh.previous and fresh.first != 1):
        return None, False
    taken = connection.execute(
        "SELECT 1 FROM segment WHERE device = ? AND first = ? UNION ALL "
        "SELECT 1 FROM branch WHERE parent = ? AND start = ?",
        (row[0], fresh.first, row[1], fresh.first),
    ).fetchone()
    return row[0], taken is not None


def expected(connection: dbapi2.Connection, fresh: Link) -> bool:
    """Has another device spoken of this segment already under the name that it would have as a branch?"""
    return connection.execute("SELECT 1 FROM device WHERE key = ?", (branch_name(fresh),)).fetchone() is not None


def rename(connection: dbapi2.Connection, names: Names) -> None:
    """Give every segment the name that it has among all that are here now."""
    links = [link(header) for (header,) in connection.execute("SELECT header FROM segment").fetchall()]
    naming = named(links)
    connection.execute("DELETE FROM branch")
    connection.executemany(
        "INSERT INTO branch (name, key, parent, start) VALUES (?, ?, ?, ?)",
        ((branch.name, branch.key, branch.parent, branch.start) for branch in naming.branches.values()),
    )
    connection.executemany(
        "UPDATE segment SET device = ? WHERE digest = ? AND device <> ?1",
        [(names.device(name), digest) for digest, name in naming.names.items()],
    )
    parted = {branch.key for branch in naming.branches.values()}
    connection.executemany(  # said again by `adopt`; what was sealed differently since stands in the segments
        "DELETE FROM tail WHERE id >> 40 IN (SELECT id FROM device WHERE key = ?)", ((key,) for key in parted)
    )


class Meaning:
    """Which operation a line means by a number, or by a device's name and a number."""

    def __init__(self, connection: dbapi2.Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        rows = connection.execute("SELECT name, key, parent, start FROM branch").fetchall()
        self._naming = Naming({}, {bytes(row[0]): Branch(*map(_plain, row)) for row in rows})
        self._parted = {branch.parent: branch.key for branch in self._naming.branches.values()}

    def of(self, device: int, header: Mapping[str, Any]) -> Callable[[int | str], int | None]:
        """How the lines under this device row and *header* are to be read."""
        own = bytes(self._connection.execute("SELECT key FROM device WHERE id = ?", (device,)).fetchone()[0])
        high = device << DEVICE_SHIFT
        knows = header.get("knows", {})
        known = {name[:32]: (bytes.fromhex(name), knows[name] if isinstance(knows, dict) else "") for name in knows}
        forked = own in self._naming.branches

        def base(told: int | str) -> int | None:
            if isinstance(told, int):
                return self._row(self._naming.holder(own, told), told) if forked else high | told & SEQ_MASK
            short, _dot, number = told.partition(".")
            if short not in known or not number.isdecimal():
                raise damaged(f"{own.hex()[:8]}: {told}")
            name, digest = known[short]
            return self._other(name, digest, int(number))

        return base

    def _row(self, name: bytes, seq: int) -> int:
        return self._names.device(name) << DEVICE_SHIFT | seq & SEQ_MASK

    def _other(self, name: bytes, digest: str, seq: int) -> int | None:
        if name in self._parted and self._connected(name, digest, seq):
            return self._by_segment(digest, seq)
        if name in self._naming.branches:
            return self._row(self._naming.holder(name, seq), seq)
        return self._row(self._unparted().get(name, name), seq)

    def _connected(self, name: bytes, digest: str, seq: int) -> bool:
        """Does the number lie after the place where the device's history parts?"""
        starts = [branch.start for branch in self._naming.branches.values() if branch.parent == name]
        return seq >= min(starts)

    def _by_segment(self, digest: str, seq: int) -> int | None:
        """The operation as the segment that was known shows it; None where nobody can tell which was meant."""
        row = self._connection.execute(
            "SELECT device.key FROM segment JOIN device ON device.id = segment.device WHERE digest = ?",
            (bytes.fromhex(digest),),
        ).fetchone()
        return self._row(self._naming.holder(bytes(row[0]), seq), seq) if row else None

    def _unparted(self) -> dict[bytes, bytes]:
        """Names that others gave to a branch of which only one is here, and its name here."""
        rows = self._connection.execute(
            "SELECT segment.header, device.key FROM segment JOIN device ON device.id = segment.device "
            "WHERE EXISTS (SELECT 1 FROM device WHERE device.key NOT IN "
            "(SELECT key FROM device JOIN segment ON segment.device = device.id))"
        ).fetchall()
        return {branch_name(link(header)): bytes(key) for header, key in rows}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else value
