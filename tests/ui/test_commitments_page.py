"""Commitments by keyboard and mouse: made, begun, done, dropped, passed on, changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from pitso.domain.commitments import State
from pitso.services import commitments, people
from pitso.services.programme_views import CommitmentLine
from pitso.ui.pages.commitments import CommitmentsPage
from tests.ui import hands
from tests.ui.conftest import Story

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def at_commitments(opened: Story) -> CommitmentsPage:
    opened.house.go(opened.place("commitments"))
    page = opened.house.page
    assert isinstance(page, CommitmentsPage)
    return page


def lines(opened: Story) -> tuple[CommitmentLine, ...]:
    return commitments.commitments(opened.house.hall.workspace, opened.engagement)


def test_the_most_overdue_stands_open_and_the_sides_are_counted(opened: Story) -> None:
    page = at_commitments(opened)
    assert page.what.text() == "Name a second keeper of the records"
    assert "2 overdue" in page.second.text()
    assert [row.title for row in page.rows.rows if not row.id] == ["Overdue", "To do", "Closed"]
    assert page.rows.rows[1].pill == "15 days over"


def test_one_is_made_by_keyboard_with_a_person_who_is_new(opened: Story) -> None:
    page, house = at_commitments(opened), opened.house
    page.new.setFocus()
    house.key(ENTER)
    assert page.text.hasFocus()
    house.key(ENTER)
    assert "Write what" in page.text_field.fault.text()
    house.write("Print the message sheet")
    house.key(TAB)
    house.write("Mpho Never-Seen")
    house.key(TAB)
    house.write("2026-10-20")
    house.key(ENTER)
    assert page.form.isHidden()
    assert page.what.text() == "Print the message sheet"
    made = next(line for line in lines(opened) if line.text == "Print the message sheet")
    assert made.owner_name == "Mpho Never-Seen"


def test_whoever_takes_part_brings_the_side_along(opened: Story) -> None:
    page, house = at_commitments(opened), opened.house
    page.new.click()
    page.owner.setFocus()
    peer = next(one for one in commitments.owners(house.hall.workspace, opened.engagement) if one.side == "supporting")
    page.owner.setText(peer.words)
    house.key(TAB)
    assert page.side.code() == "supporting"


@pytest.mark.parametrize("body", [16, 24])
def test_after_a_deed_and_its_undoing_the_page_stands_at_its_title(opened: Story, body: int) -> None:
    opened.house.dress(body=body)
    page, house = at_commitments(opened), opened.house
    hands.click(page.closings.buttons["done"])
    house.write("Minutes of 29 September")
    house.key(ENTER)
    house.settle()
    assert page.rows.hasFocus()
    assert page.area.verticalScrollBar().value() == 0
    house.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.area.verticalScrollBar().value() == 0


def test_done_is_said_with_what_shows_it(opened: Story) -> None:
    page, house = at_commitments(opened), opened.house
    hands.click(page.closings.buttons["done"])
    assert page.proof.hasFocus()
    house.key(ENTER)
    assert "Write what shows" in page.proof_field.fault.text()
    house.write("Minutes of 29 September")
    page.on.setText("2026-09-29")
    house.key(ENTER)
    done = next(line for line in lines(opened) if line.text.startswith("Name a second"))
    assert (done.state, done.told) == (State.DONE_LATE, "Minutes of 29 September")
    assert not page.closing.isVisible()
    house.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lines(opened)[0].text.startswith("Name a second")


def test_it_is_dropped_begun_and_passed_on(opened: Story) -> None:
    page, house = at_commitments(opened), opened.house
    page.way.click()
    assert lines(opened)[0].state is State.UNDER_WAY
    page.closings.buttons["pass"].click()
    heir = people.persons(house.hall.workspace)[3]
    page.successor.setText(next(one.words for one in page._owners if one.person == heir.id))
    house.key(ENTER)
    assert heir.name in page.who.text()
    page.closings.buttons["drop"].click()
    house.write("Not wanted any more")
    house.key(ENTER)
    assert [line.told for line in lines(opened) if line.state is State.DROPPED] == ["Not wanted any more"]


def test_its_day_is_changed_and_escape_leaves_everything(opened: Story) -> None:
    page, house = at_commitments(opened), opened.house
    page.change.click()
    page.due.setText("2026-12-01")
    house.key(Qt.Key.Key_Escape)
    assert lines(opened)[0].due.isoformat() == "2026-09-15"
    page.change.click()
    assert page.owner.text()
    page.due.setFocus()
    page.due.setText("2026-12-01")
    house.key(ENTER)
    assert "1 December 2026" in page.until.text()


def test_it_is_found_from_anywhere_and_opened(opened: Story) -> None:
    house = opened.house
    house.go(opened.place("assess"))
    house.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    house.write("certificate of registration")
    house.key(ENTER)
    assert house.at == "commitments"
    page = house.page
    assert isinstance(page, CommitmentsPage)
    assert page.what.text() == "Obtain the certificate of registration"


def test_a_record_and_a_file_show_that_it_is_done_and_lead_there(
    opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    page, house = at_commitments(opened), opened.house
    monkeypatch.setattr(house.hall.asking, "open_file", lambda _title: scan)
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    hands.click(page.closings.buttons["done"])
    hands.click(page.pick)
    assert page.file_words.text() == "scan.pdf"
    house.key(Qt.Key.Key_Escape)
    hands.click(page.closings.buttons["done"])
    assert page.file_words.text() == "", "what was picked and left is not kept"
    hands.click(page.pick)
    page.record.setText("Nothing of that name")
    page.on.setFocus()
    house.key(ENTER)
    assert "Choose a name" in page.record_field.fault.text()
    choice = commitments.proofs(house.hall.workspace, opened.engagement)[0]
    page.record.setText(choice.words)
    house.key(ENTER)
    done = next(line for line in lines(opened) if line.text.startswith("Name a second"))
    assert (done.shown_by, done.file) == (choice.record, "scan.pdf")
    hands.click(page.view)
    assert Path(shown[0]).read_bytes() == b"%PDF-1.7 scan"
    hands.click(page.shown_by)
    house.settle()
    assert (house.at, house.hall.place.code) == ("form", choice.record)


def test_a_closed_one_that_is_opened_from_elsewhere_stands_in_sight(opened: Story) -> None:
    house = opened.house
    house.shell.resize(1024, 600)
    last = lines(opened)[-1]
    house.go(opened.place("commitments", code=last.id))
    page = house.page
    assert isinstance(page, CommitmentsPage)
    house.settle()
    assert page.what.text() == last.text
    assert page.area.verticalScrollBar().value() == 0
