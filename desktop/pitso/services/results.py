"""What the agreed ratings say: verdict with its causes, scores with their range, drawings, and change."""

from collections.abc import Callable
from datetime import date

from pitso.domain.commitments import Importance
from pitso.domain.readiness.agreement import Closeness
from pitso.domain.readiness.instrument import Dimension, Instrument, said
from pitso.domain.readiness.scoring import (
    Agreed,
    Cause,
    Gate,
    Result,
    Score,
    Verdict,
    evaluate,
    priorities,
    strengths,
)
from pitso.domain.readiness.scoring import (
    Change as Moved,
)
from pitso.domain.readiness.scoring import (
    compare as compared,
)
from pitso.domain.trouble import Trouble
from pitso.paper import charts
from pitso.services import assessments, commitments, consensus, people, phrases, scores
from pitso.services.answers import day_of
from pitso.services.assessments import Assessment
from pitso.services.change import Change
from pitso.services.views import (
    CauseLine,
    CompareView,
    DimensionLine,
    Figure,
    IndicatorLine,
    ReadinessView,
)
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, day, language, listed, ngettext, percent, tenth

Palette = charts.Theme
"""The colours of a drawing; the screen brings its own, paper has greys."""

WIDE = 640.0
"""Points that a drawing with words in its rows takes on the screen."""

NAMED_FIRST = 5
"""Strengths and priorities that a page names before the whole list."""


def readiness(ws: Workspace, assessment: str, *, part: str = "", palette: Palette = charts.PAPER) -> ReadinessView:
    """The result of one assessment, with the drawing of one *part* of it; Trouble while nothing is agreed."""
    loaded = assessments.load(ws, assessment)
    ratings = assessments.agreed_ratings(ws, loaded)
    if not ratings:
        raise Trouble(_("Nothing is agreed yet."), _("Agree on the ratings first; then the result stands here."))
    result = assessments.result(ws, loaded)
    former = former_of(ws, loaded)
    gates = {gate.code: gate for gate in result.gates}
    lines = {code: indicator_line(loaded.instrument, code, ratings, gates) for code in loaded.instrument.by_code}
    drawings: dict[str, Callable[[], Figure | None]] = {
        "dimensions": lambda: _radar_figure(radar(ws, loaded, result, former), palette),
        "indicators": lambda: _heat_figure(heat_map(loaded.instrument, lines), palette),
        "spread": lambda: _spread_figure(ws, loaded, palette),
    }
    return ReadinessView(
        assessment=loaded.id,
        title=loaded.title,
        subtitle=subtitle(ws, loaded),
        verdict=result.verdict,
        verdict_words=phrases.verdict(result.verdict),
        advice=phrases.advice(),
        figures=phrases.figures(result.overall),
        amended=amended_words(ws, loaded),
        causes=tuple(cause_line(ws, loaded, result, cause) for cause in result.causes),
        dimensions=dimension_lines(ws, loaded, result, former),
        indicators=tuple(lines.values()),
        strengths=tuple(lines[code] for code in strengths(loaded.instrument, ratings)[:NAMED_FIRST]),
        priorities=tuple(lines[code] for code in priorities(loaded.instrument, ratings, loaded.stage)[:NAMED_FIRST]),
        drawing=drawings[part]() if part in drawings else None,
        spreads=_spreads(loaded),
        people=tuple(people.persons(ws)),
        offer=_offer(ws, loaded, ratings),
    )


def subtitle(ws: Workspace, assessment: Assessment) -> str:
    """Country, date and stage in one line."""
    country = str(ws.journal.record(assessment.engagement).get("country", ""))
    return " · ".join((country, day(assessment.held_on), assessment.stage_words))


def amended_words(ws: Workspace, assessment: Assessment) -> str:
    """When an agreed rating was changed after closing, or nothing."""
    agreed = ws.journal.records(f"agreed/{assessment.key}/", fields=("agreed",)).values()
    found = [one["agreed"]["amended"] for one in agreed if one["agreed"] and "amended" in one["agreed"]]
    return _("Amended on {date}").format(date=day(date.fromisoformat(max(found)))) if found else ""


def _radar_figure(figures: charts.Radar, palette: Palette) -> Figure:
    return _figure(_("Dimensions"), charts.radar(figures, theme=palette))


def _heat_figure(figures: charts.HeatMap, palette: Palette) -> Figure:
    return _figure(_("Indicators"), charts.heat_map(figures, width=WIDE, theme=palette))


def _figure(title: str, picture: charts.Picture) -> Figure:
    return Figure(title, charts.svg(picture), picture.words)


# ---- causes and preconditions ---------------------------------------------------------------------------------------


