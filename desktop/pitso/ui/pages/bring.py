"""A table of participants, looked at before anything of it is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso import words
from pitso.services.participant_tables import Preview
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty, Figures
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.page import Page
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

SHOWN = 8
"""Rows and faults that are shown; the rest is counted."""


class BringPage(Page):
    """Which file, how its columns were read, what is wrong row by row; then all of it or nothing.

    Signals:
        file_asked: the user chooses a file.
        kept: everybody of the table is invited.
    """

    help_page = "bring"
    file_asked = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choose = Button(_("Choose a file"), "main", icon="folder-open")
        self.choose.clicked.connect(self.file_asked)
        self.empty = Empty(
            _("A table from a spreadsheet"),
            _(
                "The first row holds headings such as name, council, role, sex, vote, badge. "
                "CSV and XLSX are read; you see everything before it is kept."
            ),
            self.choose,
        )
        self.told = Words("", "strong")
        self.columns = Words("", "soft")
        self.wrong, self.notes = Card("wrong"), Card("warn")
        self.faults, self.remarks = QVBoxLayout(), QVBoxLayout()
        for column in (self.faults, self.remarks):
            column.setSpacing(theme.XS)
        self.wrong.column.addWidget(Words(_("Nothing is kept while a row is wrong"), "heading"))
        self.wrong.column.addLayout(self.faults)
        self.notes.column.addLayout(self.remarks)
        self.table = Figures(_("The first rows"))
        for widget in (self.empty, self.told, self.columns, self.wrong, self.notes, self.table):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.again = Button(_("Choose another file"), icon="folder-open")
        self.again.clicked.connect(self.file_asked)
        self.keep = Button(_("Bring them in"), "main", icon="check")
        self.keep.clicked.connect(self.kept)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.again)
        self.foot.addWidget(self.keep)

    def show_table(self, looked_at: Preview | None) -> None:
        """Show what a file would bring; None before one was chosen."""
        self.show_head(_("Bring in participants"))
        for widget in (self.told, self.columns, self.wrong, self.notes, self.table, self.again, self.keep):
            widget.setVisible(looked_at is not None)
        self.empty.setVisible(looked_at is None)
        if looked_at is None:
            return
        number = len(looked_at.wanted)
        told = ngettext("{number} new participant", "{number} new participants", number)
        self.told.show_words(f"{looked_at.file}: {told.format(number=words.whole(number))}")
        self.columns.show_words(" · ".join(_read_as(head, code) for head, code in looked_at.columns))
        self._show_lines(self.faults, self.wrong, [(one.row, one.words) for one in looked_at.faults])
        remarks = [(one.row, one.words) for one in looked_at.notes]
        remarks += [(0, _("New council: {name}").format(name=name)) for name in looked_at.new_councils]
        self._show_lines(self.remarks, self.notes, remarks)
        self.table.setVisible(bool(number))
        self.table.show_table(
            (_("Name"), _("Council or body"), _("Vote")),
            looked_at.rows,
        )
        self.keep.setEnabled(looked_at.ready)

    def _show_lines(self, layout: QVBoxLayout, card: Card, lines: Sequence[tuple[int, str]]) -> None:
        empty(layout)
        for row, said in lines[:SHOWN]:
            told = _("Row {row}: {words}").format(row=words.whole(row), words=said) if row else said
            layout.addWidget(Words(told))
        if (rest := len(lines) - SHOWN) > 0:
            more = ngettext("and {number} more", "and {number} more", rest).format(number=words.whole(rest))
            layout.addWidget(Words(more, "soft"))
        card.setVisible(bool(lines))

    def first_question(self) -> QWidget | None:
        if not self.empty.isHidden():
            return self.choose
        return self.keep if self.keep.isEnabled() else self.again


def _read_as(head: str, code: str) -> str:
    if not code:
        return _("“{head}” is left out").format(head=head)
    return _("“{head}” as {column}").format(head=head, column=code)
