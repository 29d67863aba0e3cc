"""What a bundle brought or carried away, in plain words, for the file of both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import blocks, sheet
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import Column, Grid
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL_STRONG
from pitso.words import _


class Way(StrEnum):
    """Whether a bundle came in or went out."""

    RECEIVED = "received"
    SENT = "sent"


@dataclass(frozen=True)
class Difference:
    """Two versions of one fact, neither of them lost."""

    what: str
    here: str
    there: str


@dataclass(frozen=True)
class BundleReceipt:
    """Everything that the receipt prints."""

    imprint: Imprint
    way: Way
    bundle: str
    """Identifier of the bundle, as its file name has it."""
    sender: str
    recipient: str
    at: datetime
    new: int
    known: int
    waiting: int = 0
    """Facts that wait for what goes before them, or for a signer to be admitted."""
    missing_files: int = 0
    differences: tuple[Difference, ...] = ()
    sentences: tuple[str, ...] = ()
    """What else is to be said: what is asked for again, who is unknown."""
    records_digest: str = ""
    """The digest over all records after it, to compare with the other side."""


def make(view: BundleReceipt, language: str) -> bytes:
    """The receipt as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _story(view: BundleReceipt) -> Iterable[Flowable]:
    received = view.way is Way.RECEIVED
    yield Prose(_("Receipt for a bundle") if received else _("Bundle sent"), sheet.TITLE)
    columns = Column(36, "", CELL_STRONG), Column(64)
    rows = [
        (_("Bundle"), view.bundle),
        (_("From"), view.sender),
        (_("To"), view.recipient),
        (_("Received on") if received else _("Written on"), words.moment(view.at)),
        (_("New facts") if received else _("Facts it carries"), words.whole(view.new)),
        (_("Known before"), words.whole(view.known)),
    ]
    if received:
        rows.append((_("Waiting"), words.whole(view.waiting)))
        rows.append((_("Differences to settle"), words.whole(len(view.differences))))
        rows.append((_("Files still missing"), words.whole(view.missing_files)))
    if view.records_digest:
        rows.append((_("All records now"), imprints.groups(view.records_digest)))
    yield Grid(columns, rows)
    yield Prose(
        _("Nothing was overwritten. Receiving the same bundle again changes nothing.")
        if received
        else _("What it carries counts as safe only when the receipt of the other side has come back."),
        sheet.SECOND,
    )
    if view.differences:
        yield blocks.heading(_("Differences to settle"))
        shown = Column(34, _("What"), CELL_STRONG), Column(33, _("Here")), Column(33, _("In the bundle"))
        yield Grid(shown, [(each.what, each.here, each.there) for each in view.differences])
    if view.sentences:
        yield blocks.heading(_("What else"))
        yield blocks.numbered(view.sentences)
