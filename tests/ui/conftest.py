"""What the tests of the window share: an application in the clothes of Pitso."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pitso import words
from pitso.ui import theme


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, the bundled fonts, day, body 16, English; and so again after each test."""
    if not qapp.property("dressed"):
        qapp.setStyle("Fusion")
        theme.load_fonts()
        qapp.setProperty("dressed", True)
    words.speak("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if theme.now() != theme.Theme(theme.DAYLIGHT, theme.USUAL, False) or not qapp.styleSheet():
        theme.wear(qapp, theme.DAY, theme.USUAL)
    yield
    words.speak("en")
