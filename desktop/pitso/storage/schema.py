"""The tables of a workspace, made step by step. A step that shipped is never edited; ``version`` lists their names."""

import hashlib

from sqlcipher3 import dbapi2
from sqlite_utils import Database, Migrations

steps = Migrations("pitso")


@steps(name="001_journal")
def journal(db: Database) -> None:
    """The journal (device to receipt: the truth), its index (op to sought: can be made again), and local notes."""
    for statement in (
        # -- the truth: lines as they were signed, what is detached from them, who signed
        "CREATE TABLE device (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE) STRICT",
        "CREATE TABLE tail (device INTEGER NOT NULL REFERENCES device, seq INTEGER NOT NULL, line BLOB NOT NULL, "
        "PRIMARY KEY (device, seq)) STRICT, WITHOUT ROWID",
        "CREATE TABLE segment (device INTEGER NOT NULL REFERENCES device, first INTEGER NOT NULL, "
        "last INTEGER NOT NULL, header BLOB NOT NULL, signature BLOB NOT NULL, digest BLOB NOT NULL, "
        "lines BLOB NOT NULL, PRIMARY KEY (device, first)) STRICT",
        "CREATE TABLE body (hash BLOB PRIMARY KEY, salt BLOB NOT NULL, reader TEXT NOT NULL, content BLOB NOT NULL) "
        "STRICT",
        "CREATE TABLE quarantine (id INTEGER PRIMARY KEY, device BLOB NOT NULL, first INTEGER NOT NULL, "
        "why TEXT NOT NULL, header BLOB NOT NULL, signature BLOB NOT NULL, lines BLOB NOT NULL, "
        "UNIQUE (device, first, lines)) STRICT",
        # -- the index of the journal, made from the lines
        "CREATE TABLE entity (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE) STRICT",
        "CREATE TABLE field (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        "INSERT INTO field (id, name) VALUES (1, '')",
        "CREATE TABLE author (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE) STRICT",
        "CREATE TABLE op (id INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, kind TEXT NOT NULL, entity INTEGER NOT NULL, "
        "field INTEGER NOT NULL, value TEXT NOT NULL, author INTEGER NOT NULL, deed INTEGER) STRICT",
        "CREATE INDEX op_of_field ON op (entity, field)",
        "CREATE INDEX op_of_deed ON op (deed) WHERE deed IS NOT NULL",
        "CREATE TABLE op_base (op INTEGER NOT NULL, replaces INTEGER NOT NULL, PRIMARY KEY (op, replaces)) "
        "STRICT, WITHOUT ROWID",
        "CREATE INDEX replaced ON op_base (replaces)",
        # -- what holds now, made from the index
        "CREATE TABLE head (entity INTEGER NOT NULL, field INTEGER NOT NULL, op INTEGER NOT NULL, "
        "PRIMARY KEY (entity, field, op)) STRICT, WITHOUT ROWID",
        "CREATE TABLE cell (entity INTEGER NOT NULL, field INTEGER NOT NULL, value TEXT NOT NULL, op INTEGER NOT NULL, "
        "different INTEGER NOT NULL, PRIMARY KEY (entity, field)) STRICT, WITHOUT ROWID",
        "CREATE TABLE sought (entity INTEGER NOT NULL, field INTEGER NOT NULL, folded TEXT NOT NULL, "
        "PRIMARY KEY (entity, field)) STRICT, WITHOUT ROWID",
        # -- of this computer only: never sent, never in the digest
        "CREATE TABLE deed (id INTEGER PRIMARY KEY, author TEXT NOT NULL, at INTEGER NOT NULL, said TEXT NOT NULL, "
        "state TEXT NOT NULL, touched TEXT NOT NULL) STRICT",
        "CREATE INDEX deed_state ON deed (state)",
        "CREATE TABLE stands (op INTEGER PRIMARY KEY, origin INTEGER NOT NULL) STRICT",
        "CREATE TABLE own (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE bundle (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, direction TEXT NOT NULL, "
        "uid TEXT NOT NULL, party TEXT NOT NULL, name TEXT NOT NULL, report TEXT NOT NULL) STRICT",
        "CREATE TABLE holds (device BLOB NOT NULL, of BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (device, of)) "
        "STRICT, WITHOUT ROWID",
        "CREATE TABLE trusted (device BLOB PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT",
    ):
        db.execute(statement)


@steps(name="002_exchange")
def exchange(db: Database) -> None:
    """Where others receive, what was written for them, who belongs, what a person let in; of this computer only."""
    for statement in (
        "CREATE TABLE address (device BLOB PRIMARY KEY, recipient TEXT NOT NULL, name TEXT NOT NULL) STRICT",
        "CREATE TABLE written (device BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT",
        "CREATE TABLE roster (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
        "CREATE TABLE excused (device BLOB NOT NULL, first INTEGER NOT NULL, author TEXT NOT NULL, "
        "at INTEGER NOT NULL, PRIMARY KEY (device, first)) STRICT",
    ):
        db.execute(statement)


