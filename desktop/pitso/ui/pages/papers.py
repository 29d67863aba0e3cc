"""Papers: what can be printed now, with the page itself beside it."""

import shutil
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QSizePolicy, QWidget

from pitso import words
from pitso.services.views import PaperLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.cards import Empty
from pitso.ui.parts.fields import Field, Picker
from pitso.ui.parts.page import Page, Panel
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
        save_asked: the user saves a copy.
        open_asked: the user opens the paper in the viewer of this computer.
        print_asked: the user prints.
    """

    help_page = "papers"
    panel_base = 280
    paper_asked = Signal(str)
    language_chosen = Signal(str)
    save_asked = Signal()
    open_asked = Signal()
    print_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Panel())
        assert self.panel is not None
        self.rows = Rows(_("Papers"), compact=True)
        self.rows.opened.connect(self.paper_asked)
        self.panel.show_list(self.rows)
        self.language = Picker(_("Language of the paper"))
        self.language.show_choices(list(words.LANGUAGES.items()), words.language())
        self.language.activated.connect(lambda: self.language_chosen.emit(self.language.code()))
        self.panel.foot.addWidget(Field(_("Language of the paper"), self.language))
        self._build_preview()
        self.save = Button(_("Save a copy"), icon="download")
        self.open = Button(_("Open"), "quiet", icon="external-link", hint=_("Open in the viewer of this computer"))
        self.print = Button(_("Print"), "main", icon="printer")
        self.save.clicked.connect(self.save_asked)
        self.open.clicked.connect(self.open_asked)
        self.print.clicked.connect(self.print_asked)
        self.foot.addWidget(self.save)
        self.foot.addWidget(self.open)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print)

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

    def show_papers(self, lines: Sequence[PaperLine], *, chosen: str, language: str) -> None:
        """Show the papers that can be made now."""
        assert self.panel is not None
        self.panel.title.setText(_("Papers"))
        told = ngettext("{number} paper can be made now", "{number} papers can be made now", len(lines))
        self.panel.second.show_words(told.format(number=words.whole(len(lines))))
        rows: list[Row] = []
        moment = None
        for line in lines:
            if line.moment != moment:
                rows.append(Row("", line.moment))
                moment = line.moment
            rows.append(Row(key_of(line), line.title, detail=line.detail, icon="file-text"))
        self.rows.show_rows(rows, chosen=chosen)
        self.language.show_choices(list(words.LANGUAGES.items()), language)
        opened = next((line for line in lines if key_of(line) == chosen), None)
        self.show_head("", place=opened.title if opened else _("Papers"), beside=opened.detail if opened else "")
        self.setAccessibleName(opened.title if opened else _("Papers"))
        self._stand(paper=False)

    def show_waiting(self) -> None:
        """The paper is being made."""
        self._stand(paper=False)
        self.empty.hide()
        self.waiting.show()

    def show_paper(self, pdf: bytes) -> None:
        """Show the paper itself."""
        self._held.close()
        self._held.setData(QByteArray(pdf))
        self._held.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._held)
        self._stand(paper=True)

    def close_paper(self) -> None:
        """Let go of the paper, so that a paper of another workspace never stands here."""
        self.document.close()
        self._stand(paper=False)

    def _stand(self, *, paper: bool) -> None:
        self.show_filled(paper)
        self.waiting.hide()
        self.empty.setVisible(not paper)
        can_print = shutil.which("lp") is not None
        self.print.setEnabled(paper and can_print)
        self.print.setToolTip("" if can_print else _("Print from the viewer of this computer: press Open."))
        self.save.setEnabled(paper)
        self.open.setEnabled(paper)

    def first_question(self) -> QWidget | None:
        return self.rows
