"""Giving away in open formats: the hosts' copy, or everything as tables; one deed, with its progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.choice import Choice
from pitso.ui.parts.fields import Field, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.progress import Progress
from pitso.ui.parts.words import Words
from pitso.words import _

HOSTS, WORKBOOK, CSV, SQLITE = "hosts", "workbook", "csv", "sqlite"
ELSEWHERE = ""


@dataclass(frozen=True)
class Giving:
    """What a person asked for: the format, for whose eyes, and the folder (None: one that the person chooses)."""

    form: str
    reader: str
    folder: Path | None


class GivePage(Page):
    """Asks in which format everything leaves, for whom, and where it goes.

    Signals:
        given: a Giving.
        stop_asked: the user stops the writing.
    """

    help_page = "give"
    given = Signal(object)
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        told = _("Files that open without Pitso. A bundle for another computer is written under Exchange, Send.")
        self.show_head(_("Give in open formats"), second=told)
        self._choices: dict[str, Choice] = {}
        column = QVBoxLayout()
        column.setSpacing(theme.S)
        for number, (form, name, detail) in enumerate(_forms(), 1):
            choice = self._choices[form] = Choice(str(number))
            choice.show_choice(name, detail)
            choice.clicked.connect(lambda _on=False, form=form: self._choose(form))
            column.addWidget(choice)
        self.reader = Picker(_("For whose eyes"))
        self.reader_field = Field(
            _("For whose eyes"), self.reader, hint=_("What is above that level is left out, and counted.")
        )
        self.where = Picker(_("Where it goes"))
        self.progress = Progress()
        self.progress.stop_asked.connect(self.stop_asked)
        self.body.addLayout(column)
        self.body.addWidget(self.reader_field)
        self.body.addWidget(Field(_("Where it goes"), self.where))
        self.body.addWidget(self.progress)
        self.last = Words("", "strong")
        self.last.hide()
        self.body.addWidget(self.last)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.write = Button(_("Write it"), "main", icon="download")
        self.write.clicked.connect(self._give)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.write)
        self._choose(HOSTS)

    def show_giving(self, *, readers: Sequence[tuple[str, str]], drives: Sequence[tuple[str, str]]) -> None:
        """Offer the *readers* as (code, words), the usual one first, and the *drives* by folder."""
        self.reader.show_choices(list(readers), self.reader.code() or readers[0][0])
        places = [*drives, (ELSEWHERE, _("Choose a folder …"))]
        self.where.show_choices(places, self.where.code() or places[0][0])

    def show_working(self, working: bool) -> None:
        """While something is written nothing else can be; all else goes on."""
        self.write.setEnabled(not working)
        self.progress.show_working(_("Writing …") if working else "")

    def show_done(self, said: str) -> None:
        """Say where it lies now."""
        self.last.show_words(said)

    def _choose(self, form: str) -> None:
        for code, choice in self._choices.items():
            choice.setChecked(code == form)
        self.reader_field.setVisible(form != HOSTS)

    def form(self) -> str:
        """The format that is chosen."""
        return next(code for code, choice in self._choices.items() if choice.isChecked())

    def _give(self) -> None:
        folder = self.where.code()
        self.given.emit(Giving(self.form(), self.reader.code(), Path(folder) if folder else None))

    def first_question(self) -> QWidget | None:
        return self._choices[self.form()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses; Enter writes."""
        digit = event.text()
        if digit.isdigit() and 0 < int(digit) <= len(self._choices):
            self._choose(list(self._choices)[int(digit) - 1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.write.isEnabled():
            self._give()
        else:
            super().keyPressEvent(event)


def _forms() -> tuple[tuple[str, str, str], ...]:
    return (
        (
            HOSTS,
            _("The hosts’ copy"),
            _("All papers, tables, files and pictures of this engagement, and a page that leads to them."),
        ),
        (WORKBOOK, _("A workbook (xlsx)"), _("A sheet for each form and each register.")),
        (CSV, _("A folder of tables (csv)"), _("A file for each form and each register.")),
        (SQLITE, _("A database file (SQLite)"), _("A table for each form and each register.")),
    )
