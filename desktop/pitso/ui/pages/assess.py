"""The assessments of an engagement, and the form that begins one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso import words
from pitso.domain.readiness.instrument import Stage
from pitso.services.views import AssessmentLine, MemberLine
from pitso.ui import theme
from pitso.ui.pages.engagement import row_of
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Empty
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Rows
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _, listed


class AssessPage(Page):
    """All assessments, the newest first.

    Signals:
        opened: the id of an assessment.
        begun: title, stage, date and mode of a new assessment, and whether it is typed from a sheet.
        compare_asked: the user compares two assessments.
        team_asked: the user looks at who rates.
    """

    help_page = "assess"
    opened = Signal(str)
    begun = Signal(str, str, object, str, bool)
    compare_asked = Signal()
    team_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._engagement, self._any, self._several = "", False, False
        self.rows = Rows(_("Assessments"), whole=True)
        self.rows.opened.connect(self.opened)
        self.empty = Empty(
            _("Here will stand the assessments"),
            _("Each peer rates alone; the leader reveals the ratings; the team agrees; the verdict follows."),
        )
        self.body.addWidget(self.rows)
        self.body.addWidget(self.empty)
        self._build_form()
        self.body.addStretch(1)
        self.compare = Button(_("Compare two assessments"), icon="arrow-left-right")
        self.compare.clicked.connect(self.compare_asked)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(lambda: self._open_form(False))
        self.begin = Button(_("Begin an assessment"), "main", icon="")
        self.begin.clicked.connect(self._begin)
        self.foot.addWidget(self.compare)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.begin)

    def _build_form(self) -> None:
        self.form = Card()
        self.form.column.setSpacing(theme.L)
        self.title_entry = Entry(_("Title"), example=_("First readiness visit"))
        self.title_field = Field(_("Title"), self.title_entry)
        self.stage = Parts(
            [(Stage.FOUNDING.value, _("Before founding")), (Stage.SCALEDOWN.value, _("Before scaling down"))],
            _("Stage"),
        )
        self._stage = Stage.FOUNDING.value
        self.stage.show_part(self._stage)
        self.stage.chosen.connect(self._choose_stage)
        self.day = Entry(_("Date"), example="2026-01-22")
        self.day_field = Field(_("Date"), self.day, hint=_("Year, month, day: 2026-01-22"))
        self.day.textEdited.connect(self._read_day)
        self.mode = Picker(_("Who rates and agrees"))
        self.from_sheet = Tick(_("Only the agreed ratings will be typed in, from a consensus sheet"))
        self.raters = Words("", "soft")
        self.team = Button(_("Change who rates"), "quiet", icon="users")
        self.team.clicked.connect(self.team_asked)
        stage = QVBoxLayout()
        stage.setSpacing(theme.XS)
        stage.addWidget(Words(_("Stage"), "strong"))
        stage.addWidget(self.stage)
        who = QVBoxLayout()
        who.setSpacing(theme.XS)
        who.addWidget(Words(_("Who rates"), "strong"))
        who.addWidget(self.mode)
        who.addWidget(self.raters)
        who.addWidget(self.team, 0, Qt.AlignmentFlag.AlignLeading)
        self.form.column.addWidget(self.title_field)
        self.form.column.addLayout(stage)
        self.form.column.addWidget(self.day_field)
        self.form.column.addLayout(who)
        self.form.column.addWidget(self.from_sheet)
        self.body.addWidget(self.form)
        self.form.hide()

    def show_assessments(
        self, lines: Sequence[AssessmentLine], *, team: Sequence[MemberLine], engagement: str, today: date
    ) -> None:
        """Show the assessments; *team* are those who would rate in a new one."""
        self._engagement = engagement
        self._any, self._several = bool(lines), len([line for line in lines if line.verdict]) > 1
        self.rows.show_rows([row_of(line) for line in lines])
        self.raters.setText(listed(member.name for member in team) or _("Nobody is in the team yet."))
        if not self.day.text():
            self.day.setText(today.isoformat())
            self._read_day(self.day.text())
        self._stand()

    def show_modes(self, modes: Sequence[tuple[str, str]]) -> None:
        """Offer the ways in which peers and hosts rate."""
        self.mode.show_choices(list(modes), self.mode.code())

    def close_form(self) -> None:
        """The assessment was begun."""
        self.title_entry.clear()
        self._open_form(False)

    def _open_form(self, shown: bool) -> None:
        self.form.setVisible(shown)
        self._stand()
        self.focus_first()

    def _stand(self) -> None:
        form = self.form.isVisibleTo(self)
        self.show_head(_("Begin an assessment") if form else _("Assessments"), place=self._engagement)
        self.rows.setVisible(self._any and not form)
        self.empty.setVisible(not self._any and not form)
        self.compare.setVisible(self._several and not form)
        self.cancel.setVisible(form)

    def _choose_stage(self, stage: str) -> None:
        self._stage = stage

    def _read_day(self, text: str) -> date | None:
        try:
            found = date.fromisoformat(text.strip())
        except ValueError:
            self.day_field.show_hint(_("Year, month, day: 2026-01-22"))
            return None
        self.day_field.show_fault("")
        self.day_field.show_hint(words.day(found))
        return found

    def _begin(self) -> None:
        if not self.form.isVisible():
            self._open_form(True)
            return
        title, held = self.title_entry.text().strip(), self._read_day(self.day.text())
        self.title_field.show_fault("" if title else _("Give it a title, such as “First readiness visit”."))
        self.day_field.show_fault("" if held else _("Write the date as year-month-day, such as 2026-01-22."))
        if not title:
            self.title_entry.setFocus()
        elif held is None:
            self.day.setFocus()
        else:
            self.begun.emit(title, self._stage, held, self.mode.code(), self.from_sheet.isChecked())

    def first_question(self) -> QWidget | None:
        if self.form.isVisibleTo(self):
            return self.title_entry
        return self.rows if self.rows.rows else self.begin

    def escape(self) -> bool:
        if self.form.isHidden():
            return False
        self._open_form(False)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        form = self.form.isVisible()
        if form and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin()
        else:
            super().keyPressEvent(event)
