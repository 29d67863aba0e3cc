"""Exchange: sending and receiving, in a thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from pitso.services import exchange, receiving, sending, waiting
from pitso.services.change import Change
from pitso.services.views import MergeReport
from pitso.services.workspace import Workspace
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.exchange import ExchangePage
from pitso.words import _

Value = TypeVar("Value")
BUNDLES = "Pitso (*.pitso-bundle)"


class ExchangeBinding(Binding[ExchangePage]):
    """Connects sending and receiving; both are done in a thread."""

    def connect_page(self) -> None:
        self.page.send_asked.connect(self._send)
        self.page.receive_asked.connect(self._receive)
        self.page.taken_in.connect(
            lambda devices: self.hall.desk.do(lambda: waiting.take_in(self.hall.workspace, devices))
        )

    def enter(self, place: Place) -> None:
        self.page.show_reports(())
        super().enter(place)
        if place.part == "receive":
            self._receive()

    def look(self) -> None:
        view = self.hall.desk.ask(lambda: exchange.exchange(self.hall.workspace))
        if view is not None:
            self.page.show_exchange(view)

    def _send(self) -> None:
        ws = self.hall.workspace
        name = sending.suggested_name(ws)
        path = self.hall.asking.save_file(_("Send what is new"), name, BUNDLES)
        if path is not None:
            self._work(lambda own: sending.send(own, path), self._sent)

    def _sent(self, change: Change) -> None:
        self._worked()
        self.hall.desk.changed.emit(change)

    def _receive(self) -> None:
        self.receive(self.hall.asking.open_files(_("Receive"), BUNDLES))

    def receive(self, bundles: Sequence[Path]) -> None:
        """Bring *bundles* in, one after the other."""
        if bundles:
            self._work(partial(_received, bundles), self._brought_in)

    def _brought_in(self, reports: list[MergeReport]) -> None:
        self._worked()
        if not self.stopped:
            self.page.show_reports(reports)
        touched = frozenset().union(*(report.touched for report in reports))
        self.hall.desk.changed.emit(Change(touched, "", undoable=False))

    def _work(self, work: Callable[[Workspace], Value], done: Callable[[Value], None]) -> None:
        self.page.show_working(True)
        task = self.hall.begin_work_on_file(work, done)
        task.failed.connect(lambda _trouble: self._worked())

    def _worked(self) -> None:
        """The work is over; the page may have been closed meanwhile."""
        if not self.stopped:
            self.page.show_working(False)


def _received(bundles: Sequence[Path], own: Workspace) -> list[MergeReport]:
    return [receiving.receive(own, bundle) for bundle in bundles]