@steps(name="002_branches_policies_erasure")
def branches_policies_erasure(db: Database) -> None:
    """Branches of a device, contested values, erased contents, lines that need a newer program, papers being keyed."""
    for statement in (
        "CREATE UNIQUE INDEX segment_digest ON segment (digest)",
        "CREATE TABLE branch (name BLOB PRIMARY KEY, key BLOB NOT NULL, parent BLOB NOT NULL, start INTEGER NOT NULL) "
        "STRICT, WITHOUT ROWID",
        "CREATE TABLE waiting (id INTEGER PRIMARY KEY, device BLOB NOT NULL, first INTEGER NOT NULL, "
        "last INTEGER NOT NULL, why TEXT NOT NULL, digest BLOB NOT NULL UNIQUE, header BLOB NOT NULL, "
        "signature BLOB NOT NULL, lines BLOB NOT NULL) STRICT",
        "INSERT OR IGNORE INTO waiting (device, first, last, why, digest, header, signature, lines) "
        "SELECT device, first, json_extract(CAST(header AS TEXT), '$.last'), why, randomblob(32), header, signature, "
        "lines FROM quarantine",
        "DROP TABLE quarantine",
        "ALTER TABLE op ADD COLUMN once INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE cell ADD COLUMN contested INTEGER NOT NULL DEFAULT 0",
        "CREATE TABLE erased (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
        "CREATE TABLE unread (device INTEGER NOT NULL, seq INTEGER NOT NULL, needs TEXT NOT NULL, "
        "PRIMARY KEY (device, seq)) STRICT, WITHOUT ROWID",
        "CREATE TABLE scratch (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ):
        db.execute(statement)
    for number, header in db.execute("SELECT id, header FROM waiting").fetchall():
        db.execute("UPDATE waiting SET digest = ? WHERE id = ?", (hashlib.sha256(header).digest(), number))


@steps(name="003_texts")
def texts(db: Database) -> None:
    """The words of all texts. What is deleted leaves the index; the tables are made again to fill it."""
    db.execute("CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO texts (texts, rank) VALUES ('secure-delete', 1)")
    db.execute("DELETE FROM own WHERE key = 'tables'")


@steps(name="004_differing")
def differing(db: Database) -> None:
    """What differs is counted in the head of every page: few cells among many, so they have lists of their own."""
    db.execute("CREATE INDEX cell_different ON cell (entity, field) WHERE different > 1")
    db.execute("CREATE INDEX cell_contested ON cell (entity, field) WHERE contested = 1")


@steps(name="005_fewer_pages")
def fewer_pages(db: Database) -> None:
    """Every page that a saving touches is written to the disk before it is told as saved.

    The operations of a deed follow one another, so a deed names the first and the last; only the few that were taken
    back have a list of their own; and lines are added at the end of a table, which needs no sorting in.
    """
    for statement in (
        "ALTER TABLE deed ADD COLUMN first INTEGER",
        "ALTER TABLE deed ADD COLUMN last INTEGER",
        "UPDATE deed SET first = own.first, last = own.last FROM "
        "(SELECT deed, min(id) AS first, max(id) AS last FROM op WHERE deed IS NOT NULL GROUP BY deed) AS own "
        "WHERE deed.id = own.deed",
        "DROP INDEX op_of_deed",
        "ALTER TABLE op DROP COLUMN deed",
        "DROP INDEX deed_state",
        "CREATE INDEX deed_undone ON deed (id) WHERE state = 'undone'",
        "ALTER TABLE tail RENAME TO former_tail",
        "CREATE TABLE tail (id INTEGER PRIMARY KEY, line BLOB NOT NULL) STRICT",
        "INSERT INTO tail (id, line) SELECT device << 40 | seq, line FROM former_tail",
        "DROP TABLE former_tail",
    ):
        db.execute(statement)


@steps(name="006_lacking")
def lacking(db: Database) -> None:
    """Contents that other computers have said they lack, though they hold the lines that name them."""
    db.execute(
        "CREATE TABLE lacking (device BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (device, hash)) "
        "STRICT, WITHOUT ROWID"
    )


@steps(name="007_own_by_row")
def own_by_row(db: Database) -> None:
    """An instrument that is kept ready is long; in a table without rows it was read whole to find its neighbours."""
    for statement in (
        "ALTER TABLE own RENAME TO former_own",
        "CREATE TABLE own (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "INSERT INTO own (key, value) SELECT key, value FROM former_own",
        "DROP TABLE former_own",
    ):
        db.execute(statement)


def take_steps(connection: dbapi2.Connection) -> None:
    """Take every step that this file has not taken yet."""
    steps.apply(Database(connection))
