"""The workspace file: opening it, the one transaction at a time, and its faults told in words."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from pitso.domain.trouble import Trouble
from pitso.storage import lock, version
from pitso.storage.disk import disk_trouble, force_folder, leave, part_of, take_name, wipe
from pitso.storage.lock import Key
from pitso.words import _

APPLICATION_ID = 0x50697473  # "Pits"
BUSY_SECONDS = 5
CACHE_KILOBYTES = 32 * 1024
"""Room for the pages of one transaction of taking in, so that none is written twice."""


CACHED_STATEMENTS = 1000
"""More than all pages together use. The driver throws away the statement that was asked for least often, not longest
ago: once its list is full, whatever is asked for anew is compiled again every time."""


class Damaged(Trouble):
    """The pages of a workspace are not what was written."""


def told(error: dbapi2.Error, path: Path) -> Trouble:
    """The driver's *error* in words that a person can act on."""
    text = str(error).lower()
    if "full" in text:
        return Trouble(
            _("The disk is full; the last entry could not be kept."),
            _("Free some space on the drive of “{file}”, then enter it again.").format(file=path.name),
        )
    if "locked" in text or "busy" in text:
        return Trouble(
            _("Another program is writing to “{file}”.").format(file=path.name),
            _("Close it there, then try again."),
        )
    if "readonly" in text:
        return Trouble(
            _("“{file}” can only be read.").format(file=path.name),
            _("Copy it to a folder where you may write, then open the copy."),
        )
    if "not a database" in text:
        return _no_workspace(path)
    if "malformed" in text:
        return Damaged(
            _("“{file}” is damaged.").format(file=path.name),
            _("Keep it as it is, and open the newest copy of it."),
        )
    return Trouble(
        _("The drive refused to read or write “{file}”: {error}.").format(file=path.name, error=error),
        _("Check the drive, copy the file elsewhere, then try again."),
    )


def _no_workspace(path: Path) -> Trouble:
    return Trouble(
        _("“{file}” is not a Pitso workspace.").format(file=path.name),
        _("Choose a file that ends in .pitso."),
    )


