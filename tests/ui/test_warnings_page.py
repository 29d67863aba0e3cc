"""Warnings by keyboard: seen in the head, opened, followed to where they are cleared, acknowledged."""

from PySide6.QtCore import Qt

from pitso.services import people, persons_here, warnings
from pitso.storage.edits import Put
from pitso.ui.pages.warnings import WarningsPage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def without_objective(opened: Story) -> None:
    """Take the signed objective of the story away, so that two warnings stand at least."""
    ws = opened.house.hall.workspace
    held = ws.journal.records(f"record/{opened.engagement.partition('/')[2]}/objective/", fields=["state"])
    ws.record([Put(uid, "state", "withdrawn") for uid in held], said="")


def at_warnings(opened: Story) -> WarningsPage:
    without_objective(opened)
    opened.house.go(opened.place("engagement"))
    opened.house.key(Qt.Key.Key_W, CTRL)
    page = opened.house.page
    assert isinstance(page, WarningsPage)
    return page


def test_the_head_of_every_page_counts_them_and_leads_there(opened: Story) -> None:
    house = opened.house
    without_objective(opened)
    house.go(opened.place("assess"))
    number = warnings.raised(house.hall.workspace, opened.engagement).number
    house.qtbot.waitUntil(lambda: house.page.warned.isVisible(), timeout=10_000)
    assert house.page.warned.text().strip() == f"{number} warnings"
    hands.click(house.page.warned)
    house.settle()
    assert house.at == "warnings"
    house.key(Qt.Key.Key_Escape)
    assert house.at == "assess"


def test_enter_goes_where_the_warning_is_cleared(opened: Story) -> None:
    page = at_warnings(opened)
    assert page.go.hasFocus()
    opened.house.key(ENTER)
    assert opened.house.at == "form"


def test_a_warning_is_acknowledged_by_keyboard(opened: Story) -> None:
    page, house = at_warnings(opened), opened.house
    house.key(Qt.Key.Key_Tab)
    house.key(Qt.Key.Key_Space)
    assert page.reason.hasFocus()
    house.key(ENTER)
    assert "Write why" in page.reason_field.fault.text()
    house.write("the signed letter is in the post")
    page.again.setText("tomorrow")
    house.key(ENTER)
    assert "year-month-day" in page.again_field.fault.text()
    page.again.setText("2026-10-14")
    house.key(ENTER)
    assert not page.form.isVisible()
    lines = warnings.warnings(house.hall.workspace, opened.engagement)
    assert [line.code for line in lines if line.rests] == ["W02"]
    assert "in the post" in page.seen.text()


def test_a_stop_asks_for_a_second_person_with_a_pin(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    held = ws.journal.records(f"record/{opened.engagement.partition('/')[2]}/visit/", fields=["/data/about/starts"])
    later = sorted(held, key=lambda uid: str(held[uid]["/data/about/starts"]))
    ws.record([Put(uid, "state", "withdrawn") for uid in later[:2]], said="")
    ws.record([Put(later[2], "/data/about/ends", "2026-10-02")], said="")
    host = next(person for person in people.persons(ws) if person.id != ws.author)
    persons_here.set_pin(ws, host.id, "2468")
    page = at_warnings(opened)
    assert page.weight.text() == "stop"
    page.acknowledge.click()
    assert page.witness_field.isVisible()
    page.reason.setFocus()
    house.write("agreed orally")
    page.witness.setCurrentIndex(page.witness.findData(host.id))
    page.pin.setFocus()
    house.write("2468")
    house.key(ENTER)
    assert host.name in page.seen.text()


def test_another_one_is_opened_from_the_list(opened: Story) -> None:
    page, house = at_warnings(opened), opened.house
    first = page.rule.text()
    page.rows.setFocus()
    house.key(Qt.Key.Key_Down)
    house.key(ENTER)
    assert page.rule.text() != first
