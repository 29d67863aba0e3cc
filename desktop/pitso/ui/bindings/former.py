"""Looking back: another day in place of today, until one returns."""

from datetime import date

from pitso.services import former_day
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.former import FormerPage


class FormerBinding(Binding[FormerPage]):
    """Connects the choice of a day; looking back from a former day begins at today again."""

    def connect_page(self) -> None:
        self.page.chosen.connect(self._look_back)

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        days = self.hall.desk.ask(lambda: former_day.days(ws)) or ()
        self.page.show_days(days, title=str(ws.journal.record(place.engagement).get("title", "")))

    def _look_back(self, day: date, known_then: bool) -> None:
        if self.hall.workspace.looking_back:
            self.hall.returning.emit()
        ws = self.hall.workspace
        opened = self.hall.desk.ask(lambda: former_day.open_as_of(ws, day, known_then=known_then))
        if opened is not None:
            self.hall.arrived.emit(opened)
