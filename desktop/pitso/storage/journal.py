"""The journal: the one door through which everything that people record enters the workspace.

A deed gives its edits to `Journal.commit`; operations, tables and the local list of deeds change in one
transaction. What other devices recorded comes in through `joining.receive`. The lines are the truth; everything
else can be made again from them (`rebuilding`).
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlcipher3 import dbapi2

from pitso.domain import hlc, merging
from pitso.domain.operation import DELETE, ERASE, SET, SETTLE, Operation, Reference, Value, clean, line
from pitso.domain.policies import Merge, policy
from pitso.domain.trouble import Trouble
from pitso.storage import erasing, sealing, tables
from pitso.storage.edits import Again, Attach, Drop, Edit, Erase, Restore, Settle, kind_of, rule_of
from pitso.storage.file import WorkspaceFile
from pitso.storage.holding import LAST as LAST
from pitso.storage.holding import Attachment as Attachment
from pitso.storage.holding import Deed as Deed
from pitso.storage.holding import Holding, deed_of
from pitso.storage.holding import Record as Record
from pitso.storage.holding import Version as Version
from pitso.storage.reversal import Reversal, again, former, still
from pitso.storage.tables import DEVICE_SHIFT, RECORD_ITSELF, SEQ_MASK, Names
from pitso.words import _

BODY_LIMIT = 25 * 1024 * 1024


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


@dataclass(frozen=True)
class Resolved:
    """What an edit comes to: the operation's kind, field and value, and its *bases* as (field, operation) rows."""

    kind: str
    field: str
    value: Value
    bases: Sequence[tuple[int, int]]
    whole: bool = True
    """Do the bases name every head of the field?"""


