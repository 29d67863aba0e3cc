"""Bringing in participants from a table."""

from pathlib import Path

from pitso.services import participant_tables
from pitso.services.participant_tables import Preview
from pitso.ui.bindings.room import RoomBinding
from pitso.ui.hall import Place
from pitso.ui.pages.bring import BringPage
from pitso.words import _

TABLES = "CSV, XLSX (*.csv *.xlsx *.txt)"


class BringBinding(RoomBinding[BringPage]):
    """Connects the look at a table with the deed of bringing it in."""

    kinds = frozenset()

    def connect_page(self) -> None:
        self._looked_at: Preview | None = None
        self.page.file_asked.connect(self._choose)
        self.page.kept.connect(self._keep)

    def enter(self, place: Place) -> None:
        self._looked_at = None
        super().enter(place)

    def look(self) -> None:
        self.page.show_table(self._looked_at)

    def _choose(self) -> None:
        path = self.hall.asking.open_file(_("A table of participants"), TABLES)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Look at the table in this file."""
        ws, room = self.hall.workspace, self.room
        if room is None:
            return
        found = self.hall.desk.ask(lambda: participant_tables.preview(ws, room.workshop, path))
        if found is not None:
            self._looked_at = found
            self.look()
            self.page.focus_first()

    def _keep(self) -> None:
        ws, room, looked_at = self.hall.workspace, self.room, self._looked_at
        if room is None or looked_at is None:
            return
        if self.hall.desk.do(lambda: participant_tables.bring_in(ws, room.workshop, looked_at)) is not None:
            self.go_to("desk")
