"""What follows: the date that both sides agreed on, beneath what has ended."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.fields import Entry, Field
from pitso.words import _


class NextDate(QWidget):
    """One date, typed; an empty one means that none is agreed.

    Signals:
        agreed: the date, or None.
    """

    agreed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.day = Entry(_("Next date"), example="2026-11-10")
        self.day.returnPressed.connect(self._agree)
        self.field = Field(_("Next date"), self.day, hint=_("When the two sides meet again."))
        self.keep = Button(_("Keep the next date"))
        self.keep.clicked.connect(self._agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(self.field)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)

    def show_date(self, day: date | None) -> None:
        """Show what is agreed."""
        self.field.show_fault("")
        self.day.setText(day.isoformat() if day else "")

    def _agree(self) -> None:
        typed = self.day.text().strip()
        try:
            day = date.fromisoformat(typed) if typed else None
        except ValueError:
            self.field.show_fault(_("Write the date as year-month-day, such as 2026-06-18."))
            self.day.setFocus()
            return
        self.agreed.emit(day)
