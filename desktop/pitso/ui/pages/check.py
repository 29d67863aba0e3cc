"""Check a paper: its code leads to the record, says whether it still holds, and takes the signed copy back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso import words
from pitso.services.checking import Check, CopyLine, Outcome, SignedLine
from pitso.services.views import HistoryLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Card, Look
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field
from pitso.ui.parts.page import Page
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, listed

LOOKS: dict[Outcome, Look] = {Outcome.UNCHANGED: "done", Outcome.CHANGED: "warn", Outcome.UNKNOWN: "wrong"}
SCANS = ("pdf", "png", "jpg", "jpeg")


class CheckPage(Page):
    """One field for the code, and what it leads to.

    Signals:
        check_asked: what was typed, pasted or scanned.
        record_asked: the user goes to the record that the paper was made of.
        scan_picked: the user picks the file of a signed copy; the day of signing as it was typed.
        scan_dropped: the path of a file that was dropped, and the day of signing as it was typed.
        scan_opened: the id of the signed copy that the user looks at.
    """

    help_page = "papers"
    check_asked = Signal(str)
    record_asked = Signal()
    scan_picked = Signal(str)
    scan_dropped = Signal(str, str)
    scan_opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.show_head(
            _("Check a paper"),
            second=_("Type or scan the code at the foot of a page: sixteen characters, or the QR code."),
        )
        self.code = Entry(_("Check code"), example="9f3c 21aa 77d2 0b14")
        self.field = Field(_("Check code"), self.code)
        self.body.addWidget(self.field)
        self._build_outcome()
        self.changes_title = Words(_("What was entered since"), "heading")
        self.changes = Rows(_("What was entered since"), compact=True, whole=True)
        self.body.addWidget(self.changes_title)
        self.body.addWidget(self.changes)
        self._build_signed()
        self.copies_title = Words(_("Copies that left"), "heading")
        self.copies = Rows(_("Copies that left"), compact=True, whole=True)
        self.body.addWidget(self.copies_title)
        self.body.addWidget(self.copies)
        self.body.addStretch(1)
        self.go = Button(_("Go to the record"), icon="arrow-right")
        self.go.clicked.connect(self.record_asked)
        self.check = Button(_("Check"), "main", icon="search")
        self.check.clicked.connect(self._ask)
        self.foot.addWidget(self.go)
        self.foot.addStretch(1)
        self.foot.addWidget(self.check)
        self.show_nothing()

    def _build_outcome(self) -> None:
        self.outcome = Card()
        self.title_words, self.said, self.details = Words("", "heading"), Words(""), QVBoxLayout()
        self.details.setSpacing(theme.XS)
        self.outcome.column.addWidget(self.title_words)
        self.outcome.column.addWidget(self.said)
        self.outcome.column.addLayout(self.details)
        self.body.addWidget(self.outcome)

    def _build_signed(self) -> None:
        self.signed_card = Card()
        self.signed_title = Words(_("Signed copies"), "heading")
        self.signed = Rows(_("Signed copies"), compact=True, whole=True)
        self.signed.opened.connect(self.scan_opened)
        self.invite = Words(_("Did the paper come back signed? Attach a scan or photograph, or drop it here."), "soft")
        self.signed_on = Entry(_("Signed on"), example="2026-06-18")
        self.signed_field = Field(_("Signed on"), self.signed_on, hint=_("Empty means today."))
        self.attach = Button(_("Attach the signed copy"), icon="paperclip")
        self.attach.clicked.connect(lambda: self.scan_picked.emit(self.signed_on.text().strip()))
        for widget in (self.signed_title, self.signed, self.invite, self.signed_field):
            self.signed_card.column.addWidget(widget)
        self.signed_card.column.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.signed_card)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No code was checked yet."""
        self.field.show_fault("")
        hidden = (self.outcome, self.signed_card, self.changes_title, self.changes, self.copies_title, self.copies)
        for widget in (*hidden, self.go):
            widget.hide()

    def show_fault(self, typed: str, fault: str) -> None:
        """What was typed is no code."""
        self.show_nothing()
        self.code.setText(typed)
        self.field.show_fault(fault)

    def show_check(self, found: Check, *, leads: bool) -> None:
        """Show what the code leads to; *leads*: there is a page for the record."""
        self.field.show_fault("")
        self.code.setText(found.code)
        known = found.outcome is not Outcome.UNKNOWN
        self.outcome.show()
        self.outcome.show_look(LOOKS[found.outcome])
        self.title_words.show_words(found.title)
        self.said.show_words(found.said)
        empty(self.details)
        for what, which in found.details:
            if which:
                self.details.addWidget(Words(words.colon(what, which), "small"))
        if found.near:
            self.details.addWidget(Words(_("Did you mean {codes}?").format(codes=listed(found.near)), "strong"))
        self._show_signed(found.signed, known=known)
        self.changes.show_rows([_change(number, line) for number, line in enumerate(found.changes)])
        self.copies.show_rows([_copy(line) for line in found.copies])
        for title, rows in ((self.changes_title, self.changes), (self.copies_title, self.copies)):
            title.setVisible(bool(rows.rows))
            rows.setVisible(bool(rows.rows))
        self.go.setVisible(leads)
        self.area.to_top()

    def _show_signed(self, lines: Sequence[SignedLine], *, known: bool) -> None:
        self.signed_card.setVisible(known)
        self.signed_title.setVisible(bool(lines))
        self.signed.setVisible(bool(lines))
        self.signed.show_rows(
            [Row(line.id, line.file, detail=line.by, trailing=line.on, icon="paperclip") for line in lines]
        )
        self.signed_field.show_fault("")

    def show_date_fault(self, fault: str) -> None:
        """What is wrong with the day of signing."""
        self.signed_field.show_fault(fault)
        self.signed_on.setFocus()

    # ---- what is said --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        typed = self.code.text().strip()
        if typed:
            self.check_asked.emit(typed)
        else:
            self.field.show_fault(_("Type the code that stands at the foot of the page."))
            self.code.setFocus()

    def first_question(self) -> QWidget | None:
        self.code.selectAll()
        return self.code

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field checks: a scanner ends with it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.code.hasFocus():
            self._ask()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _scan_in(event) and self.signed_card.isVisible():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _scan_in(event)
        if path and self.signed_card.isVisible():
            event.acceptProposedAction()
            self.scan_dropped.emit(path, self.signed_on.text().strip())


def _scan_in(event: QDropEvent) -> str:
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if Path(path).suffix.lower().lstrip(".") in SCANS), "")


def _change(number: int, line: HistoryLine) -> Row:
    trailing = " · ".join(part for part in (line.author, words.moment(line.at)) if part)
    return Row(str(number), line.field_words, detail=line.value, trailing=trailing)


def _copy(line: CopyLine) -> Row:
    title = _("Copy {number}, {way}").format(number=words.whole(line.number), way=line.way)
    return Row(f"{line.number} {line.at}", title, detail=line.by, trailing=words.moment(line.at))
