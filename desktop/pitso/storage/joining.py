"""Lines on their way: giving out sealed segments, taking in those of others, and what waits."""

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from sqlcipher3 import dbapi2

from pitso.domain import hlc
from pitso.domain.branches import Link, branch_name
from pitso.domain.operation import ERASE
from pitso.storage import branching, erasing, rebuilding, sealing, tables
from pitso.storage.edits import Again, Edit
from pitso.storage.file import WorkspaceFile
from pitso.storage.journal import Body, Journal, Segment
from pitso.storage.reading import Line, Readings, read
from pitso.storage.tables import DEVICE_SHIFT, SEQ_MASK
from pitso.storage.taking import Portion, take

BATCH = 20_000
"""Operations that one transaction takes in."""

Vector: TypeAlias = Mapping[bytes, int]
"""How far each device's operations are held, by public key, or by the name of a branch."""

Judge: TypeAlias = Callable[[Segment], str]
"""Says why a segment has to wait (``"unknown signer"``, ``"revoked"`` …), or nothing to take it in."""

GAP, FORK = "gap", "fork"
"""Our own reasons to wait: what comes before is missing; own lines with the same numbers are not sealed yet."""

CLOCK_WRONG = timedelta(days=1)
"""A stamp that is further ahead than this was made by a clock that is wrong."""


@dataclass
class Received:
    """What came in, counted in operations."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    """Set aside: the judge said so, or something before them is missing."""
    unread: int = 0
    """Taken in and passed on, but only a newer program understands them."""
    contents: int = 0
    """Detached contents that were not here before."""
    kinds: set[str] = field(default_factory=set)
    forked: set[bytes] = field(default_factory=set)
    """Devices that showed two histories."""
    erasing: bool = False
    """Did contents leave because somebody erased them?"""


@dataclass(frozen=True)
class Waiting:
    """A segment that waits: whose, why, and which numbers."""

    device: bytes
    why: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many operations."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Gap:
    """Numbers of a device that are missing before what waits can be taken in."""

    device: bytes
    first: int
    last: int


@dataclass(frozen=True)
class Fork:
    """A device that showed two histories: its key, the number where they part, the names of both."""

    device: bytes
    start: int
    names: tuple[bytes, ...]


def vector(journal: Journal) -> dict[bytes, int]:
    """How far this workspace holds each device's operations."""
    return _vector(journal.file)


def held(file: WorkspaceFile, device: bytes) -> int:
    """The highest number of one device that a file holds."""
    return _vector(file).get(device, 0)


def _vector(file: WorkspaceFile) -> dict[bytes, int]:
    rows = file.rows(
        "SELECT key, max(coalesce((SELECT last FROM segment WHERE segment.device = device.id "
        "ORDER BY first DESC LIMIT 1), 0), "
        f"coalesce((SELECT max(id) & {SEQ_MASK} FROM tail WHERE id BETWEEN device.id << {DEVICE_SHIFT} "
        f"AND (device.id << {DEVICE_SHIFT}) + {SEQ_MASK}), 0)) AS held FROM device WHERE held > 0"
    )
    return {bytes(key): held for key, held in rows}


def count(journal: Journal, beyond: Vector) -> int:
    """How many operations are held here that a holder of *beyond* does not hold."""
    starts = {bytes(name): start for name, start in journal.file.rows("SELECT name, start FROM branch")}
    return sum(max(0, last - max(beyond.get(key, 0), starts.get(key, 1) - 1)) for key, last in vector(journal).items())


# ---- out ----------------------------------------------------------------------------------------------------------


def seal(journal: Journal, sign: sealing.Sign) -> None:
    """Close the tail of this device into signed, chained segments."""
    with journal.file.transaction() as connection:
        sealing.seal(connection, journal.device, journal.names.device(journal.device), sign)


def adopt(journal: Journal) -> None:
    """Say again, under this device, what another device left unsealed in this file.

    A file that was copied before its device sealed it holds values that nobody here can sign. They are written once
    more with their authors, knowing the lines that they repeat: if those arrive later, nothing differs.
    """
    rows = journal.file.rows(
        "SELECT author.uid, entity.uid, field.name, op.id FROM tail "
        f"JOIN device ON device.id = tail.id >> {DEVICE_SHIFT} AND device.key <> ? "
        "JOIN op ON op.id = tail.id JOIN head ON head.op = op.id "
        "JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field "
        "JOIN author ON author.id = op.author ORDER BY op.id",
        (journal.device,),
    )
    authored: dict[str, list[Edit]] = {}
    for author, entity, name, op in rows:
        authored.setdefault(author, []).append(Again(entity, name, op))
    for author, edits in authored.items():
        journal.commit(author, edits, said="", undoable=False)


