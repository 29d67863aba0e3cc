"""Each rule by cases that can be followed by hand, the options that it leaves, and what is refused."""

import ast
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pitso.domain.counting as room
from pitso import places
from pitso.domain.counting import (
    Ballots,
    Base,
    Count,
    Minimum,
    NoMajority,
    Rules,
    Status,
    TieLeads,
    count,
)
from pitso.domain.counting.ballots import Mark, Paper
from pitso.domain.trouble import Trouble

DEMONSTRATION: list[dict[str, Any]] = json.loads(
    places.resource("demonstration/elections.json").read_text(encoding="utf-8")
)


def room_of(papers: Mapping[str, int], names: str = "ABCDE", seats: int = 1, withdrawn: str = "") -> Ballots:
    """Ballots from papers written as letters; - is a skipped preference, (BC) are equal ones."""
    found: dict[Paper, int] = {}
    for said, number in papers.items():
        marks: list[Mark] = []
        letters = iter(said)
        for letter in letters:
            if letter == "(":
                marks.append(tuple(names.index(one) + 1 for one in iter(lambda: next(letters), ")")))  # noqa: B023
            else:
                marks.append(0 if letter == "-" else names.index(letter) + 1)
        found[tuple(marks)] = found.get(tuple(marks), 0) + number
    return Ballots(seats, tuple(names), found, "T", frozenset(names.index(letter) + 1 for letter in withdrawn))


def votes(told: Count, stage: int = -1) -> dict[str, str]:
    shown: dict[str, str] = told.as_json()["stages"][stage]["votes"]
    return shown


# ---- the demonstration --------------------------------------------------------------------------------------------


def demonstration(position: str, papers: Mapping[tuple[str, ...], int], invalid: int) -> Ballots:
    (election,) = (one for one in DEMONSTRATION if one["position"] == position)
    letters = sorted({letter for ranking in papers for letter in ranking})
    found: dict[Paper, int] = {
        tuple(letters.index(letter) + 1 for letter in ranking): number for ranking, number in papers.items()
    }
    return Ballots(1, tuple(election["candidates"][letter] for letter in letters), {**found, (): invalid}, position)


def round_of(position: str, number: int) -> tuple[Ballots, dict[str, Any], dict[str, str]]:
    (election,) = (one for one in DEMONSTRATION if one["position"] == position)
    held = election["rounds"][number]
    tally: dict[tuple[str, ...], int] = {(letter,): figure for letter, figure in held["tally"].items()}
    return demonstration(position, tally, held["invalid"]), held, election["candidates"]


def test_the_president_is_elected_in_two_rounds() -> None:
    ballots, held, names = round_of("President", 0)
    first = count("majority", ballots)
    assert (first.valid, first.invalid) == (held["valid"], held["invalid"]) == (86, 2)
    assert first.quota == held["majority_needed"] == 44
    assert votes(first) == {names[letter]: str(figure) for letter, figure in held["tally"].items()}
    assert first.status is Status.RUNOFF
    assert first.as_json()["runoff"] == [names["A"], names["B"]]
    assert first.winners == ()
    ballots, held, _names = round_of("President", 1)
    second = count("majority", ballots, runoff=True)
    assert (second.valid, second.invalid) == (held["valid"], held["invalid"]) == (86, 1)
    assert second.winners == (names["B"],)
    assert second.status is Status.COMPLETE


def test_the_deputy_is_elected_by_preferences() -> None:
    (election,) = (one for one in DEMONSTRATION if one["position"] == "Deputy President")
    names = election["candidates"]
    profiles = {tuple(profile["ranking"]): profile["ballots"] for profile in election["profiles"]}
    told = count("irv", demonstration("Deputy President", profiles, election["invalid"]))
    assert (told.valid, told.invalid) == (election["valid"], election["invalid"])
    assert len(told.stages) == len(election["rounds"])
    for stage, held in zip(told.as_json()["stages"], election["rounds"], strict=True):
        assert stage["votes"] == {names[letter]: str(figure) for letter, figure in held["tally"].items()}
        assert stage["nontransferable"] == str(held["exhausted"])
        assert f"more than half is {held['majority_needed']}." in stage["action"]
    for stage, held in zip(told.stages[1:], election["rounds"], strict=False):
        assert stage.action.startswith(names[held["eliminated"]])
    assert told.winners == (names[election["elected"]],)
    assert told.quota == 41


