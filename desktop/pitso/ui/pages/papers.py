"""Papers: what can be printed now, with the page itself beside it; one at a time, or several at once."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QSizePolicy, QWidget

from pitso import words
from pitso.services.printing import Printer
from pitso.services.views import PaperLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Empty
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.page import Page, Panel
from pitso.ui.parts.printing import PrintCard
from pitso.ui.parts.rows import Row, Rows
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext


def key_of(line: PaperLine) -> str:
    """What tells a paper apart from all others."""
    return f"{line.kind} {line.of}"


class PapersPage(Page):
    """The list of papers by the moment at which they are needed, and a preview.

    Signals:
        paper_asked: the key of the paper that the user wants to see.
        language_chosen: the language of the paper.
        reader_chosen: the reader that the paper is for.
        check_asked: the code of a paper that the user holds.
        save_asked: keys of the papers that the user saves: one copy, or all that were chosen into one folder.
        open_asked: the user opens the paper in the viewer of this computer.
        printers_asked: the user wants to print, and to know the printers.
        print_asked: keys, name of the printer, number of copies, pages as they were typed.
        cancel_asked: the user stops the work on several papers.
    """

    help_page = "papers"
    panel_base = 280
    paper_asked = Signal(str)
    language_chosen = Signal(str)
    reader_chosen = Signal(str)
    check_asked = Signal(str)
    save_asked = Signal(list)
    open_asked = Signal()
    printers_asked = Signal()
    print_asked = Signal(list, str, int, str)
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Panel())
        self._lines: dict[str, PaperLine] = {}
        self._chosen = ""
        self._picked: dict[str, None] = {}
        self._paper = False
        self._working = False
        self._build_panel()
        self._build_preview()
        self.printing = PrintCard()
        self.printing.print_asked.connect(self._print)
        self.printing.hide()
        self.bars.addWidget(self.printing)
        self._build_progress()
        self._build_foot()

    def _build_panel(self) -> None:
        assert self.panel is not None
        self.check = Entry(_("Check a paper"), example=_("Check a paper: its code"))
        self.check.returnPressed.connect(self._check)
        self.panel.head.addSpacing(theme.S)
        self.panel.head.addWidget(self.check)
        self.rows = Rows(_("Papers"), compact=True)
        self.rows.opened.connect(self._open_row)
        self.panel.show_list(self.rows)
        self.language = Picker(_("Language of the paper"))
        self.language.activated.connect(lambda: self.language_chosen.emit(self.language.code()))
        self.reader = Picker(_("For whom"))
        self.reader.activated.connect(lambda: self.reader_chosen.emit(self.reader.code()))
        self.reader_field = Field(_("For whom"), self.reader)
        self.several = Button(_("Choose several"), "quiet", icon="list")
        self.several.setCheckable(True)
        self.several.toggled.connect(self._choose_several)
        self.panel.foot.addWidget(self.reader_field)
        self.panel.foot.addWidget(Field(_("Language of the paper"), self.language))
        self.panel.foot.addWidget(self.several, 0, Qt.AlignmentFlag.AlignLeading)

    def _build_preview(self) -> None:
        self.preview = QPdfView(self)
        self.document = QPdfDocument(self.preview)
        self._held = QBuffer(self.preview)
        self.preview.setDocument(self.document)
        self.preview.setPageMode(QPdfView.PageMode.MultiPage)
        self.preview.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        theme.sink(self.preview)
        self.preview.setAccessibleName(_("Preview of the paper"))
        self.preview.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.waiting = Words(_("The paper is being made …"), "soft")
        self.empty = Empty(
            _("Here the paper will stand"), _("Papers are made from what is kept; the same data make the same paper.")
        )
        self.waiting.hide()
        self.fill_with(self.preview)
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.empty)

    def _build_progress(self) -> None:
        self.progress = Words("", "strong")
        self.cancel = Button(_("Stop"), icon="x")
        self.cancel.clicked.connect(self.cancel_asked)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addStretch(1)
        self.progress.hide()
        self.cancel.hide()

    def _build_foot(self) -> None:
        self.save = Button("", icon="download")
        self.open = Button(_("Open"), "quiet", icon="external-link", hint=_("Open in the viewer of this computer"))
        self.print = Button("", "main", icon="printer")
        self.save.clicked.connect(lambda: self.save_asked.emit(self._wanted()))
        self.open.clicked.connect(self.open_asked)
        self.print.clicked.connect(self._begin_printing)
        self.foot.addWidget(self.save)
        self.foot.addWidget(self.open)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_papers(self, lines: Sequence[PaperLine], *, chosen: str, language: str, reader: str) -> None:
        """Show the papers that can be made now."""
        assert self.panel is not None
        self._lines, self._chosen = {key_of(line): line for line in lines}, chosen
        self._picked = {key: None for key in self._picked if key in self._lines}
        self.panel.title.setText(_("Papers"))
        told = ngettext("{number} paper can be made now", "{number} papers can be made now", len(lines))
        self.panel.second.show_words(told.format(number=words.whole(len(lines))))
        self._show_rows()
        self._show_place()
        opened = self._lines.get(chosen)
        self.language.show_choices(list(opened.languages if opened else words.LANGUAGES.items()), language)
        readers = list(opened.readers) if opened else []
        self.reader.show_choices(readers, reader)
        self.reader_field.setVisible(len(readers) > 1)
        self.show_nothing()

    def show_standing(self, lines: Sequence[PaperLine]) -> None:
        """What became of the papers is told anew; the one that is seen stays."""
        self._lines = {key_of(line): line for line in lines}
        self._show_rows()
        self._show_place()

    def _show_place(self) -> None:
        opened = self._lines.get(self._chosen)
        beside = " · ".join(part for part in (opened.detail, opened.standing) if part) if opened else ""
        self.show_head("", place=opened.title if opened else _("Papers"), beside=beside)
        self.setAccessibleName(opened.title if opened else _("Papers"))

    def _show_rows(self) -> None:
        rows: list[Row] = []
        moment = None
        several = self.several.isChecked()
        for key, line in self._lines.items():
            if line.moment != moment:
                rows.append(Row("", line.moment))
                moment = line.moment
            picked = key in self._picked
            icon = ("circle-check" if picked else "circle") if several else "file-text"
            detail = " · ".join(part for part in (line.detail, line.standing) if part)
            heard = (_("chosen") if picked else _("not chosen")) if several else ""
            role = "accent" if picked else "soft"
            rows.append(Row(key, line.title, detail=detail, icon=icon, icon_role=role, heard=heard))
        self.rows.show_rows(rows, chosen=self.rows.current_id() if several else self._chosen)

    def show_nothing(self) -> None:
        """There is no paper to be seen yet."""
        self._paper = False
        self._stand()

    def show_waiting(self) -> None:
        """The paper is being made."""
        self.show_nothing()
        self.empty.hide()
        self.waiting.show()

    def show_paper(self, pdf: bytes) -> None:
        """Show the paper itself."""
        self._held.close()
        self._held.setData(QByteArray(pdf))
        self._held.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._held)
        self._paper = True
        self._stand()

    def show_printers(self, printers: Sequence[Printer]) -> None:
        """Offer the printers, and what else there is to choose before the pages leave."""
        pages = self.document.pageCount() if not self.several.isChecked() else 0
        self.printing.show_printers(printers, pages=pages)
        self.printing.show()
        self.printing.focus_first()

    def show_progress(self, told: str) -> None:
        """Several papers are being made: how far it is; nothing where it is over."""
        self._working = bool(told)
        self.progress.show_words(told)
        self.cancel.setVisible(bool(told))
        self._stand()

    def show_busy(self, busy: bool) -> None:
        """One paper is leaving; until it has, nothing else does."""
        self._working = busy
        self._stand()

    def close_paper(self) -> None:
        """Let go of the paper, so that a paper of another workspace never stands here."""
        self.document.close()
        self.printing.hide()
        self.show_nothing()

    def _stand(self) -> None:
        several = self.several.isChecked()
        shown = self._paper and not several
        self.show_filled(shown)
        self.waiting.hide()
        self.empty.setVisible(not shown and not self.progress.text())
        self.save.show_words(_("Save all in a folder") if several else _("Save a copy"))
        self.print.show_words(_("Print all") if several else _("Print"))
        able = (bool(self._picked) if several else self._paper) and not self._working
        for button in (self.save, self.open, self.print):
            button.setEnabled(able)
        self.open.setVisible(not several)
        self.empty.title.setText(_("Choose papers in the list") if several else _("Here the paper will stand"))
        self.empty.words.setText(
            self._picked_words()
            if several
            else _("Papers are made from what is kept; the same data make the same paper.")
        )

    def _picked_words(self) -> str:
        told = ngettext("{number} paper is chosen.", "{number} papers are chosen.", len(self._picked))
        return told.format(number=words.whole(len(self._picked)))

    # ---- what is said --------------------------------------------------------------------------------------

    def _wanted(self) -> list[str]:
        return list(self._picked) if self.several.isChecked() else [self._chosen]

    def _open_row(self, key: str) -> None:
        if not self.several.isChecked():
            self.close_panel()
            self.paper_asked.emit(key)
            return
        if key in self._picked:
            del self._picked[key]
        else:
            self._picked[key] = None
        self._show_rows()
        self._stand()

    def _choose_several(self, _several: bool) -> None:
        self.printing.hide()
        self._picked = {self._chosen: None} if self.several.isChecked() and self._chosen else {}
        self._show_rows()
        self._stand()
        self.rows.setFocus()

    def _check(self) -> None:
        if self.check.text().strip():
            typed = self.check.text().strip()
            self.check.clear()
            self.check_asked.emit(typed)

    def _begin_printing(self) -> None:
        if self.printing.isVisible():
            self.printing.ask()
        else:
            self.printers_asked.emit()

    def _print(self, printer: str, copies: int, pages: str) -> None:
        self.print_asked.emit(self._wanted(), printer, copies, pages)

    def first_question(self) -> QWidget | None:
        return self.rows if self.rows.isVisibleTo(self) else self.panel_button

    def search_field(self) -> QWidget | None:
        return self.check

    def escape(self) -> bool:
        if self.printing.isVisible():
            self.printing.hide()
            self.print.setFocus()
            return True
        if self.several.isChecked():
            self.several.setChecked(False)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in what is chosen before printing prints."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.printing.isVisible() and self.printing.isAncestorOf(self.focusWidget()):
            self.printing.ask()
        else:
            super().keyPressEvent(event)
