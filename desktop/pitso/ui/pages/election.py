"""An election: position after position, the ladder of its steps, and the step that is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso.domain.elections.ladder import State
from pitso.services.election_views import ElectionView, RungLine, StepForm, StepRow, StepView
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Empty, Figures
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Picker
from pitso.ui.parts.page import Page, Panel
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.step_form import FormCard
from pitso.ui.parts.words import Pill, Tone, Words
from pitso.words import _

ICONS = {
    State.DONE: ("circle-check", "done"),
    State.OPEN: ("circle-dot", "accent"),
    State.WAITING: ("circle", "soft"),
    State.STOPPED: ("triangle-alert", "wrong"),
    State.UNNEEDED: ("circle", "soft"),
}
TONES: dict[State, Tone] = {
    State.DONE: "done",
    State.OPEN: "accent",
    State.WAITING: "soft",
    State.STOPPED: "wrong",
    State.UNNEEDED: "soft",
}


class ElectionPage(Page):
    """The ladder of one position, and one step of it.

    Signals:
        position_opened: the id of a position.
        step_opened: the id of a step of the ladder.
        row_opened: the id of a row of the open step.
        deed_asked: the code of a deed, and the answers by their keys.
        left: the page that a step leads to.
        paper_asked: the paper of the open step.
        other_opened: the id of another election.
        new_asked: the user plans an election.
    """

    help_page = "election"
    position_opened = Signal(str)
    step_opened = Signal(str)
    row_opened = Signal(str)
    deed_asked = Signal(str, object)
    left = Signal(str)
    paper_asked = Signal(str)
    other_opened = Signal(str)
    new_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Panel())
        self._positions: tuple[tuple[str, str], ...] = ()
        self._paper = ""
        self.cards: list[FormCard] = []
        self._build_panel()
        self._build_body()
        self.paper = Button("", icon="printer", hint=_("The paper of this step (Ctrl+P)"))
        self.paper.show_words(_("The paper of this step"))
        self.paper.clicked.connect(lambda: self.paper_asked.emit(self._paper))
        self.foot.addWidget(self.paper)
        self.foot.addStretch(1)

    def _build_panel(self) -> None:
        assert self.panel is not None
        self.positions = QVBoxLayout()
        self.parts: Parts | None = None
        self.panel.head.addSpacing(theme.S)
        self.panel.head.addLayout(self.positions)
        self.rungs = Rows(_("Steps of the election"), compact=True)
        self.rungs.opened.connect(self._open_step)
        self.panel.show_list(self.rungs)
        self.others = Picker(_("Elections of this engagement"))
        self.others.activated.connect(lambda _index: self.other_opened.emit(self.others.code()))
        self.new = Button(_("Another election"), "quiet", icon="plus")
        self.new.clicked.connect(self.new_asked)
        self.panel.foot.addWidget(self.others)
        self.panel.foot.addWidget(self.new)

    def _build_body(self) -> None:
        self.state = Pill()
        self.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeading)
        self.why = Words("", "strong")
        self.cautions = Card("warn")
        self.told = QVBoxLayout()
        self.told.setSpacing(theme.XS)
        self.rows = Rows("", whole=True)
        self.rows.opened.connect(self.row_opened)
        self.figures = Figures(_("Figures"))
        self.forms = QVBoxLayout()
        self.forms.setSpacing(theme.M)
        self.empty = Empty(
            _("Here will stand the election"),
            _("Rules, roll, officers, nominations, rounds, count and declaration: one step after the other."),
        )
        self.body.addWidget(self.empty)
        self.body.addWidget(self.why)
        self.body.addWidget(self.cautions)
        self.body.addLayout(self.told)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.figures)
        self.body.addLayout(self.forms)
        self.body.addStretch(1)

    # ---- what is shown ----------------------------------------------------------------------------------------------

    def show_election(self, view: ElectionView, *, engagement: str) -> None:
        """Show an election with the step that is open in it."""
        assert self.panel is not None
        self.panel.title.show_words(view.title)
        self._show_positions(view)
        self.rungs.show_rows([_rung(line) for line in view.rungs], chosen=view.step.id)
        several = len(view.others) > 1
        self.others.setVisible(several)
        self.others.show_choices(list(view.others), view.id)
        self.new.setVisible(True)
        self.rungs.setVisible(True)
        self.empty.hide()
        self._show_step(view.step, engagement=engagement)

    def show_beginning(self, form: StepForm | None, *, engagement: str, any_: bool) -> None:
        """Ask for what an election is planned with; without a form there is no workshop yet whose roll could count."""
        assert self.panel is not None
        self.show_head(_("Plan an election"), place=engagement)
        self.panel.title.show_words(_("Election"))
        self._show_positions(None)
        for widget in (self.rungs, self.others, self.new, self.why, self.cautions, self.rows, self.figures, self.paper):
            widget.setVisible(False)
        self.state.show_words("", "soft")
        empty(self.told)
        self.empty.setVisible(not any_)
        if form is None:
            self.told.addWidget(Words(_("An election rests on the roll of a workshop: begin one in the room first.")))
        self._show_forms((form,) if form is not None else ())

    def _show_positions(self, view: ElectionView | None) -> None:
        wanted = tuple((line.id, line.title) for line in view.positions) if view else ()
        if wanted != self._positions or self.parts is None:
            empty(self.positions)
            icons = {line.id: ICONS[State(line.state)][0] for line in view.positions} if view else {}
            self.parts = Parts(list(wanted), _("Positions"), icons_of=icons)
            self.parts.chosen.connect(self._open_position)
            self.positions.addWidget(self.parts)
            self._positions = wanted
        self.parts.setVisible(bool(wanted))
        if view is not None:
            self.parts.show_part(view.position)

    def _show_step(self, step: StepView, *, engagement: str) -> None:
        self.show_head(step.title, second=step.place, place=engagement)
        self.state.show_words(step.state_words, TONES[step.state])
        self.why.show_words(step.why)
        empty(self.told)
        for line in step.told:
            self.told.addWidget(Words(line))
        self._show_warned(step.warned)
        self.rows.setAccessibleName(step.title)
        self.rows.show_rows([_row(row) for row in step.rows], chosen=step.chosen)
        self.rows.setVisible(bool(step.rows))
        self.figures.setVisible(len(step.figures) > 1)
        if step.figures:
            self.figures.show_table(step.figures[0], step.figures[1:])
        self._paper = step.paper
        self.paper.setVisible(bool(step.paper))
        self._show_forms(step.forms)

    def _show_warned(self, lines: tuple[str, ...]) -> None:
        empty(self.cautions.column)
        for line in lines:
            self.cautions.column.addWidget(Words(line, "strong"))
        self.cautions.setVisible(bool(lines))

    def _show_forms(self, forms: tuple[StepForm, ...]) -> None:
        """Show the forms; one that is the same as before keeps what was typed into it."""
        if [card.form for card in self.cards] == list(forms):
            return
        kept = {card.form: card for card in self.cards if card.form in forms}
        for card in self.cards:
            self.forms.removeWidget(card)
            if card.form not in kept:
                card.hide()
                card.deleteLater()
        self.cards = []
        for form in forms:
            card = kept.get(form) or self._card(form)
            self.forms.addWidget(card)
            self.cards.append(card)

    def _card(self, form: StepForm) -> FormCard:
        card = FormCard(form)
        card.done.connect(self.deed_asked)
        card.left.connect(self.left)
        return card

    def forget_forms(self) -> None:
        """What was typed was kept: the forms begin anew."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []

    def to_top(self) -> None:
        """Another step was opened."""
        self.area.to_top()
        self.close_panel()
        self.focus_first()

    # ---- what is chosen ---------------------------------------------------------------------------------------------

    def paper_wanted(self) -> str:
        return self._paper

    def _open_step(self, step: str) -> None:
        self.step_opened.emit(step)

    def _open_position(self, position: str) -> None:
        self.position_opened.emit(position)

    def first_question(self) -> QWidget | None:
        for card in self.cards:
            if (first := card.first()) is not None:
                return first
        if self.rows.isVisibleTo(self):
            return self.rows
        return self.rungs if self.rungs.isVisibleTo(self) else self


def _rung(line: RungLine) -> Row:
    icon, role = ICONS[line.state]
    return Row(line.id, line.title, detail=line.detail, icon=icon, icon_role=role, heard=line.state_words)


def _row(row: StepRow) -> Row:
    tones: dict[str, Tone] = {"done": "done", "warn": "warn", "wrong": "wrong"}
    return Row(row.id, row.title, detail=row.detail, pill=row.pill, tone=tones.get(row.tone, "soft"))
