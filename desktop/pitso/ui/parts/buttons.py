"""Buttons: the one main deed of a page, plain ones, quiet ones, and icons with a name."""

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from pitso.ui import icons, theme
from pitso.ui.parts.flow import Flow
from pitso.ui.parts.words import restyle

ARABIC = "ع"
"""A letter that stands as high as Arabic does."""
Kind = Literal["main", "plain", "quiet", "onink", "icon", "part", "warn", "wrong"]
_INK = {"main": "on_accent", "quiet": "accent", "part": "soft", "warn": "warn", "wrong": "wrong"}


class Button(QPushButton):
    """A button that Enter presses too."""

    def __init__(self, text: str, kind: Kind = "plain", *, icon: str = "", hint: str = "") -> None:
        super().__init__()
        self._icon = icon
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_words(text)
        self.setAccessibleName(text or hint)
        if icon:
            self._show_icon(kind)
            side = theme.now().scaled(20)
            self.setIconSize(QSize(side, side))
        if hint:
            self.setToolTip(hint)

    def show_words(self, text: str) -> None:
        gap = "\u2002" if self._icon and text else ""  # the style sheet leaves none between icon and words
        self.setText(gap + text.replace("&", "&&"))
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """As high as its neighbours in a row, also where one of them bears Arabic letters and this one does not."""
        hint = super().sizeHint()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            metrics, line = self.fontMetrics(), Qt.TextFlag.TextSingleLine
            own = metrics.size(line, self.text() or ARABIC).height()
            hint.setHeight(hint.height() + max(metrics.size(line, ARABIC).height() - own, 0))
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _show_icon(self, kind: Kind) -> None:
        self.setIcon(icons.icon(self._icon, _INK.get(kind, "ink"), checked="accent"))

    def show_kind(self, kind: Kind) -> None:
        """From now on look like a button of this *kind*."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            self._show_icon(kind)
            restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.animateClick() if event.isAutoRepeat() else self.click()
            return
        super().keyPressEvent(event)


def icon_button(icon: str, name: str) -> Button:
    """A button that is an icon alone; *name* is heard and shown as tooltip."""
    return Button("", "icon", icon=icon, hint=name)


class Parts(QWidget):
    """A few words of which one is chosen: the sections of a page, or the values of a setting.

    Signals:
        chosen: the code of the part that the user chose.
    """

    chosen = Signal(str)

    def __init__(self, parts: list[tuple[str, str]], name: str, *, icons_of: dict[str, str] | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._row = Flow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        for code, words in parts:
            button = Button(words, "part", icon=(icons_of or {}).get(code, ""))
            button.setCheckable(True)
            self._group.addButton(button)
            self._row.addWidget(button)
            self.buttons[code] = button
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))

    def show_part(self, code: str) -> None:
        if code in self.buttons:
            self.buttons[code].setChecked(True)
