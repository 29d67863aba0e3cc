"""Records and forms: the list, the library, and the record that is being filled."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer

from pitso import words
from pitso.services import (
    agenda,
    carrying,
    finishing,
    form_blocks,
    form_pages,
    library,
    people,
    record_list,
    records,
    workspace,
)
from pitso.services.change import Change
from pitso.services.filling import Filling, open_record, open_trial
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.form import FormPage
from pitso.ui.pages.records import FORMS, RECORDS, RecordsPage
from pitso.words import _

LOOK = "look:"
"""What the code of the place begins with where a form is only looked at."""


class RecordsBinding(Binding[RecordsPage]):
    """Connects the list of records, and the library of forms."""

    def connect_page(self) -> None:
        page = self.page
        self._uncounted: list[str] = []
        page.part_asked.connect(lambda part: self.hall.go("records", part=part))
        page.opened.connect(lambda record: self.hall.go("form", code=record))
        page.begun.connect(self._begin)
        page.looked.connect(lambda form: self.hall.go("form", code=f"{LOOK}{form}"))
        page.used.connect(lambda form: self.hall.desk.do(lambda: library.use(self.hall.workspace, form)))
        page.brought.connect(self._pick)

    def look(self) -> None:
        ws, place = self.hall.workspace, self.place
        lines = self.hall.desk.ask(lambda: record_list.records(ws, place.engagement)) if place.engagement else ()
        forms = self.hall.desk.ask(lambda: library.forms(ws))
        if lines is not None and forms is not None:
            title = ws.journal.record(place.engagement).get("title") if place.engagement else None
            self.page.show_part(FORMS if place.part == FORMS else RECORDS, lines, forms, engagement=title)
            self._uncounted = [line.id for line in lines if line.problems is None]
            QTimer.singleShot(0, self, self._count)

    def _count(self) -> None:
        """Count what is left in the drafts, one a turn, so that the page stands at once."""
        if self.open and self._uncounted:
            record_list.count(self.hall.workspace, self._uncounted.pop(0))
            if self._uncounted:
                QTimer.singleShot(0, self, self._count)
            else:
                self.look()

    def _begin(self, form: str) -> None:
        ws, engagement = self.hall.workspace, self.place.engagement
        change = self.hall.desk.do(lambda: records.begin(ws, engagement, form))
        if change is not None:
            self.hall.go("form", code=change.record)

    def _pick(self) -> None:
        path = self.hall.asking.open_file(_("Bring a form in"), "XLSForm (*.xlsx)")
        if path is not None:
            self.bring_in(path)

    def bring_in(self, path: Path) -> None:
        """Bring in the form at *path*; what is wrong with it is told by sheet, row and column."""
        if self.hall.desk.do(lambda: library.bring_in(self.hall.workspace, path)) is not None:
            self.hall.go("records", part=FORMS)


class FormBinding(Binding[FormPage]):
    """Connects one record with its session; each answer is kept before it shows."""

    kinds = frozenset({"record", "person", "organisation", "form"})

    def connect_page(self) -> None:
        page, voice = self.page, self.page.voice
        self._filling: Filling | None = None
        self._number, self._missing, self._writing = 0, False, False
        voice.answered.connect(lambda key, text: self._do(lambda f: records.type_answer(f, key, text)))
        voice.searched.connect(self._search_options)
        voice.added.connect(self._add_on_the_spot)
        voice.file_asked.connect(self._pick)
        voice.file_given.connect(lambda key, path: self._do(lambda f: records.attach_file(f, key, Path(path))))
        voice.drawn.connect(lambda key, png: self._do(lambda f: records.attach(f, key, "signature.png", png)))
        voice.settled.connect(lambda key, value: self._do(lambda f: records.settle(f, key, value)))
        voice.history_asked.connect(self._history)
        voice.row_opened.connect(self._open_row)
        voice.row_added.connect(self._add_row)
        voice.row_removed.connect(lambda row: self._do(lambda f: records.remove_row(f, row)))
        page.page_asked.connect(self._to_page)
        page.question_asked.connect(self._to_question)
        page.left_asked.connect(self._show_left)
        page.next_asked.connect(self._next)
        page.spoken.connect(self._speak)
        page.searched.connect(self._search)
        page.finished_said.connect(lambda: self._whole(finishing.finish))
        page.corrected.connect(lambda reason: self._whole(lambda f: finishing.correct(f, reason)))
        page.signed.connect(
            lambda held, copy: self._whole(lambda f: finishing.sign(f, held, Path(copy) if copy else None))
        )
        page.copy_asked.connect(self._pick_copy)
        page.withdrawn.connect(lambda: self._whole(finishing.withdraw))
        page.agenda_asked.connect(self._to_agenda)
        page.carried.connect(self._carry)
        page.version_asked.connect(self._show_version)
        page.closed.connect(lambda: self.hall.go("records", part=FORMS if self._trial else ""))

    # ---- opening -------------------------------------------------------------------------------------------

    @property
    def _trial(self) -> bool:
        return self.place.code.startswith(LOOK)

    def enter(self, place: Place) -> None:
        self._filling, self._missing = None, False
        super().enter(place)

    def leave(self) -> None:
        super().leave()
        self._remember()

    def look(self) -> None:
        filling = self._filling
        if filling is None:
            self._open()
        elif self._writing or filling.trial or filling.revision:
            self._show()
        else:
            self._reopen()

    def _open(self) -> None:
        ws, place = self.hall.workspace, self.place
        if self._trial:
            form = place.code.removeprefix(LOOK)
            self._filling = self.hall.desk.ask(lambda: open_trial(ws, place.engagement, form))
            self._number = 0
            if self._filling is not None:
                _speak_first(self._filling, "")
        else:
            self._filling = self.hall.desk.ask(lambda: open_record(ws, place.code))
            self._recall()
        if self._filling is None:
            self.hall.go("records")
            return
        if place.part.isdigit():
            self._number = int(place.part)
        self._show_versions()
        self._show()

    def _reopen(self) -> None:
        """Somebody else, or undo, changed what the record is made of: read it again, at the same place."""
        former = self._filling
        assert former is not None
        again = self.hall.desk.ask(lambda: open_record(self.hall.workspace, former.record))
        if again is None:
            return
        again.opened = former.opened
        if former.session.language:
            again.session.speak(former.session.language)
        self._filling = again
        self._show_versions()
        self._show()

    def _show_versions(self) -> None:
        filling = self._filling
        if filling is not None:
            lines = () if filling.trial else finishing.revisions(filling.ws, filling.record)
            later = not filling.trial and finishing.arrived_later(filling)
            self.page.show_versions(lines, filling.revision, arrived_later=later)

    def _show(self) -> None:
        filling = self._filling
        if filling is None:
            return
        form_pages.follow(filling)
        view = self.hall.desk.ask(lambda: form_blocks.form_view(filling, self._number, missing=self._missing))
        if view is not None:
            self._number = view.page
            self.page.show_form(view, trial=filling.trial)

    # ---- remembering ---------------------------------------------------------------------------------------

    def _remember(self) -> None:
        filling = self._filling
        if filling is not None and not filling.trial and not filling.revision:
            noted = {"page": self._number, "key": self.page.here, "language": filling.session.language}
            workspace.remember(filling.ws, f"record.{filling.record}", json.dumps(noted))

    def _recall(self) -> None:
        filling = self._filling
        if filling is None:
            return
        noted = json.loads(workspace.recall(filling.ws, f"record.{filling.record}") or "{}")
        self._number = int(noted.get("page", 0))
        _speak_first(filling, noted.get("language", ""))
        key = noted.get("key", "")
        if key in filling.every_key():
            self._number = form_blocks.page_of(filling, key)
            self.page.begin_at(key)

    # ---- deeds ---------------------------------------------------------------------------------------------

    def _do(self, deed: Callable[[Filling], Change]) -> Change | None:
        """One deed on the open record; the page shows it when it is kept."""
        filling = self._filling
        if filling is None:
            return None
        self._writing = True
        try:
            change = self.hall.desk.do(lambda: deed(filling))
        finally:
            self._writing = False
        if change is None:
            self._show()  # what was not kept does not stand on the page either
        return change

    def _whole(self, deed: Callable[[Filling], Change]) -> None:
        """A deed on the record as a whole; after it, and after a fault, the record is read again."""
        if self._do(deed) is not None:
            self.page.close_asking()
        if self.open and self._filling is not None and not self._filling.trial:
            self._reopen()
            self.page.focus_first()

    def _add_row(self, series: str) -> None:
        if self._do(lambda f: records.add_row(f, series)) is not None and self._filling is not None:
            self._to_row(self._filling.opened[series])

    def _open_row(self, row: str) -> None:
        if self._filling is not None:
            self.page.leave()
            self._filling.opened[row[: row.rindex("{")]] = row
            self._show()
            self._to_row(row)

    def _to_row(self, row: str) -> None:
        first = next(
            (card for card in self.page.blocks.asks() if card.key.startswith(f"{row}/") and card.answerable), None
        )
        if first is not None:
            self.page.go_to(first.key)

    def _pick(self, key: str) -> None:
        path = self.hall.asking.open_file(_("Attach a file"))
        if path is not None:
            self._do(lambda f: records.attach_file(f, key, path))

    def _pick_copy(self) -> None:
        path = self.hall.asking.open_file(_("Attach a file"))
        if path is not None:
            self.page.show_copy(path)

    def _add_on_the_spot(self, key: str, name: str) -> None:
        """Somebody who is not in the register yet: added, and chosen."""
        filling = self._filling
        if filling is None:
            return
        live = filling.session.question(key).choice_list
        kind = "council" if live == "council" else "other"

        def deed() -> Change:
            if live == "person":
                return people.add_person(filling.ws, name=name)
            return people.add_organisation(filling.ws, name=name, kind=kind)

        added = self.hall.desk.do(deed)
        if added is not None and self._filling is not None:
            chosen = self._filling.session.value(key) or ""
            many = self._filling.session.question(key).kind == "select_multiple"
            self._do(lambda f: records.answer(f, key, f"{chosen} {added.record}".strip() if many else added.record))

    def _to_agenda(self) -> None:
        change = self._do(agenda.put_open)
        if change is not None:
            self.hall.go("form", code=change.record)

    def _carry(self) -> None:
        filling = self._filling
        if filling is None:
            return
        report = self.hall.desk.ask(lambda: carrying.carried(filling))
        if report is not None:
            self._whole(lambda f: carrying.carry_over(f, report))
            self.page.show_misfits(report.misfits)

    # ---- moving --------------------------------------------------------------------------------------------

    def _to_page(self, number: int) -> None:
        self._number = number
        self.hall.place = replace(self.hall.place, part="")
        self._show()
        self.page.focus_first()
        self._remember()

    def _to_question(self, key: str) -> None:
        if self._filling is not None:
            self._number = form_blocks.page_of(self._filling, key)
            self._show()
            self.page.go_to(key)

    def _next(self, here: str, wrong: bool) -> None:
        if self._filling is not None:
            self._missing = self._missing or wrong
            found = form_blocks.next_open(self._filling, here, wrong=wrong)
            if found:
                self._to_question(found)

    def _show_left(self) -> None:
        filling = self._filling
        if filling is not None:
            self._missing = True
            self._show()
            self.page.show_left(form_blocks.problem_lines(filling))
            self.page.focus_first()

    def _speak(self, language: str) -> None:
        if self._filling is not None:
            self._filling.session.speak(language)
            self._show()
            self._remember()

    def _search(self, typed: str) -> None:
        if self._filling is not None and typed.strip():
            self.page.show_questions(form_blocks.find(self._filling, typed))
        else:
            self._show()

    def _search_options(self, key: str, typed: str) -> None:
        if self._filling is not None:
            self.page.show_found(key, form_blocks.options_like(self._filling, key, typed))

    def _history(self, key: str) -> None:
        self.hall.go("history", part="form", code=f"{self.place.code} {key}")

    def _show_version(self, revision: str) -> None:
        filling = self._filling
        if filling is None:
            return
        ws, record = filling.ws, filling.record
        opened = self.hall.desk.ask(
            lambda: finishing.open_revision(ws, record, revision) if revision else open_record(ws, record)
        )
        if opened is not None:
            self._filling, self._number = opened, 0
            self._show_versions()
            self._show()
            self.page.focus_first()


def _speak_first(filling: Filling, noted: str) -> None:
    """Speak the language in which the record was filled last, else the reader's, where the form speaks it."""
    for wanted in (noted, words.language()):
        if wanted and filling.form.language(wanted) is not None:
            filling.session.speak(wanted)
            return
