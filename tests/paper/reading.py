"""How tests read a paper: its text, its fonts, its inks, and whether everything lies on the page."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_float, c_int
from dataclasses import dataclass
from io import BytesIO
from math import sin
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ContentStream

ROOT = Path(__file__).parents[2]


@contextmanager
def opened(paper: bytes) -> Iterator[list[Any]]:
    """The pages of a paper, as the reader of Chromium sees them: tens of times as fast as one in Python."""
    document = pdfium.PdfDocument(paper)
    try:
        yield list(document)
    finally:
        document.close()


ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
BROKEN = "\ufffe"
"""What the reader says for a hyphen at the end of a line."""


def pages(paper: bytes) -> list[str]:
    """The text of each page, spaces made one; where Arabic stands, as the reader tells it that keeps to the order."""
    with opened(paper) as sheets:
        texts = [sheet.get_textpage().get_text_range().replace(BROKEN, "- ") for sheet in sheets]
    if any(ARABIC.search(text) for text in texts):
        texts = [page.extract_text() for page in PdfReader(BytesIO(paper)).pages]
    return [" ".join(normalize("NFC", text).split()) for text in texts]


def whole(paper: bytes) -> str:
    return " ".join(pages(paper))


@dataclass(frozen=True)
class Box:
    """Where a letter or a cell stands: points from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float
    letter: str = ""


def letters(sheet: Any) -> list[Box]:
    """Every letter of a page that is read; what runs aslant is the mark across the page."""
    text, found, box = sheet.get_textpage(), [], raw.FS_RECTF()
    height = sheet.get_height()
    for number in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, number))
        if letter.strip() and abs(sin(2 * raw.FPDFText_GetCharAngle(text, number))) < 0.01:
            raw.FPDFText_GetLooseCharBox(text, number, box)
            found.append(Box(box.left, height - box.top, box.right, height - box.bottom, letter))
    return found


def sound(paper: bytes, *, margin: float = 40) -> None:
    """All fonts embedded, all text on its page between the margins, grey only, no empty page."""
    for page in PdfReader(BytesIO(paper)).pages:
        plain: Any = page
        for font in plain["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"], font
        inks = plain.get_contents().get_data().split()
        assert not {b"rg", b"RG", b"k", b"K", b"scn", b"SCN"} & set(inks)
    with opened(paper) as sheets:
        for sheet in sheets:
            body = letters(sheet)
            assert body, "an empty page"
            assert min(letter.left for letter in body) >= margin
            assert max(letter.right for letter in body) <= sheet.get_width() - margin
            assert min(letter.top for letter in body) >= 15
            assert max(letter.bottom for letter in body) <= sheet.get_height() - 20


def cells(sheet: Any) -> list[Box]:
    """Every box of a page whose edges are drawn, also where several are one path."""
    found, fill, stroke = [], c_int(), c_int()
    for path in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        for corners in _closed(path) if stroke.value else ():
            across, down = zip(*corners, strict=True)
            height = sheet.get_height()
            found.append(Box(min(across), height - max(down), max(across), height - min(down)))
    return [cell for cell in found if cell.right - cell.left > 15 and cell.bottom - cell.top > 15]


def _closed(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The corners of each rectangle of a path, where they stand on the page."""
    x, y, matrix, corners = c_float(), c_float(), path.get_matrix(), list[tuple[float, float]]()
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            corners = []
        corners.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(corners) in (4, 5):
            yield corners


def within_cells(paper: bytes) -> int:
    """No letter crosses the edge of the cell that it stands in; returns how many letters were looked at."""
    looked = 0
    with opened(paper) as sheets:
        for sheet in sheets:
            boxes = cells(sheet)
            looked += sum(_within(letter, cell) for letter in letters(sheet) for cell in boxes)
    return looked


def _within(letter: Box, cell: Box) -> bool:
    across, down = (letter.left + letter.right) / 2, (letter.top + letter.bottom) / 2
    if not (cell.left < across < cell.right and cell.top < down < cell.bottom):
        return False
    assert cell.left - 0.5 <= letter.left, (letter, cell)
    assert letter.right <= cell.right + 0.5, (letter, cell)
    assert cell.top - 2 <= letter.top, (letter, cell)
    assert letter.bottom <= cell.bottom + 2, (letter, cell)
    return True


def scanned(paper: bytes, page: int = 0, *, dots: int = 200) -> Image.Image:
    """A page as a scanner sees it: grey, at so many dots to the inch."""
    with opened(paper) as sheets:
        picture: Image.Image = sheets[page].render(scale=dots / 72).to_pil().convert("L")
    return picture


def codes(picture: Image.Image) -> list[str]:
    """What the QR codes on a picture say, read by a reader that is not ours."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def structure(paper: bytes) -> list[tuple[str, str]]:
    """Tag and alternative words of each element in the order in which it is read aloud."""
    found: list[tuple[str, str]] = []

    def walk(element: Any) -> None:
        found.append((str(element["/S"])[1:], str(element.get("/Alt", ""))))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else []:
            walk(kid.get_object())

    walk(catalogue(paper)["/StructTreeRoot"]["/K"].get_object())
    return found


def unmarked(paper: bytes) -> list[bytes]:
    """Operators that draw outside of any marked content: nobody would hear them, or know to leave them out."""
    drawn = {b"Tj", b"TJ", b"S", b"f", b"F", b"B", b"b", b"s", b"f*", b"B*", b"Do"}
    found, depth = [], 0
    for page in PdfReader(BytesIO(paper)).pages:
        for _operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in drawn and not depth:
                found.append(operator)
        assert depth == 0
    return found


def digest_elsewhere(expression: str) -> str:
    """SHA-256 of a paper made by another process, in another zone, locale and hash seed."""
    program = f"import hashlib; from tests.paper import story; print(hashlib.sha256({expression}).hexdigest())"
    elsewhere = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "fr_FR.UTF-8",
        "LANG": "ar_EG.UTF-8",
        "PYTHONHASHSEED": "4711",
        "SOURCE_DATE_EPOCH": "1",
    }
    run = subprocess.run([sys.executable, "-c", program], env=elsewhere, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def catalogue(paper: bytes) -> Any:
    """What the file says of itself."""
    return PdfReader(BytesIO(paper)).trailer["/Root"]
