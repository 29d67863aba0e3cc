"""A workspace that is open on this computer: its journal, who writes, what was kept, undo and redo."""

import json
import platform
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pitso import places
from pitso.domain import hlc, roles
from pitso.domain.readiness.instrument import Instrument
from pitso.domain.trouble import Trouble
from pitso.exchange import roster
from pitso.exchange.keys import DeviceKey, KeyPlace
from pitso.exchange.roster import Roster, Seat
from pitso.services.change import Change
from pitso.services.views import Standing
from pitso.storage import backups, joining, lock, rebuilding, version
from pitso.storage.disk import disk_trouble
from pitso.storage.edits import Drop, Edit, Erase, Put, Settle
from pitso.storage.file import Damaged as Damaged
from pitso.storage.file import WorkspaceFile
from pitso.storage.journal import Deed, Journal
from pitso.storage.lock import Key
from pitso.words import _

if TYPE_CHECKING:
    from pitso.domain.facts import Facts
    from pitso.domain.readiness.scoring import Agreed, Result
    from pitso.services.contests import Election
    from pitso.services.room import Room
    from pitso.xforms import Form

NOBODY = "person/nobody"
"""Who writes before anyone has said who they are: the program itself."""

DEMONSTRATION_MOMENT = "demonstration.now"


def now() -> datetime:
    """The moment by this computer's clock."""
    return datetime.now(UTC)


def token() -> str:
    """A name that nobody else gives."""
    return secrets.token_hex(8)


