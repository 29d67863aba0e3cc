"""A person joins, sends, receives, looks into what waits and settles what differs: by keyboard, in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pitso.exchange.bundle import Parcel
from pitso.exchange.envelope import Unlock
from pitso.services import copies, enrolment, people, receiving, sending, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from pitso.ui.drives import Drive
from pitso.ui.pages.differences import DifferencesPage
from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.members import MembersPage
from pitso.ui.pages.people import PeoplePage
from pitso.ui.pages.send import SendPage
from pitso.ui.pages.waiting import WaitingPage
from tests.ui import hands
from tests.ui.conftest import House, Story

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "office.pitso", name="UCLG Africa", office=True)


def answer(house: House, *, save: Path | None = None, open_: Path | None = None) -> None:
    """What the person chooses in the dialogs of the system."""
    house.hall.asking.save_file = lambda *_words: save  # type: ignore[method-assign]
    house.hall.asking.open_file = lambda *_words: open_  # type: ignore[method-assign]
    house.hall.asking.open_files = lambda *_words: [open_] if open_ else []  # type: ignore[method-assign]


def until(house: House, true: Callable[[], bool]) -> None:
    house.qtbot.waitUntil(true, timeout=60_000)
    house.settle()


def page(house: House, kind: type) -> object:
    assert isinstance(house.page, kind), house.at
    return house.page


def joined(house: House, office: Workspace, folder: Path) -> None:
    """The workspace in the window belongs to the office's list, and knows it."""
    ws = house.hall.workspace
    enrolment.invite(office, folder / "i", holder="Mpho", roles_=["leader", "peer"])
    said = enrolment.join(ws, (folder / "i").read_text(), folder / "r").said
    enrolment.admit(office, folder / "r", words_=said.partition(": ")[2])
    sending.send(office, folder / "list.pitso-bundle", receipt=True)
    receiving.receive(ws, folder / "list.pitso-bundle")


def test_the_office_invites_and_admits_and_the_team_joins(opened: Story, office: Workspace, tmp_path: Path) -> None:
    house, team = opened.house, opened.path
    invitation, request = tmp_path / "i.pitso-invitation", tmp_path / "r.pitso-request"
    house.hall.arrived.emit(office)
    house.shell.go(opened.place("members"))
    members = page(house, MembersPage)
    assert isinstance(members, MembersPage)
    house.key(ENTER)
    house.write("Mpho")
    house.key(ENTER)
    assert "Choose at least one" in members.roles_fault.text()
    members.roles["leader"].setFocus()
    house.key(Qt.Key.Key_Space)
    answer(house, save=invitation)
    members.invite.click()
    assert invitation.is_file()

    house.opening.open(str(team))
    house.shell.go(opened.place("members"))
    answer(house, save=request, open_=invitation)
    house.key(ENTER)
    assert request.is_file()
    six = enrolment.joined(house.hall.workspace).own_words
    assert six in house.shell.bars.said.text()

    house.opening.open(str(office.path))
    house.shell.go(opened.place("members"))
    answer(house, open_=request)
    members = page(house, MembersPage)
    assert isinstance(members, MembersPage)
    members.open_request.click()
    house.settle()
    assert "Mpho" in members.asks_roles.text()
    house.write("one two three four five six")
    house.key(ENTER)
    assert "not the words" in house.shell.bars.happened.text()
    members.six.clear()
    house.write(six)
    house.key(ENTER)
    assert [row.title.split(" (")[0] for row in members.rows.rows][1:] == ["Mpho"]


def test_an_office_whose_computer_is_gone_begins_a_new_list_and_the_team_follows_it(
    opened: Story, office: Workspace, tmp_path: Path
) -> None:
    house, team = opened.house, opened.path
    joined(house, office, tmp_path)
    (copy,) = copies.copy_now(office)
    saved = tmp_path / "saved.pitso"
    copies.put_back(copy, saved)
    house.opening.open(str(saved))
    house.shell.go(opened.place("members"))
    members = page(house, MembersPage)
    assert isinstance(members, MembersPage)
    assert "names another computer" in members.astray_words.text()
    assert not members.invite.isVisible()
    asked: list[str] = []

    def say(answers: bool) -> None:
        house.hall.asking.agreed = lambda question: bool(asked.append(question)) or answers  # type: ignore[method-assign, func-returns-value]

    say(False)
    hands.click(members.begin)
    assert members.astray.isVisible()
    say(True)
    hands.click(members.begin)
    house.settle()
    assert not members.astray.isVisible()
    assert [row.pill for row in members.rows.rows] == ["this computer"]
    invitation, request = tmp_path / "new.pitso-invitation", tmp_path / "new.pitso-request"
    enrolment.invite(house.hall.workspace, invitation, holder="Mpho", roles_=["leader"])

    house.opening.open(str(team))
    house.shell.go(opened.place("members"))
    members = page(house, MembersPage)
    assert isinstance(members, MembersPage)
    assert not members.astray.isVisible()
    text = invitation.read_text(encoding="utf-8")
    answer(house, save=request)
    say(False)
    members.code_scanned.emit(text)
    assert "another office" in asked[-1]
    assert not request.exists()
    say(True)
    members.code_scanned.emit(text)
    assert request.is_file()
    assert enrolment.joined(house.hall.workspace).seats == ()


