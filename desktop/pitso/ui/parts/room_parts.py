"""The pages of the room, and which of them is open."""

from PySide6.QtCore import Signal

from pitso.ui.parts.buttons import Parts
from pitso.words import _

PROGRAMME, DESK, DOOR, ROLL, MINUTES = "room", "desk", "door", "roll", "minutes"


class RoomParts(Parts):
    """Programme, desk, door, roll, minutes.

    Signals:
        stepped: the name of the page of the room that the user goes to.
    """

    stepped = Signal(str)

    def __init__(self, here: str) -> None:
        words = [
            (PROGRAMME, _("Programme")),
            (DESK, _("Desk")),
            (DOOR, _("Door")),
            (ROLL, _("Roll")),
            (MINUTES, _("Minutes")),
        ]
        super().__init__(words, _("Parts of the room"))
        self._here = here
        self.show_part(here)
        self.chosen.connect(self._step)

    def _step(self, page: str) -> None:
        self.show_part(self._here)
        if page != self._here:
            self.stepped.emit(page)
