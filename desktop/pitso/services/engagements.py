"""Engagements: the peer process between two sides, and who takes part in it."""

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services import assessments, people
from pitso.services.change import Change
from pitso.services.views import EngagementLine, EngagementView, MemberLine, SideLine
from pitso.services.workspace import Workspace, acknowledged, require_author
from pitso.storage import joining
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


def begin(ws: Workspace, *, title: str, country: str, host: str, supporting: str, coordinating: str) -> Change:
    """Begin an engagement in a host country between the named bodies; the author leads the peers at first."""
    author = require_author(ws)
    engagement = f"engagement/{ws.token()}"
    country = people.required(country, _("The host country"))
    title = title.strip() or country
    bodies = (
        ("host", people.required(host, _("The host side")), "group"),
        ("supporting", people.required(supporting, _("The supporting association")), "association"),
        ("coordinating", people.required(coordinating, _("The coordinating office")), "office"),
    )
    edits: list[Edit] = [
        Put(engagement, "title", title),
        Put(engagement, "country", country),
        Put(engagement, "started_on", ws.today().isoformat()),
    ]
    known = {view.name: view.id for view in people.organisations(ws)}
    for role, name, kind in bodies:
        uid = known.get(name) or f"organisation/{ws.token()}"
        if name not in known:
            edits += people.organisation_edits(uid, name, kind)
        edits.append(Put(engagement, role, uid))
    edits += _member_edits(ws, engagement, author, "leader", PEER)
    return ws.record(edits, said=_("The engagement “{title}” was begun.").format(title=title), made=engagement)


def _member_edits(ws: Workspace, engagement: str, person: str, role: str, side: str) -> list[Edit]:
    member = f"member/{engagement.partition('/')[2]}/{ws.token()}"
    return [Put(member, "person", person), Put(member, "role", role), Put(member, "side", side)]


def engagements(ws: Workspace) -> tuple[EngagementLine, ...]:
    """Every engagement of the workspace, one line each."""
    return tuple(_line(ws, uid) for uid in ws.journal.records("engagement/"))


def _line(ws: Workspace, uid: str) -> EngagementLine:
    record = ws.journal.record(uid)
    lines = assessments.assessments(ws, uid)
    judged = next((line for line in reversed(lines) if line.verdict), None)
    received = ws.journal.file.rows("SELECT max(at) FROM bundle WHERE direction = 'received'")[0][0]
    return EngagementLine(
        id=uid,
        title=str(record.get("title", "")),
        sides=", ".join(side.name for side in _sides(ws, record)),
        assessments=len(lines),
        verdict=judged.verdict if judged else None,
        verdict_words=judged.verdict_words if judged else _("no verdict yet"),
        verdict_on=judged.held_on if judged else None,
        last_received=joining.hlc.moment(received).astimezone() if received else None,
    )


def _sides(ws: Workspace, record: dict[str, str]) -> tuple[SideLine, ...]:
    titles = {
        "host": _("Host side"),
        "supporting": _("Supporting association"),
        "coordinating": _("Coordinating office"),
    }
    return tuple(
        SideLine(role, title, record[role], str(ws.journal.record(record[role]).get("name", "")))
        for role, title in titles.items()
        if role in record
    )


def members(ws: Workspace, engagement: str) -> tuple[MemberLine, ...]:
    """Who takes part, in the order in which they were added."""
    named = dict(roles())
    found = []
    for uid, record in ws.journal.records(f"member/{engagement.partition('/')[2]}/").items():
        person = ws.journal.record(record.get("person", ""))
        body = ws.journal.record(person.get("organisation", "")) if person.get("organisation") else {}
        found.append(
            MemberLine(
                id=uid,
                person=str(record.get("person", "")),
                name=str(person.get("name") or _("a person who is not known here")),
                role=str(record.get("role", "")),
                role_words=named.get(record.get("role", ""), ""),
                side=str(record.get("side", PEER)),
                side_words=side_words(record.get("side", PEER)),
                organisation=str(body.get("name", "")),
            )
        )
    order = [code for code, _words in roles()]
    found.sort(key=lambda member: (member.side != PEER, order.index(member.role), member.name))
    return tuple(found)


def engagement(ws: Workspace, uid: str) -> EngagementView:
    """One engagement at a glance."""
    record = ws.journal.record(uid)
    team = members(ws, uid)
    lines = assessments.assessments(ws, uid)
    step, page = _next(ws, team, lines)
    started = record.get("started_on")
    return EngagementView(
        id=uid,
        title=str(record.get("title", "")),
        country=str(record.get("country", "")),
        started_on=assessments.a_date(started) if started else None,
        sides=_sides(ws, record),
        team=team,
        assessments=lines,
        next_step=step,
        next_page=page,
    )


def _next(ws: Workspace, team: tuple[MemberLine, ...], lines: tuple[assessments.AssessmentLine, ...]) -> tuple[str, str]:
    if sum(member.side == PEER for member in team) < 2:
        return _("Add the other peers to the team."), "people"
    if not lines:
        return _("Begin the first readiness assessment."), "assess"
    if lines[-1].state == "rating":
        return _("Every peer rates alone; then the leader reveals the ratings."), "assess"
    if lines[-1].state == "revealed":
        return _("Agree on the ratings, the contested ones first."), "assess"
    if joining.count(ws.journal, acknowledged(ws)):
        return _("Send a bundle to the coordinating office."), "exchange"
    return _("Look at the verdict and what stands in the way."), "assess"


def add_member(ws: Workspace, engagement: str, *, person: str, role: str, side: str) -> Change:
    """Take a person into the team, or note a host who takes part."""
    if role not in dict(roles()):
        raise Trouble(_("“{role}” is no role in a team.").format(role=role), _("Choose one of the list."))
    if any(member.person == person for member in members(ws, engagement)):
        raise Trouble(_("This person takes part already."), _("Choose another one."))
    edits = _member_edits(ws, engagement, person, role, side)
    name = str(ws.journal.record(person).get("name", ""))
    return ws.record(edits, said=_("{name} takes part now.").format(name=name), made=edits[0].entity)


def remove_member(ws: Workspace, member: str) -> Change:
    """Take a member out of the team; what was recorded by that person stays."""
    person = ws.journal.record(member).get("person", "")
    name = str(ws.journal.record(person).get("name", ""))
    return ws.record([Drop(member)], said=_("{name} does not take part any more.").format(name=name))


def title_of(ws: Workspace, engagement: str) -> str:
    """The title of an engagement."""
    return str(ws.journal.record(engagement).get("title", words._("an engagement that is not known here")))
