"""A form on a card: a heading, a few questions, and Enter keeps them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from pitso.ui import theme
from pitso.ui.parts.cards import Card
from pitso.ui.parts.words import Words


class Form(Card):
    """A card that asks for a few things; Enter in it keeps them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = Words(title, "heading")
        self.column.addWidget(self.heading)

    def first(self) -> QWidget:
        """The first question."""
        raise NotImplementedError

    def ask(self) -> None:
        """Say what was typed."""
        raise NotImplementedError

    def grid(self, *rows: Sequence[QWidget]) -> None:
        """Put fields in rows of equal columns."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        for down, row in enumerate(rows):
            for across, widget in enumerate(row):
                grid.addWidget(widget, down, across)
                grid.setColumnStretch(across, 1)
        self.column.addLayout(grid)
