"""What each side learned and what became of it; and what the participants thought, without their names."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso import words
from pitso.services.evaluations import LEAST, Evaluation, GroupLine
from pitso.services.learning import LearningView, PointLine
from pitso.ui.parts.buttons import Button, Parts
from pitso.ui.parts.cards import Empty
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

POINTS, SHEETS = "points", "sheets"


class LearningPage(Page):
    """Two views: the learning points with those that nobody uses first, and the evaluation sheets together.

    Signals:
        part_asked: the points, or the sheets.
        opened: the record of a learning point.
        programme_asked: the user goes to the learning programme.
        added: the user writes a learning point, or an evaluation sheet; its form.
    """

    help_page = "learning"
    part_asked = Signal(str)
    opened = Signal(str)
    programme_asked = Signal()
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._part = POINTS
        self.parts = Parts([(POINTS, _("Learning points")), (SHEETS, _("Evaluation sheets"))], _("View"))
        self.parts.chosen.connect(self.part_asked)
        self.add_line(self.parts)
        self.rows = Rows(_("Learning points"), whole=True)
        self.rows.opened.connect(self._open)
        self.empty = Empty("", "")
        self.hidden = Words("", "soft")
        self.body.addWidget(self.rows)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.hidden)
        self.body.addStretch(1)
        self.programme = Button(_("The learning programme"), icon="clipboard-list")
        self.programme.clicked.connect(self.programme_asked)
        self.add = Button("", "main", icon="plus")
        self.add.clicked.connect(lambda: self.added.emit("learning" if self._part == POINTS else "evaluation"))
        self.foot.addWidget(flowing(self.programme, self.add, apart=True))

    def show_points(self, view: LearningView) -> None:
        """Show what was learned: what waits for a date first, then what the programme uses."""
        self._show(POINTS, _("Add a learning point"))
        told = _("{used} of {all} are in the learning programme with a date.")
        self.show_head(
            _("Learning"), second=told.format(used=words.whole(view.used), all=words.whole(len(view.points)))
        )
        unused = [point for point in view.points if not point.used]
        used = [point for point in view.points if point.used]
        rows = [Row("", _("Nobody uses these yet")), *map(_point, unused)] if unused else []
        rows += [Row("", _("In the learning programme")), *map(_point, used)] if used else []
        self._fill(rows, _("Nothing was learned yet"), _("Write one thing that one side learned from the other."))

    def show_sheets(self, view: Evaluation) -> None:
        """Show what the sheets say together, from five on."""
        self._show(SHEETS, _("Key in a sheet"))
        told = ngettext("{number} sheet", "{number} sheets", view.sheets).format(number=words.whole(view.sheets))
        self.show_head(_("Learning"), second=told)
        lacking = _("Results are shown from {number} sheets on, so that nobody can be told by an answer.")
        rows = _results(view) if view.shown else []
        self._fill(rows, _("Not yet enough sheets"), lacking.format(number=words.whole(LEAST)))
        hidden = any(group.sheets is None for group in view.groups) or (view.shown and not view.again)
        note = _("A dash stands where fewer than {number} people would be told of.").format(number=words.whole(LEAST))
        self.hidden.show_words(note if hidden else "")

    def _show(self, part: str, adding: str) -> None:
        self._part = part
        self.parts.show_part(part)
        self.programme.setVisible(part == POINTS)
        self.add.show_words(adding)
        self.hidden.hide()

    def _fill(self, rows: Sequence[Row], nothing: str, remedy: str) -> None:
        self.rows.show_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.title.setText(nothing)
        self.empty.words.show_words(remedy)
        self.empty.setVisible(not rows)

    def _open(self, record: str) -> None:
        if record.startswith("record/"):
            self.opened.emit(record)

    def first_question(self) -> QWidget | None:
        return self.rows if self.rows.isVisibleTo(self) else self.add


def _point(point: PointLine) -> Row:
    topic = ""
    if point.topic:
        topic = words.colon(point.topic, words.day(point.on) if point.on else _("a wish, without a date"))
    return Row(
        point.record,
        point.text,
        detail=" · ".join(part for part in (point.learned_by_words, topic) if part),
        pill=_("in use") if point.used else _("not used"),
        tone="done" if point.used else "soft",
    )


def _results(view: Evaluation) -> list[Row]:
    rows = [Row("", _("From 1, not at all, to 5, entirely"))]
    rows += [
        Row(f"mark/{place}", mark.name, detail=_counted(mark.counts), trailing=words.tenth(mark.mean))
        for place, mark in enumerate(view.marks)
    ]
    rows.append(Row("", _("By who answered: the means in the same order")))
    rows += [_group(place, group) for place, group in enumerate(view.groups)]
    if view.again:
        told = [words.colon(name, words.whole(number)) for name, number in view.again]
        rows.append(Row("again", _("I would take part again."), detail=" · ".join(told)))
    for heading, said in (
        (_("What will I do next month?"), view.next_month),
        (_("What was missing?"), view.missing),
    ):
        if said:
            rows.append(Row("", heading))
            rows += [Row(f"{heading}/{place}", text) for place, text in enumerate(said)]
    return rows


def _counted(counts: Sequence[int]) -> str:
    return " · ".join(_("{mark}: {number} times").format(mark=mark, number=n) for mark, n in enumerate(counts, 1) if n)


def _group(place: int, group: GroupLine) -> Row:
    told = " · ".join("–" if mean is None else words.tenth(mean) for mean in group.means)
    number = "–" if group.sheets is None else words.whole(group.sheets)
    return Row(f"group/{place}", group.name, detail=told, trailing=number)
