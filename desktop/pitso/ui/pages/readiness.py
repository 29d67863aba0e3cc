"""The result of an assessment: the verdict in words with its causes first, then the figures and drawings."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.domain.readiness.scoring import Verdict
from pitso.services.views import CauseLine, DimensionLine, Figure, IndicatorLine, PersonLine, ReadinessView
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Card, Drawing, Figures, Look
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.steps import RESULT, Steps
from pitso.ui.parts.tones import tone_of_gate
from pitso.ui.parts.words import Icon, Pill, Words
from pitso.words import _

LOOKS: dict[Verdict, Look] = {
    Verdict.READY: "done",
    Verdict.PRECONDITIONS: "warn",
    Verdict.NOT_READY: "wrong",
    Verdict.UNDETERMINED: "soft",
}
MARKS = {
    Verdict.READY: ("circle-check", "done"),
    Verdict.PRECONDITIONS: ("triangle-alert", "warn"),
    Verdict.NOT_READY: ("circle-x", "wrong"),
    Verdict.UNDETERMINED: ("circle-question-mark", "soft"),
}


def dimension_table(lines: Sequence[DimensionLine]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table of dimensions; the former score only where there is one."""
    former = any(line.former for line in lines)
    heads = [_("Dimension (weight)"), _("Score"), _("Range"), _("Coverage"), _("Confidence")]
    rows = [
        [f"{line.name} ({words.whole(line.weight)})", line.score, line.range, line.coverage, line.confidence]
        + ([line.former] if former else [])
        for line in lines
    ]
    return heads + ([_("Before")] if former else []), rows


def indicator_row(line: IndicatorLine) -> Row:
    """The row of one indicator: its rating, the grade of its evidence, its gate."""
    rating = f"{line.rating} {line.grade}".strip()
    return Row(
        line.code, line.code, under=line.statement, trailing=rating, pill=line.gate_words, tone=tone_of_gate(line.gate)
    )


class CauseCard(Card):
    """One cause of the verdict, and who sees to it by when.

    Signals:
        seen_to: owner and date.
    """

    seen_to = Signal(str, object)

    def __init__(self, line: CauseLine, people: Sequence[PersonLine], mark: tuple[str, str]) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(theme.M)
        head.addWidget(Icon(*mark, 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Words(line.words, "strong"), 1)
        self.column.addLayout(head)
        self.fault = Words("", "fault")
        self.fault.hide()
        if line.is_precondition:
            self._build_owner(line, people)

    def _build_owner(self, line: CauseLine, people: Sequence[PersonLine]) -> None:
        self.owner = Picker(_("Who sees to it"))
        known = [("", _("Who sees to it?")), *((person.id, person.name) for person in people)]
        chosen = next((person.id for person in people if line.owner in (person.id, person.name)), "")
        self.owner.show_choices(known, chosen)
        self.due = Entry(_("By when"), example=_("by when: 2026-06-18"))
        self.due.setText(line.due.isoformat() if line.due else "")
        self.keep = Button(_("Keep") if not line.owner else _("Keep anew"))
        self.keep.clicked.connect(self._keep)
        self.due.returnPressed.connect(self._keep)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.owner, 2)
        row.addWidget(self.due, 1)
        row.addWidget(self.keep)
        self.column.addLayout(row)
        self.column.addWidget(self.fault)
        if line.due:
            told = _("To be done by {day}").format(day=words.day(line.due))
            self.column.addWidget(Words(told, "small"))

    def _keep(self) -> None:
        try:
            due = date.fromisoformat(self.due.text().strip())
        except ValueError:
            self.fault.show_words(_("Write the date as year-month-day, such as 2026-06-18."))
            self.due.setFocus()
            return
        if not self.owner.code():
            self.fault.show_words(_("Choose who sees to it."))
            self.owner.setFocus()
            return
        self.fault.hide()
        self.seen_to.emit(self.owner.code(), due)


