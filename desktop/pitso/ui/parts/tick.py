"""A box to tick, with words that wrap."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pitso.ui import icons, theme
from pitso.ui.parts import brush

GAP = 12


class Tick(QAbstractButton):
    """Something that is so, or is not."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side(self) -> int:
        return theme.now().scaled(24)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - self._side() - GAP - theme.S
        return max(theme.CONTROL, brush.height_of(self._words, theme.now().font(), room) + 2 * theme.S)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter belongs to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, side = QPainter(self), self._side()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = brush.mirrored(QRect(1, (self.height() - side) // 2, side, side), self.rect())
        on = self.isChecked()
        if self.hasFocus():
            brush.box(painter, spot, "", "ink", thick=2, radius=6)
            spot = spot.adjusted(4, 4, -4, -4)
        brush.box(painter, spot, "accent" if on else "card", "accent" if on else "strong", radius=4)
        if on:
            icons.draw(painter, "check", spot.adjusted(3, 3, -3, -3), "on_accent")
        left = side + GAP
        words = brush.mirrored(QRect(left, 0, self.width() - left - theme.S, self.height()), self.rect())
        brush.write(painter, words, self._words, theme.now().font(), "ink")
