"""The invitation: the office's page by which a computer joins an engagement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.qr import Code
from pitso.paper.sheet import CELL_STRONG, MM, Style
from pitso.words import _

LARGEST_QR = 1000
"""Characters that a cheap camera still reads at 60 mm; a longer invitation travels as its file only."""
WORDS = Style(size=14, leading=22, bold=True, after=0)


@dataclass(frozen=True)
class Invitation:
    """Everything that the invitation prints."""

    imprint: Imprint
    office: str
    engagement: str
    invited: str
    """Name of who is invited, or empty."""
    role: str
    file_name: str
    payload: str
    """What the QR holds."""
    six_words: tuple[str, ...]
    """The office's key in words, to be read aloud."""
    valid_until: date | None = None


def make(view: Invitation, language: str) -> bytes:
    """The invitation as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: Invitation) -> Iterable[Flowable]:
    yield Prose(_("Invitation to work on {engagement}").format(engagement=direction.own(view.engagement)), sheet.TITLE)
    columns = Column(30, "", CELL_STRONG), Column(70)
    rows = [(_("From"), view.office), (_("For"), view.invited), (_("As"), view.role), (_("File"), view.file_name)]
    if view.valid_until:
        rows.append((_("Valid until"), words.day(view.valid_until)))
    yield Grid(columns, rows)
    if view.payload and len(view.payload) <= LARGEST_QR:
        yield Code(view.payload, 60 * MM, _("QR code of this invitation"))
    yield blocks.heading(_("How to join"))
    yield blocks.numbered(
        (
            _("In Pitso open Exchange, then “Who belongs”. Join with the file named above, or scan the code."),
            _("Pitso writes a request, a small file. Send it to the office or carry it there."),
            _("Telephone the office. Ask for its six words, printed below, and read out those of your computer."),
            _("The office admits you. From then on your records count, and its bundles open on your computer."),
        )
    )
    yield blocks.heading(_("The six words of the office"))
    yield Grid((Column(33), Column(33), Column(34)), [Row(cells) for cells in _in_threes(view.six_words)], boxed=True)
    yield Prose(_("Other words mean another key: stop, and ask the office."), sheet.SECOND)


def _in_threes(said: tuple[str, ...]) -> Iterable[tuple[Prose, ...]]:
    filled = [*said, *[""] * (-len(said) % 3)] or [""] * 3
    for start in range(0, len(filled), 3):
        yield tuple(
            Prose(f"{words.whole(start + place + 1)}\u2002{word}" if word else "", WORDS)
            for place, word in enumerate(filled[start : start + 3])
        )
