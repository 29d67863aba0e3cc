"""All engagements of an office, one line each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.views import EngagementLine
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Empty
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tones import tone_of
from pitso.words import _, ngettext


class EngagementsPage(Page):
    """The office sees where each engagement stands.

    Signals:
        opened: the id of the engagement that the user opens.
        receive_asked: the user wants to bring a bundle in.
        begin_asked: the user begins another engagement.
    """

    help_page = "engagements"
    opened = Signal(str)
    receive_asked = Signal()
    begin_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.receive = Button(_("Receive a bundle"), "main", icon="inbox")
        self.receive.clicked.connect(self.receive_asked)
        self.begin = Button(_("New engagement"), icon="plus")
        self.begin.clicked.connect(self.begin_asked)
        self.rows = Rows(_("Engagements"), whole=True)
        self.rows.opened.connect(self.opened)
        self.empty = Empty(
            _("Here will stand one line for each engagement"),
            _("Receive the bundle of a peer team, or begin an engagement."),
        )
        self.body.addWidget(self.rows)
        self.body.addWidget(self.empty)
        self.body.addStretch(1)
        self.foot.addWidget(self.begin)
        self.foot.addStretch(1)
        self.foot.addWidget(self.receive)

    def show_engagements(self, lines: Sequence[EngagementLine]) -> None:
        """Show one line for each engagement."""
        told = ngettext("{number} engagement", "{number} engagements", len(lines))
        self.show_head(_("Engagements"), second=told.format(number=words.whole(len(lines))))
        self.rows.show_rows([self._row(line) for line in lines])
        self.rows.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def _row(self, line: EngagementLine) -> Row:
        assessed = ngettext("{number} assessment", "{number} assessments", line.assessments)
        details = [line.sides, assessed.format(number=words.whole(line.assessments))]
        if line.last_received:
            details.append(_("received {day}").format(day=words.short_day(line.last_received.date())))
        trailing = words.short_day(line.verdict_on) if line.verdict_on else ""
        return Row(
            line.id,
            line.title,
            detail=" · ".join(details),
            trailing=trailing,
            pill=line.verdict_words,
            tone=tone_of(line.verdict),
            icon="map",
        )

    def first_question(self) -> QWidget | None:
        return self.rows if self.rows.rows else self.receive
