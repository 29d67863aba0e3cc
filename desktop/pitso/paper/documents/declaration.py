"""The declaration of results: who is elected, with figures also in words, every difference and lot, and signatures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from reportlab.platypus import CondPageBreak, Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_STRONG
from pitso.paper.spelling import spelled
from pitso.words import _, listed, ngettext

FIGURE = replace(CELL_STRONG, align="end")
ROOM_FOR_ONE = 190.0


@dataclass(frozen=True)
class Votes:
    """What one candidate received."""

    name: str
    council: str
    votes: Fraction
    elected: bool = False


@dataclass(frozen=True)
class Result:
    """The result of one position."""

    position: str
    places: int
    rule: str
    figures: tuple[tuple[str, int], ...]
    """Present, entitled, issued, in the box, valid, rejected: what and how many."""
    candidates: tuple[Votes, ...]
    """In the order of their votes; those elected are marked."""
    remarks: tuple[str, ...] = ()
    """Lots, differences of the account with their explanation, objections, conditions on the whole."""
    papers_digest: str = ""


@dataclass(frozen=True)
class Declaration:
    """Everything that the declaration prints."""

    imprint: Imprint
    title: str
    body: str
    held_on: date
    place: str
    results: tuple[Result, ...]
    roll_digest: str = ""
    supersedes: str = ""
    """Which earlier declaration it takes the place of, and why; or empty."""
    officers: tuple[tuple[str, str], ...] = ()


def make(view: Declaration, language: str) -> bytes:
    """The declaration as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(story(view)), view.imprint, imprints.digest(view))


def story(view: Declaration) -> Iterable[Flowable]:
    """What the paper is laid out of, in the language that is spoken now."""
    yield Prose(view.title, sheet.TITLE)
    yield Prose(direction.side_by_side((view.body, words.day(view.held_on), view.place)), sheet.SECOND)
    if view.supersedes:
        yield Prose(view.supersedes, sheet.STRONG)
    for result in view.results:
        yield CondPageBreak(ROOM_FOR_ONE)
        yield from _result(result)
    if view.roll_digest:
        yield _hash(_("Roll (SHA-256): {digest}"), view.roll_digest)
    yield blocks.signatures(
        view.officers or (("", _("Returning officer")), ("", _("Scrutineer")), ("", _("Scrutineer")))
    )


def _result(result: Result) -> Iterable[Flowable]:
    yield blocks.heading(result.position)
    elected = [one.name for one in result.candidates if one.elected]
    if elected:
        names = listed(direction.own(name) for name in elected)
        yield Prose(_("Elected: {names}.").format(names=names), sheet.STRONG)
    else:
        yield Prose(_("Nobody is elected."), sheet.STRONG)
    places = ngettext("{number} place", "{number} places", result.places).format(number=words.whole(result.places))
    yield Prose(direction.side_by_side((places, result.rule)), sheet.SMALL_SECOND)
    yield _votes(result.candidates)
    yield Grid(
        (Column(44, ""), Column(14, "", FIGURE), Column(42)),
        [(what, words.whole(number), spelled(number)) for what, number in result.figures],
    )
    if result.remarks:
        yield blocks.numbered(result.remarks, CELL)
    if result.papers_digest:
        yield _hash(_("Papers (SHA-256): {digest}"), result.papers_digest)


def _hash(said: str, digest: str) -> Prose:
    """The whole of a *digest*: anyone can compare it with the roll and with the papers as they were counted."""
    return Prose(said.format(digest=direction.own(imprints.all_groups(digest))), sheet.SMALL_SECOND)


def _votes(candidates: tuple[Votes, ...]) -> Grid:
    columns = (
        Column(28, _("Candidate"), CELL_STRONG),
        Column(24, _("Council")),
        Column(12, _("Votes"), FIGURE),
        Column(24, _("In words")),
        Column(12, ""),
    )
    rows = []
    for one in candidates:
        said = spelled(int(one.votes)) if one.votes.denominator == 1 else ""
        rows.append((one.name, one.council, words.figure(one.votes), said, _("elected") if one.elected else ""))
    return Grid(columns, rows)
