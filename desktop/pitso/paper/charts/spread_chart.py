"""The spread: one row for each indicator, one dot for each peer and no name, a diamond for each host."""

from collections.abc import Iterable
from dataclasses import dataclass

from pitso import words
from pitso.paper.charts.picture import PAPER, Disc, Mark, Picture, Point, Shape, Theme, Words, box, label
from pitso.paper.charts.radar_chart import diamond
from pitso.words import _, listed

LEVELS = 5
CODE, AGREED = 40.0, 92.0
COLUMN = 37.0
DOT = 3.1
STRIDE = 7.6
SIDE_BY_SIDE = 4
"""More dots than this on one level become one dot and a figure."""


@dataclass(frozen=True)
class SpreadRow:
    """The ratings of one indicator, counted on each level 0 to 4."""

    code: str
    statement: str
    peers: tuple[int, ...]
    hosts: tuple[int, ...] = (0, 0, 0, 0, 0)
    agreed: int | None = None
    """The level that is agreed, or proposed as long as nothing is."""
    remark: str = ""
    """What stands at the end: ``proposal 2``, ``no agreement``, ``1 × not known yet``."""

    @property
    def spread(self) -> int:
        """Largest minus smallest level of the peers."""
        rated = [level for level, count in enumerate(self.peers) if count]
        return rated[-1] - rated[0] if rated else 0


@dataclass(frozen=True)
class Spread:
    """Indicators in the order of the form; the contested ones are drawn first."""

    rows: tuple[SpreadRow, ...]


def spread(view: Spread, *, width: float = 470.0, theme: Theme = PAPER) -> Picture:
    """Draw the spread of a *view*, with its key below."""
    across = _Columns(width)
    marks: list[Mark] = []
    for level in range(LEVELS):
        at = across.middle(level), 9.0
        marks += label(words.whole(level), at, size=8, colour=theme.ink, anchor="middle", bold=True)
    y = 14.0
    for row in contested_first(view.rows):
        drawn, height = _row(row, y, across, theme)
        marks += drawn
        y += height
    marks.append(Shape((((0, y), (width, y)),), stroke=theme.line, width=0.4))
    key = list(_key(y + 14, across, theme))
    bottom = max(mark.box[3] for mark in key if isinstance(mark, Words)) + 4
    return Picture(width, bottom, (*marks, *key), _told(view), theme.paper)


def contested_first(rows: Iterable[SpreadRow]) -> list[SpreadRow]:
    """The widest spread first; within it the order of the form."""
    return sorted(rows, key=lambda row: -row.spread)


@dataclass(frozen=True)
class _Columns:
    """Where code, statement, levels and remark stand; mirrored where the reader reads from the right."""

    width: float

    @property
    def statement(self) -> float:
        """Room of the statement."""
        return self.width - CODE - LEVELS * COLUMN - AGREED - 8

    def middle(self, level: int) -> float:
        x = CODE + self.statement + 4 + (level + 0.5) * COLUMN
        return self.width - x if words.right_to_left() else x

    def written(
        self, said: str, start: float, room: float, y: float, colour: str, *, bold: bool = False
    ) -> list[Words]:
        mirrored = words.right_to_left()
        at = (self.width - start if mirrored else start, y)
        anchor = "right" if mirrored else "left"
        return label(said, at, size=7.5, colour=colour, width=room, anchor=anchor, bold=bold)