def test_the_treasurer_is_elected_by_a_second_ballot() -> None:
    ballots, held, names = round_of("Treasurer", 0)
    rules = Rules(tie=TieLeads.SECOND_BALLOT)
    told = count("plurality", ballots, options=rules)
    assert (told.valid, told.invalid) == (held["valid"], held["invalid"]) == (85, 1)
    assert told.status is Status.TIE
    assert told.as_json()["ties"] == [
        {"stage": 1, "kind": "election", "between": sorted([names["A"], names["B"]]), "resolved": None}
    ]
    assert "second ballot" in told.stages[0].action
    ballots, held, _names = round_of("Treasurer", 1)
    again = count("plurality", ballots, options=rules)
    assert (again.valid, again.invalid) == (held["valid"], held["invalid"]) == (85, 0)
    assert again.winners == (names["A"],)
    assert votes(again) == {names["A"]: "46", names["B"]: "39"}


# ---- crosses ------------------------------------------------------------------------------------------------------

ONE_TO_THREE = {"A": 5, "B": 3, "C": 2, "AB": 4, "": 1}


@pytest.mark.parametrize(
    ("rule", "papers", "seats", "status", "winners", "invalid"),
    [
        ("plurality", ONE_TO_THREE, 1, "complete", ["A"], 5),
        ("plurality", {"A": 2, "B": 2, "C": 1}, 1, "tie", [], 0),
        ("plurality", {"A": 3, "B": 2, "C": 2}, 1, "complete", ["A"], 0),  # equal votes that do not matter
        ("plurality", {"AA": 2, "B": 1, "(AC)": 9}, 1, "complete", ["A"], 9),  # twice counts once
        ("plurality", {}, 1, "no valid votes", [], 0),
        ("plurality", {"": 3, "AB": 2}, 1, "no valid votes", [], 5),
        ("majority", {"A": 6, "B": 3, "C": 2}, 1, "complete", ["A"], 0),
        ("majority", {"A": 5, "B": 3, "C": 2}, 1, "runoff", [], 0),  # half is not more than half
        ("majority", {"A": 5, "B": 3, "C": 3}, 1, "tie", [], 0),
        ("block", {"AB": 5, "AC": 4, "BC": 2, "ABC": 3}, 2, "complete", ["A", "B"], 3),
        ("block", {"A": 5, "B": 4, "C": 4}, 2, "tie", ["A"], 0),
        ("block", {"A": 5, "B": 4, "C": 4}, 3, "complete", ["A", "B", "C"], 0),
        ("sntv", {"A": 5, "B": 4, "C": 3, "AB": 9}, 2, "complete", ["A", "B"], 9),
        ("sntv", {"A": 5, "B": 5, "C": 3}, 2, "complete", ["A", "B"], 0),
        ("approval", {"ABC": 2, "BC": 3, "C": 1, "": 1}, 2, "complete", ["C", "B"], 1),
        ("approval", {"ABCDE": 1}, 2, "tie", [], 0),
    ],
)
def test_crosses(rule: str, papers: dict[str, int], seats: int, status: str, winners: list[str], invalid: int) -> None:
    told = count(rule, room_of(papers, seats=seats))
    assert (told.status.value, list(told.winners), told.invalid) == (status, winners, invalid)
    assert told.vacant == seats - len(winners)


def test_uncontested() -> None:
    for rule in room.Rule:
        told = count(rule, room_of({"A": 5}, names="A"))
        assert (told.status, told.winners, told.stages, told.vacant) == (Status.UNCONTESTED, ("A",), (), 0)
    told = count("block", room_of({"A": 5}, names="AB", seats=5))
    assert (told.winners, told.vacant) == (("A", "B"), 3)
    everybody_left = count("irv", room_of({"A": 5}, names="AB", withdrawn="AB"))
    assert (everybody_left.status, everybody_left.winners, everybody_left.vacant) == (Status.UNCONTESTED, (), 1)


def test_a_lot_settles_the_last_place_only() -> None:
    ballots = room_of({"A": 5, "B": 4, "C": 4, "D": 4, "E": 1}, seats=3)
    told = count("sntv", ballots, lots=[("D", "B", "C")])
    assert told.winners == ("A", "D", "B")
    assert told.as_json()["ties"] == [{"stage": 1, "kind": "election", "between": ["B", "C", "D"], "resolved": "lot"}]


