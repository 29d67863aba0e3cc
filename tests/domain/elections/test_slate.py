"""Conditions on all office bearers together: met, still possible, or named as broken."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.elections.slate import Ahead, Condition, Judgement, Sort, Standing, judge

WOMAN, MAN = Standing("Palesa", "woman", "Three Springs"), Standing("Neo", "man", "Heron River")
MET, OPEN, BROKEN = Judgement.MET, Judgement.OPEN, Judgement.BROKEN

someone = st.builds(
    Standing, st.sampled_from(["Ana", "Ben", "Caro", "Dan"]), st.sampled_from(["woman", "man"]), st.sampled_from("XYZ")
)
ahead = st.lists(st.builds(Ahead, st.just(1), st.lists(someone, min_size=1, max_size=3).map(tuple)), max_size=3)


@pytest.mark.parametrize(
    ("condition", "elected", "to_come", "judged"),
    [
        (Condition(Sort.WOMEN), [WOMAN], [], MET),
        (Condition(Sort.WOMEN), [MAN], [], BROKEN),
        (Condition(Sort.WOMEN), [MAN], [Ahead(1)], OPEN),
        (Condition(Sort.WOMEN), [MAN], [Ahead(1, (MAN,))], BROKEN),
        (Condition(Sort.WOMEN, 2), [WOMAN], [Ahead(3, (WOMAN, MAN))], OPEN),
        (Condition(Sort.MEN), [MAN, WOMAN], [], MET),
        (Condition(Sort.COUNCILS), [MAN, WOMAN], [], MET),
        (Condition(Sort.COUNCILS), [MAN, Standing("Thabo", "man", "Heron River")], [], BROKEN),
        (Condition(Sort.COUNCILS), [MAN], [Ahead(1, (Standing("Thabo", "man", "Heron River"),))], BROKEN),
        (Condition(Sort.COUNCILS), [MAN], [Ahead(1, (WOMAN, MAN))], OPEN),
        (Condition(Sort.COUNCILS), [], [Ahead(1, (WOMAN,)), Ahead(1, (WOMAN,))], BROKEN),
    ],
)
def test_a_condition_is_judged_after_each_position(
    condition: Condition, elected: list[Standing], to_come: list[Ahead], judged: Judgement
) -> None:
    (found,) = judge([condition], elected, to_come)
    assert found.judgement is judged


def test_those_from_one_council_are_named() -> None:
    (found,) = judge([Condition(Sort.COUNCILS)], [MAN, Standing("Thabo", "man", "Heron River")], [])
    assert found.names == ("Neo", "Thabo")


@given(elected=st.lists(someone, max_size=2), to_come=ahead, sort=st.sampled_from(list(Sort)))
def test_broken_is_what_no_choice_of_those_who_stand_can_meet(
    elected: list[Standing], to_come: list[Ahead], sort: Sort
) -> None:
    (found,) = judge([Condition(sort)], elected, to_come)
    slates = [[*elected, *chosen] for chosen in product(*[position.candidates or () for position in to_come])]
    possible = any(judge([Condition(sort)], slate, [])[0].judgement is MET for slate in slates)
    assert (found.judgement is not BROKEN) == possible
