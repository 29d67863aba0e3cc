"""The recovery card: the printed code that opens a workspace when its passphrase is forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG, Style
from pitso.words import _

CODE = Style(size=17, leading=27, bold=True, align="centre", before=10, after=10)
GROUPS_IN_A_LINE = 4


@dataclass(frozen=True)
class RecoveryCard:
    """Everything that the card prints."""

    imprint: Imprint
    workspace: str
    made_on: date
    code: tuple[str, ...] = field(metadata={"digest": False}, repr=False)
    """Groups of the recovery code. Not in the digest, which stands on the page and in the journal."""


def make(view: RecoveryCard, language: str) -> bytes:
    """The card as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: RecoveryCard) -> Iterable[Flowable]:
    yield Prose(_("Recovery card"), sheet.TITLE)
    yield Prose(
        _("Whoever holds this card can open the workspace. Keep it apart from the computer, as you keep a key.")
    )
    columns = Column(30, "", CELL_STRONG), Column(70)
    yield Grid(columns, [(_("Workspace"), view.workspace), (_("Card made on"), words.day(view.made_on))])
    groups = [view.code[start : start + GROUPS_IN_A_LINE] for start in range(0, len(view.code), GROUPS_IN_A_LINE)]
    lines = tuple(Prose("\u2003".join(line), CODE) for line in groups)
    yield Grid((Column(100),), [Row((lines,))], boxed=True, after=10)
    yield blocks.heading(_("When the passphrase is forgotten"))
    yield blocks.numbered(
        (
            _("Open the workspace and choose “I have a recovery card”."),
            _("Type the groups from left to right, line by line. Capital or small letters do not matter."),
            _("Choose a new passphrase. This card is then worth nothing: print a new one and burn this one."),
        )
    )
    yield Prose(
        _("Without passphrase and card nobody can open the workspace: not the office, not the makers of Pitso."),
        sheet.STRONG,
    )
    yield blocks.heading(_("Who keeps it"))
    kept = Column(50, _("Name")), Column(30, _("Signature")), Column(20, _("Date"))
    yield Grid(kept, [Row(("", "", ""), height=34)] * 2, boxed=True)
