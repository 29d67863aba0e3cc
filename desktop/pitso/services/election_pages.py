"""The election page, read: the positions, the ladder of one of them, and the step that is open."""

from collections.abc import Mapping

from pitso.domain.elections.ladder import Rung, State, Step, here, ladder
from pitso.services import contests, election_steps, election_words, elections, persons_here, workshops
from pitso.services.contests import Contest, Election, moment_of
from pitso.services.election_views import Ask, AskKind, DeedLine, ElectionView, PositionLine, RungLine, StepForm
from pitso.services.workspace import Workspace
from pitso.words import _, listed, moment, ngettext, whole


def election(ws: Workspace, uid: str, *, position: str = "", step: str = "", chosen: str = "") -> ElectionView:
    """An election as its page shows it: the position and step that were asked for, else those that are next."""
    loaded = contests.load(ws, uid)
    others = tuple(
        (each, str(ws.journal.record(each).get("title", ""))) for each in contests.elections(ws, loaded.engagement)
    )
    if not loaded.contests:
        rung = Rung(Step.RULES, State.OPEN)
        shown = election_steps.view(ws, loaded, None, rung, chosen)
        return ElectionView(uid, loaded.title, (), "", (_line(loaded, None, rung),), shown, others)
    ladders = {one.id: _rungs(ws, loaded, one) for one in loaded.contests}
    open_ = position if position in ladders else _next_position(ladders)
    contest = loaded.contest(open_)
    rungs = ladders[open_]
    at = next((rung for rung in rungs if _id(rung) == step), None) or here(rungs) or rungs[-1]
    return ElectionView(
        id=uid,
        title=loaded.title,
        positions=tuple(PositionLine(one.id, one.title, _stand(ladders[one.id])) for one in loaded.contests),
        position=open_,
        rungs=tuple(_line(loaded, contest, rung) for rung in rungs),
        step=election_steps.view(ws, loaded, contest, at, chosen),
        others=others,
    )


def _rungs(ws: Workspace, election_: Election, contest: Contest) -> tuple[Rung, ...]:
    return ladder(election_.situation(contest, not_ready=elections.unready(ws, election_)))


def _next_position(ladders: Mapping[str, tuple[Rung, ...]]) -> str:
    return next((uid for uid, rungs in ladders.items() if here(rungs) is not None), next(iter(ladders)))


def _stand(rungs: tuple[Rung, ...]) -> str:
    """How far a position is: the state of its next step."""
    rung = here(rungs)
    return State.DONE if rung is None else rung.state


def _id(rung: Rung) -> str:
    return f"{rung.step} {rung.round}"


def _line(election_: Election, contest: Contest | None, rung: Rung) -> RungLine:
    return RungLine(
        _id(rung),
        election_words.title(contest, rung),
        rung.why or _detail(election_, contest, rung),
        rung.state,
        election_words.state(rung.state),
    )


def _detail(election_: Election, contest: Contest | None, rung: Rung) -> str:
    """What stands beside a step that is done: its figure or its time."""
    if contest is None or rung.state is not State.DONE:
        return ""
    at = contest.rounds[rung.round] if rung.round < len(contest.rounds) else None
    if rung.step is Step.RULES and (when := moment_of(election_.rules)):
        return moment(when)
    if rung.step is Step.ROLL:
        votes = ngettext("{number} vote", "{number} votes", election_.electorate.votes)
        return f"{votes.format(number=whole(election_.electorate.votes))} · {_groups(election_.electorate.hash)}"
    if rung.step is Step.NOMINATIONS:
        told = ngettext("{number} candidate", "{number} candidates", len(contest.standing))
        return told.format(number=whole(len(contest.standing)))
    if rung.step is Step.DECLARATION:
        return listed(contest.declared.get("names", ())) or _("nobody")
    if at is None:
        return ""
    return _of_round(contest, rung)


def _of_round(contest: Contest, rung: Rung) -> str:
    at = contest.rounds[rung.round]
    account = at.account
    if rung.step is Step.PAPERS:
        told = _("{printed} printed, {issued} issued, {unused} unused")
        return told.format(
            printed=whole(account.printed or 0), issued=whole(account.issued or 0), unused=whole(account.unused or 0)
        )
    if rung.step is Step.BOX and account.in_box is not None:
        return _("{number} in the box").format(number=whole(account.in_box))
    if rung.step is Step.COUNT and account.valid is not None:
        return _("{number} valid").format(number=whole(account.valid))
    return ""


def _groups(digest: str) -> str:
    return f"{digest[:4]} {digest[4:8]}"


# ---- planning ---------------------------------------------------------------------------------------------------


def beginning(ws: Workspace, engagement: str) -> StepForm | None:
    """What is asked to plan an election; None while there is no workshop whose roll could count."""
    held = workshops.workshops(ws, engagement)
    if not held:
        return None
    current = workshops.current(ws, engagement) or held[-1]
    asks = [
        Ask("title", AskKind.TEXT, _("Title"), hint=_("Office bearers of the association")),
        Ask("held_on", AskKind.DAY, _("Date"), max(current.starts, ws.today()).isoformat()),
        Ask(
            "workshop",
            AskKind.CHOICE,
            _("Workshop whose roll counts"),
            current.id,
            choices=tuple((one.id, one.title) for one in reversed(held)),
        ),
    ]
    stopped = elections.not_ready(ws, engagement, ws.today())
    if stopped:
        people_here = [(one.id, one.name) for one in persons_here.writers(ws, engagement)]
        asks.append(Ask("reason", AskKind.TEXT, _("Why the hosts go ahead")))
        asks += election_steps.second_person(ws, people_here)
    deed = DeedLine("begin", _("Plan the election"), main=True)
    return StepForm("", (deed,), tuple(asks), stopped)
