"""Blank rating sheets: the paper fallback, with the same codes and the same written levels as the screen."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.platypus import CondPageBreak, Flowable

from pitso import words
from pitso.domain.readiness.instrument import Instrument, Stage, said
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.handwriting import Ticks
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_SECOND, CELL_STRONG
from pitso.paper.text import Span
from pitso.words import _

ROOM_FOR_ONE = 260.0
"""A dimension begins on a new page unless its heading and one indicator find room."""
WRITING = 42.0
"""Height of the box for evidence and note: two lines by hand."""


@dataclass(frozen=True)
class SheetIndicator:
    """One indicator to rate with a pen."""

    code: str
    statement: str
    guidance: str
    evidence: str
    levels: tuple[str, ...]
    """The written description of each level, from 0."""
    na_allowed: bool
    gate: str = ""
    """``A gate: at least 2``, or empty."""


@dataclass(frozen=True)
class SheetDimension:
    """The indicators of one dimension."""

    name: str
    question: str
    indicators: tuple[SheetIndicator, ...]


@dataclass(frozen=True)
class RatingSheets:
    """Everything that the blank sheets print."""

    imprint: Imprint
    title: str
    assessment: str
    """Which assessment, where and when: ``AS-2, Maseru, 16 June 2026``; or empty."""
    rater: str
    """Who rates; empty leaves a line to write on."""
    scale: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    dimensions: tuple[SheetDimension, ...]
    instrument: str
    instrument_digest: str


def make(view: RatingSheets, language: str) -> bytes:
    """The sheets as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def dimensions(instrument: Instrument, stage: Stage, language: str) -> tuple[SheetDimension, ...]:
    """The sheets' dimensions, read from the *instrument* in this *language*."""
    with words.speaking(language):
        return tuple(
            SheetDimension(
                said(dimension.name, language),
                said(dimension.question, language),
                tuple(
                    SheetIndicator(
                        indicator.code,
                        said(indicator.statement, language),
                        said(indicator.guidance, language),
                        said(indicator.evidence, language),
                        tuple(said(level, language) for level in indicator.levels),
                        indicator.na_allowed,
                        _gate(indicator.gates.get(stage)),
                    )
                    for indicator in instrument.of(dimension.code)
                ),
            )
            for dimension in instrument.dimensions
        )


def _gate(minimum: int | None) -> str:
    return "" if minimum is None else _("A gate: at least {level}").format(level=words.whole(minimum))


def _story(view: RatingSheets) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    if view.assessment:
        yield Prose(view.assessment, sheet.SECOND)
    columns = Column(60, _("Who rates")), Column(40, _("Date"))
    yield Grid(columns, [Row((Prose(view.rater, CELL_STRONG), ""), height=34)], boxed=True)
    yield Prose(
        _(
            "Rate alone. Tick the level whose description fits best; between two levels choose the lower. "
            "Give the grade of your evidence. Nobody sees your sheet before all have rated."
        ),
        sheet.SMALL,
    )
    yield Prose(direction.side_by_side(f"{grade}: {word}" for grade, word in view.grades), sheet.SMALL_SECOND)
    for dimension in view.dimensions:
        yield CondPageBreak(ROOM_FOR_ONE)
        yield blocks.heading(dimension.name)
        if dimension.question:
            yield Prose(dimension.question, sheet.SECOND)
        for indicator in dimension.indicators:
            yield Whole(_indicator(indicator, view))
    made_with = _("Made from {instrument}, {digest}.")
    digest = imprints.groups(view.instrument_digest)
    yield Prose(made_with.format(instrument=direction.own(view.instrument), digest=digest), sheet.SMALL_SECOND)


class Whole(Grid):
    """One indicator: never torn between two pages unless no page holds it."""

    pad_y = 2.0

    def __init__(self, rows: list[Row]) -> None:
        super().__init__((Column(14, "", CELL_STRONG), Column(86)), rows, boxed=True, after=9)

    def split(self, width: float, height: float) -> list[Flowable]:
        _width, tall = self.wrap(width, height)
        return [] if tall <= sheet.BODY_HEIGHT else Grid.split(self._copy(), width, height)

    def _copy(self) -> Grid:
        copy = Grid(self.columns, self.rows, boxed=self.boxed, after=self.spaceAfter)
        copy.wrap(self._width, 0)
        return copy


def _indicator(indicator: SheetIndicator, view: RatingSheets) -> list[Row]:
    asked = [Span(f"{indicator.code}\u2002", bold=True), Span(indicator.statement, bold=True)]
    head: list[Flowable] = [Prose(asked, sheet.STRONG)]
    if indicator.guidance:
        head.append(Prose(indicator.guidance, CELL_SECOND))
    if indicator.gate:
        head.append(Prose(indicator.gate, CELL_STRONG))
    rows = [Row((tuple(head),), band=True)]
    names = dict(view.scale)
    for level, description in enumerate(indicator.levels):
        told = [Span(names.get(str(level), ""), bold=True), Span(f"\u2002{description}")]
        rows.append(Row((Ticks([words.whole(level)], CELL_STRONG), Prose(told, CELL))))
    special = [names[key] for key in (("NA", "UK") if indicator.na_allowed else ("UK",)) if key in names]
    grades = [grade for grade, _word in view.grades]
    rows.append(Row((Prose(_("Else, grade"), CELL_STRONG), Ticks([*special, *grades]))))
    hint = Prose(indicator.evidence, CELL_SECOND) if indicator.evidence else ""
    rows.append(Row((Prose(_("Evidence, note"), CELL_STRONG), hint), height=WRITING + (12 if hint else 0)))
    return rows