def cause_line(ws: Workspace, assessment: Assessment, result: Result, cause: Cause) -> CauseLine:
    """One cause, with who sees to it and until when."""
    uid = phrases.cause_id(cause)
    noted = ws.journal.record(commitments.of_precondition(assessment.id, uid))
    return CauseLine(
        id=uid,
        words=phrases.cause(cause, assessment.instrument),
        subject=cause.subject,
        owner=person_name(ws, noted.get("owner")),
        due=day_of(str(noted.get("due") or "")),
        is_precondition=result.verdict is Verdict.PRECONDITIONS,
    )


def see_to(ws: Workspace, assessment: str, *, cause: str, owner: str, due: date, text: str = "") -> Change:
    """Make a precondition the commitment of a person until a day; *text* says what shall be done, if it was said."""
    loaded = assessments.load(ws, assessment)
    result = assessments.result(ws, loaded)
    found = next((c for c in result.causes if phrases.cause_id(c) == cause), None)
    if found is None or result.verdict is not Verdict.PRECONDITIONS:
        raise Trouble(_("This is no precondition of the verdict."), _("Look at the result again."))
    if due < loaded.held_on:
        raise Trouble(_("The date lies before the assessment."), _("Choose a later one."))
    uid = commitments.of_precondition(loaded.id, cause)
    edits = commitments.edits_of(
        ws,
        uid,
        text=text or str(ws.journal.record(uid).get("text") or phrases.cause(found, loaded.instrument)),
        owner=owner,
        due=due,
        importance=Importance.MUST,
        side=commitments.side_of(ws, uid, owner) or "host",
        source=loaded.id,
    )
    told = _("{name} sees to it until {date}.").format(name=person_name(ws, owner), date=day(due))
    return ws.record(edits, said=told)


# ---- lines and drawings -------------------------------------------------------------------------------------------


def indicator_line(
    instrument: Instrument, code: str, ratings: dict[str, Agreed], gates: dict[str, Gate]
) -> IndicatorLine:
    """One indicator with its agreed rating, the grade of its evidence and its gate."""
    agreed = ratings.get(code, Agreed(None))
    gate = gates.get(code)
    return IndicatorLine(
        code=code,
        statement=said(instrument.by_code[code].statement, language()),
        rating="" if agreed.rating is None else str(agreed.rating),
        grade=agreed.evidence or "",
        gate=gate.state if gate else None,
        gate_words=phrases.gate(gate.state) if gate else "",
    )


def former_of(ws: Workspace, assessment: Assessment) -> tuple[Assessment, Result] | None:
    """The assessment of the same engagement before this one, with its result as it was closed."""
    before = [one for one in assessments.in_order(ws, assessment.engagement) if one.held_on < assessment.held_on]
    for one in reversed(before):
        if assessments.agreed_ratings(ws, one):
            return one, assessments.result(ws, one)
    return None


def dimension_lines(
    ws: Workspace, assessment: Assessment, result: Result, former: tuple[Assessment, Result] | None
) -> tuple[DimensionLine, ...]:
    """The ten dimensions with figures that never stand without each other."""
    return tuple(
        _dimension_line(assessment.instrument, result, former[1] if former else None, dimension)
        for dimension in assessment.instrument.dimensions
    )


def _dimension_line(
    instrument: Instrument, result: Result, former: Result | None, dimension: Dimension
) -> DimensionLine:
    score = result.dimensions.get(dimension.code)
    before = former.dimensions.get(dimension.code) if former else None
    return DimensionLine(
        code=dimension.code,
        name=said(dimension.name, language()),
        weight=dimension.weight,
        score=_score_words(score, insufficient=score is not None and result.insufficient(dimension.code, instrument)),
        range=_("{low} to {high}").format(low=tenth(score.low), high=tenth(score.high)) if score else "",
        coverage=percent(score.coverage) if score else "",
        confidence=percent(score.confidence) if score and score.confidence is not None else "",
        former=_former_words(before),
    )


def _former_words(score: Score | None) -> str:
    if score is None or score.score is None:
        return ""
    return f"{tenth(score.score)} ({tenth(score.low)}–{tenth(score.high)})"


def _score_words(score: Score | None, *, insufficient: bool) -> str:
    if score is None:
        return _("not applicable")
    return _("insufficient") if insufficient or score.score is None else tenth(score.score)


def radar(
    ws: Workspace, assessment: Assessment, result: Result, former: tuple[Assessment, Result] | None
) -> charts.Radar:
    """The radar's figures: agreed score, possible range, former assessment."""
    instrument = assessment.instrument
    axes = []
    for dimension in instrument.dimensions:
        score = result.dimensions.get(dimension.code)
        if score is None:
            continue
        known = score.score is not None and not result.insufficient(dimension.code, instrument)
        before = former[1].dimensions.get(dimension.code) if former else None
        axes.append(
            charts.Axis(
                code=dimension.code,
                name=said(dimension.name, language()),
                score=score.score if known else None,
                low=score.low,
                high=score.high,
                former=before.score if before else None,
            )
        )
    name = f"{former[0].title}, {day(former[0].held_on)}" if former else ""
    return charts.Radar(tuple(axes), name)


