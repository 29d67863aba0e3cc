"""A person looks at what was learned, adds a point, and keys in an evaluation sheet: by keyboard."""

from PySide6.QtCore import Qt

from pitso.ui.pages.form import FormPage
from pitso.ui.pages.learning import LearningPage
from tests.ui.conftest import House, Story

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


def page(house: House) -> LearningPage:
    assert isinstance(house.page, LearningPage), house.at
    return house.page


def test_points_lead_to_their_records_and_sheets_wait_for_the_fifth(opened: Story) -> None:
    house = opened.house
    house.shell.go(opened.place("learning"))
    shown = page(house)
    assert [row.title for row in shown.rows.rows if not row.id] == [
        "Nobody uses these yet",
        "In the learning programme",
    ]
    assert sum(row.pill == "in use" for row in shown.rows.rows) == 6
    shown.rows.setFocus()
    house.key(ENTER)
    assert isinstance(house.page, FormPage)
    house.key(Qt.Key.Key_Left, ALT)
    page(house).programme.click()
    assert isinstance(house.page, FormPage)
    house.key(Qt.Key.Key_Left, ALT)
    page(house).part_asked.emit("sheets")
    assert page(house).empty.isVisible()
    assert "5" in page(house).empty.words.text()
    page(house).add.click()
    assert isinstance(house.page, FormPage)
