"""Papers leave the house: saved, printed, several at once; they are checked, and come back signed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from pitso.services import checking, contests, issuing, papers, people, printing, record_list, results, workspace
from pitso.services.checking import Outcome
from pitso.services.issuing import Issued, Way
from pitso.ui import windows_printing
from pitso.ui.desk import Work
from pitso.ui.pages.check import CheckPage
from pitso.ui.pages.find import FindPage
from pitso.ui.pages.papers import PapersPage
from pitso.ui.pages.people import PeoplePage
from pitso.ui.parts.page import Page
from tests.ui.conftest import Story
from tests.ui.hands import click, press, write

Kind = TypeVar("Kind", bound=Page)
LONG = 30_000


def page(opened: Story, kind: type[Kind]) -> Kind:
    found = opened.house.page
    assert isinstance(found, kind)
    return found


def look_at(opened: Story, kind: str, of: str) -> PapersPage:
    opened.house.go(opened.place("papers", code=f"{kind} {of}"))
    shown = page(opened, PapersPage)
    opened.house.qtbot.waitUntil(lambda: shown.document.pageCount() > 0 and shown.save.isEnabled(), timeout=LONG)
    return shown


def wait(opened: Story, until: Callable[[], object]) -> None:
    opened.house.qtbot.waitUntil(lambda: bool(until()), timeout=LONG)
    opened.house.settle()


def issue(opened: Story, of: str) -> Issued:
    ws = opened.house.hall.workspace
    return issuing.issue(ws, papers.order(ws, "readiness", of=of, language="en"), Way.PRINTED)


def choose(opened: Story, folder: Path) -> None:
    """What the dialog of the system would answer."""
    opened.house.hall.asking.choose_folder = lambda title: folder  # type: ignore[method-assign]


def copies(opened: Story) -> int:
    return len(opened.house.hall.workspace.journal.records("copy/"))


@dataclass
class Desk:
    """A folder with the commands of CUPS; ``asked`` holds what ``lp`` was given, a line a job."""

    folder: Path

    @property
    def asked(self) -> list[str]:
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []

    def broken(self, why: str) -> None:
        self._write("lp", f'echo "$@" >> {self.folder}/asked; echo "lp: {why}" >&2; exit 1')

    def whole(self) -> None:
        self._write("lp", f'echo "$@" >> {self.folder}/asked; echo "request id is Laser-1 (1 file(s))"')

    def _write(self, name: str, script: str) -> None:
        (self.folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.folder / name).chmod(0o755)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path / "commands")
    desk.folder.mkdir()
    desk.whole()
    desk._write("lpstat", 'case "$1" in -e) echo Laser; echo Ink;; -d) echo "system default destination: Laser";; esac')
    monkeypatch.setenv("PATH", f"{desk.folder}:/usr/bin:/bin")
    return desk


def test_a_saved_copy_is_issued_and_the_second_one_says_so(opened: Story, tmp_path: Path) -> None:
    shown = look_at(opened, "readiness", opened.first)
    for number in (1, 2):
        path = tmp_path / f"report-{number}.pdf"
        opened.house.hall.asking.save_file = lambda *_words, path=path: path  # type: ignore[method-assign]
        click(shown.save)
        wait(opened, partial(_issued, opened, shown, number))
        text = PdfReader(path).pages[0].extract_text()
        assert ("copy 2" in text) == (number == 2)
    assert "issued" in next(row.detail for row in shown.rows.rows if row.id == f"readiness {opened.first}")
    assert shown.preview.isVisible(), "the paper that is seen stays"


def test_another_reader_is_chosen_with_the_keyboard(opened: Story) -> None:
    shown = look_at(opened, "readiness", opened.first)
    shown.reader.setFocus()
    press(shown.reader, Qt.Key.Key_Down)
    wait(opened, lambda: shown.save.isEnabled() and "Left out" in _text(shown))
    assert shown.reader.code() == "office"
    look_at(opened, "consensus-sheet", opened.first)
    assert not shown.reader_field.isVisible()


def _issued(opened: Story, shown: PapersPage, number: int) -> bool:
    return copies(opened) == number and shown.save.isEnabled()


def _text(shown: PapersPage) -> str:
    return shown.document.getAllText(0).text()


def test_a_ballot_paper_is_made_in_two_languages_and_the_next_paper_in_the_first_of_them(opened: Story) -> None:
    ws = opened.house.hall.workspace
    president = contests.load(ws, contests.elections(ws, opened.engagement)[0]).contests[0]
    shown = look_at(opened, "ballot", president.rounds[0].id)
    shown.language.setFocus()
    while shown.language.code() != "fr+ar":
        press(shown.language, Qt.Key.Key_Down)
    assert shown.language.currentText() == "Français + العربية"
    wait(opened, lambda: "Mettez une croix" in shown.document.getAllText(0).text())
    look_at(opened, "declaration", president.id)
    assert shown.language.code() == "fr"


def test_enter_twice_prints_on_the_usual_printer(opened: Story, printer: Desk) -> None:
    shown = look_at(opened, "consensus-sheet", opened.first)
    shown.print.setFocus()
    press(shown.print, Qt.Key.Key_Return)
    wait(opened, shown.printing.isVisible)
    assert [shown.printing.printer.itemText(place) for place in range(2)] == ["Laser", "Ink"]
    assert shown.printing.printer.hasFocus()
    press(shown.printing.printer, Qt.Key.Key_Return)
    wait(opened, lambda: printer.asked and not shown.printing.isVisible())
    assert printer.asked[0].startswith("-d Laser -t Consensus sheet")
    assert copies(opened) == 1
    assert "Laser" in opened.house.shell.bars.said.text()


def test_pages_that_a_paper_has_not_are_told_beside_the_field(opened: Story, printer: Desk) -> None:
    shown = look_at(opened, "consensus-sheet", opened.first)
    click(shown.print)
    wait(opened, shown.printing.isVisible)
    write(shown.printing.pages, "40-50")
    press(shown.printing.pages, Qt.Key.Key_Return)
    opened.house.settle()
    assert "no pages of this paper" in shown.printing.pages.accessibleDescription()
    assert copies(opened) == 0
    press(shown.printing.pages, Qt.Key.Key_Escape)
    opened.house.settle()
    assert not shown.printing.isVisible()


def test_the_rest_of_a_half_printed_paper_is_the_same_copy(opened: Story, printer: Desk) -> None:
    printer.broken("The printer is away")
    shown = look_at(opened, "consensus-sheet", opened.first)
    click(shown.print)
    wait(opened, shown.printing.isVisible)
    click(shown.print)
    wait(opened, lambda: printer.asked and shown.print.isEnabled())
    assert "The printer is away" in opened.house.shell.bars.happened.text()
    assert shown.printing.isVisible(), "what was chosen stays for the next try"
    printer.whole()
    write(shown.printing.pages, "2-")
    click(shown.print)
    wait(opened, lambda: len(printer.asked) == 2 and not shown.printing.isVisible())
    assert " -P 2" in printer.asked[1]
    assert copies(opened) == 1


def test_several_papers_go_into_one_folder_and_leave_what_lies_there(opened: Story, tmp_path: Path) -> None:
    shown = look_at(opened, "readiness", opened.first)
    folder = tmp_path / "papers"
    folder.mkdir()
    choose(opened, folder)
    click(shown.several)
    wanted = [f"{kind} {opened.first}" for kind in ("feedback-sheet", "consensus-sheet")]
    for key in wanted:
        shown.rows.setFocus()
        click(shown.rows.viewport(), shown.rows.rect_of(key).center())
    assert shown.empty.words.text() == "3 papers are chosen."
    for _twice in range(2):
        click(shown.save)
        wait(opened, lambda: not shown.progress.text() and shown.save.isEnabled())
    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == 6
    assert sum(name.endswith("-2.pdf") for name in names) == 3
    assert all(file.read_bytes().startswith(b"%PDF") for file in folder.iterdir())


def test_many_papers_can_be_stopped_and_the_window_goes_on(opened: Story, tmp_path: Path) -> None:
    shown = look_at(opened, "readiness", opened.first)
    choose(opened, tmp_path)
    click(shown.several)
    for row in shown.rows.rows:
        if row.id and row.id != f"readiness {opened.first}":
            shown.rows.opened.emit(row.id)
    click(shown.save)
    assert "Paper 1 of" in shown.progress.text()
    assert shown.cancel.isVisible()
    click(shown.cancel)
    wait(opened, lambda: not shown.progress.text())
    saved = list(tmp_path.glob("*.pdf"))
    assert len(saved) == 1
    assert opened.house.shell.bars.said.text().startswith("Stopped. 1 paper was saved.")


def test_several_papers_are_one_job_of_the_printer(opened: Story, printer: Desk) -> None:
    shown = look_at(opened, "consensus-sheet", opened.first)
    click(shown.several)
    shown.rows.opened.emit(f"feedback-sheet {opened.first}")
    click(shown.print)
    wait(opened, shown.printing.isVisible)
    assert not shown.printing.pages_field.isVisible()
    click(shown.print)
    wait(opened, lambda: printer.asked and not shown.progress.text())
    assert len(printer.asked) == 1
    assert printer.asked[0].count(".pdf") == 2
    press(shown.rows, Qt.Key.Key_Escape)
    opened.house.settle()
    assert not shown.several.isChecked()


def test_a_scanner_checks_a_paper_from_the_papers_page(opened: Story) -> None:
    once = issue(opened, opened.second)
    shown = look_at(opened, "readiness", opened.first)
    write(shown.check, f"PITSO:LSO-RR-2:{once.code.upper()}")
    press(shown.check, Qt.Key.Key_Return)
    check = page(opened, CheckPage)
    wait(opened, check.outcome.isVisible)
    assert check.title_words.text() == "Readiness report: AS-2"
    assert check.said.text().startswith("Unchanged")
    assert len(check.copies.rows) == 1
    click(check.go)
    opened.house.settle()
    assert (opened.house.at, opened.house.hall.place.assessment) == ("readiness", opened.second)


def test_a_changed_paper_says_by_whom_and_what(opened: Story) -> None:
    once = issue(opened, opened.third)
    results.take_offer(opened.house.hall.workspace, opened.third)
    opened.house.go(opened.place("check"))
    check = page(opened, CheckPage)
    write(check.code, once.code)
    press(check.code, Qt.Key.Key_Return)
    wait(opened, check.outcome.isVisible)
    assert "Changed since by" in check.said.text()
    assert "LEG-2: Agreed" in [row.title for row in check.changes.rows]


@pytest.mark.parametrize("typed", ["9f3c", "not a code at all"])
def test_what_is_no_code_is_told_beside_the_field(opened: Story, typed: str) -> None:
    opened.house.go(opened.place("check"))
    check = page(opened, CheckPage)
    write(check.code, typed)
    click(check.check)
    opened.house.settle()
    assert "foot of each page" in check.code.accessibleDescription()
    assert not check.outcome.isVisible()


def test_an_unknown_paper_is_told(opened: Story) -> None:
    opened.house.go(opened.place("check", code="0123 4567 89ab cdef"))
    check = page(opened, CheckPage)
    wait(opened, check.outcome.isVisible)
    assert "No paper with this code is known here" in check.said.text()
    assert not check.signed_card.isVisible()


def test_a_signed_copy_is_dropped_picked_and_undone(opened: Story, tmp_path: Path) -> None:
    once = issue(opened, opened.third)
    scan = tmp_path / "signed page.jpg"
    scan.write_bytes(b"\xff\xd8\xff\xe0 photograph")
    opened.house.go(opened.place("check", code=once.code))
    check = page(opened, CheckPage)
    wait(opened, check.outcome.isVisible)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(scan))])
    none = Qt.KeyboardModifier.NoModifier
    check.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    wait(opened, lambda: check.signed.rows)
    assert check.signed.rows[0].title == "signed page.jpg"
    opened.house.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(opened, lambda: not check.signed.rows)
    opened.house.hall.asking.open_file = lambda *_words: scan  # type: ignore[method-assign]
    write(check.signed_on, "yesterday")
    click(check.attach)
    assert "2026-06-18" in check.signed_on.accessibleDescription()
    check.signed_on.clear()
    write(check.signed_on, "2026-09-25")
    click(check.attach)
    wait(opened, lambda: check.signed.rows)
    assert check.signed.rows[0].trailing == "25 September 2026"
    found = checking.check(opened.house.hall.workspace, once.code)
    assert found.outcome is Outcome.UNCHANGED
    assert ("State", "signed") in found.details


def test_a_code_is_found_from_anywhere(opened: Story) -> None:
    once = issue(opened, opened.first)
    opened.house.go(opened.place("engagement"))
    opened.house.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    find = page(opened, FindPage)
    write(find.search, once.grouped)
    press(find.search, Qt.Key.Key_Return)
    opened.house.settle()
    assert (opened.house.at, opened.house.hall.place.code) == ("check", once.code)


def test_a_person_agrees_to_be_named(opened: Story) -> None:
    house, ws = opened.house, opened.house.hall.workspace
    person = people.persons(ws)[3]
    house.go(opened.place("people", part="persons"))
    shown = page(opened, PeoplePage)
    shown.rows.opened.emit(person.id)
    assert shown.person_title.text() == person.name
    press(shown.consents[people.NAMED], Qt.Key.Key_Space)
    house.settle()
    assert people.may_be_named(ws, person.id)
    assert shown.consents[people.NAMED].isChecked()
    workspace.undo(ws)
    assert not people.may_be_named(ws, person.id)


def test_where_there_is_no_cups_the_pages_are_painted(opened: Story, tmp_path: Path) -> None:
    """A printer of the system that writes a file: the same way of painting as on Windows, in a thread."""
    ws = opened.house.hall.workspace
    ready = [papers.make(ws, kind, of=opened.first, language="en") for kind in ("feedback-sheet", "consensus-sheet")]
    target, threads = tmp_path / "printed.pdf", set[int]()

    def paint() -> str:
        threads.add(threading.get_ident())
        device = QPrinter()
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(str(target))
        windows_printing.paint(ready, "1-2", device)
        return "done"

    work = Work(paint)
    with opened.house.qtbot.waitSignal(work.done, timeout=LONG):
        work.start()
    assert threads != {threading.get_ident()}
    printed, drawn = QPdfDocument(), QPdfDocument()
    printed.load(str(target))
    assert printed.pageCount() == 4
    source = tmp_path / "source.pdf"
    papers.keep(ready[0], source)
    drawn.load(str(source))
    assert _darkness(printed, 0) == pytest.approx(_darkness(drawn, 0), rel=0.1)


def _darkness(document: QPdfDocument, number: int) -> float:
    image = document.render(number, document.pagePointSize(number).toSize())
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(255 - value for value in bytes(grey.constBits())) / (grey.width() * grey.height())


def test_pages_to_paint_are_counted_from_nought() -> None:
    assert windows_printing.numbers("", 3) == [0, 1, 2]
    assert windows_printing.numbers("1,3-4", 9) == [0, 2, 3]
    assert printing.pages_of("2-", 4) == "2-4"


def test_ctrl_p_prints_the_record_on_the_page(opened: Story) -> None:
    ws = opened.house.hall.workspace
    record = record_list.records(ws, opened.engagement)[0].id
    opened.house.go(opened.place("form", code=record))
    opened.house.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    shown = page(opened, PapersPage)
    wait(opened, lambda: shown.document.pageCount() > 0 and shown.save.isEnabled())
    assert shown.rows.current_id() == f"record {record}"
