"""What the workspace holds becomes facts, and the facts become warnings that people acknowledge."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pitso import places
from pitso.domain.facts import EventKind, Facts, Track
from pitso.domain.phases import State, phases, where_we_are
from pitso.domain.trouble import Trouble
from pitso.domain.warnings import RULES, Severity, raised
from pitso.services import (
    engagements,
    facts,
    milestones,
    people,
    persons_here,
    terms,
    warning_words,
    warnings,
    workspace,
)
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from tests.domain.test_warnings import CASES, TODAY

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
AGAIN = date(2026, 10, 14)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = workspace.create(tmp_path / "w.pitso", name="W", clock=lambda: NOW)
    workspace.write_as(made, people.add_person(made, name="Mpho Leader").record)
    engagements.begin(made, title="E", country="Lesotho", host="Hosts", supporting="BALA", coordinating="Office")
    return made


def only(ws: Workspace) -> str:
    return engagements.engagements(ws)[0].id


def kept(ws: Workspace, form: str, state: str = "final", **answers: str) -> str:
    """A record as the forms keep it: answers by their paths, rows in braces."""
    record = f"record/{only(ws).partition('/')[2]}/{form}/{ws.token()}"
    edits = [Put(record, f"/data/{path.replace('__', '/')}", value) for path, value in answers.items()]
    ws.record([Put(record, "state", state), *edits], said="")
    return record


def row(ws: Workspace, record: str, table: str, **answers: str) -> None:
    at = f"/data/{table}{{{ws.token()}}}"
    ws.record([Put(record, f"{at}/{name}", value) for name, value in answers.items()], said="")


def codes(ws: Workspace) -> list[str]:
    return [line.code for line in warnings.warnings(ws, only(ws))]


def visit(ws: Workspace, state: str = "draft", starts: str = "2026-09-28") -> str:
    return kept(ws, "visit", state, about__starts=starts, about__ends=starts, ahead__next_date="2026-11-10")


@pytest.mark.parametrize(("code", "known"), [(code, known) for code, _what, known, severity in CASES if severity])
def test_every_warning_has_its_words(code: str, known: Facts) -> None:
    for warning in raised(known, TODAY):
        assert warning_words.title(warning)
        assert "{" not in warning_words.told(warning)
        assert warning_words.clears(warning)
        assert warning_words.severity(warning.severity)


@pytest.mark.parametrize("known", [known for code, _what, known, severity in CASES if code == "W07" and severity])
def test_where_an_association_is_strengthened_w07_speaks_of_renewal(known: Facts) -> None:
    for track, begins in ((Track.FOUNDING, "Founding or election"), (Track.STRENGTHENING, "Renewal")):
        (said,) = [one for one in raised(replace(known, track=track), TODAY) if one.code == "W07"]
        assert warning_words.told(said).startswith(begins)


def test_the_demonstration_knows_its_visits_assessments_and_team(demo: Workspace) -> None:
    known = facts.facts(demo, only(demo))
    assert [(one.starts, one.final_on) for one in known.events if one.kind is EventKind.VISIT] == [
        (date(2026, 1, 19), date(2026, 2, 5)),
        (date(2026, 6, 15), date(2026, 7, 1)),
        (date(2026, 9, 21), None),
    ]
    assert [one.coverage_on for one in known.assessments][:1] == [date(2026, 1, 22)]
    assert known.assessments[2].below_minimum == ("LEG-2",)
    late = [peer for peer in known.team if peer.untrained_at(date(2026, 1, 19))]
    assert [(peer.acted_on, peer.trained_on) for peer in late] == [(date(2026, 1, 19), date(2026, 5, 6))]


def test_the_demonstration_warns_of_what_its_story_tells_and_of_nothing_else(demo: Workspace) -> None:
    lines = warnings.warnings(demo, only(demo))
    assert sorted({line.code for line in lines}) == ["W04", "W05", "W10", "W19", "W23"]
    said = {line.code: line.told for line in lines}
    assert "36 days" in said["W04"]
    assert "71.4" in said["W05"]
    assert "25 September" in said["W19"]
    assert "152 days" in said["W23"]
    assert sorted(line.told for line in lines if line.code == "W10") == [
        "Host side: 2 overdue.",
        "Supporting association: 1 overdue.",
    ]
    pages = {line.code: (line.page, line.record.partition("/")[0]) for line in lines}
    assert (pages["W10"], pages["W19"], pages["W23"]) == (
        ("commitments", ""),
        ("contacts", "contact"),
        ("people", "organisation"),
    )


COMPLETE = {1: "2025-09-15", 2: "2025-10-20", 3: "2026-05-06", 4: "2026-01-22", 5: "2026-01-23", 6: "2026-03-27"}
COMPLETE |= {7: "2026-06-17", 8: "2026-06-18", 9: "2026-08-19", 10: "2026-09-15", 11: "2026-08-19"}
"""When each phase of the story was complete."""


def test_the_phases_of_the_demonstration_are_complete_on_their_days(demo: Workspace) -> None:
    standing = phases(facts.facts(demo, only(demo)), demo.today())
    done = {phase.number: phase.completed_on.isoformat() for phase in standing if phase.completed_on}
    assert done == COMPLETE
    assert where_we_are(standing).number == 10
    assert {phase.state for phase in standing if phase.number in (12, 13)} == {State.WAITING}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-21", {"W01", "W02"}),
        ("2026-04-23", {"W01", "W03"}),
        ("2026-04-24", {"W01", "W03"}),
        ("2026-04-28", {"W01"}),
        ("2026-05-07", set()),
        ("2026-08-20", set()),
        ("2026-09-07", {"W23"}),
    ],
)
def test_on_other_days_the_story_raised_what_it_tells(demo: Workspace, day: str, expected: set[str]) -> None:
    """With all that is known now, as of these days: gaps, training, the objective."""
    told = raised(facts.facts(demo, only(demo)), date.fromisoformat(day))
    watched = {"W01", "W02", "W03", "W04", "W10", "W16", "W17", "W19", "W23"}
    assert {one.code for one in told} & watched == expected


def test_four_of_the_twelve_required_items_are_open(demo: Workspace) -> None:
    known = facts.facts(demo, only(demo))
    assert len(milestones.required_items()) == 12
    assert [words.partition(" ")[0] for words in known.exit_open] == ["certificate", "records", "no", "administrative"]


def test_a_council_whose_term_ends_warns_until_the_risk_register_says_what_is_done(ws: Workspace) -> None:
    council = people.add_organisation(ws, name="Basalt", kind="council").record
    terms.note(ws, only(ws), council, ends=date(2027, 3, 1), planned=False)
    assert "W23" in codes(ws)
    terms.note(ws, only(ws), council, ends=date(2027, 3, 1), planned=True)
    assert "W23" not in codes(ws)
    terms.note(ws, only(ws), council, ends=None, planned=False)
    assert "W23" not in codes(ws)
    assert terms.term(ws, only(ws), council).ends is None


def test_a_visit_without_a_signed_objective_stops(ws: Workspace) -> None:
    visit(ws, starts="2026-10-05")
    (line,) = [line for line in warnings.warnings(ws, only(ws)) if line.code == "W02"]
    assert line.severity is Severity.STOP
    objective = kept(ws, "objective", "draft")
    row(ws, objective, "signatories", signatory_side="host", signed="2026-09-01")
    assert "W02" in codes(ws)
    row(ws, objective, "signatories", signatory_side="supporting", signed="2026-09-02")
    assert "W02" not in codes(ws)


def test_records_that_were_withdrawn_count_no_more(ws: Workspace) -> None:
    gone = visit(ws)
    assert "W02" in codes(ws)
    ws.record([Put(gone, "state", "withdrawn")], said="")
    assert "W02" not in codes(ws)


def test_a_changed_leader_warns_until_somebody_briefs(ws: Workspace) -> None:
    change = kept(
        ws, "leadership", about__post="Principal officer", about__happened_on_day="2026-08-25", about__leaves="x"
    )
    assert "W04" in codes(ws)
    row(ws, change, "briefing", briefed_on="2026-09-29")
    assert "W04" not in codes(ws)


def test_the_next_two_steps_are_covered_by_what_is_confirmed(ws: Workspace) -> None:
    plan = kept(ws, "resources", "draft")
    step = f"/data/steps{{{ws.token()}}}"
    ws.record([Put(plan, f"{step}/step_name", "Visit 4"), Put(plan, f"{step}/step_on", "2026-11-10")], said="")
    for cover, amount in (("written", "45000"), ("oral", "30000")):
        line = f"{step}/lines{{{ws.token()}}}"
        cells = {"quantity": "1", "unit_cost": amount, "cover": cover}
        ws.record([Put(plan, f"{line}/{name}", value) for name, value in cells.items()], said="")
    (told,) = [line.told for line in warnings.warnings(ws, only(ws)) if line.code == "W05"]
    assert "60" in told


def test_phases_are_read_from_the_records(ws: Workspace) -> None:
    kept(
        ws,
        "identification",
        about__identified_on="2025-09-15",
        decided__decision="propose",
        about__association_exists="weak",
    )
    kept(ws, "choice", decided__decision="chosen", decided__decided_on="2025-09-29", decided__accepted_on="2025-10-20")
    known = facts.facts(ws, only(ws))
    standing = phases(known, TODAY)
    assert known.track is Track.STRENGTHENING
    assert [one.completed_on for one in standing[:2]] == [date(2025, 9, 15), date(2025, 10, 20)]
    assert where_we_are(standing).number == 3


@pytest.mark.parametrize(
    ("decision", "due", "renewal", "plan"),
    [
        ("strengthen", "no", State.NOT_DUE, State.OPEN),
        ("strengthen", "yes", State.WAITING, State.WAITING),
        ("do_not", "", State.WAITING, State.WAITING),
    ],
)
def test_who_strengthens_goes_on_without_an_election_where_none_is_due(
    ws: Workspace, decision: str, due: str, renewal: State, plan: State
) -> None:
    kept(ws, "identification", about__identified_on="2026-01-10", about__association_exists="nascent")
    answers = {"decided__decision": decision, "decided__decided_on": "2026-03-27", "decided__peers_absent": "yes"}
    kept(ws, "reflection", **answers, **({"decided__election_due": due} if due else {}))
    items = {f"items__i{number:02}": "in_text" for number in range(1, 25)}
    kept(ws, "statutes", ahead__checked_on="2026-05-01", ahead__agreed_on="2026-05-02", **items)
    standing = phases(facts.facts(ws, only(ws)), TODAY)
    assert standing[6].state is (State.COMPLETE if decision == "strengthen" else State.WAITING)
    assert (standing[7].state, standing[8].state) == (renewal, plan)


def test_an_answer_that_is_no_date_is_no_fact(ws: Workspace) -> None:
    visit(ws, starts="2026-02-30")
    assert facts.facts(ws, only(ws)).events == ()


def test_a_clock_behind_its_own_records_is_noticed(ws: Workspace) -> None:
    ws.clock = lambda: datetime(2026, 9, 29, 12, tzinfo=UTC)
    assert "W27" in codes(ws)


def test_an_acknowledged_warning_rests_until_its_day_and_stays(ws: Workspace) -> None:
    kept(ws, "leadership", about__post="Principal officer", about__happened_on_day="2026-08-25", about__leaves="x")
    engagement = only(ws)
    (line,) = warnings.warnings(ws, engagement)
    assert warnings.raised(ws, engagement) == warnings.Raised(1, Severity.WARN)
    warnings.acknowledge(ws, engagement, line.key, reason="on leave", look_again=AGAIN)
    (line,) = warnings.warnings(ws, engagement)
    assert line.rests
    assert "on leave" in line.seen
    assert warnings.raised(ws, engagement) == warnings.Raised(0, None)
    ws.clock = lambda: datetime(2026, 10, 14, 12, tzinfo=UTC)
    assert warnings.raised(ws, engagement).number > 0


@pytest.mark.parametrize(("reason", "again"), [(" ", AGAIN), ("on leave", date(2026, 9, 30))])
def test_without_a_reason_or_a_later_day_nothing_is_kept(ws: Workspace, reason: str, again: date) -> None:
    kept(ws, "leadership", about__post="Principal officer", about__happened_on_day="2026-08-25", about__leaves="x")
    (line,) = warnings.warnings(ws, only(ws))
    with pytest.raises(Trouble):
        warnings.acknowledge(ws, only(ws), line.key, reason=reason, look_again=again)
    assert not warnings.warnings(ws, only(ws))[0].seen


def test_a_stop_is_passed_by_two_persons_and_not_undone(ws: Workspace) -> None:
    visit(ws, starts="2026-10-05")
    engagement = only(ws)
    host = people.add_person(ws, name="Host").record
    persons_here.set_pin(ws, host, "2468")
    (line,) = [line for line in warnings.warnings(ws, engagement) if line.code == "W02"]
    for second, pin in (("", ""), (ws.author or "", ""), (host, "1111")):
        with pytest.raises(Trouble):
            warnings.acknowledge(
                ws, engagement, line.key, reason="agreed orally", look_again=AGAIN, second=second, pin=pin
            )
    change = warnings.acknowledge(
        ws, engagement, line.key, reason="agreed orally", look_again=AGAIN, second=host, pin="2468"
    )
    assert not change.undoable
    (line,) = [line for line in warnings.warnings(ws, engagement) if line.code == "W02"]
    assert line.rests
    assert "Mpho Leader, Host" in line.seen


def test_what_does_not_hold_cannot_be_acknowledged(ws: Workspace) -> None:
    with pytest.raises(Trouble):
        warnings.acknowledge(ws, only(ws), "W02|unsigned|", reason="x", look_again=AGAIN)
    assert len(RULES) == 28


READ = {
    "identification": {"association_exists", "identified_on", "decision"},
    "choice": {"decision", "decided_on", "accepted_on"},
    "objective": {"signatories", "signatory_side", "signed", "reconfirmations", "reconfirmed_on"},
    "team": {"training", "trainee", "trained_on", "result"},
    "visit": {"starts", "ends", "next_date", "team", "member", "trained", "programme", "led_by"},
    "meeting": {"held_on", "title", "next_date", "approval", "approved_on"},
    "feedback": {"held_on", "next_date"},
    "reflection": {"decision", "decided_on", "peers_absent", "election_due"},
    "agreement": {"title", "ends", "renewal", "state", "signatures", "signed_on", "reviews", "review_on"},
    "leadership": {"post", "leaves", "happened_on_day", "briefing", "briefed_on", "reconfirmed_on"},
    "resources": {"steps", "step_name", "step_on", "step_state", "lines", "quantity", "unit_cost", "cover"},
    "learning": {"learned_by"},
    "partners": {"partners", "stage", "last_contact_day"},
    "statutes": {"checked_on", "state", "agreed_on", *(f"i{number:02}" for number in range(1, 25))},
    "plan": {"checked_on", "adopted_on", "activities", "activity_owner", "costs", "cost", "i01", "i18"},
    "programme": {"topics", "topic_on", "agreed_on"},
    "exit": {"as_of", "letter_on", *milestones.required_items(), *milestones.OTHER_ITEMS},
}
"""The questions whose answers become facts, by the form."""


@pytest.mark.parametrize("form", facts.FORMS)
def test_what_is_read_is_asked_by_the_forms_that_ship(form: str) -> None:
    table = places.form(f"{form}/survey.csv").read_text(encoding="utf-8")
    asked = {line["name"] for line in csv.DictReader(table.splitlines())}
    assert asked >= READ[form]
