"""Scores, gates and the verdict, in exact fractions (readiness-scoring, sections 3 to 6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from pitso.domain.readiness.agreement import Rating
from pitso.domain.readiness.instrument import NOT_APPLICABLE, Dimension, Indicator, Instrument, Stage


@dataclass(frozen=True)
class Agreed:
    """The agreed rating of one indicator and the grade of its evidence (A to D, or none)."""

    rating: Rating | None
    evidence: str | None = None

    @property
    def level(self) -> int | None:
        """The agreed level 0 to 4, if it is one."""
        return self.rating if isinstance(self.rating, int) else None


Ratings: TypeAlias = Mapping[str, Agreed]
"""Agreed ratings by indicator code; a code that is absent has not been reached yet."""

NOTHING = Agreed(None)


@dataclass(frozen=True)
class Score:
    """A score is never shown without its range and coverage. All figures are per cent, unrounded."""

    score: Fraction | None
    low: Fraction
    high: Fraction
    coverage: Fraction
    confidence: Fraction | None


class GateState(StrEnum):
    """Whether the minimum before a stage is reached."""

    MET = "pass"
    ON_WORD_ONLY = "conditional"
    NOT_MET = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Gate:
    """An indicator that guards a stage: no strength elsewhere makes up for it."""

    code: str
    minimum: int
    state: GateState
    rating: Rating | None


class Verdict(StrEnum):
    """The advice of the peers; the decision is the hosts'."""

    READY = "ready"
    PRECONDITIONS = "preconditions"
    NOT_READY = "not_ready"
    UNDETERMINED = "undetermined"


class CauseKind(StrEnum):
    """Why a verdict is what it is."""

    GATE_ABSENT = "gate at level 0"
    HIGH_BELOW = "even the high end lies below"
    GATE_UNKNOWN = "gate not known"
    COVERAGE_BELOW = "coverage below"
    SCORE_BELOW = "score below"
    GATE_NOT_MET = "gate not met"
    GATE_ON_WORD = "gate met on word only"
    SCORE_NOT_READY = "score below ready"
    DIMENSION_BELOW = "dimension below"
    DIMENSION_COVERAGE_BELOW = "dimension coverage below"
    CONFIDENCE_BELOW = "confidence below"


@dataclass(frozen=True)
class Cause:
    """One reason for a verdict: *subject* is the code of an indicator or dimension, or empty for the whole."""

    kind: CauseKind
    subject: str = ""
    figure: Fraction | None = None
    threshold: Fraction | None = None


@dataclass(frozen=True)
class Result:
    """Everything that follows from the agreed ratings of one assessment at one stage."""

    stage: Stage
    overall: Score
    dimensions: Mapping[str, Score]
    gates: tuple[Gate, ...]
    verdict: Verdict
    causes: tuple[Cause, ...]

    def insufficient(self, dimension: str, instrument: Instrument) -> bool:
        """Is so little of the dimension known that only its range may be shown?"""
        return self.dimensions[dimension].coverage < instrument.dimension_coverage_minimum


def weigh(weighted: Iterable[tuple[Fraction, Agreed]], strong: frozenset[str]) -> Score | None:
    """The score of agreed ratings with their weights; None when every one is not applicable."""
    applicable = [(weight, agreed) for weight, agreed in weighted if agreed.rating != NOT_APPLICABLE]
    whole = sum((weight for weight, _ in applicable), Fraction())
    if not whole:
        return None
    rated = [(weight, agreed.level, agreed.evidence) for weight, agreed in applicable if agreed.level is not None]
    known = sum((weight for weight, _, _ in rated), Fraction())
    reached = sum((weight * level for weight, level, _ in rated), Fraction())
    seen = sum((weight for weight, _, evidence in rated if evidence in strong), Fraction())
    return Score(
        score=25 * reached / known if known else None,
        low=25 * reached / whole,
        high=25 * (reached + 4 * (whole - known)) / whole,
        coverage=100 * known / whole,
        confidence=100 * seen / known if known else None,
    )


