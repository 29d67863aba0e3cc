"""The outline of an instrument: its dimensions, how far each is, and one dot for each indicator."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from pitso.services.views import Dot, OutlineLine
from pitso.ui import icons, theme
from pitso.ui.parts import brush
from pitso.words import _, ngettext

STEP, RADIUS, LEFT = 20, 7, 42


class _Dimension(QAbstractButton):
    """One dimension with its state and count."""

    def __init__(self) -> None:
        super().__init__()
        self._line: OutlineLine | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_line(self, line: OutlineLine) -> None:
        if line == self._line:
            return
        self._line = line
        self.setAccessibleName(
            _("{name}: {done} of {total} answered").format(name=line.name, done=line.done, total=line.total)
        )
        self.updateGeometry()
        self.update()

    @property
    def line(self) -> OutlineLine | None:
        return self._line

    def _room(self, width: int) -> int:
        return width - LEFT - 14 - brush.width_of(self._count(), theme.now().font("small")) - theme.S

    def _count(self) -> str:
        return f"{self._line.done}/{self._line.total}" if self._line else ""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        name = self._line.name if self._line else ""
        font = theme.now().font("small", bold=bool(self._line and self._line.current))
        return max(theme.CONTROL - 4, brush.height_of(name, font, self._room(width)) + 14)

    def sizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 220)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.CONTROL - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._line is None:
            return
        painter, line = QPainter(self), self._line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.current or self.underMouse() or self.hasFocus():
            fill = "accent_soft" if line.current else "page"
            brush.box(painter, self.rect(), fill, "ink" if self.hasFocus() else "", thick=2)
        mark, role = ("circle-check", "done") if line.done == line.total else ("circle", "strong")
        if line.current and line.done != line.total:
            mark, role = "circle-dot", "accent"
        spot = QRect(10, (self.height() - 22) // 2, 22, 22)
        icons.draw(painter, mark, brush.mirrored(spot, self.rect()), role)
        room = self._room(self.width())
        words = brush.mirrored(QRect(LEFT, 0, room, self.height()), self.rect())
        brush.write(painter, words, line.name, theme.now().font("small", bold=line.current), "ink")
        small = theme.now().font("small")
        wide = brush.width_of(self._count(), small)
        count = QRect(self.width() - wide - 10, 0, wide, self.height())
        brush.write(painter, brush.mirrored(count, self.rect()), self._count(), small, "soft", centred=True)


class Dots(QWidget):
    """One dot for each indicator of the open dimension; arrows walk along them.

    Signals:
        picked: the code of the indicator that the user wants to see.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._dots: Sequence[Dot] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_dots(self, dots: Sequence[Dot]) -> None:
        self._dots = dots
        without = sum(dot.lacks_evidence for dot in dots)
        self.setAccessibleName(
            ngettext("{number} indicator without evidence", "{number} indicators without evidence", without).format(
                number=without
            )
        )
        self.setFixedHeight(26)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            brush.box(painter, self.rect(), "", "ink", thick=2)
        for place, dot in enumerate(self._dots):
            self._paint(painter, dot, QPointF(self._spot(place).center()))

    def _paint(self, painter: QPainter, dot: Dot, middle: QPointF) -> None:
        if dot.state == "here":
            brush.dot(painter, middle, RADIUS - 1, "card", "accent")
            brush.dot(painter, middle, 2, "accent", "")
        elif dot.state == "answered":
            brush.dot(painter, middle, RADIUS, "done", "")
        else:
            brush.dot(painter, middle, RADIUS - 1, "sunken", "strong", 1.5)
        if dot.lacks_evidence:  # a notch besides the colour, for eyes that do not tell red from green
            corner = QPointF(middle.x() + 5, middle.y() - 5)
            brush.dot(painter, corner, 4, "warn", "card", 1.5)

    def _spot(self, place: int) -> QRect:
        spot = QRect(LEFT + place * STEP, 3, STEP, STEP)
        return brush.mirrored(spot, self.rect())

    def _at(self, point: QPointF) -> Dot | None:
        spots = (dot for place, dot in enumerate(self._dots) if self._spot(place).contains(point.toPoint()))
        return next(spots, None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dot = self._at(event.position())
        if dot is not None:
            self.picked.emit(dot.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        here = next((place for place, dot in enumerate(self._dots) if dot.state == "here"), -1)
        if 0 <= here + step < len(self._dots):
            self.picked.emit(self._dots[here + step].code)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            dot = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(dot) if dot else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def _told(self, dot: Dot) -> str:
        states = {"answered": _("answered"), "open": _("open"), "here": _("here")}
        words = f"{dot.code}: {states[dot.state]}"
        return words + ", " + _("without evidence") if dot.lacks_evidence else words


class Outline(QWidget):
    """All dimensions of the instrument.

    Signals:
        picked: the code of the dimension or indicator that the user wants to see.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._lines: list[_Dimension] = []
        self.dots = Dots()
        self.dots.picked.connect(self.picked)
        self._column.addWidget(self.dots)

    def show_lines(self, lines: Sequence[OutlineLine]) -> None:
        while len(self._lines) < len(lines):
            button = _Dimension()
            button.clicked.connect(partial(self._pick, button))
            self._lines.append(button)
        while len(self._lines) > len(lines):
            self._lines.pop().deleteLater()
        self._column.removeWidget(self.dots)
        for place, (button, line) in enumerate(zip(self._lines, lines, strict=True)):
            if self._column.indexOf(button) != place:
                self._column.insertWidget(place, button)
            button.show_line(line)
        here = next((place for place, line in enumerate(lines) if line.current), None)
        self.dots.setVisible(here is not None)
        if here is not None:
            self._column.insertWidget(here + 1, self.dots)
            self.dots.show_dots(lines[here].dots)

    def _pick(self, button: _Dimension) -> None:
        line = button.line
        if line is not None:
            first = next((dot.code for dot in line.dots if dot.state != "answered"), "")
            self.picked.emit(first or (line.dots[0].code if line.dots else line.code))