class Journal(Holding):
    """The operations of one workspace; what holds because of them is read as `Holding` tells."""

    def __init__(self, file: WorkspaceFile, device: bytes, clock: Callable[[], datetime]) -> None:
        super().__init__(file)
        self.device = device
        self.clock = clock
        self.names = Names(file)
        self._marker: Callable[[int], None] = lambda seq: None
        self._sign: sealing.Sign | None = None
        self._tail: int | None = None
        self._as_of = 0

    def on_commit(self, marker: Callable[[int], None]) -> None:
        """Tell *marker* the highest number of this device after every commit."""
        self._marker = marker

    def sign_as(self, device: bytes, sign: sealing.Sign) -> None:
        """Write as this *device*; a segment of its lines is closed whenever it is full, and after a sealed fact."""
        self.device, self._sign, self._tail = device, sign, None

    # ---- what a person records ------------------------------------------------------------------------------------

    def commit(
        self, author: str, edits: Sequence[Edit], *, said: str, undoable: bool = True, sealed: bool = False
    ) -> Deed:
        """Keep one deed: its operations, the tables and the list of deeds in one transaction.

        Edits that change nothing leave no operation. A *sealed* fact closes its segment at once. Returns only after
        the disk has it.
        """
        with self._writing() as (connection, made):
            connection.execute("UPDATE deed SET state = 'gone' WHERE state = 'undone'")
            state = "done" if undoable else "final"
            made += self._write(connection, author, edits)
            deed = self._note(connection, author, said, state, {kind_of(edit.entity) for edit in edits}, made)
            if self._sign and (sealed or self._unsealed(connection) >= sealing.SEGMENT_LINES):
                sealing.seal(connection, self.device, self.names.device(self.device), self._sign)
                self._tail = 0
        if any(isinstance(edit, Erase) for edit in edits):
            self.file.fold()
        return deed

    def commit_batch(self, author: str, edits: Sequence[Edit], *, said: str) -> Deed:
        """Keep what was keyed from papers as one shuffled batch: neither numbers nor times tell an order.

        The edits name their records by chance, not in the order of keying; what was keyed waits in `scratch` till then.
        """
        shuffled = list(edits)
        secrets.SystemRandom().shuffle(shuffled)
        return self.commit(author, shuffled, said=said, undoable=False)

    @contextmanager
    def _writing(self) -> Iterator[tuple[dbapi2.Connection, list[int]]]:
        """One transaction; the operations that the block *made* are marked once the disk has them."""
        made: list[int] = []
        try:
            with self.file.transaction() as connection:
                if self._as_of != self.file.others:
                    self._as_of, self._tail = self.file.others, None
                yield connection, made
        except BaseException:
            self.names.forget()
            self._tail = None
            raise
        if made:
            self._marker(made[-1] & SEQ_MASK)

    def _note(
        self,
        connection: dbapi2.Connection,
        author: str,
        said: str,
        state: str,
        touched: Iterable[str],
        made: Sequence[int],
    ) -> Deed:
        """Add a deed to the list, with the first and the last of the operations that it *made*."""
        at = self.clock()
        kinds = frozenset(touched)
        first, last = (made[0], made[-1]) if made else (None, None)
        done = connection.execute(
            "INSERT INTO deed (author, at, said, state, touched, first, last) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (author, hlc.stamp(at), said, state, " ".join(sorted(kinds)), first, last),
        )
        return Deed(int(done.lastrowid), said, kinds, at)

    def _write(self, connection: dbapi2.Connection, author: str, edits: Sequence[Edit]) -> list[int]:
        device = self.names.device(self.device)
        seq, last = self._own_head(connection, device)
        made: list[int] = []
        for edit in edits:
            resolved = self._resolve(connection, edit)
            if resolved is None:
                continue
            seq, last = seq + 1, hlc.tick(last, self.clock())
            op = (device << DEVICE_SHIFT) | seq
            self._keep(connection, op, self._operation(connection, edit.entity, seq, last, author, resolved))
            self._follow(connection, op, edit.entity, resolved)
            made.append(op)
        if self._tail is not None:
            self._tail += len(made)
        return made

    def _operation(
        self, connection: dbapi2.Connection, entity: str, seq: int, stamp: int, author: str, resolved: Resolved
    ) -> Operation:
        bases = tuple(
            Reference(
                self.device
                if base >> DEVICE_SHIFT == self.names.device(self.device)
                else self._key(connection, base >> DEVICE_SHIFT),
                base & SEQ_MASK,
            )
            for _field, base in resolved.bases
        )
        return Operation(self.device, seq, stamp, resolved.kind, entity, resolved.field, resolved.value, author, bases)

    def _keep(self, connection: dbapi2.Connection, op: int, operation: Operation) -> None:
        connection.execute("INSERT INTO tail (id, line) VALUES (?, ?)", (op, line(operation)))
        rule = policy(operation.entity, operation.field)
        connection.execute(
            "INSERT INTO op (id, hlc, kind, entity, field, value, author, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                op,
                operation.hlc,
                operation.kind,
                self.names.entity(operation.entity),
                self.names.field(operation.field),
                stored(operation.value),
                self.names.author(operation.author),
                rule.merge is Merge.ONCE,
            ),
        )

    def _follow(self, connection: dbapi2.Connection, op: int, entity: str, resolved: Resolved) -> None:
        """Bring the tables up to an operation of our own."""
        connection.executemany(
            "INSERT INTO op_base (op, replaces) VALUES (?, ?)", ((op, base) for _field, base in resolved.bases)
        )
        row, field = self.names.entity(entity), self.names.field(resolved.field)
        if resolved.whole and resolved.kind == SET and policy(entity, resolved.field).merge is not Merge.ONCE:
            value = stored(resolved.value)
            tables.succeed(connection, row, field, op, value, resolved.bases)
            tables.seek(connection, row, field, entity, resolved.field, value)
        else:
            tables.follow(connection, [op])
        if resolved.kind == ERASE:
            erasing.forget(connection, entity, resolved.value)

    def _resolve(self, connection: dbapi2.Connection, edit: Edit) -> Resolved | None:
        """What an edit comes to; None where it would change nothing."""
        entity = self.names.entity(edit.entity)
        if isinstance(edit, Again):
            return self._said_again(connection, edit)
        if isinstance(edit, Erase):
            hashes = erasing.known(connection, edit.entity)
            told: Value = {"erased": list(hashes), "reason": str(clean(edit.reason))}
            return Resolved(ERASE, "", told, []) if hashes else None
        if isinstance(edit, Drop):
            heads = connection.execute("SELECT field, op FROM head WHERE entity = ?", (entity,)).fetchall()
            alive = any(field != RECORD_ITSELF for field, _op in heads)
            return Resolved(DELETE, "", None, heads) if alive else None
        field = self.names.field(edit.field)
        if isinstance(edit, Settle):
            choice = {"choice": clean(edit.choice), "reason": str(clean(edit.reason))}
            return Resolved(SETTLE, edit.field, choice, self._to_settle(connection, entity, field))
        bases = self._heads(connection, entity, field)
        if isinstance(edit, Attach):
            return Resolved(SET, edit.field, self._attach(connection, edit), bases)
        if isinstance(edit, Restore):
            return Resolved(SET, edit.field, json.loads(edit.value), bases)
        value = clean(edit.value)
        if self._shows(connection, entity, field, value):
            return None
        rule = rule_of(edit)
        if rule.detached and value is not None:
            value = {"detached": self._detach(connection, stored(value).encode(), rule.reader).hex()}
        return Resolved(SET, edit.field, value, bases)

    def _heads(self, connection: dbapi2.Connection, entity: int, field: int) -> list[tuple[int, int]]:
        return connection.execute(  # type: ignore[no-any-return]
            "SELECT field, op FROM head WHERE entity = ? AND field IN (?, ?)", (entity, field, RECORD_ITSELF)
        ).fetchall()

    def _shows(self, connection: dbapi2.Connection, entity: int, field: int, value: Value) -> bool:
        """Is this the one value that stands there already?"""
        shown = connection.execute(
            "SELECT value, different, contested FROM cell WHERE entity = ? AND field = ?", (entity, field)
        ).fetchone()
        if shown is None:
            return value is None
        return shown[1:] == (1, 0) and bool(tables.content(connection, shown[0]) == value)

    def _to_settle(self, connection: dbapi2.Connection, entity: int, field: int) -> list[tuple[int, int]]:
        """What a word on a contested field names: every value, and what two people settled on before."""
        found = tables.heads(connection, entity, field)
        named = merging.to_settle(list(found))
        return sorted((field, found[head][0]) for head in named)

    def _said_again(self, connection: dbapi2.Connection, edit: Again) -> Resolved:
        """The same under our name: it knows the line that it repeats, and what that line and unsealed ones knew."""
        kind, value = connection.execute("SELECT kind, value FROM op WHERE id = ?", (edit.op,)).fetchone()
        query = (
            "WITH RECURSIVE known (op) AS (VALUES (?) UNION SELECT replaces FROM known "
            "JOIN tail ON tail.id = known.op JOIN op_base ON op_base.op = known.op) SELECT op FROM known"
        )
        if kind in (SETTLE, ERASE):  # two words on a field are one only if they name the same values
            query = "SELECT replaces FROM op_base WHERE op = ?"
        field = self.names.field(edit.field)
        bases = [(field, base) for (base,) in connection.execute(query, (edit.op,)).fetchall()]
        return Resolved(kind, edit.field, json.loads(value), bases, whole=False)

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

    def _own_head(self, connection: dbapi2.Connection, device: int) -> tuple[int, int]:
        """The last number of this device, and the latest stamp that it gave or heard."""
        highest, last, signed, heard = connection.execute(
            "SELECT own.id, own.hlc, "
            "(SELECT last FROM segment WHERE device = ?1 ORDER BY first DESC LIMIT 1), "
            "(SELECT value FROM own WHERE key = 'heard') "
            "FROM (SELECT 1) LEFT JOIN "
            "(SELECT id, hlc FROM op WHERE id BETWEEN ?2 AND ?3 ORDER BY id DESC LIMIT 1) AS own",
            (device, *tables.own(device)),
        ).fetchone()
        return max((highest or 0) & SEQ_MASK, signed or 0), max(last or 0, int(heard or 0))

    def _unsealed(self, connection: dbapi2.Connection) -> int:
        """How many lines of this device are not sealed yet; counted once, then kept in mind."""
        if self._tail is None:
            query = "SELECT count(*) FROM tail WHERE id BETWEEN ? AND ?"
            self._tail = int(connection.execute(query, tables.own(self.names.device(self.device))).fetchone()[0])
        return self._tail

    def _key(self, connection: dbapi2.Connection, device: int) -> bytes:
        return bytes(connection.execute("SELECT key FROM device WHERE id = ?", (device,)).fetchone()[0])

    # ---- undo and redo ---------------------------------------------------------------------------------------------

    def undoable(self) -> Deed | None:
        """The deed that undo takes back: the latest one, unless it binds (a reveal, a sending)."""
        rows = self.file.rows(
            "SELECT id, said, touched, at, state FROM deed WHERE state IN ('done', 'final') ORDER BY id DESC LIMIT 1"
        )
        return deed_of(rows[0]) if rows and rows[0][4] == "done" else None

    def redoable(self) -> Deed | None:
        """The deed that redo does again."""
        rows = self.file.rows(
            "SELECT id, said, touched, at, state FROM deed WHERE state = 'undone' ORDER BY id LIMIT 1"
        )
        return deed_of(rows[0]) if rows else None

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
        with self._writing() as (connection, made):
            query = "SELECT op.id FROM deed JOIN op ON op.id BETWEEN first AND last WHERE deed.id = ? ORDER BY op.id"
            ops = [op for (op,) in connection.execute(query, (deed.id,))]
            reversals = [reverse(connection, op) for op in reversed(ops)]
            if not all(still(connection, reversal) for reversal in reversals):
                raise Trouble(
                    _("This was changed again since; it cannot simply be undone."),
                    _("Enter the value that you want: both stay in the history."),
                )
            edits = {edit: origin for reversal in reversals for edit, origin in reversal.edits.items()}
            made += self._write(connection, author, list(edits))
            answer = self._note(connection, author, said, "answer", deed.touched, made)
            connection.executemany("INSERT INTO stands VALUES (?, ?)", zip(made, edits.values(), strict=True))
            connection.execute("UPDATE deed SET state = ? WHERE id = ?", (state, deed.id))
        return answer

    # ---- papers that are being keyed: outside journal, bundles and copies --------------------------------------------

    def scratch(self, prefix: str) -> dict[str, str]:
        """What was keyed under names that begin with *prefix*, and is not in the journal yet."""
        query = "SELECT key, value FROM scratch WHERE key BETWEEN ? AND ? ORDER BY key"
        return dict(self.file.rows(query, (prefix, prefix + LAST)))

    def keep_scratch(self, key: str, value: str) -> None:
        """Keep what is being keyed; *key* is given by chance, so that it tells no order. Survives a power cut."""
        with self.file.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO scratch (key, value) VALUES (?, ?)", (key, value))

    def clear_scratch(self, prefix: str) -> None:
        """Let go of what was keyed: its bytes leave the file and its write-ahead log."""
        with self.file.transaction() as connection:
            connection.execute("DELETE FROM scratch WHERE key BETWEEN ? AND ?", (prefix, prefix + LAST))
        self.file.fold()

    # ---- notes of this computer only -------------------------------------------------------------------------------

    def own(self, key: str) -> str | None:
        """A note of this computer, never sent."""
        rows = self.file.rows("SELECT value FROM own WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_own(self, key: str, value: str) -> None:
        """Keep a note of this computer."""
        with self.file.transaction() as connection:
            self._set_own(connection, key, value)

    def note(self, key: str, value: str) -> None:
        """Keep a note of this computer that a power cut may take: it does not wait for the disk."""
        with self.file.passing() as connection:
            self._set_own(connection, key, value)

    def _set_own(self, connection: dbapi2.Connection, key: str, value: str) -> None:
        connection.execute("INSERT OR REPLACE INTO own (key, value) VALUES (?, ?)", (key, value))


def stored(value: Value) -> str:
    """A value as the index holds it."""
    return msgspec.json.encode(value).decode()
