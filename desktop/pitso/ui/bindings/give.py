"""Giving away in open formats, in a thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from pitso.domain.policies import Reader
from pitso.services import engagements, exchange, giving, hosts_copy, open_formats
from pitso.services.change import Change
from pitso.services.workspace import Workspace
from pitso.ui.bindings.binding import Binding
from pitso.ui.desk import Work
from pitso.ui.drives import removable
from pitso.ui.pages.give import CSV, HOSTS, SQLITE, WORKBOOK, GivePage, Giving
from pitso.words import _, size

Tell = Callable[[int, int], None]
READERS = (Reader.OFFICE, Reader.BOTH_SIDES, Reader.TEAM)
ENDINGS = {WORKBOOK: ".xlsx", SQLITE: ".db"}


class GiveBinding(Binding[GivePage]):
    """Connects the hosts' copy and the tables."""

    def connect_page(self) -> None:
        self._work: Work[Change] | None = None
        self.page.given.connect(self._give)
        self.page.stop_asked.connect(self._stop)

    def look(self) -> None:
        said = dict(exchange.reader_words())
        drives = [
            (str(drive.folder), _("{drive}, {size} free").format(drive=drive.name, size=size(drive.free)))
            for drive in removable()
        ]
        self.page.show_giving(readers=[(each.value, said[each.value]) for each in READERS], drives=drives)

    def _give(self, asked: Giving) -> None:
        if self._work is not None:
            return
        folder = asked.folder or self.hall.asking.choose_folder(_("Give in open formats"))
        if folder is None:
            return
        lines = self.hall.desk.ask(lambda: engagements.known(self.hall.workspace)) or ()
        engagement = self.place.engagement or next((line.id for line in lines), "")
        self.page.show_working(True)
        self._work = self.hall.begin_told_work(partial(_given, asked, folder, engagement), self._written)
        self._work.told.connect(self.page.progress.show_progress)
        self._work.failed.connect(lambda _trouble: self._worked())

    def _written(self, change: Change) -> None:
        self._worked()
        if not self.stopped:
            self.page.show_done(change.said)
        self.hall.desk.changed.emit(change)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _worked(self) -> None:
        self._work = None
        if not self.stopped:
            self.page.show_working(False)


def _given(asked: Giving, folder: Path, engagement: str, own: Workspace, tell: Tell) -> Change:
    if asked.form == HOSTS:
        return hosts_copy.write(own, engagement, folder, tell)
    sheets = giving.everything(own, Reader(asked.reader))
    tell(1, 2)
    name = f"{own.name}-{own.today().isoformat()}"
    path = folder / (name + ENDINGS.get(asked.form, ""))
    if asked.form == WORKBOOK:
        open_formats.as_workbook(sheets, path)
    elif asked.form == SQLITE:
        open_formats.as_sqlite(sheets, path)
    elif asked.form == CSV:
        open_formats.as_csv(sheets, path)
    tell(2, 2)
    said = _("“{file}” was written.").format(file=path.name)
    return Change(frozenset(), f"{said} {giving.sentence(sheets)}".strip(), undoable=False)
