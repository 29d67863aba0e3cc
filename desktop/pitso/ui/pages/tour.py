"""The guided tour: its ten steps, and at its end the same figures on two computers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.tour import Elsewhere
from pitso.services.tour_steps import TourStep
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Figures
from pitso.ui.parts.page import Page
from pitso.ui.parts.progress import Progress
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _


class TourPage(Page):
    """The steps as a list; the last one compares.

    Signals:
        step_opened: the number of a step.
        comparison_asked: a bundle is to be read on an empty computer.
    """

    help_page = "tour"
    step_opened = Signal(str)
    comparison_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(_("Steps of the tour"), compact=True, whole=True)
        self.rows.opened.connect(self.step_opened)
        self.progress = Progress()
        self.progress.stop.hide()
        self.outcome = Card("done")
        self.outcome_words = Words("", "heading")
        self.figures = Figures(_("The same elsewhere"))
        self.outcome.column.addWidget(self.outcome_words)
        self.outcome.column.addWidget(self.figures)
        self.outcome.hide()
        for widget in (self.progress, self.outcome, self.rows):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.compare = Button(_("Write a bundle and read it elsewhere"), "main", icon="arrow-left-right")
        self.compare.clicked.connect(self.comparison_asked)
        self.foot.addStretch(1)
        self.foot.addWidget(self.compare)

    def show_steps(self, steps: Sequence[TourStep], *, here: int) -> None:
        """Show the steps; those before the one that is open are done."""
        self.show_head(
            _("Guided tour"), second=_("It takes place in a copy: try anything, the demonstration stays as it is.")
        )
        self.rows.show_rows(
            [
                Row(
                    str(step.number),
                    f"{words.whole(step.number)} · {step.title}",
                    detail=step.told,
                    icon="circle-check" if step.number < here else "circle-dot" if step.number == here else "circle",
                )
                for step in steps
            ],
            chosen=str(here),
        )

    def show_working(self, working: bool) -> None:
        """Say that the bundle is being read elsewhere."""
        self.compare.setEnabled(not working)
        self.progress.show_working(_("A bundle is written and read") if working else "")

    def show_elsewhere(self, found: Elsewhere) -> None:
        """Show what both computers say."""
        self.outcome.show_look("done" if found.equal else "wrong")
        self.outcome_words.show_words(
            _("Both computers say the same.") if found.equal else _("The two computers differ.")
        )
        self.figures.show_table(("", _("Here"), _("Elsewhere")), found.lines, wide=2)
        self.outcome.show()
        self.area.to_top()

    def first_question(self) -> QWidget | None:
        return self.compare if self.compare.isEnabled() else self.rows
