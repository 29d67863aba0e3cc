"""Room for a pen: boxes to tick, lines to write on, large enough for a hand in a moving car."""

from collections.abc import Collection, Sequence
from typing import Any

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import direction, sheet, text
from pitso.paper.sheet import CELL, Style
from pitso.paper.text import Line, Span

BOX = 12.0
"""Side of a box to tick."""
LINE_GAP = 24.0
"""From one line to write on to the next."""


class Ticks(Flowable):
    """Boxes with their words beside each other, in as many rows as they take."""

    canv: Any

    def __init__(self, entries: Sequence[str], style: Style = CELL, *, ticked: Collection[int] = ()) -> None:
        super().__init__()
        self._entries, self._style, self._ticked = tuple(entries), style, frozenset(ticked)
        self._placed: list[tuple[float, int, tuple[Line, ...]]] = []
        self._width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        self._placed = []
        x, row = 0.0, 0
        for entry in self._entries:
            lines = self._lay(entry, width - BOX - 5)
            wide = BOX + 5 + max((line.width for line in lines), default=0) + 12
            if x and x + wide - 12 > width:
                x, row = 0.0, row + 1
            self._placed.append((x, row, lines))
            x, row = x + wide, row + len(lines) - 1
        return width, (row + 1) * (BOX + 5)

    def _lay(self, entry: str, width: float) -> tuple[Line, ...]:
        runs = direction.runs_right_to_left(entry, document=words.right_to_left())
        span = Span(entry, self._style.bold)
        return text.lay((span,), size=self._style.size, width=width, right_to_left=runs)

    def draw(self) -> None:
        _width, height = self.wrap(self._width, 0)
        mirrored = words.right_to_left()
        with self.canv.marked("P"):
            for place, (x, row, lines) in enumerate(self._placed):
                top = height - row * (BOX + 5) - 2
                left = self._width - x - BOX if mirrored else x
                _box(self.canv, left, top - BOX, BOX)
                if place in self._ticked:
                    _cross(self.canv, left, top - BOX, BOX)
                for number, line in enumerate(lines):
                    start = left - 5 - line.width if mirrored else left + BOX + 5
                    y = top - BOX / 2 - 0.36 * self._style.size - number * (BOX + 5)
                    text.draw(self.canv, line, start, y, size=self._style.size, fill=self._style.grey)


class WritingLines(Flowable):
    """Empty lines to write on."""

    canv: Any

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.spaceAfter = 4.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        return width, self._number * LINE_GAP

    def draw(self) -> None:
        with self.canv.artifact():
            self.canv.setStrokeGray(sheet.LINE)
            self.canv.setLineWidth(0.5)
            for number in range(self._number):
                self.canv.line(0, number * LINE_GAP + 6, self._width, number * LINE_GAP + 6)


def _box(canvas: Any, x: float, y: float, side: float) -> None:
    canvas.setStrokeGray(sheet.INK)
    canvas.setLineWidth(0.7)
    canvas.rect(x, y, side, side, stroke=1, fill=0)


def _cross(canvas: Any, x: float, y: float, side: float) -> None:
    canvas.setLineWidth(1.4)
    canvas.line(x + 2.5, y + 2.5, x + side - 2.5, y + side - 2.5)
    canvas.line(x + 2.5, y + side - 2.5, x + side - 2.5, y + 2.5)
