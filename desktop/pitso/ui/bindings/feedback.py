"""Feedback with the hosts: their answers, and what goes to the agenda."""

from dataclasses import replace

from pitso.services import consensus, feedback
from pitso.ui.bindings.binding import Binding
from pitso.ui.bindings.commitments import NEW
from pitso.ui.pages.feedback import FeedbackPage


class FeedbackBinding(Binding[FeedbackPage]):
    """Connects the feedback on one assessment; the code of the place is the point that is open."""

    def connect_page(self) -> None:
        page = self.page
        page.stepped.connect(lambda name: self.hall.go(name))
        page.opened.connect(self._open)
        page.responded.connect(self._respond)
        page.agenda_asked.connect(self._to_agenda)
        page.promise_asked.connect(self._promise)
        page.host_asked.connect(lambda: self.hall.go("writers"))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        view = self.hall.desk.ask(lambda: feedback.feedback(ws, place.assessment))
        if view is None:
            return
        if place.code not in {line.code for line in view.lines}:
            self.place = replace(place, code=view.lines[0].code if view.lines else "")
        self.page.show_feedback(view, chosen=self.place.code)

    def _open(self, code: str) -> None:
        self.page.leave()
        self.place = replace(self.place, code=code)
        self.look()

    def _respond(self, text: str) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(lambda: consensus.respond(ws, place.assessment, code=place.code, text=text))

    def _promise(self) -> None:
        """A commitment that follows from the open point: named by the assessment and the code."""
        title = self.hall.workspace.journal.record(self.place.assessment).get("title", "")
        self.hall.go("commitments", part=NEW, code=f"{title} {self.place.code}")

    def _to_agenda(self) -> None:
        ws, place = self.hall.workspace, self.place
        change = self.hall.desk.do(lambda: feedback.to_agenda(ws, place.assessment))
        if change is not None:
            self.hall.go("form", code=change.record, assessment="")
