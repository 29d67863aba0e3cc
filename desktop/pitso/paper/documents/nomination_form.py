"""The nomination form: who proposes whom, who seconds, and that the candidate accepts."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.handwriting import Ticks
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG
from pitso.words import _

LINE, SIGNING = 28.0, 40.0


@dataclass(frozen=True)
class NominationForm:
    """Everything that the form prints."""

    imprint: Imprint
    body: str
    """Whose election it is."""
    positions: tuple[str, ...]
    closes: str
    """Until when it is handed in, and to whom."""
    conditions: tuple[str, ...] = ()
    """Who may stand, as the rules say it."""


def make(view: NominationForm, language: str) -> bytes:
    """The form as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: NominationForm) -> Iterable[Flowable]:
    yield Prose(_("Nomination"), sheet.TITLE)
    yield Prose(view.body, sheet.SECOND)
    if view.closes:
        yield Prose(view.closes, sheet.STRONG)
    if view.conditions:
        yield blocks.subheading(_("Who may stand"))
        yield blocks.numbered(view.conditions, sheet.SMALL)
    yield blocks.subheading(_("For which position"))
    yield Ticks(view.positions) if view.positions else _lines(_("Position"))
    yield blocks.subheading(_("The candidate"))
    yield _lines(_("Full name"), _("As on the ballot paper"), _("Council and office there"), _("Telephone, address"))
    yield blocks.subheading(_("Proposed and seconded by"))
    columns = Column(18), Column(32, _("Name")), Column(26, _("Council")), Column(24, _("Signature"))
    rows = [Row((Prose(who, CELL_STRONG), "", "", ""), height=SIGNING) for who in (_("Proposer"), _("Seconder"))]
    yield Grid(columns, rows, boxed=True)
    yield blocks.subheading(_("Consent of the candidate"))
    yield Prose(_("I accept this nomination and meet the conditions of the rules."), sheet.SMALL)
    yield Grid((Column(70, _("Signature")), Column(30, _("Date"))), [Row(("", ""), height=SIGNING)], boxed=True)
    yield blocks.subheading(_("The returning officer"))
    ruling = Ticks([_("accepted"), _("refused, because")])
    rows = [
        Row((Prose(_("Received, number"), CELL_STRONG), ""), height=LINE),
        Row((Prose(_("Ruling"), CELL_STRONG), ruling), height=SIGNING),
        Row((Prose(_("Date and signature"), CELL_STRONG), ""), height=SIGNING),
    ]
    yield Grid((Column(26), Column(74)), rows, boxed=True)


def _lines(*questions: str) -> Grid:
    rows = [Row((Prose(question, CELL_STRONG), ""), height=LINE) for question in questions]
    return Grid((Column(26), Column(74)), rows, boxed=True)
