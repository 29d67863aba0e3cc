"""The form for somebody who was not invited: who, from which council, with which vote; likely doubles first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from pitso.services.room_views import Participant
from pitso.ui import theme
from pitso.ui.parts.cards import Card
from pitso.ui.parts.fields import Entry, Field, NameEntry, Picker
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class WalkIn:
    """What was typed: codes of the lists, the id of a council or its new name."""

    name: str
    council: str
    capacity: str
    sex: str
    age_band: str
    credentials: str
    mandate: str
    identity: str
    stands_for: str
    list_consent: bool


class WalkInCard(Card):
    """Asks for what a badge and the register need.

    Signals:
        typed: name and council so far: whoever may be the same person is looked for.
        council_chosen: the id of the council, whose absent delegates may be stood for.
        kept: a WalkIn.
        known: the id of somebody in the register who is that person.
    """

    typed = Signal(str, str)
    council_chosen = Signal(str)
    kept = Signal(object)
    known = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.council = Entry(_("Name")), NameEntry(_("Council or body"))
        self.pickers = {
            key: Picker(words)
            for key, words in (
                ("capacity", _("Takes part as")),
                ("sex", _("Sex")),
                ("age_band", _("Age")),
                ("credentials", _("Vote")),
                ("mandate", _("Mandate of the council")),
                ("identity", _("Identity")),
                ("stands_for", _("Comes for")),
            )
        }
        self.list_consent = Tick(_("May stand on lists that leave the room"))
        self.name_field = Field(_("Name"), self.name)
        self.column.addWidget(Words(_("Somebody who was not invited"), "heading"))
        self.column.addLayout(self._grid())
        self.column.addWidget(self.list_consent)
        self.double = Words(
            _("Stands in the register already? Press Enter on the person, or keep a new one."), "strong"
        )
        self.likely = Rows(_("Perhaps the same person"), whole=True)
        self.likely.opened.connect(self.known)
        self.column.addWidget(self.double)
        self.column.addWidget(self.likely)
        self.name.textChanged.connect(self._typed)
        self.council.textChanged.connect(self._typed)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.addWidget(self.name_field, 0, 0)
        grid.addWidget(Field(_("Council or body"), self.council), 0, 1, 1, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        for place, picker in enumerate(self.pickers.values()):
            grid.addWidget(Field(picker.accessibleName(), picker), 1 + place // 3, place % 3)
        return grid

    def show_lists(self, lists: dict[str, Choices], *, councils: Choices) -> None:
        """Offer what may be chosen, by the name of the picker."""
        for key, choices in lists.items():
            self.pickers[key].show_choices(choices, self.pickers[key].code())
        self.council.show_names(councils)

    def show_absent(self, absent: Choices) -> None:
        """Offer the absent delegates of the council."""
        self.pickers["stands_for"].show_choices([("", _("Nobody")), *absent], self.pickers["stands_for"].code())

    def show_likely(self, found: Sequence[Participant]) -> None:
        """Show whoever in the register may be that person."""
        rows = [
            Row(one.id, one.name, detail=one.council_name, pill=_("perhaps the same"), tone="warn", icon="user")
            for one in found
        ]
        self.likely.show_rows(rows)
        for widget in (self.likely, self.double):
            widget.setVisible(bool(rows))

    def begin(self, name: str) -> None:
        """Open empty, with a *name* that was typed into the search already."""
        self.name.setText(name)
        self.council.clear()
        for picker in self.pickers.values():
            picker.setCurrentIndex(0)
        self.list_consent.setChecked(False)
        self.name_field.show_fault("")
        self.show_likely(())
        self.name.setFocus()
        self._typed()

    def ask(self) -> None:
        """Say what was typed, or what is missing."""
        name = self.name.text().strip()
        self.name_field.show_fault("" if name else _("Write the name; one word is enough."))
        if not name:
            self.name.setFocus()
            return
        codes = {key: picker.code() for key, picker in self.pickers.items()}
        council = self.council.code() or self.council.text().strip()
        self.kept.emit(WalkIn(name, council, list_consent=self.list_consent.isChecked(), **codes))

    def _typed(self) -> None:
        self.typed.emit(self.name.text(), self.council.code())
        self.council_chosen.emit(self.council.code())
