"""A level to choose: its digit, its word, its written description."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pitso.ui import icons, theme
from pitso.ui.parts import brush

BADGE, MARGIN = 32, 16
DOT = 6


class Choice(QAbstractButton):
    """One of several choices, large enough for a finger.

    *dots* are ratings that lie on this level, True for a peer's (full) and False for a host's (hollow).
    """

    def __init__(self, badge: str) -> None:
        super().__init__()
        self.badge = badge
        self._word = self._description = self._pill = ""
        self._dots: Sequence[bool] = ()
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_choice(
        self, word: str, description: str = "", *, pill: str = "", dots: Sequence[bool] = (), heard: str = ""
    ) -> None:
        """Show what this choice means; *heard* says the dots and the pill in words."""
        self._word, self._description, self._pill, self._dots = word, description, pill, dots
        parts = (self.badge, word, description, pill, heard)
        self.setAccessibleName(". ".join(part for part in parts if part))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the page, which reads it as "next"; Space chooses; arrows walk."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        self.setChecked(True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(theme.CHOICE, self._text_height(width) + 2 * theme.M)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme.CHOICE)

    def _aside(self) -> int:
        """The width kept free at the end: dots, a pill, the check mark."""
        dots = len(self._dots) * (2 * DOT + 5)
        pill = brush.width_of(self._pill, theme.now().font("small", bold=True)) + 28 if self._pill else 0
        return dots + pill + 44

    def _text_width(self, width: int) -> int:
        return width - 2 * MARGIN - BADGE - 14 - self._aside()

    def _text_height(self, width: int) -> int:
        worn, room = theme.now(), self._text_width(width)
        word = brush.height_of(self._word, worn.font("body", bold=True), room)
        return word + brush.height_of(self._description, worn.font("small"), room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_badge(painter)
        self._paint_words(painter)
        self._paint_aside(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        fill = "accent_soft" if self.isChecked() else ("sunken" if self.underMouse() else "card")
        edge = "ink" if self.hasFocus() else ("accent" if self.isChecked() else "strong")
        brush.box(painter, self.rect(), fill, edge, thick=2 if self.hasFocus() else 1, radius=theme.CARD_RADIUS)

    def _paint_badge(self, painter: QPainter) -> None:
        side = max(BADGE, theme.now().scaled(BADGE - 4))
        rect = QRect(MARGIN, (self.height() - side) // 2, side, side)
        rect = brush.mirrored(rect, self.rect())
        chosen = self.isChecked()
        brush.box(painter, rect, "accent" if chosen else "card", "accent" if chosen else "strong", radius=6)
        ink = "on_accent" if chosen else "ink"
        brush.write(painter, rect, self.badge, theme.now().font(bold=True), ink, centred=True)

    def _paint_words(self, painter: QPainter) -> None:
        worn, room = theme.now(), self._text_width(self.width())
        bold, small = worn.font("body", bold=True), worn.font("small")
        word = brush.height_of(self._word, bold, room)
        description = brush.height_of(self._description, small, room)
        left = MARGIN + max(BADGE, worn.scaled(BADGE - 4)) + 14
        top = (self.height() - word - description) // 2
        above = brush.mirrored(QRect(left, top, room, word), self.rect())
        below = brush.mirrored(QRect(left, top + word, room, description), self.rect())
        brush.write(painter, above, self._word, bold, "ink")
        brush.write(painter, below, self._description, small, "soft")

    def _paint_aside(self, painter: QPainter) -> None:
        end = self.width() - MARGIN
        if self.isChecked():
            rect = brush.mirrored(QRect(end - 22, self.height() // 2 - 11, 22, 22), self.rect())
            icons.draw(painter, "check", rect, "accent")
        end -= 32
        if self._pill:
            font = theme.now().font("small", bold=True)
            width, height = brush.width_of(self._pill, font) + 20, theme.now().small + 12
            rect = QRect(end - width, (self.height() - height) // 2, width, height)
            rect = brush.mirrored(rect, self.rect())
            brush.box(painter, rect, "sunken", "", radius=height // 2)
            brush.write(painter, rect, self._pill, font, "soft", centred=True)
            end -= width + 8
        for peer in reversed(self._dots):
            spot = brush.mirrored(QRect(end - 2 * DOT, self.height() // 2 - DOT, 2 * DOT, 2 * DOT), self.rect())
            middle = QPointF(spot.x() + DOT, spot.y() + DOT)
            brush.dot(painter, middle, DOT - 1, "ink" if peer else "", "ink")
            end -= 2 * DOT + 5
