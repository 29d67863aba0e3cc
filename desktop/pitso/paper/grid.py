"""A table in the flow of a paper: rows that wrap, a head on each page, mirrored where the paper is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, takewhile
from typing import Any, TypeAlias

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import sheet
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, HEAD, Style

PAD_X, PAD_Y = 4.0, 3.0

Cell: TypeAlias = str | Flowable | tuple[Flowable, ...]


@dataclass(frozen=True)
class Column:
    """One column: its share of the width, its head and how its cells stand."""

    share: float
    head: str = ""
    style: Style = CELL


@dataclass(frozen=True)
class Row:
    """One row; a *band* is a single cell across all columns that stays with the row below."""

    cells: tuple[Cell, ...]
    band: bool = False
    height: float = 0.0
    """At least this high: room for handwriting."""


@dataclass(frozen=True)
class _Laid:
    cells: tuple[tuple[Flowable, ...], ...]
    widths: tuple[float, ...]
    height: float
    band: bool = False
    head: bool = False


class Grid(Flowable):
    """A table. *boxed* ones have an edge around each cell, for writing by hand; a *foot* ends each of its pages."""

    canv: Any
    pad_y = PAD_Y
    tags = "Table", "TR"
    """What it and its rows are in the structure that is read aloud."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row | tuple[Cell, ...]],
        *,
        boxed: bool = False,
        foot: Row | None = None,
        after: float = 6.0,
    ) -> None:
        super().__init__()
        self.foot = foot
        self.columns = tuple(columns)
        self.rows = tuple(row if isinstance(row, Row) else Row(row) for row in rows)
        self.boxed = boxed
        self.spaceAfter = after
        self._laid: tuple[_Laid, ...] = ()
        self._head: tuple[_Laid, ...] = ()
        self._foot: tuple[_Laid, ...] = ()
        self._width = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        if width != self._width:
            self._width = width
            self._head = self._lay_head(width)
            self._foot = (self._lay(self.foot, width),) if self.foot else ()
            self._laid = tuple(self._lay(row, width) for row in self.rows)
        return width, sum(row.height for row in self._all())

    def _all(self) -> Iterator[_Laid]:
        return chain(self._head, self._laid, self._foot)

    def _widths(self, width: float) -> tuple[float, ...]:
        whole = sum(column.share for column in self.columns)
        return tuple(width * column.share / whole for column in self.columns)

    def _lay_head(self, width: float) -> tuple[_Laid, ...]:
        if not any(column.head for column in self.columns):
            return ()
        cells = tuple(
            (Prose(column.head, _like(HEAD, column.style)),) if column.head else () for column in self.columns
        )
        return (_measured(cells, self._widths(width), head=True, pad=self.pad_y),)

    def _lay(self, row: Row, width: float) -> _Laid:
        if row.band:
            return _measured((_flowables(row.cells[0], sheet.CELL_STRONG),), (width,), band=True, pad=self.pad_y)
        cells = tuple(_flowables(cell, column.style) for cell, column in zip(row.cells, self.columns, strict=True))
        return _measured(cells, self._widths(width), least=row.height, pad=self.pad_y)

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        head = sum(row.height for row in self._head + self._foot)
        reached = accumulate(row.height for row in self._laid)
        fitting = sum(1 for _ in takewhile(lambda below: head + below <= height + 1e-6, reached))
        while fitting and self._laid[fitting - 1].band:
            fitting -= 1
        if fitting == len(self._laid):
            return [self]
        if fitting:
            return [self._part(self._laid[:fitting]), self._part(self._laid[fitting:])]
        bands = next((place for place, row in enumerate(self._laid) if not row.band), 0)
        below_bands = head + sum(row.height for row in self._laid[:bands])
        if below_bands + self._laid[bands].height <= sheet.BODY_HEIGHT or height < 0.5 * sheet.BODY_HEIGHT:
            return []
        return self._split_row(bands, height - below_bands)

    def _split_row(self, bands: int, room: float) -> list[Flowable]:
        """A row that no page holds goes on on the next; the bands above it stay on this one."""
        row, *others = self._laid[bands:]
        above, below = [], []
        for cell, width in zip(row.cells, row.widths, strict=True):
            fits, rest = _cut(cell, width - 2 * PAD_X, room - 2 * self.pad_y)
            above.append(fits)
            below.append(rest)
        if not any(above):
            return []
        first = _measured(tuple(above), row.widths, band=row.band)
        second = _measured(tuple(below), row.widths, band=row.band)
        return [self._part((*self._laid[:bands], first)), self._part((second, *others))]

    def _part(self, laid: tuple[_Laid, ...]) -> "Grid":
        part = type(self)(self.columns, (), boxed=self.boxed, foot=self.foot, after=self.spaceAfter)
        part._width, part._head, part._foot, part._laid = self._width, self._head, self._foot, laid
        return part

    def draw(self) -> None:
        y = sum(row.height for row in self._all())
        canvas = self.canv
        with canvas.node(self.tags[0]):
            for row in self._all():
                with canvas.artifact():
                    self._draw_lines(row, y)
                with canvas.node(self.tags[1]):
                    self._draw_cells(row, y)
                y -= row.height

    def _draw_cells(self, row: _Laid, top: float) -> None:
        for place, (cell, left, width) in enumerate(self._placed(row)):
            tag = self._cell_tag(row, place)
            y, room = top - self.pad_y, width - 2 * PAD_X
            if len(cell) == 1 and isinstance(cell[0], Prose):
                cell[0].paint(self.canv, left + PAD_X, y, room, tag=tag)
                continue
            with self.canv.node(tag):
                for flowable in cell:
                    _width, height = flowable.wrap(room, 0)
                    if isinstance(flowable, Prose):
                        flowable.paint(self.canv, left + PAD_X, y, room)
                    else:
                        flowable.drawOn(self.canv, left + PAD_X, y - height)
                    y -= height

    def _cell_tag(self, row: _Laid, _place: int) -> str:
        return "TH" if row.head else "TD"

    def _placed(self, row: _Laid) -> list[tuple[tuple[Flowable, ...], float, float]]:
        """Cells with their left end and width."""
        ends = list(accumulate(row.widths))
        mirrored = words.right_to_left()
        return [
            (cell, self._width - end if mirrored else end - width, width)
            for cell, width, end in zip(row.cells, row.widths, ends, strict=True)
        ]

    def _draw_lines(self, row: _Laid, top: float) -> None:
        canvas = self.canv
        bottom = top - row.height
        if row.band:
            canvas.setFillGray(sheet.WASH)
            canvas.rect(0, bottom, self._width, row.height, stroke=0, fill=1)
        if row.head or not self.boxed:
            canvas.setStrokeGray(sheet.INK if row.head else sheet.LINE)
            canvas.setLineWidth(0.8 if row.head else 0.4)
            canvas.line(0, bottom, self._width, bottom)
        if self.boxed:
            canvas.setStrokeGray(sheet.SOFT)
            canvas.setLineWidth(0.5)
            canvas.outline((left, bottom, width, row.height) for _cell, left, width in self._placed(row))


