"""Any form on paper: blank to be filled with a pen, or filled with what was answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Cell, Column, Grid, Row
from pitso.paper.handwriting import Ticks, WritingLines
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_SECOND, CELL_STRONG, HEADING, STRONG, SUBHEADING
from pitso.paper.text import Span
from pitso.words import _

LINE = 28.0
"""Height of an empty row of a table: one line by hand."""
SIGNING = 44.0


class Answer(StrEnum):
    """How a question is answered with a pen."""

    LINE = "line"
    LINES = "lines"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"
    PLACE = "place"
    FILE = "file"
    SIGNATURE = "signature"
    TICK = "tick"
    NOTE = "note"
    """Nothing is asked: words to read."""


@dataclass(frozen=True)
class Asked:
    """A question; *answer* holds the words of a filled form."""

    number: str
    """As it stands on the paper, or empty for words to read."""
    code: str
    """As the form calls it."""
    label: str
    kind: Answer
    hint: str = ""
    only_if: str = ""
    """The condition in plain words, or empty."""
    needed: bool = False
    options: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class Table:
    """A repeat whose rows are short enough to stand in a table."""

    title: str
    only_if: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    blank: int
    """Empty rows for a pen."""


@dataclass(frozen=True)
class Section:
    """A group, or one row of a repeat, with what is asked in it."""

    title: str
    depth: int
    """1 for a part of the form, 2 and more for what lies within."""
    hint: str
    only_if: str
    members: "tuple[Member, ...]"


Member: TypeAlias = Asked | Table | Section


@dataclass(frozen=True)
class FormSheet:
    """Everything that a form prints."""

    imprint: Imprint
    title: str
    form: str
    """Identifier and version: ``nala-visit 3``."""
    form_digest: str
    filled: bool
    members: tuple[Member, ...]
    about: tuple[tuple[str, str], ...] = ()
    """What is known of a filled form: who, when, of what."""


def make(view: FormSheet, language: str) -> bytes:
    """The form as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(story(view)), view.imprint, imprints.digest(view))


def story(view: FormSheet) -> Iterable[Flowable]:
    """What the paper is laid out of, in the language that is spoken now."""
    yield Prose(view.title, sheet.TITLE)
    if view.about:
        yield Grid((Column(30, "", CELL_STRONG), Column(70)), view.about)
    if not view.filled:
        columns = Column(45, _("Filled in by")), Column(30, _("Place")), Column(25, _("Date"))
        yield Grid(columns, [Row(("", "", ""), height=34)], boxed=True)
        yield Prose(_("An asterisk marks what must be answered."), sheet.SMALL_SECOND)
    yield from _members(view.members, filled=view.filled)
    made_with = _("Made from the form {form}, {digest}.")
    digest = imprints.groups(view.form_digest)
    yield Prose(made_with.format(form=direction.own(view.form), digest=digest), sheet.SMALL_SECOND)


def _members(members: Sequence[Member], *, filled: bool) -> Iterator[Flowable]:
    """Questions that follow each other stand in one table; what lies between them has its heading."""
    for asked, group in groupby(members, lambda member: isinstance(member, Asked)):
        if asked:
            yield _questions([member for member in group if isinstance(member, Asked)], filled=filled)
            continue
        for member in group:
            if isinstance(member, Section):
                yield from _section(member, filled=filled)
            elif isinstance(member, Table):
                yield from _table(member)


def _section(section: Section, *, filled: bool) -> Iterator[Flowable]:
    yield Prose(section.title, HEADING if section.depth == 1 else SUBHEADING)
    yield from _beneath(section.hint, section.only_if)
    if section.members:
        yield from _members(section.members, filled=filled)
    else:
        yield blocks.aside(_("Nothing was recorded."))


def _beneath(hint: str, only_if: str) -> Iterator[Prose]:
    if hint:
        yield Prose(hint, sheet.SMALL_SECOND)
    if only_if:
        yield Prose(only_if, sheet.SMALL_STRONG)


def _table(table: Table) -> Iterator[Flowable]:
    yield Prose(table.title, SUBHEADING)
    yield from _beneath("", table.only_if)
    rows = [Row(row) for row in table.rows] + [Row(("",) * len(table.heads), height=LINE)] * table.blank
    if rows:
        yield Grid([Column(1, head) for head in table.heads], rows, boxed=True)
    else:
        yield blocks.aside(_("Nothing was recorded."))


def _questions(asked: Sequence[Asked], *, filled: bool) -> Grid:
    rows = [Row((each.number, _cell(each, filled=filled))) for each in asked]
    return Grid((Column(7, "", CELL_STRONG), Column(93)), rows)


def _cell(asked: Asked, *, filled: bool) -> Cell:
    """The question, what helps to answer it, and the answer or room for it."""
    label = [Span(asked.label, bold=asked.kind is not Answer.NOTE)]
    if asked.needed and not filled:
        label.append(Span(" *", bold=True))
    if asked.number and asked.code:
        label.append(Span(f"\u2002{direction.own(asked.code)}"))
    said: list[Flowable] = [Prose(label, CELL)]
    if filled:
        if asked.kind is not Answer.NOTE:
            said.append(Prose(asked.answer or "–", STRONG if asked.answer else CELL_SECOND))
        return tuple(said)
    said += [Prose(text, CELL_SECOND) for text in (asked.hint,) if text]
    said += [Prose(text, CELL_STRONG) for text in (asked.only_if,) if text]
    return (*said, *_room(asked))


def _room(asked: Asked) -> Iterator[Flowable]:
    """What a hand needs to answer."""
    if asked.options:
        if asked.kind is Answer.ORDER:
            yield Prose(_("Write 1 beside the first, 2 beside the second, and so on."), CELL_SECOND)
        elif asked.kind is Answer.SEVERAL:
            yield Prose(_("Tick all that apply."), CELL_SECOND)
        yield Ticks(asked.options)
        return
    if asked.kind is Answer.SIGNATURE:
        yield Grid((Column(60), Column(40)), [Row(("", ""), height=SIGNING)], boxed=True)
        return
    told = _written_as().get(asked.kind)
    if told:
        yield Prose(told, CELL_SECOND)
    if asked.kind is Answer.TICK:
        yield Ticks([_("Yes")])
    elif asked.kind is not Answer.NOTE:
        yield WritingLines(3 if asked.kind is Answer.LINES else 1)


def _written_as() -> dict[Answer, str]:
    return {
        Answer.DATE: _("Day, month in words, year"),
        Answer.TIME: _("Hour and minute"),
        Answer.MOMENT: _("Day, month in words, year, hour and minute"),
        Answer.PLACE: _("The name of the place, or latitude and longitude"),
        Answer.FILE: _("Keep it with this paper, and write its name here"),
        Answer.ONE: _("Write one, as the list has it"),
        Answer.SEVERAL: _("Write all that apply, as the list has them"),
        Answer.ORDER: _("Write them in their order"),
    }
