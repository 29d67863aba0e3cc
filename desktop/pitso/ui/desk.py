"""The desk that every deed passes: it runs the deed and announces what changed, or what went wrong."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services.change import Change
from pitso.words import _

Value = TypeVar("Value")
log = logging.getLogger("pitso")


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
            log.exception("A bug of ours")
            self.troubled.emit(bug())
        return None


_going: set[QObject] = set()


class Work(QObject, Generic[Value]):
    """Long work that leaves the window's thread; it opens its own connection to the file.

    Signals:
        done: what the work returned.
        failed: the Trouble that ended it.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[], Value]) -> None:
        super().__init__()
        self._work = work
        self._language = words.language()

    def start(self) -> None:
        _going.add(self)  # kept alive until it has answered, whatever happens to its page
        self.done.connect(self._end)
        self.failed.connect(self._end)
        QThreadPool.globalInstance().start(QRunnable.create(self._run))

    def _run(self) -> None:
        words.speak(self._language)
        with _no_collecting():
            self._answer()

    def _answer(self) -> None:
        try:
            value = self._work()
        except Trouble as trouble:
            self.failed.emit(trouble)
        except Exception:
            log.exception("A bug of ours, in long work")
            self.failed.emit(bug())
        else:
            self.done.emit(value)

    def _end(self, _value: object) -> None:
        # The thread may still hold the last reference for a moment; it must not be the one that destroys this.
        QTimer.singleShot(1000, self, self._forget)

    def _forget(self) -> None:
        _going.discard(self)
