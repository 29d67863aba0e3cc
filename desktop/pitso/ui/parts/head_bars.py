"""The bars above the head of a page: that a former day is shown, and in which step of the guided tour one is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.flow import Flow
from pitso.ui.parts.words import Words
from pitso.words import _


def _row_in(bar: QFrame, look: str) -> QHBoxLayout:
    bar.setProperty("card", look)
    row = QHBoxLayout(bar)
    row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
    return row


class FormerBar(QFrame):
    """Says that a former day is shown, and leads back."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Words("", "strong")
        self.to_today = Button(_("Back to today"), icon="arrow-right")
        row = _row_in(self, "warn")
        row.addWidget(self.words, 1)
        row.addWidget(self.to_today)

    def show_former(self, told: str) -> None:
        """Say what is shown in place of today."""
        self.words.setText(f"{told} {_('Nothing can be written here.')}")


class TourBar(QFrame):
    """The step of the guided tour, what to do in it, and the ways on.

    Signals:
        asked: ``show``, ``back``, ``next`` or ``end``.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title, self.told = Words("", "strong"), Words("", "small")
        self.buttons: dict[str, Button] = {}
        row = _row_in(self, "soft")
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.title)
        told.addWidget(self.told)
        row.addLayout(told, 1)
        row.addWidget(self._ways(), 1)

    def _ways(self) -> QWidget:
        held = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        held.setSizePolicy(policy)
        buttons = Flow(held)
        ways = (("show", _("Show me")), ("back", _("Step back")), ("next", _("Next step")), ("end", _("End the tour")))
        for way, words in ways:
            button = Button(words, "plain" if way == "next" else "quiet")
            button.clicked.connect(lambda _=False, way=way: self.asked.emit(way))
            self.buttons[way] = button
            buttons.addWidget(button)
        return held

    def show_step(self, title: str, told: str, *, first: bool, last: bool) -> None:
        """Show a step; the first has no way back, the last none on."""
        self.title.setText(title)
        self.told.setText(told)
        self.buttons["back"].setVisible(not first)
        self.buttons["next"].setVisible(not last)
