"""The Lucide icons that are used, drawn in the colour of a role at the moment of painting."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from pitso import places
from pitso.ui import theme

POINTING = {"arrow-left", "arrow-right", "chevron-right", "undo-2", "list", "send", "external-link"}
"""Icons that point along the line of writing: mirrored for Arabic."""


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    svg = places.resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


def draw(painter: QPainter, name: str, rect: QRect | QRectF, role: str) -> None:
    """Draw the icon *name* into *rect*, in the colour of *role*."""
    colour = theme.now().colour(role).name()
    painter.save()
    if name in POINTING and QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        middle = QRectF(rect).center().x()
        painter.translate(2 * middle, 0)
        painter.scale(-1, 1)
    _drawing(name, colour).render(painter, QRectF(rect))
    painter.restore()


class _Drawn(QIconEngine):
    """An icon that asks the theme for its colour whenever it is painted."""

    def __init__(self, name: str, role: str, checked: str) -> None:
        super().__init__()
        self._name, self._role, self._checked = name, role, checked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = self._checked if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Disabled:
            role = "strong"
        draw(painter, self._name, rect, role)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._role, self._checked)


@cache
def icon(name: str, role: str = "ink", *, checked: str = "") -> QIcon:
    """The icon *name* in the colour of *role*; *checked* is the role it takes when its button is on."""
    return QIcon(_Drawn(name, role, checked or role))
