"""The time line of an engagement and the ribbon of its phases: painted, walked with the arrows, opened with Enter."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pitso import words
from pitso.domain.phases import State
from pitso.services.programme_views import EventDot, Gap, PhaseLine
from pitso.ui import icons, theme
from pitso.ui.parts import brush
from pitso.words import _, ngettext


class Strip(QWidget):
    """A row of things that is walked with left and right; Enter or a click opens one.

    Signals:
        opened: the place of what the user opens.
    """

    opened = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._here = 0
        self._name = name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def number(self) -> int:
        """How many things there are."""
        raise NotImplementedError

    def rect_of(self, place: int) -> QRect:
        """Where a thing stands, as it is seen."""
        raise NotImplementedError

    def words_of(self, place: int) -> str:
        """What a thing is called, for the ear and as a tooltip."""
        raise NotImplementedError

    def walk_to(self, place: int) -> None:
        """Stand on a thing."""
        if self.number():
            self._here = min(max(place, 0), self.number() - 1)
            self.setAccessibleDescription(self.words_of(self._here))
        self.update()

    def _at(self, point: QPoint) -> int | None:
        return next((place for place in range(self.number()) if self.rect_of(place).contains(point)), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = Qt.Key.Key_Right if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else Qt.Key.Key_Left
        if event.modifiers():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walk_to(self._here + (1 if event.key() == forward else -1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.number():
            self.opened.emit(self._here)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place is not None:
            self.walk_to(place)
            self.opened.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.walk_to(self._here)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            at = self.mapFromGlobal(self.cursor().pos())
            place = self._at(at)
            QToolTip.showText(self.cursor().pos(), self.words_of(place) if place is not None else "", self)
            return True
        return super().event(event)


class Timeline(Strip):
    """When the sides met, the gaps between, today, and what was agreed to follow."""

    def __init__(self) -> None:
        super().__init__(_("Time line"))
        self._dots: Sequence[EventDot] = ()
        self._gaps: Sequence[Gap] = ()
        self._today = date.min

    def show_dots(self, dots: Sequence[EventDot], gaps: Sequence[Gap], today: date) -> None:
        """Show events and gaps as of *today*."""
        self._dots, self._gaps, self._today = dots, gaps, today
        held = [place for place, dot in enumerate(dots) if not dot.planned]
        self._here = held[-1] if held else 0
        self.walk_to(self._here)
        self.setVisible(bool(dots))

    def number(self) -> int:
        return len(self._dots)

    def sizeHint(self) -> QSize:
        return QSize(400, theme.now().small * 3 + 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def words_of(self, place: int) -> str:
        dot = self._dots[place]
        return f"{dot.words}, {words.day(dot.starts)}"

    def rect_of(self, place: int) -> QRect:
        x = self._x(self._dots[place].starts)
        rect = QRect(x - 11, self._line() - 15, 22, 30)
        return brush.mirrored(rect, self.rect())

    def _line(self) -> int:
        return theme.now().small * 2 + 14

    def _span(self) -> tuple[date, date]:
        days = [day for dot in self._dots for day in (dot.starts, dot.ends)]
        return min([*days, self._today]), max([*days, self._today])

    def _x(self, day: date) -> int:
        """Where a day stands, as written from left to right."""
        first, last = self._span()
        room = self.width() - 120
        return 60 + round(room * (day - first).days / max((last - first).days, 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, worn = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._span()
        self._stretch(painter, first, min(self._today, last), "strong")
        for gap in self._gaps:
            self._gap(painter, gap)
        self._marks(painter)
        small, y = worn.font("small"), self._line()
        room = QRect(self._x(self._today) - 70, y + 14, 140, worn.small + 8)
        brush.write(painter, brush.mirrored(room, self.rect()), _("today"), small, "soft", centred=True)
        if self.hasFocus() and self.number():
            box = self.rect_of(self._here)
            brush.box(painter, box, "", "ink", thick=2)

    def _stretch(self, painter: QPainter, begin: date, end: date, role: str) -> None:
        rect = QRect(self._x(begin), self._line() - 1, max(self._x(end) - self._x(begin), 1), 3)
        brush.box(painter, brush.mirrored(rect, self.rect()), role, "", radius=1)

    def _gap(self, painter: QPainter, gap: Gap) -> None:
        tone = "wrong" if gap.heavy else "warn"
        left, right = self._x(gap.starts), self._x(gap.ends)
        rect = QRect(left + 8, self._line() - 3, max(right - left - 16, 4), 7)
        brush.box(painter, brush.mirrored(rect, self.rect()), f"{tone}_soft", tone, radius=3)
        told = ngettext("{number} day", "{number} days", gap.days).format(number=words.whole(gap.days))
        above = QRect((left + right) // 2 - 70, 2, 140, theme.now().small + 8)
        brush.write(painter, brush.mirrored(above, self.rect()), told, theme.now().font("small"), tone, centred=True)

    def _marks(self, painter: QPainter) -> None:
        for place, dot in enumerate(self._dots):
            centre = QPointF(self.rect_of(place).center())
            brush.dot(painter, centre, 6, "card" if dot.planned else "accent", "accent", 2)
            if dot.planned:
                worn = theme.now()
                above = QRect(self._x(dot.starts) - 90, 2, 150, worn.small + 8)
                told = words.short_day(dot.starts)
                brush.write(
                    painter,
                    brush.mirrored(above, self.rect()),
                    told,
                    worn.font("small", bold=True),
                    "accent",
                    centred=True,
                )


ROLES = {State.COMPLETE: ("done_soft", "done"), State.OPEN: ("accent_soft", "accent")}


class Ribbon(Strip):
    """The 13 phases in a row: which are complete, which are open, and where the engagement is."""

    def __init__(self) -> None:
        super().__init__(_("Phases"))
        self._lines: Sequence[PhaseLine] = ()

    def show_phases(self, lines: Sequence[PhaseLine]) -> None:
        """Show the phases; the one where the engagement is stands out."""
        self._lines = lines
        self.walk_to(next((place for place, line in enumerate(lines) if line.here), 0))

    def number(self) -> int:
        return len(self._lines)

    def sizeHint(self) -> QSize:
        return QSize(480, max(theme.CONTROL, theme.now().body + 24))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self.sizeHint().height())

    def words_of(self, place: int) -> str:
        line = self._lines[place]
        return f"{words.whole(line.number)} · {line.name}: {line.state_words}"

    def rect_of(self, place: int) -> QRect:
        room = self.width() / max(len(self._lines), 1)
        rect = QRect(round(place * room) + 2, 1, round(room) - 4, self.height() - 2)
        return brush.mirrored(rect, self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, line in enumerate(self._lines):
            rect = self.rect_of(place)
            fill, ink = ROLES.get(line.state, ("sunken", "soft"))
            focus = self.hasFocus() and place == self._here
            edge = "ink" if focus else ink if line.here else ""
            brush.box(painter, rect, fill, edge, thick=2)
            self._number(painter, rect, line, ink)

    def _number(self, painter: QPainter, rect: QRect, line: PhaseLine, ink: str) -> None:
        """The number of a phase; a tick beside it where it is complete and there is room."""
        worn, number = theme.now(), words.whole(line.number)
        font = worn.font("small", bold=line.here)
        side, wide = worn.scaled(14), brush.width_of(number, font)
        if line.state is State.COMPLETE and rect.width() > side + wide + 12:
            left = rect.left() + (rect.width() - side - wide - 4) // 2
            spot = QRect(left, rect.center().y() - side // 2, side, side)
            icons.draw(painter, "check", brush.mirrored(spot, rect), ink)
            rect = brush.mirrored(QRect(left + side + 4, rect.top(), wide, rect.height()), rect)
        brush.write(painter, rect, number, font, ink, centred=True)
