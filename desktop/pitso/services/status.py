"""What a workspace holds and what was sent, for the command line and scripts."""

from typing import Any

from pitso.services import assessments, engagements, exchange, upkeep
from pitso.services.workspace import Workspace


def status(ws: Workspace) -> dict[str, Any]:
    """Engagements with their assessments, and what is kept, sent, acknowledged and waiting; plain values for JSON."""
    exchanged = exchange.exchange(ws)
    return {
        "workspace": ws.name,
        "office": ws.office,
        "demonstration": ws.demonstration,
        "kept": exchanged.kept,
        "sent": exchanged.sent,
        "acknowledged": exchanged.acknowledged,
        "waiting": exchanged.waiting,
        "differing": len(ws.journal.differing("")),
        "contested": len(ws.journal.contested("")),
        "odd": list(upkeep.oddities(ws)),
        "engagements": [
            {
                "title": line.title,
                "sides": line.sides,
                "assessments": [
                    {
                        "title": one.title,
                        "state": one.state,
                        "stage": one.stage.value,
                        "verdict": one.verdict.value if one.verdict else None,
                        "figures": one.figures,
                    }
                    for one in assessments.assessments(ws, line.id)
                ],
            }
            for line in engagements.engagements(ws)
        ],
    }
