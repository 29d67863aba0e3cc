"""Looking after a workspace file: its tables, and what is odd about what came in."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from pitso import places
from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import Parcel
from pitso.exchange.enrolment import six_words
from pitso.exchange.envelope import Elsewhere, Unlock
from pitso.exchange.keys import identities, signed_by
from pitso.services.workspace import Workspace, device_name
from pitso.storage import joining, rebuilding
from pitso.words import _, ngettext, whole


def rebuild(ws: Workspace) -> bool:
    """Make the tables again from the journal; says whether they were equal."""
    return rebuilding.rebuild(ws.journal)


def oddities(ws: Workspace) -> tuple[str, ...]:
    """What somebody should know about the computers that wrote here, one sentence each.

    A computer with two histories, a clock that is wrong, entries that only a newer Pitso understands.
    """
    forked = [
        _("{computer} was copied with its key: what both copies wrote is kept, as that of two computers.").format(
            computer=device_name(ws, fork.device)
        )
        for fork in joining.forks(ws.journal)
    ]
    clocks = [
        ngettext(
            "The clock of {computer} is {number} day ahead: its entries bear a wrong date.",
            "The clock of {computer} is {number} days ahead: its entries bear a wrong date.",
            lead.days,
        ).format(computer=device_name(ws, device), number=whole(lead.days))
        for device, lead in joining.wrong_clocks(ws.journal).items()
    ]
    unread = [
        ngettext(
            "{number} entry needs Pitso {version}: it is kept and passed on.",
            "{number} entries need Pitso {version}: they are kept and passed on.",
            number,
        ).format(number=whole(number), version=version or "?")
        for version, number in joining.needing(ws.journal).items()
    ]
    return (*forked, *clocks, *unread)


def verify_bundle(path: Path, passphrase: str | None) -> str:
    """Check a bundle whole, without a workspace; tells who wrote it and what is in it. Trouble if anything is amiss.

    One that is locked for computers opens where one of the workspaces of this account is among them.
    """
    if not path.is_file():
        raise Trouble(
            _("There is no file “{file}”.").format(file=path), _("It may have been moved: look for it, or open a copy.")
        )
    header = _opened(path, passphrase).header
    told = ngettext(
        "{number} entry is as it was signed.", "{number} entries are as they were signed.", header.operations
    )
    sender = _("Signed by {name}: {words}").format(name=header.name, words=six_words(header.device))
    return f"{told.format(number=whole(header.operations))} {sender}"


def _opened(path: Path, passphrase: str | None) -> Parcel:
    for identity in identities(places.keys()):
        with suppress(Elsewhere):
            return Parcel(path, Unlock(identity, passphrase))
    return Parcel(path, Unlock(passphrase=passphrase))


def verify(ws: Workspace) -> str:
    """Check every signature and every link of the chains; tells how many entries they cover, or the first fault."""
    seen: dict[bytes, set[str]] = {}
    lines = 0
    for segment in joining.outgoing(ws.journal, {}):
        header = json.loads(segment.header)
        links = seen.setdefault(segment.device, {""})  # a computer with two histories has two chains
        sound = (
            signed_by(segment.device, segment.header, segment.signature)
            and header["lines"] == hashlib.sha256(segment.lines).hexdigest()
            and header["previous"] in links
        )
        if not sound:
            raise Trouble(
                _("The entries {first} to {last} of one computer are not as they were signed.").format(
                    first=whole(segment.first), last=whole(segment.last)
                ),
                _("Take a copy of the file that is sound, and tell who looks after Pitso."),
            )
        links.add(hashlib.sha256(segment.header).hexdigest())
        lines += segment.last - segment.first + 1
    told = ngettext("{number} entry is as it was signed.", "{number} entries are as they were signed.", lines)
    return told.format(number=whole(lines))
