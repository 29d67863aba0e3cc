"""A list whose rows can be moved, by dragging or by Alt with the arrows."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from pitso.ui import theme
from pitso.ui.parts.rows import Row, Rows


class MovableRows(Rows):
    """Rows that belong to groups, each under its heading; a row moves within its group.

    Signals:
        moved: the id of the row, and its new place among the rows of its group.
    """

    moved = Signal(str, int)

    def __init__(self, name: str, *, compact: bool = False, whole: bool = False) -> None:
        super().__init__(name, compact=compact, whole=whole)
        self._pressed: QPoint | None = None
        self._held = ""
        self._target: int | None = None

    def groups(self) -> list[list[str]]:
        """The ids under each heading, in order."""
        found: list[list[str]] = [[]]
        for row in self.rows:
            if row.id:
                found[-1].append(row.id)
            else:
                found.append([])
        return found

    def show_rows(self, rows: Sequence[Row], *, chosen: str = "") -> None:
        self._let_go()
        super().show_rows(rows, chosen=chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            group = self._group_of(self.current_id())
            place = group.index(self.current_id()) + step if group else -1
            if 0 <= place < len(group):
                self.moved.emit(self.current_id(), place)
            return
        super().keyPressEvent(event)

    def _group_of(self, identity: str) -> list[str]:
        return next((group for group in self.groups() if identity in group), [])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            row: Row | None = self.indexAt(self._pressed).data(Qt.ItemDataRole.UserRole)
            self._held = row.id if row is not None else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        far = self._pressed is not None and (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._held and far and event.buttons() & Qt.MouseButton.LeftButton:
            self._target = self._place_at(here.y())
            self.viewport().update()
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, target = self._held, self._target
        self._let_go()
        if held and target is not None:
            group = self._group_of(held)
            own = group.index(held)
            place = target - (target > own)
            if place != own:
                self.moved.emit(held, place)
            return
        super().mouseReleaseEvent(event)

    def _place_at(self, y: int) -> int:
        """Before which row of the group of the one that is held the mouse stands."""
        group = self._group_of(self._held)
        return sum(self.rect_of(one).center().y() < y for one in group)

    def _let_go(self) -> None:
        self._pressed, self._held, self._target = None, "", None
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is None:
            return
        group = self._group_of(self._held)
        last = self.rect_of(group[-1]).bottom()
        y = self.rect_of(group[self._target]).top() if self._target < len(group) else last
        painter = QPainter(self.viewport())
        painter.fillRect(0, max(y - 2, 0), self.viewport().width(), 4, theme.now().colour("accent"))
