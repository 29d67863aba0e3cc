"""First start: three ways in, the language, and who you are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pitso import words
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.doors import Door
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _


@dataclass(frozen=True)
class Beginning:
    """What a person says to begin: an engagement, or the workspace of an office."""

    name: str
    role: str
    country: str
    host: str
    supporting: str
    coordinating: str
    office: bool
    passphrase: str = ""


class FirstPage(Page):
    """Three large choices, and behind the first a form that takes less than a minute.

    Signals:
        language_chosen: the code of a language.
        begun: a Beginning.
        open_asked: the user wants to open or receive a file.
        demonstration_asked: the user wants to see the demonstration.
        recent_asked: the path of a recent workspace.
    """

    help_page = "start"
    language_chosen = Signal(str)
    begun = Signal(object)
    open_asked = Signal()
    demonstration_asked = Signal()
    recent_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._office, self._who = False, True
        self._build_choices()
        self._build_form()
        self.body.addStretch(1)
        self._build_foot()
        self.show_choices()

    # ---- the three choices ---------------------------------------------------------------------------------

    def _build_choices(self) -> None:
        self.choices = QWidget()
        column = QVBoxLayout(self.choices)
        column.setContentsMargins(0, theme.L, 0, 0)
        column.setSpacing(theme.L)
        self.begin = Door("flag", _("Begin an engagement"), _("Two sides, a team, a first assessment. One minute."))
        self.open = Door("folder-open", _("Open or receive a file"), _("A workspace of Pitso, or a bundle that came."))
        self.demonstration = Door(
            "circle-play", _("See the demonstration"), _("One engagement from the first rating to the result.")
        )
        self._doors = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._doors.setSpacing(theme.L)
        for door in (self.begin, self.open, self.demonstration):
            self._doors.addWidget(door, 1)
        column.addLayout(self._doors)
        self.office = Button(_("Begin the workspace of a coordinating office"), "quiet", icon="landmark")
        column.addWidget(self.office, 0, Qt.AlignmentFlag.AlignLeading)
        self.recent_title = Words(_("Opened lately"), "heading")
        self.recent = Rows(_("Opened lately"), whole=True)
        column.addWidget(self.recent_title)
        column.addWidget(self.recent)
        self.body.addWidget(self.choices)
        self.begin.clicked.connect(lambda: self.show_form(office=False))
        self.office.clicked.connect(lambda: self.show_form(office=True))
        self.open.clicked.connect(self.open_asked)
        self.demonstration.clicked.connect(self.demonstration_asked)
        self.recent.opened.connect(self.recent_asked)

    def _build_foot(self) -> None:
        self.languages = Parts(list(words.LANGUAGES.items()), _("Language"))
        self.languages.chosen.connect(self.language_chosen)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.show_choices)
        self.go = Button(_("Begin"), "main")
        self.go.clicked.connect(self._begin)
        self.foot.addWidget(self.languages, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)

    def show_first(self, recent: Sequence[str]) -> None:
        """Show the workspaces that were opened lately."""
        rows = [Row(path, Path(path).stem, detail=str(Path(path).parent), icon="file-text") for path in recent]
        self.recent.show_rows(rows)
        self.recent.setVisible(bool(rows))
        self.recent_title.setVisible(bool(rows))
        self.languages.show_part(words.language())

    def show_choices(self) -> None:
        self.show_head("Pitso", second=_("Records that the room can believe."))
        self._stand(form=False)

    def show_form(self, *, office: bool) -> None:
        """Ask who you are, and for an engagement its two sides."""
        self._office = office
        title = _("Begin the workspace of an office") if office else _("Begin an engagement")
        self.show_head(title, second=_("All of this can be changed later, and earlier values stay visible."))
        for field in (self.country_field, self.host_field, self.supporting_field, self.engagement_title):
            field.setVisible(not office)
        self._stand(form=True)

    def show_engagement_form(self) -> None:
        """Ask for an engagement only: the office knows who writes."""
        self.show_form(office=False)
        for widget in (self.who_title, self.name_field, self.role_field):
            widget.hide()
        self.passphrase_field.hide()
        self._who = False
        self.cancel.clicked.disconnect()
        self.cancel.clicked.connect(self.back_asked)
        self.focus_first()

    def _stand(self, *, form: bool) -> None:
        self.choices.setVisible(not form)
        self.form.setVisible(form)
        self.languages.setVisible(not form)
        self.cancel.setVisible(form)
        self.go.setVisible(form)
        self.area.to_top()
        self.focus_first()

    # ---- who you are ---------------------------------------------------------------------------------------

    def _build_form(self) -> None:
        self.name, self.role = Entry(_("Your name")), Entry(_("Your role"), example=_("Team leader, facilitator …"))
        self.country = Entry(_("Host country"))
        self.host = Entry(_("Host side"), example=_("Leaders of local governments of …"))
        self.supporting = Entry(_("Supporting association"))
        self.coordinating = Entry(_("Coordinating office"))
        self.name_field = Field(_("Your name"), self.name)
        self.country_field = Field(_("Host country"), self.country)
        self.host_field = Field(_("Host side"), self.host)
        self.supporting_field = Field(_("Supporting association"), self.supporting)
        self.engagement_title = Words(_("The engagement"), "heading")
        self.form = QWidget()
        self._grid = QGridLayout(self.form)
        self._grid.setContentsMargins(0, theme.L, 0, 0)
        self._grid.setHorizontalSpacing(theme.XL)
        self._grid.setVerticalSpacing(theme.L)
        self.who_title = Words(_("Who are you?"), "heading")
        self.role_field = Field(_("Your role"), self.role)
        self.coordinating_field = Field(_("Coordinating office"), self.coordinating)
        self.passphrase = Entry(_("Passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_field = Field(
            _("Passphrase (may stay empty)"),
            self.passphrase,
            hint=_(
                "With a passphrase, whoever steals the laptop or finds a stick cannot read these records. "
                "If it is forgotten, only a recovery card opens them: print one under Settings."
            ),
        )
        self._cells: list[tuple[QWidget, int, int, int]] = [
            (self.who_title, 0, 0, 2),
            (self.name_field, 1, 0, 1),
            (self.role_field, 1, 1, 1),
            (self.engagement_title, 2, 0, 2),
            (self.country_field, 3, 0, 1),
            (self.host_field, 3, 1, 1),
            (self.supporting_field, 4, 0, 1),
            (self.coordinating_field, 4, 1, 1),
            (self.passphrase_field, 5, 0, 2),
        ]
        for widget, row, column, span in self._cells:
            self._grid.addWidget(widget, row, column, 1, span)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self.form)

    def _begin(self) -> None:
        missing = [
            (self.name_field, self.name, _("Write your name; it stands with everything that you record.")),
            (self.country_field, self.country, _("Write the country that hosts the engagement.")),
            (self.host_field, self.host, _("Write who hosts: the leaders, or the body that speaks for them.")),
            (self.supporting_field, self.supporting, _("Write the association that sends the peers.")),
            (self.coordinating_field, self.coordinating, _("Write the office that joins what the teams send.")),
        ]
        asked = [missing[0], missing[-1]] if self._office else missing[0 if self._who else 1 :]
        wrong = [entry for field, entry, fault in asked if self._faulty(field, entry, fault)]
        if wrong:
            wrong[0].setFocus()
            return
        self.begun.emit(
            Beginning(
                name=self.name.text().strip(),
                role=self.role.text().strip(),
                country=self.country.text().strip(),
                host=self.host.text().strip(),
                supporting=self.supporting.text().strip(),
                coordinating=self.coordinating.text().strip(),
                office=self._office,
                passphrase=self.passphrase.text(),
            )
        )

    def _faulty(self, field: Field, entry: Entry, fault: str) -> bool:
        empty = not entry.text().strip()
        field.show_fault(fault if empty else "")
        return empty

    def first_question(self) -> QWidget | None:
        if not self.form.isVisibleTo(self):
            return self.begin
        return self.name if self._who else self.country

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks through the form and begins at its end."""
        form = self.form.isVisible()
        if form and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            fields = [self.name, self.role, self.country, self.host, self.supporting, self.coordinating]
            fields.append(self.passphrase)
            shown = [field for field in fields if field.isVisible()]
            at = self.window().focusWidget()
            here = next((place for place, field in enumerate(shown) if field is at), len(shown) - 1)
            if here + 1 < len(shown):
                shown[here + 1].setFocus()
            else:
                self._begin()
        else:
            super().keyPressEvent(event)

    def escape(self) -> bool:
        if self.form.isHidden():
            return False
        self.show_choices()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 46 * theme.now().body
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._doors.setDirection(down if narrow else across)
        for place, (widget, row, column, span) in enumerate(self._cells):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, *((place, 0, 1, 2) if narrow else (row, column, 1, span)))
