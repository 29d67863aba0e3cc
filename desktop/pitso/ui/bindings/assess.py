"""Assessments: beginning one, rating, the reveal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pitso.domain.readiness.agreement import Rating
from pitso.domain.readiness.instrument import Stage
from pitso.domain.trouble import Trouble
from pitso.services import assessments, engagements, teams, workspace
from pitso.services.change import Change
from pitso.services.views import AssessmentLine, MemberLine
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Hall, Place
from pitso.ui.pages.assess import AssessPage
from pitso.ui.pages.rating import RatingPage
from pitso.ui.pages.reveal import RevealPage
from pitso.words import _

PAGES = {"rating": "reveal", "revealed": "consensus", "agreed": "readiness"}
"""The page on which an assessment opens, by its state."""


def line_of(hall: Hall, engagement: str, assessment: str) -> AssessmentLine | None:
    """The line of one assessment in its list."""
    lines = hall.desk.ask(lambda: assessments.assessments(hall.workspace, engagement)) or ()
    return next((line for line in lines if line.id == assessment), None)


def rater_here(hall: Hall, engagement: str) -> MemberLine | None:
    """The member of the team, or the host, who writes at this computer."""
    found = hall.desk.ask(lambda: teams.members(hall.workspace, engagement)) or ()
    return next((member for member in found if member.person == hall.workspace.author), None)


def page_of(hall: Hall, engagement: str, assessment: str) -> str:
    """Where an assessment opens: to rate while the own ratings are not finished, else where it stands."""
    line = line_of(hall, engagement, assessment)
    if line is None:
        return "assess"
    if line.state != "rating":
        return PAGES[line.state]
    view = hall.desk.ask(lambda: assessments.reveal_view(hall.workspace, assessment))
    here = [rater for rater in view.raters if rater.writing_here] if view else []
    return "rating" if here and not here[0].finished else "reveal"


class AssessBinding(Binding[AssessPage]):
    """Connects the list of assessments."""

    def connect_page(self) -> None:
        page = self.page
        page.opened.connect(self._open)
        page.begun.connect(self._begin)
        page.compare_asked.connect(lambda: self.hall.go("compare"))
        page.team_asked.connect(lambda: self.hall.go("engagement"))

    def look(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        view = self.hall.desk.ask(lambda: engagements.engagement(ws, engagement))
        if view is not None:
            self.page.show_modes(assessments.modes())
            lines = tuple(reversed(view.assessments))
            self.page.show_assessments(lines, team=view.team, engagement=view.title, today=ws.today())

    def _open(self, assessment: str) -> None:
        self.hall.go(page_of(self.hall, self.place.engagement, assessment), assessment=assessment)

    def _begin(self, title: str, stage: str, held_on: date, mode: str, from_sheet: bool) -> None:
        change = self.hall.desk.do(
            lambda: assessments.begin(
                self.hall.workspace,
                self.place.engagement,
                title=title,
                stage=Stage(stage),
                held_on=held_on,
                mode=mode,
                from_sheet=from_sheet,
            )
        )
        if change is not None:
            self.page.close_form()
            self._open(change.record)


class RatingBinding(Binding[RatingPage]):
    """Connects the rating page; who rates is who writes here."""

    def connect_page(self) -> None:
        page = self.page
        page.rated.connect(self._rate)
        page.reasoned.connect(
            lambda reason: self._do(
                lambda: assessments.give_reason(self._ws, self._of, rater=self._rater, code=self._code, reason=reason)
            )
        )
        page.noted.connect(self._note)
        page.evidence_added.connect(self._add)
        page.evidence_removed.connect(lambda item: self._do(lambda: assessments.remove_evidence(self._ws, item)))
        page.file_asked.connect(self._pick)
        page.question_asked.connect(lambda code: self.hall.go("rating", code=code))
        page.finished_said.connect(self._finish)

    def enter(self, place: Place) -> None:
        self._ws, self._of, self._code = self.hall.workspace, place.assessment, place.code
        rater = rater_here(self.hall, place.engagement)
        self._rater = rater.id if rater else ""
        line = line_of(self.hall, place.engagement, place.assessment)
        self._closed = line is not None and line.state == "agreed"
        super().enter(place)

    def look(self) -> None:
        if not self._rater:
            self._nobody()
            return
        view = self.hall.desk.ask(
            lambda: assessments.rating(self._ws, self._of, rater=self._rater, code=self._code or None)
        )
        if view is not None:
            self._code = view.code
            self.hall.place = replace(self.hall.place, code=view.code)
            self.page.show_rating(view, closed=self._closed)

    def _nobody(self) -> None:
        self.hall.desk.troubled.emit(
            Trouble(
                _("Whoever writes here is not in the team of this engagement."),
                _("Choose below who rates now, or add yourself to the team."),
            )
        )
        self.hall.go("reveal")

    def _do(self, deed: Callable[[], Change]) -> None:
        self.hall.desk.do(deed)

    def _rate(self, rating: Rating) -> None:
        self._do(lambda: assessments.rate(self._ws, self._of, rater=self._rater, code=self._code, rating=rating))

    def _note(self, note: str) -> None:
        code = self._code
        self._do(lambda: assessments.write_note(self._ws, self._of, rater=self._rater, code=code, note=note))

    def _add(self, grade: str, text: str, file: str) -> None:
        path = Path(file) if file else None
        self._do(
            lambda: assessments.add_evidence(
                self._ws, self._of, rater=self._rater, code=self._code, grade=grade, text=text, file=path
            )
        )

    def _pick(self) -> None:
        path = self.hall.asking.open_file(_("Attach a file"))
        if path is not None:
            self.page.show_file(path)

    def _finish(self, finished: bool) -> None:
        if self._closed:
            self.hall.go("reveal")
            return
        change = self.hall.desk.do(lambda: assessments.finish(self._ws, self._of, rater=self._rater, finished=finished))
        if change is not None and finished:
            self.hall.go("reveal")


class RevealBinding(Binding[RevealPage]):
    """Connects the page of who has finished."""

    def connect_page(self) -> None:
        page = self.page
        page.revealed.connect(self._reveal)
        page.rater_opened.connect(self._rate_as)
        page.stepped.connect(lambda name: self.hall.go(name))

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        view = self.hall.desk.ask(lambda: assessments.reveal_view(ws, place.assessment))
        line = line_of(self.hall, place.engagement, place.assessment)
        if view is not None:
            self.page.show_reveal(view, revealed=line is not None and line.state != "rating")

    def _reveal(self) -> None:
        ws, assessment = self.hall.workspace, self.place.assessment
        if self.hall.desk.do(lambda: assessments.reveal(ws, assessment)) is not None:
            self.hall.go("consensus")

    def _rate_as(self, rater: str) -> None:
        found = self.hall.desk.ask(lambda: teams.members(self.hall.workspace, self.place.engagement)) or ()
        member = next((member for member in found if member.id == rater), None)
        if member is None:
            return
        if member.person != self.hall.workspace.author:
            self.hall.desk.do(lambda: workspace.write_as(self.hall.workspace, member.person))
        self.hall.go("rating")
