"""What is kept here, what was sent, what others have said that they hold."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pitso.domain import hlc
from pitso.domain.policies import Reader
from pitso.services import enrolment, issuing, papers, sending, trust
from pitso.services.change import Change
from pitso.services.papers import Paper
from pitso.services.views import BundleLine, ExchangeView, PartyLine
from pitso.services.waiting import unknown_signers, waiting
from pitso.services.workspace import Workspace, acknowledged
from pitso.storage import departing, joining
from pitso.words import _

ONLY_HERE_AFTER = timedelta(days=1)
"""How old an entry may be of which nobody else has a copy (W24)."""


def exchange(ws: Workspace) -> ExchangeView:
    """How far everything is on its way."""
    kept = joining.count(ws.journal, {})
    held = _held_elsewhere(ws)
    written = _highest(sending.written(ws), held)
    groups = waiting(ws)
    return ExchangeView(
        kept=kept,
        sent=kept - joining.count(ws.journal, written),
        acknowledged=kept - joining.count(ws.journal, held),
        office_known=bool(trust.offices(ws) - {ws.journal.device}),
        waiting=sum(group.operations for group in groups),
        bundles=_bundles(ws),
        devices=tuple(trust.name_of(ws, device) for device in joining.vector(ws.journal)),
        unknown=unknown_signers(ws),
        waiting_groups=groups,
        parties=tuple(
            PartyLine(one.key, one.name, joining.count(ws.journal, sending.beyond(ws, one)), one.reader.value)
            for one in sending.parties(ws)
        ),
        roster=enrolment.joined(ws),
        only_here_since=only_here_since(ws),
        suggested_name=sending.suggested_name(ws),
    )


def _held_elsewhere(ws: Workspace) -> dict[bytes, int]:
    """How far the office has said that it holds each device's entries; where no office is known, anybody else."""
    offices = trust.offices(ws) - {ws.journal.device}
    if not offices:
        return acknowledged(ws)
    rows = ws.journal.file.rows("SELECT device, of, seq FROM holds")
    held: dict[bytes, int] = {}
    for device, of, seq in rows:
        if bytes(device) in offices:
            held[bytes(of)] = max(held.get(bytes(of), 0), seq)
    return held


def _highest(one: Mapping[bytes, int], other: Mapping[bytes, int]) -> dict[bytes, int]:
    return {device: max(one.get(device, 0), other.get(device, 0)) for device in one.keys() | other.keys()}


def reader_words() -> tuple[tuple[str, str], ...]:
    """For whose eyes a bundle may be made, from everything to least, as (code, words)."""
    return (
        (Reader.TEAM.value, _("The team")),
        (Reader.BOTH_SIDES.value, _("Both sides")),
        (Reader.OFFICE.value, _("The coordinating office")),
        (Reader.PUBLIC.value, _("Anybody")),
    )


def only_here_since(ws: Workspace) -> datetime | None:
    """Since when entries exist on this computer only, if that is longer than a day (W24); None otherwise."""
    elsewhere = _highest(sending.written(ws), acknowledged(ws))
    oldest = departing.oldest(ws.journal, beyond=elsewhere)
    if oldest is None or ws.clock() - hlc.moment(oldest) < ONLY_HERE_AFTER:
        return None
    return hlc.moment(oldest).astimezone()


def _bundles(ws: Workspace) -> tuple[BundleLine, ...]:
    rows = ws.journal.file.rows("SELECT id, at, direction, party, name, report FROM bundle ORDER BY id DESC LIMIT 20")
    return tuple(
        BundleLine(
            id=row,
            at=hlc.moment(at).astimezone(),
            words=_bundle_words(direction, party, name),
            sentences=tuple(_report(report)["sentences"]),
            receipt=direction != "refused",
        )
        for row, at, direction, party, name, report in rows
    )


def _report(text: str) -> dict[str, Any]:
    """What was noted of a bundle; the first version noted sentences only."""
    return (
        dict(json.loads(text)) if text.startswith("{") else {"sentences": [line for line in text.split("\n") if line]}
    )


def _bundle_words(direction: str, party: str, name: str) -> str:
    if direction == "refused":
        return _("Refused: {file}").format(file=name)
    if direction == "sent":
        return (
            _("Sent: {file}, for {name}").format(file=name, name=party)
            if party
            else _("Sent: {file}").format(file=name)
        )
    return _("Received: {file}, from {name}").format(file=name, name=party)


def keep_receipt(ws: Workspace, bundle: int, path: Path) -> Change:
    """Keep the receipt of a bundle as PDF at *path*; its check code is known from then on."""
    paper = receipt(ws, bundle)
    papers.keep(paper, path)
    return issuing.register(ws, paper, "receipt", issuing.Way.SAVED, reader=Reader.OFFICE).change


def receipt(ws: Workspace, bundle: int) -> Paper:
    """The receipt of a bundle that left or came, on paper: what it brought, what waits, what is missing."""
    ((at, direction, party, name, report),) = ws.journal.file.rows(
        "SELECT at, direction, party, name, report FROM bundle WHERE id = ?", (bundle,)
    )
    told, came = _report(report), direction == "received"
    here = trust.name_of(ws, ws.journal.device)
    return papers.receipt(
        ws,
        received=came,
        bundle=name,
        sender=party if came else here,
        recipient=here if came else party or _("Anybody"),
        at=hlc.moment(at).astimezone(),
        new=int(told.get("new", 0)),
        known=int(told.get("known", 0)),
        waiting=int(told.get("waiting", 0)),
        missing_files=int(told.get("missing", 0)),
        sentences=told["sentences"],
    )
