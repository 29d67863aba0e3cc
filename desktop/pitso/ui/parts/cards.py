"""Cards: a frame for words that belong together, a drawing with its words, a table of figures."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pitso.services.views import Figure
from pitso.ui import theme
from pitso.ui.parts.words import Words, restyle

Look = Literal["plain", "done", "warn", "wrong", "soft"]


class Card(QFrame):
    """Paper on the ground of a page."""

    def __init__(self, look: Look = "plain") -> None:
        super().__init__()
        self.setProperty("card", look)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.column.setSpacing(theme.S)

    def show_look(self, look: Look) -> None:
        if self.property("card") != look:
            self.setProperty("card", look)
            restyle(self)


class Empty(Card):
    """Says what will stand here, and offers the deed that begins it."""

    def __init__(self, title: str, words: str, deed: QWidget | None = None) -> None:
        super().__init__("plain")
        self.column.setContentsMargins(theme.XXL, theme.XXL, theme.XXL, theme.XXL)
        self.title, self.words = Words(title, "heading"), Words(words, "soft")
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        if deed is not None:
            self.column.addSpacing(theme.S)
            self.column.addWidget(deed, 0, Qt.AlignmentFlag.AlignLeading)


class Drawing(QWidget):
    """The same drawing as on paper, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._widest = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_drawing(self, figure: Figure, *, widest: int = 0) -> None:
        """Show *figure*; its words are what a screen reader says."""
        self._widest = widest
        self._renderer.load(QByteArray(figure.svg))
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.words)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def _wide(self, width: int) -> int:
        return min(width, self._widest) if self._widest else width

    def heightForWidth(self, width: int) -> int:
        size = self._renderer.viewBoxF()
        return round(self._wide(width) * size.height() / size.width()) if size.width() else 0

    def sizeHint(self) -> QSize:
        wide = self._widest or 480
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        wide = self._wide(self.width())
        high = self.heightForWidth(wide)
        self._renderer.render(QPainter(self), QRectF((self.width() - wide) / 2, 0, wide, high))


class Figures(QTableWidget):
    """A table of figures, as high as its rows, read with the arrows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)

    def show_table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, wide: int = 0) -> None:
        """Show *rows* under *heads*; the column number *wide* takes the room that is left."""
        self.clear()
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(heads))
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignLeading if across <= wide else Qt.AlignmentFlag.AlignTrailing
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(down, across, item)
        for across in range(len(heads)):
            side = Qt.AlignmentFlag.AlignLeading if across <= wide else Qt.AlignmentFlag.AlignTrailing
            head = self.horizontalHeaderItem(across)
            if head is not None:
                head.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            mode = QHeaderView.ResizeMode.Stretch if across == wide else QHeaderView.ResizeMode.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(across, mode)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 6
        bar = self.horizontalScrollBar()
        height += bar.sizeHint().height() if bar.maximum() > 0 else 0
        if height != self.height():
            self.setFixedHeight(height)
