"""Erasing what was recorded of a person who asked for it: on every replica, as bundles reach them."""

from pitso.services.change import Change
from pitso.services.workspace import Workspace
from pitso.storage.edits import Erase, kind_of
from pitso.words import _


def erase(ws: Workspace, record: str, reason: str) -> Change:
    """Erase the personal contents of a *record*: this cannot be undone.

    Whether whoever asks may do so is decided by the caller, and again by everybody who receives it. Copies on old
    sticks and on paper are outside its reach.
    """
    change = ws.record([Erase(record, reason)], said=_("The personal details were erased."), undoable=False)
    return Change(change.touched | {kind_of(record)}, change.said, undoable=False, record=record)
