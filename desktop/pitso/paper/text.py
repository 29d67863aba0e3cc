"""Text that may run both ways: lines of runs by level and font, HarfBuzz for each run.

Text is never markup here: ``A & B <c>`` needs no escaping and prints as it stands.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias
from unicodedata import combining

import uharfbuzz
from reportlab.lib.rl_accel import escapePDF, fp_str

from pitso.paper import direction, fonts
from pitso.paper.fonts import Face

_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_BREAK_AFTER = re.compile(r"[ \t]+(?![%:;?!»])|(?<=[^\W\d_])[-/](?=[^\W\d_])|[–—\u1361\u200b]")
"""Neither ``95.5 %`` nor a code such as ``GOV-2`` nor a French colon is torn from what it belongs to."""
_NEW_LINE = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FEATURES = {"kern": True, "liga": False}
"""No ligatures in Latin: text that is copied out of the PDF stays letter by letter."""


@dataclass(frozen=True)
class Span:
    """A piece of a paragraph in one weight."""

    text: str
    bold: bool = False


class Move(NamedTuple):
    """How a glyph stands apart from where its own width puts it, in thousandths of the size."""

    x: float
    y: float
    short: float
    """How much less it takes than its own width."""


_STAYS = Move(0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Shaped:
    """Glyphs of a run in the order in which they are drawn, with positions in thousandths of the size."""

    glyphs: str
    width: float
    moves: tuple[Move, ...] = ()
    """One a glyph; none where every glyph stands where its own width puts it."""


_SPACE = Shaped(" ", 0.0)


class Run(NamedTuple):
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
        return Shaped(text, face.font.face.charWidths[ord(text)])
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(face.shaper, buffer, _FEATURES)
    placed = [
        _placed(face, info.codepoint, place.position)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    moves = tuple(glyph.move for glyph in placed)
    glyphs, width = "".join(glyph.code for glyph in placed), sum(glyph.advance for glyph in placed)
    return Shaped(glyphs, width, () if moves.count(_STAYS) == len(moves) else moves)


class _Glyph(NamedTuple):
    """A glyph as a PDF names it, and how it stands, in thousandths of the size."""

    code: str
    move: Move
    advance: float


@lru_cache(maxsize=50_000)
def _placed(face: Face, number: int, position: tuple[int, int, int, int]) -> _Glyph:
    """A glyph where HarfBuzz puts it; kept, because the same letters stand in the same way on every line."""
    scale, data = face.font.thousandths, face.font.face
    code = data.glyphToChar[number][0]
    x, y, x_advance, _y_advance = position
    advance = scale(x_advance)
    return _Glyph(chr(code), Move(scale(x), scale(y), data.charWidths[code] - advance), advance)


class _Stretch(NamedTuple):
    """Letters in a row, in one face and at one level, before lines are made."""

    text: str
    face: Face
    level: int


_Stretches: TypeAlias = Sequence[_Stretch]


def _stretches(spans: Iterable[Span], *, right_to_left: bool) -> list[_Stretch]:
    pieces = [Span(direction.known(span.text), span.bold) for span in spans]
    levels = direction.levels("".join(piece.text for piece in pieces), right_to_left=right_to_left)
    found: list[_Stretch] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        found += _in_faces(piece, levels[start:end])
        start = end
    return found


def _in_faces(piece: Span, levels: Sequence[int]) -> Iterable[_Stretch]:
    """A *piece* where its face or its level changes."""
    said = piece.text
    if _INVISIBLE.search(said):
        seen = [place for place, letter in enumerate(said) if not _INVISIBLE.match(letter)]
        said, levels = "".join(said[place] for place in seen), [levels[place] for place in seen]
    if not said:
        return []
    first = fonts.face(fonts.LATIN, bold=piece.bold)
    if levels.count(levels[0]) == len(levels) and first.letters.issuperset(map(ord, said)):
        return [_Stretch(said, first, levels[0])]
    return _letter_by_letter(said, levels, bold=piece.bold)


def _letter_by_letter(said: str, levels: Sequence[int], *, bold: bool) -> Iterable[_Stretch]:
    begun = 0
    face = fonts.face_of(said[0], bold=bold)
    for place, letter in enumerate(said):
        keeps = combining(letter) if ord(letter) not in face.letters else not letter.isalnum() or combining(letter)
        own = face if keeps and place else fonts.face_of(letter, bold=bold)
        if own is not face or levels[place] != levels[begun]:
            yield _Stretch(said[begun:place], face, levels[begun])
            begun, face = place, own
    yield _Stretch(said[begun:], face, levels[begun])


def _joined(stretches: _Stretches) -> Iterable[_Stretch]:
    if len(stretches) == 1:
        yield stretches[0]
        return
    for (face, level), same in groupby(stretches, key=lambda stretch: (stretch.face, stretch.level)):
        yield _Stretch("".join(stretch.text for stretch in same), face, level)


def _runs(stretches: _Stretches) -> list[Run]:
    return [Run(*part, shape(part.text, part.face, right_to_left=part.level % 2 == 1)) for part in _joined(stretches)]


def _cut(stretches: _Stretches, places: Iterable[int]) -> Iterable[list[_Stretch]]:
    """The letters up to each of these *places*, which follow one another, from the one before."""
    rest = iter(stretches)
    held, at = _Stretch("", fonts.face(fonts.LATIN, bold=False), 0), 0
    for place in places:
        found: list[_Stretch] = []
        while at < place:
            text, face, level = held if held.text else next(rest)
            taken = text[: place - at]
            found.append(_Stretch(taken, face, level))
            held = _Stretch(text[place - at :], face, level)
            at += len(taken)
        yield found


def _said(stretches: _Stretches) -> str:
    return "".join(stretch.text for stretch in stretches)


def _width(stretches: _Stretches) -> float:
    return sum(shape(text, face, right_to_left=level % 2 == 1).width for text, face, level in _joined(stretches))


def _words(whole: str) -> Iterable[tuple[int, int]]:
    """What is not broken: where its letters end, and where the space that follows it ends."""
    start = 0
    for end in (*(found.end() for found in _BREAK_AFTER.finditer(whole)), len(whole)):
        if start < end:
            yield start + len(whole[start:end].rstrip(" \t")), end
        start = end


def _fitting(word: _Stretches, room: float) -> Iterable[list[_Stretch]]:
    """Pieces of a word that is wider than a line, so that no mark is torn from its letter."""
    letters = list(_cut(word, range(1, len(_said(word)) + 1)))
    piece: list[_Stretch] = []
    for letter in letters:
        if piece and not combining(letter[0].text) and _width([*piece, *letter]) > room:
            yield piece
            piece = []
        piece = [*piece, *letter]
    yield piece


def _filled(stretches: _Stretches, room: float) -> Iterable[list[_Stretch]]:
    """Lines as full as they may be; *room* is in thousandths of the size."""
    line: list[_Stretch] = []
    filled = 0.0
    parts = _cut(stretches, (place for word in _words(_said(stretches)) for place in word))
    for word, space in zip(parts, parts, strict=True):
        wide = _width(word)
        if line and filled + wide > room:
            yield line
            line, filled = [], 0.0
        if wide > room:
            *full, word = _fitting(word, room)
            yield from full
            wide = _width(word)
        line += [*word, *space]
        filled += wide + _width(space)
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
        stretches = _stretches(paragraph, right_to_left=right_to_left)
        whole = _line(stretches, size)
        if whole.width <= width:
            lines.append(whole)
        else:
            lines += (_line(part, size) for part in _filled(stretches, width * 1000 / size))
    return tuple(lines)


def _line(stretches: _Stretches, size: float) -> Line:
    whole = _said(stretches)
    bare = len(whole.rstrip(" \t"))
    runs = _runs(stretches if bare == len(whole) else next(iter(_cut(stretches, [bare]))))
    return Line(tuple(_in_sight(runs)), sum(run.shaped.width for run in runs) * size / 1000, bare < len(whole))


def _paragraphs(spans: Iterable[Span]) -> list[list[Span]]:
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        first, *others = _NEW_LINE.split(span.text)
        paragraphs[-1].append(Span(first, span.bold))
        paragraphs.extend([Span(other, span.bold)] for other in others)
    return paragraphs


def measure(text: str, *, size: float, bold: bool = False, right_to_left: bool = False) -> float:
    """How wide a *text* is on one line."""
    return _width(_stretches([Span(text, bold)], right_to_left=right_to_left)) * size / 1000


Ink: TypeAlias = float | tuple[float, float, float]
"""A grey, or red, green and blue, each from 0 to 1."""


def draw(canvas: Any, line: Line, x: float, y: float, *, size: float, fill: Ink) -> None:
    """Put a *line* with its left end and baseline at *x*, *y*.

    The operators are written here: ReportLab's own text object takes three times as long for the same.
    """
    ink = f"{fp_str(*fill)} rg" if isinstance(fill, tuple) else f"{fp_str(fill)} g"
    operators = [f"BT 1 0 0 1 {fp_str(x, y)} Tm {ink}"]
    font = ""
    runs = [(run.face, run.shaped) for run in line.runs]
    if line.spaced and runs:
        runs.append((runs[-1][0], _SPACE))
    for face, shaped in runs:
        done = 0
        for name, codes in face.font.coded(shaped.glyphs, canvas.document):
            if name != font:
                operators.append(f"{name} {fp_str(size)} Tf")
                font = name
            operators += _shown(codes, shaped.moves[done : done + len(codes)], size)
            done += len(codes)
    canvas.write(" ".join((*operators, "ET")))


def _shown(codes: bytes, moves: Sequence[Move], size: float) -> Iterable[str]:
    """Operators for glyphs of one subset of a font."""
    if not moves:
        yield f"({escapePDF(codes)}) Tj"
        return
    for rise, group in groupby(zip(codes, moves, strict=True), key=lambda glyph: glyph[1].y):
        if rise:
            yield f"{fp_str(rise * size / 1000)} Ts"
        yield f"[{' '.join(_spread(group))}] TJ"
        if rise:
            yield "0 Ts"


def _spread(glyphs: Iterable[tuple[int, Move]]) -> Iterable[str]:
    """Glyphs with what stands between them, in thousandths to the left."""
    held, shift = b"", 0.0
    for code, move in glyphs:
        shift -= move.x
        if shift and held:
            yield f"({escapePDF(held)})"
            held = b""
        if shift:
            yield fp_str(shift)
        held += bytes((code,))
        shift = move.x + move.short
    yield f"({escapePDF(held)})"
    if shift:
        yield fp_str(shift)
