"""What the room sees on the projector: the session, a resolution, or lines that were made public; nothing else."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pitso.services import quorum, resolutions, workshops
from pitso.services.change import Change
from pitso.services.room import Room
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace
from pitso.words import _, whole

SESSION, RESOLUTION, LINES = "session", "resolution", "lines"


@dataclass(frozen=True)
class DisplayView:
    """One screen for the room."""

    above: str
    """The workshop."""
    heading: str
    text: str = ""
    lines: tuple[str, ...] = ()
    """Short lines, one below the other: a ballot that is open, a result that was declared."""
    figures: tuple[tuple[str, str], ...] = ()
    """Figures that stand at the foot: how many voters, the quorum."""


def _key(workshop: str) -> str:
    return f"room.display.{key_of(workshop)}"


def follow_session(ws: Workspace, workshop: str) -> Change:
    """Show the session that runs, whichever that is."""
    return _show(ws, workshop, {"show": SESSION}, _("The room sees the session."))


def show_resolution(ws: Workspace, workshop: str, resolution: str) -> Change:
    """Show the text of a resolution, as it stands at each moment."""
    return _show(ws, workshop, {"show": RESOLUTION, "of": resolution}, _("The room sees the resolution."))


def show_lines(ws: Workspace, workshop: str, title: str, lines: Sequence[str]) -> Change:
    """Show lines that are public: a ballot that is open, a result that was declared."""
    told = {"show": LINES, "title": title, "lines": list(lines)}
    return _show(ws, workshop, told, _("The room sees: {title}").format(title=title))


def _show(ws: Workspace, workshop: str, told: Mapping[str, Sequence[str]], said: str) -> Change:
    ws.journal.set_own(_key(workshop), json.dumps(told))
    return Change(frozenset({"display"}), said, undoable=False)


def view(ws: Workspace, workshop: str) -> DisplayView:
    """What the room sees now."""
    room = Room(ws, workshop)
    told = json.loads(ws.journal.own(_key(workshop)) or "{}")
    above, figures = room.line.title, _figures(room)
    if told.get("show") == LINES:
        return DisplayView(above, str(told["title"]), lines=tuple(map(str, told["lines"])), figures=figures)
    if told.get("show") == RESOLUTION:
        one = next((each for each in resolutions.resolutions(ws, workshop) if each.id == told["of"]), None)
        if one is not None:
            lines = (resolutions.decision_words(one),) if one.decided_at else ()
            return DisplayView(above, one.title, one.text, lines, figures)
    running = room.running
    if running is not None:
        return DisplayView(above, running.title, figures=figures)
    coming = next((one for one in workshops.sessions(ws, workshop) if one.began is None), None)
    if coming is None:
        return DisplayView("", above)
    return DisplayView(above, _("Next: {session}").format(session=coming.title), lines=(coming.starts,))


def _figures(room: Room) -> tuple[tuple[str, str], ...]:
    told = room.quorum()
    found = [(whole(told.voters), _("may vote now"))]
    if told.lines:
        found.append((_("Quorum") if told.met else _("No quorum"), quorum.brief(told)))
    return tuple(found)
