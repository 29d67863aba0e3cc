"""The words of readiness: what a code of the instrument or the rules is called on screen and paper."""

from pitso.domain.readiness.agreement import Closeness, Rating
from pitso.domain.readiness.instrument import Indicator, Instrument, Stage, said
from pitso.domain.readiness.scoring import Cause, CauseKind, GateState, Score, Verdict
from pitso.words import _, language, percent, tenth


def scale(rating: Rating) -> str:
    """``Established`` for 3, ``Not known yet`` for UK."""
    return {
        0: _("Absent"),
        1: _("Beginning"),
        2: _("Partial"),
        3: _("Established"),
        4: _("Secured"),
        "NA": _("Not applicable"),
        "UK": _("Not known yet"),
        "ND": _("No agreement"),
    }[rating]


def scale_key() -> tuple[tuple[str, str], ...]:
    """The scale with its words, as every key shows it."""
    return tuple((str(value), scale(value)) for value in (0, 1, 2, 3, 4, "NA", "UK", "ND"))


def grade_key() -> tuple[tuple[str, str], ...]:
    """The grades of evidence with their words."""
    return tuple((code, grade(code)) for code in "ABCD")


def rating(value: Rating) -> str:
    """A level as its number, a special value in words."""
    return str(value) if isinstance(value, int) else scale(value).lower()


def grade(code: str) -> str:
    """What a grade of evidence means."""
    return {
        "A": _("Seen (document or fact)"),
        "B": _("Confirmed by two independent sources"),
        "C": _("Told by one source"),
        "D": _("No evidence"),
    }.get(code, "")


def stage(value: Stage, *, strengthens: bool = False) -> str:
    """What the readiness is for; *strengthens*: an association exists already."""
    if strengthens and value is Stage.FOUNDING:
        return _("Fit to serve its members")
    return _("Before founding") if value is Stage.FOUNDING else _("Before scaling down")


def state(value: str) -> str:
    """How far an assessment is."""
    return {
        "rating": _("being rated"),
        "revealed": _("being agreed"),
        "agreed": _("agreed and closed"),
    }[value]


def verdict(value: Verdict) -> str:
    """The advice of the peers."""
    return {
        Verdict.READY: _("Ready"),
        Verdict.PRECONDITIONS: _("Ready with preconditions"),
        Verdict.NOT_READY: _("Not ready"),
        Verdict.UNDETERMINED: _("Not yet determinable"),
    }[value]


def advice() -> str:
    """What a verdict is, and what it is not."""
    return _("This is advice by the peers. The decision is the hosts’.")


def closeness(value: Closeness) -> str:
    """How near the ratings lie to each other."""
    return {
        Closeness.UNANIMOUS: _("Unanimous"),
        Closeness.CLOSE: _("Close"),
        Closeness.DISCUSS: _("To be discussed"),
        Closeness.CONTESTED: _("Contested"),
        Closeness.UNRATED: _("No rating"),
    }[value]


def gate(value: GateState) -> str:
    """Whether a gate is met."""
    return {
        GateState.MET: _("Met"),
        GateState.ON_WORD_ONLY: _("Met on word only"),
        GateState.NOT_MET: _("Not met"),
        GateState.UNKNOWN: _("Not known"),
    }[value]


def gate_minimum(indicator: Indicator, at: Stage) -> str:
    """What this indicator guards, or nothing."""
    if at not in indicator.gates:
        return ""
    told = {
        Stage.FOUNDING: _("A gate: at least {level} before founding"),
        Stage.SCALEDOWN: _("A gate: at least {level} before scaling down"),
    }[at]
    return told.format(level=indicator.gates[at])


def figures(score: Score) -> str:
    """A score with its range, coverage and confidence: never one without the others."""
    if score.score is None or score.confidence is None:
        return _("no score ({low} to {high}), coverage {coverage}").format(
            low=tenth(score.low), high=tenth(score.high), coverage=percent(score.coverage)
        )
    return _("{score} ({low} to {high}), coverage {coverage}, confidence {confidence}").format(
        score=tenth(score.score),
        low=tenth(score.low),
        high=tenth(score.high),
        coverage=percent(score.coverage),
        confidence=percent(score.confidence),
    )


def cause(value: Cause, instrument: Instrument) -> str:
    """One cause of a verdict, in a sentence."""
    named = value.subject
    if value.subject in instrument.by_code:
        named = f"{value.subject} ({said(instrument.by_code[value.subject].statement, language())})"
    else:
        for dimension in instrument.dimensions:
            if dimension.code == value.subject:
                named = said(dimension.name, language())
    sentence = {
        CauseKind.GATE_ABSENT: _("A gate stands at level 0: {subject}"),
        CauseKind.HIGH_BELOW: _("Even the high end of the range, {figure}, lies below {threshold}."),
        CauseKind.GATE_UNKNOWN: _("A gate is not known: {subject}"),
        CauseKind.COVERAGE_BELOW: _("Too little is known: coverage {figure} %, at least {threshold} % is needed."),
        CauseKind.SCORE_BELOW: _("The score, {figure}, lies below {threshold}."),
        CauseKind.GATE_NOT_MET: _("A gate is not met: {subject}"),
        CauseKind.GATE_ON_WORD: _("A gate is met on word only: {subject}"),
        CauseKind.SCORE_NOT_READY: _("The score, {figure}, lies below {threshold}."),
        CauseKind.DIMENSION_BELOW: _("{subject}: {figure} lies below {threshold}."),
        CauseKind.DIMENSION_COVERAGE_BELOW: _("{subject}: coverage {figure} % lies below {threshold} %."),
        CauseKind.CONFIDENCE_BELOW: _("Confidence, {figure} %, lies below {threshold} %."),
    }[value.kind]
    return sentence.format(
        subject=named,
        figure=tenth(value.figure) if value.figure is not None else "",
        threshold=tenth(value.threshold) if value.threshold is not None else "",
    )


def cause_id(value: Cause) -> str:
    """The name under which owner and date of a precondition are kept."""
    return f"{value.kind.name.lower()}.{value.subject or 'all'}"


def level(value: Rating) -> str:
    """``1 Beginning``; a special value in words."""
    return f"{value} {scale(value)}" if isinstance(value, int) else scale(value)
