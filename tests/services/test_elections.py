"""An election from its rules to the holder of office: what must hold at each step, and what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pitso.domain.elections.account import Sum
from pitso.domain.elections.course import Kind, Stand
from pitso.domain.elections.entries import Keyed, Reason
from pitso.domain.elections.ladder import Role, State, Step
from pitso.domain.elections.slate import Condition, Judgement, Sort
from pitso.domain.trouble import Trouble
from pitso.services import (
    contests,
    declarations,
    differences,
    differing,
    display,
    election_display,
    election_pages,
    elections,
    entry_views,
    keying,
    nominations,
    people,
    presence,
    proxies,
    receiving,
    rounds,
    sending,
    warnings,
    workspace,
)
from pitso.services.workspace import Workspace
from tests.services.conftest import the_engagement
from tests.services.election_room import FIGURES, PIN, Assembly, crosses, tamper

PRESIDENT = {"title": "President", "rule": "majority"}
TREASURER = {"title": "Treasurer", "rule": "plurality"}


def next_step(room: Assembly, place: int = 0) -> tuple[Step, State]:
    view = election_pages.election(room.ws, room.uid, position=room.contest(place).id)
    rung = next(one for one in view.rungs if one.state in (State.OPEN, State.STOPPED))
    return Step(rung.id.split()[0]), rung.state


def refused(match: str) -> "pytest.RaisesExc[Trouble]":
    return pytest.raises(Trouble, match=match)


# ---- the story of the demonstration -----------------------------------------------------------------------------


def test_the_three_elections_of_the_story_have_the_figures_of_the_table(demo: Workspace) -> None:
    (uid,) = contests.elections(demo, the_engagement(demo))
    election = contests.load(demo, uid)
    table = json.loads(Path("resources/demonstration/elections.json").read_text(encoding="utf-8"))
    for contest, told in zip(election.contests, table, strict=True):
        held = told["rounds"] if "in_box" in told["rounds"][0] else [told]
        assert len(contest.rounds) == len(held)
        for one, figures in zip(contest.rounds, held, strict=True):
            account = one.account
            assert (account.printed, account.issued, account.handed_back, account.unused, account.in_box) == tuple(
                figures[name] for name in ("ballots_printed", "issued", "spoilt_and_replaced", "unused", "in_box")
            )
            assert account.valid == figures["valid"]
            assert (account.blank or 0) + (account.rejected or 0) == figures["invalid"]
            assert set(account.differences.values()) == {0}
        by_letter = {letter: said.partition(" (")[0] for letter, said in told["candidates"].items()}
        for count, figures in zip(contest.count_of, held, strict=True):
            assert count is not None
            tallies = figures.get("rounds", [figures])
            for stage, tally in zip(count.stages, tallies, strict=True):
                wanted = {by_letter[letter]: votes for letter, votes in tally["tally"].items()}
                assert {name: stage.votes[name] for name in wanted} == wanted
        assert contest.declared["names"] == [next(one.name for one in election.winners(contest))]
    names = [contest.declared["names"][0] for contest in election.contests]
    assert names == ["Refiloe Koro-Naleli", "Palesa Poone-Pula", "Neo Thaba-Koro"]
    assert [one.judgement for one in election.judged()] == [Judgement.MET] * 3
    assert election.electorate.votes == 90
    assert election.contests[0].rounds[0].opened["present"] == 88
    assert contests.load(demo, uid).contests[1].count_of[0].stages[-1].nontransferable == 4  # type: ignore[union-attr]


def test_every_step_of_the_story_is_done_and_nothing_was_changed_since(demo: Workspace) -> None:
    (uid,) = contests.elections(demo, the_engagement(demo))
    for contest in contests.load(demo, uid).contests:
        view = election_pages.election(demo, uid, position=contest.id)
        assert {rung.state for rung in view.rungs} == {State.DONE}
    assert demo.journal.scratch("") == {}


# ---- before the vote --------------------------------------------------------------------------------------------


def test_nominations_wait_for_the_rules_and_the_rules_do_not_change_any_more(room: Assembly) -> None:
    room.plan(PRESIDENT, adopted=False)
    with refused("only after the assembly has adopted"):
        elections.open_nominations(room.ws, room.uid)
    elections.adopt_rules(room.ws, room.uid, how="by consensus")
    elections.open_nominations(room.ws, room.uid)
    deeds: list[Callable[[], object]] = [
        lambda: elections.add_position(room.ws, room.uid, title="Secretary", rule="plurality"),
        lambda: elections.drop_position(room.ws, room.contest().id),
        lambda: elections.set_conditions(room.ws, room.uid, [Condition(Sort.WOMEN)]),
        lambda: elections.adopt_rules(room.ws, room.uid, how="again"),
    ]
    for deed in deeds:
        with refused("do not change any more"):
            deed()


@pytest.mark.parametrize(
    ("position", "told"),
    [
        ({"title": "President", "rule": "majority", "places": 2}, "fills one place"),
        ({"title": "Council", "rule": "block", "places": 0}, "number of places"),
        ({"title": "Council", "rule": "block", "places": 10_000}, "number of places"),
        ({"title": "Council", "rule": "block", "places": -1}, "number of places"),
        ({"title": "Council", "rule": "lottery"}, "no rule of counting"),
        ({"title": "  ", "rule": "irv"}, "is missing"),
        ({"title": "Council", "rule": "block", "places": 2, "least_women": 3}, "more places than there are"),
    ],
)
def test_a_position_that_cannot_be_filled_is_refused(room: Assembly, position: dict[str, object], told: str) -> None:
    room.plan(adopted=False)
    with refused(told):
        elections.add_position(room.ws, room.uid, **position)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["majority", "irv", "stv-scotland", "stv-ers97"])
def test_a_minimum_is_not_adopted_for_a_rule_which_could_not_keep_it(room: Assembly, rule: str) -> None:
    room.plan(adopted=False)
    with refused("for rules of most votes only"):
        elections.add_position(room.ws, room.uid, title="Council", rule=rule, least_women=1)


def test_several_places_are_not_voted_on_with_yes_or_no(room: Assembly) -> None:
    room.plan({"title": "Council", "rule": "block", "places": 2, "vote_on_one": True})
    assert not room.contest().vote_on_one


def test_planning_an_unready_election_needs_the_hosts_and_a_second_person(room: Assembly) -> None:
    plain = {"title": "Office bearers", "held_on": room.ws.today()}
    with refused("Readiness is not established"):
        elections.begin(room.ws, room.engagement, room.workshop, **plain)  # type: ignore[arg-type]
    with refused("not the PIN"):
        second = {"reason": "We do.", "second": room.people["scrutineer"], "pin": "1111"}
        elections.begin(room.ws, room.engagement, room.workshop, **plain, **second)  # type: ignore[arg-type]
    assert contests.elections(room.ws, room.engagement) == ()


def test_a_candidate_holds_no_election_and_an_officer_does_not_stand(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1, close=False)
    with refused("cannot be a candidate and hold the election"):
        elections.appoint(room.ws, room.uid, room.voters[0], Role.COUNTER)
    elections.appoint(room.ws, room.uid, room.voters[2], Role.COUNTER)
    made = nominations.nominate(
        room.ws,
        room.contest().id,
        person=room.voters[2],
        proposer=room.voters[10],
        seconder=room.voters[11],
        consent=True,
    )
    with refused("cannot be a candidate and hold the election"):
        nominations.rule(room.ws, made.record, ruling=nominations.ACCEPTED)


def test_there_is_one_returning_officer_and_whoever_withdrew_may_hold_the_election(room: Assembly) -> None:
    room.plan(PRESIDENT)
    with refused("There is a returning officer already"):
        elections.appoint(room.ws, room.uid, room.voters[9], Role.RETURNING)
    with refused("has that role already"):
        elections.appoint(room.ws, room.uid, room.people["counter"], Role.COUNTER)
    room.nominate(0, 1, close=False)
    nominations.withdraw(room.ws, next(one.id for one in room.contest().candidates if one.name == "Voter 00"))
    elections.appoint(room.ws, room.uid, room.voters[0], Role.COUNTER)


def test_two_candidates_do_not_bear_one_name_and_whoever_withdrew_may_be_nominated_again(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1, close=False)
    with refused("Two candidates bear the same name"):
        nominations.nominate(room.ws, room.contest().id, person=room.voters[2], name=" Voter  00 ")
    nominations.withdraw(room.ws, next(one.id for one in room.contest().candidates if one.name == "Voter 00"))
    nominations.nominate(room.ws, room.contest().id, person=room.voters[0], name="Voter 00, Council A")


def test_the_order_on_the_paper_names_everybody_once(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1, 2)
    ids = [one.id for one in room.contest().standing]
    for order in (ids[:2], [*ids, ids[0]], [ids[0], ids[0], ids[1]]):
        with refused("must name every candidate once"):
            nominations.draw_order(room.ws, room.contest().id, order=order)


def test_only_the_returning_officer_rules(room: Assembly) -> None:
    room.plan(PRESIDENT)
    with room.writing("leader"), refused("Only the returning officer"):
        elections.open_nominations(room.ws, room.uid)


def test_a_nomination_is_ruled_on_when_it_is_complete(room: Assembly) -> None:
    room.plan(PRESIDENT)
    elections.open_nominations(room.ws, room.uid)
    contest = room.contest().id
    made = nominations.nominate(room.ws, contest, person=room.voters[0]).record
    with refused("It lacks: a proposer, a seconder, the consent"):
        nominations.rule(room.ws, made, ruling=nominations.ACCEPTED)
    with refused("not ruled on: Voter 00"):
        elections.close_nominations(room.ws, room.uid)
    nominations.complete(room.ws, made, proposer=room.voters[10], seconder=room.voters[11], consent=True)
    nominations.rule(room.ws, made, ruling=nominations.ACCEPTED)
    with refused("is nominated for this position already"):
        nominations.nominate(room.ws, contest, person=room.voters[0])
    stranger = people.add_person(room.ws, name="A stranger").record
    other = nominations.nominate(
        room.ws, contest, person=stranger, proposer=room.voters[10], seconder=room.voters[11], consent=True
    ).record
    with refused("is not on the roll"):
        nominations.rule(room.ws, other, ruling=nominations.ACCEPTED)
    with refused("The reason is missing"):
        nominations.rule(room.ws, other, ruling=nominations.REFUSED)
    nominations.rule(room.ws, other, ruling=nominations.REFUSED, reason="Not on the roll.")
    elections.close_nominations(room.ws, room.uid)
    assert [one.name for one in room.contest().standing] == ["Voter 00"]


def test_a_single_candidate_is_elected_without_a_vote_or_voted_on_as_the_rules_say(room: Assembly) -> None:
    room.plan(PRESIDENT, {**TREASURER, "vote_on_one": True})
    room.nominate(0, close=False)
    room.nominate(1, place=1)
    assert next_step(room) == (Step.DECLARATION, State.OPEN)
    room.declare()
    room.vote(crosses(5, 6), place=1)
    contest = room.contest(1)
    assert contest.rounds[0].kind is Kind.CONFIRMATION
    assert room.election.winners(contest) == ()
    assert contest.course.stand is Stand.DECIDED


def test_whoever_withdraws_in_time_does_not_stand_and_later_stays_on_the_paper(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1, 2)
    nominations.withdraw(room.ws, room.contest().candidates[0].id)
    assert next_step(room) == (Step.ORDER, State.OPEN)
    nominations.draw_order(room.ws, room.contest().id, order=[one.id for one in room.contest().standing])
    room.open()
    with refused("stands on them"):
        nominations.withdraw(room.ws, room.contest().standing[0].id)


# ---- a round ----------------------------------------------------------------------------------------------------


def test_no_vote_opens_without_a_quorum(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    for one in presence.present(room.ws, room.workshop)[:6]:
        presence.turn(room.ws, one.id)
    with refused(r"There is no quorum \(W15\)"):
        room.open()
    assert room.contest().held == ()


def test_a_round_is_opened_once(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    room.open()
    with refused("Look at the ladder"):
        room.open()


def test_the_account_comes_before_the_box_and_is_not_changed_any_more(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    with refused("after the account"):
        rounds.count_box(room.ws, uid, 12)
    with refused("A figure of the account is missing"):
        rounds.make_account(room.ws, uid)
    room.account(uid)
    with refused("not changed any more"):
        rounds.keep_figures(room.ws, uid, {"printed": 21})


@pytest.mark.parametrize(
    ("figures", "because", "told"),
    [
        ({"printed": -1}, "", "less than nothing"),
        ({"printed": 10**9}, "", "any hall"),
        ({"issued": 3, "handed_back": 4, "not_returned": 0}, "", "More papers were handed back"),
        ({"issued": 12, "handed_back": 0, "not_returned": 1}, "", "nobody says why"),
        ({"issued": 13, "handed_back": 0}, "", "only 12 votes are on the roll"),
    ],
)
def test_figures_that_cannot_be_are_refused(room: Assembly, figures: dict[str, int], because: str, told: str) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    with refused(told):
        rounds.keep_figures(room.ws, uid, figures, because=because)
    assert "figures" not in room.ws.journal.record(uid)


def test_a_sum_that_does_not_come_out_is_explained_and_stays(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    rounds.keep_figures(room.ws, uid, {"printed": 21, "issued": 12, "handed_back": 0, "not_returned": 0, "unused": 8})
    with refused("Printed is not issued and unused"):
        rounds.make_account(room.ws, uid)
    rounds.explain(room.ws, uid, Sum.PRINTED, "One was torn in the printer.")
    rounds.make_account(room.ws, uid)
    rounds.count_box(room.ws, uid, 11)
    assert next_step(room) == (Step.BOX, State.STOPPED)
    rounds.explain(room.ws, uid, Sum.BOX, "A voter took the paper away.")
    room.key(uid, crosses(6, 5))
    keying.close_box(room.ws, uid)
    room.declare()
    held = room.contest().rounds[0]
    assert held.account.differences == {Sum.PRINTED: 1, Sum.BOX: -1, Sum.SORTED: 0}
    with refused("The result was declared"):
        rounds.explain(room.ws, uid, Sum.BOX, "Nothing was wrong.")


def test_what_comes_out_is_not_explained(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    for which in (Sum.PRINTED, Sum.BOX):
        with refused("nothing to explain"):
            rounds.explain(room.ws, uid, which, "For no reason.")


def test_a_round_is_made_void_by_two_and_only_before_its_result_is_declared(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    with refused("not the PIN"):
        rounds.void(room.ws, uid, reason="A paper too many.", second=room.people["scrutineer"], pin="1111")
    with refused("must be a scrutineer"):
        rounds.void(room.ws, uid, reason="A paper too many.", second=room.people["counter"], pin=PIN)
    with refused("not entered yet"):
        rounds.recount(room.ws, uid, reason="To be sure.")
    room.account(uid)
    room.key(uid, crosses(7, 5))
    keying.close_box(room.ws, uid)
    room.declare()
    with refused("The result was declared"):
        rounds.void(room.ws, uid, reason="A paper too many.", second=room.people["scrutineer"], pin=PIN)


def test_more_papers_than_voters_never_count(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    with refused("There are 13 papers and only 12 voters"):
        rounds.count_box(room.ws, uid, 13)
    with refused("any hall"):
        rounds.count_box(room.ws, uid, 10**12)
    rounds.void(room.ws, uid, reason="A paper too many.", second=room.people["scrutineer"], pin=PIN)
    room.vote(crosses(7, 5))
    assert [one.number for one in room.contest().rounds] == [2]
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 00"]


def test_two_entries_are_made_by_two_people_who_do_not_stand(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    with room.writing(room.voters[0]), refused("is a candidate and keys no papers"):
        keying.key_paper(room.ws, uid, 1, Keyed((1,)))
    with room.writing("counter"):
        keying.key_paper(room.ws, uid, 1, Keyed((1,)))
        with refused("made by two people"):
            keying.key_paper(room.ws, uid, 2, Keyed((1,)))
    with room.writing("other"), refused("began this entry"):
        keying.key_paper(room.ws, uid, 1, Keyed((1,)))
    with refused("Not both entries were ended"):
        keying.close_box(room.ws, uid)


@pytest.mark.parametrize("marks", [(3,), (-1,), ((1, 9),), (10_000,)])
def test_a_mark_for_nobody_is_refused(room: Assembly, marks: tuple[int, ...]) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    with room.writing("counter"), refused("A paper names candidate"):
        keying.key_paper(room.ws, uid, 1, Keyed(marks))


def test_what_differs_is_looked_at_paper_by_paper(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid, in_box=3, issued=3, unused=17)
    room.key(uid, [Keyed((1,)), Keyed((2,)), Keyed((1,))], [Keyed((1,)), Keyed((1,)), Keyed((1,))])
    with refused("still differ in 1 place"):
        keying.close_box(room.ws, uid)
    (difference,) = entry_views.entry(room.ws, uid).differences
    assert (difference.title, difference.first, difference.second) == ("Paper 2", "Voter 01", "Voter 00")
    keying.agree(room.ws, uid, 0, Keyed((2,)))
    keying.close_box(room.ws, uid)
    box = room.contest().rounds[0].ballots
    assert box is not None
    assert dict(box.papers) == {(1,): 2, (2,): 1}


def test_an_entry_that_was_ended_or_is_far_too_long_takes_no_paper(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid, in_box=2, issued=2, unused=18)
    with room.writing("counter"):
        for _paper in range(2 + keying.SLACK):
            keying.key_paper(room.ws, uid, 1, Keyed((1,)))
        with refused("More papers were keyed than are in the box: 22"):
            keying.key_paper(room.ws, uid, 1, Keyed((1,)))
        keying.take_back(room.ws, uid, 1)
        keying.end_entry(room.ws, uid, 1)
        with refused("This entry was ended"):
            keying.key_paper(room.ws, uid, 1, Keyed((1,)))
        with refused("no paper to take back"):
            keying.take_back(room.ws, uid, 1)
        keying.end_entry(room.ws, uid, 1, done=False)
        keying.take_back(room.ws, uid, 1)
    with refused("The entry has begun"):
        keying.choose_way(room.ws, uid, tally=True)
    keying.begin_anew(room.ws, uid, 1)
    keying.choose_way(room.ws, uid, tally=True)


def test_the_returning_officer_closes_the_box(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid, in_box=2, issued=2, unused=18)
    room.key(uid, crosses(1, 1))
    with room.writing("counter"), refused("Only the returning officer"):
        keying.close_box(room.ws, uid)
    assert room.contest().rounds[0].ballots is None


def test_a_second_ballot_bears_one_mark_whatever_the_rule(room: Assembly) -> None:
    room.plan({"title": "Council", "rule": "stv-scotland", "places": 2, "tie": "second ballot"})
    room.nominate(0, 1, 2, 3)
    room.vote([Keyed((number,)) for number in (1, 2, 3, 4)])
    assert next_step(room) == (Step.OPENING, State.OPEN)
    uid = room.open()
    one = rounds.held(room.ws, uid)[2]
    assert one.kind is Kind.SECOND_BALLOT
    assert keying.blank_box(room.contest(), one).seats == 1
    room.account(uid, in_box=4, issued=4, unused=16)
    view = entry_views.entry(room.ws, uid)
    assert (view.one_mark, view.ranked, view.may_tally) == (True, False, True)


def test_who_has_not_accepted_yet_is_asked_next(room: Assembly) -> None:
    room.plan({"title": "Council", "rule": "block", "places": 2})
    room.nominate(0, 1, 2)
    room.vote([Keyed((1, 2)), Keyed((1, 2)), Keyed((3,))])
    room.declare()
    for name in ("Voter 00", "Voter 01"):
        step = election_pages.election(room.ws, room.uid, position=room.contest().id).step
        assert step is not None
        assert step.forms[0].title == name
        declarations.accept(room.ws, next(one.id for one in room.contest().standing if one.name == name), accepted=True)
    step = election_pages.election(room.ws, room.uid, position=room.contest().id).step
    assert step is not None
    assert [form.title for form in step.forms] == ["Handover"]


def test_a_paper_that_was_handed_back_and_replaced_is_not_out(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    rounds.keep_figures(room.ws, uid, {**FIGURES, "issued": 13, "handed_back": 1, "unused": 7})
    rounds.make_account(room.ws, uid)
    rounds.count_box(room.ws, uid, 12)
    assert set(room.contest().rounds[0].account.differences.values()) == {0}


def test_the_votes_in_the_room_are_those_of_the_present_and_of_whose_proxy_they_hold(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    gone = presence.present(room.ws, room.workshop)[:2]
    proxies.give(room.ws, room.workshop, giver=gone[0].person, holder=room.voters[11])
    for one in gone:
        presence.turn(room.ws, one.id)
    room.open()
    assert room.contest().rounds[0].opened["present"] == 11


def test_the_step_of_the_entry_says_who_keys(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid, in_box=10)
    rounds.explain(room.ws, uid, Sum.BOX, "Two voters took theirs away.")
    with room.writing("counter"):
        keying.key_paper(room.ws, uid, 1, Keyed((1,)))
    view = election_pages.election(room.ws, room.uid, position=room.contest().id)
    assert view.step is not None
    assert view.step.told == ("Entry 1 of 2: The counter · 1 · being keyed", "Entry 2 of 2: nobody yet")
    box = election_pages.election(room.ws, room.uid, position=room.contest().id, step="box 0").step
    assert box is not None
    assert box.warned[0].endswith("does not come out: –2. Two voters took theirs away.")


def test_nominations_stand_in_the_order_in_which_they_came(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(3, 1, 2, 0)
    assert [one.name for one in room.contest().candidates] == ["Voter 03", "Voter 01", "Voter 02", "Voter 00"]


def test_a_challenged_paper_waits_for_the_returning_officer(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid, in_box=3, issued=3, unused=17)
    room.key(uid, [Keyed((1,)), Keyed((2,), challenged=True), Keyed((1, 2))])
    with refused("A challenged paper waits"):
        keying.close_box(room.ws, uid)
    assert next_step(room) == (Step.ENTRY, State.STOPPED)
    with room.writing("counter"), refused("Only the returning officer"):
        keying.decide(room.ws, uid, 1, rejected=None)
    keying.decide(room.ws, uid, 1, rejected=Reason.UNCLEAR)
    keying.close_box(room.ws, uid)
    sorted_ = room.ws.journal.record(f"box/{uid.partition('/')[2]}/0")["sorted"]
    assert sorted_["rejected"] == {"too many": 1, "unclear": 1}


def test_papers_that_are_not_as_many_as_in_the_box_are_explained(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    room.key(uid, crosses(7, 4))
    with refused("11 papers were keyed and 12 are in the box"):
        keying.close_box(room.ws, uid)
    rounds.explain(room.ws, uid, Sum.SORTED, "Two papers stuck together.")
    keying.close_box(room.ws, uid)
    assert room.contest().rounds[0].account.differences[Sum.SORTED] == 1


def test_two_tallies_are_compared_by_their_totals_in_whatever_order_the_papers_came(room: Assembly) -> None:
    room.plan(PRESIDENT, {"title": "Council", "rule": "block", "places": 2}, {"title": "Deputy", "rule": "irv"})
    room.nominate(0, 1, close=False)
    room.nominate(2, 3, 4, place=1, close=False)
    room.nominate(5, 6, 7, place=2)
    uid = room.open()
    room.account(uid, in_box=5, issued=5, unused=15)
    keying.choose_way(room.ws, uid, tally=True)
    room.key(uid, crosses(3, 2), list(reversed(crosses(3, 2))))
    keying.close_box(room.ws, uid)
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 00"]
    room.declare()
    uid = room.open(1)
    room.account(uid, in_box=4, issued=4, unused=16)
    keying.choose_way(room.ws, uid, tally=True)
    papers = [Keyed((1, 2)), Keyed((3, 1)), Keyed((2, 3)), Keyed((1, 2, 3))]
    room.key(uid, papers, [replace(one, marks=one.marks[::-1]) for one in reversed(papers)])
    view = entry_views.entry(room.ws, uid)
    assert (view.sums, view.differences) == ((), ())
    assert [one.votes for one in view.candidates] == [3, 3, 3]
    keying.close_box(room.ws, uid)
    assert (box := room.contest(1).rounds[0].ballots) is not None
    assert dict(box.papers) == {(1, 2): 1, (1, 3): 1, (2, 3): 1, (1, 2, 3): 1}
    assert room.contest(1).rounds[0].account.rejected == 1, "three crosses where two are allowed"


def test_papers_with_numbers_are_not_counted_by_strokes(room: Assembly) -> None:
    room.plan({"title": "Deputy", "rule": "irv"})
    room.nominate(0, 1, 2)
    uid = room.open()
    room.account(uid)
    with refused("cannot be counted by strokes"):
        keying.choose_way(room.ws, uid, tally=True)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ([Keyed((1, 2)), Keyed((1,)), Keyed(())], [("Voter 01", 2, 1)]),
        ([Keyed((1, 2)), Keyed((1, 2))], [("Papers", 3, 2), ("blank", 1, 0)]),
        (
            [Keyed((1, 2)), Keyed((1, 2)), Keyed(rejected=Reason.UNCLEAR)],
            [("blank", 1, 0), ("rejected: the mark is not clear", 0, 1)],
        ),
        (
            [Keyed((1,)), Keyed((1, 2)), Keyed((2,)), Keyed(())],
            [("Papers", 3, 4)],
        ),
        (
            [Keyed((1, 2)), Keyed((1, 2), challenged=True), Keyed(())],
            [("Voter 00, Voter 01", 2, 1), ("Voter 00, Voter 01 · challenged", 0, 1)],
        ),
    ],
)
def test_where_two_tallies_differ_both_figures_are_told(
    room: Assembly, other: list[Keyed], told: list[tuple[str, int, int]]
) -> None:
    room.plan({"title": "Council", "rule": "approval"})
    room.nominate(0, 1, 2)
    uid = room.open()
    room.account(uid, in_box=3, issued=3, unused=17)
    keying.choose_way(room.ws, uid, tally=True)
    room.key(uid, [Keyed((1, 2)), Keyed((2, 1)), Keyed(())], other)
    found = [(one.what, one.first, one.second) for one in entry_views.entry(room.ws, uid).sums]
    assert found == told
    with refused("still differ"):
        keying.close_box(room.ws, uid)
    while entry_views.entry(room.ws, uid).differences:
        keying.agree(room.ws, uid, 0, entry_views.entry(room.ws, uid).differences[0].first_paper)
    keying.close_box(room.ws, uid)
    assert (box := room.contest().rounds[0].ballots) is not None
    assert dict(box.papers) == {(1, 2): 2, (): 1}


def test_the_order_in_which_crosses_are_keyed_is_no_difference(room: Assembly) -> None:
    room.plan({"title": "Council", "rule": "block", "places": 2})
    room.nominate(0, 1, 2)
    uid = room.open()
    room.account(uid, in_box=2, issued=2, unused=18)
    room.key(uid, [Keyed((2, 1)), Keyed((3, 3))], [Keyed((1, 2)), Keyed((3,))])
    keying.close_box(room.ws, uid)
    assert (box := room.contest().rounds[0].ballots) is not None
    assert dict(box.papers) == {(1, 2): 1, (3,): 1}


def test_a_paper_that_only_one_of_two_challenged_says_so(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid, in_box=1, issued=1, unused=19)
    room.key(uid, [Keyed((1,))], [Keyed((1,), challenged=True)])
    (difference,) = entry_views.entry(room.ws, uid).differences
    assert (difference.first, difference.second) == ("Voter 00", "Voter 00 · challenged")


def test_no_valid_paper_elects_nobody(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    room.vote(crosses(blank=4))
    assert room.election.winners(room.contest()) == ()
    room.declare()
    assert room.contest().declared["names"] == []


# ---- equal votes, recounts --------------------------------------------------------------------------------------


def test_a_lot_is_drawn_before_two_witnesses_and_used_again_in_a_recount(room: Assembly) -> None:
    room.plan(TREASURER)
    room.nominate(0, 1, 2)
    uid = room.vote(crosses(4, 4, 2))
    assert next_step(room) == (Step.LOT, State.OPEN)
    drawn = {"method": "slips", "by": "A child", "witnesses": ["Ana", "Ben"]}
    contest = room.contest().id
    with refused("The lot is between: Voter 00, Voter 01"):
        rounds.draw_lot(room.ws, contest, order=["Voter 00", "Voter 02"], **drawn)  # type: ignore[arg-type]
    with refused("two witnesses"):
        rounds.draw_lot(room.ws, contest, order=["Voter 01", "Voter 00"], **{**drawn, "witnesses": ["Ana", "Ana"]})  # type: ignore[arg-type]
    rounds.draw_lot(room.ws, contest, order=["Voter 01", "Voter 00"], **drawn)  # type: ignore[arg-type]
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 01"]
    rounds.recount(room.ws, uid, reason="An objection was upheld.")
    assert next_step(room) == (Step.ENTRY, State.OPEN)
    room.key(uid, crosses(4, 4, 2))
    keying.close_box(room.ws, uid)
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 01"]
    rounds.recount(room.ws, uid, reason="Once more.")
    room.key(uid, crosses(5, 3, 2))
    keying.close_box(room.ws, uid)
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 00"]
    assert len(room.ws.journal.records(f"box/{uid.partition('/')[2]}/")) == 3, "every entry stays on record"


def test_seniority_decides_where_the_rules_say_so_and_never_by_itself(room: Assembly) -> None:
    room.plan({**TREASURER, "tie": "seniority"})
    room.nominate(0, 1)
    room.vote(crosses(4, 4))
    view = election_pages.election(room.ws, room.uid, position=room.contest().id)
    assert view.step.forms[0].title == "By seniority"
    told = {"method": "Years in office: 9 and 4", "by": "The returning officer", "witnesses": ["Ana", "Ben"]}
    rounds.draw_lot(room.ws, room.contest().id, order=["Voter 01", "Voter 00"], **told)  # type: ignore[arg-type]
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 01"]
    count = room.contest().count_of[0]
    assert count is not None
    assert "by seniority: Voter 01, Voter 00" in count.stages[-1].action


def test_what_was_keyed_is_there_again_after_the_program_was_closed(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    with room.writing("counter"):
        keying.key_paper(room.ws, uid, 1, Keyed((1,)))
        keying.key_paper(room.ws, uid, 1, Keyed((2,), challenged=True))
    room.ws.close()
    again = workspace.open_workspace(room.ws.path)
    again.clock = again.journal.clock = room.ws.clock
    held = rounds.held(again, uid)[2]
    assert contests.entered(again, held, 1).papers == (Keyed((1,)), Keyed((2,), challenged=True))
    again.close()


def test_a_second_round_is_between_the_first_two(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1, 2)
    room.vote(crosses(5, 4, 3))
    assert next_step(room) == (Step.OPENING, State.OPEN)
    room.vote(crosses(5, 7))
    assert room.contest().rounds[1].names == ("Voter 00", "Voter 01")
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 01"]


def test_names_stand_in_the_order_that_was_drawn_in_the_second_round_too(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1, 2)
    room.vote(crosses(3, 4, 5))
    assert room.contest().course.next_names == ("Voter 02", "Voter 01")
    assert rounds.held(room.ws, room.open())[2].names == ("Voter 01", "Voter 02")


# ---- objections, declaration, office ----------------------------------------------------------------------------


def test_an_objection_stops_the_declaration_until_it_is_ruled_on(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    room.vote(crosses(7, 5))
    made = declarations.object_(room.ws, room.contest().id, text="Two voters left.", by="Voter 05").record
    with refused("objection waits"):
        room.declare()
    with refused("This is no ruling"):
        declarations.rule(room.ws, made, ruling="perhaps", reason="They had voted.")
    declarations.rule(room.ws, made, ruling=declarations.DISMISSED, reason="They had voted.")
    room.declare()


def test_a_declaration_needs_a_scrutineer_and_is_superseded_never_edited(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.vote(crosses(7, 5))
    with refused("must be a scrutineer"):
        declarations.declare(room.ws, room.contest().id, second=room.people["counter"], pin=PIN)
    with refused("not the PIN"):
        declarations.declare(room.ws, room.contest().id, second=room.people["scrutineer"], pin="1111")
    first = room.declare()
    with refused("The reason is missing"):
        room.declare()
    rounds.recount(room.ws, uid, reason="An objection was upheld.")
    room.key(uid, crosses(5, 7))
    keying.close_box(room.ws, uid)
    assert next_step(room) == (Step.DECLARATION, State.STOPPED)
    second = room.declare(because="The recount gave another result.")
    assert room.ws.journal.record(first)["declared"]["names"] == ["Voter 00"]
    assert room.ws.journal.record(second)["declared"]["names"] == ["Voter 01"]
    assert room.contest().declared["names"] == ["Voter 01"]


def test_figures_that_were_changed_after_the_declaration_are_found_out(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.vote(crosses(7, 5))
    room.declare()
    tamper(room.ws, uid, "explained_box", "A paper was found later.")
    assert next_step(room) == (Step.DECLARATION, State.STOPPED)


def test_a_declaration_rests_on_the_roll_and_on_the_lots_too(room: Assembly) -> None:
    room.plan(TREASURER)
    room.nominate(0, 1)
    room.vote(crosses(4, 4))
    drawn = {"method": "slips", "by": "A child", "witnesses": ["Ana", "Ben"]}
    rounds.draw_lot(room.ws, room.contest().id, order=["Voter 01", "Voter 00"], **drawn)  # type: ignore[arg-type]
    contest = room.contest()
    assert contest.seal("one roll") != contest.seal("another roll")
    assert contest.seal("") != replace(contest, lots={}).seal("")


def test_a_position_that_nobody_won_is_not_waited_for_by_the_conditions(room: Assembly) -> None:
    room.plan(PRESIDENT, adopted=False)
    elections.set_conditions(room.ws, room.uid, [Condition(Sort.WOMEN)])
    elections.adopt_rules(room.ws, room.uid, how="by consensus")
    room.nominate(1, 3)
    assert [one.judgement for one in room.election.judged()] == [Judgement.OPEN]
    room.vote(crosses(blank=4))
    assert [one.judgement for one in room.election.judged()] == [Judgement.BROKEN]


def test_office_is_accepted_with_its_term_and_handed_over(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    room.vote(crosses(7, 5))
    won = room.contest().standing[0].id
    with refused("was not declared elected"):
        declarations.accept(room.ws, won, accepted=True)
    room.declare()
    with refused("was not declared elected"):
        declarations.accept(room.ws, room.contest().standing[1].id, accepted=True)
    today = room.ws.today()
    with refused("ends before it begins"):
        declarations.accept(room.ws, won, accepted=True, from_=today, until=today.replace(year=2020))
    declarations.accept(room.ws, won, accepted=True, from_=today, until=today.replace(year=2029))
    declarations.hand_over(room.ws, room.contest().id, what="The seal", to="Voter 00", on=today)
    view = election_pages.election(room.ws, room.uid, position=room.contest().id)
    assert all(rung.state is State.DONE for rung in view.rungs)
    assert view.step is not None
    assert view.step.rows[0].detail.endswith(" 2029")
    assert [ask.value for ask in view.step.forms[0].asks] == [today.isoformat(), today.replace(year=2029).isoformat()]


def test_a_position_waits_for_the_result_of_the_one_before(room: Assembly) -> None:
    room.plan(PRESIDENT, TREASURER)
    room.nominate(0, 1, close=False)
    room.nominate(2, 3, place=1)
    with refused("First the position before: President"):
        room.open(1)
    room.vote(crosses(7, 5))
    room.open(1)


def test_a_condition_that_cannot_be_met_any_more_is_named_after_the_position(room: Assembly) -> None:
    room.plan(PRESIDENT, TREASURER, adopted=False)
    elections.set_conditions(room.ws, room.uid, [Condition(Sort.WOMEN), Condition(Sort.COUNCILS)])
    elections.adopt_rules(room.ws, room.uid, how="by consensus")
    room.nominate(0, 2, close=False)
    room.nominate(4, 8, place=1)
    room.vote(crosses(7, 5))
    view = election_pages.election(room.ws, room.uid, position=room.contest().id, step="declaration 0")
    assert view.step is not None
    assert view.step.warned[0] == "at least 1 woman: cannot be met any more"
    assert view.step.warned[1].startswith("no two from one council: cannot be met any more")


# ---- two computers ----------------------------------------------------------------------------------------------


def test_two_laptops_with_the_same_round_show_no_result_until_it_is_settled(room: Assembly, tmp_path: Path) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    ws, bundle = room.ws, tmp_path / "out.pitso-bundle"
    other = workspace.create(tmp_path / "other.pitso", name="Other", clock=ws.clock)
    sending.send(ws, bundle)
    receiving.receive(other, bundle, trusting=True)
    workspace.write_as(other, room.people["returning"])
    uid = room.vote(crosses(7, 5))
    rounds.open_round(other, room.contest().id)
    sending.send(other, bundle)
    receiving.receive(ws, bundle, trusting=True)
    held = room.contest().rounds[0]
    assert held.in_doubt
    assert room.election.winners(room.contest()) == ()
    assert next_step(room) == (Step.OPENING, State.STOPPED)
    with refused("Two computers kept this round"):
        room.declare()
    assert (uid, "opened") in differing.fields(ws)
    for who in ("returning", "leader"):
        with room.writing(who):
            sides = next(one for one in differences.differences(ws) if (one.entity, one.field) == (uid, "opened")).sides
            own = next(at for at, side in enumerate(sides) if side.device == "this computer")
            differences.settle(ws, uid, "opened", own, "The papers lie here.")
    assert room.contest().rounds[0].in_doubt == ""
    assert [one.name for one in room.election.winners(room.contest())] == ["Voter 00"]
    other.close()


def test_a_round_is_keyed_only_where_it_is_held_unless_that_computer_is_lost(room: Assembly, tmp_path: Path) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    room.account(uid)
    other = workspace.create(tmp_path / "other.pitso", name="Other", clock=room.ws.clock)
    sending.send(room.ws, tmp_path / "out.pitso-bundle")
    receiving.receive(other, tmp_path / "out.pitso-bundle", trusting=True)
    workspace.write_as(other, room.people["returning"])
    with refused("held on another computer"):
        keying.key_paper(other, uid, 1, Keyed((1,)))
    with refused("holds the round already"):
        rounds.take_over(room.ws, uid, reason="To be sure.")
    rounds.take_over(other, uid, reason="The laptop fell into the river.")
    keying.key_paper(other, uid, 1, Keyed((1,)))
    other.close()


def test_what_a_newer_program_wrote_is_in_doubt_and_stops_nothing_else(room: Assembly) -> None:
    room.plan(PRESIDENT, TREASURER)
    room.nominate(0, 1, close=False)
    room.nominate(2, 3, place=1)
    room.vote(crosses(7, 5))
    tamper(room.ws, room.contest().id, "rule", "a rule of 2031")
    tamper(room.ws, f"officer/{contests.key_of(room.uid)}/x", "person", room.voters[5])
    tamper(room.ws, f"officer/{contests.key_of(room.uid)}/x", "role", "an office of 2031")
    assert room.election.winners(room.contest()) == ()
    with refused("settle it first"):
        room.declare()
    assert warnings.warnings(room.ws, room.engagement) is not None
    uid = next(iter(room.ws.journal.records(f"round/{contests.key_of(room.contest().id)}/")))
    tamper(room.ws, uid, "kind", "a round of 2031")
    assert next_step(room) == (Step.OPENING, State.STOPPED)


# ---- the projector ----------------------------------------------------------------------------------------------


def test_the_room_sees_the_ballot_and_no_figure_before_the_declaration(room: Assembly) -> None:
    room.plan(PRESIDENT)
    room.nominate(0, 1)
    uid = room.open()
    election_display.show_ballot(room.ws, uid)
    assert display.view(room.ws, room.workshop).lines == ("Voter 00", "Voter 01")
    room.account(uid)
    room.key(uid, crosses(7, 5))
    keying.close_box(room.ws, uid)
    election_display.show_ballot(room.ws, uid)
    assert display.view(room.ws, room.workshop).lines == ("The papers are being counted.",)
    with refused("once it is declared"):
        election_display.show_result(room.ws, room.contest().id)
    room.declare()
    election_display.show_result(room.ws, room.contest().id)
    lines = display.view(room.ws, room.workshop).lines
    assert lines[:3] == ("Elected: Voter 00.", "Voter 00 – 7", "Voter 01 – 5")
    tamper(room.ws, uid, "explained_box", "A paper was found later.")
    with refused("nothing of it is in doubt"):
        election_display.show_result(room.ws, room.contest().id)


# ---- warnings ---------------------------------------------------------------------------------------------------


def warned(room: Assembly) -> set[str]:
    return {line.code for line in warnings.warnings(room.ws, room.engagement)} & {"W07", "W13", "W14", "W15", "W17"}


def test_an_election_raises_its_warnings_and_clears_them(room: Assembly) -> None:
    room.plan(PRESIDENT)
    assert warned(room) == set(), "the hosts decided to go ahead"
    tamper(room.ws, room.uid, "went_ahead", None)
    assert warned(room) == {"W07"}
    room.nominate(0, 2)
    assert "W17" in warned(room), "no woman stands"
    assert next_step(room) == (Step.OPENING, State.STOPPED)
    with refused("Readiness is not established"):
        room.open()
    elections.go_ahead(room.ws, room.uid, reason="We do.", second=room.people["scrutineer"], pin=PIN)
    uid = room.open()
    rounds.keep_figures(room.ws, uid, {"printed": 20, "issued": 12, "handed_back": 0, "not_returned": 0, "unused": 8})
    rounds.make_account(room.ws, uid)
    rounds.count_box(room.ws, uid, 11)
    assert "W14" in warned(room)
    rounds.explain(room.ws, uid, Sum.BOX, "A voter took the paper away.")
    assert "W14" not in warned(room)
    tamper(room.ws, f"officer/{contests.key_of(room.uid)}/x", "person", room.voters[0])
    tamper(room.ws, f"officer/{contests.key_of(room.uid)}/x", "role", "counter")
    assert "W13" in warned(room), "a candidate acts as an officer"
    opened = room.ws.journal.record(uid)["opened"]
    tamper(room.ws, uid.removesuffix("1") + "2", "opened", {**opened, "quorum": [["at least 7 delegates", 5, 7]]})
    assert "W15" in warned(room)
