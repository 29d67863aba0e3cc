"""A few figures that are always in sight, large: how many, and of what."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pitso.ui import theme
from pitso.ui.parts import brush
from pitso.ui.parts.flow import Flow
from pitso.ui.parts.words import Tone

PAD = 12


@dataclass(frozen=True)
class Count:
    """One figure with the words beneath it."""

    figure: str
    words: str
    tone: Tone = "soft"


class _Figure(QWidget):
    """One figure on a card."""

    def __init__(self) -> None:
        super().__init__()
        self._count = Count("", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_count(self, count: Count) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{count.words}: {count.figure}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        worn = theme.now()
        wide = max(
            brush.width_of(self._count.figure, worn.font("title", bold=True)),
            brush.width_of(self._count.words, worn.font("small")),
        )
        return QSize(max(wide + 2 * PAD, worn.scaled(104)), worn.title * 3 // 2 + worn.small * 3 // 2 + PAD)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, worn = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plain = self._count.tone == "soft"
        edge = "line" if plain else self._count.tone
        brush.box(painter, self.rect(), "card" if plain else f"{edge}_soft", edge, radius=theme.CARD_RADIUS)
        high, room = worn.title * 3 // 2, self.width() - 2 * PAD
        above = QRect(PAD, PAD // 2, room, high)
        below = QRect(PAD, PAD // 2 + high, room, worn.small * 3 // 2)
        ink = "ink" if plain else self._count.tone
        brush.write(painter, above, self._count.figure, worn.font("title", bold=True), ink)
        brush.write(painter, below, self._count.words, worn.font("small"), "soft" if plain else ink)


class Tally(QWidget):
    """Several figures in a row, which goes on in a second line where there is no room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._row = Flow(self)
        self.figures: list[_Figure] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show these figures, in their order."""
        while len(self.figures) < len(counts):
            self.figures.append(_Figure())
            self._row.addWidget(self.figures[-1])
        for figure, count in zip(self.figures, counts, strict=False):
            figure.show_count(count)
        for place, figure in enumerate(self.figures):
            figure.setVisible(place < len(counts))
