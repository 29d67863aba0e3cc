"""The rating page: one question, its five written levels, and what they rest on."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pitso.domain.readiness.agreement import Rating
from pitso.domain.readiness.instrument import NOT_APPLICABLE, UNKNOWN
from pitso.services.views import RatingView
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.choice import Choice
from pitso.ui.parts.evidence import EvidenceEntry, EvidenceItems
from pitso.ui.parts.fields import Entry, Field, KeptText
from pitso.ui.parts.outline import Outline
from pitso.ui.parts.page import Page, Panel
from pitso.ui.parts.words import Pill, Words
from pitso.words import _, ngettext

KEY_NOT_APPLICABLE, KEY_UNKNOWN = Qt.Key.Key_8, Qt.Key.Key_9


def grades() -> list[tuple[str, str]]:
    """The grades of evidence, best first."""
    return [
        ("A", _("A · Seen (document or fact)")),
        ("B", _("B · Confirmed by two independent sources")),
        ("C", _("C · Told by one source")),
        ("D", _("D · No evidence")),
    ]


class RatingPage(Page):
    """Shows one question; says which level was chosen and keeps no answer itself.

    Signals:
        rated: the level, NA or UK that the user chose.
        reasoned: the reason why the question does not apply.
        noted: the note as it now stands.
        evidence_added: grade, words, path of a file or an empty text.
        evidence_removed: the id of an item.
        file_asked: the user wants to pick a file as evidence.
        question_asked: the code of the question that the user goes to.
        finished_said: the user has finished, or takes that back.
    """

    help_page = "rating"
    rated = Signal(object)
    reasoned = Signal(str)
    noted = Signal(str)
    evidence_added = Signal(str, str, str)
    evidence_removed = Signal(str)
    file_asked = Signal()
    question_asked = Signal(str)
    finished_said = Signal(bool)

    def __init__(self) -> None:
        self._view: RatingView | None = None
        self._closed = False
        super().__init__(Panel())
        self.setAcceptDrops(True)
        self._build_panel()
        self._build_choices()
        self._build_remarks()
        self._build_foot()
        self.area.column.addStretch(1)

    def _build_panel(self) -> None:
        assert self.panel is not None
        self.progress = QProgressBar(textVisible=False)
        self.answered = Words("", "small")
        self.outline = Outline()
        self.outline.picked.connect(self._go)
        self.without = Pill("", "warn")
        self.finish = Button("", icon="flag")
        self.finish.setCheckable(True)
        self.finish.clicked.connect(self._finish)
        self.panel.head.addSpacing(theme.S)
        self.panel.head.addWidget(self.progress)
        self.panel.head.addWidget(self.answered)
        self.panel.column.addWidget(self.outline)
        self.panel.column.addStretch(1)
        self.panel.foot.addWidget(self.without)
        self.panel.foot.addWidget(self.finish)

    def _build_choices(self) -> None:
        self.gate = Pill("", "accent")
        self.late = Pill("", "warn")
        self.add_line(self.gate, self.late)
        self.levels = [Choice(str(level)) for level in range(5)]
        self.not_applicable = Choice("8")
        for level, choice in enumerate(self.levels):
            choice.clicked.connect(lambda _=False, level=level: self._rate(level))
            self.body.addWidget(choice)
        self.not_applicable.clicked.connect(lambda: self._rate(NOT_APPLICABLE))
        self.body.addWidget(self.not_applicable)
        self.reason = Entry(_("Why does this question not apply here?"))
        self.reason_field = Field(_("Why does this question not apply here?"), self.reason)
        self.reason.editingFinished.connect(self._reason)
        self.body.addWidget(self.reason_field)

    def _build_remarks(self) -> None:
        self.items, self.entry = EvidenceItems(), EvidenceEntry()
        self.items.removed.connect(self.evidence_removed)
        self.entry.added.connect(self.evidence_added)
        self.entry.file_asked.connect(self.file_asked)
        self.evidence_hint = Words("", "small")
        self.note = KeptText(_("Note"), lines=4)
        self.note.kept.connect(self.noted)
        evidence = QVBoxLayout()
        evidence.setSpacing(theme.S)
        for widget in (Words(_("Evidence"), "strong"), self.evidence_hint, self.items, self.entry):
            evidence.addWidget(widget)
        evidence.addStretch(1)
        note = QVBoxLayout()
        note.addWidget(Field(_("Note"), self.note, hint=_("Seen by you alone until the reveal.")))
        note.addStretch(1)
        self._remarks = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._remarks.setSpacing(theme.XL)
        self._remarks.addLayout(evidence, 3)
        self._remarks.addLayout(note, 2)
        self.body.addSpacing(theme.S)
        self.body.addLayout(self._remarks)

    def _build_foot(self) -> None:
        self.back = Button(_("Back"), hint=_("The question before this one"))
        self.unknown = Button(_("Not known yet"), "quiet", hint=_("Not known yet (9)"))
        self.unknown.setCheckable(True)
        self.next = Button(_("Next question"), "main", hint=_("Next question (Enter)"))
        self.back.clicked.connect(self._back)
        self.unknown.clicked.connect(lambda: self._rate(UNKNOWN))
        self.next.clicked.connect(self.go_on)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.unknown)
        self.foot.addWidget(self.next)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_rating(self, view: RatingView, *, closed: bool = False) -> None:
        """Show one question, ready to be rated by one person; of a *closed* assessment it can only be read."""
        moved = self._view is None or (self._view.assessment, self._view.code) != (view.assessment, view.code)
        self._view = view
        question = _("Question {position} of {total}").format(position=view.position, total=view.total)
        self.show_head(view.statement, second=view.guidance, place=view.place, beside=question)
        self.gate.show_words(view.gate_words, "accent")
        late = _("After the reveal: ratings are marked") if view.after_reveal else ""
        self.late.show_words(_("Closed: can be read, not changed") if closed else late, "warn")
        self._closed = closed
        for widget in (self.entry, self.note, self.unknown, self.finish, self.items):
            widget.setEnabled(not closed)
        self._show_panel(view)
        self._show_choices(view)
        self._show_remarks(view, moved)
        self.back.setEnabled(view.previous is not None)
        last = view.following is None
        self.next.show_words(
            _("Go on") if last and view.finished else _("I have finished") if last else _("Next question")
        )
        if moved:
            self.area.to_top()
            self.focus_first()

    def _show_panel(self, view: RatingView) -> None:
        assert self.panel is not None
        self.panel.title.setText(view.assessment_title)
        self.panel.second.show_words(f"{view.engagement_title} · {view.rater_name}")
        self.progress.setRange(0, max(view.in_all, 1))
        self.progress.setValue(view.answered)
        words = _("{answered} of {total} answered").format(answered=view.answered, total=view.in_all)
        self.answered.setText(words)
        self.progress.setAccessibleName(words)
        self.outline.show_lines(view.outline)
        without = view.without_evidence
        self.without.show_words(
            ngettext("{number} without evidence", "{number} without evidence", without).format(number=without)
            if without
            else "",
            "warn",
        )
        self.finish.show_words(_("Finished: open again") if view.finished else _("I have finished"))

    def _show_choices(self, view: RatingView) -> None:
        words = {line.rating: line for line in view.levels}
        for level, choice in enumerate(self.levels):
            line = words.get(level)
            choice.setVisible(line is not None)
            if line is not None:
                choice.show_choice(line.word, line.description)
            choice.setChecked(view.chosen == level)
        self.not_applicable.setVisible(view.na_allowed or view.chosen == NOT_APPLICABLE)
        self.not_applicable.show_choice(_("Not applicable"), _("Say why in a sentence."))
        self.not_applicable.setChecked(view.chosen == NOT_APPLICABLE)
        self.unknown.setChecked(view.chosen == UNKNOWN)
        self.reason_field.setVisible(view.chosen == NOT_APPLICABLE)
        if not self.reason.hasFocus() or self.reason.text().strip() == view.reason:
            self.reason.setText(view.reason)
        missing = _("A reason is still missing. One sentence is enough.") if view.reason_wanted else ""
        self.reason_field.show_fault(missing)

    def _show_remarks(self, view: RatingView, moved: bool) -> None:
        self.evidence_hint.show_words(
            _("For example: {hint}").format(hint=view.evidence_hint) if view.evidence_hint else ""
        )
        self.items.show_items(view.evidence)
        self.note.show_text(view.note, of=f"{view.assessment}/{view.rater}/{view.code}")
        self.entry.show_grades(grades())
        if moved:
            self.entry.clear()

    def show_file(self, file: Path) -> None:
        """Show the file that was picked and will be added as evidence."""
        self.entry.show_file(file)
        self.entry.text.setFocus()

    # ---- what is chosen ------------------------------------------------------------------------------------

    def first_question(self) -> QWidget | None:
        chosen = [choice for choice in (*self.levels, self.not_applicable) if choice.isChecked()]
        return chosen[0] if chosen else self.levels[0]

    def leave(self) -> None:
        self.note.flush()
        self._reason()
        if self.entry.waiting():
            self.entry.add.click()

    def _rate(self, rating: Rating) -> None:
        view = self._view
        if view is None or self._closed:
            if view is not None:
                self._show_choices(view)
            return
        self._show_choices(view)  # the answer shows when it is kept, not before
        if rating != view.chosen:
            self.rated.emit(rating)
        if rating == NOT_APPLICABLE:
            self.reason.setFocus()

    def _reason(self) -> None:
        view = self._view
        if view and self.reason_field.isVisible() and self.reason.text().strip() != view.reason:
            self.reasoned.emit(self.reason.text().strip())

    def _go(self, code: str) -> None:
        self.leave()
        self.close_panel()
        self.question_asked.emit(code)

    def _back(self) -> None:
        if self._view and self._view.previous:
            self._go(self._view.previous)

    def go_on(self) -> None:
        """The next question, and after the last one the word that all is done."""
        view = self._view
        if view is None:
            return
        if view.following is not None:
            self._go(view.following)
        else:
            self.leave()
            self.finished_said.emit(not self._closed)

    def _finish(self) -> None:
        if self._view is not None:
            self.leave()
            self.finished_said.emit(not self._view.finished)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Enter goes on."""
        key, view = event.key(), self._view
        if view is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_on()
                return
            super().keyPressEvent(event)
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_4:
            self._rate(key - Qt.Key.Key_0)
            self.levels[key - Qt.Key.Key_0].setFocus()
        elif key == KEY_NOT_APPLICABLE and view.na_allowed:
            self._rate(NOT_APPLICABLE)
        elif key == KEY_UNKNOWN:
            self._rate(UNKNOWN)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if files and not files[0].toLocalFile().endswith(".pitso-bundle"):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_file(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.area.width() < 42 * theme.now().body
        across = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._remarks.setDirection(across)
