"""The four steps of an assessment, and which of them is open now."""

from PySide6.QtCore import Signal

from pitso.ui.parts.buttons import Parts
from pitso.words import _

RATE, REVEAL, AGREE, RESULT, FEEDBACK = "rating", "reveal", "consensus", "readiness", "feedback"


class Steps(Parts):
    """Rate, reveal, agree, result, feedback.

    Signals:
        stepped: the name of the page of the step that the user goes to.
    """

    stepped = Signal(str)

    def __init__(self) -> None:
        words = [(RATE, _("Rate")), (REVEAL, _("Reveal")), (AGREE, _("Agree")), (RESULT, _("Result"))]
        words.append((FEEDBACK, _("Feedback")))
        super().__init__(words, _("Steps of the assessment"))
        self.chosen.connect(self.stepped)

    def show_step(self, here: str, *, revealed: bool) -> None:
        """Mark the step that is open; agreeing and the result begin with the reveal."""
        self.show_part(here)
        for later in (AGREE, RESULT, FEEDBACK):
            self.buttons[later].setEnabled(revealed or later == here)
            closed = "" if revealed else _("Opens with the reveal")
            self.buttons[later].setToolTip(closed)
