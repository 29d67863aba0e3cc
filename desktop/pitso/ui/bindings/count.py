"""The page of the count: what two people key, and what they and the returning officer decide."""

from pitso.domain.counting.ballots import Paper
from pitso.domain.elections.entries import Keyed, Reason
from pitso.services import contests, entry_views, keying
from pitso.services.election_views import EntryView
from pitso.ui.bindings.binding import Binding
from pitso.ui.pages.count import CountPage


class CountBinding(Binding[CountPage]):
    """Connects the entry of the round that the place names."""

    kinds = frozenset({"entry", "round", "box", "author", "person", "pin"})

    def connect_page(self) -> None:
        self._view: EntryView | None = None
        page = self.page
        page.keyed.connect(self._key)
        page.taken_back.connect(lambda: self._do(keying.take_back))
        page.ended.connect(self._end)
        page.way_chosen.connect(self._choose_way)
        page.agreed.connect(self._agree)
        page.decided.connect(self._decide)
        page.closed.connect(self._close)
        page.writer_asked.connect(lambda: self.hall.go("writers"))
        page.left.connect(self._leave)

    def look(self) -> None:
        view = self.hall.desk.ask(lambda: entry_views.entry(self.hall.workspace, self.place.code))
        if view is not None:
            self._view = view
            self.page.show_entry(view)

    def _key(self, marks: Paper, rejected: str, challenged: bool) -> None:
        paper = Keyed(tuple(marks), Reason(rejected) if rejected else None, challenged)
        ws, uid = self.hall.workspace, self.place.code
        if self._view is not None:
            slot = self._view.slot
            self.hall.desk.do(lambda: keying.key_paper(ws, uid, slot, paper))

    def _do(self, deed: "keying.OfSlot") -> None:
        if self._view is not None:
            slot = self._view.slot
            self.hall.desk.do(lambda: deed(self.hall.workspace, self.place.code, slot))
            self.page.focus_first()

    def _end(self, done: bool) -> None:
        self._do(lambda ws, uid, slot: keying.end_entry(ws, uid, slot, done=done))

    def _choose_way(self, tally: bool) -> None:
        self.hall.desk.do(lambda: keying.choose_way(self.hall.workspace, self.place.code, tally=tally))

    def _agree(self, place: int, which: str) -> None:
        if self._view is None:
            return
        line = self._view.differences[place]
        paper = line.first_paper if which == "first" else line.second_paper
        self.hall.desk.do(lambda: keying.agree(self.hall.workspace, self.place.code, place, paper))
        self.page.focus_first()

    def _decide(self, at: int, rejected: str) -> None:
        reason = Reason(rejected) if rejected else None
        self.hall.desk.do(lambda: keying.decide(self.hall.workspace, self.place.code, at, rejected=reason))
        self.page.focus_first()

    def _close(self) -> None:
        if self.hall.desk.do(lambda: keying.close_box(self.hall.workspace, self.place.code)) is not None:
            self._leave()

    def _leave(self) -> None:
        self.hall.go("election", code=f"contest/{contests.key_of(self.place.code).rpartition('/')[0]}")
