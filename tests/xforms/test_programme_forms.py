"""The forms of the programme: each converts, speaks three languages, keeps its rules at every border, comes back."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pitso import places
from pitso.services import library
from pitso.xforms import Environment, Form, read_form
from tests.xforms.scenario import Scenario, environment, recalculated, state_of
from tests.xforms.test_example_forms import fill

FOLDER = Path(str(places.form("")))
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/survey.csv"))
PEOPLE = [{"name": f"p{n}", "label": f"Person {n}", "role": "", "organisation": ""} for n in range(1, 6)]
BODIES = [{"name": name, "label": name.upper(), "kind": "association"} for name in ("bala", "lala", "uclga")]
LISTS: Mapping[str, list[dict[str, str]]] = {
    "person": PEOPLE,
    "organisation": BODIES,
    "council": [{"name": "c1", "label": "Basalt", "kind": "council"}],
    "assessment": [{"name": "a1", "label": "AS-1", "differs": "POL-4"}, {"name": "a2", "label": "AS-2", "differs": ""}],
    "visit": [{"name": "v1", "label": "Visit 1", "state": "final"}],
    "finding": [{"name": "f1", "label": "A finding", "state": "final"}],
    "days": [],
    "learning": [{"name": "l1", "label": "A point", "state": "final"}],
}


@cache
def form_named(name: str) -> Form:
    return read_form((FOLDER / name / f"{name}.xml").read_bytes())


def at_hand(name: str) -> Environment:
    """Noon on 22 January 2026, with two associations, five persons and all that a form may pick from."""

    def rows(identity: str) -> Callable[[], list[dict[str, str]]]:
        return lambda: LISTS[identity]

    return replace(environment(), lists={identity: rows(identity) for identity in form_named(name).files})


def begun(name: str, answers: Mapping[str, str]) -> Scenario:
    """A record of that form; a row of a path that is not there yet is added."""
    scenario = Scenario(form_named(name).begin(at_hand(name)))
    for path, text in answers.items():
        for row in re.finditer(r"\[(\d+)\]", path):
            while scenario.rows(path[: row.start()]) < int(row[1]):
                scenario.adds(path[: row.start()])
        scenario.answers(path, text)
    return scenario


def table(name: str, sheet: str) -> list[dict[str, str]]:
    with (FOLDER / name / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- what holds for all of them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_form_converts_without_findings(name: str) -> None:
    assert library.check(FOLDER / name / f"{name}.xlsx") == []
    assert form_named(name).id == name


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_said_in_english_is_said_in_french_and_portuguese(name: str) -> None:
    for sheet in ("survey", "choices"):
        for row in table(name, sheet):
            for column in ("label", "hint", "constraint_message"):
                said = [bool(row.get(f"{column}::{code}")) for code in ("en", "fr", "pt")]
                assert len(set(said)) == 1, (row["name"], column)
                shown = [
                    set(re.findall(r"\$\{\w+\}", row.get(f"{column}::{code}") or "")) for code in ("en", "fr", "pt")
                ]
                assert shown[0] == shown[1] == shown[2], (row["name"], column)
    session = form_named(name).begin(at_hand(name))
    for code in ("en", "fr", "pt"):
        session.speak(code)
        for question in form_named(name).questions:
            assert not question.control or question.label(session.language), question.path
    attributes = form_named(name).attributes
    assert all(attributes[f"pitso:{what}_{code}"] for what in ("title", "group") for code in ("en", "fr", "pt"))


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_other_opens_a_text_that_is_required(name: str) -> None:
    lists = {row["list_name"] for row in table(name, "choices") if row["name"] == "other"}
    rows = {row["name"]: row for row in table(name, "survey")}
    for row in list(rows.values()):
        if row["type"].partition(" ")[2] in lists:
            further = rows[f"other_{row['name']}"]
            assert (further["type"], further["required"]) == ("text", "yes")
            assert f"${{{row['name']}}}" in further["relevant"]
            assert "'other'" in further["relevant"]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_that_is_broken_is_told_in_words_of_its_own(name: str) -> None:
    for row in table(name, "survey"):
        assert bool(row["constraint"]) == bool(row["constraint_message::en"]), row["name"]


@pytest.mark.parametrize("name", NAMES)
def test_a_record_has_a_name_from_the_start(name: str) -> None:
    assert len(begun(name, {}).session.name) > 3


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", NAMES)
def test_a_form_filled_at_random_comes_back_unchanged(name: str, seed: int) -> None:
    form = form_named(name)
    session = form.begin(at_hand(name))
    fill(session, random.Random(f"{name} {seed}"), 50)
    assert state_of(recalculated(session)) == state_of(session)
    session.finish()
    again = form.restore(session.submission(), at_hand(name))
    assert again.submission() == session.submission()


# ---- what is kept out, at each border -----------------------------------------------------------------------------

Answers = dict[str, str]
BORDERS: list[tuple[str, Answers, str, str, str]] = [
    # form, what was answered before, the question, an answer that is right, one that is wrong
    ("identification", {}, "about/identified_on", "2026-01-22", "2026-01-23"),
    (
        "choice",
        {"decided/decision": "chosen", "decided/decided_on": "2026-01-20"},
        "decided/accepted_on",
        "2026-01-20",
        "2026-01-19",
    ),
    ("objective", {}, "signatories[1]/signed", "2026-01-22", "2026-01-23"),
    ("team", {}, "training[1]/hours", "0.5", "0.4"),
    ("team", {}, "training[1]/hours", "200", "200.5"),
    ("team", {"members[1]/member_from": "2026-01-10"}, "members[1]/member_to", "2026-01-10", "2026-01-09"),
    ("meeting", {"about/starts": "09:00:00.000+02:00"}, "about/ends", "09:01:00.000+02:00", "09:00:00.000+02:00"),
    ("meeting", {}, "led/quorum_required", "1", "0"),
    ("meeting", {"about/held_on": "2026-01-20"}, "ahead/next_date", "2026-01-20", "2026-01-19"),
    ("feedback", {}, "points[1]/point_codes", "LEG-2 POL-4", "LEG2"),
    ("reflection", {"about/starts": "2026-01-10"}, "about/ends", "2026-01-10", "2026-01-09"),
    ("agreement", {"about/starts": "2026-01-10"}, "about/ends", "2026-01-11", "2026-01-10"),
    ("agreement", {"parties[1]/party": "bala"}, "gives[1]/giver", "bala", "lala"),
    (
        "agreement",
        {"about/starts": "2026-06-19", "about/ends": "2029-06-18"},
        "reviews[1]/review_on",
        "2029-06-18",
        "2029-06-19",
    ),
    ("programme", {}, "topics[1]/topic_state", "wish", "planned"),
    ("leadership", {"about/leaves": "p1"}, "about/arrives", "p2", "p1"),
    ("leadership", {"about/happened_on_day": "2026-01-10"}, "about/known_on", "2026-01-10", "2026-01-09"),
    (
        "leadership",
        {"about/happened_on_known": "month", "about/happened_on_month": "2025-12-01"},
        "about/known_on",
        "2025-12-01",
        "2025-11-30",
    ),
    (
        "leadership",
        {"about/happened_on_known": "year", "about/happened_on_year": "2025-01-01"},
        "about/known_on",
        "2025-01-01",
        "2024-12-31",
    ),
    ("leadership", {}, "consequence/handover", "file meeting", "file none"),
    ("resources", {}, "about/plan_currency", "LSL", "lsl"),
    ("resources", {"about/plan_currency": "LSL"}, "steps[1]/lines[1]/line_currency", "LSL", "EUR"),
    ("risks", {}, "about/how_many", "1", "0"),
    ("risks", {}, "about/how_many", "40", "41"),
    ("exit", {"ahead/override": "yes", "ahead/override_host": "p1"}, "ahead/override_office", "p2", "p1"),
    ("finding", {}, "about/codes", "LEG-2", "leg-2"),
]


@pytest.mark.parametrize(("name", "before", "path", "right", "wrong"), BORDERS)
def test_an_answer_is_kept_out_exactly_at_the_border(
    name: str, before: Answers, path: str, right: str, wrong: str
) -> None:
    scenario = begun(name, before)
    scenario.answers(path, right)
    assert not {kind for _path, kind in scenario.wrong(path)} & {"constraint", "type"}
    scenario.answers(path, wrong)
    assert [kind for _path, kind in scenario.wrong(path)] == ["constraint"]


# ---- what is asked only where it arises ---------------------------------------------------------------------------

ASKED: list[tuple[str, Answers, str, bool]] = [
    ("identification", {"about/association_exists": "weak"}, "system/elected", True),
    ("identification", {"about/association_exists": "functioning"}, "system/elected", False),
    ("identification", {"about/association_exists": "functioning"}, "decided/decision", False),
    ("identification", {"about/association_exists": "functioning"}, "about/advice", True),
    ("identification", {"about/association_exists": "none"}, "about/advice", False),
    ("identification", {"system/elected": "unknown"}, "system/elected_source", False),
    ("identification", {"system/elected": "partly"}, "system/elected_source", True),
    ("choice", {"decided/decision": "reserve"}, "decided/accepted_on", False),
    ("choice", {"decided/decision": "chosen"}, "decided/accepted_on", True),
    ("team", {"training[1]/result": "exempt"}, "training[1]/exempt_reason", True),
    ("team", {"training[1]/result": "attended"}, "training[1]/exempt_reason", False),
    ("meeting", {"about/means": "in_room"}, "about/remote_facilitator", False),
    ("meeting", {"about/means": "remote"}, "about/remote_facilitator", True),
    ("meeting", {"about/means": "mixed"}, "about/channel", True),
    ("meeting", {"ahead/next_date": "2026-03-01"}, "ahead/no_next_date", False),
    ("meeting", {}, "ahead/no_next_date", True),
    ("meeting", {"about/kind": "other"}, "about/other_kind", True),
    ("feedback", {"about/assessment": "a1"}, "ahead/seen_differently", True),
    ("feedback", {"about/assessment": "a2"}, "ahead/seen_differently", False),
    ("reflection", {"decided/peers_absent": "no"}, "decided/influence", True),
    ("reflection", {"decided/decision": "strengthen"}, "decided/election_due", True),
    ("reflection", {"decided/decision": "found"}, "decided/election_due", False),
    ("reflection", {"decided/peers_absent": "yes"}, "decided/influence", False),
    ("learning", {"about/use": "programme"}, "about/programme_item", True),
    ("learning", {"about/use": "applied"}, "about/programme_item", False),
    ("programme", {"topics[1]/topic_state": "done"}, "topics[1]/topic_result", True),
    ("statutes", {"body/i01": "in_text"}, "body/i01_article", True),
    ("statutes", {"body/i01": "not_wanted"}, "body/i01_article", False),
    ("exit", {"founded/bank": "yes"}, "founded/bank_proof", True),
    ("exit", {"founded/bank": "not_needed"}, "founded/bank_reason", True),
    ("exit", {"founded/bank": "no"}, "founded/bank_proof", False),
    ("finding", {"about/holds": "recommendations", "about/released": "no"}, "recommendations[1]/accepted", False),
    ("finding", {"about/holds": "recommendations", "about/released": "yes"}, "recommendations[1]/accepted", True),
    ("partners", {"partners[1]/amount": "10"}, "partners[1]/amount_currency", True),
]


@pytest.mark.parametrize(("name", "answers", "path", "shown"), ASKED)
def test_a_question_is_asked_only_where_it_arises(name: str, answers: Answers, path: str, shown: bool) -> None:
    assert begun(name, answers).shows(path) is shown


def test_where_an_association_functions_nothing_more_is_asked() -> None:
    scenario = begun(
        "identification",
        {
            "about/country": "ZA",
            "about/identified_on": "2026-01-10",
            "about/identified_by": "p1",
            "promise/holds": "councils contacts",
            "about/association_exists": "functioning",
        },
    )
    assert scenario.wrong() == []


REQUIRED: list[tuple[str, Answers, str, bool]] = [
    ("leadership", {}, "about/leaves", True),
    ("leadership", {"about/arrives": "p1"}, "about/leaves", False),
    ("leadership", {"about/leaves": "p1"}, "about/arrives", False),
    ("statutes", {"body/i02": "not_wanted"}, "body/i02_comment", True),
    ("statutes", {"body/i02": "partly"}, "body/i02_comment", False),
    ("reflection", {"about/holds": "consulted"}, "consulted[1]/consulted_group", True),
    (
        "reflection",
        {"about/holds": "consulted", "consulted[1]/consulted_council": "c1"},
        "consulted[1]/consulted_group",
        False,
    ),
    ("resources", {"steps[1]/lines[1]/cover": "written"}, "steps[1]/lines[1]/source", True),
    ("resources", {"steps[1]/lines[1]/cover": "planned"}, "steps[1]/lines[1]/source", False),
    ("choice", {}, "criteria/organs_evidence", True),
    ("reflection", {}, "for[1]/argument_for", True),
    ("reflection", {}, "against[1]/argument_against", True),
    ("feedback", {}, "learned[1]/lesson", True),
]


@pytest.mark.parametrize(("name", "answers", "path", "required"), REQUIRED)
def test_a_question_is_required_where_the_rule_says_so(name: str, answers: Answers, path: str, required: bool) -> None:
    scenario = begun(name, answers)
    assert scenario.session.required(scenario.path(path)) is required


# ---- what is worked out -------------------------------------------------------------------------------------------


def every(names: list[str], text: str, name: str) -> Answers:
    """The same answer to each of these questions, by their paths in the form."""
    paths = {question.name: question.path.removeprefix("/data/") for question in form_named(name).questions}
    return {paths[each]: text for each in names}


CRITERIA = [
    "constituted",
    "organs",
    "elections",
    "accounts",
    "services",
    "secretariat",
    "standing",
    "willingness",
    "language",
    "distance",
]
STAR = [
    "statutes",
    "certificate",
    "officers",
    "bank",
    "secretariat",
    "subscription",
    "plan",
    "keepers",
    "cooperation",
    "partner",
    "commitments",
    "procedures",
]
STATUTES = [f"i{number:02}" for number in range(1, 25)]
PLAN = [f"i{number:02}" for number in range(1, 19)]
SIGNED = {
    "signatories[1]/signatory": "p1",
    "signatories[1]/signatory_side": "host",
    "signatories[1]/signed": "2026-01-10",
    "signatories[2]/signatory": "p2",
    "signatories[2]/signatory_side": "coordinating",
    "signatories[2]/signed": "2026-01-12",
}
BOTH = SIGNED | {"signatories[2]/signatory_side": "supporting"}
TEAM = {
    "members[1]/member": "p1",
    "members[1]/sex": "woman",
    "members[1]/mandate": "elected",
    "members[2]/member": "p2",
    "members[2]/sex": "man",
    "members[2]/mandate": "appointed",
    "members[3]/member": "p3",
    "members[3]/sex": "man",
    "members[3]/mandate": "elected",
    "training[1]/trainee": "p1",
    "training[1]/result": "completed",
    "training[2]/trainee": "p2",
    "training[2]/result": "attended",
    "training[3]/trainee": "p3",
    "training[3]/result": "exempt",
}
QUORUM = {
    "led/quorum_required": "2",
    "attendance[1]/attendant": "p1",
    "attendance[1]/counts": "yes",
    "attendance[2]/attendant": "p2",
    "attendance[2]/counts": "no",
}
PARTIES = {
    "about/starts": "2026-06-19",
    "about/ends": "2029-06-18",
    "parties[1]/party": "bala",
    "parties[2]/party": "lala",
    "gives[1]/giver": "bala",
}
RESOURCES = {
    "about/plan_currency": "LSL",
    "steps[1]/step_name": "Visit 3",
    "steps[1]/step_state": "done",
    "steps[1]/lines[1]/unit_cost": "41000",
    "steps[1]/lines[1]/cover": "received",
    "steps[2]/step_name": "Launch",
    "steps[2]/step_state": "to_come",
    "steps[2]/lines[1]/unit_cost": "30000",
    "steps[2]/lines[1]/cover": "written",
    "steps[3]/step_name": "Visit 4",
    "steps[3]/step_state": "to_come",
    "steps[3]/lines[1]/quantity": "3",
    "steps[3]/lines[1]/unit_cost": "15000",
    "steps[3]/lines[1]/cover": "in_kind",
    "steps[3]/lines[2]/unit_cost": "30000",
    "steps[3]/lines[2]/cover": "oral",
    "steps[4]/step_name": "Visit 5",
    "steps[4]/step_state": "to_come",
    "steps[4]/lines[1]/unit_cost": "100000",
    "steps[4]/lines[1]/cover": "planned",
}
EURO = {
    "about/holds": "rates",
    "rates[1]/rate_currency": "EUR",
    "rates[1]/rate": "20",
    "steps[1]/lines[1]/line_currency": "EUR",
}
ADOPTED = every(PLAN, "in_text", "plan")
OPEN = {"about/holds": "activities", "activities[1]/activity": "Train councillors"}

WORKED_OUT: list[tuple[str, Answers, str, str]] = [
    ("choice", every(CRITERIA, "4", "choice"), "criteria_more/average", "4"),
    ("choice", every(CRITERIA, "4", "choice") | {"criteria/organs": "0"}, "criteria_more/average", "3.6"),
    ("choice", every(CRITERIA[:9], "4", "choice"), "criteria_more/average", ""),
    ("objective", SIGNED, "ahead/complete", "no"),
    ("objective", BOTH, "ahead/complete", "yes"),
    ("objective", BOTH, "ahead/signed_on", "2026-01-12"),
    ("objective", BOTH | {"signatories[1]/signed": ""}, "ahead/complete", "no"),
    ("team", TEAM, "ahead/women_share", "33.3"),
    ("team", TEAM, "ahead/elected", "2"),
    ("team", TEAM, "ahead/appointed", "1"),
    ("team", TEAM, "ahead/trained", "2"),
    ("meeting", QUORUM, "ahead/quorum_met", "no"),
    ("meeting", QUORUM | {"attendance[2]/counts": "yes"}, "ahead/quorum_met", "yes"),
    ("meeting", {}, "ahead/quorum_met", ""),
    ("agreement", PARTIES, "ahead/years", "3"),
    ("agreement", PARTIES, "ahead/givers", "1"),
    ("agreement", PARTIES | {"gives[2]/giver": "lala"}, "ahead/givers", "2"),
    (
        "leadership",
        {"about/happened_on_known": "year", "about/happened_on_year": "2025-01-01"},
        "about/happened_on",
        "2025",
    ),
    (
        "leadership",
        {"about/happened_on_known": "month", "about/happened_on_month": "2025-03-01"},
        "about/happened_on",
        "2025-03",
    ),
    ("leadership", {"about/happened_on_day": "2025-03-10"}, "about/happened_on", "2025-03-10"),
    ("leadership", {"briefing[1]/briefed_on": "2026-01-10"}, "ahead/open", "yes"),
    (
        "leadership",
        {"briefing[1]/briefed_on": "2026-01-10", "consequence/reconfirmed_on": "2026-01-20"},
        "ahead/open",
        "no",
    ),
    (
        "programme",
        {"topics[1]/topic": "A", "topics[2]/topic": "B", "topics[2]/topic_on": "2026-05-01"},
        "ahead/dated",
        "1",
    ),
    ("statutes", every(STATUTES, "in_text", "statutes"), "ahead/settled_share", "100"),
    ("statutes", every(STATUTES[:21], "not_wanted", "statutes"), "ahead/settled", "21"),
    ("statutes", every(STATUTES[:21], "in_text", "statutes"), "ahead/open_items", "22 23 24"),
    ("plan", ADOPTED, "ahead/complete", "yes"),
    ("plan", ADOPTED | {"following/i18": "partly"}, "ahead/complete", "no"),
    ("plan", ADOPTED | {"money/i12": "not_wanted"}, "ahead/complete", "no"),
    ("plan", ADOPTED | OPEN, "ahead/complete", "no"),
    ("plan", ADOPTED | OPEN | {"activities[1]/activity_owner": "p1"}, "ahead/complete", "yes"),
    ("resources", RESOURCES, "steps[3]/step_total", "75000"),
    ("resources", RESOURCES, "steps[3]/step_share", "60"),
    ("resources", RESOURCES, "ahead/next_share", "71.4"),
    ("resources", RESOURCES, "ahead/oral", "30000"),
    ("resources", RESOURCES, "ahead/share", "47.2"),
    ("resources", RESOURCES | EURO, "steps[1]/lines[1]/line_total", "820000"),
    ("resources", RESOURCES | EURO | {"about/holds": ""}, "steps[1]/lines[1]/line_total", ""),
    ("resources", RESOURCES | {"steps[2]/step_state": "done"}, "ahead/next_share", "25.7"),
    ("risks", {"risks[2]/likelihood": "3", "risks[2]/effect": "4"}, "risks[2]/level", "12"),
    ("risks", {"risks[2]/likelihood": "3", "risks[2]/effect": "3"}, "ahead/high", "1"),
    ("risks", {"risks[2]/likelihood": "4", "risks[2]/effect": "2"}, "ahead/high", "0"),
    ("exit", every(STAR, "yes", "exit"), "ahead/may_scale_down", "yes"),
    ("exit", every(STAR[:11], "yes", "exit"), "ahead/required_done", "11"),
    ("exit", every(STAR[:11], "yes", "exit"), "ahead/may_scale_down", "no"),
    ("exit", every(STAR, "not_needed", "exit"), "ahead/required_done", "0"),
    (
        "exit",
        {
            "ahead/override": "yes",
            "ahead/override_host": "p1",
            "ahead/override_office": "p2",
            "ahead/override_reason": "The registry is closed.",
        },
        "ahead/may_scale_down",
        "override",
    ),
    ("partners", {"partners[1]/partner": "bala", "partners[1]/stage": "contacted"}, "ahead/met", "0"),
    ("partners", {"partners[1]/partner": "bala", "partners[1]/stage": "meeting"}, "ahead/met", "1"),
]


@pytest.mark.parametrize(("name", "answers", "path", "result"), WORKED_OUT)
def test_what_is_worked_out(name: str, answers: Answers, path: str, result: str) -> None:
    assert begun(name, answers).says(path) == result


def test_ten_risks_are_proposed_and_an_eleventh_is_asked_for_in_words() -> None:
    scenario = begun("risks", {})
    proposed = [scenario.says(f"risks[{number}]/risk") for number in range(1, 11)]
    assert len(set(proposed)) == 10
    assert (proposed[0], proposed[9]) == ("election", "gap")
    scenario.answers("about/how_many", 11)
    assert scenario.says("risks[11]/risk") == "other"
    assert scenario.session.required("/data/risks[11]/other_risk")


# ---- a rule over a whole table blocks finishing, and says so at its count ----------------------------------------

STRENGTHS = {f"strengths[{number}]/strength": "Councils meet" for number in (1, 2, 3)}
GIVING = PARTIES | {
    "gives[2]/giver": "lala",
    "reviews[1]/review_on": "2026-12-19",
    "reviews[2]/review_on": "2027-12-19",
}
SIGNING = {
    "signatures[1]/signatory_party": "bala",
    "signatures[1]/signed_on": "2026-01-19",
    "signatures[2]/signatory_party": "lala",
    "signatures[2]/signed_on": "2026-01-19",
}
ACROSS: list[tuple[str, Answers, Answers, str]] = [
    # form, what does not do, what makes it do, the question that says so
    ("objective", {"signs[1]/sign": "Founded"}, {"signs[2]/sign": "Registered"}, "ahead/sign_count"),
    ("team", {"members[1]/member": "p1"}, {"members[2]/member": "p2"}, "ahead/member_count"),
    ("programme", {"topics[1]/topic_state": "planned"}, {"topics[1]/topic_on": "2026-03-01"}, "topics[1]/topic_state"),
    ("feedback", STRENGTHS | {"strengths[3]/strength": ""}, STRENGTHS, "ahead/strength_count"),
    ("agreement", {"parties[1]/party": "bala"}, {"parties[2]/party": "lala"}, "ahead/party_count"),
    ("agreement", PARTIES, {"gives[2]/giver": "lala"}, "ahead/givers"),
    ("agreement", GIVING, {"reviews[3]/review_on": "2028-12-19"}, "ahead/review_count"),
    ("agreement", GIVING | {"ahead/state": "signed"}, SIGNING, "ahead/state"),
    (
        "statutes",
        every(STATUTES[:23], "in_text", "statutes") | {"ahead/state": "agreed"},
        {"change/i24": "in_text"},
        "ahead/state",
    ),
    ("plan", ADOPTED | OPEN | {"ahead/state": "adopted"}, {"activities[1]/activity_owner": "p1"}, "ahead/state"),
]


@pytest.mark.parametrize(("name", "short", "more", "path"), ACROSS)
def test_a_rule_over_a_whole_table_is_told_until_it_holds(name: str, short: Answers, more: Answers, path: str) -> None:
    assert [kind for _path, kind in begun(name, short).wrong(path)] == ["constraint"]
    assert begun(name, short | more).wrong(path) == []


def test_where_no_days_are_told_the_report_of_a_visit_is_due_after_two_weeks() -> None:
    scenario = begun("visit", {"/data/about/starts": "2026-06-15", "/data/about/ends": "2026-06-18"})
    assert scenario.session.value("/data/about/report_due") == "2026-07-02"
