"""Rules about readiness: before founding, before scaling down, and how well the ratings are founded."""

from datetime import date

from pitso.domain.facts import Assessed, Facts
from pitso.domain.phases import SCALING_DOWN
from pitso.domain.readiness.instrument import Stage
from pitso.domain.readiness.scoring import Verdict
from pitso.domain.warnings.warning import Settings, Severity, Told, Warning, days

LEGAL = ("LEG-2", "LEG-5")
"""The legal personality and the procedures that the association needs before its peers leave it."""

FIT = (Verdict.READY, Verdict.PRECONDITIONS)


def _latest(facts: Facts, today: date, stage: str = "") -> Assessed | None:
    held = [one for one in facts.assessments if one.held_on <= today and stage in ("", one.stage)]
    return max(held, key=lambda one: one.held_on, default=None)


def procedures_not_in_place(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W06: the engagement scales down, or is about to, while legal procedures or required items are open."""
    begun = facts.milestones.scaling_down
    if facts.moving_to != SCALING_DOWN and (begun is None or begun > today):
        return ()
    latest = _latest(facts, today, Stage.SCALEDOWN)
    below = [code for code in LEGAL if latest is None or code in latest.below_minimum]
    found = [
        Warning("W06", Severity.STOP, "gate", begun, code, {"code": code}, latest.record if latest else "")
        for code in below
    ]
    if facts.exit_open:
        told: Told = {"number": len(facts.exit_open), "items": "; ".join(facts.exit_open)}
        found.append(Warning("W06", Severity.STOP, "items", begun, "", told))
    return tuple(found)


def readiness_not_established(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W07: founding or election is planned, and no fresh assessment says that the hosts are ready for it."""
    planned = _planned(facts, today)
    if planned is None or facts.went_ahead:
        return ()
    latest = _latest(facts, today, Stage.FOUNDING)
    known: Told = {"planned": planned, "track": facts.track.value}
    if latest is None:
        return (Warning("W07", Severity.STOP, "none", None, "", known),)
    told: Told = {**known, "name": latest.name, "held_on": latest.held_on}
    if latest.verdict not in FIT:
        case = "not ready" if latest.verdict is Verdict.NOT_READY else "not determinable"
        return (Warning("W07", Severity.STOP, case, latest.held_on, "", told, latest.record),)
    if (today - latest.held_on).days > settings.assessment_age:
        since = latest.held_on + days(settings.assessment_age + 1)
        return (Warning("W07", Severity.STOP, "old", since, "", told, latest.record),)
    changed = [c.happened_on for c in facts.leadership if not c.first_holder and c.happened_on <= today]
    if changed and max(changed) > latest.held_on:
        return (Warning("W07", Severity.STOP, "leaders changed", max(changed), "", told, latest.record),)
    return ()


def _planned(facts: Facts, today: date) -> date | None:
    """The next founding session or election that is known and not over yet."""
    sessions = [event.starts for event in facts.events if event.founding and event.ends >= today]
    votes = [one.held_on for one in facts.elections if one.held_on and one.held_on >= today and not one.declared_on]
    return min([*sessions, *votes], default=None)


def preconditions_open(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W08: a precondition of the verdict has no owner or no date, or its date has passed."""
    latest = _latest(facts, today)
    if latest is None or latest.verdict is not Verdict.PRECONDITIONS:
        return ()
    found = []
    for one in latest.preconditions:
        if one.done_on is not None and one.done_on <= today:
            continue
        told: Told = {"words": one.words, "owner": one.owner}
        if not one.owner or one.due is None:
            case = "no owner" if not one.owner else "no date"
            found.append(Warning("W08", Severity.WARN, case, latest.held_on, one.words, told, latest.record))
        elif one.due < today:
            found.append(Warning("W08", Severity.WARN, "overdue", one.due + days(1), one.words, told, latest.record))
    return tuple(found)


def weak_evidence(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W09: a gate is met on word only, or too little of the result rests on what was seen."""
    latest = _latest(facts, today)
    if latest is None:
        return ()
    found = [
        Warning("W09", Severity.NOTE, "word only", latest.held_on, code, {"code": code}, latest.record)
        for code in latest.on_word_only
    ]
    if latest.confidence is not None and latest.confidence < settings.least_confidence:
        told: Told = {"confidence": latest.confidence, "name": latest.name}
        found.append(Warning("W09", Severity.NOTE, "confidence", latest.held_on, "", told, latest.record))
    return tuple(found)


def instrument_differs(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W28: the ratings of one assessment were made with several versions of the instrument."""
    return tuple(
        Warning(
            "W28",
            Severity.WARN,
            "versions",
            one.held_on,
            one.name,
            {"name": one.name, "number": one.versions},
            one.record,
        )
        for one in facts.assessments
        if one.versions > 1 and one.held_on <= today
    )
