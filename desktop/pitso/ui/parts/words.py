"""Words on a page: they wrap, and they are always plain text, whoever wrote them."""

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pitso.ui import icons, theme
from pitso.ui.parts.brush import direction_of, leading, led

Role = Literal["body", "title", "heading", "strong", "small", "soft", "place", "fault", "figure"]
Tone = Literal["warn", "done", "wrong", "accent", "soft"]


class Words(QLabel):
    """A sentence that wraps and is never cut off."""

    def __init__(self, text: str = "", role: Role = "body") -> None:
        super().__init__(led(text))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | leading())
        self.setMinimumWidth(1)
        self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        super().setText(led(text))

    def show_words(self, text: str) -> None:
        """Show *text*; nothing stands where there are no words."""
        self.setText(text)
        self.setVisible(bool(text))


class Line(QLabel):
    """A short word or figure on one line, such as a count; it elides and gives the whole as tooltip."""

    def __init__(self, text: str = "", role: Role = "body", *, whole: bool = False) -> None:
        super().__init__(text)
        self._keeps_whole = whole
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def show_words(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def keep_whole(self, whole: bool) -> None:
        """Give way to nothing beside it, or elide."""
        if whole != self._keeps_whole:
            self._keeps_whole = whole
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        least = self.sizeHint().width()
        return QSize(least if self._keeps_whole else min(48, least), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._keeps_whole:
            self.setToolTip(self.text() if self.sizeHint().width() > self.width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fitted = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        side = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | leading()
        painter.setLayoutDirection(direction_of(fitted))
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), side, fitted)


class Pill(QLabel):
    """A short state in a tinted lozenge; the word says it, the colour only repeats it."""

    def __init__(self, text: str = "", tone: Tone = "soft") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", f"pill-{tone}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if not text:  # showing it now, without a parent, would open a window
            self.hide()

    def show_words(self, text: str, tone: Tone) -> None:
        self.setText(text)
        self.setVisible(bool(text))
        if self.property("tone") != f"pill-{tone}":
            self.setProperty("tone", f"pill-{tone}")
            restyle(self)


class Icon(QWidget):
    """An icon that stands beside words; the words are heard, the icon is not."""

    def __init__(self, name: str, role: str = "soft", size: int = 20) -> None:
        super().__init__()
        self._name, self._role = name, role
        side = theme.now().scaled(size)
        self.setFixedSize(side, side)

    def show_icon(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.draw(painter, self._name, self.rect(), self._role)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at the properties of *widget*."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Opener(Line):
    """A line of words that opens something when it is pressed; a key does the same.

    Signals:
        pressed: the user pressed the words.
    """

    pressed = Signal()

    def __init__(self, text: str = "", role: Role = "body", *, whole: bool = False) -> None:
        super().__init__(text, role, whole=whole)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()
