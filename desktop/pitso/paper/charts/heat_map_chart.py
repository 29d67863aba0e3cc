"""The heat map: every indicator in the row of its dimension, with level, evidence grade and gate."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TypeAlias

from pitso import words
from pitso.domain.readiness.scoring import GateState
from pitso.paper.charts.picture import PAPER, Disc, Mark, Picture, Point, Shape, Theme, Words, box, hatching, label
from pitso.words import _, listed

NAME = 132.0
"""Width of the column of names."""
CELL_HEIGHT = 31.0
WIDEST = 58.0


@dataclass(frozen=True)
class HeatCell:
    """One indicator: rating ``0`` to ``4``, ``NA``, ``UK``, ``ND``, or empty while not reached."""

    code: str
    rating: str
    grade: str = ""
    gate: GateState | None = None


@dataclass(frozen=True)
class HeatRow:
    """One dimension."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatMap:
    """All dimensions, and the words of the scale that stand in the key."""

    rows: tuple[HeatRow, ...]
    scale: tuple[tuple[str, str], ...]
    """Rating and its word: ``("0", "Absent")`` to ``("ND", "No agreement")``."""
    grades: tuple[tuple[str, str], ...]
    """Grade and its word: ``("A", "Seen")``."""


def heat_map(view: HeatMap, *, width: float = 470.0, theme: Theme = PAPER) -> Picture:
    """Draw the heat map of a *view*, with its key below."""
    most = max((len(row.cells) for row in view.rows), default=1)
    cell = min((width - NAME) / max(most, 1), WIDEST)
    marks: list[Mark] = []
    y = 0.0
    for row in view.rows:
        name = label(row.name, (0, 0), size=8, colour=theme.ink, width=NAME - 8)
        height = max(CELL_HEIGHT, 10.0 * len(name) + 4)
        marks += _name(row.name, y, height, width, theme)
        for number, indicator in enumerate(row.cells):
            x = NAME + number * cell
            marks += _cell(indicator, _place(x, cell, width), y, cell, height, theme)
        y += height
    key, bottom = _key(view, width, y + 10, theme)
    return Picture(width, bottom, (*marks, *key), _told(view), theme.paper)


def _place(x: float, wide: float, width: float) -> float:
    """The left end of something that begins *x* from where the reader begins."""
    return width - x - wide if words.right_to_left() else x


def _name(name: str, y: float, height: float, width: float, theme: Theme) -> Iterable[Words]:
    mirrored = words.right_to_left()
    lines = len(label(name, (0, 0), size=8, colour=theme.ink, width=NAME - 8))
    first = y + height / 2 - 10 * (lines - 1) / 2 + 2.8
    at = (width if mirrored else 0.0, first)
    return label(name, at, size=8, colour=theme.ink, width=NAME - 8, anchor="right" if mirrored else "left")


def _cell(cell: HeatCell, x: float, y: float, width: float, height: float, theme: Theme) -> Iterable[Mark]:
    level = int(cell.rating) if cell.rating.isdecimal() else None
    ink = theme.ink if level is None else theme.on_shades[level]
    ground = theme.paper if level is None else theme.shades[level]
    inner = box(x + 1, y + 1, width - 2, height - 2)
    yield Shape((inner,), closed=True, fill=ground, stroke=theme.line, width=0.5)
    if cell.rating in ("UK", "ND", ""):
        yield Shape(hatching(x + 1, y + 1, width - 2, height - 2, gap=5), stroke=theme.line, width=0.5)
    yield from label(cell.code, (x + 4, y + 8.5), size=6.5, colour=ink)
    rating = cell.rating or "–"
    figure = label(rating, (x + width / 2, y + height / 2 + 9), size=13, colour=ink, anchor="middle", bold=True)
    if level is None:
        yield from _ground_of(figure, theme)
    yield from figure
    if cell.grade:
        yield from label(cell.grade, (x + width - 4, y + height - 5), size=7.5, colour=ink, anchor="right", bold=True)
    if cell.gate is not None:
        yield from gate_mark(cell.gate, (x + width - 8, y + 8), theme)


def _ground_of(written: list[Words], theme: Theme) -> Iterable[Shape]:
    """Plain ground below words that stand on hatches."""
    for left, top, right, bottom in (word.box for word in written):
        yield Shape((box(left - 2, top, right - left + 4, bottom - top),), closed=True, fill=theme.paper)


