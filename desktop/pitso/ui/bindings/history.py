"""The history of whatever page was open."""

from pitso.services import past
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.history import HistoryPage


class HistoryBinding(Binding[HistoryPage]):
    """Shows what was entered on the page that the place names as its part."""

    def look(self) -> None:
        place = self.place
        lines = self.hall.desk.ask(
            lambda: past.of_place(
                self.hall.workspace,
                place.part,
                engagement=place.engagement,
                assessment=place.assessment,
                code=place.code,
            )
        )
        self.page.show_history(lines or ())
