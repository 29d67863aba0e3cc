"""Two entries of the same papers: told apart paper by paper, brought together, sorted as the count sorts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.counting import Ballots, Rule, Rules, count
from pitso.domain.elections import entries
from pitso.domain.elections.entries import Keyed, Reason

A, B, C, BLANK = Keyed((1,)), Keyed((2,)), Keyed((3,)), Keyed()
STANDING = Ballots(1, ("Naledi", "Thabo", "Lineo"), {})

marks = st.lists(st.integers(1, 3), max_size=4).map(tuple)
keyed = st.builds(Keyed, marks, st.sampled_from([None, None, None, Reason.UNCLEAR]))
entry = st.lists(keyed, max_size=25)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ([A, B], [A, B], []),
        ([A, B, C], [A, A, C], [(1, 1, B, A)]),
        ([A, B, C], [A, C], [(1, 1, B, None)]),
        ([A, C], [A, B, C], [(1, 1, None, B)]),
        ([], [A], [(0, 0, None, A)]),
        ([A, BLANK], [A, Keyed(rejected=Reason.UNCLEAR)], [(1, 1, BLANK, Keyed(rejected=Reason.UNCLEAR))]),
    ],
)
def test_a_paper_that_was_passed_over_shifts_nothing(
    first: list[Keyed], second: list[Keyed], told: list[tuple[int, int, Keyed | None, Keyed | None]]
) -> None:
    found = entries.differences(first, second)
    assert [(one.first_at, one.second_at, one.first, one.second) for one in found] == told


@given(first=entry, second=entry, left=st.booleans())
def test_looking_at_each_differing_paper_brings_the_entries_together(
    first: list[Keyed], second: list[Keyed], left: bool
) -> None:
    wanted = first if left else second
    a, b = list(first), list(second)
    for _look in range(len(first) + len(second) + 1):
        found = entries.differences(a, b)
        if not found:
            break
        a, b = entries.agreed(a, b, found[0], found[0].first if left else found[0].second)
    assert a == b == wanted


@pytest.mark.parametrize("rule", [Rule.PLURALITY, Rule.BLOCK, Rule.APPROVAL, Rule.IRV])
@given(papers=entry)
def test_what_is_sorted_by_hand_is_what_the_count_finds_valid(rule: Rule, papers: list[Keyed]) -> None:
    seats = 2 if rule is Rule.BLOCK else 1
    ballots = Ballots(seats, STANDING.names, {})
    found = entries.sort_papers(papers, ballots, rule, Rules())
    counted = count(rule, entries.in_the_box(papers, ballots))
    assert (found.valid, found.all) == (counted.valid, len(papers))
    assert counted.invalid == found.blank + sum(found.rejected.values())


@given(papers=entry, order=st.randoms(use_true_random=False))
def test_the_box_forgets_the_order_in_which_papers_were_keyed(papers: list[Keyed], order: object) -> None:
    mixed = list(papers)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = entries.in_the_box(papers, STANDING).papers, entries.in_the_box(mixed, STANDING).papers
    assert list(one.items()) == list(other.items())


@pytest.mark.parametrize(
    ("paper", "rule", "options", "reason"),
    [
        (A, Rule.PLURALITY, Rules(), None),
        (Keyed((1, 2)), Rule.PLURALITY, Rules(), Reason.TOO_MANY),
        (Keyed((1, 1)), Rule.PLURALITY, Rules(), None),
        (Keyed((1, 2, 3)), Rule.APPROVAL, Rules(), None),
        (A, Rule.BLOCK, Rules(exactly=True), Reason.TOO_FEW),
        (Keyed(((1, 2), 3)), Rule.IRV, Rules(), Reason.NO_FIRST),
        (Keyed((1, 1, 2)), Rule.IRV, Rules(), None),
        (Keyed((1,), rejected=Reason.NAMES_VOTER), Rule.IRV, Rules(), Reason.NAMES_VOTER),
    ],
)
def test_why_a_paper_does_not_count(paper: Keyed, rule: Rule, options: Rules, reason: Reason | None) -> None:
    seats = 2 if rule is Rule.BLOCK else 1
    assert entries.counts_as(paper, Ballots(seats, STANDING.names, {}), rule, options) is reason


def test_a_decision_on_a_challenged_paper_ends_the_challenge() -> None:
    (paper,) = entries.decided([Keyed((1,), challenged=True)], 0, rejected=None)
    assert paper == A
    (paper,) = entries.decided([Keyed((1,), challenged=True)], 0, rejected=Reason.UNCLEAR)
    assert paper == Keyed((1,), Reason.UNCLEAR)


def test_where_crosses_are_made_neither_order_nor_repetition_is_kept() -> None:
    keyed_ = Keyed((8, 1, 8, (17, 2)), challenged=True)
    assert entries.as_marked(keyed_, Rule.BLOCK) == Keyed((1, 2, 8, 17), challenged=True)
    assert entries.as_marked(keyed_, Rule.IRV) == keyed_