def shares(instrument: Instrument, ratings: Ratings) -> dict[str, Fraction]:
    """Each applicable indicator's share of the whole: W x w / sum of w applicable in its dimension."""
    found: dict[str, Fraction] = {}
    for dimension in instrument.dimensions:
        applicable = [i for i in instrument.of(dimension.code) if _agreed(ratings, i).rating != NOT_APPLICABLE]
        whole = sum(indicator.weight for indicator in applicable)
        for indicator in applicable:
            found[indicator.code] = Fraction(dimension.weight * indicator.weight, whole)
    return found


def _agreed(ratings: Ratings, indicator: Indicator) -> Agreed:
    return ratings.get(indicator.code, NOTHING)


def gate_state(agreed: Agreed, minimum: int, strong: frozenset[str]) -> GateState:
    """Whether one gate is met (readiness-scoring, section 4)."""
    if agreed.level is None:
        return GateState.UNKNOWN
    if agreed.level < minimum:
        return GateState.NOT_MET
    return GateState.MET if agreed.evidence in strong else GateState.ON_WORD_ONLY


def evaluate(instrument: Instrument, ratings: Ratings, stage: Stage) -> Result:
    """Scores, gates and the verdict of the agreed *ratings* before this *stage*."""
    strong = instrument.strong_evidence
    share = shares(instrument, ratings)
    overall = weigh(((share[code], ratings.get(code, NOTHING)) for code in share), strong)
    if overall is None:
        overall = Score(None, Fraction(), Fraction(100), Fraction(), None)
    dimensions = {
        dimension.code: score
        for dimension in instrument.dimensions
        if (score := _dimension_score(instrument, dimension, ratings)) is not None
    }
    gates = tuple(
        Gate(
            i.code, i.gates[stage], gate_state(_agreed(ratings, i), i.gates[stage], strong), _agreed(ratings, i).rating
        )
        for i in instrument.indicators
        if stage in i.gates
    )
    verdict, causes = _verdict(instrument, stage, overall, dimensions, gates)
    return Result(stage, overall, dimensions, gates, verdict, causes)


def _dimension_score(instrument: Instrument, dimension: Dimension, ratings: Ratings) -> Score | None:
    weighted = [(Fraction(i.weight), _agreed(ratings, i)) for i in instrument.of(dimension.code)]
    return weigh(weighted, instrument.strong_evidence)


def _verdict(
    instrument: Instrument,
    stage: Stage,
    overall: Score,
    dimensions: Mapping[str, Score],
    gates: tuple[Gate, ...],
) -> tuple[Verdict, tuple[Cause, ...]]:
    """The first rule of readiness-scoring, section 5, that applies, with all its causes."""
    threshold = instrument.thresholds[stage]
    low, ready = threshold.not_ready_below, threshold.ready_from

    causes = [Cause(CauseKind.GATE_ABSENT, gate.code) for gate in gates if gate.rating == 0]
    if overall.high < low:
        causes.append(Cause(CauseKind.HIGH_BELOW, "", overall.high, low))
    if causes:
        return Verdict.NOT_READY, tuple(causes)

    causes = [Cause(CauseKind.GATE_UNKNOWN, gate.code) for gate in gates if gate.state is GateState.UNKNOWN]
    least = instrument.overall_coverage_minimum
    if overall.coverage < least:
        causes.append(Cause(CauseKind.COVERAGE_BELOW, "", overall.coverage, least))
    if causes or overall.score is None:
        return Verdict.UNDETERMINED, tuple(causes)

    if overall.score < low:
        return Verdict.NOT_READY, (Cause(CauseKind.SCORE_BELOW, "", overall.score, low),)

    causes = [Cause(CauseKind.GATE_NOT_MET, gate.code) for gate in gates if gate.state is GateState.NOT_MET]
    causes += [Cause(CauseKind.GATE_ON_WORD, gate.code) for gate in gates if gate.state is GateState.ON_WORD_ONLY]
    if overall.score < ready:
        causes.append(Cause(CauseKind.SCORE_NOT_READY, "", overall.score, ready))
    for dimension in instrument.dimensions:
        causes += _dimension_causes(instrument, stage, dimension, dimensions.get(dimension.code))
    minimum = threshold.confidence_minimum
    if minimum is not None and overall.confidence is not None and overall.confidence < minimum:
        causes.append(Cause(CauseKind.CONFIDENCE_BELOW, "", overall.confidence, minimum))
    return (Verdict.PRECONDITIONS if causes else Verdict.READY), tuple(causes)