def test_a_lot_between_others_is_not_used() -> None:
    ballots = room_of({"A": 5, "B": 4, "C": 4, "D": 4}, seats=2)
    told = count("sntv", ballots, lots=[("D", "B")])
    assert (told.status, told.lots_unused) == (Status.TIE, 1)
    only_the_first = count("sntv", ballots, lots=[("D",)])
    assert only_the_first.winners == ("A", "D")
    assert count("sntv", room_of({"A": 5, "B": 4, "C": 3}, seats=2), lots=[("B", "C")]).lots_unused == 1


def test_places_of_the_second_round() -> None:
    ballots = room_of({"A": 5, "B": 4, "C": 4, "D": 1})
    waiting = count("majority", ballots)
    assert (waiting.ties[0].kind.value, waiting.ties[0].between) == ("runoff-place", ("B", "C"))
    assert waiting.runoff == ()
    drawn = count("majority", ballots, lots=[("C", "B")])
    assert (drawn.status, drawn.runoff) == (Status.RUNOFF, ("A", "C"))
    three = count("majority", room_of({"A": 4, "B": 4, "C": 4}), lots=[("C", "A", "B")])
    assert three.runoff == ("C", "A")


@pytest.mark.parametrize(
    ("rules", "needed", "status"),
    [
        (Rules(), 6, "complete"),
        (Rules(majority=Base.PRESENT, present=11), 6, "complete"),
        (Rules(majority=Base.PRESENT, present=12), 7, "runoff"),
        (Rules(majority=Base.ENTITLED, entitled=90, present=12), 46, "runoff"),
        (Rules(majority=Base.ENTITLED, entitled=12, no_majority=NoMajority.REPEAT), 7, "runoff"),
    ],
)
def test_the_base_of_a_majority(rules: Rules, needed: int, status: str) -> None:
    told = count("majority", room_of({"A": 6, "B": 3, "C": 1, "": 1}), options=rules)
    assert told.quota == needed
    assert told.status.value == status
    if rules.no_majority is NoMajority.REPEAT:
        assert told.runoff == ("A", "B", "C", "D", "E")


def test_a_second_round_is_between_two() -> None:
    with pytest.raises(Trouble, match="between two candidates; here are 3"):
        count("majority", room_of({"A": 3, "B": 2, "C": 1}, names="ABC"), runoff=True)


def test_a_second_round_needs_most_votes_only() -> None:
    told = count("majority", room_of({"A": 3, "B": 2, "": 9}, names="AB"), runoff=True)
    assert told.winners == ("A",)
    assert count("majority", room_of({"A": 2, "B": 2}, names="AB"), runoff=True).status is Status.TIE
    again = Rules(majority=Base.ENTITLED, entitled=20, no_majority=NoMajority.REPEAT)
    assert count("majority", room_of({"A": 3, "B": 2}), runoff=True, options=again).status is Status.RUNOFF


def test_exactly_as_many_marks_as_places() -> None:
    papers = {"AB": 5, "A": 4, "ABC": 3, "AC": 1}
    assert count("block", room_of(papers, seats=2)).invalid == 3
    told = count("block", room_of(papers, seats=2), options=Rules(exactly=True))
    assert (told.valid, told.invalid) == (6, 7)


def test_marks_for_those_who_withdrew_are_passed_over() -> None:
    told = count("plurality", room_of({"AB": 5, "A": 2, "C": 4}, withdrawn="A"))
    assert (votes(told), told.invalid) == ({"B": "5", "C": "4", "D": "0", "E": "0"}, 2)
    ranked = count("irv", room_of({"AB": 5, "A": 2, "C": 4, "(AB)": 1, "-B": 1, "BB": 1}, withdrawn="A"))
    assert (votes(ranked, 0)["B"], ranked.invalid) == ("7", 3)


# ---- minimum representation ---------------------------------------------------------------------------------------


def women(least: int, of: str = "DE") -> Rules:
    return Rules(minimum=(Minimum("women", frozenset(of), least),))


