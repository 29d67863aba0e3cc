"""Ballot papers: all alike, all names, and nothing that leads to a voter."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from pypdf import PdfReader
from tests.paper import reading, story

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.paper import imprint as imprints
from pitso.paper.documents import ballot_papers
from pitso.paper.documents.ballot_papers import BallotPapers, Mark
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


TITLES = {
    "en": "Deputy President, first round",
    "fr": "Vice-président, premier tour",
    "ar": "نائب الرئيس، الجولة الأولى",
}
ASKED = {
    "en": "Put a cross beside one name.",
    "fr": "Mettez une croix à côté d’un nom.",
    "ar": "ضع علامة بجانب اسم واحد.",
}


def in_two(view: BallotPapers, first: str, second: str) -> BallotPapers:
    with words.speaking(second):
        return ballot_papers.beside(replace(view, contest=TITLES[first]), replace(view, contest=TITLES[second]))


@pytest.mark.parametrize(("first", "second"), [("en", "fr"), ("fr", "en"), ("en", "ar"), ("ar", "fr")])
def test_two_languages_say_the_same_beside_each_other(first: str, second: str) -> None:
    made = ballot_papers.make(in_two(story.ballots(12, 2), first, second), f"{first}+{second}")
    reading.sound(made)
    (page,) = reading.pages(made)
    for code in {first, second} - {"ar"}:  # Arabic is read from the page letter by letter: see the places below
        assert page.count(TITLES[code]) == 2
        assert page.count(ASKED[code]) == 2
    assert page.count("Lantern City Council") == 24, "a name stands there once for both languages"
    left, right = (second, first) if first == "ar" else (first, second)
    assert [arabic_on(made, side) for side in (0, 1)] == [left == "ar", right == "ar"]


def arabic_on(made: bytes, side: int) -> bool:
    """Is there Arabic in the left (0) or right (1) half of the head of the first paper?"""
    with pdfplumber.open(BytesIO(made)) as opened:
        sheet = opened.pages[0]
        half = float(sheet.width) / 2
        letters = [c for c in sheet.chars if c["size"] < 40 and c["top"] < 130 and (c["x0"] >= half) == bool(side)]
    return any("Arabic" in letter["fontname"] for letter in letters)


@pytest.mark.parametrize("languages", [("en", "fr"), ("ar", "en")])
def test_sixty_names_of_eighty_letters_with_their_councils_stand_on_one_paper_in_two_languages(
    languages: tuple[str, str],
) -> None:
    long = "Lebohang-Refiloe Mampolokeng Tšepiso Motlatsi Naleli-Khoeli wa Lejoe-Lebasta "
    view = story.ballots(60, 1)
    names = tuple(replace(each, name=f"{long} {number:02}") for number, each in enumerate(view.candidates))
    made = ballot_papers.make(in_two(replace(view, candidates=names), *languages), "+".join(languages))
    assert {len(each.name) for each in names} == {80}
    reading.sound(made, margin=28)
    (page,) = reading.pages(made)
    assert page.count("Lantern City Council") == 60
    assert all(f"{number:02}" in page for number in range(60))


def test_a_paper_in_two_languages_has_a_check_code_of_its_own() -> None:
    one = story.ballots()
    assert imprints.digest(one) != imprints.digest(in_two(one, "en", "fr"))


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
