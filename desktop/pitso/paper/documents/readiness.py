"""The readiness report: page 1 for the reader in a hurry, then figures, differences, evidence and all answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak

from pitso import words
from pitso.domain.readiness.scoring import GateState, Score
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.blocks import EvidenceItem, Participant
from pitso.paper.canvas import press
from pitso.paper.charts import Axis, Drawn, HeatCell, HeatMap, HeatRow, Radar, Spread, SpreadRow
from pitso.paper.charts import heat_map as heat_map_of
from pitso.paper.charts import radar as radar_of
from pitso.paper.charts import spread as spread_of
from pitso.paper.charts.heat_map_chart import gate_words
from pitso.paper.charts.spread_chart import contested_first
from pitso.paper.grid import Cell, Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_SECOND, CELL_STRONG
from pitso.paper.text import Span
from pitso.words import _, ngettext

STRENGTHS_FIRST = 3
CAUSES_FIRST = 6
PRIORITIES_FIRST = 3
"""So many stand on page 1."""
STRENGTHS, PRIORITIES = 12, 20
"""So many stand in their part; every answer is in the annex."""
SPREAD_HEIGHT = 0.85 * sheet.BODY_HEIGHT
"""A spread chart with more rows goes on in another one."""
FIGURE = replace(CELL, align="end")
CENTRED = replace(CELL, align="centre")


@dataclass(frozen=True)
class CauseLine:
    """A cause of the verdict; where it is a precondition, with owner and date."""

    words: str
    owner: str = ""
    due: date | None = None
    precondition: bool = False


@dataclass(frozen=True)
class Version:
    """A former agreed rating: it stays visible."""

    words: str
    """``2 Partial (C)``"""
    reason: str
    author: str
    on: date


@dataclass(frozen=True)
class IndicatorLine:
    """One agreed answer with all that belongs to it."""

    code: str
    statement: str
    rating: str
    """``0`` to ``4``, ``NA``, ``UK``, ``ND``, or empty while not reached."""
    rating_words: str
    """The word of the scale: ``Partial``."""
    grade: str = ""
    gate: GateState | None = None
    gate_minimum: int | None = None
    reason: str = ""
    note: str = ""
    remarks: tuple[str, ...] = ()
    """``single view``, ``from a sheet``, ``one rating after the reveal``"""
    former: tuple[Version, ...] = ()


@dataclass(frozen=True)
class DimensionLine:
    """One dimension with its figures and its indicators."""

    code: str
    name: str
    weight: int
    score: Score | None
    """None where every indicator is not applicable."""
    insufficient: bool
    """Coverage lies below the instrument's minimum: only the range is shown."""
    indicators: tuple[IndicatorLine, ...]
    former: Score | None = None


@dataclass(frozen=True)
class PriorityLine:
    """What comes first, and who sees to it."""

    code: str
    statement: str
    rating: str
    why: str = ""
    """``gate not met``"""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True)
class SeenDifferently:
    """Hosts and peers two levels or more apart."""

    code: str
    statement: str
    peers: str
    hosts: str


@dataclass(frozen=True)
class MinorityView:
    """Another view within the team; signed only where the peer asked for it."""

    code: str
    text: str
    signed: str = ""


@dataclass(frozen=True)
class Response:
    """What the hosts answer; printed unchanged."""

    code: str
    """The indicator it answers, or empty where it answers the whole."""
    text: str
    signed: str = ""


@dataclass(frozen=True)
class ReadinessReport:
    """Everything that the readiness report prints, in the words of its reader."""

    imprint: Imprint
    title: str
    country: str
    sides: tuple[str, ...]
    held_on: date
    stage: str
    amended: str
    """``Amended on 17 June 2026``, or empty."""
    messages: tuple[str, ...]
    verdict: str
    causes: tuple[CauseLine, ...]
    overall: Score
    dimensions: tuple[DimensionLine, ...]
    strengths: tuple[IndicatorLine, ...]
    priorities: tuple[PriorityLine, ...]
    spread: tuple[SpreadRow, ...]
    """Indicators on which ratings differed, without names; empty where ratings came from a sheet."""
    seen_differently: tuple[SeenDifferently, ...]
    minority: tuple[MinorityView, ...]
    responses: tuple[Response, ...]
    evidence: tuple[EvidenceItem, ...]
    people: tuple[Participant, ...]
    scale: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    instrument: str
    """Identifier and version: ``nala-readiness 1.0``."""
    instrument_digest: str
    former_name: str = ""
    left_out: tuple[str, ...] = ()
    """What this reader does not see: ``3 quotations were left out: no consent``."""
    open_to_all: bool = False
    """For the public: without the parts in which somebody speaks or is named."""


