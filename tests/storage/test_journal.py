"""The journal keeps every deed at once, answers undo with operations, and can be made again from its lines."""

from datetime import timedelta
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.storage import joining, sealing
from pitso.storage.edits import Attach, Drop, Put
from pitso.storage.file import WorkspaceFile
from pitso.storage.journal import Attachment, Journal
from tests.storage.replicas import START, carry, new_journal, open_journal, sign


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path, "desk")


def put(journal: Journal, value: str | int | None, field: str = "title", entity: str = "engagement/a") -> None:
    journal.commit("person/1", [Put(entity, field, value)], said=f"{field} is {value}")


def test_what_was_kept_is_there_after_opening_again(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, "desk")
    put(journal, "Lesotho")
    journal.file.close()
    again = open_journal(WorkspaceFile.open(tmp_path / "desk.pitso"), "desk")
    assert again.record("engagement/a") == {"title": "Lesotho"}


def test_an_edit_that_changes_nothing_leaves_no_operation(journal: Journal) -> None:
    put(journal, "Lesotho")
    put(journal, "Lesotho")
    assert joining.vector(journal) == {journal.device: 1}


def test_every_value_stays_in_the_history_with_author_and_device(journal: Journal) -> None:
    put(journal, "Lesoto")
    put(journal, "Lesotho")
    versions = journal.history("engagement/a")
    assert [(v.value, v.current, v.author, v.device) for v in versions] == [
        ("Lesotho", True, "person/1", journal.device),
        ("Lesoto", False, "person/1", journal.device),
    ]


def test_undo_and_redo_answer_with_operations(journal: Journal) -> None:
    put(journal, 1, "level", "agreed/a/LEG-1")
    put(journal, 2, "level", "agreed/a/LEG-1")
    undone = journal.undoable()
    assert undone is not None
    assert undone.said == "level is 2"
    journal.undo("person/1", said="undone")
    assert journal.record("agreed/a/LEG-1") == {"level": 1}
    journal.redo("person/1", said="redone")
    assert journal.record("agreed/a/LEG-1") == {"level": 2}
    journal.undo("person/1", said="undone")
    journal.undo("person/1", said="undone")
    assert journal.record("agreed/a/LEG-1") == {}
    journal.redo("person/1", said="redone")
    journal.redo("person/1", said="redone")
    assert journal.record("agreed/a/LEG-1") == {"level": 2}
    assert joining.vector(journal)[journal.device] == 8


def test_a_new_deed_ends_the_redo(journal: Journal) -> None:
    put(journal, 1, "level")
    journal.undo("person/1", said="undone")
    put(journal, 3, "level")
    assert journal.redoable() is None


