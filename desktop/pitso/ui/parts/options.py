"""Choices of a question: one of several, or several of them, in a column, in columns, or in one line."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from pitso.services.form_views import OptionView
from pitso.ui import icons, theme
from pitso.ui.parts import brush
from pitso.words import _

PICTURE = 72


class Option(QAbstractButton):
    """One choice: a ring or a box, its words, perhaps a picture."""

    def __init__(self, *, many: bool, bare: bool = False) -> None:
        super().__init__()
        self.option = OptionView("", "")
        self._many, self._bare, self._digit = many, bare, ""
        self._picture: QPixmap | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_option(self, option: OptionView, *, chosen: bool, digit: str = "", of: str = "") -> None:
        """Show the *option*; *of* is the question, where the choice stands far from it."""
        if option != self.option:
            self._picture = QPixmap()
            self._picture.loadFromData(option.picture or b"")
        self.option, self._digit = option, digit
        self.setAccessibleName(f"{of}: {option.label}" if of else option.label)
        self.setToolTip(_("Key {digit}").format(digit=digit) if digit else "")
        self.setChecked(chosen)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """What is chosen shows when it is kept, not before."""

    def _side(self) -> int:
        return theme.now().scaled(22)

    def _lead(self) -> int:
        picture = PICTURE + theme.M if self._picture is not None and not self._picture.isNull() else 0
        return theme.M + self._side() + theme.M + picture

    def hasHeightForWidth(self) -> bool:
        return not self._bare

    def heightForWidth(self, width: int) -> int:
        words = brush.height_of(self.option.label, theme.now().font(), width - self._lead() - theme.M)
        picture = PICTURE + theme.S if self._picture is not None and not self._picture.isNull() else 0
        return max(theme.CONTROL, words + 2 * theme.S, picture)

    def sizeHint(self) -> QSize:
        if self._bare:
            return QSize(theme.CONTROL, theme.CONTROL)
        wide = min(brush.width_of(self.option.label, theme.now().font()) + self._lead() + theme.L, 360)
        return QSize(wide, self.heightForWidth(max(self.width(), wide)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.CONTROL if self._bare else 96, theme.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; arrows, digits and Enter belong to those around."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        fill = "accent_soft" if on else ("sunken" if self.underMouse() and self.isEnabled() else "card")
        edge = "ink" if self.hasFocus() else ("accent" if on else "strong")
        if not self._bare or self.hasFocus():
            brush.box(painter, self.rect(), fill, edge, thick=2 if self.hasFocus() else 1)
        self._paint_mark(painter, on)
        if self._bare:
            return
        if self._picture is not None and not self._picture.isNull():
            spot = QRect(theme.M + self._side() + theme.M, (self.height() - PICTURE) // 2, PICTURE, PICTURE)
            fitted = self._picture.scaled(spot.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawPixmap(brush.mirrored(QRect(spot.topLeft(), fitted.size()), self.rect()), fitted)
        words = QRect(self._lead(), 0, self.width() - self._lead() - theme.M, self.height())
        ink = "ink" if self.isEnabled() else "soft"
        brush.write(painter, brush.mirrored(words, self.rect()), self.option.label, theme.now().font(), ink)

    def _paint_mark(self, painter: QPainter, on: bool) -> None:
        side = self._side()
        left = (self.width() - side) // 2 if self._bare else theme.M
        spot = brush.mirrored(QRect(left, (self.height() - side) // 2, side, side), self.rect())
        radius = 6 if self._many else side // 2
        brush.box(painter, spot, "accent" if on else "card", "accent" if on else "strong", radius=radius)
        if on and self._many:
            icons.draw(painter, "check", spot.adjusted(3, 3, -3, -3), "on_accent")
        elif on:
            inner = spot.adjusted(side // 3, side // 3, -side // 3, -side // 3)
            brush.box(painter, inner, "on_accent", "", radius=side)


class Options(QWidget):
    """The choices of one question; arrows walk, Space or a digit chooses.

    Signals:
        picked: the name of the choice that was pressed.
    """

    picked = Signal(str)

    def __init__(self, *, many: bool) -> None:
        super().__init__()
        self._many = many
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.S)
        self.buttons: list[Option] = []
        self._across = 1

    def show_options(
        self, options: Sequence[OptionView], chosen: Sequence[str], *, across: int, locked: bool, of: str
    ) -> None:
        """Show *options*, *across* of them in a line, those that are *chosen* marked."""
        while len(self.buttons) < len(options):
            button = Option(many=self._many)
            button.clicked.connect(lambda _=False, b=button: self.picked.emit(b.option.name))
            self.buttons.append(button)
        while len(self.buttons) > len(options):
            gone = self.buttons.pop()
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        across = max(1, min(across or self._fitting(options), max(len(options), 1)))
        for at, (button, option) in enumerate(zip(self.buttons, options, strict=True)):
            digit = str(at + 1) if at < 9 and len(options) < 10 else ""
            button.show_option(option, chosen=option.name in chosen, digit=digit, of=of)
            button.setEnabled(not locked)
            if self._across != across or self._grid.indexOf(button) < 0:
                self._grid.addWidget(button, at // across, at % across)
        self._across = across
        self._rove()

    def _fitting(self, options: Sequence[OptionView]) -> int:
        """How many stand in a line where the form leaves it to the screen."""
        font = theme.now().font()
        widest = max((brush.width_of(option.label, font) for option in options), default=100) + 2 * theme.CONTROL
        return max(1, min(6, (46 * theme.now().body) // max(widest, 1)))

    def _rove(self) -> None:
        """One Tab leads to the choices, the next one away from them."""
        stop = next((button for button in self.buttons if button.hasFocus()), None)
        stop = stop or next((button for button in self.buttons if button.isChecked()), None)
        stop = stop or next(iter(self.buttons), None)
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), -1)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        steps = {
            Qt.Key.Key_Down: self._across,
            Qt.Key.Key_Up: -self._across,
            Qt.Key.Key_Right: -1 if right else 1,
            Qt.Key.Key_Left: 1 if right else -1,
        }
        step, digit = steps.get(Qt.Key(event.key()), 0), event.key() - Qt.Key.Key_1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif step and 0 <= here + step < len(self.buttons):
            self.buttons[here + step].setFocus(Qt.FocusReason.TabFocusReason)
            self._rove()
        elif 0 <= digit < min(len(self.buttons), 9) and self.buttons[digit].isEnabled():
            self.buttons[digit].setFocus(Qt.FocusReason.TabFocusReason)
            self.buttons[digit].click()
        elif not step:
            super().keyPressEvent(event)
