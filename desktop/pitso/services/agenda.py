"""The agenda of the next formal meeting: what is seen differently, and what a checklist leaves open, is put on it."""

from collections.abc import Sequence

from pitso.domain.trouble import Trouble
from pitso.services import library, records
from pitso.services.change import Change
from pitso.services.filling import Filling, open_record
from pitso.services.open_items import AGENDA, left_open
from pitso.services.record_ids import DRAFT, beginning, engagement_of
from pitso.services.workspace import Workspace
from pitso.words import _, colon, ngettext, whole


def put(ws: Workspace, engagement: str, wanted: Sequence[str]) -> Change:
    """Put items on the agenda of the next formal meeting: its draft, or a new one."""
    filling = open_record(ws, _next_meeting(ws, engagement))
    for item in wanted:
        filling.session.answer(f"{AGENDA}[{_free_row(filling)}]/item", item)
    told = ngettext("{number} point stands on the agenda.", "{number} points stand on the agenda.", len(wanted))
    return records.keep(filling, filling.edits(), told.format(number=whole(len(wanted))))


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
    for number in range(1, session.rows(AGENDA) + 1):
        if not session.value(f"{AGENDA}[{number}]/item"):
            return number
    session.add_row(AGENDA)
    return session.rows(AGENDA)


def put_open(filling: Filling) -> Change:
    """Put what a checklist leaves open on the agenda of the next formal meeting."""
    waiting = left_open(filling)
    if not waiting:
        raise Trouble(_("Nothing waits for an agenda."), _("Every item is settled, or stands on one already."))
    title = library.title_of(filling.form)
    return put(
        filling.ws, engagement_of(filling.record), [colon(title, filling.session.label(path)) for path in waiting]
    )
