"""The papers of the programme: what the story says stands on them, on as many pages as they may take."""

import shutil
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader

from pitso.services import checking, commitments, engagements, issuing, papers, workshops, workspace
from pitso.services.issuing import Way
from pitso.services.programme_kinds import FORMS
from pitso.services.workspace import Workspace
from tests.paper import reading


def pages(ws: Workspace, kind: str, reader: str = "") -> list[str]:
    paper = papers.make(ws, kind, of=papers.record_called(ws, kind, ""), language="en", reader=reader)
    return reading.pages(paper.pdf)


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


@pytest.fixture(scope="module")
def bound(told: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The dossier of the story, made once."""
    path = Path(shutil.copy(told, tmp_path_factory.mktemp("dossier") / "lesotho.pitso"))
    ws = workspace.open_workspace(path)
    paper = papers.make(ws, "dossier", of=papers.record_called(ws, "dossier", ""), language="en")
    ws.close()
    return PdfReader(BytesIO(paper.pdf))


def test_the_dossier_holds_the_whole_engagement_from_its_history_to_the_exit_report(bound: PdfReader) -> None:
    titles = [str(one["/Title"]) for one in bound.outline if not isinstance(one, list)]
    assert titles[0] == "History of the engagement"
    assert titles[-1] == "Exit report"
    visits = [title for title in titles if title.startswith("Visit programme and report")]
    assert [visit.partition(": ")[2][:7] for visit in visits] == ["Visit 1", "Visit 2", "Visit 3"]
    for part in (
        "Minutes of a formal meeting",
        "Readiness report: AS-3",
        "Cooperation agreement",
        "Declaration",
        "Risk",
    ):
        assert any(title.startswith(part) for title in titles), part


def test_each_line_of_its_contents_names_the_page_on_which_the_chapter_stands_and_leads_there(bound: PdfReader) -> None:
    first = " ".join(bound.pages[0].extract_text().split())
    chapters = [one for one in bound.outline if not isinstance(one, list)]
    pages = [(bound.get_destination_page_number(chapter) or 0) + 1 for chapter in chapters]
    assert pages == sorted(set(pages))
    told = [f"{number} {chapter['/Title']}" for number, chapter in enumerate(chapters, 1)]
    assert " ".join(told) in first
    assert " ".join(map(str, pages)) in first
    numbers = {page.indirect_reference: number for number, page in enumerate(bound.pages, 1)}
    links = bound.pages[0].annotations or ()
    assert [numbers[link.get_object()["/Dest"][0]] for link in links] == pages
    assert str(chapters[11]["/Title"]) == "Readiness report: AS-1"
    assert "Readiness of Lesotho" in bound.pages[pages[11] - 1].extract_text()


def test_the_contents_run_from_right_to_left_in_arabic(demo: Workspace) -> None:
    paper = papers.make(demo, "dossier", of=papers.record_called(demo, "dossier", ""), language="ar")
    with pdfplumber.open(BytesIO(paper.pdf)) as opened:
        letters = [one for one in opened.pages[0].chars if one["size"] < 11 and 180 < one["top"] < 640]
        pages = [one for one in letters if one["text"].isdecimal() and one["x0"] < 120]
    assert len(pages) > 30, "the pages stand at the left"


def test_who_changed_something_in_it_is_told_whatever_paper_it_stands_in(demo: Workspace) -> None:
    order = papers.order(demo, "dossier", of=engagements.called(demo), language="en")
    before = papers.digest_of(demo, order)
    workshop, *_others = workshops.workshops(demo, order.of)
    talk = workshops.sessions(demo, workshop.id)[0].id
    workshops.note(demo, talk, "The king's representative greets the leaders.")
    assert papers.digest_of(demo, order) != before
    sources = papers.sort_of("dossier").sources(demo, order.of)
    assert any(talk.startswith(source) for source in sources)


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
