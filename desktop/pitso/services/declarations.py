"""After the count: objections and rulings, the declaration of a result, acceptance of office, handover."""

from dataclasses import replace
from datetime import date

from pitso.domain.elections.ladder import Step, ladder, obstacle
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.services import contests
from pitso.services.change import Change
from pitso.services.contests import Contest, Election, key_of
from pitso.services.elections import election_of, now, require_leading, require_scrutineer
from pitso.services.nominations import candidate_of
from pitso.services.people import required
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit, Put
from pitso.words import _, listed

UPHELD, DISMISSED = "upheld", "dismissed"


def _loaded(ws: Workspace, uid: str) -> tuple[Election, Contest]:
    election = contests.load(ws, election_of(uid))
    parts = uid.split("/")
    return election, election.contest(f"contest/{parts[1]}/{parts[2]}")


# ---- objections -------------------------------------------------------------------------------------------------


def rulings() -> dict[str, str]:
    """How an objection may be ruled on, by code."""
    return {UPHELD: _("upheld"), DISMISSED: _("dismissed")}


def object_(ws: Workspace, contest: str, *, text: str, by: str) -> Change:
    """Note an objection with its time and whose it is; until it is ruled on nothing is declared."""
    objection = f"objection/{key_of(contest)}/{ws.token()}"
    values = {"text": required(text, _("The objection")), "objector": required(by, _("Who objects")), "at": now(ws)}
    edits = [Put(objection, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("The objection was noted."), made=objection)


def rule(ws: Workspace, objection: str, *, ruling: str, reason: str) -> Change:
    """The returning officer rules on an objection, with the reason; a recount is a deed of its own."""
    election, _contest = _loaded(ws, objection)
    by = require_leading(ws, election)
    if ruling not in rulings():
        raise Trouble(_("This is no ruling."), _("Uphold the objection or dismiss it."))
    value: Value = {"ruling": ruling, "reason": required(reason, _("The reason")), "by": by, "at": now(ws)}
    return ws.record([Put(objection, "ruling", value)], said=_("The ruling was noted."), made=objection)


# ---- the declaration --------------------------------------------------------------------------------------------


def declare(ws: Workspace, uid: str, *, second: str, pin: str, because: str = "") -> Change:
    """Declare the result of a position: the returning officer writes, a scrutineer enters the PIN. It binds.

    A result that was declared already is superseded, with the reason: the former declaration stays as it is.
    """
    election, contest = _loaded(ws, uid)
    by = require_leading(ws, election)
    _require_declarable(election, contest)
    if contest.declared and not because.strip():
        raise Trouble(_("The reason is missing."), _("Write why the declaration is superseded: both stay on record."))
    require_scrutineer(ws, election, second, pin)
    edits = declaration_edits(election, contest, by=by, second=second, at=now(ws), because=because)
    names = listed(one.name for one in election.winners(contest))
    said = _("Declared: {position}, {names}.") if names else _("Declared: {position}, nobody is elected.")
    said = said.format(position=contest.title, names=names)
    return ws.record(edits, said=said, undoable=False, made=edits[0].entity, sealed=True)


def declaration_edits(
    election: Election, contest: Contest, *, by: str, second: str, at: str, because: str = ""
) -> list[Put]:
    """What declares the result as it stands now; Trouble while a step before it is not sound."""
    _require_declarable(election, contest)
    won = election.winners(contest)
    value: Value = {
        "winners": [one.id for one in won],
        "names": [one.name for one in won],
        "seal": contest.seal(election.electorate.hash),
        "by": by,
        "second": second,
        "at": at,
        "because": because.strip(),
    }
    return [Put(f"result/{key_of(contest.id)}/{contest.declared_number + 1:02}", "declared", value)]


def _require_declarable(election: Election, contest: Contest) -> None:
    as_if_new = replace(election.situation(contest), declared=False, changed_since=False)
    if why := obstacle(ladder(as_if_new), Step.DECLARATION):
        raise Trouble(why, _("Look at the ladder of steps: it says what is next."))


# ---- office -----------------------------------------------------------------------------------------------------


def accept(
    ws: Workspace, nomination: str, *, accepted: bool, from_: date | None = None, until: date | None = None
) -> Change:
    """Somebody who was declared elected accepts the office for a time, or declines it."""
    _election, contest = _loaded(ws, nomination)
    candidate = candidate_of(contest, nomination)
    if nomination not in contest.declared.get("winners", ()):
        raise Trouble(_("{name} was not declared elected.").format(name=candidate.name), _("Declare the result first."))
    if from_ and until and until < from_:
        raise Trouble(_("The term ends before it begins."), _("Mend one of the two dates."))
    office = f"office/{key_of(contest.id)}/{nomination.rpartition('/')[2]}"
    values: dict[str, Value] = {
        "person": candidate.person,
        "post": contest.title,
        "accepted": {"accepted": accepted, "at": now(ws)},
        "from": from_.isoformat() if from_ else None,
        "until": until.isoformat() if until else None,
    }
    edits: list[Edit] = [Put(office, field, value) for field, value in values.items()]
    said = _("{name} accepts the office.") if accepted else _("{name} declines the office.")
    return ws.record(edits, said=said.format(name=candidate.name), made=office)


def hand_over(ws: Workspace, contest: str, *, what: str, to: str, on: date) -> Change:
    """Note what was handed over to whom: files, seal, keys, accounts."""
    value: Value = {
        "what": required(what, _("What was handed over")),
        "to": required(to, _("To whom")),
        "on": on.isoformat(),
        "at": now(ws),
    }
    return ws.record([Put(contest, "handed_over", value)], said=_("The handover was noted."), made=contest)
