"""What elections tell the phases and the warnings: their order, their papers, their quorum, women and men, terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pitso.domain.elections.ladder import both
from pitso.domain.facts import Ballot, Decided, Election, Share, Term
from pitso.services import contests
from pitso.services.contests import Contest, HeldRound, moment_of
from pitso.services.election_words import round_title
from pitso.services.workspace import Workspace
from pitso.words import _


@dataclass(frozen=True)
class ElectionFacts:
    """The facts of all elections of one engagement."""

    elections: tuple[Election, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    decided: tuple[Decided, ...] = ()
    women: tuple[Share, ...] = ()
    terms: tuple[Term, ...] = ()
    went_ahead: bool = False


def gathered(ws: Workspace, engagement: str) -> ElectionFacts:
    """What the elections of an engagement tell."""
    loaded = [contests.load(ws, uid) for uid in contests.elections(ws, engagement)]
    held = [(contest, one) for election in loaded for contest in election.contests for one in contest.rounds]
    return ElectionFacts(
        elections=tuple(_election(one) for one in loaded),
        ballots=tuple(ballot for contest, one in held if (ballot := _ballot(contest, one)) is not None),
        decided=tuple(line for contest, one in held for line in _decided(contest, one)),
        women=tuple(share for one in loaded for share in _women(one)),
        terms=tuple(term for election in loaded for contest in election.contests for term in _terms(contest)),
        went_ahead=any(one.record.get("went_ahead") for one in loaded),
    )


def _election(one: contests.Election) -> Election:
    opened = [moment for each in one.contests for held in each.held[:1] if (moment := moment_of(held.opened))]
    declared = [moment.date() for each in one.contests if (moment := moment_of(each.declared))]
    return Election(
        name=one.title,
        planned_on=date.fromisoformat(one.record["planned_on"]) if one.record.get("planned_on") else None,
        held_on=one.held_on,
        rules_adopted=moment_of(one.rules),
        nominations_opened=moment_of(one.opened),
        roll_closed=one.electorate.frozen_at,
        vote_opened=min(opened, default=None),
        both=both(one.officers, (candidate for each in one.contests for candidate in each.candidates)),
        declared_on=max(declared) if len(declared) == len(one.contests) and declared else None,
        record=one.id,
    )


def _ballot(contest: Contest, one: HeldRound) -> Ballot | None:
    """The account of a round, once the box was counted; until its papers are entered they are taken as sorted."""
    account = one.account
    if None in account.before or account.in_box is None:
        return None
    printed, issued, handed_back, not_returned, unused = (figure or 0 for figure in account.before)
    return Ballot(
        name=round_title(contest, one),
        printed=printed,
        issued=issued,
        unused=unused,
        spoilt=handed_back,
        handed_back=not_returned,
        in_box=account.in_box,
        valid=account.in_box if account.valid is None else account.valid,
        invalid=(account.blank or 0) + (account.rejected or 0),
        explained=not account.unexplained,
        declared=bool(contest.declared),
        record=one.id,
    )


def _decided(contest: Contest, one: HeldRound) -> Iterable[Decided]:
    """Each condition of the quorum as it was when the round was opened."""
    opened = moment_of(one.opened)
    for _words, present, needed in one.opened.get("quorum", ()) if opened is not None else ():
        yield Decided(round_title(contest, one), _day(opened), int(present), int(needed), one.id)


def _day(moment: datetime | None) -> date:
    assert moment is not None
    return moment.date()


def _women(one: contests.Election) -> Iterable[Share]:
    """Women among the candidates, once nominations are closed, and among those declared elected."""
    candidates = {each.id: each for contest in one.contests for each in contest.candidates if each.stands}
    if one.closed and candidates:
        yield _share(_("candidates"), [each.sex for each in candidates.values()], one)
    elected = [uid for contest in one.contests for uid in contest.declared.get("winners", ())]
    if elected and all(contest.declared for contest in one.contests):
        yield _share(_("office bearers"), [candidates[uid].sex for uid in elected if uid in candidates], one)


def _share(group: str, sexes: list[str], one: contests.Election) -> Share:
    return Share(group, sexes.count("woman"), len(sexes), one.held_on, record=one.id)


def _terms(contest: Contest) -> Iterable[Term]:
    for uid, office in contest.offices.items():
        if office.get("until") and (office.get("accepted") or {}).get("accepted"):
            yield Term(contest.title, date.fromisoformat(office["until"]), record=uid)