def _like(head: Style, style: Style) -> Style:
    """The head of a column stands as its cells do."""
    return replace(head, align=style.align)


def _flowables(cell: Cell, style: Style) -> tuple[Flowable, ...]:
    if isinstance(cell, str):
        return (Prose(cell, style),) if cell else ()
    return cell if isinstance(cell, tuple) else (cell,)


def _measured(
    cells: tuple[tuple[Flowable, ...], ...],
    widths: tuple[float, ...],
    *,
    least: float = 0.0,
    band: bool = False,
    head: bool = False,
    pad: float = PAD_Y,
) -> _Laid:
    tallest = max(
        sum(flowable.wrap(width - 2 * PAD_X, 0)[1] for flowable in cell)
        for cell, width in zip(cells, widths, strict=True)
    )
    return _Laid(cells, widths, max(tallest + 2 * pad, least), band, head)


def _cut(cell: tuple[Flowable, ...], width: float, room: float) -> tuple[tuple[Flowable, ...], tuple[Flowable, ...]]:
    """What of a cell fits into the *room*, and the rest."""
    fits: list[Flowable] = []
    for place, flowable in enumerate(cell):
        height = flowable.wrap(width, 0)[1]
        if height > room:
            parts = flowable.split(width, room)
            if len(parts) == 2:
                return (*fits, parts[0]), (parts[1], *cell[place + 1 :])
            return tuple(fits), cell[place:]
        fits.append(flowable)
        room -= height
    return tuple(fits), ()
