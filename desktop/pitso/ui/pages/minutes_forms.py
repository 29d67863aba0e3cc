"""The forms of the minutes: a resolution, its amendments and its vote; a commitment; a speaker."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pitso.services.room_views import AmendmentLine, ResolutionView, SpeechLine
from pitso.ui import theme
from pitso.ui.parts.beside import Beside
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, KeptText, NameEntry, Picker
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.form_card import Form
from pitso.ui.parts.page import rule
from pitso.ui.parts.words import Words
from pitso.words import _, pgettext

Choices = list[tuple[str, str]]
COUNTED = ("hands", "secret")


@dataclass(frozen=True)
class Worded:
    """What was typed of a resolution."""

    title: str
    text: str
    kind: str
    moved_by: str
    seconded_by: str


@dataclass(frozen=True)
class Decision:
    """How the room decided; *votes* are for, against and abstaining as they were typed."""

    mode: str
    rule: str
    votes: tuple[str, str, str]
    result: str = ""


class ResolutionForm(Form):
    """A resolution that is before the room.

    Signals:
        kept: a Worded.
        decided: a Decision.
        amended: the whole text of an amendment, and the id of who proposes it.
        amendment_decided: the id of an amendment, and its result.
        shown: the resolution is to stand on the room display.
    """

    kept = Signal(object)
    decided = Signal(object)
    amended = Signal(str, str)
    amendment_decided = Signal(str, str)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__(_("A new resolution"))
        self.told = Words("", "strong")
        self.title_entry, self.kind = Entry(_("Title")), Picker(_("Kind of resolution"))
        self.text = KeptText(_("What the room decides"), lines=4)
        self.mover, self.seconder = NameEntry(_("Moved by")), NameEntry(_("Seconded by"))
        self.fault = Words("", "fault")
        self.column.addWidget(self.told)
        self.grid([Field(_("Title"), self.title_entry), Field(_("Kind of resolution"), self.kind)])
        self.column.addWidget(Field(_("What the room decides"), self.text))
        self.grid([Field(_("Moved by"), self.mover), Field(_("Seconded by"), self.seconder)])
        self.column.addWidget(self.fault)
        self.fault.hide()
        self._build_vote()
        self._build_amendments()

    def _build_vote(self) -> None:
        self.vote = QWidget()
        column = QVBoxLayout(self.vote)
        column.setContentsMargins(0, 0, 0, 0)
        self.mode, self.rule = Picker(_("How it is decided")), Picker(_("What is needed"))
        self.mode.currentIndexChanged.connect(self._counted)
        self.counts = tuple(Entry(told) for told in (pgettext("vote", "For"), _("Against"), _("Abstaining")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.addWidget(Field(_("How it is decided"), self.mode), 0, 0)
        self.rule_field = Field(_("What is needed"), self.rule)
        grid.addWidget(self.rule_field, 0, 1)
        self.count_fields = [Field(entry.accessibleName(), entry) for entry in self.counts]
        for across, field in enumerate(self.count_fields, 2):
            grid.addWidget(field, 0, across)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 2)
        self.decide = Button(_("The room decides"), "main", icon="check")
        self.decide.clicked.connect(lambda: self._decide(""))
        self.postpone, self.withdraw = Button(_("Postpone"), "quiet"), Button(_("Withdraw"), "quiet")
        self.postpone.clicked.connect(lambda: self._decide("postponed"))
        self.withdraw.clicked.connect(lambda: self._decide("withdrawn"))
        self.show_room = Button(_("Show in the room"), "quiet", icon="monitor")
        self.show_room.clicked.connect(self.shown)
        column.addWidget(rule())
        column.addLayout(grid)
        column.addWidget(flowing(self.decide, self.postpone, self.withdraw, self.show_room))
        self.column.addWidget(self.vote)

    def _build_amendments(self) -> None:
        self.amendments = QWidget()
        column = QVBoxLayout(self.amendments)
        column.setContentsMargins(0, 0, 0, 0)
        self.amendment = KeptText(_("The text as it would stand"), lines=3)
        self.proposer = NameEntry(_("Proposed by"))
        self.propose = Button(_("Note the amendment"))
        self.propose.clicked.connect(lambda: self.amended.emit(self.amendment.words(), self.proposer.code()))
        self.list = QVBoxLayout()
        column.addWidget(rule())
        column.addWidget(Words(_("Amendments"), "strong"))
        column.addLayout(self.list)
        column.addWidget(Field(_("The text as it would stand"), self.amendment))
        column.addWidget(Field(_("Proposed by"), self.proposer))
        column.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.amendments)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_lists(self, *, kinds: Choices, modes: Choices, rules: Choices) -> None:
        """Offer what a resolution may be, and how a room decides."""
        self.kind.show_choices(kinds, self.kind.code())
        self.mode.show_choices(modes, self.mode.code())
        self.rule.show_choices(rules, self.rule.code())
        self._counted()

    def show_people(self, present: Choices) -> None:
        """Offer the voters who are in the room."""
        for entry in (self.mover, self.seconder, self.proposer):
            entry.show_names(present)

    def show_resolution(self, one: ResolutionView | None, told: str, names: dict[str, str]) -> None:
        """Show one resolution, or an empty form; *names* gives what stands in a field for a person."""
        self.heading.setText((one.called or one.title) if one else _("A new resolution"))
        self.told.show_words(told)
        self.title_entry.setText(one.title if one else "")
        self.text.show_text(one.text if one else "", of=one.id if one else "")
        if one is not None:
            self.kind.setCurrentIndex(self.kind.findData(one.kind))
        self.mover.setText(names.get(one.moved_by, "") if one else "")
        self.seconder.setText(names.get(one.seconded_by, "") if one else "")
        open_ = one is not None and one.decided_at is None
        self.vote.setVisible(open_)
        self.amendments.setVisible(open_)
        for widget in (self.title_entry, self.kind, self.text, self.mover, self.seconder):
            widget.setEnabled(one is None or open_)
        self.fault.hide()
        self._show_amendments(one)

    def _show_amendments(self, one: ResolutionView | None) -> None:
        empty(self.list)
        self.amendment.show_text("", of=f"amendment of {one.id if one else ''} {len(one.amendments) if one else 0}")
        self.proposer.clear()
        for each in one.amendments if one else ():
            self.list.addLayout(self._side_by_side(one.text if one else "", each))

    def _side_by_side(self, text: str, each: AmendmentLine) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        proposed = _("Proposed by {name}").format(name=each.by) if each.by else _("Amendment")
        column.addWidget(Beside((_("As it stands"), text), (proposed, each.text)))
        if each.result:
            column.addWidget(Words(_result_words(each.result), "soft"))
            return column
        deeds = QHBoxLayout()
        for result, told in (("adopted", _("Adopt")), ("rejected", _("Reject")), ("withdrawn", _("Withdraw"))):
            button = Button(told, "quiet")
            button.clicked.connect(lambda _=False, r=result: self.amendment_decided.emit(each.id, r))
            deeds.addWidget(button)
        deeds.addStretch(1)
        column.addLayout(deeds)
        return column

    def _counted(self) -> None:
        counted = self.mode.code() in COUNTED
        for field in (self.rule_field, *self.count_fields):
            field.setVisible(counted)

    # ---- what is said --------------------------------------------------------------------------------------

    def first(self) -> QWidget:
        return self.mode if not self.vote.isHidden() else self.title_entry

    def ask(self) -> None:
        title, text = self.title_entry.text().strip(), self.text.words()
        unknown = [entry for entry in (self.mover, self.seconder) if entry.text().strip() and not entry.code()]
        self.fault.show_words(_("Choose both persons from the list of those in the room.") if unknown else "")
        if unknown:
            unknown[0].setFocus()
            return
        self.kept.emit(Worded(title, text, self.kind.code(), self.mover.code(), self.seconder.code()))

    def _decide(self, result: str) -> None:
        votes = self.counts[0].text().strip(), self.counts[1].text().strip(), self.counts[2].text().strip()
        self.decided.emit(Decision(self.mode.code(), self.rule.code(), votes, result))

    def clear_votes(self) -> None:
        """The counts were kept."""
        for entry in self.counts:
            entry.clear()


def _result_words(result: str) -> str:
    return {"adopted": _("adopted"), "rejected": _("rejected"), "withdrawn": _("withdrawn")}.get(result, result)


@dataclass(frozen=True)
class Promise:
    """What was typed of a commitment; *due* as it was typed."""

    text: str
    owner: str
    due: str
    side: str
    importance: str


class CommitmentForm(Form):
    """Who does what until when.

    Signals:
        kept: a Promise.
    """

    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("A commitment"))
        self.text = Entry(_("What shall be done"), example=_("Begins with a verb"))
        self.owner, self.due = NameEntry(_("Who sees to it")), Entry(_("Until"), example="2026-07-31")
        self.side, self.importance = Picker(_("Side")), Picker(_("How important"))
        self.fault = Words("", "fault")
        self.column.addWidget(Field(_("What shall be done"), self.text))
        self.grid(
            [
                Field(_("Who sees to it"), self.owner),
                Field(_("Until"), self.due),
                Field(_("Side"), self.side),
                Field(_("How important"), self.importance),
            ]
        )
        self.column.addWidget(self.fault)
        self.fault.hide()

    def show_lists(self, *, people: Choices, sides: Choices, importances: Choices) -> None:
        """Offer persons, sides and weights."""
        self.owner.show_names(people)
        self.side.show_choices(sides, self.side.code())
        self.importance.show_choices(importances, self.importance.code())

    def begin(self) -> None:
        """An empty form."""
        for entry in (self.text, self.owner, self.due):
            entry.clear()
        self.fault.hide()

    def first(self) -> QWidget:
        return self.text

    def ask(self) -> None:
        owner = self.owner.code()
        self.fault.show_words("" if owner else _("Choose the person from the list."))
        if owner:
            codes = self.side.code(), self.importance.code()
            self.kept.emit(Promise(self.text.text(), owner, self.due.text(), *codes))


class SpeakersForm(Form):
    """Who waits, who speaks.

    Signals:
        asked: name and side of who wants to speak.
        turned: the id of a speech that begins or ends.
        left: the id of a speech of somebody who leaves the list.
    """

    asked = Signal(str, str)
    turned = Signal(str)
    left = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Speakers"))
        self.balance = Words("", "soft")
        self.name, self.side = NameEntry(_("Who wants to speak")), Picker(_("Side"))
        self.list = QVBoxLayout()
        self.list.setSpacing(theme.XS)
        self.column.addWidget(self.balance)
        self.grid([Field(_("Who wants to speak"), self.name), Field(_("Side"), self.side)])
        self.column.addLayout(self.list)

    def show_lists(self, names: Sequence[str], sides: Choices) -> None:
        """Offer whoever is in the room."""
        self.name.show_names([(name, name) for name in names])
        self.side.show_choices(sides, self.side.code())

    def show_speeches(self, speeches: Sequence[SpeechLine], balance: str) -> None:
        """Show the list; *balance* is how long each side spoke."""
        empty(self.list)
        self.balance.show_words(balance)
        for one in speeches:
            if one.ended:
                continue
            row = QHBoxLayout()
            row.setSpacing(theme.M)
            row.addWidget(Words(f"{one.name} · {one.side_words}", "strong" if one.began else "body"), 1)
            turn = Button(_("End the speech") if one.began else _("Give the floor"), "quiet")
            turn.clicked.connect(lambda _=False, uid=one.id: self.turned.emit(uid))
            row.addWidget(turn)
            if not one.began:
                leave = Button(_("Off the list"), "quiet")
                leave.clicked.connect(lambda _=False, uid=one.id: self.left.emit(uid))
                row.addWidget(leave)
            self.list.addLayout(row)

    def first(self) -> QWidget:
        return self.name

    def ask(self) -> None:
        name = self.name.text().strip()
        self.name.clear()
        if name:
            self.asked.emit(name, self.side.code())
