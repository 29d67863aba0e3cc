"""Items of evidence: each with a grade, words and perhaps a file; and the line that adds one."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pitso.services.views import EvidenceLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, icon_button
from pitso.ui.parts.fields import Entry, Picker
from pitso.ui.parts.words import Icon, Pill, Words
from pitso.words import _

TONES = {"A": "done", "B": "done", "C": "warn", "D": "wrong"}


class _Item(QFrame):
    """One item with its grade."""

    removed = Signal()

    def __init__(self, line: EvidenceLine, *, removable: bool) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        row.setSpacing(theme.M)
        grade = Pill(line.grade, "done" if line.grade in "AB" else "warn" if line.grade == "C" else "wrong")
        grade.setToolTip(line.grade_words)
        grade.setAccessibleName(line.grade_words)
        row.addWidget(grade, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(line), 1)
        if removable:
            button = icon_button("trash-2", _("Remove the evidence “{text}”").format(text=line.text))
            button.clicked.connect(self.removed)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _words(self, line: EvidenceLine) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.XS)
        column.addWidget(Words(line.text))
        column.addWidget(Words(line.grade_words, "small"))
        if line.file_name:
            file = QHBoxLayout()
            file.setSpacing(theme.S)
            file.addWidget(Icon("paperclip", "soft", 16))
            file.addWidget(Words(line.file_name, "small"), 1)
            column.addLayout(file)
        return column


class EvidenceItems(QWidget):
    """The items that are there.

    Signals:
        removed: the id of the item that the user takes away.
    """

    removed = Signal(str)

    def __init__(self, *, removable: bool = True) -> None:
        super().__init__()
        self._shown: tuple[EvidenceLine, ...] = ()
        self._removable = removable
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)

    def show_items(self, lines: Sequence[EvidenceLine]) -> None:
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while (taken := self._column.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            item = _Item(line, removable=self._removable)
            item.removed.connect(partial(self.removed.emit, line.id))
            self._column.addWidget(item)


class EvidenceEntry(QWidget):
    """The line that adds an item: grade, words, a file by pick or drop.

    Signals:
        added: grade, words, and the path of the file or an empty text.
        file_asked: the user wants to pick a file.
    """

    added = Signal(str, str, str)
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file: Path | None = None
        self.grade = Picker(_("Grade of the evidence"))
        self.grade.setMinimumContentsLength(3)
        self.text = Entry(_("Evidence"))
        self.attach = icon_button("paperclip", _("Attach a file; a file dropped on the page is attached too"))
        self.add = Button(_("Add"), icon="plus")
        self.file_words = Words("", "small")
        self.file_words.hide()
        self.fault = Words("", "fault")
        self.fault.hide()
        self.attach.clicked.connect(self.file_asked)
        self.add.clicked.connect(self._add)
        self.text.textEdited.connect(lambda _text: self.fault.hide())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.text)
        column.addWidget(self.file_words)
        column.addWidget(self.fault)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.grade, 1)
        row.addWidget(self.attach)
        row.addWidget(self.add)
        column.addLayout(row)

    def show_grades(self, grades: list[tuple[str, str]]) -> None:
        chosen = self.grade.code()
        self.grade.show_choices(grades, chosen or "A")

    def show_file(self, file: Path | None) -> None:
        self._file = file
        self.file_words.show_words(file.name if file else "")

    def clear(self) -> None:
        self.text.setText("")
        self.fault.hide()
        self.show_file(None)

    def waiting(self) -> bool:
        """Were words typed that were not added yet?"""
        return bool(self.text.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        words = self.text.text().strip()
        if not words and self._file is None:
            self.fault.show_words(_("Write what was seen or heard, and where it can be found again."))
            self.text.setFocus()
            return
        file, words = self._file, words or (self._file.name if self._file else "")
        self.clear()
        self.added.emit(self.grade.code(), words, str(file) if file else "")
