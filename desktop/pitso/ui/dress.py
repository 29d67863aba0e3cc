"""Dressing the application: language, direction, colours, type size."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pitso import words
from pitso.ui import theme

if TYPE_CHECKING:
    from pitso.services.account import Account


def dress(application: QApplication, account: "Account") -> None:
    """Language, direction, colours and type size, as the account says."""
    words.speak(account.language)
    right = words.right_to_left()
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
    theme.wear(application, account.theme, account.body_size)
