"""How a computer comes to belong: invite, join, admit, revoke. A person can do each step without knowing keys."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pitso import words
from pitso.domain import roles
from pitso.domain.trouble import Trouble
from pitso.exchange import enrolment, roster
from pitso.exchange.enrolment import Invitation, Request, six_words
from pitso.exchange.roster import Roster, Seat
from pitso.services import issuing, papers, trust
from pitso.services.change import Change
from pitso.services.views import Asked, RosterView, SeatLine
from pitso.services.workspace import Workspace, introduce_device, person_name, set_list_aside, this_computer
from pitso.storage import joining
from pitso.storage.disk import disk_trouble, write_whole
from pitso.words import _, listed

INVITATION, REQUEST = ".pitso-invitation", ".pitso-request"


# ---- at the office ------------------------------------------------------------------------------------------------


def invite(ws: Workspace, path: Path, *, holder: str, roles_: Collection[str]) -> Change:
    """Write an invitation for *holder*, whose computer shall have these roles, and the same on paper beside it.

    Trouble unless this is the office.
    """
    _office_only(ws)
    introduce_device(ws)
    chosen = tuple(role for role in roles.ROLES if role in roles_)
    if not holder.strip():
        raise Trouble(_("Nobody is named in the invitation."), _("Say for whom it is."))
    if not chosen:
        raise Trouble(_("No role was chosen."), _("Choose at least one."))
    if trust.current(ws) is None:
        trust.enact(ws, [_own_seat(ws)])
    invitation = Invitation(
        office=ws.journal.device,
        recipient=ws.key.recipient,
        office_name=ws.name,
        holder=holder.strip(),
        roles=chosen,
        token=ws.token(),
    )
    text = enrolment.write_invitation(invitation, ws.key.sign)
    write_whole(path, text.encode())
    paper = papers.invitation(
        ws,
        office=ws.name,
        engagement=ws.name,
        invited=invitation.holder,
        role=listed(trust.role_words()[role] for role in chosen),
        file_name=path.name,
        payload=text.strip(),
        six_words=six_words(ws.journal.device).split(),
    )
    papers.keep(paper, path.with_suffix(".pdf"))
    issuing.register(ws, paper, "invitation", issuing.Way.SAVED)
    said = _("The invitation for {name} was written, as a file and as a page to print.").format(name=invitation.holder)
    return Change(frozenset({"roster"}), said, undoable=False)


def _office_only(ws: Workspace) -> None:
    if not ws.office:
        raise Trouble(
            _("Only the coordinating office keeps the list of members."),
            _("Do this at the office's computer, in the workspace of the office."),
        )
    if (astray := _astray(ws)) is not None:
        raise astray


def _astray(ws: Workspace) -> Trouble | None:
    """Why this office does not keep its list any more: its file was put back from a copy, or stands elsewhere now."""
    held = trust.current(ws)
    if held is None and ws.journal.own(trust.INVITED_BY):
        return Trouble(_("The list of members has not come yet."), _("Receive a bundle of the office first."))
    seat = held.seat(ws.journal.device) if held is not None else None
    if held is None or (seat is not None and roster.OFFICE in seat.roles and seat.revoked_after is None):
        return None
    if held.number < ws.place.listed():
        return Trouble(
            _("The copy that was put back holds an older list of members."),
            _("Receive a bundle of any member: it brings the newer list, and this computer keeps it again."),
        )
    return Trouble(
        _("The list of members names another computer as the office."),
        _("Let that computer invite this one. If it is gone for good, begin a new list and invite everybody again."),
    )


def begin_list(ws: Workspace) -> Change:
    """Begin a new list of members at an office whose former computer is gone; whoever belonged is invited again."""
    if not ws.office or _astray(ws) is None:
        _office_only(ws)
        raise Trouble(_("This computer keeps the list of members."), _("There is no need for another one."))
    set_list_aside(ws)
    trust.enact(ws, [_own_seat(ws)])
    said = _("A new list of members was begun. Invite everybody again.")
    return Change(frozenset({"roster"}), said, undoable=False)


def _own_seat(ws: Workspace) -> Seat:
    holder = person_name(ws, ws.author) or ws.name
    return Seat(ws.journal.device, ws.key.recipient, this_computer(), holder, (roster.OFFICE,))


def look_at_request(ws: Workspace, path: Path) -> Asked:
    """Who asks to belong, and the six words to compare by voice. Trouble for what this office did not invite."""
    request, invitation = _request(ws, path)
    return Asked(
        holder=request.holder,
        invited=invitation.holder,
        computer=request.name,
        roles=tuple(trust.role_words()[role] for role in invitation.roles),
        words=six_words(request.device),
    )


def _request(ws: Workspace, path: Path) -> tuple[Request, Invitation]:
    _office_only(ws)
    request = enrolment.read_request(read_text(path))
    invitation = enrolment.read_invitation(request.invitation)
    held = trust.current(ws)
    if invitation.office not in trust.offices(ws):
        raise Trouble(
            _("This request answers the invitation of another office."), _("Send it to the office that invited.")
        )
    seat = next((s for s in held.seats if s.token == invitation.token), None) if held is not None else None
    if seat is not None and seat.device != request.device:
        raise Trouble(
            _("This invitation was used by another computer already."),
            _("If that is right, write a new invitation for this one."),
        )
    return request, invitation


def admit(ws: Workspace, path: Path, *, words_: str) -> Change:
    """Let the computer that asks belong, once the six words that its holder reads out are the same."""
    request, invitation = _request(ws, path)
    if words_.casefold().split() != six_words(request.device).split():
        raise Trouble(
            _("These are not the words of the computer that asks."),
            _("Ask its holder to read out the six words once more; if they differ, do not admit it."),
        )
    held = trust.current(ws)
    assert held is not None, "a request answers an invitation, and the first invitation makes the first roster"
    seat = Seat(
        device=request.device,
        recipient=request.recipient,
        name=request.name,
        holder=invitation.holder,
        roles=invitation.roles,
        token=invitation.token,
    )
    trust.enact(ws, held.with_seat(seat))
    received = joining.release(ws.journal, judge=trust.judge(ws))
    said = _("The computer of {name} belongs now; the next bundle tells the others.").format(name=seat.holder)
    return Change(frozenset(received.kinds | {"roster"}), said, undoable=False)


def revoke(ws: Workspace, device: str, *, after: int | None = None) -> Change:
    """Believe nothing of a lost computer beyond the number *after*: what is held here of it, if not said."""
    _office_only(ws)
    held = trust.current(ws)
    meant = _seats_called(held, device)
    if any(seat.device == ws.journal.device for seat in meant):
        raise Trouble(_("This is the computer you sit at."), _("Let another computer of the office revoke it."))
    assert held is not None
    known = joining.vector(ws.journal)
    key = meant[-1].device
    last = known.get(key, 0) if after is None else after
    for seat in meant:
        upto = last if seat.device == key else known.get(seat.device, 0)
        held = replace(held, seats=held.revoking(seat.device, upto))
    trust.enact(ws, held.seats)
    said = _("Nothing of {name} after entry {number} is believed any more.").format(
        name=trust.name_of(ws, key), number=words.whole(last)
    )
    return Change(frozenset({"roster"}), said, undoable=False)


def _seats_called(held: Roster | None, name: str) -> list[Seat]:
    """The seats of one computer: a second one, at the same address, is of the time before its file was put back."""
    seats = held.seats if held is not None else ()
    named = [seat for seat in seats if name in (seat.device.hex(), seat.holder, seat.name)]
    named = [seat for seat in named if seat.revoked_after is None] or named
    gone = all(seat.revoked_after is not None for seat in named)
    addresses = {seat.recipient for seat in named}
    meant = [seat for seat in seats if seat.recipient in addresses and (seat.revoked_after is not None) is gone]
    if len({seat.recipient for seat in meant}) != 1:
        raise Trouble(
            _("“{name}” is not one computer on the list of members.").format(name=name),
            _("Name its holder or its key as “pitso roster” prints them."),
        )
    return meant


# ---- at the computer that is invited ------------------------------------------------------------------------------


def join(ws: Workspace, text: str, out: Path) -> Change:
    """Answer an invitation, as its file or its square code says it, with a request at *out*; believe the office."""
    invitation = enrolment.read_invitation(text)
    if ws.office and trust.current(ws) is not None and _astray(ws) is None:
        raise Trouble(_("This is the workspace of an office."), _("Open the workspace of the team, then join."))
    if of_another_office(ws, text):
        set_list_aside(ws)
    introduce_device(ws)
    trust.believe(ws, [invitation.office], lambda _device: invitation.office_name)
    trust.note_address(ws, invitation.office, invitation.recipient, invitation.office_name)
    ws.journal.set_own(trust.INVITED_BY, invitation.office.hex())
    holder = person_name(ws, ws.author) or invitation.holder
    request = Request(text, ws.journal.device, ws.key.recipient, this_computer(), holder)
    write_whole(out, enrolment.write_request(request, ws.key.sign).encode())
    said = _("The request was written. Read these six words to the office: {words}").format(
        words=six_words(ws.journal.device)
    )
    return Change(frozenset({"roster"}), said, undoable=False)


def of_another_office(ws: Workspace, text: str) -> bool:
    """Does this invitation lead away from the office whose list is followed here? Whoever joins leaves that one."""
    return trust.current(ws) is not None and enrolment.read_invitation(text).office not in trust.offices(ws)


def leaving_words() -> str:
    """The question to whoever answers the invitation of another office."""
    return _("This invitation is of another office than the one whose list is followed here. Follow the new one?")


def joined(ws: Workspace) -> RosterView:
    """Who belongs, as far as this computer knows."""
    held = trust.current(ws)
    named = trust.role_words()
    seats = held.seats if held is not None else ()
    astray = _astray(ws) if ws.office else None
    return RosterView(
        number=held.number if held is not None else 0,
        keeps=ws.office and astray is None,
        astray=f"{astray.happened} {astray.remedy}" if astray is not None else "",
        own_words=six_words(ws.journal.device),
        belongs=held is not None and held.seat(ws.journal.device) is not None,
        seats=tuple(
            SeatLine(
                device=seat.device.hex(),
                name=trust.name_of(ws, seat.device),
                holder=seat.holder,
                roles=listed(named.get(role, role) for role in seat.roles),
                words=six_words(seat.device),
                here=seat.device == ws.journal.device,
                revoked_after=seat.revoked_after,
            )
            for seat in seats
        ),
    )


# ---- small text files ---------------------------------------------------------------------------------------------


def read_text(path: Path) -> str:
    """What a small text file says; Trouble for one that cannot be read or is too large."""
    try:
        if path.stat().st_size > enrolment.SIZE_LIMIT:
            raise Trouble(_("“{file}” is too large.").format(file=path.name), _("Choose an invitation or a request."))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
    except OSError as error:
        raise disk_trouble(error, path) from error
