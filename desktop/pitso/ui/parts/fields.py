"""Fields: a question, its answer, and beside it what is wrong with it."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QRect, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from pitso.ui import icons, theme
from pitso.ui.parts.words import Words, restyle

Editor = TypeVar("Editor", bound=QWidget)


def _belongs_to_window(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Is it the key of undo or redo, with nothing in the field to be undone or redone?"""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undoing = event.matches(QKeySequence.StandardKey.Undo) and not undo
    return undoing or (event.matches(QKeySequence.StandardKey.Redo) and not redo)


class Entry(QLineEdit):
    """One line to type."""

    def __init__(self, name: str, *, example: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(example)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes back what was typed here; with nothing typed it belongs to the window."""
        if _belongs_to_window(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list of names that are offered is a window of its own: the sheet of this one does not reach it."""
        super().focusInEvent(event)
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None and not popup.styleSheet():
            popup.setStyleSheet(theme.sheet())


class Search(Entry):
    """A field that searches while it is typed into."""

    def __init__(self, name: str) -> None:
        super().__init__(name, example=name)
        right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(0 if right else 28, 0, 28 if right else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 32 if right else 12
        icons.draw(QPainter(self), "search", QRect(left, (self.height() - 20) // 2, 20, 20), "soft")


class NameEntry(Entry):
    """A name to type, completed from those that are known; a new one may be typed too."""

    def __init__(self, name: str, *, example: str = "") -> None:
        super().__init__(name, example=example)
        self._known: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def show_names(self, names: list[tuple[str, str]]) -> None:
        """Know these (code, name) pairs."""
        known = {name: code for code, name in names}
        if known != self._known:
            self._known = known
            self._names.setStringList(list(known))

    def name_of(self, code: str) -> str:
        """The name that is known under this code, or an empty text."""
        return next((name for name, known in self._known.items() if known == code), "")

    def code(self) -> str:
        """The code of the name that was typed, or an empty text where it is a new one."""
        return self._known.get(self.text().strip(), "")


class Picker(QComboBox):
    """One of a few words, from a list that drops down."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def show_choices(self, choices: list[tuple[str, str]], chosen: str = "") -> None:
        """Offer (code, words) pairs without saying that anything was chosen."""
        self.blockSignals(True)
        self.clear()
        for code, words in choices:
            self.addItem(words, code)
        self.setCurrentIndex(max(self.findData(chosen), 0) if choices else -1)
        self.blockSignals(False)

    def code(self) -> str:
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves the page; it never changes an answer that lies in its way."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 10 if right else self.width() - 28
        icons.draw(painter, "chevron-down", QRect(left, (self.height() - 18) // 2, 18, 18), "soft")


class KeptText(QTextEdit):
    """Several lines that are kept by themselves: after a pause in typing, and on leaving the field.

    Signals:
        kept: the words as they now stand.
    """

    kept = Signal(str)
    PAUSE = 1200

    def __init__(self, name: str, *, lines: int = 3, example: str = "") -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self._lines = lines
        self._shown = ""
        self._of = ""
        self._timer = QTimer(self, singleShot=True, interval=self.PAUSE)
        self._timer.timeout.connect(self.flush)
        self.textChanged.connect(self._timer.start)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """As in an entry of one line."""
        document = self.document()
        if _belongs_to_window(event, undo=document.isUndoAvailable(), redo=document.isRedoAvailable()):
            event.ignore()
            return True
        return super().event(event)

    def show_text(self, text: str, *, of: str) -> None:
        """Show *text*, which belongs to *of*; words that are being typed there are not taken away."""
        if of == self._of and self._unkept():
            return
        self._shown, self._of = text, of
        if self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
        self._timer.stop()

    def words(self) -> str:
        return self.toPlainText().strip()

    def flush(self) -> None:
        """Say what was typed, if anything new was."""
        self._timer.stop()
        if self._unkept():
            self._shown = self.words()
            self.kept.emit(self._shown)

    def _unkept(self) -> bool:
        return self.words() != self._shown.strip()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter leaves the field, so that the page hears it; all else is typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self.flush()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(self._lines * (theme.now().body * 11 // 8) + 32)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())


class Field(QWidget):
    """A question above its answer, and beneath it what is wrong."""

    def __init__(self, question: str, editor: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._question = Words(question, "strong")
        self._question.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(question)
        self._hint = Words(hint, "small")
        if not hint:
            self._hint.hide()
        self.fault = Words("", "fault")
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in (self._question, self._hint, editor, self.fault):
            column.addWidget(widget)
        self.setFocusProxy(editor)

    def show_question(self, question: str) -> None:
        self._question.setText(question)

    def show_hint(self, hint: str) -> None:
        self._hint.show_words(hint)

    def show_fault(self, fault: str) -> None:
        """Say what is wrong, in a sentence that says how to mend it; an empty one takes it away."""
        self.fault.show_words(fault)
        self.editor.setAccessibleDescription(fault)
        if bool(self.editor.property("wrong")) != bool(fault):
            self.editor.setProperty("wrong", bool(fault))
            restyle(self.editor)
