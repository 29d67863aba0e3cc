"""The skeleton of a page: a line that says where we are, a body that scrolls, a foot that always stands."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.head_bars import FormerBar, TourBar
from pitso.ui.parts.words import Icon, Line, Opener, Pill, Words
from pitso.words import _, ngettext, whole

READABLE = 74
"""Greatest width of a body, in body sizes: longer lines are hard to read."""


class _Scrolled(QWidget):
    """What scrolls: as high as its words are at this width, not at the narrowest one, which would leave a void."""

    def minimumSizeHint(self) -> QSize:
        least, around = super().minimumSizeHint(), self.parentWidget()
        if not self.hasHeightForWidth() or around is None:
            return least
        return QSize(least.width(), self.heightForWidth(max(around.width(), least.width())))


class Scroll(QScrollArea):
    """A column that scrolls up and down, never sideways."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._aside = 0
        self.verticalScrollBar().rangeChanged.connect(self._settle)
        inner = _Scrolled()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.M)
        self.setWidget(inner)

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def focusNextPrevChild(self, forth: bool) -> bool:
        """Tab brings into sight what it reaches; where only what had the focus was hidden, the page stays in place."""
        focus, here = QApplication.focusWidget(), self.verticalScrollBar().value()
        moved = super().focusNextPrevChild(forth)
        if focus is not None and not focus.isVisible():
            self.verticalScrollBar().setValue(here)
        return moved

    def keep_aside(self, room: int) -> None:
        """Keep *room* free at the end of the line; the scroll bar stands in it when there is one."""
        self._aside = room
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        aside = max(self._aside - taken, 0)
        right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.column.setContentsMargins(aside if right else 0, 0, 0 if right else aside, 0)


