"""Whom this computer believes: the computers that were taken in by voice, and those on the office's roster."""

import json
from collections.abc import Callable, Iterable, Sequence

from pitso.domain import hlc, roles
from pitso.domain.operation import ERASE, SET, SETTLE
from pitso.exchange import roster
from pitso.exchange.enrolment import six_words
from pitso.exchange.roster import Roster, Seat
from pitso.services.workspace import Workspace, device_name, hand_over, keep_rosters, sign_roster
from pitso.storage import branching
from pitso.storage.journal import Segment
from pitso.storage.reading import Reading, Readings
from pitso.words import _

UNKNOWN, REVOKED, NOT_ALLOWED = "unknown signer", "revoked", "not allowed"
"""Why a segment waits, besides what storage itself finds."""


def believed(ws: Workspace) -> set[bytes]:
    """The computers that somebody here took in by their six words, and this one."""
    return {bytes(key) for (key,) in ws.journal.file.rows("SELECT device FROM trusted")} | {ws.journal.device}


def believe(ws: Workspace, devices: Iterable[bytes], names: Callable[[bytes], str] = lambda device: "") -> None:
    """From now on believe these *devices*."""
    at = hlc.stamp(ws.clock())
    with ws.journal.file.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO trusted (device, name, at) VALUES (?, ?, ?)",
            [(device, names(device), at) for device in devices],
        )


def judge(ws: Workspace, readings: Readings | None = None) -> Callable[[Segment], str]:
    """Says of a segment why it has to wait, or nothing where it may be taken in; *readings* hold what it says."""
    look = (readings or Readings()).look
    known, held, excused = believed(ws), current(ws), _excused(ws)

    def why(segment: Segment) -> str:
        seat = held.seat(segment.device) if held is not None else None
        if segment.device == ws.journal.device:
            return ""
        if (segment.device, segment.first) in excused and not _parts(ws, segment):
            return ""
        if seat is None and segment.device not in known:
            return UNKNOWN
        if seat is None:  # a computer that was taken in by its words has no role; and yet nobody erases but the office
            return NOT_ALLOWED if held is not None and _erases(look(segment)) else ""
        if seat.revoked_after is not None and (segment.last > seat.revoked_after or _parts(ws, segment)):
            return REVOKED
        return "" if _within(look(segment), seat) else NOT_ALLOWED

    return why


def _parts(ws: Workspace, segment: Segment) -> bool:
    """Does it tell another history than the one that is held here, under numbers that were believed before?"""
    return branching.place(ws.journal.file.connection, branching.link(segment.header))[1]


def _erases(reading: Reading) -> bool:
    return any(line[2] == ERASE for line in reading.lines)


def _within(reading: Reading, seat: Seat) -> bool:
    """Does every line keep to the roles of the computer that signed it?"""
    bound = {name.partition(".")[2] for name, needed in roles.DEEDS.items() if needed.isdisjoint(seat.roles)}
    special = {ERASE: not roles.ERASERS.isdisjoint(seat.roles), SETTLE: not roles.SETTLERS.isdisjoint(seat.roles)}
    return all(
        special[kind] if kind in special else roles.allowed(entity, field, seat.roles)
        for _seq, _hlc, kind, entity, field, *_rest in reading.lines
        if kind != SET or field in bound
    )


# ---- the office and its roster -------------------------------------------------------------------------------------


INVITED_BY = "office.device"


def offices(ws: Workspace) -> set[bytes]:
    """The computers of the office: those on its list, or until the list has come the one that invited this computer."""
    held = current(ws)
    if held is not None:
        return {seat.device for seat in held.seats if roster.OFFICE in seat.roles and seat.revoked_after is None}
    invited = ws.journal.own(INVITED_BY)
    return {bytes.fromhex(invited)} if invited else set()


def chain(ws: Workspace) -> tuple[str, ...]:
    """The rosters that are held here, oldest first, as they were signed."""
    return tuple(text for (text,) in ws.journal.file.rows("SELECT text FROM roster ORDER BY number"))


