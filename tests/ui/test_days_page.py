"""The days that warnings wait, by keyboard and mouse: from the warnings there, another number, and as usual again."""

from PySide6.QtCore import Qt

from pitso.services import thresholds
from pitso.ui import theme
from pitso.ui.pages.days import DaysPage
from pitso.ui.pages.warnings import WarningsPage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER = Qt.Key.Key_Return


def at_days(opened: Story) -> DaysPage:
    opened.house.go(opened.place("warnings"))
    page = opened.house.page
    assert isinstance(page, WarningsPage)
    hands.click(page.days)
    opened.house.settle()
    found = opened.house.page
    assert isinstance(found, DaysPage)
    return found


def test_another_number_is_kept_and_clears_a_warning(opened: Story) -> None:
    page, house = at_days(opened), opened.house
    page.rows.opened.emit("term_ahead")
    house.settle()
    assert page.days.hasFocus()
    assert "Usual: 180 days." in page.days_field._hint.text()
    assert not page.usual.isVisible()
    page.days.setText("soon")
    house.key(ENTER)
    assert "whole number" in page.days_field.fault.text()
    page.days.setText("90")
    house.key(ENTER)
    assert thresholds.settings(house.hall.workspace, opened.engagement).term_ahead == 90
    assert [row.pill for row in page.rows.rows if row.id == "term_ahead"] == ["90 days"]
    assert "Set by" in page.said.text()
    house.key(Qt.Key.Key_Escape)
    warned = house.page
    assert isinstance(warned, WarningsPage)
    assert "W23" not in [row.title[:3] for row in warned.rows.rows]
    assert "W23" in warned.second.text()


def test_as_usual_takes_it_back(opened: Story) -> None:
    thresholds.set_days(opened.house.hall.workspace, opened.engagement, "briefing", 45)
    page = at_days(opened)
    page.rows.opened.emit("briefing")
    opened.house.settle()
    hands.click(page.usual)
    opened.house.settle()
    assert page.days.text() == "30"
    assert not page.usual.isVisible()
    assert thresholds.settings(opened.house.hall.workspace, opened.engagement).briefing == 30


def test_the_pill_of_the_chosen_row_is_seen(opened: Story) -> None:
    """It tells that the number is not the usual one, in the colour that a chosen row has too."""
    thresholds.set_days(opened.house.hall.workspace, opened.engagement, "briefing", 45)
    page = at_days(opened)
    page.rows.opened.emit("briefing")
    opened.house.settle()
    row = page.rows.viewport().grab(page.rows.rect_of("briefing")).toImage()
    seen = {row.pixelColor(x, row.height() // 2).name() for x in range(row.width())}
    assert {theme.now().colour("accent_soft").name(), theme.now().colour("card").name()} <= seen
