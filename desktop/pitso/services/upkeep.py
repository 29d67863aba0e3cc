"""Looking after a workspace file."""

import hashlib
import json

from pitso.domain.trouble import Trouble
from pitso.exchange.keys import signed_by
from pitso.services.workspace import Workspace
from pitso.storage import joining, rebuilding
from pitso.words import _, ngettext, whole


def rebuild(ws: Workspace) -> bool:
    """Make the tables again from the journal; says whether they were equal."""
    return rebuilding.rebuild(ws.journal)


def verify(ws: Workspace) -> str:
    """Check every signature and every link of the chains; tells how many entries they cover, or the first fault."""
    before: dict[bytes, str] = {}
    lines = 0
    for segment in joining.outgoing(ws.journal, {}):
        header = json.loads(segment.header)
        sound = (
            signed_by(segment.device, segment.header, segment.signature)
            and header["lines"] == hashlib.sha256(segment.lines).hexdigest()
            and header["previous"] == before.get(segment.device, "")
        )
        if not sound:
            raise Trouble(
                _("The entries {first} to {last} of one computer are not as they were signed.").format(
                    first=whole(segment.first), last=whole(segment.last)
                ),
                _("Take a copy of the file that is sound, and tell who looks after Pitso."),
            )
        before[segment.device] = hashlib.sha256(segment.header).hexdigest()
        lines += segment.last - segment.first + 1
    told = ngettext("{number} entry is as it was signed.", "{number} entries are as they were signed.", lines)
    return told.format(number=whole(lines))
