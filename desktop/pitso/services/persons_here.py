"""Several people at one laptop: a PIN for each, the change of who writes, and the second person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pitso.domain import hlc
from pitso.domain.trouble import Trouble
from pitso.services import people, teams, workspace
from pitso.services.change import Change
from pitso.services.views import PersonLine
from pitso.services.workspace import Workspace, person_name
from pitso.storage import lock
from pitso.words import _, ngettext

SHORTEST = 4
FREE_TRIES = 3
LONGEST_WAIT = timedelta(minutes=5)
LOCK_AFTER = "lock.after"
MINUTES = (0, 5, 10, 20, 60)
"""After how many idle minutes the window may be locked; 0: never."""


@dataclass(frozen=True)
class Tries:
    """How often a wrong PIN was typed in a row, and when last."""

    wrong: int
    at: datetime | None

    @property
    def wait_until(self) -> datetime | None:
        """When the next try is heard: each wrong one after the third doubles the pause, up to five minutes."""
        if self.at is None or self.wrong < FREE_TRIES:
            return None
        return self.at + min(timedelta(seconds=5 * 2 ** (self.wrong - FREE_TRIES)), LONGEST_WAIT)


def writers(ws: Workspace, engagement: str) -> tuple[PersonLine, ...]:
    """Who may write here: the team of the open engagement and whoever has a PIN, else everybody."""
    everybody = people.persons(ws)
    team = {member.person for member in teams.members(ws, engagement)} if engagement else set()
    chosen = team | {ws.author} | {person.id for person in everybody if has_pin(ws, person.id)}
    return tuple(person for person in everybody if person.id in chosen) if team else everybody


def has_pin(ws: Workspace, person: str) -> bool:
    """Does this person have a PIN at this computer?"""
    return bool(ws.journal.own(f"pin.{person}"))


def set_pin(ws: Workspace, person: str, pin: str, *, former: str = "") -> Change:
    """Give a person a PIN for this workspace on this computer; an empty one takes it away.

    Whoever has one already proves it by the *former* PIN.
    """
    if has_pin(ws, person):
        require_pin(ws, person, former)
    if pin and len(pin) < SHORTEST:
        raise Trouble(_("This PIN is too short."), _("Take at least {number} digits.").format(number=SHORTEST))
    ws.journal.set_own(f"pin.{person}", lock.hashed(pin) if pin else "")
    name = person_name(ws, person)
    said = _("{name} has a PIN here now.") if pin else _("{name} has no PIN here any more.")
    return Change(frozenset({"pin"}), said.format(name=name), undoable=False)


def require_pin(ws: Workspace, person: str, pin: str) -> None:
    """Trouble unless this is the person's PIN, or the person has none. Wrong ones slow the next try down."""
    kept = ws.journal.own(f"pin.{person}")
    if not kept:
        return
    tries, now = _tries(ws, person), workspace.now()
    if tries.at is not None and tries.at > now:  # the clock was put right since: nobody waits for the wrong one
        tries = Tries(tries.wrong, now)
        _note(ws, person, tries)
    if tries.wait_until is not None and now < tries.wait_until:
        seconds = int((tries.wait_until - now).total_seconds()) + 1
        raise Trouble(
            _("This PIN was typed wrongly too often."),
            ngettext("Try again in {number} second.", "Try again in {number} seconds.", seconds).format(number=seconds),
        )
    # Noted before the PIN is looked at: whoever pulls the plug has still used up a try.
    _note(ws, person, Tries(tries.wrong + 1, now))
    if not lock.matches(kept, pin):
        raise Trouble(_("This is not the PIN of {name}.").format(name=person_name(ws, person)), _("Type it again."))
    _note(ws, person, Tries(0, None))


def _tries(ws: Workspace, person: str) -> Tries:
    wrong, _space, at = (ws.journal.own(f"tries.{person}") or "0").partition(" ")
    return Tries(int(wrong), hlc.moment(int(at)) if at else None)


def _note(ws: Workspace, person: str, tries: Tries) -> None:
    at = f" {hlc.stamp(tries.at)}" if tries.at else ""
    ws.journal.set_own(f"tries.{person}", f"{tries.wrong}{at}")


def change_writer(ws: Workspace, person: str, pin: str = "") -> Change:
    """From now on *person* writes here; who has a PIN types it."""
    require_pin(ws, person, pin)
    return workspace.write_as(ws, person)


def require_second(ws: Workspace, person: str, pin: str) -> str:
    """The second person of a deed that binds: somebody else than who writes, who types a PIN here.

    Returns the person's id, to be written into the record. Trouble for the writer, for somebody without a PIN, and for
    a wrong one.
    """
    if person == ws.author:
        raise Trouble(_("The second person must be somebody else."), _("Let another person enter the PIN."))
    if not has_pin(ws, person):
        raise Trouble(
            _("{name} has no PIN at this computer.").format(name=person_name(ws, person)),
            _("Set one under Settings, by that person alone; then do it again."),
        )
    require_pin(ws, person, pin)
    return person


def lock_after(ws: Workspace) -> int:
    """After how many idle minutes the window is locked; 0: never."""
    noted = ws.journal.own(LOCK_AFTER)
    return int(noted) if noted else 0


def set_lock_after(ws: Workspace, minutes: int) -> Change:
    """Lock the window after so many idle minutes; 0: never."""
    ws.journal.set_own(LOCK_AFTER, str(minutes))
    if not minutes:
        return Change(frozenset({"pin"}), _("The window is never locked by itself."), undoable=False)
    said = ngettext(
        "The window is locked after {number} idle minute.", "The window is locked after {number} idle minutes.", minutes
    )
    return Change(frozenset({"pin"}), said.format(number=minutes), undoable=False)


def can_lock(ws: Workspace) -> bool:
    """Is there anything that would open the window again: a PIN of who writes, or a passphrase?"""
    return bool(ws.author and has_pin(ws, ws.author)) or ws.journal.file.key is not None


def unlock(ws: Workspace, secret: str) -> Change:
    """Open the locked window: by the PIN of who writes, or by the passphrase or card of the workspace."""
    if ws.author and has_pin(ws, ws.author):
        require_pin(ws, ws.author, secret)
    elif ws.journal.file.key is not None:
        lock.unlock(ws.path, secret)
    return Change(frozenset(), "", undoable=False)
