"""Every colour and every size of the interface, and the palette and the one style sheet made from them."""

from dataclasses import dataclass
from functools import lru_cache
from string import Template
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pitso import places

SMALLEST, USUAL, LARGEST = 14, 16, 24
"""Body sizes in pixels that a person may pick from."""

DAY, NIGHT, SYSTEM = "day", "night", "system"

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 20, 32
"""The steps of space."""

RADIUS, CARD_RADIUS = 8, 10
CONTROL, CHOICE = 44, 64
"""Least heights of a control and of a choice."""

FAMILIES = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "Noto Sans Symbols 2"]


@dataclass(frozen=True)
class Colours:
    """The roles that a colour can play."""

    page: str
    card: str
    sunken: str
    line: str
    strong: str
    ink: str
    soft: str
    accent: str
    on_accent: str
    accent_soft: str
    done: str
    done_soft: str
    warn: str
    warn_soft: str
    wrong: str
    wrong_soft: str


DAYLIGHT = Colours(
    *("#F6F4EF", "#FFFFFF", "#ECE8DF", "#DDD7CA", "#8C8471", "#1D1B16", "#5B5546"),
    *("#0B5A6B", "#FFFFFF", "#DCECEF", "#1F6B3A", "#DDEFE2", "#8A4B00", "#FBE9CF", "#A3261B", "#FADFDB"),
)
NIGHTFALL = Colours(
    *("#16181A", "#1F2224", "#121416", "#34393C", "#7D868B", "#F1EFE9", "#B7B2A6"),
    *("#7CC7D6", "#06272E", "#17363D", "#86D19B", "#173322", "#F0BE7B", "#3A2A12", "#F2A096", "#3E1B17"),
)


@dataclass(frozen=True)
class Theme:
    """The colours and type that are worn now."""

    colours: Colours
    body: int
    night: bool

    @property
    def small(self) -> int:
        return self.body - 3

    @property
    def heading(self) -> int:
        return self.body + 3

    @property
    def title(self) -> int:
        return self.body + 9

    def colour(self, role: str) -> QColor:
        return QColor(getattr(self.colours, role))

    def font(self, size: str = "body", *, bold: bool = False) -> QFont:
        """A font of one of the four sizes: small, body, heading, title."""
        return QFont(_font(getattr(self, size), bold))

    def scaled(self, at_usual: int) -> int:
        """A measure that grows with the type, given as it is at the usual body size."""
        return round(at_usual * self.body / USUAL)


@lru_cache(maxsize=64)
def _font(pixels: int, bold: bool) -> QFont:
    font = QFont(FAMILIES)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


BARE = Theme(DAYLIGHT, USUAL, False)
_worn = [BARE]


