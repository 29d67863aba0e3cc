"""Two spellings of one name are found; two people are not taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.doubles import alike, pairs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Khauhelo Letša-Poone", "Khauhelo Letsa Poone", True),
        ("'Mamotse Thaba", "Mamotse Thaba", True),
        ("Thabo Noka-Moru", "Tabo Noka-Moru", True),
        ("Thabo Noka-Moru", "Tabo Noka-Mouru", True),
        ("Thabo Noka-Moru", "Tebo Noka-Mouri", False),
        ("Thabo Noka", "Lineo Noka", False),
        ("Neo", "Neo", True),
        ("Neo", "Leo", False),
        ("", "", False),
    ],
)
def test_names_at_most_two_letters_apart_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_people_of_two_bodies_are_two() -> None:
    names = {"1": ("Thabo Noka", "a"), "2": ("Thabo Noka", "b"), "3": ("Thabo Noka", ""), "4": ("Tabo Noka", "a")}
    assert pairs(names) == [("1", "3"), ("1", "4"), ("2", "3"), ("3", "4")]


LETTERS = st.text("abc", min_size=1, max_size=9)


@given(st.dictionaries(st.text("123456", min_size=1), st.tuples(LETTERS, st.sampled_from(["", "x", "y"])), max_size=9))
def test_the_quick_search_finds_what_comparing_all_finds(names: dict[str, tuple[str, str]]) -> None:
    slowly = {
        (one, other)
        for one, (name, body) in names.items()
        for other, (another, its) in names.items()
        if one < other and (not body or not its or body == its) and alike(name, another)
    }
    assert set(pairs(names)) == slowly
