"""The guided tour in the window: from its first step to its last and home again."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pitso.services import former_day, tour_steps
from pitso.ui.bindings import first
from pitso.ui.pages.engagement import EngagementPage
from pitso.ui.pages.phases import PhasesPage
from pitso.ui.pages.tour import TourPage
from tests.ui import hands
from tests.ui.conftest import Story
from tests.ui.test_sight import cut_off

ENTER = Qt.Key.Key_Return


def test_the_tour_is_driven_from_end_to_end(opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first, "home", lambda: tmp_path)
    house = opened.house
    digest = house.hall.workspace.journal.digest()
    house.go(opened.place("engagement"))
    page = house.page
    assert isinstance(page, EngagementPage)
    hands.click(page.begin_tour)
    house.settle()
    copy = house.hall.workspace.path
    assert copy.parent == tmp_path
    assert "Step 1 of 10" in house.page.tour_words.text()
    assert not house.page.tour_buttons["back"].isVisible()
    seen = [house.at]
    for _step in range(9):
        hands.click(house.page.tour_buttons["next"])
        house.settle()
        seen.append(house.at)
        assert house.page.tour.isVisible()
        if house.at == "phases":
            _try_to_scale_down(opened)
    assert seen[2:4] == ["reveal", "compare"]
    assert seen[4:] == ["desk", "differences", "election", "election", "phases", "tour"]
    last = house.page
    assert isinstance(last, TourPage)
    assert not last.tour_buttons["next"].isVisible()
    hands.click(last.compare)
    house.qtbot.waitUntil(lambda: last.outcome.isVisible(), timeout=60_000)
    assert last.outcome_words.text() == "Both computers say the same."
    hands.click(last.tour_buttons["end"])
    house.settle()
    assert house.hall.workspace.path == opened.path
    assert house.hall.workspace.journal.digest() == digest
    assert not house.page.tour.isVisible()
    assert not copy.exists()


def _try_to_scale_down(opened: Story) -> None:
    page = opened.house.page
    assert isinstance(page, PhasesPage)
    assert "LEG-2" in page.way.text()
    hands.click(page.go)
    opened.house.settle()
    assert page.form.isVisible(), "the move asks for a reason and two persons"
    opened.house.key(Qt.Key.Key_Escape)


def test_a_step_may_be_shown_again_or_chosen_from_the_list(
    opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first, "home", lambda: tmp_path)
    house = opened.house
    house.go(opened.place("tour"))
    page = house.page
    assert isinstance(page, TourPage)
    page.rows.setFocus()
    house.key(ENTER)
    assert tour_steps.touring(house.hall.workspace)
    house.go(opened.place("assess"))
    hands.click(house.page.tour_buttons["show"])
    house.settle()
    assert house.at == "engagement"
    house.go(opened.place("tour"))
    page = house.page
    assert isinstance(page, TourPage)
    page.rows.opened.emit("9")
    house.settle()
    assert house.at == "phases"
    hands.click(house.page.tour_buttons["back"])
    house.settle()
    assert "Step 8 of 10" in house.page.tour_words.text()


@pytest.mark.parametrize(("language", "body"), [("en", 24), ("ar", 16)])
def test_the_bars_are_not_cut_off_where_there_is_little_room(
    opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, body: int
) -> None:
    monkeypatch.setattr(first, "home", lambda: tmp_path)
    house = opened.house
    house.shell.resize(1024, 600)
    house.hall.touring.emit("begin")
    house.settle()
    house.dress(language=language, body=body)
    tour_steps.to_step(house.hall.workspace, 2)
    for page in ("engagement", "phases", "commitments"):
        house.go(opened.place(page))
        assert house.page.tour.isVisible()
        assert cut_off(house.page) == [], page
    then = former_day.open_as_of(house.hall.workspace, date(2026, 4, 24), known_then=True)
    house.hall.arrived.emit(then)
    house.settle()
    assert house.page.back_then.isVisible()
    assert cut_off(house.page) == []
