"""Fields: what a hand on the wheel or the keys does to an answer."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCompleter
from pytestqt.qtbot import QtBot

from pitso.ui import theme
from pitso.ui.parts.fields import NameEntry, Picker


def test_the_wheel_over_a_picker_moves_the_page_and_changes_no_answer(qtbot: QtBot) -> None:
    picker = Picker("Rule")
    qtbot.addWidget(picker)
    picker.setStyleSheet(theme.sheet())
    picker.show_choices([("plurality", "Most votes"), ("irv", "Preferences")])
    picker.show()
    middle = QPointF(picker.rect().center())
    turned = QWheelEvent(
        middle,
        picker.mapToGlobal(middle),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picker, turned)
    assert picker.code() == "plurality"
    assert not turned.isAccepted(), "the page below gets it"


def test_the_names_that_are_offered_stand_on_a_ground_of_their_own(qtbot: QtBot) -> None:
    """A list in a window of its own has nothing behind it: without a ground its words are black on black."""
    entry = NameEntry("Person")
    qtbot.addWidget(entry)
    entry.show_names([("person/1", "Ana"), ("person/2", "Anaïs")])
    entry.show()
    QTest.keyClicks(entry, "An")
    completer = entry.completer()
    assert isinstance(completer, QCompleter)
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    ground = theme.now().colour("card")
    assert popup.grab().toImage().pixelColor(popup.width() - 40, popup.height() // 2) == ground


def test_a_list_that_drops_down_shows_each_of_its_words_whole(qtbot: QtBot) -> None:
    picker = Picker("Rule")
    qtbot.addWidget(picker)
    picker.setStyleSheet(theme.sheet())
    picker.show_choices([("plurality", "Most votes"), ("majority", "Majority"), ("irv", "Preferences")])
    picker.show()
    picker.showPopup()
    view, last = picker.view(), picker.model().index(2, 0)
    qtbot.waitUntil(view.isVisible)
    assert view.viewport().rect().contains(view.visualRect(last))
    assert view.visualRect(last).height() >= 36
    picker.hidePopup()
