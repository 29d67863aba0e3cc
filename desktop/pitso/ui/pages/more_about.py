"""What else the desk may note of a participant; it stands in nobody's way, for it opens only when it is asked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pitso.services.attendance import answers
from pitso.services.attendance_details import Details
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.files import Thumb
from pitso.ui.parts.flow import flowing
from pitso.ui.parts.form_card import Form
from pitso.ui.parts.tick import Tick
from pitso.ui.parts.words import Words
from pitso.words import _


class MoreAboutForm(Form):
    """Language, disability, and a photograph by consent; all of it may stay empty.

    Signals:
        kept: language, code of the disability, whether the person agreed to be photographed, answer to the invitation.
        photo_asked: the same, before a photograph is chosen.
    """

    kept = Signal(str, str, bool, str)
    photo_asked = Signal(str, str, bool, str)

    def __init__(self) -> None:
        super().__init__(_("More about the person"))
        self.language, self.disability = Entry(_("Language")), Picker(_("Has a disability"))
        self.answer = Picker(_("Answer to the invitation"))
        self.consent = Tick(_("Has agreed to be shown in photographs"))
        self.consent.toggled.connect(self._agreed)
        self.thumb = Thumb()
        self.photo = Button(_("Attach a photograph"), icon="file-text")
        self.photo.clicked.connect(lambda: self.photo_asked.emit(*self._told()))
        self.keep = Button(_("Keep"), "main", icon="check")
        self.keep.clicked.connect(self.ask)
        self.column.addWidget(Words(_("None of it is needed, and none of it is printed."), "soft"))
        self.grid(
            [
                Field(_("Language"), self.language),
                Field(_("Has a disability"), self.disability),
                Field(_("Answer to the invitation"), self.answer),
            ]
        )
        self.column.addWidget(self.consent)
        self.column.addWidget(self.thumb)
        self.column.addWidget(flowing(self.keep, self.photo))

    def show_details(self, told: Details, disabilities: list[tuple[str, str]], picture: bytes | None) -> None:
        """Show what was noted before, with the photograph."""
        self.language.setText(told.language)
        self.disability.show_choices(disabilities, told.disability)
        self.answer.show_choices(list(answers().items()), told.answer)
        self.consent.setChecked(told.photo_consent)
        self.thumb.show_picture(picture, _("Photograph"))
        self._agreed(told.photo_consent)

    def _agreed(self, agreed: bool) -> None:
        self.photo.setVisible(agreed)

    def _told(self) -> tuple[str, str, bool, str]:
        return self.language.text(), self.disability.code(), self.consent.isChecked(), self.answer.code()

    def first(self) -> QWidget:
        return self.language

    def ask(self) -> None:
        self.kept.emit(*self._told())
