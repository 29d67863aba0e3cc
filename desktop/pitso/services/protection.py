"""Passphrase and recovery card of a workspace."""

from dataclasses import dataclass, replace

from pitso import words
from pitso.domain.folding import fold
from pitso.domain.trouble import Trouble
from pitso.paper.documents import recovery_card
from pitso.paper.documents.recovery_card import RecoveryCard
from pitso.paper.imprint import Imprint, State
from pitso.services import copies
from pitso.services.change import Change
from pitso.services.papers import Paper
from pitso.services.workspace import Workspace
from pitso.storage import lock
from pitso.storage.disk import leave
from pitso.storage.lock import CARD, PASSPHRASE, Lock
from pitso.words import _


@dataclass(frozen=True)
class Protection:
    """How a workspace is protected."""

    passphrase: bool
    card: bool


def protection(ws: Workspace) -> Protection:
    """How this workspace is protected."""
    found = lock.find(ws.path) if ws.journal.file.key else None
    kinds = found.wrappings if found else {}
    return Protection(PASSPHRASE in kinds, CARD in kinds)


def told(ws: Workspace) -> str:
    """How this workspace is protected, in one sentence."""
    how = protection(ws)
    if not how.passphrase:
        return _("This workspace has no passphrase: whoever gets the file can read it.")
    if how.card:
        return _("This workspace is protected by a passphrase; a recovery card opens it too.")
    return _("This workspace is protected by a passphrase. There is no recovery card: if it is forgotten, all is lost.")


def set_passphrase(ws: Workspace, passphrase: str) -> Change:
    """Protect the workspace with this passphrase from now on.

    A protected one only gets another wrapping of its key; an open one is written anew, encrypted. A card that opened it
    is worth nothing from then on: whoever needed it has shown it.
    """
    key = ws.journal.file.key
    if key is None:
        key, closed = lock.new(passphrase)
        lock.keep(closed, ws.path)
        ws.journal.file.change_key(key)
        copies.forget_open_copies(ws)
        return _changed(_("The workspace is protected by a passphrase now."))
    former = _lock(ws).without(CARD) if key.opened_by == CARD else _lock(ws)
    lock.keep(former.closed(key, PASSPHRASE, lock.good(passphrase)), ws.path)
    ws.journal.file.key = replace(key, opened_by=PASSPHRASE)
    return _changed(_("The new passphrase holds from now on."))


def remove_passphrase(ws: Workspace) -> Change:
    """Write the workspace anew, without encryption."""
    ws.journal.file.change_key(None)
    leave(lock.beside(ws.path))
    return _changed(_("The workspace is open to everybody who has the file."))


def new_card(ws: Workspace) -> tuple[str, ...]:
    """The code of a new recovery card; the former card opens nothing any more."""
    key = ws.journal.file.key
    if key is None:
        raise Trouble(_("This workspace has no passphrase."), _("Set one first; the card is for when it is forgotten."))
    code = lock.new_code()
    lock.keep(_lock(ws).closed(key, CARD, "".join(code)), ws.path)
    return code


def card_paper(ws: Workspace, code: tuple[str, ...], language: str) -> Paper:
    """The recovery card with this code, as a paper to print at once: the code is kept nowhere."""
    with words.speaking(language):
        view = RecoveryCard(
            imprint=Imprint(
                title=_("Recovery card"),
                engagement="",
                code=f"RC-{ws.today():%Y%m%d}",
                state=State.DEMONSTRATION if ws.demonstration else State.FINAL,
                reader=_("Who keeps the card"),
                as_of=ws.clock().astimezone(),
            ),
            workspace=ws.name,
            made_on=ws.today(),
            code=code,
        )
        pdf = recovery_card.make(view, language)
        name = fold(_("Recovery card") + " " + ws.name)
    return Paper(f"{'-'.join(name.split())}.pdf", pdf)


def _lock(ws: Workspace) -> Lock:
    return lock.find(ws.path) or Lock(ws.journal.file.key.salt if ws.journal.file.key else b"", {})


def _changed(said: str) -> Change:
    return Change(frozenset({"protection"}), said, undoable=False)
