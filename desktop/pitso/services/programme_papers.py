"""The papers of the programme as views: letters, team, objective, certificates, commitments, history, exit."""

from collections.abc import Iterable, Iterator
from datetime import date

from pitso.domain.facts import Facts
from pitso.domain.policies import Reader
from pitso.paper.documents import certificate
from pitso.paper.documents.account import Account, Part, Table
from pitso.paper.imprint import Imprint, State
from pitso.services import answers, assessments, commitments, contacts, glance, milestones, phases, posts, report, teams
from pitso.services import facts as gathered
from pitso.services.answers import Said
from pitso.services.discretion import Discretion, reader_words
from pitso.services.views import MemberLine
from pitso.services.workspace import Workspace
from pitso.words import _, colon, day, listed, short_day

Found = list[tuple[str, str, str]]


def of_engagement(ws: Workspace, engagement: str) -> Found:
    """The engagement itself, as what a paper is made of."""
    record = ws.journal.record(engagement)
    return [(engagement, str(record.get("title", "")), str(record.get("country", "")))] if record else []


def of_form(ws: Workspace, engagement: str, form: str) -> Found:
    """The records of one form in an engagement, those that were withdrawn left out."""
    return [
        (one.at, str(ws.journal.record(one.at).get("name") or ""), "") for one in answers.said(ws, engagement, form)
    ]


def of_trainings(ws: Workspace, engagement: str) -> Found:
    """The records of the team in which somebody completed a training."""
    return [found for found in of_form(ws, engagement, "team") if _trained(_said(ws, found[0], "team"))]


def sources(_ws: Workspace, of: str) -> tuple[str, ...]:
    """Beginnings of the ids of all that these papers are made from: everything of the engagement."""
    key = of.split("/")[1]
    kinds = ("record", "commitment", "contact", "assessment", "member", "term", "phase")
    return (f"engagement/{key}", *(f"{kind}/{key}/" for kind in kinds), "person/", "organisation/")


def imprint(ws: Workspace, engagement: str, title: str, letters: str, reader: Reader) -> Imprint:
    """Header and footer of a paper of the engagement."""
    return Imprint(
        title=title,
        engagement=str(ws.journal.record(engagement).get("title", "")),
        code=letters,
        state=State.DEMONSTRATION if ws.demonstration else State.FINAL,
        reader=reader_words(reader),
        as_of=report.as_of(ws),
    )


def always(ws: Workspace, engagement: str, named: Discretion) -> tuple[str, ...]:
    """What every paper of the engagement says: an override, and how many names were left out."""
    override = phases.override_words(ws, engagement)
    return ((override,) if override else ()) + named.left_out()


def _body(ws: Workspace, engagement: str, role: str) -> str:
    uid = str(ws.journal.record(engagement).get(role) or "")
    return str(ws.journal.record(uid).get("name") or "")


def _said(ws: Workspace, record: str, form: str) -> Said:
    return next(one for one in answers.said(ws, f"engagement/{record.split('/')[1]}", form) if one.at == record)


# ---- before the visit -------------------------------------------------------------------------------------------


def introduction(ws: Workspace, engagement: str, reader: Reader) -> Account:
    """The letter by which the coordinating office introduces the peers to the leaders of the host side."""
    named = Discretion(ws, reader)
    supporting, host = _body(ws, engagement, "supporting"), _body(ws, engagement, "host")
    peers = [member for member in teams.members(ws, engagement) if member.side == teams.PEER]
    coming = _("We introduce to you the peers of {association}. They come as leaders to leaders.")
    sentences = (
        _("To: {host}").format(host=host),
        coming.format(association=supporting),
        _("They come to listen, to share what worked and what did not, and to learn from you."),
        _("What is to be built is yours. The peers advise when they are asked; you decide among yourselves."),
        _("What they write about your side you will read, answer, and take with you in full."),
    )
    return Account(
        imprint=imprint(ws, engagement, _("Letter of introduction"), "LI", reader),
        title=_("Letter of introduction"),
        second=colon(_body(ws, engagement, "coordinating"), day(ws.today())),
        parts=(Part(sentences=sentences), Part(_("The peers"), table=_team(peers, named))),
        signers=(("", _("For the coordinating office")),),
        left_out=always(ws, engagement, named),
    )


def _team(members: Iterable[MemberLine], named: Discretion) -> Table:
    rows = tuple((named.name(one.person), one.organisation, one.role_words) for one in members)
    return Table(((_("Name"), 38), (_("Body"), 34), (_("Role in the team"), 28)), rows)


