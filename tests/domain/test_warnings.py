"""Each rule of the warnings at its border: the last day that is quiet, the first that is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from pitso.domain.facts import (
    Agreement,
    Assessed,
    Ballot,
    Commitment,
    Contact,
    Decided,
    Election,
    Event,
    EventKind,
    Facts,
    LeadershipChange,
    Milestones,
    Peer,
    Precondition,
    Share,
    Step,
    Talk,
    Term,
)
from pitso.domain.readiness.scoring import Verdict
from pitso.domain.warnings import RULES, Acknowledgement, Severity, Warning, heaviest, raised, rests

TODAY = date(2026, 9, 30)
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
STOP, WARN, NOTE = Severity.STOP, Severity.WARN, Severity.NOTE


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def ahead(days: int) -> date:
    return TODAY + timedelta(days)


SOON = ahead(30)


def visit(starts: date, ends: date | None = None, **more: date | None) -> Event:
    return Event(EventKind.VISIT, "Visit", starts, ends or starts, **more)  # type: ignore[arg-type]


def meeting(day: date, approved_on: date | None = None) -> Event:
    return Event(EventKind.MEETING, "Meeting", day, day, approved_on=approved_on)


def founding(day: date, councils: int | None = None, missing: tuple[str, ...] = ()) -> Event:
    return Event(
        EventKind.WORKSHOP,
        "Founding",
        day,
        day,
        founding=True,
        councils=councils,
        all_councils=None if councils is None else 12,
        missing=missing,
    )


CHOSEN = Milestones(
    identification_begun=ago(300), proposed=ago(300), association_chosen=ago(300), association_accepted=ago(300)
)
SIGNED = {"host": ago(200), "supporting": ago(200)}


def gap(days: int, *, spoken: int = 1, next_date: date | None = SOON) -> Facts:
    event = meeting(ago(days))
    return Facts(
        milestones=CHOSEN, events=(replace(event, next_date=next_date),), contacts=(Contact("Call", ago(spoken)),)
    )


def judged(verdict: Verdict | None, age: int = 1, **more: object) -> Assessed:
    return Assessed("AS", ago(age), verdict=verdict, **more)  # type: ignore[arg-type]


def ready_for_founding(assessed: Assessed | None, **more: object) -> Facts:
    known = (assessed,) if assessed else ()
    return Facts(events=(founding(ahead(5)),), assessments=known, **more)  # type: ignore[arg-type]


def changed(days: int, **more: object) -> LeadershipChange:
    return LeadershipChange("President", ago(days), **more)  # type: ignore[arg-type]


def scaling(assessed: Assessed, *items: str, moving: int | None = 12) -> Facts:
    return Facts(assessments=(replace(assessed, stage="scaledown"),), exit_open=items, moving_to=moving)


def money(*steps: tuple[int, int, int]) -> Facts:
    return Facts(
        steps=tuple(Step(f"Step {n}", Fraction(t), Fraction(c), ahead(d)) for n, (t, c, d) in enumerate(steps))
    )


def precondition(owner: str, due: date | None, done_on: date | None = None) -> Facts:
    asked = Precondition("Filed", owner, due, done_on)
    return Facts(assessments=(judged(Verdict.PRECONDITIONS, preconditions=(asked,)),))


def election(**more: object) -> Facts:
    return Facts(elections=(Election("President", **more),))  # type: ignore[arg-type]


def hour(number: int) -> datetime:
    return datetime(2026, 9, 30, number, tzinfo=UTC)


def on_visit(*unsent: date) -> Facts:
    return Facts(events=(visit(ago(3), ahead(1)),), objective_signed=SIGNED, unsent_days=unsent)


BALLOT = Ballot("Round 1", printed=100, issued=89, unused=11, spoilt=0, handed_back=1, in_box=88, valid=86, invalid=2)
LEARNED = {"host": 1, "supporting": 1}

NEW = LeadershipChange("President", ago(8), first_holder=True)

CASES: list[tuple[str, str, Facts, Severity | None]] = [
    ("W01", "trained that day", Facts(team=(Peer("P", ago(9), ago(9)),)), None),
    ("W01", "trained later: cleared", Facts(team=(Peer("P", ago(9), ago(1)),)), None),
    ("W01", "training still to come", Facts(team=(Peer("P", ago(9), ahead(1)),)), WARN),
    ("W01", "never trained", Facts(team=(Peer("P", TODAY),)), WARN),
    ("W01", "has done nothing yet", Facts(team=(Peer("P", ahead(1)),)), None),
    ("W01", "exempt", Facts(team=(Peer("P", ago(9), exempt=True),)), None),
    ("W02", "visit in 15 days", Facts(events=(visit(ahead(15)),)), None),
    ("W02", "first visit in 14 days", Facts(events=(visit(ahead(14)),)), STOP),
    ("W02", "first visit over", Facts(events=(visit(ago(9)),)), WARN),
    ("W02", "second visit", Facts(events=(visit(ago(90)), visit(TODAY))), WARN),
    ("W02", "assessment begun", Facts(assessments=(judged(None),)), WARN),
    ("W02", "one side signed", Facts(events=(visit(TODAY),), objective_signed={"host": TODAY}), STOP),
    (
        "W02",
        "both signed today",
        Facts(events=(visit(TODAY),), objective_signed={"host": TODAY, "supporting": TODAY}),
        None,
    ),
    ("W02", "a formal meeting needs none", Facts(events=(meeting(TODAY),)), None),
    ("W02", "a workshop needs it too", Facts(events=(founding(ahead(14)),)), WARN),
    ("W02", "a second visit while the first is on", Facts(events=(visit(ago(1), ahead(1)), visit(ahead(9)))), WARN),
    ("W03", "60 days", gap(60), None),
    ("W03", "61 days", gap(61), NOTE),
    ("W03", "90 days", gap(90), NOTE),
    ("W03", "91 days", gap(91), WARN),
    ("W03", "30 days of silence", gap(50, spoken=30), None),
    ("W03", "31 days of silence", gap(50, spoken=31), WARN),
    ("W03", "no next date", gap(1, next_date=None), WARN),
    ("W03", "before phase 3", replace(gap(91), milestones=Milestones()), None),
    ("W03", "chosen 300 days ago and nothing since", Facts(milestones=CHOSEN), WARN),
    ("W03", "a visit that is on has no next date yet", replace(gap(0), events=(visit(ago(2), ahead(2)),)), None),
    ("W04", "30 days", Facts(leadership=(changed(30),)), None),
    ("W04", "31 days", Facts(leadership=(changed(31),)), WARN),
    ("W04", "briefed", Facts(leadership=(changed(31, briefed_on=TODAY),)), None),
    ("W04", "60 days, briefed", Facts(leadership=(changed(60, briefed_on=TODAY),)), None),
    ("W04", "61 days, briefed, not reconfirmed", Facts(leadership=(changed(61, briefed_on=TODAY),)), WARN),
    ("W04", "both done", Facts(leadership=(changed(61, briefed_on=TODAY, reconfirmed_on=TODAY),)), None),
    ("W04", "first holder", Facts(leadership=(changed(99, first_holder=True),)), None),
    ("W04", "moving on", Facts(leadership=(changed(31),), moving_to=9), STOP),
    ("W05", "75 percent", money((100, 75, 40)), None),
    ("W05", "74 percent", money((100, 74, 40)), WARN),
    ("W05", "the third step does not count", money((50, 50, 40), (50, 50, 50), (100, 0, 60)), None),
    ("W05", "99 percent in 31 days", money((100, 99, 31)), None),
    ("W05", "99 percent in 30 days", money((100, 99, 30)), WARN),
    ("W05", "whole in 30 days", money((100, 100, 30)), None),
    ("W05", "needed today and not covered", money((100, 0, 0)), WARN),
    ("W05", "needed yesterday", money((100, 0, -1)), None),
    ("W05", "used already", Facts(steps=(Step("Visit", Fraction(9), Fraction(), ahead(3), used=True),)), None),
    ("W05", "the next two by their days", money((100, 0, 90), (50, 50, 40), (50, 50, 50)), None),
    ("W06", "nobody moves", scaling(judged(None, below_minimum=("LEG-2",)), moving=None), None),
    ("W06", "LEG-2 below", scaling(judged(None, below_minimum=("LEG-2",))), STOP),
    ("W06", "LEG-5 below", scaling(judged(None, below_minimum=("LEG-5",))), STOP),
    ("W06", "another indicator below", scaling(judged(None, below_minimum=("POL-4",))), None),
    ("W06", "an item open", scaling(judged(None), "bank account"), STOP),
    ("W06", "all closed", scaling(judged(None)), None),
    ("W06", "no assessment for it", Facts(moving_to=12), STOP),
    ("W07", "none", ready_for_founding(None), STOP),
    ("W07", "not ready", ready_for_founding(judged(Verdict.NOT_READY)), STOP),
    ("W07", "not determinable", ready_for_founding(judged(Verdict.UNDETERMINED)), STOP),
    ("W07", "ready with preconditions", ready_for_founding(judged(Verdict.PRECONDITIONS)), None),
    ("W07", "ready, 180 days old", ready_for_founding(judged(Verdict.READY, 180)), None),
    ("W07", "ready, 181 days old", ready_for_founding(judged(Verdict.READY, 181)), STOP),
    ("W07", "leader changed since", ready_for_founding(judged(Verdict.READY, 9), leadership=(changed(8),)), STOP),
    ("W07", "leader changed that day", ready_for_founding(judged(Verdict.READY, 9), leadership=(changed(9),)), None),
    ("W07", "hosts go ahead", ready_for_founding(None, went_ahead=True), None),
    ("W07", "session is over", Facts(events=(founding(ago(1)),)), None),
    ("W07", "election planned", election(held_on=ahead(3)), STOP),
    ("W07", "election held today", election(held_on=TODAY), STOP),
    ("W07", "election declared", election(held_on=TODAY, declared_on=TODAY), None),
    ("W07", "a first holder changes nothing", ready_for_founding(judged(Verdict.READY, 9), leadership=(NEW,)), None),
    ("W07", "the session is today", Facts(events=(founding(TODAY),)), STOP),
    ("W08", "owner and date", precondition("P", TODAY), None),
    ("W08", "overdue", precondition("P", ago(1)), WARN),
    ("W08", "overdue but done", precondition("P", ago(1), TODAY), None),
    ("W08", "no owner", precondition("", ahead(9)), WARN),
    ("W08", "no date", precondition("P", None), WARN),
    ("W09", "60 percent", Facts(assessments=(judged(None, confidence=Fraction(60, 100)),)), None),
    ("W09", "59 percent", Facts(assessments=(judged(None, confidence=Fraction(59, 100)),)), NOTE),
    ("W09", "on word only", Facts(assessments=(judged(None, on_word_only=("REP-4",)),)), NOTE),
    ("W10", "due today", Facts(commitments=(Commitment("Send", "host", "P", TODAY),)), None),
    ("W10", "due yesterday", Facts(commitments=(Commitment("Send", "host", "P", ago(1)),)), WARN),
    ("W10", "done late", Facts(commitments=(Commitment("Send", "host", "P", ago(9), closed_on=TODAY),)), None),
    ("W11", "one event", Facts(events=(meeting(ago(2)),)), None),
    ("W11", "two events, one side silent", Facts(events=(meeting(ago(2)),) * 2, learned={"host": 1}), NOTE),
    ("W11", "both learned", Facts(events=(meeting(ago(2)),) * 2, learned=LEARNED), None),
    ("W11", "hosts led 30 percent", Facts(led={"host": 30, "peers": 70}), None),
    ("W11", "hosts led 29 percent", Facts(led={"host": 29, "peers": 71}), NOTE),
    ("W12", "alone", Facts(talks=(Talk(ago(1), peers_absent=True),)), None),
    ("W12", "with peers", Facts(talks=(Talk(ago(1), peers_absent=False),)), WARN),
    ("W12", "noted by the hosts", Facts(talks=(Talk(ago(1), peers_absent=False, noted_by_hosts=True),)), None),
    ("W13", "rules first", election(rules_adopted=hour(9), nominations_opened=hour(9)), None),
    ("W13", "nominations first", election(rules_adopted=hour(10), nominations_opened=hour(9)), STOP),
    ("W13", "no rules", election(nominations_opened=hour(9)), STOP),
    ("W13", "roll closed", election(roll_closed=hour(9), vote_opened=hour(9)), None),
    ("W13", "roll open at the vote", election(vote_opened=hour(9)), STOP),
    ("W13", "candidate as official", election(both=("Neo",)), STOP),
    ("W14", "adds up", Facts(ballots=(BALLOT,)), None),
    ("W14", "one paper short", Facts(ballots=(replace(BALLOT, unused=10),)), STOP),
    ("W14", "box against issued", Facts(ballots=(replace(BALLOT, handed_back=0),)), STOP),
    ("W14", "box against count", Facts(ballots=(replace(BALLOT, valid=85),)), STOP),
    ("W14", "explained", Facts(ballots=(replace(BALLOT, valid=85, explained=True),)), None),
    ("W15", "quorum", Facts(decided=(Decided("R1", TODAY, 60, 60),)), None),
    ("W15", "one less", Facts(decided=(Decided("R1", TODAY, 59, 60),)), STOP),
    ("W15", "decided tomorrow", Facts(decided=(Decided("R1", ahead(1), 59, 60),)), None),
    ("W16", "9 of 12", Facts(events=(founding(TODAY, 9),)), None),
    ("W16", "8 of 12", Facts(events=(founding(TODAY, 8),)), WARN),
    ("W16", "no urban council", Facts(events=(founding(TODAY, 12, ("urban",)),)), WARN),
    ("W16", "not begun", Facts(events=(founding(ahead(1), 0),)), None),
    ("W17", "30 percent", Facts(women=(Share("voters", 30, 100),)), None),
    ("W17", "29 percent", Facts(women=(Share("voters", 29, 100),)), WARN),
    ("W17", "below the statutes", Facts(women=(Share("voters", 39, 100, rule=Fraction(2, 5)),)), WARN),
    ("W17", "a lower rule of the statutes", Facts(women=(Share("voters", 29, 100, rule=Fraction(1, 5)),)), WARN),
    ("W17", "nobody yet", Facts(women=(Share("voters", 0, 0),)), None),
    ("W18", "14 days", Facts(events=(visit(ago(14)),)), None),
    ("W18", "15 days", Facts(events=(visit(ago(15)),)), WARN),
    ("W18", "final", Facts(events=(visit(ago(15), final_on=TODAY),)), None),
    ("W18", "minutes open at the next meeting", Facts(events=(meeting(ago(9)), meeting(TODAY))), WARN),
    ("W18", "minutes approved there", Facts(events=(meeting(ago(9), TODAY), meeting(TODAY))), None),
    ("W18", "next meeting tomorrow", Facts(events=(meeting(ago(9)), meeting(ahead(1)))), None),
    ("W19", "answer needed today", Facts(contacts=(Contact("L", ago(9), TODAY),)), None),
    ("W19", "needed yesterday", Facts(contacts=(Contact("L", ago(9), ago(1)),)), NOTE),
    ("W19", "answered", Facts(contacts=(Contact("L", ago(9), ago(1), TODAY),)), None),
    ("W19", "answered tomorrow", Facts(contacts=(Contact("L", ago(9), ago(1), ahead(1)),)), NOTE),
    ("W20", "none", Facts(), None),
    ("W20", "one pair", Facts(doubles=1), NOTE),
    ("W21", "none", Facts(), None),
    ("W21", "one", Facts(differing=1), NOTE),
    ("W21", "in a final record", Facts(differing=1, differing_final=1), WARN),
    ("W22", "91 days left", Facts(agreements=(Agreement("A", ahead(91)),)), None),
    ("W22", "90 days left", Facts(agreements=(Agreement("A", ahead(90)),)), NOTE),
    ("W22", "renewed", Facts(agreements=(Agreement("A", ahead(90), renewed=True),)), None),
    ("W22", "review today", Facts(agreements=(Agreement("A", ahead(900), reviews=(TODAY,)),)), None),
    ("W22", "review yesterday", Facts(agreements=(Agreement("A", ahead(900), reviews=(ago(1),)),)), NOTE),
    ("W23", "181 days", Facts(terms=(Term("Basalt", ahead(181)),)), None),
    ("W23", "180 days", Facts(terms=(Term("Basalt", ahead(180)),)), NOTE),
    ("W23", "planned for", Facts(terms=(Term("Basalt", ahead(180), planned=True),)), None),
    ("W23", "ends today", Facts(terms=(Term("Basalt", TODAY),)), NOTE),
    ("W23", "ended", Facts(terms=(Term("Basalt", ago(1)),)), None),
    ("W24", "one day", on_visit(TODAY, TODAY), None),
    ("W24", "two days", on_visit(ago(1), TODAY), WARN),
    ("W24", "no visit", Facts(unsent_days=(ago(1), TODAY)), None),
    ("W25", "all agreed", Facts(), None),
    ("W25", "one did not", Facts(without_consent=("Neo",)), STOP),
    ("W26", "gap", Facts(gaps=("Desk B",)), NOTE),
    ("W26", "heard 7 days ago", replace(on_visit(), silent={"Lesotho": ago(7)}), None),
    ("W26", "heard 8 days ago", replace(on_visit(), silent={"Lesotho": ago(8)}), NOTE),
    ("W26", "no visit", Facts(silent={"Lesotho": ago(8)}), None),
    ("W27", "same moment", Facts(now=NOW, latest_recorded=NOW), None),
    ("W27", "a second behind", Facts(now=NOW, latest_recorded=NOW + timedelta(seconds=1)), WARN),
    ("W27", "a day behind others", Facts(now=NOW, latest_received=NOW + timedelta(days=1)), None),
    ("W27", "more than a day", Facts(now=NOW, latest_received=NOW + timedelta(days=1, seconds=1)), WARN),
    ("W28", "one version", Facts(assessments=(judged(None, versions=1),)), None),
    ("W28", "two versions", Facts(assessments=(judged(None, versions=2),)), WARN),
    ("W28", "not held yet", Facts(assessments=(judged(None, -1, versions=2),)), None),
]


@pytest.mark.parametrize(
    ("code", "facts", "severity"),
    [(c, f, s) for c, _what, f, s in CASES],
    ids=[f"{c} {what}" for c, what, _f, _s in CASES],
)
def test_a_rule_speaks_from_its_border_on(code: str, facts: Facts, severity: Severity | None) -> None:
    found = tuple(warning for warning in raised(facts, TODAY) if warning.code == code)
    assert heaviest(found) is severity


def test_every_rule_is_tried_quiet_and_loud() -> None:
    tried = {(code, severity is None) for code, _what, _facts, severity in CASES}
    assert tried >= {(f"W{number:02}", quiet) for number in range(1, 29) for quiet in (True, False)}
    assert list(RULES) == [f"W{number:02}" for number in range(1, 29)]


def test_nothing_known_raises_nothing() -> None:
    assert raised(Facts(), TODAY) == ()


def test_the_event_that_ended_last_is_the_last_one() -> None:
    long, short = visit(ago(70), ago(5), next_date=SOON), replace(meeting(ago(20)), next_date=None)
    facts = Facts(milestones=CHOSEN, events=(long, short), contacts=(Contact("Call", ago(1)),))
    assert not [warning for warning in raised(facts, TODAY) if warning.code == "W03"]


def test_silence_is_counted_from_today_while_a_visit_is_on_and_from_its_end_afterwards() -> None:
    facts = Facts(milestones=CHOSEN, events=(visit(ago(3), ahead(60), next_date=SOON),), objective_signed=SIGNED)
    assert not [warning for warning in raised(facts, TODAY) if warning.code == "W03"]
    spoken = replace(facts, contacts=(Contact("Call", ago(40)),))
    assert not [warning for warning in raised(spoken, TODAY) if warning.code == "W03"]


def test_scaling_down_asks_the_assessment_of_that_stage_and_founding_the_other() -> None:
    down = replace(judged(Verdict.READY, 9), stage="scaledown")
    later = replace(judged(Verdict.NOT_READY, 1, below_minimum=("LEG-2",)), stage="founding")
    both = Facts(assessments=(down, later), moving_to=12)
    assert not [warning for warning in raised(both, TODAY) if warning.code == "W06"]
    founded = replace(judged(Verdict.READY, 9), stage="founding")
    scaled = replace(judged(Verdict.NOT_READY, 1), stage="scaledown")
    planned = Facts(assessments=(founded, scaled), events=(founding(ahead(5)),))
    assert not [warning for warning in raised(planned, TODAY) if warning.code == "W07"]


def test_the_latest_assessment_counts_and_not_the_first() -> None:
    known = Facts(assessments=(judged(Verdict.NOT_READY, 90), judged(Verdict.READY, 9)), events=(founding(ahead(5)),))
    assert not [warning for warning in raised(known, TODAY) if warning.code == "W07"]


def test_the_heaviest_stand_first() -> None:
    facts = Facts(doubles=1, without_consent=("Neo",), commitments=(Commitment("Send", "host", "P", ago(1)),))
    assert [warning.code for warning in raised(facts, TODAY)] == ["W25", "W10", "W20"]


def test_overdue_commitments_are_counted_by_side_since_the_first_day_late() -> None:
    late = [("host", 15), ("host", 10), ("supporting", 5)]
    facts = Facts(commitments=tuple(Commitment("Do", side, "P", ago(days)) for side, days in late))
    found = [(warning.subject, warning.told["number"], warning.since) for warning in raised(facts, TODAY)]
    assert found == [("host", 2, ago(14)), ("supporting", 1, ago(4))]


def test_a_visit_keeps_its_mark_when_the_training_came_later() -> None:
    peer = Peer("PEER-5", date(2026, 1, 19), date(2026, 5, 6))
    assert peer.untrained_at(date(2026, 1, 19))
    assert not peer.untrained_at(date(2026, 5, 6))


HEAVY = Warning("W02", STOP, "unsigned", ago(1))


def seen(**more: object) -> Acknowledgement:
    usual: dict[str, object] = {
        "key": HEAVY.key,
        "severity": STOP,
        "reason": "agreed orally",
        "by": "leader",
        "on": TODAY,
        "look_again": ahead(14),
        "second": "host",
    }
    return Acknowledgement(**usual | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("acknowledged", "lacks"),
    [
        (seen(), ""),
        (seen(reason="  "), "reason"),
        (seen(second=""), "second"),
        (seen(second="leader"), "second"),
        (seen(severity=WARN, second=""), ""),
        (seen(look_again=TODAY), "date"),
    ],
)
def test_a_stop_needs_a_reason_a_date_and_a_second_person(acknowledged: Acknowledgement, lacks: str) -> None:
    assert acknowledged.lacks == lacks
    if lacks:
        assert not rests(HEAVY, acknowledged, TODAY)


def test_an_acknowledged_warning_rests_until_its_day() -> None:
    assert not rests(HEAVY, None, TODAY)
    assert rests(HEAVY, seen(), ahead(13))
    assert not rests(HEAVY, seen(), ahead(14))


def test_what_was_acknowledged_as_lighter_does_not_rest() -> None:
    assert not rests(HEAVY, seen(severity=WARN), TODAY)
    assert rests(replace(HEAVY, severity=WARN), seen(), TODAY)
    assert not rests(replace(HEAVY, subject="another"), seen(), TODAY)