@dataclass
class Workspace:
    """An open workspace. Deeds go through `record`; what is shown comes from the journal."""

    path: Path
    journal: Journal
    key: DeviceKey
    place: KeyPlace
    clock: Callable[[], datetime] = now
    token: Callable[[], str] = token
    instruments: dict[str, Instrument] = field(default_factory=dict, repr=False)
    """Instruments read already, by the form's record: a form never changes under its hash."""
    forms: "dict[str, Form]" = field(default_factory=dict, repr=False)
    """Forms read already, by their records."""
    problems: dict[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    """How many questions of a draft are missing or wrong, with the stamp of its latest entry, by its record."""
    known: "dict[str, tuple[object, Facts]]" = field(default_factory=dict, repr=False)
    """Facts gathered already, by the engagement, with what they were gathered from: many views ask for the same."""
    elections: "dict[str, tuple[object, Election]]" = field(default_factory=dict, repr=False)
    """Elections read already, with the state of the file that they were read from."""
    rooms: "dict[str, tuple[object, Room]]" = field(default_factory=dict, repr=False)
    """Registers of workshops read already, with what they were read from: the pages of a room share one."""
    doubles: tuple[object, int] | None = field(default=None, repr=False)
    """How many names may stand twice, with the state of the registers that were compared."""
    looking_back: str = ""
    """What is shown in place of today, in words; nothing can be written while one looks back."""
    judged: "dict[str, tuple[tuple[dict[str, Agreed], bool], Result]]" = field(default_factory=dict, repr=False)
    """Results worked out already, by the assessment, with the ratings that they follow from."""
    _closed: bool = field(default=False, repr=False)
    _roster: tuple[int, Roster | None] | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What people call this workspace."""
        return self.journal.own("name") or self.path.stem

    @property
    def office(self) -> bool:
        """Is this the workspace of the coordinating office, which holds many engagements?"""
        return self.journal.own("office") == "yes"

    @property
    def demonstration(self) -> bool:
        """Does every print of it carry the word DEMONSTRATION?"""
        return self.journal.own(DEMONSTRATION_MOMENT) is not None

    @property
    def author(self) -> str | None:
        """The person who writes at this computer now."""
        return self.journal.own("author")

    @property
    def written(self) -> tuple[object, ...]:
        """Another one whenever a deed is kept here, or something arrives."""
        (row,) = self.journal.file.rows(
            "SELECT (SELECT max(id) FROM deed), (SELECT count(*) FROM segment), (SELECT max(id) FROM bundle), "
            "(SELECT max(number) FROM roster)"
        )
        return tuple(row)

    def today(self) -> date:
        """The date that everything is measured against; the demonstration stands still."""
        return self.clock().astimezone().date()

    def record(
        self,
        edits: Sequence[Edit],
        *,
        said: str,
        undoable: bool = True,
        made: str = "",
        author: str | None = None,
        sealed: bool = False,
    ) -> Change:
        """Keep one deed and say what it changed. Trouble for what the roles of this computer do not allow.

        A *sealed* fact closes its signed segment at once.
        """
        self._require_allowed(edits)
        deed = self.journal.commit(author or self.author or NOBODY, edits, said=said, undoable=undoable, sealed=sealed)
        return _change(deed, undoable=undoable, record=made)

    def record_shuffled(self, edits: Sequence[Edit], *, said: str, made: str = "") -> Change:
        """Keep what was keyed from papers: neither numbers nor times tell in which order. It cannot be undone."""
        self._require_allowed(edits)
        deed = self.journal.commit_batch(self.author or NOBODY, edits, said=said)
        return _change(deed, undoable=False, record=made)

    def _require_allowed(self, edits: Sequence[Edit]) -> None:
        own = self._own_roles()
        if own is not None and not all(_allowed(edit, own) for edit in edits):
            raise Trouble(
                _("The role of this computer does not allow that."),
                _("Do it at the computer of whoever has the role, or ask the office for another one."),
            )

    def _own_roles(self) -> frozenset[str] | None:
        """The roles that the office's list gives this computer; None where no list names it."""
        held = self.roster
        seat = held.seat(self.journal.device) if held is not None else None
        return frozenset(seat.roles) if seat is not None else None

    @property
    def roster(self) -> Roster | None:
        """The newest list of members; None where no office keeps one.

        Another connection, such as one that receives in a thread, may have learnt a newer list meanwhile.
        """
        ((newest,),) = self.journal.file.rows("SELECT coalesce(max(number), 0) FROM roster")
        if self._roster is None or self._roster[0] != newest:
            rows = self.journal.file.rows("SELECT text FROM roster WHERE number = ?", (newest,))
            self._roster = (newest, roster.read(rows[0][0]) if rows else None)
        return self._roster[1]

    def close(self) -> None:
        """Seal what this device wrote, so that whoever copies the file has it signed, and let go of the file."""
        if self._closed:
            return
        self._closed = True
        try:
            if not (self.journal.file.read_only or self.looking_back):
                joining.seal(self.journal, self.key.sign)
        finally:
            self.journal.file.close()


def _allowed(edit: Edit, own: frozenset[str]) -> bool:
    """May a computer with these roles do this *edit*?"""
    if isinstance(edit, Erase):
        return not roles.ERASERS.isdisjoint(own)
    if isinstance(edit, Settle):
        return not roles.SETTLERS.isdisjoint(own)
    return roles.allowed(edit.entity, "" if isinstance(edit, Drop) else edit.field, own)


def _change(deed: Deed, *, undoable: bool = True, record: str = "") -> Change:
    return Change(deed.touched, deed.said, undoable, record)


def create(
    path: Path,
    *,
    name: str,
    office: bool = False,
    clock: Callable[[], datetime] = now,
    token: Callable[[], str] = token,
    demonstration: datetime | None = None,
    passphrase: str | None = None,
) -> Workspace:
    """Make a new workspace file at *path* and open it; Trouble if something lies there.

    A *demonstration* stands still at the given moment from its next opening on. With a *passphrase* the file is
    encrypted from its first byte on.
    """
    key = _locked(path, passphrase) if passphrase is not None else None
    opened = _bind(WorkspaceFile.create(path, key), clock, token)
    for note, value in {"name": name, "office": "yes" if office else "no", "uid": secrets.token_hex(8)}.items():
        opened.journal.set_own(note, value)
    if demonstration is not None:
        opened.journal.set_own(DEMONSTRATION_MOMENT, demonstration.isoformat())
    return opened


def _locked(path: Path, passphrase: str) -> Key | None:
    """The key for a new workspace, whose lock lies on the disk before there is anything to lose."""
    if path.exists() or not path.parent.is_dir():
        return None  # creating it is refused, with the reason
    key, closed = lock.new(passphrase)
    lock.keep(closed, path)
    return key


def open_workspace(path: Path, secret: str | None = None, *, key: Key | None = None) -> Workspace:
    """Open the workspace at *path*; Trouble if it is none, damaged, newer, or held by another program.

    A protected one needs its passphrase or the code of its card as *secret* (`Locked` without), or the *key* of one
    that is open already. Before an older file is brought up to date, a copy of it is made beside it.
    """
    if key is None and path.is_file() and lock.salt_of(path) is not None:
        key = lock.unlock(path, secret)
    opened = WorkspaceFile.open(path, key, before_steps=_copy_before_steps)
    still = opened.rows("SELECT value FROM own WHERE key = ?", (DEMONSTRATION_MOMENT,))
    if not still:
        return _bind(opened, now, token)
    moment = datetime.fromisoformat(still[0][0])
    return _bind(opened, lambda: moment, token)


def protected(path: Path) -> bool:
    """Does the file at *path* need a secret to be opened, and is its lock here to try it on?"""
    return path.is_file() and lock.find(path) is not None


def _copy_before_steps(opened: WorkspaceFile) -> None:
    (step, *_others) = version.waiting(opened.connection)
    backups.back_up(opened, backups.folder_beside(opened.path), datetime.now(), why=step)


def place_of_key(path: Path) -> KeyPlace:
    """Where this computer account keeps the device key for the workspace file at *path*."""
    return KeyPlace(places.keys(), path)


def _bind(opened: WorkspaceFile, clock: Callable[[], datetime], token: Callable[[], str]) -> Workspace:
    """Give the file the device that it is on this computer account: its own key, or a new one."""
    place = place_of_key(opened.path)
    try:
        key = place.load(None)
        if key is None and opened.rows("SELECT 1 FROM device LIMIT 1"):
            place.take_over(partial(_held, opened))
            key = place.load(None)
        if key is not None:
            key = place.load(_held(opened, key.public))
        key = key or new_key(place)
    except OSError as error:
        raise disk_trouble(error, places.keys()) from error
    journal = Journal(opened, key.public, clock)
    journal.on_commit(place.mark)
    journal.sign_as(key.public, key.sign)
    ws = Workspace(opened.path, journal, key, place, clock, token)
    if not opened.read_only:
        rebuilding.bring_up(journal)
        if not _held(opened, key.public):
            _settle(journal, clock)
        hand_over(ws)
    return ws


def new_key(place: KeyPlace) -> DeviceKey:
    """A key that nobody else has, kept for this computer account; Trouble where its drive refuses."""
    try:
        return place.renew()
    except OSError as error:
        raise disk_trouble(error, places.keys()) from error


def hand_over(ws: Workspace) -> None:
    """Where the file of an office was put back from a copy, let the list of members name the device that it is now.

    The device that it was signs that. Where the copy holds an older list than the one that was signed last, nothing
    is signed before the newer one has come back with a bundle: others would refuse another list of the same number.
    """
    held = ws.roster if ws.key.former else None
    if held is None or held.number < ws.place.listed() or held.seat(ws.journal.device) is not None:
        return
    for former in ws.key.former:
        by = DeviceKey(former.seed)
        seat = held.seat(by.public)
        if seat is not None and roster.OFFICE in seat.roles and seat.revoked_after is None:
            last = max(former.last, joining.held(ws.journal.file, by.public))
            without = replace(held, seats=held.revoking(by.public, last))
            seats = without.with_seat(replace(seat, device=ws.journal.device, recipient=ws.key.recipient, token=""))
            sign_roster(ws, seats, by)
            return


def sign_roster(ws: Workspace, seats: Iterable[Seat], by: DeviceKey) -> None:
    """Keep the next list of members, with these *seats*, signed *by* a device of the office."""
    rows = ws.journal.file.rows("SELECT number, text FROM roster ORDER BY number DESC LIMIT 1")
    number, previous = (rows[0][0], roster.fingerprint(rows[0][1])) if rows else (0, "")
    keep_rosters(ws, [roster.signed(number + 1, previous, seats, by.public, by.sign)], number)


def keep_rosters(ws: Workspace, texts: Sequence[str], after: int) -> None:
    """Keep lists of members, as they were signed, whose numbers follow *after*."""
    with ws.journal.file.transaction() as connection:
        connection.executemany(
            "INSERT INTO roster (number, text) VALUES (?, ?)", [(n, text) for n, text in enumerate(texts, after + 1)]
        )
    ws.place.note_list(after + len(texts))


def set_list_aside(ws: Workspace) -> None:
    """Follow no list of members any more, so that another office's may begin; the former one stays in the file."""
    chain = [text for (text,) in ws.journal.file.rows("SELECT text FROM roster ORDER BY number")]
    ws.journal.set_own(f"list.aside.{hlc.stamp(ws.clock())}", json.dumps(chain, ensure_ascii=False))
    with ws.journal.file.transaction() as connection:
        connection.execute("DELETE FROM roster")
    ws.place.note_list(0)
    ws._roster = None


def renew_device(ws: Workspace) -> None:
    """Become a new device if another one was seen to sign with the same key: a cloned disk, a copy put back."""
    if all(fork.device != ws.key.public for fork in joining.forks(ws.journal)):
        return
    ws.key = DeviceKey.new()  # at another address too: the other one may be in foreign hands
    try:
        ws.place.keep(ws.key)
    except OSError as error:
        raise disk_trouble(error, places.keys()) from error
    ws.journal.sign_as(ws.key.public, ws.key.sign)
    _settle(ws.journal, ws.clock)


def _settle(journal: Journal, clock: Callable[[], datetime]) -> None:
    """A device that is new in a file believes the devices that wrote it, and repeats what they left unsealed."""
    with journal.file.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO trusted (device, name, at) "
            "SELECT key, '', ? FROM device WHERE id IN (SELECT device FROM segment UNION SELECT id >> 40 FROM tail)",
            (hlc.stamp(clock()),),
        )
    joining.adopt(journal)


