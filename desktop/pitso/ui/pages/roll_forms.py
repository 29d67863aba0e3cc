"""The forms beside the roll: its next step, an amendment, a council, the quorum, a proxy."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pitso.domain.quorum import Base, Condition, Unit
from pitso.services.proxies import MOST, Proxy
from pitso.services.room_views import Objection
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, NameEntry, Picker
from pitso.ui.parts.form_card import Form
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _, pgettext, whole

Choices = list[tuple[str, str]]
CONDITIONS = 3
"""How many conditions of a quorum may be entered."""


class DisplayForm(Form):
    """Until when objections are heard.

    Signals:
        kept: that time, as it is written on the roll.
    """

    kept = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Display the roll"))
        self.until = Entry(_("Objections are heard until"), example=_("17 June, 17:00"))
        self.field = Field(_("Objections are heard until"), self.until)
        self.column.addWidget(self.field)

    def first(self) -> QWidget:
        return self.until

    def ask(self) -> None:
        self.kept.emit(self.until.text())


class _Ruling(Entry):
    """A line whose Enter is its own: it does not adopt the roll.

    Signals:
        kept: the ruling.
    """

    kept = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit(self.text())
        else:
            super().keyPressEvent(event)


class AdoptForm(Form):
    """Objections with their rulings, and how the assembly took the roll.

    Signals:
        kept: how it was adopted.
        objected: what is wrong, and who says so.
        ruled: the id of an objection, and the ruling.
    """

    kept = Signal(str)
    objected = Signal(str, str)
    ruled = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("Adopt the roll"))
        self.how = Entry(_("How it was adopted"), example=_("by consensus"))
        self.text, self.by = Entry(_("Objection")), Entry(_("Who objects"))
        self.note = Button(_("Note the objection"))
        self.note.clicked.connect(lambda: self.objected.emit(self.text.text(), self.by.text()))
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.S)
        self.rulings: dict[str, _Ruling] = {}
        self.column.addWidget(Field(_("How it was adopted"), self.how))
        self.grid([Field(_("Objection"), self.text), Field(_("Who objects"), self.by)])
        self.column.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addLayout(self.list)

    def show_objections(self, objections: Sequence[Objection]) -> None:
        """Show every objection; an open one asks for its ruling."""
        empty(self.list)
        self.rulings.clear()
        self.text.clear()
        self.by.clear()
        for one in objections:
            self.list.addWidget(Words(f"{one.by}: {one.text}", "strong"))
            if one.ruling:
                self.list.addWidget(Words(one.ruling, "soft"))
                continue
            ruling = _Ruling(_("Ruling"))
            ruling.kept.connect(lambda text, uid=one.id: self.ruled.emit(uid, text))
            self.rulings[one.id] = ruling
            self.list.addWidget(Field(_("Ruling"), ruling, hint=_("Enter keeps it.")))

    def first(self) -> QWidget:
        return self.how

    def ask(self) -> None:
        self.kept.emit(self.how.text())


class FreezeForm(Form):
    """The scrutineer and the PIN.

    Signals:
        kept: the id of the second person, and the PIN.
    """

    kept = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(_("Freeze the roll"))
        self.column.addWidget(
            Words(_("It binds: nothing changes the roll afterwards but an amendment with mover and vote."))
        )
        self.second, self.pin = Picker(_("Scrutineer")), Entry(_("PIN of the scrutineer"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        hint = _("Somebody else than who writes here, who has a PIN at this computer.")
        self.grid([Field(_("Scrutineer"), self.second, hint=hint), Field(_("PIN of the scrutineer"), self.pin)])

    def show_people(self, people: Choices) -> None:
        """Offer whoever has a PIN here."""
        self.second.show_choices(people, self.second.code())

    def first(self) -> QWidget:
        return self.second

    def ask(self) -> None:
        self.kept.emit(self.second.code(), self.pin.text())


@dataclass(frozen=True)
class Amendment:
    """What was typed of an amendment."""

    person: str
    remove: bool
    mover: str
    yes: int
    no: int
    reason: str


class AmendForm(Form):
    """Who is added or struck out, who moved it, how the vote went, why.

    Signals:
        kept: an Amendment.
    """

    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Amend the roll"))
        self.way, self.person, self.mover = Picker(_("Amendment")), NameEntry(_("Person")), NameEntry(_("Moved by"))
        self.way.show_choices([("add", _("Add to the roll")), ("remove", _("Strike out"))])
        self.yes, self.no, self.reason = Entry(pgettext("vote", "For")), Entry(_("Against")), Entry(_("Reason"))
        self.fault = Words("", "fault")
        self.grid(
            [Field(_("Amendment"), self.way), Field(_("Person"), self.person), Field(_("Moved by"), self.mover)],
            [
                Field(pgettext("vote", "For"), self.yes),
                Field(_("Against"), self.no),
                Field(_("Reason"), self.reason),
            ],
        )
        self.column.addWidget(self.fault)
        self.fault.hide()

    def show_people(self, everybody: Choices, electors: Choices) -> None:
        """Offer everybody in the register, and as movers those on the roll."""
        self.person.show_names(everybody)
        self.mover.show_names(electors)

    def first(self) -> QWidget:
        return self.way

    def ask(self) -> None:
        yes, no = self.yes.text().strip(), self.no.text().strip()
        right = yes.isdecimal() and no.isdecimal() and self.person.code() and self.mover.code()
        self.fault.show_words("" if right else _("Choose both persons from the list, and write the votes as numbers."))
        if right:
            remove = self.way.code() == "remove"
            told = Amendment(self.person.code(), remove, self.mover.code(), int(yes), int(no), self.reason.text())
            self.kept.emit(told)


class CouncilForm(Form):
    """How many delegates a council may send, and whether it is in good standing.

    Signals:
        kept: council, delegates, votes of each, kind of council, standing, who says so.
    """

    kept = Signal(str, int, int, str, str, str)

    def __init__(self) -> None:
        super().__init__(_("A council"))
        self.council = NameEntry(_("Council"))
        self.delegates, self.each = Entry(_("Delegates it may send")), Entry(_("Votes of each"))
        self.category, self.standing = Picker(_("Kind of council")), Picker(_("Standing"))
        self.by = Entry(_("Who says so"))
        self.fault = Words("", "fault")
        self.names = Words("", "soft")
        self.council_field = Field(_("Council"), self.council)
        self.column.addWidget(self.council_field)
        self.column.addWidget(self.names)
        self.grid(
            [
                Field(_("Delegates it may send"), self.delegates),
                Field(_("Votes of each"), self.each),
                Field(_("Kind of council"), self.category),
            ],
            [Field(_("Standing"), self.standing), Field(_("Who says so"), self.by)],
        )
        self.column.addWidget(self.fault)
        self.fault.hide()

    def show_council(self, name: str, *, delegates: int, each: int, category: str, standing: str, names: str) -> None:
        """Show one council, or an empty form."""
        self.council.setText(name)
        self.council_field.setVisible(not name)
        self.heading.setText(name or _("A council"))
        self.names.show_words(names)
        self.delegates.setText(str(delegates))
        self.each.setText(str(each))
        self.category.setCurrentIndex(max(self.category.findData(category), 0))
        self.standing.setCurrentIndex(max(self.standing.findData(standing), 0))
        self.by.clear()
        self.fault.hide()

    def show_lists(self, councils: Choices, categories: Choices, standings: Choices) -> None:
        """Offer the councils of the register, and what may be said of one."""
        self.council.show_names(councils)
        self.category.show_choices(categories, self.category.code())
        self.standing.show_choices(standings, self.standing.code())

    def first(self) -> QWidget:
        return self.council if self.council_field.isVisibleTo(self) else self.delegates

    def ask(self) -> None:
        delegates, each = self.delegates.text().strip(), self.each.text().strip()
        right = delegates.isdecimal() and each.isdecimal() and bool(self.council.code())
        self.fault.show_words("" if right else _("Choose a council from the list, and write both figures as numbers."))
        if right:
            codes = self.category.code(), self.standing.code(), self.by.text()
            self.kept.emit(self.council.code(), int(delegates), int(each), *codes)


class QuorumForm(Form):
    """Up to three conditions, all of which must be met.

    Signals:
        kept: a list of Conditions.
    """

    kept = Signal(list)

    def __init__(self) -> None:
        super().__init__(_("Quorum: all conditions must be met"))
        self.rows: list[tuple[Picker, Entry, Picker, Picker, Tick]] = []
        self.fault = Words("", "fault")
        self.column.addWidget(Words(_("Write a number such as 60, or a share such as 1/2."), "small"))
        for _number in range(CONDITIONS):
            row = (
                Picker(_("At least or more than")),
                Entry(_("Number or share"), example="60, 1/2"),
                Picker(_("What is counted")),
                Picker(_("Of whom")),
                Tick(_("Proxies count")),
            )
            row[0].show_choices([("", _("at least")), ("more", _("more than"))])
            self.rows.append(row)
        self.grid(*(line for row in self.rows for line in (row[:4], row[4:])))
        self.column.addWidget(self.fault)
        self.fault.hide()

    def show_lists(self, units: Choices, bases: Choices) -> None:
        """Offer what is counted, and of whom."""
        for _more, _figure, unit, base, _proxies in self.rows:
            unit.show_choices(units, unit.code())
            base.show_choices(bases, base.code())

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Show the conditions as they are."""
        for place, (more, figure, unit, base, proxies) in enumerate(self.rows):
            one = conditions[place] if place < len(conditions) else None
            more.setCurrentIndex(int(one.more_than) if one else 0)
            figure.setText("" if one is None else str(one.number if one.number is not None else one.share))
            if one is not None:
                unit.setCurrentIndex(unit.findData(one.unit.value))
                base.setCurrentIndex(base.findData(one.base.value))
            proxies.setChecked(one is not None and one.proxies)

    def first(self) -> QWidget:
        return self.rows[0][1]

    def ask(self) -> None:
        found = []
        for more, figure, unit, base, proxies in self.rows:
            text = figure.text().replace(" ", "")
            if not text:
                continue
            share = _share(text)
            if share is None and not text.isdecimal():
                self.fault.show_words(_("“{text}” is no number and no share.").format(text=text[:20]))
                figure.setFocus()
                return
            found.append(
                Condition(
                    Base(base.code()),
                    Unit(unit.code()),
                    share=share,
                    number=None if share is not None else int(text),
                    more_than=bool(more.code()),
                    proxies=proxies.isChecked(),
                )
            )
        self.fault.hide()
        self.kept.emit(found)


