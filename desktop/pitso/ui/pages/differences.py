"""Differences: two values side by side, who wrote them, when and where; one is kept, taken, or a third is written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.services.views import Difference, DoubleLine, Side
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Pill, Words
from pitso.words import _, ngettext


class DifferencesPage(Page):
    """One difference at a time; the list of all beneath.

    Signals:
        opened: the place of another difference in the list.
        chosen: the place of the value that shall hold.
        written: a third text that shall hold.
        settled: the place of a contested value, and the reason.
        joined: whether two records are one, or two.
        parted: the place of a join that the user undoes.
    """

    help_page = "differences"
    opened = Signal(int)
    chosen = Signal(int)
    written = Signal(str)
    settled = Signal(int, str)
    joined = Signal(int, bool)
    parted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._contested = False
        self.what = Words("", "heading")
        self.contested = Card("wrong")
        self.contested_words = Words(
            _("This is written once only, so neither holds. Two people have to say the same, each with a reason.")
        )
        self.said = Words("", "strong")
        self.contested.column.addWidget(self.contested_words)
        self.contested.column.addWidget(self.said)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.M)
        self.reason = Entry(_("Why this one counts"))
        self.reason_field = Field(_("Why this one counts"), self.reason, hint=_("It is printed with the result."))
        self.third = Entry(_("Or write what shall hold"))
        self.third_field = Field(_("Or write what shall hold"), self.third)
        self.keep_third = Button(_("Let this hold"))
        self.keep_third.clicked.connect(self._write)
        self.empty = Empty(
            _("Nothing differs"), _("Where two people change the same thing apart, both values stand here.")
        )
        for widget in (self.what, self.contested, self.reason_field):
            self.body.addWidget(widget)
        self.body.addLayout(self._sides)
        self.body.addWidget(self.third_field)
        self.body.addWidget(self.keep_third, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.empty)
        self.all_title = Words(_("All that differs"), "heading")
        self.rows = Rows(_("All that differs"), compact=True, whole=True)
        self.rows.opened.connect(lambda row: self.opened.emit(int(row)))
        self.body.addSpacing(theme.S)
        self.body.addWidget(self.all_title)
        self.body.addWidget(self.rows)
        self._build_doubles()
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.buttons: list[Button] = []
        self.joined_buttons: list[Button] = []

    def _build_doubles(self) -> None:
        self.doubles_title = Words(_("Perhaps the same twice"), "heading")
        self.doubles_told = Words(
            _("The names are at most two letters apart. Nothing is joined by itself, and a join can be undone."), "soft"
        )
        self.doubles = QVBoxLayout()
        self.doubles.setSpacing(theme.M)
        self.body.addSpacing(theme.S)
        self.body.addWidget(self.doubles_title)
        self.body.addWidget(self.doubles_told)
        self.body.addLayout(self.doubles)
        self.joined_title = Words(_("Joined before"), "heading")
        self.joined_rows = Rows(_("Joined before"), compact=True, whole=True)
        self.joined_told = Words(_("Open a line to part the two again."), "soft")
        self.joined_rows.opened.connect(lambda row: self.parted.emit(int(row)))
        for widget in (self.joined_title, self.joined_told, self.joined_rows):
            self.body.addWidget(widget)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_differences(self, all_: Sequence[Difference], *, place: int) -> None:
        """Show the difference at this *place*, and the list of all."""
        told = ngettext("{number} value differs", "{number} values differ", len(all_))
        second = _("All values stay in the history, whatever is chosen.") if all_ else ""
        self.show_head(_("Differences"), second=second, beside=told.format(number=words.whole(len(all_))))
        opened = all_[place] if all_ else None
        self.empty.setVisible(opened is None)
        self.what.setVisible(opened is not None)
        self._contested = opened is not None and opened.contested
        self.contested.setVisible(self._contested)
        self.reason_field.setVisible(self._contested)
        self.third_field.setVisible(opened is not None and opened.third)
        self.keep_third.setVisible(opened is not None and opened.third)
        self.reason.clear()
        self.third.clear()
        self._show_sides(opened.sides if opened is not None else ())
        if opened is not None:
            self.what.show_words(opened.what)
            self.said.show_words("\n".join(opened.words_said))
            self.said.setVisible(bool(opened.words_said))
        self.rows.show_rows(
            [
                Row(
                    str(number),
                    one.what,
                    detail=" / ".join(side.value for side in one.sides),
                    pill=_("contested") if one.contested else "",
                    tone="wrong",
                )
                for number, one in enumerate(all_)
            ],
            chosen=str(place),
        )
        several = len(all_) > 1
        self.rows.setVisible(several)
        self.all_title.setVisible(several)

    def _show_sides(self, sides: Sequence[Side]) -> None:
        while (taken := self._sides.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for number, side in enumerate(sides):
            self._sides.addWidget(self._side(number, side), 1)

    def _side(self, number: int, side: Side) -> Card:
        card = Card()
        card.column.addWidget(Words(side.value, "strong"))
        told = (side.author, words.moment(side.at), side.device)
        for part in told:
            if part:
                card.column.addWidget(Words(part, "small"))
        if side.shown:
            card.column.addWidget(Pill(_("shown meanwhile"), "accent"), 0, Qt.AlignmentFlag.AlignLeading)
        card.column.addStretch(1)
        deed = _("This one counts") if self._contested else _("Keep this") if side.shown else _("Take this")
        button = Button(f"{number + 1}  {deed}", "main" if side.shown else "plain")
        button.clicked.connect(lambda: self._choose(number))
        self.buttons.append(button)
        card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def show_doubles(self, lines: Sequence[DoubleLine], joined: Sequence[DoubleLine]) -> None:
        """Propose pairs that may be one; list those that were *joined*."""
        self.joined_rows.show_rows(
            [Row(str(number), line.one_told, detail=line.other_told) for number, line in enumerate(joined)]
        )
        for widget in (self.joined_title, self.joined_told, self.joined_rows):
            widget.setVisible(bool(joined))
        empty(self.doubles)
        self.joined_buttons = []
        self.doubles_title.setVisible(bool(lines))
        self.doubles_told.setVisible(bool(lines))
        for number, line in enumerate(lines):
            self.doubles.addWidget(self._double(number, line))

    def _double(self, number: int, line: DoubleLine) -> Card:
        card = Card()
        card.column.addWidget(Words(line.one_told, "strong"))
        card.column.addWidget(Words(line.other_told, "strong"))
        same, two = Button(_("They are one")), Button(_("They are two"))
        self.joined_buttons.append(same)
        same.clicked.connect(lambda: self.joined.emit(number, True))
        two.clicked.connect(lambda: self.joined.emit(number, False))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(same)
        row.addWidget(two)
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    # ---- what is said --------------------------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        if not self._contested:
            self.chosen.emit(number)
        elif self.reason.text().strip():
            self.settled.emit(number, self.reason.text().strip())
        else:
            self.reason_field.show_fault(_("Write why this value counts: it is printed with the result."))
            self.reason.setFocus()

    def _write(self) -> None:
        if self.third.text().strip():
            self.written.emit(self.third.text().strip())
        else:
            self.third.setFocus()

    def first_question(self) -> QWidget | None:
        return self.buttons[0] if self.buttons else self.cancel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdigit() and 0 < int(digit) <= len(self.buttons):
            self._choose(int(digit) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.third.hasFocus():
            self._write()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 44 * theme.now().body
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if narrow else across)
