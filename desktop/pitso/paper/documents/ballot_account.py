"""The account of the ballot papers of one round: made before the box is opened, ended after the count."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from reportlab.platypus import Flowable, KeepTogether

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.handwriting import WritingLines
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG
from pitso.paper.spelling import spelled
from pitso.words import _, pgettext

FIGURE = replace(CELL_STRONG, align="end")
ROW = 26.0


@dataclass(frozen=True)
class Line:
    """One figure of the account; None leaves room for a pen."""

    what: str
    number: int | None = None


@dataclass(frozen=True)
class Balance:
    """A sum that must hold, and by how much it does not; None while figures are missing."""

    words: str
    """``printed = issued + unused``"""
    difference: int | None = None
    explanation: str = ""


@dataclass(frozen=True)
class BallotAccount:
    """Everything that the account prints."""

    imprint: Imprint
    title: str
    round: str
    """``President, first round, 18 June 2026``"""
    before: tuple[Line, ...]
    """Printed, issued, unused, handed back and replaced, not returned."""
    after: tuple[Line, ...]
    """In the box, valid, blank, rejected by reason, challenged."""
    balances: tuple[Balance, ...]
    officers: tuple[tuple[str, str], ...] = ()


def make(view: BallotAccount, language: str) -> bytes:
    """The account as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: BallotAccount) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.round, sheet.SECOND)
    yield blocks.heading(_("Before the box is opened"))
    yield _figures(view.before)
    yield blocks.heading(_("After the count"))
    yield _figures(view.after)
    yield KeepTogether([blocks.heading(_("Does it add up?")), _balances(view.balances)])
    yield Prose(_("A difference is explained here and stands in the declaration. It never disappears."), sheet.SMALL)
    if any(not balance.explanation and balance.difference != 0 for balance in view.balances):
        yield WritingLines(2)
    yield blocks.signatures(
        view.officers or (("", _("Returning officer")), ("", _("Scrutineer")), ("", _("Scrutineer")))
    )


def _figures(lines: tuple[Line, ...]) -> Grid:
    columns = Column(50, pgettext("election", "Papers")), Column(16, _("Figure"), FIGURE), Column(34, _("In words"))
    rows = []
    for line in lines:
        figure = "" if line.number is None else words.whole(line.number)
        rows.append(Row((line.what, figure, "" if line.number is None else spelled(line.number)), height=ROW))
    return Grid(columns, rows, boxed=True)


def _balances(balances: tuple[Balance, ...]) -> Grid:
    columns = Column(48, _("Sum")), Column(18, _("Difference"), FIGURE), Column(34, _("Explanation"))
    rows = []
    for balance in balances:
        rows.append(Row((balance.words, _difference(balance), direction.own(balance.explanation)), height=ROW))
    return Grid(columns, rows, boxed=True)


def _difference(balance: Balance) -> str:
    if balance.difference is None:
        return ""
    if balance.difference == 0:
        return _("none")
    return words.change(Fraction(balance.difference))