def team(ws: Workspace, engagement: str, reader: Reader) -> Account:
    """Who takes part on each side, and the code of conduct that every peer signs."""
    named = Discretion(ws, reader)
    everybody = teams.members(ws, engagement)
    peers = [member for member in everybody if member.side == teams.PEER]
    hosts = [member for member in everybody if member.side == teams.HOST]
    return Account(
        imprint=imprint(ws, engagement, _("Peer team and code of conduct"), "TC", reader),
        title=_("Peer team and code of conduct"),
        second=str(ws.journal.record(engagement).get("title", "")),
        parts=(
            Part(_("Peers"), table=_team(peers, named)),
            Part(_("Hosts"), table=_team(hosts, named)),
            Part(_("Code of conduct"), numbered=conduct()),
        ),
        signers=tuple((named.name(one.person), one.role_words) for one in peers),
        left_out=always(ws, engagement, named),
    )


def conduct() -> tuple[str, ...]:
    """What every peer promises."""
    return (
        _("I come as an equal: I listen before I advise, and I learn as well as I teach."),
        _("I take no side between parties, councils or persons."),
        _("I speak of strengths first, and of weaknesses only with what shows them."),
        _("I keep to myself what was told in confidence, and name nobody who has not agreed to it."),
        _("I promise nothing in the name of my association that it has not decided."),
        _("I take no gifts, and I leave the deciding talk to the hosts alone."),
        _("I put nobody at risk, and I tell the leader at once if somebody was harmed."),
        _("I write down what I see on the day on which I see it."),
    )


def certificates(ws: Workspace, record: str, reader: Reader) -> certificate.Certificates:
    """A certificate for everybody who completed the training that a record of the team tells of."""
    engagement = f"engagement/{record.split('/')[1]}"
    said, named = _said(ws, record, "team"), Discretion(ws, reader)
    rows = _trained(said)
    bodies = {member.person: member.organisation for member in teams.members(ws, engagement)}
    told = [(person, listed(filter(None, (bodies.get(person, ""), posts.told(on))))) for person, on in rows]
    return certificate.Certificates(
        imprint=imprint(ws, engagement, _("Certificates of training"), "CT", reader),
        title=_("Certificate of training"),
        issuer=_body(ws, engagement, "coordinating"),
        deed=_("completed the training of peers"),
        facts=(),
        recipients=tuple(certificate.Recipient(named.name(person), detail) for person, detail in told),
        signers=(("", _("For the coordinating office")),),
    )


def _trained(said: Said) -> list[tuple[str, str]]:
    """Who completed the training, and when."""
    return [
        (row.values["trainee"], row.values.get("trained_on", ""))
        for row in said.table("training")
        if row.values.get("result") == gathered.TRAINED and "trainee" in row.values
    ]


# ---- for signature ------------------------------------------------------------------------------------------------


def objective(ws: Workspace, record: str, reader: Reader) -> Account:
    """The objective in the words of both sides, with room for the signature of each."""
    engagement = f"engagement/{record.split('/')[1]}"
    said, named = _said(ws, record, "objective"), Discretion(ws, reader)
    signs = tuple(
        (row.values.get("sign", ""), row.values.get("how_seen", ""), posts.told(row.values.get("sign_by", "")))
        for row in said.table("signs")
    )
    columns = ((_("Sign"), 38), (_("How it is seen"), 38), (_("By when"), 24))
    gains = (
        (_("What the hosts gain"), said.values.get("gain_for_hosts", "")),
        (_("What the peers gain"), said.values.get("gain_for_peers", "")),
        (_("What lies outside"), said.values.get("outside_the_scope", "")),
    )
    sides = commitments.sides()
    signers = [
        (named.name(row.values.get("signatory", "")), sides.get(row.values.get("signatory_side", ""), ""))
        for row in said.table("signatories")
    ]
    return Account(
        imprint=imprint(ws, engagement, _("Objective of the engagement"), "OB", reader),
        title=_("Objective of the engagement"),
        second=listed((_body(ws, engagement, "host"), _body(ws, engagement, "supporting"))),
        parts=(
            Part(sentences=(said.values.get("objective", ""),), pairs=tuple(gain for gain in gains if gain[1])),
            Part(_("Signs of success"), table=Table(columns, signs)),
        ),
        signers=tuple(signers) or (("", sides["host"]), ("", sides["supporting"])),
        left_out=always(ws, engagement, named),
    )


# ---- where it stands ----------------------------------------------------------------------------------------------


