"""Receiving: what a bundle brings is checked whole, taken in where it may be, and told in plain words."""

import errno
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from pitso import words
from pitso.domain import hlc
from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import Header, Parcel, Sealed
from pitso.exchange.enrolment import six_words
from pitso.exchange.envelope import Locked as Locked
from pitso.exchange.envelope import Unlock
from pitso.services import trust
from pitso.services.sending import Progress, quietly, seen_here
from pitso.services.views import MergeReport
from pitso.services.waiting import unknown_signers
from pitso.services.workspace import Workspace, renew_device
from pitso.storage import departing, joining
from pitso.storage.disk import disk_trouble, leave
from pitso.storage.joining import Gap, Received
from pitso.storage.journal import Body, Segment
from pitso.storage.reading import Readings
from pitso.words import _, ngettext

SIZE_LIMIT = 1024**3
STAGED, LEFT_AFTER = ".receiving-", 24 * 3600
"""How a copy of a bundle is called while it is read, and after how many seconds nobody reads it any more."""


def receive(
    ws: Workspace,
    path: Path,
    *,
    passphrase: str | None = None,
    trusting: bool = False,
    progress: Progress = quietly,
) -> MergeReport:
    """Take in what is new in a bundle; repeating it changes nothing, and completes what was broken off.

    What an unknown computer signed waits, visibly, until somebody takes it in (*trusting*, or `waiting.take_in`).
    Trouble for a bundle that is damaged, forged or for others: nothing changes but the list of bundles, which notes it.
    """
    readings = Readings()
    with _staged(ws, path) as staged, joining.uncollected():
        try:
            parcel = Parcel(
                staged, Unlock(ws.key.identity, passphrase), lambda s: joining.check(ws.journal, _segment(s), readings)
            )
        except Locked:
            raise
        except Trouble as trouble:
            _note(ws, "refused", "", "", path.name, {"sentences": [trouble.happened, trouble.remedy]})
            raise
        return _take(ws, path.name, parcel, readings, trusting=trusting, progress=progress)


