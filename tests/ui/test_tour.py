"""The guided tour in the window: every one of its ten steps is done, from the first to the last and home again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt

from pitso.services import assessments, contests, doubles, former_day, tour_steps
from pitso.services.workspace import Workspace
from pitso.ui.bindings import first
from pitso.ui.pages.compare import ComparePage
from pitso.ui.pages.count import CountPage
from pitso.ui.pages.desk import DeskPage
from pitso.ui.pages.differences import DifferencesPage
from pitso.ui.pages.election import ElectionPage
from pitso.ui.pages.engagement import EngagementPage
from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.papers import PapersPage
from pitso.ui.pages.phases import PhasesPage
from pitso.ui.pages.reveal import RevealPage
from pitso.ui.pages.tour import TourPage
from pitso.ui.pages.warnings import WarningsPage
from pitso.ui.parts.head_bars import TourBar
from pitso.ui.parts.page import Page
from tests.ui import hands
from tests.ui.conftest import House, Story
from tests.ui.test_sight import cut_off

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
Shown = TypeVar("Shown", bound=Page)


def bar_of(house: House) -> TourBar:
    bar = house.page.tour_bar
    assert bar is not None
    return bar


class Tour:
    """Somebody who takes the tour in the window, step by step, and does what each step asks for."""

    def __init__(self, opened: Story, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.house, self.folder, self.monkeypatch = opened.house, folder, monkeypatch
        self.digest = self.ws.journal.digest()
        self.house.go(opened.place("engagement"))
        hands.click(self.at(EngagementPage).begin_tour)
        self.house.settle()
        self.copy = self.ws.path

    @property
    def ws(self) -> Workspace:
        return self.house.hall.workspace

    @property
    def tour(self) -> TourBar:
        return bar_of(self.house)

    def at(self, kind: type[Shown]) -> Shown:
        page = self.house.page
        assert isinstance(page, kind), page
        return page

    def go_on(self, number: int) -> None:
        hands.click(self.tour.buttons["next"])
        self.house.settle()
        assert f"Step {number} of 10" in self.tour.title.text()

    def wait(self, until: Callable[[], object]) -> None:
        self.house.qtbot.waitUntil(lambda: bool(until()), timeout=30_000)

    # ---- what each step asks for ------------------------------------------------------------------------------

    def look_and_print_the_history(self) -> None:
        assert "Step 1 of 10" in self.tour.title.text()
        assert self.at(EngagementPage).ribbon.isVisible()
        self.house.key(Qt.Key.Key_P, CTRL)
        papers = self.at(PapersPage)
        self.wait(papers.preview.isVisible)
        assert papers.document.pageCount() == 1

    def follow_a_warning(self) -> None:
        page = self.at(WarningsPage)
        assert [row.title[:3] for row in page.rows.rows][:2] == ["W04", "W05"]
        hands.click(page.go)
        self.house.settle()
        assert self.house.at == "form"

    def reveal(self) -> None:
        page = self.at(RevealPage)
        hands.click(page.reveal)
        self.house.settle()
        assert assessments.load(self.ws, self.house.hall.place.assessment).revealed

    def compare(self) -> None:
        page = self.at(ComparePage)
        assert page.radar.isVisible()
        assert "42" in page.summary.text()

    def register_a_guest(self) -> None:
        self._set_up_a_printer()
        page = self.at(DeskPage)
        self.house.write("Lerato Guest")
        self.house.key(ENTER)
        self.house.key(ENTER)
        assert page.recent.rows[0].title.startswith("Lerato Guest")
        hands.click(page.print)
        self.wait((self.folder / "badge.pdf").exists)
        self.wait(lambda: not page.print.isVisible())

    def _set_up_a_printer(self) -> None:
        """One that keeps what it is given, as the badge."""
        scripts = {"lp": f'for last; do cp "$last" {self.folder}/badge.pdf; done', "lpstat": "echo Laser"}
        for name, script in scripts.items():
            (self.folder / name).write_text(f"#!/bin/sh\n{script}\n")
            (self.folder / name).chmod(0o755)
        self.monkeypatch.setenv("PATH", f"{self.folder}:/usr/bin:/bin")

    def join_desk_b(self) -> None:
        page = self.at(ExchangePage)
        (bundle,) = self.house.hall.asking.folder.iterdir()
        self.monkeypatch.setattr(self.house.hall.asking, "open_files", lambda _title, _kinds: [bundle])
        hands.click(page.receive)
        self.wait(page.report.isVisible)
        self.house.key(Qt.Key.Key_D, CTRL)
        differences = self.at(DifferencesPage)
        self.wait(lambda: differences.joined_buttons)
        joined = len(doubles.joined(self.ws))
        self.house.key(Qt.Key.Key_Tab)
        hands.click(differences.joined_buttons[-1])
        self.house.settle()
        assert len(doubles.joined(self.ws)) == joined + 1

    def count_the_tie(self) -> None:
        hands.click(self.at(CountPage).close_box)
        self.house.settle()
        page = self.at(ElectionPage)
        assert page.title.text() == "Equal votes"
        (card,) = page.cards
        for key, text in (("by", "Mpho"), ("witness 1", "Palesa"), ("witness 2", "Tumelo")):
            editor = card.editors[key]
            editor.setFocus()
            self.house.write(text)
        hands.click(card.deeds["lot"])
        self.house.settle()
        contest = contests.load(self.ws, contests.elections(self.ws, self.house.hall.place.engagement)[-1]).contests[0]
        assert len(contest.course.winners) == 1

    def print_the_declaration(self) -> None:
        hands.click(self.at(ElectionPage).paper)
        self.house.settle()
        page = self.at(PapersPage)
        self.wait(page.preview.isVisible)
        target = self.folder / "declaration.pdf"
        self.monkeypatch.setattr(self.house.hall.asking, "save_file", lambda *_: target)
        hands.click(page.save)
        self.wait(target.exists)

    def try_to_scale_down(self) -> None:
        page = self.at(PhasesPage)
        assert "LEG-2" in page.way.text()
        hands.click(page.go)
        self.house.settle()
        assert page.form.isVisible(), "the move asks for a reason and two persons"
        self.house.key(Qt.Key.Key_Escape)

    def read_it_elsewhere(self) -> None:
        page = self.at(TourPage)
        assert not self.tour.buttons["next"].isVisible()
        hands.click(page.compare)
        self.wait(page.outcome.isVisible)
        assert page.outcome_words.text() == "Both computers say the same."

    def end(self) -> None:
        hands.click(self.tour.buttons["end"])
        self.house.settle()


def test_each_of_the_ten_steps_is_done_in_the_window(
    opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(first, "home", lambda: tmp_path / "home")
    tour_ = Tour(opened, tmp_path, monkeypatch)
    assert tour_.copy.parent == tmp_path / "home"
    tour_.look_and_print_the_history()
    deeds = (
        tour_.follow_a_warning,
        tour_.reveal,
        tour_.compare,
        tour_.register_a_guest,
        tour_.join_desk_b,
        tour_.count_the_tie,
        tour_.print_the_declaration,
        tour_.try_to_scale_down,
        tour_.read_it_elsewhere,
    )
    for number, deed in enumerate(deeds, 2):
        tour_.go_on(number)
        deed()
    tour_.end()
    assert tour_.ws.path == opened.path
    assert tour_.ws.journal.digest() == tour_.digest, "the demonstration stays as it is"
    assert opened.house.page.tour_bar is None
    assert list((tmp_path / "home").iterdir()) == [], "the copy is put away"


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
    hands.click(bar_of(house).buttons["show"])
    house.settle()
    assert house.at == "engagement"
    house.go(opened.place("tour"))
    page = house.page
    assert isinstance(page, TourPage)
    page.rows.opened.emit("9")
    house.settle()
    assert house.at == "phases"
    hands.click(bar_of(house).buttons["back"])
    house.settle()
    assert "Step 8 of 10" in bar_of(house).title.text()


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
    tour_steps.to_step(house.hall.workspace, 7)
    for page in ("engagement", "phases", "commitments"):
        house.go(opened.place(page))
        assert bar_of(house).isVisible()
        assert cut_off(house.page) == [], page
    then = former_day.open_as_of(house.hall.workspace, date(2026, 4, 24), known_then=True)
    house.hall.arrived.emit(then)
    house.settle()
    former_bar = house.page.former_bar
    assert former_bar is not None
    assert former_bar.isVisible()
    assert cut_off(house.page) == []
