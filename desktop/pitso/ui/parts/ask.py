"""The blocks of a page of questions: a question with its answer, questions that share choices, a table of rows."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pitso import words
from pitso.services.form_views import Ask, Block, Grid, Heading, Table, TableRow
from pitso.ui import theme
from pitso.ui.parts import brush
from pitso.ui.parts.buttons import Button, icon_button
from pitso.ui.parts.cards import Card
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.editors import Editor, editor_for
from pitso.ui.parts.files import FileEditor, SignatureEditor
from pitso.ui.parts.options import Option
from pitso.ui.parts.words import Words
from pitso.words import _

Index = QModelIndex | QPersistentModelIndex
SEEN = 7
"""How many rows of a table are seen at once; the others scroll."""


class Voice(QObject):
    """What is said on a page of questions, whoever says it.

    Signals:
        answered: key of a question, what was entered.
        searched: key, what is looked for in its choices.
        added: key, the name of somebody or something to be added to the register.
        file_asked: key of a question that wants a file picked.
        file_given: key, path of a dropped file.
        drawn: key, a signature as PNG.
        settled: key, the one of several answers that holds.
        history_asked: key.
        row_opened, row_removed: the key of a row.
        row_added: the key of a table.
    """

    answered = Signal(str, str)
    searched = Signal(str, str)
    added = Signal(str, str)
    file_asked = Signal(str)
    file_given = Signal(str, str)
    drawn = Signal(str, bytes)
    settled = Signal(str, str)
    history_asked = Signal(str)
    row_opened = Signal(str)
    row_removed = Signal(str)
    row_added = Signal(str)


class AskCard(QWidget):
    """One question: what is asked, how it is answered, and what is wrong."""

    def __init__(self, ask: Ask, voice: Voice) -> None:
        super().__init__()
        self._ask: Ask | None = None
        self._voice = voice
        self.label, self.hint, self.guidance = Words("", "strong"), Words("", "small"), Words("", "small")
        self.fault = Words("", "fault")
        self.picture = QLabel()
        self.history = icon_button("history", _("What was entered here before"))
        self.editor: Editor = editor_for(ask.editor)
        self._differing = Card("warn")
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.label, 1)
        head.addWidget(self.history, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.M)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        for widget in (self.hint, self.guidance, self.picture, self.editor, self.fault, self._differing):
            column.addWidget(widget)
        self._differing.hide()
        self.picture.hide()
        if self.editor.focusProxy() is not None:
            self.setFocusProxy(self.editor)
        self._connect()
        self.show_ask(ask)

    def _connect(self) -> None:
        voice = self._voice
        self.editor.given.connect(lambda text: voice.answered.emit(self.key, text))
        self.editor.searched.connect(lambda text: voice.searched.emit(self.key, text))
        self.editor.added.connect(lambda name: voice.added.emit(self.key, name))
        self.history.clicked.connect(lambda: voice.history_asked.emit(self.key))
        self.history.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Ctrl+H does the same for the keyboard
        if isinstance(self.editor, FileEditor):
            self.editor.file_asked.connect(lambda: voice.file_asked.emit(self.key))
            self.editor.dropped.connect(lambda path: voice.file_given.emit(self.key, path))
        if isinstance(self.editor, SignatureEditor):
            self.editor.drawn.connect(lambda png: voice.drawn.emit(self.key, png))

    @property
    def key(self) -> str:
        return self._ask.key if self._ask else ""

    @property
    def answerable(self) -> bool:
        return self._ask is not None and self._ask.editor != "note" and not self._ask.locked

    def show_ask(self, ask: Ask) -> None:
        """Show the question; nothing is painted again where nothing changed."""
        if ask == self._ask:
            return
        former, self._ask = self._ask, ask
        self.label.show_words(f"{ask.label} *" if ask.required and ask.label else ask.label)
        self.label.setToolTip(_("This question needs an answer.") if ask.required else "")
        self.hint.show_words(ask.hint)
        self.guidance.show_words(ask.guidance)
        self.fault.show_words(ask.problem)
        if former is None or former.picture != ask.picture:
            self._show_picture(ask)
        self.editor.show_ask(ask)
        self.editor.show_fault(ask.problem)
        self.history.setVisible(ask.editor != "note")
        if former is None or former.differing != ask.differing:
            self._show_differing(ask)

    def _show_picture(self, ask: Ask) -> None:
        pixmap = QPixmap()
        if ask.picture:
            pixmap.loadFromData(ask.picture)
        self.picture.setVisible(not pixmap.isNull())
        if not pixmap.isNull():
            most = min(pixmap.width(), 480)
            self.picture.setPixmap(pixmap.scaledToWidth(most, Qt.TransformationMode.SmoothTransformation))
            self.picture.setAccessibleName(ask.label)

    def _show_differing(self, ask: Ask) -> None:
        empty(self._differing.column)
        self._differing.setVisible(bool(ask.differing))
        if not ask.differing:
            return
        self._differing.column.addWidget(Words(_("Two answers were given without knowing each other."), "strong"))
        for one in ask.differing:
            row = QHBoxLayout()
            row.setSpacing(theme.M)
            told = " · ".join(part for part in (one.author, one.device, words.moment(one.at)) if part)
            column = QVBoxLayout()
            column.addWidget(Words(one.words))
            column.addWidget(Words(told, "small"))
            row.addLayout(column, 1)
            keep = Button(_("Keep"))
            keep.setAccessibleName(_("Keep “{answer}”").format(answer=one.words))
            keep.setEnabled(not ask.locked)
            keep.clicked.connect(partial(self._voice.settled.emit, ask.key, one.value))
            row.addWidget(keep)
            self._differing.column.addLayout(row)

    def first(self) -> QWidget | None:
        """What the focus goes to first."""
        return self if self.answerable and self.focusProxy() is not None else None

    def flush(self) -> None:
        """Say what was typed and not said yet."""
        self.editor.flush()


class HeadingCard(QWidget):
    """The beginning of a group within a page."""

    def __init__(self, heading: Heading) -> None:
        super().__init__()
        self.label, self.hint = Words("", "heading"), Words("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.XS)
        column.setSpacing(theme.XS)
        column.addWidget(self.label)
        column.addWidget(self.hint)
        self.show_heading(heading)

    def first(self) -> QWidget | None:
        """Nothing is answered in a heading."""
        return None

    def show_heading(self, heading: Heading) -> None:
        self.label.show_words(heading.label)
        self.hint.show_words(heading.hint)


class GridCard(QFrame):
    """Questions that share their choices: one line each, one column a choice."""

    def __init__(self, grid: Grid, voice: Voice) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._voice = voice
        self._grid: Grid | None = None
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self._cells.setHorizontalSpacing(theme.S)
        self.buttons: dict[tuple[str, str], Option] = {}
        self.show_grid(grid)

    def show_grid(self, grid: Grid) -> None:
        if grid == self._grid:
            return
        shape = (grid.label, grid.options, tuple((ask.key, ask.label, ask.problem, ask.required) for ask in grid.asks))
        former = self._grid
        self._grid = grid
        if former is None or shape != (
            former.label,
            former.options,
            tuple((ask.key, ask.label, ask.problem, ask.required) for ask in former.asks),
        ):
            self._build(grid)
        for ask in grid.asks:
            chosen = ask.value.split()
            for option in grid.options:
                button = self.buttons[ask.key, option.name]
                button.show_option(option, chosen=option.name in chosen, of=ask.label)
                button.setEnabled(not ask.locked)

    def _build(self, grid: Grid) -> None:
        focus = next((key for key, button in self.buttons.items() if button.hasFocus()), None)
        self.buttons.clear()
        while (taken := self._cells.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cells.addWidget(Words(grid.label, "strong"), 0, 0)
        self._cells.setColumnStretch(0, 3)
        for at, option in enumerate(grid.options, start=1):
            head = Words(option.label, "small")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._cells.addWidget(head, 0, at)
            self._cells.setColumnStretch(at, 1)
        for down, ask in enumerate(grid.asks, start=1):
            label = Words(f"{ask.label} *" if ask.required else ask.label)
            fault = Words(ask.problem, "fault")
            fault.setVisible(bool(ask.problem))
            column = QVBoxLayout()
            column.addWidget(label)
            column.addWidget(fault)
            self._cells.addLayout(column, down, 0)
            for across, option in enumerate(grid.options, start=1):
                button = Option(many=ask.editor.startswith("many"), bare=True)
                button.clicked.connect(partial(self._pick, ask.key, option.name))
                self._cells.addWidget(button, down, across, Qt.AlignmentFlag.AlignCenter)
                self.buttons[ask.key, option.name] = button
        if focus in self.buttons:
            self.buttons[focus].setFocus()

    def _pick(self, key: str, name: str, _checked: bool = False) -> None:
        ask = next((one for one in self._grid.asks if one.key == key), None) if self._grid else None
        if ask is None:
            return
        if ask.editor.startswith("many"):
            chosen = ask.value.split()
            others = [other for other in chosen if other != name]
            self._voice.answered.emit(key, " ".join(others if name in chosen else [*others, name]))
        else:
            self._voice.answered.emit(key, "" if ask.value == name else name)

    def first(self) -> QWidget | None:
        """What the focus goes to first."""
        return next(iter(self.buttons.values()), None)

    def first_of(self, key: str) -> QWidget | None:
        """The first choice of one question of the grid."""
        return next((button for (asked, _name), button in self.buttons.items() if asked == key), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over the choices."""
        keys = list(self.buttons)
        here = next((at for at, key in enumerate(keys) if self.buttons[key].hasFocus()), -1)
        wide = len(self._grid.options) if self._grid else 1
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = {
            Qt.Key.Key_Down: wide,
            Qt.Key.Key_Up: -wide,
            Qt.Key.Key_Right: -1 if right else 1,
            Qt.Key.Key_Left: 1 if right else -1,
        }.get(Qt.Key(event.key()), 0)
        if step and here >= 0:
            if 0 <= here + step < len(keys):
                self.buttons[keys[here + step]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class _RowsModel(QAbstractTableModel):
    """The rows of a repeat, read where they are painted and nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: tuple[str, ...] = ()
        self.rows: tuple[TableRow, ...] = ()

    def show(self, heads: tuple[str, ...], rows: tuple[TableRow, ...]) -> None:
        if heads != self.heads or len(rows) != len(self.rows):
            self.beginResetModel()
            self.heads, self.rows = heads, rows
            self.endResetModel()
            return
        former, self.rows = self.rows, rows
        for at, (before, row) in enumerate(zip(former, rows, strict=True)):
            if before != row:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(heads) + 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.heads) + 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, across = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if across == 0:
                return words.whole(index.row() + 1)
            if across > len(self.heads):
                return words.whole(row.problems) if row.problems else ""
            return row.cells[across - 1]
        if role == Qt.ItemDataRole.ToolTipRole and 0 < across <= len(self.heads):
            return row.cells[across - 1]
        if role == Qt.ItemDataRole.ForegroundRole and across > len(self.heads):
            return theme.now().colour("wrong")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return "" if section == 0 else _("to mend") if section > len(self.heads) else self.heads[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None


class _RowsView(QTableView):
    """The table itself: arrows walk, Enter or a click opens a row."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif event.text().strip() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class TableCard(QWidget):
    """A repeat: its rows in a table, and beneath it the questions of the row that is open."""

    def __init__(self, table: Table, voice: Voice) -> None:
        super().__init__()
        self._voice = voice
        self._table: Table | None = None
        self.label, self.hint = Words("", "heading"), Words("", "small")
        self.none = Words(_("No row yet."), "soft")
        self.model, self.view = _RowsModel(), _RowsView()
        self.view.setModel(self.model)
        self.view.opened.connect(self._open)
        self.add = Button(_("Add a row"), icon="plus")
        self.remove = Button(_("Take this row away"), "quiet", icon="trash-2")
        self.add.clicked.connect(lambda: voice.row_added.emit(self.key))
        self.remove.clicked.connect(lambda: voice.row_removed.emit(self._table.open if self._table else ""))
        self.row = Card()
        self.row_title = Words("", "strong")
        self.blocks = Blocks(voice)
        head = QHBoxLayout()
        head.addWidget(self.row_title, 1)
        head.addWidget(self.remove)
        self.row.column.addLayout(head)
        self.row.column.addWidget(self.blocks)
        deeds = QHBoxLayout()
        deeds.addWidget(self.add)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.M)
        column.setSpacing(theme.S)
        for widget in (self.label, self.hint, self.none, self.view):
            column.addWidget(widget)
        column.addLayout(deeds)
        column.addWidget(self.row)
        self.show_table(table)

    @property
    def key(self) -> str:
        return self._table.key if self._table else ""

    def first(self) -> QWidget | None:
        """What the focus goes to first: the questions of the open row, else what makes one."""
        inner = next((found for card in self.blocks.cards() if (found := card.first()) is not None), None)
        return inner or (self.view if self._table is not None and self._table.fixed else self.add)

    def show_table(self, table: Table) -> None:
        """Show the rows; what did not change is not painted again."""
        if table == self._table:
            return
        self._table = table
        self.label.show_words(table.label)
        self.hint.show_words(table.hint)
        self.view.setAccessibleName(table.label)
        self.model.show(table.heads, table.rows)
        self.none.setVisible(not table.rows)
        self.view.setVisible(bool(table.rows))
        self.add.setVisible(not table.fixed)
        self.remove.setVisible(not table.fixed)
        self._fit(table)
        at = next((at for at, row in enumerate(table.rows) if row.key == table.open), None)
        self.row.setVisible(at is not None)
        if at is not None:
            told = _("Row {number} of {total}").format(number=words.whole(at + 1), total=words.whole(len(table.rows)))
            self.row_title.show_words(told)
            if self.view.currentIndex().row() != at:
                self.view.selectRow(at)
        self.blocks.show_blocks(table.blocks)

    def _fit(self, table: Table) -> None:
        worn, header = theme.now(), self.view.horizontalHeader()
        high = worn.small + 20
        self.view.verticalHeader().setDefaultSectionSize(high)
        last, font = len(table.heads) + 1, worn.font("small", bold=True)
        widths = {0: brush.width_of(words.whole(len(table.rows)), font), last: brush.width_of(_("to mend"), font)}
        for across in range(last + 1):
            # Measured by their words and not by their cells, of which there may be thousands.
            fixed = QHeaderView.ResizeMode.Fixed if across in widths else QHeaderView.ResizeMode.Stretch
            if header.sectionResizeMode(across) != fixed:
                header.setSectionResizeMode(across, fixed)
            if across in widths:
                self.view.setColumnWidth(across, widths[across] + 28)
        self.view.setColumnHidden(last, not any(row.problems for row in table.rows))
        header.setFixedHeight(high)  # as high as a row, whatever it wears so far
        self.view.setFixedHeight((1 + min(len(table.rows), SEEN)) * high + 6)

    def _open(self, at: int) -> None:
        if self._table is not None and at < len(self._table.rows):
            self._voice.row_opened.emit(self._table.rows[at].key)