def _held(opened: WorkspaceFile, device: bytes) -> int:
    return joining.held(opened, device)


# ---- who writes ---------------------------------------------------------------------------------------------------


def write_as(ws: Workspace, person: str) -> Change:
    """From now on *person* writes at this computer."""
    ws.journal.set_own("author", person)
    name = person_name(ws, person)
    return Change(frozenset({"author"}), _("{name} writes here now.").format(name=name), undoable=False)


def person_name(ws: Workspace, person: str | None) -> str:
    """The name of a person, or that it is not known here."""
    if person is None or person == NOBODY:
        return ""
    return str(ws.journal.record(person).get("name") or _("a person who is not known here"))


def require_author(ws: Workspace) -> str:
    """The person who writes here; Trouble if nobody has said so yet."""
    author = ws.author
    if author is None:
        raise Trouble(_("Pitso does not know who writes."), _("Say who you are first, under Settings."))
    return author


def this_computer() -> str:
    """What this computer is called by its owner, for the list of devices."""
    return platform.node() or _("this computer")


# ---- undo, what stands in the window -----------------------------------------------------------------------


def undo(ws: Workspace) -> Change:
    """Take the latest deed back by operations that answer it; Trouble if it cannot be."""
    deed = ws.journal.undoable()
    said = _("Taken back: {deed}").format(deed=deed.said) if deed else ""
    return _change(ws.journal.undo(ws.author or NOBODY, said=said))


