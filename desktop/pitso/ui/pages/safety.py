"""Safe keeping: the passphrase, the recovery card, and copies of the workspace."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _


@dataclass(frozen=True)
class Safety:
    """How safe the workspace is."""

    passphrase: bool
    card: bool
    told: str
    """The protection in one sentence."""
    warnings: tuple[str, ...]
    """What is risky about the place where the file lies, or odd about what came in: a sentence each."""
    copies: tuple[Row, ...]
    drive: str
    """Where copies go besides, in one sentence."""
    drive_chosen: bool


class SafetyPage(Page):
    """What keeps the records from strangers, and what keeps them from being lost.

    Signals:
        passphrase_set: the new passphrase.
        removal_asked: the passphrase is to be taken away.
        card_asked: a new recovery card is to be printed.
        copy_asked: a copy is to be made now.
        drive_asked: the user chooses a second place for the copies.
        drive_left: copies go beside the file only.
        put_back_asked: the path of a copy that is to stand in the place of the workspace.
    """

    help_page = "safety"
    passphrase_set = Signal(str)
    removal_asked = Signal()
    card_asked = Signal()
    copy_asked = Signal()
    drive_asked = Signal()
    drive_left = Signal()
    put_back_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._picked = ""
        self.warning_card = Card("warn")
        self.warning = Words("", "strong")
        self.warning_card.column.addWidget(self.warning)
        self.body.addWidget(self.warning_card)
        self._build_passphrase()
        self._build_copies()
        self.body.addStretch(1)

    def _build_passphrase(self) -> None:
        card = Card()
        self.told = Words()
        self.new, self.again = Entry(_("New passphrase")), Entry(_("New passphrase once more"))
        for entry in (self.new, self.again):
            entry.setEchoMode(QLineEdit.EchoMode.Password)
        self.new_field = Field(
            _("New passphrase"), self.new, hint=_("Four words that only you would put together are better than signs.")
        )
        self.again_field = Field(_("New passphrase once more"), self.again)
        self.set = Button("", "main", icon="lock")
        self.set.clicked.connect(self._set)
        self.print_card = Button(_("Print a new recovery card"), icon="printer")
        self.print_card.clicked.connect(self.card_asked)
        self.remove = Button(_("Take the passphrase away"), "quiet")
        self.remove.clicked.connect(self.removal_asked)
        card.column.addWidget(Words(_("Passphrase"), "heading"))
        for widget in (self.told, self.new_field, self.again_field):
            card.column.addWidget(widget)
        for button in (self.set, self.print_card, self.remove):
            card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(card)

    def _build_copies(self) -> None:
        card = Card()
        self.drive = Words("", "soft")
        self.make = Button(_("Make a copy now"), icon="download")
        self.make.clicked.connect(self.copy_asked)
        self.choose = Button(_("Choose a drive for copies"), icon="folder-open")
        self.choose.clicked.connect(self.drive_asked)
        self.unchoose = Button(_("Beside the file only"), "quiet")
        self.unchoose.clicked.connect(self.drive_left)
        self.list = Rows(_("Copies"), compact=True, whole=True)
        self.list.opened.connect(self._pick)
        self.put_back = Button("", icon="undo-2")
        self.put_back.clicked.connect(lambda: self.put_back_asked.emit(self._picked))
        card.column.addWidget(Words(_("Copies"), "heading"))
        card.column.addWidget(Words(_("A copy is made on every day of work; older ones make room by themselves.")))
        card.column.addWidget(self.drive)
        for button in (self.make, self.choose, self.unchoose):
            card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        card.column.addWidget(self.list)
        card.column.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(card)

    def show_safety(self, safety: Safety) -> None:
        """Show how safe the workspace is."""
        self.show_head(_("Safe keeping"), second=_("Who can read this, and what is left when the laptop breaks."))
        self.warning.show_words("\n".join(safety.warnings))
        self.warning_card.setVisible(bool(safety.warnings))
        self.told.show_words(safety.told)
        self.set.show_words(_("Change the passphrase") if safety.passphrase else _("Set the passphrase"))
        self.print_card.setVisible(safety.passphrase)
        self.remove.setVisible(safety.passphrase)
        self.drive.show_words(safety.drive)
        self.unchoose.setVisible(safety.drive_chosen)
        self._show_copies(safety.copies)

    def _show_copies(self, rows: Sequence[Row]) -> None:
        self.list.show_rows(rows, chosen=self._picked)
        self.list.setVisible(bool(rows))
        self._picked = self._picked if any(row.id == self._picked for row in rows) else ""
        self.put_back.setVisible(bool(self._picked))

    def _pick(self, path: str) -> None:
        self._picked = path
        title = next(row.title for row in self.list.rows if row.id == path)
        self.put_back.show_words(_("Put the copy of {moment} back").format(moment=title))
        self.put_back.setVisible(True)

    def _set(self) -> None:
        same = self.new.text() == self.again.text()
        self.again_field.show_fault("" if same else _("These are two different passphrases: type the same one twice."))
        if same:
            self.passphrase_set.emit(self.new.text())

    def forget_typed(self) -> None:
        """The passphrase was taken: nothing of it stays on the page."""
        self.new.clear()
        self.again.clear()
        self.again_field.show_fault("")

    def leave(self) -> None:
        self.forget_typed()

    def first_question(self) -> QWidget | None:
        return self.new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.new.hasFocus():
            self.again.setFocus()
        elif enter and self.again.hasFocus():
            self._set()
        else:
            super().keyPressEvent(event)
