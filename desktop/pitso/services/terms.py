"""Terms of office of councils and posts: when each ends, so that nobody is surprised by an election."""

from datetime import date

from pitso.domain.facts import Term
from pitso.services.answers import day_of
from pitso.services.change import Change
from pitso.services.programme_views import TermView
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from pitso.words import _, day


def _beginning(engagement: str) -> str:
    return f"term/{engagement.partition('/')[2]}/"


def _of(engagement: str, body: str) -> str:
    return f"{_beginning(engagement)}{body.partition('/')[2]}"


def term(ws: Workspace, engagement: str, body: str) -> TermView:
    """When the term of a body ends, as far as it was noted in this engagement."""
    held = ws.journal.record(_of(engagement, body))
    return TermView(body, day_of(str(held.get("ends") or "")), held.get("planned") == "yes")


def note(ws: Workspace, engagement: str, body: str, *, ends: date | None, planned: bool) -> Change:
    """Note when the term of a body ends, and whether the risk register says what is done about it."""
    name = str(ws.journal.record(body).get("name") or "")
    uid = _of(engagement, body)
    edits = [
        Put(uid, "of", body),
        Put(uid, "ends", ends.isoformat() if ends else None),
        Put(uid, "planned", "yes" if planned else "no"),
    ]
    said = _("{name}: the term ends on {day}.").format(name=name, day=day(ends)) if ends else _("No term is noted.")
    return ws.record(edits, said=said, made=body)


def facts_of(ws: Workspace, engagement: str) -> tuple[Term, ...]:
    """The terms that were noted, as facts."""
    held = ws.journal.records(_beginning(engagement))
    bodies = ws.journal.several(str(one.get("of") or "") for one in held.values())
    return tuple(
        Term(
            str(bodies.get(str(one.get("of")), {}).get("name") or ""), ends, one.get("planned") == "yes", str(one["of"])
        )
        for one in held.values()
        if one.get("of") and (ends := day_of(str(one.get("ends") or ""))) is not None
    )
