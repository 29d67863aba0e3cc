"""What the journal holds now, as views ask for it: records, histories, differences, and what is found by words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

import msgspec

from pitso.domain import hlc
from pitso.domain.operation import SET, SETTLE, Reference
from pitso.storage import tables, texts
from pitso.storage.file import WorkspaceFile
from pitso.storage.tables import RECORD_ITSELF, SEQ_MASK

LAST = "\U0010ffff"
"""What comes after every other letter: ids with a common beginning lie between it alone and it with this."""


@dataclass(frozen=True)
class Attachment:
    """A file in a field, as a view needs it: the content is read on demand by its *hash*."""

    hash: str
    name: str
    size: int


Record: TypeAlias = Mapping[str, Any]
"""What holds now for one entity, by field."""


@dataclass(frozen=True)
class Deed:
    """What a person did at this computer."""

    id: int
    said: str
    touched: frozenset[str]
    at: datetime


@dataclass(frozen=True)
class Version:
    """One value that a field once had; *current* if nothing has replaced it."""

    entity: str
    field: str
    value: Any
    author: str
    device: bytes
    seq: int
    at: datetime
    current: bool
    kind: str = SET
    """``set``, or ``settle``: then *value* is the choice of one person, and *reason* says why."""
    reason: str = ""
    erased: bool = False
    """Was the content erased? Then no value is left of it."""
    knew: tuple[Reference, ...] = ()
    """What its author replaced, as far as that was asked for."""


class Holding:
    """The reading side of a workspace file: nothing here changes it."""

    def __init__(self, file: WorkspaceFile) -> None:
        self.file = file

    def record(self, entity: str) -> Record:
        """What holds now for one entity; empty if it is unknown or deleted."""
        return self.records(entity, exact=True).get(entity, {})

    def records(self, prefix: str, *, exact: bool = False, fields: Sequence[str] = ()) -> dict[str, Record]:
        """Every living entity whose id begins with *prefix*, such as ``rating/4f…/``, in the order of the ids.

        Only these *fields* of it, where any are named.
        """
        named = f" AND field.name IN ({','.join('?' * len(fields))})" if fields else ""
        ends = (prefix, prefix if exact else prefix + LAST)
        return self._shown_records(f"entity.uid BETWEEN ? AND ?{named}", [*ends, *fields])

    def _shown_records(self, condition: str, values: Sequence[str]) -> dict[str, Record]:
        rows = self.file.rows(
            "SELECT entity.uid, field.name, cell.value, body.content "
            "FROM entity CROSS JOIN cell ON cell.entity = entity.id "
            "JOIN field ON field.id = cell.field LEFT JOIN body ON cell.value LIKE '{\"detached\"%' "
            "AND body.hash = unhex(substr(cell.value, 14, 64)) "
            f"WHERE {condition} AND cell.field <> {RECORD_ITSELF} AND cell.value <> 'null' ORDER BY entity.uid",
            tuple(values),
        )
        found: dict[str, dict[str, Any]] = {}
        for uid, name, value, content in rows:
            found.setdefault(uid, {})[name] = _shown(value, content)
        return dict(found)

    def state(self, prefix: str) -> tuple[int, int]:
        """A mark of what holds below *prefix*: another one as soon as anything there changed."""
        ((cells, operations),) = self.file.rows(
            "SELECT count(*), coalesce(sum(cell.op), 0) FROM entity CROSS JOIN cell ON cell.entity = entity.id "
            "WHERE entity.uid BETWEEN ? AND ?",
            (prefix, prefix + LAST),
        )
        return cells, operations

    def kinds(self) -> list[str]:
        """The kinds of all records that were ever kept, in the order of the alphabet."""
        rows = self.file.rows("SELECT DISTINCT substr(uid, 1, instr(uid, '/') - 1) FROM entity ORDER BY 1")
        return [kind for (kind,) in rows if kind]

    def several(self, entities: Iterable[str]) -> dict[str, Record]:
        """What holds now for each of these entities; unknown and deleted ones are absent. In the given order."""
        wanted = list(dict.fromkeys(entities))
        found = self._shown_records(f"entity.uid IN ({','.join('?' * len(wanted))})", wanted)
        return {uid: found[uid] for uid in wanted if uid in found}

    def body(self, digest: str) -> bytes | None:
        """The content of an attachment by its hash; None if it has not arrived."""
        rows = self.file.rows("SELECT content FROM body WHERE hash = ?", (bytes.fromhex(digest),))
        return bytes(rows[0][0]) if rows else None

    def search(self, words: str, kinds: Sequence[str], limit: int = 50) -> list[str]:
        """Entities whose sought fields hold every one of the folded *words*, best first."""
        parts = words.split()
        if not parts:
            return []
        conditions = " AND ".join("folded LIKE ? ESCAPE '!'" for _ in parts)
        marks = ",".join("?" * len(kinds))
        rows = self.file.rows(
            "SELECT entity.uid, min(folded NOT LIKE ? ESCAPE '!') AS within FROM sought "
            f"JOIN entity ON entity.id = sought.entity WHERE {conditions} "
            f"AND substr(entity.uid, 1, instr(entity.uid, '/') - 1) IN ({marks}) "
            "GROUP BY entity.id ORDER BY within, length(folded), entity.uid LIMIT ?",
            (f"% {_escaped(parts[0])}%", *(f"%{_escaped(part)}%" for part in parts), *kinds, limit),
        )
        return [uid for uid, _within in rows]

    def find_texts(self, words: str, limit: int = 50) -> list[texts.Hit]:
        """Fields whose text holds every one of the *words*, the closest first."""
        return texts.find(self.file.connection, words, limit)

    def history(self, prefix: str, *, field: str | None = None, exact: bool = True) -> list[Version]:
        """Every value that the fields of an entity ever had, the latest first.

        Unless *exact*, of every entity whose id begins with *prefix*.
        """
        return self._versions(
            "entity.uid BETWEEN ? AND ? AND (? IS NULL OR field.name = ?)",
            (prefix, prefix if exact else prefix + LAST, field, field),
        )

    def heads(self, entity: str, field: str) -> list[Version]:
        """The values of a field that stand side by side, the latest first, each with what its author knew."""
        found = self._versions("entity.uid = ? AND field.name = ? AND head.op IS NOT NULL", (entity, field))
        query = "SELECT entity.id, field.id FROM entity, field WHERE entity.uid = ? AND field.name = ?"
        rows = self.file.rows(query, (entity, field))
        known = tables.heads(self.file.connection, *rows[0]) if rows else {}
        knew = {head.at: tuple(sorted(head.bases, key=lambda base: (base.device, base.seq))) for head in known}
        return [replace(version, knew=knew[Reference(version.device, version.seq)]) for version in found]

    def _versions(self, condition: str, values: tuple[Any, ...]) -> list[Version]:
        rows = self.file.rows(
            "SELECT entity.uid, field.name, op.value, author.uid, device.key, op.id, op.hlc, "
            "head.op IS NOT NULL, op.kind, body.content, erased.hash IS NOT NULL "
            "FROM op JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field "
            "JOIN author ON author.id = op.author JOIN device ON device.id = op.id >> 40 "
            "LEFT JOIN head ON head.entity = op.entity AND head.field = op.field AND head.op = op.id "
            f"LEFT JOIN body ON {_NAMES_BODY} LEFT JOIN erased ON {_NAMES_ERASED} "
            f"WHERE {condition} AND op.field <> {RECORD_ITSELF} ORDER BY op.hlc DESC, device.key DESC, op.id DESC",
            values,
        )
        return [_version(row) for row in rows]

    def differing(self, prefix: str) -> list[tuple[str, str]]:
        """Fields below *prefix* that hold values written without knowing each other."""
        return self._fields("cell_different", "different > 1", prefix)

    def contested(self, prefix: str) -> list[tuple[str, str]]:
        """Fields below *prefix* that are written once and have several values: none is shown until settled."""
        return self._fields("cell_contested", "contested = 1", prefix)

    def _fields(self, index: str, condition: str, prefix: str) -> list[tuple[str, str]]:
        """Few cells differ among very many: the look begins with the *index* that lists them, whatever the prefix."""
        rows = self.file.rows(
            f"SELECT entity.uid, field.name FROM cell INDEXED BY {index} CROSS JOIN entity ON entity.id = cell.entity "
            f"JOIN field ON field.id = cell.field WHERE {condition} AND entity.uid BETWEEN ? AND ?",
            (prefix, prefix + LAST),
        )
        return [(uid, name) for uid, name in rows]

    def last_deed(self) -> Deed | None:
        """What was kept last at this computer."""
        rows = self.file.rows("SELECT id, said, touched, at, state FROM deed ORDER BY id DESC LIMIT 1")
        return deed_of(rows[0]) if rows else None

    def digest(self) -> str:
        """One hash over all tables: equal on replicas that hold the same operations."""
        return tables.digest(self.file.connection)


_NAMES_BODY = "op.value LIKE '{\"detached\"%' AND body.hash = unhex(substr(op.value, 14, 64))"
_NAMES_ERASED = "op.value LIKE '{\"detached\"%' AND erased.hash = unhex(substr(op.value, 14, 64))"


def _version(row: tuple[Any, ...]) -> Version:
    uid, name, value, author, key, op, stamp, current, kind, content, erased = row
    told: Any = _shown(value, content)
    reason = ""
    if kind == SETTLE and isinstance(told, dict):
        told, reason = told.get("choice"), str(told.get("reason", ""))
    at = hlc.moment(stamp)
    return Version(
        uid, name, told, author, bytes(key), op & SEQ_MASK, at, bool(current), kind, reason, erased=bool(erased)
    )


def _shown(value: str, content: bytes | None) -> Any:
    noted = _read(value)
    if not (isinstance(noted, dict) and "detached" in noted):
        return noted
    if "name" in noted:
        return Attachment(noted["detached"], noted["name"], noted["size"])
    return _read(content.decode()) if content is not None else None


def _read(value: str) -> Any:
    """The value that a JSON text says; most are plain texts, which need no parser."""
    return value[1:-1] if value.startswith('"') and "\\" not in value else msgspec.json.decode(value)


def deed_of(row: tuple[Any, ...]) -> Deed:
    """The deed in a row (id, said, touched, at, ...) of the list of deeds."""
    return Deed(row[0], row[1], frozenset(row[2].split()), hlc.moment(row[3]))


def _escaped(part: str) -> str:
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
