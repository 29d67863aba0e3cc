"""Scores and verdicts of the demonstration, to the last fraction; and the small cases of readiness-scoring."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from pitso import places
from pitso.domain.readiness.agreement import Closeness, minority_invited, propose, reason_required, seen_differently
from pitso.domain.readiness.instrument import Instrument, Stage
from pitso.domain.readiness.scoring import Agreed, GateState, Score, Verdict, evaluate, priorities, strengths
from pitso.domain.trouble import Trouble
from pitso.services import instruments, scores
from pitso.services.instrument_reading import instrument_of
from pitso.services.workspace import Workspace

EXPECTED = json.loads((Path(__file__).parents[1] / "data" / "expected-scores.json").read_text(encoding="utf-8"))
RATINGS = Path(str(places.resource("demonstration/ratings.csv")))


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return instrument_of(instruments.shipped())


def test_the_table_gives_exactly_the_expected_results() -> None:
    assert scores.as_json(scores.of_table(RATINGS)) == EXPECTED


def test_the_workspace_gives_the_same_for_what_it_holds(demo: Workspace) -> None:
    told = scores.as_json(scores.of_workspace(demo))
    assert told == {name: EXPECTED[name] for name in EXPECTED if name != "AS-3-amended"}


def test_each_threshold_counts_before_rounding(instrument: Instrument) -> None:
    for name, _instrument, ratings, stage in scores.of_table(RATINGS):
        exact = evaluate(instrument, ratings, stage).overall.score
        assert exact == Fraction(EXPECTED[name]["overall_exact"]["score"])


def all_at(instrument: Instrument, level: int, grade: str = "A") -> dict[str, Agreed]:
    return {code: Agreed(level, grade) for code in instrument.by_code}


def test_all_at_the_top_is_ready(instrument: Instrument) -> None:
    for stage in Stage:
        result = evaluate(instrument, all_at(instrument, 4), stage)
        assert (result.verdict, result.causes) == (Verdict.READY, ())
        assert result.overall.score == 100


def test_everything_unrated_gives_no_score_and_is_not_yet_determinable(instrument: Instrument) -> None:
    result = evaluate(instrument, {}, Stage.FOUNDING)
    assert result.overall == Score(None, Fraction(0), Fraction(100), Fraction(0), None)
    assert result.verdict is Verdict.UNDETERMINED


def test_a_gate_at_level_0_gives_not_ready_whatever_the_coverage(instrument: Instrument) -> None:
    result = evaluate(instrument, {"LEG-1": Agreed(0, "A")}, Stage.FOUNDING)
    assert result.overall.coverage < 10
    assert result.verdict is Verdict.NOT_READY


def test_no_strength_elsewhere_makes_up_for_a_gate(instrument: Instrument) -> None:
    ratings = all_at(instrument, 4) | {"LEG-1": Agreed(1, "A")}
    result = evaluate(instrument, ratings, Stage.FOUNDING)
    assert result.verdict is Verdict.PRECONDITIONS
    assert [cause.subject for cause in result.causes] == ["LEG-1"]


@pytest.mark.parametrize(
    ("agreed", "state"),
    [
        (Agreed(2, "A"), GateState.MET),
        (Agreed(2, "B"), GateState.MET),
        (Agreed(2, "C"), GateState.ON_WORD_ONLY),
        (Agreed(4, "D"), GateState.ON_WORD_ONLY),
        (Agreed(1, "A"), GateState.NOT_MET),
        (Agreed("UK"), GateState.UNKNOWN),
        (Agreed("ND", "C"), GateState.UNKNOWN),
        (Agreed(None), GateState.UNKNOWN),
    ],
)
def test_a_gate_needs_its_level_and_strong_evidence(instrument: Instrument, agreed: Agreed, state: GateState) -> None:
    result = evaluate(instrument, all_at(instrument, 4) | {"LEG-1": agreed}, Stage.FOUNDING)
    assert next(gate for gate in result.gates if gate.code == "LEG-1").state is state


def test_scaling_down_alone_asks_for_confidence(instrument: Instrument) -> None:
    gates = {code for code, indicator in instrument.by_code.items() if indicator.gates}
    ratings = {code: Agreed(4, "A" if code in gates else "C") for code in instrument.by_code}
    founding, scaledown = (evaluate(instrument, ratings, stage) for stage in Stage)
    confidence = founding.overall.confidence
    assert confidence is not None
    assert (founding.verdict is Verdict.READY) == all(g.state is GateState.MET for g in founding.gates)
    assert any(c.kind.name == "CONFIDENCE_BELOW" for c in scaledown.causes) == (confidence < 60)


def test_a_dimension_in_which_nothing_applies_drops_out(instrument: Instrument) -> None:
    ratings = all_at(instrument, 2) | {i.code: Agreed("NA") for i in instrument.of("PEE")}
    result = evaluate(instrument, ratings, Stage.FOUNDING)
    assert "PEE" not in result.dimensions
    assert result.overall.score == 50


def test_strengths_need_strong_evidence_and_priorities_put_unmet_gates_first(instrument: Instrument) -> None:
    (_, _, ratings, stage) = scores.of_table(RATINGS)[0]
    assert all(ratings[code].evidence in ("A", "B") for code in strengths(instrument, ratings))
    unmet = {g.code for g in evaluate(instrument, ratings, stage).gates if g.state is not GateState.MET}
    ordered = priorities(instrument, ratings, stage)
    first_met = next(n for n, code in enumerate(ordered) if code not in unmet)
    assert not unmet & set(ordered[first_met:])


@pytest.mark.parametrize(
    ("ratings", "level", "spread", "numeric"),
    [
        ((0, 0, 1, 1), 0, 1, 4),
        ((1, 2, 2), 2, 1, 3),
        ((2, "UK", 2, 2), 2, 0, 3),
        ((3,), 3, 0, 1),
        (("NA", "NA"), None, None, 0),
        ((), None, None, 0),
        ((0, 4), 0, 4, 2),
    ],
)
def test_the_proposal_is_the_lower_median(
    ratings: tuple[int | str, ...], level: int | None, spread: int | None, numeric: int
) -> None:
    proposal = propose(ratings)
    assert (proposal.level, proposal.spread, proposal.numeric) == (level, spread, numeric)


@pytest.mark.parametrize(
    ("ratings", "agreed", "from_sheet", "needed"),
    [
        ((2, 2), 2, False, False),
        ((1, 2), 1, False, False),
        ((1, 2), 2, False, True),
        ((0, 2), 0, False, True),
        ((2, 2), 3, False, True),
        ((2, 2), "NA", False, True),
        ((2, 2), "ND", False, True),
        ((2, 2), "UK", False, False),
        ((), 3, False, True),
        ((), 3, True, False),
        ((), "NA", True, True),
        ((), "ND", True, True),
    ],
)
def test_a_reason_is_asked_where_the_rule_says(
    instrument: Instrument, ratings: tuple[int, ...], agreed: int | str, from_sheet: bool, needed: bool
) -> None:
    assert reason_required(ratings, agreed, instrument, from_sheet=from_sheet) is needed


def test_two_levels_apart_is_a_minority_and_seen_differently() -> None:
    assert minority_invited(0, 2)
    assert not minority_invited(1, 2)
    assert not minority_invited("UK", 2)
    assert seen_differently((3, 3, 3), 1)
    assert not seen_differently((3, 3, 2), 2)


def test_the_first_assessment_has_the_spreads_of_the_story() -> None:
    closeness = []
    for row in rows("AS-1"):
        given = [row[f"peer_{n}"] for n in range(1, 5)]
        closeness.append(propose([int(r) if r.isdigit() else r for r in given]).closeness)
    counted = {kind: closeness.count(kind) for kind in Closeness}
    assert (counted[Closeness.UNANIMOUS], counted[Closeness.CLOSE], counted[Closeness.DISCUSS]) == (15, 31, 2)


def rows(assessment: str) -> list[dict[str, str]]:
    with RATINGS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["assessment"] == assessment]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("assessment,code,agreed,evidence\nA,LEG-99,2,A\n", "Row 2: the instrument has no indicator “LEG-99”"),
        ("assessment,code,agreed,evidence\nA,LEG-1,7,A\n", "Row 2: “7” is outside the scale"),
        ("assessment,code,agreed,evidence\nA,LEG-1,2,E\n", "Row 2: “E” is no grade"),
        ("assessment,code,agreed,evidence\nA,LEG-1,NA,\n", "always applies"),
        ("assessment,code,agreed,evidence\nA,LEG-1,2,A\nA,LEG-1,3,A\n", "Row 3: LEG-1 stands twice"),
        ("assessment,code,agreed,evidence,stage\nA,LEG-1,2,A,later\n", "no stage"),
        ("code,agreed\nLEG-1,2\n", "lacks the columns assessment, evidence"),
        ("", "lacks the columns"),
    ],
)
def test_a_table_with_a_fault_is_told_by_its_row(tmp_path: Path, table: str, sentence: str) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(Trouble) as told:
        scores.of_table(path)
    assert sentence in told.value.happened
