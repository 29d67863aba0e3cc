"""What the tests of the window share: an application in the clothes of Pitso, and a demonstration to go about in."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pitso import words
from pitso.domain.readiness.instrument import Stage
from pitso.services import assessments, engagements
from pitso.services.account import Account
from pitso.ui import hold_constants, theme
from pitso.ui.dress import dress
from pitso.ui.hall import Hall, Place
from pitso.ui.opening import Opening
from pitso.ui.parts.page import Page
from pitso.ui.shell import Shell


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, the bundled fonts, day, body 16, English; and so again after each test."""
    if not qapp.property("dressed"):
        hold_constants()
        qapp.setStyle("Fusion")
        theme.load_fonts()
        theme.wear(qapp, theme.DAY, theme.USUAL)
        qapp.setProperty("dressed", True)
    words.speak("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if theme.now() != theme.Theme(theme.DAYLIGHT, theme.USUAL, False):
        theme.wear(qapp, theme.DAY, theme.USUAL)
    yield
    words.speak("en")


class _Windows(QObject):
    """Notices every window that opens."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            if watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
                return False  # lists that drop down
            self.shown.append(watched)
        return False


@dataclass
class House:
    """The window with everything behind it, and hands to use it with."""

    qtbot: QtBot
    application: QApplication
    hall: Hall
    shell: Shell
    opening: Opening

    @property
    def page(self) -> Page:
        page = self.shell.page()
        assert page is not None
        return page

    @property
    def at(self) -> str:
        return self.hall.place.page

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "the focus is always somewhere"
        return widget

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus stands."""
        from tests.ui.hands import press

        press(self.focus(), key, modifier)
        self.settle()

    def write(self, text: str) -> None:
        from tests.ui import hands

        hands.write(self.focus(), text)

    def settle(self) -> None:
        for _ in range(3):
            self.application.processEvents()

    def go(self, place: Place) -> None:
        self.shell.go(place)
        self.settle()

    def dress(self, *, language: str = "en", body: int = 16, look: str = "day") -> None:
        self.opening.dress_anew(Account(language, body, look))
        self.settle()


@pytest.fixture
def house(qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    """An empty house: no workspace is open yet. No test may open a second window, not for a moment."""
    windows = _Windows()
    qapp.installEventFilter(windows)
    dress(qapp, Account("en", 16, "day"))
    hall = Hall()
    shell = Shell(hall)
    made = House(qtbot, qapp, hall, shell, Opening(qapp, hall, shell))
    hall.asking.parent = shell
    shell.resize(1366, 768)
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
    yield made
    shell.forget_pages()
    shell.close()
    hall.take(None)
    shell.deleteLater()
    made.settle()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # else each dressing dresses all former windows too
    qapp.removeEventFilter(windows)
    assert [window for window in windows.shown if window is not shell] == []


@pytest.fixture
def story(told: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a test may change."""
    return Path(shutil.copy(told, tmp_path / "demonstration.pitso"))


@dataclass
class Story:
    """The demonstration, open in the window, with the ids of what it holds."""

    house: House
    path: Path
    engagement: str
    first: str
    second: str
    third: str

    def place(self, page: str, *, assessment: str = "", code: str = "", part: str = "") -> Place:
        return Place(page, self.engagement, assessment, code, part)

    def begin(self) -> str:
        """Begin a fourth assessment, that nobody has rated yet."""
        return assessments.begin(
            self.house.hall.workspace,
            self.engagement,
            title="Fourth visit",
            stage=Stage.SCALEDOWN,
            held_on=date(2026, 11, 10),
        ).record


@pytest.fixture
def opened(house: House, story: Path) -> Story:
    house.opening.open(str(story))
    house.settle()
    ws = house.hall.workspace
    engagement = engagements.engagements(ws)[0].id
    first, second, third = (line.id for line in assessments.assessments(ws, engagement))
    return Story(house, story, engagement, first, second, third)
