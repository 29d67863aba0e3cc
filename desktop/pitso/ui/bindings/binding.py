"""What all bindings have in common: they show a page its view, and show it again when it changed."""

from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from pitso.services.change import Change
from pitso.ui.hall import Hall, Place
from pitso.ui.parts.page import Page

Shown = TypeVar("Shown", bound=Page)


class Binding(QObject, Generic[Shown]):
    """Connects one page with the services."""

    kinds: frozenset[str] | None = None
    """Kinds of records that the page shows; None means that any change may touch it."""

    def __init__(self, hall: Hall, page: Shown) -> None:
        super().__init__(page)
        self.hall, self.page = hall, page
        self.place = hall.place
        self.open = False
        self.stopped = False
        hall.desk.changed.connect(self._heard)
        self.connect_page()

    def connect_page(self) -> None:
        """Connect the signals of the page with deeds."""

    def look(self) -> None:
        """Read the view of the place and show it."""

    def enter(self, place: Place) -> None:
        """The page opens at this *place*."""
        self.place, self.open = place, True
        self.look()

    def leave(self) -> None:
        self.page.leave()
        self.open = False

    def stop(self) -> None:
        """The page is closed for good: hear nothing more."""
        self.open, self.stopped = False, True
        self.hall.desk.changed.disconnect(self._heard)

    def _heard(self, change: Change) -> None:
        if self.open and (self.kinds is None or change.touches(*self.kinds)):
            self.look()
