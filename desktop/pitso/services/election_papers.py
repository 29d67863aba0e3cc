"""The papers of an election, as views: from the nomination form to the declaration and the observers' copy."""

from collections.abc import Iterable

from pitso.domain import counting
from pitso.domain.counting import Count, Rule
from pitso.domain.counting.rules import BY_RANK
from pitso.domain.elections.account import Account
from pitso.domain.elections.entries import Reason
from pitso.domain.elections.ladder import Candidate, Role
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper.documents import (
    ballot_account,
    ballot_papers,
    count_report,
    counterfoils,
    hand_count_sheet,
    nomination_form,
    nomination_list,
    tally_sheet,
)
from pitso.paper.imprint import Imprint, State
from pitso.services import contests, election_words, elections, hand_counting, keying, nominations, report
from pitso.services.contests import OF_AN_ELECTION, Contest, Election, HeldRound, key_of, moment_of
from pitso.services.count_papers import report_view
from pitso.services.count_words import rule_words
from pitso.services.counting import Counted
from pitso.services.discretion import reader_words
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, day, moment

Found = list[tuple[str, str, str]]
SIGNERS = (Role.RETURNING, Role.SCRUTINEER)


# ---- which there are --------------------------------------------------------------------------------------------


def of_elections(ws: Workspace, engagement: str) -> Found:
    """The elections, once their rules stand."""
    loaded = [contests.as_read(ws, uid) for uid in contests.elections(ws, engagement)]
    return [(one.id, one.title, day(one.held_on)) for one in loaded if one.contests]


def of_rounds(ws: Workspace, engagement: str) -> Found:
    """Every round that was opened."""
    return [
        (held.id, election_words.round_title(contest, held), day(election.held_on))
        for election, contest, held in _held(ws, engagement)
    ]


def of_counts(ws: Workspace, engagement: str) -> Found:
    """Every round that was counted."""
    return [
        _line(election, contest, held)
        for election, contest, held in _held(ws, engagement)
        if held.ballots is not None and not held.in_doubt and not held.void
    ]


def of_preferences(ws: Workspace, engagement: str) -> Found:
    """Rounds whose papers are marked with numbers: they need a sheet to be counted by hand."""
    return [
        _line(election, contest, held)
        for election, contest, held in _held(ws, engagement)
        if keying.rule_of(contest, held) in BY_RANK
    ]


def of_ballots(ws: Workspace, engagement: str) -> Found:
    """Rounds that were opened, and positions whose first round is about to be."""
    found = []
    for uid in contests.elections(ws, engagement):
        election = contests.as_read(ws, uid)
        for contest in election.contests:
            if contest.record.get("order_drawn") and not contest.held:
                found.append((contest.id, contest.title, day(election.held_on)))
    return [*found, *of_rounds(ws, engagement)]


def of_declarations(ws: Workspace, engagement: str) -> Found:
    """Positions whose result was declared, and the election as a whole once all were."""
    found = []
    for uid in contests.elections(ws, engagement):
        election = contests.as_read(ws, uid)
        declared = [one for one in election.contests if one.declared]
        found += [(one.id, one.title, day(election.held_on)) for one in declared]
        if len(declared) == len(election.contests) > 1:
            found.append((election.id, election.title, day(election.held_on)))
    return found


def _line(election: Election, contest: Contest, held: HeldRound) -> tuple[str, str, str]:
    return held.id, election_words.round_title(contest, held), day(election.held_on)


def _held(ws: Workspace, engagement: str) -> Iterable[tuple[Election, Contest, HeldRound]]:
    for uid in contests.elections(ws, engagement):
        election = contests.as_read(ws, uid)
        for contest in election.contests:
            for held in contest.held:
                yield election, contest, held


def sources(ws: Workspace, of: str) -> tuple[str, ...]:
    """Beginnings of the ids of all that the papers of an election are made from: of one position, or of all."""
    key = key_of(of)
    if of.startswith("round/"):
        key = key.rpartition("/")[0]
    election = elections.election_of(of)
    kinds = [kind for kind in OF_AN_ELECTION if kind not in ("contest", "officer")]
    own = [f"{kind}/{key}/" for kind in kinds]
    return (election, f"contest/{key}", f"officer/{key_of(election)}/", *own)


# ---- before the vote --------------------------------------------------------------------------------------------


def imprint(ws: Workspace, election: Election, title: str, code: str, reader: Reader, *, final: bool = True) -> Imprint:
    """Header and footer of a paper of an election; a draft until it is *final*."""
    state = State.FINAL if final else State.DRAFT
    return Imprint(
        title=title,
        engagement=str(ws.journal.record(election.engagement).get("title", "")),
        code=f"EL-{election.held_on:%y%m%d}-{code}",
        state=State.DEMONSTRATION if ws.demonstration else state,
        reader=reader_words(reader),
        as_of=report.as_of(ws),
    )