def test_the_most_voted_are_seated_while_the_minimum_can_be_met() -> None:
    ballots = room_of({"A": 9, "B": 8, "C": 7, "D": 2, "E": 1}, seats=3)
    told = count("sntv", ballots, options=women(1))
    assert told.winners == ("A", "B", "D")
    assert (
        "C (7 votes) is passed over, because the places that are left are needed for: women." in told.stages[0].action
    )
    assert count("sntv", ballots, options=women(2)).winners == ("A", "D", "E")
    assert count("sntv", ballots, options=women(0)).winners == ("A", "B", "C")


def test_equal_votes_for_a_reserved_place_are_drawn() -> None:
    ballots = room_of({"A": 9, "B": 8, "D": 2, "E": 2}, seats=2)
    told = count("sntv", ballots, options=women(1))
    assert (told.status, told.ties[0].between) == (Status.TIE, ("D", "E"))
    assert count("sntv", ballots, options=women(1), lots=[("E", "D")]).winners == ("A", "E")


def test_a_minimum_that_nobody_can_meet_is_named() -> None:
    told = count("sntv", room_of({"A": 9, "B": 8, "C": 7, "D": 2}, names="ABCD", seats=3), options=women(2, "D"))
    assert told.winners == ("A", "B", "D")
    assert "Not enough candidates stand for: women." in told.stages[0].action
    both = Rules(minimum=(Minimum("women", frozenset("DE"), 2), Minimum("north", frozenset("BC"), 2)))
    with pytest.raises(Trouble, match="more places than there are"):
        count("sntv", room_of({"A": 1}, seats=3), options=both)


@settings(max_examples=200, deadline=None)
@given(
    figures=st.lists(st.integers(0, 6), min_size=6, max_size=6),
    groups=st.lists(st.tuples(st.sets(st.sampled_from("ABCDEF"), min_size=1), st.integers(0, 2)), max_size=3),
    seats=st.integers(1, 5),
)
def test_no_slate_that_meets_the_minima_has_more_votes(
    figures: list[int], groups: list[tuple[set[str], int]], seats: int
) -> None:
    """Of all slates that meet the conditions the one whose votes, sorted, come first is elected."""
    names = "ABCDEF"
    wanted = [(group, min(least, len(group))) for group, least in groups]
    slates = [
        slate
        for slate in combinations(names, seats)
        if all(len(group & set(slate)) >= least for group, least in wanted)
    ]
    conditions = tuple(Minimum(str(n), frozenset(group), least) for n, (group, least) in enumerate(wanted))
    ballots = room_of({**dict(zip(names, figures, strict=True)), "AB": 1}, names=names, seats=seats)
    lots = [draw for size in range(2, 7) for draw in combinations(names, size)]
    if not slates:
        with pytest.raises(Trouble):
            count("sntv", ballots, options=Rules(minimum=conditions))
        return
    told = count("sntv", ballots, options=Rules(minimum=conditions), lots=lots)
    if told.status is Status.NO_VALID_VOTES:
        return
    scored = [sorted((figures[names.index(name)] for name in slate), reverse=True) for slate in slates]
    assert sorted((figures[names.index(name)] for name in told.winners), reverse=True) == max(scored)
    assert all(len(group & set(told.winners)) >= least for group, least in wanted)


# ---- preferences ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "read"),
    [
        ("ABC", "ABC"),
        ("A(BC)D", "A"),
        ("A-B", "A"),
        ("ABA", "AB"),
        ("AAB", "A"),
        ("(AB)C", ""),
        ("-A", ""),
        ("(AA)B", "AB"),
    ],
)
def test_preferences_stop_where_they_are_uncertain(paper: str, read: str) -> None:
    ballots = room_of({paper: 1})
    found, invalid = room.ballots.rankings(ballots)
    assert "".join(ballots.name(number) for preferences, _n in found for number in preferences) == read
    assert invalid == (not read)


def test_instant_run_off_looks_back_to_the_most_recent_difference() -> None:
    """After D (2) goes to B, A and B hold 6 each and C 5: C goes. Then A 8, B 8 of 16; before, A had 6 and B 6;
    at first A had 6 and B 4, so B is excluded."""
    told = count("irv", room_of({"A": 6, "B": 4, "DB": 2, "CA": 2, "CB": 2, "C": 1}, names="ABCD"))
    assert [tie.resolved for tie in told.ties] == [room.Resolved.EARLIER_STAGE]
    assert told.winners == ("A",)
    assert told.ties[0].stage == 3


