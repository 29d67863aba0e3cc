"""The account of the papers: three sums; a difference is explained or it stops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.elections.account import MOST, Account, Fault, Sum, faults

FIRST_ROUND = Account(printed=100, issued=89, handed_back=1, not_returned=0, unused=11, in_box=88)
FEW = st.integers(0, 300)


@pytest.mark.parametrize(
    ("account", "differing"),
    [
        (FIRST_ROUND, {Sum.PRINTED: 0, Sum.BOX: 0}),
        (Account(printed=100, issued=89, unused=10), {Sum.PRINTED: 1}),
        (Account(issued=89, handed_back=1, not_returned=2, in_box=87), {Sum.BOX: 1}),
        (Account(in_box=88, valid=86, blank=1, rejected=1), {Sum.SORTED: 0}),
        (Account(in_box=88, valid=86, blank=1, rejected=0), {Sum.SORTED: 1}),
        (Account(), {}),
        (Account(printed=100, issued=89), {}),
    ],
)
def test_each_sum_is_made_as_soon_as_its_figures_are_known(account: Account, differing: dict[Sum, int]) -> None:
    assert account.differences == differing


def test_a_difference_waits_until_it_is_explained_in_words() -> None:
    short = Account(issued=89, handed_back=1, not_returned=0, in_box=87)
    assert short.unexplained == (Sum.BOX,)
    assert Account(issued=89, handed_back=1, not_returned=0, in_box=87, explained={Sum.BOX: "  "}).unexplained
    told = Account(issued=89, handed_back=1, not_returned=0, in_box=87, explained={Sum.BOX: "One was torn up."})
    assert told.unexplained == ()
    assert told.differences == {Sum.BOX: -1}, "an explanation does not make it disappear"


@pytest.mark.parametrize(
    ("account", "told"),
    [
        (FIRST_ROUND, ()),
        (Account(printed=-1), (Fault.NEGATIVE,)),
        (Account(printed=MOST + 1), (Fault.HUGE,)),
        (Account(issued=3, handed_back=4, not_returned=0), (Fault.HANDED_BACK,)),
        (Account(issued=9, handed_back=0, not_returned=1), (Fault.NO_REASON,)),
        (Account(issued=9, handed_back=0, not_returned=1, not_returned_because="Left the room."), ()),
    ],
)
def test_what_cannot_be_is_told(account: Account, told: tuple[Fault, ...]) -> None:
    assert faults(account) == told


@given(issued=FEW, handed_back=FEW, not_returned=FEW, unused=FEW, lost=FEW)
def test_the_sums_hold_for_whatever_happened_and_tell_how_many_were_lost(
    issued: int, handed_back: int, not_returned: int, unused: int, lost: int
) -> None:
    issued += handed_back + not_returned + lost
    account = Account(
        issued + unused, issued, handed_back, not_returned, unused, issued - handed_back - not_returned - lost
    )
    assert account.differences == {Sum.PRINTED: 0, Sum.BOX: -lost}
    assert bool(account.unexplained) == bool(lost)
