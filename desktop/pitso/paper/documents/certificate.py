"""Certificates, of attendance or of training: one page for each person, to be signed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable, PageBreak, Spacer

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import BODY, Style
from pitso.words import _

CENTRED = replace(BODY, align="centre", size=12.0, leading=17.0, after=8.0)
NAME = Style(size=26, leading=32, bold=True, align="centre", before=14, after=4)
TITLE = Style(size=24, leading=30, bold=True, align="centre", after=20, tag="H1")
BODIES = replace(CENTRED, grey=sheet.SOFT, after=16.0)


@dataclass(frozen=True)
class Recipient:
    """Who receives a certificate."""

    name: str
    body: str = ""


@dataclass(frozen=True)
class Certificates:
    """Everything that the certificates print."""

    imprint: Imprint
    title: str
    """``Certificate of attendance``"""
    issuer: str
    deed: str
    """What the person did: ``took part in the founding workshop``."""
    facts: tuple[str, ...]
    """Dates, place, hours, subjects: a line each."""
    recipients: tuple[Recipient, ...]
    signers: tuple[tuple[str, str], ...] = ()


def make(view: Certificates, language: str) -> bytes:
    """The certificates as a PDF in this *language*, one page for each person."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: Certificates) -> Iterable[Flowable]:
    for number, recipient in enumerate(view.recipients or (Recipient(""),)):
        if number:
            yield PageBreak()
        yield Spacer(1, 30)
        yield Prose(view.issuer, CENTRED)
        yield Prose(view.title, TITLE)
        yield Prose(_("It is certified that"), CENTRED)
        yield Prose(recipient.name or "…………………………", NAME)
        yield Prose(recipient.body, BODIES)
        yield Prose(view.deed, CENTRED)
        for fact in view.facts:
            yield Prose(fact, CENTRED)
        yield Spacer(1, 16)
        yield blocks.signatures(view.signers or (("", _("For the association")),))
