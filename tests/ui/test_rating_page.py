"""The rating page, driven as a person drives it."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from pitso.domain.readiness.agreement import Rating
from pitso.ui import theme
from pitso.ui.pages.rating import RatingPage
from tests.ui import samples
from tests.ui.hands import click, press, write


@pytest.fixture
def page(qtbot: QtBot) -> RatingPage:
    page = RatingPage()
    qtbot.addWidget(page)
    page.setStyleSheet(theme.sheet())
    page.resize(1255, 768)
    page.show()
    page.show_rating(replace(samples.RATING, chosen=None, evidence=(), note=""))
    qtbot.waitExposed(page)
    return page


def said(page: RatingPage) -> list[Rating]:
    heard: list[Rating] = []
    page.rated.connect(heard.append)
    return heard


def test_the_focus_stands_on_the_first_level(page: RatingPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.levels[0].hasFocus())


def test_a_digit_chooses_a_level(page: RatingPage, qtbot: QtBot) -> None:
    heard = said(page)
    press(page.levels[0], Qt.Key.Key_3)
    assert heard == [3]


def test_a_click_chooses_a_level(page: RatingPage, qtbot: QtBot) -> None:
    heard = said(page)
    click(page.levels[4])
    assert heard == [4]


def test_the_chosen_level_shows_only_once_it_is_kept(page: RatingPage, qtbot: QtBot) -> None:
    press(page.levels[0], Qt.Key.Key_3)
    assert not page.levels[3].isChecked()
    page.show_rating(replace(samples.RATING, chosen=3))
    assert [choice.isChecked() for choice in page.levels] == [False, False, False, True, False]


def test_the_same_level_again_says_nothing(page: RatingPage, qtbot: QtBot) -> None:
    page.show_rating(replace(samples.RATING, chosen=2))
    heard = said(page)
    press(page.levels[2], Qt.Key.Key_2)
    assert heard == []


def test_nine_means_not_known_yet(page: RatingPage, qtbot: QtBot) -> None:
    heard = said(page)
    press(page.levels[0], Qt.Key.Key_9)
    assert heard == ["UK"]


def test_not_applicable_is_offered_only_where_it_may_be_chosen(page: RatingPage, qtbot: QtBot) -> None:
    heard = said(page)
    press(page.levels[0], Qt.Key.Key_8)
    assert heard == []
    assert not page.not_applicable.isVisible()
    page.show_rating(replace(samples.RATING, na_allowed=True))
    press(page.levels[0], Qt.Key.Key_8)
    assert heard == ["NA"]


def test_a_missing_reason_is_told_beside_its_field(page: RatingPage, qtbot: QtBot) -> None:
    page.show_rating(replace(samples.RATING, na_allowed=True, chosen="NA", reason_wanted=True))
    assert page.reason.isVisible()
    assert "reason" in page.reason.accessibleDescription()
    with qtbot.waitSignal(page.reasoned) as heard:
        write(page.reason, "There is one tier only")
        press(page.reason, Qt.Key.Key_Return)
    assert heard.args == ["There is one tier only"]


def test_enter_goes_on_and_after_the_last_question_says_finished(page: RatingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.question_asked) as heard:
        press(page.levels[0], Qt.Key.Key_Return)
    assert heard.args == ["LEG-4"]
    page.show_rating(replace(samples.RATING, following=None))
    with qtbot.waitSignal(page.finished_said) as finished:
        press(page.levels[0], Qt.Key.Key_Return)
    assert finished.args == [True]


def test_digits_in_a_note_are_words_and_are_kept_on_leaving(page: RatingPage, qtbot: QtBot) -> None:
    heard = said(page)
    page.note.setFocus()
    write(page.note, "Section 62, 3 officials")
    assert heard == []
    with qtbot.waitSignal(page.noted) as kept:
        page.next.click()
    assert kept.args == ["Section 62, 3 officials"]


def test_words_being_typed_are_not_taken_away_by_a_look(page: RatingPage, qtbot: QtBot) -> None:
    write(page.note, "half a sen")
    page.show_rating(replace(samples.RATING, note=""))
    assert page.note.toPlainText() == "half a sen"
    page.show_rating(replace(samples.RATING, code="LEG-4", note=""))
    assert page.note.toPlainText() == ""


def test_evidence_is_added_with_its_grade(page: RatingPage, qtbot: QtBot) -> None:
    page.entry.grade.setCurrentIndex(2)
    with qtbot.waitSignal(page.evidence_added) as heard:
        write(page.entry.text, "Mayor of Basalt, interview")
        press(page.entry.text, Qt.Key.Key_Return)
    assert heard.args == ["C", "Mayor of Basalt, interview", ""]
    assert page.entry.text.text() == ""


def test_evidence_without_words_is_asked_for(page: RatingPage, qtbot: QtBot) -> None:
    click(page.entry.add)
    assert page.entry.fault.isVisible()


def test_an_item_is_removed_by_its_button(page: RatingPage, qtbot: QtBot) -> None:
    page.show_rating(samples.RATING)
    from pitso.ui.parts.buttons import Button

    button = next(b for b in page.items.findChildren(Button) if "Remove" in b.accessibleName())
    with qtbot.waitSignal(page.evidence_removed) as heard:
        button.click()
    assert heard.args == ["ev-1"]


def test_the_outline_leads_to_the_first_open_question(page: RatingPage, qtbot: QtBot) -> None:
    lines = page.outline.findChildren(QAbstractButton)
    political = next(line for line in lines if line.accessibleName().startswith("Political"))
    with qtbot.waitSignal(page.question_asked) as heard:
        click(political)
    assert heard.args == ["POL-3"]


def test_dots_are_walked_with_the_arrows(page: RatingPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.question_asked) as heard:
        press(page.outline.dots, Qt.Key.Key_Right)
    assert heard.args == ["LEG-4"]


@pytest.mark.parametrize(("width", "beside"), [(1255, True), (700, False)])
def test_the_outline_gives_way_where_there_is_no_room(page: RatingPage, qtbot: QtBot, width: int, beside: bool) -> None:
    page.resize(width, 600)
    QApplication.processEvents()
    assert page.panel is not None
    assert page.panel.isVisible() is beside
    assert page.panel_button.isVisible() is not beside
    page.panel_button.setChecked(True)
    assert page.panel.isVisible()
