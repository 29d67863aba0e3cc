"""Rules about meeting: gaps, who learns and leads, who decides, who came, and what was written afterwards."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from pitso.domain.facts import HOST, SUPPORTING, Event, EventKind, Facts
from pitso.domain.phases import phases, where_we_are
from pitso.domain.warnings.warning import Settings, Severity, Told, Warning, days
from pitso.words import listed

FIRST_WITH_GAPS, LAST_WITH_GAPS = 3, 12
LEAST_EVENTS = 2


def _held(facts: Facts, today: date) -> list[Event]:
    """Events that began, the latest last."""
    return sorted((event for event in facts.events if event.starts <= today), key=lambda event: event.ends)


def long_gap(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W03: the two sides have not met, or not spoken, for long; or nobody knows when they meet again."""
    if not FIRST_WITH_GAPS <= where_we_are(phases(facts, today)).number <= LAST_WITH_GAPS:
        return ()
    held = _held(facts, today)
    last_event = held[-1].ends if held else facts.milestones.association_chosen
    spoken = [contact.on for contact in facts.contacts if contact.on <= today]
    found = [*_gap(last_event, today, settings), *_silence(last_event, spoken, today, settings)]
    if held and held[-1].ends <= today and held[-1].next_date is None:
        last = held[-1]
        found.append(
            Warning("W03", Severity.WARN, "no next date", last.ends, last.name, {"name": last.name}, last.record)
        )
    return tuple(found)


def _gap(last: date | None, today: date, settings: Settings) -> list[Warning]:
    gap = (today - last).days if last is not None else 0
    if last is None or gap <= settings.gap_note:
        return []
    severity, border = Severity.NOTE, settings.gap_note
    if gap > settings.gap_warn:
        severity, border = Severity.WARN, settings.gap_warn
    return [Warning("W03", severity, "no event", last + days(border + 1), "", {"days": gap, "last": last})]


def _silence(last_event: date | None, spoken: list[date], today: date, settings: Settings) -> list[Warning]:
    heard = max([*spoken, *([last_event] if last_event else [])], default=None)
    gap = (today - heard).days if heard is not None else 0
    if heard is None or gap <= settings.silence:
        return []
    since = heard + days(settings.silence + 1)
    return [Warning("W03", Severity.WARN, "silence", since, "", {"days": gap, "last": heard})]


def one_way_learning(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W11: after two events one side has learned nothing that was written down, or the hosts hardly lead."""
    held = _held(facts, today)
    found = []
    if len(held) >= LEAST_EVENTS:
        since = sorted(event.ends for event in held)[LEAST_EVENTS - 1]
        found += [
            Warning("W11", Severity.NOTE, "no learning", since, side, {"side": side})
            for side in (HOST, SUPPORTING)
            if not facts.learned.get(side)
        ]
    minutes = sum(facts.led.values())
    led = Fraction(facts.led.get(HOST, 0), minutes) if minutes else Fraction(1)
    if led < settings.least_host_led:
        found.append(Warning("W11", Severity.NOTE, "hosts hardly lead", None, "", {"share": led}))
    return tuple(found)


def decision_under_influence(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W12: peers were in the room while the hosts decided, and the hosts have not noted why."""
    return tuple(
        Warning("W12", Severity.WARN, "peers present", talk.on, talk.on.isoformat(), {"on": talk.on}, talk.record)
        for talk in facts.talks
        if talk.on <= today and not talk.peers_absent and not talk.noted_by_hosts
    )


def councils_missing(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W16: too few councils registered at the founding workshop, or a whole kind or region stayed away."""
    found = []
    for event in facts.events:
        if not event.founding or event.starts > today or event.councils is None:
            continue
        told: Told = {"councils": event.councils, "all": event.all_councils or 0}
        if event.all_councils and Fraction(event.councils, event.all_councils) < settings.least_councils:
            found.append(Warning("W16", Severity.WARN, "few", event.starts, event.name, told, event.record))
        if event.missing:
            kinds: Told = {"missing": listed(event.missing)}
            found.append(Warning("W16", Severity.WARN, "kind absent", event.starts, event.name, kinds, event.record))
    return tuple(found)


def report_late(facts: Facts, today: date, settings: Settings) -> tuple[Warning, ...]:
    """W18: the report of a visit is not final in time; minutes were not approved when the sides met next."""
    found = []
    meetings = sorted((e for e in facts.events if e.kind is EventKind.MEETING), key=lambda event: event.starts)
    for event in facts.events:
        due = event.ends + days(settings.report)
        if event.kind is EventKind.VISIT and due < today and not _by(event.final_on, today):
            told: Told = {"name": event.name, "due": due}
            found.append(Warning("W18", Severity.WARN, "report", due, event.name, told, event.record))
    for event, following in pairwise(meetings):
        if following.starts <= today and not _by(event.approved_on, today):
            minutes: Told = {"name": event.name, "due": following.starts}
            found.append(Warning("W18", Severity.WARN, "minutes", following.starts, event.name, minutes, event.record))
    return tuple(found)


def _by(day: date | None, today: date) -> bool:
    return day is not None and day <= today