def test_an_exclusion_waits_for_its_lot() -> None:
    ballots = room_of({"A": 5, "BC": 2, "CB": 2}, names="ABC")
    assert count("irv", ballots).winners == ("A",)  # it has more than half already
    ballots = room_of({"A": 3, "BC": 2, "CB": 2}, names="ABC")
    waiting = count("irv", ballots)
    assert (waiting.status, waiting.open_tie and waiting.open_tie.between) == (Status.TIE, ("B", "C"))
    assert len(waiting.stages) == 1
    drawn = count("irv", ballots, lots=[("B", "C")])
    assert drawn.winners == ("C",)
    assert drawn.ties[0].resolved is room.Resolved.LOT


def test_a_scottish_count_by_hand() -> None:
    """11 papers, 2 places: the quota is 11 // 3 + 1 = 4. A has 7, a surplus of 3; each of its papers is worth
    3 / 7 = 0.42857 (cut). Four go to B: 1 + 1.71428; two go to C: 2 + 0.85714; one has no further preference. D (1)
    is excluded and its paper goes to B: 3.71428. C (2.85714) is excluded next, and B alone is left."""
    told = count("stv-scotland", room_of({"AB": 4, "AC": 2, "A": 1, "B": 1, "C": 2, "DB": 1}, names="ABCD", seats=2))
    shown = told.as_json()
    assert shown["quota"] == "4"
    assert [stage["votes"] for stage in shown["stages"]] == [
        {"A": "7", "B": "1", "C": "2", "D": "1"},
        {"A": "4", "B": "2.71428", "C": "2.85714", "D": "1"},
        {"A": "4", "B": "3.71428", "C": "2.85714"},
    ]
    assert [stage["nontransferable"] for stage in shown["stages"]] == ["0", "0.42858", "0.42858"]
    assert shown["winners"] == ["A", "B"]
    for stage, article in zip(told.stages, ("rule 45", "rules 48 and 49", "rule 50"), strict=True):
        assert article in stage.action
    assert "(rule 52)" in told.stages[-1].action


def test_a_paper_is_transferred_twice_at_its_own_value() -> None:
    """20 papers, 3 places: quota 6. A 10: surplus 4, each paper 0.4; ten go to B: 4 + 4 = 8. B's surplus is 2 of 8: its
    own papers go at 2 * 1 / 8 = 0.25, those from A at 2 * 0.4 / 8 = 0.1."""
    told = count(
        "stv-scotland",
        room_of({"ABC": 5, "ABD": 5, "BC": 2, "BD": 2, "C": 3, "D": 2, "E": 1}, names="ABCDE", seats=3),
    )
    assert votes(told, 1) == {"A": "6", "B": "8", "C": "3", "D": "2", "E": "1"}
    assert votes(told, 2) == {"A": "6", "B": "6", "C": "4", "D": "3", "E": "1"}
    assert told.stages[2].nontransferable == 0
    assert told.winners == ("A", "B", "C")


def test_equal_surpluses_go_by_the_most_recent_difference_then_by_lot() -> None:
    ballots = room_of({"AC": 5, "BD": 5, "C": 1, "D": 1, "E": 0}, names="ABCDE", seats=3)
    waiting = count("stv-scotland", ballots)
    assert waiting.open_tie is not None
    assert (waiting.open_tie.kind.value, waiting.open_tie.between) == ("surplus-order", ("A", "B"))
    assert waiting.winners == ("A", "B")
    told = count("stv-scotland", ballots, lots=[("B", "A")])
    assert "surplus of B" in told.stages[1].action


def test_ers97_by_hand() -> None:
    """100 papers, 2 places: 100 / 3 = 33.33 and a remainder, so the quota is 33.34. A has 40: a surplus of 6.66. B and
    C are 2 apart, D is 20 below them; the surplus is less than that difference and is deferred while D is excluded."""
    told = count("stv-ers97", room_of({"AB": 40, "B": 29, "C": 27, "DC": 4}, names="ABCD", seats=2))
    assert votes(told, 0) == {"A": "40", "B": "29", "C": "27", "D": "4"}
    assert told.quota == Fraction(3334, 100)
    assert "deferred" in told.stages[0].action
    assert votes(told, 1) == {"A": "40", "B": "29", "C": "31"}
    assert votes(told, 2) == {"A": "33.34", "B": "35.4", "C": "31"}
    assert told.stages[2].nontransferable == Fraction(26, 100)  # 6.66 / 40 = 0.16, and 40 * 0.16 = 6.40
    assert told.winners == ("A", "B")