def gate_mark(state: GateState, at: Point, theme: Theme, *, radius: float = 4.2) -> Iterable[Mark]:
    """A gate as a shape: full met, half on word only, crossed not met, dotted ring not known."""
    x, y = at
    yield Disc(at, radius + 1.2, fill=theme.paper)
    if state is GateState.UNKNOWN:
        steps = [2 * pi * step / 8 for step in range(8)]
        arcs = tuple(
            tuple((x + radius * sin(turn + ahead), y - radius * cos(turn + ahead)) for ahead in (0.0, 0.22, 0.45))
            for turn in steps
        )
        yield Shape(arcs, stroke=theme.ink, width=1.0)
        return
    yield Disc(at, radius, fill=theme.ink if state is GateState.MET else theme.paper, stroke=theme.ink, width=1.0)
    if state is GateState.ON_WORD_ONLY:
        half = tuple((x + radius * sin(pi * step / 12), y - radius * cos(pi * step / 12)) for step in range(13))
        yield Shape((half,), closed=True, fill=theme.ink)
    elif state is GateState.NOT_MET:
        reach = radius * 0.6
        cross = ((x - reach, y - reach), (x + reach, y + reach)), ((x - reach, y + reach), (x + reach, y - reach))
        yield Shape(cross, stroke=theme.ink, width=1.2)


def gate_words(state: GateState) -> str:
    """A state of a gate in words."""
    return {
        GateState.MET: _("gate met"),
        GateState.ON_WORD_ONLY: _("gate met on word only"),
        GateState.NOT_MET: _("gate not met"),
        GateState.UNKNOWN: _("gate not known"),
    }[state]


# ---- the key ------------------------------------------------------------------------------------------------------

Sample: TypeAlias = Callable[[float, float], Iterable[Mark]]
"""Draws the sample of a key entry, 14 wide, from its left end and the middle of the line."""


def _key(view: HeatMap, width: float, top: float, theme: Theme) -> tuple[list[Mark], float]:
    lines: list[list[tuple[Sample, str]]] = [
        [(_shade(rating, theme), f"{rating} {word}" if rating.isdecimal() else word) for rating, word in view.scale],
        [(_letter(grade, theme), word) for grade, word in view.grades],
        [(_gate(state, theme), gate_words(state)) for state in GateState],
    ]
    marks: list[Mark] = []
    mirrored = words.right_to_left()
    y = top
    for line in lines:
        x = 0.0
        for sample, said in line:
            written = label(said, (0, 0), size=7.5, colour=theme.ink, width=width - 20)
            wide = 18 + max(word.line.width for word in written)
            if x and x + wide > width:
                x, y = 0.0, y + 13
            start = width - x if mirrored else x
            marks += sample(start - 14 if mirrored else start, y)
            at = (start - 18 if mirrored else start + 18, y + 2.7)
            anchor = "right" if mirrored else "left"
            marks += label(said, at, size=7.5, colour=theme.ink, width=width - 20, anchor=anchor)
            x += wide + 12
            y += 9.4 * (len(written) - 1)
        y += 14
    return marks, y - 4


def _shade(rating: str, theme: Theme) -> Sample:
    def draw(x: float, y: float) -> Iterable[Mark]:
        ground = theme.shades[int(rating)] if rating.isdecimal() else theme.paper
        yield Shape((box(x, y - 5, 14, 10),), closed=True, fill=ground, stroke=theme.line, width=0.5)
        if rating in ("UK", "ND"):
            yield Shape(hatching(x, y - 5, 14, 10, gap=5), stroke=theme.line, width=0.5)
        if not rating.isdecimal():
            written = label(rating, (x + 7, y + 2.5), size=6.5, colour=theme.ink, anchor="middle", bold=True)
            yield from written

    return draw


def _letter(grade: str, theme: Theme) -> Sample:
    return lambda x, y: label(grade, (x + 7, y + 2.7), size=7.5, colour=theme.ink, anchor="middle", bold=True)


def _gate(state: GateState, theme: Theme) -> Sample:
    return lambda x, y: gate_mark(state, (x + 7, y), theme)


def _told(view: HeatMap) -> str:
    """The same in words."""
    return "; ".join(
        f"{row.name}: " + listed(f"{cell.code} {cell.rating or '–'}{cell.grade}" for cell in row.cells)
        for row in view.rows
    )
