"""Minutes and the book of resolutions: what was said, and what was decided with which votes and quorum."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, direction, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import BODY, SECOND, SMALL_SECOND
from pitso.words import _


@dataclass(frozen=True)
class Resolved:
    """A resolution: its number and title, its text, and each fact about its decision on a line."""

    heading: str
    text: str
    facts: tuple[str, ...]
    amendments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A session, or all resolutions of a book: facts, notes, resolutions."""

    heading: str
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Paragraphs."""
    resolutions: tuple[Resolved, ...] = ()


@dataclass(frozen=True)
class Proceedings:
    """Everything that minutes or a book print."""

    imprint: Imprint
    title: str
    second: str
    sections: tuple[Section, ...]
    commitments: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """What this reader does not see."""
    signers: tuple[tuple[str, str], ...] = ()


def make(view: Proceedings, language: str) -> bytes:
    """The minutes or the book as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(story(view)), view.imprint, imprints.digest(view))


def story(view: Proceedings) -> Iterable[Flowable]:
    """What the paper is laid out of, in the language that is spoken now."""
    yield Prose(view.title, sheet.TITLE)
    yield Prose(view.second, SECOND)
    for sentence in view.left_out:
        yield blocks.aside(sentence)
    for section in view.sections:
        if section.heading:
            yield blocks.heading(section.heading)
        if section.facts:
            yield Prose(direction.side_by_side(section.facts), SMALL_SECOND)
        for note in section.notes:
            yield Prose(note, BODY)
        for resolved in section.resolutions:
            yield from _resolution(resolved)
    if not view.sections:
        yield Prose(_("Nothing was noted."), BODY)
    if view.commitments:
        yield blocks.heading(_("Commitments"))
        yield blocks.numbered(view.commitments)
    yield blocks.signatures(view.signers or (("", _("Chair")), ("", _("Rapporteur"))))


def _resolution(one: Resolved) -> Iterable[Flowable]:
    yield blocks.subheading(one.heading)
    for paragraph in one.text.splitlines():
        yield Prose(paragraph, BODY)
    for fact in one.facts:
        yield Prose(fact, SMALL_SECOND)
    if one.amendments:
        yield blocks.numbered(one.amendments, SMALL_SECOND)
