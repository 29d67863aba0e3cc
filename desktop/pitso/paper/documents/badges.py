"""Badges: eight on a page, each with a large name and a QR that the registration desk scans."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from pitso import words
from pitso.paper import imprint as imprints
from pitso.paper import qr, sheet
from pitso.paper.canvas import Pages, press_cards
from pitso.paper.edges import watermark
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import MM, Style
from pitso.words import _

SIZE = (sheet.PAGE_WIDTH / 2, sheet.PAGE_HEIGHT / 4)
MARGIN = 8 * MM
QR = 20 * MM
NAMES = tuple(Style(size=size, leading=1.2 * size, bold=True, after=0) for size in (27, 21, 16, 13, 10, 8))
"""Sizes of a name, the largest that fits is taken."""
EVENT = Style(size=8, leading=10, grey=sheet.SOFT, after=0)
BODY = Style(size=10, leading=12.5, after=0)
SMALL_BODY = Style(size=8, leading=10, after=0)
ROLE = Style(size=9, leading=11, bold=True, after=0)


@dataclass(frozen=True)
class Badge:
    """One person's badge."""

    name: str
    body: str
    role: str
    serial: str
    """What the QR holds and what stands beside it: ``B-0042``."""


@dataclass(frozen=True)
class Badges:
    """Everything that the badges print."""

    imprint: Imprint
    event: str
    badges: tuple[Badge, ...]


def make(view: Badges, language: str) -> bytes:
    """The badges as a PDF in this *language*."""
    with words.speaking(language):
        width, height = SIZE
        places = [(column * width, (3 - row) * height) for row in range(4) for column in range(2)]
        return press_cards(
            [partial(_paint, view, badge) for badge in view.badges],
            view.imprint,
            imprints.digest(view),
            places=places,
        )


def _paint(view: Badges, badge: Badge, canvas: Pages) -> None:
    width, height = SIZE
    mirrored = words.right_to_left()
    with canvas.artifact():
        _cut_lines(canvas)
    watermark(canvas, replace(view.imprint, copy=1), width=width, height=height)
    room = width - 2 * MARGIN
    Prose(view.event, EVENT).paint(canvas, MARGIN, height - MARGIN, room)
    top = height - MARGIN - Prose(view.event, EVENT).wrap(room, 0)[1] - 6
    beside = room - QR - 4
    for prose, wide in _words(badge, room, beside, top):
        prose.paint(canvas, MARGIN + (room - wide if mirrored else 0), top, wide)
        top -= prose.wrap(wide, 0)[1] + 3
    canvas.saveState()
    canvas.translate(MARGIN if mirrored else width - MARGIN - QR, MARGIN)
    with canvas.figure(_("QR code of the badge {serial}").format(serial=badge.serial)):
        qr.paint(canvas, badge.serial, QR)
    canvas.restoreState()
    Prose(badge.serial, EVENT).paint(canvas, MARGIN + (room - beside if mirrored else 0), MARGIN + 10, beside)


def _words(badge: Badge, room: float, beside: float, top: float) -> Iterable[tuple[Prose, float]]:
    """Name over the whole width, body and role beside the QR, in the largest size in which all of it stands."""
    for name in NAMES:
        said = [(Prose(badge.name, name), room)]
        body = BODY if name.size > 13 else SMALL_BODY
        said += [(Prose(text, style), beside) for text, style in ((badge.body, body), (badge.role, ROLE)) if text]
        tall = said[0][0].wrap(room, 0)[1]
        if tall <= top - MARGIN - QR and sum(p.wrap(w, 0)[1] + 3 for p, w in said) <= top - MARGIN - 14:
            return said
    return said


def _cut_lines(canvas: Pages) -> None:
    width, height = SIZE
    canvas.setStrokeGray(sheet.LINE)
    canvas.setLineWidth(0.4)
    canvas.setDash([2, 3])
    canvas.rect(0, 0, width, height, stroke=1, fill=0)
    canvas.setDash([])
