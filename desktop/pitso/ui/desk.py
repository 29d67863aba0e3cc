"""The desk that every deed passes: it runs the deed and announces what changed, or what went wrong."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services.change import Change
from pitso.words import _

if TYPE_CHECKING:
    from logging import Logger

Value = TypeVar("Value")


def log() -> "Logger":
    """Where faults of ours are written with their trace."""
    import logging

    return logging.getLogger("pitso")


TELL_EVERY = 0.1
"""Seconds between two words of how far long work is."""

_working = 0
_counting = Lock()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """While a thread works, Python collects no cycles: it might do so in that thread, and destroy widgets there."""
    global _working
    with _counting:
        _working += 1
        gc.disable()
    try:
        yield
    finally:
        with _counting:
            _working -= 1
            if not _working:
                gc.enable()


def bug() -> Trouble:
    """What a person is told of a fault that is ours; its trace has gone to the log."""
    return Trouble(
        _("Pitso made a mistake here. What was kept before is safe."),
        _("Try again. If it happens again, send the log file that Settings names to who looks after Pitso."),
    )


class Desk(QObject):
    """Runs deeds, asks for views, and tells everyone.

    Signals:
        changed: a Change, after a deed.
        troubled: a Trouble, when a deed or a question failed.
    """

    changed = Signal(object)
    troubled = Signal(object)

    def do(self, deed: Callable[[], Change]) -> Change | None:
        """Run *deed* and announce what it changed."""
        change = self.ask(deed)
        if change is not None:
            self.changed.emit(change)
        return change

    def ask(self, question: Callable[[], Value]) -> Value | None:
        """The answer to *question*, or None after the trouble was told."""
        try:
            return question()
        except Trouble as trouble:
            self.troubled.emit(trouble)
        except Exception:
            log().exception("A bug of ours")
            self.troubled.emit(bug())
        return None


_going: set[QObject] = set()

TURN = 0.0005
"""Seconds after which work gives the window its turn: each reading of the file asks for one, ten times as often."""


class Work(QObject, Generic[Value]):
    """Long work that leaves the window's thread; it opens its own connection to the file.

    Work that goes on for a while calls `tell` from time to time, which is where it can be stopped.

    Signals:
        told: how much of how much is done.
        done: what the work returned.
        failed: the Trouble that ended it.
        ended: it was abandoned, and is over.
    """

    told = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, work: Callable[[], Value]) -> None:
        super().__init__()
        self._work = work
        self._language = words.language()
        self._stopping = Event()
        self._told_at = 0.0
        self._abandoned = False

    def stop(self) -> None:
        """Ask the work to end; it does where it next tells how far it is."""
        self._stopping.set()

    def tell(self, done: int, whole: int) -> None:
        """Said by the work, in its thread: so much of so much. Raises Trouble when it shall stop."""
        self.heed()
        now = monotonic()
        if now - self._told_at > TELL_EVERY:
            self._told_at = now
            self.told.emit(done, whole)

    def heed(self) -> None:
        """Raises Trouble when the work shall stop."""
        if self._stopping.is_set():
            raise Trouble(_("This was stopped before its end."), _("Nothing was lost; begin again when you like."))

    def abandon(self) -> None:
        """Nobody waits for it any more: it ends where it next tells how far it is, and says nothing."""
        self._abandoned = True
        self._stopping.set()

    def start(self) -> None:
        sys.setswitchinterval(TURN)
        _going.add(self)  # kept alive until it has answered, whatever happens to its page
        self.done.connect(self._end)
        self.failed.connect(self._end)
        self.ended.connect(self._end)
        QThreadPool.globalInstance().start(QRunnable.create(self._run))

    def _run(self) -> None:
        words.speak(self._language)
        with _no_collecting():
            self._answer()

    def _answer(self) -> None:
        try:
            value = self._work()
        except Trouble as trouble:
            if self._abandoned:
                self.ended.emit()
            else:
                self.failed.emit(trouble)
        except Exception:
            log().exception("A bug of ours, in long work")
            self.failed.emit(bug())
        else:
            self.done.emit(value)

    def _end(self, _value: object = None) -> None:
        # The thread may still hold the last reference for a moment; it must not be the one that destroys this.
        QTimer.singleShot(1000, self, self._forget)

    def _forget(self) -> None:
        _going.discard(self)
