"""The minutes: what is said, resolutions with their votes, commitments and speakers, typed while people speak."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pitso.services.room_views import ResolutionView, SessionLine
from pitso.ui.pages.minutes_forms import CommitmentForm, ResolutionForm, SpeakersForm
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import KeptText, Picker
from pitso.ui.parts.form_card import Form
from pitso.ui.parts.page import Page
from pitso.ui.parts.room_parts import MINUTES, RoomParts
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tally import Count, Tally
from pitso.ui.parts.words import Tone, Words
from pitso.words import _, whole

RESOLUTION, COMMITMENT, SPEAKERS = "resolution", "commitment", "speakers"
TONES: dict[str, Tone] = {"adopted": "done", "rejected": "wrong", "postponed": "warn", "withdrawn": "soft"}


class MinutesPage(Page):
    """The notes of one session, the resolutions beneath; Ctrl+R and Ctrl+M open a form above them.

    Signals:
        stepped: the page of the room that the user goes to.
        session_chosen: the id of the session whose notes are shown.
        noted: the notes of that session.
        form_asked: the name of a form that opens, with the id of a resolution or an empty text.
        renumber_asked: numbers that stand twice are given anew.
        programme_asked: there is no workshop yet.
    """

    help_page = "minutes"
    stepped = Signal(str)
    session_chosen = Signal(str)
    noted = Signal(str)
    form_asked = Signal(str, str)
    renumber_asked = Signal()
    programme_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has = False
        self.parts = RoomParts(MINUTES)
        self.parts.stepped.connect(self.stepped)
        begin = Button(_("To the programme"), "main")
        begin.clicked.connect(self.programme_asked)
        self.empty = Empty(_("No session yet"), _("Put one into the programme; then its minutes stand here."), begin)
        self.tally = Tally(_("Figures of the room"))
        self.session = Picker(_("Session"))
        self.session.currentIndexChanged.connect(lambda _i: self.session_chosen.emit(self.session.code()))
        self.notes = KeptText(_("What was said"), lines=5, example=_("Type while people speak; it is kept by itself."))
        self.notes.kept.connect(self.noted)
        self.twice = Card("warn")
        self.renumber = Button(_("Number them anew"))
        self.renumber.clicked.connect(self.renumber_asked)
        told = _(
            "Two computers gave one number twice. Number them in the order of deciding, before anything is signed."
        )
        self.twice.column.addWidget(Words(told, "strong"))
        self.twice.column.addWidget(self.renumber, 0, Qt.AlignmentFlag.AlignLeading)
        self.resolution, self.commitment, self.speakers = ResolutionForm(), CommitmentForm(), SpeakersForm()
        self.forms: dict[str, Form] = {
            RESOLUTION: self.resolution,
            COMMITMENT: self.commitment,
            SPEAKERS: self.speakers,
        }
        self.title_of_rows = Words(_("Resolutions"), "heading")
        self.rows = Rows(_("Resolutions"), whole=True)
        self.rows.opened.connect(lambda uid: self.form_asked.emit(RESOLUTION, uid))
        self.add_line(self.parts)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.tally)
        for form in self.forms.values():
            self.body.addWidget(form)
            form.hide()
        self.body.addWidget(self.session)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.twice)
        self.body.addWidget(self.title_of_rows)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self._build_foot()

    def _build_foot(self) -> None:
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.close_forms)
        self.speak = Button(_("Speakers"), "quiet", icon="messages-square")
        self.speak.clicked.connect(lambda: self.form_asked.emit(SPEAKERS, ""))
        self.promise = Button(_("Commitment"), hint=_("A new commitment (Ctrl+M)"))
        self.promise.clicked.connect(lambda: self.form_asked.emit(COMMITMENT, ""))
        self.add = Button(_("Resolution"), "main", icon="plus", hint=_("A new resolution (Ctrl+R)"))
        self.add.clicked.connect(lambda: self.form_asked.emit(RESOLUTION, ""))
        self.keep = Button(_("Keep"), "main", icon="check")
        self.keep.clicked.connect(self._keep)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        for button in (self.speak, self.promise, self.add, self.keep):
            self.foot.addWidget(button)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """There is no workshop yet, or no session."""
        self.show_head(_("Minutes"))
        for widget in (self.tally, self.session, self.notes, self.twice, self.title_of_rows, self.rows):
            widget.hide()
        for button in (self.cancel, self.speak, self.promise, self.add, self.keep):
            button.hide()
        self.empty.show()

    def show_minutes(
        self,
        title: str,
        sessions: Sequence[SessionLine],
        session: SessionLine,
        resolutions: Sequence[tuple[ResolutionView, str]],
        *,
        counts: Sequence[Count],
        twice: bool,
    ) -> None:
        """Show the notes of a session, and every resolution with how it was decided."""
        self.empty.hide()
        self.show_head(_("Minutes"), second=title)
        self.tally.show_counts(counts)
        self.session.show_choices([(one.id, _numbered(one)) for one in sessions], session.id)
        self.notes.show_text(session.notes, of=session.id)
        self.rows.show_rows([_row(one, told) for one, told in resolutions])
        self._has = bool(resolutions)
        self.twice.setVisible(twice)
        self._stand()

    def _stand(self) -> None:
        name = self.open_form()
        for widget in (self.tally, self.session, self.notes):
            widget.setVisible(not name)
        self.title_of_rows.setVisible(self._has and not name)
        self.rows.setVisible(self._has and not name)
        self.cancel.setVisible(bool(name))
        self.keep.setVisible(bool(name) and self.keep.isEnabled())
        self.keep.show_words(_("Put on the list") if name == SPEAKERS else _("Keep"))
        for button in (self.speak, self.promise, self.add):
            button.setVisible(not name)

    def open_form(self) -> str:
        """The name of the form that is open, or empty."""
        return next((name for name, form in self.forms.items() if not form.isHidden()), "")

    def show_form(self, name: str, *, keeps: bool = True) -> None:
        """Open one form, and close any other; *keeps*: there is something to be kept in it."""
        self.notes.flush()
        for other, form in self.forms.items():
            form.setVisible(other == name)
        self.keep.setEnabled(keeps)
        self._stand()
        self.area.to_top()
        self.focus_first()

    def close_forms(self) -> None:
        """What was typed was kept, or is not wanted."""
        for form in self.forms.values():
            form.hide()
        self.keep.setEnabled(True)
        self._stand()
        self.focus_first()

    # ---- what is said --------------------------------------------------------------------------------------

    def _keep(self) -> None:
        if name := self.open_form():
            self.forms[name].ask()

    def leave(self) -> None:
        self.notes.flush()

    def first_question(self) -> QWidget | None:
        if not self.empty.isHidden():
            return self.empty.findChild(Button)
        name = self.open_form()
        return self.forms[name].first() if name else self.notes

    def escape(self) -> bool:
        opened = bool(self.open_form())
        if opened:
            self.close_forms()
        return opened

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name, control = self.open_form(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_R and self.empty.isHidden():
            self.form_asked.emit(RESOLUTION, "")
        elif control and event.key() == Qt.Key.Key_M and self.empty.isHidden():
            self.form_asked.emit(COMMITMENT, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and name:
            self.resolution.decide.click() if any(c.hasFocus() for c in self.resolution.counts) else self._keep()
        else:
            super().keyPressEvent(event)


def _row(one: ResolutionView, told: str) -> Row:
    number = f"{one.called} · " if one.called else ""
    return Row(
        one.id,
        f"{number}{one.title}",
        detail=told,
        pill=one.result_words or _("before the room"),
        tone="warn" if one.decided_at and not one.quorum_met else TONES.get(one.result, "accent"),
        icon="check" if one.result == "adopted" else "circle-dot",
    )


def _numbered(one: SessionLine) -> str:
    """The number of a session and its title; a Latin title in an Arabic list does not take the number along."""
    return f"{whole(one.number)}. \u2068{one.title}\u2069"
