"""Dressing the application: language, direction, colours, type size."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from pitso import words
from pitso.ui import theme

if TYPE_CHECKING:
    from pitso.services.account import Account


def dress(application: QApplication, account: "Account") -> None:
    """Language, direction, colours and type size, as the account says."""
    words.speak(account.language)
    if words.right_to_left() != application.isRightToLeft():
        from PySide6.QtCore import Qt  # takes 10 ms, which the first paint need not wait for

        right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        application.setLayoutDirection(right if words.right_to_left() else left)
    theme.wear(application, account.theme, account.body_size)
