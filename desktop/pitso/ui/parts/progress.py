"""How far long work is, where it was started, and the button that stops it."""

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from pitso import words
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.words import Line
from pitso.words import _


class Progress(QFrame):
    """Hidden until work begins.

    Signals:
        stop_asked: the user stops the work.
    """

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "soft")
        self.told, self.figure = Line("", "strong"), Line("", "small", whole=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.S)
        self.stop = Button(_("Stop"), icon="x")
        self.stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        row.setSpacing(theme.M)
        row.addWidget(self.told)
        row.addWidget(self.bar, 1)
        row.addWidget(self.figure)
        row.addWidget(self.stop)
        self.hide()

    def show_working(self, told: str) -> None:
        """Say what is being done; an empty text says that it is over."""
        self.told.show_words(told)
        self.figure.show_words("")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(told)
        self.setVisible(bool(told))

    def show_progress(self, done: int, whole: int) -> None:
        """So much of so much is done."""
        share = 1000 * done // whole if whole else 0
        self.bar.setRange(0, 1000)
        self.bar.setValue(share)
        self.figure.show_words(words.percent(Fraction(share // 10, 100)))
