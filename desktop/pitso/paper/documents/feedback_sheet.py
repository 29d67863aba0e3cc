"""The feedback sheet: two pages that peers and hosts fill together, strengths first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.handwriting import Ticks, WritingLines
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_STRONG
from pitso.words import _

ANSWER = 46.0
"""Height of a row in which the hosts answer by hand."""
POINTS = 5
"""At least so many rows: what is empty is for the talk itself."""


@dataclass(frozen=True)
class Point:
    """A point for attention, and what the hosts say to it."""

    code: str
    finding: str
    grade: str = ""
    answer: str = ""
    """``agree``, ``partly`` or ``disagree``; empty leaves the boxes open."""
    response: str = ""


@dataclass(frozen=True)
class Differently:
    """An indicator that hosts and peers see two levels or more apart."""

    code: str
    statement: str
    peers: str
    hosts: str


@dataclass(frozen=True)
class FeedbackSheet:
    """Everything that the feedback sheet prints."""

    imprint: Imprint
    title: str
    held_on: date | None
    place: str
    with_whom: str
    assessment: str
    """The assessment it speaks of, with its verdict in words."""
    strengths: tuple[str, ...]
    points: tuple[Point, ...]
    differently: tuple[Differently, ...]
    corrections: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    next_date: date | None = None
    release: int | None = None
    """0 hosts only, 1 both sides, 2 coordinating office, 3 public; None leaves the boxes open."""
    signers: tuple[tuple[str, str], ...] = ()
    """Name and role of who signs for each side."""


def make(view: FeedbackSheet, language: str) -> bytes:
    """The sheet as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: FeedbackSheet) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    told = (words.day(view.held_on) if view.held_on else "", view.place, view.with_whom, view.assessment)
    yield Prose(direction.side_by_side(told), sheet.SECOND)
    yield blocks.heading(_("What is strong already"))
    if view.strengths:
        yield blocks.numbered(view.strengths)
    yield WritingLines(max(0, 3 - len(view.strengths)))
    yield blocks.heading(_("Points for attention"))
    yield _points((*view.points, *(Point("", ""),) * (POINTS - len(view.points))))
    yield PageBreak()
    yield blocks.heading(_("What we see differently"))
    yield from _differently(view.differently)
    yield blocks.heading(_("Corrections of fact"))
    yield from _written(view.corrections, 2)
    yield blocks.heading(_("What the peers learned from the hosts"))
    yield from _written(view.learned, 2)
    yield blocks.heading(_("What comes next"))
    columns = Column(34, "", CELL_STRONG), Column(66)
    yield Grid(
        columns,
        [
            Row((_("We meet again on"), words.day(view.next_date) if view.next_date else ""), height=26),
            Row((_("Who may read this"), _readers(view.release)), height=26),
        ],
        boxed=True,
    )
    yield blocks.signatures(view.signers or (("", _("For the hosts")), ("", _("For the peers"))))


def _readers(release: int | None) -> Ticks:
    readers = _("the hosts only"), _("both sides"), _("the coordinating office"), _("everyone")
    return Ticks(readers, ticked=() if release is None else [release])


def _points(points: Sequence[Point]) -> Grid:
    answers = {"agree": [0], "partly": [1], "disagree": [2]}
    columns = (
        Column(11, _("Indicator"), CELL_STRONG),
        Column(36, _("Finding")),
        Column(9, _("Grade")),
        Column(17, _("The hosts")),
        Column(28, _("Their response")),
    )
    rows = []
    for point in points:
        boxes = Ticks([_("agree"), _("partly"), _("disagree")], ticked=answers.get(point.answer, ()))
        rows.append(Row((point.code, point.finding, point.grade, boxes, point.response), height=ANSWER))
    return Grid(columns, rows, boxed=True)


def _differently(rows: Sequence[Differently]) -> Iterable[Flowable]:
    if not rows:
        yield blocks.aside(_("Hosts and peers are nowhere two levels apart."))
        return
    columns = (
        Column(11, _("Indicator"), CELL_STRONG),
        Column(54, _("What it asks")),
        Column(18, _("Peers")),
        Column(18, _("Hosts")),
    )
    yield Grid(columns, [(row.code, row.statement, row.peers, row.hosts) for row in rows])


def _written(sentences: Sequence[str], lines: int) -> Iterable[Flowable]:
    """What was said, then lines for more."""
    if sentences:
        yield blocks.numbered(sentences, CELL)
    yield WritingLines(1 if sentences else lines)
