"""Drawing by hand: text that wraps and mirrors, boxes, dots."""

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle

from pitso.domain.folding import spans
from pitso.ui import theme

WRAP = Qt.TextFlag.TextWordWrap
MARK = "\u200f"
"""The mark of writing from right to left; it is not seen."""


@lru_cache(maxsize=20_000)
def height_of(text: str, font: QFont, width: int) -> int:
    """The height that *text* needs when it wraps at *width*; a list asks for that of each row several times."""
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 8), 10_000), WRAP, text).height()


@lru_cache(maxsize=20_000)
def width_of(text: str, font: QFont) -> int:
    """The width of *text* on one line, with room for the last letter, which may reach beyond where it ends."""
    return QFontMetrics(font).horizontalAdvance(text) + font.pixelSize() // 2


def mirrored(rect: QRect, within: QRect) -> QRect:
    """The place of *rect*, given as for writing from left to right, in the direction that is written."""
    return QStyle.visualRect(QApplication.layoutDirection(), within, rect)


def leading() -> Qt.AlignmentFlag:
    """The side on which a line begins."""
    right = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft


def write(
    painter: QPainter, rect: QRect, text: str, font: QFont, role: str, *, centred: bool = False, look: str = ""
) -> None:
    """Write *text* into *rect*, wrapped, from the side on which a line begins; words to *look* for are marked."""
    if look and (marks := spans(text, look)):
        _write_marked(painter, rect, text, font, role, marks)
        return
    painter.setFont(font)
    painter.setPen(theme.now().colour(role))
    side = Qt.AlignmentFlag.AlignCenter if centred else leading() | Qt.AlignmentFlag.AlignVCenter
    flags = Qt.AlignmentFlag.AlignAbsolute | side
    painter.setLayoutDirection(direction_of(text))
    painter.drawText(rect, flags | WRAP, text)


def _write_marked(
    painter: QPainter, rect: QRect, text: str, font: QFont, role: str, marks: Sequence[tuple[int, int]]
) -> None:
    worn = theme.now()
    layout = QTextLayout(text, font)
    option = QTextOption(leading() | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(direction_of(text))
    layout.setTextOption(option)
    layout.setFormats([_marked(start, end, worn) for start, end in marks])
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    painter.setPen(worn.colour(role))
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - height) / 2))


def _marked(start: int, end: int, worn: theme.Theme) -> QTextLayout.FormatRange:
    mark = QTextLayout.FormatRange()
    mark.start, mark.length = start, end - start
    mark.format.setBackground(worn.colour("warn_soft"))
    mark.format.setForeground(worn.colour("ink"))
    return mark


def direction_of(text: str) -> Qt.LayoutDirection:
    """The direction in which *text* runs: that of its first letter, whatever the page around it.

    On a page from right to left a sentence with Arabic words in it runs as the page, also where a name begins it.
    """
    strong = (kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"})
    page_turned = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    from_right = any(kind != "L" for kind in strong) if page_turned else next(strong, "L") != "L"
    return Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight


def led(text: str) -> str:
    """The *text* with a mark before it that makes a label run in its direction, where its first letter does not."""
    turned = direction_of(text) == Qt.LayoutDirection.RightToLeft
    return f"{MARK}{text}" if turned and not text.startswith(MARK) else text


def elide(text: str, font: QFont, width: int) -> str:
    """The *text* on one line of *width*, with a sign where it is cut."""
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 1))


def box(painter: QPainter, rect: QRect, fill: str, edge: str, *, thick: int = 1, radius: int = theme.RADIUS) -> None:
    """A rounded box with an edge; a role of empty name means none."""
    worn = theme.now()
    pen = QPen(worn.colour(edge), thick) if edge else QPen(Qt.PenStyle.NoPen)
    painter.setPen(pen)
    painter.setBrush(worn.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = thick / 2 if edge else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def dot(painter: QPainter, centre: QPointF, radius: float, fill: str, edge: str, thick: float = 2) -> None:
    """A round dot, full or hollow."""
    worn = theme.now()
    painter.setPen(QPen(worn.colour(edge), thick) if edge else QPen(QColor(0, 0, 0, 0)))
    painter.setBrush(worn.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)
