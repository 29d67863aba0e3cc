"""The track of an engagement, read without its records of forms: founding, or strengthening what exists."""

from pitso.domain.facts import WEAK
from pitso.services.workspace import Workspace

EXISTS = "/data/about/association_exists"
"""The question of the identification by which the track is set."""
WITHDRAWN = "withdrawn"


def strengthens(ws: Workspace, engagement: str) -> bool:
    """Does the engagement strengthen an association that exists already?"""
    beginning = f"record/{engagement.partition('/')[2]}/identification/"
    held = ws.journal.records(beginning, fields=[EXISTS, "state"])
    return any(one.get(EXISTS) in WEAK and one.get("state", WITHDRAWN) != WITHDRAWN for one in held.values())
