"""The election of the demonstration's story: three positions, step by step as they went, from the table of figures."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pitso import places
from pitso.domain.counting import Rule, TieLeads
from pitso.domain.elections.entries import Keyed, Reason
from pitso.domain.elections.ladder import Role
from pitso.domain.elections.slate import Condition, Sort
from pitso.services import contests, declarations, elections, keying, nominations, rounds
from pitso.services.demonstration_room import RETURNING, SCRUTINEER, Room, at
from pitso.services.workspace import Workspace, write_as
from pitso.storage.edits import Edit, Put

RULES = (
    ("President", Rule.MAJORITY, TieLeads.LOT),
    ("Deputy President", Rule.IRV, TieLeads.LOT),
    ("Treasurer", Rule.PLURALITY, TieLeads.SECOND_BALLOT),
)
COUNTERS, OBSERVER = ("P011", "P023"), "P046"
BACKERS = (
    *("P002", "P013", "P025", "P037", "P050", "P062", "P074", "P085", "P098", "P110"),
    *("P003", "P014", "P027", "P039", "P051", "P063", "P075", "P086", "P099", "P111"),
)
"""Voters who propose and second, each one candidate."""
TERM = (date(2026, 6, 18), date(2029, 6, 18))
BLANK_SHARE = 2
"""Of the papers that do not count every second one is blank, the others are not clear."""


@dataclass
class Vote:
    """The election while its story is told; the clock of the room goes on with each step."""

    ws: Workspace
    room: Room
    uid: str
    moment: datetime

    def later(self, minutes: int) -> datetime:
        """So many minutes on."""
        self.moment += timedelta(minutes=minutes)
        return self.moment


def plan(room: Room, engagement: str) -> str:
    """The election stands in the programme, with its rules as the assembly adopts them on the first day."""
    ws = room.ws
    uid = elections.begin(
        ws, engagement, room.workshop, title="Office bearers of LALA", held_on=date(2026, 6, 18)
    ).record
    for title, rule, tie in RULES:
        elections.add_position(ws, uid, title=title, rule=rule.value, tie=tie.value)
    elections.set_conditions(ws, uid, (Condition(Sort.WOMEN), Condition(Sort.MEN), Condition(Sort.COUNCILS)))
    elections.adopt_rules(ws, uid, how="Resolution 1: 86 for, 0 against, 2 abstaining", at=at(0, "15:40"))
    _appoint(room, uid)
    return uid


def _appoint(room: Room, uid: str) -> None:
    officers = [(RETURNING, Role.RETURNING), (SCRUTINEER, Role.SCRUTINEER), (OBSERVER, Role.OBSERVER)]
    for code, role in [*officers, *((code, Role.COUNTER) for code in COUNTERS)]:
        elections.appoint(room.ws, uid, room.persons[code], role.value)


def nominate(room: Room, uid: str) -> None:
    """The second day, nine o'clock: ten candidates, all of them accepted."""
    _nominate(room, uid, _table())


def _nominate(room: Room, uid: str, told: Sequence[Mapping[str, Any]]) -> None:
    ws, slips = room.ws, "Folded slips from a bowl"
    write_as(ws, room.persons[RETURNING])
    elections.open_nominations(ws, uid, at=at(1, "09:00"))
    election, edits = contests.load(ws, uid), list[Edit]()
    backers, seats = iter([room.persons[code] for code in BACKERS]), {one.person: one for one in election.roll.electors}
    for contest, position in zip(election.contests, told, strict=True):
        for candidate in position["candidates"].values():
            name, _bracket, rest = candidate.partition(" (")
            person = room.persons[rest.partition(",")[0]]
            backed = {"proposer": next(backers), "seconder": next(backers)}
            made = nominations.nomination_edits(
                ws, contest.id, seats[person], person=person, consent=True, name=name, **backed
            )
            by, when = room.persons[RETURNING], at(1, "09:25").isoformat()
            edits += [*made, nominations.ruling_edit(made[0].entity, nominations.ACCEPTED, "", by, when)]
    ws.record(edits, said="All who were nominated are accepted.")
    elections.close_nominations(ws, uid, at=at(1, "09:28"))
    for contest in contests.load(ws, uid).contests:
        order = [one.id for one in sorted(contest.standing, key=lambda one: _letter(told, one.name))]
        nominations.draw_order(
            ws,
            contest.id,
            order=order,
            method=slips,
            witnesses=_witnesses(room),
            at=at(1, "09:35"),
        )


def _witnesses(room: Room) -> list[str]:
    return [str(room.ws.journal.record(room.persons[code])["name"]) for code in COUNTERS]


def _letter(told: Sequence[Mapping[str, Any]], name: str) -> str:
    """The letter under which the table knows a candidate."""
    found: list[str] = [
        letter for one in told for letter, said in one["candidates"].items() if said.startswith(f"{name} (")
    ]
    return found[0]


