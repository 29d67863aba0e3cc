"""Rules about what was promised: money, commitments, answers to letters, agreements."""

from datetime import date
from fractions import Fraction

from pitso.domain.facts import Facts, Step
from pitso.domain.warnings.warning import Settings, Severity, Told, Warning, days

NEXT_STEPS = 2


def resources_not_covered(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W05: the next two steps are not covered enough, or one that is near is not covered whole."""
    coming = [step for step in facts.steps if not step.used and (step.needed_on is None or step.needed_on >= today)]
    coming.sort(key=lambda step: step.needed_on or date.max)
    following = coming[:NEXT_STEPS]
    found = []
    total = sum((step.total for step in following), Fraction())
    if total and (cover := sum((step.covered for step in following), Fraction()) / total) < settings.least_cover:
        found.append(Warning("W05", Severity.WARN, "next steps", None, "", {"cover": cover}, following[0].record))
    found += [
        Warning("W05", Severity.WARN, "near step", None, step.name, {"name": step.name, "cover": cover}, step.record)
        for step in coming
        if (cover := _cover(step)) < 1 and step.needed_on and (step.needed_on - today).days <= settings.step_ahead
    ]
    return tuple(found)


def _cover(step: Step) -> Fraction:
    return step.covered / step.total if step.total else Fraction(1)


def overdue_commitment(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W10: commitments past their day, counted by side."""
    late: dict[str, list[date]] = {}
    for commitment in facts.commitments:
        if commitment.overdue(today):
            late.setdefault(commitment.side, []).append(commitment.due)
    return tuple(
        Warning("W10", Severity.WARN, "overdue", min(due) + days(1), side, {"side": side, "number": len(due)})
        for side, due in sorted(late.items())
    )


def letter_unanswered(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W19: the day passed on which an answer was needed."""
    return tuple(
        Warning(
            "W19",
            Severity.NOTE,
            "unanswered",
            contact.answer_by + days(1),
            contact.subject,
            {"subject": contact.subject, "on": contact.on, "by": contact.answer_by},
            contact.record,
        )
        for contact in facts.contacts
        if contact.answer_by is not None
        and contact.answer_by < today
        and (contact.answered_on is None or contact.answered_on > today)
    )


def agreement_runs_out(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W22: an agreement ends soon and was not renewed, or a review was not held on its day."""
    found = []
    for one in facts.agreements:
        left = (one.ends - today).days
        if not one.renewed and left <= settings.agreement_ahead:
            since = one.ends - days(settings.agreement_ahead)
            ends: Told = {"name": one.name, "ends": one.ends, "days": left}
            found.append(Warning("W22", Severity.NOTE, "ends", since, one.name, ends, one.record))
        passed = [review for review in one.reviews if review < today]
        if passed:
            review: Told = {"name": one.name, "due": min(passed)}
            found.append(Warning("W22", Severity.NOTE, "review", min(passed), one.name, review, one.record))
    return tuple(found)