def test_what_somebody_else_changed_since_is_not_undone(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there")
    put(here, 1, "level")
    carry(here, there)
    put(there, 2, "level")
    carry(there, here)
    with pytest.raises(Trouble, match="changed again"):
        here.undo("person/1", said="undone")
    assert here.record("engagement/a") == {"level": 2}


def test_a_deed_that_binds_is_not_undone(journal: Journal) -> None:
    put(journal, 1, "level")
    journal.commit("person/1", [Put("assessment/a/b", "revealed", "now")], said="revealed", undoable=False)
    assert journal.undoable() is None
    with pytest.raises(Trouble):
        journal.undo("person/1", said="undone")


def test_a_deleted_record_comes_back_by_undo(journal: Journal) -> None:
    put(journal, "Lesotho")
    put(journal, "LS", "country")
    journal.commit("person/1", [Drop("engagement/a")], said="deleted")
    assert journal.record("engagement/a") == {}
    journal.undo("person/1", said="undone")
    assert journal.record("engagement/a") == {"title": "Lesotho", "country": "LS"}
    journal.redo("person/1", said="redone")
    assert journal.records("engagement/") == {}


def test_a_concurrent_edit_beats_a_deletion(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there", START + timedelta(days=1))
    put(here, "Lesotho")
    carry(here, there)
    here.commit("person/1", [Drop("engagement/a")], said="deleted")
    put(there, "Kingdom of Lesotho")
    carry(there, here)
    carry(here, there)
    assert here.record("engagement/a") == there.record("engagement/a") == {"title": "Kingdom of Lesotho"}


def test_values_written_apart_are_both_kept_and_marked(tmp_path: Path) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there", START + timedelta(hours=1))
    put(here, 1, "level")
    put(there, 2, "level")
    carry(here, there)
    carry(there, here)
    assert here.record("engagement/a") == there.record("engagement/a") == {"level": 2}
    assert here.differing("engagement/") == there.differing("engagement/") == [("engagement/a", "level")]
    assert sorted(v.value for v in here.history("engagement/a") if v.current) == [1, 2]
    put(here, 1, "level")
    carry(here, there)
    assert there.differing("engagement/") == []
    assert there.record("engagement/a") == {"level": 1}


def test_the_clock_never_decides_between_edits_of_which_one_knew_the_other(tmp_path: Path) -> None:
    late, early = new_journal(tmp_path, "late", START + timedelta(days=400)), new_journal(tmp_path, "early")
    put(late, "first", "note")
    carry(late, early)
    put(early, "second", "note")
    carry(early, late)
    assert late.record("engagement/a") == {"note": "second"}


def test_a_personal_value_is_detached_and_still_read(journal: Journal) -> None:
    put(journal, "Lerato Pula-Poone", "name", "person/1")
    assert journal.record("person/1") == {"name": "Lerato Pula-Poone"}
    (line,) = journal.file.rows("SELECT line FROM tail")
    assert b"Lerato" not in line[0]
    assert b'{"detached":"' in line[0]


def test_a_file_is_kept_by_its_hash(journal: Journal) -> None:
    journal.commit("person/1", [Attach("evidence/a/1", "file", "act.pdf", b"%PDF-1.7")], said="attached")
    attachment = journal.record("evidence/a/1")["file"]
    assert isinstance(attachment, Attachment)
    assert (attachment.name, attachment.size) == ("act.pdf", 8)
    assert journal.body(attachment.hash) == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("words", "found"),
    [("letsa poone", True), ("POONE lets", True), ("Letša-Poone", True), ("letsapoone", True), ("lets%", False)],
)
def test_the_search_needs_no_accent_hyphen_or_order(journal: Journal, words: str, found: bool) -> None:
    from pitso.domain.folding import fold

    put(journal, "Lineo Letša-Poone", "name", "person/4")
    put(journal, "Tumelo Khoeli-Moru", "name", "person/5")
    folded = words if "%" in words else fold(words)
    assert journal.search(folded, ["person"]) == (["person/4"] if found else [])


def test_a_text_beyond_64_kib_is_refused_and_nothing_is_kept(journal: Journal) -> None:
    with pytest.raises(Trouble, match="longer"):
        put(journal, "x" * 70_000)
    assert journal.record("engagement/a") == {}
    assert journal.last_deed() is None


def test_text_is_kept_in_nfc(journal: Journal) -> None:
    put(journal, "Letša")
    assert journal.record("engagement/a") == {"title": "Letša"}


def test_a_segment_is_closed_with_the_line_that_fills_it(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "SEGMENT_LINES", 5)
    journal.sign_as(journal.device, sign)
    for number in range(5):
        assert journal.file.rows("SELECT count(*) FROM segment") == [(0,)]
        put(journal, number)
    assert journal.file.rows("SELECT first, last FROM segment") == [(1, 5)]
    put(journal, 5)
    assert journal.file.rows("SELECT count(*) FROM tail") == [(1,)]


def test_a_segment_is_closed_before_it_is_larger_than_a_receiver_holds_in_memory(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "SEGMENT_BYTES", 3000)
    for number in range(10):
        put(journal, f"{number}" * 1000)
    joining.seal(journal, sign)
    assert [(s.first, s.last) for s in joining.outgoing(journal, {})] == [(1, 3), (4, 6), (7, 9), (10, 10)]


@pytest.mark.parametrize(("ahead", "moved"), [(timedelta(minutes=5), 5), (timedelta(days=3), 10), (timedelta(-3), 0)])
def test_what_was_heard_moves_the_own_clock_on_by_ten_minutes_at_most(
    tmp_path: Path, ahead: timedelta, moved: int
) -> None:
    here, there = new_journal(tmp_path, "here"), new_journal(tmp_path, "there", START + ahead)
    put(there, "there")
    carry(there, here)
    put(here, "here", field="country")
    (version,) = here.history("engagement/a", field="country")
    assert version.at - START < timedelta(minutes=moved, seconds=10)
    assert version.at - START >= timedelta(minutes=moved)
