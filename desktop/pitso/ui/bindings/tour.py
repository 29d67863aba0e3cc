"""The steps of the guided tour, and the comparison at its end."""

from pitso.services import tour, tour_steps
from pitso.services.tour import Elsewhere
from pitso.ui import touring
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.tour import TourPage


class TourBinding(Binding[TourPage]):
    """Connects the tour; outside of it, a step begins it."""

    kinds = frozenset({"tour"})

    def connect_page(self) -> None:
        self.page.step_opened.connect(self._open)
        self.page.comparison_asked.connect(self._compare)

    def look(self) -> None:
        step = self.hall.desk.ask(lambda: tour_steps.here(self.hall.workspace))
        self.page.show_steps(tour_steps.steps(), here=step.number if step is not None else 0)

    def _open(self, number: str) -> None:
        ws = self.hall.workspace
        if not tour_steps.touring(ws):
            self.hall.touring.emit("begin")
            return
        self.hall.desk.do(lambda: tour_steps.to_step(ws, int(number)))
        touring.show(self.hall)

    def _compare(self) -> None:
        self.page.show_working(True)
        work = self.hall.begin_work_on_file(tour.read_elsewhere, self._compared)
        work.failed.connect(lambda _trouble: self.page.show_working(False))

    def _compared(self, found: Elsewhere) -> None:
        if not self.stopped:
            self.page.show_working(False)
            self.page.show_elsewhere(found)
