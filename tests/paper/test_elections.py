"""Papers of an election: every name, every figure also in words, room for every vote, nothing that does not add up."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paper import reading, story

from pitso import words
from pitso.paper import sheet, spelling
from pitso.paper.documents import (
    badges,
    ballot_account,
    certificate,
    count_report,
    declaration,
    delegates_roll,
    hand_count_sheet,
    nomination_list,
    tally_sheet,
)
from pitso.paper.documents.tally_sheet import Gates
from pitso.paper.prose import Prose

SPELLED = {
    "en": {
        0: "zero",
        21: "twenty-one",
        116: "one hundred and sixteen",
        1001: "one thousand and one",
        1234: "one thousand two hundred and thirty-four",
        100000: "one hundred thousand",
    },
    "fr": {
        16: "seize",
        71: "soixante et onze",
        80: "quatre-vingts",
        81: "quatre-vingt-un",
        91: "quatre-vingt-onze",
        200: "deux cents",
        201: "deux cent un",
        1000: "mille",
        80000: "quatre-vingt mille",
        200080: "deux cent mille quatre-vingts",
    },
    "pt": {
        16: "dezasseis",
        100: "cem",
        101: "cento e um",
        116: "cento e dezasseis",
        1100: "mil e cem",
        1234: "mil duzentos e trinta e quatro",
        2001: "dois mil e um",
    },
    "ar": {
        0: "صفر",
        11: "أحد عشر",
        12: "اثنا عشر",
        64: "أربعة وستون",
        116: "مائة وستة عشر",
        2000: "ألفان",
        3007: "ثلاثة آلاف وسبعة",
        11000: "أحد عشر ألف",
    },
}


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [(code, number, said) for code, each in SPELLED.items() for number, said in each.items()],
)
def test_a_number_is_spelled_as_its_language_spells_it(language: str, number: int, said: str) -> None:
    with words.speaking(language):
        assert spelling.spelled(number) == said


@given(st.sets(st.integers(0, spelling.LARGEST), min_size=2, max_size=2), st.sampled_from(list(words.LANGUAGES)))
def test_no_two_numbers_are_spelled_alike(numbers: set[int], language: str) -> None:
    with words.speaking(language):
        assert len({spelling.spelled(number) for number in numbers}) == 2


def test_a_number_beyond_all_votes_stays_a_figure() -> None:
    assert spelling.spelled(1_000_000) == "1,000,000"
    assert spelling.spelled(-1) == "-1"


def test_a_declaration_says_its_figures_in_words() -> None:
    text = reading.whole(declaration.make(story.declared(), "en"))
    assert "Elected: Mpho Koro-Noka." in text
    assert "64 sixty-four elected" in text
    assert "Entitled 90 ninety" in text
    assert "307.25" in text
    assert "Roll (SHA-256): " + " ".join(["9f3c 21aa 77d2 0b14"] * 4) in text
    assert "Papers (SHA-256): " + " ".join(["87e6 1f28 7bd6 0ffe"] * 4) in text
    french = reading.whole(declaration.make(story.declared(), "fr"))
    assert "soixante-quatre" in french


def test_nobody_elected_is_said() -> None:
    view = story.declared()
    none = replace(view, results=(replace(view.results[0], candidates=()),))
    assert "Nobody is elected." in reading.whole(declaration.make(none, "en"))


def test_a_difference_of_the_account_is_printed_with_its_explanation() -> None:
    text = reading.whole(ballot_account.make(story.account(), "en"))
    assert "in the box = issued – handed back –1 A delegate left with the paper." in text
    assert "printed = issued + unused none" in text
    assert "Printed 100 one hundred" in text


def test_a_sign_stays_before_its_figure_in_arabic_too() -> None:
    with words.speaking("ar"):
        (line,) = Prose(ballot_account._difference(ballot_account.Balance("", -1)), sheet.CELL).lines(100)
    assert line.text == "–1"


def test_whoever_is_out_is_not_listed_any_more_among_the_later_stages() -> None:
    view = story.counted()
    text = reading.whole(count_report.make(view, "en"))
    assert [text.count(name) for name in view.candidates] == [1] * 6 + [2] * 6


@pytest.mark.parametrize("number", [1, 8, 9, 80])
def test_eight_badges_stand_on_a_page_and_each_is_scanned(number: int) -> None:
    view = story.badge_sheet(number)
    made = badges.make(view, "en")
    assert len(reading.pages(made)) == -(-number // 8)
    first = set(reading.codes(reading.scanned(made)))
    assert first == {badge.serial for badge in view.badges[:8]}


def test_a_long_name_on_a_badge_wraps_beside_its_code() -> None:
    view = story.badge_sheet(1)
    long = replace(view.badges[0], name="Lebohang-Refiloe " * 5, body="W" * 80, role="Delegate & <observer>")
    made = badges.make(replace(view, badges=(long,)), "en")
    reading.sound(made, margin=story.margin("badges"))
    assert reading.codes(reading.scanned(made)) == ["B-0001"]
    assert "Delegate & <observer>" in reading.whole(made)


def test_no_badge_is_a_page_and_no_crash() -> None:
    assert badges.make(story.badge_sheet(0), "en").startswith(b"%PDF")


@pytest.mark.parametrize(("candidates", "voters"), [(1, 1), (12, 120), (60, 300)])
def test_a_tally_sheet_has_room_for_every_name(candidates: int, voters: int) -> None:
    made = tally_sheet.make(story.tally(candidates, voters), "en")
    reading.sound(made)
    assert reading.whole(made).count("Lantern City Council") == candidates


@pytest.mark.parametrize(("votes", "lines"), [(1, 1), (120, 3), (5000, tally_sheet.MOST_LINES)])
def test_gates_hold_so_many_votes(votes: int, lines: int) -> None:
    assert Gates(votes).wrap(280, 0)[1] == lines * tally_sheet.TALL


def test_a_hand_count_goes_on_on_the_next_page() -> None:
    pages = reading.pages(hand_count_sheet.make(story.by_hand(), "en"))
    assert "Stage 4" in pages[0]
    assert "Stage 5" in pages[1]


def test_a_roll_numbers_every_delegate_and_says_who_may_not_vote() -> None:
    view = story.roll()
    text = reading.whole(delegates_roll.make(view, "en"))
    assert "27 Thabo Naleli" in text
    assert "not in good standing" in text
    assert "3 votes" in text
    unsigned = reading.whole(delegates_roll.make(replace(view, for_signing=False), "en"))
    assert "No. Name Office As Signature" in text
    assert "No. Name Office As Signature" not in unsigned


def test_a_position_without_candidates_says_so() -> None:
    text = reading.whole(nomination_list.make(story.nominations(), "en"))
    assert "Nobody has been nominated." in text
    assert "refused: not on the roll & late <sic>" in text


def test_each_person_has_a_certificate_and_a_blank_one_has_a_line() -> None:
    pages = reading.pages(certificate.make(story.certificates(), "en"))
    assert len(pages) == 2
    blank = reading.pages(certificate.make(replace(story.certificates(), recipients=()), "en"))
    assert len(blank) == 1
    assert "…………" in blank[0]


def test_votes_with_fractions_have_no_words() -> None:
    view = story.declared()
    votes = replace(view.results[0].candidates[0], votes=Fraction(1, 2))
    text = reading.whole(
        declaration.make(replace(view, results=(replace(view.results[0], candidates=(votes,)),)), "en")
    )
    assert "0.5 elected" in text
