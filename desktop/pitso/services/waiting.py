"""What waits: entries that arrived and were not taken in, why, and what a person decides about them."""

from collections.abc import Iterable
from itertools import islice

from pitso import words
from pitso.exchange.enrolment import six_words
from pitso.services import past, trust
from pitso.services.change import Change
from pitso.services.views import UnknownSigner, WaitingEntry, WaitingGroup
from pitso.services.workspace import Workspace, renew_device
from pitso.storage import joining
from pitso.storage.joining import Judge
from pitso.words import ngettext

LOOKED_INTO = 200
"""How many entries of one computer are shown; the rest is counted."""


def unknown_signers(ws: Workspace) -> tuple[UnknownSigner, ...]:
    """Computers whose entries wait because nobody here knows them, with six words for each."""
    counted: dict[bytes, int] = {}
    for waits in joining.quarantined(ws.journal):
        if waits.why == trust.UNKNOWN:
            counted[waits.device] = counted.get(waits.device, 0) + waits.count
    return tuple(
        UnknownSigner(device.hex(), trust.name_of(ws, device), six_words(device), number)
        for device, number in counted.items()
    )


def waiting(ws: Workspace) -> tuple[WaitingGroup, ...]:
    """Everything that waits, by computer and reason."""
    groups: dict[tuple[bytes, str], int] = {}
    for waits in joining.quarantined(ws.journal):
        key = (waits.device, waits.why)
        groups[key] = groups.get(key, 0) + waits.count
    return tuple(
        WaitingGroup(
            device=device.hex(),
            name=trust.name_of(ws, device),
            why=why,
            why_words=trust.why_words(why),
            operations=number,
            decidable=why in (trust.REVOKED, trust.NOT_ALLOWED),
        )
        for (device, why), number in groups.items()
    )


def look_into(ws: Workspace, device: str) -> tuple[WaitingEntry, ...]:
    """The entries of a computer that wait, as they were written; nothing of them holds here."""
    found = []
    for line in islice(joining.waiting_lines(ws.journal, bytes.fromhex(device)), LOOKED_INTO):
        _seq, stamp, kind, entity, field, value, author, _bases = line
        found.append(past.waiting_entry(ws, stamp, kind, entity, field, value, author))
    return tuple(found)


def take_in(ws: Workspace, devices: Iterable[str]) -> Change:
    """From now on believe what these computers signed (keys as hexadecimal digits), and take in what waits of them."""
    keys = [bytes.fromhex(device) for device in devices]
    trust.believe(ws, keys)
    return _released(ws, trust.judge(ws))


def let_in(ws: Workspace, device: str) -> Change:
    """Take in what waits of a revoked or over-stepping computer all the same: a person looked and decided so."""
    key = bytes.fromhex(device)
    firsts = [waits.first for waits in joining.quarantined(ws.journal) if waits.device == key]
    trust.excuse(ws, key, firsts)
    usual = trust.judge(ws)
    return _released(ws, lambda segment: "" if segment.device == key else usual(segment))


def _released(ws: Workspace, judge: Judge) -> Change:
    received = joining.release(ws.journal, judge=judge)
    renew_device(ws)
    told = ngettext("{number} entry was taken in.", "{number} entries were taken in.", received.new)
    return Change(frozenset(received.kinds | {"bundle"}), told.format(number=words.whole(received.new)), undoable=False)
