"""Nominations: who proposes whom, who seconds, consent, the ruling, withdrawal, the draw for the order on the paper."""

from collections.abc import Sequence
from datetime import datetime

from pitso.domain.elections.ladder import Candidate, unfit
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.services import contests
from pitso.services.change import Change
from pitso.services.contests import Contest, Election, key_of
from pitso.services.elections import election_of, now, require_leading
from pitso.services.people import required
from pitso.services.room_views import Elector
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Put
from pitso.words import _

ACCEPTED, REFUSED = "accepted", "refused"


def _loaded(ws: Workspace, uid: str) -> tuple[Election, Contest]:
    """The election and the position that a record of it belongs to."""
    election = contests.load(ws, election_of(uid))
    parts = uid.split("/")
    return election, election.contest(f"contest/{parts[1]}/{parts[2]}")


def nominate(
    ws: Workspace,
    contest: str,
    *,
    person: str,
    proposer: str = "",
    seconder: str = "",
    consent: bool = False,
    name: str = "",
    resolution: str = "",
) -> Change:
    """Note a nomination; what is missing of it may follow until it is ruled on.

    *name* is how it stands on the ballot paper: there it is public, whatever becomes of the register of persons.
    """
    election, of = _loaded(ws, contest)
    _require_open(election)
    shown = " ".join(name.split()) or person_name(ws, person)
    if any(one.person == person and not one.withdrawn for one in of.candidates):
        raise Trouble(_("{name} is nominated for this position already.").format(name=shown), _("Look at the list."))
    if any(one.name == shown for one in of.candidates):
        raise Trouble(_("Two candidates bear the same name."), _("Tell them apart, for example by their councils."))
    seat = next((one for one in election.roll.electors if one.person == person), None)
    edits = nomination_edits(
        ws, contest, seat, person=person, proposer=proposer, seconder=seconder, consent=consent, name=shown
    )
    nomination = edits[0].entity
    if resolution.strip():
        edits.append(Put(nomination, "resolution", resolution.strip()))
    return ws.record(edits, said=_("{name} was nominated.").format(name=shown), made=nomination)


def nomination_edits(
    ws: Workspace,
    contest: str,
    seat: Elector | None,
    *,
    person: str,
    proposer: str,
    seconder: str,
    consent: bool,
    name: str,
) -> list[Put]:
    """What makes a nomination; *seat* is where the person stands on the roll."""
    values: dict[str, Value] = {
        "person": person,
        "name": required(name, _("The name")),
        "council": seat.council_name if seat else "",
        "sex": seat.sex if seat else "",
        "proposer": proposer,
        "seconder": seconder,
        "consent": consent,
        "at": now(ws),
    }
    nomination = f"nomination/{key_of(contest)}/{ws.token()}"
    return [Put(nomination, field, value) for field, value in values.items() if value]


def complete(
    ws: Workspace, nomination: str, *, proposer: str | None = None, seconder: str | None = None, consent: bool = False
) -> Change:
    """Add what was missing of a nomination."""
    election, _of = _loaded(ws, nomination)
    _require_open(election)
    given = {"proposer": proposer, "seconder": seconder, "consent": consent or None}
    edits = [Put(nomination, field, value) for field, value in given.items() if value]
    return ws.record(edits, said=_("The nomination was completed."), made=nomination)


def _require_open(election: Election) -> None:
    if not election.opened or election.closed:
        raise Trouble(_("Nominations are not open."), _("The returning officer opens them."))


def candidate_of(contest: Contest, nomination: str) -> Candidate:
    """The candidate of a nomination; Trouble if it is not here."""
    found = next((one for one in contest.candidates if one.id == nomination), None)
    if found is None:
        raise Trouble(_("This nomination is not here."), _("Look at the list again."))
    return found


def obstacle(election: Election, contest: Contest, nomination: str) -> str:
    """Why a nomination cannot be accepted, in a sentence; empty if it can."""
    candidate = candidate_of(contest, nomination)
    electors = [one.person for one in election.roll.electors]
    return unfit(election.situation(contest), candidate, electors)


def rule(ws: Workspace, nomination: str, *, ruling: str, reason: str = "") -> Change:
    """Accept or refuse a nomination; a refusal needs its reason."""
    election, of = _loaded(ws, nomination)
    by = require_leading(ws, election)
    _require_open(election)
    candidate = candidate_of(of, nomination)
    if ruling == ACCEPTED and (told := obstacle(election, of, nomination)):
        raise Trouble(
            _("This nomination cannot be accepted: {reason}").format(reason=told), _("Complete it, or refuse it.")
        )
    if ruling == REFUSED and not reason.strip():
        raise Trouble(_("The reason is missing."), _("Write why the nomination is refused: it is printed in the list."))
    said = _("{name} is accepted as a candidate.") if ruling == ACCEPTED else _("The nomination of {name} is refused.")
    edits = [ruling_edit(nomination, ruling, reason, by, now(ws))]
    return ws.record(edits, said=said.format(name=candidate.name), made=nomination)


def ruling_edit(nomination: str, ruling: str, reason: str, by: str, at: str) -> Put:
    """What rules on a nomination."""
    return Put(nomination, "ruling", {"ruling": ruling, "reason": reason.strip(), "by": by, "at": at})


def withdraw(ws: Workspace, nomination: str, *, reason: str = "") -> Change:
    """A candidate withdraws; Trouble once papers were issued."""
    _election, of = _loaded(ws, nomination)
    candidate = candidate_of(of, nomination)
    if of.held:
        raise Trouble(
            _("Papers were issued: {name} stands on them.").format(name=candidate.name),
            _("Whoever is elected may decline the office."),
        )
    value: Value = {"at": now(ws), "reason": reason.strip()}
    edits = [Put(nomination, "withdrawn", value)]
    if candidate.id in (of.record.get("order_drawn") or {}).get("order", ()):
        edits.append(Put(of.id, "order_drawn", None))
    return ws.record(edits, said=_("{name} has withdrawn.").format(name=candidate.name), made=nomination)


def draw_order(
    ws: Workspace,
    contest: str,
    *,
    order: Sequence[str],
    method: str = "",
    witnesses: Sequence[str] = (),
    at: datetime | None = None,
) -> Change:
    """Keep the order of the names on the paper as it was drawn before the room."""
    election, of = _loaded(ws, contest)
    by = require_leading(ws, election)
    if not election.closed:
        raise Trouble(_("Nominations are still open."), _("Close them, then draw the order."))
    if of.held:
        raise Trouble(_("The vote has begun; the order stands on the papers."), _("Go on with the round."))
    if sorted(order) != sorted(one.id for one in of.standing):
        raise Trouble(_("The order must name every candidate once."), _("Give each a place of its own."))
    value: Value = {
        "order": list(order),
        "method": method.strip(),
        "witnesses": [witness for witness in witnesses if witness.strip()],
        "by": by,
        "at": now(ws, at),
    }
    return ws.record([Put(contest, "order_drawn", value)], said=_("The order on the paper was drawn."), made=contest)