def current(ws: Workspace) -> Roster | None:
    """The newest roster; None where no office keeps one."""
    return ws.roster


def learn(ws: Workspace, offered: Sequence[str]) -> bool:
    """Take over the rosters that came with a bundle, if they go on from those held here.

    The first one that is ever learnt must be signed by a computer that is believed. Says whether anything was new.
    """
    held = chain(ws)
    if not roster.continues(offered, held):
        return False
    try:
        office = bytes.fromhex(json.loads(offered[0])["by"])
    except (ValueError, KeyError, TypeError):
        return False
    if office not in believed(ws) or not roster.sound(offered, office):
        return False
    keep_rosters(ws, offered[len(held) :], len(held))
    hand_over(ws)
    return True


def enact(ws: Workspace, seats: Iterable[Seat]) -> None:
    """Sign the next roster with these *seats* and keep it. Only a computer of the office does this."""
    sign_roster(ws, seats, ws.key)


# ---- names and decisions ------------------------------------------------------------------------------------------


def name_of(ws: Workspace, device: bytes) -> str:
    """What people here call a computer, and who works at it."""
    held = current(ws)
    seat = held.seat(device) if held is not None else None
    if seat is None or device == ws.journal.device:
        told = device_name(ws, device)
        return _noted(ws, device) if told == device.hex()[:8] else told
    return f"{seat.holder} ({seat.name})" if seat.name else seat.holder


def with_words(ws: Workspace, device: bytes) -> str:
    """What people here call a computer, and the six words to compare by voice."""
    told = _("Six words of its computer: {words}").format(words=six_words(device))
    return f"{name_of(ws, device)}. {told}"


def _noted(ws: Workspace, device: bytes) -> str:
    rows = ws.journal.file.rows("SELECT name FROM address WHERE device = ? AND name <> ''", (device,))
    return str(rows[0][0]) if rows else device.hex()[:8]


def note_address(ws: Workspace, device: bytes, recipient: str, name: str) -> None:
    """Remember where a computer receives, and what it is called there."""
    with ws.journal.file.transaction() as connection:
        connection.execute(
            "INSERT INTO address (device, recipient, name) VALUES (?, ?, ?) "
            "ON CONFLICT (device) DO UPDATE SET recipient = excluded.recipient, name = excluded.name",
            (device, recipient, name),
        )


def address(ws: Workspace, device: bytes) -> str:
    """Where a computer receives (age public key); empty if it never said so."""
    rows = ws.journal.file.rows("SELECT recipient FROM address WHERE device = ?", (device,))
    return str(rows[0][0]) if rows else ""


def excuse(ws: Workspace, device: bytes, firsts: Iterable[int]) -> None:
    """Let these waiting segments of a *device* in all the same: a person decided so."""
    at, author = hlc.stamp(ws.clock()), ws.author or ""
    with ws.journal.file.transaction() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO excused (device, first, author, at) VALUES (?, ?, ?, ?)",
            [(device, first, author, at) for first in firsts],
        )


def _excused(ws: Workspace) -> set[tuple[bytes, int]]:
    return {(bytes(device), first) for device, first in ws.journal.file.rows("SELECT device, first FROM excused")}


def role_words() -> dict[str, str]:
    """What the roles of a computer are called."""
    return {
        roles.LEADER: _("Team leader"),
        roles.PEER: _("Peer"),
        roles.HOST: _("Host leader"),
        roles.RAPPORTEUR: _("Rapporteur"),
        roles.DESK: _("Registration desk"),
        roles.RETURNING: _("Returning officer"),
        roles.COUNTER: _("Counter"),
        roles.OFFICE: _("Coordinating office"),
    }


def why_words(why: str) -> str:
    """Why something waits, in a sentence."""
    return {
        UNKNOWN: _("The computer that signed this is not known here."),
        REVOKED: _("The office revoked the computer that signed this."),
        NOT_ALLOWED: _("This was done at a computer whose role does not allow it."),
        "gap": _("Something before this has not arrived."),
        "fork": _("Another file with the same key wrote something else under these numbers."),
    }.get(why, why)
