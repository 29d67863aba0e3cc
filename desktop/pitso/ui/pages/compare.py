"""Two assessments beside each other, only what is comparable."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from pitso import words
from pitso.services.views import AssessmentLine, CompareView, IndicatorLine
from pitso.ui import theme
from pitso.ui.pages.readiness import dimension_table, indicator_row
from pitso.ui.parts.cards import Card, Drawing, Empty, Figures
from pitso.ui.parts.fields import Field, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _


class ComparePage(Page):
    """What rose, what stayed, what fell.

    Signals:
        pair_chosen: ids of the former and the latter assessment.
    """

    help_page = "compare"
    pair_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.former, self.latter = Picker(_("From")), Picker(_("To"))
        self.former.activated.connect(self._choose)
        self.latter.activated.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(theme.XL)
        row.addWidget(Field(_("From"), self.former), 1)
        row.addWidget(Field(_("To"), self.latter), 1)
        self.body.addLayout(row)
        self.empty = Empty(
            _("Here two assessments will stand beside each other"),
            _("It needs two assessments that were agreed."),
        )
        self.card = Card()
        self.summary = Words("", "heading")
        self.former_figures, self.latter_figures = Words("", "soft"), Words("", "soft")
        for widget in (self.summary, self.former_figures, self.latter_figures):
            self.card.column.addWidget(widget)
        self.radar, self.table = Drawing(), Figures(_("Dimensions"))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.XL)
        self._beside.addWidget(self.radar, 9, Qt.AlignmentFlag.AlignTop)
        self._beside.addWidget(self.table, 11, Qt.AlignmentFlag.AlignTop)
        self.rows = Rows(_("Indicators"), compact=True, whole=True)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.card)
        self.body.addLayout(self._beside)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)

    def show_pairs(self, lines: Sequence[AssessmentLine], *, former: str, latter: str) -> None:
        """Offer the assessments that can be compared."""
        self.show_head(_("Compare two assessments"))
        choices = [(line.id, f"{line.title} · {words.short_day(line.held_on)}") for line in lines]
        self.former.show_choices(choices, former)
        self.latter.show_choices(choices, latter)

    def show_compare(self, view: CompareView | None) -> None:
        """Show what moved between the two."""
        for widget in (self.card, self.radar, self.table, self.rows):
            widget.setVisible(view is not None)
        self.empty.setVisible(view is None)
        if view is None:
            return
        self.summary.setText(view.summary)
        self.former_figures.setText(words.colon(view.former, view.former_figures))
        self.latter_figures.setText(words.colon(view.latter, view.latter_figures))
        self.radar.show_drawing(view.radar, widest=theme.now().scaled(560))
        self.table.show_table(*dimension_table(view.dimensions))
        groups = ((_("Fell"), view.fell), (_("Rose"), view.rose), (_("Stayed"), view.stayed))
        self.rows.show_rows([row for title, lines in groups for row in self._group(title, lines)])

    def _group(self, title: str, lines: Sequence[IndicatorLine]) -> list[Row]:
        if not lines:
            return []
        return [Row("", f"{title} · {words.whole(len(lines))}"), *map(indicator_row, lines)]

    def _choose(self) -> None:
        self.pair_chosen.emit(self.former.code(), self.latter.code())

    def first_question(self) -> QWidget | None:
        return self.former

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < 62 * theme.now().body
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(down if narrow else across)
