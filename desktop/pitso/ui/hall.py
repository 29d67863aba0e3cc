"""The hall that all pages open from: where we are, the way there and back, and the desk."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pitso import places
from pitso.ui.desk import Desk, Work
from pitso.words import _

if TYPE_CHECKING:
    from pitso.services.workspace import Workspace

Value = TypeVar("Value")


@dataclass(frozen=True)
class Place:
    """A page and what it shows: the window can go there, go back there, and open there next time."""

    page: str
    engagement: str = ""
    assessment: str = ""
    code: str = ""
    """The indicator, person or paper that is open."""
    part: str = ""
    """The section of the page."""

    def written(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str | None) -> "Place | None":
        """The place that was *written*; None when the words are not one."""
        try:
            found = json.loads(text or "")
            return cls(**{key: str(value) for key, value in found.items()})
        except (ValueError, TypeError, AttributeError):
            return None


@dataclass
class Asking:
    """How the user is asked for a file: the only dialogs there are."""

    parent: QWidget | None = None
    folder: Path = field(default_factory=places.documents)

    def open_file(self, title: str, kinds: str = "") -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getOpenFileName(self.parent, title, str(self._folder()), kinds)
        return self._remember(chosen)

    def open_files(self, title: str, kinds: str = "") -> list[Path]:
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getOpenFileNames(self.parent, title, str(self._folder()), kinds)
        return [path for path in map(self._remember, chosen) if path is not None]

    def agreed(self, question: str) -> bool:
        """Does the user agree to what the *question* proposes?"""
        from PySide6.QtWidgets import QMessageBox

        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        box = QMessageBox(QMessageBox.Icon.Question, "Pitso", question, yes | no, self.parent)
        box.button(yes).setText(_("Yes"))  # Qt would say it in the language of the system
        box.button(no).setText(_("No"))
        return box.exec() == yes

    def save_file(self, title: str, name: str, kinds: str = "") -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getSaveFileName(self.parent, title, str(self._folder() / name), kinds)
        return self._remember(chosen)

    def passphrase(self, title: str, told: str) -> str | None:
        from PySide6.QtWidgets import QInputDialog, QLineEdit

        typed, given = QInputDialog.getText(self.parent, title, told, QLineEdit.EchoMode.Password)
        return typed if given and typed else None

    def choose_folder(self, title: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.parent, title, str(self._folder()))
        if chosen:
            self.folder = Path(chosen)
        return Path(chosen) if chosen else None

    def _folder(self) -> Path:
        return self.folder if self.folder.is_dir() else Path.home()

    def _remember(self, chosen: str) -> Path | None:
        if not chosen:
            return None
        self.folder = Path(chosen).parent
        return Path(chosen)


class Hall(QObject):
    """What every page shares.

    Signals:
        going: the Place that the window goes to.
        opening: the path of a workspace or bundle to open.
        arrived: a Workspace that was opened or made.
        dressing: the Account, after language, type size or colours were chosen anew.
        locking: the window is to be locked.
        displaying: the room display opens or closes.
        returning: whoever looked back returns to today.
        touring: in the guided tour: ``begin``, ``show``, ``back``, ``next`` or ``end``.
        unlocked: who stands before the locked window has opened it.
    """

    going = Signal(object)
    opening = Signal(object)
    arrived = Signal(object)
    dressing = Signal(object)
    locking = Signal()
    displaying = Signal()
    unlocked = Signal()
    returning = Signal()
    touring = Signal(str)

    def __init__(self, workspace: "Workspace | None" = None) -> None:
        super().__init__()
        self.desk = Desk()
        self.asking = Asking()
        self.place = Place("first")
        self.viewing_agreed = False
        """Has somebody agreed that open copies lie about meanwhile, since this workspace was opened?"""
        self._workspace = workspace

    @property
    def workspace(self) -> "Workspace":
        assert self._workspace is not None, "no page that needs a workspace opens before there is one"
        return self._workspace

    @property
    def has_workspace(self) -> bool:
        return self._workspace is not None

    def take(self, workspace: "Workspace | None") -> None:
        """From now on this workspace is the open one; the former is closed."""
        if self._workspace is not None and self._workspace is not workspace:
            from pitso.services import viewing

            viewing.forget()
            self.viewing_agreed = False
            self._workspace.close()
        self._workspace = workspace

    def go(self, page: str, **where: str) -> None:
        """Go to a *page*; what is not said stays as it is here."""
        kept = replace(self.place, page=page, code="", part="")
        self.going.emit(replace(kept, **where))

    def begin_work(self, work: Callable[[], Value], done: Callable[[Value], None]) -> "Work[Value]":
        """Do long *work* in a thread of its own, and then *done* on the window's thread."""
        task: Work[Value] = Work(work)
        self._start(task, done)
        return task

    def _start(self, task: "Work[Value]", done: Callable[[Value], None]) -> None:
        task.done.connect(done)
        task.failed.connect(self.desk.troubled)
        task.start()

    def begin_work_on_file(self, work: "Callable[[Workspace], Value]", done: Callable[[Value], None]) -> "Work[Value]":
        """The same, with a connection of its own to the open workspace."""
        return self.begin_told_work(lambda own, _tell: work(own), done)

    def begin_told_work(
        self, work: "Callable[[Workspace, Callable[[int, int], None]], Value]", done: Callable[[Value], None]
    ) -> "Work[Value]":
        """The same, where the work tells how far it is and can be stopped."""
        task = self._on_file(work)
        self._start(task, done)
        return task

    def begin_reading(self, read: "Callable[[Workspace], Value]", done: Callable[[Value], None]) -> "Work[Value]":
        """The same for what only *reads* for long: it can be stopped at each of its readings, and does not linger."""

        def heedful(own: "Workspace", _tell: Callable[[int, int], None]) -> Value:
            own.journal.file.heed = task.heed
            return read(own)

        task = self._on_file(heedful)
        self._start(task, done)
        return task

    def _on_file(self, work: "Callable[[Workspace, Callable[[int, int], None]], Value]") -> "Work[Value]":
        path, key = self.workspace.path, self.workspace.journal.file.key

        def run() -> Value:
            from pitso.services import workspace

            own = workspace.open_workspace(path, key=key)
            try:
                return work(own, task.tell)
            finally:
                own.close()

        task: Work[Value] = Work(run)
        return task
