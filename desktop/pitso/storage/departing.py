"""What leaves with a bundle besides the lines: the contents that lie apart from them, by reader."""

import json
from collections.abc import Iterable

from pitso.domain.policies import Reader
from pitso.storage.joining import Vector, vector
from pitso.storage.journal import Body, Journal, Segment
from pitso.storage.tables import DEVICE_SHIFT

MARK = b'{"detached":"'


def contents(
    journal: Journal, segments: Iterable[Segment], *, reader: Reader
) -> tuple[list[tuple[bytes, int]], int, int]:
    """The contents that these segments name and this *reader* may see, as hash and size.

    After them, how many are above that reader's level, and their bytes.
    """
    inside: list[tuple[bytes, int]] = []
    left_out = left_out_size = 0
    for digest in dict.fromkeys(_named(segments)):
        row = journal.file.rows("SELECT reader, length(content) FROM body WHERE hash = ?", (digest,))
        if not row:
            continue
        level, size = row[0]
        if Reader(level).seen_by(reader):
            inside.append((digest, size))
        else:
            left_out, left_out_size = left_out + 1, left_out_size + size
    return inside, left_out, left_out_size


def _named(segments: Iterable[Segment]) -> Iterable[bytes]:
    for segment in segments:
        if MARK not in segment.lines:
            continue
        for line in segment.lines.splitlines():
            if MARK in line:
                value = json.loads(line)[5]
                if isinstance(value, dict) and "detached" in value:
                    yield bytes.fromhex(value["detached"])


def content(journal: Journal, digest: bytes) -> Body:
    """One content by its hash."""
    ((salt, reader, text),) = journal.file.rows("SELECT salt, reader, content FROM body WHERE hash = ?", (digest,))
    return Body(digest, salt, reader, text)


def oldest(journal: Journal, beyond: Vector) -> int | None:
    """The stamp of the oldest operation that a holder of *beyond* does not hold."""
    stamps = []
    for key in vector(journal):
        low = journal.names.device(key) << DEVICE_SHIFT
        rows = journal.file.rows(
            "SELECT hlc FROM op WHERE id > ? AND id < ? ORDER BY id LIMIT 1",
            (low | beyond.get(key, 0), low + (1 << DEVICE_SHIFT)),
        )
        stamps += [stamp for (stamp,) in rows]
    return min(stamps, default=None)


def without_content(journal: Journal) -> list[tuple[str, str]]:
    """Entity and field of every value that holds now and whose content is not here."""
    rows = journal.file.rows(
        "SELECT entity.uid, field.name FROM cell JOIN entity ON entity.id = cell.entity "
        "JOIN field ON field.id = cell.field WHERE value LIKE '{\"detached\"%' AND NOT EXISTS "
        "(SELECT 1 FROM body WHERE body.hash = unhex(substr(cell.value, 14, 64)))"
    )
    return [(uid, name) for uid, name in rows]
