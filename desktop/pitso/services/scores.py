"""Scores as a table that anyone may check: from a workspace, or from ratings in a CSV file."""

import csv
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from pitso.domain.readiness.agreement import Rating
from pitso.domain.readiness.instrument import NO_AGREEMENT, NOT_APPLICABLE, UNKNOWN, Instrument, Stage
from pitso.domain.readiness.scoring import Agreed, Ratings, Result, Score, compare, evaluate
from pitso.domain.trouble import Trouble
from pitso.services import assessments, instruments
from pitso.services.assessments import GRADES, Assessment
from pitso.services.instrument_reading import instrument_of
from pitso.services.workspace import Workspace
from pitso.words import _, listed

AMENDED = "-amended"

Judged = tuple[str, Instrument, Ratings, Stage]
"""Name, instrument, agreed ratings and stage of one assessment."""


def of_table(path: Path, stage: Stage | None = None) -> list[Judged]:
    """The assessments in a CSV table (assessment, code, agreed, evidence[, stage]), judged by the shipped instrument.

    Trouble names the row of a code, rating, grade or stage that is not in the instrument.
    """
    instrument = instrument_of(instruments.shipped())
    found: dict[str, tuple[Stage, dict[str, Agreed]]] = {}
    for number, row in _rows(path):
        name = row["assessment"].strip()
        at = stage or _stage(row.get("stage") or Stage.FOUNDING.value, number)
        ratings = found.setdefault(name, (at, {}))[1]
        code = row["code"].strip()
        if code not in instrument.by_code:
            raise _fault(number, _("the instrument has no indicator “{text}”").format(text=code))
        if code in ratings:
            raise _fault(number, _("{code} stands twice in {name}").format(code=code, name=name))
        ratings[code] = _agreed(row, number, na_allowed=instrument.by_code[code].na_allowed)
    return [(name, instrument, ratings, at) for name, (at, ratings) in found.items()]


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            _("“{file}” could not be read as a table in UTF-8.").format(file=path.name),
            _("Save it as CSV in UTF-8, then try again."),
        ) from error
    reader = csv.DictReader(text.splitlines())
    missing = {"assessment", "code", "agreed", "evidence"} - set(reader.fieldnames or [])
    if missing:
        raise Trouble(
            _("The table lacks the columns {columns}.").format(columns=listed(sorted(missing))),
            _("Its first row must name assessment, code, agreed and evidence."),
        )
    return [(number, {key: value or "" for key, value in row.items() if key}) for number, row in enumerate(reader, 2)]


def _fault(number: int, what: str) -> Trouble:
    return Trouble(_("Row {number}: {what}.").format(number=number, what=what), _("Mend that row, then try again."))


def _stage(text: str, number: int) -> Stage:
    try:
        return Stage(text.strip())
    except ValueError as error:
        raise _fault(number, _("“{text}” is no stage (founding, scaledown)").format(text=text)) from error


def _agreed(row: Mapping[str, str], number: int, *, na_allowed: bool) -> Agreed:
    text, grade = row["agreed"].strip(), row["evidence"].strip()
    rating: Rating | None = int(text) if text in ("0", "1", "2", "3", "4") else text or None
    if isinstance(rating, str) and rating not in (NOT_APPLICABLE, UNKNOWN, NO_AGREEMENT):
        raise _fault(number, _("“{text}” is outside the scale").format(text=text))
    if rating == NOT_APPLICABLE and not na_allowed:
        raise _fault(number, _("this indicator always applies"))
    if grade and grade not in GRADES:
        raise _fault(number, _("“{text}” is no grade of evidence").format(text=grade))
    return Agreed(rating, grade or None)


def of_workspace(ws: Workspace, engagement: str | None = None) -> list[Judged]:
    """Every assessment of the workspace that has an agreed rating; amended ones a second time as amended."""
    found: list[Judged] = []
    for uid in [engagement] if engagement else list(ws.journal.records("engagement/")):
        for assessment in assessments.in_order(ws, uid):
            found += of_assessment(ws, assessment)
    return found


def of_assessment(ws: Workspace, assessment: Assessment) -> list[Judged]:
    """One assessment as it was closed and, where it was amended since, as it is now."""
    now = assessments.agreed_ratings(ws, assessment)
    if not now:
        return []
    first = original(ws, assessment)
    judged: list[Judged] = [(assessment.title, assessment.instrument, first, assessment.stage)]
    if first != now:
        judged.append((assessment.title + AMENDED, assessment.instrument, now, assessment.stage))
    return judged


def original(ws: Workspace, assessment: Assessment) -> dict[str, Agreed]:
    """The agreed ratings as they were when the assessment was closed, before any amendment."""
    now = assessments.agreed_ratings(ws, assessment)
    found: dict[str, Agreed] = {}
    for version in ws.journal.history(f"agreed/{assessment.key}/", field="agreed", exact=False):
        code = version.entity.rpartition("/")[2]
        if version.value and "amended" not in version.value and code in now and code not in found:
            found[code] = Agreed(version.value["rating"], version.value.get("evidence"))
    return {code: found[code] for code in now if code in found}


def results(judged: list[Judged]) -> list[tuple[str, Result]]:
    """The table judged: name and result of each."""
    return [(name, evaluate(instrument, ratings, stage)) for name, instrument, ratings, stage in judged]


# ---- as JSON ------------------------------------------------------------------------------------------------------


def as_json(judged: list[Judged]) -> dict[str, Any]:
    """The table as `pitso score --json` prints it: figures to one decimal, the overall ones as exact fractions too."""
    told: dict[str, Any] = {name: _told(result) for name, result in results(judged)}
    firsts = [one for one in judged if not one[0].endswith(AMENDED)]
    for former, latter in pairwise(firsts):
        if former[3] is latter[3]:
            change = compare((former[1], former[2]), (latter[1], latter[2]))
            told[f"change_{former[0]}_{latter[0]}"] = {
                "indicators_in_both": change.compared,
                "up": len(change.rose),
                "same": len(change.stayed),
                "down": len(change.fell),
            }
    return told


def _told(result: Result) -> dict[str, Any]:
    return {
        "stage": result.stage.value,
        "verdict": result.verdict.value,
        "overall": _score(result.overall, _tenth),
        "overall_exact": _score(result.overall, str),
        "dimensions": {code: _score(score, _tenth) for code, score in result.dimensions.items()},
        "gates": {gate.code: gate.state.value for gate in result.gates},
    }


def _score(score: Score, told: Any) -> dict[str, str | None]:
    figures = {
        "score": score.score,
        "lo": score.low,
        "hi": score.high,
        "cov": score.coverage,
        "conf": score.confidence,
    }
    return {name: None if figure is None else told(figure) for name, figure in figures.items()}


def _tenth(figure: Fraction) -> str:
    tenths = (figure * 20 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}"