def now() -> Theme:
    """The theme that the interface wears."""
    return _worn[0]


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; they may lie inside a zipped wheel, so they are given as bytes."""
    for file in places.resource("fonts").iterdir():
        if file.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(file.read_bytes())


def is_night(choice: str) -> bool:
    """Does this *choice* mean night now? A desktop that does not tell its colours means day."""
    if choice == SYSTEM and _worn[0] is BARE:
        return QApplication.palette().window().color().lightness() < 128  # the system's own, still
    if choice == SYSTEM:
        from PySide6.QtCore import Qt  # takes 10 ms, which the first paint need not wait for

        return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return choice == NIGHT


def wear(application: QApplication, choice: str, body: int) -> Theme:
    """Give the whole *application* its palette and type: day, night or as the system, at this *body* size."""
    night = is_night(choice)
    theme = Theme(NIGHTFALL if night else DAYLIGHT, min(max(body, SMALLEST), LARGEST), night)
    _worn[0] = theme
    application.setPalette(_palette(theme))
    application.setFont(theme.font())
    return theme


def _palette(theme: Theme) -> QPalette:
    colours, role = theme.colours, QPalette.ColorRole
    palette = QPalette(QColor(colours.card), QColor(colours.page))
    pairs = {
        role.Window: colours.page,
        role.WindowText: colours.ink,
        role.Base: colours.card,
        role.AlternateBase: colours.sunken,
        role.Text: colours.ink,
        role.Button: colours.card,
        role.ButtonText: colours.ink,
        role.BrightText: colours.on_accent,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.PlaceholderText: colours.soft,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.ToolTipBase: colours.ink,
        role.ToolTipText: colours.page,
        role.Mid: colours.line,
        role.Dark: colours.strong,
        role.Accent: colours.accent,
    }
    for which, colour in pairs.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.strong))
    return palette


def sheet() -> str:
    """The style sheet of the theme that is worn now. Each window wears it, and what stands in it follows.

    The application wears none: with one there, Qt styles every part anew each time that it is put into another, which
    is a quarter of the time in which a page opens.
    """
    return _sheet_of(now())


@lru_cache(maxsize=1)
def _sheet_of(theme: Theme) -> str:
    sizes = {"small": theme.small, "body": theme.body, "heading": theme.heading, "title": theme.title}
    return Template(_SHEET).substitute(vars(theme.colours), **sizes)


def sink(view: QWidget) -> None:
    """Let paper lie on sunken ground in a *view* that paints its own ground from the palette."""
    palette = view.palette()
    palette.setColor(QPalette.ColorRole.Dark, now().colour("sunken"))
    view.setPalette(palette)


def drawing() -> dict[str, Any]:
    """The colours of a drawing on the screen, by the names that paper gives them."""
    colours, night = now().colours, now().night
    return {
        "paper": colours.page,
        "ink": colours.ink,
        "soft": colours.soft,
        "line": colours.strong,
        "accent": colours.accent,
        "band": colours.accent_soft,
        "shades": _SHADES_NIGHT if night else _SHADES_DAY,
        "on_shades": _ON_SHADES_NIGHT if night else _ON_SHADES_DAY,
    }


_SHADES_DAY = ("#FFFFFF", "#DCECEF", "#A5CCD4", "#2F7486", "#083F4B")
_ON_SHADES_DAY = ("#1D1B16", "#1D1B16", "#1D1B16", "#FFFFFF", "#FFFFFF")
_SHADES_NIGHT = ("#1F2224", "#17363D", "#1F5561", "#6FB6C5", "#A9DFEA")
_ON_SHADES_NIGHT = ("#F1EFE9", "#F1EFE9", "#F1EFE9", "#06272E", "#06272E")
"""Grounds of the levels 0 to 4 and the words on them: darker by day, lighter by night, for eyes and grey printers."""


_SHEET = """
* { font-size: ${body}px; }
QWidget { color: $ink; }
QWidget[ground="page"] { background: $page; }
QWidget[ground="rail"] { background: $sunken; }
QWidget[ground="panel"] { background: $card; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: bold; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="small"] { font-size: ${small}px; color: $soft; }
QLabel[role="soft"] { color: $soft; }
QLabel[role="place"] { font-size: ${small}px; color: $accent; font-weight: bold; }
QLabel[role="fault"] { font-size: ${small}px; color: $wrong; font-weight: bold; }
QLabel[role="figure"] { font-size: ${title}px; font-weight: bold; }
QLabel[tone="pill-warn"], QLabel[tone="pill-done"], QLabel[tone="pill-wrong"], QLabel[tone="pill-accent"],
QLabel[tone="pill-soft"] { font-size: ${small}px; font-weight: bold; border-radius: 12px; padding: 3px 16px; }
QLabel[tone="pill-warn"] { background: $warn_soft; color: $warn; }
QLabel[tone="pill-done"] { background: $done_soft; color: $done; }
QLabel[tone="pill-wrong"] { background: $wrong_soft; color: $wrong; }
QLabel[tone="pill-accent"] { background: $accent_soft; color: $accent; }
QLabel[tone="pill-soft"] { background: $sunken; color: $soft; }

