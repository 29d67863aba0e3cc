"""Opening: from a path or a beginning to the page where one was last."""

import gc
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pitso.domain.trouble import Trouble
from pitso.ui import directory, hold_constants, theme
from pitso.ui.dress import dress
from pitso.ui.hall import Hall, Place
from pitso.ui.shell import Shell
from pitso.words import _

if TYPE_CHECKING:
    from pitso.services.account import Account
    from pitso.services.workspace import Workspace

BUNDLE = ".pitso-bundle"
FORM = ".xlsx"
COPY_AFTER, AND_AGAIN = 60_000, 3_600_000
"""Milliseconds after the opening at which the copy of the day is made, if there is none yet, and between later looks: a
laptop that is never closed, only shut, has more than one day. A drive may be plugged in meanwhile.
"""
LOAD_AFTER = 200
"""Milliseconds after the opening at which what later pages need is loaded."""
DRAWING = "pitso.services.papers"
"""What draws papers: no page needs it to open, and every paper takes a while longer without it."""


def _load_later() -> None:
    for name in directory.KNOWN:
        directory.load(name)
    import_module(DRAWING)


def _keep_loaded() -> None:
    """What was loaded stays to the end: collecting garbage would walk through it all, for as long as a page takes."""
    gc.collect()
    gc.freeze()


class Opening(QObject):
    """Brings workspaces into the window."""

    loaded = False
    """Was all loaded that later pages need? Once in a process is enough."""

    def __init__(self, application: QApplication, hall: Hall, shell: Shell) -> None:
        super().__init__(shell)
        hold_constants()
        self._brought: list[str] = []
        self._application, self._hall, self._shell = application, hall, shell
        self._copying = QTimer(self, singleShot=True)
        self._copying.timeout.connect(self._copy_the_day)
        hall.opening.connect(self.open)
        hall.arrived.connect(self.arrive)
        hall.dressing.connect(self.dress_anew)
        hall.returning.connect(self.return_to_today)
        hall.touring.connect(self.tour)
        shell.dropped.connect(self.take_files)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._colours_changed)

    def start(self, path: str) -> None:
        """Open *path*, or what was opened last, or the first page."""
        from pitso.services import account

        recent = next((recent for recent in account.load().recent[:1] if Path(recent).is_file()), "")
        if recent and (not path or path.endswith(BUNDLE)):  # a bundle goes into the workspace that was open last
            self.open(recent)
        if path:
            self.open(path)
        if not self._hall.has_workspace and self._hall.place.page != "unlock":
            self._shell.enter(Place("first"))

    def open(self, path: str) -> None:
        """Open a workspace, or bring a bundle in."""
        from pitso.services import copies, workspace

        if path.endswith(BUNDLE):
            self.take_files([path])
            return
        if self._hall.desk.ask(lambda: workspace.protected(Path(path))):
            self._shell.enter(Place("unlock", code=path))
            return
        opened = self._hall.desk.ask(lambda: copies.opened(Path(path), self._hall.asking.agreed))
        if opened is not None:
            self.arrive(opened)

    def arrive(self, opened: "Workspace") -> None:
        """A workspace is open: show the page where one was last in it."""
        from pitso.services import account, copies, engagements, workspace

        account.save(account.load().opened(str(opened.path.resolve())))
        self._shell.forget_pages()  # while the former file is open: what is left on a page is kept there
        self._hall.take(opened)
        self._shell.set_rail(office=opened.office)
        place = Place.read(workspace.recall(opened, "place")) if not opened.looking_back else None
        lines = self._hall.desk.ask(lambda: engagements.known(opened)) or ()
        known = {line.id for line in lines}
        if place is None or place.page not in directory.KNOWN or (place.engagement and place.engagement not in known):
            only = lines[0].id if len(lines) == 1 or (lines and not opened.office) else ""
            place = Place("engagement", engagement=only) if only and not opened.office else Place("engagements")
        self._shell.enter(place)
        brought, self._brought = self._brought, []
        if brought:
            self.take_files(brought)
        self._shell.watch(self._idle)
        if (worry := self._hall.desk.ask(lambda: copies.worries(opened))) is not None:
            self._hall.desk.troubled.emit(worry)
        QTimer.singleShot(LOAD_AFTER, self, self._warm)
        self._copying.start(COPY_AFTER)

    def tour(self, way: str) -> None:
        """Begin, go on in, or end the guided tour."""
        from pitso.ui import touring

        touring.go(self._hall, way)

    def return_to_today(self) -> None:
        """Leave the former day: the workspace opens again as it is."""
        from pitso.services import former_day

        if self._hall.has_workspace and self._hall.workspace.looking_back:
            opened = self._hall.desk.ask(lambda: former_day.back(self._hall.workspace))
            if opened is not None:
                self.arrive(opened)

    def _copy_the_day(self) -> None:
        from pitso.services import copies

        if self._hall.has_workspace:
            self._hall.begin_work_on_file(copies.copy_of_the_day, lambda _made: None)
            self._copying.start(AND_AGAIN)

    def _idle(self) -> int:
        """After how many idle minutes the window locks itself; 0: never."""
        from pitso.services import persons_here

        if not self._hall.has_workspace:
            return 0
        ws = self._hall.workspace
        return persons_here.lock_after(ws) if persons_here.can_lock(ws) else 0

    def _warm(self) -> None:
        """Load what later pages need while the person reads the first one: drawings and papers take a while."""
        if self._hall.has_workspace and not Opening.loaded:
            self._hall.begin_work(_load_later, self._make_ahead)

    def _make_ahead(self, _loaded: None) -> None:
        """All is loaded: now the pages themselves, while nobody touches the window."""
        from pitso.ui.ahead import Ahead

        _keep_loaded()
        Opening.loaded = True
        Ahead(self._shell)

    def take_files(self, paths: list[str]) -> None:
        """Files that were dropped or named: bundles and forms are brought in, a workspace is opened."""
        bundles = [Path(path) for path in paths if path.endswith(BUNDLE)]
        others = [path for path in paths if path.endswith(".pitso")]
        forms = [Path(path) for path in paths if path.endswith(FORM)]
        locked = self._hall.place.page == "unlock"
        if others and not bundles:
            self.open(others[0])
        elif locked and self._hall.has_workspace:
            self._hall.desk.troubled.emit(
                Trouble(_("The window is locked."), _("Unlock it first, then drop the file once more."))
            )
        elif forms and self._hall.has_workspace:
            self._hall.go("records", part="forms")
            self._shell.binding_here().bring_in(forms[0])
        elif bundles and self._hall.has_workspace:
            self._hall.go("exchange")
            self._shell.binding_here().receive(bundles)
        elif bundles and locked:
            self._brought = [str(bundle) for bundle in bundles]
        elif bundles:
            self._hall.desk.troubled.emit(
                Trouble(
                    _("This is a bundle; it is brought into a workspace."),
                    _("Begin or open a workspace first, then drop the bundle on the window."),
                )
            )

    def dress_anew(self, account: "Account") -> None:
        """Put on another language, size or colours, and make every page anew in them."""
        dress(self._application, account)
        place = self._hall.place
        self._shell.forget_pages()
        self._shell.setStyleSheet(theme.sheet())
        if self._hall.has_workspace:
            self._shell.set_rail(office=self._hall.workspace.office)
        self._shell.enter(place)

    def _colours_changed(self) -> None:
        from pitso.services import account

        chosen = account.load()
        if chosen.theme == theme.SYSTEM:
            self.dress_anew(chosen)
