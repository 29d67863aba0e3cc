"""Small pictures of each paper's first page, kept beside the tests: a broken layout shows at a glance.

``python -m tests.paper.golden`` draws them again; look at them before they are kept.
"""

from io import BytesIO
from pathlib import Path

import pdfplumber
from PIL import Image
from tests.paper import story

FOLDER = Path(__file__).parent / "golden"
DOTS = 36
"""To the inch: words are grey stripes, which is what a layout is made of."""


def drawn(kind: str) -> Image.Image:
    """The first page of a paper of the story, in grey."""
    with pdfplumber.open(BytesIO(story.print_one(kind, "en"))) as opened:
        return opened.pages[0].to_image(resolution=DOTS, antialias=True).original.convert("L")


def kept(kind: str) -> Path:
    """Where its picture lies."""
    return FOLDER / f"{kind}.png"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in story.PAPERS:
        drawn(each).save(kept(each), optimize=True)
