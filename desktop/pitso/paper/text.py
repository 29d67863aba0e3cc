"""Text that may run both ways: bidi levels for each line, runs by level and font, HarfBuzz for each run.

Text is never markup here: ``A & B <c>`` needs no escaping and prints as it stands.
"""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import groupby
from operator import add
from typing import Any, TypeAlias
from unicodedata import bidirectional, combining

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from pitso import words
from pitso.paper import fonts
from pitso.paper.fonts import Face

_RIGHT_TO_LEFT = ("R", "AL")
_NEEDS_BIDI = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_ISOLATES = str.maketrans({"\u2066": "\u202a", "\u2067": "\u202b", "\u2068": "\u202a", "\u2069": "\u202c"})
"""Isolates as embeddings: python-bidi knows only these. What a person pasted must print, not crash."""
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")
_BREAK_AFTER = re.compile(r"[ \t]+(?![%:;?!»])|(?<=[^\W\d_])[-/](?=[^\W\d_])|[–—\u1361\u200b]")
"""Neither ``95.5 %`` nor a code such as ``GOV-2`` nor a French colon is torn from what it belongs to."""
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩"}
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


def runs_right_to_left(text: str, *, document: bool) -> bool:
    """Which way a paragraph runs in a document that runs right to left or not.

    A Latin name in an Arabic paper keeps its full stop at its right; an Arabic sentence that opens with a
    Latin name still runs from the right there.
    """
    if document:
        kinds = {bidirectional(letter) for letter in text}
        return bool(kinds.intersection(_RIGHT_TO_LEFT)) or "L" not in kinds
    strong = (kind for letter in text if (kind := bidirectional(letter)) in ("L", *_RIGHT_TO_LEFT))
    return next(strong, "L") != "L"


def joined(parts: Iterable[str], separator: str = " · ", *, right_to_left: bool) -> str:
    """Parts that each run their own way, one after the other as the document runs."""
    mark = "\u200f" if right_to_left else ""
    shown = (embedded(part, right_to_left=right_to_left) for part in parts if part)
    return f"{mark}{separator}{mark}".join(shown)


def own(said: str) -> str:
    """What a person wrote, inside a sentence in the reader's language."""
    return embedded(said, right_to_left=words.right_to_left())


def side_by_side(parts: Iterable[str]) -> str:
    """Short facts on one line, in the order in which the reader reads."""
    return joined(parts, right_to_left=words.right_to_left())


def embedded(part: str, *, right_to_left: bool) -> str:
    """What a person wrote, to stand inside a sentence of a document: it keeps its own way, full stop included."""
    own = runs_right_to_left(part, document=right_to_left)
    if own == right_to_left:
        return part
    return ("\u202b" if own else "\u202a") + part + "\u202c"


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The bidi level of each character before lines are made."""
    if not right_to_left and not _NEEDS_BIDI.search(text):
        return [0] * len(text)
    storage: dict[str, Any] = {
        "base_level": int(right_to_left),
        "base_dir": "LR"[right_to_left],
        "chars": [],
        "runs": deque(),
    }
    algorithm.get_embedding_levels(text, storage)
    for position, character in enumerate(storage["chars"]):
        character["position"] = position
        character["type"] = character["type"] or "L"  # a letter younger than this Python's tables
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = [int(right_to_left)] * len(text)
    for character in storage["chars"]:
        found[character["position"]] = character["level"]
    return found


def _resolve_brackets(characters: list[dict[str, Any]]) -> None:
    """A pair of brackets goes the way of what it holds (rule N0, which python-bidi leaves out)."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for position, character in enumerate(characters):
        if character["type"] != "ON":
            continue
        if character["ch"] in _BRACKETS:
            open_at.append(position)
        elif character["ch"] in _BRACKETS.values():
            for depth in reversed(range(len(open_at))):
                opening = characters[open_at[depth]]
                if _BRACKETS[opening["ch"]] == character["ch"] and opening["level"] == character["level"]:
                    pairs.append((open_at[depth], position))
                    del open_at[depth:]
                    break
    for first, last in sorted(pairs):
        direction = _bracket_direction(characters, first, last)
        if direction:
            characters[first]["type"] = characters[last]["type"] = direction


def _bracket_direction(characters: list[dict[str, Any]], first: int, last: int) -> str | None:
    around = "LR"[characters[first]["level"] % 2]
    inside = {_side(character["type"]) for character in characters[first + 1 : last]} - {None}
    if around in inside:
        return around
    if not inside:
        return None
    before = (_side(character["type"]) for character in reversed(characters[:first]))
    context = next((side for side in before if side), around)
    return context if context in inside else around


def _side(kind: str) -> str | None:
    if kind == "L":
        return "L"
    return "R" if kind in ("R", "AL", "EN", "AN") else None


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
    pieces = [Span(span.text.translate(_ISOLATES), span.bold) for span in spans]
    whole = "".join(piece.text for piece in pieces)
    level = iter(levels(whole, right_to_left=right_to_left))
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
    if _width(_bare(letters)) <= room:
        yield letters
        return
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
        lines += [_line(part, size) for part in _filled(letters, width * 1000 / size)]
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
