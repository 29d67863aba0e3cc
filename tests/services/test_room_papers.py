"""The papers of the room: what each says of the story, for whom, and under which code."""

import pytest

from pitso.services import attendance, checking, issuing, papers, people, workshops
from pitso.services.attendance import Invited
from pitso.services.room_kinds import ROOM
from pitso.services.workspace import Workspace
from tests.paper import reading

from .conftest import the_engagement


def text(ws: Workspace, kind: str, *, reader: str = "", language: str = "en") -> str:
    of = papers.record_called(ws, kind, "Founding workshop")
    made = papers.make(ws, kind, of=of, language=language, reader=reader)
    return reading.whole(made.pdf)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("programme", ("09:00 – 09:40", "How BALA was founded", "Hosts: 45.8 %")),
        ("register", ("Tumelo Khoeli-Moru", "Signatures on this page, counted:")),
        ("register-blank", ("Tumelo Khoeli-Moru",)),
        ("badges", ("Lerato Pula-Poone", "Chairperson")),
        ("roll", ("Frozen 18 Jun 2026, 15:45", "Delegates 90", "Basalt District Council", "Rural", "9 votes")),
        ("roll-to-sign", ("Signature",)),
        ("resolutions", ("3/2026 · Statutes", "81 for, 3 against, 4 abstaining of 88 voters", "delegates: 88")),
        ("minutes", ("1. Opening", "118 took part", "6/2026 · South-South cooperation")),
        ("certificates", ("Certificate of attendance", "Founding workshop", "10 hours of sessions")),
        ("statistics", ("Registered 120", "47 (39.2 %)", "10 / 10", "Election of office bearers 75 Hosts 112 88")),
    ],
)
def test_what_each_paper_says_of_the_story(demo: Workspace, kind: str, words: tuple[str, ...]) -> None:
    said = text(demo, kind)
    assert "DEMONSTRATION" in said
    for word in words:
        assert word in said, word


def test_every_paper_of_the_room_is_tried(demo: Workspace) -> None:
    mark = next(iter(test_what_each_paper_says_of_the_story.pytestmark))  # type: ignore[attr-defined]
    assert {kind for kind, _words in mark.args[1]} == set(ROOM)


@pytest.mark.parametrize("language", ["fr", "pt", "ar"])
@pytest.mark.parametrize("kind", [kind for kind in ROOM if kind not in ("certificates", "badges", "roll-to-sign")])
def test_the_papers_of_the_room_are_made_in_every_language(demo: Workspace, kind: str, language: str) -> None:
    assert len(text(demo, kind, language=language)) > 300


def test_a_register_that_leaves_the_room_names_only_who_agreed(demo: Workspace) -> None:
    workshop = workshops.workshops(demo, the_engagement(demo))[0].id
    attendance.walk_in(demo, workshop, Invited("Agreed Atdesk", capacity="guest"), list_consent=True)
    attendance.walk_in(demo, workshop, Invited("Silent Guest", capacity="guest"))
    told = text(demo, "register", reader="office")
    assert "Agreed Atdesk" in told
    assert "Silent Guest" not in told
    assert "names were left out" in told
    assert "Silent Guest" in text(demo, "register")


def test_who_moved_is_named_to_both_sides_with_consent_only(demo: Workspace) -> None:
    assert "Moved by Refiloe Koro-Naleli, seconded by Tumelo Khoeli-Moru" in text(demo, "resolutions")
    mover = people.person_called(demo, "Refiloe Koro-Naleli")
    people.consent(demo, mover, people.NAMED, False)
    assert "Refiloe Koro-Naleli" not in text(demo, "resolutions")


def test_a_paper_of_the_room_is_found_again_by_its_code_and_knows_of_changes(demo: Workspace) -> None:
    workshop = workshops.workshops(demo, the_engagement(demo))[0].id
    order = papers.order(demo, "statistics", of=workshop, language="en")
    code = issuing.issue(demo, order, issuing.Way.PRINTED).code
    assert checking.check(demo, code).outcome is checking.Outcome.UNCHANGED
    attendance.walk_in(demo, workshop, Invited("Late Guest", capacity="guest"))
    assert checking.check(demo, code).outcome is not checking.Outcome.UNCHANGED
