"""Settings: language, type size, day or night, who writes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pitso import words
from pitso.services.account import Account
from pitso.services.views import PersonLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Line, Words
from pitso.words import _

YES, NO = "yes", "no"


class SettingsPage(Page):
    """What a person may choose about the window, and who writes at this computer.

    Signals:
        language_chosen: the code of a language.
        size_chosen: a body size in pixels.
        theme_chosen: day, night, or as the system.
        writer_chosen: the id of a person.
        leave_asked: the user goes to the first page, to open another file.
        help_asked: the user reads the help.
        people_asked: the user adds a person who is not known yet.
        writers_asked: the user goes to PINs and locking.
        safety_asked: the user goes to passphrase and copies.
        double_click_asked: whether a double click opens Pitso's files from now on.
    """

    help_page = "settings"
    language_chosen = Signal(str)
    size_chosen = Signal(int)
    theme_chosen = Signal(str)
    writer_chosen = Signal(str)
    leave_asked = Signal()
    help_asked = Signal()
    people_asked = Signal()
    writers_asked = Signal()
    safety_asked = Signal()
    double_click_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._size = theme.USUAL
        self.languages = Parts(list(words.LANGUAGES.items()), _("Language"))
        self.languages.chosen.connect(self.language_chosen)
        looks = [(theme.DAY, _("Day")), (theme.NIGHT, _("Night")), (theme.SYSTEM, _("As the system"))]
        pictures = {theme.DAY: "sun", theme.NIGHT: "moon", theme.SYSTEM: "monitor"}
        self.looks = Parts(looks, _("Colours"), icons_of=pictures)
        self.looks.chosen.connect(self.theme_chosen)
        self.smaller, self.larger = Button(_("Smaller")), Button(_("Larger"))
        self.chosen_size = Line("", "strong")
        self.smaller.clicked.connect(lambda: self.size_chosen.emit(self._size - 1))
        self.larger.clicked.connect(lambda: self.size_chosen.emit(self._size + 1))
        self.people = Rows(_("Who writes"), compact=True, whole=True)
        self.people.opened.connect(self.writer_chosen)
        self.new_person = Button(_("Somebody else"), "quiet", icon="plus")
        self.new_person.clicked.connect(self.people_asked)
        self.writers = Button(_("PINs, and locking the window"), "quiet", icon="lock")
        self.writers.clicked.connect(self.writers_asked)
        self.safety = Button(_("Passphrase and copies"), icon="lock")
        self.safety.clicked.connect(self.safety_asked)
        self.double_click = Parts([(YES, _("Yes")), (NO, _("No"))], _("Files of Pitso"))
        self.double_click.chosen.connect(lambda chosen: self.double_click_asked.emit(chosen == YES))
        self._lay()
        self.file = Words("", "small")
        self.log = Words("", "small")
        self.body.addWidget(self.file)
        self.body.addWidget(self.log)
        self.body.addStretch(1)
        self.other = Button(_("Open another file"), icon="folder-open")
        self.other.clicked.connect(self.leave_asked)
        self.help = Button(_("Help"), icon="circle-question-mark", hint=_("Help (F1)"))
        self.help.clicked.connect(self.help_asked)
        self.foot.addWidget(self.other)
        self.foot.addStretch(1)
        self.foot.addWidget(self.help)

    def _lay(self) -> None:
        self._card(_("Language"), self.languages)
        card = self._card(_("Size of the type"))
        row = QHBoxLayout()
        row.setSpacing(theme.L)
        for widget in (self.smaller, self.chosen_size, self.larger):
            row.addWidget(widget)
        row.addStretch(1)
        card.column.addLayout(row)
        self._card(_("Colours"), self.looks)
        writes = self._card(_("Who writes at this computer"), self.people)
        writes.column.addWidget(self.new_person)
        writes.column.addWidget(self.writers)
        self._card(_("Safe keeping")).column.addWidget(self.safety, 0, Qt.AlignmentFlag.AlignLeading)
        asked = Words(_("Shall a double click on a workspace or a bundle open it in Pitso?"))
        self.opening = self._card(_("Files of Pitso"), asked, self.double_click)

    def _card(self, title: str, *inside: QWidget) -> Card:
        card = Card()
        card.column.addWidget(Words(title, "heading"))
        for widget in inside:
            card.column.addWidget(widget)
        self.body.addWidget(card)
        return card

    def show_settings(
        self,
        account: Account,
        *,
        people: Sequence[PersonLine],
        writer: str | None,
        double_click: bool | None,
        file: str,
        log: str,
    ) -> None:
        """Show what is chosen; *file* and *log* say where the workspace and the log lie.

        *double_click*: does one open Pitso's files? None where this system cannot be told.
        """
        self.show_head(_("Settings"))
        self.languages.show_part(account.language)
        self.looks.show_part(account.theme)
        self._size = account.body_size
        self.chosen_size.show_words(words.whole(account.body_size))
        self.smaller.setEnabled(account.body_size > theme.SMALLEST)
        self.larger.setEnabled(account.body_size < theme.LARGEST)
        rows = [
            Row(
                person.id,
                person.name,
                detail=person.detail,
                pill=_("writes here") if person.id == writer else "",
                tone="done",
                icon="user",
            )
            for person in people
        ]
        self.people.show_rows(rows, chosen=writer or "")
        self.opening.setVisible(double_click is not None)
        self.double_click.show_part(YES if double_click else NO)
        self.file.show_words(file)
        self.log.show_words(log)

    def first_question(self) -> QWidget | None:
        return next(button for button in self.languages.buttons.values() if button.isChecked())
