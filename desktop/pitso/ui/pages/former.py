"""Looking back: which day is shown in place of today, and with which knowledge."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _

THEN, NOW = "then", "now"


class FormerPage(Page):
    """One day to choose, typed or from the days on which something was written.

    Signals:
        chosen: the day, and whether only what was known then is shown.
    """

    help_page = "former"
    chosen = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._knowledge = THEN
        self.day = Entry(_("Day"), example="2026-04-24")
        self.day_field = Field(_("Day"), self.day, hint=_("Write the date as year-month-day, such as 2026-06-18."))
        self.knowledge = Parts(
            [(THEN, _("What was known then")), (NOW, _("What is known now, as of that day"))], _("What is shown")
        )
        self.knowledge.chosen.connect(self._choose_knowledge)
        card = Card()
        card.column.addWidget(Words(_("Everything is shown as on that day, and nothing can be written meanwhile.")))
        card.column.addWidget(self.day_field)
        card.column.addWidget(self.knowledge)
        self.body.addWidget(card)
        self.days_title = Words(_("Days on which something was written"), "heading")
        self.days = Rows(_("Days on which something was written"), compact=True, whole=True)
        self.days.opened.connect(self._open)
        self.body.addWidget(self.days_title)
        self.body.addWidget(self.days)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.show_day = Button(_("Show this day"), "main", icon="history")
        self.show_day.clicked.connect(self._show)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.show_day)

    def show_days(self, days: Sequence[date], *, title: str) -> None:
        """Offer the *days* on which something was written."""
        self.show_head(_("A former day"), place=title)
        self.knowledge.show_part(self._knowledge)
        self.day_field.show_fault("")
        self.days.show_rows([Row(day.isoformat(), words.day(day), icon="history") for day in days])
        for widget in (self.days_title, self.days):
            widget.setVisible(bool(days))

    def _choose_knowledge(self, knowledge: str) -> None:
        self._knowledge = knowledge

    def _open(self, day: str) -> None:
        self.day.setText(day)
        self._show()

    def _show(self) -> None:
        try:
            day = date.fromisoformat(self.day.text().strip())
        except ValueError:
            self.day_field.show_fault(_("Write the date as year-month-day, such as 2026-06-18."))
            self.day.setFocus()
            return
        self.day_field.show_fault("")
        self.chosen.emit(day, self._knowledge == THEN)

    def first_question(self) -> QWidget | None:
        return self.day

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.day.hasFocus():
            self._show()
        else:
            super().keyPressEvent(event)
