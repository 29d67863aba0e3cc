"""The rail: the few places of the program, always in sight."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from pitso.ui import icons, theme
from pitso.ui.parts import brush
from pitso.ui.parts.words import restyle
from pitso.words import _, whole


@dataclass(frozen=True)
class Entry:
    """One entry of the rail."""

    page: str
    words: str
    icon: str
    shortcut: str
    foot: bool = False


def entries(*, office: bool) -> tuple[Entry, ...]:
    """The entries that exist; an office sees all engagements first."""
    first = Entry("engagements", _("Engagements"), "map", "Ctrl+1")
    if not office:
        first = Entry("engagement", _("Engagement"), "map", "Ctrl+1")
    return (
        first,
        Entry("records", _("Records"), "folder-open", "Ctrl+2"),
        Entry("assess", _("Assess"), "clipboard-list", "Ctrl+3"),
        Entry("room", _("Room"), "presentation", "Ctrl+4"),
        Entry("election", _("Election"), "vote", "Ctrl+5"),
        Entry("papers", _("Papers"), "file-text", "Ctrl+6"),
        Entry("exchange", _("Exchange"), "arrow-left-right", "Ctrl+7"),
        Entry("people", _("People"), "users", "Ctrl+8", foot=True),
        Entry("settings", _("Settings"), "settings", "Ctrl+9", foot=True),
    )


class _Button(QToolButton):
    """An entry; a small number beside the icon says how much waits."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.waiting = 0
        self.setProperty("kind", "rail")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIcon(icons.icon(entry.icon, "soft", checked="accent"))
        self.setIconSize(QSize(24, 24))
        self.setText(entry.words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(entry.words)
        self.setToolTip(f"{entry.words} ({entry.shortcut})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_waiting(self, number: int, words: str) -> None:
        self.waiting = number
        self.setAccessibleDescription(words)
        self.setToolTip(f"{self.entry.words} ({self.entry.shortcut})" + (f"\n{words}" if words else ""))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.waiting:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.now().font("small", bold=True)
        font.setPixelSize(max(11, theme.now().small - 2))
        text = whole(self.waiting) if self.waiting < 1000 else "999+"
        width = max(brush.width_of(text, font) + 10, 20)
        rect = self.rect().adjusted(0, 0, 0, 0)
        high = font.pixelSize() + 8
        rect.setRect(min(self.width() // 2 + 8, self.width() - width - 2), 3, width, high)
        rect = brush.mirrored(rect, self.rect())
        brush.box(painter, rect, "warn_soft", "warn", radius=high // 2)
        brush.write(painter, rect, text, font, "warn", centred=True)


class _Writer(QAbstractButton):
    """Who writes at this computer: initials in a disc and the name beneath."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_writer(self, name: str, role: str) -> None:
        self._name = name
        self.setVisible(bool(name))
        told = _("{name} writes here").format(name=name) if name else ""
        self.setAccessibleName(told)
        self.setToolTip("\n".join(part for part in (told, role) if part))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, worn = QPainter(self), theme.now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            brush.box(
                painter, self.rect(), "line" if self.underMouse() else "", "ink" if self.hasFocus() else "", thick=2
            )
        small = worn.font("small")
        line = small.pixelSize() * 3 // 2
        side = max(min(self.height() - line - 6, worn.scaled(30)), 16)
        disc = QRect((self.width() - side) // 2, max((self.height() - side - line) // 2, 2), side, side)
        brush.box(painter, disc, "accent", "", radius=side // 2)
        bold = worn.font("small", bold=True)
        bold.setPixelSize(max(side * 2 // 5, 9))
        initials = "".join(part[0] for part in self._name.split()[:2]).upper()
        brush.write(painter, disc, initials, bold, "on_accent", centred=True)
        first = self._name.split()[0] if self._name else ""
        words = QRect(2, disc.bottom() + 2, self.width() - 4, line)
        brush.write(painter, words, brush.elide(first, small, self.width() - 6), small, "soft", centred=True)


class Rail(QFrame):
    """The places of the program.

    Signals:
        gone: the name of the page that the user goes to.
    """

    gone = Signal(str)

    def __init__(self, *, office: bool) -> None:
        super().__init__()
        self.setProperty("ground", "rail")
        self.setAccessibleName(_("Places"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._column.setSpacing(theme.XS)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, _Button] = {}
        self.writer = _Writer()
        self.writer.hide()
        self.writer.clicked.connect(lambda: self.gone.emit("settings"))
        entered = entries(office=office)
        for entry in entered:
            if entry.foot and not any(self.buttons[page].entry.foot for page in self.buttons):
                self._column.addStretch(1)
                self._column.addWidget(self.writer)
            button = _Button(entry)
            button.clicked.connect(lambda _=False, page=entry.page: self.gone.emit(page))
            self.buttons[entry.page] = button
            self._group.addButton(button)
            self._column.addWidget(button)
        self._fit()

    def show_page(self, page: str) -> None:
        """Mark the entry that the open page belongs to; some pages, such as the help, belong to none."""
        self._group.setExclusive(False)
        for name, button in self.buttons.items():
            button.setChecked(name == page)
        self._group.setExclusive(True)

    def show_waiting(self, unsent: int, words: str) -> None:
        """Say on Exchange how much was not sent yet."""
        self.buttons["exchange"].show_waiting(unsent, words)

    def show_writer(self, name: str, role: str) -> None:
        """Say who writes at this computer."""
        self.writer.show_writer(name, role)

    def focus_here(self) -> None:
        button = self._group.checkedButton() or self.buttons["assess"]
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        buttons = list(self.buttons.values())
        here = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if step and here is not None:
            buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Wide enough for the longest word; tight where the window is low."""
        worn = theme.now()
        widest = max(
            brush.width_of(button.entry.words, worn.font("small", bold=True)) for button in self.buttons.values()
        )
        self.setFixedWidth(max(95, widest + 16) + 2 * theme.S)
        roomy = worn.small * 3 // 2 + 24 + 34
        tight = roomy * (len(self.buttons) + 1) + 40 > self.height()
        high = worn.small * 3 // 2 + 24 + (10 if tight else 30)
        for button in self.buttons.values():
            if button.property("tight") != tight:
                button.setProperty("tight", tight)
                restyle(button)
            button.setFixedHeight(high)
        self.writer.setFixedHeight(high)
