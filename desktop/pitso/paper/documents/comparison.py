"""Two assessments side by side: what rose, stayed and fell among what may be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.platypus import CondPageBreak, Flowable

from pitso import words
from pitso.domain.readiness.scoring import Score
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.charts import Axis, Radar
from pitso.paper.charts import radar as radar_of
from pitso.paper.grid import Cell, Column, Grid
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_SECOND, CELL_STRONG
from pitso.words import _

FIGURE = replace(CELL, align="end")


@dataclass(frozen=True)
class Assessed:
    """One of the two assessments."""

    name: str
    held_on: date
    stage: str
    verdict: str
    score: Score


@dataclass(frozen=True)
class ComparedDimension:
    """A dimension with the figures of both."""

    code: str
    name: str
    former: Score | None
    latter: Score | None
    former_insufficient: bool = False
    latter_insufficient: bool = False


@dataclass(frozen=True)
class Step:
    """An indicator that is rated in both and unchanged in wording."""

    code: str
    statement: str
    former: str
    """``1 Beginning (C)``"""
    latter: str


@dataclass(frozen=True)
class Comparison:
    """Everything that the comparison prints."""

    imprint: Imprint
    title: str
    former: Assessed
    latter: Assessed
    summary: str
    """``47 indicators stand in both: 42 rose, 5 stayed, none fell.``"""
    dimensions: tuple[ComparedDimension, ...]
    rose: tuple[Step, ...]
    stayed: tuple[Step, ...]
    fell: tuple[Step, ...]
    left_out: tuple[str, ...] = ()
    """Indicators that cannot be compared, and why."""


def make(view: Comparison, language: str) -> bytes:
    """The comparison as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def radar(view: Comparison) -> Radar:
    """Both assessments in one radar."""
    axes = tuple(
        Axis(
            line.code,
            line.name,
            None if line.latter_insufficient else line.latter.score,
            line.latter.low,
            line.latter.high,
            line.former.score if line.former and not line.former_insufficient else None,
        )
        for line in view.dimensions
        if line.latter is not None
    )
    return Radar(axes, f"{view.former.name}, {words.day(view.former.held_on)}")


def _story(view: Comparison) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    for each in (view.former, view.latter):
        yield blocks.subheading(direction.side_by_side((each.name, words.day(each.held_on), each.stage)))
        yield Prose(each.verdict, sheet.STRONG)
        yield Prose(blocks.figures(each.score))
    yield Prose(view.summary, replace(sheet.STRONG, before=8))
    yield Prose(_("A country is compared with itself only, never with another."), sheet.SMALL_SECOND)
    drawn = radar(view)
    if drawn.axes:
        yield blocks.Fitted(lambda radius: radar_of(drawn, radius=radius), (125, 105, 90))
    yield CondPageBreak(0.3 * sheet.BODY_HEIGHT)
    yield blocks.heading(_("Scores by dimension"))
    yield _dimensions(view)
    yield from _steps(_("What fell"), view.fell)
    yield from _steps(_("What rose"), view.rose)
    yield from _steps(_("What stayed"), view.stayed)
    if view.left_out:
        yield blocks.heading(_("What cannot be compared"))
        yield blocks.numbered(view.left_out, CELL)


def _dimensions(view: Comparison) -> Grid:
    columns = Column(50, _("Dimension")), Column(25, view.former.name, FIGURE), Column(25, view.latter.name, FIGURE)
    return Grid(
        columns,
        [
            (
                line.name,
                _figures(line.former, insufficient=line.former_insufficient),
                _figures(line.latter, insufficient=line.latter_insufficient),
            )
            for line in view.dimensions
        ],
    )


def _figures(score: Score | None, *, insufficient: bool) -> Cell:
    """A score with its range and coverage below it."""
    if score is None:
        return _("not applicable")
    beside = _("{range}, coverage {coverage}")
    shown = beside.format(range=blocks.range_words(score), coverage=words.percent(score.coverage))
    large = replace(FIGURE, bold=True)
    return Prose(blocks.score_words(score, insufficient=insufficient), large), Prose(
        shown, replace(CELL_SECOND, align="end")
    )


def _steps(said: str, steps: Sequence[Step]) -> Iterable[Flowable]:
    yield blocks.heading(said)
    if not steps:
        yield blocks.aside(_("None."))
        return
    columns = (
        Column(11, _("Indicator"), CELL_STRONG),
        Column(54, _("What it asks")),
        Column(18, _("Before")),
        Column(18, _("Now")),
    )
    yield Grid(columns, [(step.code, step.statement, step.former, step.latter) for step in steps])