def number(election: Election, contest: Contest, held: HeldRound | None = None) -> str:
    """Where a position and its round stand: ``2-1``."""
    place = election.contests.index(contest) + 1
    return f"{place}-{held.number}" if held is not None else str(place)


def nomination_form_of(ws: Workspace, of: str, reader: Reader) -> nomination_form.NominationForm:
    """The blank form on which somebody is nominated."""
    election = contests.load(ws, of)
    conditions = (
        _("The candidate, the proposer and the seconder are three different people on the roll."),
        _("Whoever holds the election does not stand."),
        *(election_words.condition_words(one) for one in election.judged() if not election.closed),
    )
    return nomination_form.NominationForm(
        imprint=imprint(ws, election, _("Nomination"), "NF", reader),
        body=election.title,
        positions=tuple(one.title for one in election.contests),
        closes=_("To be handed to the returning officer before nominations are closed."),
        conditions=conditions,
    )


def nomination_list_of(ws: Workspace, of: str, reader: Reader) -> nomination_list.NominationList:
    """Every nomination with its ruling, position by position."""
    election = contests.load(ws, of)
    closed = moment_of(election.closed)
    told = _("Nominations closed on {moment}").format(moment=moment(closed)) if closed else _("Nominations are open.")
    return nomination_list.NominationList(
        imprint=imprint(ws, election, _("List of nominations"), "NL", reader, final=bool(closed)),
        title=_("List of nominations"),
        body=election.title,
        closed=told,
        positions=tuple(
            nomination_list.Position(
                contest.title, contest.places, tuple(_nomination(ws, contest, one) for one in contest.candidates)
            )
            for contest in election.contests
        ),
        officers=elections.officers_named(election, *SIGNERS),
    )


def _nomination(ws: Workspace, contest: Contest, one: Candidate) -> nomination_list.Nomination:
    ruling = contest.nominations[one.id].get("ruling") or {}
    words = {"": _("to be ruled on"), nominations.ACCEPTED: _("accepted"), nominations.REFUSED: _("refused")}
    withdrawn = contest.nominations[one.id].get("withdrawn") or {}
    return nomination_list.Nomination(
        name=one.name,
        council=one.council,
        proposer=person_name(ws, one.proposer or None),
        seconder=person_name(ws, one.seconder or None),
        ruling=_("withdrawn") if one.withdrawn else words[one.ruling],
        reason=str(withdrawn.get("reason") or ruling.get("reason", "")),
    )


# ---- of a round -------------------------------------------------------------------------------------------------


def _of(ws: Workspace, of: str) -> tuple[Election, Contest, HeldRound | None]:
    """What a paper of a round is made of: the round, or the position whose first round is about to be opened."""
    election = contests.load(ws, elections.election_of(of))
    if of.startswith("contest/"):
        return election, election.contest(of), None
    contest = election.contest(f"contest/{key_of(of).rpartition('/')[0]}")
    held = next((one for one in contest.held if one.id == of), None)
    if held is None:
        raise Trouble(_("This round is not here."), _("Look at the election again."))
    return election, contest, held


def _title(contest: Contest, held: HeldRound | None) -> str:
    return contest.title if held is None else election_words.round_title(contest, held)


