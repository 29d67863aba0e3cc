"""The roll of a workshop: delegations, what is wrong with it, and its way from draft to frozen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from pitso.domain import rolls
from pitso.domain.operation import Value
from pitso.domain.rolls import Council, Entry, Fault, Flaw, State
from pitso.domain.trouble import Trouble
from pitso.paper.imprint import groups
from pitso.services import attendance, doubles, people, persons_here, workshops
from pitso.services.change import Change
from pitso.services.electorate import electorate
from pitso.services.people import required
from pitso.services.room_views import DelegationLine, Elector, Objection, Participant, RollFault, RollView
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Edit, Put
from pitso.storage.journal import Record
from pitso.words import _, listed, moment, whole


def standings() -> dict[str, str]:
    """Whether a council may vote, by code."""
    return {"good": _("In good standing"), "not": _("Not in good standing")}


def council_types() -> dict[str, str]:
    """What kind of council it is, by code."""
    return {"rural": _("Rural"), "urban": _("Urban"), "city": _("City"), "other": _("Other")}


def _entity(workshop: str) -> str:
    return f"roll/{key_of(workshop)}"


# ---- delegations ----------------------------------------------------------------------------------------------------


def delegation_edits(
    workshop: str,
    council: str,
    *,
    delegates: int,
    votes_each: int = 1,
    category: str = "",
    region: str = "",
    standing: str = "good",
    standing_by: str = "",
) -> list[Edit]:
    """What enters a council as one that may send so many *delegates*, or changes that."""
    if delegates < 0 or votes_each < 1 or standing not in standings():
        raise Trouble(_("These figures of the council cannot be."), _("Mend them, then go on."))
    entity = f"delegation/{key_of(workshop)}/{council.partition('/')[2]}"
    values: dict[str, str | int] = {
        "council": council,
        "delegates": delegates,
        "votes_each": votes_each,
        "standing": standing,
    }
    told = {"category": category, "region": region.strip(), "standing_by": standing_by.strip()}
    values |= {field: text for field, text in told.items() if text}
    return [Put(entity, field, value) for field, value in values.items()]


def enter_council(
    ws: Workspace,
    workshop: str,
    council: str,
    *,
    delegates: int,
    votes_each: int = 1,
    category: str = "",
    region: str = "",
    standing: str = "good",
    standing_by: str = "",
) -> Change:
    """Enter a council, how many delegates it may send, and its standing; Trouble once the roll is frozen."""
    _require_open(ws, workshop)
    edits = delegation_edits(
        workshop,
        council,
        delegates=delegates,
        votes_each=votes_each,
        category=category,
        region=region,
        standing=standing,
        standing_by=standing_by,
    )
    name = str(ws.journal.record(council).get("name", ""))
    return ws.record(edits, said=_("{name} stands on the roll.").format(name=name), made=edits[0].entity)


def _delegations(ws: Workspace, workshop: str) -> dict[str, Record]:
    """The councils that were entered, by their ids."""
    records = ws.journal.records(f"delegation/{key_of(workshop)}/")
    return {str(record["council"]): record for record in records.values() if "council" in record}


def councils(ws: Workspace, workshop: str, known: Iterable[Participant]) -> frozenset[str]:
    """All councils: those that were entered, else those of whom somebody was invited or came."""
    entered = _delegations(ws, workshop)
    return frozenset(entered) or frozenset(one.council for one in known if one.is_council)


def entered_councils(ws: Workspace, workshop: str) -> dict[str, dict[str, str]]:
    """Kind and region of each council that was entered, in words."""
    named = council_types()
    return {
        uid: {"category": named.get(str(r.get("category", "")), ""), "region": str(r.get("region", ""))}
        for uid, r in _delegations(ws, workshop).items()
    }


def in_standing(ws: Workspace, workshop: str) -> dict[str, bool]:
    """Whether each council that was entered is in good standing."""
    return {uid: record.get("standing", "good") == "good" for uid, record in _delegations(ws, workshop).items()}


# ---- who may vote ---------------------------------------------------------------------------------------------------


def electors(ws: Workspace, workshop: str) -> tuple[Elector, ...]:
    """Who may vote: as the roll was frozen, with its amendments; until then, every delegate with a vote."""
    return electors_of(ws, workshop, attendance.participants(ws, workshop))


def electors_of(ws: Workspace, workshop: str, known: Sequence[Participant]) -> tuple[Elector, ...]:
    """As `electors`, of a register that was read already."""
    frozen = ws.journal.record(_entity(workshop)).get("closed")
    if frozen is None:
        return _draft(ws, workshop, known)
    seats = {str(person): (str(council), int(votes)) for person, council, votes in frozen["electors"]}
    for record in _amendments(ws, workshop).values():
        if record.get("way") == "remove":
            seats.pop(str(record["person"]), None)
        else:
            seats[str(record["person"])] = (str(record["council"]), int(record["votes"]))
    shown = people.shown_as(ws, seats)
    return _electors(ws, {shown[person]: seat for person, seat in seats.items()}, known)


def _draft(ws: Workspace, workshop: str, known: Sequence[Participant]) -> tuple[Elector, ...]:
    """Delegates with a vote, each once; whoever is stood for does not vote."""
    each = {council: int(record.get("votes_each", 1)) for council, record in _delegations(ws, workshop).items()}
    replaced = {one.stands_for for one in known if one.stands_for and one.votes}
    seats = {
        one.person: (one.council, each.get(one.council, 1))
        for one in known
        if one.votes and one.person and one.id not in replaced
    }
    return _electors(ws, seats, known)


def _electors(ws: Workspace, seats: Mapping[str, tuple[str, int]], known: Sequence[Participant]) -> tuple[Elector, ...]:
    here = {one.person: one for one in known}
    unknown = ws.journal.several(person for person in seats if person not in here)
    bodies = ws.journal.several(council for council, _votes in seats.values())
    found = []
    for person, (council, votes) in seats.items():
        one = here.get(person)
        name = one.name if one else str(unknown.get(person, {}).get("name") or "")
        body = str(bodies.get(council, {}).get("name", ""))
        came = one is not None and one.registered
        found.append(Elector(person, name, council, body, one.sex if one else "not_said", votes, came))
    return tuple(sorted(found, key=lambda elector: (elector.council_name, elector.name, elector.person)))


def _amendments(ws: Workspace, workshop: str) -> dict[str, Record]:
    records = ws.journal.records(f"{_entity(workshop)}/amendment/")
    return dict(sorted(records.items(), key=lambda item: str(item[1].get("at", ""))))


# ---- what is shown --------------------------------------------------------------------------------------------------


def state(ws: Workspace, workshop: str) -> State:
    """How far the roll is; frozen also where two computers froze it differently."""
    record = ws.journal.record(_entity(workshop))
    if record.get("closed") or ws.journal.contested(_entity(workshop)):
        return State.FROZEN
    if record.get("adopted"):
        return State.ADOPTED
    return State.DISPLAYED if record.get("displayed") else State.DRAFT


def roll(ws: Workspace, workshop: str, *, candidates: Collection[str] = ()) -> RollView:
    """The roll as it stands, with everything that is wrong with it; *candidates* are looked for on it."""
    known = attendance.participants(ws, workshop)
    record, entered = ws.journal.record(_entity(workshop)), _delegations(ws, workshop)
    may_vote = electors_of(ws, workshop, known)
    entries = _entries(may_vote, known)
    frozen, adopted, displayed = record.get("closed"), record.get("adopted"), record.get("displayed")
    contested = bool(ws.journal.contested(_entity(workshop)))
    shown = frozen or adopted or displayed or {}
    digest = rolls.digest(entries)
    return RollView(
        workshop=workshop,
        state=state(ws, workshop),
        electors=may_vote,
        delegations=_lines(ws, entered, may_vote, known),
        hash=electorate(ws, workshop).hash or digest,
        faults=_faults(ws, entries, entered, candidates),
        displayed_until=str((displayed or {}).get("until", "")),
        adopted_at=datetime.fromisoformat(adopted["at"]) if adopted else None,
        frozen_at=datetime.fromisoformat(frozen["at"]) if frozen else None,
        frozen_by=tuple(person_name(ws, frozen[by]) for by in ("by", "second")) if frozen else (),
        contested=contested,
        amendments=tuple(_amended(ws, one) for one in _amendments(ws, workshop).values()),
        objections=objections(ws, workshop),
        changed_since=not frozen and bool(shown) and shown.get("hash") != digest,
    )


def _entries(may_vote: Iterable[Elector], known: Iterable[Participant]) -> list[Entry]:
    sure = {one.person: one.mandate in ("letter", "list") for one in known}
    return [Entry(e.person, e.name, e.council, e.votes, sure.get(e.person, False)) for e in may_vote]


def _lines(
    ws: Workspace, entered: Mapping[str, Record], may_vote: Sequence[Elector], known: Iterable[Participant]
) -> tuple[DelegationLine, ...]:
    of_each: dict[str, list[Elector]] = {council: [] for council in entered}
    for elector in may_vote:
        of_each.setdefault(elector.council, []).append(elector)
    alternates: dict[str, list[str]] = {}
    for one in known:
        if one.credentials == "alternate":
            alternates.setdefault(one.council, []).append(one.name)
    bodies = ws.journal.several(of_each)
    found = []
    for council, own in of_each.items():
        told = entered.get(council, {})
        standing = str(told.get("standing", "good"))
        words = standings()[standing]
        found.append(
            DelegationLine(
                council=council,
                name=str(bodies.get(council, {}).get("name", "")),
                category=council_types().get(str(told.get("category", "")), ""),
                region=str(told.get("region", "")),
                delegates=int(told.get("delegates", 0)),
                votes_each=int(told.get("votes_each", 1)),
                standing=standing == "good",
                standing_words=listed(part for part in (words, str(told.get("standing_by", ""))) if part),
                electors=tuple(own),
                alternates=tuple(alternates.get(council, ())),
            )
        )
    return tuple(sorted(found, key=lambda line: line.name))


def _faults(
    ws: Workspace, entries: Sequence[Entry], entered: Mapping[str, Record], candidates: Collection[str]
) -> tuple[RollFault, ...]:
    bodies = ws.journal.several({*entered, *(entry.council for entry in entries)})
    known = [
        Council(
            council,
            str(bodies.get(council, {}).get("name", "")),
            int(record.get("delegates", 0)),
            record.get("standing", "good") == "good",
        )
        for council, record in entered.items()
    ]
    found = rolls.check(entries, known, candidates=candidates, told_apart=doubles.told_apart(ws))
    return tuple(RollFault(_fault_words(ws, fault), fault.stops) for fault in found)


def _fault_words(ws: Workspace, fault: Fault) -> str:
    named = ws.journal.several(fault.about)
    names = [str(named.get(uid, {}).get("name") or _("somebody who is not known here")) for uid in fault.about]
    figures = [whole(figure) for figure in fault.figures]
    sentence = {
        Flaw.TWICE: _("{name} stands on the roll {number} times."),
        Flaw.ALIKE: _("{name} and {other} may be one person."),
        Flaw.COUNCIL_TWICE: _("{name} was entered as a council more than once."),
        Flaw.TOO_MANY: _("{name} has {number} delegates and may send {allowed}."),
        Flaw.NO_STANDING: _("{name} is not in good standing, and has delegates on the roll."),
        Flaw.NO_DELEGATION: _("{name} has delegates on the roll ({number}), but nobody entered it as a council."),
        Flaw.NO_MANDATE: _("{name}: {number} delegates without a letter or list of the council."),
        Flaw.NOT_ON_ROLL: _("{name} is a candidate and not on the roll."),
    }[fault.flaw]
    return sentence.format(
        name=names[0],
        other=names[-1],
        number=figures[0] if figures else "",
        allowed=figures[-1] if figures else "",
    )


def _amended(ws: Workspace, record: Record) -> str:
    sentence = _("{when}: {name} was added, moved by {mover}; {yes} for, {no} against. {reason}")
    if record.get("way") == "remove":
        sentence = _("{when}: {name} was struck out, moved by {mover}; {yes} for, {no} against. {reason}")
    return sentence.format(
        when=moment(datetime.fromisoformat(record["at"])),
        name=person_name(ws, record["person"]),
        mover=person_name(ws, record["mover"]),
        yes=whole(int(record["yes"])),
        no=whole(int(record["no"])),
        reason=record.get("reason", ""),
    ).strip()


# ---- its way --------------------------------------------------------------------------------------------------------


def _require_open(ws: Workspace, workshop: str) -> None:
    if state(ws, workshop) is State.FROZEN:
        raise Trouble(
            _("The roll is frozen."), _("A late change is an amendment, with who moved it and how the vote went.")
        )


def _digest(ws: Workspace, workshop: str) -> str:
    """The hash of the roll as it stands now, before it is frozen."""
    known = attendance.participants(ws, workshop)
    return rolls.digest(_entries(electors_of(ws, workshop, known), known))


def display(ws: Workspace, workshop: str, until: str, *, at: datetime | None = None) -> Change:
    """The roll hangs in the room from now on; objections are heard *until* the time that is written on it."""
    _require_open(ws, workshop)
    by = require_author(ws)
    value: Value = {
        "at": (at or workshops.here(ws)).isoformat(),
        "by": by,
        "until": required(until, _("The time until which objections are heard")),
        "hash": _digest(ws, workshop),
    }
    edits = [Put(_entity(workshop), "displayed", value), Put(_entity(workshop), "adopted", None)]
    return ws.record(edits, said=_("The roll is displayed."), made=_entity(workshop))


def object_(ws: Workspace, workshop: str, text: str, by: str, *, at: datetime | None = None) -> Change:
    """Note an objection to the roll, and whose it is."""
    entity = f"{_entity(workshop)}/objection/{ws.token()}"
    text, by = required(text, _("The objection")), required(by, _("Who objects"))
    values = {"text": text, "objector": by, "at": (at or workshops.here(ws)).isoformat()}
    edits = [Put(entity, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("The objection was noted."), made=entity)


def rule(ws: Workspace, objection: str, ruling: str) -> Change:
    """Note how an objection was ruled on."""
    return ws.record(
        [Put(objection, "ruling", required(ruling, _("The ruling")))], said=_("The ruling was noted."), made=objection
    )


def objections(ws: Workspace, workshop: str) -> tuple[Objection, ...]:
    """All objections, the earliest first."""
    records = ws.journal.records(f"{_entity(workshop)}/objection/")
    found = [
        Objection(
            uid, str(r["text"]), str(r.get("objector", "")), datetime.fromisoformat(r["at"]), str(r.get("ruling", ""))
        )
        for uid, r in records.items()
        if "text" in r and "at" in r
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def adopt(ws: Workspace, workshop: str, how: str, *, at: datetime | None = None) -> Change:
    """The assembly took the roll as it stands; Trouble before it was displayed, or while an objection is open."""
    _require_open(ws, workshop)
    by = require_author(ws)
    if state(ws, workshop) is State.DRAFT:
        raise Trouble(_("The roll was not displayed yet."), _("Display it first, so that people can object."))
    if any(not one.ruling for one in objections(ws, workshop)):
        raise Trouble(_("An objection is still open."), _("Note the ruling on it first."))
    value: Value = {
        "at": (at or workshops.here(ws)).isoformat(),
        "by": by,
        "how": how.strip(),
        "hash": _digest(ws, workshop),
    }
    return ws.record([Put(_entity(workshop), "adopted", value)], said=_("The roll is adopted."), made=_entity(workshop))


def freeze(ws: Workspace, workshop: str, *, second: str, pin: str, at: datetime | None = None) -> Change:
    """Freeze the roll: the returning officer writes, the scrutineer enters the PIN. It binds and is sealed at once.

    Trouble before it was adopted, while something stops it, or where it was changed since it was adopted.
    """
    require_freezable(ws, workshop)
    persons_here.require_second(ws, second, pin)
    edits = frozen_edits(ws, workshop, require_author(ws), second, at or workshops.here(ws))
    return ws.record(edits, said=_("The roll is frozen."), undoable=False, made=_entity(workshop), sealed=True)


def require_freezable(ws: Workspace, workshop: str) -> None:
    """Trouble where the roll cannot be frozen yet, and why."""
    _require_open(ws, workshop)
    view = roll(ws, workshop)
    if view.state is not State.ADOPTED:
        raise Trouble(_("The assembly has not adopted the roll."), _("Display it, then adopt it."))
    if view.changed_since:
        raise Trouble(_("The roll changed since it was adopted."), _("Display it again and let the assembly adopt it."))
    if stopping := [fault for fault in view.faults if fault.stops]:
        raise Trouble(stopping[0].words, _("Mend it, then freeze the roll."))
    if not view.electors:
        raise Trouble(_("Nobody is on the roll."), _("Enter the delegates who have a vote."))


def frozen_edits(ws: Workspace, workshop: str, by: str, second: str, at: datetime) -> list[Edit]:
    """What freezes the roll as it stands: everybody on it, and the hash."""
    may_vote = electors(ws, workshop)
    value: Value = {
        "at": at.isoformat(),
        "by": by,
        "second": second,
        "hash": rolls.digest(Entry(e.person, e.name, e.council, e.votes) for e in may_vote),
        "electors": [[e.person, e.council, e.votes] for e in may_vote],
    }
    return [Put(_entity(workshop), "closed", value)]


def amend(
    ws: Workspace,
    workshop: str,
    *,
    person: str,
    remove: bool,
    mover: str,
    yes: int,
    no: int,
    reason: str,
    at: datetime | None = None,
) -> Change:
    """Change a frozen roll by a vote: who moved it, how the vote went and why stay with it.

    Trouble where the vote did not carry it, the mover is not on the roll, or it would change nothing.
    """
    view = roll(ws, workshop)
    if view.state is not State.FROZEN:
        raise Trouble(_("The roll is not frozen."), _("Change it at the desk; an amendment is not needed."))
    on_it = {elector.person for elector in view.electors}
    if mover not in on_it:
        raise Trouble(_("Who moves an amendment must be on the roll."), _("Choose another person."))
    if yes <= no:
        raise Trouble(_("The amendment was not carried."), _("The roll stays as it is."))
    if (person in on_it) != remove:
        raise Trouble(
            (_("{name} is not on the roll.") if remove else _("{name} is on the roll already.")).format(
                name=person_name(ws, person)
            ),
            _("Choose another person."),
        )
    entity = f"{_entity(workshop)}/amendment/{ws.token()}"
    one = next((p for p in attendance.participants(ws, workshop) if p.person == person), None)
    council = one.council if one else ""
    each = int(_delegations(ws, workshop).get(council, {}).get("votes_each", 1))
    values = {
        "way": "remove" if remove else "add",
        "person": person,
        "council": council,
        "votes": each,
        "mover": mover,
        "yes": yes,
        "no": no,
        "reason": required(reason, _("The reason")),
        "at": (at or workshops.here(ws)).isoformat(),
    }
    edits = [Put(entity, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("The roll was amended."), undoable=False, made=entity)


def grouped(digest: str) -> str:
    """The first characters of the hash as people read them to each other."""
    return groups(digest)


def stand_words(view: RollView) -> str:
    """How far the roll is, in one line."""
    if view.contested:
        return _("Frozen twice: two persons must settle which one counts.")
    if view.state is State.FROZEN and view.frozen_at:
        return _("Frozen {when} by {names}").format(when=moment(view.frozen_at), names=listed(view.frozen_by))
    if view.state is State.ADOPTED and view.adopted_at:
        return _("Adopted {when}").format(when=moment(view.adopted_at))
    if view.state is State.DISPLAYED:
        return _("Displayed: objections until {time}").format(time=view.displayed_until)
    return _("Draft")
