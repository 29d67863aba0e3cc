"""Sending: a bundle for the office, the team or anybody, with what they do not hold yet."""

import itertools
import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pitso import words
from pitso.domain import hlc
from pitso.domain.policies import Reader, policy
from pitso.domain.trouble import Trouble
from pitso.exchange import bundle, envelope, roster
from pitso.exchange.bundle import Content, Header, Parcel, Sealed, Span
from pitso.exchange.envelope import Envelope, Unlock
from pitso.exchange.roster import Roster, Seat
from pitso.services import trust
from pitso.services.change import Change
from pitso.services.workspace import Workspace, introduce_device, this_computer
from pitso.storage import departing, joining
from pitso.storage.disk import free_space, whole
from pitso.storage.journal import Body, Segment
from pitso.words import _, listed, ngettext

ENDING = ".pitso-bundle"
OFFICE, TEAM = "office", "team"
SHORTEST = 12
"""Letters of a passphrase: a bundle may be tried for years by whoever finds it."""
ASKED_FOR = 20_000
"""Contents that one bundle asks for; the next one asks for more."""

Progress = Callable[[int, int], None]
"""Told how much of how much is done; it may raise Trouble to stop the work."""


def quietly(done: int, whole: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Party:
    """Somebody a bundle can be written for."""

    key: str
    """``office``, ``team``, or the name of a computer or its holder."""
    name: str
    devices: tuple[bytes, ...]
    recipients: tuple[str, ...]
    reader: Reader


def parties(ws: Workspace) -> tuple[Party, ...]:
    """Whom a bundle can be locked for: the office, the team, and every computer whose address is known."""
    held, own = trust.current(ws), ws.journal.device
    seats = _standing(held, own) if held is not None else []
    office = [(device, trust.address(ws, device)) for device in trust.offices(ws) - {own}]
    office = [(s.device, s.recipient) for s in seats if roster.OFFICE in s.roles] or office
    team = [(seat.device, seat.recipient) for seat in seats if roster.OFFICE not in seat.roles]
    listed = {seat.device for seat in held.seats} if held else {device for device, _recipient in office}
    known = [(device, trust.address(ws, device)) for device in sorted(trust.believed(ws) - listed - {own})]
    several = ((OFFICE, _("The coordinating office"), office, Reader.OFFICE), (TEAM, _("The team"), team, Reader.TEAM))
    found = [_party(key, name, devices, reader) for key, name, devices, reader in several if devices]
    single = [(trust.name_of(ws, device), device, recipient) for device, recipient in [*team, *known] if recipient]
    names = Counter(name for name, _device, _recipient in single)
    for name, device, recipient in single:
        told = name if names[name] == 1 else f"{name} {device.hex()[:8]}"
        found.append(_party(told, told, [(device, recipient)], Reader.TEAM))
    return tuple(found)


def _standing(held: Roster, own: bytes) -> list[Seat]:
    """The seats of the other computers that belong; of those with one address the latest, which it is since a copy
    was put back there.
    """
    seats = [seat for seat in held.seats if seat.revoked_after is None and seat.device != own]
    return list({seat.recipient: seat for seat in seats}.values())


def _party(key: str, name: str, devices: Sequence[tuple[bytes, str]], reader: Reader) -> Party:
    keys, recipients = zip(*devices, strict=True)
    return Party(key, name, keys, recipients, reader)


def party(ws: Workspace, name: str) -> Party:
    """The one that is called *name*; Trouble if nobody here is, or several are."""
    known = parties(ws)
    meant = [one for one in known if one.key == name] or [
        one for one in known if name.casefold() in one.name.casefold()
    ]
    if len(meant) == 1:
        return meant[0]
    names = listed(f"“{one.key}”" for one in known)
    raise Trouble(
        _("“{name}” is not one computer that is known here.").format(name=name),
        _("Name one of these: {names}.").format(names=names)
        if names
        else _("Receive a bundle of that computer first, or join the office; then its address is known."),
    )


def suggested_name(ws: Workspace) -> str:
    """A file name for the next bundle: what it is, and when."""
    name = "".join(letter if letter.isalnum() else "-" for letter in ws.name.lower()).strip("-") or "pitso"
    return f"{name}-{ws.today().isoformat()}{ENDING}"


def free_path(ws: Workspace, folder: Path) -> Path:
    """Where the next bundle goes in a *folder*: one of the same day may wait there still, to be carried elsewhere."""
    first = folder / suggested_name(ws)
    stem = first.name.removesuffix(ENDING)
    later = (folder / f"{stem}-{number}{ENDING}" for number in itertools.count(2))
    return next(path for path in itertools.chain([first], later) if not path.exists())


def send(
    ws: Workspace,
    path: Path,
    *,
    to: Party | None = None,
    passphrase: str | None = None,
    reader: Reader | None = None,
    receipt: bool = False,
    progress: Progress = quietly,
) -> Change:
    """Write a bundle at *path*: locked for a party, under a passphrase, or open to anyone.

    For a party it holds what they have not said they hold; else everything. A *receipt* holds no entries: it only says
    what is held here. Contents above the *reader's* level stay out, and the bundle says how many.

    It is written beside its place, forced to the disk, read back and checked, and only then given its name: a stick
    that is pulled out leaves no half bundle. Trouble names a full or vanished drive; nothing is noted as sent then.
    """
    if passphrase is not None and len(passphrase) < SHORTEST:
        raise Trouble(
            _("This passphrase is too short."),
            _("Take at least {number} letters; several words are best.").format(number=SHORTEST),
        )
    introduce_device(ws)
    joining.seal(ws.journal, ws.key.sign)
    held = beyond(ws, to) if to is not None else {}
    level = reader or (to.reader if to is not None else Reader.TEAM)
    held = joining.vector(ws.journal) if receipt else held
    lacked = departing.lacked(ws.journal, to.devices) if to is not None and not receipt else []
    freight = departing.freight(ws.journal, held, reader=level, lacked=lacked)
    recipients = (*to.recipients, ws.key.recipient) if to is not None else ()
    header = Header(
        id=secrets.token_hex(16),
        device=ws.journal.device,
        name=this_computer(),
        workspace=ws.name,
        holds=joining.vector(ws.journal),
        recipient=ws.key.recipient,
        recipients=recipients,
        beyond=held,
        wants=tuple(Span(gap.device, gap.first, gap.last) for gap in joining.gaps(ws.journal)),
        lacks=tuple(departing.lacking(ws.journal, partial(seen_here, ws))[:ASKED_FOR]),
        reader=level.value,
        left_out=freight.left_out,
        left_out_size=freight.left_out_size,
        roster=trust.chain(ws),
        segments=freight.segments,
        operations=freight.operations,
        bodies=len(freight.contents),
    )
    segments, contents = joining.outgoing(ws.journal, held), departing.contents(ws.journal, freight.contents)
    frames = bundle.frames(header, _sealed(segments), _contents(contents), ws.key.sign)
    _write(path, _counted(frames, freight.size, progress), Envelope(recipients, passphrase), ws.key.identity)
    _note_sent(ws, header, path, to, receipt=receipt)
    return Change(frozenset({"bundle"}), _said(header, path, receipt=receipt), undoable=False)


def seen_here(ws: Workspace, entity: str, field: str) -> bool:
    """Is what this *field* holds for the eyes of this workspace, and so missing where it is not here?"""
    return (Reader.OFFICE if ws.office else Reader.TEAM).sees(policy(entity, field).reader)


def _said(header: Header, path: Path, *, receipt: bool) -> str:
    if receipt:
        return _("A receipt was written to {file}.").format(file=path.name)
    told = ngettext(
        "{number} entry was written to {file}.", "{number} entries were written to {file}.", header.operations
    ).format(number=words.whole(header.operations), file=path.name)
    if not header.left_out:
        return told
    left = ngettext(
        "{number} text or file that is not for this reader was left out.",
        "{number} texts and files that are not for this reader were left out.",
        header.left_out,
    )
    return f"{told} {left.format(number=words.whole(header.left_out))}"


def beyond(ws: Workspace, to: Party) -> dict[bytes, int]:
    """What every computer of a party has said that it holds."""
    told: list[dict[bytes, int]] = []
    for device in to.devices:
        rows = ws.journal.file.rows("SELECT of, seq FROM holds WHERE device = ?", (device,))
        told.append({bytes(of): seq for of, seq in rows})
    common = set.intersection(*(set(held) for held in told)) if told else set()
    return {of: min(held[of] for held in told) for of in common}


def _sealed(segments: Iterable[Segment]) -> Iterator[Sealed]:
    return (Sealed(s.device, s.first, s.last, s.header, s.signature, s.lines) for s in segments)


def _contents(bodies: Iterable[Body]) -> Iterator[Content]:
    return (Content(body.hash, body.salt, body.reader, body.content) for body in bodies)


def _counted(frames: Iterable[bytes], whole: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    for frame in frames:
        done += len(frame)
        progress(min(done, whole), whole)
        yield frame


def _write(path: Path, frames: Iterator[bytes], closed: Envelope, identity: str) -> None:
    with whole(path) as part:
        if free_space(path.parent) < 1 << 20:
            raise Trouble(
                _("The drive of “{file}” is full.").format(file=path.name),
                _("Free some space, then send again: nothing was lost."),
            )
        with part.open("wb") as file:
            envelope.close(frames, file, closed)
        Parcel(part, Unlock(identity, closed.passphrase))


def _note_sent(ws: Workspace, header: Header, path: Path, to: Party | None, *, receipt: bool) -> None:
    told = {"sentences": [_said(header, path, receipt=receipt)], "new": header.operations}
    with ws.journal.file.transaction() as connection:
        connection.execute(
            "INSERT INTO bundle (at, direction, uid, party, name, report) VALUES (?, 'sent', ?, ?, ?, ?)",
            (hlc.stamp(ws.clock()), header.id, to.name if to else "", path.name, json.dumps(told, ensure_ascii=False)),
        )
        if not receipt:
            connection.executemany(
                "INSERT INTO written (device, seq) VALUES (?, ?) "
                "ON CONFLICT (device) DO UPDATE SET seq = max(seq, excluded.seq)",
                list(header.holds.items()),
            )


def written(ws: Workspace) -> dict[bytes, int]:
    """How far each device's entries have been written into a bundle at this computer."""
    return {bytes(device): seq for device, seq in ws.journal.file.rows("SELECT device, seq FROM written")}
