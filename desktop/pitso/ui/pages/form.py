"""Filling a form: the outline with progress, one page of questions, what is left, and what was finished before."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.services.form_views import FormView, OptionView, PageLine, ProblemLine, RevisionLine
from pitso.ui import theme
from pitso.ui.parts.ask import AskCard, Blocks, Voice
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, Picker, Search
from pitso.ui.parts.page import Page, Panel
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext


class FormPage(Page):
    """One record at one of its pages.

    Signals:
        page_asked: the number of a page.
        question_asked: the key of a question to go to.
        left_asked: the user wants to see what is left.
        next_asked: the key of the question that has the focus; True for the next one that is wrong, else unanswered.
        spoken: the full name of a language of the form.
        searched: the words typed so far to find a question.
        finished_said: the record is checked and complete.
        corrected: the reason why a finished record is opened again.
        signed: who holds the signed paper, the path of its picture or an empty text.
        copy_asked: the user wants to pick the picture of the signed paper.
        withdrawn: the record does not count any more.
        agenda_asked: what the checklist leaves open goes to the agenda of the next meeting.
        carried: the draft moves to the newer version of its form.
        version_asked: the record of an earlier version, empty for the present one.
        closed: the user is done here.

    What is said about single questions comes from `voice`.
    """

    help_page = "form"
    panel_base = 210
    page_asked = Signal(int)
    question_asked = Signal(str)
    left_asked = Signal()
    next_asked = Signal(str, bool)
    spoken = Signal(str)
    searched = Signal(str)
    finished_said = Signal()
    corrected = Signal(str)
    signed = Signal(str, str)
    copy_asked = Signal()
    withdrawn = Signal()
    agenda_asked = Signal()
    carried = Signal()
    version_asked = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(Panel())
        self._view: FormView | None = None
        self._left = self._trial = self._signing = False
        self._copy = self._begin_at = self._last = ""
        self._outlined: dict[tuple[PageLine, bool], Row] = {}
        self.voice = Voice()
        self.voice.setParent(self)
        self._build_panel()
        self._build_banner()
        self.blocks = Blocks(self.voice)
        self.body.addWidget(self.banner)
        self._build_misfits()
        self.body.addWidget(self.blocks)
        self._build_left()
        self.body.addStretch(1)
        self._build_foot()
        self._keys()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def _build_panel(self) -> None:
        assert self.panel is not None
        self.search = Search(_("Find a question"))
        self.search.textChanged.connect(self.searched)
        self.panel.head.addSpacing(theme.S)
        self.panel.head.addWidget(self.search)
        self.outline = Rows(_("Pages of the form"), compact=True)
        self.outline.opened.connect(self._leave_to)
        self.panel.show_list(self.outline)
        self.next_open = Button(_("Next unanswered"), "quiet", hint=_("Ctrl+Down"))
        self.next_wrong = Button(_("Next to mend"), "quiet", hint=_("Ctrl+Shift+Down"))
        self.next_open.clicked.connect(lambda: self._next(wrong=False))
        self.next_wrong.clicked.connect(lambda: self._next(wrong=True))
        self.language = Picker(_("Language of the form"))
        self.language.setToolTip(_("Language of the form"))
        self.language.activated.connect(lambda: self.spoken.emit(self.language.code()))
        self.panel.foot.addWidget(self.language)
        self.discard = Button(_("Withdraw it"), "quiet", hint=_("It stays readable and does not count."))
        self.discard.clicked.connect(self.withdrawn)
        for button in (self.next_open, self.next_wrong, self.discard):
            self.panel.foot.addWidget(button)

    def _build_banner(self) -> None:
        """What is said of the record as a whole, and the deeds that belong to it."""
        self.banner = Card("soft")
        self.banner_words, self.later = Words(""), Words("", "strong")
        self.later.hide()
        self.correct, self.sign = Button(_("Correct it")), Button(_("It was signed"))
        self.withdraw = Button(_("Withdraw it"), "quiet")
        self.carry = Button(_("Use the newer version"))
        self.present = Button(_("Back to the present version"))
        self.agenda = Button("", icon="list")
        self.correct.clicked.connect(lambda: self._ask_reason(signing=False))
        self.sign.clicked.connect(lambda: self._ask_reason(signing=True))
        self.withdraw.clicked.connect(self.withdrawn)
        self.carry.clicked.connect(self.carried)
        self.present.clicked.connect(lambda: self.version_asked.emit(""))
        self.agenda.clicked.connect(self.agenda_asked)
        self.reason = Entry(_("Reason"))
        self.reason_field = Field("", self.reason)
        self.copy = Button(_("Attach a picture of it"), icon="paperclip")
        self.copy.clicked.connect(self.copy_asked)
        self.keep = Button("", "main")
        self.keep.clicked.connect(self._keep)
        self.versions = Rows(_("Earlier versions"), compact=True, whole=True)
        self.versions.opened.connect(self.version_asked)
        self._deeds = QWidget()
        deeds = QHBoxLayout(self._deeds)
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(theme.S)
        for button in (self.agenda, self.correct, self.sign, self.carry, self.present, self.withdraw):
            deeds.addWidget(button)
        deeds.addStretch(1)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self.reason_field)
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.keep)
        asking.addLayout(row)
        for widget in (self.banner_words, self.later, self._deeds, self._asking, self.versions):
            self.banner.column.addWidget(widget)
        self._asking.hide()
        self.versions.hide()

    def _build_misfits(self) -> None:
        self.misfits = Card("warn")
        self._misfit_lines = QVBoxLayout()
        seen = Button(_("Seen"))
        seen.clicked.connect(self.misfits.hide)
        self.misfits.column.addWidget(Words(_("These answers did not fit; they stay in the history."), "strong"))
        self.misfits.column.addLayout(self._misfit_lines)
        self.misfits.column.addWidget(seen, 0, Qt.AlignmentFlag.AlignLeading)
        self.misfits.hide()
        self.body.addWidget(self.misfits)

    def _build_left(self) -> None:
        self.problems = Rows(_("What is left"), whole=True)
        self.problems.opened.connect(self.question_asked)
        self.nothing_left = Words("", "soft")
        self.body.addWidget(self.problems)
        self.body.addWidget(self.nothing_left)
        self.problems.hide()
        self.nothing_left.hide()

    def _build_foot(self) -> None:
        self.back = Button(_("Back"), icon="arrow-left")
        self.left = Button(_("What is left"))
        self.next = Button(_("Next"), "main")
        self.finish = Button(_("The record is complete"), "main", icon="check")
        self.back.clicked.connect(self._back)
        self.left.clicked.connect(self._show_left)
        self.next.clicked.connect(self.go_on)
        self.finish.clicked.connect(self.finished_said)
        # Aligned, so that a button in a tall script is not held to the height of one in a low script beside it.
        middle = Qt.AlignmentFlag.AlignVCenter
        self.foot.addWidget(self.back, 0, middle)
        self.foot.addStretch(1)
        for button in (self.left, self.next, self.finish):
            self.foot.addWidget(button, 0, middle)

    def _keys(self) -> None:
        """Keys that the parts of the page would take for themselves, to scroll."""
        pairs: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+Down", lambda: self._next(wrong=False)),
            ("Ctrl+Shift+Down", lambda: self._next(wrong=True)),
            ("Ctrl+PgDown", self.go_on),
            ("Ctrl+PgUp", self._back),
        ]
        for keys, deed in pairs:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_form(self, view: FormView, *, trial: bool = False) -> None:
        """Show the record at its page."""
        moved = self._view is None or (view.page, view.record) != (self._view.page, self._view.record)
        was_left, self._left, self._trial = self._left, False, trial
        self._view = view
        self._last = "" if moved else self._last
        beside = "" if trial else view.state_words
        self.show_head(view.label, second=view.hint, place=view.title, beside=beside)
        self._show_panel(view)
        self._show_language(view)
        self._show_banner(view, trial)
        self.blocks.show_blocks(view.blocks)
        self.blocks.show()
        for widget in (self.problems, self.nothing_left, self.finish):
            widget.hide()
        self.back.setVisible(view.previous is not None)
        self.next.show()
        self.next.show_words(_("Next") if view.following is not None else _("Done") if trial else _("To the end"))
        told = ngettext("{number} left", "{number} left", view.problems).format(number=words.whole(view.problems))
        self.left.show_words(told)
        self.left.setVisible(view.editable and bool(view.problems) and view.following is not None)
        if moved or was_left:
            self.area.to_top()

    def _show_panel(self, view: FormView) -> None:
        assert self.panel is not None
        self.panel.title.show_words(view.title)
        self.panel.second.show_words(view.name)
        self.panel.head.setSpacing(theme.XS)
        if not self.search.text().strip():
            self._show_outline(view)
        self.next_open.setVisible(view.editable)
        self.next_wrong.setVisible(view.editable and view.problems > 0)
        self.discard.setVisible(view.editable and not self._trial)

    def _show_outline(self, view: FormView) -> None:
        known = self._outlined  # of many pages one or two have changed
        lines = [(line, line.number == view.page) for line in view.pages]
        self._outlined = {one: known.get(one) or _outlined(*one) for one in lines}
        rows = list(self._outlined.values())
        if list(self.outline.rows) != rows:
            self.outline.show_rows(rows, chosen=str(view.page))

    def show_questions(self, found: Sequence[ProblemLine]) -> None:
        """Show the questions that a search found, in place of the outline."""
        self.outline.show_rows([Row(line.key, line.label, detail=_placed(line)) for line in found])

    def _show_language(self, view: FormView) -> None:
        self.language.setVisible(len(view.languages) > 1)
        self.language.show_choices([(name, name) for name, _code in view.languages], view.language)

    def _show_banner(self, view: FormView, trial: bool) -> None:
        told = ""
        if trial:
            told = _("This is a look at the form: what is entered here is kept nowhere.")
        elif view.revision:
            told = _("This is an earlier version of the record, as it was finished.")
        elif view.state == "final":
            told = _("This record is final. A correction makes a new version; this one stays readable.")
        elif view.state == "signed":
            told = _("This record is signed. A correction asks for its reason; the signed version stays readable.")
        elif view.state == "withdrawn":
            told = _("This record was withdrawn. It stays readable and does not count.")
        elif view.newer_form:
            told = _("The form of this draft has a newer version.")
        self.banner_words.show_words(told)
        done = view.state in ("final", "signed", "withdrawn") and not view.revision and not trial
        self.correct.setVisible(done)
        self.sign.setVisible(done and view.state == "final")
        self.withdraw.setVisible(done and view.state != "withdrawn")
        self.carry.setVisible(view.newer_form and not trial)
        self.present.setVisible(bool(view.revision))
        waits = ngettext("Put {number} on the agenda", "Put {number} on the agenda", view.to_agenda)
        self.agenda.show_words(waits.format(number=words.whole(view.to_agenda)))
        self.agenda.setVisible(bool(view.to_agenda))
        if not done:
            self._asking.hide()
        self._deeds.setVisible(done or view.newer_form or bool(view.revision))
        self.banner.setVisible(bool(told) or bool(self.versions.rows))

    def show_versions(self, lines: Sequence[RevisionLine], chosen: str, *, arrived_later: bool) -> None:
        """Show the finished versions of the record; say if answers came in after the last one."""
        self.later.show_words(
            _("Answers arrived after this version was finished. Begin a correction to take them in.")
            if arrived_later
            else ""
        )
        rows = [
            Row(
                line.id,
                _("Version {number}").format(number=line.number),
                detail=line.reason,
                trailing=" · ".join(part for part in (line.author, words.moment(line.at)) if part),
                icon="file-text",
            )
            for line in lines
        ]
        self.versions.show_rows(rows, chosen=chosen)
        self.versions.setVisible(bool(rows))

    def show_left(self, lines: Sequence[ProblemLine]) -> None:
        """Show what is missing or wrong, each line leading to its question; where nothing is, the record can end."""
        view = self._view
        if view is None:
            return
        self._left = True
        self.blocks.hide()
        second = _("Each line leads to its question.") if lines else ""
        self.show_head(_("What is left"), second=second, place=view.title, beside=view.state_words)
        self.problems.show_rows([Row(line.key, line.label, detail=_placed(line), icon="flag") for line in lines])
        self.problems.setVisible(bool(lines))
        self.nothing_left.show_words("" if lines else _("Every question that must be answered is answered."))
        self.banner.hide()
        self.next.hide()
        self.left.hide()
        self.back.show()
        self.finish.show()
        self.finish.setEnabled(not lines)
        self.area.to_top()

    def show_found(self, key: str, options: Sequence[OptionView]) -> None:
        """The choices that were searched for at the question *key*."""
        place = self.blocks.place_of(key)
        if isinstance(place, AskCard):
            place.editor.show_found(options)

    def show_copy(self, path: Path) -> None:
        """The picture of the signed paper that was picked."""
        self._copy = str(path)
        self.copy.show_words(path.name)

    def go_to(self, key: str) -> None:
        """Put the focus on the question *key* of this page and bring it into sight."""
        place = self.blocks.place_of(key)
        if place is None:
            return
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, place, lambda: self._show_whole(place))

    def _show_whole(self, place: QWidget) -> None:
        inner = self.area.widget()
        if inner is not None and inner.isAncestorOf(place):
            top = place.mapTo(inner, QPoint(0, 0)).y()
            self.area.ensureVisible(0, top + place.height(), 0, theme.L)
            self.area.ensureVisible(0, top, 0, theme.L)

    def show_misfits(self, lines: Sequence[ProblemLine]) -> None:
        """Tell which answers a newer version of the form did not take."""
        empty(self._misfit_lines)
        for line in lines:
            self._misfit_lines.addWidget(Words(line.label, "strong"))
            self._misfit_lines.addWidget(Words(line.message, "small"))
        self.misfits.setVisible(bool(lines))

    # ---- what is said --------------------------------------------------------------------------------------

    @property
    def here(self) -> str:
        """The key of the question that has the focus, or had it last on this page."""
        return self._card_with(QApplication.focusWidget()) or self._last

    def _card_with(self, focus: QWidget | None) -> str:
        found = [card.key for card in self.blocks.asks() if focus is not None and card.isAncestorOf(focus)]
        return found[-1] if found else ""

    def _focus_moved(self, _former: QWidget | None, focus: QWidget | None) -> None:
        self._last = self._card_with(focus) or self._last

    def begin_at(self, key: str) -> None:
        """When the page opens the focus goes to the question *key*, where one was last."""
        self._begin_at = key

    def first_question(self) -> QWidget | None:
        if self._left:
            return self.problems if self.problems.rows else self.finish
        begin, self._begin_at = self.blocks.place_of(self._begin_at), ""
        if begin is not None:
            return begin
        able = (card.first() for card in self.blocks.cards())
        return next((widget for widget in able if widget is not None), self.next)

    def search_field(self) -> QWidget | None:
        return self.search if self.search.isVisible() else None

    def leave(self) -> None:
        self.blocks.flush()

    def escape(self) -> bool:
        if self.search.text():
            self.search.clear()
            return True
        if not self._asking.isHidden():
            self._asking.hide()
            return True
        return self._return()

    def _return(self) -> bool:
        if self._left and self._view is not None:
            self.page_asked.emit(self._view.page)
        return self._left

    def _leave_to(self, identity: str) -> None:
        self.leave()
        self.close_panel()
        if identity.isdigit():
            self.page_asked.emit(int(identity))
        else:
            self.search.clear()
            self.question_asked.emit(identity)

    def _next(self, *, wrong: bool) -> None:
        here = self.here
        self.leave()
        self.close_panel()
        self.next_asked.emit(here, wrong)

    def _back(self) -> None:
        self.leave()
        if not self._return() and self._view is not None and self._view.previous is not None:
            self.page_asked.emit(self._view.previous)

    def _show_left(self) -> None:
        self.leave()
        self.left_asked.emit()

    def go_on(self) -> None:
        """The next page; after the last one what is left, or away from a record that is only read."""
        self.leave()
        view = self._view
        if view is None:
            return
        if view.following is not None:
            self.page_asked.emit(view.following)
        elif view.editable and not self._trial:
            self.left_asked.emit()
        else:
            self.closed.emit()

    def _ask_reason(self, *, signing: bool) -> None:
        self._signing = signing
        signed = self._view is not None and self._view.state == "signed"
        self.reason_field.show_question(_("Who holds the signed paper?") if signing else _("Why is it corrected?"))
        self.reason.setAccessibleName(_("Who holds the signed paper?") if signing else _("Why is it corrected?"))
        self.reason_field.show_hint("" if signing or signed else _("May be left empty."))
        self.copy.setVisible(signing)
        self.keep.show_words(_("Note the signature") if signing else _("Open it for the correction"))
        self.reason.setText("")
        self._copy = ""
        self._asking.show()
        self.reason.setFocus()

    def _keep(self) -> None:
        if self._signing:
            self.signed.emit(self.reason.text().strip(), self._copy)
        else:
            self.corrected.emit(self.reason.text().strip())

    def close_asking(self) -> None:
        """What was asked about the record as a whole is done."""
        self._asking.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next question and after the last one to the next page."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not self._asking.isHidden() and enter and self._asking.isAncestorOf(QApplication.focusWidget() or self):
            self._keep()
        elif self.search.hasFocus() and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.outline.setFocus()
        elif enter and not self._left:
            self._to_next_question()
        else:
            super().keyPressEvent(event)

    def _to_next_question(self) -> None:
        here = self.here
        self.leave()
        if any(card.key == here and card.editor.waiting() for card in self.blocks.asks()):
            return
        able = [card.key for card in self.blocks.asks() if card.answerable]
        at = able.index(here) + 1 if here in able else len(able)
        if at < len(able):
            self.go_to(able[at])
        else:
            self.go_on()


def _placed(line: ProblemLine) -> str:
    return " · ".join(part for part in (line.place, line.message) if part)


def _outlined(line: PageLine, here: bool) -> Row:
    if line.problems:
        icon, role = "triangle-alert", "warn"
    elif line.rows != 0 and line.done == line.total:
        icon, role = "circle-check", "done"
    else:
        icon, role = "circle", "strong"
    if here:
        icon, role = "circle-dot", "accent"
    told = f"{line.done}/{line.total}" if line.total else ""
    if line.rows is not None:
        told = ngettext("{number} row", "{number} rows", line.rows).format(number=words.whole(line.rows))
    wrong = ngettext("{number} left", "{number} left", line.problems).format(number=words.whole(line.problems))
    return Row(
        str(line.number), line.label, trailing=told, icon=icon, icon_role=role, heard=wrong if line.problems else ""
    )
