"""A connection that shows what was written up to a moment: tables in memory stand before those of the file.

SQLite looks a name up among the temporary tables first. So journal, search and views work on a former state without a
copy of the file on any disk, and nothing can be written through the connection.
"""

import re
from pathlib import Path

from sqlcipher3 import dbapi2

from pitso.storage import tables
from pitso.storage.file import WorkspaceFile, told
from pitso.storage.lock import Key

SHOWN = ("op", "op_base", "head", "cell", "sought", "deed", "bundle")
"""Tables of which only what was there by then is shown."""
INDEXES = (
    "CREATE INDEX temp.former_op ON op (entity, field)",
    "CREATE INDEX temp.former_base ON op_base (replaces)",
    "CREATE INDEX temp.cell_different ON cell (entity, field) WHERE different > 1",
    "CREATE INDEX temp.cell_contested ON cell (entity, field) WHERE contested = 1",
)


def look_back(path: Path, key: Key | None, stamp: int | None) -> WorkspaceFile:
    """Open the workspace at *path* to be looked at: as it was written up to the *stamp*, or with all that is there."""
    file = WorkspaceFile.open(path, key)
    file.former = True
    try:
        if stamp is not None:
            _cover(file.connection, stamp)
        file.connection.execute("PRAGMA query_only = ON")
    except dbapi2.Error as error:
        file.close()
        raise told(error, path) from error
    return file


def _cover(connection: dbapi2.Connection, stamp: int) -> None:
    """Put a table in memory before each that is shown, filled with what was there by the moment."""
    for table in SHOWN:
        (made,) = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = ?", (table,)).fetchone()
        connection.execute(re.sub(r"^CREATE TABLE \"?\w+\"?", f"CREATE TEMP TABLE {table}", made))
    (made,) = connection.execute("SELECT sql FROM main.sqlite_master WHERE name = 'texts'").fetchone()
    connection.execute(made.replace("VIRTUAL TABLE texts", "VIRTUAL TABLE temp.texts"))
    for statement in INDEXES:
        connection.execute(statement)
    connection.execute("BEGIN")
    connection.execute("INSERT INTO temp.op SELECT * FROM main.op WHERE hlc <= ?", (stamp,))
    connection.execute("INSERT INTO temp.op_base SELECT * FROM main.op_base WHERE op IN (SELECT id FROM temp.op)")
    for table in ("deed", "bundle"):
        connection.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table} WHERE at <= ?", (stamp,))
    connection.execute("UPDATE temp.deed SET state = 'final' WHERE state IN ('done', 'undone')")
    tables.follow(connection, [op for (op,) in connection.execute("SELECT id FROM temp.op").fetchall()])
    connection.execute("COMMIT")
