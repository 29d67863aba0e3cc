"""Pages that are made while nobody touches the window."""

import pytest

from pitso.ui import ahead, directory
from pitso.ui.ahead import Ahead
from pitso.ui.parts.page import Page
from tests.ui.conftest import Story
from tests.ui.test_sight import cut_off


def made(opened: Story) -> int:
    shell = opened.house.shell
    return sum(isinstance(shell.stack.widget(place), Page) for place in range(shell.stack.count()))


def test_while_somebody_touches_the_window_no_page_is_made(opened: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    rested = [ahead.REST - 0.1]
    monkeypatch.setattr(opened.house.shell, "rested", lambda: rested[0])
    before, work = made(opened), Ahead(opened.house.shell)
    work.look()
    assert made(opened) == before
    rested[0] = ahead.REST
    for _page in range(3):
        work.look()
    assert made(opened) > before
    work.deleteLater()


def test_what_was_made_ahead_opens_whole(opened: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    house = opened.house
    monkeypatch.setattr(house.shell, "rested", lambda: ahead.REST)
    here, work = house.page, Ahead(house.shell)
    house.qtbot.waitUntil(lambda: not work._timer.isActive(), timeout=60_000)
    assert made(opened) == len(set(directory.KNOWN) - ahead.APART)
    assert house.page is here
    for name in ("commitments", "people", "roll", "desk", "settings"):
        house.go(opened.place(name))
        assert house.at == name
        assert house.page.isVisible()
        assert cut_off(house.page) == [], name
