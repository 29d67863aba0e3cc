"""A row that goes on in the next line where there is no more room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget

from pitso.ui import theme


class Flow(QLayout):
    """Puts widgets in lines, as words stand in a paragraph; *apart*: the last one stands at the end of its line."""

    def __init__(self, parent: QWidget | None = None, *, apart: bool = False) -> None:
        super().__init__(parent)
        self._apart = apart
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.S)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._shown()]
        return QSize(max((hint.width() for hint in hints), default=0), max((h.height() for h in hints), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the widgets in *rect*; how high all lines are."""
        x, y = rect.x(), rect.y()
        shown = self._shown()
        high = max((item.sizeHint().height() for item in shown), default=0)
        for item in shown:
            width = min(item.sizeHint().width(), max(rect.width(), 1))
            if x > rect.x() and x + width > rect.x() + rect.width():
                x, y = rect.x(), y + high + self.spacing()
            if self._apart and item is shown[-1]:
                x = rect.x() + rect.width() - width
            if move:
                widget = item.widget()
                direction = widget.layoutDirection() if widget else Qt.LayoutDirection.LeftToRight
                item.setGeometry(QStyle.visualRect(direction, rect, QRect(x, y, width, high)))
            x += width + self.spacing()
        return y + high - rect.y()


def flowing(*widgets: QWidget, apart: bool = False) -> QWidget:
    """These widgets in a row that goes on in the next line; *apart*: the last one stands at the end of its line."""
    box = QWidget()
    row = Flow(box, apart=apart)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    for widget in widgets:
        row.addWidget(widget)
    return box