class Panel(QFrame):
    """The pane beside a page: what the page is part of, and how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self.title = Words("", "heading")
        self.second = Words("", "small")
        self.head = QVBoxLayout()
        self.head.setSpacing(theme.XS)
        self.head.addWidget(self.title)
        self.head.addWidget(self.second)
        self.area = Scroll()
        self.foot = QVBoxLayout()
        self.foot.setSpacing(theme.S)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.XL, 0, theme.XL)
        whole.setSpacing(theme.M)
        self._scrolled = QHBoxLayout()
        right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._scrolled.setContentsMargins(0 if right else theme.XL, 0, theme.XL if right else 0, 0)
        self._scrolled.addWidget(self.area)
        self.area.keep_aside(theme.XL)
        for row in (self.head, self.foot):
            row.setContentsMargins(theme.XL, 0, theme.XL, 0)
        whole.addLayout(self.head)
        whole.addLayout(self._scrolled, 1)
        whole.addLayout(self.foot)

    @property
    def column(self) -> QVBoxLayout:
        return self.area.column

    def show_list(self, rows: QWidget) -> None:
        """Hold a list that scrolls by itself, in place of a column that scrolls."""
        self._scrolled.replaceWidget(self.area, rows)
        self._scrolled.setContentsMargins(theme.L, 0, theme.S, 0)
        self.foot.setContentsMargins(theme.L, 0, theme.L, 0)
        self.area.hide()


class Page(QWidget):
    """One thing at a time, with its place above and what comes next below.

    Signals:
        back_asked: the user goes back to where this page was reached from.
        history_asked: the user wants to see what was entered here before.
        differences_asked: the user looks at the values that were written differently in two places.
        warnings_asked: the user looks at the warnings.
        today_asked: the user has looked back enough.
        tour_asked: in the guided tour: ``show``, ``back``, ``next`` or ``end``.
    """

    help_page = ""
    panel_base = 200
    """Width of the panel besides what grows with the type."""
    back_asked = Signal()
    history_asked = Signal()
    differences_asked = Signal()
    warnings_asked = Signal()
    today_asked = Signal()
    tour_asked = Signal(str)

    def __init__(self, panel: Panel | None = None) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel = panel
        self._panel_open = False
        self._room = 0
        self._saved_words = self._saved_short = self._beside_words = ""
        self.place = Line("", "place")
        self.beside = Line("", "small")
        self.title = Words("", "title")
        self.second = Words("", "soft")
        self.bars = QVBoxLayout()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.M)
        self.area = Scroll()
        self.former_bar: FormerBar | None = None
        self.tour_bar: TourBar | None = None
        self._build()

    @property
    def body(self) -> QVBoxLayout:
        return self.area.column

    def _build(self) -> None:
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setSpacing(theme.S)
        self._scroll_box, self._fill_box = QWidget(), QWidget()
        self._scrolled, self._frame = QHBoxLayout(self._scroll_box), QHBoxLayout(self._fill_box)
        self._scrolled.addWidget(self.area)
        self._fill_box.hide()
        self._headline = self._head()
        self._former, self._tour = QHBoxLayout(), QHBoxLayout()
        column.addLayout(self._former)
        column.addLayout(self._tour)
        column.addLayout(self._headline)
        column.addWidget(self._scroll_box, 1)
        column.addWidget(self._fill_box, 1)
        column.addLayout(self.bars)
        column.addLayout(self.foot)
        self.body.addWidget(self.title)
        self.body.addWidget(self.second)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if self.panel is not None:
            whole.addWidget(self.panel)
        whole.addWidget(self._column, 1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(self.place)
        row.addWidget(self.beside)
        row.addStretch(1)
        self.panel_button = Button(_("Outline"), "quiet", icon="list", hint=_("Show or hide the outline"))
        self.panel_button.setCheckable(True)
        self.panel_button.toggled.connect(self._open_panel)
        self.panel_button.hide()
        self.story = Pill("", "accent")
        self.differ = Button("", "warn", icon="triangle-alert", hint=_("Values that differ (Ctrl+D)"))
        self.differ.clicked.connect(self.differences_asked)
        self.differ.hide()
        self.warned = Button("", "warn", icon="triangle-alert", hint=_("Warnings (Ctrl+W)"))
        self.warned.clicked.connect(self.warnings_asked)
        self.warned.hide()
        self._saved_icon = Icon("check", "done", 16)
        self.saved = Opener("", "small", whole=True)
        self.saved.pressed.connect(self.history_asked)
        for widget in (self.panel_button, self.warned, self.differ, self.story, self._saved_icon, self.saved):
            row.addWidget(widget)
        self._saved_icon.hide()
        self.saved.hide()
        return row

    def show_former(self, told: str) -> None:
        """Say what is shown in place of today; an empty text is today."""
        if told and self.former_bar is None:
            self.former_bar = FormerBar()
            self.former_bar.to_today.clicked.connect(self.today_asked)
            self._add_bar(self._former, self.former_bar)
        if self.former_bar is not None:
            self.former_bar.show_former(told)
            self.former_bar.setVisible(bool(told))

    def show_tour(self, title: str, told: str, *, first: bool, last: bool) -> None:
        """Show the step of the guided tour; an empty title is no tour."""
        if title and self.tour_bar is None:
            self.tour_bar = TourBar()
            self.tour_bar.asked.connect(self.tour_asked)
            self._add_bar(self._tour, self.tour_bar)
        if self.tour_bar is not None:
            self.tour_bar.show_step(title, told, first=first, last=last)
            self.tour_bar.setVisible(bool(title))

    def _add_bar(self, row: QHBoxLayout, bar: QWidget) -> None:
        """A bar above the head, made when it is first needed; Tab reaches it before the head all the same."""
        row.addWidget(bar)
        before = self.panel_button.previousInFocusChain() or self
        for button in bar.findChildren(Button):
            QWidget.setTabOrder(before, button)
            before = button

    def show_head(self, title: str, *, second: str = "", place: str = "", beside: str = "") -> None:
        """Say where we are and what this page is about."""
        self.title.show_words(title)
        self.second.show_words(second)
        self.place.show_words(place)
        self._beside_words = beside
        self._show_saved()
        self.setAccessibleName(title)

    def show_saved(self, words: str, short: str = "") -> None:
        """Say when the last deed was kept on this computer; *short* where there is little room."""
        self._saved_words, self._saved_short = words, short
        self._saved_icon.setVisible(bool(words))
        self._show_saved()

    def show_story(self, demonstration: bool) -> None:
        """Say that all of this is invented."""
        self.story.show_words(_("Demonstration") if demonstration else "", "accent")

    def show_differing(self, number: int) -> None:
        """Say, wherever one is, that values were written differently in two places."""
        told = ngettext("{number} value differs", "{number} values differ", number)
        self.differ.show_words(told.format(number=whole(number)))
        self.differ.setVisible(bool(number))

    def show_warned(self, number: int, *, heavy: bool) -> None:
        """Say, wherever one is, how many warnings want a look; *heavy* where one of them stops."""
        told = ngettext("{number} warning", "{number} warnings", number).format(number=whole(number))
        self.warned.show_words(_("{warnings}, stop").format(warnings=told) if heavy else told)
        self.warned.show_kind("wrong" if heavy else "warn")
        self.warned.setVisible(bool(number))

    def _show_saved(self) -> None:
        body = theme.now().body
        narrow = self._room < 45 * body
        self.beside.keep_whole(self._room >= 56 * body)
        self.beside.show_words("" if narrow else self._beside_words)
        self.saved.show_words(self._saved_short or self._saved_words if narrow else self._saved_words)
        self.saved.setToolTip(f"{self._saved_words} · {_('History (Ctrl+H)')}")
        self.panel_button.show_words("" if narrow else _("Outline"))
        self.panel_button.setAccessibleName(_("Show or hide the outline"))

    def escape(self) -> bool:
        """Close what is open on the page; was anything?"""
        return False

    def paper_wanted(self) -> str:
        """What the papers page calls the paper of what is on this page (Ctrl+P), where the place alone does not say."""
        return ""

    def take_back(self) -> bool:
        """Take back what was done last on this page and is no deed yet (Ctrl+Z); was there anything?"""
        return False

    def first_question(self) -> QWidget | None:
        """The widget that the focus goes to when the page opens."""
        return None

    def search_field(self) -> QWidget | None:
        """The field that Ctrl+F goes to."""
        return None

    def leave(self) -> None:
        """Say what was typed and not said yet; called before another page opens."""

    def focus_first(self) -> None:
        """Put the focus on the first question and bring it into sight."""
        widget = self.first_question() or self
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.area.isAncestorOf(widget):
            QTimer.singleShot(0, widget, lambda: self._bring_into_sight(widget))

    def _bring_into_sight(self, widget: QWidget) -> None:
        inner = self.area.widget()
        if inner is None or not self.area.isAncestorOf(widget):
            return
        top, high = widget.mapTo(inner, QPoint(0, 0)).y(), self.area.viewport().height()
        if top + min(widget.height(), theme.CHOICE) > high:  # of a long list its beginning is enough
            self.area.ensureVisible(0, top + min(widget.height(), high), 0, theme.L)

    def add_line(self, *widgets: QWidget | QLayout, stretch: int = -1) -> QHBoxLayout:
        """A row of the body; the widget at *stretch* takes the room that is left, else the end does."""
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        for place, widget in enumerate(widgets):
            if isinstance(widget, QLayout):
                row.addLayout(widget, 1 if place == stretch else 0)
            else:
                row.addWidget(widget, 1 if place == stretch else 0)
        if stretch < 0:
            row.addStretch(1)
        self.body.addLayout(row)
        return row

    def fill_with(self, widget: QWidget) -> None:
        """A widget that scrolls by itself and may take the place of the body."""
        self._frame.addWidget(widget)

    def show_filled(self, filled: bool) -> None:
        """Show the widget that fills the page, or the body."""
        self._fill_box.setVisible(filled)
        self._scroll_box.setVisible(not filled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        """Give the panel its width, or put it behind a button where there is no room for both."""
        body = theme.now().body
        room = self.width()
        if self.panel is not None:
            width = self.panel_base + 7 * body
            beside = room >= width + 34 * body
            self.panel.setFixedWidth(width if beside else room)
            self.panel_button.setVisible(not beside)
            self.panel.setVisible(beside or self._panel_open)
            self._column.setVisible(beside or not self._panel_open)
            room -= width if beside else 0
        self._room = room
        self._show_saved()
        side = theme.XXL if room > 45 * body else theme.L
        spare = side + max(0, room - 2 * side - READABLE * body) // 2
        column = self._column.layout()
        assert column is not None
        column.setContentsMargins(0, theme.L, 0, theme.XL)
        for row in (self._former, self._tour, self._headline, self._frame, self.bars, self.foot):
            row.setContentsMargins(spare, 0, spare, 0)
        right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._scrolled.setContentsMargins(0 if right else spare, 0, spare if right else 0, 0)
        self.area.keep_aside(spare)

    def _open_panel(self, shown: bool) -> None:
        self._panel_open = shown
        self._arrange()

    def close_panel(self) -> None:
        """Go back from the outline to the page, where only one of them has room."""
        if self._panel_open:
            self.panel_button.setChecked(False)


def rule() -> QFrame:
    """A thin line between two parts of a page."""
    line = QFrame()
    line.setProperty("line", "true")
    line.setFixedHeight(1)
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line
