"""The office's view of the demonstration: figures as the story tells them, in the order of names."""

from pathlib import Path

import pytest

from pitso.services import engagements, giving, learning, open_formats, overview, receiving, sending, workspace
from pitso.services.overview import FigureLine
from pitso.services.workspace import Workspace


@pytest.fixture
def office(demo: Workspace, tmp_path: Path) -> Workspace:
    """A second workspace that received the story."""
    made = workspace.create(tmp_path / "office.pitso", name="UCLG Africa", office=True, clock=demo.clock)
    sending.send(demo, tmp_path / "story.pitso-bundle")
    receiving.receive(made, tmp_path / "story.pitso-bundle", trusting=True)
    return made


def figure(lines: tuple[FigureLine, ...], name: str) -> tuple[str, str]:
    (line,) = [line for line in lines if line.name == name]
    return line.figure, line.told


def test_the_office_sees_where_the_engagement_stands(office: Workspace) -> None:
    (line,) = overview.overview(office).lines
    assert (line.phase.partition(" ")[0], line.days_in_phase, line.since_event) == ("10", 15, 8)
    assert (line.verdict_age, str(line.next_date)) == (8, "2026-11-10")
    assert "3 open, 2 overdue" in line.promised
    assert "1 open, 1 overdue" in line.promised
    assert line.line.last_received is not None


def test_the_figures_are_those_of_the_story(office: Workspace) -> None:
    told = overview.overview(office).figures
    assert figure(told, "Women reached") == ("39.2 %", "47 of 120")
    assert figure(told, "Young leaders reached")[1] == "22 of 120"
    assert figure(told, "Councils reached")[0] == "10"
    assert figure(told, "Peers trained")[1] == "5 of 5"
    assert figure(told, "Resources covered")[0] == "94.3 %"
    assert figure(told, "Learning points in use")[1] == "6 of 12"
    assert figure(told, "What the hosts learned")[0] == "7"
    assert figure(told, "What the supporting side learned")[0] == "5"
    assert figure(told, "Associations founded")[0] == "1"


def test_engagements_stand_in_the_order_of_their_names(demo: Workspace) -> None:
    for title in ("Zambezi", "eSwatini", "Angola"):
        engagements.begin(demo, title=title, country=title, host="H", supporting="S", coordinating="C")
    found = [one.line.title for one in overview.overview(demo).lines]
    assert found == ["Angola", "eSwatini", "Lesotho", "Zambezi"]
    assert [line.title for line in engagements.known(demo)] == found


def test_an_office_gives_its_view_away_as_a_table(office: Workspace, demo: Workspace, tmp_path: Path) -> None:
    sheets = giving.everything(office)
    (sheet,) = [sheet for sheet in sheets if sheet.name == "overview"]
    assert sheet.rows[0]["women"] == "47"
    assert "overview" not in {sheet.name for sheet in giving.everything(demo)}
    assert open_formats.as_sqlite(sheets, tmp_path / "all.db") == len(sheets)


def test_learning_points_that_nobody_uses_come_first(demo: Workspace) -> None:
    view = learning.learning(demo, engagements.called(demo))
    assert [point.used for point in view.points] == [False] * 6 + [True] * 6
    assert {point.topic for point in view.points if point.used} >= {"Accounts and audit", "Forum of women leaders"}
    assert view.programme
