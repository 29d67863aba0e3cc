"""Looking after a workspace file."""

from pitso.services.workspace import Workspace
from pitso.storage import rebuilding


def rebuild(ws: Workspace) -> bool:
    """Make the tables again from the journal; says whether they were equal."""
    return rebuilding.rebuild(ws.journal)