def by_owner(ws: Workspace, engagement: str, reader: Reader) -> Account:
    """The commitments, a part for each owner; who has something overdue comes first."""
    named = Discretion(ws, reader)
    lines = commitments.commitments(ws, engagement)
    owners = list(dict.fromkeys(line.owner for line in sorted(lines, key=lambda line: (-line.days_over, line.due))))
    columns = ((_("What"), 46), (_("By when"), 18), (_("Importance"), 14), (_("State"), 22))
    parts = []
    for owner in owners:
        own = [line for line in lines if line.owner == owner]
        rows = tuple((line.text, day(line.due), line.importance_words, line.state_words) for line in own)
        parts.append(Part(colon(named.name(owner), own[0].side_words), table=Table(columns, rows)))
    return Account(
        imprint=imprint(ws, engagement, _("Commitments by owner"), "CO", reader),
        title=_("Commitments by owner"),
        second=_("State of {date}").format(date=day(ws.today())),
        parts=tuple(parts) or (Part(),),
        left_out=always(ws, engagement, named),
    )


def history(ws: Workspace, engagement: str, reader: Reader) -> Account:
    """The whole engagement on one page: what took place, by date."""
    rows = sorted(set(_history(ws, engagement, gathered.facts(ws, engagement))))
    table = Table(((_("Date"), 18), (_("What took place"), 82)), tuple((short_day(on), what) for on, what in rows))
    return Account(
        imprint=imprint(ws, engagement, _("History of the engagement"), "HI", reader),
        title=_("History of the engagement"),
        second=listed(filter(None, (_body(ws, engagement, role) for role in ("host", "supporting", "coordinating")))),
        parts=(Part(table=table),),
        left_out=always(ws, engagement, Discretion(ws, reader)),
    )


def _history(ws: Workspace, engagement: str, known: Facts) -> Iterator[tuple[date, str]]:
    today = ws.today()
    for dot in glance.glance(ws, engagement).dots:
        yield dot.starts, dot.words
    for one in assessments.assessments(ws, engagement):
        if one.verdict:
            yield one.held_on, colon(one.title, one.verdict_words)
    for change in known.leadership:
        yield change.happened_on, _("Change of leadership: {post}").format(post=change.post)
    for phase in phases.lines(ws, engagement, known):
        if phase.completed_on is not None and phase.completed_on <= today:
            yield phase.completed_on, _("Phase {number} complete: {name}").format(number=phase.number, name=phase.name)
    for on, told in (
        (known.milestones.association_accepted, _("The supporting association accepts")),
        (max(known.objective_signed.values(), default=None), _("The objective is signed")),
        (known.milestones.association_founded, _("The association is founded")),
        (known.milestones.plan_adopted, _("The first strategic plan is adopted")),
    ):
        if on is not None and on <= today:
            yield on, told
    for contact in contacts.contacts(ws, engagement):
        if contact.waits or contact.days_over:
            yield contact.at.date(), _("No answer yet: {subject}").format(subject=contact.subject)


def exit_report(ws: Workspace, engagement: str, reader: Reader) -> Account:
    """What stands when the peers step back: verdict, required items, what is still promised, and an override."""
    named, known = Discretion(ws, reader), gathered.facts(ws, engagement)
    judged = [one for one in assessments.assessments(ws, engagement) if one.verdict]
    items = tuple(
        (item, _("open") if item in known.exit_open else _("done")) for item in milestones.required_items().values()
    )
    promised = tuple(
        f"{line.text} · {colon(named.name(line.owner), day(line.due))}"
        for line in commitments.commitments(ws, engagement)
        if line.closed_on is None and line.state_words
    )
    stand = tuple(
        (
            f"{line.number} · {line.name}",
            posts.told(line.completed_on.isoformat()) if line.completed_on else line.state_words,
        )
        for line in phases.lines(ws, engagement, known)
    )
    return Account(
        imprint=imprint(ws, engagement, _("Exit report"), "EX", reader),
        title=_("Exit report"),
        second=_("State of {date}").format(date=day(ws.today())),
        parts=(
            Part(_("Readiness"), pairs=tuple((one.title, f"{one.verdict_words} · {one.figures}") for one in judged)),
            Part(_("Required before the peers step back"), pairs=items),
            Part(_("Phases"), pairs=stand),
            Part(_("Still promised"), numbered=promised),
        ),
        signers=(("", _("Host side")), ("", _("Supporting association")), ("", _("Coordinating office"))),
        left_out=always(ws, engagement, named),
    )
