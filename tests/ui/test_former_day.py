"""Looking back in the window: a bar that says so, nothing written, and the way back."""

from PySide6.QtCore import Qt

from pitso.services import commitments, people, persons_here
from pitso.ui.pages.commitments import CommitmentsPage
from pitso.ui.pages.engagement import EngagementPage
from pitso.ui.pages.former import FormerPage
from pitso.ui.parts.head_bars import FormerBar
from tests.ui import hands
from tests.ui.conftest import House, Story

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def look_back(opened: Story, day: str) -> None:
    house = opened.house
    house.go(opened.place("former"))
    page = house.page
    assert isinstance(page, FormerPage)
    page.day.setText(day)
    house.key(ENTER)


def bar_of(house: House) -> FormerBar:
    bar = house.page.former_bar
    assert bar is not None
    return bar


def test_a_former_day_is_shown_with_a_bar_and_one_returns(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("engagement"))
    page = house.page
    assert isinstance(page, EngagementPage)
    assert page.former_bar is None
    hands.click(page.look_back)
    house.settle()
    look_back(opened, "2026-04-24")
    assert house.at == "engagement"
    shown = house.page
    assert isinstance(shown, EngagementPage)
    assert "24 April 2026" in bar_of(house).words.text()
    assert "W03" in {row.pill for row in shown.warned_of.rows}
    house.go(opened.place("commitments"))
    assert bar_of(house).isVisible()
    hands.click(bar_of(house).to_today)
    house.settle()
    assert not house.hall.workspace.looking_back
    assert house.page.former_bar is None


def test_a_deed_is_refused_in_words(opened: Story) -> None:
    house = opened.house
    look_back(opened, "2026-05-20")
    house.go(opened.place("commitments"))
    page = house.page
    assert isinstance(page, CommitmentsPage)
    page.rows.setFocus()
    house.key(ENTER)
    page.closings.buttons["drop"].click()
    house.write("No")
    house.key(ENTER)
    assert "former day" in house.shell.bars.happened.text()
    assert len(commitments.commitments(house.hall.workspace, opened.engagement)) == 6


def test_what_is_no_day_or_has_not_come_is_told(opened: Story) -> None:
    house = opened.house
    look_back(opened, "soon")
    page = house.page
    assert isinstance(page, FormerPage)
    assert "year-month-day" in page.day_field.fault.text()
    page.day.setText("2027-01-01")
    house.key(ENTER)
    assert house.at == "former"
    page.knowledge.buttons["now"].click()
    house.key(ENTER) if page.day.hasFocus() else page.show_day.click()
    house.settle()
    assert house.at == "engagement"
    assert "as of 1 January 2027" in bar_of(house).words.text()


def test_a_day_is_picked_from_the_list_and_locking_returns_to_today(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    assert ws.author is not None
    persons_here.set_pin(ws, ws.author, "2468")
    house.go(opened.place("former"))
    page = house.page
    assert isinstance(page, FormerPage)
    page.days.setFocus()
    house.key(Qt.Key.Key_Down)
    house.key(ENTER)
    assert house.hall.workspace.looking_back
    house.shell.lock()
    house.settle()
    assert house.at == "unlock"
    assert not house.hall.workspace.looking_back
    assert people.persons(house.hall.workspace)
