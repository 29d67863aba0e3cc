"""The whole engagement in one paper: its contents with their pages, then one paper after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.platypus import Flowable, PageBreak

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.contents import ContentsLine, Place
from pitso.paper.documents import account, any_form, declaration, parallel_text, proceedings, readiness
from pitso.paper.documents.account import Account
from pitso.paper.documents.any_form import FormSheet
from pitso.paper.documents.declaration import Declaration
from pitso.paper.documents.parallel_text import ParallelText
from pitso.paper.documents.proceedings import Proceedings
from pitso.paper.documents.readiness import ReadinessReport
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import SECOND
from pitso.words import _

Within: TypeAlias = Account | FormSheet | ReadinessReport | ParallelText | Proceedings | Declaration


@dataclass(frozen=True)
class Chapter:
    """One paper of the dossier."""

    title: str
    view: Within


@dataclass(frozen=True)
class Dossier:
    """Everything that the dossier prints."""

    imprint: Imprint
    title: str
    second: str
    chapters: tuple[Chapter, ...]
    left_out: tuple[str, ...] = ()


def make(view: Dossier, language: str) -> bytes:
    """The dossier as a PDF in this *language*, with bookmarks and a line that leads to each chapter."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: Dossier) -> Iterator[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.second, SECOND)
    for sentence in view.left_out:
        yield blocks.aside(sentence)
    yield blocks.heading(_("Contents"))
    for number, chapter in enumerate(view.chapters, 1):
        yield ContentsLine(f"chapter {number}", f"{words.whole(number)}  {chapter.title}")
    for number, chapter in enumerate(view.chapters, 1):
        yield PageBreak()
        yield Place(f"chapter {number}", chapter.title)
        yield from _laid(chapter.view)


def _laid(view: Within) -> Iterator[Flowable]:
    match view:
        case Account():
            yield from account.story(view)
        case FormSheet():
            yield from any_form.story(view)
        case ReadinessReport():
            yield from readiness.story(view)
        case ParallelText():
            yield from parallel_text.story(view)
        case Proceedings():
            yield from proceedings.story(view)
        case Declaration():
            yield from declaration.story(view)
