"""All engagements of an office, one line each."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.domain.warnings import Severity
from pitso.services.overview import FigureLine, Overview, OverviewLine
from pitso.services.views import EngagementLine
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.tones import tone_of
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

LIST, FIGURES = "list", "figures"


class EngagementsPage(Page):
    """The office sees where each engagement stands, and what all of them say together.

    The lines come at once; what takes longer to work out is filled in when it is known. Names give the order.

    Signals:
        opened: the id of the engagement that the user opens.
        receive_asked: the user wants to bring a bundle in.
        begin_asked: the user begins another engagement.
        part_asked: the list, or the figures of the programme.
        give_asked: the user takes everything away in open formats.
    """

    help_page = "engagements"
    opened = Signal(str)
    receive_asked = Signal()
    begin_asked = Signal()
    part_asked = Signal(str)
    give_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.receive = Button(_("Receive a bundle"), "main", icon="inbox")
        self.receive.clicked.connect(self.receive_asked)
        self.begin = Button(_("New engagement"), icon="plus")
        self.begin.clicked.connect(self.begin_asked)
        self.give = Button(_("Open formats"), icon="download", hint=_("Everything as tables"))
        self.give.clicked.connect(self.give_asked)
        self.parts = Parts([(LIST, _("Engagements")), (FIGURES, _("Figures of the programme"))], _("View"))
        self.parts.chosen.connect(self.part_asked)
        self.add_line(self.parts)
        self.missing = Card("warn")
        self.missing_words = Words("")
        self.missing.column.addWidget(self.missing_words)
        self.missing.hide()
        self.body.addWidget(self.missing)
        self.figures = Rows(_("Figures of the programme"), compact=True, whole=True)
        self.working = Words(_("Reading every engagement …"), "soft")
        self.body.addWidget(self.working)
        self.body.addWidget(self.figures)
        self.rows = Rows(_("Engagements"), whole=True)
        self.rows.opened.connect(self.opened)
        self.empty = Empty(
            _("Here will stand one line for each engagement"),
            _("Receive the bundle of a peer team, or begin an engagement."),
        )
        self.body.addWidget(self.rows)
        self.body.addWidget(self.empty)
        self.body.addStretch(1)
        self.foot.addWidget(flowing(self.begin, self.give, self.receive, apart=True))

    def show_engagements(self, lines: Sequence[EngagementLine], part: str = LIST) -> None:
        """Show one line for each engagement, as far as it is known at once."""
        told = ngettext("{number} engagement", "{number} engagements", len(lines))
        self.show_head(_("Engagements"), second=told.format(number=words.whole(len(lines))))
        self.parts.show_part(part)
        self.parts.setVisible(bool(lines))
        self.rows.show_rows([self._row(line) for line in lines])
        self.rows.setVisible(bool(lines) and part == LIST)
        self.figures.setVisible(part == FIGURES)
        self.empty.setVisible(not lines)
        self.working.setVisible(bool(lines) and part == FIGURES and not self.figures.rows)
        self.missing.hide()

    def show_overview(self, view: Overview, part: str = LIST) -> None:
        """Fill in what took longer: phases, gaps, warnings, commitments, and the figures of the programme."""
        self.rows.show_rows([self._whole_row(line) for line in view.lines])
        self.figures.show_rows([_figure(place, line) for place, line in enumerate(view.figures)])
        self.working.hide()
        self.missing.setVisible(bool(view.missing))
        told = _("A bundle is missing from: {names}. Ask for it; nothing that came was left out.")
        self.missing_words.show_words(told.format(names=words.listed(view.missing)))
        self.figures.setVisible(part == FIGURES)

    def _whole_row(self, one: OverviewLine) -> Row:
        row = self._row(one.line)
        since = [one.phase]
        if one.days_in_phase is not None:
            told = ngettext("{number} day in it", "{number} days in it", one.days_in_phase)
            since.append(told.format(number=words.whole(one.days_in_phase)))
        if one.since_event is not None:
            told = ngettext("met {number} day ago", "met {number} days ago", one.since_event)
            since.append(told.format(number=words.whole(one.since_event)))
        if one.next_date is not None:
            since.append(_("next {date}").format(date=words.short_day(one.next_date)))
        under = [one.promised]
        if one.warnings:
            told = ngettext("{number} warning", "{number} warnings", one.warnings)
            told = told.format(number=words.whole(one.warnings))
            under.insert(0, f"{told} ({_('one stops')})" if one.heaviest is Severity.STOP else told)
        if one.verdict_age is not None:
            told = ngettext("verdict {number} day old", "verdict {number} days old", one.verdict_age)
            under.append(told.format(number=words.whole(one.verdict_age)))
        if one.line.last_received:
            under.append(_("received {day}").format(day=words.short_day(one.line.last_received.date())))
        return replace(row, detail=f"{one.line.sides} · {' · '.join(since)}", under=" · ".join(filter(None, under)))

    def _row(self, line: EngagementLine) -> Row:
        details = [line.sides]
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


def _figure(place: int, line: FigureLine) -> Row:
    return Row(f"figure/{place}", line.name, detail=line.told, trailing=line.figure)
