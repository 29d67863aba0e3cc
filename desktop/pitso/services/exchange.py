"""Sending and receiving: bundles to and from other computers, and what is known of who holds what."""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pitso import words
from pitso.domain import hlc
from pitso.domain.trouble import Trouble
from pitso.exchange import bundle as bundles
from pitso.exchange.bundle import Bundle, Content, Sealed
from pitso.services.change import Change
from pitso.services.views import BundleLine, ExchangeView, MergeReport, UnknownSigner
from pitso.services.workspace import (
    Workspace,
    acknowledged,
    device_name,
    introduce_device,
    renew_device,
    this_computer,
)
from pitso.storage import joining
from pitso.storage.disk import disk_trouble, force_folder, free_space
from pitso.storage.joining import Received
from pitso.storage.journal import Body, Segment
from pitso.words import _, ngettext

ENDING = ".pitso-bundle"
SIZE_LIMIT = 1024**3
CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"


def six_words(device: bytes) -> str:
    """Six short words that stand for a device's key, to be compared by voice.

    Each holds sixteen bits of the key as consonant-vowel syllables (the proquint spelling).
    """
    spoken = []
    for place in range(0, 12, 2):
        bits = int.from_bytes(device[place : place + 2], "big")
        spoken.append(
            CONSONANTS[bits >> 12]
            + VOWELS[bits >> 10 & 3]
            + CONSONANTS[bits >> 6 & 15]
            + VOWELS[bits >> 4 & 3]
            + CONSONANTS[bits & 15]
        )
    return " ".join(spoken)


# ---- sending ------------------------------------------------------------------------------------------------------


def suggested_name(ws: Workspace) -> str:
    """A file name for the next bundle: what it is, and when."""
    name = "".join(letter if letter.isalnum() else "-" for letter in ws.name.lower()).strip("-") or "pitso"
    return f"{name}-{ws.today().isoformat()}{ENDING}"


def send(ws: Workspace, path: Path, *, passphrase: str | None = None) -> Change:
    """Write everything that this workspace holds into a bundle at *path*.

    It is written beside its place, forced to the disk, read back and checked, and only then given its name: a stick
    that is pulled out leaves no half bundle. Trouble names a full or vanished drive; nothing is noted as sent then.
    """
    introduce_device(ws)
    joining.seal(ws.journal, ws.key.sign)
    made = _bundle(ws)
    data = bundles.write(made, ws.key.sign, passphrase=passphrase)
    _write(path, data, passphrase)
    _note(ws, "sent", made.id, ws.journal.device, path.name, "")
    ws.journal.set_own("sent", str(made.operations))
    told = ngettext(
        "{number} entry was written to {file}.", "{number} entries were written to {file}.", made.operations
    )
    return Change(
        frozenset({"bundle"}), told.format(number=words.whole(made.operations), file=path.name), undoable=False
    )


def _bundle(ws: Workspace) -> Bundle:
    segments = list(joining.outgoing(ws.journal, {}))
    bodies = joining.bodies(ws.journal, segments)
    return Bundle(
        id=secrets.token_hex(16),
        device=ws.journal.device,
        name=str(ws.journal.record(f"device/{ws.journal.device.hex()[:32]}").get("name") or this_computer()),
        workspace=ws.name,
        holds=joining.vector(ws.journal),
        segments=tuple(Sealed(s.device, s.first, s.last, s.header, s.signature, s.lines) for s in segments),
        contents=tuple(Content(b.hash, b.salt, b.reader, b.content) for b in bodies),
    )


def _write(path: Path, data: bytes, passphrase: str | None) -> None:
    part = path.with_name(path.name + ".part")
    try:
        if free_space(path.parent) < len(data):
            raise Trouble(
                _("The drive of “{file}” is full.").format(file=path.name),
                _("Free some space, then send again: nothing was lost."),
            )
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        bundles.read(part.read_bytes(), passphrase=passphrase)
        part.replace(path)
        force_folder(path.parent)
    except OSError as error:
        raise disk_trouble(error, path) from error
    finally:
        _forget(part)


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError as error:
        raise disk_trouble(error, part) from error


def _note(ws: Workspace, direction: str, uid: str, party: bytes, name: str, report: str) -> None:
    with ws.journal.file.transaction() as connection:
        connection.execute(
            "INSERT INTO bundle (at, direction, uid, party, name, report) VALUES (?, ?, ?, ?, ?, ?)",
            (hlc.stamp(ws.clock()), direction, uid, party.hex(), name, report),
        )


# ---- receiving ----------------------------------------------------------------------------------------------------


def receive(ws: Workspace, path: Path, *, passphrase: str | None = None, trust: bool = False) -> MergeReport:
    """Take in what is new in a bundle; repeating it changes nothing.

    What an unknown computer signed waits, visibly, until somebody takes it in (*trust*, or `take_in`).
    """
    made = bundles.read(_read(path), passphrase=passphrase)
    differed = len(ws.journal.differing(""))
    if trust:
        _trust(ws, {segment.device for segment in made.segments} | {made.device}, made)
    segments = [Segment(s.device, s.first, s.last, s.header, s.signature, s.lines) for s in made.segments]
    contents = [Body(c.hash, c.salt, c.reader, c.content) for c in made.contents]
    joining.seal(ws.journal, ws.key.sign)
    received = joining.receive(ws.journal, segments, contents, judge=_judge(ws))
    released = joining.release(ws.journal, judge=_judge(ws))
    renew_device(ws)
    received.new += released.new
    received.kinds |= released.kinds
    _note_names(ws, made)
    _note_holds(ws, made)
    report = _report(ws, path.name, made, received, len(ws.journal.differing("")) - differed)
    _note(ws, "received", made.id, made.device, path.name, "\n".join(report.sentences))
    return report


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Trouble(
                _("“{file}” is larger than any bundle.").format(file=path.name),
                _("Choose a file that ends in .pitso-bundle."),
            )
        return path.read_bytes()
    except OSError as error:
        raise Trouble(
            _("“{file}” could not be read: {error}.").format(file=path.name, error=error.strerror or error),
            _("Put the stick in again, then receive once more; nothing was lost."),
        ) from error


