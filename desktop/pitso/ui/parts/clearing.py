"""Taking everything out of a layout, before something else is put in."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout


def empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of *layout*."""
    while (taken := layout.takeAt(0)) is not None:
        inner, widget = taken.layout(), taken.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, (QVBoxLayout, QHBoxLayout)):
            empty(inner)
