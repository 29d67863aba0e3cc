"""Warnings: the rule, the facts, since when and what clears each; go there, or acknowledge it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pitso import words
from pitso.domain.warnings import Severity
from pitso.services.programme_views import WarningLine
from pitso.services.views import PersonLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty, Look
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Tone, Words
from pitso.words import _, ngettext

TONES: dict[Severity, Tone] = {Severity.STOP: "wrong", Severity.WARN: "warn", Severity.NOTE: "soft"}
LOOKS: dict[Severity, Look] = {Severity.STOP: "wrong", Severity.WARN: "warn", Severity.NOTE: "plain"}


class WarningsPage(Page):
    """One warning in a card, and the list of all beneath.

    Signals:
        opened: the key of another warning in the list.
        go_asked: the user goes where the open warning is cleared.
        acknowledged: reason, date to look again, id of the second person, that person's PIN.
        days_asked: the user goes to the days that the warnings of this engagement wait.
    """

    help_page = "warnings"
    opened = Signal(str)
    go_asked = Signal()
    acknowledged = Signal(str, object, str, str)
    days_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stops = False
        self._build_card()
        self._build_form()
        self.empty = Empty(_("Nothing to warn of"), _("A warning stands here as soon as one of the rules holds."))
        self.rows = Rows(_("Warnings"), whole=True)
        self.rows.opened.connect(self.opened)
        for widget in (self.card, self.form, self.empty, self.rows):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.days = Button(_("Days that warnings wait"), icon="settings")
        self.days.clicked.connect(self.days_asked)
        self.foot.addWidget(self.days)

    def _build_card(self) -> None:
        self.card = Card()
        self.weight = Words("", "small")
        self.rule, self.told = Words("", "heading"), Words("", "strong")
        self.since, self.clears, self.seen = Words("", "small"), Words(), Words("", "soft")
        self.go = Button(_("Go there"), "main", icon="arrow-right")
        self.go.clicked.connect(self.go_asked)
        self.acknowledge = Button(_("Acknowledge"))
        self.acknowledge.setCheckable(True)
        self.acknowledge.toggled.connect(self._open_form)
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.M)
        deeds.addWidget(self.go)
        deeds.addWidget(self.acknowledge)
        deeds.addStretch(1)
        for widget in (self.weight, self.rule, self.told, self.since, self.clears, self.seen):
            self.card.column.addWidget(widget)
        self.card.column.addLayout(deeds)

    def _build_form(self) -> None:
        self.form = Card()
        self.reason, self.again = Entry(_("Why it may stand for now")), Entry(_("When to look at it again"))
        self.witness, self.pin = Picker(_("Second person")), Entry(_("PIN of the second person"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason_field = Field(_("Why it may stand for now"), self.reason)
        self.again_field = Field(
            _("When to look at it again"), self.again, hint=_("Write the date as year-month-day, such as 2026-06-18.")
        )
        self.witness_field = Field(
            _("Second person"),
            self.witness,
            hint=_("A host or somebody of the office, who has a PIN at this computer."),
        )
        self.pin_field = Field(_("PIN of the second person"), self.pin)
        self.keep = Button(_("Keep the acknowledgement"), "main")
        self.keep.clicked.connect(self._keep)
        for field in (self.reason_field, self.again_field, self.witness_field, self.pin_field):
            self.form.column.addWidget(field)
        self.form.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)

    def show_warnings(
        self, lines: Sequence[WarningLine], *, chosen: str, people: Sequence[PersonLine], again: date, differing: str
    ) -> None:
        """Show all warnings, the *chosen* one in the card; *again* is proposed as the day to look again.

        *differing* says where other days than usual hold.
        """
        awake = sum(not line.rests for line in lines)
        told = ngettext("{number} wants a look", "{number} want a look", awake).format(number=words.whole(awake))
        second = " ".join(filter(None, (_("Nothing is deleted here: what is cleared goes by itself."), differing)))
        self.show_head(_("Warnings"), second=second, beside=told)
        line = next((line for line in lines if line.key == chosen), None)
        self.card.setVisible(line is not None)
        self.empty.setVisible(not lines)
        self.rows.show_rows([_row(one) for one in lines], chosen=chosen)
        self.rows.setVisible(bool(lines))
        self.close_form()
        if line is None:
            return
        self._stops = line.severity is Severity.STOP
        self.card.show_look("plain" if line.rests else LOOKS[line.severity])
        self.weight.show_words(line.severity_words)
        self.rule.show_words(f"{line.code} · {line.title}")
        self.told.show_words(line.told)
        self.since.show_words(_("since {day}").format(day=words.day(line.since)) if line.since else "")
        self.clears.show_words(_("What clears it: {action}").format(action=line.clears))
        self.seen.show_words(line.seen)
        self.witness.show_choices([(person.id, person.name) for person in people])
        self.again.setText(again.isoformat())

    def close_form(self) -> None:
        """Forget what was typed for an acknowledgement."""
        for entry in (self.reason, self.pin):
            entry.clear()
        for field in (self.reason_field, self.again_field):
            field.show_fault("")
        self.acknowledge.setChecked(False)
        self._open_form(False)

    def _open_form(self, shown: bool) -> None:
        self.form.setVisible(shown)
        for field in (self.witness_field, self.pin_field):
            field.setVisible(shown and self._stops)
        if shown:
            self.reason.setFocus()

    def _keep(self) -> None:
        reason = self.reason.text().strip()
        self.reason_field.show_fault("" if reason else _("Write why the warning may stand for now."))
        try:
            again = date.fromisoformat(self.again.text().strip())
        except ValueError:
            self.again_field.show_fault(_("Write the date as year-month-day, such as 2026-06-18."))
            self.again.setFocus()
            return
        self.again_field.show_fault("")
        if reason:
            self.acknowledged.emit(reason, again, self.witness.code() if self._stops else "", self.pin.text())
        else:
            self.reason.setFocus()

    def escape(self) -> bool:
        opened = self.acknowledge.isChecked()
        self.acknowledge.setChecked(False)
        return opened

    def leave(self) -> None:
        self.close_form()

    def first_question(self) -> QWidget | None:
        return self.go if self.card.isVisibleTo(self) else self.cancel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and any(entry.hasFocus() for entry in (self.reason, self.again, self.pin)):
            self._keep()
        else:
            super().keyPressEvent(event)


def _row(line: WarningLine) -> Row:
    return Row(
        line.key,
        f"{line.code} · {line.title}",
        detail=line.told,
        pill=_("acknowledged") if line.rests else line.severity_words,
        tone="done" if line.rests else TONES[line.severity],
        icon="check" if line.rests else "triangle-alert",
    )
