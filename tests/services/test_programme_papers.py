"""The papers of the programme: what the story says stands on them, on as many pages as they may take."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from pitso.services import checking, commitments, engagements, issuing, papers
from pitso.services.issuing import Way
from pitso.services.programme_kinds import FORMS
from pitso.services.workspace import Workspace


def pages(ws: Workspace, kind: str, reader: str = "") -> list[str]:
    paper = papers.make(ws, kind, of=papers.record_called(ws, kind, ""), language="en", reader=reader)
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(paper.pdf)).pages]


def test_the_history_stands_on_one_page(demo: Workspace) -> None:
    (page,) = pages(demo, "history")
    for told in (
        "Phase 1 complete: Identification",
        "AS-1: Not ready",
        "Founding workshop",
        "The association is founded",
    ):
        assert told in page
    assert page.index("15 Sep") < page.index("19 Jan 2026") < page.index("10 Nov 2026")


def test_who_has_something_overdue_comes_first(demo: Workspace) -> None:
    told = " ".join(pages(demo, "commitments", "team"))
    lines = commitments.commitments(demo, engagements.called(demo))
    late = [line for line in lines if line.days_over]
    assert len(late) == 3
    assert max(told.index(line.text) for line in late) < told.index("Send the report of visit 1 to all councils")


def test_each_peer_signs_the_code_of_conduct(demo: Workspace) -> None:
    told = " ".join(pages(demo, "team", "team"))
    assert told.index("I come as an equal") < told.index("Signatures")
    assert "Masego Pula-Naledi" in told[told.index("Signatures") :]


def test_everybody_who_completed_the_training_has_a_certificate_with_the_day(demo: Workspace) -> None:
    told = pages(demo, "training-certificates")
    assert len(told) == 5
    assert [("6 May 2026" in page, "Masego Pula-Naledi" in page) for page in told].count((True, True)) == 1


def test_the_objective_has_room_for_both_signatures(demo: Workspace) -> None:
    told = " ".join(pages(demo, "objective"))
    assert "speaks and works for all of them" in told
    assert "Host side" in told[told.index("Signatures") :]
    assert "Supporting association" in told[told.index("Signatures") :]


def test_the_exit_report_says_what_is_open(demo: Workspace) -> None:
    told = " ".join(pages(demo, "exit-report"))
    assert told.count(" open") >= 4
    assert "certificate of registration open" in told
    assert "Ready with preconditions" in told


def test_the_dossier_holds_every_chapter_of_its_contents(demo: Workspace) -> None:
    first, *others = pages(demo, "dossier")
    rest = " ".join(others)
    chapters = ["History of the engagement", "Peer team and code of conduct", "Commitments by owner", "Exit report"]
    assert all(chapter in first and chapter in rest for chapter in chapters)
    assert first.count("left out") <= 1


def test_names_are_left_out_where_nobody_agreed(demo: Workspace) -> None:
    assert "a person who is not named" in " ".join(pages(demo, "commitments", "both"))
    assert "a person who is not named" not in " ".join(pages(demo, "commitments", "team"))


@pytest.mark.parametrize("kind", FORMS)
def test_a_filled_form_is_found_under_the_name_of_its_paper(demo: Workspace, kind: str) -> None:
    assert pages(demo, kind)
    assert [line for line in papers.available(demo) if line.kind == kind]


def test_a_paper_of_the_programme_changes_with_what_it_tells(demo: Workspace) -> None:
    engagement = engagements.called(demo)
    order = papers.order(demo, "commitments", of=engagement, language="en")
    issued = issuing.issue(demo, order, Way.SAVED)
    assert checking.check(demo, issued.code).outcome is checking.Outcome.UNCHANGED
    late = next(line for line in commitments.commitments(demo, engagement) if line.days_over)
    commitments.done(demo, late.id, proof="Minutes of the executive")
    assert checking.check(demo, issued.code).outcome is checking.Outcome.CHANGED
