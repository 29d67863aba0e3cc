"""Papers: made in a thread, shown, and issued when they leave: saved, opened, printed, one or several at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from pitso import words
from pitso.domain.policies import OF_PAPERS, Reader
from pitso.domain.trouble import Trouble
from pitso.services import checking, issuing, papers, printing, viewing
from pitso.services.change import Change
from pitso.services.issuing import Issued, Way
from pitso.services.papers import Order, Paper
from pitso.services.printing import Job
from pitso.services.views import PaperLine
from pitso.services.workspace import Workspace
from pitso.ui.bindings.behind import Behind
from pitso.ui.bindings.binding import Binding
from pitso.ui.hall import Place
from pitso.ui.pages.papers import PapersPage, key_of
from pitso.ui.viewing import may_lie_open, show
from pitso.words import _, ngettext, whole


def press() -> ModuleType:
    """What prints on this computer: CUPS where there is its command, else the printers of the system."""
    if printing.can_print():
        return printing
    from pitso.ui import windows_printing

    return windows_printing if windows_printing.can_print() else printing


@dataclass
class _Round:
    """Several papers on their way: what is still to be made, what was made, and how they leave."""

    orders: Iterator[Order]
    number: int
    way: Way
    leave: Callable[[Paper], None]
    """What is done with each as soon as it is made."""
    end: Callable[["_Round"], None]
    made: list[Issued] = field(default_factory=list)
    stopped: bool = False


class PapersBinding(Binding[PapersPage]):
    """Connects the papers; a paper is made in a thread and shown when it is ready."""

    def connect_page(self) -> None:
        page = self.page
        self._lines: dict[str, PaperLine] = {}
        self._behind = Behind(self.hall, self)
        self._shown: Order | None = None
        self._language, self._reader = words.language(), ""
        self._issued: dict[Order, Issued] = {}
        self._round: _Round | None = None
        page.paper_asked.connect(lambda key: self.hall.go("papers", code=key))
        page.language_chosen.connect(self._speak)
        page.reader_chosen.connect(self._read_by)
        page.check_asked.connect(lambda typed: self.hall.go("check", code=typed))
        page.save_asked.connect(self._save)
        page.open_asked.connect(self._open)
        page.printers_asked.connect(self._ask_printers)
        page.print_asked.connect(self._print)
        page.cancel_asked.connect(self._stop)

    # ---- what is shown -------------------------------------------------------------------------------------

    def enter(self, place: Place) -> None:
        if place.code != self.place.code:
            self._reader = ""
        super().enter(place)

    def _heard(self, change: Change) -> None:
        """That a paper left changes what the list tells, and no paper."""
        if self.open and change.touched and change.touched.issubset(OF_PAPERS):
            self.page.show_standing(self._ask_lines())
        else:
            super()._heard(change)

    def _ask_lines(self) -> tuple[PaperLine, ...]:
        ws, engagement = self.hall.workspace, self.place.engagement
        lines = self.hall.desk.ask(lambda: checking.with_standing(ws, papers.available(ws, engagement))) or ()
        self._lines = {key_of(line): line for line in lines}
        return lines

    def look(self) -> None:
        place, lines = self.place, self._ask_lines()
        chosen = next((line for line in lines if place.code in (key_of(line), line.of) and place.code), None)
        reports = [line for line in lines if line.kind == "readiness"]
        chosen = chosen or next(reversed(reports), None) or next(iter(lines), None)
        order = self._order(chosen) if chosen else None
        self.page.show_papers(
            lines,
            chosen=key_of(chosen) if chosen else "",
            language=order.language if order else self._language,
            reader=order.reader.value if order else "",
        )
        self._shown = order
        if order is None:
            self._behind.abandon()
            return
        self.page.show_waiting()
        self._behind.begin(lambda own: papers.drawn(own, order), partial(self._made, order))

    def _order(self, line: PaperLine) -> Order:
        """The paper of a line in the language and for the reader that were chosen, where it can be had so."""
        spoken = dict(line.languages)
        readers = dict(line.readers)
        wanted = (self._language, self._language.partition("+")[0], *spoken)
        language = next(code for code in wanted if code in spoken)
        reader = self._reader if self._reader in readers else next(iter(readers))
        return Order(line.kind, line.of, language, Reader(reader))

    def _made(self, order: Order, paper: Paper) -> None:
        if order == self._shown and self.open:
            self.page.show_paper(paper.pdf)

    def leave(self) -> None:
        super().leave()
        self._behind.abandon()
        self._shown = None
        self.page.close_paper()

    def _speak(self, language: str) -> None:
        self._language = language
        self.look()

    def _read_by(self, reader: str) -> None:
        self._reader = reader
        self.look()

    # ---- one paper leaves ----------------------------------------------------------------------------------

    def _save(self, keys: list[str]) -> None:
        if self.page.several.isChecked():
            self._save_all(keys)
            return
        order = self._shown
        if order is None:
            return
        name = papers.file_name(self.hall.workspace, order)
        path = self.hall.asking.save_file(_("Save a copy"), name, "PDF (*.pdf)")
        if path is not None:
            self._let_go(partial(_saved, order, path), self._left)

    def _open(self) -> None:
        if self._shown is not None and may_lie_open(self.hall):
            self._let_go(partial(_on_disk, self._shown), self._opened)

    def _opened(self, opened: tuple[Path, Change]) -> None:
        path, change = opened
        self._left(change)
        show(path)

    def _let_go(self, work: Callable[[Workspace], Any], done: Callable[[Any], None]) -> None:
        self.page.show_busy(True)
        task = self.hall.begin_work_on_file(work, done)
        task.failed.connect(lambda _trouble: self._rest())

    def _left(self, change: Change) -> None:
        self._rest()
        self.hall.desk.changed.emit(change)

    def _rest(self) -> None:
        if not self.stopped:
            self.page.show_busy(False)

    # ---- printing ------------------------------------------------------------------------------------------

    def _ask_printers(self) -> None:
        self.hall.begin_work(lambda: press().printers(), self._offer)

    def _offer(self, found: tuple[printing.Printer, ...]) -> None:
        if self.open:
            self.page.show_printers(found)

    def _print(self, keys: list[str], printer: str, copies: int, typed: str) -> None:
        if self.page.several.isChecked():
            self._print_all(keys, Job(printer, copies))
            return
        order = self._shown
        if order is None:
            return
        try:
            pages = printing.pages_of(typed, self.page.document.pageCount())
        except Trouble as trouble:
            self.page.printing.show_fault(f"{trouble.happened} {trouble.remedy}")
            return
        again = self._issued.get(order) if pages else None
        work = partial(_printed, order, again, Job(printer, copies, pages))
        self._let_go(work, partial(self._was_printed, order))

    def _was_printed(self, order: Order, printed: "tuple[Issued, str, Trouble | None]") -> None:
        """The rest of a copy is printed as that copy, not as another one."""
        issued, said, trouble = printed
        self._issued[order] = issued
        if trouble is None:
            if not self.stopped:
                self.page.printing.hide()
            self._left(Change(issued.change.touched, said, undoable=False))
        else:
            self._left(Change(issued.change.touched, "", undoable=False))
            self.hall.desk.troubled.emit(trouble)

    # ---- several at once -----------------------------------------------------------------------------------

    def _save_all(self, keys: list[str]) -> None:
        folder = self.hall.asking.choose_folder(_("The folder for the papers"))
        if folder is None:
            return
        taken: set[str] = set()
        self._begin(keys, Way.SAVED, lambda paper: _keep_beside(paper, folder, taken), self._saved_all)

    def _saved_all(self, round_: _Round) -> None:
        told = ngettext("{number} paper was saved.", "{number} papers were saved.", len(round_.made))
        self._say(round_, told)

    def _print_all(self, keys: list[str], job: Job) -> None:
        self._begin(keys, Way.PRINTED, lambda _paper: None, partial(self._print_round, job))

    def _print_round(self, job: Job, round_: _Round) -> None:
        if not round_.made or round_.stopped:
            self._say(round_, ngettext("{number} paper was made.", "{number} papers were made.", len(round_.made)))
            return
        self.page.show_progress(_("The papers go to the printer …"))
        ready = [issued.paper for issued in round_.made]
        task = self.hall.begin_work(lambda: press().send(ready, job), partial(self._round_printed, round_))
        task.failed.connect(lambda _trouble: self._end_round(round_, ""))

    def _round_printed(self, round_: _Round, said: str) -> None:
        self._end_round(round_, said)

    def _begin(self, keys: list[str], way: Way, leave: Callable[[Paper], None], end: Callable[[_Round], None]) -> None:
        orders = [self._order(self._lines[key]) for key in keys if key in self._lines]
        self._round = _Round(iter(orders), len(orders), way, leave, end)
        self.page.printing.hide()
        self._next(self._round)

    def _next(self, round_: _Round) -> None:
        """Make the next paper, each in its own piece of work, so that it can be stopped between them."""
        order = None if round_.stopped else next(round_.orders, None)
        if order is None:
            round_.end(round_)
            return
        if not self.stopped:
            told = _("Paper {place} of {number} is being made …")
            self.page.show_progress(told.format(place=whole(len(round_.made) + 1), number=whole(round_.number)))

        def work(own: Workspace) -> Issued:
            issued = issuing.issue(own, order, round_.way)
            round_.leave(issued.paper)
            return issued

        task = self.hall.begin_work_on_file(work, partial(self._one_made, round_))
        task.failed.connect(lambda _trouble: self._end_round(round_, ""))

    def _one_made(self, round_: _Round, issued: Issued) -> None:
        round_.made.append(issued)
        self._next(round_)

    def _stop(self) -> None:
        if self._round is not None:
            self._round.stopped = True

    def _say(self, round_: _Round, told: str) -> None:
        said = told.format(number=whole(len(round_.made)))
        self._end_round(round_, f"{_('Stopped.')} {said}" if round_.stopped else said)

    def _end_round(self, round_: _Round, said: str) -> None:
        self._round = None
        if not self.stopped:
            self.page.show_progress("")
        touched = frozenset().union(*(issued.change.touched for issued in round_.made))
        self.hall.desk.changed.emit(Change(touched, said, undoable=False))


def _saved(order: Order, path: Path, own: Workspace) -> Change:
    issued = issuing.issue(own, order, Way.SAVED)
    papers.keep(issued.paper, path)
    said = _("The copy was saved: {file}").format(file=path.name)
    return Change(issued.change.touched, said, undoable=False)


def _on_disk(order: Order, own: Workspace) -> tuple[Path, Change]:
    issued = issuing.issue(own, order, Way.OPENED)
    return viewing.put(issued.paper.file_name, issued.paper.pdf), issued.change


def _printed(order: Order, again: Issued | None, job: Job, own: Workspace) -> "tuple[Issued, str, Trouble | None]":
    issued = again or issuing.issue(own, order, Way.PRINTED)
    try:
        return issued, press().send([issued.paper], job), None
    except Trouble as trouble:
        return issued, "", trouble


def _keep_beside(paper: Paper, folder: Path, taken: set[str]) -> None:
    """Keep a paper in a *folder* under its own name; what lies there stays."""
    stem, number, name = Path(paper.file_name).stem, 1, paper.file_name
    while name in taken or (folder / name).exists():
        number += 1
        name = f"{stem}-{number}.pdf"
    taken.add(name)
    papers.keep(paper, folder / name)
