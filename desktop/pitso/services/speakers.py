"""A simple speakers' list: who waits, who speaks, and how long each side spoke."""

from datetime import datetime

from pitso.domain.trouble import Trouble
from pitso.services import workshops
from pitso.services.change import Change
from pitso.services.people import required
from pitso.services.room_views import SpeechLine
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace
from pitso.storage.edits import Drop, Edit, Put
from pitso.storage.journal import Record
from pitso.words import _


def ask(ws: Workspace, session: str, *, name: str, side: str) -> Change:
    """Somebody of a side asks for the floor."""
    if side not in workshops.sides():
        raise Trouble(_("“{side}” is no side.").format(side=side), _("Choose one of the list."))
    speech = f"speech/{session.partition('/')[2]}/{ws.token()}"
    values = {"name": required(name, _("The name")), "side": side, "asked": workshops.here(ws).isoformat()}
    edits = [Put(speech, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("{name} is on the list.").format(name=values["name"]), made=speech)


def give_floor(ws: Workspace, speech: str) -> Change:
    """One of the list speaks from now on; whoever spoke has ended."""
    now = workshops.here(ws).isoformat()
    session = f"session/{speech.partition('/')[2].rpartition('/')[0]}"
    edits: list[Edit] = [Put(one.id, "ended", now) for one in speeches(ws, session) if one.began and not one.ended]
    edits.append(Put(speech, "began", now))
    name = str(ws.journal.record(speech).get("name", ""))
    return ws.record(edits, said=_("{name} has the floor.").format(name=name), made=speech)


def end(ws: Workspace, speech: str) -> Change:
    """A speech ended."""
    name = str(ws.journal.record(speech).get("name", ""))
    edits = [Put(speech, "ended", workshops.here(ws).isoformat())]
    return ws.record(edits, said=_("{name} has spoken.").format(name=name), made=speech)


def withdraw(ws: Workspace, speech: str) -> Change:
    """Somebody leaves the list without speaking."""
    name = str(ws.journal.record(speech).get("name", ""))
    return ws.record([Drop(speech)], said=_("{name} left the list.").format(name=name))


def speeches(ws: Workspace, session: str) -> tuple[SpeechLine, ...]:
    """The list of a session: who speaks, who waits in the order of asking, who has spoken."""
    records = ws.journal.records(f"speech/{session.partition('/')[2]}/")
    ordered = sorted(records.items(), key=lambda item: (_rank(item[1]), str(item[1].get("asked", "")), item[0]))
    return tuple(_line(uid, record) for uid, record in ordered if "name" in record)


def _rank(record: Record) -> int:
    return 2 if record.get("ended") else 0 if record.get("began") else 1


def _line(uid: str, record: Record) -> SpeechLine:
    side = str(record.get("side", "other"))
    began, ended = (datetime.fromisoformat(record[key]) if record.get(key) else None for key in ("began", "ended"))
    return SpeechLine(uid, str(record["name"]), side, workshops.sides().get(side, ""), began, ended)


def spoken(ws: Workspace, workshop: str) -> dict[str, int]:
    """Seconds that each side spoke in all sessions of a workshop."""
    found: dict[str, int] = {}
    for uid, record in ws.journal.records(f"speech/{key_of(workshop)}/").items():
        if "name" in record and (one := _line(uid, record)).seconds:
            found[one.side] = found.get(one.side, 0) + one.seconds
    return found
