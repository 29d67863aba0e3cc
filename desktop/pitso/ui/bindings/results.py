"""Agreeing, the result, and the comparison of two."""

from dataclasses import replace
from datetime import date

from pitso.domain.readiness.agreement import Rating
from pitso.services import assessments, consensus, results
from pitso.ui import theme
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.compare import ComparePage
from pitso.ui.pages.consensus import ConsensusPage
from pitso.ui.pages.readiness import ReadinessPage


class ConsensusBinding(Binding[ConsensusPage]):
    """Connects the consensus session."""

    def connect_page(self) -> None:
        page = self.page
        page.accepted.connect(self._accept)
        page.agreed.connect(self._agree)
        page.indicator_asked.connect(lambda code: self.hall.go("consensus", code=code))
        page.closed.connect(self._close)
        page.minority_said.connect(self._minority)
        page.responded.connect(self._respond)
        page.stepped.connect(lambda name: self.hall.go(name))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        view = self.hall.desk.ask(lambda: consensus.consensus(ws, place.assessment, code=place.code or None))
        if view is not None:
            if view.detail is not None:  # stays open while it is agreed, until the user goes on
                self.place = self.hall.place = replace(place, code=view.detail.line.code)
            self.page.show_consensus(view)

    def _accept(self) -> None:
        self.hall.desk.do(lambda: consensus.accept_close(self.hall.workspace, self.place.assessment))

    def _close(self) -> None:
        self.hall.desk.do(lambda: consensus.close(self.hall.workspace, self.place.assessment))

    def _agree(self, rating: Rating, grade: str, reason: str) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(
            lambda: consensus.agree(
                ws, place.assessment, code=place.code, rating=rating, grade=grade or None, reason=reason
            )
        )

    def _minority(self, text: str, signed: bool) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(
            lambda: consensus.minority_view(ws, place.assessment, code=place.code, text=text, signed=signed)
        )

    def _respond(self, text: str) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(lambda: consensus.respond(ws, place.assessment, code=place.code, text=text))


class ReadinessBinding(Binding[ReadinessPage]):
    """Connects the result."""

    def connect_page(self) -> None:
        page = self.page
        page.precondition_given.connect(self._see_to)
        page.offer_taken.connect(self._take)
        page.print_asked.connect(lambda: self.hall.go("papers", code=f"readiness {self.place.assessment}"))
        page.part_asked.connect(lambda part: self.hall.go("readiness", part=part))
        page.indicator_asked.connect(lambda code: self.hall.go("consensus", code=code))
        page.stepped.connect(lambda name: self.hall.go(name))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        palette = results.Palette(**theme.drawing())
        view = self.hall.desk.ask(lambda: results.readiness(ws, place.assessment, part=place.part, palette=palette))
        if view is not None:
            self.page.show_readiness(view, part=place.part)

    def _see_to(self, cause: str, owner: str, due: date) -> None:
        ws, place = self.hall.workspace, self.place
        self.hall.desk.do(lambda: results.see_to(ws, place.assessment, cause=cause, owner=owner, due=due))

    def _take(self) -> None:
        self.hall.desk.do(lambda: results.take_offer(self.hall.workspace, self.place.assessment))


class CompareBinding(Binding[ComparePage]):
    """Connects the comparison; the pair is kept in the place."""

    def connect_page(self) -> None:
        self.page.pair_chosen.connect(lambda former, latter: self.hall.go("compare", code=former, part=latter))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        found = self.hall.desk.ask(lambda: assessments.assessments(ws, place.engagement)) or ()
        lines = sorted((line for line in found if line.verdict is not None), key=lambda line: line.held_on)
        ids = [line.id for line in lines]
        former = place.code if place.code in ids else ids[-2] if len(ids) > 1 else ""
        latter = place.part if place.part in ids else ids[-1] if len(ids) > 1 else ""
        self.page.show_pairs(lines, former=former, latter=latter)
        palette = results.Palette(**theme.drawing())
        view = None
        if former and latter and former != latter:
            view = self.hall.desk.ask(lambda: results.compare(ws, former, latter, palette=palette))
        self.page.show_compare(view)
