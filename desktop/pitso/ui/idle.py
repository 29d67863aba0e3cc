"""Notices when nobody has touched any window for a while."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Looks every few seconds how long ago the last key or movement was.

    It listens to the windows, not to the application: there it would be asked about every event of every widget, some
    thousands for a page that opens.

    Signals:
        idle: so many minutes have passed.
    """

    idle = Signal()
    LOOK_EVERY = 5_000
    """Milliseconds between two looks."""

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._touched = time.monotonic()
        self._timer = QTimer(self, interval=self.LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._listen()

    def _listen(self) -> None:
        for window in QGuiApplication.topLevelWindows():  # one that listens already is not told twice
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._touched = time.monotonic()
        return False

    def rested(self) -> float:
        """The seconds since the last key or movement."""
        return time.monotonic() - self._touched

    def look(self) -> None:
        """Say so if the time has passed; from now on windows that opened since count too."""
        self._listen()
        minutes = self._minutes()
        if minutes and self.rested() >= minutes * 60:
            self.idle.emit()
