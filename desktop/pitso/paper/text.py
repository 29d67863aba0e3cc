"""Text that may run both ways: lines of runs by level and font, HarfBuzz for each run.

Text is never markup here: ``A & B <c>`` needs no escaping and prints as it stands.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import groupby
from operator import add
from typing import Any, TypeAlias
from unicodedata import combining

import uharfbuzz
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from pitso.paper import direction, fonts
from pitso.paper.fonts import Face

_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_BREAK_AFTER = re.compile(r"[ \t]+(?![%:;?!»])|(?<=[^\W\d_])[-/](?=[^\W\d_])|[–—\u1361\u200b]")
"""Neither ``95.5 %`` nor a code such as ``GOV-2`` nor a French colon is torn from what it belongs to."""
_FEATURES = {"kern": True, "liga": False}
"""No ligatures in Latin: text that is copied out of the PDF stays letter by letter."""


@dataclass(frozen=True)
class Span:
    """A piece of a paragraph in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Shaped:
    """Glyphs of a run in the order in which they are drawn, with positions in thousandths of the size."""

    glyphs: str
    width: float
    plain: bool
    """Every glyph stands where its own width puts it."""


@dataclass(frozen=True)
class Run:
    """A stretch of one line in one face and one direction."""

    text: str
    face: Face
    level: int
    shaped: Shaped

    @property
    def right_to_left(self) -> bool:
        """Does this run go from right to left?"""
        return self.level % 2 == 1


@dataclass(frozen=True)
class Line:
    """One line: its runs in the order in which they stand from left to right."""

    runs: tuple[Run, ...]
    width: float
    spaced: bool = False
    """A space was left away at its end: who hears or copies the text needs it."""

    @property
    def text(self) -> str:
        """What stands in it, in the order of sight."""
        return "".join(run.text for run in self.runs)


@lru_cache(maxsize=20_000)
def shape(text: str, face: Face, *, right_to_left: bool) -> Shaped:
    """The glyphs of a *text* in one face and direction."""
    if len(text) == 1 and text.isalnum() and text.isascii():
        return Shaped(text, face.font.face.charWidths[ord(text)], plain=True)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(face.shaper, buffer, _FEATURES)
    scale, data = face.font.thousandths, face.font.face
    glyphs, width, plain = "", 0.0, True
    positions: Any = []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        code = data.glyphToChar[info.codepoint][0]
        own, advance = data.charWidths[code], scale(place.x_advance)
        offsets = scale(place.x_offset), scale(place.y_offset)
        plain = plain and advance == own and offsets == (0, 0)
        glyphs += chr(code)
        positions.append(ShapeData(0, advance, 0, *offsets, own))
        width += advance
    return Shaped(glyphs if plain else ShapedStr(glyphs, positions), width, plain)


@dataclass(frozen=True)
class _Letter:
    """A character with what is known of it before lines are made."""

    text: str
    face: Face
    level: int


def _letters(spans: Iterable[Span], *, right_to_left: bool) -> list[_Letter]:
    pieces = [Span(direction.known(span.text), span.bold) for span in spans]
    whole = "".join(piece.text for piece in pieces)
    level = iter(direction.levels(whole, right_to_left=right_to_left))
    letters: list[_Letter] = []
    for piece in pieces:
        face: Face | None = None
        for letter in piece.text:
            at = next(level)
            if _INVISIBLE.match(letter):
                continue
            keeps = face is not None and (ord(letter) in face.letters) and not letter.isalnum()
            if face is None or not (keeps or combining(letter)):
                face = fonts.face_of(letter, bold=piece.bold)
            letters.append(_Letter(letter, face, at))
    return letters


def _runs(letters: Sequence[_Letter]) -> list[Run]:
    runs = []
    for (face, level), group in groupby(letters, key=lambda letter: (letter.face, letter.level)):
        text = "".join(letter.text for letter in group)
        runs.append(Run(text, face, level, shape(text, face, right_to_left=level % 2 == 1)))
    return runs


