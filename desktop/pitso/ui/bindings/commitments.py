"""The commitments of an engagement, and the deeds on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pitso.services import commitments, people
from pitso.services.change import Change
from pitso.services.programme_views import CommitmentLine
from pitso.ui import viewing
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.commitments import CommitmentsPage
from pitso.words import _

NEW = "new"
"""The part of a place at which a new commitment is begun; its code may name what it follows from."""


class CommitmentsBinding(Binding[CommitmentsPage]):
    """Connects the commitments; the place names the one that is open."""

    kinds = frozenset({"commitment", "person", "member", "author"})

    def connect_page(self) -> None:
        page = self.page
        self._source = ""
        self._lines: tuple[CommitmentLine, ...] = ()
        page.opened.connect(self._open)
        page.made.connect(self._make)
        page.amended.connect(self._amend)
        page.begun.connect(lambda: self._do(lambda: commitments.begin_work(self.hall.workspace, self.place.code)))
        page.done.connect(self._done)
        page.file_asked.connect(self._attach)
        page.proof_asked.connect(self._go_to_proof)
        page.view_asked.connect(lambda: viewing.view(self.hall, self.place.code, "proof"))
        page.dropped.connect(
            lambda reason: self._do(lambda: commitments.drop(self.hall.workspace, self.place.code, reason=reason))
        )
        page.passed_on.connect(self._pass_on)
        page.show_codes(sides=tuple(commitments.sides().items()), importances=tuple(commitments.importances().items()))

    def enter(self, place: Place) -> None:
        self._source = place.code if place.part == NEW else ""
        super().enter(replace(place, code="") if place.part == NEW else place)
        self.page.close_forms()
        if place.part == NEW:
            self.page.begin_new(source=commitments.source_words(self.hall.workspace, self._source))

    def look(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        lines = self._lines = self.hall.desk.ask(lambda: commitments.commitments(ws, engagement)) or ()
        if self.place.code not in {line.id for line in lines}:
            self.place = replace(self.place, code=lines[0].id if lines else "")
        self.page.propose_day(ws.today())
        self.page.show_commitments(
            lines,
            chosen=self.place.code,
            counts=commitments.by_side(lines),
            proofs=self.hall.desk.ask(lambda: commitments.proofs(ws, engagement)) or (),
            owners=self.hall.desk.ask(lambda: commitments.owners(ws, engagement)) or (),
            title=str(ws.journal.record(engagement).get("title", "")),
        )

    def _open(self, commitment: str) -> None:
        self.place = replace(self.place, code=commitment)
        self.page.close_forms()
        self.look()

    def _do(self, deed: Callable[[], Change]) -> None:
        change = self.hall.desk.do(deed)
        if change is not None:
            self.place = replace(self.place, code=change.record)
            self.page.close_forms()
            self.look()
            self.page.area.to_top()
            self.page.focus_first()

    def _person(self, named: str, known: bool) -> str | None:
        """The person meant; one who is not known yet is added first, which can be undone on its own."""
        if known:
            return named
        made = self.hall.desk.do(lambda: people.add_person(self.hall.workspace, name=named))
        return made.record if made is not None else None

    def _make(self, text: str, owner: str, known: bool, due: date, side: str, importance: str) -> None:
        ws, engagement, source = self.hall.workspace, self.place.engagement, self._source
        person = self._person(owner, known)
        if person is not None:
            self._do(
                lambda: commitments.record(
                    ws, engagement, text=text, owner=person, due=due, side=side, importance=importance, source=source
                )
            )

    def _amend(self, text: str, owner: str, known: bool, due: date, side: str, importance: str) -> None:
        ws, commitment = self.hall.workspace, self.place.code
        person = self._person(owner, known)
        if person is not None:
            self._do(
                lambda: commitments.amend(
                    ws, commitment, text=text, owner=person, due=due, side=side, importance=importance
                )
            )

    def _done(self, proof: str, record: str, file: Path | None, on: date) -> None:
        ws, commitment = self.hall.workspace, self.place.code
        self._do(lambda: commitments.done(ws, commitment, proof=proof, record=record, file=file, on=on))

    def _attach(self) -> None:
        """Pick the file that shows it: at once for what is done already, else with the word that it is done."""
        ws, commitment = self.hall.workspace, self.place.code
        path = self.hall.asking.open_file(_("Attach what shows it"))
        if path is None:
            return
        line = self._line()
        if line is not None and not line.state.waits:
            self.hall.desk.do(lambda: commitments.attach_proof(ws, commitment, path))
        else:
            self.page.show_file(path)

    def _line(self) -> CommitmentLine | None:
        return next((line for line in self._lines if line.id == self.place.code), None)

    def _go_to_proof(self) -> None:
        line = self._line()
        if line is not None:
            self.hall.go("form", code=line.shown_by)

    def _pass_on(self, named: str, known: bool) -> None:
        ws, commitment = self.hall.workspace, self.place.code
        person = self._person(named, known)
        if person is not None:
            self._do(lambda: commitments.pass_on(ws, commitment, to=person))