def _share(text: str) -> Fraction | None:
    """``1/2`` as a share between nothing and all; None for anything else."""
    above, slash, below = text.partition("/")
    if not (slash and above.isdecimal() and below.isdecimal() and 0 < int(above) <= int(below)):
        return None
    return Fraction(int(above), int(below))


class ProxyForm(Form):
    """Who lets whom vote.

    Signals:
        kept: giver, holder.
        limited: how many one person may hold.
        taken_back: the id of a proxy.
    """

    kept = Signal(str, str)
    limited = Signal(int)
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Proxies"))
        self.giver, self.holder = NameEntry(_("Who gives it")), NameEntry(_("Who votes instead"))
        self.most = Picker(_("One person may hold"))
        self.most.activated.connect(lambda _place: self.limited.emit(int(self.most.code())))
        self.fault = Words("", "fault")
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.XS)
        self.grid(
            [
                Field(_("Who gives it"), self.giver),
                Field(_("Who votes instead"), self.holder),
                Field(_("One person may hold"), self.most),
            ]
        )
        self.column.addWidget(self.fault)
        self.column.addLayout(self.list)
        self.fault.hide()

    def show_proxies(self, electors: Choices, proxies: Sequence[Proxy], *, limit: int) -> None:
        """Offer those on the roll, and show what was given and how many one person may hold."""
        self.most.show_choices([(str(number), whole(number)) for number in range(MOST + 1)], str(limit))
        for entry in (self.giver, self.holder):
            entry.show_names(electors)
            entry.clear()
        empty(self.list)
        for one in proxies:
            told = _("{holder} votes for {giver}").format(holder=one.holder_name, giver=one.giver_name)
            state = _("holds") if one.holds else _("does not hold now")
            button = Button(_("Take back: {proxy} ({state})").format(proxy=told, state=state), "quiet")
            button.clicked.connect(lambda _=False, uid=one.id: self.taken_back.emit(uid))
            self.list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def first(self) -> QWidget:
        return self.giver

    def ask(self) -> None:
        right = self.giver.code() and self.holder.code()
        self.fault.show_words("" if right else _("Choose both persons from the list."))
        if right:
            self.kept.emit(self.giver.code(), self.holder.code())
