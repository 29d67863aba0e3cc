"""Papers: made in a thread, shown, saved, printed."""

import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services import papers
from pitso.services.change import Change
from pitso.services.papers import Paper
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.papers import PapersPage, key_of
from pitso.words import _


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
        reports = [line for line in lines if line.kind == "readiness"]
        chosen = chosen or next(reversed(reports), None) or next(iter(lines), None)
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
