"""Checking a paper, and taking its signed copy back."""

from datetime import date
from pathlib import Path

from pitso.services import checking, signing
from pitso.services.change import Change
from pitso.services.checking import Check, Outcome
from pitso.services.signing import BEGINNINGS
from pitso.services.workspace import Workspace
from pitso.ui import viewing
from pitso.ui.bindings.assess import page_of
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.check import CheckPage
from pitso.words import _


class CheckBinding(Binding[CheckPage]):
    """Connects the check; the paper is made again in a thread, for that is how it is compared."""

    def connect_page(self) -> None:
        page = self.page
        self._found: Check | None = None
        page.check_asked.connect(self._ask)
        page.record_asked.connect(self._go)
        page.scan_picked.connect(self._pick)
        page.scan_dropped.connect(lambda path, on: self._attach(Path(path), on))
        page.scan_opened.connect(self._open)

    def enter(self, place: Place) -> None:
        self._found = None
        self.page.show_nothing()
        self.page.code.setText("")
        super().enter(place)

    def look(self) -> None:
        typed = self.place.code
        if not typed:
            return
        code = checking.read_code(typed)
        if not code:
            self.page.show_fault(typed, _("It stands at the foot of each page: sixteen characters, or the QR code."))
            return
        self.hall.begin_work_on_file(lambda own: checking.check(own, code), self._show)

    def _show(self, found: Check) -> None:
        if not self.open or checking.read_code(found.code) != checking.read_code(self.place.code):
            return
        self._found = found
        self.page.show_check(found, leads=found.of.startswith("assessment/"))

    def _ask(self, typed: str) -> None:
        self.hall.go("check", code=typed)

    def _go(self) -> None:
        if self._found is None or self._found.outcome is Outcome.UNKNOWN:
            return
        of = self._found.of
        engagement = f"engagement/{of.split('/')[1]}"
        self.hall.go(page_of(self.hall, engagement, of), engagement=engagement, assessment=of)

    def _pick(self, on: str) -> None:
        kinds = " ".join(f"*{ending}" for ending in BEGINNINGS)
        path = self.hall.asking.open_file(_("The signed copy"), f"PDF, PNG, JPEG ({kinds})")
        if path is not None:
            self._attach(path, on)

    def _attach(self, path: Path, on: str) -> None:
        found = self._found
        if found is None:
            return
        day = _day(on)
        if on and day is None:
            self.page.show_date_fault(_("Write the day like this: 2026-06-18."))
            return

        def deed(own: Workspace) -> Change:
            return signing.attach(own, found.code, path, signed_on=day)

        self.hall.begin_work_on_file(deed, self.hall.desk.changed.emit)

    def _open(self, record: str) -> None:
        """Show a signed copy in the viewer of this computer."""
        viewing.view(self.hall, record, "file")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
