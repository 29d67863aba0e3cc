"""Makes pages before somebody opens them, one at a time, while nobody touches the window."""

from PySide6.QtCore import QObject, QTimer

from pitso.ui import directory
from pitso.ui.shell import Shell

REST = 0.7
"""Seconds without a key or a movement, after which the next page is made: it takes about as long as a blink."""
EVERY = 40
"""Milliseconds between two looks, in which the window does what it has to do."""
APART = {"first", "begin", "unlock"}
"""Pages outside of a workspace."""


class Ahead(QObject):
    """A page that was made ahead opens for the first time as quickly as it does again."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._names = [name for name in directory.KNOWN if name not in APART]
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Make one page, if everybody rests."""
        if self._shell.rested() < REST or self._shell.page() is None:
            return
        self._shell.made(self._names.pop(0))
        if not self._names:
            self._timer.stop()
