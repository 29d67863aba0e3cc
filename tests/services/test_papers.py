"""The readiness report from the workspace: the same data give the same bytes, in each language."""

import errno
import os
import time
from datetime import date
from pathlib import Path

import pytest

from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.services import checking, discretion, issuing, papers, people, results, teams, workspace
from pitso.services.assessments import Assessment
from pitso.services.paper_kinds import KINDS
from pitso.services.papers import Paper
from pitso.services.programme_kinds import FORMS
from pitso.services.room_kinds import ROOM
from pitso.services.workspace import Workspace
from tests.paper import reading
from tests.paper import story as drawn
from tests.services.conftest import story, the_engagement


def text_of(paper: Paper) -> list[str]:
    return reading.pages(paper.pdf)


def report(ws: Workspace, number: int, language: str = "en") -> Paper:
    return papers.make(ws, "readiness", of=story(ws)[number].id, language=language)


def test_page_one_says_what_a_reader_in_a_hurry_needs(demo: Workspace) -> None:
    page = text_of(report(demo, 0))[0]
    for words in (
        "Readiness of Lesotho: AS-1",
        "Not ready: 7 of 18 gates are met.",
        "47 of 51 indicators have an agreed level.",
        "hosts and peers see 1 differently",
        "Score 32.3 (possible range 30.9 to 35.3), coverage 95.5 %, confidence 91.0 %",
        "The decision is the hosts’.",
        "DEMONSTRATION",
    ):
        assert words in page
    assert page.index("What is strong already") < page.index("A gate stands at level 0")


def test_the_hosts_answer_stands_unchanged_and_nobody_is_named_as_rater(demo: Workspace) -> None:
    text = " ".join(text_of(report(demo, 0)))
    assert "The initiative group believed that it had a mandate." in text
    assert "POL-4" in text.partition("Hosts and peers see this differently")[2]


def test_an_amendment_is_printed_with_the_former_rating(demo: Workspace) -> None:
    text = " ".join(text_of(report(demo, 1)))
    assert "Amended on 17 June 2026" in text
    assert "Formerly 2 (C)" in text
    assert "Declaration signed by all parties" in text


