"""At which step the tables of a workspace stand: asked at each opening, so without the library that takes the steps."""

from sqlcipher3 import dbapi2

STEPS = (
    "001_journal",
    "002_exchange",
    "002_branches_policies_erasure",
    "003_texts",
    "004_differing",
    "005_fewer_pages",
    "006_lacking",
    "007_own_by_row",
)
"""The names of all steps in ``schema``, in their order."""


def _taken(connection: dbapi2.Connection) -> tuple[str, ...]:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return ()
    return tuple(name for (name,) in connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id"))


def unknown(connection: dbapi2.Connection) -> list[str]:
    """Steps of the file that this program does not know: it was written by a newer one."""
    return [name for name in _taken(connection) if name not in STEPS]


def waiting(connection: dbapi2.Connection) -> list[str]:
    """The steps that this file has not taken yet, in their order."""
    taken = _taken(connection)
    return [name for name in STEPS if name not in taken]
