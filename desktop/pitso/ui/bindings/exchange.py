"""Exchange: sending and receiving, each in a thread; what waits; what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.services import differences, doubles, exchange, receiving, sending, waiting
from pitso.services.change import Change
from pitso.services.receiving import Locked
from pitso.services.views import Difference, DoubleLine, MergeReport
from pitso.services.workspace import Workspace
from pitso.ui.bindings.binding import Binding
from pitso.ui.desk import Work
from pitso.ui.drives import removable
from pitso.ui.hall import Place
from pitso.ui.pages.differences import DifferencesPage
from pitso.ui.pages.exchange import ExchangePage
from pitso.ui.pages.send import OPEN, PASSPHRASE, Sending, SendPage
from pitso.ui.pages.waiting import WaitingPage
from pitso.words import _, size

BUNDLES = "Pitso (*.pitso-bundle)"
Tell = Callable[[int, int], None]


class ExchangeBinding(Binding[ExchangePage]):
    """Connects receiving, and the ways to all that belongs to it."""

    def connect_page(self) -> None:
        self._work: Work[_Outcome] | None = None
        page = self.page
        page.send_asked.connect(lambda: self.hall.go("send"))
        page.members_asked.connect(lambda: self.hall.go("members"))
        page.give_asked.connect(lambda: self.hall.go("give"))
        page.looked_into.connect(lambda device: self.hall.go("waiting", code=device))
        page.receive_asked.connect(self._receive)
        page.stop_asked.connect(self._stop)
        page.receipt_asked.connect(self._keep_receipt)
        page.taken_in.connect(lambda devices: self.hall.desk.do(lambda: waiting.take_in(self.hall.workspace, devices)))

    def enter(self, place: Place) -> None:
        if self._work is None:
            self.page.show_reports(())
        super().enter(place)
        if place.part == "receive":
            self._receive()

    def look(self) -> None:
        view = self.hall.desk.ask(lambda: exchange.exchange(self.hall.workspace))
        if view is not None:
            self.page.show_exchange(view)

    def _keep_receipt(self, bundle: int) -> None:
        ws, ask = self.hall.workspace, self.hall.desk.ask
        made = ask(lambda: exchange.receipt(ws, bundle))
        path = self.hall.asking.save_file(_("Save a copy"), made.file_name, "PDF (*.pdf)") if made is not None else None
        if path is not None:
            self.hall.desk.do(lambda: exchange.keep_receipt(ws, bundle, path))

    def _receive(self) -> None:
        self.receive(self.hall.asking.open_files(_("Receive"), BUNDLES))

    def receive(self, bundles: Sequence[Path], *, passphrase: str | None = None) -> None:
        """Bring *bundles* in, one after the other."""
        if not bundles or self._work is not None:
            return
        self.page.show_working(True)
        work = partial(_received, tuple(bundles), passphrase)
        self._work = self.hall.begin_told_work(work, self._brought_in)
        self._work.told.connect(self.page.progress.show_progress)
        self._work.failed.connect(lambda _trouble: self._worked())

    def _brought_in(self, outcome: "_Outcome") -> None:
        self._worked()
        if not self.stopped:
            self.page.show_reports(outcome.reports)
        touched = frozenset({"bundle"}).union(*(report.touched for report in outcome.reports))
        self.hall.desk.changed.emit(Change(touched, "", undoable=False))
        for trouble in outcome.troubles:
            self.hall.desk.troubled.emit(trouble)
        if outcome.locked:
            self._unlock(outcome.locked)

    def _unlock(self, locked: Sequence[Path]) -> None:
        """Ask for the passphrase of bundles that have one, and bring them in with it."""
        passphrase = self.hall.asking.passphrase(
            _("Receive"), _("“{file}” is protected by a passphrase. The sender knows it.").format(file=locked[0].name)
        )
        if passphrase:
            self.receive(locked, passphrase=passphrase)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _worked(self) -> None:
        """The work is over; the page may have been closed meanwhile."""
        self._work = None
        if not self.stopped:
            self.page.show_working(False)


@dataclass(frozen=True)
class _Outcome:
    """What became of several bundles."""

    reports: tuple[MergeReport, ...]
    troubles: tuple[Trouble, ...]
    locked: tuple[Path, ...]
    """Those that ask for a passphrase."""


def _received(bundles: Sequence[Path], passphrase: str | None, own: Workspace, tell: Tell) -> _Outcome:
    """Bring every bundle in; one that is refused does not keep the others out."""
    reports, troubles, locked = [], [], []
    for bundle in bundles:
        try:
            reports.append(receiving.receive(own, bundle, passphrase=passphrase, progress=tell))
        except Locked:
            locked.append(bundle)
        except Trouble as trouble:
            troubles.append(trouble)
    return _Outcome(tuple(reports), tuple(troubles), tuple(locked))


class SendBinding(Binding[SendPage]):
    """Connects sending."""

    kinds = frozenset({"bundle", "roster"})

    def connect_page(self) -> None:
        self._work: Work[Change] | None = None
        self.page.sent.connect(self._send)
        self.page.stop_asked.connect(self._stop)

    def look(self) -> None:
        view = self.hall.desk.ask(lambda: exchange.exchange(self.hall.workspace))
        if view is None:
            return
        drives = [
            (str(drive.folder), _("{drive}, {size} free").format(drive=drive.name, size=size(drive.free)))
            for drive in removable()
        ]
        self.page.show_sending(view.parties, readers=exchange.reader_words(), drives=drives, kept=view.kept)

    def _send(self, asked: Sending) -> None:
        ws = self.hall.workspace
        if asked.folder:
            path: Path | None = sending.free_path(ws, asked.folder)
        else:
            path = self.hall.asking.save_file(_("Send"), sending.suggested_name(ws), BUNDLES)
        if path is None or self._work is not None:
            return
        self.page.show_working(True)
        self._work = self.hall.begin_told_work(partial(_sent, asked, path), self._written)
        self._work.told.connect(self.page.progress.show_progress)
        self._work.failed.connect(lambda _trouble: self._worked())

    def _written(self, change: Change) -> None:
        self._worked()
        self.page.forget_passphrase()
        if self.open:
            self.hall.go("exchange")
        self.hall.desk.changed.emit(change)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _worked(self) -> None:
        self._work = None
        if not self.stopped:
            self.page.show_working(False)

    def leave(self) -> None:
        self.page.forget_passphrase()
        super().leave()


def _sent(asked: Sending, path: Path, own: Workspace, tell: Tell) -> Change:
    to = sending.party(own, asked.to) if asked.to not in (PASSPHRASE, OPEN) else None
    return sending.send(
        own,
        path,
        to=to,
        passphrase=asked.passphrase or None,
        reader=Reader(asked.reader),
        receipt=asked.receipt,
        progress=tell,
    )


class WaitingBinding(Binding[WaitingPage]):
    """Connects a look at what waits of one computer."""

    def connect_page(self) -> None:
        self.page.let_in.connect(self._let_in)

    def look(self) -> None:
        ws, device = self.hall.workspace, self.place.code
        groups = self.hall.desk.ask(lambda: waiting.waiting(ws)) or ()
        own = sorted((group for group in groups if group.device == device), key=lambda group: not group.decidable)
        group = next(iter(own), None)
        entries = self.hall.desk.ask(lambda: waiting.look_into(ws, device)) or ()
        if group is not None:
            self.page.show_waiting(group, entries)

    def _let_in(self) -> None:
        if self.hall.desk.do(lambda: waiting.let_in(self.hall.workspace, self.place.code)) is not None:
            self.hall.go("exchange")


class DifferencesBinding(Binding[DifferencesPage]):
    """Connects what differs, and what may stand twice."""

    def connect_page(self) -> None:
        self._all: tuple[Difference, ...] = ()
        self._doubles: tuple[DoubleLine, ...] = ()
        self._joined: tuple[DoubleLine, ...] = ()
        self._place = 0
        page = self.page
        page.opened.connect(self._open)
        page.chosen.connect(lambda number: self._decide(differences.choose, number))
        page.written.connect(lambda text: self._decide(differences.write_third, text))
        page.settled.connect(lambda number, reason: self._decide(differences.settle, number, reason))
        page.joined.connect(self._join)
        page.parted.connect(self._part)

    def enter(self, place: Place) -> None:
        self._place = 0
        super().enter(place)

    def look(self) -> None:
        ws = self.hall.workspace
        self._all = self.hall.desk.ask(lambda: differences.differences(ws)) or ()
        self._place = min(self._place, max(len(self._all) - 1, 0))
        self.page.show_differences(self._all, place=self._place)
        self.hall.begin_work_on_file(lambda own: (doubles.proposed(own), doubles.joined(own)), self._show_doubles)

    def _show_doubles(self, found: tuple[tuple[DoubleLine, ...], tuple[DoubleLine, ...]]) -> None:
        self._doubles, self._joined = found
        if not self.stopped:
            self.page.show_doubles(*found)

    def _open(self, place: int) -> None:
        self._place = place
        self.page.show_differences(self._all, place=place)
        self.page.focus_first()

    def _decide(self, deed: Callable[..., Change], *chosen: object) -> None:
        one = self._all[self._place]
        self.hall.desk.do(lambda: deed(self.hall.workspace, one.entity, one.field, *chosen))

    def _part(self, number: int) -> None:
        self.hall.desk.do(lambda: doubles.part(self.hall.workspace, self._joined[number].other))

    def _join(self, number: int, same: bool) -> None:
        line = self._doubles[number]
        deed = doubles.join if same else doubles.tell_apart
        self.hall.desk.do(lambda: deed(self.hall.workspace, line.one, line.other))