class WorkspaceFile:
    """An open workspace file. All reading and writing of the storage room goes through it.

    SQLite in WAL with full synchronisation: what was committed survives a power cut. With a *key* every page of the
    file and of its write-ahead log is encrypted.
    """

    def __init__(self, path: Path, connection: dbapi2.Connection, *, read_only: bool, key: Key | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self.key = key
        self.former = False
        """Is this connection only there to look back? Then nothing is written through it."""
        self.others = 0
        """Another number as soon as another connection has written, as of the last transaction here."""
        self.connection = connection
        self.heed: Callable[[], None] = lambda: None
        """Asked before each reading: long reading that nobody waits for any more ends there, by raising Trouble."""

    @classmethod
    def create(cls, path: Path, key: Key | None = None) -> "WorkspaceFile":
        """Make a new, empty workspace at *path*; Trouble if something lies there already."""
        if path.exists():
            raise Trouble(
                _("“{file}” exists already.").format(file=path.name),
                _("Choose another name, or open it."),
            )
        if not path.parent.is_dir():
            raise Trouble(
                _("There is no folder “{folder}”.").format(folder=path.parent),
                _("Make it first, or choose another one."),
            )
        try:
            file = cls(path, _connect(path, key, read_only=False), read_only=False, key=key)
            file.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _take_steps(file.connection)
        except dbapi2.Error as error:
            raise told(error, path) from error
        return file

    @classmethod
    def open(
        cls, path: Path, key: Key | None = None, *, before_steps: "Callable[[WorkspaceFile], None]" = lambda file: None
    ) -> "WorkspaceFile":
        """Open the workspace at *path*, bringing an older one up to date; *before_steps* may copy it first.

        A file that is none, is damaged, or was written by a newer Pitso is Trouble, and not a byte of it changes.
        """
        if not path.is_file():
            raise Trouble(
                _("There is no file “{file}”.").format(file=path),
                _("It may have been moved: look for it, or open a copy."),
            )
        read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        try:
            look_through(path, key)
            file = cls(path, _connect(path, key, read_only=read_only), read_only=read_only, key=key)
            if version.waiting(file.connection):
                file._take_steps(before_steps)
        except dbapi2.Error as error:
            raise told(error, path) from error
        if not read_only:
            leave(part_of(path))  # of a copy or a change of protection that was cut off
        return file

    def _take_steps(self, before_steps: "Callable[[WorkspaceFile], None]") -> None:
        if self.read_only:
            raise Trouble(
                _("“{file}” was written by an older Pitso and can only be read here.").format(file=self.path.name),
                _("Copy it to a folder where you may write, then open the copy."),
            )
        before_steps(self)
        _take_steps(self.connection)

    @contextmanager
    def transaction(self) -> Iterator[dbapi2.Connection]:
        """All or nothing: committed at the end of the block, rolled back if anything goes wrong in it."""
        if self.former:
            raise Trouble(_("A former day is only looked at."), _("Go back to today, then do it."))
        if self.read_only:
            raise told(dbapi2.OperationalError("attempt to write a readonly database"), self.path)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                (self.others,) = self.connection.execute("PRAGMA data_version").fetchone()
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except dbapi2.Error as error:
            raise told(error, self.path) from error

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a *query*."""
        self.heed()
        try:
            return self.connection.execute(query, values).fetchall()  # type: ignore[no-any-return]
        except dbapi2.Error as error:
            raise told(error, self.path) from error

    @property
    def state(self) -> tuple[int, int]:
        """Another one as soon as anything was written to the file, here or by another program."""
        return self.connection.total_changes, self.rows("PRAGMA data_version")[0][0]

    @contextmanager
    def passing(self) -> Iterator[dbapi2.Connection]:
        """A transaction that is not forced to the disk: a power cut may take it, and nothing else with it.

        Everything that is told as saved is forced (`transaction`); this is for where the window was.
        """
        self.connection.execute("PRAGMA synchronous = NORMAL")
        try:
            with self.transaction() as connection:
                yield connection
        finally:
            self.connection.execute("PRAGMA synchronous = FULL")

    def fold(self) -> None:
        """Fold the write-ahead log in and cut it off, so that nothing that was deleted is left in its bytes."""
        try:
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except dbapi2.Error as error:
            raise told(error, self.path) from error

    def close(self) -> None:
        """Let go of the file; its write-ahead log is folded in."""
        self.connection.close()

    # ---- copies, and another key ---------------------------------------------------------------------------------

    def copy(self, target: Path) -> None:
        """Write a whole, compact copy to *target*, under the same key; half a copy never bears that name.

        What is being keyed from papers stays out of it.
        """
        part = part_of(target)
        try:
            part.unlink(missing_ok=True)
            self.connection.execute("VACUUM INTO ?", (str(part),))
            _without_scratch(part, self.key)
            found = lock.find(self.path) if self.key else None
            if found is not None:
                lock.keep(found, target)
            take_name(part, target)
        except dbapi2.Error as error:
            leave(part)
            raise told(error, target) from error
        except OSError as error:
            leave(part)
            raise disk_trouble(error, target) from error

    def change_key(self, key: Key | None) -> None:
        """Write the file anew under another *key*, or without one.

        The new file is checked against the old one before it takes its name; the old bytes are overwritten then.
        Trouble if another program has the file open. A cut at any moment leaves the old file or the new one.
        """
        part = part_of(self.path)
        try:
            part.unlink(missing_ok=True)
            self.connection.execute("PRAGMA journal_mode = DELETE")  # refused while somebody else has the file open
            self._export(part, key)
            _compare(self.connection, part, key)
            self.connection.close()
            _put_in_place(part, self.path)
        except dbapi2.Error as error:
            leave(part)
            raise told(error, self.path) from error
        except OSError as error:
            leave(part)
            raise disk_trouble(error, self.path) from error
        finally:
            self._reopen(key)

    def _export(self, part: Path, key: Key | None) -> None:
        self.connection.execute("ATTACH DATABASE ? AS other KEY ?", (str(part), key.pragma if key else ""))
        try:
            self.connection.execute("SELECT sqlcipher_export('other')")
            self.connection.execute(f"PRAGMA other.application_id = {APPLICATION_ID}")
        finally:
            self.connection.execute("DETACH DATABASE other")

    def _reopen(self, key: Key | None) -> None:
        """Go on with what lies there now."""
        self.connection.close()
        try:
            self.key = key if (lock.salt_of(self.path) is not None) == (key is not None) else self.key
            self.connection = _connect(self.path, self.key, read_only=False)
        except dbapi2.Error as error:
            raise told(error, self.path) from error
        except OSError as error:
            raise disk_trouble(error, self.path) from error


def _connect(path: Path, key: Key | None, *, read_only: bool) -> dbapi2.Connection:
    location = path.absolute().as_uri() + ("?mode=ro&immutable=1" if read_only else "")
    opened = dbapi2.connect(
        location, uri=True, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=CACHED_STATEMENTS
    )
    connection = _keyed(opened, key)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    connection.execute("PRAGMA secure_delete = ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def _keyed(connection: dbapi2.Connection, key: Key | None) -> dbapi2.Connection:
    """Give the connection its key; Trouble where the driver cannot encrypt: never plain instead."""
    if key is None:
        return connection
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        connection.close()
        raise Trouble(
            _("This computer's Pitso cannot encrypt; nothing was written."),
            _("Install Pitso again with all its parts, then try again."),
        )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.pragma}"')
    return connection


def _take_steps(connection: dbapi2.Connection) -> None:
    from pitso.storage import schema  # with the library that takes steps: most files that are opened need none

    schema.take_steps(connection)


def look_through(path: Path, key: Key | None) -> None:
    """Trouble unless *path* is a sound workspace that this Pitso can read; opened without writing a byte."""
    try:
        _look_through(path, key)
    except dbapi2.Error as error:
        raise told(error, path) from error


def _look_through(path: Path, key: Key | None) -> None:
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.exists() else "mode=ro&immutable=1"
    location = f"{path.absolute().as_uri()}?{mode}"
    connection = _keyed(dbapi2.connect(location, uri=True, timeout=BUSY_SECONDS), key)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise _no_workspace(path)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise told(dbapi2.DatabaseError("malformed"), path)
        if newer := version.unknown(connection):
            raise Trouble(
                _("“{file}” was written by a newer Pitso ({step}).").format(file=path.name, step=newer[0]),
                _("Install the newer version on this computer, then open it."),
            )
    finally:
        connection.close()


def _without_scratch(part: Path, key: Key | None) -> None:
    connection = _keyed(dbapi2.connect(part, isolation_level=None), key)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'scratch'").fetchone():
            connection.execute("DELETE FROM scratch")
    finally:
        connection.close()


def _compare(connection: dbapi2.Connection, part: Path, key: Key | None) -> None:
    """Trouble unless every table of the new file holds as many rows as the old one, and its pages are sound."""
    other = _keyed(dbapi2.connect(part, isolation_level=None), key)
    try:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        names = [name for (name,) in connection.execute(tables).fetchall()]
        sound = other.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        if not sound or any(_rows(connection, name) != _rows(other, name) for name in names):
            raise told(dbapi2.DatabaseError("malformed"), part)
    finally:
        other.close()


def _rows(connection: dbapi2.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def _put_in_place(part: Path, path: Path) -> None:
    """The new file takes the name of the old one, whose bytes are overwritten once nothing can open them any more."""
    if os.name == "nt":  # an open file cannot be replaced there: the old bytes go the way of every deleted file
        take_name(part, path)
        return
    old = os.open(path, os.O_RDWR)
    try:
        take_name(part, path)
        force_folder(path.parent)
        wipe(old)
    finally:
        os.close(old)
