"""The quorum: all conditions, each over its base and unit, to the last person."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.quorum import Base, Condition, Line, Seat, Unit, lines, met, needed

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("condition", "base", "least"),
    [
        (Condition(Base.ROLL, Unit.DELEGATE, number=60), 90, 60),
        (Condition(Base.ROLL, Unit.DELEGATE, number=60, more_than=True), 90, 61),
        (Condition(Base.ROLL, Unit.DELEGATE, share=HALF), 79, 40),
        (Condition(Base.ROLL, Unit.DELEGATE, share=HALF), 90, 45),
        (Condition(Base.ROLL, Unit.DELEGATE, share=HALF, more_than=True), 90, 46),
        (Condition(Base.ROLL, Unit.DELEGATE, share=HALF, more_than=True), 79, 40),
        (Condition(Base.ROLL, Unit.COUNCIL, share=Fraction(2, 3)), 10, 7),
        (Condition(Base.ROLL, Unit.COUNCIL, share=Fraction(2, 3)), 9, 6),
        (Condition(Base.ROLL, Unit.COUNCIL, share=Fraction(2, 3), more_than=True), 9, 7),
        (Condition(Base.ROLL, Unit.DELEGATE, share=HALF), 0, 1),
        (Condition(Base.ROLL, Unit.DELEGATE, number=0), 5, 1),
    ],
)
def test_what_is_needed(condition: Condition, base: int, least: int) -> None:
    assert needed(condition, base) == least


SEATS = (
    Seat("a", "c1", present=True),
    Seat("b", "c1", present=True),
    Seat("c", "c2", proxied=True),
    Seat("d", "c3", standing=False, present=True),
    Seat("e", "c3", standing=False, accredited=False),
)


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        (Condition(Base.ROLL, Unit.DELEGATE, number=3), (5, 3, 3, True)),
        (Condition(Base.ROLL, Unit.DELEGATE, number=4, proxies=True), (5, 4, 4, True)),
        (Condition(Base.ROLL, Unit.COUNCIL, number=3), (3, 3, 2, False)),
        (Condition(Base.ROLL, Unit.COUNCIL, number=3, proxies=True), (3, 3, 3, True)),
        (Condition(Base.STANDING, Unit.DELEGATE, share=HALF, more_than=True), (3, 2, 2, True)),
        (Condition(Base.STANDING, Unit.COUNCIL, number=2), (2, 2, 1, False)),
        (Condition(Base.ACCREDITED, Unit.DELEGATE, share=Fraction(3, 4)), (4, 3, 3, True)),
    ],
)
def test_who_counts(condition: Condition, line: tuple[int, int, int, bool]) -> None:
    (found,) = lines([condition], SEATS)
    assert (found.base, found.needed, found.present, found.met) == line


def test_all_conditions_must_be_met_and_none_is_no_quorum() -> None:
    enough = Line(Condition(Base.ROLL, Unit.DELEGATE, number=2), 5, 2, 2)
    lacking = Line(Condition(Base.ROLL, Unit.COUNCIL, number=2), 5, 2, 1)
    assert met([enough])
    assert not met([enough, lacking])
    assert not met([])


def test_a_condition_is_a_share_or_a_number() -> None:
    with pytest.raises(ValueError, match="share or a number"):
        Condition(Base.ROLL, Unit.DELEGATE)


@given(st.fractions(0, 1), st.integers(1, 500), st.booleans())
def test_what_is_needed_reaches_the_share_and_one_less_does_not(share: Fraction, base: int, more: bool) -> None:
    least = needed(Condition(Base.ROLL, Unit.DELEGATE, share=share, more_than=more), base)
    reached = Fraction(least, base) > share if more else Fraction(least, base) >= share
    before = Fraction(least - 1, base) > share if more else Fraction(least - 1, base) >= share
    assert reached
    assert least == 1 or not before
