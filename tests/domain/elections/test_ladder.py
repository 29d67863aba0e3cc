"""The ladder: what is next, what waits and why, what stops."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.elections.account import Account, Sum
from pitso.domain.elections.course import Kind, Stand
from pitso.domain.elections.ladder import (
    Candidate,
    Officer,
    Role,
    Round,
    Situation,
    State,
    Step,
    both,
    here,
    ladder,
    unfit,
)

ANA = Candidate("n1", "person/ana", "Ana", "X", "woman", "person/p", "person/s", True, "accepted")
BEN = replace(ANA, id="n2", person="person/ben", name="Ben")
OFFICERS = (Officer("person/r", "Rosa", Role.RETURNING), Officer("person/c", "Carl", Role.SCRUTINEER))
COUNTED = Account(100, 89, 1, 0, 11, 88, 86, 1, 1)
HELD = Round(Kind.FIRST, opened=True, account=COUNTED, account_made=True, entered=True)
READY = Situation(
    rules_frozen=True,
    roll_frozen=True,
    officers=OFFICERS,
    candidates=(ANA, BEN),
    nominations_opened=True,
    nominations_closed=True,
    order_drawn=True,
)
COUNTED_ONCE = replace(READY, rounds=(HELD,), stand=Stand.DECIDED, elected=1)


def next_of(now: Situation) -> tuple[Step, State] | None:
    rung = here(ladder(now))
    return (rung.step, rung.state) if rung else None


@pytest.mark.parametrize(
    ("now", "step", "state"),
    [
        (Situation(), Step.RULES, State.OPEN),
        (replace(READY, opened_before_rules=True), Step.RULES, State.STOPPED),
        (replace(READY, roll_frozen=False), Step.ROLL, State.OPEN),
        (replace(READY, roll_frozen=False, roll_faults=2), Step.ROLL, State.STOPPED),
        (replace(READY, officers=OFFICERS[:1]), Step.OFFICERS, State.OPEN),
        (
            replace(READY, officers=(*OFFICERS, Officer("person/ana", "Ana", Role.COUNTER))),
            Step.OFFICERS,
            State.STOPPED,
        ),
        (replace(READY, nominations_closed=False), Step.NOMINATIONS, State.OPEN),
        (replace(READY, candidates=()), Step.NOMINATIONS, State.STOPPED),
        (replace(READY, order_drawn=False), Step.ORDER, State.OPEN),
        (READY, Step.OPENING, State.OPEN),
        (replace(READY, not_ready=True), Step.OPENING, State.STOPPED),
        (replace(READY, rounds=(Round(Kind.FIRST, opened=True),), stand=Stand.VOTING), Step.PAPERS, State.OPEN),
        (replace(READY, rounds=(replace(HELD, in_doubt="Two."),), stand=Stand.VOTING), Step.OPENING, State.STOPPED),
        (replace(READY, rounds=(HELD,), stand=Stand.TIE), Step.LOT, State.OPEN),
        (replace(READY, rounds=(HELD,), stand=Stand.NEXT_ROUND), Step.OPENING, State.OPEN),
        (replace(COUNTED_ONCE, objections_open=1), Step.OBJECTIONS, State.STOPPED),
        (COUNTED_ONCE, Step.DECLARATION, State.OPEN),
        (replace(COUNTED_ONCE, in_doubt="Two."), Step.DECLARATION, State.STOPPED),
        (replace(COUNTED_ONCE, declared=True, changed_since=True), Step.DECLARATION, State.STOPPED),
        (replace(COUNTED_ONCE, declared=True), Step.OFFICE, State.OPEN),
        (replace(READY, candidates=(ANA,)), Step.DECLARATION, State.OPEN),
        (replace(READY, candidates=(ANA,), vote_on_one=True), Step.OPENING, State.OPEN),
    ],
)
def test_the_next_step_is_plain(now: Situation, step: Step, state: State) -> None:
    assert next_of(now) == (step, state)


@pytest.mark.parametrize(
    ("held", "step", "state"),
    [
        (replace(HELD, account_made=False), Step.PAPERS, State.OPEN),
        (replace(HELD, account=replace(COUNTED, in_box=None), entered=False), Step.BOX, State.OPEN),
        (replace(HELD, account=replace(COUNTED, in_box=87), entered=False), Step.BOX, State.STOPPED),
        (replace(HELD, entered=False), Step.ENTRY, State.OPEN),
        (replace(HELD, entered=False, differing=1), Step.ENTRY, State.STOPPED),
        (replace(HELD, entered=False, challenged=2), Step.ENTRY, State.STOPPED),
    ],
)
def test_a_round_goes_step_by_step(held: Round, step: Step, state: State) -> None:
    now = replace(READY, rounds=(held,), stand=Stand.DECIDED if held.entered else Stand.VOTING)
    assert next_of(now) == (step, state)


def test_an_explained_difference_lets_the_round_go_on() -> None:
    short = replace(COUNTED, in_box=87, valid=85, explained={Sum.BOX: "One was torn up."})
    assert next_of(replace(COUNTED_ONCE, rounds=(replace(HELD, account=short),))) == (Step.DECLARATION, State.OPEN)


def test_a_finished_position_has_nothing_next() -> None:
    assert next_of(replace(COUNTED_ONCE, declared=True, seated=1, handed_over=True)) is None
    assert next_of(replace(COUNTED_ONCE, elected=0, declared=True)) is None


def test_what_waits_says_which_step_comes_first() -> None:
    rungs = {rung.step: rung for rung in ladder(replace(READY, roll_frozen=False))}
    assert rungs[Step.OPENING].state is State.WAITING
    assert rungs[Step.OPENING].why == "First: Roll frozen."


def test_a_position_waits_for_the_one_before() -> None:
    rung = next(r for r in ladder(replace(READY, position_before="President")) if r.step is Step.OPENING)
    assert (rung.state, rung.why) == (State.WAITING, "First the position before: President.")


def test_without_a_contest_no_round_is_held() -> None:
    steps = [rung.step for rung in ladder(replace(READY, candidates=(ANA,)))]
    assert Step.OPENING not in steps
    assert Step.ORDER not in steps


def test_an_observer_may_stand_and_whoever_withdrew_may_count() -> None:
    watching = Officer("person/ana", "Ana", Role.OBSERVER)
    counting = Officer("person/ana", "Ana", Role.COUNTER)
    assert both([watching], [ANA]) == ()
    assert both([counting], [ANA]) == ("Ana",)
    assert both([counting], [replace(ANA, withdrawn=True)]) == ()
    assert both([counting], [replace(ANA, ruling="refused")]) == ()


@pytest.mark.parametrize(
    ("candidate", "told"),
    [
        (ANA, ""),
        (replace(ANA, proposer="", consent=False), "It lacks: a proposer, the consent."),
        (replace(ANA, person="person/x"), "Ana is not on the roll."),
        (replace(ANA, seconder="person/p"), "Candidate, proposer and seconder must be three different people."),
        (replace(ANA, proposer="person/ana"), "Candidate, proposer and seconder must be three different people."),
        (replace(ANA, seconder="person/x"), "Proposer and seconder must be on the roll."),
        (replace(ANA, person="person/r"), "Ana cannot be a candidate and hold the election."),
    ],
)
def test_who_cannot_be_accepted_is_told_why(candidate: Candidate, told: str) -> None:
    roll = ["person/ana", "person/p", "person/s", "person/r"]
    assert unfit(replace(READY, candidates=()), candidate, roll) == told


switches = st.fixed_dictionaries(
    {
        name: st.booleans()
        for name in (
            *("rules_frozen", "roll_frozen", "nominations_closed", "order_drawn", "declared", "changed_since"),
            *("vote_on_one", "handed_over", "not_ready", "opened_before_rules"),
        )
    }
)
figures = st.sampled_from([None, 0, 1, 88])
accounts = st.builds(Account, figures, figures, figures, figures, figures, figures, figures, figures, figures)
rounds = st.lists(
    st.builds(
        Round,
        st.sampled_from(list(Kind)),
        st.booleans(),
        accounts,
        st.booleans(),
        st.booleans(),
        st.integers(0, 1),
        st.integers(0, 1),
        st.sampled_from(["", "Two laptops."]),
    ),
    max_size=2,
).map(tuple)


@given(switches=switches, rounds=rounds, stand=st.sampled_from(list(Stand)), objections=st.integers(0, 1))
def test_nothing_is_open_below_a_step_that_is_not_sound(
    switches: dict[str, bool], rounds: tuple[Round, ...], stand: Stand, objections: int
) -> None:
    now = replace(READY, rounds=rounds, stand=stand, objections_open=objections, elected=1, **switches)  # type: ignore[arg-type]
    rungs = ladder(now)
    active = [rung for rung in rungs if rung.state in (State.OPEN, State.STOPPED) and rung.step is not Step.OFFICERS]
    assert len(active) <= 1
    for rung in rungs:
        assert (rung.state in (State.WAITING, State.STOPPED)) == bool(rung.why)