def test_the_quota_of_ers97_falls_while_nobody_is_elected() -> None:
    """10 papers, 1 place: quota 5. C's papers go nowhere: the quota falls to 8 / 2 = 4 and A is elected."""
    told = count("stv-ers97", room_of({"A": 4, "B": 3, "C": 2, "DB": 1}, names="ABCD"))
    assert told.quota == Fraction(400, 100)
    assert told.winners == ("A",)


def test_ers97_excludes_together_those_who_cannot_catch_up() -> None:
    told = count("stv-ers97", room_of({"A": 20, "B": 15, "CB": 3, "DB": 2, "EA": 1}, names="ABCDE"))
    assert "Excluded with fewest votes: E, D, C" in told.stages[1].action
    assert votes(told, 1) == {"A": "21", "B": "20"}
    assert told.winners == ("A",)


# ---- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "more", "told"),
    [
        ("borda", {}, "“borda” is no rule"),
        ("irv", {"seats": 2}, "fills one place"),
        ("block", {"seats": 0}, "number of places"),
        ("block", {"seats": -1}, "number of places"),
        ("block", {"seats": 10**30}, "number of places"),
        ("irv", {"runoff": True}, "has a second round"),
        ("majority", {"runoff": True}, "here are 5"),
        ("irv", {"lots": [("A", "X")]}, "“X” was drawn by lot and is no candidate"),
        ("irv", {"lots": [("A", "A")]}, "somebody twice"),
        ("irv", {"lots": [()]}, "nobody"),
        ("irv", {"options": Rules(exactly=True)}, "block"),
        ("irv", {"options": women(1)}, "Minimum representation"),
        ("sntv", {"options": women(1, "DX")}, "“X” of “women” is no candidate"),
        ("sntv", {"options": women(-1)}, "less than nothing"),
        ("sntv", {"options": Rules(minimum=(Minimum("m", frozenset("A"), 1),) * 13)}, "more than 12"),
        ("majority", {"options": Rules(majority=Base.PRESENT)}, "how many voters"),
        ("majority", {"options": Rules(present=9)}, "There are 10 papers and only 9 voters."),
        ("irv", {"options": Rules(entitled=9)}, "There are 10 papers and only 9 voters."),
    ],
)
def test_what_cannot_be_counted_is_told(rule: str, more: dict[str, Any], told: str) -> None:
    with pytest.raises(Trouble) as caught:
        count(rule, room_of({"A": 6, "B": 4}), **more)
    assert told in caught.value.happened


@pytest.mark.parametrize(
    ("names", "seats"), [((), 1), (("A", "A"), 1), (("A",), 0), (tuple(map(str, range(10_000))), 1), (("A",), 10**9)]
)
def test_ballots_that_cannot_be(names: Sequence[str], seats: int) -> None:
    with pytest.raises(Trouble):
        Ballots(seats, tuple(names), {})


def test_the_shape_of_the_json() -> None:
    told = count("stv-scotland", room_of({"AB": 4, "BA": 2, "C": 2}, names="ABC", seats=2)).as_json()
    assert list(told) == ["winners", "status", "stages", "ties", "runoff", "quota", "valid", "invalid", "vacant"]
    assert set(told["stages"][0]) == {"votes", "nontransferable", "action"}
    assert json.loads(json.dumps(told)) == told


def test_no_chance_and_no_rounding_in_the_room() -> None:
    """Neither float nor random nor a division that is not whole stands anywhere in the counting of votes."""
    banned = {"random", "secrets", "math", "statistics", "decimal", "uuid", "time", "datetime"}
    modules = sorted(Path(room.__file__).parent.glob("*.py"))
    assert len(modules) > 8
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                assert not isinstance(node.value, float | complex), module
            elif isinstance(node, ast.Name):
                assert node.id not in ("float", "round", "hash"), (module, node.id)
            elif isinstance(node, ast.Import):
                assert not {alias.name.split(".")[0] for alias in node.names} & banned, module
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in banned, module
            elif isinstance(node, ast.BinOp):
                assert not isinstance(node.op, ast.Div), module
