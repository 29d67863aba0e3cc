"""What a workspace holds and what was sent, for the command line and scripts."""

from typing import Any

from pitso.services import assessments, engagements, exchange, phases, upkeep, warnings
from pitso.services.workspace import Workspace


def status(ws: Workspace) -> dict[str, Any]:
    """Engagements as they stand, and what is kept, sent, acknowledged and waiting; plain values for JSON."""
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
                "phase": next(phase.number for phase in phases.view(ws, line.id).lines if phase.here),
                "warnings": [
                    {"code": one.code, "severity": one.severity.value, "told": one.told, "rests": one.rests}
                    for one in warnings.warnings(ws, line.id)
                ],
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
