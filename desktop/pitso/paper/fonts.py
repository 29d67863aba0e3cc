"""The typefaces of screen and paper: which of them has a letter, and how they stand in a PDF."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any
from unicodedata import normalize

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pitso import places

LATIN = "Noto Sans"
ARABIC = "Noto Sans Arabic"
FAMILIES = {
    LATIN: ("NotoSans-Regular", "NotoSans-Bold"),
    ARABIC: ("NotoSansArabic-Regular", "NotoSansArabic-Bold"),
    "Noto Sans Ethiopic": ("NotoSansEthiopic-Regular", "NotoSansEthiopic-Bold"),
    "Noto Sans Symbols 2": ("NotoSansSymbols2-Regular", "NotoSansSymbols2-Regular"),
}
"""Regular and bold file of each family, in the order in which they are asked for a letter."""

_PRIVATE = 0xF0000
"""A glyph that no character stands for gets this plus its number: the same in every run of the program."""


class _Typeface(TTFont):
    """A TrueType font whose shaped glyphs can be read back as the letters they show."""

    face: Any  # ReportLab's tables of the font, which its stubs leave out

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, BytesIO(data))
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(data))
        for glyph in range(self.shaper.face.glyph_count):
            if glyph not in self.face.glyphToChar:
                stand_in = _PRIVATE + glyph
                self.face.glyphToChar[glyph] = [stand_in]
                self.face.charToGlyph[stand_in] = glyph
                self.face.charWidths[stand_in] = self.thousandths(self.shaper.get_glyph_h_advance(glyph))

    def thousandths(self, figure: float) -> float:
        """A *figure* of the font in thousandths of the size."""
        return figure * 1000 / float(self.face.unitsPerEm)

    def coded(self, glyphs: str, document: Any) -> list[tuple[str, bytes]]:
        """The *glyphs* as this *document* writes them: the name of a subset, and bytes in it."""
        state: Any = self.state.get(document)
        known = [state.assignments.get(glyph, 256) for glyph in map(ord, glyphs)] if state and glyphs else [256]
        if max(known) < 256:
            return [(self.getSubsetInternalName(0, document), bytes(known))]
        return [
            (self.getSubsetInternalName(subset, document), codes)
            for subset, codes in self.splitString(glyphs, document)
        ]

    def addObjects(self, doc: Any) -> None:
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        written = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            stream = doc.idToObject[written[name].ToUnicode.name]
            stream.content = _to_unicode([self._letters(code) for code in subset])

    def _letters(self, code: int) -> str:
        if not self.face.charToGlyph.get(code):
            return "\ufffd"
        if code >= _PRIVATE:
            return self._shaped_letters.get(code - _PRIVATE, "\ufffd")
        return normalize("NFKC", chr(code)) if 0xFB50 <= code <= 0xFEFC else chr(code)

    @property
    def _shaped_letters(self) -> dict[int, str]:
        """The letter of each joined form, found by joining every letter of the font."""
        return _joined_forms(self)


def _to_unicode(letters: list[str]) -> str:
    rows = [f"<{n:02X}> <{text.encode('utf-16-be').hex().upper()}>" for n, text in enumerate(letters)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            f"1 begincodespacerange <00> <{len(letters) - 1:02X}> endcodespacerange",
            *(
                "\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"])
                for part in (rows[start : start + 100] for start in range(0, len(rows), 100))
            ),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )


@dataclass(frozen=True, eq=False)
class Face:
    """One family in one weight."""

    name: str
    """Its name in a PDF and in ReportLab."""
    family: str
    """Its name in an SVG."""
    bold: bool
    font: _Typeface
    letters: frozenset[int]

    @property
    def shaper(self) -> Any:
        """The font as HarfBuzz knows it."""
        return self.font.shaper


@cache
def face(family: str, *, bold: bool = False) -> Face:
    """The face of a family, read when it is first needed."""
    name = FAMILIES[family][bold]
    data = places.resource(f"fonts/{name}.ttf").read_bytes()
    font = _Typeface(name, data)
    letters = frozenset(code for code in font.face.charToGlyph if code < _PRIVATE)
    pdfmetrics.registerFont(font)
    return Face(name, family, bold, font, letters)


@cache
def face_of(letter: str, *, bold: bool = False) -> Face:
    """The first face that has this *letter*; Noto Sans with its empty box where none has."""
    for family in FAMILIES:
        found = face(family, bold=bold)
        if ord(letter) in found.letters:
            return found
    return face(LATIN, bold=bold)


@cache
def _joined_forms(font: _Typeface) -> dict[int, str]:
    joiner = "\u200d"
    forms: dict[int, str] = {}
    letters = [chr(code) for code in sorted(font.face.charToGlyph) if code < 0xFB50]
    pairs = ["\u0644" + alef for alef in "\u0622\u0623\u0625\u0627\u0671"]
    for text in letters + pairs:
        for before, after in (("", ""), (joiner, ""), ("", joiner), (joiner, joiner)):
            buffer = uharfbuzz.Buffer()
            buffer.add_str(before + text + after)
            buffer.guess_segment_properties()
            uharfbuzz.shape(font.shaper, buffer, {"liga": False})
            for info in buffer.glyph_infos:
                forms.setdefault(info.codepoint, text)
    return forms
