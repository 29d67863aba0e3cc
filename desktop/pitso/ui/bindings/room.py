"""What the bindings of the room share: which workshop is open, and its register in memory."""

from typing import TypeVar

from pitso.services import workshops, workspace
from pitso.services.change import Change
from pitso.services.room import Room, room_of
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.parts.page import Page

Shown = TypeVar("Shown", bound=Page)

CHOSEN = "room.workshop"


def workshop_here(ws: workspace.Workspace, engagement: str) -> str:
    """The workshop that was chosen last in this engagement, else the one that is on; empty where there is none."""
    known = [line.id for line in workshops.workshops(ws, engagement)]
    chosen = workspace.recall(ws, f"{CHOSEN}.{engagement}")
    if chosen in known:
        return str(chosen)
    line = workshops.current(ws, engagement)
    return line.id if line is not None else ""


def choose_workshop(ws: workspace.Workspace, workshop: str) -> str:
    """From now on the pages of the room show this workshop; returns its engagement."""
    engagement = str(ws.journal.record(workshop).get("engagement", ""))
    workspace.remember(ws, f"{CHOSEN}.{engagement}", workshop)
    return engagement


class RoomBinding(Binding[Shown]):
    """A page of the room; `room` is what it shows, None while the engagement has no workshop."""

    room: Room | None = None

    def enter(self, place: Place) -> None:
        self.place, self.open = place, True
        if place.code.startswith("workshop/"):
            workspace.remember(self.hall.workspace, f"{CHOSEN}.{place.engagement}", place.code)
        self._take()
        self.look()

    def _take(self) -> None:
        ws = self.hall.workspace
        workshop = self.hall.desk.ask(lambda: workshop_here(ws, self.place.engagement))
        self.room = self.hall.desk.ask(lambda: room_of(ws, workshop)) if workshop else None

    def go_to(self, page: str) -> None:
        """To another page of the same room."""
        self.hall.go(page)

    def _heard(self, change: Change) -> None:
        if not self.open or not (self.kinds is None or change.touches(*self.kinds)):
            return
        room = self.room
        if room is None:
            self._take()
        else:
            self.hall.desk.ask(lambda: room.look_again(change))
        self.look()
