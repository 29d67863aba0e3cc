"""Numbers and addresses of persons, valid until somebody finds out that they are not."""

from datetime import date

from pitso.domain.trouble import Trouble
from pitso.services.answers import day_of
from pitso.services.change import Change
from pitso.services.people import required
from pitso.services.programme_views import PointLine
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Edit, Put
from pitso.words import _

TELEPHONE = "telephone"


def means() -> dict[str, str]:
    """What a contact point may be, by code."""
    return {TELEPHONE: _("Telephone"), "email": _("E-mail"), "post": _("Postal address"), "radio": _("Radio")}


def _beginning(person: str) -> str:
    return f"point/{person.partition('/')[2]}/"


def points(ws: Workspace, person: str) -> tuple[PointLine, ...]:
    """The contact points of a person, the valid ones first."""
    lines = [
        PointLine(
            uid,
            means().get(str(held.get("means", "")), ""),
            str(held["address"]),
            day_of(str(held.get("invalid_since") or "")),
        )
        for uid, held in ws.journal.records(_beginning(person)).items()
        if held.get("address")
    ]
    return tuple(sorted(lines, key=lambda line: (line.invalid_since is not None, line.means_words, line.address)))


def add(ws: Workspace, person: str, *, by: str, address: str) -> Change:
    """Note a number or an address of a person; *by* is one of `means`."""
    if by not in means():
        raise Trouble(_("“{code}” is not in the list.").format(code=by), _("Choose one of it."))
    point = f"{_beginning(person)}{ws.token()}"
    edits = [Put(point, "means", by), Put(point, "address", required(address, _("The number or address")))]
    return ws.record(edits, said=_("{name} can be reached there.").format(name=person_name(ws, person)), made=point)


def set_valid(ws: Workspace, point: str, valid: bool) -> Change:
    """Say that a contact point is not valid any more, or is after all."""
    since = None if valid else ws.today().isoformat()
    said = _("This contact point is valid.") if valid else _("This contact point is not valid any more.")
    return ws.record([Put(point, "invalid_since", since)], said=said, made=point)


def wrong_number_edits(ws: Workspace, person: str, on: date) -> list[Edit]:
    """What marks the telephone numbers of a person as not valid since a day."""
    return [
        Put(uid, "invalid_since", on.isoformat())
        for uid, held in ws.journal.records(_beginning(person)).items()
        if held.get("means") == TELEPHONE and not held.get("invalid_since")
    ]
