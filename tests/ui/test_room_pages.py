"""The room as its people use it: the desk, the door, the programme and the table, by keyboard and mouse."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from pitso.domain import badges
from pitso.domain.rolls import State
from pitso.services import (
    attendance,
    attendance_details,
    badge_queue,
    commitments,
    contests,
    engagements,
    people,
    persons_here,
    presence,
    proxies,
    resolutions,
    rolls,
    speakers,
    workshops,
)
from pitso.services.attendance import Invited
from pitso.services.room_views import Participant
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from pitso.ui.bindings.bring import BringBinding
from pitso.ui.hall import Place
from pitso.ui.pages.bring import BringPage
from pitso.ui.pages.desk import DeskPage
from pitso.ui.pages.minutes import MinutesPage
from pitso.ui.pages.programme import ProgrammePage
from pitso.ui.pages.roll import RollPage
from pitso.ui.parts.buttons import Button
from tests.ui import hands
from tests.ui.conftest import Story

ENTER, CTRL, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def today(opened: Story) -> str:
    """A workshop of today, to which four persons of one council and a seat without a name are invited."""
    ws = opened.house.hall.workspace
    council = attendance.councils(ws)[0][0]
    workshop = workshops.begin(
        ws, opened.engagement, title="Strategy workshop", kind="strategy", starts=ws.today(), ends=ws.today()
    ).record
    names = ("Mpho Thaba-Noka", "'Mamello Moea-Koro", "Palesa", "Thabo O’Moru")
    wanted = [
        Invited(name, council=council, capacity="councillor", credentials="vote", mandate="list") for name in names
    ]
    attendance.invite(ws, workshop, [*wanted, Invited(council=council, credentials="vote", mandate="list")])
    for title, starts, ends in (
        ("Opening", "09:00", "09:30"),
        ("Alone", "10:00", "11:00"),
        ("Closing", "11:15", "12:00"),
    ):
        workshops.add_session(
            ws,
            workshop,
            title=title,
            kind="alone" if title == "Alone" else "plenary",
            day=ws.today(),
            starts=starts,
            ends=ends,
            led="host",
        )
    return workshop


def named(ws: Workspace, workshop: str, name: str) -> Participant:
    return next(one for one in attendance.participants(ws, workshop) if one.name == name)


def at_desk(opened: Story, page: str = "desk") -> DeskPage:
    opened.house.go(opened.place(page))
    shown = opened.house.page
    assert isinstance(shown, DeskPage)
    return shown


def figure(page: DeskPage, place: int) -> str:
    return page.tally.figures[place].accessibleName().rpartition(": ")[2]


def test_ctrl_4_opens_the_room_of_the_story(opened: Story) -> None:
    opened.house.go(opened.place("engagement"))
    opened.house.key(Qt.Key.Key_4, CTRL)
    page = opened.house.page
    assert isinstance(page, ProgrammePage)
    told = [figure.accessibleName() for figure in page.balance.figures if figure.isVisible()]
    assert told == ["led by hosts: 45.8 %", "led by peers: 30.8 %", "led by both: 23.3 %"]
    page.parts.buttons["desk"].click()
    opened.house.settle()
    desk = opened.house.page
    assert isinstance(desk, DeskPage)
    assert [figure(desk, place) for place in range(6)] == ["120", "104", "10 of 10", "47", "88", "met"]


def test_a_part_of_a_name_and_enter_and_the_next_person(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    assert page.search.hasFocus()
    for typed, name in (("mamello", "'Mamello Moea-Koro"), ("omoru", "Thabo O’Moru"), ("thaba n", "Mpho Thaba-Noka")):
        house.write(typed)
        house.key(ENTER)
        assert page.search.text() == ""
        assert page.search.hasFocus()
        assert page.name.text() == name
        assert named(ws, today, name).identity == "document"
    assert figure(page, 0) == "3"
    house.key(Qt.Key.Key_Z, CTRL)
    assert figure(page, 0) == "2"


def test_the_arrows_choose_among_those_who_were_found(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    house.write(attendance.councils(ws)[0][1].split()[0].lower())
    house.key(Qt.Key.Key_Down)
    assert page.search.hasFocus()
    second = page.matches.rows[1].title
    house.key(ENTER)
    assert named(ws, today, second).registered


def test_a_scanned_badge_registers_and_another_workshop_s_is_told(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    house.write(named(ws, today, "Palesa").serial)
    house.key(ENTER)
    assert named(ws, today, "Palesa").registered
    other = workshops.workshops(ws, opened.engagement)[0]
    house.write(badges.serial(other.code, 3))
    house.key(ENTER)
    assert "another workshop" in house.shell.bars.happened.text()
    assert page.search.text() == ""
    house.write("##7K2-99%%12")
    house.key(ENTER)
    assert "which is no badge" in house.shell.bars.happened.text()


def test_a_seat_asks_for_the_name_of_who_came(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    seat = next(one for one in attendance.participants(ws, today) if not one.person)
    house.write(str(seat.serial))
    house.key(ENTER)
    assert page.seat_name.hasFocus()
    house.key(ENTER)
    assert "Write the name" in page.seat_field.fault.text()
    house.write("Neo Came")
    house.key(ENTER)
    assert named(ws, today, "Neo Came").id == seat.id
    assert page.search.hasFocus()


def test_somebody_who_was_not_invited_by_keyboard(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    house.write("Sello Guest")
    house.key(ENTER)  # nobody is found: the form opens with the name
    assert page.walk_in.name.text() == "Sello Guest"
    assert page.walk_in.name.hasFocus()
    house.key(ENTER)
    one = named(ws, today, "Sello Guest")
    assert (one.walk_in, one.number, one.registered) == (True, 201, True)
    assert page.search.hasFocus()
    house.key(Qt.Key.Key_N, CTRL)
    assert page.walk_in.isVisible()
    house.key(Qt.Key.Key_Escape)
    assert not page.walk_in.isVisible()


def test_a_likely_double_is_opened_in_place_of_a_new_one(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    page.open_walk_in()
    page.walk_in.name.setText("Mpho Thaba Nokha")
    assert [row.title for row in page.walk_in.likely.rows] == ["Mpho Thaba-Noka"]
    page.walk_in.likely.setFocus()
    house.key(ENTER)
    assert page.name.text() == "Mpho Thaba-Noka"
    page.register.click()
    assert named(ws, today, "Mpho Thaba-Noka").registered
    assert len(attendance.participants(ws, today)) == 5


def test_a_substitute_with_a_mandate_votes(opened: Story, today: str) -> None:
    ws = opened.house.hall.workspace
    page = at_desk(opened)
    page.open_walk_in()
    form = page.walk_in
    form.name.setText("Puleng Instead")
    form.council.setText(attendance.councils(ws)[0][1])
    stands = form.pickers["stands_for"]
    stands.setCurrentIndex(stands.findText("Palesa"))
    mandate = form.pickers["mandate"]
    mandate.setCurrentIndex(mandate.findData("letter"))
    hands.click(page.keep)
    opened.house.settle()
    assert named(ws, today, "Puleng Instead").credentials == "vote"
    assert figure(page, 4) == "1"


def test_badges_wait_for_the_printer_and_are_not_lost(
    opened: Story, today: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    monkeypatch.setenv("PATH", str(tmp_path))  # no print command
    page = at_desk(opened)
    house.write("palesa")
    house.key(ENTER)
    assert "1" in page.print.text()
    page.print.click()
    house.qtbot.waitUntil(
        lambda: bool(house.shell.bars.happened.text()) and "print" in house.shell.bars.happened.text()
    )
    assert len(badge_queue.waiting(ws, today)) == 1
    assert badge_queue.paper(ws, today, badge_queue.waiting(ws, today)).pdf.startswith(b"%PDF")


def test_the_door_turns_in_and_out(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    attendance.register(ws, named(ws, today, "Palesa").id)
    page = at_desk(opened, "door")
    house.write("palesa")
    house.key(ENTER)
    assert presence.present(ws, today) == ()
    house.write(named(ws, today, "Palesa").serial)
    house.key(ENTER)
    assert len(presence.present(ws, today)) == 1
    page.remote.click()
    page.way_out.click()
    house.settle()
    assert figure(page, 1) == "0"
    page.all_in.click()
    house.settle()
    assert figure(page, 1) == "1"
    house.write("thabo")
    house.key(ENTER)
    assert "has not registered" in house.shell.bars.happened.text()


def test_one_key_begins_and_ends_a_session(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    house.go(opened.place("room"))
    page = house.page
    assert isinstance(page, ProgrammePage)
    assert page.now_title.text() == "Opening"
    house.key(Qt.Key.Key_F5)
    running = workshops.running(ws, today)
    assert running is not None
    assert running.title == "Opening"
    assert "Running since" in page.now_state.text()
    house.key(Qt.Key.Key_F5)
    assert workshops.running(ws, today) is None
    assert page.now_title.text() == "Alone"


def test_a_session_is_moved_by_keyboard_and_by_dragging(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    house.go(opened.place("room"))
    page = house.page
    assert isinstance(page, ProgrammePage)
    page.rows.setFocus()
    house.key(Qt.Key.Key_Down, ALT)
    assert [one.title for one in workshops.sessions(ws, today)] == ["Alone", "Opening", "Closing"]
    rows = page.rows
    first, last = (rows.rect_of(one.id) for one in (workshops.sessions(ws, today)[0], workshops.sessions(ws, today)[2]))
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=first.center())
    over = QPoint(last.center().x(), last.bottom() - 2)
    for point in (first.center() + QPoint(0, QApplication.startDragDistance() + 2), over):
        QTest.mouseMove(rows.viewport(), point)
        house.settle()
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=over)
    house.settle()
    assert [one.title for one in workshops.sessions(ws, today)] == ["Opening", "Closing", "Alone"]


def test_a_session_is_added_changed_and_taken_out(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    house.go(opened.place("room"))
    page = house.page
    assert isinstance(page, ProgrammePage)
    page.add.click()
    assert page.session_title.hasFocus()
    house.key(ENTER)
    assert "Write the title" in page.session_field.fault.text()
    house.write("Budget")
    page.starts.setText("13:00")
    page.ends.setText("12:00")
    house.key(ENTER)
    assert "ends before it begins" in house.shell.bars.happened.text()
    page.ends.setText("14:00")
    house.key(ENTER)
    budget = workshops.sessions(ws, today)[-1]
    assert (budget.title, budget.starts) == ("Budget", "13:00")
    page.rows.opened.emit(budget.id)
    page.take_out.click()
    assert len(workshops.sessions(ws, today)) == 3
    alone = next(one for one in workshops.sessions(ws, today) if one.kind == "alone")
    page.rows.opened.emit(alone.id)
    assert page.why.isVisible()
    page.why.setFocus()
    house.key(ENTER)
    assert "stays on the record" in page.why_field.fault.text()
    house.write("One question")
    house.key(ENTER)
    assert workshops.sessions(ws, today)[1].peers_admitted == "One question"


def test_the_first_workshop_is_begun_from_an_empty_page(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    other = engagements.begin(ws, title="Elsewhere", country="X", host="H", supporting="S", coordinating="C").record
    for page_name in ("desk", "door"):
        house.go(Place(page_name, other))
        assert isinstance(house.page, DeskPage)
        assert house.page.empty.isVisible()
    house.key(ENTER)
    page = house.page
    assert isinstance(page, ProgrammePage)
    house.key(ENTER)
    house.write("Founding")
    page.first_day.setText("tomorrow")
    house.key(ENTER)
    assert "is no day" in house.shell.bars.happened.text()
    page.first_day.setText("1/10/2026")
    house.key(ENTER)
    (line,) = workshops.workshops(ws, other)
    assert line.starts.isoformat() == "2026-10-01"


def test_a_table_is_looked_at_and_brought_in(opened: Story, today: str, tmp_path: Path) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    desk = at_desk(opened)
    desk.bring_in.click()
    house.settle()
    page, binding = house.page, house.shell.binding_here()
    assert isinstance(page, BringPage)
    assert isinstance(binding, BringBinding)
    path = tmp_path / "list.csv"
    path.write_text("name,council,vote\nNeo Noka,Basalt District Council,yes\n=1+1,,\n", encoding="utf-8")
    binding.read(path)
    assert page.wrong.isVisible()
    assert not page.keep.isEnabled()
    path.write_text("name,council,vote\nNeo Noka,Basalt District Council,yes\n", encoding="utf-8")
    binding.read(path)
    assert page.keep.hasFocus()
    house.key(ENTER)
    assert house.at == "desk"
    assert named(ws, today, "Neo Noka").votes


# ---- the roll -------------------------------------------------------------------------------------------------------


def at_roll(opened: Story) -> RollPage:
    opened.house.go(opened.place("roll"))
    page = opened.house.page
    assert isinstance(page, RollPage)
    return page


def told(layout: QVBoxLayout) -> list[str]:
    return [label.text() for label in widgets(layout) if isinstance(label, QLabel)]


def widgets(layout: QVBoxLayout) -> list[QWidget | None]:
    items = (layout.itemAt(place) for place in range(layout.count()))
    return [item.widget() for item in items if item is not None]


def test_the_roll_of_the_story_is_frozen(opened: Story) -> None:
    page = at_roll(opened)
    assert page.state.text().startswith("Frozen 18 Jun 2026, 15:45")
    assert [figure.accessibleName() for figure in page.tally.figures][:3] == [
        "councils: 10",
        "delegates with a vote: 90",
        "votes: 90",
    ]
    assert told(page.quorum) == ["at least 60 delegates: 88 present, met", "at least 7 councils: 10 present, met"]
    assert not page.wrong.isVisible()
    assert "Amend" in page.next.text()


def test_the_way_of_the_roll_by_keyboard(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    scrutineer = next(person for person in people.persons(ws) if person.id != ws.author)
    persons_here.set_pin(ws, scrutineer.id, "2468")
    page = at_roll(opened)
    assert any("nobody entered it as a council" in line for line in told(page.faults))
    page.add.click()
    page.council.council.setText(attendance.councils(ws)[0][1])
    page.council.delegates.setText("9")
    house.key(ENTER)
    assert [row.trailing for row in page.rows.rows] == ["4 votes"]
    page.set_quorum.click()
    house.write("3/2")
    house.key(ENTER)
    assert "no share" in page.conditions.fault.text()
    page.conditions.rows[0][1].setText("1/2")
    house.key(ENTER)
    assert told(page.quorum) == ["at least 1/2 of the delegates: 0 present, not met"]
    assert page.next.hasFocus()
    house.key(ENTER)
    house.write("noon")
    house.key(ENTER)
    assert page.state.text() == "Displayed: objections until noon"
    house.key(ENTER)
    page.adopt.text.setText("Palesa has left the council")
    page.adopt.by.setText("Mpho")
    page.adopt.note.click()
    house.settle()
    page.adopt.how.setFocus()
    house.key(ENTER)
    assert "objection is still open" in house.shell.bars.happened.text()
    (ruling,) = page.adopt.rulings.values()
    ruling.setFocus()
    house.write("She has not.")
    house.key(ENTER)
    page.adopt.how.setFocus()
    house.key(ENTER)
    assert page.state.text().startswith("Adopted")
    house.key(ENTER)
    assert page.freeze.second.hasFocus()
    page.freeze.pin.setFocus()
    house.write("2468")
    house.key(ENTER)
    assert rolls.roll(ws, today).state is State.FROZEN
    assert not page.freeze.pin.text()


def test_a_council_with_too_many_is_told_and_mended(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    rolls.enter_council(ws, today, attendance.councils(ws)[0][0], delegates=2)
    page = at_roll(opened)
    assert [row.pill for row in page.rows.rows] == ["too many"]
    assert page.wrong.property("card") == "wrong"
    page.rows.setFocus()
    house.key(ENTER)
    assert "Palesa" in page.council.names.text()
    page.council.delegates.setText("9")
    house.key(ENTER)
    assert [row.pill for row in page.rows.rows] == [""]


def test_a_frozen_roll_is_amended_and_a_proxy_given(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    story = workshops.workshops(ws, opened.engagement)[0].id
    page = at_roll(opened)
    house.key(ENTER)
    house.key(ENTER)
    assert "Choose both persons" in page.amend.fault.text()
    first, second, third = (f"{one.name} · {one.council_name}" for one in rolls.electors(ws, story)[:3])
    page.amend.way.setCurrentIndex(1)
    page.amend.person.setText(first)
    page.amend.mover.setText(second)
    for entry, text in ((page.amend.yes, "80"), (page.amend.no, "1"), (page.amend.reason, "resigned")):
        entry.setText(text)
    page.next.click()
    house.settle()
    assert len(rolls.electors(ws, story)) == 89
    assert page.amendments.isVisible()
    page.proxy.click()
    page.proxies.most.setFocus()
    house.key(Qt.Key.Key_Down)
    assert proxies.limit(ws, story) == 2
    page.proxies.giver.setText(second)
    page.proxies.holder.setText(third)
    house.key(ENTER)
    assert page.proxies.list.count() == 1
    (taken,) = widgets(page.proxies.list)
    assert isinstance(taken, Button)
    taken.click()
    house.settle()
    assert page.proxies.list.count() == 0
    house.key(Qt.Key.Key_Escape)
    assert page.open_form() == ""


# ---- the minutes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def in_session(opened: Story, today: str) -> str:
    """The first session of today runs, with three voters in the room."""
    ws = opened.house.hall.workspace
    for one in attendance.participants(ws, today)[:3]:
        attendance.register(ws, one.id)
    workshops.start(ws, workshops.sessions(ws, today)[0].id)
    return today


def at_minutes(opened: Story) -> MinutesPage:
    opened.house.go(opened.place("minutes"))
    page = opened.house.page
    assert isinstance(page, MinutesPage)
    return page


def test_notes_are_kept_while_people_speak(opened: Story, in_session: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_minutes(opened)
    assert page.notes.hasFocus()
    house.write("Mpho asks for more time.")
    house.key(Qt.Key.Key_Return, CTRL)
    assert workshops.sessions(ws, in_session)[0].notes == "Mpho asks for more time."


def test_a_resolution_from_the_keyboard_to_its_vote(opened: Story, in_session: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_minutes(opened)
    house.key(Qt.Key.Key_R, CTRL)
    form = page.resolution
    assert form.title_entry.hasFocus()
    house.write("Budget")
    form.text.setPlainText("The budget is adopted.")
    form.mover.setText("Nobody Here")
    page.keep.click()
    assert "list of those in the room" in form.fault.text()
    mover = next(one for one in attendance.participants(ws, in_session) if one.registered)
    form.mover.setText(f"{mover.name} · {mover.council_name}")
    form.title_entry.setFocus()
    house.key(ENTER)
    (one,) = resolutions.resolutions(ws, in_session)
    assert (one.title, one.mover) == ("Budget", mover.name)
    form.mode.setCurrentIndex(form.mode.findData("hands"))
    assert form.counts[0].isVisible()
    for entry, count in zip(form.counts, ("3", "1", "0"), strict=True):
        entry.setText(count)
    form.decide.click()
    assert "4 votes were counted" in house.shell.bars.happened.text()
    form.counts[1].setText("0")
    form.counts[1].setFocus()
    house.key(ENTER)
    (one,) = resolutions.resolutions(ws, in_session)
    assert one.result == "adopted"
    assert page.open_form() == ""
    assert page.rows.rows[0].pill == "adopted"
    page.rows.setFocus()
    house.key(ENTER)
    assert not page.keep.isVisible()
    assert "3 for, 0 against" in form.told.text()


def test_an_amendment_stands_side_by_side_and_is_adopted(opened: Story, in_session: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    uid = resolutions.propose(ws, in_session, title="Budget", text="All of it.").record
    page = at_minutes(opened)
    page.rows.opened.emit(uid)
    form = page.resolution
    form.amendment.setPlainText("Half of it.")
    form.propose.click()
    house.settle()
    adopt = next(one for one in form.findChildren(Button) if one.text() == "Adopt" and one.isVisible())
    hands.click(adopt)
    house.settle()
    assert resolutions.resolutions(ws, in_session)[0].text == "Half of it."
    assert form.text.words() == "Half of it."


def test_a_commitment_is_typed_in_the_meeting(opened: Story, in_session: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_minutes(opened)
    before = len(commitments.commitments(ws, opened.engagement))
    house.key(Qt.Key.Key_M, CTRL)
    assert page.commitment.text.hasFocus()
    house.write("Write to the ministry")
    house.key(ENTER)
    assert "from the list" in page.commitment.fault.text()
    person = people.persons(ws)[0]
    page.commitment.owner.setText(", ".join(part for part in (person.name, person.detail) if part))
    page.commitment.due.setText("31/10/2026")
    house.key(ENTER)
    assert len(commitments.commitments(ws, opened.engagement)) == before + 1


def test_the_speakers_list_by_keyboard(opened: Story, in_session: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    session = workshops.sessions(ws, in_session)[0].id
    page = at_minutes(opened)
    page.speak.click()
    house.write("Palesa")
    house.key(ENTER)
    house.write("Thabo")
    house.key(ENTER)
    floor = next(one for one in page.speakers.findChildren(Button) if one.text() == "Give the floor")
    floor.click()
    house.settle()
    assert [one.name for one in speakers.speeches(ws, session) if one.began] == ["Palesa"]
    house.key(Qt.Key.Key_Escape)
    assert page.open_form() == ""


def test_without_a_session_the_minutes_lead_to_the_programme(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    workshops.begin(ws, opened.engagement, title="Bare", kind="strategy", starts=ws.today(), ends=ws.today())
    page = at_minutes(opened)
    assert page.empty.isVisible()
    house.key(ENTER)
    assert house.at == "room"


def test_a_desk_whose_clock_is_ahead_is_told_and_mended(opened: Story, today: str) -> None:
    ws = opened.house.hall.workspace
    tomorrow = workshops.here(ws) + timedelta(days=1)
    attendance.register(ws, named(ws, today, "Palesa").id, at=tomorrow)
    page = at_desk(opened)
    assert page.clock_words.text() == "The clock of desk A is 1 day ahead."
    assert figure(page, 1) == "0"
    page.mend_clock.click()
    opened.house.settle()
    assert not page.clock.isVisible()
    assert figure(page, 1) == "1"


def test_a_badge_that_two_bear_is_told(opened: Story, today: str) -> None:
    ws = opened.house.hall.workspace
    for name in ("Guest One", "Other Guest"):
        uid = attendance.walk_in(ws, today, Invited(name, capacity="guest")).record
        ws.record([Put(uid, "number", 201)], said="")
    page = at_desk(opened)
    assert "bear badge 201" in page.clock_words.text()
    assert not page.mend_clock.isVisible()


def test_a_resolution_and_a_workshop_are_found_from_anywhere(opened: Story) -> None:
    house = opened.house
    for typed, page in (("south-south coop", "minutes"), ("founding works", "room")):
        house.go(opened.place("find"))
        house.write(typed)
        house.key(Qt.Key.Key_Down)
        house.key(ENTER)
        assert house.at == page, typed


def test_the_outcome_is_kept(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    house.go(opened.place("room"))
    page = house.page
    assert isinstance(page, ProgrammePage)
    page.conclude.click()
    assert page.outcome.hasFocus()
    house.write("A plan of three years.")
    page.add.click()
    assert workshops.workshop(ws, today).outcome == "A plan of three years."
    assert not page.outcome_form.isVisible()


def test_more_is_noted_of_a_person_only_when_it_is_asked_for(
    opened: Story, today: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    page = at_desk(opened)
    house.write("mpho")
    house.key(ENTER)
    assert not page.about.isVisible()
    page.more.click()
    assert page.about.language.hasFocus()
    assert page.about.heading.text() == "Mpho Thaba-Noka"
    assert not page.about.photo.isVisible()
    house.write("Sesotho")
    house.key(ENTER)
    assert not page.about.isVisible()
    assert page.search.hasFocus()
    uid = named(ws, today, "Mpho Thaba-Noka").id
    assert attendance_details.details(ws, uid).language == "Sesotho"
    picture = tmp_path / "mpho.png"
    Image.new("RGB", (40, 40), "navy").save(picture)
    page.opened.emit(uid)
    page.more.click()
    assert page.about.language.text() == "Sesotho"
    page.about.consent.click()
    monkeypatch.setattr(house.hall.asking, "open_file", lambda *_told: picture)
    page.about.photo.click()
    assert page.about.thumb.isVisible()
    house.key(Qt.Key.Key_Escape)
    assert page.search.isVisible()
    assert attendance_details.details(ws, uid).photo == "mpho.png"


def test_a_workshop_says_what_it_offers(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    house.go(opened.place("room"))
    page = house.page
    assert isinstance(page, ProgrammePage)
    page.open_workshop_form()
    page.title_entry.setText("Training")
    page.first_day.setText("2026-10-01")
    page.languages.setText("English, Sesotho")
    for tick in (page.interpretation, page.offered["child_care"]):
        tick.click()
    page.add.click()
    line = next(one for one in workshops.workshops(ws, opened.engagement) if one.title == "Training")
    assert line.offers == ("English, Sesotho", "Interpreted", "Child care")


def test_a_workshop_is_said_anew_with_its_languages_and_what_makes_it_accessible(opened: Story, today: str) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    house.go(opened.place("room"))
    page = house.page
    assert isinstance(page, ProgrammePage)
    before = workshops.workshop(ws, today)
    hands.click(page.change)
    assert (page.title_entry.text(), page.first_day.text()) == (before.title, before.starts.isoformat())
    page.languages.setText("English, Sesotho")
    hands.click(page.offered["child_care"])
    house.key(Qt.Key.Key_Return)
    after = workshops.workshop(ws, today)
    assert after.offers == ("English, Sesotho", "Child care")
    assert (after.title, after.kind, after.starts, after.ends) == (
        before.title,
        before.kind,
        before.starts,
        before.ends,
    )
    hands.click(page.change)
    assert page.offered["child_care"].isChecked()
    hands.click(page.offered["child_care"])
    hands.click(page.add)
    assert workshops.workshop(ws, today).offers == ("English, Sesotho",)
    hands.click(page.change)
    page.first_day.setText("2026-10-05")
    page.last_day.setText("2026-10-06")
    hands.click(page.add)
    assert "lie outside the days" in house.shell.bars.happened.text()
    assert workshops.workshop(ws, today).starts == before.starts
    assert page.workshop_form.isVisible(), "what was typed stays"
    house.key(Qt.Key.Key_Escape)
    hands.click(page.new_workshop)
    assert page.title_entry.text() == ""


def test_the_sessions_of_an_arabic_list_keep_their_numbers_in_front(opened: Story, in_session: str) -> None:
    opened.house.dress(language="ar")
    page = at_minutes(opened)
    assert page.session.itemText(0) == f"1. \u2068{page.session.itemText(0)[4:-1]}\u2069"


def test_a_candidate_who_is_not_on_the_roll_is_told(opened: Story, today: str) -> None:
    ws = opened.house.hall.workspace
    election = contests.elections(ws, opened.engagement)[0]
    founding = contests.load(ws, election).workshop
    ws.record([Put(election, "workshop", today)], said="The election belongs to the workshop of today.")
    assert contests.standing_at(ws, today)
    assert not contests.standing_at(ws, founding)
    opened.house.go(opened.place("roll"))
    page = opened.house.page
    assert isinstance(page, RollPage)
    told = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "is a candidate and not on the roll." in told


def test_a_form_of_the_minutes_scrolls_no_further_than_what_stands_on_it(opened: Story, in_session: str) -> None:
    page = at_minutes(opened)
    made = resolutions.propose(opened.house.hall.workspace, in_session, title="X", text="We decide.").record
    page.form_asked.emit("resolution", made)
    QApplication.processEvents()
    inner = page.area.widget()
    assert inner is not None
    below = page.resolution.geometry().bottom()
    assert page.area.verticalScrollBar().maximum() <= max(below + 40 - page.area.viewport().height(), 0)
