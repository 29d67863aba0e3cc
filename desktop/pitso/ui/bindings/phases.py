"""The phases of an engagement, and the deeds that move it on."""

from collections.abc import Callable
from dataclasses import replace

from pitso.services import people, phases
from pitso.services.change import Change
from pitso.services.programme_views import PhasesView
from pitso.ui.bindings.actions import take
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.phases import PhasesPage


class PhasesBinding(Binding[PhasesPage]):
    """Connects the phases; the code of the place is the number of the one that is open."""

    def connect_page(self) -> None:
        page = self.page
        self._view: PhasesView | None = None
        page.opened.connect(self._open)
        page.action_taken.connect(self._take)
        page.noted.connect(lambda: self._do(phases.note_complete))
        page.reopened.connect(lambda reason: self._do(lambda ws, e, n: phases.reopen(ws, e, n, reason=reason)))
        page.ahead.connect(
            lambda reason, second, pin: self._do(
                lambda ws, e, n: phases.open_phase(ws, e, n, reason=reason, second=second, pin=pin)
            )
        )
        page.moved.connect(lambda: self._do(lambda ws, e, _n: phases.scale_down(ws, e)))
        page.overridden.connect(
            lambda reason, second, pin: self._do(
                lambda ws, e, _n: phases.override(ws, e, reason=reason, second=second, pin=pin)
            )
        )
        page.checked.connect(lambda found: self._do(lambda ws, e, _n: phases.check(ws, e, found=found)))

    def enter(self, place: Place) -> None:
        self.page.close_form()
        super().enter(place)

    def look(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        view = self.hall.desk.ask(lambda: phases.view(ws, engagement))
        if view is None:
            return
        self._view = view
        if not self.place.code.isdigit():
            here = next(line.number for line in view.lines if line.here)
            self.place = replace(self.place, code=str(here))
        number = int(self.place.code)
        way = self.hall.desk.ask(lambda: phases.in_the_way(ws, engagement, number)) or ()
        named = self.hall.desk.ask(lambda: phases.witnesses(ws, engagement)) or ()
        known = {person.id: person for person in people.persons(ws)} if named else {}
        self.page.show_phases(view, chosen=number, way=way, witnesses=[known[one] for one in named])

    def _open(self, number: str) -> None:
        self.place = replace(self.place, code=number)
        self.page.close_form()
        self.look()
        self.page.area.to_top()

    def _do(self, deed: Callable[..., Change]) -> None:
        ws, engagement, number = self.hall.workspace, self.place.engagement, int(self.place.code)
        if self.hall.desk.do(lambda: deed(ws, engagement, number)) is not None:
            self.page.close_form()
            self.page.focus_first()

    def _take(self, place: int) -> None:
        line = (
            next((one for one in self._view.lines if str(one.number) == self.place.code), None) if self._view else None
        )
        if line is not None:
            take(self.hall, self.place.engagement, line.missing[place])