def redo(ws: Workspace) -> Change:
    """Do again what was taken back last."""
    deed = ws.journal.redoable()
    said = _("Done again: {deed}").format(deed=deed.said) if deed else ""
    return _change(ws.journal.redo(ws.author or NOBODY, said=said))


def device_name(ws: Workspace, device: bytes) -> str:
    """What people call the computer that signs with this key."""
    if device == ws.journal.device:
        return _("this computer")
    return str(ws.journal.record(device_record(device)).get("name") or device.hex()[:8])


def device_record(device: bytes) -> str:
    """The record that a device keeps of itself."""
    return f"device/{device.hex()[:32]}"


def introduce_device(ws: Workspace) -> None:
    """Keep once, under this device's own signature, what this computer is called."""
    entity = device_record(ws.journal.device)
    if not ws.journal.record(entity):
        ws.record([Put(entity, "name", this_computer())], said=_("This computer was introduced."), undoable=False)


def standing(ws: Workspace, engagement: str | None) -> Standing:
    """What stands in the window whatever the page."""
    author = ws.journal.record(ws.author) if ws.author else {}
    last, undoable, redoable = ws.journal.last_deed(), ws.journal.undoable(), ws.journal.redoable()
    return Standing(
        workspace=ws.name,
        office=ws.office,
        engagement=ws.journal.record(engagement).get("title") if engagement else None,
        author=str(author.get("name") or ""),
        author_role=str(author.get("role") or ""),
        saved_at=last.at.astimezone() if last else None,
        kept=joining.count(ws.journal, {}),
        unsent=joining.count(ws.journal, acknowledged(ws)),
        undo=undoable.said if undoable else None,
        redo=redoable.said if redoable else None,
        demonstration=ws.demonstration,
        looking_back=ws.looking_back,
    )


def acknowledged(ws: Workspace) -> dict[bytes, int]:
    """How far at least one other computer that is believed has said that it holds each device's operations.

    What a stranger says, or a computer that was lost, is no copy elsewhere.
    """
    held = ws.roster
    listed = {seat.device: seat.revoked_after is None for seat in held.seats} if held is not None else {}
    trusted = {bytes(key) for (key,) in ws.journal.file.rows("SELECT device FROM trusted")}
    reached: dict[bytes, int] = {}
    for device, of, seq in ws.journal.file.rows("SELECT device, of, seq FROM holds"):
        by = bytes(device)
        if by != ws.journal.device and listed.get(by, by in trusted):
            reached[bytes(of)] = max(reached.get(bytes(of), 0), seq)
    return reached


def remember(ws: Workspace, key: str, value: str) -> None:
    """Keep where the window was: of this computer only, never sent, and no page waits for the disk."""
    if not (ws.journal.file.read_only or ws.looking_back):
        ws.journal.note(f"window.{key}", value)


def recall(ws: Workspace, key: str) -> str | None:
    """Where the window was."""
    return ws.journal.own(f"window.{key}")
