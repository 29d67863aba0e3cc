"""Sending: for whom, for whose eyes, where to; one deed, with its progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pitso import words
from pitso.services.sending import SHORTEST
from pitso.services.views import PartyLine
from pitso.ui import theme
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.choice import Choice
from pitso.ui.parts.clearing import empty
from pitso.ui.parts.fields import Entry, Field, Picker
from pitso.ui.parts.page import Page
from pitso.ui.parts.progress import Progress
from pitso.ui.parts.words import Words
from pitso.words import _, ngettext

PASSPHRASE, OPEN = "passphrase", "open"
TEAM = "team"
ELSEWHERE = ""


@dataclass(frozen=True)
class Sending:
    """What a person asked for."""

    to: str
    """The key of a party, `PASSPHRASE` or `OPEN`."""
    reader: str
    passphrase: str
    folder: Path | None
    """A drive; None where the person chooses another folder."""
    receipt: bool


class SendPage(Page):
    """Asks for whom a bundle is, and where it goes.

    Signals:
        sent: a Sending.
        stop_asked: the user stops the writing.
    """

    help_page = "send"
    sent = Signal(object)
    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[str, Choice] = {}
        self._of: dict[str, str] = {}
        self.choices = QVBoxLayout()
        self.choices.setSpacing(theme.S)
        self.passphrase, self.again = Entry(_("Passphrase")), Entry(_("The same again"))
        for entry in (self.passphrase, self.again):
            entry.setEchoMode(Entry.EchoMode.Password)
        self.passphrase_field = Field(
            _("Passphrase"),
            self.passphrase,
            hint=_("Several words. Tell it to the receiver by voice, never beside it."),
        )
        self.again_field = Field(_("The same again"), self.again)
        self.reader = Picker(_("For whose eyes"))
        self.reader.currentIndexChanged.connect(self._stand)
        self.reader_told = Words("", "small")
        self.where = Picker(_("Where it goes"))
        self.body.addWidget(Words(_("For whom"), "heading"))
        self.body.addLayout(self.choices)
        self.nobody_known = Words(
            _("To lock a bundle for the office or the team, join the office first: Exchange, Who belongs."), "soft"
        )
        self.body.addWidget(self.nobody_known)
        self.body.addWidget(self.passphrase_field)
        self.body.addWidget(self.again_field)
        self.body.addWidget(Field(_("For whose eyes"), self.reader))
        self.body.addWidget(self.reader_told)
        self.body.addWidget(Field(_("Where it goes"), self.where))
        self.progress = Progress()
        self.progress.stop_asked.connect(self.stop_asked)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.cancel = Button(_("Back"))
        self.cancel.clicked.connect(self.back_asked)
        self.receipt = Button(_("Only a receipt"), hint=_("No entries: it says what is held here"))
        self.receipt.clicked.connect(lambda: self._send(receipt=True))
        self.write = Button(_("Write the bundle"), "main", icon="send")
        self.write.clicked.connect(lambda: self._send(receipt=False))
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        self.foot.addWidget(self.receipt)
        self.foot.addWidget(self.write)

    # ---- what is shown -------------------------------------------------------------------------------------

    def show_sending(
        self,
        parties: Sequence[PartyLine],
        *,
        readers: Sequence[tuple[str, str]],
        drives: Sequence[tuple[str, str]],
        kept: int,
    ) -> None:
        """Offer the *parties* that it can be locked for, the *readers* as (code, words), and the *drives* by folder."""
        self.show_head(
            _("Send"), second=_("One file, for a stick or a message. Pitso uses no network: you carry it, or send it.")
        )
        chosen = self.to()
        self._offer(parties, kept)
        self.nobody_known.setVisible(not parties)
        self._of = {party.key: party.reader for party in parties}
        self.reader.show_choices(list(readers), self.reader.code())
        self._choose(chosen if chosen in self._choices else next(iter(self._choices)))
        places = [*drives, (ELSEWHERE, _("Choose a folder …"))]
        self.where.show_choices(places, self.where.code() or places[0][0])
        self._stand()

    def _offer(self, parties: Sequence[PartyLine], kept: int) -> None:
        empty(self.choices)
        self._choices.clear()
        for party in parties:
            told = ngettext("{number} entry is lacking there.", "{number} entries are lacking there.", party.unsent)
            if not party.unsent:
                told = _("Everything is held there already.")
            told = told.format(number=words.whole(party.unsent))
            self._add(party.key, party.name, f"{_('Locked: nobody else can open it.')} {told}")
        everything = ngettext("{number} entry", "{number} entries", kept).format(number=words.whole(kept))
        told = _("Locked by a passphrase that you tell the receiver. Everything is inside: {entries}.")
        self._add(PASSPHRASE, _("Whoever knows a passphrase"), told.format(entries=everything))
        told = _("Signed, but readable by anyone who finds it. Everything is inside: {entries}.")
        self._add(OPEN, _("Anybody"), told.format(entries=everything))

    def _add(self, key: str, name: str, told: str) -> None:
        choice = Choice(str(len(self._choices) + 1))
        choice.show_choice(name, told)
        self._choices[key] = choice
        choice.clicked.connect(lambda: self._choose(key))
        self.choices.addWidget(choice)

    def _choose(self, to: str) -> None:
        """For whom, and with that for whose eyes it usually is."""
        if to != self.to():
            self.reader.setCurrentIndex(max(self.reader.findData(self._of.get(to, TEAM)), 0))
        for key, choice in self._choices.items():
            choice.setChecked(key == to)
        self._stand()

    def to(self) -> str:
        """For whom: the key of the choice that is made."""
        return next((key for key, choice in self._choices.items() if choice.isChecked()), "")

    def _stand(self) -> None:
        locked = self.to() == PASSPHRASE
        self.passphrase_field.setVisible(locked)
        self.again_field.setVisible(locked)
        self.reader_told.show_words(
            {
                "team": _("The whole: individual ratings and notes too."),
                "both": _("Without what stays in the team: individual ratings, notes and evidence of the peers."),
                "office": _("Without what stays in the team: individual ratings, notes and evidence of the peers."),
                "public": _("Without names of persons and without what stays in the team."),
            }.get(self.reader.code(), "")
        )

    def show_working(self, working: bool) -> None:
        """While a bundle is written no other can be; all else goes on."""
        self.write.setEnabled(not working)
        self.receipt.setEnabled(not working)
        self.progress.show_working(_("Writing the bundle …") if working else "")

    def forget_passphrase(self) -> None:
        self.passphrase.clear()
        self.again.clear()

    # ---- what is said --------------------------------------------------------------------------------------

    def _send(self, *, receipt: bool) -> None:
        if self.to() == PASSPHRASE and not self._passphrase_is_sound():
            return
        folder = self.where.code()
        passphrase = self.passphrase.text() if self.to() == PASSPHRASE else ""
        asked = Sending(self.to(), self.reader.code(), passphrase, Path(folder) if folder else None, receipt)
        self.sent.emit(asked)

    def _passphrase_is_sound(self) -> bool:
        short = len(self.passphrase.text()) < SHORTEST
        fault = _("Take at least {number} letters; several words are best.").format(number=SHORTEST)
        self.passphrase_field.show_fault(fault if short else "")
        differs = self.passphrase.text() != self.again.text()
        self.again_field.show_fault(_("The two are not the same; type them again.") if differs and not short else "")
        if short or differs:
            (self.passphrase if short else self.again).setFocus()
        return not short and not differs

    def first_question(self) -> QWidget | None:
        return self._choices.get(self.to())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if digit.isdigit() and 0 < int(digit) <= len(self._choices):
            self._choose(list(self._choices)[int(digit) - 1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.write.isEnabled():
            self._send(receipt=False)
        else:
            super().keyPressEvent(event)
