"""The engagement at one look: every part leads to its place, by key and by mouse."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from pitso.services import workshops
from pitso.ui.pages.engagement import EngagementPage
from pitso.ui.pages.programme import ProgrammePage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER = Qt.Key.Key_Return


def at_engagement(opened: Story) -> EngagementPage:
    opened.house.go(opened.place("engagement"))
    page = opened.house.page
    assert isinstance(page, EngagementPage)
    return page


def test_the_time_line_is_walked_with_the_arrows_and_opens_an_event(opened: Story) -> None:
    page, house = at_engagement(opened), opened.house
    page.timeline.setFocus()
    assert "Visit 3" in page.timeline.accessibleDescription()
    house.key(Qt.Key.Key_Right)
    assert "Visit 4, follow-up, 10 November 2026" in page.timeline.accessibleDescription()
    house.key(Qt.Key.Key_Left)
    house.key(ENTER)
    assert (house.at, "/visit/" in house.hall.place.code) == ("form", True)


def test_a_phase_of_the_ribbon_opens_with_a_click(opened: Story) -> None:
    page, house = at_engagement(opened), opened.house
    assert "10" in page.ribbon.accessibleDescription()
    hands.click(page.ribbon, page.ribbon.rect_of(11).center())
    house.settle()
    assert (house.at, house.hall.place.code) == ("phases", "12")


def test_in_arabic_the_time_runs_the_other_way(opened: Story) -> None:
    opened.house.dress(language="ar")
    page = at_engagement(opened)
    assert page.ribbon.rect_of(0).left() > page.ribbon.rect_of(12).left()
    page.timeline.setFocus()
    opened.house.key(Qt.Key.Key_Left)
    assert "Visit 4" in page.timeline.accessibleDescription()


def test_a_warning_leads_to_itself(opened: Story) -> None:
    page, house = at_engagement(opened), opened.house
    page.warned_of.setFocus()
    house.key(Qt.Key.Key_Down)
    house.key(ENTER)
    assert house.at == "warnings"
    assert house.hall.place.code.startswith("W05")


@pytest.mark.parametrize(
    ("door", "page"),
    [("Commitments", "commitments"), ("Contact log", "contacts"), ("Basalt District Council", "people")],
)
def test_how_it_stands_leads_to_its_place(opened: Story, door: str, page: str) -> None:
    shown, house = at_engagement(opened), opened.house
    place = next(place for place, row in enumerate(shown.doors.rows) if row.title == door)
    shown.doors.opened.emit(str(place))
    house.settle()
    assert house.at == page


def test_the_next_date_of_a_workshop_is_kept_and_a_place_names_its_workshop(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    strategy = next(one for one in workshops.workshops(ws, opened.engagement) if one.kind == "strategy")
    house.go(opened.place("room", code=strategy.id))
    page = house.page
    assert isinstance(page, ProgrammePage)
    assert page.next_date.day.text() == "2026-09-21"
    page.next_date.day.setText("2026-08-19")
    page.next_date.day.setFocus()
    house.key(Qt.Key.Key_Return)
    assert workshops.workshop(ws, strategy.id).next_date == date(2026, 9, 21), "it lies before the end"
    page.next_date.day.setText("soon")
    house.key(Qt.Key.Key_Return)
    assert "year-month-day" in page.next_date.field.fault.text()
    page.next_date.day.setText("2026-10-01")
    house.key(Qt.Key.Key_Return)
    assert workshops.workshop(ws, strategy.id).next_date == date(2026, 10, 1)
