"""What people wrote, word by word: the search over everything (SQLite FTS5, without accents).

A row holds one shown text, under a number made from its record and field. What is not here cannot be found: codes,
dates and identifiers, the program's own records, and whatever stays within the team, such as notes before a reveal.
"""

import re
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from pitso.domain.folding import fold
from pitso.domain.policies import Reader, policy

FIELD_BITS = 20
"""A row's number is the record's row, shifted by this many bits, plus the field's row."""

OWN_KINDS = frozenset({"form", "formfile", "revision", "device", "paper", "copy", "signed"})
"""Records that the program makes for itself."""

AROUND = 12
"""Words of a text that are shown around what was found in it."""

_WRITTEN = re.compile(r"^(?!\w+/\S+$)(?=.*(\s|^[^\W\d_a-z]|[^\x00-\x7f]))", re.DOTALL)


@dataclass(frozen=True)
class Hit:
    """A field in which the words stand, with the *excerpt* of its text around them."""

    entity: str
    field: str
    excerpt: str


def wanted(entity: str, field: str) -> bool:
    """May the texts of this *field* of an *entity* be found?"""
    return entity.partition("/")[0] not in OWN_KINDS and policy(entity, field).reader is not Reader.TEAM


def keep(connection: dbapi2.Connection, entity: int, field: int, text: object) -> None:
    """Let the record be found by this text alone; by nothing, where it is none that people wrote."""
    row = entity << FIELD_BITS | field
    if isinstance(text, str) and _WRITTEN.match(text):
        connection.execute("INSERT OR REPLACE INTO texts (rowid, text) VALUES (?, ?)", (row, text))
    else:
        connection.execute("DELETE FROM texts WHERE rowid = ?", (row,))


def forget_touched(connection: dbapi2.Connection) -> None:
    """Let go of the texts of the fields that are being looked at again."""
    connection.execute(f"DELETE FROM texts WHERE rowid IN (SELECT entity << {FIELD_BITS} | field FROM touched)")


def find(connection: dbapi2.Connection, words: str, limit: int) -> list[Hit]:
    """Fields whose text holds every one of the *words*, or words that begin with them; the closest first."""
    parts = fold(words).split()
    if not parts:
        return []
    rows = connection.execute(
        "SELECT entity.uid, field.name, snippet(texts, 0, '', '', '…', ?) FROM texts "
        f"JOIN entity ON entity.id = texts.rowid >> {FIELD_BITS} "
        f"JOIN field ON field.id = texts.rowid & {(1 << FIELD_BITS) - 1} "
        "WHERE texts MATCH ? ORDER BY rank, texts.rowid LIMIT ?",
        (AROUND, " ".join(f'"{part}"*' for part in parts), limit),
    )
    return [Hit(*row) for row in rows]
