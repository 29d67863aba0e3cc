"""What a person's hands do: press keys, type words, click."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NONE = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press one key while *widget* has the focus."""
    QTest.keyClick(widget, key, modifier)


def write(widget: QWidget, words: str) -> None:
    """Type *words* into *widget*."""
    QTest.keyClicks(widget, words)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click on the middle of *widget*, or *at* a point of it."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at or widget.rect().center())
