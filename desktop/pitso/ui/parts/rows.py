"""A list of things, one row each: what it is, second words, a state, and for ratings their spread as dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pitso.ui import icons, theme
from pitso.ui.parts import brush
from pitso.ui.parts.words import Tone

Index = QModelIndex | QPersistentModelIndex
PAD = 16


@dataclass(frozen=True)
class Row:
    """One row of a list; a row without an id is the heading of those that follow."""

    id: str
    title: str
    detail: str = ""
    trailing: str = ""
    pill: str = ""
    tone: Tone = "soft"
    icon: str = ""
    icon_role: str = "soft"
    spread: tuple[tuple[int, int], ...] = ()
    """For each level from 0: how many peers and how many hosts gave it."""
    under: str = ""
    """Words beneath all of these, over the whole width."""
    look: str = ""
    """Words that are marked wherever they stand in the title and the detail: what somebody looks for."""
    heard: str = ""
    """What a screen reader says besides the words."""


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.title, row.detail, row.under, row.trailing, row.pill, row.heard)
            return ". ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.UserRole:
            return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled if self.rows[index.row()].id else Qt.ItemFlag.NoItemFlags


class _Painter(QStyledItemDelegate):
    """Draws a row; measures it for the width that the list has."""

    def __init__(self, view: "Rows") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width()
        worn = theme.now()
        if not row.id:
            return QSize(width, worn.small + 26)
        room = self._words_width(row, width)
        title = brush.height_of(row.title, worn.font(bold=True), room)
        detail = brush.height_of(row.detail, worn.font("small"), room)
        least = 52 if self._view.compact else theme.CHOICE
        return QSize(width, max(least, title + detail + 20) + self._under(row, width) + self._view.gap)

    def _under(self, row: Row, width: int) -> int:
        if not row.under:
            return 0
        return brush.height_of(row.under, theme.now().font("small"), width - self._lead(row) - PAD) + 10

    def _words_width(self, row: Row, width: int) -> int:
        return max(width - self._lead(row) - self._aside(row) - PAD, 40)

    def _lead(self, row: Row) -> int:
        return PAD + (theme.now().scaled(22) + 14 if row.icon else 0)

    def _aside(self, row: Row) -> int:
        worn = theme.now()
        trailing = brush.width_of(row.trailing, worn.font("small")) + 16 if row.trailing else 0
        pill = brush.width_of(row.pill, worn.font("small", bold=True)) + 40 if row.pill else 0
        return trailing + pill + (self._spread_width() if row.spread else 0)

    def _spread_width(self) -> int:
        return self._step() * 5 + 12

    def _step(self) -> int:
        return 34 if self._view.compact else 46

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        whole: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not row.id:
            heading = whole.adjusted(4, 8, -4, 0)
            brush.write(painter, heading, row.title, theme.now().font("small", bold=True), "soft")
            painter.restore()
            return
        box = whole.adjusted(1, 1, -1, -self._view.gap)
        ground = self._ground(painter, box, state)
        under = self._under(row, box.width())
        if under:
            lead = self._lead(row)
            words = QRect(box.left() + lead, box.bottom() - under, box.width() - lead - PAD, under - 8)
            brush.write(painter, brush.mirrored(words, box), row.under, theme.now().font("small"), "soft")
        self._words(painter, box.adjusted(0, 0, 0, -under), row, ground)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> str:
        """Paint the box that the words stand on; returns the role of its colour."""
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = chosen and self._view.hasFocus()
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        fill = "accent_soft" if chosen else ("sunken" if over else "card")
        edge = "ink" if focus else ("accent" if chosen else "line")
        brush.box(painter, box, fill, edge, thick=2 if focus else 1, radius=theme.CARD_RADIUS)
        return fill

    def _words(self, painter: QPainter, box: QRect, row: Row, ground: str) -> None:
        worn = theme.now()
        room, bold, small = self._words_width(row, box.width()), worn.font(bold=True), worn.font("small")
        title = brush.height_of(row.title, bold, room)
        detail = brush.height_of(row.detail, small, room)
        top = box.top() + (box.height() - title - detail) // 2
        left = box.left() + self._lead(row)
        if row.icon:
            side = worn.scaled(22)
            spot = QRect(box.left() + PAD, box.center().y() - side // 2, side, side)
            icons.draw(painter, row.icon, brush.mirrored(spot, box), row.icon_role)
        brush.write(painter, brush.mirrored(QRect(left, top, room, title), box), row.title, bold, "ink", look=row.look)
        below = QRect(left, top + title, room, detail)
        brush.write(painter, brush.mirrored(below, box), row.detail, small, "soft", look=row.look)
        self._end(painter, box, row, ground)

    def _end(self, painter: QPainter, box: QRect, row: Row, ground: str) -> None:
        worn, end = theme.now(), box.right() - PAD
        if row.pill:
            font = worn.font("small", bold=True)
            width, height = brush.width_of(row.pill, font) + 24, worn.small + 12
            spot = brush.mirrored(QRect(end - width, box.center().y() - height // 2, width, height), box)
            brush.box(painter, spot, _tint(row.tone, ground), "", radius=height // 2)
            brush.write(painter, spot, row.pill, font, row.tone, centred=True)
            end -= width + 16
        if row.trailing:
            font = worn.font("small")
            width = brush.width_of(row.trailing, font)
            spot = brush.mirrored(QRect(end - width, box.top(), width, box.height()), box)
            brush.write(painter, spot, row.trailing, font, "soft", centred=True)
            end -= width + 16
        if row.spread:
            self._spread(painter, box, row, end)

    def _spread(self, painter: QPainter, box: QRect, row: Row, end: int) -> None:
        """The ratings over the levels 0 to 4: full dots are peers, hollow ones hosts."""
        step, small = self._step(), theme.now().font("small")
        begin, middle = end - 5 * step, box.center().y()
        for level, (peers, hosts) in enumerate(row.spread):
            cell = brush.mirrored(QRect(begin + level * step, box.top() + 6, step, 16), box)
            painter.setOpacity(0.75)
            brush.write(painter, cell, str(level), small, "soft", centred=True)
            painter.setOpacity(1)
            marks = [True] * peers + [False] * hosts
            across = 3 if step < 40 else 4
            for place, peer in enumerate(marks[: 2 * across]):
                in_line = min(len(marks) - place // across * across, across)
                x = cell.center().x() + (place % across - (in_line - 1) / 2) * 9.5
                y = middle + 8 + place // across * 10
                brush.dot(painter, QPointF(x, y), 3.6, "ink" if peer else "card", "ink", 1.3)


def _tint(tone: Tone, ground: str) -> str:
    """The role of a pill's colour; on a row of the same colour it would not be seen, and is white."""
    tint = f"{tone}_soft" if tone != "soft" else "sunken"
    return tint if tint != ground else "card"