@pytest.mark.parametrize("language", ["en", "fr", "pt", "ar"])
def test_the_same_data_give_the_same_bytes(demo: Workspace, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = report(demo, 0, language)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        assert report(demo, 0, language) == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_other_data_give_another_digest(demo: Workspace) -> None:
    before = report(demo, 2)
    results.take_offer(demo, story(demo)[2].id)
    after = report(demo, 2)
    assert before.pdf != after.pdf
    assert "Ready" in text_of(after)[0]


def test_a_paper_is_named_by_what_it_is_where_and_when(demo: Workspace) -> None:
    assert report(demo, 0, "fr").file_name == "readiness-lesotho-as-1-2026-01-22-fr.pdf"


def test_a_record_is_meant_by_its_title(demo: Workspace, first: Assessment) -> None:
    assert papers.record_called(demo, "readiness", "as-1") == first.id
    assert papers.record_called(demo, "readiness", "") == story(demo)[2].id
    with pytest.raises(Trouble, match="nothing called"):
        papers.record_called(demo, "readiness", "AS-9")
    with pytest.raises(Trouble, match="no paper"):
        papers.record_called(demo, "novel", "")


def test_a_full_drive_leaves_no_half_paper(demo: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = report(demo, 0)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Trouble, match="full"):
            papers.keep(paper, tmp_path / "report.pdf")
    assert list(tmp_path.glob("report*")) == []
    papers.keep(paper, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == paper.pdf


def test_a_report_names_only_those_who_agreed(demo: Workspace) -> None:
    leader, other = [member for member in teams.members(demo, the_engagement(demo)) if member.side == "peer"][:2]
    people.consent(demo, other.person, people.NAMED, False)
    text = " ".join(text_of(report(demo, 0)))
    took_part = text.partition("Who took part")[2]
    assert leader.name in took_part
    assert other.name not in text
    assert "names were left out: these persons have not agreed to be named." in text
    people.consent(demo, leader.person, people.NAMED, False)
    assert leader.name not in " ".join(text_of(report(demo, 0)))


@pytest.mark.parametrize("kind", ["consensus-sheet", "rating-sheets"])
def test_a_paper_of_the_team_needs_no_consent(demo: Workspace, first: Assessment, kind: str) -> None:
    text = " ".join(text_of(papers.make(demo, kind, of=first.id, language="en")))
    assert "For: the peer team" in text
    assert "left out" not in text


def test_each_reader_sees_what_is_for_that_circle(demo: Workspace, first: Assessment) -> None:
    def read(reader: str) -> str:
        return " ".join(text_of(papers.make(demo, "readiness", of=first.id, language="en", reader=reader)))

    hosts, office, public = read("both"), read("office"), read("public")
    answer = "The initiative group believed that it had a mandate."
    assert answer in hosts
    assert answer in office
    assert answer not in public
    for heading in ("Evidence", "Who took part", "Where views differ", "Responses of the hosts"):
        assert heading not in public
    assert "Left out for this reader" in office
    assert "Left out for this reader" in public
    assert "Score 32.3 (possible range 30.9 to 35.3), coverage 95.5 %, confidence 91.0 %" in public


def test_a_minority_view_stays_with_both_sides() -> None:
    view = drawn.report()
    assert view.minority
    assert discretion.for_reader(view, Reader.BOTH_SIDES) == view
    assert discretion.for_reader(view, Reader.OFFICE).minority == ()
    assert {item.file for item in discretion.for_reader(view, Reader.OFFICE).evidence} == {""}


def test_a_reader_or_language_that_a_paper_has_not_is_told(demo: Workspace, first: Assessment) -> None:
    with pytest.raises(Trouble, match="not made for that reader"):
        papers.order(demo, "consensus-sheet", of=first.id, language="en", reader="public")
    with pytest.raises(Trouble, match="not made in “sw”"):
        papers.order(demo, "readiness", of=first.id, language="sw")


def test_an_empty_workspace_has_blank_forms_alone(tmp_path: Path) -> None:
    lines = papers.available(workspace.create(tmp_path / "empty.pitso", name="Empty"))
    assert {line.kind for line in lines} == {"form"}


ASSESSED = ("rating-sheets", "consensus-sheet", "feedback-sheet", "readiness", "comparison")


@pytest.mark.parametrize("language", ["en", "fr", "pt", "ar"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("form", "record", "dossier", *ROOM, *FORMS)])
def test_every_paper_is_made_in_every_language(demo: Workspace, kind: str, language: str) -> None:
    called = "AS-2" if kind in ASSESSED else ""
    paper = papers.make(demo, kind, of=papers.record_called(demo, kind, called), language=language)
    pages = text_of(paper)
    assert called in pages[0]
    assert all(len(page) > 100 for page in pages)


def test_a_record_is_printed_in_the_languages_of_its_form(demo: Workspace) -> None:
    of = papers.record_called(demo, "record", "Visit 1, 2026-01-19")
    french = " ".join(text_of(papers.make(demo, "record", of=of, language="fr")))
    assert "But de la visite" in french
    assert "Kagiso Naledi-Noka" in french
    with pytest.raises(Trouble, match="not made in “ar”"):
        papers.order(demo, "record", of=of, language="ar")


def test_the_feedback_sheet_has_two_pages_and_begins_with_strengths(demo: Workspace, first: Assessment) -> None:
    pages = text_of(papers.make(demo, "feedback-sheet", of=first.id, language="en"))
    assert len(pages) == 2
    assert pages[0].index("What is strong already") < pages[0].index("Points for attention")


def test_the_consensus_sheet_names_nobody_beside_a_rating(demo: Workspace, first: Assessment) -> None:
    text = " ".join(text_of(papers.make(demo, "consensus-sheet", of=first.id, language="en")))
    assert "1 1 2 3" in text


def test_the_first_assessment_has_nothing_to_be_compared_with(demo: Workspace, first: Assessment) -> None:
    with pytest.raises(Trouble, match="no earlier assessment"):
        papers.make(demo, "comparison", of=first.id, language="en")


def test_papers_of_one_moment_are_made_from_plain_values(demo: Workspace) -> None:
    receipt = papers.receipt(
        demo,
        received=True,
        bundle="lesotho-0612",
        sender="Naledi",
        recipient="UCLG Africa",
        at=demo.clock(),
        new=41,
        known=12,
        differences=[("Seats", "25", "27")],
        sentences=["One photograph is asked for again."],
    )
    card = papers.recovery_card(demo, ["K7QF", "2MTX", "9WHP", "4ZRD"])
    invited = papers.invitation(
        demo,
        office="UCLG Africa",
        engagement="Lesotho",
        invited="Naledi",
        role="Peer",
        file_name="lesotho.pitso-invite",
        payload="PITSO-INVITE:abc",
        six_words=["river", "basalt", "window", "seven", "cattle", "morning"],
        valid_until=date(2026, 12, 1),
    )
    for paper, said in ((receipt, "New facts 41"), (card, "K7QF"), (invited, "basalt")):
        assert said in text_of(paper)[0]
    once = issuing.register(demo, receipt, "receipt", issuing.Way.PRINTED)
    found = checking.check(demo, once.code)
    assert found.outcome is checking.Outcome.UNCHANGED
    assert "one moment" in found.said
