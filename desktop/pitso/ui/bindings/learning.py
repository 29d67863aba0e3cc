"""Connects what was learned and what the participants thought."""

from pitso.services import evaluations, learning, library, records
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.learning import POINTS, SHEETS, LearningPage


class LearningBinding(Binding[LearningPage]):
    """Connects the two views of learning; their records are filled as any form is."""

    def connect_page(self) -> None:
        page = self.page
        page.part_asked.connect(lambda part: self.hall.go("learning", part=part))
        page.opened.connect(lambda record: self.hall.go("form", code=record))
        page.programme_asked.connect(self._programme)
        page.added.connect(self._begin)

    def look(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        if (self.place.part or POINTS) == SHEETS:
            sheets = self.hall.desk.ask(lambda: evaluations.evaluation(ws, engagement))
            if sheets is not None:
                self.page.show_sheets(sheets)
            return
        view = self.hall.desk.ask(lambda: learning.learning(ws, engagement))
        if view is not None:
            self.page.show_points(view)

    def _programme(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        view = self.hall.desk.ask(lambda: learning.learning(ws, engagement))
        if view is not None and view.programme:
            self.hall.go("form", code=view.programme)
        else:
            self._begin("programme")

    def _begin(self, form: str) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        made = self.hall.desk.do(lambda: records.begin(ws, engagement, library.current(ws, form)))
        if made is not None:
            self.hall.go("form", code=made.record)
