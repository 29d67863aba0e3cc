"""The figures of a programme: each counted at its border, and summed without losing anything."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.facts import Commitment, Event, EventKind, Facts, Milestones, Peer, Step
from pitso.domain.phases import phases
from pitso.domain.programme_figures import Figures, Reached, figures, together

TODAY = date(2026, 9, 30)


def of(facts: Facts, today: date = TODAY) -> Figures:
    return figures(facts, phases(facts, today), today)


def event(day: date, *, until: date | None = None, following: date | None = None) -> Event:
    return Event(EventKind.VISIT, "visit", day, until or day, following)


@pytest.mark.parametrize(("days", "long"), [(89, 0), (90, 0), (91, 1), (400, 1)])
def test_a_gap_is_long_after_90_days(days: int, long: int) -> None:
    first = date(2025, 1, 1)
    assert of(Facts(events=(event(first), event(first + timedelta(days))))).long_gaps == long


def test_a_gap_begins_when_the_event_before_ended() -> None:
    first = event(date(2025, 1, 1), until=date(2025, 2, 1))
    assert of(Facts(events=(first, event(date(2025, 4, 10))))).long_gaps == 0


def test_what_is_planned_is_no_event_yet() -> None:
    known = Facts(events=(event(date(2026, 9, 1), following=date(2026, 11, 10)), event(date(2026, 11, 10))))
    assert of(known).events == (1, 1)


@pytest.mark.parametrize(
    ("due", "closed", "expected"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), (1, 1)),
        (date(2026, 9, 1), date(2026, 9, 2), (0, 1)),
        (date(2026, 9, 30), None, (0, 1)),
        (date(2026, 10, 1), None, (0, 0)),
        (date(2026, 10, 1), date(2026, 9, 1), (1, 1)),
    ],
)
def test_a_commitment_is_on_time_until_its_day(due: date, closed: date | None, expected: tuple[int, int]) -> None:
    known = Facts(commitments=(Commitment("Sign it", "host", "Mpho", due, closed_on=closed),))
    assert of(known).commitments["host"] == expected
    assert of(known).commitments["supporting"] == (0, 0)


def test_shares_are_parts_of_wholes() -> None:
    known = Facts(
        team=(Peer("A", trained_on=date(2025, 11, 12)), Peer("B")),
        steps=(Step("Visit", Fraction(100), Fraction(60)), Step("Forum", Fraction(50), Fraction(15))),
        learned={"host": 7, "supporting": 5},
    )
    assert of(known).trained == (1, 2)
    assert of(known).cover == (Fraction(75), Fraction(150))
    assert of(known).learned == {"host": 7, "supporting": 5}


@pytest.mark.parametrize(
    ("age", "last", "expected"),
    [(364, 300, (0, 0)), (365, 300, (1, 1)), (365, 100, (0, 1)), (800, 700, (1, 1))],
)
def test_an_association_is_active_if_something_took_place_in_the_half_year_before(
    age: int, last: int, expected: tuple[int, int]
) -> None:
    founded = TODAY - timedelta(age)
    known = Facts(milestones=Milestones(association_founded=founded), events=(event(founded + timedelta(last)),))
    assert of(known).active_after[12] == expected


PAIR = st.tuples(st.integers(0, 9), st.integers(0, 9))
FIGURES = st.builds(
    Figures,
    engagements=st.integers(0, 3),
    days=st.dictionaries(st.integers(1, 13), st.integers(0, 300)),
    events=PAIR,
    reached=st.builds(Reached, *[st.integers(0, 200)] * 4),
    commitments=st.dictionaries(
        st.sampled_from(["host", "supporting"]), st.tuples(st.integers(0, 9), st.integers(0, 9))
    ),
    cover=st.tuples(st.fractions(0, 9), st.fractions(0, 9)),
)


@given(st.lists(FIGURES, max_size=5), st.randoms())
def test_the_order_of_engagements_does_not_matter(several: list[Figures], chance: object) -> None:
    shuffled = sorted(several, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    assert together(several) == together(shuffled)
    assert together(several).events == (sum(f.events[0] for f in several), sum(f.events[1] for f in several))
