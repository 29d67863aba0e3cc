"""The days that the warnings of an engagement wait."""

from dataclasses import replace

from pitso.services import thresholds
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.days import DaysPage


class DaysBinding(Binding[DaysPage]):
    """Connects the days; the place names the one that is open."""

    kinds = frozenset({"threshold"})

    def connect_page(self) -> None:
        self.page.opened.connect(self._open)
        self.page.kept.connect(self._keep)
        self.page.usual_asked.connect(self._use_usual)

    def look(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        lines = self.hall.desk.ask(lambda: thresholds.lines(ws, engagement)) or ()
        if self.place.code not in {line.name for line in lines}:
            self.place = replace(self.place, code=lines[0].name if lines else "")
        if lines:
            title = str(ws.journal.record(engagement).get("title", ""))
            self.page.show_days(lines, chosen=self.place.code, title=title)

    def _open(self, name: str) -> None:
        self.place = replace(self.place, code=name)
        self.look()
        self.page.focus_first()

    def _keep(self, days: int) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(lambda: thresholds.set_days(ws, place.engagement, place.code, days))

    def _use_usual(self) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(lambda: thresholds.use_usual(ws, place.engagement, place.code))
