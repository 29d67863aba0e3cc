"""G15: the tables that are made again from the lines are equal, and repair what was wrong with the former ones."""

from pathlib import Path

import pytest

from pitso.storage import rebuilding
from pitso.storage.edits import Drop, Erase, Put, Settle
from pitso.storage.journal import Journal
from tests.storage.replicas import carry, new_journal


@pytest.fixture
def full(tmp_path: Path) -> Journal:
    """A journal with a little of everything: differences, deletions, contested facts, erased names, undo."""
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    for journal, title in ((here, "Lesotho"), (there, "Kingdom of Lesotho")):
        journal.commit("person/1", [Put("engagement/a", "title", title)], said="")
        journal.commit("person/1", [Put("roll/1", "closed", len(title))], said="", undoable=False)
        journal.commit("person/1", [Put("person/4", "name", title), Put("person/5", "name", title)], said="")
    carry(there, here)
    here.commit("person/1", [Settle("roll/1", "closed", 7, "counted")], said="", undoable=False)
    here.commit("person/2", [Settle("roll/1", "closed", 7, "seen")], said="", undoable=False)
    here.commit("person/1", [Drop("person/5")], said="")
    here.commit("person/1", [Put("note/2", "text", "before")], said="")
    here.commit("person/1", [Drop("note/2")], said="")
    here.commit("person/1", [Put("note/2", "text", "after")], said="")
    here.commit("person/1", [Put("note/1", "text", "undone")], said="")
    here.undo("person/1", said="")
    here.commit("person/1", [Erase("person/4", "")], said="", undoable=False)
    return here


def test_they_are_equal(full: Journal) -> None:
    before = full.digest()
    assert rebuilding.rebuild(full)
    assert full.digest() == before
    assert full.record("roll/1") == {"closed": 7}


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE cell SET value = '\"forged\"' WHERE field <> 1",
        "UPDATE cell SET contested = 1",
        "DELETE FROM head",
        "DELETE FROM op_base",
        "UPDATE op SET value = '\"forged\"'",
        "DELETE FROM sought",
        "UPDATE entity SET uid = uid || 'x'",
    ],
)
def test_what_was_wrong_is_told_and_right_again(full: Journal, harm: str) -> None:
    before = (full.digest(), full.records(""))
    full.file.connection.execute(harm)
    assert not rebuilding.rebuild(full)
    assert (full.digest(), full.records("")) == before
    assert rebuilding.rebuild(full)