def make(view: ReadinessReport, language: str) -> bytes:
    """The report as a PDF in this *language*: the same value gives the same bytes."""
    with words.speaking(language):
        return press(list(story(view)), view.imprint, imprints.digest(view))


def radar(view: ReadinessReport) -> Radar:
    """The radar of the report, as the screen shows it too."""
    axes = tuple(_axis(line) for line in view.dimensions if line.score is not None)
    return Radar(axes, view.former_name)


def _axis(line: DimensionLine) -> Axis:
    assert line.score is not None
    shown = None if line.insufficient else line.score.score
    former = line.former.score if line.former else None
    return Axis(line.code, line.name, shown, line.score.low, line.score.high, former)


def heat_map(view: ReadinessReport) -> HeatMap:
    """The heat map of the report."""
    rows = tuple(
        HeatRow(line.name, tuple(HeatCell(i.code, i.rating, i.grade, i.gate) for i in line.indicators))
        for line in view.dimensions
    )
    return HeatMap(rows, view.scale, view.grades)


def story(view: ReadinessReport) -> Iterable[Flowable]:
    """What the paper is laid out of, in the language that is spoken now."""
    yield from _first_page(view)
    yield from _scores(view)
    yield from _strengths(view)
    yield from _preconditions(view)
    yield from _all_priorities(view)
    yield from _at_a_glance(view)
    yield from _differences(view)
    if not view.open_to_all:
        yield from _responses(view)
        yield from _evidence(view)
        yield from _people(view)
    yield PageBreak()
    yield from _annex(view)


def _first_page(view: ReadinessReport) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    told = (view.country, words.day(view.held_on), view.stage, *view.sides, view.amended)
    yield Prose(direction.side_by_side(told), sheet.SECOND)
    for said in view.left_out:
        yield Prose(said, sheet.SMALL_SECOND)
    if view.strengths:
        yield blocks.subheading(_("What is strong already"))
        yield blocks.listed(
            [(line.code, line.statement) for line in view.strengths[:STRENGTHS_FIRST]], sheet.SMALL, mark=10
        )
    if view.messages:
        yield blocks.subheading(_("In short"))
        yield blocks.numbered(view.messages)
    advice = _("This verdict is advice by the peers. The decision is the hosts’.")
    yield blocks.verdict(view.verdict, _first_causes(view.causes), view.overall, advice)
    if view.priorities:
        yield blocks.subheading(_("What comes first"))
        yield _priorities(view.priorities[:PRIORITIES_FIRST])
    drawn = radar(view)
    if drawn.axes:
        yield blocks.Fitted(lambda radius: radar_of(drawn, radius=radius), (125, 105, 90, 78, 68, 60))


def _first_causes(causes: Sequence[CauseLine]) -> list[str]:
    said = [cause.words for cause in causes[:CAUSES_FIRST]]
    more = len(causes) - CAUSES_FIRST
    if more > 0:
        rest = ngettext(
            "{number} more cause stands on the next pages.", "{number} more causes stand on the next pages.", more
        )
        said.append(rest.format(number=words.whole(more)))
    return said


def _priorities(lines: Sequence[PriorityLine]) -> Grid:
    columns = (
        Column(11, _("Indicator"), CELL_STRONG),
        Column(47, _("What it asks")),
        Column(8, _("Now"), CENTRED),
        Column(18, _("Owner")),
        Column(17, _("Until")),
    )
    rows = []
    for line in lines:
        asked = [Span(line.statement)] + ([Span(f" ({line.why})", bold=True)] if line.why else [])
        owner = line.owner or _("no owner yet")
        rows.append((line.code, Prose(asked, CELL), line.rating or "–", owner, blocks.due_words(line.due)))
    return Grid(columns, rows)


def _scores(view: ReadinessReport) -> Iterable[Flowable]:
    yield CondPageBreak(0.3 * sheet.BODY_HEIGHT)
    yield blocks.heading(_("Scores by dimension"))
    yield _score_table(view)
    yield Prose(
        _(
            "Range: what the score would be if all that is not known were at its worst or at its best. "
            "Coverage: the share of the weights that has a rating. Confidence: the share of it that rests on "
            "evidence seen or confirmed by two sources."
        ),
        sheet.SMALL_SECOND,
    )


