"""The rounds of a vote: opening, the account of the papers, the box, lots, what does not count, a recount."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from pitso.domain.counting import TieLeads
from pitso.domain.elections.account import Account, Fault, Sum, faults
from pitso.domain.elections.course import Kind, Stand
from pitso.domain.elections.ladder import Step, ladder, obstacle
from pitso.domain.operation import Value
from pitso.domain.presence import inside
from pitso.domain.trouble import Trouble
from pitso.services import attendance, contests, election_words, elections, presence, proxies, quorum, rolls, workshops
from pitso.services.change import Change
from pitso.services.contests import Contest, Election, HeldRound, key_of
from pitso.services.elections import election_of, now, require_leading
from pitso.services.people import required
from pitso.services.workspace import Workspace, this_computer
from pitso.storage.edits import Edit, Put
from pitso.words import _, listed, whole

FIGURES = ("printed", "issued", "handed_back", "not_returned", "unused")


def held(ws: Workspace, uid: str) -> tuple[Election, Contest, HeldRound]:
    """A round with its position and its election; Trouble if it is not here, or if two computers hold it."""
    election = contests.load(ws, election_of(uid))
    contest = election.contest(f"contest/{key_of(uid).rpartition('/')[0]}")
    found = next((one for one in contest.held if one.id == uid), None)
    if found is None:
        raise Trouble(_("This round is not here."), _("Look at the election again."))
    if found.in_doubt:
        raise Trouble(found.in_doubt, _("Look under “values that differ” (Ctrl+D)."))
    return election, contest, found


def require_here(ws: Workspace, one: HeldRound) -> None:
    """Trouble where another computer holds the round: two would count it apart."""
    if one.holder != _own(ws):
        raise Trouble(
            _("This round is held on another computer."),
            _("Enter it there. If that computer is lost, the returning officer takes the round over here."),
        )


def _own(ws: Workspace) -> str:
    return ws.journal.device.hex()[:32]


def _require_step(election: Election, contest: Contest, step: Step, *, not_ready: bool = False) -> None:
    """Trouble unless this step is the next one of the position."""
    if why := obstacle(ladder(election.situation(contest, not_ready=not_ready)), step):
        raise Trouble(why, _("Look at the ladder of steps: it says what is next."))


# ---- opening ----------------------------------------------------------------------------------------------------


def open_round(ws: Workspace, uid: str, *, at: datetime | None = None) -> Change:
    """Open the next round of a position; Trouble without a quorum (W15), or while another step comes first.

    The record is named by the number of the round, so that two computers that open the same one are found out.
    """
    election = contests.load(ws, election_of(uid))
    contest = election.contest(uid)
    by = require_leading(ws, election)
    _require_step(election, contest, Step.OPENING, not_ready=elections.unready(ws, election))
    votes, present = _in_the_room(ws, election)
    course = contest.course
    assert course.next_kind is not None
    names = course.next_names or tuple(one.name for one in contest.standing)
    if course.next_kind is Kind.CONFIRMATION:
        names = (*names, _("Against"))
    uid = f"round/{key_of(contest.id)}/{len(contest.held) + 1}"
    value: Value = {
        "at": now(ws, at),
        "by": by,
        "present": votes,
        "quorum": present,
        "entitled": contest.entitled,
        "device": _own(ws),
        "computer": this_computer(),
    }
    edits: list[Edit] = [
        Put(uid, "kind", course.next_kind.value),
        Put(uid, "names", list(_in_order(contest, names))),
        Put(uid, "opened", value),
    ]
    said = _("{position}: {round} is open.").format(
        position=contest.title, round=election_words.kinds()[course.next_kind]
    )
    return ws.record(edits, said=said, undoable=False, made=uid, sealed=True)


def _in_order(contest: Contest, names: Sequence[str]) -> list[str]:
    """The *names* in the order that was drawn for the paper."""
    drawn = [one.name for one in contest.standing]
    return sorted(names, key=lambda name: drawn.index(name) if name in drawn else len(drawn))


def _in_the_room(ws: Workspace, election: Election) -> tuple[int, list[Value]]:
    """How many votes are in the room, and the quorum line by line; Trouble where it is not met."""
    known = attendance.participants(ws, election.workshop)
    noted = presence.moves(ws, election.workshop, known)
    when = presence.latest(noted, workshops.moment(ws, election.workshop))
    there = frozenset(inside(noted, when))
    may_vote = rolls.electors_of(ws, election.workshop, known)
    view = quorum.quorum_of(ws, election.workshop, known, there, may_vote, when)
    if not view.met:
        raise Trouble(
            _("There is no quorum (W15): {told}").format(told=quorum.summary(view)),
            _("Let those who are entitled come in, then open the vote."),
        )
    present = {one.person for one in known if one.id in there}
    given = proxies.holders(ws, election.workshop, present)
    votes = sum(one.votes for one in may_vote if one.person in present or one.person in given)
    return votes, [[line.words, line.present, line.needed] for line in view.lines]


def take_over(ws: Workspace, uid: str, *, reason: str) -> Change:
    """Hold a round on this computer from now on, because the one that held it is lost."""
    election, _contest, one = held(ws, uid)
    require_leading(ws, election)
    if one.holder == _own(ws):
        raise Trouble(_("This computer holds the round already."), _("Go on with it."))
    edits = [
        Put(uid, "holder", _own(ws)),
        Put(uid, "taken_over", {"reason": required(reason, _("The reason")), "at": now(ws)}),
    ]
    return ws.record(edits, said=_("The round is held on this computer now."), undoable=False, made=uid)


def void(ws: Workspace, uid: str, *, reason: str, second: str, pin: str) -> Change:
    """A round does not count, for a reason that stays on record; it is held again."""
    election, contest, _one = held(ws, uid)
    by = require_leading(ws, election)
    if contest.declared:
        raise Trouble(_("The result was declared."), _("Supersede the declaration instead."))
    elections.require_scrutineer(ws, election, second, pin)
    value: Value = {"reason": required(reason, _("The reason")), "by": by, "second": second, "at": now(ws)}
    return ws.record(
        [Put(uid, "void", value)], said=_("The round does not count; it is held again."), undoable=False, made=uid
    )


# ---- the account of the papers ----------------------------------------------------------------------------------


def keep_figures(ws: Workspace, uid: str, figures: Mapping[str, int | None], *, because: str = "") -> Change:
    """Note the figures before the box is opened; Trouble for what cannot be. They can be mended until the account."""
    election, contest, one = held(ws, uid)
    require_leading(ws, election)
    require_here(ws, one)
    if one.record.get("account"):
        raise _account_stands()
    told = {name: figures.get(name) for name in FIGURES}
    _require_possible(_account(told, because), contest)
    value: Value = {**told, "because": because.strip()}
    return ws.record([Put(uid, "figures", value)], said=_("The figures were kept."), made=uid)


def _account(figures: Mapping[str, int | None], because: str) -> Account:
    printed, issued, handed_back, not_returned, unused = (figures.get(name) for name in FIGURES)
    return Account(printed, issued, handed_back, not_returned, unused, not_returned_because=because)


def _account_stands() -> Trouble:
    return Trouble(
        _("The account was made; it is not changed any more."), _("Explain the difference: both stay on record.")
    )


def _require_possible(account: Account, contest: Contest) -> None:
    told = {
        Fault.NEGATIVE: _("A number of papers cannot be less than nothing."),
        Fault.HUGE: _("There are more papers in these figures than any hall holds."),
        Fault.HANDED_BACK: _("More papers were handed back or kept than were issued."),
        Fault.NO_REASON: _("Some papers were not returned, and nobody says why."),
    }
    if found := faults(account):
        raise Trouble(told[found[0]], _("Mend the figure, or write the reason beside it."))
    out = None if account.issued is None else account.issued - (account.handed_back or 0)
    if out is not None and contest.entitled is not None and out > contest.entitled:
        raise Trouble(
            _("{papers} papers are out, and only {voters} votes are on the roll.").format(
                papers=whole(out), voters=whole(contest.entitled)
            ),
            _("Count the papers again before the box is opened."),
        )


def explain(ws: Workspace, uid: str, which: Sum, text: str) -> Change:
    """Say why a sum of the account does not come out; the difference stays, and is printed with these words."""
    election, contest, one = held(ws, uid)
    require_leading(ws, election)
    if contest.declared:
        raise Trouble(_("The result was declared."), _("Supersede the declaration instead."))
    if which is not Sum.SORTED and not one.account.differences.get(which):
        raise Trouble(_("This sum comes out; there is nothing to explain."), _("Go on."))
    edits = [Put(uid, f"explained_{which.value}", required(text, _("The explanation")))]
    return ws.record(edits, said=_("The explanation was kept."), made=uid)


def make_account(ws: Workspace, uid: str, *, at: datetime | None = None) -> Change:
    """Make the account before the box is opened; Trouble while a figure is missing or a difference is unexplained."""
    election, _contest, one = held(ws, uid)
    by = require_leading(ws, election)
    require_here(ws, one)
    if one.record.get("account"):
        raise _account_stands()
    if None in one.account.before:
        raise Trouble(_("A figure of the account is missing."), _("Write 0 where there is none."))
    if Sum.PRINTED in one.account.unexplained:
        raise Trouble(
            _("Printed is not issued and unused together."), _("Count again, or explain the difference; it is printed.")
        )
    value: Value = {**(one.record.get("figures") or {}), "by": by, "at": now(ws, at)}
    said = _("The account of the papers was made. Now the box may be opened.")
    return ws.record([Put(uid, "account", value)], said=said, undoable=False, made=uid, sealed=True)


def count_box(ws: Workspace, uid: str, number: int) -> Change:
    """Note how many papers lie in the box; Trouble for more than there are voters: then the round cannot count."""
    election, contest, one = held(ws, uid)
    require_leading(ws, election)
    require_here(ws, one)
    if not one.record.get("account"):
        raise Trouble(_("The box is opened after the account of the papers was made."), _("Make the account first."))
    if one.ballots is not None:
        raise Trouble(_("The papers were entered already."), _("A recount begins anew."))
    _require_possible(Account(in_box=number), contest)
    if contest.entitled is not None and number > contest.entitled:
        raise Trouble(
            _("There are {papers} papers and only {voters} voters.").format(
                papers=whole(number), voters=whole(contest.entitled)
            ),
            _("Count them again. If it stays so, the round does not count and is held again."),
        )
    said = _("{number} papers are in the box.").format(number=whole(number))
    return ws.record([Put(uid, "in_box", number)], said=said, made=uid)


def recount(ws: Workspace, uid: str, *, reason: str) -> Change:
    """Enter the papers of a round anew; the former entry stays on record. Lots are used again while the tie is so."""
    election, _contest, one = held(ws, uid)
    by = require_leading(ws, election)
    require_here(ws, one)
    if one.ballots is None:
        raise Trouble(_("The papers were not entered yet."), _("Enter them first."))
    again: list[Value] = [*(one.record.get("recounts") or ())]
    again.append({"reason": required(reason, _("The reason")), "by": by, "at": now(ws)})
    edits = [Put(uid, "recounts", again)]
    return ws.record(edits, said=_("A recount begins: the papers are entered anew."), undoable=False, made=uid)


# ---- equal votes ------------------------------------------------------------------------------------------------


def ways_of_drawing() -> dict[str, str]:
    """How a lot may be drawn, by code."""
    return {
        "slips": _("Folded slips from a bowl"),
        "coin": _("A coin, thrown"),
        "straws": _("Straws"),
        "other": _("Another way"),
    }


def draw_lot(
    ws: Workspace, uid: str, *, order: Sequence[str], method: str, by: str, witnesses: Sequence[str]
) -> Change:
    """Keep the order in which those with equal votes were drawn before two witnesses, or stand by seniority.

    *order* are the names, the one on whom the step acts first. Trouble unless the count waits for exactly these.
    """
    election = contests.load(ws, election_of(uid))
    contest = election.contest(uid)
    officer = require_leading(ws, election)
    tie = contest.course.tie if contest.course.stand is Stand.TIE else None
    if tie is None:
        raise Trouble(_("No count waits for a lot."), _("Look at the ladder of steps."))
    if sorted(order) != sorted(tie.between):
        raise Trouble(_("The lot is between: {names}.").format(names=listed(tie.between)), _("Name each of them once."))
    seen = [name.strip() for name in witnesses if name.strip()]
    if len(set(seen)) < 2:
        raise Trouble(_("A lot is drawn before two witnesses."), _("Write the names of both."))
    at = contest.rounds[contest.course.round]
    which = hashlib.sha256(f"{tie.stage} {tie.kind} {tie.between}".encode()).hexdigest()[:12]
    lot = f"lot/{key_of(contest.id)}/{at.number}-{which}"
    value: Value = {
        "round": at.number,
        "stage": tie.stage,
        "kind": tie.kind.value,
        "between": list(tie.between),
        "order": list(order),
        "seniority": contest.rules.tie is TieLeads.SENIORITY,
        "method": required(method, _("How it was drawn")),
        "drawn_by": required(by, _("Who drew it")),
        "witnesses": list(seen),
        "by": officer,
        "at": now(ws),
    }
    said = _("Kept in this order: {names}.").format(names=listed(order))
    return ws.record([Put(lot, "drawn", value)], said=said, undoable=False, made=lot, sealed=True)
