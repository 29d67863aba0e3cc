"""Connects what keeps a workspace safe: its door, its people, its copies."""

from datetime import datetime
from functools import partial
from pathlib import Path

from pitso import words
from pitso.services import copies, papers, persons_here, protection, upkeep, workspace
from pitso.services.change import Change
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.safety import Safety, SafetyPage
from pitso.ui.pages.unlock import UnlockPage
from pitso.ui.pages.writers import Writer, WritersPage
from pitso.ui.parts.rows import Row
from pitso.words import _


class UnlockBinding(Binding[UnlockPage]):
    """Connects the door: of the file whose path is the place's code, or of the locked window."""

    kinds = frozenset()

    def connect_page(self) -> None:
        self.page.secret_given.connect(self._try)
        self.page.leave_asked.connect(lambda: self.hall.go("first"))

    def look(self) -> None:
        if self.place.code:
            self.page.show_door(Path(self.place.code).name)
            return
        ws = self.hall.workspace
        author = ws.author or ""
        name = workspace.person_name(ws, author) if author and persons_here.has_pin(ws, author) else ""
        self.page.show_door(ws.name, pin_of=name, locked=True)

    def _try(self, secret: str) -> None:
        if self.place.code:
            path = Path(self.place.code)
            by_card = self.page.card.isChecked()
            opened = self.hall.desk.ask(lambda: copies.opened(path, self.hall.asking.agreed, secret))
            if opened is not None:
                self.hall.arrived.emit(opened)
                if by_card:
                    self.hall.go("safety")  # to choose the passphrase that nobody has forgotten yet
            return
        ws = self.hall.workspace
        if self.hall.desk.do(lambda: persons_here.unlock(ws, secret)):
            self.hall.unlocked.emit()


class WritersBinding(Binding[WritersPage]):
    """Connects the people of a shared laptop."""

    kinds = frozenset({"pin", "author", "person"})

    def connect_page(self) -> None:
        page = self.page
        page.offer_minutes(persons_here.MINUTES)
        page.picked.connect(self._pick)
        page.writes.connect(self._write)
        page.pin_set.connect(self._set_pin)
        page.lock_asked.connect(self.hall.locking)
        page.idle_chosen.connect(self._lock_after)
        page.people_asked.connect(lambda: self.hall.go("people", part="new"))

    def look(self) -> None:
        ws = self.hall.workspace
        lines = self.hall.desk.ask(lambda: persons_here.writers(ws, self.place.engagement)) or ()
        writers = [
            Writer(line.id, line.name, line.detail, line.id == ws.author, persons_here.has_pin(ws, line.id))
            for line in lines
        ]
        chosen = self.place.code or ws.author or ""
        self.page.show_writers(writers, chosen=chosen, idle=persons_here.lock_after(ws))

    def _pick(self, person: str) -> None:
        self.hall.go("writers", code=person)

    def _write(self, person: str, pin: str) -> None:
        if self.hall.desk.do(lambda: persons_here.change_writer(self.hall.workspace, person, pin)):
            self.page.close_card()

    def _set_pin(self, person: str, former: str, pin: str) -> None:
        if self.hall.desk.do(lambda: persons_here.set_pin(self.hall.workspace, person, pin, former=former)):
            self.page.close_card()

    def _lock_after(self, minutes: int) -> None:
        self.hall.desk.do(lambda: persons_here.set_lock_after(self.hall.workspace, minutes))


class SafetyBinding(Binding[SafetyPage]):
    """Connects passphrase, card and copies."""

    kinds = frozenset({"protection", "copies"})

    def connect_page(self) -> None:
        page = self.page
        page.passphrase_set.connect(self._set)
        page.removal_asked.connect(self._remove)
        page.card_asked.connect(self._print_card)
        page.copy_asked.connect(self._copy)
        page.drive_asked.connect(self._choose_drive)
        page.drive_left.connect(lambda: self._do_copies(None))
        page.put_back_asked.connect(self._put_back)

    def look(self) -> None:
        ws = self.hall.workspace
        found = self.hall.desk.ask(lambda: copies.copies(ws))
        how = self.hall.desk.ask(lambda: protection.protection(ws))
        odd = self.hall.desk.ask(lambda: upkeep.oddities(ws))
        if found is None or how is None or odd is None:
            return
        drive = _("Copies lie beside the file.")
        if found.drive is not None:
            drive = _("Copies go to “{folder}” too.").format(folder=found.drive)
            if not found.drive_here:
                drive = _("“{folder}” is not there at the moment: copies lie beside the file only.").format(
                    folder=found.drive
                )
        rows = tuple(map(_row, found.kept))
        told = protection.told(ws)
        warnings = (*([found.warning] if found.warning else []), *odd)
        self.page.show_safety(Safety(how.passphrase, how.card, told, warnings, rows, drive, found.drive is not None))

    def _set(self, passphrase: str) -> None:
        if self.hall.desk.do(lambda: protection.set_passphrase(self.hall.workspace, passphrase)):
            self.page.forget_typed()

    def _remove(self) -> None:
        self.hall.desk.do(lambda: protection.remove_passphrase(self.hall.workspace))

    def _print_card(self) -> None:
        ws = self.hall.workspace
        path = self.hall.asking.save_file(_("Recovery card"), f"{_('Recovery card')}.pdf", "PDF (*.pdf)")
        if path is None:
            return

        def make() -> Change:
            paper = protection.card_paper(ws, protection.new_card(ws), words.language())
            papers.keep(paper, path)
            said = _("“{file}” was written: print it, then delete the file. The former card opens nothing any more.")
            return Change(frozenset({"protection"}), said.format(file=path.name), undoable=False)

        self.hall.desk.do(make)

    def _copy(self) -> None:
        ws = self.hall.workspace

        def make() -> Change:
            copies.copy_now(ws)
            return Change(frozenset({"copies"}), _("A copy was made."), undoable=False)

        self.hall.desk.do(make)

    def _choose_drive(self) -> None:
        folder = self.hall.asking.choose_folder(_("Choose a drive for copies"))
        if folder is not None:
            self._do_copies(folder)

    def _do_copies(self, folder: Path | None) -> None:
        self.hall.desk.do(lambda: copies.choose_drive(self.hall.workspace, folder))

    def _put_back(self, copy: str) -> None:
        """Close the workspace, put the copy in its place, and open that."""
        ws = self.hall.workspace
        path, key = ws.path, ws.journal.file.key
        ws.close()
        self.hall.desk.ask(partial(copies.put_back, Path(copy), path, key=key))
        opened = self.hall.desk.ask(lambda: workspace.open_workspace(path, key=key))
        if opened is not None:
            self.hall.arrived.emit(opened)
        else:
            self.hall.take(None)
            self.hall.go("first")


def _row(backup: copies.Backup) -> Row:
    moment: datetime = backup.at
    detail = _("before this program brought the file up to date") if backup.before_step else ""
    return Row(
        str(backup.path),
        f"{words.day(moment.date())}, {words.clock(moment)}",
        detail=detail or str(backup.path.parent),
        icon="file-text",
    )