QFrame[card="plain"] { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame[card="done"] { background: $done_soft; border: 1px solid $done; border-radius: 12px; }
QFrame[card="warn"] { background: $warn_soft; border: 1px solid $warn; border-radius: 12px; }
QFrame[card="wrong"] { background: $wrong_soft; border: 1px solid $wrong; border-radius: 12px; }
QFrame[card="soft"] { background: $sunken; border: 1px solid $line; border-radius: 12px; }
QFrame[card="ink"] { background: $ink; border: 1px solid $ink; border-radius: 8px; }
QFrame[card="ink"] QLabel { color: $page; }
QFrame[line="true"] { background: $line; border: 0; }

QPushButton { min-height: 24px; padding: 9px 16px; border: 1px solid $strong; border-radius: 8px;
    background: $card; color: $ink; font-weight: bold; }
QPushButton:hover { background: $sunken; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $ink; padding: 8px 15px; }
QPushButton:disabled { color: $strong; border-color: $line; background: $page; }
QPushButton[kind="main"] { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[kind="main"]:focus { border: 2px solid $ink; }
QPushButton[kind="main"]:disabled { background: $sunken; border-color: $line; color: $soft; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[kind="quiet"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[kind="quiet"]:focus { border: 2px solid $ink; }
QPushButton[kind="warn"] { background: $warn_soft; border-color: transparent; color: $warn; padding: 4px 10px; }
QPushButton[kind="wrong"] { background: $wrong_soft; border-color: transparent; color: $wrong; padding: 4px 10px; }
QPushButton[kind="warn"]:focus, QPushButton[kind="wrong"]:focus { border: 2px solid $ink; }
QPushButton[kind="quiet"]:disabled { color: $strong; }
QPushButton[kind="onink"] { background: transparent; border-color: transparent; color: $accent_soft;
    text-decoration: underline; min-height: 20px; padding: 5px 12px; }
QPushButton[kind="onink"]:focus { border: 2px solid $page; padding: 4px 11px; }
QPushButton[kind="icon"] { background: transparent; border-color: transparent; padding: 9px;
    min-width: 24px; }
QPushButton[kind="icon"]:hover { background: $sunken; }
QPushButton[kind="icon"]:focus { border: 2px solid $ink; padding: 8px; }
QPushButton[kind="part"] { color: $soft; }
QPushButton[kind="part"]:checked { background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton[kind="part"]:checked:focus { border: 2px solid $ink; }

QToolButton[kind="rail"] { font-size: ${small}px; border: 2px solid transparent; border-radius: 8px;
    padding: 8px 4px; background: transparent; color: $soft; }
QToolButton[kind="rail"]:hover { background: $line; }
QToolButton[kind="rail"]:checked { background: $accent_soft; color: $accent; font-weight: bold; }
QToolButton[kind="rail"]:focus { border-color: $ink; }
QToolButton[kind="rail"][tight="true"] { padding: 1px 2px; }

QLineEdit, QTextEdit, QComboBox { background: $card; border: 1px solid $strong; border-radius: 8px;
    padding: 9px 12px; min-height: 24px; color: $ink; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid $ink; padding: 8px 11px; }
QLineEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $sunken; border-color: $line; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QTextEdit[wrong="true"] { border: 2px solid $wrong;
    padding: 8px 11px; }
QComboBox { combobox-popup: 0; }
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { width: 0; height: 0; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $strong; color: $ink;
    selection-background-color: $accent_soft; selection-color: $accent; outline: 0; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 36px; }

QListView { background: $card; border: 1px solid $strong; color: $ink;
    selection-background-color: $accent_soft; selection-color: $accent; outline: 0; }
QListView::item { min-height: 36px; }
Rows { background: transparent; border: 0; }

QTableView, QTextBrowser { background: $card; border: 1px solid $line; border-radius: 10px; padding: 0; }
QTableView { gridline-color: $line; font-size: ${small}px; }
QTableView::item { padding: 6px; border: 0; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_soft; color: $ink; }
QTableView:focus, QTextBrowser:focus { border: 2px solid $ink; }
QHeaderView::section { background: $card; color: $soft; border: 0; border-bottom: 1px solid $strong;
    padding: 6px; font-size: ${small}px; font-weight: bold; }
QTextBrowser { padding: 12px 20px; min-height: 0; }

QProgressBar { background: $sunken; border: 0; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $done; border-radius: 4px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $ink; color: $page; border: 1px solid $ink; padding: 6px 8px; }
QPdfView { background: $sunken; border: 1px solid $line; }
"""
