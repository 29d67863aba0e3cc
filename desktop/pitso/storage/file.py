"""The workspace file: opening it, the one transaction at a time, and its faults told in words."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2
from sqlite_utils import Database

from pitso.domain.trouble import Trouble
from pitso.storage import schema
from pitso.words import _

APPLICATION_ID = 0x50697473  # "Pits"
BUSY_SECONDS = 5
CACHE_KILOBYTES = 32 * 1024
"""Room for the pages of one transaction of taking in, so that none is written twice."""


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
        return Trouble(
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

    SQLite in WAL with full synchronisation: what was committed survives a power cut.
    """

    def __init__(self, path: Path, connection: dbapi2.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.connection = connection
        self.database = Database(connection)

    @classmethod
    def create(cls, path: Path) -> "WorkspaceFile":
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
            file = cls(path, _connect(path, read_only=False), read_only=False)
            file.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            schema.steps.apply(file.database)
        except dbapi2.Error as error:
            raise told(error, path) from error
        return file

    @classmethod
    def open(cls, path: Path) -> "WorkspaceFile":
        """Open the workspace at *path*, bringing an older one up to date.

        A file that is none, is damaged, or was written by a newer Pitso is Trouble, and not a byte of it changes.
        """
        if not path.is_file():
            raise Trouble(
                _("There is no file “{file}”.").format(file=path),
                _("It may have been moved: look for it, or open a copy."),
            )
        read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        try:
            _check(path)
            file = cls(path, _connect(path, read_only=read_only), read_only=read_only)
            if not read_only and schema.waiting(file.database):
                schema.steps.apply(file.database)
        except dbapi2.Error as error:
            raise told(error, path) from error
        return file

    @contextmanager
    def transaction(self) -> Iterator[dbapi2.Connection]:
        """All or nothing: committed at the end of the block, rolled back if anything goes wrong in it."""
        if self.read_only:
            raise told(dbapi2.OperationalError("attempt to write a readonly database"), self.path)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
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
        try:
            return self.connection.execute(query, values).fetchall()  # type: ignore[no-any-return]
        except dbapi2.Error as error:
            raise told(error, self.path) from error

    def fold(self) -> None:
        """Fold the write-ahead log in and cut it off, so that nothing that was deleted is left in its bytes."""
        try:
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except dbapi2.Error as error:
            raise told(error, self.path) from error

    def close(self) -> None:
        """Let go of the file; its write-ahead log is folded in."""
        self.connection.close()


def _connect(path: Path, *, read_only: bool) -> dbapi2.Connection:
    location = path.absolute().as_uri() + ("?mode=ro&immutable=1" if read_only else "")
    connection = dbapi2.connect(location, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    connection.execute("PRAGMA secure_delete = ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    return connection


def _check(path: Path) -> None:
    """Trouble unless *path* is a sound workspace that this Pitso can read; opened without writing a byte."""
    wal = path.with_name(path.name + "-wal")
    mode = "mode=ro" if wal.exists() else "mode=ro&immutable=1"
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=BUSY_SECONDS)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise _no_workspace(path)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise told(dbapi2.DatabaseError("malformed"), path)
        if newer := schema.unknown(Database(connection)):
            raise Trouble(
                _("“{file}” was written by a newer Pitso ({step}).").format(file=path.name, step=newer[0]),
                _("Install the newer version on this computer, then open it."),
            )
    finally:
        connection.close()


def copy(source: WorkspaceFile, target: Path) -> None:
    """Write a whole, compact copy of the workspace to *target*; half a copy never bears that name."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        source.connection.execute("VACUUM INTO ?", (str(part),))
        part.replace(target)
    except dbapi2.Error as error:
        part.unlink(missing_ok=True)
        raise told(error, target) from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise disk_trouble(error, target) from error


def disk_trouble(error: OSError, path: Path) -> Trouble:
    """An *error* of the operating system about *path*, in words."""
    if error.errno == errno.ENOSPC:
        return Trouble(
            _("The drive of “{file}” is full.").format(file=path.name),
            _("Free some space, then do it again: nothing was lost."),
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return Trouble(
            _("“{file}” may not be written there.").format(file=path.name),
            _("Choose a folder where you may write."),
        )
    return Trouble(
        _("“{file}” could not be read or written: {error}.").format(file=path.name, error=error.strerror or error),
        _("Check the drive, then do it again: nothing was lost."),
    )


def free_space(path: Path) -> int:
    """Bytes that are free on the drive of *path*."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free
