"""The 13 phases of an engagement: when each opens, when it is complete, and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pitso.domain.facts import HOST, SUPPORTING, EventKind, Facts, Track

SCALING_DOWN, FOLLOW_UP = 12, 13
LEAST_TEAM = 2
FIRST_FOR_PARTNERS = 5
"""Partners may be looked for from this phase on."""


class State(StrEnum):
    """Where one phase stands."""

    WAITING = "not opened"
    OPEN = "open"
    COMPLETE = "complete"
    NOT_DUE = "not due"


@dataclass(frozen=True)
class Need:
    """One thing that completes a phase: its code, and the day on which it was met."""

    code: str
    met_on: date | None


@dataclass(frozen=True)
class Phase:
    """One phase as it stands on a day; *missing* are the codes of what is still to do."""

    number: int
    state: State
    opened_on: date | None
    completed_on: date | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Rule:
    opens: Callable[[Facts], date | None]
    needs: Callable[[Facts], tuple[Need, ...]]


def phases(facts: Facts, today: date) -> tuple[Phase, ...]:
    """All phases as they stood on the day *today*; several may be open at once."""
    return tuple(_phase(number, rule, facts, today) for number, rule in RULES.items())


def where_we_are(standing: tuple[Phase, ...]) -> Phase:
    """The lowest open phase, else the one completed last; the first phase while there is nothing."""
    opened = [phase for phase in standing if phase.state is State.OPEN]
    if opened:
        return opened[0]
    done = [phase for phase in standing if phase.completed_on is not None]
    return max(done, key=lambda phase: (phase.completed_on or date.min, phase.number), default=standing[0])


def _phase(number: int, rule: _Rule, facts: Facts, today: date) -> Phase:
    opened = _by(_first(rule.opens(facts), facts.phases_opened.get(number)), today)
    needs = rule.needs(facts)
    missing = tuple(need.code for need in needs if _by(need.met_on, today) is None)
    completed = _completed(number, needs, facts, today) if opened or number in facts.phases_kept else None
    state = State.COMPLETE if completed else State.OPEN if opened else State.WAITING
    if number == 8 and facts.track is Track.STRENGTHENING and not facts.election_due and not completed:
        state, missing = State.NOT_DUE, ()
    return Phase(number, state, opened, completed, () if completed else missing)


def incomplete_before(number: int, standing: tuple[Phase, ...]) -> tuple[Phase, ...]:
    """The earlier phases that are neither complete nor not due: whoever goes on to *number* leaves them behind."""
    settled = (State.COMPLETE, State.NOT_DUE)
    return tuple(phase for phase in standing if phase.number < number and phase.state not in settled)


def _completed(number: int, needs: tuple[Need, ...], facts: Facts, today: date) -> date | None:
    """When the phase was complete, unless it was re-opened since."""
    kept = _by(facts.phases_kept.get(number), today)
    met = [day for need in needs if (day := _by(need.met_on, today)) is not None]
    by_facts = max(met) if needs and len(met) == len(needs) else None
    reopened = _by(facts.phases_reopened.get(number), today)
    if reopened is not None:  # who noted it on the same day did so afterwards; the facts of that day came before
        kept = kept if kept is not None and kept >= reopened else None
        by_facts = by_facts if by_facts is not None and by_facts > reopened else None
    return _first(kept, by_facts)


def _by(day: date | None, today: date) -> date | None:
    """*day*, if it had come on *today*."""
    return day if day is not None and day <= today else None


def _first(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _last(days: list[date | None]) -> date | None:
    """The day on which the last of these was met; None while one is missing, or none is asked."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


# ---- the phases -----------------------------------------------------------------------------------------------


def _platform(facts: Facts) -> tuple[Need, ...]:
    team = facts.team
    trained = _last([_by_training(peer.trained_on, exempt=peer.exempt, facts=facts) for peer in team])
    return (
        Need("team trained", trained if len(team) >= LEAST_TEAM else None),
        Need("objective signed", _last([facts.objective_signed.get(side) for side in (HOST, SUPPORTING)])),
        Need("resources covered", facts.milestones.resources_covered),
    )


