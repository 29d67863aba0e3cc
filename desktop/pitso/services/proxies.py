"""Proxies: an absent voter lets somebody who is present vote; whoever comes takes the proxy back by coming."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from pitso.domain.trouble import Trouble
from pitso.services import attendance, rolls, workshops
from pitso.services.change import Change
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Drop, Put
from pitso.words import _, whole

LIMIT, MOST = 1, 5
"""Proxies that one person may hold, unless the rules of the workshop say otherwise; 0 forbids them."""


@dataclass(frozen=True)
class Proxy:
    """One proxy, and whether it holds at the moment: not while the giver is in the room, nor without the holder."""

    id: str
    giver: str
    giver_name: str
    holder: str
    holder_name: str
    holds: bool


def limit(ws: Workspace, workshop: str) -> int:
    """How many proxies one person may hold."""
    return int(ws.journal.record(workshop).get("proxy_limit", LIMIT))


def set_limit(ws: Workspace, workshop: str, number: int) -> Change:
    """Let one person hold so many proxies; 0 forbids them."""
    if not 0 <= number <= MOST:
        raise Trouble(
            _("One person cannot hold {number} proxies.").format(number=whole(number)), _("Choose one of the list.")
        )
    said = _("One person may hold {number} proxies.").format(number=whole(number))
    return ws.record([Put(workshop, "proxy_limit", number)], said=said, made=workshop)


def give(ws: Workspace, workshop: str, *, giver: str, holder: str) -> Change:
    """Note a proxy; Trouble where giver or holder is not on the roll, or the holder has as many as one may hold."""
    on_it = {elector.person for elector in rolls.electors(ws, workshop)}
    if giver == holder or not {giver, holder} <= on_it:
        raise Trouble(
            _("Who gives a proxy and who holds it must be two persons on the roll."), _("Choose another person.")
        )
    held = [proxy for proxy in _all(ws, workshop).values() if proxy[1] == holder and proxy[0] != giver]
    if len(held) >= limit(ws, workshop):
        raise Trouble(
            _("{name} holds as many proxies as one person may.").format(name=person_name(ws, holder)),
            _("Choose another person."),
        )
    entity = f"proxy/{key_of(workshop)}/{giver.partition('/')[2]}"
    values = {"giver": giver, "holder": holder, "at": workshops.here(ws).isoformat()}
    said = _("{holder} holds the proxy of {giver}.").format(
        holder=person_name(ws, holder), giver=person_name(ws, giver)
    )
    return ws.record([Put(entity, field, value) for field, value in values.items()], said=said, made=entity)


def take_back(ws: Workspace, proxy: str) -> Change:
    """A proxy is taken back."""
    return ws.record([Drop(proxy)], said=_("The proxy was taken back."))


def _all(ws: Workspace, workshop: str) -> dict[str, tuple[str, str]]:
    records = ws.journal.records(f"proxy/{key_of(workshop)}/")
    return {uid: (str(r["giver"]), str(r["holder"])) for uid, r in records.items() if "giver" in r and "holder" in r}


def holders(ws: Workspace, workshop: str, present: Collection[str]) -> dict[str, str]:
    """Giver and holder of each proxy that holds while these persons are *present*."""
    given: dict[str, str] = {}
    for giver, holder in _all(ws, workshop).values():
        if giver not in present and holder in present:
            given[giver] = holder
    many = Counter(given.values())
    most = limit(ws, workshop)
    return {giver: holder for giver, holder in given.items() if many[holder] <= most}


def proxies(ws: Workspace, workshop: str, present: Collection[str]) -> tuple[Proxy, ...]:
    """Every proxy that was given."""
    holding = holders(ws, workshop, present)
    known = {one.person: one.name for one in attendance.participants(ws, workshop)}
    return tuple(
        Proxy(uid, giver, known.get(giver, ""), holder, known.get(holder, ""), giver in holding)
        for uid, (giver, holder) in _all(ws, workshop).items()
    )
