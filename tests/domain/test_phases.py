"""When each phase of an engagement opens, when it is complete, and what it lacks."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pitso.domain.facts import Agreement, Assessed, Election, Event, EventKind, Facts, Milestones, Peer, Track
from pitso.domain.phases import Phase, State, incomplete_before, phases, where_we_are

TODAY = date(2026, 9, 30)
DEMONSTRATION = Facts(
    milestones=Milestones(
        identification_begun=date(2025, 9, 15),
        proposed=date(2025, 9, 15),
        association_chosen=date(2025, 9, 29),
        association_accepted=date(2025, 10, 20),
        resources_covered=date(2025, 12, 2),
        feedback_final=date(2026, 1, 23),
        hosts_decided=date(2026, 3, 27),
        decided_to_found=date(2026, 3, 27),
        statutes_agreed=date(2026, 5, 27),
        statutes_settled=date(2026, 6, 17),
        association_founded=date(2026, 6, 18),
        plan_complete=date(2026, 8, 19),
        plan_adopted=date(2026, 8, 19),
        partner_met=date(2026, 9, 15),
        learning_begun=date(2026, 1, 23),
        learning_dated=date(2026, 8, 19),
    ),
    team=(
        *(Peer(f"PEER-{number}", trained_on=date(2025, 11, 12)) for number in range(1, 5)),
        Peer("PEER-5", trained_on=date(2026, 5, 6)),
    ),
    objective_signed={"host": date(2026, 2, 16), "supporting": date(2026, 2, 16)},
    assessments=(Assessed("AS-1", date(2026, 1, 22), coverage_on=date(2026, 1, 22)),),
    events=(
        Event(EventKind.VISIT, "Visit 1", date(2026, 1, 19), date(2026, 1, 23)),
        Event(
            EventKind.WORKSHOP,
            "Founding workshop",
            date(2026, 6, 17),
            date(2026, 6, 18),
            founding=True,
            planned_on=date(2026, 6, 2),
        ),
    ),
    elections=(Election("Office bearers", declared_on=date(2026, 6, 18)),),
    agreements=(Agreement("LALA - BALA", date(2029, 6, 18), signed_on=date(2026, 6, 19)),),
)
COMPLETE = {
    1: date(2025, 9, 15),
    2: date(2025, 10, 20),
    3: date(2026, 5, 6),
    4: date(2026, 1, 22),
    5: date(2026, 1, 23),
    6: date(2026, 3, 27),
    7: date(2026, 6, 17),
    8: date(2026, 6, 18),
    9: date(2026, 8, 19),
    10: date(2026, 9, 15),
    11: date(2026, 8, 19),
}


def phase(facts: Facts, number: int, today: date = TODAY) -> Phase:
    return phases(facts, today)[number - 1]


def with_milestones(**changed: Any) -> Facts:
    return replace(DEMONSTRATION, milestones=replace(DEMONSTRATION.milestones, **changed))


def test_the_demonstration_completed_eleven_phases_on_the_days_of_its_story() -> None:
    standing = phases(DEMONSTRATION, TODAY)
    assert {one.number: one.completed_on for one in standing if one.completed_on} == COMPLETE
    assert [one.state for one in standing[11:]] == [State.WAITING, State.WAITING]
    assert where_we_are(standing).number == 10


@pytest.mark.parametrize("number", COMPLETE)
def test_a_phase_is_complete_on_its_day_and_not_the_day_before(number: int) -> None:
    day = COMPLETE[number]
    assert phase(DEMONSTRATION, number, day).state is State.COMPLETE
    assert phase(DEMONSTRATION, number, day.replace(day=day.day - 1)).state is not State.COMPLETE


@pytest.mark.parametrize(
    ("number", "facts", "missing"),
    [
        (1, with_milestones(proposed=None), ("country proposed",)),
        (2, with_milestones(association_accepted=None), ("association accepted",)),
        (2, with_milestones(association_chosen=None), ("association chosen",)),
        (3, replace(DEMONSTRATION, team=DEMONSTRATION.team[:1]), ("team trained",)),
        (3, replace(DEMONSTRATION, team=(*DEMONSTRATION.team, Peer("PEER-6"))), ("team trained",)),
        (3, replace(DEMONSTRATION, objective_signed={"host": TODAY}), ("objective signed",)),
        (3, with_milestones(resources_covered=None), ("resources covered",)),
        (4, replace(DEMONSTRATION, assessments=()), ("ratings agreed",)),
        (5, with_milestones(feedback_final=None), ("feedback final",)),
        (6, with_milestones(hosts_decided=None), ("hosts decided",)),
        (7, with_milestones(statutes_settled=None), ("statutes settled",)),
        (7, with_milestones(statutes_agreed=None), ("statutes agreed",)),
        (8, replace(DEMONSTRATION, elections=()), ("result declared",)),
        (9, with_milestones(plan_complete=None), ("plan complete",)),
        (9, with_milestones(plan_adopted=None), ("plan adopted",)),
        (10, replace(DEMONSTRATION, agreements=()), ("agreement signed",)),
        (10, with_milestones(partner_met=None), ("partner met",)),
        (11, with_milestones(learning_dated=None), ("learning dated",)),
        (12, with_milestones(scaling_down=TODAY), ("exit answered", "closing signed")),
        (13, with_milestones(scaling_down=TODAY, checked=(TODAY,)), ("check after 6 months", "check after 12 months")),
    ],
)
def test_an_open_phase_says_what_it_lacks(number: int, facts: Facts, missing: tuple[str, ...]) -> None:
    found = phase(facts, number)
    assert found.missing == missing
    assert found.completed_on is None


def test_scaling_down_and_follow_up_are_complete_when_all_is_done() -> None:
    facts = with_milestones(
        scaling_down=date(2026, 9, 1),
        exit_answered=date(2026, 9, 2),
        closing_signed=date(2026, 9, 3),
        checked=(date(2026, 9, 4), date(2026, 9, 5), date(2026, 9, 6)),
    )
    assert phase(facts, 12).completed_on == date(2026, 9, 3)
    assert phase(facts, 13).completed_on == date(2026, 9, 6)


def test_an_exempt_peer_needs_no_training() -> None:
    facts = replace(DEMONSTRATION, team=(DEMONSTRATION.team[0], Peer("PEER-5", exempt=True)))
    assert phase(facts, 3).completed_on == date(2026, 2, 16)


def test_a_complete_phase_stays_complete_until_it_is_reopened() -> None:
    kept = replace(with_milestones(resources_covered=None), phases_kept={3: date(2026, 5, 6)})
    assert phase(kept, 3).completed_on == date(2026, 5, 6)
    reopened = replace(kept, phases_reopened={3: date(2026, 7, 1)})
    assert phase(reopened, 3).state is State.OPEN
    assert phase(reopened, 3, date(2026, 6, 30)).state is State.COMPLETE
    again = replace(reopened, phases_kept={3: date(2026, 8, 1)})
    assert phase(again, 3).completed_on == date(2026, 8, 1)


def test_we_are_in_the_lowest_open_phase() -> None:
    assert where_we_are(phases(DEMONSTRATION, date(2026, 4, 1))).number == 3
    assert where_we_are(phases(Facts(), TODAY)).number == 1


def test_partners_are_a_phase_of_their_own_only_from_phase_5_on() -> None:
    early = with_milestones(partner_met=date(2025, 12, 1))
    assert phase(early, 10, date(2026, 1, 21)).state is State.WAITING
    assert phase(early, 10, date(2026, 1, 22)).opened_on == date(2026, 1, 22)


def test_strengthening_needs_no_election_where_none_is_due() -> None:
    facts = replace(
        with_milestones(decided_to_found=None, decided_to_strengthen=date(2026, 3, 27), association_founded=None),
        track=Track.STRENGTHENING,
        election_due=False,
        elections=(),
        events=DEMONSTRATION.events[:1],
    )
    assert phase(facts, 7).completed_on == date(2026, 6, 17)
    assert phase(facts, 8).state is State.NOT_DUE
    assert phase(facts, 9).opened_on == date(2026, 6, 17)


def test_renewal_waits_to_be_planned_where_an_election_is_due() -> None:
    facts = replace(
        with_milestones(decided_to_found=None, decided_to_strengthen=date(2026, 3, 27), association_founded=None),
        track=Track.STRENGTHENING,
        elections=(),
        events=DEMONSTRATION.events[:1],
    )
    assert phase(facts, 8).state is State.WAITING
    assert phase(replace(facts, election_due=False, track=Track.FOUNDING), 8).state is State.WAITING


def test_strengthening_with_an_election_plans_after_it() -> None:
    strengthened = with_milestones(
        decided_to_found=None, decided_to_strengthen=date(2026, 3, 27), association_founded=None
    )
    facts = replace(strengthened, track=Track.STRENGTHENING)
    assert phase(facts, 9).opened_on == date(2026, 6, 18)
    assert phase(replace(facts, elections=()), 9).state is State.WAITING


def test_only_phases_before_it_stand_in_the_way_of_one() -> None:
    standing = phases(DEMONSTRATION, date(2026, 4, 1))
    assert [one.number for one in standing if one.state is State.OPEN] == [3, 7, 11]
    assert [one.number for one in incomplete_before(7, standing)] == [3]
    assert [one.number for one in incomplete_before(8, standing)] == [3, 7]
    assert incomplete_before(3, standing) == ()


def test_on_the_day_of_reopening_a_word_counts_and_the_facts_of_that_day_do_not() -> None:
    day = date(2026, 5, 6)
    assert phase(DEMONSTRATION, 3).completed_on == day
    reopened = replace(DEMONSTRATION, phases_reopened={3: day})
    assert phase(reopened, 3).state is State.OPEN, "the facts of that day came before"
    assert phase(replace(reopened, phases_kept={3: day}), 3).completed_on == day, "who noted it did so afterwards"


def test_founding_opens_when_it_is_planned_and_not_when_it_is_held() -> None:
    alone = replace(DEMONSTRATION, elections=())
    assert phase(alone, 8).opened_on == date(2026, 6, 2)
    assert phase(alone, 8, date(2026, 6, 1)).state is State.WAITING
    unplanned = replace(alone, events=tuple(replace(event, planned_on=None) for event in alone.events))
    assert phase(unplanned, 8).opened_on == date(2026, 6, 17)


def test_the_checks_of_the_follow_up_count_in_the_order_of_their_days() -> None:
    facts = with_milestones(scaling_down=date(2026, 1, 1), checked=(date(2026, 7, 1), date(2026, 4, 1)))
    assert phase(facts, 13, date(2026, 5, 1)).missing == ("check after 6 months", "check after 12 months")


@pytest.mark.parametrize("track", list(Track))
def test_statutes_begin_with_the_decision_that_belongs_to_the_track(track: Track) -> None:
    neither = replace(with_milestones(decided_to_found=None), track=track)
    assert phase(neither, 7).state is State.WAITING, "they decided, but for something else"
    name = "decided_to_found" if track is Track.FOUNDING else "decided_to_strengthen"
    decided = replace(with_milestones(**{"decided_to_found": None, name: date(2026, 3, 27)}), track=track)
    assert phase(decided, 7).opened_on == date(2026, 3, 27)
