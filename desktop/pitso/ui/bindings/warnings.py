"""The warnings of an engagement, and where each is cleared."""

from dataclasses import replace
from datetime import date, timedelta

from pitso.services import persons_here, thresholds, warnings
from pitso.services.programme_views import WarningLine
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.people import BODIES
from pitso.ui.pages.warnings import WarningsPage

LOOK_AGAIN = timedelta(days=14)
"""After so long a warning is looked at again, unless somebody chooses another day."""


class WarningsBinding(Binding[WarningsPage]):
    """Connects the warnings; a deed anywhere may raise or clear one."""

    def connect_page(self) -> None:
        self._lines: tuple[WarningLine, ...] = ()
        self.page.opened.connect(self._open)
        self.page.go_asked.connect(self._go)
        self.page.acknowledged.connect(self._acknowledge)
        self.page.days_asked.connect(lambda: self.hall.go("days"))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        self._lines = self.hall.desk.ask(lambda: warnings.warnings(ws, place.engagement)) or ()
        if self._chosen() is None:
            self.place = replace(place, code=self._lines[0].key if self._lines else "")
        people = self.hall.desk.ask(lambda: persons_here.writers(ws, place.engagement)) or ()
        others = [person for person in people if person.id != ws.author and persons_here.has_pin(ws, person.id)]
        self.page.show_warnings(
            self._lines,
            chosen=self.place.code,
            people=others,
            again=ws.today() + LOOK_AGAIN,
            differing=self.hall.desk.ask(lambda: thresholds.differing(ws, place.engagement)) or "",
        )

    def _chosen(self) -> WarningLine | None:
        return next((line for line in self._lines if line.key == self.place.code), None)

    def _open(self, key: str) -> None:
        self.place = replace(self.place, code=key)
        self.look()
        self.page.focus_first()

    def _go(self) -> None:
        line = self._chosen()
        if line is None:
            return
        if line.record.startswith("assessment/"):
            self.hall.go(line.page, assessment=line.record)
        else:
            part = BODIES if line.record.startswith("organisation/") else ""
            self.hall.going.emit(Place(line.page, self.place.engagement, code=line.record, part=part))

    def _acknowledge(self, reason: str, again: date, second: str, pin: str) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(
            lambda: warnings.acknowledge(
                ws, place.engagement, place.code, reason=reason, look_again=again, second=second, pin=pin
            )
        )
