"""Erasing what was recorded of a person who asked for it: on every replica, as bundles reach them."""

from pitso.domain.trouble import Trouble
from pitso.services import contact_points, trust
from pitso.services.change import Change
from pitso.services.workspace import Workspace
from pitso.storage.edits import Erase, kind_of
from pitso.words import _


def may_erase(ws: Workspace) -> bool:
    """May it be done at this computer?"""
    return ws.office or trust.current(ws) is None


def erase(ws: Workspace, record: str, reason: str) -> Change:
    """Erase the personal contents of a *record*, of a person also how the person is reached: this cannot be undone.

    Where an office keeps a list of members, only its computers may; everybody who receives it looks again. Copies on
    old sticks and on paper are outside its reach. Trouble without a reason.
    """
    if not reason.strip():
        raise Trouble(_("The reason is missing."), _("Write who asked for it, and how: the reason stays."))
    ways = contact_points.points(ws, record)
    edits = [Erase(uid, reason.strip()) for uid in (record, *(point.id for point in ways))]
    change = ws.record(edits, said=_("The personal details were erased."), undoable=False)
    return Change(change.touched | {kind_of(record)}, change.said, undoable=False, record=record)
