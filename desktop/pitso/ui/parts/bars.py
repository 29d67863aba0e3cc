"""The two bars above the foot of a page: what went wrong, and what can be undone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pitso.domain.trouble import Trouble
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, icon_button
from pitso.ui.parts.words import Icon, Words
from pitso.words import _


class Bars(QWidget):
    """Stands above the foot of whichever page is open.

    Signals:
        undo_asked: the deed that the bar names is to be taken back.
    """

    undo_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self._message_bar())
        column.addWidget(self._undo_bar())

    def _message_bar(self) -> QFrame:
        self.message = QFrame()
        self.message.setProperty("card", "wrong")
        self.happened, self.remedy = Words("", "strong"), Words()
        words = QVBoxLayout()
        words.setSpacing(theme.XS)
        words.addWidget(self.happened)
        words.addWidget(self.remedy)
        self.close_message = icon_button("x", _("Close this message"))
        self.close_message.clicked.connect(self.message.hide)
        row = QHBoxLayout(self.message)
        row.setContentsMargins(theme.L, theme.M, theme.S, theme.M)
        row.setSpacing(theme.M)
        row.addWidget(Icon("triangle-alert", "wrong", 24))
        row.addLayout(words, 1)
        row.addWidget(self.close_message)
        self.message.hide()
        return self.message

    def _undo_bar(self) -> QFrame:
        self.undo = QFrame()
        self.undo.setProperty("card", "ink")
        self.said = Words()
        self.undo_button = Button(_("Undo"), "onink", hint=_("Undo (Ctrl+Z)"))
        self.undo_button.clicked.connect(self.undo_asked)
        row = QHBoxLayout(self.undo)
        row.setContentsMargins(theme.L, theme.XS, theme.M, theme.XS)
        row.addWidget(self.said, 1)
        row.addWidget(self.undo_button)
        self.undo.hide()
        return self.undo

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what happened and what to do about it."""
        self.happened.setText(trouble.happened)
        self.remedy.show_words(trouble.remedy)
        self.message.setAccessibleName(f"{trouble.happened} {trouble.remedy}")
        self.undo.hide()
        self.message.show()

    def show_said(self, sentence: str, *, undoable: bool) -> None:
        """Say what was done; offer to take it back."""
        self.message.hide()
        self.said.setText(sentence)
        self.undo.setAccessibleName(sentence)
        self.undo_button.setVisible(undoable)
        self.undo.setVisible(bool(sentence))

    def clear(self) -> None:
        self.message.hide()
        self.undo.hide()
