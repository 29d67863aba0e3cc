"""The roll: councils with their delegates and votes, what is wrong on top, and its way from draft to frozen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso import words
from pitso.domain.rolls import State
from pitso.services.room_views import DelegationLine, RollFault, RollView
from pitso.ui import theme
from pitso.ui.pages.roll_forms import (
    AdoptForm,
    AmendForm,
    CouncilForm,
    DisplayForm,
    FreezeForm,
    ProxyForm,
    QuorumForm,
)
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty, Look
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.form_card import Form
from pitso.ui.parts.page import Page
from pitso.ui.parts.room_parts import ROLL, RoomParts
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tally import Count, Tally
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

DISPLAY, ADOPT, FREEZE, AMEND, COUNCIL, QUORUM, PROXY = (
    "display",
    "adopt",
    "freeze",
    "amend",
    "council",
    "quorum",
    "proxy",
)
NEXT = {State.DRAFT: DISPLAY, State.DISPLAYED: ADOPT, State.ADOPTED: FREEZE, State.FROZEN: AMEND}


class RollPage(Page):
    """One form at a time opens above the councils.

    Signals:
        stepped: the page of the room that the user goes to.
        form_asked: the name of a form that opens, with the id of a council or an empty text.
        programme_asked: there is no workshop yet.
    """

    help_page = "roll"
    stepped = Signal(str)
    form_asked = Signal(str, str)
    programme_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = State.DRAFT
        self.parts = RoomParts(ROLL)
        self.parts.stepped.connect(self.stepped)
        begin = Button(_("To the programme"), "main")
        begin.clicked.connect(self.programme_asked)
        self.empty = Empty(_("No workshop yet"), _("Begin one in the programme; then a roll can be made."), begin)
        self.stand = Card("soft")
        self.state, self.hash = Words("", "heading"), Words("", "small")
        self.quorum = QVBoxLayout()
        self.quorum.setSpacing(theme.XS)
        self.stand.column.addWidget(self.state)
        self.stand.column.addWidget(self.hash)
        self.stand.column.addLayout(self.quorum)
        self.tally = Tally(_("Figures of the roll"))
        self.wrong = Card("warn")
        self.faults = QVBoxLayout()
        self.faults.setSpacing(theme.XS)
        self.wrong.column.addLayout(self.faults)
        self.amendments = Card()
        self.amended = QVBoxLayout()
        self.amendments.column.addWidget(Words(_("Amendments"), "heading"))
        self.amendments.column.addLayout(self.amended)
        self.rows = Rows(_("Councils"), whole=True)
        self.rows.opened.connect(lambda uid: self.form_asked.emit(COUNCIL, uid))
        self.add_line(self.parts)
        for widget in (self.empty, self.stand, self.wrong):
            self.body.addWidget(widget)
        self._build_forms()
        self.body.addWidget(self.tally)
        self.body.addWidget(self.amendments)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self._build_foot()

    def _build_forms(self) -> None:
        self.display, self.adopt, self.freeze = DisplayForm(), AdoptForm(), FreezeForm()
        self.amend, self.council = AmendForm(), CouncilForm()
        self.conditions, self.proxies = QuorumForm(), ProxyForm()
        self.forms: dict[str, Form] = {
            DISPLAY: self.display,
            ADOPT: self.adopt,
            FREEZE: self.freeze,
            AMEND: self.amend,
            COUNCIL: self.council,
            QUORUM: self.conditions,
            PROXY: self.proxies,
        }
        for form in self.forms.values():
            self.body.addWidget(form)
            form.hide()

    def _build_foot(self) -> None:
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.close_forms)
        self.again = Button(_("Display again"), "quiet")
        self.add = Button(_("Enter a council"), "quiet", icon="plus")
        self.proxy = Button(_("Proxies"), "quiet")
        self.set_quorum = Button(_("Quorum"), "quiet")
        for button, name in (
            (self.again, DISPLAY),
            (self.add, COUNCIL),
            (self.proxy, PROXY),
            (self.set_quorum, QUORUM),
        ):
            button.clicked.connect(lambda _=False, name=name: self.form_asked.emit(name, ""))
        self.next = Button("", "main")
        self.next.clicked.connect(self._go_on)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        for button in (self.again, self.add, self.proxy, self.set_quorum, self.next):
            self.foot.addWidget(button)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """There is no workshop yet."""
        self.show_head(_("Roll"))
        for widget in (self.stand, self.tally, self.wrong, self.amendments, self.rows):
            widget.hide()
        for button in (self.cancel, self.again, self.add, self.proxy, self.set_quorum, self.next):
            button.hide()
        self.empty.show()

    def show_roll(
        self, view: RollView, *, title: str, stand: str, digest: str, counts: Sequence[Count], quorum: Sequence[str]
    ) -> None:
        """Show the roll; *stand* is its state in words, *quorum* each condition with its figures."""
        self.empty.hide()
        self._state = view.state
        self.show_head(_("Roll"), second=title)
        self.state.setText(stand)
        self.hash.show_words(_("SHA-256 {digest}").format(digest=digest) if view.electors else "")
        _show_lines(self.quorum, quorum or (_("No quorum was set."),))
        self.stand.show_look(_look(view))
        self.stand.show()
        self.tally.show_counts(counts)
        self.tally.show()
        self._show_faults(view.faults, changed=view.changed_since)
        _show_lines(self.amended, view.amendments)
        self.amendments.setVisible(bool(view.amendments))
        self.rows.show_rows([_row(line) for line in view.delegations])
        self.rows.setVisible(bool(view.delegations))
        self._stand()

    def _show_faults(self, faults: Sequence[RollFault], *, changed: bool) -> None:
        told = [fault.words for fault in faults]
        if changed:
            told.insert(0, _("The roll is not any more as it was displayed or adopted."))
        _show_lines(self.faults, told)
        self.wrong.show_look("wrong" if any(fault.stops for fault in faults) else "warn")
        self.wrong.setVisible(bool(told))

    def _stand(self) -> None:
        form = self.open_form()
        frozen = self._state is State.FROZEN
        self.cancel.setVisible(bool(form))
        for button in (self.add, self.set_quorum):
            button.setVisible(not form and not frozen)
        self.proxy.setVisible(not form)
        self.again.setVisible(not form and self._state in (State.DISPLAYED, State.ADOPTED))
        named = {
            DISPLAY: _("Display the roll"),
            ADOPT: _("Adopt the roll"),
            FREEZE: _("Freeze the roll"),
            AMEND: _("Amend the roll"),
        }
        self.next.show_words(named.get(form, _("Keep")) if form else named[NEXT[self._state]])
        self.next.show()

    def open_form(self) -> str:
        """The name of the form that is open, or empty."""
        return next((name for name, form in self.forms.items() if not form.isHidden()), "")

    def show_form(self, name: str) -> None:
        """Open one form, and close any other."""
        for other, form in self.forms.items():
            form.setVisible(other == name)
        self._stand()
        self.area.to_top()
        self.focus_first()

    def close_forms(self) -> None:
        """What was typed was kept, or is not wanted."""
        for form in self.forms.values():
            form.hide()
        self.freeze.pin.clear()
        self._stand()
        self.focus_first()

    # ---- what is said --------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        name = self.open_form()
        if name:
            self.forms[name].ask()
        else:
            self.form_asked.emit(NEXT[self._state], "")

    def first_question(self) -> QWidget | None:
        if not self.empty.isHidden():
            return self.empty.findChild(Button)
        name = self.open_form()
        return self.forms[name].first() if name else self.next

    def escape(self) -> bool:
        opened = bool(self.open_form())
        if opened:
            self.close_forms()
        return opened

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = self.open_form()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and name:
            self.forms[name].ask()
        else:
            super().keyPressEvent(event)


def _show_lines(layout: QVBoxLayout, lines: Sequence[str]) -> None:
    empty(layout)
    for line in lines:
        layout.addWidget(Words(line))


def _look(view: RollView) -> Look:
    if view.contested:
        return "wrong"
    return "done" if view.state is State.FROZEN else "soft"


def _row(line: DelegationLine) -> Row:
    votes = ngettext("{number} vote", "{number} votes", line.votes).format(number=words.whole(line.votes))
    sends = _("{number} of {allowed} delegates").format(
        number=words.whole(len(line.electors)), allowed=words.whole(line.delegates)
    )
    too_many = len(line.electors) > line.delegates
    pill = "" if line.standing else _("not in good standing")
    return Row(
        line.council,
        line.name,
        detail=" · ".join(part for part in (line.category, line.region, sends) if part),
        trailing=votes,
        pill=_("too many") if too_many else pill,
        tone="wrong" if too_many or not line.standing else "soft",
        icon="landmark",
    )
