"""Who takes part in an engagement, on which side and in which role."""

from pitso.domain.trouble import Trouble
from pitso.services.change import Change
from pitso.services.views import MemberLine
from pitso.services.workspace import Workspace
from pitso.storage.edits import Drop, Edit, Put
from pitso.words import _

PEER, HOST = "peer", "host"
RATING_ROLES = ("leader", "political", "administrative", "technical", "host")


def roles() -> tuple[tuple[str, str], ...]:
    """What a member may be in the team, by code; the first four rate as peers, ``host`` as a host."""
    return (
        ("leader", _("Team leader")),
        ("political", _("Political peer")),
        ("administrative", _("Administrative peer")),
        ("technical", _("Technical peer")),
        ("rapporteur", _("Rapporteur")),
        ("facilitator", _("Facilitator")),
        ("interpreter", _("Interpreter")),
        ("observer", _("Observer")),
        ("host", _("Host leader")),
    )


def side_words(side: str) -> str:
    """The side of a member in words."""
    return _("Hosts") if side == HOST else _("Peers")


def is_host(ws: Workspace, engagement: str, person: str | None) -> bool:
    """Does this person take part on the side of the hosts?"""
    return any(member.person == person and member.side == HOST for member in members(ws, engagement))


def member_edits(ws: Workspace, engagement: str, person: str, role: str, side: str) -> list[Edit]:
    """What makes a member, for deeds that make one in passing."""
    member = f"member/{engagement.partition('/')[2]}/{ws.token()}"
    return [Put(member, "person", person), Put(member, "role", role), Put(member, "side", side)]


def members(ws: Workspace, engagement: str) -> tuple[MemberLine, ...]:
    """Who takes part, in the order in which they were added."""
    named = dict(roles())
    noted = ws.journal.records(f"member/{engagement.partition('/')[2]}/")
    persons = ws.journal.several(record.get("person", "") for record in noted.values())
    bodies = ws.journal.several(person.get("organisation", "") for person in persons.values())
    found = []
    for uid, record in noted.items():
        person = persons.get(record.get("person", ""), {})
        found.append(
            MemberLine(
                id=uid,
                person=str(record.get("person", "")),
                name=str(person.get("name") or _("a person who is not known here")),
                role=str(record.get("role", "")),
                role_words=named.get(record.get("role", ""), ""),
                side=str(record.get("side", PEER)),
                side_words=side_words(record.get("side", PEER)),
                organisation=str(bodies.get(person.get("organisation", ""), {}).get("name", "")),
            )
        )
    order = [code for code, _words in roles()]
    found.sort(key=lambda member: (member.side != PEER, order.index(member.role), member.name))
    return tuple(found)


def add_member(ws: Workspace, engagement: str, *, person: str, role: str, side: str) -> Change:
    """Take a person into the team, or note a host who takes part."""
    if role not in dict(roles()):
        raise Trouble(_("“{role}” is no role in a team.").format(role=role), _("Choose one of the list."))
    if any(member.person == person for member in members(ws, engagement)):
        raise Trouble(_("This person takes part already."), _("Choose another one."))
    edits = member_edits(ws, engagement, person, role, side)
    name = str(ws.journal.record(person).get("name", ""))
    return ws.record(edits, said=_("{name} takes part now.").format(name=name), made=edits[0].entity)


def remove_member(ws: Workspace, member: str) -> Change:
    """Take a member out of the team; what was recorded by that person stays."""
    person = ws.journal.record(member).get("person", "")
    name = str(ws.journal.record(person).get("name", ""))
    return ws.record([Drop(member)], said=_("{name} does not take part any more.").format(name=name))
