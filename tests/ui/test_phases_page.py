"""Phases by keyboard and mouse: what is missing leads to its place; scaling down is overridden by two."""

from PySide6.QtCore import Qt

from pitso.domain.phases import State
from pitso.services import people, persons_here, phases, workspace
from pitso.services.programme_views import PhaseLine
from pitso.storage.edits import Put
from pitso.ui.pages.phases import PhasesPage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER = Qt.Key.Key_Return
PIN = "2468"


def at_phases(opened: Story, number: int = 0) -> PhasesPage:
    opened.house.go(opened.place("phases", code=str(number or "")))
    page = opened.house.page
    assert isinstance(page, PhasesPage)
    return page


def line(opened: Story, number: int) -> PhaseLine:
    return phases.view(opened.house.hall.workspace, opened.engagement).lines[number - 1]


def without_plan(opened: Story) -> None:
    ws = opened.house.hall.workspace
    for uid in ws.journal.records(f"record/{opened.engagement.partition('/')[2]}/plan/"):
        ws.record([Put(uid, "/data/ahead/adopted_on", None)], said="")


def test_the_page_opens_where_the_engagement_is(opened: Story) -> None:
    page = at_phases(opened)
    assert page.name.text().startswith("10 · Partners")
    assert "complete 15 September 2026" in page.stands.text()
    assert [row.pill for row in page.rows.rows][:3] == ["complete"] * 3


def test_what_is_missing_leads_to_its_record(opened: Story) -> None:
    without_plan(opened)
    page, house = at_phases(opened), opened.house
    assert page.name.text().startswith("9 ·")
    assert page.missing.hasFocus()
    house.key(ENTER)
    assert house.at == "form"
    assert "/plan/" in house.hall.place.code
    house.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert house.at == "phases"


def test_a_phase_is_noted_and_opened_again_by_keyboard(opened: Story) -> None:
    page, house = at_phases(opened, 7), opened.house
    assert page.note.hasFocus()
    house.key(ENTER)
    assert line(opened, 7).noted
    assert not page.note.isVisible()
    page.again.setFocus()
    house.key(ENTER)
    assert page.reason.hasFocus()
    house.key(ENTER)
    assert "one sentence" in page.reason_field.fault.text()
    house.write("Two councils want another article")
    house.key(ENTER)
    assert line(opened, 7).state is State.OPEN
    assert "another article" in page.told.text()


def test_scaling_down_tells_what_stands_in_the_way_and_is_overridden_by_host_and_office(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    office = people.person_called(ws, "Awa Rivière-Étoile")
    persons_here.set_pin(ws, office, PIN)
    page = at_phases(opened, 12)
    assert "W04" in page.way.text()
    assert "LEG-2" in page.way.text()
    hands.click(page.go)
    assert page.reason.hasFocus()
    assert "A host overrides" in page.explained.text()
    house.write("The register closes in November")
    page.witness.setCurrentIndex(page.witness.findData(office))
    page.pin.setFocus()
    house.write(PIN)
    house.key(ENTER)
    assert line(opened, 12).state is State.WAITING, "the leader is no host"
    workspace.write_as(ws, people.person_called(ws, "Tumelo Khoeli-Moru"))
    house.key(ENTER)
    assert line(opened, 12).state is State.OPEN
    assert "The register closes" in page.told.text()
    hands.click(page.rows.viewport(), page.rows.rect_of("13").center())
    house.settle()
    page.check.click()
    house.write("The executive meets each month")
    house.key(ENTER)
    assert len(line(opened, 13).missing) == 2


def test_escape_closes_the_question(opened: Story) -> None:
    page, house = at_phases(opened, 12), opened.house
    house.key(ENTER)
    assert page.form.isVisible()
    house.key(Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    assert house.at == "phases"
