"""The history of a page: who entered what, when, on which computer, and what holds now."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.views import HistoryLine
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _


class HistoryPage(Page):
    """Shows every value that the fields of a page ever had, the latest first."""

    help_page = "history"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(_("What was entered"), whole=True)
        self.nothing = Words(_("Nothing was entered on that page yet."), "soft")
        self.body.addWidget(self.rows)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)

    def show_history(self, lines: Sequence[HistoryLine]) -> None:
        """Show the *lines*; what holds now is marked."""
        self.show_head(_("History"), second=_("Nothing that was entered disappears. The latest stands first."))
        self.rows.show_rows([_row(number, line) for number, line in enumerate(lines)])
        self.rows.setVisible(bool(lines))
        self.nothing.setVisible(not lines)

    def first_question(self) -> QWidget | None:
        return self.rows


def _row(number: int, line: HistoryLine) -> Row:
    return Row(
        str(number),
        line.value,
        detail=line.field_words,
        trailing=" · ".join(part for part in (line.author, line.device, words.moment(line.at)) if part),
        pill=_("holds now") if line.current else "",
        tone="done" if line.current else "soft",
    )
