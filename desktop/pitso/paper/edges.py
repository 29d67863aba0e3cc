"""What stands around a page: header, footer, QR, and the word of its state across it."""

from datetime import datetime, timedelta
from math import hypot
from typing import Any

from pitso import words
from pitso.paper import direction, qr, sheet, text
from pitso.paper.imprint import CODE, Imprint, State, groups
from pitso.paper.sheet import MM, Style
from pitso.paper.text import Span
from pitso.words import _

QR = 18 * MM
"""Side of the QR with its quiet zone."""


def state_words(state: State) -> str:
    """The word that stands across a page and in its footer; empty where the paper is final."""
    return {
        State.DRAFT: _("DRAFT"),
        State.FINAL: "",
        State.DEMONSTRATION: _("DEMONSTRATION"),
    }[state]


def copy_words(copy: int) -> str:
    """``copy 2``; nothing on the first one."""
    return _("copy {number}").format(number=words.whole(copy)) if copy > 1 else ""


def watermark(
    canvas: Any, imprint: Imprint, *, width: float = sheet.PAGE_WIDTH, height: float = sheet.PAGE_HEIGHT
) -> None:
    """The word of the state across a page or a part of one; on a final paper, which copy it is."""
    said = state_words(imprint.state) or copy_words(imprint.copy).upper()
    if not said:
        return
    with canvas.artifact():
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        canvas.rotate(52 if height > width else 30)
        room = 0.62 * hypot(width, height)
        size = min(96.0, room * 96 / text.measure(said, size=96, bold=True))
        (line,) = _lines(said, Style(size=size, bold=True), 2000)
        text.draw(canvas, line, -line.width / 2, -size / 3, size=size, fill=sheet.WATERMARK)
        canvas.restoreState()


def _lines(said: str, style: Style, width: float) -> tuple[text.Line, ...]:
    runs = direction.runs_right_to_left(said, document=words.right_to_left())
    return text.lay((Span(said, style.bold),), size=style.size, width=width, right_to_left=runs)


def draw(canvas: Any, imprint: Imprint, check: str, page: int, pages: int) -> None:
    """Header and footer; what begins at the reader's side begins at the right in Arabic."""
    mirrored = words.right_to_left()
    left = sheet.OPEN_MARGIN if mirrored else sheet.FILED_MARGIN
    right = left + sheet.BODY_WIDTH
    head = sheet.PAGE_HEIGHT - 16 * MM
    _rule(canvas, left, right, head - 5)
    half = sheet.BODY_WIDTH / 2 - 8
    _put(canvas, imprint.title, left, right, head, half, bold=True)
    _put(canvas, imprint.engagement, left, right, head, half, at_end=True)
    foot = sheet.BOTTOM_MARGIN - 6 * MM
    _rule(canvas, left, right, foot)
    _qr(canvas, imprint, check, left if mirrored else right - QR, foot - QR - 2)
    inner_left, inner_right = (left + QR + 6, right) if mirrored else (left, right - QR - 6)
    room = inner_right - inner_left
    _put(canvas, f"{imprint.code}   {groups(check)}", inner_left, inner_right, foot - 12, room - 90, bold=True)
    _put(
        canvas,
        _("Page {page} of {pages}").format(page=words.whole(page), pages=words.whole(pages)),
        inner_left,
        inner_right,
        foot - 12,
        88,
        at_end=True,
    )
    _put(canvas, _standing(imprint), inner_left, inner_right, foot - 24, room)
    if imprint.remark:
        _put(canvas, imprint.remark, inner_left, inner_right, foot - 36, room, bold=True)


def _standing(imprint: Imprint) -> str:
    said = [
        state_words(imprint.state),
        _("For: {reader}").format(reader=direction.own(imprint.reader)) if imprint.reader else "",
        _("as of {moment}").format(moment=_as_of(imprint.as_of)),
        _("printed on {moment}").format(moment=words.moment(imprint.printed_at)) if imprint.printed_at else "",
        copy_words(imprint.copy),
    ]
    return direction.side_by_side(said)


def _as_of(moment: datetime) -> str:
    """The same on every computer, so in the time that all of them share."""
    return f"{words.moment(moment)} UTC" if moment.utcoffset() == timedelta(0) else words.moment(moment)


def _put(
    canvas: Any,
    said: str,
    left: float,
    right: float,
    top: float,
    room: float,
    *,
    bold: bool = False,
    at_end: bool = False,
) -> None:
    style = sheet.EDGE
    lines = _lines(said, Style(size=style.size, bold=bold), room)
    if top > sheet.PAGE_HEIGHT / 2:  # the header grows upward, away from the text
        top += style.leading * (len(lines) - 1)
    for number, line in enumerate(lines):
        x = right - line.width if at_end != words.right_to_left() else left
        text.draw(canvas, line, x, top - number * style.leading, size=style.size, fill=style.grey)


def _rule(canvas: Any, left: float, right: float, y: float) -> None:
    canvas.setStrokeGray(sheet.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(left, y, right, y)


def qr_words(imprint: Imprint, check: str) -> str:
    """What the QR says: capitals, digits and dashes keep it coarse enough for a poor printer."""
    return f"PITSO:{imprint.code}:{check[:CODE]}".upper()


def _qr(canvas: Any, imprint: Imprint, check: str, x: float, y: float) -> None:
    """Drawn once as a form; each page only places it."""
    if not canvas.hasForm("qr"):
        with canvas.form("qr", QR, QR):
            qr.paint(canvas, qr_words(imprint, check), QR)
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm("qr")
    canvas.restoreState()
