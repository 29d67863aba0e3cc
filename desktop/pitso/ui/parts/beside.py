"""Two texts side by side, each wrapped in half of the width."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pitso.ui import theme
from pitso.ui.parts import brush
from pitso.ui.parts.words import Words


class Beside(QWidget):
    """What stands, and what is proposed instead; each under a small heading.

    A grid of wrapping words asks for far more height than it needs; this one knows its halves.
    """

    def __init__(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        super().__init__()
        self._halves = [_half(*one, strong=False, parent=self), _half(*other, strong=True, parent=self)]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wide = max((width - theme.L) // 2, 40)
        return max(half.heightForWidth(wide) for half in self._halves)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = (self.width() - theme.L) // 2
        for place, half in enumerate(self._halves):
            box = QRect(place * (wide + theme.L), 0, wide, self.height())
            half.setGeometry(brush.mirrored(box, self.rect()))


def _half(heading: str, text: str, *, strong: bool, parent: QWidget) -> QWidget:
    half = QWidget(parent)
    column = QVBoxLayout(half)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.XS)
    column.addWidget(Words(heading, "small"))
    column.addWidget(Words(text, "strong" if strong else "body"))
    column.addStretch(1)
    return half
