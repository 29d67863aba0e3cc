"""The programme of a day: a session that is moved keeps its length, and the day its breaks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain import programme
from pitso.domain.programme import Slot

DAY = (Slot("a", 540, 580), Slot("b", 585, 735), Slot("c", 780, 855))


@pytest.mark.parametrize(
    ("text", "found"),
    [("09:30", 570), ("0:00", 0), ("24:00", None), ("9", None), ("09:60", None), ("", None), ("ab:cd", None)],
)
def test_times(text: str, found: int | None) -> None:
    assert programme.minutes(text) == found


def test_a_session_moves_and_the_times_follow() -> None:
    moved = programme.moved(DAY, "b", 0)
    assert moved == (Slot("b", 540, 690), Slot("a", 695, 735), Slot("c", 780, 855))


@given(
    st.lists(st.tuples(st.integers(5, 90), st.integers(0, 45)), min_size=1, max_size=8),
    st.data(),
)
def test_lengths_breaks_and_the_beginning_stay(lengths: list[tuple[int, int]], data: st.DataObject) -> None:
    slots, begin = [], 480
    for number, (length, gap) in enumerate(lengths):
        slots.append(Slot(str(number), begin, begin + length))
        begin += length + gap
    own = data.draw(st.integers(0, len(slots) - 1))
    place = data.draw(st.integers(-1, len(slots)))
    moved = programme.moved(slots, str(own), place)
    assert moved[0].starts == slots[0].starts
    assert moved[-1].ends == slots[-1].ends
    assert {slot.session: slot.minutes for slot in moved} == {slot.session: slot.minutes for slot in slots}
    gaps = [after.starts - before.ends for before, after in pairwise(moved)]
    assert gaps == [gap for _length, gap in lengths[:-1]]
    assert moved[max(0, min(place, len(slots) - 1))].session == str(own)


def test_the_balance_of_the_story() -> None:
    led = programme.balance([("host", 275), ("peer", 185), ("shared", 65), ("shared", 75)])
    assert [round(100 * (programme.share(led, side) or 0)) for side in ("host", "peer", "shared")] == [46, 31, 23]
    assert programme.share({}, "host") is None
