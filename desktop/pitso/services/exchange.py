"""What is kept here, what was sent, what others have said that they hold."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pitso.domain import hlc
from pitso.domain.policies import Reader
from pitso.exchange import roster
from pitso.services import enrolment, sending, trust
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
    rows = ws.journal.file.rows("SELECT at, direction, party, name, report FROM bundle ORDER BY id DESC LIMIT 20")
    groups = waiting(ws)
    return ExchangeView(
        kept=kept,
        sent=kept - joining.count(ws.journal, written),
        acknowledged=kept - joining.count(ws.journal, held),
        office_known=bool(_offices(ws) - {ws.journal.device}),
        waiting=sum(group.operations for group in groups),
        bundles=tuple(BundleLine(hlc.moment(row[0]).astimezone(), _bundle_words(*row[1:])) for row in rows),
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


def _offices(ws: Workspace) -> set[bytes]:
    held = trust.current(ws)
    return {seat.device for seat in held.seats if roster.OFFICE in seat.roles} if held is not None else set()


def _held_elsewhere(ws: Workspace) -> dict[bytes, int]:
    """How far the office has said that it holds each device's entries; where no office is known, anybody else."""
    offices = _offices(ws) - {ws.journal.device}
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


def _bundle_words(direction: str, party: str, name: str, report: str) -> str:
    told = report.replace("\n", " ")
    if direction == "sent":
        return _("Sent: {file}").format(file=f"{name} → {party}" if party else name)
    if direction == "refused":
        return _("Refused: {file}. {report}").format(file=name, report=told)
    return _("Received: {file}. {report}").format(file=name, report=told)
