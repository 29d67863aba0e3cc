"""Rules about elections and votes: their order, their papers, their quorum."""

from datetime import date, datetime

from pitso.domain.facts import Election, Facts
from pitso.domain.warnings.warning import Settings, Severity, Warning
from pitso.words import listed


def rules_late(facts: Facts, _today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W13: nominations came before the rules, the roll was open at the vote, or a candidate acts as official."""
    return tuple(
        Warning(
            "W13",
            Severity.STOP,
            case,
            since.date() if since else None,
            election.name,
            {"name": election.name, "both": listed(election.both)},
            election.record,
        )
        for election in facts.elections
        for case, since in _faults(election)
    )


def _faults(election: Election) -> list[tuple[str, datetime | None]]:
    found: list[tuple[str, datetime | None]] = []
    if _before(election.nominations_opened, election.rules_adopted):
        found.append(("nominations", election.nominations_opened))
    if _before(election.vote_opened, election.roll_closed):
        found.append(("roll", election.vote_opened))
    if election.both:
        found.append(("official", None))
    return found


def _before(what: datetime | None, needed: datetime | None) -> bool:
    """Did *what* happen before what was *needed* for it?"""
    return what is not None and (needed is None or what < needed)


def ballots_do_not_add_up(facts: Facts, _today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W14: the account of the papers does not come out, and nobody has explained it: nothing is declared before."""
    return tuple(
        Warning(
            "W14", Severity.STOP, "papers", None, one.name, {"name": one.name, "number": one.differences}, one.record
        )
        for one in facts.ballots
        if one.differences and not one.explained and not one.declared
    )


def no_quorum(facts: Facts, today: date, _settings: Settings) -> tuple[Warning, ...]:
    """W15: fewer of those entitled were present than a vote or resolution needs."""
    return tuple(
        Warning(
            "W15",
            Severity.STOP,
            "quorum",
            one.on,
            one.name,
            {"name": one.name, "present": one.present, "quorum": one.quorum},
            one.record,
        )
        for one in facts.decided
        if one.on <= today and one.present < one.quorum
    )
