"""The days that warnings wait in one engagement: which hold, and another number for one of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.thresholds import ThresholdLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext


class DaysPage(Page):
    """One number of days in a card, and the list of all beneath.

    Signals:
        opened: the name of another number in the list.
        kept: the days that were typed for the open one.
        usual_asked: the open one is to be as usual again.
    """

    help_page = "days"
    opened = Signal(str)
    kept = Signal(int)
    usual_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card = Card()
        self.what = Words("", "heading")
        self.days = Entry(_("Days"))
        self.days.setMaximumWidth(16 * theme.now().body)
        self.days_field = Field(_("Days"), self.days)
        self.keep = Button(_("Keep"), "main")
        self.keep.clicked.connect(self._keep)
        self.usual = Button(_("As usual"))
        self.usual.clicked.connect(self.usual_asked)
        self.said = Words("", "small")
        for widget in (self.what, self.days_field, flowing(self.keep, self.usual), self.said):
            self.card.column.addWidget(widget)
        self.rows = Rows(_("Days that warnings wait"), whole=True)
        self.rows.opened.connect(self.opened)
        self.body.addWidget(self.card)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)

    def show_days(self, lines: Sequence[ThresholdLine], *, chosen: str, title: str) -> None:
        """Show all numbers of the engagement called *title*, the *chosen* one in the card."""
        second = _("They hold for this engagement alone. Who set them, and when, stays in the history.")
        self.show_head(_("Days that warnings wait"), second=second, place=title)
        self.rows.show_rows([_row(line) for line in lines], chosen=chosen)
        line = next(line for line in lines if line.name == chosen)
        self.what.show_words(f"{line.code} · {line.words}")
        self.days.setText(str(line.days))
        self.days_field.show_hint(_usual(line))
        self.days_field.show_fault("")
        self.usual.setVisible(line.own)
        said = _("Set by {name} on {day}.").format(name=line.by, day=words.day(line.on)) if line.on else ""
        self.said.show_words(said)

    def _keep(self) -> None:
        typed = "".join(self.days.text().split())
        if typed.isdecimal():
            self.kept.emit(int(typed))
            return
        self.days_field.show_fault(_("Write a whole number."))
        self.days.setFocus()

    def first_question(self) -> QWidget | None:
        return self.days

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.days.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)


def _usual(line: ThresholdLine) -> str:
    told = ngettext("Usual: {number} day.", "Usual: {number} days.", line.usual)
    return told.format(number=words.whole(line.usual))


def _row(line: ThresholdLine) -> Row:
    told = ngettext("{number} day", "{number} days", line.days).format(number=words.whole(line.days))
    return Row(
        line.name,
        f"{line.code} · {line.words}",
        detail=_usual(line) if line.own else "",
        pill=told,
        tone="accent" if line.own else "soft",
    )