def _at_a_glance(view: ReadinessReport) -> Iterable[Flowable]:
    if view.dimensions:
        picture = Drawn(heat_map_of(heat_map(view)))
        yield KeepTogether([blocks.heading(_("All indicators at a glance")), picture])


def _score_table(view: ReadinessReport) -> Grid:
    columns = [
        Column(36, _("Dimension")),
        Column(10, _("Weight"), FIGURE),
        Column(19, _("Score"), replace(FIGURE, bold=True)),
        Column(17, _("Range"), FIGURE),
        Column(13, _("Coverage"), FIGURE),
        Column(15, _("Confidence"), FIGURE),
    ]
    with_former = any(line.former for line in view.dimensions)
    if with_former:
        columns.append(Column(22, _("Former"), FIGURE))
    rows: list[Row] = []
    for line in view.dimensions:
        shown = _figures(line.score, insufficient=line.insufficient)
        cells: list[Cell] = [line.name, words.whole(line.weight), *shown]
        if with_former:
            cells.append(_former(line.former))
        rows.append(Row(tuple(cells)))
    whole = sum(line.weight for line in view.dimensions if line.score is not None)
    last: list[Cell] = [
        Prose(_("The whole"), CELL_STRONG),
        words.whole(whole),
        *_figures(view.overall, insufficient=False),
    ]
    rows.append(Row((*last, *([""] if with_former else []))))
    return Grid(columns, rows)


def _figures(score: Score | None, *, insufficient: bool) -> list[str]:
    if score is None:
        return [blocks.score_words(None), "–", "–", "–"]
    return [
        blocks.score_words(score, insufficient=insufficient),
        blocks.range_words(score),
        blocks.share_words(score.coverage),
        blocks.share_words(score.confidence),
    ]


def _former(score: Score | None) -> Cell:
    """A score of before, with its range and coverage as every score."""
    if score is None:
        return "–"
    beside = f"{blocks.range_words(score)}, {words.percent(score.coverage)}"
    small = replace(CELL_SECOND, align="end", size=7.0)
    return Prose(blocks.score_words(score), FIGURE), Prose(beside, small)


def _preconditions(view: ReadinessReport) -> Iterable[Flowable]:
    preconditions = [cause for cause in view.causes if cause.precondition]
    others = [cause.words for cause in view.causes if not cause.precondition]
    if len(view.causes) > CAUSES_FIRST and others:
        yield blocks.heading(_("Causes of the verdict"))
        yield blocks.numbered(others, CELL)
    if not preconditions:
        return
    yield blocks.heading(_("Preconditions"))
    columns = Column(60, _("What must be settled")), Column(22, _("Owner")), Column(18, _("Until"))
    rows = [(cause.words, cause.owner or _("no owner yet"), blocks.due_words(cause.due)) for cause in preconditions]
    yield Grid(columns, rows)


def _strengths(view: ReadinessReport) -> Iterable[Flowable]:
    yield blocks.heading(_("Strengths"))
    if view.strengths:
        columns = Column(11, _("Indicator"), CELL_STRONG), Column(66, _("What it asks")), Column(24, _("Agreed"))
        yield Grid(columns, [(line.code, line.statement, _agreed(line)) for line in view.strengths[:STRENGTHS]])
        yield from _more(len(view.strengths) - STRENGTHS)
    else:
        yield blocks.aside(_("No indicator stands at level 3 or 4 on strong evidence yet."))


def _all_priorities(view: ReadinessReport) -> Iterable[Flowable]:
    yield blocks.heading(_("Priorities"))
    if view.priorities:
        yield _priorities(view.priorities[:PRIORITIES])
        yield from _more(len(view.priorities) - PRIORITIES)
    else:
        yield blocks.aside(_("Nothing is left to raise."))


def _more(number: int) -> Iterable[Flowable]:
    if number > 0:
        said = ngettext("{number} more is in the annex.", "{number} more are in the annex.", number)
        yield blocks.aside(said.format(number=words.whole(number)))


def _agreed(line: IndicatorLine) -> str:
    if not line.rating:
        return _("not reached yet")
    said = f"{line.rating} {line.rating_words}" if line.rating.isdecimal() else line.rating_words
    return f"{said} ({line.grade})" if line.grade else said


