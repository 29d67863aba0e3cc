"""The attendance register: every name once, room for late comers, a count on each page."""

from dataclasses import replace

import pytest
from tests.paper import reading, story

from pitso.paper.documents import attendance_register


@pytest.mark.parametrize("number", [0, 1, 120])
def test_every_name_stands_in_it_once(number: int) -> None:
    made = attendance_register.make(story.register(number), "en")
    reading.sound(made)
    pages = reading.pages(made)
    assert sum(page.count("Councillor") for page in pages) == number
    for page in pages:
        assert "Signatures on this page, counted:" in page
        assert "No. Name Council or body Role Signature" in page


def test_long_names_wrap_in_their_cell() -> None:
    view = story.register(3)
    wide = replace(view, rows=tuple(replace(row, name="W" * 80, body="A & B <c> " * 8) for row in view.rows))
    made = attendance_register.make(wide, "ar")
    reading.sound(made)
    assert reading.whole(made).count("W") == 240
