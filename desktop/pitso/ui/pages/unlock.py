"""The locked door: a workspace under a passphrase, or the window that somebody locked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.words import Icon
from pitso.words import _


class UnlockPage(Page):
    """Asks for one secret, and says nothing about what lies behind the door.

    Signals:
        secret_given: what was typed.
        leave_asked: the user goes to the first page instead.
    """

    help_page = "unlock"
    secret_given = Signal(str)
    leave_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.secret = Entry(_("Passphrase"))
        self.field = Field(_("Passphrase"), self.secret)
        self.card = Button(_("Forgotten? Use the recovery card"), "quiet", icon="file-text")
        self.card.setCheckable(True)
        self.card.toggled.connect(self._ask_for)
        inside = Card()
        inside.column.setSpacing(theme.L)
        inside.column.addWidget(Icon("lock", "accent", 32))
        inside.column.addWidget(self.field)
        inside.column.addWidget(self.card, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(inside)
        self.body.addStretch(1)
        self.leave_button = Button(_("Open another file"), icon="folder-open")
        self.leave_button.clicked.connect(self.leave_asked)
        self.open = Button(_("Open"), "main")
        self.open.clicked.connect(self._give)
        self.foot.addWidget(self.leave_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.open)

    def show_door(self, name: str, *, pin_of: str = "", locked: bool = False) -> None:
        """Show the door of the file called *name*; with *pin_of*, that person's PIN opens it."""
        self._pin_of = pin_of
        title = _("The window is locked") if locked else _("“{file}” is protected").format(file=name)
        self.show_head(title, second=_("All that was entered is kept."))
        self.card.setVisible(not pin_of)
        self.leave_button.setVisible(not locked)
        self._ask_for(self.card.isChecked())
        self.secret.clear()

    def _ask_for(self, card: bool) -> None:
        asked = _("PIN of {name}").format(name=self._pin_of) if self._pin_of else _("Passphrase")
        if card and not self._pin_of:
            asked = _("Code of the recovery card")
        self.field.show_question(asked)
        self.secret.setAccessibleName(asked)
        hidden = QLineEdit.EchoMode.Normal if card and not self._pin_of else QLineEdit.EchoMode.Password
        self.secret.setEchoMode(hidden)
        self.secret.setFocus()

    def _give(self) -> None:
        self.secret_given.emit(self.secret.text())
        self.secret.selectAll()
        self.secret.setFocus()

    def leave(self) -> None:
        self.secret.clear()
        self.card.setChecked(False)

    def first_question(self) -> QWidget | None:
        return self.secret

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.secret.hasFocus():
            self._give()
        else:
            super().keyPressEvent(event)
