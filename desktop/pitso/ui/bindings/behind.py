"""Long reading for a page: it begins once the page is painted, and ends when nobody waits for it any more."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer

from pitso.services.workspace import Workspace
from pitso.ui.desk import Work
from pitso.ui.hall import Hall

Value = TypeVar("Value")

PAINTED = 50
"""Milliseconds in which the page is painted: until then the processor is its own."""


class Behind(QObject):
    """What is read behind one page; to begin anew ends what was read before."""

    def __init__(self, hall: Hall, page: QObject) -> None:
        super().__init__(page)
        self._hall = hall
        self._work: Work[Any] | None = None
        self._begin: Callable[[], Work[Any]] | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAINTED)
        self._timer.timeout.connect(self._start)

    def begin(self, read: Callable[[Workspace], Value], done: Callable[[Value], None]) -> None:
        """Let *read* be done in a thread, and then *done* on the window's."""
        self.abandon()
        self._begin = lambda: self._hall.begin_reading(read, done)
        self._timer.start()

    def _start(self) -> None:
        if self._begin is not None:
            self._work = self._begin()

    def abandon(self) -> None:
        """The page was left, and other pages need the processor: what is being read ends at its next reading."""
        self._timer.stop()
        if self._work is not None:
            self._work.abandon()
            self._work = None
