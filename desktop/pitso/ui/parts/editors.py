"""How one question is answered: a line to type, choices, a search, an order, a slide, a file, a signature.

Every editor shows an `Ask` and says by `given` what was entered; it keeps no answer itself. Words that are being typed
are not taken away when the question is shown again.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from pitso.services.form_views import Ask, OptionView
from pitso.ui import theme
from pitso.ui.parts.buttons import Button, icon_button
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, KeptText, Picker
from pitso.ui.parts.options import Options
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Line, Words
from pitso.words import _

PAUSE = 1200
ONE_COLUMN = 5
EXAMPLES: dict[str, Callable[[], str]] = {
    "date": lambda: "18/06/2026",
    "month": lambda: "06/2026",
    "year": lambda: "2026",
    "time": lambda: "09:30",
    "datetime": lambda: "18/06/2026 09:30",
    "place": lambda: "-29.31 27.48",
    "line": lambda: _("One place after another, with “;” between them"),
    "barcode": lambda: _("Scan it, or type what stands under it"),
}


class Editor(QWidget):
    """What all editors have in common.

    Signals:
        given: what was entered, as it was typed; an empty text takes the answer away.
        searched: what is looked for in a list that is too long to be shown.
        added: the name of somebody or something that is not in the list yet.
    """

    given = Signal(str)
    searched = Signal(str)
    added = Signal(str)

    def show_ask(self, ask: Ask) -> None:
        """Show the question's answer."""

    def flush(self) -> None:
        """Say what was typed and not said yet."""

    def waiting(self) -> bool:
        """Does what was typed still need a word from the person, so that nothing moves on?"""
        return False

    def show_fault(self, fault: str) -> None:
        """Let those who hear the screen hear what is wrong."""
        target = self.focusProxy() or self
        target.setAccessibleDescription(fault)

    def show_found(self, options: Sequence[OptionView]) -> None:
        """The choices that a search found."""