def _trusted(ws: Workspace) -> set[bytes]:
    return {bytes(key) for (key,) in ws.journal.file.rows("SELECT device FROM trusted")} | {ws.journal.device}


def _judge(ws: Workspace) -> joining.Judge:
    known = _trusted(ws)
    return lambda segment: "" if segment.device in known else "unknown signer"


def _trust(ws: Workspace, devices: Iterable[bytes], made: Bundle | None = None) -> None:
    at = hlc.stamp(ws.clock())
    with ws.journal.file.transaction() as connection:
        for device in devices:
            name = made.name if made is not None and device == made.device else ""
            connection.execute("INSERT OR IGNORE INTO trusted (device, name, at) VALUES (?, ?, ?)", (device, name, at))


def take_in(ws: Workspace, devices: Iterable[str]) -> Change:
    """From now on believe what these computers signed (keys as hexadecimal digits), and take in what waits of them."""
    keys = [bytes.fromhex(device) for device in devices]
    _trust(ws, keys)
    received = joining.release(ws.journal, judge=_judge(ws))
    renew_device(ws)
    told = ngettext("{number} entry was taken in.", "{number} entries were taken in.", received.new)
    return Change(frozenset(received.kinds | {"bundle"}), told.format(number=words.whole(received.new)), undoable=False)


def _note_names(ws: Workspace, made: Bundle) -> None:
    names = json.loads(ws.journal.own("names") or "{}")
    names[made.device.hex()] = made.name
    ws.journal.set_own("names", json.dumps(names))


def _note_holds(ws: Workspace, made: Bundle) -> None:
    """The sender's vector is a receipt: it says what that computer holds."""
    with ws.journal.file.transaction() as connection:
        connection.executemany(
            "INSERT INTO holds (device, of, seq) VALUES (?, ?, ?) "
            "ON CONFLICT (device, of) DO UPDATE SET seq = max(seq, excluded.seq)",
            ((made.device, of, seq) for of, seq in made.holds.items()),
        )


def _report(ws: Workspace, name: str, made: Bundle, received: Received, conflicts: int) -> MergeReport:
    missing = ws.journal.missing_bodies()
    sender = made.name or made.device.hex()[:8]
    sentences = [
        ngettext("{number} entry is new.", "{number} entries are new.", received.new),
        ngettext("{number} entry was here already.", "{number} entries were here already.", received.known),
    ]
    counted = [received.new, received.known]
    if received.waiting:
        sentences.append(ngettext("{number} entry waits.", "{number} entries wait.", received.waiting))
        counted.append(received.waiting)
    if conflicts > 0:
        sentences.append(
            ngettext(
                "{number} value was written differently in two places: look at it.",
                "{number} values were written differently in two places: look at them.",
                conflicts,
            )
        )
        counted.append(conflicts)
    if missing:
        sentences.append(ngettext("{number} file has not arrived.", "{number} files have not arrived.", missing))
        counted.append(missing)
    return MergeReport(
        bundle=name,
        sender=sender,
        sender_words=six_words(made.device),
        new=received.new,
        known=received.known,
        waiting=received.waiting,
        conflicts=max(conflicts, 0),
        missing_files=missing,
        sentences=tuple(
            sentence.format(number=words.whole(number)) for sentence, number in zip(sentences, counted, strict=True)
        ),
        unknown=unknown_signers(ws),
        touched=frozenset(received.kinds | {"bundle"}),
    )


def report_json(report: MergeReport) -> dict[str, Any]:
    """A merge report as plain values."""
    return {**asdict(report), "touched": sorted(report.touched)}


def unknown_signers(ws: Workspace) -> tuple[UnknownSigner, ...]:
    """Computers whose entries wait, with six words for each."""
    names = json.loads(ws.journal.own("names") or "{}")
    counted: dict[bytes, int] = {}
    for waiting in joining.quarantined(ws.journal):
        if waiting.why == "unknown signer":
            counted[waiting.device] = counted.get(waiting.device, 0) + waiting.count
    return tuple(
        UnknownSigner(device.hex(), names.get(device.hex()) or device.hex()[:8], six_words(device), number)
        for device, number in counted.items()
    )


# ---- what is known ------------------------------------------------------------------------------------------------


def exchange(ws: Workspace) -> ExchangeView:
    """What is kept here, what was sent, what another computer has said that it holds."""
    kept = joining.count(ws.journal, {})
    held = kept - joining.count(ws.journal, acknowledged(ws))
    rows = ws.journal.file.rows("SELECT at, direction, name, report FROM bundle ORDER BY id DESC LIMIT 20")
    return ExchangeView(
        kept=kept,
        sent=max(int(ws.journal.own("sent") or 0), held),
        acknowledged=held,
        waiting=sum(waiting.count for waiting in joining.quarantined(ws.journal)),
        bundles=tuple(BundleLine(hlc.moment(row[0]).astimezone(), _bundle_words(*row[1:])) for row in rows),
        devices=tuple(device_name(ws, device) for device in joining.vector(ws.journal)),
        unknown=unknown_signers(ws),
        suggested_name=suggested_name(ws),
    )


def _bundle_words(direction: str, name: str, report: str) -> str:
    if direction == "sent":
        return _("Sent: {file}").format(file=name)
    return _("Received: {file}. {report}").format(file=name, report=report.replace("\n", " "))
