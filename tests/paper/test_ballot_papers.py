"""Ballot papers: all alike, all names, and nothing that leads to a voter."""

import re
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.paper import reading, story

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.paper import imprint as imprints
from pitso.paper.documents import ballot_papers
from pitso.paper.documents.ballot_papers import BallotPapers, Candidate, Mark
from pitso.paper.imprint import State


def test_all_papers_are_alike() -> None:
    made = ballot_papers.make(story.ballots(3, 6), "en")
    pages = [page.get_contents() for page in PdfReader(BytesIO(made)).pages]
    drawn = {page.get_data() for page in pages if page is not None}
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


LANGUAGES = ("en", "fr", "pt", "ar", "en+ar", "fr+en", "ar+pt")
LETTERS = {
    "Latin": "Lebohang-Refiloe Mampolokeng Tšepiso Motlatsi Naleli-Khoeli wa Lejoe-Lebasta Mosweu",
    "Arabic": "محمد عبد الرحمن بن إبراهيم الحسيني الأنصاري المعروف بابن الشيخ أحمد التيجاني الكبير",
    "widest": "W" * 80,
}
LONG_TITLE = (
    "Member of the executive committee for the northern region and the highlands, without portfolio, second round"
)


def longest(candidates: int, letters: str, language: str) -> BallotPapers:
    """Two papers on which every name has eighty letters, and every council its number."""
    named = [Candidate(LETTERS[letters][:80], f"Upper Valley District {n:02}") for n in range(1, candidates + 1)]
    assert {len(each.name) for each in named} == {80}
    view = replace(story.ballots(0, 2), contest=LONG_TITLE, candidates=tuple(named))
    _first, _plus, second = language.partition("+")
    if not second:
        return view
    with words.speaking(second):
        return ballot_papers.beside(view, view)


def hold_all(made: bytes, candidates: int) -> None:
    """Two papers that are alike, each with every name once, and no page without a name."""
    pages = [page.get_contents() for page in PdfReader(BytesIO(made)).pages]
    drawn = [page.get_data() for page in pages if page is not None]
    sides = list(dict.fromkeys(drawn))
    beside = sides[0].count(b" Do")
    assert drawn == sides * (2 // beside)
    found = [re.findall(r"District (\d\d)", page) for page in reading.pages(made)[: len(sides)]]
    assert all(found)
    assert sorted(number for page in found for number in page) == sorted(
        f"{n:02}" for n in range(1, candidates + 1) for _copy in range(beside)
    )


@pytest.mark.parametrize(
    ("letters", "language"),
    [*(("widest", language) for language in LANGUAGES), ("Latin", "en"), ("Arabic", "ar"), ("Arabic", "fr+en")],
)
def test_sixty_names_of_eighty_letters_stand_on_papers_that_are_all_alike(letters: str, language: str) -> None:
    made = ballot_papers.make(longest(60, letters, language), language)
    hold_all(made, 60)
    reading.sound(made, margin=28)
    assert len(reading.pages(made)) == 4, "both sides of a sheet hold them"


@given(st.integers(1, 60), st.sampled_from(LANGUAGES), st.sampled_from(sorted(LETTERS)), st.sampled_from(Mark))
@settings(max_examples=40, deadline=None)
def test_any_number_of_the_longest_names_stands_on_papers_that_are_all_alike(
    candidates: int, language: str, letters: str, mark: Mark
) -> None:
    view = replace(longest(candidates, letters, language), mark=mark, choices=1 + candidates % 5)
    hold_all(ballot_papers.make(view, language), candidates)


def test_from_one_name_to_sixty_usual_ones_need_one_side_of_a_sheet() -> None:
    for candidates in range(1, 61):
        view = story.ballots(candidates, 2)
        assert len(PdfReader(BytesIO(ballot_papers.make(view, "en"))).pages) in (1, 2), candidates


def test_names_on_several_pages_say_so_on_each_of_them() -> None:
    made = ballot_papers.make(longest(60, "Latin", "en"), "en")
    first, second, *_others = reading.pages(made)
    for number, page in enumerate((first, second), 1):
        assert LONG_TITLE in page
        assert "There are names on every page: look at all of them." in page
        assert page.endswith(f"Page {number} of 2")
    assert "every page" not in reading.whole(ballot_papers.make(story.ballots(60), "en"))


def test_a_paper_in_two_languages_has_a_check_code_of_its_own() -> None:
    one = story.ballots()
    assert imprints.digest(one) != imprints.digest(in_two(one, "en", "fr"))


def test_two_hundred_names_take_more_pages() -> None:
    hold_all(ballot_papers.make(longest(99, "widest", "en"), "en"), 99)
    assert reading.whole(ballot_papers.make(story.ballots(200, 1), "en")).count("Lantern City Council") == 200


def test_a_title_that_leaves_no_room_for_names_is_refused_in_words() -> None:
    with pytest.raises(Trouble, match="title leaves no room"):
        ballot_papers.make(replace(story.ballots(2, 1), contest="Treasurer " * 300), "en")


def test_a_ranked_paper_asks_for_figures() -> None:
    ranked = replace(story.ballots(), mark=Mark.RANK, imprint=replace(story.ballots().imprint, state=State.FINAL))
    text = reading.whole(ballot_papers.make(ranked, "en"))
    assert "Write 1 beside your first choice" in text
    assert "DEMONSTRATION" not in text


@pytest.mark.parametrize(
    ("choices", "exactly", "asked"),
    [
        (1, False, "Put a cross beside one name."),
        (3, False, "Put a cross beside at most 3 names."),
        (3, True, "Put a cross beside exactly 3 names; a paper with more or fewer does not count."),
        (5, False, "Put a cross beside as many names as you like."),
    ],
)
def test_a_paper_with_crosses_says_how_many_count(choices: int, exactly: bool, asked: str) -> None:
    view = replace(story.ballots(5), choices=choices, exactly=exactly)
    assert asked in reading.whole(ballot_papers.make(view, "en"))