def _dimension_causes(
    instrument: Instrument, stage: Stage, dimension: Dimension, score: Score | None
) -> Iterable[Cause]:
    if score is None:
        return
    least = Fraction(dimension.minimum[stage])
    if score.score is not None and score.score < least:
        yield Cause(CauseKind.DIMENSION_BELOW, dimension.code, score.score, least)
    enough = instrument.dimension_coverage_minimum
    if score.coverage < enough:
        yield Cause(CauseKind.DIMENSION_COVERAGE_BELOW, dimension.code, score.coverage, enough)


def strengths(instrument: Instrument, ratings: Ratings) -> list[str]:
    """Codes at level 3 or 4 with strong evidence, the weightiest first (section 6)."""
    share = shares(instrument, ratings)
    strong = [
        (-share[code] * agreed.level, code)
        for code, agreed in ratings.items()
        if code in share
        and agreed.level is not None
        and agreed.level >= 3
        and agreed.evidence in instrument.strong_evidence
    ]
    return [code for _, code in sorted(strong)]


def priorities(instrument: Instrument, ratings: Ratings, stage: Stage) -> list[str]:
    """Codes below level 4 by what they hold back: gates not met first, then v x (4 - level) (section 6)."""
    share = shares(instrument, ratings)
    unmet = {gate.code for gate in evaluate(instrument, ratings, stage).gates if gate.state is not GateState.MET}
    wanting = [
        (code not in unmet, -share[code] * (4 - agreed.level), code)
        for code, agreed in ratings.items()
        if code in share and agreed.level is not None and agreed.level < 4
    ]
    return [code for _, _, code in sorted(wanting)]


@dataclass(frozen=True)
class Change:
    """What moved between two assessments, over the indicators rated in both and unchanged in wording."""

    rose: tuple[str, ...]
    stayed: tuple[str, ...]
    fell: tuple[str, ...]
    before: Score | None
    """The score of the former assessment over the compared indicators only."""
    after: Score | None

    @property
    def compared(self) -> int:
        """How many indicators stand in both."""
        return len(self.rose) + len(self.stayed) + len(self.fell)


def compare(former: tuple[Instrument, Ratings], latter: tuple[Instrument, Ratings]) -> Change:
    """The change between two assessments, each with the instrument that it was made with."""
    (old, before), (new, after) = former, latter
    both = [
        code
        for code, indicator in new.by_code.items()
        if code in old.by_code
        and _same_wording(old.by_code[code], indicator)
        and before.get(code, NOTHING).level is not None
        and after.get(code, NOTHING).level is not None
    ]
    moved = {code: (after[code].level or 0) - (before[code].level or 0) for code in both}
    share = shares(new, {code: after[code] for code in both})
    return Change(
        rose=tuple(code for code in both if moved[code] > 0),
        stayed=tuple(code for code in both if moved[code] == 0),
        fell=tuple(code for code in both if moved[code] < 0),
        before=weigh(((share[code], before[code]) for code in both), new.strong_evidence),
        after=weigh(((share[code], after[code]) for code in both), new.strong_evidence),
    )


def _same_wording(one: Indicator, other: Indicator) -> bool:
    return one.statement == other.statement and one.levels == other.levels
