"""A person writes the hosts' copy and a workbook from the window, by keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt

from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.give import GivePage
from tests.ui.conftest import House, Story

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def give(house: House) -> GivePage:
    assert isinstance(house.page, GivePage), house.at
    return house.page


def until_done(house: House, page: GivePage) -> None:
    house.qtbot.waitUntil(lambda: page.write.isEnabled() and page.last.isVisible(), timeout=120_000)
    house.settle()


def test_everything_leaves_in_a_workbook_and_as_the_hosts_copy(opened: Story, tmp_path: Path) -> None:
    house = opened.house
    house.hall.asking.choose_folder = lambda *_words: tmp_path  # type: ignore[method-assign]
    house.key(Qt.Key.Key_7, CTRL)
    exchange = house.page
    assert isinstance(exchange, ExchangePage)
    exchange.give.click()
    page = give(house)
    house.key(Qt.Key.Key_2)
    assert page.reader_field.isVisible()
    house.key(ENTER)
    until_done(house, page)
    (workbook,) = tmp_path.glob("*.xlsx")
    assert workbook.name in page.last.text()
    assert "left out" in page.last.text()
    page.last.hide()
    house.key(Qt.Key.Key_1)
    assert not page.reader_field.isVisible()
    house.key(ENTER)
    until_done(house, page)
    assert list(tmp_path.glob("*/index.html"))
    house.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert house.at == "exchange"