def _words(letters: Sequence[_Letter]) -> list[Sequence[_Letter]]:
    """Stretches that are not broken, each with the space that follows it."""
    whole = "".join(letter.text for letter in letters)
    ends = [found.end() for found in _BREAK_AFTER.finditer(whole)]
    return [letters[a:b] for a, b in zip([0, *ends], [*ends, len(letters)], strict=True) if a < b]


def _width(letters: Sequence[_Letter]) -> float:
    return sum(run.shaped.width for run in _runs(letters))


def _bare(letters: Sequence[_Letter]) -> Sequence[_Letter]:
    end = len(letters)
    while end and letters[end - 1].text in " \t":
        end -= 1
    return letters[:end]


def _pieces(word: Sequence[_Letter], room: float) -> Iterable[Sequence[_Letter]]:
    """A *word* that is wider than a line, cut where no mark is torn from its letter."""
    start = 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and _width(word[start:end]) > room and not combining(word[end - 1].text):
            yield word[start : end - 1]
            start = end - 1
    yield word[start:]


def _filled(letters: Sequence[_Letter], room: float) -> Iterable[Sequence[_Letter]]:
    """Lines as full as they may be; *room* is in thousandths of the size."""
    line: list[_Letter] = []
    filled = 0.0
    for word in _words(letters):
        bare = _width(_bare(word))
        if line and filled + bare > room:
            yield line
            line, filled = [], 0.0
        if bare > room:
            *full, word = _pieces(_bare(word), room)
            yield from full
        line.extend(word)
        filled += _width(word)
    yield line


def _in_sight(runs: list[Run]) -> list[Run]:
    """Runs from left to right (rule L2)."""
    order = list(runs)
    highest = max((run.level for run in order), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end].level >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order


@lru_cache(maxsize=5_000)
def lay(spans: tuple[Span, ...], *, size: float, width: float, right_to_left: bool) -> tuple[Line, ...]:
    """The lines of a paragraph that may be *width* wide; a new line in the text begins a new one here.

    They are kept, because tables say the same words in row after row.
    """
    lines: list[Line] = []
    for paragraph in _paragraphs(spans):
        letters = _letters(paragraph, right_to_left=right_to_left)
        whole = _line(letters, size)
        lines += (
            [whole] if whole.width <= width else [_line(part, size) for part in _filled(letters, width * 1000 / size)]
        )
    return tuple(lines)


def _line(letters: Sequence[_Letter], size: float) -> Line:
    bare = _bare(letters)
    runs = _runs(bare)
    return Line(tuple(_in_sight(runs)), sum(run.shaped.width for run in runs) * size / 1000, len(bare) < len(letters))


def _paragraphs(spans: Iterable[Span]) -> list[list[Span]]:
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        first, *others = re.split("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", span.text)
        paragraphs[-1].append(Span(first, span.bold))
        paragraphs.extend([Span(other, span.bold)] for other in others)
    return paragraphs


def measure(text: str, *, size: float, bold: bool = False, right_to_left: bool = False) -> float:
    """How wide a *text* is on one line."""
    return _width(_letters([Span(text, bold)], right_to_left=right_to_left)) * size / 1000


Ink: TypeAlias = float | tuple[float, float, float]
"""A grey, or red, green and blue, each from 0 to 1."""


def draw(canvas: Any, line: Line, x: float, y: float, *, size: float, fill: Ink) -> None:
    """Put a *line* with its left end and baseline at *x*, *y*."""
    pen = canvas.beginText(x, y)
    if isinstance(fill, tuple):
        pen.setFillColorRGB(*fill)
    else:
        pen.setFillGray(fill)
    for face, group in groupby(line.runs, key=lambda run: run.face):
        pen.setFont(face.name, size)
        for plain, same in groupby(group, key=lambda run: run.shaped.plain):
            glyphs = [run.shaped.glyphs for run in same]
            pen.textOut("".join(glyphs) if plain else reduce(add, glyphs))
    if line.spaced:
        pen.textOut(" ")
    canvas.drawText(pen)
