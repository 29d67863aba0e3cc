"""Badges that wait for the printer: at this computer only, so that nothing is lost while the printer is away."""

import json
from collections.abc import Sequence

from pitso import words
from pitso.paper import imprint as imprints
from pitso.paper.documents import badges
from pitso.services import room_papers
from pitso.services.change import Change
from pitso.services.papers import Paper
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace
from pitso.words import _, whole

AT_ONCE = "room.badges.at_once"


def _key(workshop: str) -> str:
    return f"room.badges.{key_of(workshop)}"


def waiting(ws: Workspace, workshop: str) -> tuple[str, ...]:
    """The attendances whose badges are still to be printed, in the order in which they came."""
    return tuple(json.loads(ws.journal.own(_key(workshop)) or "[]"))


def add(ws: Workspace, workshop: str, attendance: str) -> None:
    """Let one more badge wait; one that waits already waits once."""
    if attendance not in (before := waiting(ws, workshop)):
        ws.journal.set_own(_key(workshop), json.dumps([*before, attendance]))


def printed(ws: Workspace, workshop: str, done: Sequence[str]) -> Change:
    """These left for the printer."""
    rest = [one for one in waiting(ws, workshop) if one not in done]
    ws.journal.set_own(_key(workshop), json.dumps(rest))
    said = words.ngettext("{number} badge was printed.", "{number} badges were printed.", len(done))
    return Change(frozenset({"badge"}), said.format(number=whole(len(done))), undoable=False)


def at_once(ws: Workspace) -> bool:
    """Is each badge printed as soon as somebody registered?"""
    return ws.journal.own(AT_ONCE) == "yes"


def set_at_once(ws: Workspace, wanted: bool) -> Change:
    """Print each badge at once, or let them wait."""
    ws.journal.set_own(AT_ONCE, "yes" if wanted else "no")
    said = _("Each badge is printed at once.") if wanted else _("Badges wait until you print them.")
    return Change(frozenset({"badge"}), said, undoable=False)


def paper(ws: Workspace, workshop: str, wanted: Sequence[str]) -> Paper:
    """The badges of these attendances, in the language of the screen."""
    view = room_papers.badge_sheet(ws, workshop, wanted)
    pdf = badges.make(view, words.language())
    return Paper("badges.pdf", pdf, imprints.digest(view), view.imprint.title, view.imprint.state.value)
