"""Workshops and their sessions: beginning one, its programme, and which session runs."""

from collections.abc import Sequence
from datetime import date, datetime

from pitso.domain import badges, programme
from pitso.domain.operation import Value
from pitso.domain.programme import Slot
from pitso.domain.trouble import Trouble
from pitso.services.answers import day_of
from pitso.services.change import Change
from pitso.services.people import required
from pitso.services.room_views import SessionLine, WorkshopLine
from pitso.services.workspace import Workspace, require_author
from pitso.storage.edits import Drop, Edit, Put
from pitso.storage.journal import Record
from pitso.words import _, listed

FOUNDING = "founding"
ALONE = "alone"
"""The kind of session in which the hosts are among themselves."""
SIDES = ("host", "peer", "shared", "other")


def kinds() -> dict[str, str]:
    """What a workshop may be, by code."""
    return {
        "peer_learning": _("Peer learning"),
        "statutes": _("Statutes"),
        FOUNDING: _("Founding"),
        "strategy": _("Strategy"),
        "training": _("Training"),
        "evaluation": _("Evaluation"),
    }


def session_kinds() -> dict[str, str]:
    """What a session may be, by code."""
    return {
        "opening": _("Opening"),
        "presentation": _("Presentation"),
        "exchange": _("Exchange"),
        "group": _("Group work"),
        "plenary": _("Plenary"),
        ALONE: _("Reflection of the hosts alone"),
        "drafting": _("Drafting"),
        "election": _("Election"),
        "signing": _("Signing"),
        "closing": _("Closing"),
    }


def sides() -> dict[str, str]:
    """Who may lead a session, by code."""
    return {"host": _("Hosts"), "peer": _("Peers"), "shared": _("Both sides"), "other": _("Somebody else")}


def here(ws: Workspace) -> datetime:
    """The moment by the clock of this room, to the second: times of a room are kept as its own clock shows them."""
    return ws.clock().astimezone().replace(microsecond=0)


def accesses() -> dict[str, str]:
    """What a place or a workshop offers so that everybody can take part, by code."""
    return {
        "step_free": _("No steps"),
        "sign_language": _("Sign language"),
        "large_print": _("Large print"),
        "child_care": _("Child care"),
        "other": _("Other"),
    }


def key_of(workshop: str) -> str:
    """What stands in the ids of everything that belongs to a workshop."""
    return workshop.partition("/")[2]


# ---- workshops ------------------------------------------------------------------------------------------------------


def begin(
    ws: Workspace,
    engagement: str,
    *,
    title: str,
    kind: str,
    starts: date,
    ends: date,
    place: str = "",
    invited_on: date | None = None,
    languages: str = "",
    interpretation: bool = False,
    accessibility: Sequence[str] = (),
) -> Change:
    """Put a workshop into the engagement; Trouble where it has no title or ends before it begins."""
    require_author(ws)
    told = _told(title, kind, starts, ends, place, languages, interpretation, accessibility)
    token = ws.token()
    values: dict[str, Value] = {
        **told,
        "engagement": engagement,
        "invited_on": invited_on.isoformat() if invited_on else "",
        "code": badges.workshop_code(int(token, 16)),
    }
    workshop = f"workshop/{token}"
    edits = [Put(workshop, field, value) for field, value in values.items() if value]
    return ws.record(edits, said=_("The workshop “{title}” was begun.").format(title=told["title"]), made=workshop)


def _told(
    title: str,
    kind: str,
    starts: date,
    ends: date,
    place: str,
    languages: str,
    interpretation: bool,
    accessibility: Sequence[str],
) -> dict[str, Value]:
    """What people say of a workshop, by the names of its fields; Trouble for what cannot be."""
    if kind not in kinds():
        raise Trouble(_("“{kind}” is no kind of workshop.").format(kind=kind), _("Choose one of the list."))
    if ends < starts:
        raise Trouble(_("The workshop ends before it begins."), _("Mend one of the two dates."))
    return {
        "title": required(title, _("The title")),
        "kind": kind,
        "starts": starts.isoformat(),
        "ends": ends.isoformat(),
        "place": place.strip(),
        "languages": languages.strip(),
        "interpretation": "yes" if interpretation else "",
        "accessibility": [code for code in accesses() if code in accessibility],
    }


