"""Elections for the command line: as lines, and as plain values that a script can check."""

from collections.abc import Iterable
from typing import Any

from pitso.domain.elections.ladder import here, ladder
from pitso.services import contests, election_words, elections
from pitso.services.contests import Contest, Election, HeldRound
from pitso.services.workspace import Workspace
from pitso.words import _, day, listed, whole


def _all(ws: Workspace) -> Iterable[Election]:
    for engagement in ws.journal.records("engagement/"):
        for uid in contests.elections(ws, engagement):
            yield contests.load(ws, uid)


def as_json(ws: Workspace) -> list[dict[str, Any]]:
    """Every election with its positions; a round that is in doubt tells no figures, an undeclared one no winners."""
    return [
        {
            "election": one.title,
            "held_on": one.held_on.isoformat(),
            "roll": {"votes": one.electorate.votes, "hash": one.electorate.hash},
            "positions": [_position(ws, one, contest) for contest in one.contests],
        }
        for one in _all(ws)
    ]


def _position(ws: Workspace, one: Election, contest: Contest) -> dict[str, Any]:
    rung = here(ladder(one.situation(contest, not_ready=elections.unready(ws, one))))
    counts = contest.count_of if not one.situation(contest).in_doubt else [None] * len(contest.rounds)
    return {
        "position": contest.title,
        "rule": contest.rule.value,
        "places": contest.places,
        "candidates": [candidate.name for candidate in contest.standing],
        "next": rung.step.value if rung else None,
        "why": rung.why if rung else "",
        "rounds": [
            _round(held, count.as_json() if count else None) for held, count in zip(contest.rounds, counts, strict=True)
        ],
        "declared": list(contest.declared.get("names", ())) if contest.declared else None,
    }


def _round(held: HeldRound, count: dict[str, Any] | None) -> dict[str, Any]:
    account = held.account
    return {
        "kind": held.kind.value,
        "printed": account.printed,
        "issued": account.issued,
        "handed_back": account.handed_back,
        "not_returned": account.not_returned,
        "unused": account.unused,
        "in_box": account.in_box,
        "valid": account.valid,
        "blank": account.blank,
        "rejected": account.rejected,
        "differences": {which.value: by for which, by in account.differences.items()},
        "count": count,
    }


def as_text(ws: Workspace) -> list[str]:
    """Every election as lines."""
    lines = [line for one in _all(ws) for line in _lines(ws, one)]
    return lines or [_("There is no election.")]


def _lines(ws: Workspace, one: Election) -> Iterable[str]:
    yield f"{one.title}, {day(one.held_on)}"
    for contest in one.contests:
        rung = here(ladder(one.situation(contest, not_ready=elections.unready(ws, one))))
        stand = election_words.title(contest, rung) if rung else _("done")
        names = listed(contest.declared.get("names", ())) if contest.declared else ""
        rounds = _("rounds: {number}").format(number=whole(len(contest.rounds)))
        told = (contest.title, rounds, stand, rung.why if rung else "", names)
        yield "  " + " · ".join(part for part in told if part)
