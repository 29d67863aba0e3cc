"""Ballot papers: all alike, all names, and nothing that leads to a voter."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.paper import reading, story

from pitso.domain.trouble import Trouble
from pitso.paper.documents import ballot_papers
from pitso.paper.documents.ballot_papers import Mark
from pitso.paper.imprint import State


def test_all_papers_are_alike() -> None:
    made = ballot_papers.make(story.ballots(3, 6), "en")
    pages = [page.get_contents() for page in PdfReader(BytesIO(made)).pages]
    drawn = {page.get_data() if page else b"" for page in pages}
    assert len(pages) == 3
    assert len(drawn) == 1
    text = reading.pages(made)[0]
    assert text.count("President, first round") == 2
    assert "Page" not in text
    assert "LSO-BP-1" not in text


def test_an_odd_number_leaves_half_a_page_empty() -> None:
    pages = reading.pages(ballot_papers.make(story.ballots(3, 5), "en"))
    assert [page.count("President") for page in pages] == [2, 2, 1]


@pytest.mark.parametrize("candidates", [1, 12, 30, 60])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_names_stand_on_one_paper(candidates: int, language: str) -> None:
    view = story.ballots(candidates, 1)
    made = ballot_papers.make(view, language)
    reading.sound(made)
    (page,) = reading.pages(made)
    assert page.count("Lantern City Council") == candidates
    for candidate in view.candidates:
        assert candidate.name in page


def test_names_of_eighty_letters_wrap() -> None:
    view = story.ballots(6, 1)
    wide = replace(view, candidates=tuple(replace(each, name="W" * 80) for each in view.candidates))
    made = ballot_papers.make(wide, "en")
    reading.sound(made)
    assert reading.whole(made).replace(" ", "").count("W") >= 480


def test_more_names_than_a_page_holds_are_refused_in_words() -> None:
    with pytest.raises(Trouble, match="200 names do not fit"):
        ballot_papers.make(story.ballots(200, 1), "en")


def test_a_ranked_paper_asks_for_figures() -> None:
    ranked = replace(story.ballots(), mark=Mark.RANK, imprint=replace(story.ballots().imprint, state=State.FINAL))
    text = reading.whole(ballot_papers.make(ranked, "en"))
    assert "Write 1 beside your first choice" in text
    assert "DEMONSTRATION" not in text
    several = replace(story.ballots(), choices=3)
    assert "at most 3 names" in reading.whole(ballot_papers.make(several, "en"))
