"""Which fields hold values that were written in two places without knowing each other."""

from pitso.services import assessments
from pitso.services.workspace import Workspace
from pitso.storage.edits import kind_of


def number(ws: Workspace) -> int:
    """How many fields hold values that differ."""
    return len(fields(ws))


def fields(ws: Workspace) -> list[tuple[str, str]]:
    """The fields that hold values that differ, as (entity, field), in a fixed order."""
    found = {*ws.journal.contested(""), *ws.journal.differing("")}
    return sorted(
        (entity, field) for entity, field in found if not assessments.sealed(ws, entity) and not _follows(entity, field)
    )


def _follows(entity: str, field: str) -> bool:
    """Is this worked out from other fields, so that nobody needs to choose?"""
    return kind_of(entity) == "record" and field == "name"
