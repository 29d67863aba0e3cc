"""The journal: the one door through which everything that people record enters the workspace.

A deed gives its edits to `Journal.commit`; operations, tables and the local list of deeds change in one
transaction. What other devices recorded comes in through `Journal.receive`. The lines are the truth; everything
else can be made again from them (`rebuild`).
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlcipher3 import dbapi2

from pitso.domain import hlc
from pitso.domain.operation import DELETE, SET, Operation, Reference, Value, clean, line
from pitso.domain.trouble import Trouble
from pitso.storage import tables
from pitso.storage.edits import Attach, Drop, Edit, Restore, kind_of, rule_of
from pitso.storage.file import WorkspaceFile
from pitso.storage.reversal import Reversal, again, former, still
from pitso.storage.tables import DEVICE_SHIFT, RECORD_ITSELF, SEQ_MASK, Names
from pitso.words import _

BODY_LIMIT = 25 * 1024 * 1024

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


@dataclass(frozen=True)
class Segment:
    """A run of one device's lines, with the bytes that its signature covers."""

    device: bytes
    first: int
    last: int
    header: bytes
    signature: bytes
    lines: bytes


@dataclass(frozen=True)
class Body:
    """The content of a detached value, with the salt that its hash was made with."""

    hash: bytes
    salt: bytes
    reader: str
    content: bytes


