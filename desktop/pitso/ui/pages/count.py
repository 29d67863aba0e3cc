"""The papers of a box, keyed by two people; where they differ, and what is challenged."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pitso.services.election_views import ChallengeLine, DifferenceLine, EntryView, SumLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.candidate_key import CandidateButton
from pitso.ui.parts.cards import Card
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Picker
from pitso.ui.parts.flow import Flow
from pitso.ui.parts.page import Page
from pitso.ui.parts.words import Words
from pitso.words import _, colon, listed, whole

PAPERS, TALLY = "papers", "tally"
MANY = 8
"""From so many candidates on, they stand in two columns."""


class CountPage(Page):
    """One entry, or the two beside each other; keeps nothing but the paper in hand.

    Signals:
        keyed: marks, reason of a rejection or empty, whether it is challenged.
        taken_back: the paper that was keyed last is taken away.
        ended: the entry is ended, or opened again.
        way_chosen: True for two tallies, False for papers.
        agreed: the number of a difference, and whose reading holds: ``first``, ``second``.
        decided: the place of a challenged paper, and why it is rejected; empty where it counts.
        closed: the box is closed, and its papers are kept.
        writer_asked: somebody else is to key.
        left: back to the steps of the election.
    """

    help_page = "count"
    keyed = Signal(object, str, bool)
    taken_back = Signal()
    ended = Signal(bool)
    way_chosen = Signal(bool)
    agreed = Signal(int, str)
    decided = Signal(int, str)
    closed = Signal()
    writer_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: EntryView | None = None
        self.hand: list[int | tuple[int, ...]] = []
        self._challenged = False
        self.buttons: list[CandidateButton] = []
        self._build_entry()
        self._build_compare()
        self.body.addStretch(1)
        self._build_foot()

    def _build_entry(self) -> None:
        self.ways = Parts([(PAPERS, _("Each paper keyed")), (TALLY, _("Two tallies"))], _("How the papers are entered"))
        self.ways.chosen.connect(lambda way: self.way_chosen.emit(way == TALLY))
        self.told, self.other = Words("", "strong"), Words("", "soft")
        self.stopped, self.cautions = Card("warn"), Words("", "fault")
        self.stopped_words = Words("", "strong")
        self.stopped.column.addWidget(self.stopped_words)
        self.writer = Button(_("Somebody else keys (F2)"), icon="user")
        self.writer.clicked.connect(self.writer_asked)
        self.stopped.column.addWidget(self.writer, 0, Qt.AlignmentFlag.AlignLeading)
        self.keys = QWidget()
        self._grid = QGridLayout(self.keys)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.S)
        self.in_hand = Words("", "strong")
        self.hint = Words("", "small")
        self.specials = QWidget()
        row = Flow(self.specials)
        self.next = Button(_("Next paper (Enter)"), "main")
        self.next.clicked.connect(self._end_paper)
        self.blank = Button(_("Blank (0)"))
        self.blank.clicked.connect(lambda: self._key_paper(()))
        self.reason = Picker(_("Why it is rejected"))
        self.reason.setMinimumContentsLength(20)
        self.rejected = Button(_("Rejected (x)"))
        self.rejected.clicked.connect(lambda: self._key_paper((), rejected=self.reason.code()))
        self.challenge = Button(_("Challenged (?)"))
        self.challenge.setCheckable(True)
        self.challenge.toggled.connect(self._challenge)
        for special in (self.next, self.blank, self.rejected, self.reason, self.challenge):
            row.addWidget(special)
        self.last_title = Words(_("Keyed last"), "strong")
        self.last = QVBoxLayout()
        self.last.setSpacing(theme.XS)
        for widget in (self.ways, self.told, self.other, self.cautions, self.stopped, self.in_hand, self.keys):
            self.body.addWidget(widget)
        for widget in (self.specials, self.hint, self.last_title):
            self.body.addWidget(widget)
        self.body.addLayout(self.last)

    def _build_compare(self) -> None:
        self.same = Card("done")
        self.same.column.addWidget(Words(_("Both entries say the same of every paper."), "strong"))
        self.compared = QVBoxLayout()
        self.compared.setSpacing(theme.M)
        self.body.addWidget(self.same)
        self.body.addLayout(self.compared)

    def _build_foot(self) -> None:
        self.steps = Button(_("Steps"), icon="arrow-left")
        self.steps.clicked.connect(self.left)
        self.undo = Button(_("Take back"), icon="undo-2", hint=_("Take the last back (Backspace)"))
        self.undo.clicked.connect(self.back_one)
        self.again = Button(_("Open my entry again"))
        self.again.clicked.connect(lambda: self.ended.emit(False))
        self.end = Button(_("All are keyed"), "main")
        self.end.clicked.connect(lambda: self.ended.emit(True))
        self.close_box = Button(_("Close the box"), "main", icon="lock")
        self.close_box.clicked.connect(self.closed)
        self.foot.addWidget(self.steps)
        self.foot.addStretch(1)
        for button in (self.undo, self.again, self.end, self.close_box):
            self.foot.addWidget(button)

    # ---- what is shown ----------------------------------------------------------------------------------------------

    def show_entry(self, view: EntryView) -> None:
        """Show the entry of whoever writes here, or both where both are ended."""
        if self._view is None or (self._view.round, self._view.slot) != (view.round, view.slot):
            self.hand = []
        self._view = view
        self.show_head(view.title, second=view.second, place=_("Entry {number} of 2").format(number=whole(view.slot)))
        keying = not (view.stopped or view.done or view.both_done or view.closed)
        self._show_told(view)
        self._show_keys(view, keying=keying)
        self._show_last(view, keying=keying)
        self._show_compared(view)
        self.undo.setVisible(keying)
        self.end.setVisible(keying)
        self.again.setVisible(view.done and not view.closed and not view.stopped)
        sound = view.both_done and not view.differences and not view.challenges and not view.closed
        self.close_box.setVisible(sound)
        self.same.setVisible(sound)

    def _show_told(self, view: EntryView) -> None:
        way = TALLY if view.by_tally else PAPERS
        self.ways.show_part(way)
        self.ways.setVisible(view.may_tally and not view.closed)
        self.told.show_words(
            _("{name}: {keyed} of {box} papers").format(
                name=view.writer, keyed=whole(view.keyed), box=whole(view.in_box)
            )
        )
        self.other.show_words("" if view.closed else view.other)
        self.cautions.show_words(view.warned)
        self.stopped_words.show_words(view.stopped)
        self.stopped.setVisible(bool(view.stopped) and not view.both_done and not view.closed)

    def _show_keys(self, view: EntryView, *, keying: bool) -> None:
        self._fit_buttons(len(view.candidates))
        for button, candidate in zip(self.buttons, view.candidates, strict=True):
            button.show_candidate(candidate, preference=self._preference(candidate.number), gates=not view.ranked)
        self.keys.setVisible(keying)
        self.specials.setVisible(keying)
        self.next.setVisible(not view.one_mark)
        self.next.setEnabled(bool(self.hand))
        self.end.setEnabled(not self.hand)  # the paper in hand is not lost
        self.reason.show_choices(list(view.reasons), self.reason.code())
        self.in_hand.show_words(self._hand_words() if keying and not view.one_mark else "")
        self.hint.show_words(self._hint(view) if keying else "")

    def _fit_buttons(self, number: int) -> None:
        if len(self.buttons) == number:
            return
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [CandidateButton() for _candidate in range(number)]
        deep = number if number < MANY else -(-number // 2)
        for at, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, number=at + 1: self._mark(number))
            self._grid.addWidget(button, at % deep, at // deep)

    def _preference(self, number: int) -> str:
        """What stands beside a candidate on the paper in hand: the number of the preference, or a cross."""
        if self._view is None or number not in self.hand:
            return ""
        return whole(self.hand.index(number) + 1) if self._view.ranked else "×"

    def _hand_words(self) -> str:
        if not self.hand or self._view is None:
            return _("The paper in hand: nothing yet")
        names = {one.number: one.name for one in self._view.candidates}
        said = [names.get(mark, _("skipped")) if isinstance(mark, int) else "=" for mark in self.hand]
        return _("The paper in hand: {names}").format(names=listed(said))

    def _hint(self, view: EntryView) -> str:
        if view.one_mark:
            return _("The key of a candidate is one paper. 0 is a blank one, Backspace takes the last back.")
        if view.ranked:
            return _("Key the candidates in the order of the preferences, then Enter. - is a number left out.")
        return _("Key every candidate who is marked, then Enter. 0 is a blank paper.")

    def _show_last(self, view: EntryView, *, keying: bool) -> None:
        empty(self.last)
        shown = keying and bool(view.last) and not view.by_tally
        self.last_title.setVisible(shown)
        for at, line in enumerate(view.last if shown else ()):
            number = whole(view.keyed - at)
            said = f"{number}  {line.words}" + (f" · {_('challenged')}" if line.challenged else "")
            self.last.addWidget(Words(said, "soft"))

    def _show_compared(self, view: EntryView) -> None:
        empty(self.compared)
        if view.closed or not view.both_done:
            return
        if view.sums:
            self.compared.addWidget(self._sums(view.sums))
        for difference in view.differences:
            self.compared.addWidget(self._difference(difference))
        for challenge in view.challenges:
            self.compared.addWidget(self._challenge_card(view, challenge))

    def _sums(self, sums: Sequence[SumLine]) -> Card:
        card = Card()
        card.column.addWidget(Words(_("Where the two tallies differ"), "heading"))
        for line in sums:
            counted = _("{first} and {second}").format(first=whole(line.first), second=whole(line.second))
            card.column.addWidget(Words(colon(line.what, counted)))
        return card

    def _difference(self, line: DifferenceLine) -> Card:
        card = Card("warn")
        card.column.addWidget(Words(line.title, "heading"))
        card.column.addWidget(Words(_("Look at the paper together. Which reading is right?"), "soft"))
        row = QWidget()
        flow = Flow(row)
        for which, said in (("first", line.first), ("second", line.second)):
            button = Button(said)
            button.clicked.connect(lambda _=False, which=which: self.agreed.emit(line.place, which))
            flow.addWidget(button)
        card.column.addWidget(row)
        return card

    def _challenge_card(self, view: EntryView, line: ChallengeLine) -> Card:
        card = Card("warn")
        card.column.addWidget(Words(line.title, "heading"))
        card.column.addWidget(Words(line.paper))
        card.column.addWidget(Words(_("Challenged: the returning officer decides."), "soft"))
        row = QWidget()
        flow = Flow(row)
        counts = Button(_("It counts"))
        counts.clicked.connect(lambda: self.decided.emit(line.at, ""))
        why = Picker(_("Why it is rejected"))
        why.setMinimumContentsLength(20)
        why.show_choices(list(view.reasons))
        refused = Button(_("It does not count"))
        refused.clicked.connect(lambda: self.decided.emit(line.at, why.code()))
        for widget in (counts, refused, why):
            flow.addWidget(widget)
        card.column.addWidget(row)
        return card

    # ---- what is keyed ----------------------------------------------------------------------------------------------

    def first_question(self) -> QWidget | None:
        if self.keys.isVisibleTo(self) and self.buttons:
            return self.buttons[0]
        buttons = (self.writer, self.close_box, self.again, self.steps)
        return next((button for button in buttons if button.isVisibleTo(self)), self)

    def _mark(self, number: int) -> None:
        """A candidate was named: on papers with one mark that is a paper, else a mark of the one in hand."""
        if self._view is None or not self.keys.isVisibleTo(self):
            return
        if self._view.one_mark:
            self._key_paper((number,))
        elif number in self.hand and not self._view.ranked:
            self.hand.remove(number)
            self._refresh()
        else:
            self.hand.append(number)
            self._refresh()

    def _refresh(self) -> None:
        if self._view is not None:
            self._show_keys(self._view, keying=True)

    def _key_paper(self, marks: tuple[int | tuple[int, ...], ...], *, rejected: str = "") -> None:
        if not self.keys.isVisibleTo(self):
            return
        challenged = self._challenged
        self.hand = []
        self.challenge.setChecked(False)
        self.keyed.emit(marks, rejected, challenged)

    def _end_paper(self) -> None:
        """The paper in hand is keyed; with nothing in hand this is a key that was hit twice, and no blank paper."""
        if self.hand:
            self._key_paper(tuple(self.hand))

    def _challenge(self, checked: bool) -> None:
        self._challenged = checked

    def back_one(self) -> None:
        """Take the last mark of the paper in hand back, else the paper that was keyed last."""
        if self.hand:
            self.hand.pop()
            self._refresh()
        else:
            self.taken_back.emit()

    def take_back(self) -> bool:
        if not self.keys.isVisibleTo(self):
            return False
        self.back_one()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        deed = self._deed(event) if plain and self.keys.isVisibleTo(self) else None
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does while papers are keyed."""
        view, text = self._view, event.text().lower()
        assert view is not None
        number = next((one.number for one in view.candidates if one.key and one.key == text), 0)
        if number:
            return lambda: self._mark(number)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not view.one_mark:
            return self._end_paper
        if event.key() == Qt.Key.Key_Backspace:
            return self.back_one
        others: dict[str, Callable[[], None]] = {
            "0": lambda: self._key_paper(()),
            "x": lambda: self._key_paper((), rejected=self.reason.code()),
            "?": self.challenge.toggle,
        }
        if view.ranked:
            others["-"] = self._skip
        return others.get(text)

    def _skip(self) -> None:
        self.hand.append(0)
        self._refresh()
