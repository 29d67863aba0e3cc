"""G16: the order and time of ballots cannot be read from journal, bundle or row ids."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pitso.domain import hlc
from pitso.domain.counting import read_blt
from pitso.domain.elections.entries import Keyed
from pitso.services import copies, keying, receiving, rounds, sending, workspace
from pitso.storage.edits import Edit, Put
from tests.services.election_room import Assembly, assembly
from tests.storage.replicas import carry, new_journal


def test_papers_leave_neither_order_nor_time(tmp_path: Path) -> None:
    """Keyed one after the other, kept as one batch: nothing that is stored or sent is sorted as they were keyed."""
    journal, office = new_journal(tmp_path, "desk"), new_journal(tmp_path, "office")
    keyed = [secrets.token_hex(8) for _ in range(200)]
    for number, token in enumerate(keyed):
        journal.keep_scratch(f"papers/1/{token}", f"A{number}")
    assert list(journal.scratch("papers/1/")) == sorted(f"papers/1/{token}" for token in keyed)
    edits: list[Edit] = [
        Put(f"paper/{key.rpartition('/')[2]}", "marks", text) for key, text in journal.scratch("papers/1/").items()
    ]
    journal.commit_batch("person/1", edits, said="The box was entered.")
    journal.clear_scratch("papers/1/")
    carry(journal, office)
    order = [int(value[2:-1]) for (value,) in journal.file.rows("SELECT value FROM op ORDER BY id")]
    by_time = [int(value[2:-1]) for (value,) in journal.file.rows("SELECT value FROM op ORDER BY hlc")]
    tokens = [uid for (uid,) in journal.file.rows("SELECT uid FROM entity ORDER BY id")]
    assert sorted(order) == list(range(200))
    for told in (order, by_time):
        assert told not in (list(range(200)), sorted(order, key=lambda number: keyed[number]))
    assert tokens != [f"paper/{token}" for token in keyed]
    assert journal.file.rows("SELECT last - first FROM deed WHERE first IS NOT NULL") == [(199,)]
    assert journal.scratch("papers/") == {}
    assert office.digest() == journal.digest()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Assembly]:
    made = assembly(tmp_path)
    made.plan({"title": "President", "rule": "irv"})
    made.nominate(0, 1, 2)
    yield made
    made.ws.close()


CANARY = (3, 1, 2)
"""A ranking that one voter only gives, so that whoever finds the paper's place has found the voter's."""
KEYED = b"[3, 1, 2]"
"""The same as it lies in the file while it is being keyed."""


def test_what_is_being_keyed_leaves_neither_with_a_bundle_nor_with_a_copy(room: Assembly, tmp_path: Path) -> None:
    uid = room.open()
    room.account(uid)
    with room.writing("counter"):
        keying.key_paper(room.ws, uid, 1, Keyed(CANARY))
    lines = b"".join(bytes(line) for (line,) in room.ws.journal.file.rows("SELECT line FROM tail"))
    sealed = b"".join(bytes(text) for (text,) in room.ws.journal.file.rows("SELECT lines FROM segment"))
    assert b"[3, 1, 2]" not in lines + sealed
    assert b"entry/" not in lines + sealed
    (copied,) = copies.copy_now(room.ws, tmp_path / "copies")
    with closing(sqlite3.connect(copied)) as copy:
        assert copy.execute("SELECT count(*) FROM scratch").fetchone() == (0,)
    assert KEYED not in copied.read_bytes()
    sending.send(room.ws, tmp_path / "out.pitso-bundle")
    other = workspace.create(tmp_path / "office.pitso", name="Office", clock=room.ws.clock)
    receiving.receive(other, tmp_path / "out.pitso-bundle", trusting=True)
    assert other.journal.record(uid)["in_box"] == 12
    other.close()
    assert KEYED not in b"".join(path.read_bytes() for path in tmp_path.glob("office.pitso*"))
    assert room.ws.journal.scratch("entry/") != {}, "it is still here, to be gone on with"


def test_a_closed_box_tells_neither_order_nor_voter_nor_time_of_a_paper(room: Assembly, tmp_path: Path) -> None:
    """Whatever the order in which the papers were keyed, the same is kept, in one line, and nothing else is left."""
    kept = []
    papers = sorted([CANARY, *[(1, 2)] * 6, *[(2,)] * 5])
    uid = room.open()
    room.account(uid)
    for number, order in enumerate((papers, papers[::-1])):
        if number:
            rounds.recount(room.ws, uid, reason="Once more.")
        room.key(uid, [Keyed(marks) for marks in order])
        keying.close_box(room.ws, uid)
        box = room.ws.journal.record(f"box/{uid.partition('/')[2]}/{number}")
        kept.append(box["papers"])
        assert set(box) == {"papers", "sorted"}
    assert kept[0] == kept[1]
    assert dict(read_blt(kept[0]).papers)[CANARY] == 1
    lines = [bytes(line) for (line,) in room.ws.journal.file.rows("SELECT line FROM tail")]
    segments = [bytes(text) for (text,) in room.ws.journal.file.rows("SELECT lines FROM segment")]
    written = [line for text in [*lines, *segments] for line in text.splitlines() if b"3 1 2 0" in line]
    assert len(written) == 2, "one line for each entry of the whole box"
    voters = [voter.encode() for voter in room.voters]
    assert not any(voter in line for voter in voters for line in written)
    copies.copy_now(room.ws, tmp_path / "copies")
    room.ws.close()
    left = [path for path in tmp_path.rglob("*") if path.is_file() and KEYED in path.read_bytes()]
    assert left == [], "what was keyed has left the bytes of every file: workspace, log of SQLite, copies, keys, logs"


def test_nothing_tells_when_a_paper_was_keyed(room: Assembly) -> None:
    """All that is kept of the papers has one time, that of the closing; numbers of rows tell no order either."""
    uid = room.open()
    room.account(uid)
    room.key(uid, [Keyed(marks) for marks in sorted([CANARY, *[(1, 2)] * 6, *[(2,)] * 5])])
    ended = room.ws.clock()
    keying.close_box(room.ws, uid)
    rows = room.ws.journal.file.rows(
        "SELECT o.hlc FROM op o JOIN entity e ON e.id = o.entity WHERE e.uid LIKE 'box/%' ORDER BY o.id"
    )
    assert len(rows) == 2, "the papers in one value, and what they were sorted into"
    assert all(hlc.moment(stamped) > ended for (stamped,) in rows)
