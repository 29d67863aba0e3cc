"""Commitments: what a person of one side said would be done, until when, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pitso.domain.commitments import Importance, State, days_over, standing
from pitso.domain.facts import Commitment
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.services import people, record_ids, teams
from pitso.services.answers import day_of
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.programme_views import CommitmentLine, OwnerChoice, ProofChoice, SideCount
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Attach, Edit, Put
from pitso.storage.journal import Attachment, Record
from pitso.words import _, day

TEXT_LIMIT = 400
SIDE_OF = {teams.HOST: "host", teams.PEER: "supporting"}
"""The side of a commitment by the side on which its owner takes part."""


def sides() -> dict[str, str]:
    """Who may have promised something, by code."""
    return {
        "host": _("Host side"),
        "supporting": _("Supporting association"),
        "coordinating": _("Coordinating office"),
        "partner": _("Partner"),
    }


def importances() -> dict[str, str]:
    """How important a commitment may be, by code."""
    return {
        Importance.MUST: _("must be done"),
        Importance.SHOULD: _("should be done"),
        Importance.COULD: _("could be done"),
    }


def state_words(state: State) -> str:
    """Where a commitment stands, in words."""
    return {
        State.OPEN: _("open"),
        State.UNDER_WAY: _("under way"),
        State.DONE: _("done"),
        State.DONE_LATE: _("done late"),
        State.DROPPED: _("dropped"),
        State.PASSED_ON: _("passed on"),
    }[state]


def beginning(engagement: str) -> str:
    """What the ids of the commitments of an engagement begin with."""
    return f"commitment/{engagement.partition('/')[2]}/"


def of_precondition(assessment: str, cause: str) -> str:
    """The commitment that sees to a precondition of an assessment: one for each, wherever its owner is named."""
    return f"commitment/{assessment.partition('/')[2]}.{cause}"


# ---- what is promised -------------------------------------------------------------------------------------------


def record(
    ws: Workspace,
    engagement: str,
    *,
    text: str,
    owner: str,
    due: date,
    importance: str = Importance.SHOULD,
    side: str,
    source: str = "",
) -> Change:
    """Keep that a person promised something until a day.

    *source* is the record that it follows from (a resolution, a finding, a meeting), or words for it. Trouble for an
    empty text, an owner who is no person, or a day that has passed.
    """
    commitment = f"{beginning(engagement)}{ws.token()}"
    edits = edits_of(ws, commitment, text=text, owner=owner, due=due, importance=importance, side=side, source=source)
    told = _("{name} sees to it until {date}.").format(name=person_name(ws, owner), date=day(due))
    return ws.record(edits, said=told, made=commitment)


def edits_of(
    ws: Workspace, commitment: str, *, text: str, owner: str, due: date, importance: str, side: str, source: str = ""
) -> list[Edit]:
    """What makes a commitment, or says it anew, for deeds that make one in passing."""
    require_author(ws)
    made_on = _day(ws.journal.record(commitment).get("made_on")) or ws.today()
    if due < made_on:
        raise Trouble(_("The day lies before the commitment was made."), _("Choose a later one."))
    if not owner.startswith("person/"):
        raise Trouble(_("A commitment needs a person who sees to it."), _("Name one person, not only a body."))
    if side not in sides() or importance not in set(Importance):
        raise Trouble(_("“{code}” is not in the list.").format(code=f"{side} {importance}"), _("Choose one of it."))
    values = {
        "text": _text(text),
        "owner": owner,
        "due": due.isoformat(),
        "importance": str(importance),
        "side": side,
        "source": source,
        "made_on": made_on.isoformat(),
    }
    return [Put(commitment, field, value) for field, value in values.items() if value]


def _text(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Trouble(_("What shall be done is missing."), _("Write it in one sentence that begins with a verb."))
    if len(text) > TEXT_LIMIT:
        raise Trouble(_("This is longer than {limit} letters.").format(limit=TEXT_LIMIT), _("Shorten it."))
    return text


def amend(ws: Workspace, commitment: str, *, text: str, owner: str, due: date, importance: str, side: str) -> Change:
    """Say a commitment that waits anew: its words, its owner, its day; the former ones stay in the history."""
    _waiting(ws, commitment)
    edits = edits_of(ws, commitment, text=text, owner=owner, due=due, importance=importance, side=side)
    return ws.record(edits, said=_("The commitment was changed."), made=commitment)


# ---- what becomes of it -----------------------------------------------------------------------------------------


def begin_work(ws: Workspace, commitment: str) -> Change:
    """Somebody has begun: the commitment is under way."""
    _waiting(ws, commitment)
    return _close(ws, commitment, State.UNDER_WAY, _("The commitment is under way."))


def done(
    ws: Workspace,
    commitment: str,
    *,
    proof: str = "",
    record: str = "",
    file: Path | None = None,
    on: date | None = None,
) -> Change:
    """It is done: what shows it are words (*proof*), a *record* of the engagement, a *file*, or several of these.

    Trouble without any of them, or for a day that has not come.
    """
    _waiting(ws, commitment)
    on = on or ws.today()
    if not (proof.strip() or record or file):
        raise Trouble(_("What shows that it was done is missing."), _("Name the paper, the meeting, who saw it."))
    if on > ws.today():
        raise Trouble(_("This day has not come yet."), _("Write the day on which it was done."))
    attached = [_attached(commitment, file)] if file is not None else []
    said = _("The commitment is done.")
    return _close(ws, commitment, State.DONE, said, on=on, told=proof, record=record, beside=attached)


def attach_proof(ws: Workspace, commitment: str, file: Path) -> Change:
    """Keep the file that shows that a commitment was done, when it comes later than the word."""
    if _said(ws.journal.record(commitment)) is not State.DONE:
        raise Trouble(_("The commitment is not done yet."), _("Say that it is done; the file is attached with it."))
    said = _("{file} was attached.").format(file=file.name)
    return ws.record([_attached(commitment, file)], said=said, made=commitment)


def _attached(commitment: str, file: Path) -> Attach:
    return Attach(commitment, "proof", file.name, content_of(file))


def proofs(ws: Workspace, engagement: str) -> tuple[ProofChoice, ...]:
    """The records of the engagement that may show that something was done, by name."""
    held = ws.journal.records(record_ids.beginning(engagement), fields=["name", "state"])
    kept = {uid: str(one.get("name") or "") for uid, one in held.items() if one.get("state") != record_ids.WITHDRAWN}
    return tuple(ProofChoice(uid, name) for uid, name in sorted(kept.items(), key=lambda one: one[1]) if name)


def drop(ws: Workspace, commitment: str, *, reason: str) -> Change:
    """It will not be done; the *reason* stays beside it."""
    _waiting(ws, commitment)
    if not reason.strip():
        raise Trouble(_("The reason is missing."), _("Write in one sentence why it is dropped."))
    return _close(ws, commitment, State.DROPPED, _("The commitment was dropped."), told=reason)


def pass_on(ws: Workspace, commitment: str, *, to: str) -> Change:
    """Another person takes it over, until the same day or today: this one is closed, and a new one begins."""
    held = _waiting(ws, commitment)
    if to == held.get("owner"):
        raise Trouble(_("{name} has it already.").format(name=person_name(ws, to)), _("Choose another person."))
    following = f"{commitment.rpartition('/')[0]}/{ws.token()}"
    due = _day(held["due"])
    assert due is not None
    edits = edits_of(
        ws,
        following,
        text=str(held["text"]),
        owner=to,
        due=max(due, ws.today()),
        importance=str(held["importance"]),
        side=side_of(ws, commitment, to) or str(held["side"]),
        source=commitment,
    )
    value: Value = {"state": State.PASSED_ON.value, "on": ws.today().isoformat(), "told": "", "to": following}
    said = _("{name} has the commitment now.").format(name=person_name(ws, to))
    return ws.record([Put(commitment, "state", value), *edits], said=said, made=following)


def _close(
    ws: Workspace,
    commitment: str,
    state: State,
    said: str,
    *,
    on: date | None = None,
    told: str = "",
    record: str = "",
    beside: Sequence[Edit] = (),
) -> Change:
    """One value holds the state with its day, words and record, so that two computers never mix them."""
    value: dict[str, Value] = {
        "state": state.value,
        "on": (on or ws.today()).isoformat(),
        "told": told.strip(),
        "to": "",
    }
    if record:
        value["record"] = record
    return ws.record([Put(commitment, "state", value), *beside], said=said, made=commitment)


def _waiting(ws: Workspace, commitment: str) -> Record:
    held = ws.journal.record(commitment)
    if not held.get("text"):
        raise Trouble(_("This commitment is not here any more."), _("Look at the list again."))
    if not _said(held).waits:
        raise Trouble(_("This commitment is closed."), _("Take it back with Ctrl+Z, or make a new one."))
    return held


# ---- what is shown ----------------------------------------------------------------------------------------------


def commitments(ws: Workspace, engagement: str) -> tuple[CommitmentLine, ...]:
    """All commitments of an engagement: those that wait first, by their day; then the closed, the latest first."""
    held = {uid: one for uid, one in ws.journal.records(beginning(engagement)).items() if one.get("text")}
    named = _names(ws, held)
    lines = [_line(ws, uid, one, due, named) for uid, one in held.items() if (due := _day(one.get("due")))]
    waiting = sorted((line for line in lines if line.state.waits), key=lambda line: (line.due, line.text))
    closed = sorted((line for line in lines if not line.state.waits), key=lambda line: line.closed_on or line.due)
    return (*waiting, *reversed(closed))


def _names(ws: Workspace, held: Mapping[str, Record]) -> dict[str, Record]:
    """The owners and their bodies."""
    persons = ws.journal.several(str(one.get("owner", "")) for one in held.values())
    bodies = ws.journal.several(str(person.get("organisation", "")) for person in persons.values())
    return {**persons, **bodies}


def _line(ws: Workspace, uid: str, held: Record, due: date, named: Mapping[str, Record]) -> CommitmentLine:
    said = held.get("state") or {}
    closed_on = _day(said.get("on")) if not _said(held).waits else None
    state = standing(_said(held), due=due, closed_on=closed_on)
    owner, file = str(held.get("owner", "")), held.get("proof")
    person = named.get(owner, {})
    importance = Importance(held["importance"]) if held.get("importance") in set(Importance) else Importance.SHOULD
    return CommitmentLine(
        id=uid,
        text=str(held["text"]),
        owner=owner,
        owner_name=str(person.get("name") or _("a person who is not known here")),
        organisation=str(named.get(str(person.get("organisation", "")), {}).get("name") or ""),
        side=str(held.get("side", "")),
        side_words=sides().get(str(held.get("side", "")), ""),
        due=due,
        importance=importance,
        importance_words=importances()[importance],
        state=state,
        state_words=state_words(state),
        days_over=days_over(state, due=due, today=ws.today()),
        made_on=_day(held.get("made_on")) or due,
        closed_on=closed_on,
        source=str(held.get("source") or ""),
        source_words=source_words(ws, str(held.get("source") or "")),
        told=_told(ws, said),
        shown_by=str(said.get("record") or ""),
        shown_by_words=_name_of(ws, str(said.get("record") or "")),
        file=file.name if isinstance(file, Attachment) else "",
    )


def _told(ws: Workspace, said: Mapping[str, Any]) -> str:
    if following := said.get("to"):
        owner = ws.journal.record(str(following)).get("owner")
        return _("{name} has the commitment now.").format(name=person_name(ws, owner))
    return str(said.get("told") or "")


def _name_of(ws: Workspace, record: str) -> str:
    return str(ws.journal.record(record).get("name") or _("a record that is not here")) if record else ""


def source_words(ws: Workspace, source: str) -> str:
    """What a commitment follows from, in words."""
    if source.startswith("commitment/"):
        return _("passed on by {name}").format(name=person_name(ws, ws.journal.record(source).get("owner")))
    if "/" not in source:
        return source
    held = ws.journal.record(source)
    if source.startswith("contact/"):
        return str(held.get("subject") or held.get("subject_within_team") or "")
    return str(held.get("title") or held.get("name") or held.get("number") or "")


def by_side(lines: tuple[CommitmentLine, ...]) -> tuple[SideCount, ...]:
    """How many wait and how many are overdue, for each side that has any."""
    return tuple(
        SideCount(side, words, sum(line.state.waits for line in own), sum(line.days_over > 0 for line in own))
        for side, words in sides().items()
        if (own := [line for line in lines if line.side == side])
    )


def owners(ws: Workspace, engagement: str) -> tuple[OwnerChoice, ...]:
    """Everybody who may own a commitment, with the side of those who take part."""
    part = {member.person: SIDE_OF[member.side] for member in teams.members(ws, engagement)}
    return tuple(
        OwnerChoice(person.id, f"{person.name} · {person.detail}".rstrip(" ·"), part.get(person.id, ""))
        for person in people.persons(ws)
    )


def side_of(ws: Workspace, within: str, person: str) -> str:
    """The side on which a person takes part in the engagement that the record *within* belongs to, or nothing."""
    engagement = f"engagement/{within.split('/')[1]}"
    return next((SIDE_OF[one.side] for one in teams.members(ws, engagement) if one.person == person), "")


def version_words(field: str, value: Any) -> str:
    """What one value of a field said, in words; empty for a person."""
    match field:
        case "state":
            told = str(value.get("told") or "")
            return ": ".join(part for part in (state_words(_said({"state": value})), told) if part)
        case "side":
            return sides().get(value, str(value))
        case "importance":
            return importances().get(value, str(value))
        case "owner":
            return ""
    return str(value)


def facts_of(ws: Workspace, engagement: str) -> tuple[Commitment, ...]:
    """The commitments as facts, from which warnings follow."""
    return tuple(
        Commitment(
            text=line.text,
            side=line.side,
            owner=line.owner_name,
            due=line.due,
            made_on=line.made_on,
            closed_on=line.closed_on,
            must=line.importance is Importance.MUST,
            record=line.id,
        )
        for line in commitments(ws, engagement)
    )


def _said(held: Record) -> State:
    said = (held.get("state") or {}).get("state")
    return State(said) if said in set(State) else State.OPEN


def _day(text: Any) -> date | None:
    return day_of(str(text or ""))
