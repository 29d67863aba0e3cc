"""The days that warnings wait: the usual ones, those of one engagement, and everything that follows them."""

from dataclasses import fields
from datetime import date

import pytest

from pitso.domain import roles
from pitso.domain.trouble import Trouble
from pitso.domain.warnings import USUAL
from pitso.services import (
    elections,
    engagements,
    filling,
    glance,
    library,
    past,
    phases,
    records,
    thresholds,
    warnings,
    workspace,
)
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from tests.services.conftest import the_engagement


def codes(ws: Workspace) -> list[str]:
    return [line.code for line in warnings.warnings(ws, the_engagement(ws))]


def test_all_days_can_be_set_and_nothing_else() -> None:
    days = {field.name for field in fields(USUAL) if isinstance(getattr(USUAL, field.name), int)}
    assert set(thresholds.named()) == days


@pytest.mark.parametrize(
    ("name", "days", "then"),
    [
        ("term_ahead", 151, ["W04", "W05", "W10", "W19"]),
        ("term_ahead", 152, ["W04", "W05", "W10", "W19", "W23"]),
        ("briefing", 36, ["W05", "W10", "W19", "W23"]),
        ("briefing", 35, ["W04", "W05", "W10", "W19", "W23"]),
    ],
)
def test_a_warning_follows_the_days_of_its_engagement(demo: Workspace, name: str, days: int, then: list[str]) -> None:
    thresholds.set_days(demo, the_engagement(demo), name, days)
    assert list(dict.fromkeys(codes(demo))) == then


def test_as_usual_takes_them_back_and_undo_too(demo: Workspace) -> None:
    engagement, before = the_engagement(demo), codes(demo)
    thresholds.set_days(demo, engagement, "term_ahead", 10)
    assert codes(demo) != before
    thresholds.use_usual(demo, engagement, "term_ahead")
    assert codes(demo) == before
    thresholds.set_days(demo, engagement, "term_ahead", 10)
    workspace.undo(demo)
    assert thresholds.settings(demo, engagement) == USUAL


@pytest.mark.parametrize(("days", "due"), [(None, "2026-07-02"), (21, "2026-07-09"), (1, "2026-06-19")])
def test_the_record_of_a_visit_tells_when_its_report_is_due(demo: Workspace, days: int | None, due: str) -> None:
    """By the days after which the engagement is warned of a report that is late."""
    engagement = the_engagement(demo)
    if days is not None:
        thresholds.set_days(demo, engagement, "report", days)
    visit = filling.open_record(demo, records.begin(demo, engagement, library.current(demo, "visit")).record)
    records.type_answer(visit, "/data/about/ends", "2026-06-18")
    assert visit.session.value("/data/about/report_due") == due


def test_they_hold_for_one_engagement_alone(demo: Workspace) -> None:
    first = the_engagement(demo)
    thresholds.set_days(demo, first, "silence", 45)
    other = engagements.begin(
        demo, title="Another", country="Malawi", host="Leaders", supporting="BALA", coordinating="UCLG Africa"
    ).record
    assert thresholds.settings(demo, other).silence == 30
    assert thresholds.settings(demo, first).silence == 45


@pytest.mark.parametrize("days", [0, -1, 1000])
def test_a_number_that_nobody_can_wait_is_refused(demo: Workspace, days: int) -> None:
    with pytest.raises(Trouble, match="no number of days"):
        thresholds.set_days(demo, the_engagement(demo), "silence", days)


def test_the_note_on_a_gap_comes_before_its_warning_whatever_is_set_first(demo: Workspace) -> None:
    engagement = the_engagement(demo)
    for name, days in (("gap_note", 90), ("gap_warn", 60)):
        with pytest.raises(Trouble, match="no earlier than the warning"):
            thresholds.set_days(demo, engagement, name, days)
    thresholds.set_days(demo, engagement, "gap_warn", 120)
    thresholds.set_days(demo, engagement, "gap_note", 100)
    with pytest.raises(Trouble, match="no earlier than the warning"):
        thresholds.use_usual(demo, engagement, "gap_warn")


def test_a_name_that_is_none_is_told_with_those_that_are(demo: Workspace) -> None:
    with pytest.raises(Trouble) as told:
        thresholds.set_days(demo, the_engagement(demo), "least_women", 5)
    assert "gap_warn" in told.value.remedy


def test_who_set_them_stands_beneath_and_in_the_history(demo: Workspace) -> None:
    engagement = the_engagement(demo)
    thresholds.set_days(demo, engagement, "report", 21)
    thresholds.set_days(demo, engagement, "report", 28)
    line = next(one for one in thresholds.lines(demo, engagement) if one.name == "report")
    assert (line.days, line.usual, line.own, line.on) == (28, 14, True, date(2026, 9, 30))
    assert line.by == workspace.person_name(demo, demo.author)
    told = [(one.value, one.current) for one in past.of_place(demo, "days", engagement=engagement)]
    assert told == [("28", True), ("21", False)]
    assert past.of_place(demo, "days", engagement=engagement)[0].field_words.startswith("Days after a visit")
    assert thresholds.differing(demo, engagement) == "Other days than usual hold here: W18."


def test_the_time_line_the_stops_and_the_election_follow_them_too(demo: Workspace) -> None:
    engagement = the_engagement(demo)
    assert [gap.days for gap in glance.glance(demo, engagement).gaps] == [95]
    thresholds.set_days(demo, engagement, "gap_warn", 95)
    (gap,) = glance.glance(demo, engagement).gaps
    assert not gap.heavy
    assert any(stop.startswith("W04") for stop in phases.view(demo, engagement).stops)
    thresholds.set_days(demo, engagement, "briefing", 40)
    assert not any(stop.startswith("W04") for stop in phases.view(demo, engagement).stops)
    before = elections.not_ready(demo, engagement, date(2026, 10, 1))
    thresholds.set_days(demo, engagement, "assessment_age", 5)
    assert "is too old" in elections.not_ready(demo, engagement, date(2026, 10, 1))
    assert "is too old" not in before


def test_what_another_program_wrote_is_passed_over(demo: Workspace) -> None:
    key = the_engagement(demo).partition("/")[2]
    demo.record([Put(f"threshold/{key}/silence", "days", "soon"), Put(f"threshold/{key}/dreams", "days", 5)], said="")
    assert thresholds.settings(demo, the_engagement(demo)) == USUAL


def test_only_the_leader_and_the_office_set_them() -> None:
    assert roles.allowed("threshold/x/report", "days", {roles.LEADER})
    assert roles.allowed("threshold/x/report", "days", {roles.OFFICE})
    assert not roles.allowed("threshold/x/report", "days", {roles.PEER, roles.DESK, roles.HOST})