class _Typed(Entry):
    """One line that says what was typed after a pause, on Enter and on leaving."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class LineEditor(Editor):
    """Text, numbers, dates, times and places: one line, and beneath it how Pitso reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.entry = _Typed("")
        self.read = Words("", "small")
        self.now = Button("", "quiet")
        self.now.hide()
        self._shown = self._key = self._value = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)
        self.entry.textEdited.connect(self._timer.start)
        self.entry.editingFinished.connect(self.flush)
        self.entry.left.connect(self.flush)
        self.now.clicked.connect(self._give_now)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.entry, 1)
        row.addWidget(self.now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addLayout(row)
        column.addWidget(self.read)
        self.setFocusProxy(self.entry)

    def show_ask(self, ask: Ask) -> None:
        self._editor = ask.editor
        self.entry.setAccessibleName(ask.label or ask.name)
        self.entry.setPlaceholderText(EXAMPLES.get(ask.editor, str)() if not ask.locked else "")
        self.entry.setReadOnly(ask.locked)
        hidden = QLineEdit.EchoMode.PasswordEchoOnEdit if ask.editor == "masked" else QLineEdit.EchoMode.Normal
        self.entry.setEchoMode(hidden)
        self.now.setVisible(ask.editor in ("date", "time", "datetime") and not ask.locked)
        self.now.show_words(_("Today") if ask.editor == "date" else _("Now"))
        told = ask.words != _short(ask) and ask.editor not in ("text", "masked")
        self.read.show_words(ask.words if told else "")
        if ask.key == self._key and self._unsaid():
            return
        if (ask.key, ask.value) != (self._key, self._value) or self.entry.text() != _short(ask):
            self._key, self._value, self._shown = ask.key, ask.value, _short(ask)
            self.entry.setText(self._shown)

    def _unsaid(self) -> bool:
        return self.entry.hasFocus() and self.entry.text() != self._shown

    def flush(self) -> None:
        self._timer.stop()
        if self.entry.text() != self._shown and not self.entry.isReadOnly():
            self._shown = self.entry.text()
            self.given.emit(self._shown)

    def _give_now(self) -> None:
        from datetime import datetime

        moment = datetime.now()
        form = {"date": "%Y-%m-%d", "time": "%H:%M"}.get(self._editor, "%Y-%m-%d %H:%M")
        self.given.emit(moment.strftime(form))


def _short(ask: Ask) -> str:
    """The answer as it is typed: without seconds, zone, or the day of a month."""
    cut = {"month": 7, "year": 4, "time": 5, "datetime": 16}.get(ask.editor)
    text = ask.value[:cut].replace("T", " ") if cut and ask.words != ask.value else ask.value
    if ask.editor == "time" and len(ask.value) >= 5 and ask.value[2] == ":":
        text = ask.value[:5]
    return text.removesuffix(" 0 0") if ask.editor == "place" else text


class LinesEditor(Editor):
    """Several lines."""

    def __init__(self) -> None:
        super().__init__()
        self.text = KeptText("", lines=3)
        self.text.kept.connect(self.given)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        self.setFocusProxy(self.text)

    def show_ask(self, ask: Ask) -> None:
        self.text.setAccessibleName(ask.label or ask.name)
        self.text.setReadOnly(ask.locked)
        self.text.show_text(ask.value, of=ask.key)

    def flush(self) -> None:
        self.text.flush()


class NoteEditor(Editor):
    """Nothing to answer; a calculated text is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Words("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.said)

    def show_ask(self, ask: Ask) -> None:
        self.said.show_words(ask.words)


class CounterEditor(Editor):
    """A number with a button to count up and one to count down."""

    def __init__(self) -> None:
        super().__init__()
        self._value = 0
        self.less, self.more = icon_button("arrow-down", _("One less")), icon_button("arrow-up", _("One more"))
        self.figure = Line("", "heading", whole=True)
        self.less.clicked.connect(lambda: self.given.emit(str(self._value - 1)))
        self.more.clicked.connect(lambda: self.given.emit(str(self._value + 1)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.L)
        for widget in (self.less, self.figure, self.more):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.more)

    def show_ask(self, ask: Ask) -> None:
        self._value = int(ask.value) if ask.value.lstrip("-").isdigit() else 0
        self.figure.show_words(ask.value or "–")
        for button in (self.less, self.more):
            button.setEnabled(not ask.locked)


class TickEditor(Editor):
    """Something that is acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.tick = Tick(_("OK"))
        self.tick.clicked.connect(lambda: self.given.emit("OK" if self.tick.isChecked() else ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tick)
        self.setFocusProxy(self.tick)

    def show_ask(self, ask: Ask) -> None:
        self.tick.setAccessibleName(ask.label or _("OK"))
        self.tick.setChecked(bool(ask.value))
        self.tick.setEnabled(not ask.locked)


class ChoiceEditor(Editor):
    """One of several, or several; pressing what is chosen again takes it away."""

    def __init__(self, *, many: bool, row: bool = False) -> None:
        super().__init__()
        self._many, self._row = many, row
        self._chosen: list[str] = []
        self.options = Options(many=many)
        self.options.picked.connect(self._pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.options)
        self.setFocusProxy(self.options)

    def show_ask(self, ask: Ask) -> None:
        self._chosen = ask.value.split() if self._many else [ask.value] if ask.value else []
        # Many choices stand in as many columns as fit, so that a page shows more than one question.
        across = 0 if self._row or len(ask.options) > ONE_COLUMN else ask.columns
        self.options.show_options(ask.options, self._chosen, across=across, locked=ask.locked, of=ask.label)

    def _pick(self, name: str) -> None:
        if not self._many:
            self.given.emit("" if self._chosen == [name] else name)
            return
        others = [other for other in self._chosen if other != name]
        self.given.emit(" ".join(others if name in self._chosen else [*others, name]))


class ListEditor(Editor):
    """One of a list that drops down."""

    def __init__(self) -> None:
        super().__init__()
        self.picker = Picker("")
        self.picker.activated.connect(lambda: self.given.emit(self.picker.code()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picker)
        self.setFocusProxy(self.picker)

    def show_ask(self, ask: Ask) -> None:
        self.picker.setAccessibleName(ask.label or ask.name)
        self.picker.setEnabled(not ask.locked)
        self.picker.show_choices([("", ""), *((option.name, option.label) for option in ask.options)], ask.value)


class SearchEditor(Editor):
    """Found while typing, in a list of any length; what is not in a register may be added to it on the spot."""

    def __init__(self, *, many: bool) -> None:
        super().__init__()
        self._many = many
        self._ask: Ask | None = None
        self._names: dict[str, str] = {}
        self._shown = ""
        self.entry = _Typed("")
        self._model = QStringListModel(self)
        completer = self._completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        completer.activated.connect(self._choose)
        self.entry.setCompleter(completer)
        self.entry.textEdited.connect(self._typed)
        self.entry.editingFinished.connect(self.flush)
        self.chosen = Options(many=True)
        self.chosen.picked.connect(self._drop)
        self.unknown = Words("", "fault")
        self.add = Button("", "quiet", icon="plus")
        self.add.clicked.connect(lambda: self.added.emit(self.entry.text().strip()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        for widget in (self.chosen, self.entry, self.unknown):
            column.addWidget(widget)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.unknown.hide()
        self.add.hide()
        self.setFocusProxy(self.entry)

    def show_ask(self, ask: Ask) -> None:
        moved = self._ask is None or self._ask.key != ask.key or self._ask.value != ask.value
        self._ask = ask
        self.entry.setAccessibleName(ask.label or ask.name)
        self.entry.setPlaceholderText(_("Type a part of the name"))
        self.entry.setReadOnly(ask.locked)
        if ask.options or not self._names:
            self._know(ask.options)
        self.chosen.setVisible(self._many and bool(ask.value))
        if self._many:
            labels = dict(zip(ask.value.split(), ask.words.split(", "), strict=False))
            picked = [OptionView(name, self._label(name) or labels.get(name, name)) for name in ask.value.split()]
            self.chosen.show_options(picked, ask.value.split(), across=0, locked=ask.locked, of=ask.label)
        if moved:
            self._shown = "" if self._many else ask.words
            self.entry.setText(self._shown)
            self._say_unknown("")

    def _label(self, name: str) -> str:
        return next((label for label, known in self._names.items() if known == name), "")

    def _know(self, options: Sequence[OptionView]) -> None:
        names: dict[str, str] = {}
        for option in options:
            label = option.label if option.label not in names else f"{option.label} ({option.name})"
            names[label] = option.name
        if names != self._names:
            self._names = names
            self._model.setStringList(list(names))

    def show_found(self, options: Sequence[OptionView]) -> None:
        self._know(options)
        if self.entry.hasFocus() and options:
            self._completer.complete()

    def _typed(self, text: str) -> None:
        self._say_unknown("")
        if self._ask is not None and not self._ask.options:
            self.searched.emit(text)

    def _choose(self, label: str) -> None:
        name = self._names.get(label)
        if name is None or self._ask is None:
            return
        self._shown = "" if self._many else label
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()
        if self._many:
            self.entry.setText("")
            chosen = self._ask.value.split()
            self.given.emit(" ".join(chosen if name in chosen else [*chosen, name]))
        else:
            self.given.emit(name)

    def _drop(self, name: str) -> None:
        if self._ask is not None:
            self.given.emit(" ".join(other for other in self._ask.value.split() if other != name))

    def flush(self) -> None:
        """A part that fits one name alone is that name; an empty field takes the answer away."""
        text = self.entry.text().strip()
        if text == self._shown or self._ask is None or self._ask.locked:
            return
        if not text:
            self._shown = ""
            if not self._many:
                self.given.emit("")
            return
        fitting = [label for label in self._names if text.casefold() in label.casefold()]
        exact = [label for label in fitting if label.casefold() == text.casefold()]
        if len(exact or fitting) == 1:
            self._choose((exact or fitting)[0])
        else:
            self._say_unknown(text)

    def waiting(self) -> bool:
        return not self.unknown.isHidden()

    def _say_unknown(self, text: str) -> None:
        self.unknown.show_words(_("“{name}” is not in the list. Choose one of it.").format(name=text) if text else "")
        live = self._ask.live if self._ask is not None else ""
        self.add.setVisible(bool(text and live))
        if text and live:
            self.add.show_words(_("Add “{name}” to the register").format(name=text))


class RankEditor(Editor):
    """Choices brought into an order."""

    def __init__(self) -> None:
        super().__init__()
        self._names: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.XS)
        self._moved = (-1, 0)

    def show_ask(self, ask: Ask) -> None:
        given = [name for name in ask.value.split() if any(option.name == name for option in ask.options)]
        self._names = given + [option.name for option in ask.options if option.name not in given]
        labels = {option.name: option.label for option in ask.options}
        empty(self._column)
        if not ask.value and not ask.locked:
            keep = Button(_("Keep this order"), "quiet", icon="check")
            keep.clicked.connect(lambda: self.given.emit(" ".join(self._names)))
            self._column.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeading)
        for at, name in enumerate(self._names):
            self._column.addLayout(self._line(at, labels[name], ask.locked))

    def _line(self, at: int, label: str, locked: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(Words(f"{at + 1}. {label}"), 1)
        for step, icon, said in ((-1, "arrow-up", _("{name} up")), (1, "arrow-down", _("{name} down"))):
            button = icon_button(icon, said.format(name=label))
            button.setEnabled(not locked and 0 <= at + step < len(self._names))
            button.clicked.connect(lambda _=False, at=at, step=step: self._move(at, step))
            row.addWidget(button)
            if self._moved == (at, step) and button.isEnabled():
                QTimer.singleShot(0, button, button.setFocus)
        return row

    def _move(self, at: int, step: int) -> None:
        names = list(self._names)
        names[at], names[at + step] = names[at + step], names[at]
        self._moved = (at + step, step)
        self.given.emit(" ".join(names))


class RangeEditor(Editor):
    """A value between two ends, on a slide."""

    def __init__(self) -> None:
        super().__init__()
        self.slide = QSlider(Qt.Orientation.Horizontal)
        self.slide.setMinimumHeight(theme.CONTROL)
        self.figure = Line("", "heading", whole=True)
        self.least, self.most = Line("", "small", whole=True), Line("", "small", whole=True)
        self.slide.valueChanged.connect(self._say)
        self._timer = QTimer(self, singleShot=True, interval=400)
        self._timer.timeout.connect(self.flush)
        self.slide.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.M)
        row.addWidget(self.least)
        row.addWidget(self.slide, 1)
        row.addWidget(self.most)
        row.addWidget(self.figure)
        self._start, self._step = Decimal(0), Decimal(1)
        self._said = True
        self.setFocusProxy(self.slide)

    def show_ask(self, ask: Ask) -> None:
        self._start, end, self._step = _decimal(ask.start, 0), _decimal(ask.end, 10), _decimal(ask.step, 1)
        if self._timer.isActive():
            return
        self.slide.blockSignals(True)
        self.slide.setAccessibleName(ask.label or ask.name)
        self.slide.setEnabled(not ask.locked)
        self.slide.setRange(0, abs(int((end - self._start) / self._step)) if self._step else 0)
        at = (_decimal(ask.value, self._start) - self._start) / self._step if self._step else 0
        self.slide.setValue(int(at))
        self.slide.blockSignals(False)
        self.figure.show_words(ask.value or _("no answer"))
        self.least.show_words(str(self._start))
        self.most.show_words(str(end))

    def _at(self) -> str:
        return str(self._start + self.slide.value() * self._step)

    def _say(self) -> None:
        self.figure.show_words(self._at())
        self._timer.start()

    def flush(self) -> None:
        if self._timer.isActive() or self.sender() is self._timer:
            self._timer.stop()
            self.given.emit(self._at())

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """The wheel scrolls the page, not the answer."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _decimal(text: str, otherwise: Decimal | int) -> Decimal:
    try:
        return Decimal(text) if text else Decimal(otherwise)
    except InvalidOperation:
        return Decimal(otherwise)


class RatingEditor(ChoiceEditor):
    """A value between two ends, as a row of choices."""

    def __init__(self) -> None:
        super().__init__(many=False, row=True)

    def show_ask(self, ask: Ask) -> None:
        from msgspec.structs import replace

        start, end, step = _decimal(ask.start, 1), _decimal(ask.end, 5), _decimal(ask.step, 1) or Decimal(1)
        steps = min(abs(int((end - start) / step)), 20)
        names = [str(start + at * step) for at in range(steps + 1)]
        super().show_ask(replace(ask, options=tuple(OptionView(name, name) for name in names)))


def editor_for(kind: str) -> Editor:
    """The editor of that kind (see `services.editors.editor_of`)."""
    from pitso.ui.parts.files import FileEditor, SignatureEditor

    made: dict[str, Callable[[], Editor]] = {
        "one": lambda: ChoiceEditor(many=False),
        "many": lambda: ChoiceEditor(many=True),
        "one-row": lambda: ChoiceEditor(many=False, row=True),
        "one-list": ListEditor,
        "many-list": lambda: SearchEditor(many=True),
        "one-search": lambda: SearchEditor(many=False),
        "many-search": lambda: SearchEditor(many=True),
        "lines": LinesEditor,
        "line": LinesEditor,
        "note": NoteEditor,
        "counter": CounterEditor,
        "tick": TickEditor,
        "rank": RankEditor,
        "range": RangeEditor,
        "rating": RatingEditor,
        "picture": FileEditor,
        "file": FileEditor,
        "signature": SignatureEditor,
    }
    return made.get(kind, LineEditor)()
