"""The list of an office: at once what can be told at once, the rest when it is known, and nothing in anybody's way."""

from pathlib import Path

import pytest

from pitso.services import engagements, people, receiving, sending, workspace
from pitso.ui.desk import Work
from pitso.ui.hall import Place
from pitso.ui.pages.engagements import EngagementsPage
from tests.ui.conftest import House, Story


@pytest.fixture
def office(opened: Story, tmp_path: Path) -> House:
    """The window of an office that received the story, and began another engagement."""
    house, ws = opened.house, opened.house.hall.workspace
    sending.send(ws, tmp_path / "story.pitso-bundle")
    made = workspace.create(tmp_path / "office.pitso", name="UCLG Africa", office=True, clock=ws.clock)
    workspace.write_as(made, people.add_person(made, name="Facilitator").record)
    receiving.receive(made, tmp_path / "story.pitso-bundle", trusting=True)
    engagements.begin(made, title="Angola", country="Angola", host="H", supporting="S", coordinating="C")
    made.close()
    house.opening.open(str(tmp_path / "office.pitso"))
    house.shell.go(Place("engagements"))
    return house


def page(house: House) -> EngagementsPage:
    assert isinstance(house.page, EngagementsPage), house.at
    return house.page


def test_names_stand_at_once_and_the_rest_follows(office: House) -> None:
    assert [row.title for row in page(office).rows.rows] == ["Angola", "Lesotho"]
    office.qtbot.waitUntil(lambda: "overdue" in page(office).rows.rows[1].under, timeout=60_000)
    assert "10 · Partners" in page(office).rows.rows[1].detail
    page(office).part_asked.emit("figures")
    office.qtbot.waitUntil(lambda: bool(page(office).figures.rows), timeout=60_000)
    assert page(office).figures.isVisible()
    assert {row.title: row.detail for row in page(office).figures.rows}["Women reached"] == "47 of 120"


def test_whoever_leaves_the_list_is_not_held_up_and_hears_nothing(office: House) -> None:
    troubles: list[object] = []
    office.hall.desk.troubled.connect(troubles.append)
    office.shell.go(Place("people", engagements.known(office.hall.workspace)[0].id))
    office.shell.go(Place("engagements"))
    office.qtbot.waitUntil(lambda: "overdue" in page(office).rows.rows[1].under, timeout=60_000)
    assert troubles == []


def test_whoever_leaves_the_list_before_it_is_painted_begins_no_reading(office: House) -> None:
    left = page(office)
    office.shell.go(Place("people", engagements.known(office.hall.workspace)[0].id))
    office.qtbot.wait(1500)  # a reading of two engagements is over long before
    assert left.rows.rows[1].under == ""


def test_work_that_is_abandoned_ends_where_it_tells_and_says_nothing(house: House) -> None:
    said: list[str] = []
    begun: list[int] = []

    def long(tell: object) -> None:
        while True:
            begun.append(1)
            tell(0, 1)  # type: ignore[operator]

    work: Work[None] = Work(lambda: long(work.tell))
    work.ended.connect(lambda: said.append("ended"))
    work.failed.connect(lambda _trouble: said.append("failed"))
    work.start()
    house.qtbot.waitUntil(lambda: bool(begun), timeout=10_000)
    work.abandon()
    house.qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert said == ["ended"]
