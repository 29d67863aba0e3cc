"""Commitments: who sees to what until when; begun, done, dropped or passed on without leaving the page."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pitso import words
from pitso.domain.commitments import Importance, State
from pitso.services.programme_views import CommitmentLine, OwnerChoice, ProofChoice, SideCount
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Entry, Field, NameEntry, Picker
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Tone, Words
from pitso.words import _, ngettext

TONES: dict[State, Tone] = {
    State.OPEN: "accent",
    State.UNDER_WAY: "accent",
    State.DONE: "done",
    State.DONE_LATE: "warn",
    State.DROPPED: "soft",
    State.PASSED_ON: "soft",
}
DONE, DROP, PASS = "done", "drop", "pass"


class CommitmentsPage(Page):
    """The list, one commitment in a card, and one form at a time.

    Signals:
        opened: the id of a commitment.
        made: text, owner's id or name, is it an id?, day, side, importance.
        amended: the same, of the open commitment.
        begun: the open commitment is under way.
        done: what shows it in words, the record that shows it or nothing, the path of a file or None, the day.
        file_asked: the user picks the file that shows that the open commitment is done.
        proof_asked: the user looks at the record that shows it.
        view_asked: the user looks at the file that shows it.
        dropped: the reason.
        passed_on: the other person's id or name, is it an id?
    """

    help_page = "commitments"
    opened = Signal(str)
    made = Signal(str, str, bool, object, str, str)
    amended = Signal(str, str, bool, object, str, str)
    begun = Signal()
    done = Signal(str, str, object, object)
    file_asked = Signal()
    proof_asked = Signal()
    view_asked = Signal()
    dropped = Signal(str)
    passed_on = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._line: CommitmentLine | None = None
        self._owners: tuple[OwnerChoice, ...] = ()
        self._closing, self._amending = "", False
        self._file: Path | None = None
        self._build_card()
        self._build_closing()
        self._build_form()
        self.empty = Empty(
            _("Nothing has been promised yet"), _("What somebody promises stands here: who, what, until when.")
        )
        self.rows = Rows(_("Commitments"), whole=True)
        self.rows.opened.connect(self.opened)
        for widget in (self.card, self.closing, self.form, self.empty, self.rows):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self._back)
        self.new = Button(_("New commitment"), "main", icon="plus")
        self.new.clicked.connect(self._keep_or_open)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.new)

    def _build_card(self) -> None:
        self.card = Card()
        self.what = Words("", "heading")
        self.who, self.until, self.told = Words("", "strong"), Words("", "soft"), Words("", "small")
        self.way = Button(_("Under way"))
        self.way.clicked.connect(self.begun)
        self.change = Button(_("Change"))
        self.change.clicked.connect(self._open_change)
        self.closings = Parts([(DONE, _("Done")), (DROP, _("Drop")), (PASS, _("Pass on"))], _("What became of it"))
        self.closings.chosen.connect(self._open_closing)
        self.shown_by = Button(_("Go to the record"), icon="arrow-right")
        self.shown_by.clicked.connect(self.proof_asked)
        self.view = Button(_("Open the file"), icon="external-link")
        self.view.clicked.connect(self.view_asked)
        self.attach = Button(_("Attach what shows it"), "quiet", icon="paperclip")
        self.attach.clicked.connect(self.file_asked)
        self.proofs = flowing(self.shown_by, self.view, self.attach)
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.S)
        deeds.addWidget(self.closings, 1)
        deeds.addWidget(self.way)
        deeds.addWidget(self.change)
        for widget in (self.what, self.who, self.until, self.told):
            self.card.column.addWidget(widget)
        self.card.column.addLayout(deeds)
        self.card.column.addWidget(self.proofs)

    def _build_closing(self) -> None:
        self.closing = Card("soft")
        self.proof, self.on = Entry(_("What shows that it was done")), Entry(_("Done on"))
        self.record = NameEntry(_("The record that shows it"), example=_("Name of a visit, a meeting, minutes ..."))
        self.pick = Button(_("Attach a file"), icon="paperclip")
        self.pick.clicked.connect(self.file_asked)
        self.file_words = Words("", "small")
        self.reason = Entry(_("Why it is dropped"))
        self.successor = NameEntry(_("Who has it now"), example=_("Name of a person"))
        self.proof_field = Field(
            _("What shows that it was done"), self.proof, hint=_("The paper, the meeting, or who saw it.")
        )
        self.on_field = Field(_("Done on"), self.on, hint=_date_hint())
        self.record_field = Field(_("The record that shows it"), self.record)
        self.picked = flowing(self.pick, self.file_words)
        self.reason_field = Field(_("Why it is dropped"), self.reason)
        self.successor_field = Field(_("Who has it now"), self.successor)
        self.keep = Button(_("Keep"), "main")
        self.keep.clicked.connect(self._close)
        fields = (self.proof_field, self.record_field, self.picked, self.on_field, self.reason_field)
        for field in (*fields, self.successor_field):
            self.closing.column.addWidget(field)
        self.closing.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.closing.hide()

    def _build_form(self) -> None:
        self.form = Card()
        self.text = Entry(_("What shall be done"))
        self.owner = NameEntry(_("Who sees to it"), example=_("Name of a person"))
        self.owner.editingFinished.connect(self._follow_owner)
        self.due = Entry(_("By when"), example="2026-06-18")
        self.side, self.importance = Picker(_("Side")), Picker(_("Importance"))
        self.text_field = Field(_("What shall be done"), self.text, hint=_("One sentence that begins with a verb."))
        self.owner_field = Field(_("Who sees to it"), self.owner)
        self.due_field = Field(_("By when"), self.due)
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.M)
        fields.setVerticalSpacing(theme.M)
        fields.addWidget(self.owner_field, 0, 0)
        fields.addWidget(self.due_field, 0, 1)
        fields.addWidget(Field(_("Side"), self.side), 1, 0)
        fields.addWidget(Field(_("Importance"), self.importance), 1, 1)
        for column in (0, 1):
            fields.setColumnStretch(column, 1)
        self.form.column.addWidget(self.text_field)
        self.form.column.addLayout(fields)
        self.form.hide()

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_codes(self, *, sides: Sequence[tuple[str, str]], importances: Sequence[tuple[str, str]]) -> None:
        """Offer the sides, and how important a commitment may be."""
        self.side.show_choices(list(sides), self.side.code())
        self.importance.show_choices(list(importances), self.importance.code() or Importance.SHOULD)

    def show_commitments(
        self,
        lines: Sequence[CommitmentLine],
        *,
        chosen: str,
        counts: Sequence[SideCount],
        owners: Sequence[OwnerChoice],
        proofs: Sequence[ProofChoice],
        title: str,
    ) -> None:
        """Show all commitments of the engagement called *title*, the *chosen* one in the card."""
        waiting = sum(line.state.waits for line in lines)
        beside = ngettext("{number} to do", "{number} to do", waiting).format(number=words.whole(waiting))
        self.show_head(_("Commitments"), second=" · ".join(map(_counted, counts)), place=title, beside=beside)
        self._owners = tuple(owners)
        for entry in (self.owner, self.successor):
            entry.show_names([(one.person, one.words) for one in owners])
        self.record.show_names([(one.record, one.words) for one in proofs])
        self._line = next((line for line in lines if line.id == chosen), None)
        self._show_card()
        self.rows.show_rows(_rows(lines), chosen=chosen)
        self._stand()

    def _show_card(self) -> None:
        line = self._line
        if line is None:
            return
        self.card.show_look("warn" if line.days_over else "plain")
        self.what.show_words(line.text)
        self.who.show_words(" · ".join(part for part in (line.owner_name, line.organisation, line.side_words) if part))
        until = _("by {day}").format(day=words.day(line.due))
        since = _("since {day}").format(day=words.day(line.made_on))
        closed = f"{line.state_words}, {words.day(line.closed_on)}" if line.closed_on else line.state_words
        self.until.show_words(" · ".join((until, line.importance_words, closed, since)))
        self.told.show_words(
            " · ".join(part for part in (line.source_words, line.told, line.shown_by_words, line.file) if part)
        )
        done = line.state in (State.DONE, State.DONE_LATE)
        self.proofs.setVisible(done)
        self.shown_by.setVisible(bool(line.shown_by))
        self.view.setVisible(bool(line.file))
        self.attach.show_words(_("Attach another file") if line.file else _("Attach what shows it"))
        for widget in (self.closings, self.change):
            widget.setVisible(line.state.waits)
        self.way.setVisible(line.state is State.OPEN)

    def _stand(self) -> None:
        """One thing at a time: the list with a card, or a form."""
        form = not self.form.isHidden()
        self.card.setVisible(self._line is not None and not form)
        self.closing.setVisible(bool(self._closing) and self._line is not None and not form)
        self.rows.setVisible(bool(self.rows.rows) and not form)
        self.empty.setVisible(not self.rows.rows and not form)
        self.new.show_words(_("Keep the commitment") if form else _("New commitment"))
        for button in self.closings.buttons.values():
            button.group().setExclusive(False)
            button.setChecked(False)
            button.group().setExclusive(True)
        if self._closing:
            self.closings.show_part(self._closing)

    # ---- making and changing -------------------------------------------------------------------------------

    def begin_new(self, *, source: str = "") -> None:
        """Open the form for a new commitment, and say what it follows from, if it does from something."""
        self._show_form(amending=False)
        if source:
            self.text_field.show_hint(words.colon(_("Follows from"), source))

    def _open_change(self) -> None:
        line = self._line
        if line is None:
            return
        self._show_form(amending=True)
        self.text.setText(line.text)
        self.owner.setText(self.owner.name_of(line.owner))
        self.due.setText(line.due.isoformat())
        self.side.setCurrentIndex(self.side.findData(line.side))
        self.importance.setCurrentIndex(self.importance.findData(line.importance.value))

    def _show_form(self, *, amending: bool) -> None:
        self.close_forms()
        self._amending = amending
        self.form.show()
        self._stand()
        self.area.to_top()
        self.text.setFocus()

    def _follow_owner(self) -> None:
        """Whoever takes part brings the side along."""
        side = next((one.side for one in self._owners if one.person == self.owner.code()), "")
        if side:
            self.side.setCurrentIndex(self.side.findData(side))

    def _keep_or_open(self) -> None:
        if self.form.isHidden():
            self.begin_new()
            return
        due = _date(self.due.text())
        self.text_field.show_fault("" if self.text.text().strip() else _("Write what shall be done."))
        self.owner_field.show_fault("" if self.owner.text().strip() else _("Name one person."))
        self.due_field.show_fault("" if due else _date_hint())
        wrong = [
            entry
            for entry, right in ((self.text, self.text.text().strip()), (self.owner, self.owner.text().strip()))
            if not right
        ]
        if wrong or due is None:
            (wrong[0] if wrong else self.due).setFocus()
            return
        said = self.amended if self._amending else self.made
        said.emit(self.text.text().strip(), *_named(self.owner), due, self.side.code(), self.importance.code())

    # ---- closing -------------------------------------------------------------------------------------------

    def _open_closing(self, how: str) -> None:
        self._closing = "" if self._closing == how else how
        for field in (self.proof_field, self.record_field, self.picked, self.on_field):
            field.setVisible(self._closing == DONE)
        self.reason_field.setVisible(self._closing == DROP)
        self.successor_field.setVisible(self._closing == PASS)
        self._stand()
        first = {DONE: self.proof, DROP: self.reason, PASS: self.successor}.get(self._closing)
        if first is not None:
            first.setFocus()

    def propose_day(self, today: date) -> None:
        """The day on which it was done is today, unless somebody says another."""
        self.on.setText(today.isoformat())

    def _close(self) -> None:
        on = _date(self.on.text())
        lacks = {
            DONE: (self.proof_field, self.proof, _("Write what shows that it was done.")),
            DROP: (self.reason_field, self.reason, _("Write in one sentence why it is dropped.")),
            PASS: (self.successor_field, self.successor, _("Name one person.")),
        }
        field, entry, fault = lacks[self._closing]
        shown = self._closing == DONE and bool(self.record.code() or self._file)
        given = bool(entry.text().strip()) or shown
        field.show_fault("" if given else fault)
        self.on_field.show_fault("" if on else _date_hint())
        if not given:
            entry.setFocus()
        elif self._closing == DROP:
            self.dropped.emit(self.reason.text().strip())
        elif self._closing == PASS:
            self.passed_on.emit(*_named(self.successor))
        elif self.record.text().strip() and not self.record.code():
            self.record_field.show_fault(_("Choose a name from the list that opens while you type."))
            self.record.setFocus()
        elif on is not None:
            self.done.emit(self.proof.text().strip(), self.record.code(), self._file, on)
        else:
            self.on.setFocus()

    def show_file(self, file: Path | None) -> None:
        """Name the file that will be kept as what shows it, or none."""
        self._file = file
        self.file_words.show_words(file.name if file else "")

    def close_forms(self) -> None:
        """Forget what was typed: it was kept, or is not wanted."""
        self.show_file(None)
        for entry in (self.text, self.owner, self.due, self.proof, self.record, self.reason, self.successor):
            entry.setText("")
        faults = (self.text_field, self.owner_field, self.due_field, self.proof_field, self.record_field)
        for field in (*faults, self.reason_field):
            field.show_fault("")
        self.text_field.show_hint(_("One sentence that begins with a verb."))
        self._closing, self._amending = "", False
        self.form.hide()
        self._stand()

    def _back(self) -> None:
        if not self.escape():
            self.back_asked.emit()

    def escape(self) -> bool:
        if self.form.isHidden() and not self._closing:
            return False
        self.close_forms()
        self.focus_first()
        return True

    def first_question(self) -> QWidget | None:
        if not self.form.isHidden():
            return self.text
        return self.rows if self.rows.rows else self.new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not self.form.isHidden():
            self._keep_or_open()
        elif self._closing:
            self._close()
        else:
            super().keyPressEvent(event)


def _counted(count: SideCount) -> str:
    late = ngettext("{number} overdue", "{number} overdue", count.overdue).format(number=words.whole(count.overdue))
    open_ = ngettext("{number} to do", "{number} to do", count.waiting).format(number=words.whole(count.waiting))
    return words.colon(count.side_words, f"{open_}, {late}" if count.overdue else open_)


def _rows(lines: Sequence[CommitmentLine]) -> list[Row]:
    """Under headings: overdue, to do, closed."""
    groups = (
        (_("Overdue"), [line for line in lines if line.days_over]),
        (_("To do"), [line for line in lines if line.state.waits and not line.days_over]),
        (_("Closed"), [line for line in lines if not line.state.waits]),
    )
    return [row for title, group in groups if group for row in (Row("", title), *map(_row, group))]


def _row(line: CommitmentLine) -> Row:
    over = ngettext("{number} day over", "{number} days over", line.days_over)
    day = line.closed_on if line.closed_on and not line.state.waits else line.due
    must = line.importance_words if line.importance is Importance.MUST else ""
    return Row(
        line.id,
        line.text,
        detail=" · ".join(part for part in (line.owner_name, line.side_words, words.day(day), must) if part),
        pill=over.format(number=words.whole(line.days_over)) if line.days_over else line.state_words,
        tone="wrong" if line.days_over else TONES[line.state],
        icon="circle-check" if line.state in (State.DONE, State.DONE_LATE) else "circle",
    )


def _named(entry: NameEntry) -> tuple[str, bool]:
    """The id of a known person, or the name of a new one; and which of the two."""
    return (entry.code(), True) if entry.code() else (entry.text().strip(), False)


def _date_hint() -> str:
    return _("Write the date as year-month-day, such as 2026-06-18.")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
