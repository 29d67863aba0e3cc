"""G16: the order and time of ballots cannot be read from journal, bundle or row ids."""

import secrets
from pathlib import Path

from pitso.storage.edits import Edit, Put
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
    assert len({deed for (deed,) in journal.file.rows("SELECT deed FROM op")}) == 1
    assert journal.scratch("papers/") == {}
    assert office.digest() == journal.digest()
