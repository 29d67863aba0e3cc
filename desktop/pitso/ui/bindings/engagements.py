"""All engagements: the list of an office."""

from PySide6.QtCore import QTimer

from pitso.services import engagements, overview, workspace
from pitso.services.overview import Overview
from pitso.ui.bindings.binding import Binding
from pitso.ui.desk import Work
from pitso.ui.hall import Place
from pitso.ui.pages.engagements import LIST, EngagementsPage

PAINTED = 100
"""Milliseconds in which the list is painted before all that stands behind it is read."""


class EngagementsBinding(Binding[EngagementsPage]):
    """Connects the list of an office."""

    def connect_page(self) -> None:
        self._work: Work[Overview] | None = None
        self.page.opened.connect(self._open)
        self.page.receive_asked.connect(lambda: self.hall.go("exchange", part="receive"))
        self.page.begin_asked.connect(lambda: self.hall.go("begin"))
        self.page.part_asked.connect(lambda part: self.hall.go("engagements", part=part))
        self.page.give_asked.connect(lambda: self.hall.go("give"))

    def look(self) -> None:
        lines = self.hall.desk.ask(lambda: engagements.known(self.hall.workspace))
        if lines is not None:
            self.page.show_engagements(lines, self._part)
            self._abandon()
            QTimer.singleShot(PAINTED, self, self._read_all)

    def _read_all(self) -> None:
        """Where each of them stands: read once the list is painted, if nobody left it since."""
        if self.open and self._work is None:
            self._work = self.hall.begin_reading(overview.overview, self._show)

    def leave(self) -> None:
        """Other pages need the processor: reading all engagements begins again when somebody comes back."""
        self._abandon()
        super().leave()

    def _abandon(self) -> None:
        if self._work is not None:
            self._work.abandon()
            self._work = None

    @property
    def _part(self) -> str:
        return self.place.part or LIST

    def _show(self, view: Overview) -> None:
        if not self.stopped:
            self.page.show_overview(view, self._part)

    def _open(self, engagement: str) -> None:
        """Where the window was last in this engagement."""
        remembered = workspace.recall(self.hall.workspace, f"place.{engagement}")
        place = Place.read(remembered) or Place("engagement", engagement=engagement)
        self.hall.going.emit(place)
