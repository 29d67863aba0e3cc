"""What a finished checklist leaves open, and what stands on the agendas of meetings already."""

import re
from collections.abc import Sequence

from pitso.services.filling import Filling
from pitso.services.milestones import SETTLED
from pitso.services.record_ids import FINAL, SIGNED, beginning, engagement_of
from pitso.services.workspace import Workspace

AGENDA = "/data/agenda"
CHECKLISTS = ("statutes", "plan")
"""Forms whose open items become items of an agenda."""
_ITEM = re.compile(r".*/i\d\d")


def left_open(filling: Filling) -> tuple[str, ...]:
    """The items of a finished checklist that are not settled and stand on no agenda yet, by their paths (F20, F21)."""
    if filling.form.id not in CHECKLISTS or filling.state not in (FINAL, SIGNED) or filling.trial or filling.revision:
        return ()
    session = filling.session
    waiting = [path for path in session.paths() if _ITEM.fullmatch(path) and session.value(path) not in SETTLED]
    asked = on_agendas(filling.ws, engagement_of(filling.record)) if waiting else []
    if not asked:
        return tuple(waiting)
    said = _said(filling, waiting)
    return tuple(path for path in waiting if not any(item.endswith(tuple(said[path])) for item in asked))


def on_agendas(ws: Workspace, engagement: str) -> list[str]:
    """What stands on the agenda of any meeting of an engagement."""
    return [
        str(value)
        for record in ws.journal.records(beginning(engagement, "meeting")).values()
        for key, value in record.items()
        if key.startswith(AGENDA) and key.endswith("/item")
    ]


def _said(filling: Filling, paths: Sequence[str]) -> dict[str, list[str]]:
    """Each item in every language of its form: whoever put it on an agenda may have read another one."""
    session, spoken = filling.session, filling.session.language
    found: dict[str, list[str]] = {path: [] for path in paths}
    for language in filling.form.languages:
        session.speak(language.name)
        for path in paths:
            found[path].append(session.label(path))
    session.speak(spoken)
    return found
