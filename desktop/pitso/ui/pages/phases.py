"""The phases: where each stands and what it lacks; going on is a deed, never silent."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pitso import words
from pitso.domain.phases import FOLLOW_UP, SCALING_DOWN, State
from pitso.services.programme_views import PhaseLine, PhasesView
from pitso.services.views import PersonLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Tone, Words
from pitso.words import _, ngettext

TONES: dict[State, Tone] = {
    State.WAITING: "soft",
    State.OPEN: "accent",
    State.COMPLETE: "done",
    State.NOT_DUE: "soft",
}
ICONS = {State.WAITING: "circle", State.OPEN: "circle-dot", State.COMPLETE: "circle-check", State.NOT_DUE: "circle"}


class PhasesPage(Page):
    """One phase in a card with its deeds, and the list of all.

    Signals:
        opened: the number of a phase.
        action_taken: the place of the action, by its number in the open phase.
        noted: the open phase is noted as complete.
        reopened: why the open phase is opened again.
        ahead: reason, second person, that person's PIN: the open phase is opened.
        moved: the engagement moves to scaling down.
        overridden: reason, second person, that person's PIN.
        checked: what a check of the follow-up found.
    """

    help_page = "phases"
    opened = Signal(str)
    action_taken = Signal(int)
    noted = Signal()
    reopened = Signal(str)
    ahead = Signal(str, str, str)
    moved = Signal()
    overridden = Signal(str, str, str)
    checked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._line: PhaseLine | None = None
        self._way: Sequence[str] = ()
        self._what = ""
        self._build_card()
        self._build_form()
        self.rows = Rows(_("Phases"), whole=True)
        self.rows.opened.connect(self.opened)
        for widget in (self.card, self.form, self.rows):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)

    def _build_card(self) -> None:
        self.card = Card()
        self.name, self.stands = Words("", "heading"), Words("", "strong")
        self.told, self.way = Words("", "small"), Words("")
        self.missing = Rows(_("What is missing"), compact=True, whole=True)
        self.missing.opened.connect(lambda place: self.action_taken.emit(int(place)))
        self.note = Button(_("Note as complete"), icon="check")
        self.note.clicked.connect(self.noted)
        self.again = Button(_("Open again"))
        self.again.clicked.connect(lambda: self._open_form("again"))
        self.go = Button(_("Open this phase"), "main")
        self.go.clicked.connect(self._go)
        self.check = Button(_("Note a check"), "main", icon="check")
        self.check.clicked.connect(lambda: self._open_form("check"))
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.M)
        for button in (self.go, self.check, self.note, self.again):
            deeds.addWidget(button)
        deeds.addStretch(1)
        for widget in (self.name, self.stands, self.told, self.way, self.missing):
            self.card.column.addWidget(widget)
        self.card.column.addLayout(deeds)

    def _build_form(self) -> None:
        self.form = Card("soft")
        self.explained = Words("", "strong")
        self.reason = Entry(_("Why you go on all the same"))
        self.witness, self.pin = Picker(_("Second person")), Entry(_("PIN of the second person"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason_field = Field(_("Why you go on all the same"), self.reason)
        self.witness_field = Field(
            _("Second person"),
            self.witness,
            hint=_("A host or somebody of the office, who has a PIN at this computer."),
        )
        self.pin_field = Field(_("PIN of the second person"), self.pin)
        self.keep = Button(_("Go on all the same"), "main")
        self.keep.clicked.connect(self._keep)
        for widget in (self.explained, self.reason_field, self.witness_field, self.pin_field):
            self.form.column.addWidget(widget)
        self.form.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.form.hide()

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_phases(
        self, view: PhasesView, *, chosen: int, way: Sequence[str], witnesses: Sequence[PersonLine]
    ) -> None:
        """Show all phases, the *chosen* one in the card; *way* is what stands in the way of opening it."""
        done = sum(line.state is State.COMPLETE for line in view.lines)
        told = ngettext("{number} phase is complete", "{number} phases are complete", done)
        self.show_head(_("Phases"), place=view.title, beside=told.format(number=words.whole(done)))
        self._line = next((line for line in view.lines if line.number == chosen), view.lines[0])
        self._way = way
        self.witness.show_choices([(person.id, person.name) for person in witnesses])
        self._show_card(view)
        self.rows.show_rows([_row(line) for line in view.lines], chosen=str(self._line.number))

    def _show_card(self, view: PhasesView) -> None:
        line = self._line
        assert line is not None
        waiting = line.state is State.WAITING and line.number != FOLLOW_UP
        self.card.show_look("warn" if waiting and self._way else "plain")
        self.name.show_words(f"{words.whole(line.number)} · {line.name}")
        self.stands.show_words(_dates(line))
        due = words.colon(_("Next check"), words.day(view.checks[0])) if self._checked(view) else ""
        self.told.show_words("\n".join(told for told in (due, *line.told) if told))
        head = _("What stands in the way:")
        self.way.show_words("\n".join([head, *(f"– {told}" for told in self._way)]) if waiting and self._way else "")
        self.missing.show_rows(
            [Row(str(place), action.words, icon="arrow-right") for place, action in enumerate(line.missing)]
        )
        self.missing.setVisible(bool(line.missing))
        self.note.setVisible(line.state is State.COMPLETE and not line.noted)
        self.again.setVisible(line.state is State.COMPLETE)
        self.go.show_words(_("Move to scaling down") if line.number == SCALING_DOWN else _("Open this phase"))
        self.go.setVisible(waiting)
        self.check.setVisible(self._checked(view))

    def _checked(self, view: PhasesView) -> bool:
        """Is it the follow-up that is shown, with a check still to come?"""
        return self._line is not None and self._line.number == FOLLOW_UP and bool(view.checks)

    # ---- what is said --------------------------------------------------------------------------------------

    def _go(self) -> None:
        """Nothing in the way: it is done at once; else the reason is asked."""
        if self._way:
            self._open_form("go")
        elif self._line is not None and self._line.number == SCALING_DOWN:
            self.moved.emit()
        else:
            self.ahead.emit("", "", "")

    def _open_form(self, what: str) -> None:
        self.close_form()
        self._what = what
        override = what == "go" and self._line is not None and self._line.number == SCALING_DOWN
        asked = {
            "again": _("Why it is opened again"),
            "check": _("How the association stands"),
            "go": _("Why you go on all the same"),
        }[what]
        self.reason_field.show_question(asked)
        self.reason.setAccessibleName(asked)
        host = _("A host overrides, with somebody of the office as second person. Every later paper will say so.")
        self.explained.show_words(host if override else "")
        for field in (self.witness_field, self.pin_field):
            field.setVisible(what == "go")
        self.keep.show_words(_("Keep") if what != "go" else _("Go on all the same"))
        self.form.show()
        self.reason.setFocus()

    def _keep(self) -> None:
        reason = self.reason.text().strip()
        self.reason_field.show_fault("" if reason else _("Write it in one sentence."))
        if not reason:
            self.reason.setFocus()
        elif self._what == "again":
            self.reopened.emit(reason)
        elif self._what == "check":
            self.checked.emit(reason)
        elif self._line is not None and self._line.number == SCALING_DOWN:
            self.overridden.emit(reason, self.witness.code(), self.pin.text())
        else:
            self.ahead.emit(reason, self.witness.code(), self.pin.text())

    def close_form(self) -> None:
        """Forget what was typed."""
        self.reason.clear()
        self.pin.clear()
        self.reason_field.show_fault("")
        self.form.hide()

    def escape(self) -> bool:
        shown = not self.form.isHidden()
        self.close_form()
        if shown:
            self.focus_first()
        return shown

    def first_question(self) -> QWidget | None:
        if not self.form.isHidden():
            return self.reason
        deeds: tuple[QWidget, ...] = (self.missing, self.go, self.check, self.note)
        return next((widget for widget in deeds if not widget.isHidden()), self.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.form.isHidden():
            self._keep()
        else:
            super().keyPressEvent(event)


def _dates(line: PhaseLine) -> str:
    """Where it stands, with its days."""
    parts = [line.state_words]
    if line.opened_on:
        parts.append(_("opened {day}").format(day=words.day(line.opened_on)))
    if line.completed_on:
        parts.append(_("complete {day}").format(day=words.day(line.completed_on)))
    return " · ".join(parts)


def _row(line: PhaseLine) -> Row:
    day = line.completed_on or line.opened_on
    lacking = ngettext("{number} thing to do", "{number} things to do", len(line.missing))
    here = _("here we are") if line.here else ""
    todo = lacking.format(number=words.whole(len(line.missing))) if line.missing else ""
    return Row(
        str(line.number),
        f"{words.whole(line.number)} · {line.name}",
        detail=" · ".join(part for part in (words.day(day) if day else "", todo, here) if part),
        pill=line.state_words,
        tone=TONES[line.state],
        icon=ICONS[line.state],
        icon_role="accent" if line.here else "soft",
    )
