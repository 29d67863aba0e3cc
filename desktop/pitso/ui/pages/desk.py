"""The registration desk and the door: a name, a council or a badge, Enter, and the next person."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pitso import words
from pitso.services.attendance import answers
from pitso.services.room_views import Participant
from pitso.ui import theme
from pitso.ui.pages.more_about import MoreAboutForm
from pitso.ui.pages.walk_in import WalkInCard
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Entry, Field, Picker, Search
from pitso.ui.parts.page import Page
from pitso.ui.parts.room_parts import DESK, DOOR, RoomParts
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tally import Count, Tally
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

State = tuple[str, bool]
"""Where a person is, in a word, and whether that is what this page brings about."""
SHOWN = 6
"""Matches that are shown at most, so that the figures stay in sight."""


class _Finder(Search):
    """A search in which the arrows walk among what was found, while one goes on typing.

    Signals:
        stepped: 1 down, -1 up.
    """

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


class DeskPage(Page):
    """One search field that also takes the scanner; at the door the same field notes who goes in and out.

    Signals:
        stepped: the page of the room that the user goes to.
        searched: the words typed so far.
        taken: what was typed when Enter was pressed, and the id of the row that the user stands on.
        opened: the id of somebody in the list.
        register_asked: the id of the open person, and the name that a seat is given.
        way_asked: the id of the open person, and what is noted at the door.
        badge_asked: the id of the open person, who lost the badge.
        more_asked: the id of the open person, of whom more is to be noted.
        identity_chosen: how voters are known at this desk.
        walk_in_asked: the form for somebody new opens.
        print_asked: the badges that wait are printed.
        at_once_chosen: whether each badge is printed at once.
        letter_chosen: the letter of this desk.
        import_asked: participants are brought in from a table.
        all_in_asked: everybody who registered comes in.
        programme_asked: there is no workshop yet, and the user goes to where one begins.
        clock_mended: the times of the desk whose clock is wrong are read as they were meant.
    """

    stepped = Signal(str)
    searched = Signal(str)
    taken = Signal(str, str)
    opened = Signal(str)
    register_asked = Signal(str, str)
    way_asked = Signal(str, str)
    badge_asked = Signal(str)
    more_asked = Signal(str)
    identity_chosen = Signal(str)
    walk_in_asked = Signal()
    print_asked = Signal()
    at_once_chosen = Signal(bool)
    letter_chosen = Signal(str)
    import_asked = Signal()
    all_in_asked = Signal()
    programme_asked = Signal()
    clock_mended = Signal()

    def __init__(self, door: bool = False) -> None:
        super().__init__()
        self.door = door
        self.help_page = "door" if door else "desk"
        self._open = ""
        self.parts = RoomParts(DOOR if door else DESK)
        self.parts.stepped.connect(self.stepped)
        self.tally = Tally(_("Figures of the room"))
        self.search = _Finder(_("Name, council or badge; or scan a badge"))
        self.search.textChanged.connect(self.searched)
        self.matches = Rows(_("Found"), compact=True, whole=True)
        self.matches.opened.connect(self.opened)
        self.search.stepped.connect(self.matches.walk)
        begin = Button(_("To the programme"), "main")
        begin.clicked.connect(self.programme_asked)
        self.empty = Empty(_("No workshop yet"), _("Begin one in the programme; then people can register here."), begin)
        self.add_line(self.parts)
        self.clock = Card("warn")
        self.clock_words = Words("", "strong")
        self.mend_clock = Button(_("Read its times as they were meant"))
        self.mend_clock.clicked.connect(self.clock_mended)
        self.clock.column.addWidget(self.clock_words)
        self.clock.column.addWidget(self.mend_clock, 0, Qt.AlignmentFlag.AlignLeading)
        self.clock.hide()
        self.body.addWidget(self.empty)
        self.body.addWidget(self.clock)
        self.body.addWidget(self.tally)
        self.body.addWidget(self.search)
        self.body.addWidget(self.matches)
        self._build_card()
        self._build_walk_in()
        self._build_settings()
        self.recent_title = Words(_("Registered last"), "strong")
        self.recent = Rows(_("Registered last"), compact=True, whole=True)
        self.recent.opened.connect(self.opened)
        self.body.addWidget(self.recent_title)
        self.body.addWidget(self.recent)
        self.body.addWidget(self.settings)
        self.body.addStretch(1)
        self._build_foot()

    def _build_card(self) -> None:
        self.card = Card()
        self.name, self.detail, self.state = Words("", "heading"), Words("", "soft"), Words("", "strong")
        self.seat_name = Entry(_("Name of who came"))
        self.seat_field = Field(_("Name of who came"), self.seat_name)
        self.register = Button(_("Register"), "main", icon="check")
        self.register.clicked.connect(self._register)
        self.way_in, self.way_out = Button(_("In")), Button(_("Out"))
        self.remote = Button(_("Takes part from a distance"), "quiet")
        self.dropped = Button(_("The line was lost"), "quiet")
        for button, way in (
            (self.way_in, "in"),
            (self.way_out, "out"),
            (self.remote, "remote"),
            (self.dropped, "dropped"),
        ):
            button.clicked.connect(lambda _=False, way=way: self.way_asked.emit(self._open, way))
        self.new_badge = Button(_("New badge"), "quiet", hint=_("The old one opens nothing any more"))
        self.new_badge.clicked.connect(lambda: self.badge_asked.emit(self._open))
        self.more = Button(_("More"), "quiet", hint=_("Language, disability, photograph: only if it is wanted"))
        self.more.clicked.connect(lambda: self.more_asked.emit(self._open))
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.M)
        for widget in (self.register, self.way_in, self.way_out, self.remote, self.dropped, self.new_badge, self.more):
            deeds.addWidget(widget)
        deeds.addStretch(1)
        for part in (self.name, self.detail, self.state, self.seat_field):
            self.card.column.addWidget(part)
        self.card.column.addLayout(deeds)
        self.body.addWidget(self.card)
        self.about = MoreAboutForm()
        self.body.addWidget(self.about)
        self.about.hide()

    def _build_walk_in(self) -> None:
        self.walk_in = WalkInCard()
        self.body.addWidget(self.walk_in)
        self.walk_in.hide()

    def _build_settings(self) -> None:
        self.settings = QWidget()
        row = QHBoxLayout(self.settings)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        self.identity, self.letter = Picker(_("How voters are known here")), Picker(_("This desk"))
        self.letter.setMinimumContentsLength(3)
        self.identity.currentIndexChanged.connect(lambda _i: self.identity_chosen.emit(self.identity.code()))
        self.letter.currentIndexChanged.connect(lambda _i: self.letter_chosen.emit(self.letter.code()))
        self.at_once = Tick(_("Print each badge at once"))
        self.at_once.clicked.connect(self.at_once_chosen)
        row.addWidget(Field(_("This desk"), self.letter), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Field(_("How voters are known here"), self.identity), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.at_once, 1, Qt.AlignmentFlag.AlignBottom)

    def _build_foot(self) -> None:
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.close_forms)
        self.bring_in = Button(_("Bring in a table"), "quiet", icon="download")
        self.bring_in.clicked.connect(self.import_asked)
        self.print = Button("", "quiet", icon="printer")
        self.print.clicked.connect(self.print_asked)
        self.all_in = Button(_("All who registered are in"), icon="users")
        self.all_in.clicked.connect(self.all_in_asked)
        self.add = Button(_("Not invited"), icon="plus", hint=_("Register somebody who was not invited (Ctrl+N)"))
        self.add.clicked.connect(self.open_walk_in)
        self.keep = Button(_("Register"), "main", icon="check")
        self.keep.clicked.connect(self.walk_in.ask)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)
        self.keep.hide()
        for button in (self.bring_in, self.print, self.all_in, self.add):
            self.foot.addWidget(button)
        self.cancel.hide()

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """There is no workshop yet."""
        self.show_head(_("Door") if self.door else _("Registration desk"))
        for widget in (self.tally, self.search, self.matches, self.card, self.recent, self.recent_title, self.settings):
            widget.hide()
        for button in (self.bring_in, self.print, self.all_in, self.add):
            button.hide()
        self.empty.show()

    def show_room(self, title: str, counts: Sequence[Count], *, running: str, letter: str) -> None:
        """Show where we are and the figures."""
        self.empty.hide()
        second = _("Now: {session}").format(session=running) if running else _("No session runs.")
        desk = _("Desk {letter}").format(letter=letter)
        self.show_head(_("Door") if self.door else _("Registration desk"), second=second, beside=f"{title} · {desk}")
        self.tally.show_counts(counts)
        form = self._asking()
        for widget in (self.tally, self.search):
            widget.setVisible(not form)
        for button in (self.bring_in, self.add):
            button.setVisible(not self.door and not form)
        self.all_in.setVisible(self.door and not form)

    def show_fault(self, told: str, *, clock: bool) -> None:
        """Say what is wrong with the desks, such as a *clock* that can be mended here; empty where nothing is."""
        self.clock_words.setText(told)
        self.mend_clock.setVisible(clock)
        self.clock.setVisible(bool(told))

    def show_found(self, found: Sequence[Participant], states: Sequence[State]) -> None:
        """Show who was found, each with where the person is; the first one is what Enter takes."""
        rows = [_row(one, state) for one, state in zip(found[:SHOWN], states, strict=False)]
        self.matches.show_rows(rows, chosen=rows[0].id if rows else "")
        self.matches.setVisible(bool(rows) and not self._asking())

    def show_recent(self, recent: Sequence[Participant], states: Sequence[State]) -> None:
        """Show who registered last."""
        self.recent.show_rows([_row(one, state) for one, state in zip(recent, states, strict=True)])
        shown = bool(recent) and not self._asking()
        for widget in (self.recent, self.recent_title):
            widget.setVisible(shown)

    def show_person(self, one: Participant | None, state: str, *, inside: bool) -> None:
        """Show the person who is open, or nobody."""
        self.card.setVisible(one is not None and not self._asking())
        if one is None:
            self._open = ""
            return
        if one.id != self._open:
            self.seat_name.clear()
        self._open = one.id
        number = _("Badge {number}").format(number=words.whole(one.number)) if one.number else ""
        self.name.setText(one.name or _("(name not known yet)"))
        self.detail.show_words(" · ".join(part for part in (one.capacity_words, one.council_name, number) if part))
        self.state.show_words(state)
        self.card.show_look("done" if inside else "plain")
        self.seat_field.setVisible(not one.person)
        came = one.registered
        self.register.setVisible(not came and not self.door)
        self.new_badge.setVisible(came and not self.door)
        self.more.setVisible(bool(one.person) and not self.door)
        self.way_in.setVisible(came and not inside)
        self.way_out.setVisible(came and inside)
        self.remote.setVisible(came and self.door and not inside)
        self.dropped.setVisible(came and self.door and inside)

    def show_settings(
        self, *, letter: str, letters: list[tuple[str, str]], identities: list[tuple[str, str]], identity: str
    ) -> None:
        """Show how this desk works."""
        self.letter.show_choices(letters, letter)
        self.identity.show_choices(identities, identity)
        self.settings.setVisible(not self.door and not self._asking())

    def show_queue(self, waiting: int, *, at_once: bool) -> None:
        """Say how many badges wait for the printer."""
        told = ngettext("Print {number} badge", "Print {number} badges", waiting).format(number=words.whole(waiting))
        self.print.show_words(told)
        self.print.setVisible(bool(waiting) and not self.door and not self._asking())
        self.at_once.setChecked(at_once)

    def open_about(self) -> None:
        """Open the form for what else may be noted of the person; Escape and Keep put it away."""
        self.about.heading.setText(self.name.text())
        self.about.show()
        self.cancel.show()
        for widget in (self.card, self.tally, self.search, self.matches, self.recent, self.recent_title, self.settings):
            widget.hide()
        for button in (self.print, self.bring_in, self.add):
            button.hide()
        self.about.first().setFocus()

    def close_forms(self) -> None:
        """Away with whichever form is open; the field is ready."""
        self.about.hide()
        self.close_walk_in()

    def _asking(self) -> bool:
        """Does a form stand in place of the desk?"""
        return not (self.walk_in.isHidden() and self.about.isHidden())

    def next_person(self) -> None:
        """The field is empty and ready for the next one."""
        self.search.setText("")  # not clear(), which Ctrl+Z would take back in place of the deed
        self.search.setFocus()

    # ---- what is said --------------------------------------------------------------------------------------

    def open_walk_in(self) -> None:
        """Open the form for somebody new, with what was typed."""
        if self.door or not self.empty.isHidden():
            return
        typed = self.search.text().strip()
        self.walk_in.show()
        self.cancel.show()
        self.keep.show()
        for widget in (self.card, self.about, self.matches, self.recent, self.recent_title, self.settings, self.print):
            widget.hide()
        self.walk_in_asked.emit()
        self.walk_in.begin(typed)

    def close_walk_in(self) -> None:
        """Away with the form; the field is ready."""
        self.walk_in.hide()
        self.cancel.hide()
        self.keep.hide()
        self.next_person()
        self.walk_in_asked.emit()

    def _register(self) -> None:
        needs = self.seat_field.isVisible()
        name = self.seat_name.text().strip()
        self.seat_field.show_fault(_("Write the name; one word is enough.") if needs and not name else "")
        if needs and not name:
            self.seat_name.setFocus()
        else:
            self.register_asked.emit(self._open, name)

    def ask_seat_name(self) -> None:
        """Enter met a seat without a name: ask for it."""
        self.seat_name.setFocus()

    def search_field(self) -> QWidget | None:
        return self.search

    def first_question(self) -> QWidget | None:
        if not self.empty.isHidden():
            return self.empty.findChild(Button)
        return self.walk_in.name if not self.walk_in.isHidden() else self.search

    def escape(self) -> bool:
        if self._asking():
            self.close_forms()
            return True
        typed = bool(self.search.text())
        self.search.clear()
        return typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.open_walk_in()
        elif enter and not self.walk_in.isHidden():
            self.walk_in.ask()
        elif enter and self.about.isAncestorOf(self.focusWidget() or self):
            self.about.ask()
        elif enter and self.seat_name.hasFocus():
            self._register()
        elif enter and self.search.hasFocus() and self.search.text().strip():
            self.taken.emit(self.search.text(), self.matches.current_id() if self.matches.isVisible() else "")
        else:
            super().keyPressEvent(event)


def _row(one: Participant, state: State) -> Row:
    return Row(
        one.id,
        one.name or _("(name not known yet)"),
        detail=" · ".join(part for part in (one.council_name, one.capacity_words, _answered(one)) if part),
        trailing=words.whole(one.number) if one.number else "",
        pill=state[0],
        tone="done" if state[1] else "soft",
        icon="circle-check" if state[1] else "user",
        icon_role="done" if state[1] else "soft",
    )


def _answered(one: Participant) -> str:
    """What somebody who has not come yet answered to the invitation."""
    return answers()[one.answer] if one.answer and not one.registered else ""


class DoorPage(DeskPage):
    """The door."""

    def __init__(self) -> None:
        super().__init__(door=True)