def amend(
    ws: Workspace,
    workshop_: str,
    *,
    title: str,
    kind: str,
    starts: date,
    ends: date,
    place: str = "",
    languages: str = "",
    interpretation: bool = False,
    accessibility: Sequence[str] = (),
) -> Change:
    """Say a workshop anew; what it said before stays in the history.

    Trouble where a session would lie outside its days, and as for a new one.
    """
    require_author(ws)
    told = _told(title, kind, starts, ends, place, languages, interpretation, accessibility)
    outside = [one.title for one in sessions(ws, workshop_) if not starts <= one.day <= ends]
    if outside:
        raise Trouble(
            _("These sessions lie outside the days: {titles}.").format(titles=listed(outside)),
            _("Give them another day first, or take them out of the programme."),
        )
    held = ws.journal.record(workshop_)
    changed = {field: value for field, value in told.items() if (held.get(field) or "") != (value or "")}
    edits = [Put(workshop_, field, value) for field, value in changed.items()]
    return ws.record(edits, said=_("The workshop was changed."), made=workshop_)


def workshops(ws: Workspace, engagement: str) -> tuple[WorkshopLine, ...]:
    """The workshops of an engagement, the earliest first."""
    found = [
        line(uid, record)
        for uid, record in ws.journal.records("workshop/").items()
        if record.get("engagement") == engagement
    ]
    return tuple(sorted(found, key=lambda one: (one.starts, one.title)))


def line(uid: str, record: Record) -> WorkshopLine:
    """A workshop as its record tells it."""
    starts = date.fromisoformat(record["starts"])
    kind = str(record.get("kind", ""))
    return WorkshopLine(
        id=uid,
        engagement=str(record.get("engagement", "")),
        title=str(record.get("title", "")),
        kind=kind,
        kind_words=kinds().get(kind, ""),
        starts=starts,
        ends=date.fromisoformat(record.get("ends", record["starts"])),
        place=str(record.get("place", "")),
        code=str(record.get("code", "")),
        outcome=str(record.get("outcome") or ""),
        next_date=day_of(str(record.get("next_date") or "")),
        offers=_offers(record),
        languages=str(record.get("languages") or ""),
        interpreted=record.get("interpretation") == "yes",
        accessibility=tuple(record.get("accessibility") or ()),
    )


def _offers(record: Record) -> tuple[str, ...]:
    named = accesses()
    interpreted = _("Interpreted") if record.get("interpretation") == "yes" else ""
    access = [named[code] for code in record.get("accessibility") or () if code in named and code != "other"]
    return tuple(part for part in (str(record.get("languages") or ""), interpreted, *access) if part)


def workshop(ws: Workspace, uid: str) -> WorkshopLine:
    """One workshop; Trouble if it is not here."""
    record = ws.journal.record(uid)
    if "starts" not in record:
        raise Trouble(_("This workshop is not here."), _("Bring in the bundle that holds it, or begin a new one."))
    return line(uid, record)


def conclude(ws: Workspace, uid: str, outcome: str) -> Change:
    """Keep what came of a workshop."""
    title = workshop(ws, uid).title
    edits = [Put(uid, "outcome", outcome.strip() or None)]
    return ws.record(edits, said=_("The outcome of “{title}” was kept.").format(title=title), made=uid)


def agree_next(ws: Workspace, uid: str, day: date | None) -> Change:
    """Keep when the two sides meet again; Trouble for a day before the workshop ends."""
    if day is not None and day <= workshop(ws, uid).ends:
        raise Trouble(_("The next date lies before the end of this workshop."), _("Choose a later one."))
    edit = Put(uid, "next_date", day.isoformat() if day else None)
    return ws.record([edit], said=_("The next date was noted."), made=uid)


def current(ws: Workspace, engagement: str) -> WorkshopLine | None:
    """The workshop that is on today, else the next one, else the last one that anybody registered at."""
    return meant(ws, workshops(ws, engagement))


def meant(ws: Workspace, known: Sequence[WorkshopLine]) -> WorkshopLine | None:
    """Of these workshops, in their order, the one that people mean when they name none."""
    if ahead := [one for one in known if one.ends >= ws.today()]:
        return ahead[0]
    attended = [one for one in known if ws.journal.records(f"attendance/{key_of(one.id)}/", fields=["came"])]
    return next(reversed(attended or known), None)


