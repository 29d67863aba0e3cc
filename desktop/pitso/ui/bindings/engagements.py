"""All engagements: the list of an office."""

from pitso.services import engagements, overview, workspace
from pitso.services.overview import Overview
from pitso.ui.bindings.behind import Behind
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.engagements import LIST, EngagementsPage


class EngagementsBinding(Binding[EngagementsPage]):
    """Connects the list of an office."""

    def connect_page(self) -> None:
        self._behind = Behind(self.hall, self)
        self.page.opened.connect(self._open)
        self.page.receive_asked.connect(lambda: self.hall.go("exchange", part="receive"))
        self.page.begin_asked.connect(lambda: self.hall.go("begin"))
        self.page.part_asked.connect(lambda part: self.hall.go("engagements", part=part))
        self.page.give_asked.connect(lambda: self.hall.go("give"))

    def look(self) -> None:
        lines = self.hall.desk.ask(lambda: engagements.known(self.hall.workspace))
        if lines is not None:
            self.page.show_engagements(lines, self._part)
            self._behind.begin(overview.overview, self._show)

    def leave(self) -> None:
        """Reading all engagements begins again when somebody comes back."""
        self._behind.abandon()
        super().leave()

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
