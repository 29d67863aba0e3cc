"""The contents of a paper: lines that name the page of a chapter and lead to it, and the places that they lead to."""

from typing import Any

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import text
from pitso.paper.prose import Prose
from pitso.paper.sheet import BODY, INK, LINE
from pitso.paper.text import Span

LEADING = 17.0
FIGURE_WIDTH = 34.0


class Place(Flowable):
    """Nothing to see: what follows can be gone to, from the contents and from the bookmarks of the file."""

    canv: Any

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._title = key, title
        self.keepWithNext = 1

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.canv.place(self._key, self._title)


class ContentsLine(Flowable):
    """The title of a chapter at one end, its page at the other; the whole line leads there."""

    canv: Any

    def __init__(self, key: str, title: str) -> None:
        super().__init__()
        self._key, self._title = key, Prose(title, BODY)
        self._mirrored = words.right_to_left()
        self._width = self._height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        self._height = self._title.wrap(width - FIGURE_WIDTH, 0)[1] + LEADING - BODY.leading
        return width, self._height

    def draw(self) -> None:
        canvas, room = self.canv, self._width - FIGURE_WIDTH
        with canvas.artifact():
            canvas.setStrokeGray(LINE)
            canvas.setLineWidth(0.4)
            canvas.line(0, 0, self._width, 0)
        self._title.paint(canvas, FIGURE_WIDTH if self._mirrored else 0.0, self._height - 2, room)
        canvas.page_of(self._key, self._paint_page)
        canvas.linkRect("", self._key, (0, 0, self._width, self._height), relative=1)

    def _paint_page(self, canvas: Any, number: int) -> None:
        (line,) = text.lay((Span(words.whole(number)),), size=BODY.size, width=FIGURE_WIDTH, right_to_left=False)
        x = 0.0 if self._mirrored else self._width - line.width
        text.draw(canvas, line, x, self._height - 2 - BODY.leading / 2 - 0.36 * BODY.size, size=BODY.size, fill=INK)