class Rows(QListView):
    """A list that is walked with the arrows; Enter or a click opens a row.

    Signals:
        opened: the id of the row that the user opened.
        walked: the id of the row that the user stands on.
    """

    opened = Signal(str)
    walked = Signal(str)

    def __init__(self, name: str, *, compact: bool = False, whole: bool = False) -> None:
        super().__init__()
        self.compact, self.gap = compact, (4 if compact else theme.S)
        self._whole = whole
        self._model = _Model()
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._walk)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: Sequence[Row], *, chosen: str = "") -> None:
        """Show *rows*; the one that is *chosen*, or else the one that was, stays chosen."""
        keep = chosen or self.current_id()
        self.selectionModel().blockSignals(True)
        self._model.show(tuple(rows))
        place = next((place for place, row in enumerate(rows) if row.id and row.id == keep), None)
        if place is None:
            self.selectionModel().clear()
        else:
            kind = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._model.index(place), kind)
            if not self._whole:
                self.scrollTo(self._model.index(place))
        self.selectionModel().blockSignals(False)
        if self.hasFocus():
            self._stand_somewhere()
        self._fit()
        self.viewport().update()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    def current_id(self) -> str:
        place = self.currentIndex().row()
        return self._model.rows[place].id if 0 <= place < len(self._model.rows) else ""

    def walk(self, step: int) -> None:
        """Stand on the next row, or the one before, while the focus is elsewhere."""
        ids = [place for place, row in enumerate(self.rows) if row.id]
        here = self.currentIndex().row()
        if ids:
            after = ids.index(here) + step if here in ids else 0
            self.setCurrentIndex(self._model.index(ids[max(0, min(after, len(ids) - 1))]))

    def rect_of(self, identity: str) -> QRect:
        """Where the row of this id stands in the viewport."""
        place = next(place for place, row in enumerate(self.rows) if row.id == identity)
        return self.visualRect(self._model.index(place))

    def _open(self, index: QModelIndex) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        if row.id:
            self.opened.emit(row.id)

    def _walk(self, index: QModelIndex) -> None:
        if index.isValid():
            if self._whole and self.hasFocus():
                self._bring_along(index)
            self.walked.emit(self.current_id())

    def _bring_along(self, index: QModelIndex) -> None:
        """A list that does not scroll itself moves the page, so that the row one stands on is in sight."""
        area = self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        inner = area.widget() if area is not None else None
        if area is not None and inner is not None:
            row = self.visualRect(index)
            middle = self.viewport().mapTo(inner, row.center())
            area.ensureVisible(middle.x(), middle.y(), 0, row.height() // 2 + theme.M)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current_id():
            self.opened.emit(self.current_id())
            return
        if event.text().strip() and not event.modifiers():
            event.ignore()  # letters and digits belong to the page
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._stand_somewhere()

    def _stand_somewhere(self) -> None:
        """With the focus, some row is always the one that Enter opens."""
        if not self.currentIndex().isValid():
            first = next((place for place, row in enumerate(self.rows) if row.id), None)
            if first is not None:
                self.setCurrentIndex(self._model.index(first))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        """A list inside a body that scrolls is as high as its rows."""
        if not self._whole:
            return
        option = QStyleOptionViewItem()
        delegate = self.itemDelegate()
        rows = range(self._model.rowCount())
        height = sum(delegate.sizeHint(option, self._model.index(place)).height() for place in rows)
        if height + 4 != self.height():
            self.setFixedHeight(height + 4)
