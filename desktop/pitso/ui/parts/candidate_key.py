"""One candidate to be given votes: the key, the name, and the votes in gates of five."""

from PySide6.QtCore import QLineF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pitso.services.election_views import CandidateKey
from pitso.ui import theme
from pitso.ui.parts import brush
from pitso.words import _, ngettext, whole

BADGE, MARGIN, STROKE, GAP = 40, 16, 7, 12
"""Sizes at the usual type: the key, the edge, the room of a stroke, the room between two gates."""


class CandidateButton(QAbstractButton):
    """A large key: pressing it, or its letter, gives one vote; *preference* is its place on the paper in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.candidate = CandidateKey(0, "", "", 0)
        self._preference, self._gates = "", True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_candidate(self, candidate: CandidateKey, *, preference: str = "", gates: bool = True) -> None:
        """Show who it is and how many votes were given."""
        self.candidate, self._preference, self._gates = candidate, preference, gates
        votes = ngettext("{number} vote", "{number} votes", candidate.votes).format(number=whole(candidate.votes))
        key = _("Key {digit}").format(digit=candidate.key) if candidate.key else ""
        self.setAccessibleName(". ".join(part for part in (candidate.name, votes, key, preference) if part))
        self.setToolTip(key)
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space gives a vote; every other key belongs to the page."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        name = brush.height_of(self.candidate.name, theme.now().font(bold=True), self._room(width))
        return max(theme.CHOICE, name + self._gates_height(width) + 2 * theme.M)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme.CHOICE)

    def _badge(self) -> int:
        return theme.now().scaled(BADGE)

    def _figure(self) -> int:
        return brush.width_of(whole(max(self.candidate.votes, 100)), theme.now().font("title", bold=True)) + MARGIN

    def _room(self, width: int) -> int:
        return max(width - 2 * MARGIN - self._badge() - theme.L - self._figure(), 40)

    def _gate(self) -> int:
        return theme.now().scaled(4 * STROKE + GAP)

    def _beside(self, width: int) -> int:
        return max(self._room(width) // self._gate(), 1)

    def _line(self) -> int:
        return theme.now().scaled(22)

    def _gates_height(self, width: int) -> int:
        if not self._gates:
            return 0
        gates = max(-(-self.candidate.votes // 5), 1)
        return -(-gates // self._beside(width)) * self._line()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(self._preference)
        fill = "accent_soft" if chosen or self.isDown() else ("sunken" if self.underMouse() else "card")
        edge = "ink" if self.hasFocus() else ("accent" if chosen else "strong")
        brush.box(painter, self.rect(), fill, edge, thick=2 if self.hasFocus() else 1, radius=theme.CARD_RADIUS)
        self._paint_badge(painter)
        left = MARGIN + self._badge() + theme.L
        room, bold = self._room(self.width()), theme.now().font(bold=True)
        name = brush.height_of(self.candidate.name, bold, room)
        top = (self.height() - name - self._gates_height(self.width())) // 2
        brush.write(painter, self._mirrored(QRect(left, top, room, name)), self.candidate.name, bold, "ink")
        if self._gates:
            self._paint_gates(painter, left, top + name)
            figure = QRect(self.width() - MARGIN - self._figure(), 0, self._figure(), self.height())
            font = theme.now().font("title", bold=True)
            brush.write(painter, self._mirrored(figure), whole(self.candidate.votes), font, "ink", centred=True)

    def _mirrored(self, rect: QRect) -> QRect:
        return brush.mirrored(rect, self.rect())

    def _paint_badge(self, painter: QPainter) -> None:
        side = self._badge()
        rect = self._mirrored(QRect(MARGIN, (self.height() - side) // 2, side, side))
        chosen = bool(self._preference)
        brush.box(painter, rect, "accent" if chosen else "card", "accent" if chosen else "strong", radius=6)
        font = theme.now().font("heading", bold=True)
        said = self._preference or self.candidate.key or whole(self.candidate.number)
        brush.write(painter, rect, said, font, "on_accent" if chosen else "ink", centred=True)

    def _paint_gates(self, painter: QPainter, left: int, top: int) -> None:
        """Four strokes stand, the fifth crosses them."""
        painter.setPen(QPen(theme.now().colour("ink"), 2))
        step, high, line = theme.now().scaled(STROKE), theme.now().scaled(14), self._line()
        beside, wide = self._beside(self.width()), self._gate()
        strokes: list[QLineF] = []
        for gate in range(-(-self.candidate.votes // 5)):
            down, across = divmod(gate, beside)
            box = self._mirrored(QRect(left + across * wide, top + down * line, 4 * step, high))
            x, y = box.left(), box.top() + (line - high) // 2
            standing = min(self.candidate.votes - 5 * gate, 5)
            strokes += [QLineF(x + at * step + 2, y, x + at * step + 2, y + high) for at in range(min(standing, 4))]
            if standing == 5:
                strokes.append(QLineF(x - 2, y + high - 2, x + 3 * step + 6, y + 2))
        painter.drawLines(strokes)