def test_a_file_that_was_put_back_says_that_the_office_has_to_admit_it_again(
    opened: Story, office: Workspace, tmp_path: Path
) -> None:
    house = opened.house
    joined(house, office, tmp_path)
    house.shell.go(opened.place("exchange"))
    exchange = page(house, ExchangePage)
    assert isinstance(exchange, ExchangePage)
    assert not exchange.unlisted.isVisible()
    ws = house.hall.workspace
    (copy,) = copies.copy_now(ws)
    house.hall.take(None)
    copies.put_back(copy, ws.path)
    house.opening.open(str(ws.path))
    house.shell.go(opened.place("exchange"))
    exchange = page(house, ExchangePage)
    assert isinstance(exchange, ExchangePage)
    assert exchange.unlisted.isVisible()


def test_a_second_bundle_on_the_stick_leaves_the_first_as_it_is(
    opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = opened.house
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("pitso.ui.bindings.exchange.removable", lambda: [Drive(stick, "STICK", 10**9)])
    for receipt in (False, True):
        house.shell.go(opened.place("send"))
        send = page(house, SendPage)
        assert isinstance(send, SendPage)
        house.settle()
        house.key(Qt.Key.Key_2)
        hands.click(send.receipt if receipt else send.write)
        until(house, lambda: house.at == "exchange")
    first, second = sorted(stick.iterdir(), key=lambda path: len(path.name))
    assert Parcel(first, Unlock()).header.operations > 1000
    assert Parcel(second, Unlock()).header.operations == 0
    assert second.stem == f"{first.stem}-2"


def test_a_bundle_for_the_office_is_written_and_its_receipt_comes_back(
    opened: Story, office: Workspace, tmp_path: Path
) -> None:
    house = opened.house
    joined(house, office, tmp_path)
    house.key(Qt.Key.Key_7, CTRL)
    exchange = page(house, ExchangePage)
    assert isinstance(exchange, ExchangePage)
    answer(house, save=tmp_path / "out.pitso-bundle")
    house.key(ENTER)
    send = page(house, SendPage)
    assert isinstance(send, SendPage)
    assert send.to() == "office"
    assert send.reader.code() == "office"
    house.key(ENTER)
    until(house, lambda: house.at == "exchange")
    receiving.receive(office, tmp_path / "out.pitso-bundle", trusting=True)  # the file came from another computer
    sending.send(office, tmp_path / "back.pitso-bundle", to=sending.party(office, "Mpho"))
    answer(house, open_=tmp_path / "back.pitso-bundle")
    exchange.receive.click()
    until(house, exchange.report.isVisible)
    assert exchange.received.figure.text() == exchange.kept.figure.text() != "0"
    exchange.bundles.setFocus()
    house.key(ENTER)
    assert exchange.opened.isVisible()
    answer(house, save=tmp_path / "receipt.pdf")
    exchange.keep_receipt.click()
    house.settle()
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF")
    assert any(r["sort"] == "receipt" for r in house.hall.workspace.journal.records("paper/").values())


def test_a_passphrase_is_asked_twice_and_for_opening(opened: Story, office: Workspace, tmp_path: Path) -> None:
    house = opened.house
    house.shell.go(opened.place("send"))
    send = page(house, SendPage)
    assert isinstance(send, SendPage)
    house.key(Qt.Key.Key_1)
    assert send.passphrase_field.isVisible()
    answer(house, save=tmp_path / "b.pitso-bundle")
    send.passphrase.setFocus()
    house.write("short")
    house.key(ENTER)
    assert "at least 12" in send.passphrase_field.fault.text()
    send.passphrase.clear()
    house.write("three rivers meet")
    send.again.setFocus()
    house.write("three rivers meat")
    house.key(ENTER)
    assert "not the same" in send.again_field.fault.text()
    send.again.clear()
    house.write("three rivers meet")
    house.key(ENTER)
    until(house, lambda: house.at == "exchange")
    assert Parcel(tmp_path / "b.pitso-bundle", Unlock(passphrase="three rivers meet")).header.operations > 1000

    house.hall.arrived.emit(office)
    house.hall.asking.passphrase = lambda *_words: "three rivers meet"  # type: ignore[method-assign]
    house.opening.take_files([str(tmp_path / "b.pitso-bundle")])
    exchange = page(house, ExchangePage)
    assert isinstance(exchange, ExchangePage)
    until(house, exchange.unknown.isVisible)
    exchange.take_in.click()
    assert len(office.journal.records("engagement/")) == 1


def test_what_differs_is_seen_everywhere_and_settled_with_one_key(
    opened: Story, office: Workspace, tmp_path: Path
) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    joined(house, office, tmp_path)
    person = people.add_person(ws, name="Palesa").record
    sending.send(ws, tmp_path / "1.pitso-bundle")
    receiving.receive(office, tmp_path / "1.pitso-bundle")
    office.record([Put(person, "role", "Mayor"), Put(opened.engagement, "title", "Kingdom of Lesotho")], said="")
    ws.record([Put(person, "role", "Chairperson"), Put(opened.engagement, "title", "Lesotho 2026")], said="")
    sending.send(office, tmp_path / "2.pitso-bundle")
    house.opening.take_files([str(tmp_path / "2.pitso-bundle")])
    exchange = page(house, ExchangePage)
    assert isinstance(exchange, ExchangePage)
    until(house, exchange.report.isVisible)
    house.key(Qt.Key.Key_1, CTRL)
    assert house.page.differ.text().strip() == "2 values differ"
    house.key(Qt.Key.Key_D, CTRL)
    differences = page(house, DifferencesPage)
    assert isinstance(differences, DifferencesPage)
    assert differences.what.text() == "Title"
    house.key(Qt.Key.Key_2)
    assert len(ws.journal.differing("")) == 1
    assert "Role" in differences.what.text()
    differences.third.setFocus()
    house.write("Mayor and chairperson")
    house.key(ENTER)
    assert ws.journal.record(person)["role"] == "Mayor and chairperson"
    assert {version.value for version in ws.journal.history(person, field="role")} >= {"Mayor", "Chairperson"}
    assert differences.empty.isVisible()
    house.key(Qt.Key.Key_Escape)
    assert not house.page.differ.isVisible()


def test_likely_doubles_are_proposed_joined_and_undone(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    for name in ("Kefilwe Molapo-Thaba", "Kefilwe Molapo Theba"):
        people.add_person(ws, name=name)
    before = len(people.persons(ws))
    house.key(Qt.Key.Key_D, CTRL)
    differences = page(house, DifferencesPage)
    assert isinstance(differences, DifferencesPage)
    until(house, lambda: differences.doubles.count() > 0)
    number, joined_before = differences.doubles.count(), len(differences.joined_rows.rows)
    hands.click(differences.joined_buttons[0])
    house.settle()
    assert len(people.persons(ws)) == before - 1
    until(house, lambda: differences.doubles.count() == number - 1)
    until(house, lambda: len(differences.joined_rows.rows) == joined_before + 1)
    rows = differences.joined_rows.rows
    own = next(row.id for row in rows if "Kefilwe" in f"{row.title} {row.detail}")
    differences.joined_rows.show_rows(rows, chosen=own)
    differences.joined_rows.setFocus()
    house.key(ENTER)
    assert len(people.persons(ws)) == before
    until(house, lambda: differences.doubles.count() == number)
    hands.click(differences.joined_buttons[0])
    house.key(Qt.Key.Key_Z, CTRL)
    assert len(people.persons(ws)) == before


def test_what_waits_is_looked_into_before_anybody_decides(opened: Story, office: Workspace, tmp_path: Path) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    joined(house, office, tmp_path)
    lost = workspace.create(tmp_path / "lost.pitso", name="Lost")
    enrolment.invite(office, tmp_path / "i", holder="Lost", roles_=["peer"])
    said = enrolment.join(lost, (tmp_path / "i").read_text(), tmp_path / "r").said
    enrolment.admit(office, tmp_path / "r", words_=said.partition(": ")[2])
    enrolment.revoke(office, "Lost")
    lost.record([Put(opened.engagement, "title", "By a thief")], said="")
    for sender, name in ((office, "o"), (lost, "l")):
        sending.send(sender, tmp_path / f"{name}.pitso-bundle")
        receiving.receive(ws, tmp_path / f"{name}.pitso-bundle")
    house.shell.go(opened.place("exchange"))
    exchange = page(house, ExchangePage)
    assert isinstance(exchange, ExchangePage)
    exchange.waiting.setFocus()
    house.key(ENTER)
    waiting = page(house, WaitingPage)
    assert isinstance(waiting, WaitingPage)
    assert "By a thief" in [row.title for row in waiting.rows.rows]
    assert ws.journal.record(opened.engagement)["title"] != "By a thief"
    waiting.take.click()
    house.settle()
    assert house.at == "exchange"
    assert "By a thief" in [version.value for version in ws.journal.heads(opened.engagement, "title")]
    lost.close()
    QApplication.processEvents()


def test_a_person_is_forgotten_once_somebody_says_why(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    person = people.add_person(ws, name="Kefilwe Molapo").record
    house.shell.go(opened.place("people", part="persons", code=person))
    register = page(house, PeoplePage)
    assert isinstance(register, PeoplePage)
    hands.click(register.erase)
    house.key(ENTER)
    hands.click(register.erase_for_good)
    assert "reason stays" in register.erase_field.fault.text()
    assert ws.journal.record(person)["name"] == "Kefilwe Molapo"
    register.erase_reason.setFocus()
    house.write("asked by letter of 2 June")
    hands.click(register.erase_for_good)
    assert ws.journal.record(person).get("name") is None
