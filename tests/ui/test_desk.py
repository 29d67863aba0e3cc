"""The desk and the work that leaves the window's thread."""

import gc
import threading
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services.change import Change
from pitso.ui.desk import Desk, Work

RATED = Change(frozenset({"rating"}), "Rated LEG-1 at 3")


def test_a_deed_is_announced(qtbot: QtBot) -> None:
    desk = Desk()
    with qtbot.waitSignal(desk.changed) as heard:
        assert desk.do(lambda: RATED) is RATED
    assert heard.args == [RATED]


def raising(fault: Exception) -> Callable[[], Change]:
    def deed() -> Change:
        raise fault

    return deed


def test_trouble_is_told_and_nothing_is_announced(qtbot: QtBot) -> None:
    desk = Desk()
    trouble = Trouble("The stick is full.", "Free some space.")
    with qtbot.assertNotEmitted(desk.changed), qtbot.waitSignal(desk.troubled) as heard:
        assert desk.do(raising(trouble)) is None
    assert heard.args == [trouble]


def test_a_bug_is_logged_with_its_trace_and_told_as_ours(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    with qtbot.waitSignal(desk.troubled) as heard:
        desk.do(raising(KeyError("lost")))
    assert heard.args is not None
    assert "mistake" in heard.args[0].happened
    assert "KeyError: 'lost'" in caplog.text


def test_work_leaves_the_thread_and_comes_back(qtbot: QtBot) -> None:
    here = threading.current_thread()
    work = Work(threading.current_thread)
    answered: list[threading.Thread] = []
    work.done.connect(lambda _worker: answered.append(threading.current_thread()))
    with qtbot.waitSignal(work.done) as heard:
        work.start()
    assert heard.args is not None
    assert heard.args[0] is not here
    qtbot.waitUntil(lambda: answered == [here])


def test_work_speaks_the_language_of_the_window(qtbot: QtBot) -> None:
    words.speak("pt")
    work = Work(words.language)
    with qtbot.waitSignal(work.done) as heard:
        work.start()
    assert heard.args == ["pt"]


def test_no_garbage_is_collected_while_a_thread_works(qtbot: QtBot) -> None:
    work = Work(gc.isenabled)
    with qtbot.waitSignal(work.done) as heard:
        work.start()
    assert heard.args == [False]
    qtbot.waitUntil(gc.isenabled)


def test_work_that_fails_says_so(qtbot: QtBot) -> None:
    trouble = Trouble("The bundle is torn.", "Ask for it again.")
    work = Work(raising(trouble))
    with qtbot.waitSignal(work.failed) as heard:
        work.start()
    assert heard.args == [trouble]


def test_signals_that_carry_yes_or_no_do_not_use_up_the_constants(qtbot: QtBot) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    heard: list[bool] = []
    box.toggled.connect(heard.append)
    for _time in range(3000):  # Python 3.11 holds each of them some hundred times
        box.toggled.emit(True)
        box.toggled.emit(False)
    assert heard == [True, False] * 3000
