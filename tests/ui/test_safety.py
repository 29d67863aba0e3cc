"""Keeping safe, as a person does it: the door, the lock, PINs, passphrase, card, copies."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pitso.services import account, copies, people, persons_here, protection, sending, workspace
from pitso.storage import joining
from pitso.storage.edits import Attach, Put
from pitso.ui import viewing
from pitso.ui.hall import Place
from pitso.ui.idle import Idle
from pitso.ui.pages.first import FirstPage
from pitso.ui.pages.safety import SafetyPage
from pitso.ui.pages.unlock import UnlockPage
from pitso.ui.pages.writers import WritersPage
from tests.ui import hands
from tests.ui.conftest import House, Story

PHRASE = "basalt river window seven"
CONTROL = Qt.KeyboardModifier.ControlModifier


def click(house: House, widget: QWidget) -> None:
    assert widget.isVisible()
    hands.click(widget)
    house.settle()


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    workspace.write_as(ws, people.add_person(ws, name="Mpho").record)
    ws.close()
    return ws.path


def test_a_protected_file_asks_for_its_passphrase_and_opens(house: House, protected: Path) -> None:
    house.opening.open(str(protected))
    page = house.page
    assert isinstance(page, UnlockPage)
    assert not house.hall.has_workspace
    house.write("not this one at all")
    house.key(Qt.Key.Key_Return)
    assert "does not open" in house.shell.bars.happened.text()
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    assert house.hall.workspace.name == "Visit"
    assert house.at == "engagements"
    assert page.secret.text() == ""


def test_a_bundle_that_was_opened_by_a_double_click_waits_for_the_passphrase(
    house: House, protected: Path, tmp_path: Path
) -> None:
    team = workspace.create(tmp_path / "team.pitso", name="Team")
    workspace.write_as(team, people.add_person(team, name="Lineo").record)
    bundle = tmp_path / "carried.pitso-bundle"
    sending.send(team, bundle)
    team.close()
    account.save(account.load().opened(str(protected)))
    house.opening.start(str(bundle))
    assert house.at == "unlock"
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    assert house.at == "exchange"
    house.qtbot.waitUntil(lambda: joining.quarantined(house.hall.workspace.journal) != [], timeout=20_000)


def test_a_file_that_is_dropped_does_not_open_a_locked_window(opened: Story, tmp_path: Path) -> None:
    house = opened.house
    ws = house.hall.workspace
    bundle = tmp_path / "carried.pitso-bundle"
    sending.send(ws, bundle)
    persons_here.set_pin(ws, ws.author or "", "4711")
    house.key(Qt.Key.Key_L, CONTROL)
    assert house.at == "unlock"
    for path in (bundle, tmp_path / "form.xlsx"):
        house.shell.dropped.emit([str(path)])
        house.settle()
        assert house.at == "unlock"
        assert isinstance(house.page, UnlockPage)
        assert "locked" in house.shell.bars.happened.text()


def test_the_card_opens_it_when_the_passphrase_is_forgotten(house: House, protected: Path) -> None:
    ws = workspace.open_workspace(protected, PHRASE)
    code = protection.new_card(ws)
    ws.close()
    house.opening.start(str(protected))
    page = house.page
    assert isinstance(page, UnlockPage)
    click(house, page.card)
    assert page.secret.accessibleName() == "Code of the recovery card"
    house.write(" ".join(code).lower())
    click(house, page.open)
    assert house.hall.has_workspace
    assert house.at == "safety"
    house.write("a phrase that I shall not forget")
    house.key(Qt.Key.Key_Return)
    house.write("a phrase that I shall not forget")
    house.key(Qt.Key.Key_Return)
    assert not protection.protection(house.hall.workspace).card


def test_the_window_locks_and_only_the_pin_opens_it(opened: Story) -> None:
    house = opened.house
    ws = house.hall.workspace
    house.key(Qt.Key.Key_L, CONTROL)
    assert "Nothing would open" in house.shell.bars.happened.text()
    persons_here.set_pin(ws, ws.author or "", "4711")
    house.go(opened.place("people"))
    house.key(Qt.Key.Key_L, CONTROL)
    assert isinstance(house.page, UnlockPage)
    rail = house.shell.rail
    assert rail is not None
    assert not rail.isVisible()
    before = ws.journal.digest()
    for key in (Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_K, Qt.Key.Key_H, Qt.Key.Key_Z, Qt.Key.Key_P):
        house.key(key, CONTROL)
    house.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_Escape):
        house.key(key)
    assert house.at == "unlock"
    assert ws.journal.digest() == before
    house.page.focus_first()
    house.write("0000")
    house.key(Qt.Key.Key_Return)
    assert house.at == "unlock"
    house.write("4711")
    house.key(Qt.Key.Key_Return)
    assert house.at == "people"
    assert rail.isVisible()


def locking_after_five_minutes(opened: Story, monkeypatch: pytest.MonkeyPatch) -> tuple[Idle, list[float]]:
    """What watches for idle hands, and the clock by which it does."""
    ws = opened.house.hall.workspace
    persons_here.set_pin(ws, ws.author or "", "4711")
    persons_here.set_lock_after(ws, 5)
    idle = opened.house.shell.findChild(Idle)
    assert idle is not None
    clock = [1000.0]
    monkeypatch.setattr("pitso.ui.idle.time.monotonic", lambda: clock[0])
    return idle, clock


def test_the_window_locks_itself_when_nobody_touches_it(opened: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    house = opened.house
    idle, clock = locking_after_five_minutes(opened, monkeypatch)
    window = house.shell.windowHandle()
    QTest.keyClick(window, Qt.Key.Key_Tab)
    clock[0] += 290
    idle.look()
    assert house.at != "unlock"
    QTest.mouseMove(window, QPoint(5, 5))
    house.settle()
    clock[0] += 290
    idle.look()
    assert house.at != "unlock"
    clock[0] += 20
    idle.look()
    assert house.at == "unlock"


def test_whoever_works_in_the_second_window_is_not_locked_out(opened: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    house = opened.house
    idle, clock = locking_after_five_minutes(opened, monkeypatch)
    second = QWindow()
    second.show()
    clock[0] += 290
    idle.look()
    QTest.keyClick(second, Qt.Key.Key_Space)
    clock[0] += 290
    idle.look()
    assert house.at != "unlock"
    clock[0] += 20
    idle.look()
    assert house.at == "unlock"


def test_somebody_sets_a_pin_and_another_takes_over(opened: Story) -> None:
    house = opened.house
    ws = house.hall.workspace
    house.key(Qt.Key.Key_F2)
    page = house.page
    assert isinstance(page, WritersPage)
    other = next(row.id for row in page.people.rows if row.id != ws.author)
    page.people.opened.emit(other)
    house.settle()
    click(house, page.change)
    page.new_pin.setFocus()
    house.write("4711")
    house.key(Qt.Key.Key_Return)
    house.write("4712")
    house.key(Qt.Key.Key_Return)
    assert not persons_here.has_pin(ws, other)
    page.again.selectAll()
    house.write("4711")
    house.key(Qt.Key.Key_Return)
    assert persons_here.has_pin(ws, other)
    page.pin.setFocus()
    house.write("1111")
    click(house, page.write)
    assert ws.author != other
    page.pin.selectAll()
    page.pin.setFocus()
    house.write("4711")
    house.key(Qt.Key.Key_Return)
    assert ws.author == other
    click(house, page.idle.buttons["10"])
    assert persons_here.lock_after(ws) == 10


def test_choosing_a_writer_with_a_pin_in_the_settings_asks_for_it(opened: Story) -> None:
    house = opened.house
    ws = house.hall.workspace
    house.go(opened.place("settings"))
    rows = house.page.people.rows  # type: ignore[attr-defined]
    other = next(row.id for row in rows if row.id != ws.author)
    persons_here.set_pin(ws, other, "4711")
    house.page.people.opened.emit(other)  # type: ignore[attr-defined]
    house.settle()
    assert house.hall.place.page == "writers"
    assert house.hall.place.code == other
    assert ws.author != other


def test_a_passphrase_is_set_a_card_printed_and_taken_away_again(opened: Story, tmp_path: Path) -> None:
    house = opened.house
    house.go(Place("safety"))
    page = house.page
    assert isinstance(page, SafetyPage)
    page.new.setFocus()
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    house.write("something else")
    click(house, page.set)
    assert protection.protection(house.hall.workspace).passphrase is False
    page.again.selectAll()
    page.again.setFocus()
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    assert protection.protection(house.hall.workspace).passphrase
    assert (page.new.text(), page.again.text()) == ("", "")
    house.hall.asking.save_file = lambda *_words: tmp_path / "card.pdf"  # type: ignore[method-assign]
    click(house, page.print_card)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")
    assert protection.protection(house.hall.workspace).card
    house.hall.workspace.record([Put("note/1", "text", "still writing")], said="")
    click(house, page.remove)
    assert protection.protection(house.hall.workspace).passphrase is False
    assert house.hall.workspace.journal.record("note/1") == {"text": "still writing"}


def test_a_copy_is_made_and_put_back(opened: Story, tmp_path: Path) -> None:
    house = opened.house
    house.go(Place("safety"))
    page = house.page
    assert isinstance(page, SafetyPage)
    house.hall.asking.choose_folder = lambda *_words: tmp_path  # type: ignore[method-assign]
    click(house, page.choose)
    assert str(tmp_path) in page.drive.text()
    click(house, page.make)
    assert len(page.list.rows) == 2
    device = house.hall.workspace.journal.device
    house.hall.workspace.record([Put("note/1", "text", "after the copy")], said="")
    page.list.opened.emit(page.list.rows[0].id)
    click(house, page.put_back)
    ws = house.hall.workspace
    assert ws.journal.record("note/1") == {}
    assert ws.journal.device != device
    assert len(list(opened.path.parent.glob("* put aside *.pitso"))) == 1


def test_of_a_damaged_file_the_newest_copy_is_offered(house: House, story: Path) -> None:
    ws = workspace.open_workspace(story)
    name = ws.name
    copies.copy_now(ws)
    ws.close()
    whole = bytearray(story.read_bytes())
    whole[8192:40000] = b"\xff" * (40000 - 8192)
    story.write_bytes(whole)
    asked: list[str] = []
    house.hall.asking.agreed = lambda question: bool(asked.append(question))  # type: ignore[method-assign, func-returns-value]
    house.opening.open(str(story))
    assert not house.hall.has_workspace
    assert story.read_bytes() == bytes(whole)
    house.hall.asking.agreed = lambda question: True  # type: ignore[method-assign]
    house.opening.open(str(story))
    assert house.hall.workspace.name == name
    assert len(asked) == 1
    (aside,) = story.parent.glob("* put aside *.pitso")
    assert aside.read_bytes() == bytes(whole)


def test_of_a_damaged_protected_file_too(house: House, protected: Path) -> None:
    ws = workspace.open_workspace(protected, PHRASE)
    copies.copy_now(ws)
    ws.close()
    whole = bytearray(protected.read_bytes())
    whole[40960:45056] = b"\xff" * 4096
    protected.write_bytes(whole)
    house.hall.asking.agreed = lambda question: True  # type: ignore[method-assign]
    house.opening.open(str(protected))
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    assert house.hall.workspace.name == "Visit"
    assert len(list(protected.parent.glob("* put aside *.pitso"))) == 1


def test_a_first_start_with_a_passphrase_makes_a_protected_workspace(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pitso.places.documents", lambda: tmp_path)
    house.opening.start("")
    page = house.page
    assert isinstance(page, FirstPage)
    click(house, page.office)
    for words in ("Mpho", "Facilitator", "Office of Three Rivers"):
        house.write(words)
        house.key(Qt.Key.Key_Return)
    assert house.focus() is page.passphrase
    house.write("short")
    house.key(Qt.Key.Key_Return)
    assert "too short" in house.shell.bars.happened.text()
    assert list((tmp_path / "Pitso").iterdir()) == []
    page.passphrase.selectAll()
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    assert protection.protection(house.hall.workspace).passphrase


def test_what_went_wrong_with_the_last_copy_is_told_at_the_opening(house: House, story: Path) -> None:
    ws = workspace.open_workspace(story)
    ws.journal.set_own(copies.FAILED, "The drive is full.")
    ws.close()
    house.opening.open(str(story))
    assert "The drive is full." in house.shell.bars.happened.text()


def test_what_the_passphrase_protects_is_shown_elsewhere_only_when_somebody_agreed_and_goes_with_the_lock(
    opened: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    ws.record([Attach("contact/1", "file", "letter.pdf", b"%PDF-1.7 letter")], said="")
    shown: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(Path(url.toLocalFile())))
    asked: list[str] = []
    answers = [False, True]

    def agreed(question: str) -> bool:
        asked.append(question)
        return answers.pop(0)

    house.hall.asking.agreed = agreed  # type: ignore[method-assign]
    viewing.view(house.hall, "contact/1", "file")
    assert (len(shown), asked) == (1, []), "without a passphrase it is as open as the file"
    protection.set_passphrase(ws, PHRASE)
    for expected in (1, 2, 3):
        viewing.view(house.hall, "contact/1", "file")
        assert len(shown) == expected
    assert len(asked) == 2, "who agreed is not asked again"
    assert shown[-1].read_bytes() == b"%PDF-1.7 letter"
    house.key(Qt.Key.Key_L, CONTROL)
    assert house.at == "unlock"
    assert [path.exists() for path in shown] == [False] * 3
    house.write(PHRASE)
    house.key(Qt.Key.Key_Return)
    viewing.view(house.hall, "contact/1", "file")
    house.hall.take(None)
    assert not shown[-1].exists()
    assert not house.hall.viewing_agreed
