"""What waits of one computer: looked into before anybody decides."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.views import WaitingEntry, WaitingGroup
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext


class WaitingPage(Page):
    """Shows entries that hold nowhere yet, as they were written.

    Signals:
        let_in: the user takes them in all the same.
    """

    help_page = "waiting"
    let_in = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.why = Card("warn")
        self.why_words = Words("", "strong")
        self.why.column.addWidget(self.why_words)
        self.why.column.addWidget(Words(_("Nothing of this holds here. It stays as it came until somebody decides.")))
        self.rows = Rows(_("Entries that wait"), whole=True)
        self.body.addWidget(self.why)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.take = Button(_("Take them in all the same"), icon="inbox")
        self.take.clicked.connect(self.let_in)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.take)

    def show_waiting(self, group: WaitingGroup, entries: Sequence[WaitingEntry]) -> None:
        """Show the *entries* of a computer, and why they wait."""
        told = ngettext("{number} entry", "{number} entries", group.operations)
        self.show_head(group.name, place=_("Exchange"), second=told.format(number=words.whole(group.operations)))
        self.why_words.show_words(group.why_words)
        self.rows.show_rows(
            [
                Row(
                    str(place),
                    entry.value,
                    detail=entry.what,
                    trailing=" · ".join(part for part in (entry.author, words.moment(entry.at)) if part),
                )
                for place, entry in enumerate(entries)
            ]
        )
        self.take.setVisible(group.decidable)

    def first_question(self) -> QWidget | None:
        return self.rows
