"""The contact log: an entry line of five fields at the head, open letters on top, the newest first."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pitso import words
from pitso.services.programme_views import ContactLine, PartyChoice
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Entry, Field, KeptText, NameEntry, Picker, Search
from pitso.ui.parts.flow import Flow
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

ICONS = {"sent": "send", "received": "inbox", "both": "messages-square"}
LEFT_OFFICE = "left_office"


class ContactsPage(Page):
    """The entry line, one entry in a card, and the log.

    Signals:
        logged: moment, means, direction, party's id or name, is it an id?, subject, confidential?
        opened: the id of an entry; an empty one closes the card.
        answer_asked: the user logs the answer to the open entry.
        awaited: the day by which an answer is needed, or None.
        summarised: what was said.
        concluded: what came of it, by code.
        owned: in whose name it was written or said, by id.
        file_asked: the user attaches the letter itself.
        view_asked: the user looks at the letter that is attached.
        change_asked: the user records the change of leadership.
        promise_asked: the user makes a commitment of it.
    """

    help_page = "contacts"
    logged = Signal(object, str, str, str, bool, str, bool)
    opened = Signal(str)
    answer_asked = Signal()
    awaited = Signal(object)
    summarised = Signal(str)
    concluded = Signal(str)
    owned = Signal(str)
    file_asked = Signal()
    view_asked = Signal()
    change_asked = Signal()
    promise_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[ContactLine] = ()
        self._line: ContactLine | None = None
        self._build_entry()
        self._build_card()
        self.search = Search(_("Find in the log"))
        self.search.textChanged.connect(lambda _typed: self._show_rows())
        self.empty = Empty(_("Nothing was logged yet"), _("A letter, a call, a message: one line each, with Enter."))
        self.rows = Rows(_("Contact log"), whole=True)
        self.rows.opened.connect(self.opened)
        for widget in (self.entry, self.card, self.search, self.empty, self.rows):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.log = Button(_("Log it"), "main", icon="plus")
        self.log.clicked.connect(self._log)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.log)

    def _build_entry(self) -> None:
        self.entry = Card()
        self.when, self.means = Entry(_("When")), Picker(_("How"))
        self.direction = Picker(_("Sent or received"))
        self.party = NameEntry(_("With whom"), example=_("Name of a person or a body"))
        self.subject = Entry(_("Subject"))
        self.confidential = Tick(_("Only the team reads this one"))
        self.when_field, self.party_field = Field(_("When"), self.when), Field(_("With whom"), self.party)
        self.subject_field = Field(_("Subject"), self.subject)
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.M)
        fields.setVerticalSpacing(theme.S)
        fields.addWidget(self.when_field, 0, 0)
        fields.addWidget(Field(_("How"), self.means), 0, 1)
        fields.addWidget(Field(_("Sent or received"), self.direction), 0, 2)
        fields.addWidget(self.party_field, 1, 0, 1, 1)
        fields.addWidget(self.subject_field, 1, 1, 1, 2)
        for column in range(3):
            fields.setColumnStretch(column, 1)
        self.answering = Words("", "small")
        self.answering.hide()
        self.entry.column.addWidget(self.answering)
        self.entry.column.addLayout(fields)
        self.entry.column.addWidget(self.confidential)

    def _build_card(self) -> None:
        self.card = Card("soft")
        self.what, self.who, self.told = Words("", "heading"), Words("", "strong"), Words("", "soft")
        self.summary = KeptText(_("What was said"), lines=2)
        self.summary.kept.connect(self.summarised)
        self.answer_by = Entry(_("Needs an answer by"), example="2026-06-18")
        self.answer_by.editingFinished.connect(self._await)
        self.answer_field = Field(_("Needs an answer by"), self.answer_by)
        self.outcome = Picker(_("What came of it"))
        self.outcome.activated.connect(lambda _row: self.concluded.emit(self.outcome.code()))
        self.own = Picker(_("In the name of"))
        self.own.activated.connect(lambda _row: self.owned.emit(self.own.code()))
        for widget in (self.what, self.who, self.told):
            self.card.column.addWidget(widget)
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.M)
        fields.addWidget(self.answer_field, 0, 0)
        fields.addWidget(Field(_("What came of it"), self.outcome), 0, 1)
        fields.addWidget(Field(_("In the name of"), self.own), 0, 2)
        for column in range(3):
            fields.setColumnStretch(column, 1)
        self.card.column.addLayout(fields)
        self.card.column.addWidget(Field(_("What was said"), self.summary))
        self.card.column.addWidget(self._deeds())

    def _deeds(self) -> QWidget:
        self.answer = Button(_("Log the answer"), icon="inbox")
        self.answer.clicked.connect(self.answer_asked)
        self.change = Button(_("Record the change of leadership"), icon="users")
        self.change.clicked.connect(self.change_asked)
        self.promise = Button(_("Make a commitment of it"))
        self.promise.clicked.connect(self.promise_asked)
        self.attach = Button(_("Attach the letter"), "quiet", icon="paperclip")
        self.attach.clicked.connect(self.file_asked)
        self.view = Button(_("Open the file"), "quiet", icon="external-link")
        self.view.clicked.connect(self.view_asked)
        held = QWidget()
        row = Flow(held)
        for button in (self.answer, self.change, self.promise, self.attach, self.view):
            row.addWidget(button)
        return held

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_codes(
        self,
        *,
        means: Sequence[tuple[str, str]],
        directions: Sequence[tuple[str, str]],
        outcomes: Sequence[tuple[str, str]],
    ) -> None:
        """Offer how people speak, who wrote to whom, and what may come of it."""
        self.means.show_choices(list(means), self.means.code())
        self.direction.show_choices(list(directions), self.direction.code())
        self.outcome.show_choices(list(outcomes))

    def show_contacts(
        self,
        lines: Sequence[ContactLine],
        *,
        chosen: str,
        parties: Sequence[PartyChoice],
        title: str,
        own: Sequence[PartyChoice],
    ) -> None:
        """Show the log of the engagement called *title*, the *chosen* entry in the card."""
        waiting = sum(line.waits for line in lines)
        told = ngettext("{number} awaits an answer", "{number} await an answer", waiting)
        self.show_head(
            _("Contact log"), place=title, beside=told.format(number=words.whole(waiting)) if waiting else ""
        )
        self.party.show_names([(one.id, one.words) for one in parties])
        self._lines = lines
        self.own.show_choices([(one.id, one.words) for one in own])
        self._line = next((line for line in lines if line.id == chosen), None)
        self._show_card()
        self._show_rows(chosen)

    def _show_card(self) -> None:
        line = self._line
        self.card.setVisible(line is not None)
        if line is None:
            return
        self.card.show_look("warn" if line.days_over else "plain")
        self.what.show_words(line.subject)
        self.who.show_words(" · ".join((line.means_words, line.parties)))
        answered = _("answered {day}").format(day=words.day(line.answered_on)) if line.answered_on else ""
        answers = _("answers: {subject}").format(subject=line.answers) if line.answers else ""
        within = _("only the team reads it") if line.confidential else ""
        parts = (words.moment(line.at), answered, answers, line.file, within)
        self.told.show_words(" · ".join(part for part in parts if part))
        self.answer_by.setText(line.answer_by.isoformat() if line.answer_by else "")
        self.answer_field.show_fault("")
        self.outcome.setCurrentIndex(max(self.outcome.findData(line.outcome), 0))
        self.own.setCurrentIndex(max(self.own.findData(line.own), 0))
        self.summary.show_text(line.summary, of=line.id)
        self.view.setVisible(bool(line.file))
        self.change.setVisible(line.outcome == LEFT_OFFICE)
        self.answer.setVisible(line.direction != "received" and line.answered_on is None)

    def _show_rows(self, chosen: str = "") -> None:
        wanted = self.search.text().casefold().split()
        found = [line for line in self._lines if all(word in _heap(line) for word in wanted)]
        self.rows.show_rows(_rows(found), chosen=chosen)
        self.rows.setVisible(bool(found))
        self.search.setVisible(bool(self._lines))
        self.empty.setVisible(not self._lines)

    # ---- logging -------------------------------------------------------------------------------------------

    def propose(self, now: datetime) -> None:
        """The moment of the entry is now, unless somebody says another."""
        self.when.setText(now.isoformat(" ", "minutes"))

    def begin_answer(self, line: ContactLine) -> None:
        """Fill the entry line for the answer to *line*; its subject is left to say."""
        self.direction.setCurrentIndex(self.direction.findData("received"))
        self.means.setCurrentIndex(max(self.means.findData(line.means), 0))
        self.party.setText(self.party.name_of(line.party))
        self.answering.show_words(_("The answer to: {subject}").format(subject=line.subject))
        self.area.to_top()
        self.subject.setFocus()

    def clear_entry(self) -> None:
        """What was typed was logged, or is not wanted."""
        for entry in (self.party, self.subject):
            entry.setText("")
        for field in (self.when_field, self.party_field, self.subject_field):
            field.show_fault("")
        self.confidential.setChecked(False)
        self.answering.show_words("")

    def _log(self) -> None:
        at, party, subject = _moment(self.when.text()), self.party.text().strip(), self.subject.text().strip()
        self.when_field.show_fault("" if at else _("Write day and time, such as 2026-06-18 09:30."))
        self.party_field.show_fault("" if party else _("Name a person or a body."))
        self.subject_field.show_fault("" if subject else _("Write in a few words what it was about."))
        lacking = [
            entry for entry, there in ((self.when, at), (self.party, party), (self.subject, subject)) if not there
        ]
        if lacking or at is None:
            lacking[0].setFocus()
            return
        code = self.party.code()
        self.logged.emit(
            at,
            self.means.code(),
            self.direction.code(),
            code or party,
            bool(code),
            subject,
            self.confidential.isChecked(),
        )

    def _await(self) -> None:
        line, typed = self._line, self.answer_by.text().strip()
        if line is None or typed == (line.answer_by.isoformat() if line.answer_by else ""):
            return
        try:
            day = date.fromisoformat(typed) if typed else None
        except ValueError:
            self.answer_field.show_fault(_("Write the date as year-month-day, such as 2026-06-18."))
            return
        self.awaited.emit(day)

    def leave(self) -> None:
        self.summary.flush()

    def search_field(self) -> QWidget | None:
        return self.search if self.search.isVisible() else None

    def first_question(self) -> QWidget | None:
        return self.means

    def escape(self) -> bool:
        typed = bool(self.party.text() or self.subject.text() or self.answering.text())
        shown = self._line is not None
        if typed:
            self.clear_entry()
        elif shown:
            self.opened.emit("")
        self.first_question_again()
        return typed or shown

    def first_question_again(self) -> None:
        """The next entry begins where this one did."""
        self.means.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        focus = self.focusWidget()
        if enter and focus is not None and self.entry.isAncestorOf(focus):
            self._log()
        else:
            super().keyPressEvent(event)


def _heap(line: ContactLine) -> str:
    """All words of an entry that a search may hold."""
    return " ".join((line.subject, line.parties, line.means_words, line.summary)).casefold()


def _rows(lines: Sequence[ContactLine]) -> list[Row]:
    """Under headings where letters are open: those, then all else."""
    waiting = [line for line in lines if line.waits]
    others = [line for line in lines if not line.waits]
    if not waiting:
        return list(map(_row, others))
    return [
        Row("", _("An answer is awaited")),
        *map(_row, waiting),
        Row("", _("The newest first")),
        *map(_row, others),
    ]


def _row(line: ContactLine) -> Row:
    pill, late = line.outcome_words if line.outcome else "", ""
    if line.days_over:
        late = ngettext("{number} day late", "{number} days late", line.days_over)
        pill = late.format(number=words.whole(line.days_over))
    elif line.waits and line.answer_by:
        pill = _("by {day}").format(day=words.day(line.answer_by))
    elif line.answered_on:
        pill = _("answered")
    return Row(
        line.id,
        line.subject,
        detail=" · ".join((words.moment(line.at), line.means_words, line.parties)),
        pill=pill,
        tone="warn" if late else "accent" if line.waits else "done" if line.answered_on else "soft",
        icon=ICONS.get(line.direction, "messages-square"),
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None
