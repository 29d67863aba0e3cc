"""Badges: any one wrong character is seen, and desks that work apart never give one number twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain import badges

CODES = st.integers(0, 23**3 - 1).map(badges.workshop_code)


@given(CODES, st.integers(1, 99999))
def test_what_is_printed_is_read(code: str, number: int) -> None:
    printed = badges.serial(code, number)
    assert badges.read(printed) == (code, number)
    assert badges.read(f" {printed.lower().replace('-', ' ')}\r") == (code, number)


@given(CODES, st.integers(1, 9999), st.data())
def test_one_wrong_character_or_two_that_changed_places_are_seen(code: str, number: int, data: st.DataObject) -> None:
    printed = badges.serial(code, number).replace("-", "")
    place = data.draw(st.integers(0, len(printed) - 1))
    letter = data.draw(st.sampled_from(badges.ALPHABET))
    wrong = printed[:place] + letter + printed[place + 1 :]
    assert (badges.read(wrong) == (code, number)) == (wrong == printed)
    swapped = list(printed)
    other = data.draw(st.integers(0, len(printed) - 1))
    swapped[place], swapped[other] = swapped[other], swapped[place]
    assert (badges.read("".join(swapped)) == (code, number)) == ("".join(swapped) == printed)


def test_a_scanner_for_an_english_keyboard_is_read_on_a_french_one() -> None:
    printed = badges.serial("7K2", 42)
    french = str.maketrans("0123456789", "à&é\"'(-è_ç")
    assert badges.read(printed.replace("-", ")").lower().translate(french)) == ("7K2", 42)


@pytest.mark.parametrize("noise", ["", "E6D", "7K2-0042", "http://example.org/42", "0042", "Thabo Mollo", "������"])
def test_noise_is_no_badge(noise: str) -> None:
    assert badges.read(noise) is None


@pytest.mark.parametrize(
    ("text", "scanned"),
    [("7K2-0042-X", True), ("http://1234", True), ("Mollo", False), ("42", False), ("C04 2026", False)],
)
def test_what_a_scanner_gives_is_told_from_a_name(text: str, scanned: bool) -> None:
    assert badges.looks_scanned(text) is (scanned or sum(map(str.isdigit, text)) >= badges.DIGITS)


@given(st.integers(0, 400), st.lists(st.tuples(st.sampled_from("ABCYZ"), st.integers(0, 350)), unique=True))
def test_desks_that_work_apart_never_give_one_number_twice(invited: int, given_: list[tuple[str, int]]) -> None:
    first = badges.first_range(invited)
    numbers = [badges.of_desk(first, desk, count) for desk, count in given_]
    assert len(set(numbers)) == len(numbers)
    assert all(number > first >= invited for number in numbers)


def test_the_ranges_are_those_of_the_story() -> None:
    assert badges.of_desk(badges.first_range(129), "A", 0) == 201
    assert badges.of_desk(badges.first_range(129), "B", 1) == 302