def _to_print(election: Election, held: HeldRound | None) -> int:
    """How many papers are printed: as was noted, else a tenth more than there are votes, in tens."""
    printed = held.account.printed if held is not None else None
    return printed or max(-(-election.electorate.votes * 11 // 100) * 10, 10)


def _on_paper(contest: Contest, held: HeldRound | None) -> tuple[tuple[str, str], ...]:
    """Name and council of everybody on the paper, in its order."""
    if held is None:
        return tuple((one.name, one.council) for one in contest.standing)
    councils = {one.name: one.council for one in contest.candidates}
    return tuple((name, councils.get(name, "")) for name in held.names)


def ballots(ws: Workspace, of: str, reader: Reader) -> ballot_papers.BallotPapers:
    """The ballot papers of a round: all alike."""
    election, contest, held = _of(ws, of)
    rule = contest.rule if held is None else keying.rule_of(contest, held)
    names = _on_paper(contest, held)
    most = {Rule.BLOCK: contest.places, Rule.APPROVAL: len(names)}.get(rule, 1)
    return ballot_papers.BallotPapers(
        imprint=imprint(ws, election, _("Ballot papers"), f"BP-{number(election, contest, held)}", reader),
        contest=_title(contest, held),
        held_on=election.held_on,
        body=election.title,
        mark=ballot_papers.Mark.RANK if rule in BY_RANK else ballot_papers.Mark.CROSS,
        choices=most,
        exactly=contest.rules.exactly,
        candidates=tuple(ballot_papers.Candidate(name, council) for name, council in names),
        number=_to_print(election, held),
    )


def foils(ws: Workspace, of: str, reader: Reader) -> counterfoils.Counterfoils:
    """The numbers of the papers, to be struck out as they are issued."""
    election, contest, held = _of(ws, of)
    return counterfoils.Counterfoils(
        imprint=imprint(ws, election, _("Counterfoils"), f"CF-{number(election, contest, held)}", reader),
        title=_("Counterfoils"),
        contest=_title(contest, held),
        number=_to_print(election, held),
    )


def account(ws: Workspace, of: str, reader: Reader) -> ballot_account.BallotAccount:
    """The account of the papers of a round, as far as it is known; the rest is left for a pen."""
    election, contest, held = _of(ws, of)
    known = held.account if held is not None else Account()
    sorted_ = held.box.get("sorted") or {} if held is not None else {}
    reasons = keying.reasons()
    after = [
        ballot_account.Line(_("In the box"), known.in_box),
        ballot_account.Line(_("Valid"), known.valid),
        ballot_account.Line(_("Blank"), known.blank),
        ballot_account.Line(_("Rejected"), known.rejected),
    ]
    after += [
        ballot_account.Line(reasons[Reason(code)], number) for code, number in sorted_.get("rejected", {}).items()
    ]
    return ballot_account.BallotAccount(
        imprint=imprint(
            ws,
            election,
            _("Ballot account"),
            f"BA-{number(election, contest, held)}",
            reader,
            final=known.rejected is not None,
        ),
        title=_("Account of the ballot papers"),
        round=f"{_title(contest, held)}, {day(election.held_on)}",
        before=tuple(
            ballot_account.Line(said, getattr(known, name)) for name, said in election_words.figures().items()
        ),
        after=tuple(after),
        balances=tuple(
            ballot_account.Balance(said, known.differences.get(which), known.explained.get(which, ""))
            for which, said in election_words.sums().items()
        ),
        officers=elections.officers_named(election, *SIGNERS),
    )


def tally(ws: Workspace, of: str, reader: Reader) -> tally_sheet.TallySheet:
    """One counter's sheet of strokes; for preferences it sorts the papers by the first."""
    election, contest, held = _of(ws, of)
    voters = held.account.in_box if held is not None and held.account.in_box else election.electorate.votes
    return tally_sheet.TallySheet(
        imprint=imprint(ws, election, _("Tally sheet"), f"TS-{number(election, contest, held)}", reader),
        title=_("Tally sheet"),
        contest=_title(contest, held),
        candidates=_on_paper(contest, held),
        voters=voters,
    )


def hand_count(ws: Workspace, of: str, reader: Reader) -> hand_count_sheet.HandCountSheet:
    """The sheet on which preferences are counted by hand, on the day on which the laptop fails."""
    election, contest, held = _of(ws, of)
    names = tuple(name for name, _council in _on_paper(contest, held))
    return hand_count_sheet.HandCountSheet(
        imprint=imprint(ws, election, _("Hand count"), f"HC-{number(election, contest, held)}", reader),
        title=f"{_('Hand count')}: {_title(contest, held)}",
        rule=rule_words(contest.rule),
        steps=hand_counting.steps(contest.rule),
        candidates=names,
        stages=max(len(names), 2),
    )


def count(ws: Workspace, of: str, reader: Reader) -> count_report.CountReport:
    """The report of one count, stage by stage; a declaration makes it final."""
    election, contest, held = _of(ws, of)
    counted = _count_of(contest, held)
    if held is None or counted is None or held.ballots is None or held.in_doubt:
        raise Trouble(_("This round was not counted."), _("Enter its papers first."))
    told = Counted(counted, held.ballots, report.as_of(ws))
    code = f"CR-{number(election, contest, held)}"
    head = imprint(ws, election, _("Report of the count"), code, reader, final=bool(contest.declared))
    signers = elections.officers_named(election, *SIGNERS)
    return report_view(told, head, counting.digest(held.ballots), leads=contest.rules.tie, signers=signers)


def _count_of(contest: Contest, held: HeldRound | None) -> Count | None:
    if held is None or held.void:
        return None
    return contest.count_of[contest.rounds.index(held)]
