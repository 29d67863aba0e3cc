"""Two cards of the register of people: how a person is reached, and when the term of a body ends."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.services.programme_views import PointLine, TermView
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _


class Reach(QWidget):
    """The numbers and addresses of a person; each may turn out not to be valid.

    Signals:
        added: what sort it is, the number or address.
        judged: the id of a contact point, is it valid?
    """

    added = Signal(str, str)
    judged = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        self._points = QVBoxLayout()
        self._points.setSpacing(theme.XS)
        self.means, self.address = Picker(_("How")), Entry(_("Number or address"), example=_("Number or address"))
        self.address.returnPressed.connect(self._add)
        self.add = Button(_("Add"), icon="plus")
        self.add.clicked.connect(self._add)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.means, 1)
        row.addWidget(self.address, 2)
        row.addWidget(self.add)
        column.addWidget(Words(_("How this person is reached"), "heading"))
        column.addLayout(self._points)
        column.addLayout(row)

    def show_means(self, means: Sequence[tuple[str, str]]) -> None:
        """Offer the sorts of contact points."""
        self.means.show_choices(list(means), self.means.code())

    def show_points(self, points: Sequence[PointLine]) -> None:
        """Show the contact points of one person."""
        empty(self._points)
        for point in points:
            row = QHBoxLayout()
            row.setSpacing(theme.M)
            told = words.colon(point.means_words, point.address)
            if point.invalid_since:
                told = f"{told} · {_('not valid since {day}').format(day=words.day(point.invalid_since))}"
            row.addWidget(Words(told, "soft" if point.invalid_since else "body"), 1)
            valid = point.invalid_since is None
            judge = Button(_("Not valid any more") if valid else _("Valid after all"), "quiet")
            judge.clicked.connect(lambda _=False, uid=point.id, now=not valid: self.judged.emit(uid, now))
            row.addWidget(judge)
            self._points.addLayout(row)

    def _add(self) -> None:
        typed = self.address.text().strip()
        if typed:
            self.address.setText("")
            self.added.emit(self.means.code(), typed)
        else:
            self.address.setFocus()


class TermEnd(QWidget):
    """When the term of a body ends, and whether something is planned for it.

    Signals:
        noted: the day or None, is it planned for?
    """

    noted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        self.ends = Entry(_("The term ends on"), example="2027-03-01")
        self.ends.returnPressed.connect(self._note)
        self.field = Field(_("The term ends on"), self.ends)
        self.planned = Tick(_("The risk register says what is done about it"))
        self.keep = Button(_("Keep the term"))
        self.keep.clicked.connect(self._note)
        column.addWidget(self.field)
        column.addWidget(self.planned)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)

    def show_term(self, term: TermView) -> None:
        """Show what is noted; what is being typed stays."""
        self.field.show_fault("")
        self.ends.setText(term.ends.isoformat() if term.ends else "")
        self.planned.setChecked(term.planned)

    def _note(self) -> None:
        typed = self.ends.text().strip()
        try:
            day = date.fromisoformat(typed) if typed else None
        except ValueError:
            self.field.show_fault(_("Write the date as year-month-day, such as 2026-06-18."))
            self.ends.setFocus()
            return
        self.noted.emit(day, self.planned.isChecked())
