"""The consensus session: the contested first, the spread without names, and what the team agrees."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pitso import words
from pitso.domain.readiness.agreement import Closeness, Rating
from pitso.domain.readiness.instrument import NO_AGREEMENT, NOT_APPLICABLE, UNKNOWN
from pitso.services.views import ConsensusDetail, ConsensusLine, ConsensusView
from pitso.ui import theme
from pitso.ui.pages.rating import grades
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.choice import Choice
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.evidence import EvidenceItems
from pitso.ui.parts.fields import Field, KeptText, Picker
from pitso.ui.parts.page import Page, Panel
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.steps import AGREE, Steps
from pitso.ui.parts.tones import tone_of_closeness
from pitso.ui.parts.words import Pill, Words
from pitso.words import _, listed, ngettext


class ConsensusPage(Page):
    """Shows one indicator with all its ratings; says what the team agreed on.

    Signals:
        accepted: the close and the unanimous are accepted together.
        closed: the leader closes the assessment.
        agreed: rating, grade of the evidence, reason.
        indicator_asked: the code of the indicator that the user opens.
        minority_said: words of a minority view, and whether the peer signs it.
        responded: what the hosts answer.
        stepped: the name of the page of another step.
    """

    help_page = "consensus"
    panel_base = 300
    accepted = Signal()
    closed = Signal()
    agreed = Signal(object, str, str)
    indicator_asked = Signal(str)
    minority_said = Signal(str, bool)
    responded = Signal(str)
    stepped = Signal(str)

    def __init__(self) -> None:
        self._view: ConsensusView | None = None
        self._draft: Rating | None = None
        super().__init__(Panel())
        self._build_panel()
        self.steps = Steps()
        self.steps.stepped.connect(self.stepped)
        self.body.insertWidget(0, self.steps)
        self._build_summary()
        self._build_detail()
        self.body.addStretch(1)
        self._build_foot()

    # ---- the list ------------------------------------------------------------------------------------------

    def _build_panel(self) -> None:
        assert self.panel is not None
        self.progress = QProgressBar(textVisible=False)
        self.counted = Words("", "small")
        self.rows = Rows(_("Indicators"), compact=True)
        self.rows.opened.connect(self._open)
        self.accept = Button("", "main")
        self.accept.clicked.connect(self.accepted)
        self.panel.head.addSpacing(theme.S)
        self.panel.head.addWidget(self.progress)
        self.panel.head.addWidget(self.counted)
        self.panel.show_list(self.rows)
        self.panel.foot.addWidget(self.accept)
        self.close_button = Button(_("Close the assessment"), icon="lock")
        self.close_button.setToolTip(_("After closing, every change is an amendment with its reason."))
        self.close_button.clicked.connect(self.closed)
        self.panel.foot.addWidget(self.close_button)
        self.state = Pill()
        self.panel.foot.addWidget(self.state)

    def _show_panel(self, view: ConsensusView) -> None:
        assert self.panel is not None
        total = ngettext("Agree on {number} indicator", "Agree on {number} indicators", view.total)
        self.panel.title.setText(total.format(number=words.whole(view.total)))
        self.panel.second.show_words(view.title)
        self.progress.setRange(0, max(view.total, 1))
        self.progress.setValue(view.agreed)
        told = _("{agreed} agreed · {contested} contested").format(
            agreed=words.whole(view.agreed), contested=words.whole(view.contested)
        )
        self.counted.setText(told)
        self.progress.setAccessibleName(told)
        waiting = view.close_waiting + view.unanimous_waiting
        self.accept.setVisible(waiting > 0 and view.may_agree and not view.closed)
        self.close_button.setVisible(view.may_close and view.agreed == view.total)
        self.state.show_words(_("closed: a change is an amendment") if view.closed else "", "soft")
        together = ngettext("Accept {number} close one", "Accept {number} close ones together", waiting)
        self.accept.show_words(together.format(number=words.whole(waiting)))
        self.accept.setToolTip(
            _("{close} close and {unanimous} unanimous: the proposal becomes the agreed rating").format(
                close=words.whole(view.close_waiting), unanimous=words.whole(view.unanimous_waiting)
            )
        )
        self.rows.show_rows(self._rows(view.lines), chosen=view.detail.line.code if view.detail else "")

    def _rows(self, lines: Sequence[ConsensusLine]) -> list[Row]:
        rows: list[Row] = []
        former: Closeness | None = None
        for line in lines:
            if line.closeness != former:
                number = sum(other.closeness == line.closeness for other in lines)
                rows.append(Row("", f"{line.closeness_words} · {words.whole(number)}"))
                former = line.closeness
            rows.append(self._row(line))
        return rows

    def _row(self, line: ConsensusLine) -> Row:
        done = line.agreed is not None
        counts = {dot.level: (dot.peers, dot.hosts) for dot in line.dots}
        spread = tuple(counts.get(level, (0, 0)) for level in range(5)) if counts else ()
        return Row(
            line.code,
            line.code,
            detail=line.agreed_words,
            under=line.statement,
            icon="circle-check" if done else "circle",
            icon_role="done" if done else "strong",
            spread=spread,
            heard=heard(line),
        )

    # ---- the open indicator --------------------------------------------------------------------------------

    def _build_summary(self) -> None:
        self.summary = Card()
        self.summary_title = Words("", "heading")
        self.summary_words = Words("", "soft")
        self.first = Button("", "main")
        self.first.clicked.connect(lambda: self._open(self._next_waiting()))
        self.accept_here = Button("", "plain")
        self.accept_here.clicked.connect(self.accepted)
        row = QHBoxLayout()
        row.addWidget(self.first)
        row.addWidget(self.accept_here)
        row.addStretch(1)
        self.summary.column.addWidget(self.summary_title)
        self.summary.column.addWidget(self.summary_words)
        self.summary.column.addLayout(row)
        self.body.addWidget(self.summary)

    def _build_detail(self) -> None:
        self.closeness, self.single = Pill(), Pill()
        self.late, self.after, self.seen = Pill(), Pill(), Pill()
        self.pills = self.add_line(self.closeness, self.single, self.late, self.after, self.seen)
        self.specials = Words("", "small")
        self.body.addWidget(self.specials)
        self.levels = [Choice(str(level)) for level in range(5)]
        self.not_applicable = Choice("8")
        self.no_agreement = Choice("7")
        for level, choice in enumerate(self.levels):
            choice.clicked.connect(lambda _=False, level=level: self._choose(level))
            self.body.addWidget(choice)
        self.not_applicable.clicked.connect(lambda: self._choose(NOT_APPLICABLE))
        self.no_agreement.clicked.connect(lambda: self._choose(NO_AGREEMENT))
        self.body.addWidget(self.not_applicable)
        self.body.addWidget(self.no_agreement)
        self.legend = Words(_("● a peer   ○ a host   names are not shown"), "small")
        self.body.addWidget(self.legend)
        self._build_reason()
        self._build_views()

    def _build_reason(self) -> None:
        self.reason = KeptText(_("Because"), lines=2)
        self.reason_field = Field(_("Because"), self.reason)
        self.grade = Picker(_("Grade of the evidence"))
        self.grade_field = Field(_("Grade of the evidence"), self.grade)
        row = QHBoxLayout()
        row.setSpacing(theme.XL)
        row.addWidget(self.reason_field, 3)
        row.addWidget(self.grade_field, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.evidence_title = Words(_("What the peers rest it on"), "strong")
        self.evidence = EvidenceItems(removable=False)
        self.body.addWidget(self.evidence_title)
        self.body.addWidget(self.evidence)

    def _build_views(self) -> None:
        self.minority_card = Card("warn")
        self.minority_text = KeptText(_("Minority view"), lines=2)
        self.minority_keep = Button(_("Leave it without my name"))
        self.minority_sign = Button(_("Leave it with my name"))
        self.minority_keep.clicked.connect(lambda: self._minority(signed=False))
        self.minority_sign.clicked.connect(lambda: self._minority(signed=True))
        invited = _("You rated two or more levels away. You may leave a minority view; it is printed in the report.")
        self.minority_card.column.addWidget(Field(_("Minority view"), self.minority_text, hint=invited))
        row = QHBoxLayout()
        row.addWidget(self.minority_keep)
        row.addWidget(self.minority_sign)
        row.addStretch(1)
        self.minority_card.column.addLayout(row)
        self.minority_title = Words(_("Minority views"), "strong")
        self.minority = QVBoxLayout()
        self.versions_title = Words(_("Agreed before"), "strong")
        self.versions = QVBoxLayout()
        self.response = KeptText(_("What the hosts answer"), lines=2)
        self.response.kept.connect(self.responded)
        told = _("Printed in the report as it stands here.")
        self.response_field = Field(_("What the hosts answer"), self.response, hint=told)
        self.body.addWidget(self.minority_card)
        self.body.addWidget(self.minority_title)
        self.body.addLayout(self.minority)
        self.body.addWidget(self.versions_title)
        self.body.addLayout(self.versions)
        self.body.addWidget(self.response_field)

    def _build_foot(self) -> None:
        self.back = Button(_("Back"), hint=_("The indicator before this one"))
        self.skip = Button(_("Later"), "quiet", hint=_("Go to the next one without agreeing"))
        self.agree = Button(_("Agree"), "main", hint=_("Agree (Enter)"))
        self.back.clicked.connect(lambda: self._walk(-1))
        self.skip.clicked.connect(lambda: self._walk(1))
        self.agree.clicked.connect(self._agree)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.skip)
        self.foot.addWidget(self.agree)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_consensus(self, view: ConsensusView) -> None:
        """Show all indicators, and the one that is open."""
        former = self._view.detail.line.code if self._view and self._view.detail else None
        self._view = view
        self._show_panel(view)
        self.steps.show_step(AGREE, revealed=True)
        detail = view.detail
        for widget in self._detail_widgets():
            widget.setVisible(detail is not None)
        self.summary.setVisible(detail is None)
        if detail is None:
            self._show_summary(view)
        else:
            self._show_detail(detail, moved=detail.line.code != former)

    def _detail_widgets(self) -> list[QWidget]:
        own: list[QWidget] = [*self.levels, self.not_applicable, self.no_agreement, self.legend, self.reason_field]
        own += [self.grade_field, self.evidence_title, self.evidence, self.minority_card, self.minority_title]
        own += [self.versions_title, self.response_field, self.back, self.skip, self.agree, self.specials]
        return [*own, self.closeness, self.single, self.late, self.after, self.seen]

    def _show_summary(self, view: ConsensusView) -> None:
        self.show_head(_("Agree on the ratings"), place=view.title)
        waiting = view.total - view.agreed
        if waiting:
            told = ngettext("{number} indicator waits", "{number} indicators wait", waiting)
            self.summary_title.setText(told.format(number=words.whole(waiting)))
            self.summary_words.setText(_("The contested come first, so that a short evening goes to what matters."))
            self.first.show_words(_("Open the first"))
        else:
            self.summary_title.setText(_("All is agreed"))
            self.summary_words.setText(_("The result is ready."))
            self.first.show_words(_("Look again at the first"))
        self.accept_here.setVisible(self.accept.isVisibleTo(self))
        self.accept_here.show_words(self.accept.text())

    def _show_detail(self, detail: ConsensusDetail, *, moved: bool) -> None:
        line = detail.line
        place = f"{line.code} · {detail.dimension}"
        self.show_head(line.statement, second=detail.guidance, place=place, beside=line.agreed_words)
        self._show_pills(line)
        if moved or self._draft is None:
            self._draft = line.agreed if line.agreed is not None else line.proposal
        self._show_choices(detail)
        key = f"{detail.line.code}"
        self.reason.show_text(detail.reason, of=key)
        self.grade.show_choices([("", _("no grade")), *grades()], (moved and detail.grade) or self.grade.code() or "")
        if moved:
            self.grade.show_choices([("", _("no grade")), *grades()], detail.grade or "")
            self.reason_field.show_fault("")
            self.minority_text.show_text("", of=key)
        self.evidence.show_items(detail.evidence)
        self.evidence_title.setVisible(bool(detail.evidence))
        self.evidence.setVisible(bool(detail.evidence))
        self._show_views(detail)
        self.response.show_text(detail.response, of=key)
        self.agree.show_words(_("Agree") if line.agreed is None else _("Agree anew"))
        may = self._view is not None and self._view.may_agree
        self.agree.setEnabled(may)
        self.agree.setToolTip(_("Agree (Enter)") if may else _("Only the team leader may do this."))
        self._show_reason()
        if moved:
            self.area.to_top()
            self.close_panel()
            self.focus_first()

    def _show_pills(self, line: ConsensusLine) -> None:
        self.closeness.show_words(line.closeness_words, tone_of_closeness(line.closeness))
        self.single.show_words(_("single view") if line.single_view else "", "soft")
        late = ngettext("{number} rating arrived later", "{number} ratings arrived later", line.late)
        self.late.show_words(late.format(number=words.whole(line.late)) if line.late else "", "warn")
        after = ngettext("{number} after the reveal", "{number} after the reveal", line.after_reveal)
        self.after.show_words(after.format(number=words.whole(line.after_reveal)) if line.after_reveal else "", "warn")
        self.seen.show_words(_("the hosts see this differently") if line.seen_differently else "", "accent")
        self.specials.show_words(line.specials)

    def _show_choices(self, detail: ConsensusDetail) -> None:
        counts = {dot.level: dot for dot in detail.line.dots}
        shown = {level.rating: level for level in detail.levels}
        for level, choice in enumerate(self.levels):
            spread, written = counts.get(level), shown.get(level)
            dots = [True] * spread.peers + [False] * spread.hosts if spread else []
            choice.show_choice(
                written.word if written else str(level),
                written.description if written else "",
                pill=_("proposal") if detail.line.proposal == level else "",
                dots=dots,
                heard=told(spread.peers, spread.hosts) if spread else "",
            )
            choice.setChecked(self._draft == level)
        self.not_applicable.setVisible(detail.na_allowed)
        self.not_applicable.show_choice(_("Not applicable"), _("Say why in a sentence."))
        self.not_applicable.setChecked(self._draft == NOT_APPLICABLE)
        self.no_agreement.show_choice(_("No agreement"), _("The team sees it differently and says so; write why."))
        self.no_agreement.setChecked(self._draft == NO_AGREEMENT)

    def _show_views(self, detail: ConsensusDetail) -> None:
        self.minority_card.setVisible(detail.minority_invited)
        empty(self.minority)
        self.minority_title.setVisible(bool(detail.minority))
        for view in detail.minority:
            card = Card()
            card.column.addWidget(Words(view.text))
            card.column.addWidget(Words(view.signed or _("without a name"), "small"))
            self.minority.addWidget(card)
        empty(self.versions)
        self.versions_title.setVisible(bool(detail.versions))
        for version in detail.versions:
            told = " · ".join(part for part in (version.words, version.reason, version.author) if part)
            self.versions.addWidget(Words(f"{told} · {words.moment(version.at)}", "small"))

    def _show_reason(self) -> None:
        """Say that a reason is needed, before anybody presses the button."""
        detail = self._view.detail if self._view else None
        wanted = detail is not None and self._draft in detail.reason_required_for
        self.reason_field.show_hint(
            _("A reason is needed for this rating.") if wanted else _("A reason is welcome, and not required here.")
        )

    # ---- what is chosen ------------------------------------------------------------------------------------

    def first_question(self) -> QWidget | None:
        if self._view is None or self._view.detail is None:
            return self.first
        every = (*self.levels, self.not_applicable, self.no_agreement)
        return next((choice for choice in every if choice.isChecked()), self.levels[0])

    def leave(self) -> None:
        self.response.flush()

    def _open(self, code: str) -> None:
        if code:
            self.leave()
            self.close_panel()
            self.indicator_asked.emit(code)

    def _choose(self, rating: Rating) -> None:
        self._draft = rating
        if self._view and self._view.detail:
            self._show_choices(self._view.detail)
        self.reason_field.show_fault("")
        self._show_reason()

    def _agree(self) -> None:
        detail = self._view.detail if self._view else None
        if detail is None or self._draft is None or self._draft == UNKNOWN or not self.agree.isEnabled():
            return
        reason = self.reason.words()
        if self._draft in detail.reason_required_for and not reason:
            self.reason_field.show_fault(_("Write in a sentence why the team agrees on this."))
            self.reason.setFocus()
            self.area.ensureWidgetVisible(self.reason_field)
            return
        after = self._after()
        self.agreed.emit(self._draft, self.grade.code(), reason)
        now = self._view.detail if self._view else None
        if after and now and now.line.code == detail.line.code and now.line.agreed is not None:
            self._open(after)  # it was kept: on to the next that waits

    def _minority(self, *, signed: bool) -> None:
        text = self.minority_text.words()
        if text:
            self.minority_text.show_text("", of="said")
            self.minority_said.emit(text, signed)
        else:
            self.minority_text.setFocus()

    def _codes(self) -> list[str]:
        return [line.code for line in self._view.lines] if self._view else []

    def _walk(self, step: int) -> None:
        codes = self._codes()
        detail = self._view.detail if self._view else None
        if detail is not None:
            place = codes.index(detail.line.code) + step
            if 0 <= place < len(codes):
                self._open(codes[place])

    def _next_waiting(self) -> str:
        lines = self._view.lines if self._view else ()
        waiting = next((line.code for line in lines if line.agreed is None), "")
        return waiting or (lines[0].code if lines else "")

    def _after(self) -> str:
        """The next indicator, after the open one, that waits."""
        assert self._view is not None
        assert self._view.detail is not None
        here, lines = self._view.detail.line.code, self._view.lines
        place = self._codes().index(here)
        order = (*lines[place + 1 :], *lines[:place])
        return next((line.code for line in order if line.agreed is None), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, 7 is no agreement, 8 not applicable; Enter agrees."""
        key, detail = event.key(), self._view.detail if self._view else None
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if detail is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._agree()
        elif plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_4:
            self._choose(key - Qt.Key.Key_0)
            self.levels[key - Qt.Key.Key_0].setFocus()
        elif plain and key == Qt.Key.Key_7:
            self._choose(NO_AGREEMENT)
            self.no_agreement.setFocus()
        elif plain and key == Qt.Key.Key_8 and detail.na_allowed:
            self._choose(NOT_APPLICABLE)
            self.not_applicable.setFocus()
        else:
            super().keyPressEvent(event)


def told(peers: int, hosts: int) -> str:
    """How many gave a level, for a screen reader."""
    parts = []
    if peers:
        parts.append(ngettext("{number} peer", "{number} peers", peers).format(number=words.whole(peers)))
    if hosts:
        parts.append(ngettext("{number} host", "{number} hosts", hosts).format(number=words.whole(hosts)))
    return listed(parts)


def heard(line: ConsensusLine) -> str:
    """The spread of an indicator, for a screen reader."""
    return "; ".join(f"{dot.level}: {told(dot.peers, dot.hosts)}" for dot in line.dots if dot.peers or dot.hosts)