def _table() -> list[dict[str, Any]]:
    text = places.resource("demonstration/elections.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def vote(room: Room, uid: str, leader: str, on: Callable[[str, int], date]) -> None:
    """From four o'clock: position after position, round after round, each with its account, entry and declaration."""
    on("2026-06-18", 14)
    ws = room.ws
    write_as(ws, room.persons[RETURNING])
    told = Vote(ws, room, uid, at(1, "16:00"))
    for position, one in enumerate(_table()):
        for number, held in enumerate(one["rounds"] if "in_box" in one["rounds"][0] else [one]):
            _round(told, position, number, held, one)
        _declare(told, position)
    write_as(ws, leader)


def _round(told: Vote, position: int, number: int, held: Mapping[str, Any], table: Mapping[str, Any]) -> None:
    uid = _keyed(told, position, number, held, table)
    write_as(told.ws, told.room.persons[RETURNING])
    keying.close_box(told.ws, uid)
    told.later(4)


def _keyed(told: Vote, position: int, number: int, held: Mapping[str, Any], table: Mapping[str, Any]) -> str:
    """A round up to the box that both counters have keyed; its id."""
    ws, room = told.ws, told.room
    contest = contests.load(ws, told.uid).contests[position]
    uid = rounds.open_round(ws, contest.id, at=told.later(1)).record
    figures = {
        "printed": held["ballots_printed"],
        "issued": held["issued"],
        "handed_back": held["spoilt_and_replaced"],
        "not_returned": 0,
        "unused": held["unused"],
    }
    rounds.keep_figures(ws, uid, figures)
    rounds.make_account(ws, uid, at=told.later(6))
    rounds.count_box(ws, uid, held["in_box"])
    papers = _papers(held, _names_by_letter(table), ws.journal.record(uid)["names"])
    Random(f"{position} {number}").shuffle(papers)
    for slot, code in enumerate(COUNTERS, 1):
        write_as(ws, room.persons[code])
        keying.keep_entry(ws, uid, slot, papers)
    return uid


def _names_by_letter(table: Mapping[str, Any]) -> dict[str, str]:
    return {letter: said.partition(" (")[0] for letter, said in table["candidates"].items()}


def _papers(held: Mapping[str, Any], names: Mapping[str, str], on_paper: Sequence[str]) -> list[Keyed]:
    """The papers of a round as the table tells of them, by the numbers that stand on the paper."""
    number = {letter: on_paper.index(name) + 1 for letter, name in names.items() if name in on_paper}
    invalid = [Keyed() if place % BLANK_SHARE else Keyed(rejected=Reason.UNCLEAR) for place in range(held["invalid"])]
    if "profiles" in held:
        ranked = [
            (tuple(number[letter] for letter in profile["ranking"]), profile["ballots"]) for profile in held["profiles"]
        ]
        return [Keyed(marks) for marks, many in ranked for _paper in range(many)] + invalid
    return [Keyed((number[letter],)) for letter, many in held["tally"].items() for _paper in range(many)] + invalid


def _declare(told: Vote, position: int) -> None:
    ws, room = told.ws, told.room
    election = contests.load(ws, told.uid)
    contest = election.contests[position]
    by, second = room.persons[RETURNING], room.persons[SCRUTINEER]
    when = told.later(2)
    edits = declarations.declaration_edits(election, contest, by=by, second=second, at=when.isoformat())
    ws.record(edits, said="The result is declared.", undoable=False, sealed=True)
    for winner in contests.load(ws, told.uid).contests[position].declared["winners"]:
        declarations.accept(ws, winner, accepted=True, from_=TERM[0], until=TERM[1])
    over = {"what": "The minutes and the keys of the initiative group", "to": contest.title}
    ws.record([Put(contest.id, "handed_over", {**over, "on": "2026-06-18", "at": when.isoformat()})], said="")


# ---- once more, for the guided tour ---------------------------------------------------------------------------------


def again(room: Room, engagement: str) -> str:
    """The vote for the treasurer once more, in an election of its own, up to the box that both counters have keyed.

    Equal votes lead to a lot here, which takes less time than the second ballot of the story. Returns the round.
    """
    ws, table = room.ws, _table()[-1]
    title, rule, _second_ballot = RULES[-1]
    uid = elections.begin(
        ws, engagement, room.workshop, title="The count, in rehearsal", held_on=date(2026, 6, 18)
    ).record
    elections.add_position(ws, uid, title=title, rule=rule.value, tie=TieLeads.LOT.value)
    elections.adopt_rules(ws, uid, how="For the rehearsal: equal votes lead to a lot", at=at(0, "15:40"))
    _appoint(room, uid)
    _nominate(room, uid, [table])
    held = _keyed(Vote(ws, room, uid, at(1, "16:00")), 0, 0, table["rounds"][0], table)
    write_as(ws, room.persons[RETURNING])
    return held
