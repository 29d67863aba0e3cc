"""A card of questions with what can be done with the answers, made from a plain value."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pitso.services.election_views import Ask, AskKind, StepForm
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field, NameEntry, Picker
from pitso.ui.parts.flow import Flow
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _

Answer: TypeAlias = str | int | bool | date | None
SHORT = 16
"""Width of a field for a number or a day, in body sizes."""


class FormCard(Card):
    """One form of a step.

    Signals:
        done: the code of the deed, and the answers by their keys.
        left: the page that a deed leads to.
    """

    done = Signal(str, object)
    left = Signal(str)

    def __init__(self, form: StepForm) -> None:
        super().__init__()
        self.form = form
        self._read: dict[str, Callable[[], Answer]] = {}
        self._fields: dict[str, Field] = {}
        self.editors: dict[str, QWidget] = {}
        self.deeds: dict[str, Button] = {}
        if form.title:
            self.column.addWidget(Words(form.title, "heading"))
        if form.hint:
            self.column.addWidget(Words(form.hint, "soft"))
        for ask in form.asks:
            self._add(ask)
        self._add_deeds(form)

    def _add(self, ask: Ask) -> None:
        makers = {
            AskKind.TEXT: self._text,
            AskKind.NUMBER: self._number,
            AskKind.DAY: self._day,
            AskKind.PERSON: self._person,
            AskKind.CHOICE: self._choice,
            AskKind.PIN: self._pin,
        }
        if ask.kind is AskKind.TICK:
            tick = Tick(ask.label)
            tick.setChecked(ask.value == "yes")
            self._read[ask.key] = tick.isChecked
            self.editors[ask.key] = tick
            self.column.addWidget(tick)
            return
        editor = makers[ask.kind](ask)
        field = Field(ask.label, editor, hint=ask.hint)
        self._fields[ask.key], self.editors[ask.key] = field, editor
        if ask.kind in (AskKind.NUMBER, AskKind.DAY, AskKind.PIN):
            editor.setMaximumWidth(SHORT * theme.now().body)
        self.column.addWidget(field)

    def _text(self, ask: Ask) -> QWidget:
        entry = Entry(ask.label)
        entry.setText(ask.value)
        self._read[ask.key] = lambda: entry.text().strip()
        return entry

    def _pin(self, ask: Ask) -> QWidget:
        entry = Entry(ask.label)
        entry.setEchoMode(QLineEdit.EchoMode.Password)
        self._read[ask.key] = entry.text
        return entry

    def _number(self, ask: Ask) -> QWidget:
        entry = Entry(ask.label)
        entry.setText(ask.value)

        def read() -> Answer:
            text = "".join(entry.text().split())
            try:
                return int(text) if text else None
            except ValueError:
                raise _Fault(ask.key, _("Write a whole number.")) from None

        self._read[ask.key] = read
        return entry

    def _day(self, ask: Ask) -> QWidget:
        entry = Entry(ask.label, example="2026-06-18")
        entry.setText(ask.value)

        def read() -> Answer:
            text = entry.text().strip()
            try:
                return date.fromisoformat(text) if text else None
            except ValueError:
                raise _Fault(ask.key, _("Write the date as year-month-day, such as 2026-06-18.")) from None

        self._read[ask.key] = read
        return entry

    def _person(self, ask: Ask) -> QWidget:
        entry = NameEntry(ask.label)
        entry.show_names(list(ask.choices))

        def read() -> Answer:
            if entry.text().strip() and not entry.code():
                raise _Fault(ask.key, _("Choose a name from the list that opens while you type."))
            return entry.code()

        self._read[ask.key] = read
        return entry

    def _choice(self, ask: Ask) -> QWidget:
        picker = Picker(ask.label)
        picker.show_choices(list(ask.choices), ask.value)
        self._read[ask.key] = picker.code
        return picker

    def _add_deeds(self, form: StepForm) -> None:
        row = QWidget()
        flow = Flow(row)
        for deed in form.deeds:
            button = Button(deed.words, "main" if deed.main else "plain", icon="arrow-right" if deed.goes else "")
            if deed.goes:
                button.clicked.connect(lambda _=False, page=deed.goes: self.left.emit(page))
            else:
                button.clicked.connect(lambda _=False, code=deed.code: self.do(code))
            self.deeds[deed.code] = button
            flow.addWidget(button)
        self.column.addWidget(row)

    def do(self, code: str) -> None:
        """Say that a deed is wanted, with all answers; where one cannot be read, say so beside it."""
        for field in self._fields.values():
            field.show_fault("")
        try:
            answers: Mapping[str, Answer] = {key: read() for key, read in self._read.items()}
        except _Fault as fault:
            self._fields[fault.key].show_fault(fault.told)
            self.editors[fault.key].setFocus()
            return
        self.done.emit(code, answers)

    def first(self) -> QWidget | None:
        """Where the focus begins."""
        return next(iter(self.editors.values()), None) or next(iter(self.deeds.values()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.form.deeds:
            main = next((deed for deed in self.form.deeds if deed.main), self.form.deeds[0])
            self.deeds[main.code].click()
        else:
            super().keyPressEvent(event)


class _Fault(Exception):
    """An answer that cannot be read."""

    def __init__(self, key: str, told: str) -> None:
        super().__init__(told)
        self.key, self.told = key, told
