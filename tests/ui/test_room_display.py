"""The room display: a second window that follows, shows what is public, and survives without its screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pitso.services import contests, election_display, workshops, workspace
from pitso.services.display import DisplayView
from pitso.ui.bindings import room
from pitso.ui.display import RoomDisplay
from pitso.ui.hall import Hall, Place
from pitso.ui.opening import Opening
from pitso.ui.shell import Shell
from tests.ui import hands


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, story: Path) -> Iterator[Shell]:
    """The window with the story, in which a second window may open."""
    hall = Hall()
    made = Shell(hall)
    opening = Opening(qapp, hall, made)
    made.resize(1024, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    opening.open(str(story))
    qapp.processEvents()
    yield made
    made.forget_pages()
    made.close()
    hall.take(None)
    made.deleteLater()
    qapp.processEvents()


def shown(shell: Shell) -> RoomDisplay:
    assert shell.projector is not None
    assert shell.projector.window is not None
    return shell.projector.window


def test_f11_opens_it_and_it_follows_the_session(shell: Shell, qapp: QApplication) -> None:
    ws = shell.hall.workspace
    engagement = next(iter(ws.journal.records("engagement/")))
    workshop = workshops.begin(
        ws, engagement, title="Today", kind="strategy", starts=ws.today(), ends=ws.today()
    ).record
    session = workshops.add_session(
        ws, workshop, title="Budget", kind="plenary", day=ws.today(), starts="09:00", ends="10:00", led="host"
    ).record
    shell.go(Place("room", engagement))
    hands.press(shell, Qt.Key.Key_F11)
    window = shown(shell)
    assert window.isVisible()
    assert window.accessibleName().startswith("Next: Budget")
    shell.hall.desk.do(lambda: workshops.start(ws, session))
    assert window.accessibleName().strip() == "Budget"
    window.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    qapp.processEvents()
    assert shell.projector is not None
    assert shell.projector.window is None
    assert shell.isVisible()


def test_it_goes_with_its_screen_and_comes_back_with_one(shell: Shell) -> None:
    shell.turn_display()
    window, projector = shown(shell), shell.projector
    assert projector is not None
    screen = QGuiApplication.screens()[0]
    projector.screen_removed(screen)
    assert not window.isVisible()
    assert projector.wanted
    shell.hall.desk.changed.emit(workspace.write_as(shell.hall.workspace, shell.hall.workspace.author or ""))
    projector.screen_added(screen)
    assert window.isVisible()
    shell.turn_display()
    assert projector.window is None


def test_a_declared_result_of_the_election_stands_on_it(shell: Shell) -> None:
    ws = shell.hall.workspace
    engagement = next(iter(ws.journal.records("engagement/")))
    election = contests.load(ws, contests.elections(ws, engagement)[0])
    room.choose_workshop(ws, election.workshop)
    contest = next(one for one in election.contests if one.declared)
    shell.go(Place("election", engagement))
    shell.turn_display()
    shell.hall.desk.do(lambda: election_display.show_ballot(ws, contest.rounds[-1].id))
    assert "being counted" in shown(shell).accessibleName()
    shell.hall.desk.do(lambda: election_display.show_result(ws, contest.id))
    told = shown(shell).accessibleName()
    assert told.startswith(f"{contest.title}: declared")
    assert all(line in told for line in election_display.result_lines(contest))
    shell.turn_display()


@pytest.mark.parametrize("size", [(640, 360), (1024, 768), (1920, 1080)])
@pytest.mark.parametrize("text", ["", "Each council pays. " * 60, "تنضم الجمعية إلى الاتحاد. " * 8])
def test_all_of_it_stands_on_any_screen(qtbot: QtBot, size: tuple[int, int], text: str) -> None:
    window = RoomDisplay()
    qtbot.addWidget(window)
    window.resize(*size)
    view = DisplayView(
        "Founding workshop", "South-South cooperation", text, ("81 for, 3 against",), (("88", "may vote"),)
    )
    window.show_view(view)
    image = window.grab().toImage()
    edge = image.height() - 3
    ground = image.pixelColor(1, 1)
    assert all(image.pixelColor(x, edge) == ground for x in range(0, image.width(), 7))
    middle = range(image.height() // 4, image.height() // 2)
    assert any(image.pixelColor(x, y) != ground for y in middle for x in range(0, image.width(), 5))