class Journal:
    """The operations of one workspace, and what holds because of them."""

    def __init__(self, file: WorkspaceFile, device: bytes, clock: Callable[[], datetime]) -> None:
        self.file = file
        self.device = device
        self.clock = clock
        self.names = Names(file.connection)
        self._marker: Callable[[int], None] = lambda seq: None

    def on_commit(self, marker: Callable[[int], None]) -> None:
        """Tell *marker* the highest number of this device after every commit."""
        self._marker = marker

    # ---- what a person records ------------------------------------------------------------------------------------

    def commit(self, author: str, edits: Sequence[Edit], *, said: str, undoable: bool = True) -> Deed:
        """Keep one deed: its operations, the tables and the list of deeds in one transaction.

        Edits that change nothing leave no operation. Returns only after the disk has it.
        """
        try:
            with self.file.transaction() as connection:
                connection.execute("UPDATE deed SET state = 'gone' WHERE state = 'undone'")
                state = "done" if undoable else "final"
                deed = self._note(connection, author, said, state, {kind_of(edit.entity) for edit in edits})
                made = self._write(connection, author, edits, deed.id)
        except BaseException:
            self.names.forget()
            raise
        if made:
            self._marker(made[-1] & SEQ_MASK)
        return deed

    def _note(self, connection: dbapi2.Connection, author: str, said: str, state: str, touched: Iterable[str]) -> Deed:
        at = self.clock()
        kinds = frozenset(touched)
        done = connection.execute(
            "INSERT INTO deed (author, at, said, state, touched) VALUES (?, ?, ?, ?, ?)",
            (author, hlc.stamp(at), said, state, " ".join(sorted(kinds))),
        )
        return Deed(int(done.lastrowid), said, kinds, at)

    def _write(self, connection: dbapi2.Connection, author: str, edits: Sequence[Edit], deed: int | None) -> list[int]:
        device = self.names.device(self.device)
        seq, last = self._own_head(connection, device)
        made: list[int] = []
        unfollowed: dict[tuple[str, str], int] = {}
        for edit in edits:
            field = "" if isinstance(edit, Drop) else edit.field
            if (edit.entity, field) in unfollowed or isinstance(edit, Drop):
                tables.follow(connection, unfollowed.values())
                unfollowed.clear()
            resolved = self._resolve(connection, edit, self.names.entity(edit.entity))
            if resolved is None:
                continue
            value, bases = resolved
            seq += 1
            last = hlc.tick(last, self.clock())
            operation = Operation(
                device=self.device,
                seq=seq,
                hlc=last,
                kind=DELETE if isinstance(edit, Drop) else SET,
                entity=edit.entity,
                field=field,
                value=value,
                author=author,
                bases=tuple(Reference(self._key(connection, base >> DEVICE_SHIFT), base & SEQ_MASK) for base in bases),
            )
            op = (device << DEVICE_SHIFT) | seq
            connection.execute("INSERT INTO tail (device, seq, line) VALUES (?, ?, ?)", (device, seq, line(operation)))
            self._index(connection, op, operation, bases, deed)
            unfollowed[edit.entity, field] = op
            made.append(op)
        tables.follow(connection, unfollowed.values())
        return made

    def _resolve(self, connection: dbapi2.Connection, edit: Edit, entity: int) -> tuple[Value, list[int]] | None:
        """Stored value and replaced operations of an edit; None where it would change nothing."""
        if isinstance(edit, Drop):
            heads = connection.execute("SELECT op, field FROM head WHERE entity = ?", (entity,)).fetchall()
            alive = any(field != RECORD_ITSELF for _, field in heads)
            return (None, [op for op, _ in heads]) if alive else None
        field = self.names.field(edit.field)
        heads = connection.execute(
            "SELECT op FROM head WHERE entity = ? AND field IN (?, ?)", (entity, field, RECORD_ITSELF)
        ).fetchall()
        bases = [op for (op,) in heads]
        if isinstance(edit, Attach):
            return self._attach(connection, edit), bases
        if isinstance(edit, Restore):
            return json.loads(edit.value), bases
        value = clean(edit.value)
        shown = connection.execute(
            "SELECT value, different FROM cell WHERE entity = ? AND field = ?", (entity, field)
        ).fetchone()
        if value is None if shown is None else shown[1] == 1 and tables.content(connection, shown[0]) == value:
            return None
        rule = rule_of(edit)
        if rule.detached and value is not None:
            value = {"detached": self._detach(connection, stored(value).encode(), rule.reader).hex()}
        return value, bases

    def _attach(self, connection: dbapi2.Connection, edit: Attach) -> Value:
        if len(edit.content) > BODY_LIMIT:
            raise Trouble(
                _("“{file}” is larger than 25 MB.").format(file=edit.name),
                _("Make it smaller, or note where the file is kept."),
            )
        digest = self._detach(connection, edit.content, rule_of(edit).reader)
        return {"detached": digest.hex(), "name": str(clean(edit.name)), "size": len(edit.content)}

    def _detach(self, connection: dbapi2.Connection, content: bytes, reader: str) -> bytes:
        salt = os.urandom(16)
        digest = hashlib.sha256(salt + content).digest()
        connection.execute(
            "INSERT INTO body (hash, salt, reader, content) VALUES (?, ?, ?, ?)",
            (digest, salt, reader, content),
        )
        return digest

    def _index(
        self,
        connection: dbapi2.Connection,
        op: int,
        operation: Operation,
        bases: Sequence[int],
        deed: int | None,
    ) -> None:
        connection.execute(
            "INSERT INTO op (id, hlc, kind, entity, field, value, author, deed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                op,
                operation.hlc,
                operation.kind,
                self.names.entity(operation.entity),
                self.names.field(operation.field),
                stored(operation.value),
                self.names.author(operation.author),
                deed,
            ),
        )
        connection.executemany("INSERT INTO op_base (op, replaces) VALUES (?, ?)", ((op, base) for base in bases))

    def _own_head(self, connection: dbapi2.Connection, device: int) -> tuple[int, int]:
        """The last number of this device, and the latest stamp that it gave or heard."""
        low = device << DEVICE_SHIFT
        row = connection.execute(
            "SELECT id, hlc FROM op WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1", (low, low | SEQ_MASK)
        ).fetchone()
        heard = connection.execute("SELECT value FROM own WHERE key = 'heard'").fetchone()
        seq, last = (row[0] & SEQ_MASK, row[1]) if row else (0, 0)
        return seq, max(last, int(heard[0]) if heard else 0)

    def _key(self, connection: dbapi2.Connection, device: int) -> bytes:
        return bytes(connection.execute("SELECT key FROM device WHERE id = ?", (device,)).fetchone()[0])

    # ---- undo and redo ---------------------------------------------------------------------------------------------

    def undoable(self) -> Deed | None:
        """The deed that undo takes back: the latest one, unless it binds (a reveal, a sending)."""
        rows = self.file.rows(
            "SELECT id, said, touched, at, state FROM deed WHERE state IN ('done', 'final') ORDER BY id DESC LIMIT 1"
        )
        return _deed(rows[0]) if rows and rows[0][4] == "done" else None

    def redoable(self) -> Deed | None:
        """The deed that redo does again."""
        rows = self.file.rows(
            "SELECT id, said, touched, at, state FROM deed WHERE state = 'undone' ORDER BY id LIMIT 1"
        )
        return _deed(rows[0]) if rows else None

    def undo(self, author: str, *, said: str) -> Deed:
        """Answer the latest deed with operations that bring the former values back.

        Trouble if there is none, or if somebody changed one of its values since.
        """
        deed = self.undoable()
        if deed is None:
            raise Trouble(_("There is nothing to undo."), _("Go on."))
        return self._answer(author, deed, said, "undone", former)

    def redo(self, author: str, *, said: str) -> Deed:
        """Do again what the latest undo took back."""
        deed = self.redoable()
        if deed is None:
            raise Trouble(_("There is nothing to redo."), _("Go on."))
        return self._answer(author, deed, said, "done", again)

    def _answer(
        self,
        author: str,
        deed: Deed,
        said: str,
        state: str,
        reverse: Callable[[dbapi2.Connection, int], Reversal],
    ) -> Deed:
        try:
            with self.file.transaction() as connection:
                ops = [op for (op,) in connection.execute("SELECT id FROM op WHERE deed = ? ORDER BY id", (deed.id,))]
                reversals = [reverse(connection, op) for op in reversed(ops)]
                if not all(still(connection, reversal) for reversal in reversals):
                    raise Trouble(
                        _("This was changed again since; it cannot simply be undone."),
                        _("Enter the value that you want: both stay in the history."),
                    )
                edits = {edit: origin for reversal in reversals for edit, origin in reversal.edits.items()}
                answer = self._note(connection, author, said, "answer", deed.touched)
                made = self._write(connection, author, list(edits), None)
                connection.executemany("INSERT INTO stands VALUES (?, ?)", zip(made, edits.values(), strict=True))
                connection.execute("UPDATE deed SET state = ? WHERE id = ?", (state, deed.id))
        except BaseException:
            self.names.forget()
            raise
        if made:
            self._marker(made[-1] & SEQ_MASK)
        return answer

    # ---- what holds ------------------------------------------------------------------------------------------------

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

    def history(self, prefix: str, *, field: str | None = None, exact: bool = True) -> list[Version]:
        """Every value that the fields of an entity ever had, the latest first.

        Unless *exact*, of every entity whose id begins with *prefix*.
        """
        rows = self.file.rows(
            "SELECT entity.uid, field.name, op.value, author.uid, device.key, op.id, op.hlc, "
            "head.op IS NOT NULL, body.content "
            "FROM op JOIN entity ON entity.id = op.entity JOIN field ON field.id = op.field "
            "JOIN author ON author.id = op.author JOIN device ON device.id = op.id >> 40 "
            "LEFT JOIN head ON head.entity = op.entity AND head.field = op.field AND head.op = op.id "
            "LEFT JOIN body ON op.value LIKE '{\"detached\"%' AND body.hash = unhex(substr(op.value, 14, 64)) "
            "WHERE entity.uid BETWEEN ? AND ? AND (? IS NULL OR field.name = ?) AND op.field <> 1 "
            "ORDER BY op.hlc DESC, device.key DESC, op.id DESC",
            (prefix, prefix if exact else prefix + LAST, field, field),
        )
        return [
            Version(
                uid, name, _shown(value, content), author, bytes(key), op & SEQ_MASK, hlc.moment(stamp), bool(current)
            )
            for uid, name, value, author, key, op, stamp, current, content in rows
        ]

    def differing(self, prefix: str) -> list[tuple[str, str]]:
        """Fields below *prefix* that hold values written without knowing each other."""
        rows = self.file.rows(
            "SELECT entity.uid, field.name FROM cell JOIN entity ON entity.id = cell.entity "
            "JOIN field ON field.id = cell.field WHERE different > 1 AND entity.uid BETWEEN ? AND ?",
            (prefix, prefix + LAST),
        )
        return [(uid, name) for uid, name in rows]

    def missing_bodies(self) -> int:
        """How many values that hold now have not arrived with their content."""
        rows = self.file.rows(
            "SELECT count(*) FROM cell WHERE value LIKE '{\"detached\"%' AND NOT EXISTS "
            "(SELECT 1 FROM body WHERE body.hash = unhex(substr(cell.value, 14, 64)))"
        )
        return int(rows[0][0])

    def last_deed(self) -> Deed | None:
        """What was kept last at this computer."""
        rows = self.file.rows("SELECT id, said, touched, at, state FROM deed ORDER BY id DESC LIMIT 1")
        return _deed(rows[0]) if rows else None

    def digest(self) -> str:
        """One hash over all tables: equal on replicas that hold the same operations."""
        return tables.digest(self.file.connection)

    # ---- notes of this computer only -------------------------------------------------------------------------------

    def own(self, key: str) -> str | None:
        """A note of this computer, never sent."""
        rows = self.file.rows("SELECT value FROM own WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_own(self, key: str, value: str) -> None:
        """Keep a note of this computer."""
        with self.file.transaction() as connection:
            self._set_own(connection, key, value)

    def _set_own(self, connection: dbapi2.Connection, key: str, value: str) -> None:
        connection.execute("INSERT OR REPLACE INTO own (key, value) VALUES (?, ?)", (key, value))


def stored(value: Value) -> str:
    """A value as the index holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shown(value: str, content: bytes | None) -> Any:
    noted = _read(value)
    if not (isinstance(noted, dict) and "detached" in noted):
        return noted
    if "name" in noted:
        return Attachment(noted["detached"], noted["name"], noted["size"])
    return _read(content.decode()) if content is not None else None


def _read(value: str) -> Any:
    """The value that a JSON text says; most are plain texts, which need no parser."""
    return value[1:-1] if value.startswith('"') and "\\" not in value else json.loads(value)


def _deed(row: tuple[Any, ...]) -> Deed:
    return Deed(row[0], row[1], frozenset(row[2].split()), hlc.moment(row[3]))


def _escaped(part: str) -> str:
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
