"""Rules about people: training, the objective both sides sign, leaders who change, women, terms of office."""

from datetime import date
from fractions import Fraction

from pitso.domain.facts import HOST, SUPPORTING, Event, EventKind, Facts, Share
from pitso.domain.warnings.warning import Settings, Severity, Told, Warning, days


def peer_not_trained(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W01: a member took part without training; a later training clears it, the mark of the day stays."""
    return tuple(
        Warning("W01", Severity.WARN, "untrained", peer.acted_on, peer.name, {"name": peer.name}, peer.record)
        for peer in facts.team
        if peer.acted_on is not None and peer.acted_on <= today and peer.untrained_at(today)
    )


def no_agreed_objective(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W02: something begins, or begins soon, and one side has not signed the objective: stop at the first visit."""
    lacking = [side for side in (HOST, SUPPORTING) if not _signed(facts, side, today)]
    begun = _begun_or_near(facts, today, settings)
    if not lacking or not begun:
        return ()
    visits = [
        event for event in facts.events if event.kind is EventKind.VISIT and event.starts <= _ahead(today, settings)
    ]
    first = min(visits, key=lambda event: event.starts, default=None)
    at_first_visit = first is not None and len(visits) == 1 and first.ends >= today
    severity = Severity.STOP if at_first_visit else Severity.WARN
    told: Told = {"sides": "+".join(lacking)}
    return (Warning("W02", severity, "unsigned", min(begun), "", told, first.record if first else ""),)


def _signed(facts: Facts, side: str, today: date) -> bool:
    day = facts.objective_signed.get(side)
    return day is not None and day <= today


def _ahead(today: date, settings: Settings) -> date:
    return today + days(settings.objective_ahead)


def _begun_or_near(facts: Facts, today: date, settings: Settings) -> list[date]:
    kinds = (EventKind.VISIT, EventKind.WORKSHOP)
    starts = [event.starts for event in facts.events if event.kind in kinds]
    starts += [one.held_on for one in facts.assessments]
    return [day for day in starts if day <= _ahead(today, settings)]


def leadership_changed(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W04: nobody briefed a new leader in time, or the objective was not reconfirmed; stops a change of phase."""
    found = []
    severity = Severity.WARN if facts.moving_to is None else Severity.STOP
    for change in facts.leadership:
        age = (today - change.happened_on).days
        unbriefed = age > settings.briefing and not _done(change.briefed_on, today)
        unconfirmed = age > settings.reconfirming and not _done(change.reconfirmed_on, today)
        if change.first_holder or not (unbriefed or unconfirmed):
            continue
        case = "both" if unbriefed and unconfirmed else "unbriefed" if unbriefed else "unconfirmed"
        told: Told = {"post": change.post, "days": age}
        found.append(Warning("W04", severity, case, change.happened_on, change.post, told, change.record))
    return tuple(found)


def _done(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def women_missing(facts: Facts, _today: date, settings: Settings) -> tuple[Warning, ...]:
    """W17: too few women among voters, candidates or office bearers, or fewer than the statutes ask for."""
    return tuple(
        Warning(
            "W17",
            Severity.WARN,
            "women",
            group.on,
            group.group,
            {"group": group.group, "women": group.women, "all": group.all, "least": _least(group, settings)},
            group.record,
        )
        for group in facts.women
        if group.all and Fraction(group.women, group.all) < _least(group, settings)
    )


def _least(group: Share, settings: Settings) -> Fraction:
    return max(settings.least_women, group.rule or Fraction())


def term_ends(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W23: a key post or a council comes to the end of its term, and no plan says what then."""
    return tuple(
        Warning(
            "W23",
            Severity.NOTE,
            "term",
            term.ends - days(settings.term_ahead),
            term.of,
            {"of": term.of, "ends": term.ends, "days": (term.ends - today).days},
            term.record,
        )
        for term in facts.terms
        if not term.planned and 0 <= (term.ends - today).days <= settings.term_ahead
    )


def visits_begun(events: tuple[Event, ...], today: date) -> list[Event]:
    """Visits that are on today."""
    return [event for event in events if event.kind is EventKind.VISIT and event.starts <= today <= event.ends]
