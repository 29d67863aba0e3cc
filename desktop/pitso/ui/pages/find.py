"""Find anything: a name, what was written anywhere, a paper by its code, a page, while typing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pitso.ui.parts.fields import Search
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _


@dataclass(frozen=True)
class Found:
    """Something that was found, and the page that shows it."""

    id: str
    name: str
    detail: str
    icon: str


class FindPage(Page):
    """One field and what it finds.

    Signals:
        searched: the words typed so far.
        picked: the id of what the user goes to.
    """

    help_page = "find"
    searched = Signal(str)
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.show_head(
            _("Find anything"), second=_("A name, words that were written anywhere, a paper by its code, a page.")
        )
        self.search = Search(_("Find"))
        self.search.textChanged.connect(self.searched)
        self.rows = Rows(_("What was found"), compact=True, whole=True)
        self.rows.opened.connect(self.picked)
        self.nothing = Words(_("Nothing has these letters. Accents and apostrophes do not matter."), "soft")
        self.body.addWidget(self.search)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)

    def show_found(self, found: Sequence[Found], *, look: str) -> None:
        """Show what the words find, the nearest first, with the words to *look* for marked."""
        self.rows.show_rows([Row(line.id, line.name, detail=line.detail, icon=line.icon, look=look) for line in found])
        self.nothing.setVisible(not found)

    def first_question(self) -> QWidget | None:
        self.search.selectAll()
        return self.search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first; Down walks into the list."""
        first = next((row.id for row in self.rows.rows if row.id), "")
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and first:
            self.picked.emit(first)
        elif event.key() == Qt.Key.Key_Down and first:
            self.rows.setFocus()
        else:
            super().keyPressEvent(event)
