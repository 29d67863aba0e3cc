"""Looking after a workspace file."""

from pitso.services.workspace import Workspace
from pitso.storage import joining


def rebuild(ws: Workspace) -> bool:
    """Make the tables again from the journal; says whether they were equal."""
    return joining.rebuild(ws.journal)
