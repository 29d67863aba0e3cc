"""The frozen roll as an election rests on it: read from what was frozen and amended, without the register."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace


@dataclass(frozen=True)
class Electorate:
    """Who may vote by the frozen roll; empty while it is not frozen."""

    frozen: bool = False
    contested: bool = False
    """Two computers froze it differently."""
    votes: int = 0
    hash: str = ""
    """SHA-256 as it was frozen, or of that with its amendments."""
    frozen_at: datetime | None = None


def electorate(ws: Workspace, workshop: str) -> Electorate:
    """The frozen roll of a workshop."""
    entity = f"roll/{key_of(workshop)}"
    contested = bool(ws.journal.contested(entity))
    closed = ws.journal.record(entity).get("closed")
    if closed is None:
        return Electorate(contested=contested)
    seats = {str(person): int(votes) for person, _council, votes in closed["electors"]}
    digest = str(closed["hash"])
    amendments = ws.journal.records(f"{entity}/amendment/")
    for uid, record in sorted(amendments.items(), key=lambda item: (str(item[1].get("at", "")), item[0])):
        if record.get("way") == "remove":
            seats.pop(str(record["person"]), None)
        else:
            seats[str(record["person"])] = int(record["votes"])
        digest = hashlib.sha256(f"{digest} {uid} {record.get('way')} {record['person']}".encode()).hexdigest()
    return Electorate(True, contested, sum(seats.values()), digest, datetime.fromisoformat(closed["at"]))
