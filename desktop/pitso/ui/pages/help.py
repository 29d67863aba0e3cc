"""Help: the page's own help, and all other pages of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from pitso import places
from pitso.ui import theme
from pitso.ui.parts.page import Page, Panel
from pitso.ui.parts.rows import Row, Rows
from pitso.words import _


@dataclass(frozen=True)
class HelpLine:
    """One page of the help."""

    name: str
    title: str


class _Reader(QTextBrowser):
    """Shows a page of help; pictures and other pages are found among what ships, nothing from anywhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(_("Help"))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        path = name.toString() if isinstance(name, QUrl) else name
        found = re.fullmatch(r"(?:\.\./)?pictures/([\w-]+\.png)", path)
        if kind == QTextDocument.ResourceType.ImageResource.value and found:
            file = places.resource(f"pictures/{found[1]}")
            if file.is_file():
                image = QImage.fromData(file.read_bytes())
                width = min(image.width(), max(self.viewport().width() - 60, 200))
                return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return None


class HelpPage(Page):
    """The list of pages beside the one that is read.

    Signals:
        page_asked: the name of the page that the user reads.
    """

    help_page = "start"
    page_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(Panel())
        assert self.panel is not None
        self.rows = Rows(_("Pages of the help"), compact=True)
        self.rows.opened.connect(self.page_asked)
        self.panel.show_list(self.rows)
        self.panel.title.setText(_("Help"))
        self.panel.second.show_words(_("F1 opens the help of the page you are on."))
        self.reader = _Reader()
        self.reader.anchorClicked.connect(self._follow)
        self.fill_with(self.reader)
        self.show_filled(True)

    def show_help(self, lines: Sequence[HelpLine], *, name: str, text: str) -> None:
        """Show one page of the help, written in Markdown."""
        opened = next((line.title for line in lines if line.name == name), name)
        self.show_head("", place=_("Help"), beside=opened)
        self.setAccessibleName(opened)
        self.rows.show_rows([Row(line.name, line.title, icon="file-text") for line in lines], chosen=name)
        document = self.reader.document()
        document.setDefaultFont(theme.now().font())
        self.reader.setMarkdown(text)
        self.reader.moveCursor(self.reader.textCursor().MoveOperation.Start)

    def _follow(self, url: QUrl) -> None:
        found = re.fullmatch(r"([\w-]+)\.md", url.toString())
        if found:
            self.page_asked.emit(found[1])

    def first_question(self) -> QWidget | None:
        return self.reader