def outgoing(journal: Journal, beyond: Vector) -> Iterator[Segment]:
    """The sealed segments that a holder of *beyond* does not hold, one by one, each after the one that it follows."""
    rows = journal.file.rows(
        "SELECT segment.rowid, device.key, coalesce(branch.key, device.key), first, last FROM segment "
        "JOIN device ON device.id = segment.device LEFT JOIN branch ON branch.name = device.key ORDER BY 3, first, 2"
    )
    for row, name, key, first, last in rows:
        if last > beyond.get(bytes(name), 0):
            ((header, signature, lines),) = journal.file.rows(
                "SELECT header, signature, lines FROM segment WHERE rowid = ?", (row,)
            )
            yield Segment(bytes(key), first, last, header, signature, lines)


# ---- in -----------------------------------------------------------------------------------------------------------


def check(journal: Journal, segment: Segment, readings: Readings) -> None:
    """Trouble for a segment that breaks the format, before anything is taken in; one that is here was read already."""
    digest = hashlib.sha256(segment.header).digest()
    if not journal.file.rows("SELECT 1 FROM segment WHERE digest = ?", (digest,)):
        readings.check(segment)


def receive(
    journal: Journal,
    segments: Iterable[Segment],
    contents: Iterable[Body],
    *,
    judge: Judge,
    readings: Readings | None = None,
    progress: Callable[[int], None] = lambda operations: None,
) -> Received:
    """Take in what is new of these checked segments, in transactions of about 20,000 operations.

    Each is harmless to repeat, and what was cut off is completed by receiving again. A segment that the *judge* holds
    back, or whose forerunner is missing, waits. What was read of them while they were checked stands in *readings*;
    *progress* hears how many operations were looked at so far.
    """
    received = Received()
    try:
        news = _take_contents(journal, contents, received)
        looked = 0
        for group in _groups(segments):
            with journal.file.transaction() as connection:
                intake = _Intake(journal, connection, judge, readings or Readings(), received)
                for segment in group:
                    if why := intake.offer(segment):
                        _wait(connection, segment, why)
                intake.finish()
            looked += sum(segment.last - segment.first + 1 for segment in group)
            progress(looked)
        _show_contents(journal, news)
        _fold(journal, received)
    except BaseException:
        journal.names.forget()
        raise
    return received


def _fold(journal: Journal, received: Received) -> None:
    """What was erased leaves the write-ahead log too."""
    if received.erasing:
        journal.file.fold()


