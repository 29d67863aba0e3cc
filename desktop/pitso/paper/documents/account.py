"""A paper of parts: letters, lists and reports of the programme, each part with sentences, pairs or a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.platypus import Flowable, PageBreak

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import BODY, CELL_STRONG, SECOND
from pitso.words import _


@dataclass(frozen=True)
class Table:
    """Rows under named columns, each with its share of the width in per cent."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """A part of a paper; what it has not is left away, and a part with nothing says so."""

    heading: str = ""
    sentences: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    numbered: tuple[str, ...] = ()
    new_page: bool = False


@dataclass(frozen=True)
class Account:
    """Everything that such a paper prints."""

    imprint: Imprint
    title: str
    second: str
    parts: tuple[Part, ...]
    signers: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    """What this reader does not see, and what every paper of the engagement must say."""


def make(view: Account, language: str) -> bytes:
    """The paper as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(story(view)), view.imprint, imprints.digest(view))


def story(view: Account) -> Iterable[Flowable]:
    """What the paper is laid out of, in the language that is spoken now."""
    yield Prose(view.title, sheet.TITLE)
    if view.second:
        yield Prose(view.second, SECOND)
    for sentence in view.left_out:
        yield blocks.aside(sentence)
    for part in view.parts:
        yield from _part(part)
    if view.signers:
        yield blocks.signatures(view.signers)


def _part(part: Part) -> Iterable[Flowable]:
    if part.new_page:
        yield PageBreak()
    if part.heading:
        yield blocks.heading(part.heading)
    for sentence in part.sentences:
        yield Prose(sentence, BODY)
    if part.pairs:
        yield Grid((Column(34, "", CELL_STRONG), Column(66)), part.pairs)
    if part.table is not None and part.table.rows:
        yield Grid(tuple(Column(share, head) for head, share in part.table.columns), part.table.rows)
    if part.numbered:
        yield blocks.numbered(part.numbered)
    if not (part.sentences or part.pairs or part.numbered or (part.table is not None and part.table.rows)):
        yield blocks.aside(_("Nothing was noted."))
