"""Preparing an election: its positions, the rules as the assembly adopts them, its officers, opening nominations."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pitso.domain.counting import Base, NoMajority, Rule, TieLeads
from pitso.domain.counting.ballots import MOST_SEATS, bad_seats
from pitso.domain.counting.rules import ONE_PLACE, WITH_MINIMUM, no_minimum, rule_named
from pitso.domain.elections.ladder import LEADING, Role
from pitso.domain.elections.slate import Condition, Sort
from pitso.domain.facts import Election as Planned
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.domain.warnings.readiness import readiness_not_established
from pitso.services import contests, facts, persons_here, thresholds, warning_words, workshops
from pitso.services.change import Change
from pitso.services.contests import Election, key_of
from pitso.services.people import required
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Drop, Edit, Put
from pitso.words import _, listed


def roles() -> dict[Role, str]:
    """What an officer does, in words."""
    return {
        Role.RETURNING: _("Returning officer"),
        Role.DEPUTY: _("Deputy of the returning officer"),
        Role.SCRUTINEER: _("Scrutineer"),
        Role.COUNTER: _("Counter"),
        Role.OBSERVER: _("Observer"),
    }


def now(ws: Workspace, at: datetime | None = None) -> str:
    """The moment, as what is done is kept with it: by the clock of this room, unless it was done *at* another one."""
    return (at or workshops.here(ws)).isoformat()


def require_leading(ws: Workspace, election: Election) -> str:
    """The person who writes, who must be the returning officer or a deputy of this election; Trouble otherwise."""
    author = require_author(ws)
    if not any(one.person == author and one.role in LEADING for one in election.officers):
        raise Trouble(
            _("Only the returning officer or a deputy may do this."),
            _("Let one of them write here (F2), or appoint an officer first."),
        )
    return author


def require_scrutineer(ws: Workspace, election: Election, person: str, pin: str) -> str:
    """The second person, who must be a scrutineer of this election and types the PIN; Trouble otherwise."""
    if not any(one.person == person and one.role is Role.SCRUTINEER for one in election.officers):
        raise Trouble(_("The second person must be a scrutineer of this election."), _("Choose one of them."))
    return persons_here.require_second(ws, person, pin)


# ---- the election and its positions -----------------------------------------------------------------------------


def begin(
    ws: Workspace,
    engagement: str,
    workshop: str,
    *,
    title: str,
    held_on: date,
    reason: str = "",
    second: str = "",
    pin: str = "",
) -> Change:
    """Plan an election on the roll of a workshop.

    While readiness is not established (W07) it needs the decision of the hosts: a *reason* and a *second* person.
    """
    require_author(ws)
    election = f"election/{ws.token()}"
    values: dict[str, Value] = {
        "engagement": engagement,
        "workshop": workshop,
        "title": required(title, _("The title")),
        "held_on": held_on.isoformat(),
        "planned_on": ws.today().isoformat(),
    }
    if not_ready(ws, engagement, held_on):
        values["went_ahead"] = _decision(ws, reason, second, pin)
    edits = [Put(election, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("The election “{title}” is planned.").format(title=title.strip()), made=election)


def not_ready(ws: Workspace, engagement: str, held_on: date) -> str:
    """What W07 says to an election on that day, or nothing: the same rule that warns of it."""
    known = facts.facts(ws, engagement)
    planned = Planned("", planned_on=ws.today(), held_on=max(held_on, ws.today()))
    told = readiness_not_established(
        replace(known, elections=(planned,), events=()), ws.today(), thresholds.settings(ws, engagement)
    )
    return warning_words.told(told[0]) if told else ""


def unready(ws: Workspace, election: Election) -> bool:
    """Does W07 stop this election? It is asked only until the first round is opened."""
    begun = any(one.held for one in election.contests)
    asked = bool(election.rules) and not begun and not election.record.get("went_ahead")
    return asked and bool(not_ready(ws, election.engagement, election.held_on))


def _decision(ws: Workspace, reason: str, second: str, pin: str) -> Value:
    if not reason.strip():
        raise Trouble(
            _("Readiness is not established, and no decision of the hosts to go ahead is noted (W07)."),
            _("Write why the hosts go ahead, and let a second person enter the PIN; or assess again first."),
        )
    persons_here.require_second(ws, second, pin)
    return {"reason": reason.strip(), "by": require_author(ws), "second": second, "at": now(ws)}


def go_ahead(ws: Workspace, uid: str, *, reason: str, second: str, pin: str) -> Change:
    """Note that the hosts decided to hold the election although readiness is not established."""
    edits = [Put(uid, "went_ahead", _decision(ws, reason, second, pin))]
    return ws.record(edits, said=_("The decision to go ahead was noted."), undoable=False, made=uid)


def add_position(
    ws: Workspace,
    uid: str,
    *,
    title: str,
    rule: str,
    places: int = 1,
    tie: str = TieLeads.LOT,
    majority: str = Base.VALID,
    no_majority: str = NoMajority.RUNOFF,
    exactly: bool = False,
    vote_on_one: bool = False,
    least_women: int = 0,
    least_men: int = 0,
) -> Change:
    """Add a position at the end of the order in which the assembly elects."""
    election = contests.load(ws, uid)
    _require_unadopted(election)
    by = rule_named(rule)
    if not 1 <= places <= MOST_SEATS:
        raise bad_seats()
    if by in ONE_PLACE and places != 1:
        raise Trouble(
            _("The rule “{rule}” fills one place, not {seats}.").format(rule=rule, seats=places),
            _("Say that there is one place, or choose a rule for several."),
        )
    if min(least_women, least_men) < 0 or least_women + least_men > places:
        raise Trouble(
            _("The conditions of minimum representation ask for more places than there are."),
            _("Adopt conditions that can be met together."),
        )
    if by not in WITH_MINIMUM and (least_women or least_men):
        raise no_minimum()
    values: dict[str, Value] = {
        "title": required(title, _("The position")),
        "order": max((int(one.record.get("order", 0)) for one in election.contests), default=0) + 1,
        "rule": by.value,
        "places": places,
        "tie": TieLeads(tie).value,
        "majority": Base(majority).value,
        "no_majority": NoMajority(no_majority).value,
        "exactly": exactly and by is Rule.BLOCK,
        "vote_on_one": vote_on_one and places == 1,
        "least_women": least_women,
        "least_men": least_men,
    }
    contest = f"contest/{election.key}/{ws.token()}"
    edits = [Put(contest, field, value) for field, value in values.items() if value or field == "order"]
    return ws.record(edits, said=_("The position “{title}” was added.").format(title=title.strip()), made=contest)


def drop_position(ws: Workspace, uid: str) -> Change:
    """Take a position away again, while the rules are not adopted."""
    election = contests.load(ws, f"election/{uid.split('/')[1]}")
    _require_unadopted(election)
    title = election.contest(uid).title
    return ws.record([Drop(uid)], said=_("The position “{title}” was taken away.").format(title=title))


def set_conditions(ws: Workspace, uid: str, conditions: Sequence[Condition]) -> Change:
    """What all office bearers together have to meet; they are judged after each position."""
    _require_unadopted(contests.load(ws, uid))
    told: Value = {one.sort.value: one.least if one.sort is not Sort.COUNCILS else 1 for one in conditions}
    return ws.record([Put(uid, "conditions", told)], said=_("The conditions on the whole were noted."), made=uid)


def adopt_rules(ws: Workspace, uid: str, *, how: str, at: datetime | None = None) -> Change:
    """The assembly adopted the rules, *how* (a resolution, a vote): from now on they stand as they are."""
    election = contests.load(ws, uid)
    _require_unadopted(election)
    by = require_author(ws)
    if not election.contests:
        raise Trouble(_("No position is to be filled."), _("Add the positions in the order of the rules."))
    value: Value = {
        "at": now(ws, at),
        "by": by,
        "how": required(how, _("How the rules were adopted")),
        "hash": rules_hash(election),
    }
    said = _("The rules of the election were adopted. They do not change any more.")
    return ws.record([Put(uid, "rules", value)], said=said, undoable=False, made=uid, sealed=True)


def rules_hash(election: Election) -> str:
    """One hash over the positions with their rules and the conditions on the whole."""
    fixed = ("title", "order", "rule", "places", "tie", "majority", "no_majority", "exactly", "vote_on_one")
    told = [
        [[name, one.record.get(name)] for name in (*fixed, "least_women", "least_men")] for one in election.contests
    ]
    plain = json.dumps([told, election.record.get("conditions")], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _require_unadopted(election: Election) -> None:
    if election.rules or election.rules_in_doubt:
        raise Trouble(
            _("The rules were adopted; they do not change any more."),
            _("Hold another election where the assembly wants other rules."),
        )


# ---- officers ---------------------------------------------------------------------------------------------------


def appoint(ws: Workspace, uid: str, person: str, role: str) -> Change:
    """Let somebody hold the election in this role; Trouble for a candidate, and for a second returning officer."""
    election = contests.load(ws, uid)
    wanted = Role(role)
    if f"{person} {role}" in election.officer_ids:
        raise Trouble(_("This person has that role already."), _("Choose another one."))
    if wanted is Role.RETURNING and any(one.role is wanted for one in election.officers):
        raise Trouble(_("There is a returning officer already."), _("Appoint a deputy, or let the other one go first."))
    candidates = {one.person for each in election.contests for one in each.candidates if not one.withdrawn}
    if wanted is not Role.OBSERVER and person in candidates:
        told = _("{names} cannot be a candidate and hold the election.")
        raise Trouble(told.format(names=person_name(ws, person)), _("Choose somebody who does not stand."))
    officer = f"officer/{election.key}/{ws.token()}"
    said = _("{name}: {role}.").format(name=person_name(ws, person), role=roles()[wanted])
    return ws.record([Put(officer, "person", person), Put(officer, "role", role)], said=said, made=officer)


def dismiss(ws: Workspace, officer: str) -> Change:
    """Somebody does not hold the election any more."""
    name = person_name(ws, ws.journal.record(officer).get("person"))
    return ws.record([Drop(officer)], said=_("{name} is no officer of the election any more.").format(name=name))


def officers_named(election: Election, *wanted: Role) -> tuple[tuple[str, str], ...]:
    """Name and role of officers, in the order of the roles: those who sign papers."""
    order = list(wanted or Role)
    found = [one for one in election.officers if one.role in order]
    named = roles()
    return tuple((one.name, named[one.role]) for one in sorted(found, key=lambda one: order.index(one.role)))


# ---- opening nominations ----------------------------------------------------------------------------------------


def open_nominations(ws: Workspace, uid: str, *, at: datetime | None = None) -> Change:
    """From now on nominations are received; Trouble before the rules are adopted (W13), and once a round is open."""
    election = contests.load(ws, uid)
    require_leading(ws, election)
    if not election.rules:
        raise Trouble(
            _("Nominations open only after the assembly has adopted the rules (W13)."), _("Adopt the rules first.")
        )
    if any(contest.held for contest in election.contests):
        raise Trouble(_("The vote has begun; nobody is nominated any more."), _("Go on with the rounds."))
    value: Value = {"at": now(ws, at), "by": require_author(ws)}
    edits: list[Edit] = [Put(uid, "nominations_closed", None)]
    if not election.opened:
        edits.append(Put(uid, "nominations_opened", value))
    return ws.record(edits, said=_("Nominations are open."), made=uid)


def close_nominations(ws: Workspace, uid: str, *, at: datetime | None = None) -> Change:
    """No more nominations; Trouble while one of them was not ruled on."""
    election = contests.load(ws, uid)
    by = require_leading(ws, election)
    waiting = [
        one.name for each in election.contests for one in each.candidates if not one.ruling and not one.withdrawn
    ]
    if waiting:
        raise Trouble(
            _("These nominations were not ruled on: {names}.").format(names=listed(waiting)),
            _("Accept or refuse each of them, then close."),
        )
    value: Value = {"at": now(ws, at), "by": by}
    return ws.record([Put(uid, "nominations_closed", value)], said=_("Nominations are closed."), made=uid)


def election_of(uid: str) -> str:
    """The election that a record belongs to, by the id of the record."""
    return f"election/{key_of(uid).partition('/')[0]}"
