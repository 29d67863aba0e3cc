"""Majorities: what "for" needs, and counts that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.majorities import Majority, Mode, Votes, adopted, impossible

SIMPLE, ABSOLUTE, THIRDS, QUARTERS = Majority


@pytest.mark.parametrize(
    ("votes", "rule", "present", "outcome"),
    [
        (Votes(86, 0, 2), SIMPLE, 88, True),
        (Votes(74, 9, 5), SIMPLE, 88, True),
        (Votes(44, 44, 0), SIMPLE, 88, False),
        (Votes(1, 0, 87), SIMPLE, 88, True),
        (Votes(0, 0, 88), SIMPLE, 88, False),
        (Votes(45, 0, 43), ABSOLUTE, 88, True),
        (Votes(44, 0, 44), ABSOLUTE, 88, False),
        (Votes(81, 3, 4), THIRDS, 88, True),
        (Votes(56, 28, 4), THIRDS, 88, True),
        (Votes(55, 28, 5), THIRDS, 88, False),
        (Votes(63, 21, 4), QUARTERS, 88, True),
        (Votes(62, 21, 5), QUARTERS, 88, False),
        (Votes(60, 0, 29), SIMPLE, 88, False),
        (Votes(0, 0, 0), THIRDS, 88, False),
    ],
)
def test_a_counted_vote(votes: Votes, rule: Majority, present: int, outcome: bool) -> None:
    assert adopted(Mode.HANDS, votes, rule, present) is outcome


@pytest.mark.parametrize("mode", [Mode.CONSENSUS, Mode.ACCLAMATION])
def test_consensus_and_acclamation_count_nothing(mode: Mode) -> None:
    assert adopted(mode, None, Majority.THREE_QUARTERS, 88)


def test_a_counted_vote_without_counts_adopts_nothing() -> None:
    assert not adopted(Mode.SECRET, None, Majority.SIMPLE, 88)


@given(*[st.integers(-1, 50)] * 3, st.integers(0, 100))
def test_counts_above_those_present_or_below_nothing_cannot_be(
    yes: int, no: int, abstaining: int, present: int
) -> None:
    votes = Votes(yes, no, abstaining)
    assert impossible(votes, present) == (yes + no + abstaining > present or min(yes, no, abstaining) < 0)
    assert not (impossible(votes, present) and adopted(Mode.HANDS, votes, Majority.SIMPLE, present))


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_heavier_majority_never_adopts_what_a_lighter_one_does_not(yes: int, no: int) -> None:
    votes, present = Votes(yes, no, 0), yes + no
    found = [adopted(Mode.HANDS, votes, rule, present) for rule in (SIMPLE, THIRDS, QUARTERS)]
    assert found == sorted(found, reverse=True)