def moment(ws: Workspace, uid: str) -> datetime:
    """The moment that the figures of the room are told for: now; of a workshop that is over, its last minute."""
    told, now = workshop(ws, uid), here(ws)
    if now.date() <= told.ends:
        return now
    ended = [one.ended for one in sessions(ws, uid) if one.ended is not None]
    return max(ended, default=datetime.combine(told.ends, datetime.max.time(), now.tzinfo).replace(microsecond=0))


# ---- sessions -------------------------------------------------------------------------------------------------------


def add_session(
    ws: Workspace,
    workshop_: str,
    *,
    title: str,
    kind: str,
    day: date,
    starts: str,
    ends: str,
    led: str,
    chair: str = "host",
) -> Change:
    """Put a session into the programme; *starts* and *ends* are ``09:30``, *led* is a side."""
    session = f"session/{key_of(workshop_)}/{ws.token()}"
    edits = session_edits(ws, workshop_, session, title, kind, day, starts, ends, led, chair)
    return ws.record(edits, said=_("“{title}” stands in the programme.").format(title=title.strip()), made=session)


def session_edits(
    ws: Workspace,
    workshop_: str,
    session: str,
    title: str,
    kind: str,
    day: date,
    starts: str,
    ends: str,
    led: str,
    chair: str,
) -> list[Edit]:
    """What makes a session or changes it; Trouble where it cannot be so."""
    told = workshop(ws, workshop_)
    title = required(title, _("The title"))
    begin_, end = programme.minutes(starts), programme.minutes(ends)
    if begin_ is None or end is None:
        raise Trouble(_("The session has no clear times."), _("Write them as hours and minutes: 09:30."))
    if end <= begin_:
        raise Trouble(_("The session ends before it begins."), _("Mend one of the two times."))
    if not told.starts <= day <= told.ends:
        raise Trouble(_("The session lies outside the days of the workshop."), _("Choose one of its days."))
    if kind not in session_kinds() or led not in SIDES or chair not in SIDES:
        raise Trouble(_("This is no kind of session, or no side."), _("Choose from the lists."))
    values = {
        "title": title,
        "kind": kind,
        "day": day.isoformat(),
        "starts": programme.clock(begin_),
        "ends": programme.clock(end),
        "led": led,
        "chair": chair,
    }
    return [Put(session, field, value) for field, value in values.items()]


def sessions(ws: Workspace, workshop_: str) -> tuple[SessionLine, ...]:
    """The programme: all sessions in their order."""
    records = ws.journal.records(f"session/{key_of(workshop_)}/")
    ordered = sorted(records.items(), key=lambda item: (item[1].get("day", ""), item[1].get("starts", ""), item[0]))
    return tuple(_session(uid, number, record) for number, (uid, record) in enumerate(ordered, 1) if "day" in record)