def _row(row: SpreadRow, y: float, across: _Columns, theme: Theme) -> tuple[list[Mark], float]:
    first = y + 10
    said: list[Words] = [
        *across.written(row.code, 0, CODE - 4, first, theme.ink, bold=True),
        *across.written(row.statement, CODE, across.statement - 4, first, theme.ink),
        *across.written(row.remark, across.width - AGREED + 2, AGREED - 2, first, theme.soft),
    ]
    hosts = any(row.hosts)
    height = max(24.0 if hosts else 18.0, max(word.box[3] for word in said) - y + 4)
    top, bottom = y + height * (0.32 if hosts else 0.5), y + height * 0.72
    marks: list[Mark] = [Shape((((0, y), (across.width, y)),), stroke=theme.line, width=0.4)]
    if row.agreed is not None:
        edge = box(across.middle(row.agreed) - COLUMN / 2 + 2, y + 2, COLUMN - 4, height - 4)
        marks.append(Shape((edge,), closed=True, fill=theme.band, stroke=theme.soft, width=0.5))
    marks += _guides(y, height, across, theme)
    rated = [level for level, count in enumerate(row.peers) if count]
    if rated and rated[0] != rated[-1]:
        line = (across.middle(rated[0]), top), (across.middle(rated[-1]), top)
        marks.append(Shape((line,), stroke=theme.soft, width=0.8))
    for level in range(LEVELS):
        marks += _dots(row.peers[level], (across.middle(level), top), theme)
        marks += _diamonds(row.hosts[level], (across.middle(level), bottom), theme)
    return [*marks, *said], height


def _guides(y: float, height: float, across: _Columns, theme: Theme) -> Iterable[Mark]:
    x = (across.middle(level) for level in range(LEVELS))
    yield Shape(tuple(((at, y), (at, y + height)) for at in x), stroke=theme.line, width=0.3, dash=(1, 2))


def _starts(count: int, at: Point) -> Iterable[Point]:
    x, y = at
    return ((x + STRIDE * (number - (count - 1) / 2), y) for number in range(count))


def _dots(count: int, at: Point, theme: Theme) -> Iterable[Mark]:
    if count > SIDE_BY_SIDE:
        yield Disc((at[0] - 6, at[1]), DOT, fill=theme.accent)
        yield from label(f"× {words.whole(count)}", (at[0], at[1] + 2.6), size=7.5, colour=theme.ink)
        return
    for centre in _starts(count, at):
        yield Disc(centre, DOT, fill=theme.accent)


def _diamonds(count: int, at: Point, theme: Theme) -> Iterable[Mark]:
    if count > SIDE_BY_SIDE:
        yield diamond((at[0] - 6, at[1]), DOT + 0.4, fill=theme.paper, stroke=theme.ink)
        yield from label(f"× {words.whole(count)}", (at[0], at[1] + 2.6), size=7.5, colour=theme.ink)
        return
    for centre in _starts(count, at):
        yield diamond(centre, DOT + 0.4, fill=theme.paper, stroke=theme.ink)


def _key(y: float, across: _Columns, theme: Theme) -> Iterable[Mark]:
    entries = (
        (Disc((0, 0), DOT, fill=theme.accent), _("a peer")),
        (diamond((0, 0), DOT + 0.4, fill=theme.paper, stroke=theme.ink), _("a host")),
        (
            Shape((box(-5, -4, 10, 8),), closed=True, fill=theme.band, stroke=theme.soft, width=0.5),
            _("the agreed level, or the proposal"),
        ),
    )
    start = 0.0
    for mark, said in entries:
        (word, *_others) = across.written(said, start + 14, across.width, y, theme.ink)
        x = across.width - start - 6 if words.right_to_left() else start + 6
        yield _shifted(mark, x, y - 2.6)
        yield word
        start += 14 + word.line.width + 16


def _shifted(mark: Disc | Shape, right: float, down: float) -> Mark:
    if isinstance(mark, Disc):
        x, y = mark.centre
        return Disc((x + right, y + down), mark.radius, mark.fill, mark.stroke, mark.width)
    strokes = tuple(tuple((x + right, y + down) for x, y in stroke) for stroke in mark.strokes)
    return Shape(strokes, mark.closed, mark.fill, mark.stroke, mark.width, mark.dash)


def _told(view: Spread) -> str:
    """The same in words."""
    told = []
    for row in contested_first(view.rows):
        peers = listed(f"{words.whole(level)} × {words.whole(n)}" for level, n in enumerate(row.peers) if n)
        told.append(_("{code}: {ratings}").format(code=row.code, ratings=peers or "–"))
    return "; ".join(told)
