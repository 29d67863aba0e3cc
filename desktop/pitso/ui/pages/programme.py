"""The programme of a workshop: what runs, what comes next, who led how long; one key begins and ends a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pitso import words
from pitso.services.room_views import SessionLine, WorkshopLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Entry, Field, KeptText, Picker
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.movable import MovableRows
from pitso.ui.parts.next_date import NextDate
from pitso.ui.parts.page import Page
from pitso.ui.parts.room_parts import PROGRAMME, RoomParts
from pitso.ui.parts.rows import Row
from pitso.ui.parts.tally import Count, Tally
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class WorkshopWords:
    """What was typed of a workshop; days are dates as text, *accessibility* holds codes."""

    title: str
    kind: str
    first: str
    last: str
    place: str
    languages: str
    interpretation: bool
    accessibility: tuple[str, ...]


@dataclass(frozen=True)
class SessionWords:
    """What was typed of a session; *day* is a date as text."""

    title: str
    kind: str
    day: str
    starts: str
    ends: str
    led: str


class ProgrammePage(Page):
    """The session that runs stands large; the days with their sessions beneath.

    Signals:
        stepped: the page of the room that the user goes to.
        workshop_chosen: the id of another workshop.
        workshop_kept: WorkshopWords of a new workshop.
        workshop_changed: WorkshopWords of the one that is shown, said anew.
        opened: the id of a session in the list.
        turned: the id of the session that begins or ends now.
        session_kept: the id of the open session, or empty for a new one; SessionWords.
        session_dropped: the id of the open session.
        moved: the id of a session, and its new place in its day.
        peers_admitted: the id of the session, and why.
        display_asked: the room display opens or closes.
        concluded: what came of the workshop.
    """

    help_page = "room"
    stepped = Signal(str)
    workshop_chosen = Signal(str)
    workshop_kept = Signal(object)
    workshop_changed = Signal(object)
    opened = Signal(str)
    turned = Signal(str)
    session_kept = Signal(str, object)
    session_dropped = Signal(str)
    moved = Signal(str, int)
    peers_admitted = Signal(str, str)
    display_asked = Signal()
    concluded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._open = self._turning = ""
        self._line: WorkshopLine | None = None
        self._changing = False
        self._days: Choices = []
        self.parts = RoomParts(PROGRAMME)
        self.parts.stepped.connect(self.stepped)
        self.workshops = Picker(_("Workshop"))
        self.workshops.currentIndexChanged.connect(lambda _i: self.workshop_chosen.emit(self.workshops.code()))
        self.add_line(self.parts)
        self.add_line(self.workshops, stretch=0)
        begin = Button(_("Begin a workshop"), "main", icon="plus")
        begin.clicked.connect(self.open_workshop_form)
        self.empty = Empty(
            _("No workshop yet"), _("A workshop has days, sessions, participants, a roll and resolutions."), begin
        )
        self.body.addWidget(self.empty)
        self._build_workshop_form()
        self._build_now()
        self.balance = Tally(_("Time that each side led"))
        self.body.addWidget(self.balance)
        self._build_session_form()
        self._build_outcome_form()
        self.rows = MovableRows(_("Sessions"), whole=True)
        self.rows.opened.connect(self.opened)
        self.rows.moved.connect(self.moved)
        self.body.addWidget(self.rows)
        self.next_date = NextDate()
        self.body.addWidget(self.next_date)
        self.body.addStretch(1)
        self._build_foot()

    def _build_now(self) -> None:
        self.now = Card("soft")
        self.now_state, self.now_title = Words("", "small"), Words("", "title")
        self.now_detail = Words("", "soft")
        self.turn = Button("", "main", icon="circle-play", hint=_("Begin or end the session (F5)"))
        self.turn.clicked.connect(self._turn)
        row = QHBoxLayout()
        row.addWidget(self.turn)
        row.addStretch(1)
        for widget in (self.now_state, self.now_title, self.now_detail):
            self.now.column.addWidget(widget)
        self.now.column.addLayout(row)
        self.body.addWidget(self.now)

    def _build_workshop_form(self) -> None:
        self.workshop_form = Card()
        self.title_entry, self.place_entry = Entry(_("Title")), Entry(_("Place"))
        self.kind = Picker(_("Kind of workshop"))
        self.first_day, self.last_day = Entry(_("First day"), example="2026-06-17"), Entry(_("Last day"))
        self.title_field = Field(_("Title"), self.title_entry)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.addWidget(self.title_field, 0, 0)
        grid.addWidget(Field(_("Kind of workshop"), self.kind), 0, 1)
        grid.addWidget(Field(_("First day"), self.first_day), 1, 0)
        grid.addWidget(Field(_("Last day"), self.last_day), 1, 1)
        grid.addWidget(Field(_("Place"), self.place_entry), 2, 0)
        self.languages = Entry(_("Languages"))
        grid.addWidget(Field(_("Languages"), self.languages), 2, 1)
        self.interpretation = Tick(_("Interpreted"))
        self.offered: dict[str, Tick] = {}
        self._offers = QGridLayout()
        self._offers.setHorizontalSpacing(theme.M)
        self.workshop_form.column.addLayout(grid)
        self.workshop_form.column.addWidget(Words(_("Offered, so that everybody can take part"), "strong"))
        self.workshop_form.column.addLayout(self._offers)
        self.body.addWidget(self.workshop_form)
        self.workshop_form.hide()

    def _build_session_form(self) -> None:
        self.session_form = Card()
        self.session_head = Words("", "heading")
        self.session_title = Entry(_("Title"))
        self.starts, self.ends = Entry(_("From"), example="09:00"), Entry(_("To"), example="10:30")
        self.session_kind, self.day, self.led = Picker(_("Kind of session")), Picker(_("Day")), Picker(_("Led by"))
        self.session_field = Field(_("Title"), self.session_title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.addWidget(self.session_field, 0, 0, 1, 2)
        grid.addWidget(Field(_("Kind of session"), self.session_kind), 0, 2, 1, 2)
        for place, picker in enumerate((self.day, self.starts, self.ends, self.led)):
            grid.addWidget(Field(picker.accessibleName(), picker), 1, place)
        self.why = Entry(_("Why the chair admits peers"))
        self.why_field = Field(_("Why the chair admits peers"), self.why)
        self.admit = Button(_("Admit peers"), "quiet")
        self.admit.clicked.connect(self._admit)
        self.take_out = Button(_("Take it out of the programme"), "quiet", icon="trash-2")
        self.take_out.clicked.connect(lambda: self.session_dropped.emit(self._open))
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.M)
        deeds.addWidget(self.admit)
        deeds.addWidget(self.take_out)
        deeds.addStretch(1)
        self.session_form.column.addWidget(self.session_head)
        self.session_form.column.addLayout(grid)
        self.session_form.column.addWidget(self.why_field)
        self.session_form.column.addLayout(deeds)
        self.body.addWidget(self.session_form)
        self.session_form.hide()

    def _build_outcome_form(self) -> None:
        self.outcome_form = Card()
        self.outcome = KeptText(_("What came of it"), lines=3)
        self.outcome_form.column.addWidget(Words(_("Outcome of the workshop"), "heading"))
        self.outcome_form.column.addWidget(Field(_("What came of it"), self.outcome))
        self.body.addWidget(self.outcome_form)
        self.outcome_form.hide()

    def _build_foot(self) -> None:
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.close_forms)
        self.new_workshop = Button(_("Another workshop"), "quiet")
        self.new_workshop.clicked.connect(self.open_workshop_form)
        self.change = Button(
            _("Change"), "quiet", hint=_("Title, days, place, languages, and what makes it accessible")
        )
        self.change.clicked.connect(self.open_change)
        self.conclude = Button(_("Outcome"), "quiet", icon="flag")
        self.conclude.clicked.connect(self.open_outcome)
        self.display = Button(_("Room display"), "quiet", icon="monitor", hint=_("For the projector (F11)"))
        self.display.clicked.connect(self.display_asked)
        self.add = Button("", "main", icon="plus")
        self.add.clicked.connect(self._add)
        buttons = (self.cancel, self.new_workshop, self.change, self.conclude, self.display, self.add)
        self.foot.addWidget(flowing(*buttons, apart=True))

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_lists(self, *, kinds: Choices, session_kinds: Choices, sides: Choices, accesses: Choices) -> None:
        """Offer what a workshop and a session may be; once, for the boxes to tick are made here."""
        self.offered = {code: Tick(told) for code, told in accesses}
        for place, tick in enumerate((self.interpretation, *self.offered.values())):
            self._offers.addWidget(tick, place // 3, place % 3)
        self.kind.show_choices(kinds, self.kind.code())
        self.session_kind.show_choices(session_kinds, self.session_kind.code())
        self.led.show_choices(sides, self.led.code())

    def show_nothing(self) -> None:
        """There is no workshop yet."""
        self.show_head(_("Programme"))
        for widget in (self.workshops, self.now, self.balance, self.rows):
            widget.hide()
        self._stand(has_workshop=False)

    def show_programme(
        self,
        line: WorkshopLine,
        workshops: Sequence[WorkshopLine],
        sessions: Sequence[SessionLine],
        *,
        turning: SessionLine | None,
        led: Sequence[tuple[str, str]],
        days: Choices,
    ) -> None:
        """Show the days; *turning* is the session that begins or ends next, *led* the share of each side."""
        self.show_head(_("Programme"), second=" · ".join(part for part in (line.title, line.place) if part))
        self.workshops.show_choices([(one.id, one.title) for one in workshops], line.id)
        self.workshops.setVisible(len(workshops) > 1)
        self._days, self._line = days, line
        self.outcome.show_text(line.outcome, of=line.id)
        self._show_now(turning)
        self.balance.show_counts([Count(share, side) for side, share in led])
        self.balance.setVisible(bool(led))
        self.rows.show_rows(_rows(sessions, turning))
        self.rows.show()
        self.next_date.show_date(line.next_date)
        self._stand(has_workshop=True)

    def _show_now(self, turning: SessionLine | None) -> None:
        self.now.setVisible(turning is not None)
        self._turning = turning.id if turning else ""
        if turning is None:
            return
        runs = turning.began is not None
        since = words.clock(turning.began) if turning.began else ""
        self.now_state.show_words(_("Running since {time}").format(time=since) if runs else _("Next"))
        self.now_title.setText(turning.title)
        self.now_detail.show_words(_detail(turning))
        self.turn.show_words(_("End the session") if runs else _("Begin the session"))
        self.now.show_look("done" if runs else "soft")

    def _stand(self, *, has_workshop: bool) -> None:
        form = self._form()
        self.empty.setVisible(not has_workshop and not form)
        self.cancel.setVisible(form)
        for button in (self.new_workshop, self.change, self.conclude, self.display):
            button.setVisible(has_workshop and not form)
        self.next_date.setVisible(has_workshop and not form)
        self.add.setVisible(has_workshop or form)
        self.add.show_words(_("Keep") if form else _("Add a session"))

    def show_session(self, one: SessionLine | None) -> None:
        """Open a session to be changed, or an empty form for a new one."""
        self._open = one.id if one else ""
        self.session_head.setText(one.title if one else _("A new session"))
        self.session_title.setText(one.title if one else "")
        self.starts.setText(one.starts if one else "")
        self.ends.setText(one.ends if one else "")
        self.day.show_choices(self._days, one.day.isoformat() if one else self.day.code())
        if one:
            self.session_kind.setCurrentIndex(self.session_kind.findData(one.kind))
            self.led.setCurrentIndex(self.led.findData(one.led))
        alone = one is not None and one.kind == "alone"
        self.why.setText(one.peers_admitted if one else "")
        for widget in (self.why_field, self.admit):
            widget.setVisible(alone)
        self.take_out.setVisible(one is not None and one.began is None)
        self.session_field.show_fault("")
        self.workshop_form.hide()
        self.session_form.show()
        self._stand(has_workshop=True)
        self.area.to_top()
        self.session_title.setFocus()

    # ---- what is said --------------------------------------------------------------------------------------

    def _form(self) -> bool:
        return any(not form.isHidden() for form in (self.workshop_form, self.session_form, self.outcome_form))

    def open_change(self) -> None:
        """Ask what is to be said otherwise of the workshop that is shown."""
        line = self._line
        if line is None:
            return
        self.open_workshop_form()
        self._changing = True
        self.title_entry.setText(line.title)
        self.place_entry.setText(line.place)
        self.languages.setText(line.languages)
        self.first_day.setText(line.starts.isoformat())
        self.last_day.setText(line.ends.isoformat())
        self.kind.setCurrentIndex(self.kind.findData(line.kind))
        self.interpretation.setChecked(line.interpreted)
        for code, tick in self.offered.items():
            tick.setChecked(code in line.accessibility)
        self.area.to_top()

    def open_workshop_form(self) -> None:
        """Ask for a new workshop."""
        self._changing = False
        for entry in (self.title_entry, self.place_entry, self.languages, self.first_day, self.last_day):
            entry.clear()
        for tick in (self.interpretation, *self.offered.values()):
            tick.setChecked(False)
        self.title_field.show_fault("")
        self.session_form.hide()
        self.workshop_form.show()
        self._stand(has_workshop=not self.rows.isHidden())
        self.title_entry.setFocus()

    def open_outcome(self) -> None:
        """Ask what came of the workshop."""
        self.outcome_form.show()
        self._stand(has_workshop=True)
        self.area.to_top()
        self.outcome.setFocus()

    def close_forms(self) -> None:
        """What was typed was kept, or is not wanted."""
        self.outcome_form.hide()
        self.workshop_form.hide()
        self.session_form.hide()
        self._stand(has_workshop=not self.rows.isHidden())
        self.focus_first()

    def _add(self) -> None:
        if not self._form():
            self.show_session(None)
        elif not self.workshop_form.isHidden():
            self._keep_workshop()
        elif not self.outcome_form.isHidden():
            self.concluded.emit(self.outcome.words())
        else:
            self._keep_session()

    def _keep_workshop(self) -> None:
        title = self.title_entry.text().strip()
        self.title_field.show_fault("" if title else _("Write the title, then go on."))
        if not title:
            self.title_entry.setFocus()
            return
        first = self.first_day.text().strip()
        told = WorkshopWords(
            title,
            self.kind.code(),
            first,
            self.last_day.text().strip() or first,
            self.place_entry.text(),
            self.languages.text(),
            self.interpretation.isChecked(),
            tuple(code for code, tick in self.offered.items() if tick.isChecked()),
        )
        (self.workshop_changed if self._changing else self.workshop_kept).emit(told)

    def _keep_session(self) -> None:
        title = self.session_title.text().strip()
        self.session_field.show_fault("" if title else _("Write the title, then go on."))
        if not title:
            self.session_title.setFocus()
            return
        told = SessionWords(
            title,
            self.session_kind.code(),
            self.day.code(),
            self.starts.text().strip(),
            self.ends.text().strip(),
            self.led.code(),
        )
        self.session_kept.emit(self._open, told)

    def _admit(self) -> None:
        why = self.why.text().strip()
        self.why_field.show_fault("" if why else _("Write the reason; it stays on the record."))
        if why:
            self.peers_admitted.emit(self._open, why)
        else:
            self.why.setFocus()

    def _turn(self) -> None:
        if self._turning:
            self.turned.emit(self._turning)

    def first_question(self) -> QWidget | None:
        if not self.session_form.isHidden():
            return self.session_title
        if not self.outcome_form.isHidden():
            return self.outcome
        if not self.workshop_form.isHidden():
            return self.title_entry
        if not self.empty.isHidden():
            return self.empty.findChild(Button)
        return self.turn if self.now.isVisibleTo(self) else self.add

    def escape(self) -> bool:
        opened = self._form()
        if opened:
            self.close_forms()
        return opened

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self._turn()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._form():
            self._admit() if self.why.hasFocus() else self._add()
        else:
            super().keyPressEvent(event)


def _detail(one: SessionLine) -> str:
    planned = _("planned {starts} to {ends}").format(starts=one.starts, ends=one.ends)
    led = _("led by: {side}").format(side=one.led_words)
    return " · ".join((one.kind_words, led, planned))


def _rows(sessions: Sequence[SessionLine], turning: SessionLine | None) -> list[Row]:
    rows: list[Row] = []
    for day, those in groupby(sessions, key=lambda one: one.day):
        rows.append(Row("", words.day(day)))
        for one in those:
            rows.append(_row(one, running=turning is not None and one.id == turning.id and one.began is not None))
    return rows


def _row(one: SessionLine, *, running: bool) -> Row:
    held = ""
    if one.began and one.ended:
        held = _("held {began} to {ended}").format(began=words.clock(one.began), ended=words.clock(one.ended))
    admitted = _("peers admitted") if one.peers_admitted else ""
    detail = " · ".join(part for part in (one.kind_words, one.led_words, held, admitted) if part)
    return Row(
        one.id,
        one.title,
        detail=detail,
        trailing=f"{one.starts} – {one.ends}",
        pill=_("running") if running else "",
        tone="done" if running else "soft",
        icon="circle-dot" if running else "circle-check" if one.ended else "circle",
        icon_role="done" if running or one.ended else "soft",
    )
