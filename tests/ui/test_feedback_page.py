"""The feedback session on the screen: the hosts answer, and what differs goes to the agenda."""

from PySide6.QtCore import QPoint, Qt

from pitso.services import assessments, commitments, consensus, people, workspace
from pitso.ui.pages.commitments import CommitmentsPage
from pitso.ui.pages.feedback import FeedbackPage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER = Qt.Key.Key_Return


def at_feedback(opened: Story) -> FeedbackPage:
    opened.house.go(opened.place("feedback", assessment=opened.first))
    page = opened.house.page
    assert isinstance(page, FeedbackPage)
    return page


def test_the_steps_of_an_assessment_lead_there(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("readiness", assessment=opened.first))
    hands.click(house.page.steps.buttons["feedback"])  # type: ignore[attr-defined]
    house.settle()
    assert house.at == "feedback"


def test_a_peer_reads_and_a_host_answers(opened: Story) -> None:
    page, house, ws = at_feedback(opened), opened.house, opened.house.hall.workspace
    assert page.statement.text().startswith("POL-4")
    assert page.response.isReadOnly()
    hands.click(page.host)
    house.settle()
    assert house.at == "writers"
    house.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    workspace.write_as(ws, people.person_called(ws, "Tumelo Khoeli-Moru"))
    page = at_feedback(opened)
    assert not page.response.isReadOnly()
    assert not page.host.isVisible()
    page.rows.setFocus()
    house.key(Qt.Key.Key_Down)
    house.key(ENTER)
    code = page.rows.current_id()
    page.response.setFocus()
    house.write("We shall do it")
    house.key(ENTER, Qt.KeyboardModifier.ControlModifier)
    assert consensus.response(ws, assessments.load(ws, opened.first), code) == "We shall do it"


def test_a_commitment_is_made_of_a_point(opened: Story) -> None:
    page, house = at_feedback(opened), opened.house
    hands.click(page.promise)
    house.settle()
    assert house.at == "commitments"
    made = house.page
    assert isinstance(made, CommitmentsPage)
    house.write("Give the group a mandate")
    house.key(Qt.Key.Key_Tab)
    made.owner.setText(made.owner.name_of(people.person_called(house.hall.workspace, "Tumelo Khoeli-Moru")))
    made.due.setText("2026-10-20")
    house.key(ENTER)
    kept = commitments.commitments(house.hall.workspace, opened.engagement)
    assert [line.source for line in kept if line.text == "Give the group a mandate"] == ["AS-1 POL-4"]


def test_what_differs_is_put_on_the_agenda_of_a_meeting(opened: Story) -> None:
    page, house = at_feedback(opened), opened.house
    assert page.agenda.text().strip() == "Put 1 on the agenda"
    hands.click(page.agenda)
    house.settle()
    assert (house.at, "/meeting/" in house.hall.place.code) == ("form", True)
    page = at_feedback(opened)
    assert not page.agenda.isVisible()
    assert "on the agenda" in page.rows.rows[0].detail


def test_the_page_opens_at_its_title_and_moves_with_the_row_that_one_stands_on(opened: Story) -> None:
    house = opened.house
    house.shell.resize(1024, 600)
    house.go(opened.place("feedback", assessment=opened.first))
    page = house.page
    assert isinstance(page, FeedbackPage)
    house.settle()
    assert page.area.verticalScrollBar().value() == 0
    assert house.focus().isVisible()
    page.rows.setFocus()
    seen = page.area.viewport()
    for _row in range(len(page.rows.rows)):
        house.key(Qt.Key.Key_Down)
        here = page.rows.visualRect(page.rows.currentIndex())
        middle = page.rows.viewport().mapTo(seen, here.center())
        assert seen.rect().contains(QPoint(10, middle.y())), page.rows.current_id()