class ReadinessPage(Page):
    """Shows the result; its sections are opened one at a time.

    Signals:
        precondition_given: cause, owner, date.
        offer_taken: the deed that the demonstration offers.
        print_asked: the report of this result.
        part_asked: the section that the user opens.
        indicator_asked: the code of an indicator whose agreement the user wants to see.
        stepped: the name of the page of another step.
    """

    help_page = "readiness"
    precondition_given = Signal(str, str, object)
    offer_taken = Signal()
    print_asked = Signal()
    part_asked = Signal(str)
    indicator_asked = Signal(str)
    stepped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: ReadinessView | None = None
        self._causes: list[CauseCard] = []
        self.steps = Steps()
        self.steps.stepped.connect(self.stepped)
        self.body.insertWidget(0, self.steps)
        self._build_verdict()
        parts = [
            ("causes", _("Causes")),
            ("dimensions", _("Dimensions")),
            ("indicators", _("Indicators")),
            ("spread", _("Spread")),
            ("ahead", _("Strengths and priorities")),
        ]
        self.parts = Parts(parts, _("Sections of the result"))
        self.parts.chosen.connect(self.part_asked)
        self.body.addSpacing(theme.S)
        self.body.addWidget(self.parts)
        self._build_sections()
        self.body.addStretch(1)
        self.print = Button(_("Print the report"), "main", icon="printer", hint=_("Print (Ctrl+P)"))
        self.print.clicked.connect(self.print_asked)
        self.offer = Button("", icon="circle-play")
        self.offer.clicked.connect(self.offer_taken)
        self.foot.addWidget(self.offer)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print)

    def _build_verdict(self) -> None:
        self.verdict = Card()
        self.mark = Icon("circle", "soft", 36)
        self.verdict_words = Words("", "title")
        self.figures = Words("", "strong")
        self.advice = Words("", "small")
        self.amended = Pill()
        row = QHBoxLayout()
        row.setSpacing(theme.L)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        for widget in (self.verdict_words, self.figures, self.advice):
            column.addWidget(widget)
        column.addWidget(self.amended, 0, Qt.AlignmentFlag.AlignLeading)
        row.addLayout(column, 1)
        self.verdict.column.addLayout(row)
        self.body.addWidget(self.verdict)

    def _build_sections(self) -> None:
        self.sections: dict[str, QWidget] = {}
        self.causes = self._section("causes")
        dimensions = self._section("dimensions")
        self.radar, self.table = Drawing(), Figures(_("Dimensions"))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.XL)
        self._beside.addWidget(self.radar, 9, Qt.AlignmentFlag.AlignTop)
        self._beside.addWidget(self.table, 11, Qt.AlignmentFlag.AlignTop)
        dimensions.addLayout(self._beside)
        self.radar_words = Words("", "small")
        dimensions.addWidget(self.radar_words)
        indicators = self._section("indicators")
        self.heat_map, self.heat_words = Drawing(), Words("", "small")
        self.indicators = Rows(_("Indicators"), compact=True, whole=True)
        self.indicators.opened.connect(self.indicator_asked)
        for widget in (self.heat_map, self.heat_words, self.indicators):
            indicators.addWidget(widget)
        spread = self._section("spread")
        self.spread, self.spread_words = Drawing(), Words("", "small")
        spread.addWidget(self.spread)
        spread.addWidget(self.spread_words)
        ahead = self._section("ahead")
        self.strengths = Rows(_("What to build on"), compact=True, whole=True)
        self.priorities = Rows(_("What comes first"), compact=True, whole=True)
        for title, rows in ((_("What to build on"), self.strengths), (_("What comes first"), self.priorities)):
            rows.opened.connect(self.indicator_asked)
            ahead.addWidget(Words(title, "heading"))
            ahead.addWidget(rows)
            ahead.addSpacing(theme.M)

    def _section(self, name: str) -> QVBoxLayout:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        self.sections[name] = section
        self.body.addWidget(section)
        return column

    def show_readiness(self, view: ReadinessView, *, part: str = "") -> None:
        """Show the result of one assessment, with one of its sections open."""
        former, self._view = self._view, view
        self.show_head(view.title, second=view.subtitle)
        self.steps.show_step(RESULT, revealed=True)
        self.verdict.show_look(LOOKS[view.verdict])
        self.mark.show_icon(*MARKS[view.verdict])
        self.verdict_words.setText(view.verdict_words)
        self.figures.show_words(view.figures)
        self.advice.show_words(view.advice)
        self.amended.show_words(view.amended, "accent")
        self.offer.show_words(view.offer)
        self.offer.setVisible(bool(view.offer))
        if former is None or former.causes != view.causes or former.people != view.people:
            self._show_causes(view)
        self.show_part(part)

    def show_part(self, part: str) -> None:
        """Open one section; what it shows is drawn when it opens."""
        part = part if part in self.sections else "causes"
        self.parts.buttons["spread"].setVisible(self._view is not None and self._view.spreads)
        self.parts.show_part(part)
        view = self._view
        if view is not None:
            {"dimensions": self._dimensions, "indicators": self._indicators}.get(part, lambda _view: None)(view)
            {"spread": self._spread, "ahead": self._ahead}.get(part, lambda _view: None)(view)
        for name, section in self.sections.items():
            section.setVisible(name == part)

    def _show_causes(self, view: ReadinessView) -> None:
        empty(self.causes)
        self._causes = []
        if not view.causes:
            self.causes.addWidget(Words(_("Nothing stands in the way at this stage."), "soft"))
        for line in view.causes:
            card = CauseCard(line, view.people, MARKS[view.verdict])
            card.seen_to.connect(lambda owner, due, cause=line.id: self.precondition_given.emit(cause, owner, due))
            self._causes.append(card)
            self.causes.addWidget(card)

    def _dimensions(self, view: ReadinessView) -> None:
        self._draw(self.radar, self.radar_words, view.drawing, widest=theme.now().scaled(560))
        self.table.show_table(*dimension_table(view.dimensions))

    def _indicators(self, view: ReadinessView) -> None:
        self._draw(self.heat_map, self.heat_words, view.drawing, widest=theme.now().scaled(860))
        self.indicators.show_rows([indicator_row(line) for line in view.indicators])

    def _spread(self, view: ReadinessView) -> None:
        self._draw(self.spread, self.spread_words, view.drawing)

    def _ahead(self, view: ReadinessView) -> None:
        self.strengths.show_rows([indicator_row(line) for line in view.strengths])
        self.priorities.show_rows([indicator_row(line) for line in view.priorities])

    def _draw(self, drawing: Drawing, told: Words, figure: Figure | None, *, widest: int = 0) -> None:
        drawing.setVisible(figure is not None)
        told.show_words(figure.words if figure is not None else "")
        if figure is not None:
            drawing.show_drawing(figure, widest=widest)

    def first_question(self) -> QWidget | None:
        part = next((name for name, button in self.parts.buttons.items() if button.isChecked()), "causes")
        return self.parts.buttons[part]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 62 * theme.now().body
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(down if narrow else across)