@contextmanager
def _staged(ws: Workspace, path: Path) -> Iterator[Path]:
    """A copy beside the workspace, as the bundle came: a stick may be pulled out while it is read."""
    part = None
    try:
        _clear_away(ws.path.parent)
        if path.stat().st_size > SIZE_LIMIT:
            raise Trouble(
                _("“{file}” is larger than any bundle.").format(file=path.name),
                _("Choose a file that ends in .pitso-bundle."),
            )
        handle, name = tempfile.mkstemp(suffix=".part", prefix=STAGED, dir=ws.path.parent)
        part = Path(name)
        with path.open("rb") as source, os.fdopen(handle, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except OSError as error:
        if part is not None:
            leave(part)
        if error.errno in (errno.ENOSPC, errno.EROFS) and part is not None:
            raise disk_trouble(error, ws.path) from error
        raise Trouble(
            _("“{file}” could not be read: {error}.").format(file=path.name, error=error.strerror or error),
            _("Put the stick in again, then receive once more; nothing was lost."),
        ) from error
    try:
        yield part
    finally:
        leave(part)


def _clear_away(folder: Path) -> None:
    """Let go of what an earlier receiving left that was killed; another program may be at one of today."""
    for left in folder.glob(f"{STAGED}*.part"):
        if time.time() - left.stat().st_mtime > LEFT_AFTER:
            leave(left)


def _take(
    ws: Workspace, name: str, parcel: Parcel, readings: Readings, *, trusting: bool, progress: Progress
) -> MergeReport:
    header = parcel.header
    differed = len(ws.journal.differing(""))
    if trusting:
        trust.believe(ws, {segment.device for segment in parcel.segments()} | {header.device}, lambda _device: "")
    trust.note_address(ws, header.device, header.recipient, header.name)
    roster_is_new = trust.learn(ws, header.roster)
    judge = trust.judge(ws, readings)
    joining.seal(ws.journal, ws.key.sign)  # so that own lines can be held against what comes back
    received = joining.receive(
        ws.journal,
        _segments(parcel, header.operations, progress),
        (Body(c.hash, c.salt, c.reader, c.content) for c in parcel.contents()),
        judge=judge,
        readings=readings,
    )
    released = joining.release(ws.journal, judge=judge)
    renew_device(ws)
    received.new += released.new
    received.forked |= released.forked
    received.kinds |= released.kinds
    report = _report(ws, name, header, received, len(ws.journal.differing("")) - differed, roster_is_new=roster_is_new)
    departing.note_lacking(ws.journal, header.device, header.lacks)
    # The receipt comes last: whoever sees it may rely on everything before it.
    _note_holds(ws, header)
    told = {
        "sentences": report.sentences,
        "new": report.new,
        "known": report.known,
        "waiting": report.waiting,
        "missing": report.missing_files,
    }
    _note(ws, "received", header.id, report.sender, name, told)
    return report


def _segments(parcel: Parcel, whole: int, progress: Progress) -> Iterator[Segment]:
    done = 0
    for sealed in parcel.segments():
        yield _segment(sealed)
        done += sealed.last - sealed.first + 1
        progress(done, whole)


def _segment(sealed: Sealed) -> Segment:
    return Segment(sealed.device, sealed.first, sealed.last, sealed.header, sealed.signature, sealed.lines)


def _note(ws: Workspace, direction: str, uid: str, party: str, name: str, report: Mapping[str, Any]) -> None:
    with ws.journal.file.transaction() as connection:
        connection.execute(
            "INSERT INTO bundle (at, direction, uid, party, name, report) VALUES (?, ?, ?, ?, ?, ?)",
            (hlc.stamp(ws.clock()), direction, uid, party, name, json.dumps(report, ensure_ascii=False)),
        )


def _note_holds(ws: Workspace, header: Header) -> None:
    """The sender's vector is a receipt: it says what that computer holds. What it lacks, it does not hold."""
    held = dict(header.holds)
    for span in header.wants:
        held[span.device] = min(held.get(span.device, 0), span.first - 1)
    with ws.journal.file.transaction() as connection:
        connection.executemany(
            "INSERT INTO holds (device, of, seq) VALUES (?, ?, ?) "
            "ON CONFLICT (device, of) DO UPDATE SET seq = excluded.seq",
            [(header.device, of, seq) for of, seq in held.items()],
        )


# ---- the merge report ---------------------------------------------------------------------------------------------


def _report(
    ws: Workspace, name: str, header: Header, received: Received, conflicts: int, *, roster_is_new: bool
) -> MergeReport:
    missing = missing_contents(ws)
    counted = [
        (received.new, ngettext("{number} entry is new.", "{number} entries are new.", received.new)),
        (
            received.known,
            ngettext("{number} entry was here already.", "{number} entries were here already.", received.known),
        ),
    ]
    if received.waiting:
        counted.append(
            (received.waiting, ngettext("{number} entry waits.", "{number} entries wait.", received.waiting))
        )
    if conflicts > 0:
        told = ngettext(
            "{number} value was written differently in two places: look at it.",
            "{number} values were written differently in two places: look at them.",
            conflicts,
        )
        counted.append((conflicts, told))
    if missing:
        counted.append(
            (missing, ngettext("{number} file has not arrived.", "{number} files have not arrived.", missing))
        )
    if header.left_out:
        told = ngettext(
            "{number} text or file that is not for this reader was left out.",
            "{number} texts and files that are not for this reader were left out.",
            header.left_out,
        )
        counted.append((header.left_out, told))
    sentences = [told.format(number=words.whole(number)) for number, told in counted]
    sentences += [_lacking(ws, gap) for gap in joining.gaps(ws.journal)]
    sentences += [_forked(ws, device) for device in sorted(received.forked)]
    if roster_is_new:
        sentences.append(_("The office's list of members is new: computers on it are known here now."))
    return MergeReport(
        bundle=name,
        sender=trust.name_of(ws, header.device),
        sender_words=six_words(header.device),
        new=received.new,
        known=received.known,
        waiting=received.waiting,
        conflicts=max(conflicts, 0),
        missing_files=missing,
        sentences=tuple(sentences),
        unknown=unknown_signers(ws),
        touched=frozenset(received.kinds | {"bundle"}),
    )


def _lacking(ws: Workspace, gap: Gap) -> str:
    return _("Entries {first} to {last} of {computer} are missing: ask for a bundle that holds them.").format(
        first=words.whole(gap.first), last=words.whole(gap.last), computer=trust.name_of(ws, gap.device)
    )


def _forked(ws: Workspace, device: bytes) -> str:
    return _(
        "{computer} wrote two different histories: its file was copied or put back. Both are kept, side by side."
    ).format(computer=trust.name_of(ws, device))


def missing_contents(ws: Workspace) -> int:
    """How many texts and files that hold now should be here and are not; what is not for the office is not missing."""
    return sum(seen_here(ws, entity, field) for entity, field in departing.without_content(ws.journal))


def report_json(report: MergeReport) -> dict[str, Any]:
    """A merge report as plain values."""
    told: dict[str, Any] = to_builtins(report, order="sorted")
    return told
