"""The attendance register: who came, with room to sign and for those who come late."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from reportlab.platypus import Flowable

from pitso import words
from pitso.paper import direction, sheet, text
from pitso.paper import imprint as imprints
from pitso.paper.canvas import press
from pitso.paper.grid import PAD_X, Column, Grid, Row
from pitso.paper.imprint import Imprint
from pitso.paper.prose import Prose
from pitso.paper.sheet import CELL, CELL_STRONG, MM
from pitso.words import _

ROW = 9 * MM
SIGNATURE = 35 * MM


@dataclass(frozen=True)
class Present:
    """One line of the register."""

    number: int
    """The number on the badge."""
    name: str
    body: str
    role: str = ""


@dataclass(frozen=True)
class AttendanceRegister:
    """Everything that the register prints."""

    imprint: Imprint
    title: str
    held_on: date
    place: str
    rows: tuple[Present, ...]
    blank_lines: int = 10
    """Lines for late comers; with no rows at all the register is blank."""
    left_out: tuple[str, ...] = ()
    """What this reader does not see."""


def make(view: AttendanceRegister, language: str) -> bytes:
    """The register as a PDF in this *language*."""
    with words.speaking(language):
        return press(list(_story(view)), view.imprint, imprints.digest(view))


def _number_width(view: AttendanceRegister) -> float:
    """Room for the widest number of a badge on one line."""
    largest = max((row.number for row in view.rows), default=0)
    return max(9 * MM, text.measure(words.whole(largest), size=CELL.size) + 2 * PAD_X + 1)


def _story(view: AttendanceRegister) -> Iterable[Flowable]:
    yield Prose(view.title, sheet.TITLE)
    yield Prose(direction.side_by_side((words.day(view.held_on), view.place)), sheet.SECOND)
    for sentence in view.left_out:
        yield Prose(sentence, sheet.SMALL_SECOND)
    numbers = _number_width(view)
    rest = sheet.BODY_WIDTH - SIGNATURE - numbers
    columns = (
        Column(numbers, _("No."), replace(CELL, align="end")),
        Column(0.42 * rest, _("Name"), CELL_STRONG),
        Column(0.37 * rest, _("Council or body")),
        Column(0.21 * rest, _("Role")),
        Column(SIGNATURE, _("Signature")),
    )
    rows = [Row((words.whole(row.number), row.name, row.body, row.role, ""), height=ROW) for row in view.rows]
    rows += [Row(("",) * len(columns), height=ROW)] * view.blank_lines
    count = Prose(_("Signatures on this page, counted:"), replace(CELL_STRONG, align="end"))
    foot = Row(("", "", count, "", ""), height=ROW)
    yield Grid(columns, rows, boxed=True, foot=foot)