@contextmanager
def uncollected() -> Iterator[None]:
    """Python's collector would look through many lines again and again and find nothing to collect."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def release(journal: Journal, *, judge: Judge) -> Received:
    """Try again what waits, as often as something went in: that may be what the next was waiting for."""
    received = Received()
    try:
        while _tried_again(journal, judge, received):
            pass
        _fold(journal, received)
    except BaseException:
        journal.names.forget()
        raise
    return received


def _tried_again(journal: Journal, judge: Judge, received: Received) -> bool:
    """Try once what waits; did something go in?"""
    ids = [row for (row,) in journal.file.rows("SELECT id FROM waiting ORDER BY device, first, id")]
    moved = False
    for start in range(0, len(ids), BATCH // sealing.SEGMENT_LINES):
        with journal.file.transaction() as connection:
            intake = _Intake(journal, connection, judge, Readings(), received)
            for row in ids[start : start + BATCH // sealing.SEGMENT_LINES]:
                why = intake.offer(_waiting(connection, row))
                if why:
                    connection.execute("UPDATE waiting SET why = ? WHERE id = ?", (why, row))
                else:
                    connection.execute("DELETE FROM waiting WHERE id = ?", (row,))
                    moved = True
            intake.finish()
    return moved


def _groups(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    group: list[Segment] = []
    lines = 0
    for segment in segments:
        length = segment.last - segment.first + 1
        if group and lines + length > BATCH:
            yield group
            group, lines = [], 0
        group.append(segment)
        lines += length
    if group:
        yield group


class _Intake:
    """One transaction of taking in: segments are put in their place, then all their lines are read at once."""

    def __init__(
        self, journal: Journal, connection: dbapi2.Connection, judge: Judge, readings: Readings, received: Received
    ) -> None:
        self._journal, self._connection, self._judge, self._received = journal, connection, judge, received
        self._readings = readings
        self._fresh: list[tuple[int, Segment, int]] = []
        self._parted = False

    def offer(self, segment: Segment) -> str:
        """Put the segment in its place; says why it waits, or nothing if it is in."""
        length = segment.last - segment.first + 1
        link = branching.link(segment.header)
        if self._connection.execute("SELECT 1 FROM segment WHERE digest = ?", (link.digest,)).fetchone():
            self._received.known += length
            return ""
        if why := self._judge(segment):
            self._received.waiting += length
            return why
        self._journal.names.device(segment.device)
        device, parts = branching.place(self._connection, link)
        why = GAP if device is None else self._against_tail(device, segment, parts)
        if why or device is None:
            self._received.waiting += length
            return why
        if parts or branching.expected(self._connection, link):
            device = self._part(segment, link, parts)
        held = self._unsealed(device, segment)
        sealing.keep(
            self._connection, device, segment.first, segment.last, segment.header, segment.signature, segment.lines
        )
        self._fresh.append((device, segment, held))
        self._received.new += segment.last - max(held, segment.first - 1)
        self._received.known += max(0, held - segment.first + 1)
        return ""

    def _part(self, segment: Segment, link: Link, parts: bool) -> int:
        self._parted = True
        if parts:
            self._received.forked.add(segment.device)
        return self._journal.names.device(branch_name(link))

    def _against_tail(self, device: int, segment: Segment, parts: bool) -> str:
        """Own lines with these numbers that nobody sealed yet: the segment waits until they are, and parts then."""
        if segment.device != self._journal.device:
            return ""
        tail = self._tail(device, segment.last)
        return FORK if tail and (parts or not segment.lines.startswith(tail)) else ""

    def _tail(self, device: int, last: int) -> bytes:
        query = "SELECT line FROM tail WHERE id BETWEEN ? AND ? ORDER BY id"
        return b"".join(bytes(line) + b"\n" for (line,) in self._connection.execute(query, tables.own(device, last)))

    def _unsealed(self, device: int, segment: Segment) -> int:
        """The sealed lines take the place of the same lines in the tail; says up to which number they were here.

        A copied file holds the unsealed lines of the device that it was copied from. Where they differ from what that
        device signed, the signed ones count: the others were said again by `adopt`.
        """
        tail = self._tail(device, segment.last)
        if not tail:
            return 0
        if not segment.lines.startswith(tail):
            self._parted = True
            self._connection.execute("DELETE FROM tail WHERE id BETWEEN ? AND ?", tables.own(device))
            return 0
        self._connection.execute("DELETE FROM tail WHERE id BETWEEN ? AND ?", tables.own(device, segment.last))
        return segment.first - 1 + tail.count(b"\n")

    def finish(self) -> None:
        """Read the lines of every segment that was put in its place."""
        if self._parted:
            for _device, segment, held in self._fresh:
                self._count(self._readings.take(segment).after(held).lines)
            branching.rename(self._connection, self._journal.names)
            rebuilding.make_again(self._connection, self._journal.names)
            return
        meaning = branching.Meaning(self._connection, self._journal.names)
        portions = []
        for device, segment, held in self._fresh:
            reading, header = self._readings.take(segment).after(held), json.loads(segment.header)
            needs, base = str(header.get("by", "")), meaning.of(device, header)
            portions.append(Portion(device, reading.lines, reading.unread, needs, base))
            self._received.unread += len(reading.unread)
            self._count(reading.lines)
        take(self._connection, self._journal.names, portions)

    def _count(self, lines: list[Line]) -> None:
        if lines:
            _seqs, stamps, kinds, entities, *_rest = zip(*lines, strict=True)
            self._received.kinds.update({entity.partition("/")[0] for entity in entities})
            self._received.erasing |= ERASE in kinds
            _hear(self._journal, self._connection, max(stamps))


def _take_contents(journal: Journal, contents: Iterable[Body], received: Received) -> list[bytes]:
    """Keep the contents that are new and were never erased; says which."""
    news: list[bytes] = []
    with journal.file.transaction() as connection:
        for body in contents:
            if erasing.welcome(connection, [body.hash]):
                connection.execute(
                    "INSERT INTO body (hash, salt, reader, content) VALUES (?, ?, ?, ?)",
                    (body.hash, body.salt, body.reader, body.content),
                )
                news.append(body.hash)
    received.contents += len(news)
    return news


def _show_contents(journal: Journal, news: list[bytes]) -> None:
    """Look again at fields whose line was here before its content."""
    if not news:
        return
    with journal.file.transaction() as connection:
        fields = connection.execute(
            "SELECT DISTINCT op.entity, op.field FROM head JOIN op ON op.id = head.op "
            "WHERE op.value LIKE '{\"detached\"%' AND substr(op.value, 14, 64) IN (SELECT value FROM json_each(?))",
            (json.dumps([digest.hex() for digest in news]),),
        ).fetchall()
        tables.look_again(connection, fields)


def _hear(journal: Journal, connection: dbapi2.Connection, other: int) -> None:
    row = connection.execute("SELECT value FROM own WHERE key = 'heard'").fetchone()
    moved = hlc.heard(int(row[0]) if row else 0, other, journal.clock())
    connection.execute("INSERT OR REPLACE INTO own (key, value) VALUES ('heard', ?)", (str(moved),))


# ---- what waits, and what is odd ----------------------------------------------------------------------------------


def _wait(connection: dbapi2.Connection, segment: Segment, why: str) -> None:
    connection.execute(
        "INSERT INTO waiting (device, first, last, why, digest, header, signature, lines) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET why = excluded.why",
        (
            segment.device,
            segment.first,
            segment.last,
            why,
            hashlib.sha256(segment.header).digest(),
            segment.header,
            segment.signature,
            segment.lines,
        ),
    )


def _waiting(connection: dbapi2.Connection, row: int) -> Segment:
    query = "SELECT device, first, last, header, signature, lines FROM waiting WHERE id = ?"
    device, *rest = connection.execute(query, (row,)).fetchone()
    return Segment(bytes(device), *rest)


def quarantined(journal: Journal) -> list[Waiting]:
    """What waits, by device and number."""
    rows = journal.file.rows("SELECT device, why, first, last FROM waiting ORDER BY device, first, id")
    return [Waiting(bytes(key), why, first, last) for key, why, first, last in rows]


def waiting_lines(journal: Journal, device: bytes) -> Iterator[Line]:
    """What waits of this *device*, line by line, to be looked into."""
    rows = journal.file.rows("SELECT id FROM waiting WHERE device = ? ORDER BY first, id", (device,))
    for (row,) in rows:
        yield from read(_waiting(journal.file.connection, row)).lines


def gaps(journal: Journal) -> list[Gap]:
    """Which numbers have to be asked for before what waits for its forerunners can be taken in.

    What waits for another reason, such as a decision, is here: nobody has to send it again.
    """
    rows = journal.file.rows(
        "SELECT waiting.device, first, last, why, coalesce((SELECT max(segment.last) FROM segment "
        "JOIN device ON device.id = segment.device LEFT JOIN branch ON branch.name = device.key "
        "WHERE coalesce(branch.key, device.key) = waiting.device), 0) "
        "FROM waiting ORDER BY waiting.device, first"
    )
    found: list[Gap] = []
    reached: dict[bytes, int] = {}
    for key, first, last, why, held in rows:
        device = bytes(key)
        upto = max(held, reached.get(device, 0))
        if why == GAP and first > upto + 1:
            found.append(Gap(device, upto + 1, first - 1))
        reached[device] = max(upto, last)
    return found


def forks(journal: Journal) -> list[Fork]:
    """Devices that showed two histories: a cloned disk, or a copy that was put back."""
    rows = journal.file.rows("SELECT key, start, name, parent FROM branch ORDER BY key, start, parent, name")
    found: dict[tuple[bytes, int, bytes], list[bytes]] = {}
    for key, start, name, parent in rows:
        found.setdefault((bytes(key), start, bytes(parent)), []).append(bytes(name))
    return [Fork(key, start, tuple(names)) for (key, start, _parent), names in found.items()]


def needing(journal: Journal) -> dict[str, int]:
    """How many operations only a newer program understands, by the version that wrote them."""
    return {str(needs): number for needs, number in journal.file.rows("SELECT needs, count(*) FROM unread GROUP BY 1")}


def wrong_clocks(journal: Journal) -> dict[bytes, timedelta]:
    """Devices whose latest stamp is more than a day ahead of this computer's clock, and by how much."""
    rows = journal.file.rows(
        "SELECT key, (SELECT hlc FROM op WHERE op.id BETWEEN device.id << ?1 AND (device.id << ?1) + ?2 "
        "ORDER BY op.id DESC LIMIT 1) FROM device",
        (DEVICE_SHIFT, SEQ_MASK),
    )
    now = journal.clock()
    ahead = {bytes(key): hlc.moment(stamp) - now for key, stamp in rows if stamp is not None}
    return {key: lead for key, lead in ahead.items() if lead > CLOCK_WRONG}
