"""The search over everything that people wrote: what it finds, and what it must never find."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.folding import fold, spans
from pitso.storage import rebuilding
from pitso.storage.edits import Attach, Drop, Erase, Put
from pitso.storage.journal import Journal
from tests.storage.replicas import new_journal

SAID = "The initiative group of Letša believed that it had a mandate."


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path, "desk")


def keep(journal: Journal, entity: str, field: str, value: str | None) -> None:
    journal.commit("person/1", [Put(entity, field, value)], said="")


def found(journal: Journal, words: str) -> list[tuple[str, str]]:
    return [(hit.entity, hit.field) for hit in journal.find_texts(words)]


@pytest.mark.parametrize("words", ["mandate", "initiative mandate", "MANDATE letsa", "init", "letša b", "(mandate)"])
def test_words_are_found_whole_or_by_their_beginning_in_any_order(journal: Journal, words: str) -> None:
    keep(journal, "response/a/POL-4", "text", SAID)
    keep(journal, "response/a/POL-5", "text", "Something else entirely")
    assert found(journal, words) == [("response/a/POL-4", "text")]


@pytest.mark.parametrize("words", ["andate", "mandate absent", "", "!", "text:mandate", '"', "NEAR(", "OR else"])
def test_other_words_find_nothing_and_are_no_commands(journal: Journal, words: str) -> None:
    keep(journal, "response/a/POL-4", "text", SAID)
    assert found(journal, words) == []


@pytest.mark.parametrize("value", ["in_text", "2026-06-18", "person/4f2a", "uuid:7-f", "40", "yes", "", None])
def test_codes_dates_and_identifiers_are_no_texts(journal: Journal, value: str | None) -> None:
    keep(journal, "response/a/POL-4", "text", value)
    assert journal.file.rows("SELECT count(*) FROM texts") == [(0,)]


def test_an_excerpt_shows_what_stands_around(journal: Journal) -> None:
    keep(journal, "response/a/POL-4", "text", f"{'before ' * 60}{SAID}{' after' * 60}")
    (hit,) = journal.find_texts("mandate")
    assert "mandate" in hit.excerpt
    assert len(hit.excerpt) < 120


def test_what_stays_in_the_team_is_not_found(journal: Journal) -> None:
    keep(journal, "rating/a/m/POL-4", "note", "A canary in a note before the reveal")
    keep(journal, "evidence/a/m/POL-4/1", "text", "A canary in evidence")
    assert found(journal, "canary") == []


def test_a_file_is_not_read_as_text(journal: Journal) -> None:
    journal.commit("person/1", [Attach("signed/1", "file", "Canary scan.pdf", b"\xff\xfe canary")], said="")
    assert found(journal, "canary") == []


def test_a_text_that_was_replaced_emptied_or_deleted_is_not_found(journal: Journal) -> None:
    for entity in ("response/a/1", "response/a/2", "response/a/3"):
        keep(journal, entity, "text", SAID)
    keep(journal, "response/a/1", "text", "Another sentence")
    keep(journal, "response/a/2", "text", None)
    journal.commit("person/1", [Drop("response/a/3")], said="")
    assert found(journal, "mandate") == []
    assert found(journal, "another") == [("response/a/1", "text")]


def test_an_erased_text_leaves_the_index_and_the_bytes_of_the_file(journal: Journal) -> None:
    keep(journal, "person/2", "role", "Canarybird of the council")
    assert found(journal, "canarybird") == [("person/2", "role")]
    journal.commit("person/1", [Erase("person/2", "asked for it")], said="")
    assert found(journal, "canarybird") == []
    journal.file.close()
    assert b"anarybird" not in journal.file.path.read_bytes()


def test_tables_made_again_find_the_same(journal: Journal) -> None:
    keep(journal, "response/a/POL-4", "text", SAID)
    keep(journal, "person/2", "role", "Town clerk")
    assert rebuilding.rebuild(journal)
    assert found(journal, "clerk") == [("person/2", "role")]


def test_a_file_of_the_first_version_is_filled(tmp_path: Path) -> None:
    from pitso.services import finding
    from pitso.services.workspace import open_workspace

    kept = tmp_path / "first.pitso"
    kept.write_bytes((Path(__file__).parents[1] / "data" / "first.pitso").read_bytes())
    ws = open_workspace(kept)
    assert ws.journal.file.rows("SELECT count(*) FROM texts")[0][0] > 0
    assert ws.clock() > datetime.min.replace(tzinfo=ws.clock().tzinfo)
    assert finding.find(ws, "zzz") == ()
    ws.close()


@given(st.text("aáb-' ZX", max_size=30), st.text("ab xz", min_size=1, max_size=8))
def test_marks_cover_exactly_what_is_looked_for(text: str, words: str) -> None:
    marks = spans(text, words)
    assert all(one[1] < other[0] for one, other in pairwise(marks))
    assert all(any(word in fold(text[start:end]) for word in fold(words).split()) for start, end in marks)
    unmarked = "".join(letter for at, letter in enumerate(text) if not any(s <= at < e for s, e in marks))
    assert marks or not any(word in fold(unmarked).split() for word in fold(words).split())


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Letša-Poone", "letsa", ["Letša"]),
        ("Letša-Poone", "poone letsa", ["Letša", "Poone"]),
        ("Khoeli 'Mamello", "mame", ["Mame"]),
        ("office manual, manual", "manu", ["manu", "manu"]),
        ("nothing", "else", []),
    ],
)
def test_marks_stand_where_a_reader_sees_the_words(text: str, words: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == marked
