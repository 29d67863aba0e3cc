"""Engagements: the peer process between two sides, and who takes part in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from pitso.domain import hlc
from pitso.domain.folding import fold
from pitso.domain.trouble import Trouble
from pitso.services import assessments, people, teams
from pitso.services.change import Change
from pitso.services.views import AssessmentLine, EngagementLine, EngagementView, MemberLine, SideLine
from pitso.services.workspace import Workspace, acknowledged, require_author
from pitso.storage import joining
from pitso.storage.edits import Edit, Put
from pitso.storage.journal import Record
from pitso.words import _, listed

ROLES = ("host", "supporting", "coordinating")
"""The bodies that an engagement names, in this order."""


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
    edits += teams.member_edits(ws, engagement, author, "leader", teams.PEER)
    return ws.record(edits, said=_("The engagement “{title}” was begun.").format(title=title), made=engagement)


def known(ws: Workspace) -> tuple[EngagementLine, ...]:
    """Every engagement of the workspace as far as it can be told at once: without the verdict."""
    return tuple(sorted(_lines(ws, lambda _uid: ()), key=lambda line: fold(line.title)))


def engagements(ws: Workspace) -> tuple[EngagementLine, ...]:
    """Every engagement of the workspace, one line each."""
    return tuple(_lines(ws, lambda uid: assessments.assessments(ws, uid)))


def called(ws: Workspace, title: str = "") -> str:
    """The engagement of that title or id, or the only one where none is named; Trouble if it cannot be told."""
    lines = known(ws)
    meant = [line.id for line in lines if not title or line.id == title or fold(line.title) == fold(title)]
    if len(meant) != 1:
        names = listed(line.title for line in lines)
        raise Trouble(
            _("It cannot be told which engagement is meant."),
            _("Name one of: {names}.").format(names=names) if names else _("Begin one first."),
        )
    return meant[0]


def _lines(ws: Workspace, judged: Callable[[str], Sequence[AssessmentLine]]) -> Iterator[EngagementLine]:
    """One line for each; an office has dozens, so what all of them need is read once."""
    held = ws.journal.records("engagement/")
    names = _names(ws, held.values())
    received = ws.journal.file.rows("SELECT max(at) FROM bundle WHERE direction = 'received'")[0][0]
    last = hlc.moment(received).astimezone() if received else None
    return (_line(uid, record, names, judged(uid), last) for uid, record in held.items())


def _names(ws: Workspace, records: Iterable[Record]) -> dict[str, str]:
    """The names of the bodies that stand on a side of these engagements."""
    bodies = ws.journal.several(record[role] for record in records for role in ROLES if role in record)
    return {uid: str(body.get("name", "")) for uid, body in bodies.items()}


def _line(
    uid: str, record: Record, names: Mapping[str, str], lines: Sequence[AssessmentLine], received: datetime | None
) -> EngagementLine:
    judged = next((line for line in reversed(lines) if line.verdict), None)
    return EngagementLine(
        id=uid,
        title=str(record.get("title", "")),
        sides=listed(side.name for side in _sides(record, names)),
        assessments=len(lines),
        verdict=judged.verdict if judged else None,
        verdict_words=judged.verdict_words if judged else _("no verdict yet") if lines else "",
        verdict_on=judged.held_on if judged else None,
        last_received=received,
    )


def _sides(record: Record, names: Mapping[str, str]) -> tuple[SideLine, ...]:
    titles = dict(zip(ROLES, (_("Host side"), _("Supporting association"), _("Coordinating office")), strict=True))
    return tuple(
        SideLine(role, title, record[role], names.get(record[role], ""))
        for role, title in titles.items()
        if role in record
    )


def engagement(ws: Workspace, uid: str) -> EngagementView:
    """One engagement at a glance."""
    record = ws.journal.record(uid)
    team = teams.members(ws, uid)
    lines = assessments.assessments(ws, uid)
    step, page = _next(ws, team, lines)
    started = record.get("started_on")
    return EngagementView(
        id=uid,
        title=str(record.get("title", "")),
        country=str(record.get("country", "")),
        started_on=assessments.a_date(started) if started else None,
        sides=_sides(record, _names(ws, (record,))),
        team=team,
        assessments=lines,
        next_step=step,
        next_page=page,
    )


def _next(ws: Workspace, team: tuple[MemberLine, ...], lines: tuple[AssessmentLine, ...]) -> tuple[str, str]:
    if sum(member.side == teams.PEER for member in team) < 2:
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
