"""Resolutions: proposed, amended and decided while people speak, each with the quorum of its moment."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from pitso.domain.majorities import COUNTED, Majority, Mode, Votes, adopted, impossible
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.services import presence, quorum, workshops
from pitso.services.attendance import workshop_of
from pitso.services.change import Change
from pitso.services.people import required
from pitso.services.room_views import AmendmentLine, ResolutionView
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Edit, Put
from pitso.storage.journal import Record
from pitso.words import _, moment, whole

ADOPTED, REJECTED, POSTPONED, WITHDRAWN = "adopted", "rejected", "postponed", "withdrawn"


def kinds() -> dict[str, str]:
    """What a resolution may be, by code."""
    return {
        "principle": _("Principle"),
        "text": _("Adoption of a text"),
        "election_rules": _("Rules of the election"),
        "mandate": _("Mandate"),
        "request": _("Request to others"),
        "agreement": _("Agreement"),
        "thanks": _("Thanks"),
    }


def modes() -> dict[str, str]:
    """How a room decides, by code."""
    return {
        Mode.CONSENSUS.value: _("Consensus"),
        Mode.HANDS.value: _("Show of hands"),
        Mode.ACCLAMATION.value: _("Acclamation"),
        Mode.SECRET.value: _("Secret vote"),
    }


def majorities() -> dict[str, str]:
    """What "for" needs, by code."""
    return {
        Majority.SIMPLE.value: _("More for than against"),
        Majority.ABSOLUTE.value: _("More than half of the voters present"),
        Majority.TWO_THIRDS.value: _("Two thirds of the votes for and against"),
        Majority.THREE_QUARTERS.value: _("Three quarters of the votes for and against"),
    }


def results() -> dict[str, str]:
    """What became of a resolution, by code."""
    return {
        ADOPTED: _("adopted"),
        REJECTED: _("rejected"),
        POSTPONED: _("postponed"),
        WITHDRAWN: _("withdrawn"),
    }


# ---- proposing ------------------------------------------------------------------------------------------------------


def propose(
    ws: Workspace,
    workshop: str,
    *,
    title: str,
    text: str,
    kind: str = "principle",
    moved_by: str = "",
    seconded_by: str = "",
    session: str = "",
    at: datetime | None = None,
) -> Change:
    """Put a resolution before the room; mover and seconder, if they are named, must be in it.

    It belongs to the *session* that is named, else to the one that runs.
    """
    require_author(ws)
    resolution = f"resolution/{key_of(workshop)}/{ws.token()}"
    running = workshops.running(ws, workshop) if not session else None
    edits = _worded(resolution, title, text, kind)
    edits += _moved(ws, workshop, resolution, moved_by, seconded_by, at)
    if running is not None or session:
        edits.append(Put(resolution, "session", running.id if running else session))
    return ws.record(edits, said=_("“{title}” was put before the room.").format(title=title.strip()), made=resolution)


def change(
    ws: Workspace, resolution: str, *, title: str, text: str, kind: str, moved_by: str = "", seconded_by: str = ""
) -> Change:
    """Word a resolution anew; Trouble once it is decided: then the text stands."""
    record = _require_open(ws, resolution)
    edits = _worded(resolution, title, text, kind)
    named = {"moved_by": moved_by, "seconded_by": seconded_by}
    new = {field: person for field, person in named.items() if person != record.get(field, "")}
    if new:
        edits += _moved(ws, workshop_of(resolution), resolution, moved_by, seconded_by, None)
    return ws.record(edits, said=_("“{title}” was changed.").format(title=title.strip()), made=resolution)


def _worded(resolution: str, title: str, text: str, kind: str) -> list[Edit]:
    if kind not in kinds():
        raise Trouble(_("“{kind}” is no kind of resolution.").format(kind=kind), _("Choose one of the list."))
    if not text.strip():
        raise Trouble(_("The text of the resolution is missing."), _("Write what the room decides."))
    values = {"title": required(title, _("The title")), "text": text.strip(), "kind": kind}
    return [Put(resolution, field, value) for field, value in values.items()]


def _moved(
    ws: Workspace, workshop: str, resolution: str, moved_by: str, seconded_by: str, at: datetime | None
) -> list[Edit]:
    if moved_by and moved_by == seconded_by:
        raise Trouble(_("Mover and seconder are one person."), _("Choose two persons who are in the room."))
    there = {one.person for one in presence.present(ws, workshop, at)} if moved_by or seconded_by else frozenset()
    for person in (moved_by, seconded_by):
        if person and person not in there:
            raise Trouble(
                _("{name} is not in the room.").format(name=person_name(ws, person)),
                _("Who moves or seconds must be present: scan the badge at the door, or choose another person."),
            )
    return [Put(resolution, "moved_by", moved_by or None), Put(resolution, "seconded_by", seconded_by or None)]


def _require_open(ws: Workspace, resolution: str) -> Record:
    record = ws.journal.record(resolution)
    if record.get("decided"):
        raise Trouble(_("This resolution is decided."), _("Its text stands; propose another one."))
    return record


# ---- amendments -----------------------------------------------------------------------------------------------------


def amend(ws: Workspace, resolution: str, *, text: str, by: str) -> Change:
    """Propose that the resolution says this *text* instead; both stand side by side."""
    _require_open(ws, resolution)
    if not text.strip():
        raise Trouble(_("The text of the amendment is missing."), _("Write the whole text as it would stand."))
    amendment = f"amendment/{resolution.partition('/')[2]}/{ws.token()}"
    edits = [Put(amendment, "text", text.strip()), Put(amendment, "by", by or None)]
    return ws.record(edits, said=_("The amendment was noted."), made=amendment)


def decide_amendment(ws: Workspace, amendment: str, result: str) -> Change:
    """Note what became of an amendment; an adopted one becomes the text of the resolution."""
    if result not in (ADOPTED, REJECTED, WITHDRAWN):
        raise Trouble(_("“{result}” is no result.").format(result=result), _("Choose one of the list."))
    resolution = f"resolution/{amendment.partition('/')[2].rpartition('/')[0]}"
    _require_open(ws, resolution)
    edits: list[Edit] = [Put(amendment, "result", result)]
    if result == ADOPTED:
        edits.append(Put(resolution, "text", str(ws.journal.record(amendment)["text"])))
    said = _("The amendment: {result}.").format(result=results()[result])
    return ws.record(edits, said=said, made=resolution)


# ---- deciding -------------------------------------------------------------------------------------------------------


def decide(
    ws: Workspace,
    resolution: str,
    *,
    mode: str,
    rule: str = Majority.SIMPLE.value,
    votes: Votes | None = None,
    result: str = "",
    at: datetime | None = None,
) -> Change:
    """The room decided: by consensus, by counted votes, or it postponed or withdrew (*result*).

    The quorum of the moment is kept with it. Trouble where a vote lacks its counts, or counts more than the voters
    who are present.
    """
    workshop = workshop_of(resolution)
    record = _require_open(ws, resolution)
    told = quorum.quorum(ws, workshop, at)
    if not result:
        _require_counts(Mode(mode), votes, told.voters)
        carried = adopted(Mode(mode), votes, Majority(rule), told.voters)
        result = ADOPTED if carried else REJECTED
    now = at or workshops.here(ws)
    value: dict[str, Value] = {
        "at": now.isoformat(),
        "by": require_author(ws),
        "mode": mode,
        "rule": rule,
        "result": result,
        "present": told.voters,
        "quorum": quorum.summary(told),
        "met": told.met,
    }
    if told.lines:
        value["figures"] = [[line.present, line.needed] for line in told.lines]
    if votes is not None and Mode(mode) in COUNTED:
        value["votes"] = [votes.yes, votes.no, votes.abstaining]
    edits: list[Edit] = [Put(resolution, "decided", value)]
    if result in (ADOPTED, REJECTED):
        edits.append(Put(resolution, "number", _next_number(ws, workshop, now.year)))
    said = _("“{title}”: {result}.").format(title=record.get("title", ""), result=results()[result])
    return ws.record(edits, said=said if told.met or not told.lines else f"{said} {_('No quorum.')}", made=resolution)


def _require_counts(mode: Mode, votes: Votes | None, present: int) -> None:
    if mode not in COUNTED:
        return
    if votes is None:
        raise Trouble(_("The votes are missing."), _("Write how many were for, against and abstained."))
    if impossible(votes, present):
        raise Trouble(
            _("{votes} votes were counted, and {present} voters are in the room.").format(
                votes=whole(votes.all), present=whole(present)
            ),
            _("Count again, or note at the door who is in the room."),
        )


def _of_engagement(ws: Workspace, workshop: str) -> list[ResolutionView]:
    engagement = str(ws.journal.record(workshop).get("engagement", ""))
    return [one for line in workshops.workshops(ws, engagement) for one in resolutions(ws, line.id)]


def _next_number(ws: Workspace, workshop: str, year: int) -> int:
    taken = [one.number for one in _of_engagement(ws, workshop) if one.year == year]
    return max(taken, default=0) + 1


# ---- numbers after joining ------------------------------------------------------------------------------------------


def renumbering(ws: Workspace, workshop: str) -> dict[str, int]:
    """The numbers that would be right, by resolution, where two computers numbered apart; empty where all is well.

    They follow the order of deciding. Nothing is proposed once a book of resolutions was signed.
    """
    decided = [one for one in _of_engagement(ws, workshop) if one.number]
    twice = Counter((one.year, one.number) for one in decided)
    if max(twice.values(), default=0) < 2 or _signed(ws, workshop):
        return {}
    wanted: dict[str, int] = {}
    for year in {one.year for one in decided}:
        ordered = sorted((one for one in decided if one.year == year), key=lambda one: (one.decided_at, one.id))
        wanted |= {one.id: number for number, one in enumerate(ordered, 1) if one.number != number}
    return wanted


def renumber(ws: Workspace, workshop: str) -> Change:
    """Number the resolutions in the order of deciding, after two computers numbered apart."""
    wanted = renumbering(ws, workshop)
    if not wanted:
        raise Trouble(_("No number stands twice, or the book is signed."), _("Nothing needs to be done."))
    edits = [Put(uid, "number", number) for uid, number in wanted.items()]
    return ws.record(edits, said=_("The resolutions were numbered anew."), made=workshop)


def _signed(ws: Workspace, workshop: str) -> bool:
    """Did a signed copy of a book of these resolutions come back?"""
    issued = ws.journal.records("paper/", fields=["sort", "of"])
    books = [uid for uid, r in issued.items() if r.get("sort") == "resolutions" and r.get("of") == workshop]
    return any(ws.journal.records(f"signed/{uid.partition('/')[2]}/") for uid in books)


# ---- what is shown --------------------------------------------------------------------------------------------------


def resolutions(ws: Workspace, workshop: str) -> tuple[ResolutionView, ...]:
    """All resolutions of a workshop: the decided ones by number, then those before the room."""
    key = key_of(workshop)
    records = ws.journal.records(f"resolution/{key}/")
    amendments: dict[str, list[AmendmentLine]] = {}
    for uid, record in ws.journal.records(f"amendment/{key}/").items():
        of = f"resolution/{uid.partition('/')[2].rpartition('/')[0]}"
        amendments.setdefault(of, []).append(_amendment(ws, uid, record))
    named = ws.journal.several(
        str(record.get(field, "")) for record in records.values() for field in ("moved_by", "seconded_by")
    )
    found = [
        _view(uid, record, tuple(amendments.get(uid, ())), named)
        for uid, record in records.items()
        if "title" in record
    ]
    return tuple(sorted(found, key=lambda one: (not one.number, one.year, one.number, one.id)))


def _amendment(ws: Workspace, uid: str, record: Record) -> AmendmentLine:
    return AmendmentLine(
        uid, str(record.get("text", "")), person_name(ws, record.get("by")), str(record.get("result", ""))
    )


def _view(
    uid: str, record: Record, amendments: tuple[AmendmentLine, ...], named: Mapping[str, Record]
) -> ResolutionView:
    decided = record.get("decided") or {}
    at = datetime.fromisoformat(decided["at"]) if decided else None
    moved_by, seconded_by = str(record.get("moved_by") or ""), str(record.get("seconded_by") or "")
    kind, result = str(record.get("kind", "")), str(decided.get("result", ""))
    votes = decided.get("votes")
    return ResolutionView(
        id=uid,
        number=int(record.get("number", 0)) if decided else 0,
        year=at.year if at else 0,
        title=str(record.get("title", "")),
        text=str(record.get("text", "")),
        kind=kind,
        kind_words=kinds().get(kind, ""),
        moved_by=moved_by,
        seconded_by=seconded_by,
        mover=str(named.get(moved_by, {}).get("name") or ""),
        seconder=str(named.get(seconded_by, {}).get("name") or ""),
        session=str(record.get("session", "")),
        amendments=amendments,
        decided_at=at,
        mode=str(decided.get("mode", "")),
        rule=str(decided.get("rule", Majority.SIMPLE.value)),
        result=result,
        result_words=results().get(result, ""),
        votes=(votes[0], votes[1], votes[2]) if votes else None,
        present=int(decided.get("present", 0)),
        quorum=str(decided.get("quorum", "")),
        quorum_met=bool(decided.get("met")) or "figures" not in decided,
        quorum_figures=tuple((present, needed) for present, needed in decided.get("figures", ())),
    )


def decision_words(one: ResolutionView) -> str:
    """``Adopted by a show of hands: 81 for, 3 against, 4 abstaining of 88; 18 Jun 2026, 10:58``"""
    if one.decided_at is None:
        return _("before the room")
    parts = [one.result_words]
    if one.result in (ADOPTED, REJECTED):
        parts.append(modes().get(one.mode, ""))
    if one.votes:
        yes, no, abstaining = map(whole, one.votes)
        told = _("{yes} for, {no} against, {abstaining} abstaining of {present} voters")
        parts.append(told.format(yes=yes, no=no, abstaining=abstaining, present=whole(one.present)))
        parts.append(majorities().get(one.rule, ""))
    parts.append(moment(one.decided_at))
    return " · ".join(part for part in parts if part)
