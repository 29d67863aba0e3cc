"""Who writes at this computer: a quick change, a PIN for each, and when the window locks itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pitso import words
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext


@dataclass(frozen=True)
class Writer:
    """A person who may write here."""

    id: str
    name: str
    detail: str
    writes: bool
    pin: bool


class _Pin(Entry):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaximumWidth(12 * theme.now().body)


class WritersPage(Page):
    """The people of a shared laptop.

    Signals:
        picked: the id of the person whose card is to be shown.
        writes: the id of a person who writes from now on, and the PIN that was typed.
        pin_set: the id of a person, the former PIN, the new one.
        lock_asked: the window is to be locked now.
        idle_chosen: after how many idle minutes it locks itself.
        people_asked: the user adds a person who is not known yet.
    """

    help_page = "writers"
    picked = Signal(str)
    writes = Signal(str, str)
    pin_set = Signal(str, str, str)
    lock_asked = Signal()
    idle_chosen = Signal(int)
    people_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._person = ""
        self._build_card()
        self.people = Rows(_("Who writes"), compact=True, whole=True)
        self.people.opened.connect(self.picked)
        self.body.addWidget(self.people)
        self.new_person = Button(_("Somebody else"), "quiet", icon="plus")
        self.new_person.clicked.connect(self.people_asked)
        self.body.addWidget(self.new_person, 0, Qt.AlignmentFlag.AlignLeading)
        self.locking = Card()
        self.locking.column.addWidget(Words(_("Lock the window when nobody touches it"), "heading"))
        self.body.addWidget(self.locking)
        self.body.addStretch(1)
        self.lock = Button(_("Lock the window"), icon="lock", hint=_("Lock the window (Ctrl+L)"))
        self.lock.clicked.connect(self.lock_asked)
        self.foot.addWidget(self.lock)
        self.foot.addStretch(1)

    def _build_card(self) -> None:
        self.card = Card()
        self.name = Words("", "heading")
        self.pin = _Pin(_("PIN"))
        self.pin_field = Field(_("PIN"), self.pin)
        self.write = Button(_("Write here"), "main")
        self.write.clicked.connect(lambda: self.writes.emit(self._person, self.pin.text()))
        self.change = Button("", "quiet", icon="lock")
        self.change.setCheckable(True)
        self.change.toggled.connect(self._open_change)
        self.new_pin, self.again = _Pin(_("New PIN")), _Pin(_("New PIN once more"))
        self.new_field = Field(
            _("New PIN"), self.new_pin, hint=_("At least four digits. Nobody can tell you a forgotten PIN.")
        )
        self.again_field = Field(_("New PIN once more"), self.again)
        self.keep = Button(_("Keep the PIN"))
        self.keep.clicked.connect(self._keep)
        column = self.card.column
        for widget in (self.name, self.pin_field):
            column.addWidget(widget)
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeading)
        for widget in (self.new_field, self.again_field):
            column.addWidget(widget)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.card)

    def offer_minutes(self, minutes: Sequence[int]) -> None:
        """Offer the idle *minutes* after which the window may lock itself; 0 is never."""
        told = [
            (
                str(number),
                ngettext("after {number} minute", "after {number} minutes", number).format(number=words.whole(number))
                if number
                else _("never"),
            )
            for number in minutes
        ]
        self.idle = Parts(told, _("Lock the window when nobody touches it"))
        self.idle.chosen.connect(lambda code: self.idle_chosen.emit(int(code)))
        self.locking.column.addWidget(self.idle)

    def show_writers(self, writers: Sequence[Writer], *, chosen: str, idle: int) -> None:
        """Show the people, and the card of the *chosen* one."""
        self.show_head(_("Who writes at this computer"), second=_("Whoever writes stands with every entry."))
        rows = [
            Row(
                one.id,
                one.name,
                detail=one.detail,
                trailing=_("PIN") if one.pin else "",
                pill=_("writes here") if one.writes else "",
                tone="done",
                icon="lock" if one.pin else "user",
            )
            for one in writers
        ]
        self.people.show_rows(rows, chosen=chosen)
        self.idle.show_part(str(idle))
        self._show_card(next((one for one in writers if one.id == chosen), None))

    def _show_card(self, one: Writer | None) -> None:
        self.card.setVisible(one is not None)
        if one is None:
            return
        fresh = one.id != self._person
        self._person = one.id
        self.name.show_words(one.name)
        self.pin_field.setVisible(one.pin)
        self.write.setVisible(not one.writes)
        self.change.show_words(_("Change the PIN") if one.pin else _("Set a PIN"))
        if fresh:
            self.close_card()
        self._open_change(self.change.isChecked())

    def close_card(self) -> None:
        """Forget what was typed."""
        for entry in (self.pin, self.new_pin, self.again):
            entry.clear()
        self.again_field.show_fault("")
        self.change.setChecked(False)

    def _open_change(self, shown: bool) -> None:
        for widget in (self.new_field, self.again_field, self.keep):
            widget.setVisible(shown)
        if shown and not self.pin_field.isVisibleTo(self):
            self.new_pin.setFocus()

    def _keep(self) -> None:
        same = self.new_pin.text() == self.again.text()
        self.again_field.show_fault("" if same else _("These are two different PINs: type the same one twice."))
        if same:
            self.pin_set.emit(self._person, self.pin.text(), self.new_pin.text())

    def leave(self) -> None:
        self.close_card()

    def first_question(self) -> QWidget | None:
        return self.pin if self.pin.isVisibleTo(self) and self.write.isVisibleTo(self) else self.people

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.pin.hasFocus() and self.write.isVisibleTo(self):
            self.write.click()
        elif enter and (self.new_pin.hasFocus() or self.again.hasFocus()):
            self.keep.click() if self.again.hasFocus() else self.again.setFocus()
        else:
            super().keyPressEvent(event)
