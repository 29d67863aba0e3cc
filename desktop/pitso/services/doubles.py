"""Probable doubles among persons and bodies: proposed, never joined silently; a join can be undone."""

from pitso.domain import doubles
from pitso.services.change import Change
from pitso.services.views import DoubleLine
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from pitso.storage.journal import Record
from pitso.words import _, listed

KINDS = ("person", "organisation")


def proposed(ws: Workspace) -> tuple[DoubleLine, ...]:
    """Pairs that may be one person or one body, and that nobody has joined or told apart yet."""
    found: list[DoubleLine] = []
    for kind in KINDS:
        records = {uid: record for uid, record in ws.journal.records(f"{kind}/").items() if not record.get("same_as")}
        bodies = {uid: (str(r.get("name") or ""), str(r.get("organisation") or "")) for uid, r in records.items()}
        apart = set(ws.journal.records("apart/"))
        found += [
            DoubleLine(one, other, _told(ws, records[one]), _told(ws, records[other]))
            for one, other in doubles.pairs(bodies)
            if _apart(one, other) not in apart
        ]
    return tuple(found)


def number(ws: Workspace) -> int:
    """How many pairs are proposed; compared again only when a name, or what was said of two, has changed."""
    state = tuple(ws.journal.state(f"{kind}/") for kind in (*KINDS, "apart"))
    if ws.doubles is None or ws.doubles[0] != state:
        ws.doubles = state, len(proposed(ws))
    return ws.doubles[1]


def joined(ws: Workspace) -> tuple[DoubleLine, ...]:
    """What was joined: the one that is shown, and the one that is shown as it."""
    found = []
    for kind in KINDS:
        for uid, record in ws.journal.records(f"{kind}/").items():
            if kept := str(record.get("same_as") or ""):
                found.append(DoubleLine(kept, uid, _told(ws, ws.journal.record(kept)), _told(ws, record)))
    return tuple(found)


def _told(ws: Workspace, record: Record) -> str:
    body = str(ws.journal.record(record["organisation"]).get("name", "")) if record.get("organisation") else ""
    return listed(part for part in (str(record.get("name") or ""), str(record.get("role") or ""), body) if part)


def _apart(one: str, other: str) -> str:
    first, second = sorted((one, other))
    return f"apart/{first.replace('/', '.')}/{second.replace('/', '.')}"


def told_apart(ws: Workspace) -> frozenset[tuple[str, str]]:
    """Pairs that somebody told to be two, each sorted."""
    pairs = (uid.split("/")[1:] for uid in ws.journal.records("apart/"))
    return frozenset((one.replace(".", "/", 1), other.replace(".", "/", 1)) for one, other in pairs)


def join(ws: Workspace, kept: str, double: str) -> Change:
    """Note that *double* is the same as *kept*: from now on it is shown as that one. Nothing of either is lost."""
    name = str(ws.journal.record(kept).get("name") or "")
    return ws.record([Put(double, "same_as", kept)], said=_("{name} stands once now.").format(name=name))


def tell_apart(ws: Workspace, one: str, other: str) -> Change:
    """Note that these are two, so that they are not proposed again."""
    name = str(ws.journal.record(one).get("name") or "")
    said = _("Noted: {name} and the other are not the same.").format(name=name)
    return ws.record([Put(_apart(one, other), "different", True)], said=said)


def part(ws: Workspace, double: str) -> Change:
    """Undo a join, however long ago."""
    name = str(ws.journal.record(double).get("name") or "")
    return ws.record([Put(double, "same_as", None)], said=_("{name} stands apart again.").format(name=name))
