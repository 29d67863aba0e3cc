"""The declaration of a result and the observers' copy of it, as views: figures, lots, differences, hashes."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pitso.domain import counting
from pitso.domain.counting import Count
from pitso.domain.elections.account import Sum
from pitso.domain.elections.ladder import Role
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper import direction
from pitso.paper import imprint as imprints
from pitso.paper.documents import declaration
from pitso.services import contests, declarations, election_words, elections, rounds
from pitso.services.contests import Contest, Election, HeldRound, moment_of
from pitso.services.count_words import rule_words
from pitso.services.election_papers import imprint, number
from pitso.services.workshops import workshop
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, change, figure, listed, moment, whole


def declared(ws: Workspace, of: str, reader: Reader, *, observers: bool = False) -> declaration.Declaration:
    """The declaration of one position, or of all of an election; or the copy that observers take along."""
    election = contests.load(ws, elections.election_of(of))
    own = [one for one in election.contests if of in (one.id, election.id)]
    if not own or not all(one.declared for one in own):
        raise Trouble(_("This result was not declared."), _("Declare it first."))
    changed = [one for one in own if one.declared.get("seal") != one.seal(election.electorate.hash)]
    title = _("Observers' copy of the declaration") if observers else _("Declaration of results")
    letters = "OC" if observers else "DR"
    code = f"{letters}-{number(election, own[0])}" if of != election.id else letters
    signers = _observers(election) if observers else _signers(ws, own[0])
    return declaration.Declaration(
        imprint=imprint(ws, election, title, code, reader, final=not changed),
        title=title,
        body=election.title,
        held_on=election.held_on,
        place=workshop(ws, election.workshop).place,
        results=tuple(_result(ws, election, one) for one in own),
        roll_digest=election.electorate.hash,
        supersedes=" ".join(_supersedes(one) for one in own if one.declared_number > 1),
        officers=signers,
    )


def _signers(ws: Workspace, contest: Contest) -> tuple[tuple[str, str], ...]:
    """Who declared it: the returning officer and the scrutineer of that hour."""
    told, named = contest.declared, elections.roles()
    return (
        (person_name(ws, told.get("by")), named[Role.RETURNING]),
        (person_name(ws, told.get("second")), named[Role.SCRUTINEER]),
    )


def _observers(election: Election) -> tuple[tuple[str, str], ...]:
    """Those who take the copy along; lines for two where none was named."""
    return elections.officers_named(election, Role.OBSERVER) or (("", elections.roles()[Role.OBSERVER]),) * 2


def _supersedes(contest: Contest) -> str:
    before = [one["declared"] for one in contest.results.values() if one.get("declared")][-2]
    when = moment_of(before)
    return _("It takes the place of the declaration of {moment} for {position}: {reason}").format(
        moment=moment(when) if when else "", position=contest.title, reason=contest.declared.get("because", "")
    )


def _result(ws: Workspace, election: Election, contest: Contest) -> declaration.Result:
    """One position: the round that decided, and in the remarks all that led to it."""
    counted = [(held, told) for held, told in zip(contest.rounds, contest.count_of, strict=True) if told is not None]
    won = set(contest.declared.get("names", ()))
    if not counted:
        return _uncontested(election, contest, won)
    held, told = counted[-1]
    remarks = [_round_words(contest, *one) for one in counted[:-1]]
    return declaration.Result(
        position=contest.title,
        places=contest.places,
        rule=rule_words(contest.rule),
        figures=_figures(election, held),
        candidates=_votes(contest, held, told, won),
        remarks=(*remarks, *_remarks(election, contest)),
        papers_digest=counting.digest(held.ballots) if held.ballots is not None else "",
    )


def _uncontested(election: Election, contest: Contest, won: set[str]) -> declaration.Result:
    none, remark = Fraction(), _("There are not more candidates than places: no votes were needed.")
    return declaration.Result(
        position=contest.title,
        places=contest.places,
        rule=rule_words(contest.rule),
        figures=((_("Votes on the roll"), election.electorate.votes),),
        candidates=tuple(declaration.Votes(one.name, one.council, none, one.name in won) for one in contest.standing),
        remarks=(remark, *_remarks(election, contest)),
    )


def _votes(contest: Contest, held: HeldRound, told: Count, won: set[str]) -> tuple[declaration.Votes, ...]:
    """Everybody on the paper with the votes of the last stage at which they had any."""
    councils = {one.name: one.council for one in contest.candidates}
    found = []
    for name in held.names:
        votes = next((stage.votes[name] for stage in reversed(told.stages) if name in stage.votes), Fraction())
        found.append(declaration.Votes(name, councils.get(name, ""), votes, name in won))
    return tuple(sorted(found, key=lambda one: (not one.elected, -one.votes, one.name)))


def _figures(election: Election, held: HeldRound) -> tuple[tuple[str, int], ...]:
    known = held.account
    told = [
        (_("Votes on the roll"), election.electorate.votes),
        (_("Votes in the room"), int(held.opened.get("present", 0))),
        *((said, getattr(known, name)) for name, said in election_words.figures().items()),
        (_("In the box"), known.in_box),
        (_("Valid"), known.valid),
        (_("Blank"), known.blank),
        (_("Rejected"), known.rejected),
    ]
    return tuple((what, number) for what, number in told if number is not None)


def _round_words(contest: Contest, held: HeldRound, told: Count) -> str:
    """A round that did not decide by itself, in one sentence with its figures and the hash of its papers."""
    votes = "; ".join(f"{direction.own(name)} {figure(votes)}" for name, votes in told.stages[-1].votes.items())
    digest = imprints.all_groups(counting.digest(held.ballots)) if held.ballots is not None else ""
    account = held.account
    return _(
        "{round}: {printed} printed, {issued} issued, {handed_back} handed back and replaced, {unused} unused, "
        "{box} in the box, {valid} valid. {votes}. Papers (SHA-256): {digest}"
    ).format(
        round=election_words.round_title(contest, held),
        printed=whole(account.printed or 0),
        issued=whole(account.issued or 0),
        handed_back=whole(account.handed_back or 0),
        unused=whole(account.unused or 0),
        box=whole(account.in_box or 0),
        valid=whole(account.valid or 0),
        votes=votes,
        digest=direction.own(digest),
    )


def _remarks(election: Election, contest: Contest) -> list[str]:
    """Lots, differences with their explanation, rounds that do not count, objections, conditions on the whole."""
    found = [_lot(lot["drawn"]) for lot in contest.lots.values() if lot.get("drawn")]
    named = election_words.sums()
    for held in contest.held:
        for which in Sum:
            if by := held.account.differences.get(which):
                told = _("{round}: {sum} does not come out: {difference}. {explanation}")
                found.append(
                    told.format(
                        round=election_words.round_title(contest, held),
                        sum=named[which],
                        difference=change(Fraction(by)),
                        explanation=held.account.explained.get(which, ""),
                    )
                )
        if held.void:
            told = _("{round} does not count: {reason}")
            found.append(told.format(round=election_words.round_title(contest, held), reason=held.void["reason"]))
        found += [
            _("{round} was counted again: {reason}").format(
                round=election_words.round_title(contest, held), reason=one["reason"]
            )
            for one in held.record.get("recounts") or ()
        ]
    for objection in contest.objections.values():
        ruling = objection.get("ruling") or {}
        told = _("An objection: {text} Ruling: {ruling}. {reason}")  # who objected is not for the public
        found.append(
            told.format(
                text=objection.get("text", ""),
                ruling=declarations.rulings().get(str(ruling.get("ruling", "")), ""),
                reason=ruling.get("reason", ""),
            )
        )
    return [*found, *(election_words.condition_words(one) for one in election.judged(contest))]


def _lot(drawn: Mapping[str, Any]) -> str:
    order, witnesses = drawn["order"], drawn["witnesses"]
    when = moment_of(drawn)
    if drawn.get("seniority"):
        return _("Equal votes, by seniority: {names}. Witnesses: {witnesses}").format(
            names=listed(map(str, order)), witnesses=listed(map(str, witnesses))
        )
    way = rounds.ways_of_drawing().get(str(drawn["method"]), str(drawn["method"]))
    return _(
        "Equal votes; lot drawn on {moment} by {by} ({way}), in this order: {names}. Witnesses: {witnesses}"
    ).format(
        moment=moment(when) if when else "",
        by=drawn["drawn_by"],
        way=way,
        names=listed(map(str, order)),
        witnesses=listed(map(str, witnesses)),
    )
