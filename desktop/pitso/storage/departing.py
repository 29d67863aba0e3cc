"""What leaves with a bundle: which segments, and which contents that lie apart from their lines, by reader."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pitso.domain.policies import Reader
from pitso.storage.joining import Vector, outgoing, vector
from pitso.storage.journal import Body, Journal
from pitso.storage.tables import DEVICE_SHIFT

_DETACHED = re.compile(rb'\{"detached":"([0-9a-f]{64})"')


@dataclass(frozen=True)
class Freight:
    """What a bundle will hold, measured before it is written."""

    segments: int
    operations: int
    size: int
    """Bytes of lines and contents together."""
    contents: tuple[bytes, ...]
    """Hashes of the contents that go along."""
    left_out: int
    """Contents above the reader's level."""
    left_out_size: int
    """Bytes of those."""


def freight(journal: Journal, beyond: Vector, *, reader: Reader, lacked: Iterable[bytes] = ()) -> Freight:
    """What a holder of *beyond* lacks, and the contents *lacked* besides, as far as this *reader* may see them."""
    segments = operations = size = left_out = left_out_size = 0
    named = dict.fromkeys(lacked)
    for segment in outgoing(journal, beyond):
        segments += 1
        operations += segment.last - segment.first + 1
        size += len(segment.lines)
        named.update(dict.fromkeys(bytes.fromhex(name.decode()) for name in _DETACHED.findall(segment.lines)))
    inside = []
    for digest in named:
        for level, length in journal.file.rows("SELECT reader, length(content) FROM body WHERE hash = ?", (digest,)):
            if reader.sees(level):
                inside.append(digest)
                size += length
            else:
                left_out, left_out_size = left_out + 1, left_out_size + length
    return Freight(segments, operations, size, tuple(inside), left_out, left_out_size)


def contents(journal: Journal, digests: Iterable[bytes]) -> Iterator[Body]:
    """These contents, one after the other."""
    for digest in digests:
        ((salt, level, content),) = journal.file.rows(
            "SELECT salt, reader, content FROM body WHERE hash = ?", (digest,)
        )
        yield Body(digest, salt, level, content)


def oldest(journal: Journal, beyond: Vector) -> int | None:
    """The stamp of the oldest operation that a holder of *beyond* does not hold."""
    stamps: list[int] = []
    for key in vector(journal):
        low = journal.names.device(key) << DEVICE_SHIFT
        rows = journal.file.rows(
            "SELECT hlc FROM op WHERE id > ? AND id < ? ORDER BY id LIMIT 1",
            (low | beyond.get(key, 0), low + (1 << DEVICE_SHIFT)),
        )
        stamps += [stamp for (stamp,) in rows]
    return min(stamps, default=None)


def lacking(journal: Journal, seen: Callable[[str, str], bool]) -> list[bytes]:
    """Contents that lines here name, and that are neither here nor erased, of fields that may be *seen* here.

    Whoever holds the lines is not sent them again, so what they name has to be asked for.
    """
    rows = journal.file.rows(
        "SELECT DISTINCT entity.uid, field.name, unhex(substr(op.value, 14, 64)) AS digest FROM op "
        "JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field "
        "WHERE op.value LIKE '{\"detached\"%' AND NOT EXISTS (SELECT 1 FROM body WHERE hash = digest) "
        "AND NOT EXISTS (SELECT 1 FROM erased WHERE hash = digest) AND digest IS NOT NULL"
    )
    return [bytes(digest) for uid, name, digest in rows if seen(uid, name)]


def note_lacking(journal: Journal, device: bytes, digests: Iterable[bytes]) -> None:
    """Keep what another computer says that it lacks now."""
    with journal.file.transaction() as connection:
        connection.execute("DELETE FROM lacking WHERE device = ?", (device,))
        connection.executemany(
            "INSERT OR IGNORE INTO lacking (device, hash) VALUES (?, ?)", ((device, digest) for digest in digests)
        )


def lacked(journal: Journal, devices: Iterable[bytes]) -> list[bytes]:
    """Contents that one of these *devices* lacks."""
    query = "SELECT hash FROM lacking WHERE device = ? ORDER BY hash"
    return [bytes(digest) for device in devices for (digest,) in journal.file.rows(query, (device,))]


def without_content(journal: Journal) -> list[tuple[str, str]]:
    """Entity and field of every value that holds now and whose content has not arrived."""
    rows = journal.file.rows(
        "SELECT entity.uid, field.name FROM cell JOIN entity ON entity.id = cell.entity "
        "JOIN field ON field.id = cell.field WHERE value LIKE '{\"detached\"%' AND NOT EXISTS "
        "(SELECT 1 FROM body WHERE body.hash = unhex(substr(cell.value, 14, 64)) UNION ALL "
        "SELECT 1 FROM erased WHERE erased.hash = unhex(substr(cell.value, 14, 64)))"
    )
    return [(uid, name) for uid, name in rows]
