"""A paragraph in the flow of a paper: it wraps, splits between pages, and is read aloud in its order."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import direction, text
from pitso.paper.sheet import BODY, Style
from pitso.paper.text import Line, Span


class Prose(Flowable):
    """Text in one style, with stretches that may be bold. What a person wrote is never read as markup."""

    canv: Any

    def __init__(self, said: str | Sequence[Span], style: Style = BODY) -> None:
        super().__init__()
        self.style = style
        self.spaceBefore, self.spaceAfter = style.before, style.after
        self._spans = (Span(said, style.bold),) if isinstance(said, str) else tuple(said)
        self._mirrored = words.right_to_left()
        whole = "".join(span.text for span in self._spans)
        self._right_to_left = direction.runs_right_to_left(whole, document=self._mirrored)
        self._laid: dict[float, tuple[Line, ...]] = {}
        self.width = 0.0

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines at this *width*."""
        if width not in self._laid:
            self._laid[width] = text.lay(
                self._spans, size=self.style.size, width=width, right_to_left=self._right_to_left
            )
        return self._laid[width]

    def natural_width(self) -> float:
        """How wide it would be on one line."""
        return max((line.width for line in self.lines(1e6)), default=0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        own = len(self.lines(width)) * self.style.leading
        crowded = 0 < height < own + self.style.room_below
        return width, height + 1 if crowded and self.style.room_below else own

    def split(self, width: float, height: float) -> list[Flowable]:
        if self.style.room_below:
            return []
        lines = self.lines(width)
        fitting = int(height / self.style.leading + 1e-6)
        if fitting >= len(lines) - 1:
            fitting = len(lines) - 2  # no line stands alone at the top of a page
        if fitting < 2:
            return []
        return [self._part(lines[:fitting]), self._part(lines[fitting:])]

    def _part(self, lines: tuple[Line, ...]) -> "Prose":
        return _Part(self.style, lines)

    def draw(self) -> None:
        self.paint(self.canv, 0.0, len(self.lines(self.width)) * self.style.leading, self.width)

    def paint(self, canvas: Any, left: float, top: float, width: float, *, tag: str = "") -> None:
        """Draw the lines downward from *top*, read as a *tag* where it is a whole cell."""
        style = self.style
        with canvas.marked(tag or style.tag):
            y = top - style.leading / 2 - 0.36 * style.size
            for line in self.lines(width):
                text.draw(canvas, line, left + self._indent(line, width), y, size=style.size, fill=style.grey)
                y -= style.leading

    def _indent(self, line: Line, width: float) -> float:
        if self.style.align == "centre":
            return (width - line.width) / 2
        return width - line.width if (self.style.align == "end") != self._mirrored else 0.0


class _Part(Prose):
    """Some lines of a paragraph that was split between two pages."""

    def __init__(self, style: Style, lines: tuple[Line, ...]) -> None:
        super().__init__("", style)
        self._given = lines

    def lines(self, width: float) -> tuple[Line, ...]:
        return self._given
