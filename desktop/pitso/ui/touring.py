"""The guided tour in the window: the copy that it takes place in, and the way from step to step."""

from pathlib import Path
from typing import TYPE_CHECKING

from pitso.ui.hall import Place
from pitso.words import _

if TYPE_CHECKING:
    from pitso.ui.hall import Hall


def go(hall: "Hall", way: str) -> None:
    """Begin the tour in a copy, show the place of the open step, go back or to the next one, or end it."""
    from pitso.services import tour_steps

    if way == "begin":
        _begin(hall)
    elif way == "end":
        _end(hall)
    elif (step := tour_steps.here(hall.workspace)) is not None:
        number = step.number + {"back": -1, "next": 1}.get(way, 0)
        hall.desk.do(lambda: tour_steps.to_step(hall.workspace, number))
        show(hall)


def show(hall: "Hall") -> None:
    """Go where the open step takes place."""
    from pitso.services import tour, tour_steps

    step = tour_steps.here(hall.workspace)
    spot = hall.desk.ask(lambda: tour.spot(hall.workspace, step.number)) if step else None
    if spot is not None:
        if spot.folder:
            hall.asking.folder = Path(spot.folder)
        hall.going.emit(Place(spot.page, spot.engagement, spot.assessment, spot.code, spot.part))


def _begin(hall: "Hall") -> None:
    from pitso.services import tour, workspace
    from pitso.ui.bindings.first import free_path, home

    ws = hall.workspace

    def rehearsed() -> "workspace.Workspace":
        copied = tour.rehearse(ws, free_path(home(), _("Rehearsal")))
        return workspace.open_workspace(copied, key=ws.journal.file.key)

    opened = hall.desk.ask(rehearsed)
    if opened is not None:
        hall.arrived.emit(opened)
        show(hall)


def _end(hall: "Hall") -> None:
    """Back to the demonstration, which is as it was."""
    from pitso.services import tour, workspace

    ws = hall.workspace
    key = ws.journal.file.key

    def back() -> "workspace.Workspace":
        return workspace.open_workspace(tour.origin(ws), key=key)

    opened = hall.desk.ask(back)
    if opened is not None:
        hall.arrived.emit(opened)
        hall.desk.ask(lambda: tour.put_away(ws))
