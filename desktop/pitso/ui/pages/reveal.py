"""Before the reveal: who has finished, and nothing of what they rated."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.views import RaterLine, RevealView
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.steps import AGREE, REVEAL, Steps
from pitso.ui.parts.words import Words
from pitso.words import _


class RevealPage(Page):
    """Shows how far each rater is; the leader reveals.

    Signals:
        revealed: the leader reveals the ratings.
        rater_opened: the id of the rater who wants to go on rating at this computer.
        stepped: the name of the page of another step.
    """

    help_page = "reveal"
    revealed = Signal()
    rater_opened = Signal(str)
    stepped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps()
        self.steps.stepped.connect(self.stepped)
        self.body.insertWidget(0, self.steps)
        self.rows = Rows(_("Who rates"), whole=True)
        self.rows.opened.connect(self.rater_opened)
        self.body.addWidget(self.rows)
        self.why = Card("soft")
        self.why_words = Words()
        self.why.column.addWidget(self.why_words)
        self.body.addWidget(self.why)
        self.body.addStretch(1)
        self.reveal = Button(_("Reveal the ratings"), "main", icon="eye")
        self.reveal.clicked.connect(self.revealed)
        self.go_on = Button(_("Agree on the ratings"), "main", icon="messages-square")
        self.go_on.clicked.connect(lambda: self.stepped.emit(AGREE))
        self.foot.addStretch(1)
        self.foot.addWidget(self.reveal)
        self.foot.addWidget(self.go_on)

    def show_reveal(self, view: RevealView, *, revealed: bool) -> None:
        """Show who has finished; after the reveal only that it has been."""
        self.show_head(
            _("Who has finished?"),
            second=_("Each rates alone. What was rated stays hidden until the leader reveals it."),
            place=view.title,
            beside=view.stage_words,
        )
        self.steps.show_step(REVEAL, revealed=revealed)
        self.rows.show_rows([self._row(line) for line in view.raters])
        ready = _("All is ready. The reveal cannot be undone, and its moment is kept.")
        self.why_words.setText(view.why_not or ready)
        self.reveal.setVisible(not revealed)
        self.go_on.setVisible(revealed)
        self.reveal.setEnabled(view.may_reveal)
        self.reveal.setToolTip("" if view.may_reveal else view.why_not)

    def _row(self, line: RaterLine) -> Row:
        told = _("{answered} of {total} answered").format(
            answered=words.whole(line.answered), total=words.whole(line.total)
        )
        here = _("writes at this computer: open to go on rating") if line.writing_here else _("open to rate as {name}")
        return Row(
            line.id,
            line.name,
            detail=f"{line.side_words} · {here.format(name=line.name)}",
            trailing=told,
            pill=_("finished") if line.finished else _("still rating"),
            tone="done" if line.finished else "warn",
            icon="circle-check" if line.finished else "circle",
            icon_role="done" if line.finished else "strong",
        )

    def first_question(self) -> QWidget | None:
        if self.go_on.isVisibleTo(self):
            return self.go_on
        return self.rows
