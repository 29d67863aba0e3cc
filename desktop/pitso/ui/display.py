"""The room display: a second window for the projector, in large type, which follows the session."""

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from pitso.services.change import Change
from pitso.services.display import DisplayView
from pitso.ui import theme
from pitso.ui.bindings.room import workshop_here
from pitso.ui.hall import Hall
from pitso.ui.parts.brush import direction_of, leading
from pitso.words import _

SMALLEST = 14
MARGIN = 0.06
"""Of the height of the window."""


class RoomDisplay(QWidget):
    """One screen for the room; it paints what it is shown and answers Escape alone.

    Signals:
        closed: the window was closed.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(_("Room display"))
        self._view = DisplayView("", "")
        self.resize(1024, 576)

    def show_view(self, view: DisplayView) -> None:
        """Show this from now on."""
        if view != self._view:
            self._view = view
            self.setAccessibleName(" ".join((view.heading, view.text, *view.lines)))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, worn = QPainter(self), theme.now()
        painter.fillRect(self.rect(), worn.colour("card"))
        high, side = self.height(), round(self.height() * MARGIN)
        room = self.rect().adjusted(side, side, -side, -side)
        above = QRect(room.x(), room.y(), room.width(), high // 14)
        self._write(painter, above, self._view.above, "soft", largest=high // 24)
        foot = QRect(room.x(), room.bottom() - high // 6, room.width(), high // 6)
        middle = QRect(room.x(), above.bottom(), room.width(), foot.top() - above.bottom() - side // 2)
        self._paint_middle(painter, middle)
        self._paint_foot(painter, foot)

    def _paint_middle(self, painter: QPainter, box: QRect) -> None:
        """The heading, then the text or the lines, in the largest type in which all of it stands."""
        view, high = self._view, self.height()
        rest = "\n".join((view.text, *view.lines) if view.text else view.lines)
        share = 0.38 if rest else 1.0
        heading = QRect(box.x(), box.y(), box.width(), round(box.height() * share))
        used = self._write(painter, heading, view.heading, "ink", bold=True, largest=high // (12 if rest else 7))
        below = QRect(box.x(), box.y() + used + high // 40, box.width(), box.height() - used - high // 40)
        self._write(painter, below, rest, "ink", largest=high // 14)

    def _paint_foot(self, painter: QPainter, box: QRect) -> None:
        if not self._view.figures:
            return
        painter.fillRect(QRect(box.x(), box.y(), box.width(), 2), theme.now().colour("line"))
        wide = box.width() // len(self._view.figures)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, (figure, words) in enumerate(self._view.figures):
            left = box.right() - (place + 1) * wide if right else box.x() + place * wide
            top = QRect(left, box.y() + box.height() // 8, wide - 12, box.height() // 2)
            below = QRect(left, top.bottom(), wide - 12, box.height() * 3 // 8)
            self._write(painter, top, figure, "accent", bold=True, largest=box.height() * 3 // 8)
            self._write(painter, below, words, "soft", largest=box.height() // 4)

    def _write(self, painter: QPainter, box: QRect, text: str, role: str, *, largest: int, bold: bool = False) -> int:
        """Write *text* as large as it fits into the box; returns how high it stands."""
        if not text:
            return 0
        flags = Qt.TextFlag.TextWordWrap | leading() | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute
        font = QFont(theme.FAMILIES)
        font.setBold(bold)
        for size in range(max(largest, SMALLEST), SMALLEST - 1, -2):
            font.setPixelSize(size)
            needed = QFontMetrics(font).boundingRect(box, int(flags), text)
            if needed.height() <= box.height() and needed.width() <= box.width():
                break
        painter.setLayoutDirection(direction_of(text))
        painter.setFont(font)
        painter.setPen(theme.now().colour(role))
        painter.drawText(box, int(flags), text)
        return needed.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class Projector(QObject):
    """Opens the room display where a projector is, and brings it back when that is plugged in again."""

    def __init__(self, hall: Hall, parent: QWidget) -> None:
        super().__init__(parent)
        self._hall, self._parent = hall, parent
        self.window: RoomDisplay | None = None
        self.wanted = False
        """Does the user want the display, whether or not there is a projector at the moment?"""
        hall.desk.changed.connect(self._changed)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self.screen_added)
        application.screenRemoved.connect(self.screen_removed)

    def turn(self) -> None:
        """Open the display, or close it."""
        if self.wanted:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Open the display on the screen of the projector; as a window where there is one screen alone."""
        self.wanted = True
        if self.window is None:
            self.window = RoomDisplay()
            self.window.closed.connect(self._forget)
        self.look()
        self._place()

    def close(self) -> None:
        """Away with the display."""
        self.wanted = False
        if self.window is not None:
            self.window.close()

    def _forget(self) -> None:
        self.wanted = False
        if self.window is not None:
            self.window.deleteLater()
            self.window = None

    def other_screen(self, without: QScreen | None = None) -> QScreen | None:
        """A screen on which the window of the program does not stand."""
        own = self._parent.screen()
        return next((one for one in QGuiApplication.screens() if one not in (own, without)), None)

    def _place(self) -> None:
        assert self.window is not None
        screen = self.other_screen()
        if screen is None:
            self.window.showNormal()
        else:
            self.window.setGeometry(screen.geometry())
            self.window.showFullScreen()
        self._parent.activateWindow()

    def screen_removed(self, screen: QScreen) -> None:
        """The projector was unplugged: nothing of the room's screen covers the window of who writes."""
        if self.window is not None and self.other_screen(without=screen) is None:
            self.window.hide()

    def screen_added(self, _screen: QScreen) -> None:
        """A projector was plugged in: the display stands there again if it is wanted."""
        if self.wanted and self.window is not None:
            self._place()

    def look(self) -> None:
        """Show what the room may see now."""
        hall = self._hall
        if self.window is None or not hall.has_workspace:
            return
        from pitso.services import display

        workshop = hall.desk.ask(lambda: workshop_here(hall.workspace, hall.place.engagement))
        if workshop:
            view = hall.desk.ask(lambda: display.view(hall.workspace, workshop))
            if view is not None:
                self.window.show_view(view)

    def _changed(self, _change: Change) -> None:
        if self.wanted:
            self.look()
