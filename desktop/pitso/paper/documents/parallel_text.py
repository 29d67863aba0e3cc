"""A text that several parties sign, in one language or in two or three beside each other, article by article."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable, KeepTogether

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import BODY, CELL, CELL_SECOND, CELL_STRONG, SECOND, SUBHEADING
from pitso.paper.text import Span
from pitso.words import _, whole

SIGNING = 40.0


@dataclass(frozen=True)
class Article:
    """One article in one language; *translated* is False where its words stand in another one."""

    heading: str
    lines: tuple[str, ...]
    translated: bool = True


@dataclass(frozen=True)
class Wording:
    """The whole text in one language."""

    language: str
    title: str
    second: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class ParallelText:
    """Everything that such a paper prints; each of the *wordings* has the same articles."""

    imprint: Imprint
    wordings: tuple[Wording, ...]
    signers: tuple[tuple[str, str], ...]
    """Name and role of who signs; an empty name leaves room for one."""
    left_out: tuple[str, ...] = ()


def beside(one: ParallelText, other: ParallelText) -> ParallelText:
    """The same text with one language more."""
    return replace(one, wordings=one.wordings + other.wordings)


def make(view: ParallelText, language: str) -> bytes:
    """The paper as a PDF in this *language*, or in several (``en+fr``); its edges speak the first."""
    with words.speaking(language.partition("+")[0]):
        return press(list(story(view)), view.imprint, imprints.digest(view))


def story(view: ParallelText) -> Iterator[Flowable]:
    """What the paper is laid out of, in the language that is spoken now."""
    for wording in view.wordings:
        yield Prose(wording.title, sheet.TITLE if wording is view.wordings[0] else sheet.VERDICT)
    yield Prose(view.wordings[0].second, SECOND)
    for sentence in view.left_out:
        yield blocks.aside(sentence)
    yield from _alone(view.wordings[0]) if len(view.wordings) == 1 else _side_by_side(view.wordings)
    yield _signatures(view)


def _alone(wording: Wording) -> Iterator[Flowable]:
    for number, article in enumerate(wording.articles, 1):
        yield Prose(f"{whole(number)}  {article.heading}", SUBHEADING)
        for line in article.lines or ("–",):
            yield Prose(line, BODY)


def _side_by_side(wordings: tuple[Wording, ...]) -> Iterator[Flowable]:
    share = 94 / len(wordings)
    columns = [Column(6, "", CELL_STRONG), *(Column(share, words.LANGUAGES[one.language]) for one in wordings)]
    articles = zip(*map(_cells, wordings), strict=True)
    yield Grid(columns, [Row((whole(number), *row)) for number, row in enumerate(articles, 1)])


def _cells(wording: Wording) -> list[tuple[Flowable, ...]]:
    """The articles of one column, which runs as its language does."""
    with words.speaking(wording.language):
        return [_cell(article) for article in wording.articles]


def _cell(article: Article) -> tuple[Flowable, ...]:
    said = [Prose(line, CELL) for line in article.lines or ("–",)]
    untold = Prose(_("(not translated yet)"), CELL_SECOND)
    return (Prose(article.heading, CELL_STRONG), *(said if article.translated else [untold]))


def _signatures(view: ParallelText) -> Flowable:
    """Lines to sign on, with heads in every language of the paper, never torn from each other."""
    languages = [one.language for one in view.wordings]
    columns = (
        Column(46, _together(languages, lambda: _("Name and role"))),
        Column(34, _together(languages, lambda: _("Signature"))),
        Column(20, _together(languages, lambda: _("Date and place"))),
    )
    rows = [
        Row((Prose([Span(name, bold=True), Span(f"\n{role}" if role else "")], CELL), "", ""), height=SIGNING)
        for name, role in view.signers
    ]
    heading = _together(languages, lambda: _("Signatures"))
    return KeepTogether([blocks.heading(heading), Grid(columns, rows, boxed=True)])


def _together(languages: list[str], said: Callable[[], str]) -> str:
    """The same words in each language, once where two languages say the same."""
    found = []
    for language in languages:
        with words.speaking(language):
            found.append(said())
    return " / ".join(dict.fromkeys(found))
