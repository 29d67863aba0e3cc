"""The radar: each dimension an axis; the agreed score a line, what is still possible a band."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

from pitso import words
from pitso.paper import direction
from pitso.paper.charts.picture import PAPER, Disc, Mark, Picture, Point, Shape, Theme, Words, box, label
from pitso.words import _

RINGS = (25, 50, 75, 100)
SIZE = 8.0
GAP = 8.0
MIDDLE = 0.34
"""Share of the width for the names above and below the web."""
RUNGS = 5
"""Hatches of the band between two axes: it shows on a printer that loses light greys."""


@dataclass(frozen=True)
class Axis:
    """One dimension, its figures in per cent."""

    code: str
    name: str
    score: Fraction | None
    """None where too little is known: then only the band shows."""
    low: Fraction
    high: Fraction
    former: Fraction | None = None


@dataclass(frozen=True)
class Radar:
    """The figures of all dimensions, in the order of the instrument."""

    axes: tuple[Axis, ...]
    former_name: str = ""
    """What the dashed line is: ``AS-1, 22 January 2026``; empty where there is none."""


def radar(view: Radar, *, width: float = 470.0, radius: float = 125.0, theme: Theme = PAPER) -> Picture:
    """Draw the radar of a *view*, with its key below; names keep their size when the *radius* shrinks."""
    web = _Web(width, min(radius, 0.27 * width), len(view.axes), _room_above(view, width))
    labels = web.labels(view.axes, theme)
    marks: list[Mark] = [*web.grid(theme)]
    if view.axes:
        marks += [*web.band(view.axes, theme), *web.former(view.axes, theme), *web.agreed(view.axes, theme)]
        marks += [*web.scale(theme), *labels]
    bottom = max([web.centre[1] + web.radius, *(word.box[3] for word in labels)]) + 14
    key = list(_key(view, width, bottom, theme))
    height = max((mark.box[3] for mark in key if isinstance(mark, Words)), default=bottom) + 6
    return Picture(width, height, (*marks, *key), _told(view), theme.paper)


def _room_above(view: Radar, width: float) -> float:
    """Height of the name over the first axis."""
    lines = [label(_said(axis), (0, 0), size=SIZE, colour="", width=MIDDLE * width) for axis in view.axes[:1]]
    return GAP + 1.25 * SIZE * max((len(line) for line in lines), default=1) + 2


def _said(axis: Axis) -> str:
    return axis.name if axis.score is not None else _("{name} (insufficient)").format(name=direction.own(axis.name))


@dataclass(frozen=True)
class _Web:
    """Where the axes lie."""

    width: float
    radius: float
    axes: int
    above: float

    @property
    def centre(self) -> Point:
        return self.width / 2, self.radius + self.above

    def at(self, axis: int, figure: Fraction | float, beyond: float = 0.0) -> Point:
        """The point of an *axis* at a *figure* of 0 to 100; Arabic goes round the other way."""
        turn = 2 * pi * axis / max(self.axes, 1) * (-1 if words.right_to_left() else 1)
        reach = self.radius * float(figure) / 100 + beyond
        x, y = self.centre
        return x + reach * sin(turn), y - reach * cos(turn)

    def ring(self, figures: Iterable[Fraction | float]) -> tuple[Point, ...]:
        return tuple(self.at(axis, figure) for axis, figure in enumerate(figures))

    def grid(self, theme: Theme) -> Iterable[Mark]:
        if not self.axes:
            return
        for figure in RINGS:
            yield Shape((self.ring([figure] * self.axes),), closed=True, stroke=theme.line, width=0.4)
        spokes = tuple((self.centre, self.at(axis, 100)) for axis in range(self.axes))
        yield Shape(spokes, stroke=theme.line, width=0.4)

    def scale(self, theme: Theme) -> Iterable[Mark]:
        """The figures of the rings, on ground that keeps them readable over band and line."""
        for figure in RINGS if self.radius > 80 else RINGS[1::2]:
            x, y = self.at(0, figure)
            (word,) = label(words.whole(figure), (x + 3, y + 2.2), size=6.5, colour=theme.soft)
            left, top, right, bottom = word.box
            ground = box(left - 1, top, right - left + 2, bottom - top)
            yield Shape((ground,), closed=True, fill=theme.paper)
            yield word

    def band(self, axes: tuple[Axis, ...], theme: Theme) -> Iterable[Mark]:
        high, low = self.ring(axis.high for axis in axes), self.ring(axis.low for axis in axes)
        if high == low:
            return
        yield Shape((high, low), closed=True, fill=theme.band)
        rungs = []
        for place, following in zip(range(len(axes)), [*range(1, len(axes)), 0], strict=True):
            for step in range(RUNGS):
                share = (step + 0.5) / RUNGS
                rungs.append(
                    (_between(low[place], low[following], share), _between(high[place], high[following], share))
                )
        yield Shape(tuple(rungs), stroke=theme.soft, width=0.35)
        yield Shape((high,), closed=True, stroke=theme.soft, width=0.4)
        yield Shape((low,), closed=True, stroke=theme.soft, width=0.4)

    def former(self, axes: tuple[Axis, ...], theme: Theme) -> Iterable[Mark]:
        yield from self._line([axis.former for axis in axes], theme.soft, 1.1, (4, 2.5))
        for place, axis in enumerate(axes):
            if axis.former is not None:
                yield diamond(self.at(place, axis.former), 3.0, fill=theme.paper, stroke=theme.soft)

    def agreed(self, axes: tuple[Axis, ...], theme: Theme) -> Iterable[Mark]:
        yield from self._line([axis.score for axis in axes], theme.accent, 1.8, ())
        for place, axis in enumerate(axes):
            if axis.score is not None:
                yield Disc(self.at(place, axis.score), 2.8, fill=theme.accent)

    def _line(
        self, figures: list[Fraction | None], colour: str, width: float, dash: tuple[float, ...]
    ) -> Iterable[Shape]:
        """Strokes between neighbours that both have a figure: what is not known leaves a gap."""
        strokes = []
        for place, figure in enumerate(figures):
            following = (place + 1) % len(figures)
            beside = figures[following]
            if figure is not None and beside is not None and following != place:
                strokes.append((self.at(place, figure), self.at(following, beside)))
        if strokes:
            yield Shape(tuple(strokes), stroke=colour, width=width, dash=dash)

    def labels(self, axes: tuple[Axis, ...], theme: Theme) -> list[Words]:
        """Names round the web, wrapped to the room on their side and moved apart where they would touch."""
        placed: list[list[Words]] = []
        for place, axis in enumerate(axes):
            placed.append(_apart(self._label(place, axis, theme), placed, self.centre[1]))
        return [word for words_ in placed for word in words_]

    def _label(self, place: int, axis: Axis, theme: Theme) -> list[Words]:
        x, y = self.at(place, 100, GAP)
        offset = x - self.centre[0]
        if abs(offset) < 0.2 * self.radius:
            anchor, room = "middle", MIDDLE * self.width
        else:
            anchor = "left" if offset > 0 else "right"
            room = (self.width - x if offset > 0 else x) - 2
        written = label(_said(axis), (x, y), size=SIZE, colour=theme.ink, width=room, anchor=anchor)
        tall = 1.25 * SIZE * (len(written) - 1)
        if anchor == "middle":
            lift = tall + 1 if y < self.centre[1] else -0.8 * SIZE
        else:
            lift = tall / 2 - 0.3 * SIZE
        return [_moved(word, -lift) for word in written]


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def _moved(word: Words, down: float) -> Words:
    return Words((word.at[0], word.at[1] + down), word.line, word.size, word.colour)


def _touch(some: list[Words], others: list[Words]) -> float:
    """How far *some* must move down to clear *others*; 0 where they do not touch."""
    down = 0.0
    for left, top, right, bottom in (word.box for word in some):
        for left2, top2, right2, bottom2 in (word.box for word in others):
            if left < right2 and left2 < right and top < bottom2 and top2 < bottom:
                down = max(down, bottom2 - top + 2)
    return down


def _apart(written: list[Words], placed: list[list[Words]], middle: float) -> list[Words]:
    for other in reversed(placed):
        down = _touch(written, other)
        if down:
            upward = written[0].at[1] < other[0].at[1]
            written = [_moved(word, -down if upward else down) for word in written]
    return written


def diamond(at: Point, radius: float, *, fill: str, stroke: str) -> Shape:
    """A square on its corner: the mark of the former line and of the hosts."""
    x, y = at
    corners = (x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)
    return Shape((corners,), closed=True, fill=fill, stroke=stroke, width=0.9)


def _key(view: Radar, width: float, top: float, theme: Theme) -> Iterable[Mark]:
    """What line, band and dashes mean, in one row if it holds them."""
    entries = ["agreed", "band"] + (["former"] if view.former_name else [])
    said = {
        "agreed": _("Agreed score"),
        "band": _("Possible range"),
        "former": _("Former assessment: {name}").format(name=direction.own(view.former_name)),
    }
    mirrored = words.right_to_left()
    start, y = 2.0, top
    for entry in entries:
        written = label(said[entry], (0, 0), size=7.5, colour=theme.ink, width=width - 34)
        wide = 31 + max(word.line.width for word in written)
        if start > 2 and start + wide > width:
            start, y = 2.0, y + 12
        x = width - start if mirrored else start
        yield from _sample(entry, x - 24 if mirrored else x, y - 2.6, theme)
        at = (x - 31 if mirrored else x + 31, y)
        yield from label(
            said[entry], at, size=7.5, colour=theme.ink, width=width - 34, anchor="right" if mirrored else "left"
        )
        start += wide + 16
        y += 9.4 * (len(written) - 1)


def _sample(entry: str, x: float, y: float, theme: Theme) -> Iterable[Mark]:
    across = (((x, y), (x + 24, y)),)
    if entry == "agreed":
        yield Shape(across, stroke=theme.accent, width=1.8)
        yield Disc((x + 12, y), 2.8, fill=theme.accent)
    elif entry == "band":
        edge = box(x, y - 3.5, 24, 7)
        yield Shape((edge,), closed=True, fill=theme.band, stroke=theme.soft, width=0.4)
        rungs = tuple(((x + at, y + 3.5), (x + at, y - 3.5)) for at in (4, 8, 12, 16, 20))
        yield Shape(rungs, stroke=theme.soft, width=0.35)
    else:
        yield Shape(across, stroke=theme.soft, width=1.1, dash=(4, 2.5))
        yield diamond((x + 12, y), 3.0, fill=theme.paper, stroke=theme.soft)


def _told(view: Radar) -> str:
    """The same in words."""
    told = []
    for axis in view.axes:
        low, high = words.tenth(axis.low), words.tenth(axis.high)
        if axis.score is None:
            told.append(_("{name}: insufficient, {low} to {high}").format(name=axis.name, low=low, high=high))
        else:
            score = words.tenth(axis.score)
            told.append(_("{name}: {score}, {low} to {high}").format(name=axis.name, score=score, low=low, high=high))
    return "; ".join(told)
