"""The agenda of the next formal meeting: what is seen differently, and what a checklist leaves open, is put on it."""

import re
from collections.abc import Sequence

from pitso.domain.trouble import Trouble
from pitso.services import library, records
from pitso.services.change import Change
from pitso.services.filling import Filling, open_record
from pitso.services.milestones import SETTLED
from pitso.services.record_ids import DRAFT, FINAL, SIGNED, beginning, engagement_of
from pitso.services.workspace import Workspace
from pitso.words import _, colon, ngettext, whole

ROWS = "/data/agenda"
CHECKLISTS = ("statutes", "plan")
"""Forms whose open items become items of an agenda."""
_ITEM = re.compile(r".*/i\d\d")


def put(ws: Workspace, engagement: str, wanted: Sequence[str]) -> Change:
    """Put items on the agenda of the next formal meeting: its draft, or a new one."""
    filling = open_record(ws, _next_meeting(ws, engagement))
    for item in wanted:
        filling.session.answer(f"{ROWS}[{_free_row(filling)}]/item", item)
    told = ngettext("{number} point stands on the agenda.", "{number} points stand on the agenda.", len(wanted))
    return records.keep(filling, filling.edits(), told.format(number=whole(len(wanted))))


def items(ws: Workspace, engagement: str) -> list[str]:
    """What stands on the agenda of any meeting of an engagement."""
    return [
        str(value)
        for record in ws.journal.records(beginning(engagement, "meeting")).values()
        for key, value in record.items()
        if key.startswith(ROWS) and key.endswith("/item")
    ]


def _next_meeting(ws: Workspace, engagement: str) -> str:
    """The draft of a meeting whose day has not passed, or a new one."""
    held = ws.journal.records(beginning(engagement, "meeting"))
    today = ws.today().isoformat()
    drafts = [
        uid
        for uid, record in held.items()
        if record.get("state") == DRAFT and str(record.get("/data/about/held_on") or today) >= today
    ]
    return drafts[-1] if drafts else records.begin(ws, engagement, library.current(ws, "meeting")).record


def _free_row(filling: Filling) -> int:
    """The number of the first row of the agenda without an item, added where there is none."""
    session = filling.session
    for number in range(1, session.rows(ROWS) + 1):
        if not session.value(f"{ROWS}[{number}]/item"):
            return number
    session.add_row(ROWS)
    return session.rows(ROWS)


# ---- what a checklist leaves open -----------------------------------------------------------------------------------


def left_open(filling: Filling) -> tuple[str, ...]:
    """The items of a finished checklist that are not settled and stand on no agenda yet, by their paths (F20, F21)."""
    if filling.form.id not in CHECKLISTS or filling.state not in (FINAL, SIGNED) or filling.trial or filling.revision:
        return ()
    session = filling.session
    waiting = [path for path in session.paths() if _ITEM.fullmatch(path) and session.value(path) not in SETTLED]
    asked = items(filling.ws, engagement_of(filling.record)) if waiting else []
    if not asked:
        return tuple(waiting)
    said = _said(filling, waiting)
    return tuple(path for path in waiting if not any(item.endswith(tuple(said[path])) for item in asked))


def put_open(filling: Filling) -> Change:
    """Put what a checklist leaves open on the agenda of the next formal meeting."""
    waiting = left_open(filling)
    if not waiting:
        raise Trouble(_("Nothing waits for an agenda."), _("Every item is settled, or stands on one already."))
    title = library.title_of(filling.form)
    return put(
        filling.ws, engagement_of(filling.record), [colon(title, filling.session.label(path)) for path in waiting]
    )


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