def _differences(view: ReadinessReport) -> Iterable[Flowable]:
    if not (view.spread or view.seen_differently or view.minority):
        return
    said: list[Flowable] = [blocks.heading(_("Where views differ"))]
    said += [Drawn(spread_of(Spread(rows))) for rows in _page_by_page(view.spread)]
    yield KeepTogether(said[:2])
    yield from said[2:]
    if view.seen_differently:
        yield blocks.subheading(_("Hosts and peers see this differently"))
        columns = (
            Column(11, _("Indicator"), CELL_STRONG),
            Column(58, _("What it asks")),
            Column(16, _("Peers")),
            Column(16, _("Hosts")),
        )
        yield Grid(columns, [(line.code, line.statement, line.peers, line.hosts) for line in view.seen_differently])
    if view.minority:
        yield blocks.subheading(_("Minority views"))
        whose = Column(11, _("Indicator"), CELL_STRONG), Column(66, _("View")), Column(24, _("Whose"))
        unnamed = _("a peer who is not named")
        yield Grid(whose, [(line.code, line.text, line.signed or unnamed) for line in view.minority])


def _page_by_page(rows: Iterable[SpreadRow]) -> Iterable[tuple[SpreadRow, ...]]:
    """Rows that one chart holds on one page."""
    bare = spread_of(Spread(())).height
    page: list[SpreadRow] = []
    filled = bare
    for row in contested_first(rows):
        height = spread_of(Spread((row,))).height - bare
        if page and filled + height > SPREAD_HEIGHT:
            yield tuple(page)
            page, filled = [], bare
        page.append(row)
        filled += height
    if page:
        yield tuple(page)


def _responses(view: ReadinessReport) -> Iterable[Flowable]:
    yield blocks.heading(_("Responses of the hosts"))
    if not view.responses:
        yield blocks.aside(_("The hosts have not responded yet."))
        return
    yield Prose(_("Printed as they were given."), sheet.SMALL_SECOND)
    columns = Column(12, _("On"), CELL_STRONG), Column(64, _("Response")), Column(24, _("Whose"))
    yield Grid(columns, [(line.code or _("The whole"), line.text, line.signed) for line in view.responses])


def _evidence(view: ReadinessReport) -> Iterable[Flowable]:
    yield blocks.heading(_("Evidence"))
    yield Prose(direction.side_by_side(f"{grade}: {said}" for grade, said in view.grades), sheet.SMALL_SECOND)
    if view.evidence:
        yield blocks.evidence(view.evidence)
    else:
        yield blocks.aside(_("No evidence was recorded."))


def _people(view: ReadinessReport) -> Iterable[Flowable]:
    yield blocks.heading(_("Who took part"))
    if view.people:
        yield blocks.people(view.people)
    else:
        yield blocks.aside(_("Nobody is named here."))


def _annex(view: ReadinessReport) -> Iterable[Flowable]:
    yield blocks.heading(_("Annex: all agreed answers"))
    made_with = _("Rated with {instrument}, {digest}.").format(
        instrument=direction.own(view.instrument), digest=imprints.groups(view.instrument_digest)
    )
    yield Prose(made_with, sheet.SMALL_SECOND)
    columns = Column(11, _("Indicator"), CELL_STRONG), Column(38, _("What it asks")), Column(52, _("Agreed"))
    rows: list[Row] = []
    for line in view.dimensions:
        rows.append(Row((line.name,), band=True))
        rows += [Row((i.code, i.statement, tuple(_answer(i)))) for i in line.indicators]
    if rows:
        yield Grid(columns, rows)


def _answer(line: IndicatorLine) -> Iterable[Prose]:
    yield Prose(_agreed(line), CELL_STRONG)
    if line.gate is not None and line.gate_minimum is not None:
        said = _("Gate, at least {level}: {state}")
        yield Prose(said.format(level=words.whole(line.gate_minimum), state=gate_words(line.gate)), CELL)
    if line.reason:
        yield Prose(_("Reason: {reason}").format(reason=direction.own(line.reason)), CELL)
    if line.note:
        yield Prose(_("Note: {note}").format(note=direction.own(line.note)), CELL)
    if line.remarks:
        yield Prose(direction.side_by_side(line.remarks), CELL_SECOND)
    for version in line.former:
        said = _("Formerly {rating}, until {date}, changed by {author}: {reason}")
        told = said.format(
            rating=direction.own(version.words),
            date=words.day(version.on),
            author=direction.own(version.author),
            reason=direction.own(version.reason),
        )
        yield Prose(told, CELL_SECOND)
