"""Presence: the state at any minute follows from what was noted at the door."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.presence import Move, Stay, Way, inside, took_part

ZONE = timezone(timedelta(hours=2))


def at(time: str, day: int = 17) -> datetime:
    hours, minutes = time.split(":")
    return datetime(2026, 6, day, int(hours), int(minutes), tzinfo=ZONE)


MOVES = (
    Move("a", at("08:00"), Way.IN),
    Move("b", at("08:30"), Way.IN),
    Move("b", at("09:20"), Way.OUT),
    Move("c", at("09:10"), Way.IN),
    Move("d", at("08:50"), Way.REMOTE),
    Move("d", at("09:25"), Way.DROPPED),
    Move("a", at("09:00", 18), Way.IN),
)


@pytest.mark.parametrize(
    ("moment", "who"),
    [
        (at("07:59"), ""),
        (at("08:00"), "a"),
        (at("09:00"), "abd"),
        (at("09:15"), "abcd"),
        (at("09:20"), "acd"),
        (at("23:59"), "ac"),
        (at("08:59", 18), ""),
        (at("09:00", 18), "a"),
        (at("07:00").astimezone(UTC) + timedelta(hours=1), "a"),
    ],
)
def test_who_is_in_at_a_minute(moment: datetime, who: str) -> None:
    assert inside(MOVES, moment) == set(who)


def test_how_each_took_part_in_a_session() -> None:
    assert took_part(MOVES, at("09:00"), at("09:30")) == {
        "a": Stay(at("08:00"), late=False, left=None),
        "b": Stay(at("08:30"), late=False, left=at("09:20")),
        "c": Stay(at("09:10"), late=True, left=None),
        "d": Stay(at("08:50"), late=False, left=at("09:25"), remote=True, dropped=True),
    }


moves = st.lists(
    st.builds(
        Move,
        st.sampled_from("abc"),
        st.integers(0, 600).map(lambda m: at("08:00") + timedelta(minutes=m)),
        st.sampled_from(Way),
    ),
    max_size=12,
)


@given(moves, st.randoms())
def test_the_order_in_which_desks_are_joined_does_not_matter(noted: list[Move], random: object) -> None:
    once = list({(move.who, move.at): move for move in noted}.values())
    shuffled = list(once)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert inside(once, at("13:00")) == inside(shuffled, at("13:00"))


@given(moves)
def test_whoever_is_in_during_a_session_took_part(noted: list[Move]) -> None:
    part = took_part(noted, at("09:00"), at("12:00"))
    assert inside(noted, at("09:00")) | inside(noted, at("12:00")) <= set(part)