def _session(uid: str, number: int, record: Record) -> SessionLine:
    kind, led = str(record.get("kind", "")), str(record.get("led", "other"))
    return SessionLine(
        id=uid,
        number=number,
        title=str(record.get("title", "")),
        kind=kind,
        kind_words=session_kinds().get(kind, ""),
        day=date.fromisoformat(record["day"]),
        starts=str(record.get("starts", "")),
        ends=str(record.get("ends", "")),
        led=led,
        led_words=sides().get(led, ""),
        chair=str(record.get("chair", "")),
        began=_moment(record.get("began")),
        ended=_moment(record.get("ended")),
        notes=str(record.get("notes") or ""),
        peers_admitted=str((record.get("peers_admitted") or {}).get("reason", "")),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def running(ws: Workspace, workshop_: str) -> SessionLine | None:
    """The session that began and has not ended; the latest of several."""
    going = [one for one in sessions(ws, workshop_) if one.began is not None and one.ended is None]
    return max(going, key=lambda one: one.began or datetime.min, default=None)


def start(ws: Workspace, session: str, *, at: datetime | None = None) -> Change:
    """A session begins now; one that runs ends with it."""
    record = _require_session(ws, session)
    if record.get("began") and not record.get("ended"):
        raise Trouble(_("This session runs already."), _("End it when it is over."))
    now = (at or here(ws)).isoformat()
    workshop_ = f"workshop/{session.split('/')[1]}"
    going = [one for one in sessions(ws, workshop_) if one.began and not one.ended]
    edits: list[Edit] = [Put(one.id, "ended", now) for one in going]
    edits += [Put(session, "began", now), Put(session, "ended", None)]
    return ws.record(edits, said=_("“{title}” began.").format(title=record.get("title", "")), made=session)


def end(ws: Workspace, session: str, *, at: datetime | None = None) -> Change:
    """A session is over."""
    record = _require_session(ws, session)
    if not record.get("began") or record.get("ended"):
        raise Trouble(_("This session does not run."), _("Begin it first."))
    now = max(at or here(ws), datetime.fromisoformat(record["began"]))
    said = _("“{title}” ended.").format(title=record.get("title", ""))
    return ws.record([Put(session, "ended", now.isoformat())], said=said, made=session)


def change_session(ws: Workspace, session: str, **changed: str) -> Change:
    """Change title, kind, day, starts, ends, led or chair of a session."""
    record = _require_session(ws, session)
    values = {name: str(record.get(name, "")) for name in ("title", "kind", "day", "starts", "ends", "led", "chair")}
    values |= changed
    workshop_ = f"workshop/{session.split('/')[1]}"
    day = date.fromisoformat(values.pop("day"))
    edits = session_edits(ws, workshop_, session, day=day, **values)
    return ws.record(edits, said=_("“{title}” was changed.").format(title=values["title"]), made=session)


def drop_session(ws: Workspace, session: str) -> Change:
    """Take a session out of the programme; Trouble once it has been held."""
    record = _require_session(ws, session)
    if record.get("began"):
        raise Trouble(_("This session was held."), _("It stays in the programme."))
    said = _("“{title}” left the programme.").format(title=record.get("title", ""))
    return ws.record([Drop(session)], said=said)


def move(ws: Workspace, session: str, place: int) -> Change:
    """Put a session at another *place* of its day: lengths and breaks stay, the times follow."""
    record = _require_session(ws, session)
    workshop_ = f"workshop/{session.split('/')[1]}"
    day = [one for one in sessions(ws, workshop_) if one.day.isoformat() == record["day"]]
    if any(one.began for one in day):
        raise Trouble(_("This day has begun."), _("Change the times of what is still to come instead."))
    moved = programme.moved([_slot(one) for one in day], session, place)
    edits: list[Edit] = []
    for slot in moved:
        edits += [
            Put(slot.session, "starts", programme.clock(slot.starts)),
            Put(slot.session, "ends", programme.clock(slot.ends)),
        ]
    return ws.record(edits, said=_("“{title}” was moved.").format(title=record.get("title", "")), made=session)


def _slot(one: SessionLine) -> Slot:
    return Slot(one.id, programme.minutes(one.starts) or 0, programme.minutes(one.ends) or 0)


def admit_peers(ws: Workspace, session: str, reason: str) -> Change:
    """Let peers into a session of the hosts alone, for a reason that stays on the record."""
    by = require_author(ws)
    reason = required(reason, _("The reason"))
    value: Value = {"reason": reason, "by": by, "at": here(ws).isoformat()}
    said = _("Peers are admitted to this session: {reason}").format(reason=reason)
    return ws.record([Put(session, "peers_admitted", value)], said=said, made=session)


def note(ws: Workspace, session: str, text: str) -> Change:
    """Keep what was said in a session, as it is typed while people speak."""
    record = _require_session(ws, session)
    said = _("Notes on “{title}” were kept.").format(title=record.get("title", ""))
    return ws.record([Put(session, "notes", text.strip() or None)], said=said, made=session)


def _require_session(ws: Workspace, session: str) -> Record:
    record = ws.journal.record(session)
    if not record:
        raise Trouble(_("This session is not here."), _("Look at the programme again."))
    return record


def led_minutes(lines: Sequence[SessionLine]) -> dict[str, int]:
    """Minutes that each side led in the sessions that were held."""
    return dict(programme.balance((one.led, one.minutes) for one in lines if one.minutes is not None))
