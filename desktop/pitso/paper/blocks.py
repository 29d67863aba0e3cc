"""Pieces that several papers share: figures with their range, verdict, numbered lists, signatures, people."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from reportlab.platypus import Flowable, KeepTogether

from pitso import words
from pitso.domain.readiness.scoring import Score
from pitso.paper import sheet
from pitso.paper.charts.picture import Drawn, Picture
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.prose import Prose
from pitso.paper.sheet import BODY, CELL, HEADING, SMALL_SECOND, SUBHEADING, Style
from pitso.paper.text import Span
from pitso.words import _


@dataclass(frozen=True)
class Participant:
    """Somebody who took part: name, role and body."""

    name: str
    role: str
    body: str


@dataclass(frozen=True)
class EvidenceItem:
    """Something that was seen or heard, and for which indicator."""

    code: str
    grade: str
    text: str
    file: str = ""


def range_words(score: Score) -> str:
    """``30.9 to 35.3``"""
    return _("{low} to {high}").format(low=words.tenth(score.low), high=words.tenth(score.high))


def share_words(share: Fraction | None) -> str:
    """A figure of per cent, or a dash where there is none."""
    return "–" if share is None else words.percent(share)


def score_words(score: Score | None, *, insufficient: bool = False) -> str:
    """A score as it stands in its own column beside range and coverage."""
    if score is None:
        return _("not applicable")
    return _("insufficient") if insufficient or score.score is None else words.tenth(score.score)


def figures(score: Score) -> str:
    """A score never stands without range, coverage and confidence."""
    if score.score is None:
        sentence = _("No score yet; possible range {range}, coverage {coverage}")
        return sentence.format(range=range_words(score), coverage=words.percent(score.coverage))
    sentence = _("Score {score} (possible range {range}), coverage {coverage}, confidence {confidence}")
    return sentence.format(
        score=words.tenth(score.score),
        range=range_words(score),
        coverage=words.percent(score.coverage),
        confidence=share_words(score.confidence),
    )


def heading(said: str) -> Prose:
    """The heading of a part."""
    return Prose(said, HEADING)


def subheading(said: str) -> Prose:
    """The heading of a piece within a part."""
    return Prose(said, SUBHEADING)


def aside(said: str) -> Prose:
    """A small remark: an empty part says that it is empty, a list how much it leaves out."""
    return Prose(said, SMALL_SECOND)


def numbered(sentences: Iterable[str], style: Style = BODY) -> "Listed":
    """Sentences with their figures before them."""
    return listed([(words.whole(number), said) for number, said in enumerate(sentences, 1)], style)


def listed(rows: Sequence[tuple[str, str]], style: Style = BODY, *, mark: float = 5.0) -> "Listed":
    """Sentences with a mark or a code before each; *mark* is its share of the width in per cent."""
    return Listed((Column(mark, "", replace(style, bold=True)), Column(100 - mark, "", style)), rows)


class Listed(Grid):
    """Rows close together and without rules: a list, not a table."""

    pad_y = 1.0
    tags = "L", "LI"

    def _cell_tag(self, _row: Any, place: int) -> str:
        return ("Lbl", "LBody")[place]

    def _draw_lines(self, row: Any, top: float) -> None:
        """None."""


class Fitted(Flowable):
    """A picture as large as the rest of the page allows, so that no page ends half empty."""

    canv: Any

    def __init__(self, make: Callable[[float], Picture], sizes: Sequence[float]) -> None:
        super().__init__()
        self._make, self._sizes = make, tuple(sizes)
        self._drawn: Drawn | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The first of the sizes, largest first, that fits; the last where none does."""
        for size in self._sizes:
            picture = self._make(size)
            if picture.height <= height:
                break
        self._drawn = Drawn(picture)
        return width, picture.height

    def draw(self) -> None:
        assert self._drawn is not None
        self._drawn.drawOn(self.canv, 0, 0)


class Verdict(Flowable):
    """The verdict with its causes first, then the figures, then whose decision it is; barred at its side."""

    canv: Any

    def __init__(self, content: Sequence[Prose]) -> None:
        super().__init__()
        self._content = tuple(content)
        self.spaceBefore, self.spaceAfter = 6.0, 8.0
        self._heights: list[float] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._width = width
        self._heights = [prose.wrap(width - 24, 0)[1] + prose.spaceAfter for prose in self._content]
        return width, sum(self._heights) + 14

    def draw(self) -> None:
        canvas = self.canv
        tall = sum(self._heights) + 14
        mirrored = words.right_to_left()
        with canvas.artifact():
            canvas.setFillGray(sheet.WASH)
            canvas.rect(0, 0, self._width, tall, stroke=0, fill=1)
            canvas.setFillGray(sheet.INK)
            canvas.rect(self._width - 4 if mirrored else 0, 0, 4, tall, stroke=0, fill=1)
        top = tall - 8
        for prose, height in zip(self._content, self._heights, strict=True):
            prose.paint(canvas, 10 if mirrored else 14, top, self._width - 24)
            top -= height


def verdict(said: str, causes: Sequence[str], score: Score, advice: str) -> Verdict:
    """The box that a reader in a hurry looks for."""
    content = [Prose(said, sheet.VERDICT)]
    content += [Prose("•\u00a0" + cause, replace(BODY, after=0.5)) for cause in causes]
    content += [Prose(figures(score), sheet.STRONG), Prose(advice, sheet.SECOND)]
    return Verdict(content)


def due_words(due: date | None) -> str:
    """A date, or that there is none yet."""
    return words.day(due) if due else _("no date yet")


def people(rows: Sequence[Participant]) -> Grid:
    """Who took part."""
    columns = Column(36, _("Name"), sheet.CELL_STRONG), Column(32, _("Role")), Column(32, _("Body"))
    return Grid(columns, [(row.name, row.role, row.body) for row in rows])


def evidence(items: Sequence[EvidenceItem]) -> Grid:
    """What was seen or heard."""
    columns = (
        Column(11, _("Indicator"), sheet.CELL_STRONG),
        Column(8, _("Grade"), Style(size=CELL.size, leading=CELL.leading, align="centre", after=0)),
        Column(57, _("Evidence")),
        Column(24, _("File")),
    )
    return Grid(columns, [(item.code, item.grade, item.text, item.file) for item in items])


def signatures(who: Sequence[tuple[str, str]], *, place_and_date: bool = True) -> KeepTogether:
    """Lines to sign on with their heading, never torn from each other: name and role in each."""
    columns = Column(46, _("Name and role")), Column(34, _("Signature")), Column(20, _("Date"))
    shown = columns if place_and_date else columns[:2]
    rows = []
    for name, role in who:
        said = Prose([Span(name, bold=True), Span(f"\n{role}" if role else "")], CELL)
        rows.append(Row((said, "", "")[: len(shown)], height=40))
    return KeepTogether([heading(_("Signatures")), Grid(shown, rows, boxed=True)])
