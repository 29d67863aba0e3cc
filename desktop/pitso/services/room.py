"""The room in memory: the register of a workshop read once, searched while typing, and kept up with each deed."""

from collections.abc import Iterable
from datetime import datetime

from pitso.domain import presence as doors
from pitso.domain.folding import fold
from pitso.domain.presence import Move
from pitso.services import attendance, presence, quorum, rolls, workshops
from pitso.services.change import Change
from pitso.services.room_views import Elector, Figures, Participant, QuorumView, SessionLine
from pitso.services.workspace import Workspace
from pitso.words import language

FOUND = 8
"""How many are shown while somebody types."""
RECENT = 10


def room_of(ws: Workspace, workshop: str) -> "Room":
    """The room of a workshop, read once until something is written or arrives; it stands at the present minute."""
    state = (ws.written, language())
    kept = ws.rooms.get(workshop)
    if kept is None or kept[0] != state:
        kept = ws.rooms[workshop] = (state, Room(ws, workshop))
    else:
        kept[1].look_at_clock()
    return kept[1]


class Room:
    """What the pages of one workshop show; a deed of the desk reads one person again, any other deed everybody."""

    def __init__(self, ws: Workspace, workshop: str) -> None:
        self.ws, self.workshop = ws, workshop
        self.load()

    def load(self) -> None:
        """Read everything."""
        self.participants = {one.id: one for one in attendance.participants(self.ws, self.workshop)}
        self._sought = {uid: _sought(one) for uid, one in self.participants.items()}
        self.moves: tuple[Move, ...] = presence.moves(self.ws, self.workshop, self.participants.values())
        self.look_at_clock()

    def look_at_clock(self) -> None:
        """Bring up to date what follows from the time of day."""
        self.line = workshops.workshop(self.ws, self.workshop)
        self._stand()

    def _stand(self) -> None:
        known = tuple(self.participants.values())
        self.electors: tuple[Elector, ...] = rolls.electors_of(self.ws, self.workshop, known)
        self.councils = rolls.councils(self.ws, self.workshop, known)
        self.running: SessionLine | None = workshops.running(self.ws, self.workshop)
        self.at = presence.latest(self.moves, workshops.moment(self.ws, self.workshop))
        self.inside = doors.inside(self.moves, self.at)

    def look_again(self, change: Change) -> None:
        """Bring up to date what a deed changed."""
        if change.touched <= {"attendance", "presence", "person"} and change.record.startswith("attendance/"):
            self._read_one(change.record)
        else:
            self.load()

    def _read_one(self, uid: str) -> None:
        """Read one attendance again, and what was noted of it at the door."""
        record = self.ws.journal.record(uid)
        own = presence.moves_of(self.ws, uid)
        shown = next((one.id for one in self.participants.values() if uid in one.also), uid)
        if not record or shown != uid or (uid in self.participants and self.participants[uid].also):
            self.load()
            return
        (one,) = attendance.read(self.ws, self.line.code, {uid: record})
        self.participants[uid], self._sought[uid] = one, _sought(one)
        self.moves = (*(move for move in self.moves if move.who != uid), *own)
        self._stand()

    def find(self, words: str) -> tuple[Participant, ...]:
        """Whoever bears all the *words* in name, council or badge: those first who are awaited, and begin so."""
        parts = fold(words).split()
        if not parts:
            return ()
        found = [uid for uid, text in self._sought.items() if all(part in text for part in parts)]
        best = sorted(found, key=lambda uid: self._rank(uid, parts))
        return tuple(self.participants[uid] for uid in best[:FOUND])

    def _rank(self, uid: str, parts: list[str]) -> tuple[bool, bool, bool, str]:
        """Who is awaited, then whose name begins as it was typed, then whose words begin so."""
        text = self._sought[uid]
        as_typed = text.startswith(f" {' '.join(parts)}")
        return self.participants[uid].registered, not as_typed, not all(f" {part}" in text for part in parts), text

    def recent(self) -> tuple[Participant, ...]:
        """The last ten who registered at any desk, the latest first."""
        came = [one for one in self.participants.values() if one.came is not None]
        return tuple(sorted(came, key=lambda one: (one.came, one.number), reverse=True)[:RECENT])

    def is_in(self, one: Participant) -> bool:
        """Is this person in the room now?"""
        return one.id in self.inside

    def figures(self) -> Figures:
        """The big figures of the desk."""
        there = (one for one in self.participants.values() if one.id in self.inside)
        return presence.figures_of(self.participants.values(), there, self.electors, self.at, self.councils)

    def quorum(self, at: datetime | None = None) -> QuorumView:
        """Whether the assembly may decide now, or at a moment."""
        there = doors.inside(self.moves, at) if at else self.inside
        known = self.participants.values()
        return quorum.quorum_of(self.ws, self.workshop, known, there, self.electors, at or self.at)

    def absent_of(self, council: str) -> tuple[Participant, ...]:
        """Delegates of a council who have not registered, for whom somebody else may come."""
        return tuple(
            one
            for one in self.participants.values()
            if one.council == council and not one.registered and one.credentials in ("vote", "no_vote")
        )

    def voters_present(self) -> tuple[Participant, ...]:
        """Voters in the room, by name."""
        entitled = {elector.person for elector in self.electors}
        there = (one for one in self.participants.values() if one.id in self.inside and one.person in entitled)
        return tuple(sorted(there, key=lambda one: fold(one.name)))


def _sought(one: Participant) -> str:
    """What a search looks through: the words of the name and the council, whole and run together, and the badge."""
    name, council = fold(one.name), fold(one.council_name)
    joined = name.replace(" ", "")
    return f" {name} {joined} {council} {one.number} {fold(one.serial)} {_plain(one.serial)}"


def _plain(serial: str) -> str:
    return serial.replace("-", "").casefold()


def names_of(known: Iterable[Participant]) -> list[tuple[str, str]]:
    """Person and name of each, to choose from; the council tells those of one name apart."""
    return [(one.person, " · ".join(part for part in (one.name, one.council_name) if part)) for one in known]