Shown = AskCard | HeadingCard | GridCard | TableCard


class Blocks(QWidget):
    """A column of blocks; a block that was there before keeps its widget, its focus and what is being typed."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = voice
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.XS)
        self._cards: dict[tuple[str, str], Shown] = {}

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show *blocks*, one under the other."""
        wanted = {_identity(block): block for block in blocks}
        for identity in [identity for identity in self._cards if identity not in wanted]:
            gone = self._cards.pop(identity)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, (identity, block) in enumerate(wanted.items()):
            card = self._cards.get(identity)
            if card is None:
                card = self._cards[identity] = _made(block, self._voice)
                self._column.insertWidget(at, card)
            else:
                if self._column.indexOf(card) != at:
                    self._column.removeWidget(card)
                    self._column.insertWidget(at, card)
                _show(card, block)
        self._cards = {identity: self._cards[identity] for identity in wanted}

    def cards(self) -> Iterator[Shown]:
        """Every card in the order of the page, those of open rows included."""
        for card in self._cards.values():
            yield card
            if isinstance(card, TableCard):
                yield from card.blocks.cards()

    def asks(self) -> list[AskCard]:
        """The cards of questions."""
        return [card for card in self.cards() if isinstance(card, AskCard)]

    def place_of(self, key: str) -> QWidget | None:
        """Where the question, or the row or table, of that key is answered."""
        for card in self.cards():
            if isinstance(card, (AskCard, TableCard)) and card.key == key:
                return card if isinstance(card, AskCard) else card.view if key else card.add
            if isinstance(card, GridCard) and (found := card.first_of(key)) is not None:
                return found
        return None

    def flush(self) -> None:
        """Say what was typed and not said yet."""
        for card in self.asks():
            card.flush()


def _identity(block: Block) -> tuple[str, str]:
    return (block.key, block.editor) if isinstance(block, Ask) else (block.key, type(block).__name__)


def _made(block: Block, voice: Voice) -> Shown:
    if isinstance(block, Ask):
        return AskCard(block, voice)
    if isinstance(block, Heading):
        return HeadingCard(block)
    return GridCard(block, voice) if isinstance(block, Grid) else TableCard(block, voice)


def _show(card: Shown, block: Block) -> None:
    if isinstance(card, AskCard) and isinstance(block, Ask):
        card.show_ask(block)
    elif isinstance(card, HeadingCard) and isinstance(block, Heading):
        card.show_heading(block)
    elif isinstance(card, GridCard) and isinstance(block, Grid):
        card.show_grid(block)
    elif isinstance(card, TableCard) and isinstance(block, Table):
        card.show_table(block)
