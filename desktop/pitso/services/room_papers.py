"""The papers of the room, as views: register, badges, roll and certificates of a workshop."""

from collections.abc import Iterable, Sequence

from pitso import words
from pitso.domain.policies import Reader
from pitso.domain.rolls import State as Stand
from pitso.paper.documents import attendance_register, badges, certificate, delegates_roll
from pitso.paper.imprint import Imprint, State
from pitso.services import attendance, report, rolls, workshops
from pitso.services.discretion import Discretion, reader_words
from pitso.services.room_views import DelegationLine, Participant, RollView
from pitso.services.workspace import Workspace
from pitso.words import _, day, whole


def imprint(ws: Workspace, workshop: str, title: str, letters: str, reader: Reader, *, final: bool) -> Imprint:
    """Header and footer of a paper of a workshop."""
    line = workshops.workshop(ws, workshop)
    state = State.FINAL if final else State.DRAFT
    return Imprint(
        title=title,
        engagement=str(ws.journal.record(line.engagement).get("title", "")),
        code=f"{line.code}-{letters}",
        state=State.DEMONSTRATION if ws.demonstration else state,
        reader=reader_words(reader),
        as_of=report.as_of(ws),
    )


def found(ws: Workspace, engagement: str) -> list[tuple[str, str, str]]:
    """The workshops of an engagement that have participants or sessions: id, title, days."""
    return [
        (one.id, one.title, day(one.starts))
        for one in workshops.workshops(ws, engagement)
        if any(ws.journal.records(f"{kind}/{workshops.key_of(one.id)}/") for kind in ("session", "attendance"))
    ]


def sources(_ws: Workspace, of: str) -> tuple[str, ...]:
    """Beginnings of the ids of all that the papers of a workshop are made from."""
    key = workshops.key_of(of)
    kinds = ("session", "attendance", "presence", "delegation", "roll", "resolution", "amendment", "speech", "proxy")
    return (of, f"roll/{key}", *(f"{kind}/{key}/" for kind in kinds), "person/", "organisation/")


# ---- register and badges --------------------------------------------------------------------------------------------


def register(ws: Workspace, of: str, reader: Reader) -> attendance_register.AttendanceRegister:
    """Everybody who registered, with room to sign and for those who come late."""
    return _register(ws, of, reader, [one for one in attendance.participants(ws, of) if one.registered])


def invited_register(ws: Workspace, of: str, reader: Reader) -> attendance_register.AttendanceRegister:
    """Everybody who was invited, to sign by hand when there is no computer at the desk."""
    return _register(ws, of, reader, [one for one in attendance.participants(ws, of) if one.invited])


def _register(
    ws: Workspace, of: str, reader: Reader, rows: Iterable[Participant]
) -> attendance_register.AttendanceRegister:
    line, named = workshops.workshop(ws, of), Discretion(ws, reader)
    lines = tuple(
        attendance_register.Present(one.number, _named(one, named), one.council_name, one.capacity_words)
        for one in rows
    )
    return attendance_register.AttendanceRegister(
        imprint=imprint(ws, of, _("Attendance register"), "AR", reader, final=True),
        title=words.colon(_("Attendance register"), line.title),
        held_on=line.starts,
        place=line.place,
        rows=lines,
        left_out=named.left_out(),
    )


def _named(one: Participant, named: Discretion) -> str:
    """The name, if the person agreed to stand on lists that leave the room, or the list does not leave it."""
    return one.name if one.list_consent else named.name(one.person)


def badge_sheet(ws: Workspace, of: str, wanted: Sequence[str] | None = None) -> badges.Badges:
    """The badges of everybody with a name, or of these attendances: eight on a page."""
    line = workshops.workshop(ws, of)
    known = [one for one in attendance.participants(ws, of) if one.name and one.serial]
    chosen = known if wanted is None else [one for one in known if one.id in wanted]
    return badges.Badges(
        imprint=imprint(ws, of, _("Badges"), "BD", Reader.TEAM, final=True),
        event=line.title,
        badges=tuple(badges.Badge(one.name, one.council_name, one.capacity_words, one.serial) for one in chosen),
    )


# ---- roll -----------------------------------------------------------------------------------------------------------


def roll(ws: Workspace, of: str, reader: Reader, *, for_signing: bool = False) -> delegates_roll.DelegatesRoll:
    """Who may vote, council by council; what is not frozen yet is a draft."""
    view = rolls.roll(ws, of)
    known = {one.person: one for one in attendance.participants(ws, of)}
    return delegates_roll.DelegatesRoll(
        imprint=imprint(ws, of, _("Roll of delegates"), "RO", reader, final=view.state is Stand.FROZEN),
        title=words.colon(_("Roll of delegates"), workshops.workshop(ws, of).title),
        stand=rolls.stand_words(view),
        delegations=tuple(_delegation(line, known) for line in view.delegations),
        totals=(
            (_("Councils"), len(view.councils)),
            (_("Delegates"), len(view.electors)),
            (_("Votes"), view.votes),
        ),
        roll_digest=view.hash,
        amendments=view.amendments,
        officers=_officers(view),
        for_signing=for_signing,
    )


def _delegation(line: DelegationLine, known: dict[str, Participant]) -> delegates_roll.Delegation:
    delegates = [
        delegates_roll.Delegate(
            elector.name,
            known[elector.person].capacity_words if elector.person in known else "",
            _("Delegate"),
        )
        for elector in line.electors
    ]
    delegates += [delegates_roll.Delegate(name, "", _("Alternate")) for name in line.alternates]
    return delegates_roll.Delegation(
        line.name, line.category, line.votes, tuple(delegates), "" if line.standing else line.standing_words
    )


def _officers(view: RollView) -> tuple[tuple[str, str], ...]:
    if not view.frozen_by:
        return ()
    return ((view.frozen_by[0], _("Returning officer")), (view.frozen_by[1], _("Scrutineer")))


# ---- certificates ---------------------------------------------------------------------------------------------------


def certificates(ws: Workspace, of: str, reader: Reader) -> certificate.Certificates:
    """A certificate of attendance for everybody who registered, one page each."""
    line = workshops.workshop(ws, of)
    held = [one for one in workshops.sessions(ws, of) if one.minutes]
    hours = sum(one.minutes or 0 for one in held) // 60
    record = ws.journal.record(line.engagement)
    issuer = str(ws.journal.record(str(record.get("supporting", ""))).get("name", ""))
    days = day(line.starts) if line.starts == line.ends else f"{day(line.starts)} – {day(line.ends)}"
    facts = [days, line.place]
    if hours:
        facts.append(
            words.ngettext("{number} hour of sessions", "{number} hours of sessions", hours).format(number=whole(hours))
        )
    return certificate.Certificates(
        imprint=imprint(ws, of, _("Certificates of attendance"), "CA", reader, final=True),
        title=_("Certificate of attendance"),
        issuer=issuer,
        deed=_("took part in: {workshop}").format(workshop=line.title),
        facts=tuple(fact for fact in facts if fact),
        recipients=tuple(
            certificate.Recipient(one.name, one.council_name)
            for one in attendance.participants(ws, of)
            if one.registered
        ),
    )
