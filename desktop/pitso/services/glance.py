"""One engagement at one look: when the sides met, where the phases stand, what wants a look, how each side stands."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from pitso.domain.facts import HOST, SUPPORTING, Facts, Step
from pitso.domain.warnings.warning import Settings
from pitso.services import answers, commitments, contacts, phases, teams, thresholds, warnings
from pitso.services import facts as gathered
from pitso.services.programme_views import Door, EventDot, Gap, Glance
from pitso.services.workspace import Workspace
from pitso.words import _, colon, day, listed, ngettext, percent, whole

FIRST_ACTIONS = 3
"""How many things to do are named before the page of the phases."""


def glance(ws: Workspace, engagement: str) -> Glance:
    """How one engagement stands today."""
    known, today, holds = gathered.facts(ws, engagement), ws.today(), thresholds.settings(ws, engagement)
    lines = phases.lines(ws, engagement, known)
    dots = tuple(_dots(ws, known, today))
    here = next(line for line in lines if line.here)
    return Glance(
        today=today,
        dots=dots,
        gaps=tuple(_gaps(known, today, holds)),
        phases=lines,
        actions=here.missing[:FIRST_ACTIONS],
        next=next((dot for dot in dots if dot.planned), None),
        warnings=tuple(line for line in warnings.warnings(ws, engagement) if not line.rests),
        doors=tuple(_doors(ws, engagement, known, today, holds)),
    )


# ---- the time line ------------------------------------------------------------------------------------------------


def _dots(ws: Workspace, known: Facts, today: date) -> Iterable[EventDot]:
    """The events that began, and what the latest of them agreed to follow."""
    held = sorted((event for event in known.events if event.starts <= today), key=lambda event: event.starts)
    for event in held:
        yield EventDot(event.starts, event.ends, event.name, _page_of(event.record), event.record)
    planned = sorted((event for event in known.events if event.starts > today), key=lambda event: event.starts)
    for event in planned:
        yield EventDot(event.starts, event.ends, event.name, _page_of(event.record), event.record, planned=True)
    last = max(held, key=lambda event: event.ends, default=None)
    if not planned and last is not None and last.next_date and last.next_date > today:
        step = str(ws.journal.record(last.record).get("/data/ahead/next_step") or _("next date"))
        yield EventDot(last.next_date, last.next_date, step, _page_of(last.record), last.record, planned=True)


def _page_of(record: str) -> str:
    """The page on which an event is shown: records of forms on their own, a workshop in the room."""
    return "form" if record.startswith("record/") else "room"


def _gaps(known: Facts, today: date, holds: Settings) -> Iterable[Gap]:
    """Where more days lay between two events, or since the last one, than after which Pitso notes it."""
    held = sorted((event for event in known.events if event.starts <= today), key=lambda event: event.starts)
    reached = date.min
    for event, following in zip(held, [*(event.starts for event in held), today][1:], strict=True):
        reached = max(reached, event.ends)
        days = (following - reached).days
        if days > holds.gap_note:
            yield Gap(reached, following, days, days > holds.gap_warn)


# ---- how it stands ------------------------------------------------------------------------------------------------


def _doors(ws: Workspace, engagement: str, known: Facts, today: date, holds: Settings) -> Iterable[Door]:
    yield _promises(ws, engagement)
    yield _letters(ws, engagement)
    yield _equality(ws, engagement, known)
    yield from _money(known, today, holds)
    yield from _leaders(known, today, holds)


def _promises(ws: Workspace, engagement: str) -> Door:
    lines = commitments.commitments(ws, engagement)
    late = [line for line in lines if line.days_over]
    waiting = sum(line.state.waits for line in lines)
    owners = dict.fromkeys(line.owner_name for line in late)
    told = ngettext("{number} to do", "{number} to do", waiting).format(number=whole(waiting))
    if owners:
        told = f"{told} · {colon(_('overdue with'), ', '.join(owners))}"
    over = ngettext("{number} overdue", "{number} overdue", len(late)).format(number=whole(len(late)))
    return Door(_("Commitments"), told, over if late else "", bool(late), "commitments")


def _letters(ws: Workspace, engagement: str) -> Door:
    lines = contacts.contacts(ws, engagement)
    late = [line for line in lines if line.days_over]
    last = max((line.at.date() for line in lines), default=None)
    told = _("last one on {day}").format(day=day(last)) if last else _("nothing logged yet")
    awaited = sum(line.waits for line in lines)
    pill = ngettext("{number} awaits an answer", "{number} await an answer", awaited).format(number=whole(awaited))
    return Door(_("Contact log"), told, pill if awaited else "", bool(late), "contacts")


def _equality(ws: Workspace, engagement: str, known: Facts) -> Door:
    """Who led the sessions, who chaired, who learned: both sides are to find themselves in it."""
    parts = []
    minutes = sum(known.led.values())
    if minutes:
        shares = {side: percent(Fraction(100 * led, minutes)) for side, led in known.led.items()}
        parts.append(
            _("sessions led by hosts {hosts}, peers {peers}, both {both}").format(
                hosts=shares.get(HOST, percent(Fraction())),
                peers=shares.get(SUPPORTING, percent(Fraction())),
                both=shares.get("shared", percent(Fraction())),
            )
        )
    chaired = _chairs(ws, engagement)
    parts.append(
        _("chairs: hosts {hosts}, peers {peers}").format(hosts=whole(chaired[HOST]), peers=whole(chaired[SUPPORTING]))
    )
    learned = {side: whole(known.learned.get(side, 0)) for side in (HOST, SUPPORTING)}
    parts.append(_("learned: hosts {hosts}, peers {peers}").format(hosts=learned[HOST], peers=learned[SUPPORTING]))
    return Door(_("Two sides as equals"), " · ".join(parts), "", False, "learning")


def _chairs(ws: Workspace, engagement: str) -> dict[str, int]:
    """How often each side chaired a formal meeting, alone or together."""
    peers = {member.person for member in teams.members(ws, engagement) if member.side == teams.PEER}
    chairs = [
        one.values[name]
        for one in answers.said(ws, engagement, "meeting")
        for name in ("chair", "co_chair")
        if name in one.values
    ]
    by_peers = sum(chair in peers for chair in chairs)
    return {HOST: len(chairs) - by_peers, SUPPORTING: by_peers}


def _money(known: Facts, today: date, holds: Settings) -> Iterable[Door]:
    if not known.steps:
        return
    coming = [step for step in known.steps if not step.used and (step.needed_on is None or step.needed_on >= today)]
    following = sorted(coming, key=lambda step: step.needed_on or date.max)[:2]
    whole_cover, next_cover = _cover(known.steps), _cover(following)
    told = _("all steps covered by {cover}").format(cover=percent(whole_cover * 100))
    if following:
        names = listed(step.name for step in following)
        told += " · " + _("next: {steps}").format(steps=names)
    low = bool(following) and next_cover < holds.least_cover
    pill = _("next two {cover}").format(cover=percent(next_cover * 100)) if following else ""
    yield Door(_("Resources"), told, pill, low, "form", known.steps[0].record)


def _cover(steps: Sequence[Step]) -> Fraction:
    total = sum((step.total for step in steps), Fraction())
    return sum((step.covered for step in steps), Fraction()) / total if total else Fraction(1)


def _leaders(known: Facts, today: date, holds: Settings) -> Iterable[Door]:
    """Leaders who changed and were not briefed or confirmed with yet, and terms that end soon."""
    for change in known.leadership:
        settled = change.first_holder or (change.briefed_on is not None and change.reconfirmed_on is not None)
        if settled:
            continue
        briefed = _("briefed {day}").format(day=day(change.briefed_on)) if change.briefed_on else _("not briefed yet")
        told = " · ".join((_("changed {day}").format(day=day(change.happened_on)), briefed))
        open_ = (today - change.happened_on).days > holds.briefing and change.briefed_on is None
        yield Door(change.post, told, _("not briefed yet") if open_ else "", open_, "form", change.record)
    for term in known.terms:
        left = (term.ends - today).days
        if not 0 <= left <= holds.term_ahead:
            continue
        days = ngettext("{number} day", "{number} days", left).format(number=whole(left))
        told = _("the term ends on {day}").format(day=day(term.ends))
        page = "people" if term.record.startswith("organisation/") else "election"
        yield Door(term.of, told, "" if term.planned else days, False, page, term.record)
