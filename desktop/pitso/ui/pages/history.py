"""History: every value that the fields of a page ever had, and who entered it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.views import HistoryLine
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Empty
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.words import _, ngettext


class HistoryPage(Page):
    """The latest first; what stands now is marked."""

    help_page = "history"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(_("History"), whole=True)
        self.empty = Empty(_("Nothing was entered here yet"), _("Each value stays visible here, with who and when."))
        self.body.addWidget(self.rows)
        self.body.addWidget(self.empty)
        self.body.addStretch(1)
        self.back = Button(_("Back"), hint=_("Back (Alt+Left)"))
        self.back.clicked.connect(self.back_asked)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)

    def show_history(self, lines: Sequence[HistoryLine], *, of: str) -> None:
        """Show the values that stood on the page *of* this name."""
        told = ngettext("{number} value", "{number} values", len(lines)).format(number=words.whole(len(lines)))
        self.show_head(_("History"), second=told if lines else "", place=of)
        self.rows.show_rows([self._row(place, line) for place, line in enumerate(lines)])
        self.rows.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def _row(self, place: int, line: HistoryLine) -> Row:
        return Row(
            str(place),
            f"{line.field_words}: {line.value}" if line.value else f"{line.field_words}: {_('taken away')}",
            detail=" · ".join(part for part in (line.author, line.device) if part),
            trailing=words.moment(line.at),
            pill=_("now") if line.current else "",
            tone="done",
        )

    def first_question(self) -> QWidget | None:
        return self.rows if self.rows.rows else self.back