def _by_training(trained_on: date | None, *, exempt: bool, facts: Facts) -> date | None:
    """An exemption holds from the choice of the association on."""
    return trained_on or (facts.milestones.association_chosen if exempt else None)


def _first_visit(facts: Facts) -> date | None:
    return _first(*(event.starts for event in facts.events if event.kind is EventKind.VISIT))


def _assessed(facts: Facts) -> date | None:
    return _first(*(one.coverage_on for one in facts.assessments))


def _founding_planned(facts: Facts) -> date | None:
    """When the founding session or an election was planned: known from the records of both."""
    days = [event.planned_on or event.starts for event in facts.events if event.founding]
    return _first(*days, *(election.planned_on for election in facts.elections))


def _declared(facts: Facts) -> date | None:
    return _first(*(election.declared_on for election in facts.elections))


def _plan_opens(facts: Facts) -> date | None:
    if facts.track is Track.FOUNDING:
        return facts.milestones.association_founded
    return _declared(facts) if facts.election_due else _structured(facts)


def _structured(facts: Facts) -> date | None:
    return _last([facts.milestones.statutes_settled, facts.milestones.statutes_agreed])


def _partners_open(facts: Facts) -> date | None:
    """As soon as somebody does something for it, but not before phase 5."""
    begun = _first(facts.milestones.partner_met, *(one.signed_on for one in facts.agreements))
    from_phase_5 = RULES[FIRST_FOR_PARTNERS].opens(facts)
    return max(begun, from_phase_5) if begun and from_phase_5 else None


def _checks(facts: Facts) -> tuple[Need, ...]:
    done = sorted(facts.milestones.checked)
    return tuple(
        Need(f"check after {months} months", done[place] if place < len(done) else None)
        for place, months in enumerate((3, 6, 12))
    )


RULES: dict[int, _Rule] = {
    1: _Rule(
        lambda f: f.milestones.identification_begun,
        lambda f: (Need("country proposed", f.milestones.proposed),),
    ),
    2: _Rule(
        lambda f: f.milestones.proposed,
        lambda f: (
            Need("association chosen", f.milestones.association_chosen),
            Need("association accepted", f.milestones.association_accepted),
        ),
    ),
    3: _Rule(lambda f: f.milestones.association_chosen, _platform),
    4: _Rule(_first_visit, lambda f: (Need("ratings agreed", _assessed(f)),)),
    5: _Rule(_assessed, lambda f: (Need("feedback final", f.milestones.feedback_final),)),
    6: _Rule(
        lambda f: f.milestones.feedback_final,
        lambda f: (Need("hosts decided", f.milestones.hosts_decided),),
    ),
    7: _Rule(
        lambda f: f.milestones.decided_to_found if f.track is Track.FOUNDING else f.milestones.decided_to_strengthen,
        lambda f: (
            Need("statutes settled", f.milestones.statutes_settled),
            Need("statutes agreed", f.milestones.statutes_agreed),
        ),
    ),
    8: _Rule(_founding_planned, lambda f: (Need("result declared", _declared(f)),)),
    9: _Rule(
        _plan_opens,
        lambda f: (
            Need("plan complete", f.milestones.plan_complete),
            Need("plan adopted", f.milestones.plan_adopted),
        ),
    ),
    10: _Rule(
        _partners_open,
        lambda f: (
            Need("agreement signed", _first(*(one.signed_on for one in f.agreements))),
            Need("partner met", f.milestones.partner_met),
        ),
    ),
    11: _Rule(
        lambda f: f.milestones.learning_begun,
        lambda f: (Need("learning dated", f.milestones.learning_dated),),
    ),
    SCALING_DOWN: _Rule(
        lambda f: f.milestones.scaling_down,
        lambda f: (
            Need("exit answered", f.milestones.exit_answered),
            Need("closing signed", f.milestones.closing_signed),
        ),
    ),
    FOLLOW_UP: _Rule(lambda f: f.milestones.scaling_down, _checks),
}
"""What opens and completes each phase, by its number."""
