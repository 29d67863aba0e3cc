"""The records that the demonstration holds in the forms of the programme, with the figures of its story."""

import pytest

from pitso.services import filling, record_ids, record_list
from pitso.services.workspace import Workspace
from tests.services.conftest import the_engagement


def told(ws: Workspace, form: str, number: int = 0) -> filling.Filling:
    """A record of that form, the earliest first."""
    prefix = record_ids.beginning(the_engagement(ws), form)
    lines = sorted(record_list.records(ws, the_engagement(ws)), key=lambda line: line.at)
    return filling.open_record(ws, [line.id for line in lines if line.id.startswith(prefix)][number])


@pytest.mark.parametrize(
    ("form", "path", "figure"),
    [
        ("choice", "criteria_more/average", "3.4"),
        ("team", "ahead/trained", "5"),
        ("objective", "ahead/complete", "yes"),
        ("feedback", "ahead/strength_count", "4"),
        ("feedback", "ahead/differs", "POL-4"),
        ("statutes", "ahead/settled", "24"),
        ("plan", "ahead/complete", "yes"),
        ("agreement", "ahead/years", "3"),
        ("agreement", "ahead/review_count", "3"),
        ("programme", "ahead/dated", "6"),
        ("resources", "ahead/total", "524000"),
        ("resources", "ahead/sure", "494000"),
        ("resources", "ahead/share", "94.3"),
        ("resources", "ahead/next_share", "71.4"),
        ("exit", "ahead/required_done", "8"),
        ("exit", "ahead/may_scale_down", "no"),
        ("partners", "ahead/met", "1"),
    ],
)
def test_the_figures_are_those_of_the_story(demo: Workspace, form: str, path: str, figure: str) -> None:
    assert told(demo, form).session.value(f"/data/{path}") == figure


def test_one_change_of_leadership_is_settled_and_one_is_open(demo: Workspace) -> None:
    assert [told(demo, "leadership", number).session.value("/data/ahead/open") for number in (0, 1)] == ["no", "yes"]


def test_both_sides_learned(demo: Workspace) -> None:
    sides = [told(demo, "learning", number).session.value("/data/about/learned_by") for number in range(12)]
    assert (sides.count("hosts"), sides.count("supporting")) == (7, 5)


def test_what_is_final_has_nothing_left(demo: Workspace) -> None:
    for line in record_list.records(demo, the_engagement(demo)):
        if line.state == "final":
            assert not filling.open_record(demo, line.id).session.problems(), line.name
