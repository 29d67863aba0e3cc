"""The contact log of an engagement, and the deeds on its entries."""

from dataclasses import replace
from datetime import date, datetime

from pitso.services import contacts, library, people, records
from pitso.services.programme_views import ContactLine
from pitso.ui import viewing
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.contacts import ContactsPage
from pitso.words import _

LEADERSHIP = "leadership"
"""The form that records a change of leadership."""


class ContactsBinding(Binding[ContactsPage]):
    """Connects the log; the place names the entry that is open."""

    kinds = frozenset({"contact", "person", "organisation", "author", "point"})

    def connect_page(self) -> None:
        page = self.page
        self._lines: tuple[ContactLine, ...] = ()
        self._answers = ""
        page.logged.connect(self._log)
        page.opened.connect(self._open)
        page.answer_asked.connect(self._begin_answer)
        page.awaited.connect(self._await)
        page.summarised.connect(self._summarise)
        page.concluded.connect(self._conclude)
        page.owned.connect(self._own)
        page.file_asked.connect(self._attach)
        page.view_asked.connect(self._view)
        page.change_asked.connect(self._record_change)
        page.promise_asked.connect(lambda: self.hall.go("commitments", part="new", code=self.place.code))
        page.show_codes(
            means=tuple(contacts.means().items()),
            directions=tuple(contacts.directions().items()),
            outcomes=tuple(contacts.outcomes().items()),
        )

    def enter(self, place: Place) -> None:
        super().enter(place)
        self._forget()

    def look(self) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        self._lines = self.hall.desk.ask(lambda: contacts.contacts(ws, engagement)) or ()
        own = next((line.own for line in self._lines if line.id == self.place.code), "")
        self.page.show_contacts(
            self._lines,
            chosen=self.place.code,
            parties=self.hall.desk.ask(lambda: contacts.parties(ws)) or (),
            title=str(ws.journal.record(engagement).get("title", "")),
            own=contacts.own_sides(ws, engagement, own),
        )

    def _forget(self) -> None:
        """An empty entry line, for what happens now."""
        self._answers = ""
        self.page.clear_entry()
        self.page.propose(contacts.now(self.hall.workspace))

    def _open(self, contact: str) -> None:
        self.page.leave()
        self.place = replace(self.place, code=contact)
        self.look()
        self.page.area.to_top()

    def _begin_answer(self) -> None:
        line = next((line for line in self._lines if line.id == self.place.code), None)
        if line is not None:
            self._answers = line.id
            self.page.begin_answer(line)

    def _log(
        self, at: datetime, means: str, direction: str, named: str, known: bool, subject: str, confidential: bool
    ) -> None:
        """A party that is not known yet is added as a person first, which can be undone on its own."""
        ws, engagement, answers = self.hall.workspace, self.place.engagement, self._answers
        if not known:
            made = self.hall.desk.do(lambda: people.add_person(ws, name=named))
            if made is None:
                return
            named = made.record
        change = self.hall.desk.do(
            lambda: contacts.log(
                ws,
                engagement,
                at=at,
                by=means,
                direction=direction,
                party=named,
                subject=subject,
                confidential=confidential,
                answers=answers,
            )
        )
        if change is not None:
            self._forget()
            self._open(change.record)
            self.page.first_question_again()

    def _await(self, day: date | None) -> None:
        ws, contact = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: contacts.await_answer(ws, contact, day))

    def _summarise(self, text: str) -> None:
        ws, contact = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: contacts.summarise(ws, contact, text))

    def _conclude(self, outcome: str) -> None:
        ws, contact = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: contacts.conclude(ws, contact, outcome))

    def _own(self, own: str) -> None:
        ws, contact = self.hall.workspace, self.place.code
        self.hall.desk.do(lambda: contacts.on_behalf_of(ws, contact, own))

    def _attach(self) -> None:
        ws, contact = self.hall.workspace, self.place.code
        path = self.hall.asking.open_file(_("Attach the letter"))
        if path is not None:
            self.hall.desk.do(lambda: contacts.attach(ws, contact, path))

    def _view(self) -> None:
        field = contacts.file_field(self.hall.workspace, self.place.code)
        viewing.view(self.hall, self.place.code, field)

    def _record_change(self) -> None:
        """A person has left office: the change is recorded in its own form."""
        ws, engagement = self.hall.workspace, self.place.engagement
        change = self.hall.desk.do(lambda: records.begin(ws, engagement, library.current(ws, LEADERSHIP)))
        if change is not None:
            self.hall.go("form", code=change.record)
