"""Doors: large choices that begin something."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pitso.ui import icons, theme
from pitso.ui.parts import brush

PAD = 24


class Door(QAbstractButton):
    """A large choice with an icon, a name, and a sentence on what lies behind it."""

    def __init__(self, icon: str, name: str, words: str) -> None:
        super().__init__()
        self._icon, self._name, self._words = icon, name, words
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        worn, room = theme.now(), width - 2 * PAD
        words = brush.height_of(self._words, worn.font(), room)
        return PAD + 40 + theme.L + brush.height_of(self._name, worn.font("heading", bold=True), room) + 6 + words + PAD

    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(max(self.width(), 260)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, worn = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "accent_soft" if self.underMouse() or self.isDown() else "card"
        edge = "ink" if self.hasFocus() else "strong"
        brush.box(painter, self.rect(), fill, edge, thick=2 if self.hasFocus() else 1, radius=12)
        room, heading = self.width() - 2 * PAD, worn.font("heading", bold=True)
        icons.draw(painter, self._icon, brush.mirrored(QRect(PAD, PAD, 36, 36), self.rect()), "accent")
        top = PAD + 40 + theme.L
        high = brush.height_of(self._name, heading, room)
        brush.write(painter, QRect(PAD, top, room, high), self._name, heading, "ink")
        words = QRect(PAD, top + high + 6, room, brush.height_of(self._words, worn.font(), room))
        brush.write(painter, words, self._words, worn.font(), "soft")
