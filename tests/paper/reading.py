"""How tests read a paper: its text, its fonts, its inks, and whether everything lies on the page."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pdfplumber
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ContentStream

ROOT = Path(__file__).parents[2]


def pages(paper: bytes) -> list[str]:
    """The text of each page, spaces made one."""
    return [" ".join(normalize("NFC", page.extract_text()).split()) for page in PdfReader(BytesIO(paper)).pages]


def whole(paper: bytes) -> str:
    return " ".join(pages(paper))


def sound(paper: bytes, *, margin: float = 40) -> None:
    """All fonts embedded, all text on its page between the margins, grey only, no empty page."""
    reader = PdfReader(BytesIO(paper))
    for page in reader.pages:
        plain: Any = page
        for font in plain["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"], font
        inks = plain.get_contents().get_data().split()
        assert not {b"rg", b"RG", b"k", b"K", b"scn", b"SCN"} & set(inks)
    with pdfplumber.open(BytesIO(paper)) as opened:
        for sheet in [*opened.pages[:3], *opened.pages[3:][-1:]]:  # reading each letter takes its time
            assert sheet.chars
            body = [c for c in sheet.chars if c["size"] < 40 and c["text"].strip()]
            assert min(c["x0"] for c in body) >= margin
            assert max(c["x1"] for c in body) <= float(sheet.width) - margin
            assert min(c["top"] for c in body) >= 20
            assert max(c["bottom"] for c in body) <= float(sheet.height) - 20


def within_cells(paper: bytes) -> int:
    """No letter crosses the edge of the cell that it stands in; returns how many letters were looked at."""
    looked = 0
    with pdfplumber.open(BytesIO(paper)) as opened:
        for sheet in opened.pages[:3]:
            cells = [rect for rect in sheet.rects if rect["stroke"] and rect["width"] > 15 and rect["height"] > 15]
            letters = [c for c in sheet.chars if c["size"] < 40 and c["text"].strip()]
            looked += sum(_within(letter, cell) for cell in cells for letter in letters)
    return looked


def _within(letter: dict[str, Any], cell: dict[str, Any]) -> bool:
    across, down = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    if not (cell["x0"] < across < cell["x1"] and cell["top"] < down < cell["bottom"]):
        return False
    assert cell["x0"] - 0.5 <= letter["x0"], (letter["text"], cell["x0"])
    assert letter["x1"] <= cell["x1"] + 0.5, (letter["text"], cell["x1"])
    assert cell["top"] - 2 <= letter["top"], (letter["text"], cell["top"])
    assert letter["bottom"] <= cell["bottom"] + 2, (letter["text"], cell["bottom"])
    return True


def scanned(paper: bytes, page: int = 0, *, dots: int = 200) -> Image.Image:
    """A page as a scanner sees it: grey, at so many dots to the inch."""
    with pdfplumber.open(BytesIO(paper)) as opened:
        return opened.pages[page].to_image(resolution=dots, antialias=True).original.convert("L")


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
