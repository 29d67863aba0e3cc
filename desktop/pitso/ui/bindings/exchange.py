"""Papers and bundles: what leaves the house, and what comes."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services import exchange, papers
from pitso.services.change import Change
from pitso.services.papers import Paper
from pitso.services.views import MergeReport
from pitso.services.workspace import Workspace
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.papers import PapersPage, key_of
from pitso.words import _

Value = TypeVar("Value")
BUNDLES = "Pitso (*.pitso-bundle)"


class PapersBinding(Binding[PapersPage]):
    """Connects the papers; a paper is made in a thread and shown when it is ready."""

    def connect_page(self) -> None:
        page = self.page
        self._paper: Paper | None = None
        self._asked: tuple[str, str] | None = None
        self._language = words.language()
        page.paper_asked.connect(lambda key: self.hall.go("papers", code=key))
        page.language_chosen.connect(self._speak)
        page.save_asked.connect(self._save)
        page.open_asked.connect(self._open)
        page.print_asked.connect(self._print)

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        lines = self.hall.desk.ask(lambda: papers.available(ws, place.engagement)) or ()
        chosen = next((line for line in lines if place.code in (key_of(line), line.of) and place.code), None)
        chosen = chosen or next(iter(lines), None)
        self._paper = None
        self.page.show_papers(lines, chosen=key_of(chosen) if chosen else "", language=self._language)
        if chosen is None:
            return
        kind, of, language = chosen.kind, chosen.of, self._language
        self._asked = (key_of(chosen), language)
        self.page.show_waiting()
        self.hall.begin_work_on_file(
            lambda own: papers.make(own, kind, of=of, language=language), partial(self._made, self._asked)
        )

    def _made(self, asked: tuple[str, str], paper: Paper) -> None:
        if asked == self._asked and self.open:
            self._paper = paper
            self.page.show_paper(paper.pdf)

    def leave(self) -> None:
        super().leave()
        self._asked = None
        self.page.close_paper()

    def _speak(self, language: str) -> None:
        self._language = language
        self.look()

    def _save(self) -> None:
        paper = self._paper
        if paper is None:
            return
        path = self.hall.asking.save_file(_("Save a copy"), paper.file_name, "PDF (*.pdf)")
        if path is not None:
            self.hall.desk.do(lambda: _kept(path, paper))

    def _open(self) -> None:
        path = self.hall.desk.ask(self._on_disk)
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _print(self) -> None:
        self.hall.desk.do(self._printed)

    def _on_disk(self) -> Path:
        assert self._paper is not None
        folder = Path(tempfile.mkdtemp(prefix="pitso-"))
        return write(folder / self._paper.file_name, self._paper.pdf)

    def _printed(self) -> Change:
        path, command = self._on_disk(), shutil.which("lp")
        if command is None:
            raise Trouble(_("This computer has no print command."), _("Open the paper in the viewer and print there."))
        done = subprocess.run([command, str(path)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Trouble(
                _("The printer did not take the paper."),
                _("Check that a printer is set up, or open the paper in the viewer and print there."),
            )
        return Change(frozenset(), _("Sent to the printer."), undoable=False)


def write(path: Path, content: bytes) -> Path:
    """Write *content* whole, or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble(
            _("“{file}” could not be written.").format(file=path.name),
            _("Check that the drive is there and has room, then try again."),
        ) from error
    return path


def _kept(path: Path, paper: Paper) -> Change:
    write(path, paper.pdf)
    return Change(frozenset(), _("The copy was saved: {file}").format(file=path.name), undoable=False)


class ExchangeBinding(Binding[ExchangePage]):
    """Connects sending and receiving; both are done in a thread."""

    def connect_page(self) -> None:
        self.page.send_asked.connect(self._send)
        self.page.receive_asked.connect(self._receive)

    def enter(self, place: Place) -> None:
        self.page.show_reports(())
        super().enter(place)
        if place.part == "receive":
            self._receive()

    def look(self) -> None:
        view = self.hall.desk.ask(lambda: exchange.exchange(self.hall.workspace))
        if view is not None:
            self.page.show_exchange(view)

    def _send(self) -> None:
        ws = self.hall.workspace
        name = f"{ws.name} {ws.today().isoformat()}.pitso-bundle"
        path = self.hall.asking.save_file(_("Send what is new"), name, BUNDLES)
        if path is not None:
            self._work(lambda own: exchange.send(own, path), self._sent)

    def _sent(self, change: Change) -> None:
        self.page.show_working(False)
        self.hall.desk.changed.emit(change)

    def _receive(self) -> None:
        self.receive(self.hall.asking.open_files(_("Receive"), BUNDLES))

    def receive(self, bundles: Sequence[Path]) -> None:
        """Bring *bundles* in, one after the other."""
        if bundles:
            self._work(partial(_received, bundles), self._brought_in)

    def _brought_in(self, reports: list[MergeReport]) -> None:
        self.page.show_working(False)
        self.page.show_reports(reports)
        touched = frozenset({"rating", "agreed", "assessment", "engagement", "person", "organisation"})
        self.hall.desk.changed.emit(Change(touched, "", undoable=False))

    def _work(self, work: Callable[[Workspace], Value], done: Callable[[Value], None]) -> None:
        self.page.show_working(True)
        task = self.hall.begin_work_on_file(work, done)
        task.failed.connect(lambda _trouble: self.page.show_working(False))


def _received(bundles: Sequence[Path], own: Workspace) -> list[MergeReport]:
    return [exchange.receive(own, bundle) for bundle in bundles]
