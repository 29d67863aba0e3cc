"""How tests read a paper: its text, its fonts, its inks, and whether everything lies on the page."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pdfplumber
from pypdf import PdfReader

ROOT = Path(__file__).parents[2]


def pages(paper: bytes) -> list[str]:
    """The text of each page, spaces made one."""
    return [" ".join(normalize("NFC", page.extract_text()).split()) for page in PdfReader(BytesIO(paper)).pages]


def whole(paper: bytes) -> str:
    return " ".join(pages(paper))


def sound(paper: bytes) -> None:
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
            assert min(c["x0"] for c in body) >= 40
            assert max(c["x1"] for c in body) <= float(sheet.width) - 40
            assert min(c["top"] for c in body) >= 20
            assert max(c["bottom"] for c in body) <= float(sheet.height) - 20


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
