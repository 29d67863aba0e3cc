"""Persons and bodies: found while typing, added on the spot, bodies with all the names they bore."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pitso.services.people import COUNCIL, NAMED, PICTURED, QUOTED
from pitso.services.views import NameLine, OrganisationView, PersonLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, Picker, Search
from pitso.ui.parts.page import Page, rule
from pitso.ui.parts.posts import CouncilFacts, Posts, Training
from pitso.ui.parts.reach import Reach, TermEnd
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _

PERSONS, BODIES = "persons", "bodies"


class PeoplePage(Page):
    """Two registers, one at a time.

    Signals:
        part_asked: persons or bodies.
        doubles_asked: the user looks at those that may stand twice.
        searched: the words typed so far.
        opened: the id of the person or body that the user opens.
        person_added: name, role, id of the body or an empty text.
        body_added: name, kind.
        name_added: text, kind, valid from, valid to.
        consented: to what the open person has agreed (`NAMED`, `PICTURED`, `QUOTED`), or has not.
        erased: why the personal details of the open person are erased.
    """

    help_page = "people"
    part_asked = Signal(str)
    doubles_asked = Signal()
    searched = Signal(str)
    opened = Signal(str)
    person_added = Signal(str, str, str)
    body_added = Signal(str, str)
    name_added = Signal(str, str, str, str)
    consented = Signal(str, bool)
    erased = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._part = PERSONS
        self.parts = Parts([(PERSONS, _("Persons")), (BODIES, _("Bodies"))], _("Register"))
        self.parts.chosen.connect(self.part_asked)
        self.search = Search(_("Find a name"))
        self.search.textChanged.connect(self.searched)
        self.add_line(self.parts)
        self.body.addWidget(self.search)
        self._build_person()
        self._build_body()
        self.rows = Rows(_("People"), whole=True)
        self.rows.opened.connect(self.opened)
        self.empty = Empty(_("Nobody is found"), _("Add a person below; a name alone is enough."))
        self.body.addWidget(self.rows)
        self.body.addWidget(self.empty)
        self._build_forms()
        self.body.addStretch(1)
        self.add = Button("", "main", icon="plus")
        self.add.clicked.connect(self._add)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self._close)
        self.doubles = Button(_("Perhaps the same twice"), "quiet", icon="users")
        self.doubles.clicked.connect(self.doubles_asked)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.doubles)
        self.foot.addStretch(1)
        self.foot.addWidget(self.add)
        self.cancel.hide()

    def _build_person(self) -> None:
        self.open_person = Card()
        self.person_title, self.person_detail = Words("", "heading"), Words("", "soft")
        self.consents = {
            NAMED: Tick(_("Has agreed to be named in papers for readers outside the team")),
            PICTURED: Tick(_("Has agreed to be shown in photographs")),
            QUOTED: Tick(_("Has agreed to be quoted")),
        }
        self.open_person.column.addWidget(self.person_title)
        self.open_person.column.addWidget(self.person_detail)
        for consent, tick in self.consents.items():
            tick.clicked.connect(lambda given, consent=consent: self.consented.emit(consent, given))
            self.open_person.column.addWidget(tick)
        self.erase = Button(_("Erase the personal details"), "quiet", icon="trash-2")
        self.erase.clicked.connect(self._ask_to_erase)
        self.erasing = Card("wrong")
        self.erase_reason = Entry(_("Who asked for it, and how"))
        self.erase_field = Field(_("Who asked for it, and how"), self.erase_reason)
        self.erase_for_good = Button(_("Erase for good"), icon="trash-2")
        self.erase_for_good.clicked.connect(self._erase)
        told = _(
            "Every computer forgets name and role as bundles reach it. It cannot be undone; paper and old sticks stay."
        )
        self.erasing.column.addWidget(Words(told))
        self.erasing.column.addWidget(self.erase_field)
        self.erasing.column.addWidget(self.erase_for_good, 0, Qt.AlignmentFlag.AlignLeading)
        self.reach = Reach()
        self.posts, self.training = Posts(), Training()
        self.open_person.column.addWidget(self.posts)
        self.open_person.column.addWidget(self.training)
        self.open_person.column.addWidget(self.reach)
        self.open_person.column.addWidget(self.erase, 0, Qt.AlignmentFlag.AlignLeading)
        self.open_person.column.addWidget(self.erasing)
        self.erasing.hide()
        self.body.addWidget(self.open_person)
        self.open_person.hide()

    def _build_body(self) -> None:
        self.open_body = Card()
        self.body_title, self.body_kind = Words("", "heading"), Words("", "soft")
        self.names = QVBoxLayout()
        self.names.setSpacing(theme.XS)
        self.new_name = Entry(_("Another name"))
        self.name_kind = Picker(_("Kind of name"))
        self.valid_from, self.valid_to = Entry(_("From"), example="2026-06"), Entry(_("To"), example="2026")
        self.keep_name = Button(_("Add the name"), icon="plus")
        self.keep_name.clicked.connect(self._add_name)
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.M)
        fields.setVerticalSpacing(theme.M)
        fields.addWidget(Field(_("Another name"), self.new_name), 0, 0)
        fields.addWidget(Field(_("Kind of name"), self.name_kind), 0, 1)
        fields.addWidget(Field(_("From"), self.valid_from), 1, 0)
        fields.addWidget(Field(_("To"), self.valid_to), 1, 1)
        self.open_body.column.addWidget(self.body_title)
        self.open_body.column.addWidget(self.body_kind)
        self.open_body.column.addLayout(self.names)
        self.holders = Posts(of_body=True)
        self.council = CouncilFacts()
        self.open_body.column.addWidget(self.council)
        self.open_body.column.addWidget(self.holders)
        self.term = TermEnd()
        self.open_body.column.addWidget(self.term)
        self.open_body.column.addWidget(rule())
        self.open_body.column.addLayout(fields)
        self.open_body.column.addWidget(self.keep_name, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.open_body)
        self.open_body.hide()

    def _build_forms(self) -> None:
        self.person_form = Card()
        self.name, self.role = Entry(_("Name")), Entry(_("Role"), example=_("Mayor, peer, facilitator …"))
        self.organisation = Picker(_("Body"))
        self.name_field = Field(_("Name"), self.name)
        for field in (self.name_field, Field(_("Role"), self.role), Field(_("Body"), self.organisation)):
            self.person_form.column.addWidget(field)
        self.body_form = Card()
        self.body_name, self.kind = Entry(_("Name")), Picker(_("Kind"))
        self.body_field = Field(_("Name"), self.body_name)
        self.body_form.column.addWidget(self.body_field)
        self.body_form.column.addWidget(Field(_("Kind"), self.kind))
        self.body.addWidget(self.person_form)
        self.body.addWidget(self.body_form)
        self.person_form.hide()
        self.body_form.hide()

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_kinds(self, *, bodies: Sequence[tuple[str, str]], names: Sequence[tuple[str, str]]) -> None:
        """Offer the kinds of bodies and of names."""
        self.kind.show_choices(list(bodies), self.kind.code())
        self.name_kind.show_choices(list(names), self.name_kind.code())

    def show_persons(
        self, lines: Sequence[PersonLine], *, bodies: Sequence[OrganisationView], chosen: str = ""
    ) -> None:
        """Show the persons that were found, and whether the one that is *chosen* may be named."""
        self._part = PERSONS
        rows = [
            Row(
                line.id,
                line.name,
                detail=line.detail,
                trailing=_("may be named") if NAMED in line.consents else "",
                icon="user",
            )
            for line in lines
        ]
        self.organisation.show_choices(
            [("", _("none")), *((body.id, body.name) for body in bodies)], self.organisation.code()
        )
        opened = next((line for line in lines if line.id == chosen), None)
        self._show(rows, chosen=chosen)
        self.open_person.setVisible(opened is not None and not self._form())
        if opened is not None:
            if self.person_title.text() != opened.name:
                self.erasing.hide()
            self.person_title.setText(opened.name)
            self.person_detail.show_words(opened.detail)
            for consent, tick in self.consents.items():
                tick.setChecked(consent in opened.consents)
            self.area.to_top()

    def allow_erasing(self, may: bool) -> None:
        """Offer to erase where it may be done."""
        self.erase.setVisible(may)

    def _ask_to_erase(self) -> None:
        self.erase_reason.clear()
        self.erase_field.show_fault("")
        self.erasing.show()
        self.erase_reason.setFocus()

    def _erase(self) -> None:
        reason = self.erase_reason.text().strip()
        self.erase_field.show_fault("" if reason else _("Write who asked for it, and how: the reason stays."))
        if reason:
            self.erasing.hide()
            self.erased.emit(reason)

    def show_bodies(self, lines: Sequence[OrganisationView], *, chosen: str) -> None:
        """Show the bodies that were found, and the names of the one that is *chosen*."""
        self._part = BODIES
        rows = [
            Row(
                line.id,
                line.name,
                detail=" · ".join([line.kind_words, *(name.text for name in line.names if name.text != line.name)]),
                icon="landmark",
            )
            for line in lines
        ]
        opened = next((line for line in lines if line.id == chosen), None)
        self._show(rows, chosen=chosen)
        self.open_body.setVisible(opened is not None and not self._form())
        if opened is not None:
            if self.body_title.text() != opened.name:
                self.area.to_top()
            self.body_title.setText(opened.name)
            self.body_kind.setText(opened.kind_words)
            self.council.setVisible(opened.kind == COUNCIL)
            self.council.show_council(opened)
            self._show_names(opened.names)

    def _show(self, rows: list[Row], *, chosen: str = "") -> None:
        self.show_head(_("People"))
        self.parts.show_part(self._part)
        self.rows.show_rows(rows, chosen=chosen)
        self._stand()

    def _show_names(self, names: Sequence[NameLine]) -> None:
        empty(self.names)
        for name in names:
            span = " – ".join(part for part in (name.valid_from, name.valid_to) if part)
            if name.valid_from and not name.valid_to:
                span = _("since {date}").format(date=name.valid_from)
            told = " · ".join(part for part in (name.text, name.kind_words, span) if part)
            self.names.addWidget(Words(told))

    def _form(self) -> bool:
        return not self.person_form.isHidden() or not self.body_form.isHidden()

    def _stand(self) -> None:
        form = self._form()
        person = self._part == PERSONS
        self.add.show_words(_("Add a person") if person else _("Add a body"))
        self.cancel.setVisible(form)
        self.doubles.setVisible(not form)
        for widget in (self.parts, self.search):
            widget.setVisible(not form)
        self.rows.setVisible(bool(self.rows.rows) and not form)
        self.empty.setVisible(not self.rows.rows and not form)
        if form or person:
            self.open_body.hide()
        if form or not person:
            self.open_person.hide()

    # ---- what is said --------------------------------------------------------------------------------------

    def _add(self) -> None:
        if not self._form():
            (self.person_form if self._part == PERSONS else self.body_form).show()
            if self.search.text() and not self.rows.rows:
                (self.name if self._part == PERSONS else self.body_name).setText(self.search.text())
            self._stand()
            self.focus_first()
            (self.name if self._part == PERSONS else self.body_name).end(False)
            return
        field, entry = (self.name_field, self.name) if self._part == PERSONS else (self.body_field, self.body_name)
        name = entry.text().strip()
        field.show_fault("" if name else _("Write the name; a name alone is enough."))
        if not name:
            entry.setFocus()
        elif self._part == PERSONS:
            self.person_added.emit(name, self.role.text().strip(), self.organisation.code())
        else:
            self.body_added.emit(name, self.kind.code())

    def close_forms(self) -> None:
        """What was typed was kept: empty the forms and show the register."""
        for entry in (self.name, self.role, self.body_name, self.new_name, self.valid_from, self.valid_to):
            entry.setText("")
        self._close()

    def _close(self) -> None:
        self.person_form.hide()
        self.body_form.hide()
        self._stand()
        self.focus_first()

    def _add_name(self) -> None:
        text = self.new_name.text().strip()
        if text:
            dates = self.valid_from.text().strip(), self.valid_to.text().strip()
            self.name_added.emit(text, self.name_kind.code(), *dates)
        else:
            self.new_name.setFocus()

    def search_field(self) -> QWidget | None:
        return self.search if self.search.isVisible() else None

    def first_question(self) -> QWidget | None:
        if not self.person_form.isHidden():
            return self.name
        return self.search if self.body_form.isHidden() else self.body_name

    def escape(self) -> bool:
        if not self._form():
            return False
        self._close()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._form() and enter:
            self._add()
        elif self.search.hasFocus() and event.key() == Qt.Key.Key_Down:
            self.rows.setFocus()
        else:
            super().keyPressEvent(event)
