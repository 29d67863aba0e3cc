"""QR codes: a matrix as black stretches, with its quiet zone, in as few strokes as it takes."""

from collections.abc import Iterator, Sequence
from typing import Any

import segno
from reportlab.platypus import Flowable

from pitso import words

QUIET = 4
"""Empty modules around, as the standard asks."""


def modules(said: str) -> int:
    """Modules of one side without the quiet zone."""
    return len(_matrix(said))


def paint(canvas: Any, said: str, side: float) -> None:
    """Draw the code of these words with its lower left corner at the origin."""
    matrix = _matrix(said)
    module = side / (len(matrix) + 2 * QUIET)
    canvas.setFillGray(0)
    for row, line in enumerate(matrix):
        y = side - (row + QUIET + 1) * module
        for start, length in _dark(line):
            canvas.rect((start + QUIET) * module, y, length * module, module, stroke=0, fill=1)


def _matrix(said: str) -> Sequence[Sequence[int]]:
    matrix: Sequence[Sequence[int]] = segno.make(said, error="m", micro=False).matrix
    return matrix


def _dark(line: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of dark modules in a row."""
    start = None
    for place, module in enumerate([*line, 0]):
        if module and start is None:
            start = place
        elif not module and start is not None:
            yield start, place - start
            start = None


class Code(Flowable):
    """A QR in the flow of a paper, with the words that say what it is for."""

    canv: Any

    def __init__(self, said: str, side: float, alternative: str) -> None:
        super().__init__()
        self._said, self._side, self._alternative = said, side, alternative
        self.spaceAfter = 6.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._left = width - self._side if words.right_to_left() else 0.0
        return width, self._side

    def draw(self) -> None:
        self.canv.translate(self._left, 0)
        with self.canv.marked("Figure", self._alternative):
            paint(self.canv, self._said, self._side)
