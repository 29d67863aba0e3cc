"""What a person is and was: posts with their dates, training; and who holds the posts of a body."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pitso import words
from pitso.services.posts import PostLine, TrainingLine, told
from pitso.services.views import OrganisationView
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.words import Words
from pitso.words import _


class Posts(QWidget):
    """The posts of one person, with a line to add one; or, for a body, who holds its posts.

    Signals:
        taken: the body, the post, since when.
        left: the id of a post that its holder has left today.
        opened: the person or record that a line leads to.
    """

    taken = Signal(str, str, str)
    left = Signal(str)
    opened = Signal(str)

    def __init__(self, *, of_body: bool = False) -> None:
        super().__init__()
        self._of_body = of_body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, theme.S)
        column.setSpacing(theme.XS)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.XS)
        self.title = Words(_("Who holds its posts") if of_body else _("Posts"), "heading")
        column.addWidget(self.title)
        column.addLayout(self._lines)
        if not of_body:
            column.addLayout(self._build_entry())

    def _build_entry(self) -> QGridLayout:
        self.body, self.post = Picker(_("Body")), Entry(_("Post"), example=_("Chairperson, town clerk …"))
        self.since = Entry(_("Since"), example="2026-06")
        self.add = Button(_("Add the post"), icon="plus")
        for entry in (self.post, self.since):
            entry.returnPressed.connect(self._take)
        self.add.clicked.connect(self._take)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.S)
        grid.addWidget(Field(_("Post"), self.post), 0, 0)
        grid.addWidget(Field(_("Body"), self.body), 0, 1)
        grid.addWidget(Field(_("Since"), self.since), 0, 2)
        for place, share in enumerate((3, 4, 2)):
            grid.setColumnStretch(place, share)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        grid.addLayout(row, 1, 0, 1, 3)
        return grid

    def show_bodies(self, bodies: Sequence[tuple[str, str]]) -> None:
        """Offer the bodies that a post may belong to."""
        self.body.show_choices(list(bodies), self.body.code())

    def show_posts(self, lines: Sequence[PostLine], today: date) -> None:
        """Show posts, those that are held and those that were."""
        empty(self._lines)
        self.setVisible(bool(lines) or not self._of_body)
        for line in lines:
            held = line.held_on(today)
            about = line.person_name if self._of_body else line.body_name
            parts = (words.colon(line.post, about) if about else line.post, line.dates)
            row = QHBoxLayout()
            row.setSpacing(theme.M)
            row.addWidget(Words(" · ".join(part for part in parts if part), "body" if held else "soft"), 1)
            if self._of_body:
                row.addWidget(self._button(_("Open"), lambda uid=line.person: self.opened.emit(uid)))
            elif held and not line.elected:
                row.addWidget(self._button(_("Has left it"), lambda uid=line.id: self.left.emit(uid)))
            self._lines.addLayout(row)

    def _button(self, name: str, deed: object) -> Button:
        button = Button(name, "quiet")
        button.clicked.connect(lambda _checked=False: deed())  # type: ignore[operator]
        return button

    def clear(self) -> None:
        """The post was kept: the line is free for the next one."""
        self.post.clear()
        self.since.clear()

    def _take(self) -> None:
        if self.post.text().strip():
            self.taken.emit(self.body.code(), self.post.text(), self.since.text())
        else:
            self.post.setFocus()


class Training(QWidget):
    """The training that a person has had, as the records of the team tell it.

    Signals:
        opened: the record that tells of it.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        self._lines = QVBoxLayout()
        column.addWidget(Words(_("Training"), "heading"))
        column.addLayout(self._lines)

    def show_training(self, lines: Sequence[TrainingLine]) -> None:
        """Show each training; nothing where there is none."""
        empty(self._lines)
        self.setVisible(bool(lines))
        for line in lines:
            row = QHBoxLayout()
            row.addWidget(Words(words.colon(told(line.day), line.told)), 1)
            button = Button(_("Open"), "quiet")
            button.clicked.connect(lambda _checked=False, uid=line.record: self.opened.emit(uid))
            row.addWidget(button)
            self._lines.addLayout(row)


class CouncilFacts(QWidget):
    """Of which type a council is, in which district, with how many seats.

    Signals:
        described: type, district, seats as they were typed.
    """

    described = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.category, self.district = Picker(_("Type of council")), Entry(_("District or region"))
        self.seats = Entry(_("Seats"), example="12")
        self.keep = Button(_("Keep"))
        self.keep.clicked.connect(self._describe)
        for entry in (self.district, self.seats):
            entry.returnPressed.connect(self._describe)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.S, 0, theme.S)
        grid.setHorizontalSpacing(theme.S)
        grid.addWidget(Field(_("Type of council"), self.category), 0, 0)
        grid.addWidget(Field(_("District or region"), self.district), 0, 1)
        grid.addWidget(Field(_("Seats"), self.seats), 0, 2)
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addStretch(1)
        grid.addLayout(row, 1, 0, 1, 3)
        for place, share in enumerate((3, 4, 2)):
            grid.setColumnStretch(place, share)

    def show_types(self, types: Sequence[tuple[str, str]]) -> None:
        """Offer the types of councils."""
        self.category.show_choices([("", _("not noted")), *types], self.category.code())

    def show_council(self, body: OrganisationView) -> None:
        """Show what is noted of a council."""
        self.category.setCurrentIndex(max(self.category.findData(body.category), 0))
        self.district.setText(body.district)
        self.seats.setText(body.seats)

    def _describe(self) -> None:
        self.described.emit(self.category.code(), self.district.text(), self.seats.text())
