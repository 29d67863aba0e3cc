"""The one style sheet of all papers: page, greys, sizes and spacing, in points."""

from dataclasses import dataclass, replace

MM = 72 / 25.4

PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
FILED_MARGIN = 25 * MM
"""The side with the filing holes: left, and right where the paper runs from right to left."""
OPEN_MARGIN = 17 * MM
TOP_MARGIN = 24 * MM
BOTTOM_MARGIN = 31 * MM
"""Room for a QR of 18 mm and what stands beside it."""
BODY_WIDTH = PAGE_WIDTH - FILED_MARGIN - OPEN_MARGIN
BODY_HEIGHT = PAGE_HEIGHT - TOP_MARGIN - BOTTOM_MARGIN

INK, SOFT, LINE, WASH, WATERMARK = 0.0, 0.33, 0.62, 0.93, 0.91
"""Greys from black to white: words, second words, rules, tinted ground, watermark."""

STEP = 4.0
"""All spacing is a multiple of this."""


@dataclass(frozen=True)
class Style:
    """How a piece of text stands."""

    size: float = 9.5
    leading: float = 13.0
    bold: bool = False
    grey: float = INK
    align: str = "start"
    """``start``, ``centre`` or ``end``, as the paper runs."""
    before: float = 0.0
    after: float = 3.0
    room_below: float = 0.0
    """A heading goes to the next page unless this much room is left for what follows."""
    tag: str = "P"
    """What it is in the structure of a tagged PDF."""


BODY = Style()
STRONG = replace(BODY, bold=True)
SECOND = replace(BODY, grey=SOFT)
SMALL = Style(size=8.0, leading=10.5, after=2.0)
SMALL_STRONG = replace(SMALL, bold=True)
SMALL_SECOND = replace(SMALL, grey=SOFT)
TITLE = Style(size=19.0, leading=24.0, bold=True, after=6.0, room_below=90.0, tag="H1")
HEADING = Style(size=13.0, leading=17.0, bold=True, before=14.0, after=5.0, room_below=100.0, tag="H2")
SUBHEADING = Style(size=10.5, leading=14.0, bold=True, before=6.0, after=3.0, room_below=80.0, tag="H3")
VERDICT = Style(size=15.0, leading=19.0, bold=True, after=2.0, tag="H2")
CELL = Style(size=8.5, leading=11.0, after=0.0)
CELL_STRONG = replace(CELL, bold=True)
CELL_SECOND = replace(CELL, grey=SOFT, size=7.5, leading=10.0)
HEAD = Style(size=7.2, leading=10.0, bold=True, after=0.0)
EDGE = Style(size=7.5, leading=10.0, grey=SOFT, after=0.0)
"""Header and footer."""