def heat_map(instrument: Instrument, lines: dict[str, IndicatorLine]) -> charts.HeatMap:
    """The heat map's figures: level, grade and gate of every indicator."""
    rows = tuple(
        charts.HeatRow(
            said(dimension.name, language()),
            tuple(
                charts.HeatCell(i.code, lines[i.code].rating, lines[i.code].grade, lines[i.code].gate)
                for i in instrument.of(dimension.code)
            ),
        )
        for dimension in instrument.dimensions
    )
    return charts.HeatMap(rows, phrases.scale_key(), phrases.grade_key())


def spread(ws: Workspace, assessment: Assessment) -> charts.Spread | None:
    """The spread's figures, without names; None where there are no individual ratings to show."""
    if not _spreads(assessment):
        return None
    view = consensus.consensus(ws, assessment.id)
    lines = {line.code: line for line in view.lines}
    return charts.Spread(
        tuple(
            charts.SpreadRow(
                code=code,
                statement=lines[code].statement,
                peers=tuple(dot.peers for dot in lines[code].dots),
                hosts=tuple(dot.hosts for dot in lines[code].dots),
                agreed=_level(lines[code].agreed if lines[code].agreed is not None else lines[code].proposal),
                remark=listed(part for part in (lines[code].agreed_words, lines[code].specials) if part),
            )
            for code in assessment.instrument.by_code
            if lines[code].closeness is not Closeness.UNRATED
        )
    )


def _spreads(assessment: Assessment) -> bool:
    """Are there individual ratings to show?"""
    return bool(assessment.revealed) and not assessment.from_sheet


def _level(rating: int | str | None) -> int | None:
    return rating if isinstance(rating, int) else None


def _spread_figure(ws: Workspace, assessment: Assessment, palette: Palette) -> Figure | None:
    view = spread(ws, assessment)
    return _figure(_("How far the ratings lay apart"), charts.spread(view, width=WIDE, theme=palette)) if view else None


# ---- change between two assessments ---------------------------------------------------------------------------------


def moved(ws: Workspace, former: Assessment, latter: Assessment) -> Moved:
    """The change between two assessments as they were closed."""
    return compared((former.instrument, scores.original(ws, former)), (latter.instrument, scores.original(ws, latter)))


def compare(ws: Workspace, former: str, latter: str, *, palette: Palette = charts.PAPER) -> CompareView:
    """Two assessments beside each other, only what is comparable."""
    one, other = assessments.load(ws, former), assessments.load(ws, latter)
    if former == latter:
        raise Trouble(_("One assessment cannot be compared with itself."), _("Choose two."))
    before = evaluate(one.instrument, scores.original(ws, one), one.stage)
    after = evaluate(other.instrument, scores.original(ws, other), other.stage)
    change = moved(ws, one, other)
    ratings = scores.original(ws, other)
    gates = {gate.code: gate for gate in after.gates}

    def lines(codes: tuple[str, ...]) -> tuple[IndicatorLine, ...]:
        return tuple(indicator_line(other.instrument, code, ratings, gates) for code in codes)

    return CompareView(
        former=f"{one.title}, {day(one.held_on)}",
        latter=f"{other.title}, {day(other.held_on)}",
        former_figures=phrases.figures(before.overall),
        latter_figures=phrases.figures(after.overall),
        summary=change_words(change),
        dimensions=dimension_lines(ws, other, after, (one, before)),
        rose=lines(change.rose),
        stayed=lines(change.stayed),
        fell=lines(change.fell),
        radar=_radar_figure(radar(ws, other, after, (one, before)), palette),
    )


def change_words(change: Moved) -> str:
    """How many indicators stand in both, and how they moved."""
    both = ngettext("{number} indicator stands in both", "{number} indicators stand in both", change.compared)
    return _("{both}: {rose} rose, {stayed} stayed, {fell} fell.").format(
        both=both.format(number=change.compared),
        rose=len(change.rose),
        stayed=len(change.stayed),
        fell=len(change.fell),
    )


# ---- what the demonstration offers --------------------------------------------------------------------------------

CERTIFICATE = "LEG-2"
"""The gate that the demonstration's story leaves one document short."""


def _offer(ws: Workspace, assessment: Assessment, ratings: dict[str, Agreed]) -> str:
    waits = ws.demonstration and assessment.title == "AS-3" and ratings.get(CERTIFICATE) == Agreed(3, "A")
    return _("Enter the certificate of registration") if waits else ""


def take_offer(ws: Workspace, assessment: str) -> Change:
    """Enter the certificate of the story: LEG-2 becomes 4, seen."""
    loaded = assessments.load(ws, assessment)
    if not _offer(ws, loaded, assessments.agreed_ratings(ws, loaded)):
        raise Trouble(_("There is nothing to enter here."), _("Go on."))
    return consensus.agree(
        ws, assessment, code=CERTIFICATE, rating=4, grade="A", reason=_("Certificate of registration seen")
    )
