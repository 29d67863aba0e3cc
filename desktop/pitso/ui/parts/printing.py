"""What there is to choose before pages leave for a printer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from pitso.services.printing import Printer
from pitso.ui import theme
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext, whole

COPIES = 20


class PrintCard(Card):
    """Printer, copies, pages.

    Signals:
        print_asked: name of the printer, number of copies, pages as they were typed.
    """

    print_asked = Signal(str, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.printer, self.copies = Picker(_("Printer")), Picker(_("Copies"))
        self.copies.setMinimumContentsLength(3)
        self.copies.show_choices([(str(number), whole(number)) for number in range(1, COPIES + 1)], "1")
        self.pages = Entry(_("Pages"), example=_("all, or 3-5"))
        self.pages_field = Field(_("Pages"), self.pages)
        self.told = Words("", "small")
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(Field(_("Printer"), self.printer), 3, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Field(_("Copies"), self.copies), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.pages_field, 2, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(self.told)

    def show_printers(self, printers: Sequence[Printer], *, pages: int) -> None:
        """Offer the printers; *pages* is how many the paper has, 0 where several papers are printed whole."""
        self.printer.show_choices([(each.name, each.name) for each in printers], self.printer.code())
        self.pages_field.setVisible(pages > 0)
        told = ngettext("The paper has {number} page.", "The paper has {number} pages.", pages)
        self.told.show_words(told.format(number=whole(pages)) if pages else "")
        self.show_fault("")

    def show_fault(self, fault: str) -> None:
        """What is wrong with the pages that were named."""
        self.pages_field.show_fault(fault)

    def focus_first(self) -> None:
        self.printer.setFocus()

    def ask(self) -> None:
        """Say what was chosen."""
        pages = self.pages.text().strip() if self.pages_field.isVisible() else ""
        self.print_asked.emit(self.printer.code(), int(self.copies.code() or "1"), pages)
