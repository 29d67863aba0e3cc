"""What a scanner, a screen reader and a tired eye make of each paper."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from pypdf import PdfReader
from tests.paper import reading, story
from tests.paper.test_documents import rewritten

from pitso import words
from pitso.paper import edges, imprint
from pitso.paper.documents import attendance_register, readiness
from pitso.paper.imprint import State

WITH_CODE = [kind for kind in story.PAPERS if kind not in story.WITHOUT_EDGES]
BOXED = ("attendance-register", "rating-sheets", "consensus-sheet", "feedback", "form")


@pytest.mark.parametrize("kind", WITH_CODE)
def test_the_code_is_read_back_from_a_scan(kind: str) -> None:
    view = story.PAPERS[kind][0]()
    said = edges.qr_words(view.imprint, imprint.digest(view))
    assert said in reading.codes(reading.scanned(story.print_one(kind, "en")))


def test_the_code_is_read_from_a_poor_photograph_too() -> None:
    picture = reading.scanned(story.print_one("readiness", "ar"))
    turned = picture.rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    poor = turned.filter(ImageFilter.GaussianBlur(1)).point(lambda grey: 70 + grey // 2)
    view = story.report()
    with words.speaking("ar"):
        assert edges.qr_words(view.imprint, imprint.digest(view)) in reading.codes(poor)


@pytest.mark.parametrize("kind", BOXED)
@pytest.mark.parametrize("said", ["", "W" * 80])
def test_nothing_crosses_the_edge_of_its_cell(kind: str, said: str) -> None:
    view = story.PAPERS[kind][0]()
    if said:
        view = rewritten(view, lambda _old: said)
    for language in ("en", "ar"):
        assert reading.within_cells(story.PAPERS[kind][1](view, language)) > 50


@pytest.mark.parametrize("kind", story.PAPERS)
def test_everything_on_a_page_is_read_or_known_as_ornament(kind: str) -> None:
    assert reading.unmarked(story.print_one(kind, "en")) == []


@pytest.mark.parametrize("language", ["en", "fr", "pt", "ar"])
def test_a_paper_is_tagged_and_says_its_language_and_title(language: str) -> None:
    made = story.print_one("readiness", language)
    told = reading.structure(made)
    tags = [tag for tag, _alternative in told]
    assert tags[:2] == ["Document", "H1"]
    assert {"H2", "H3", "P", "L", "LI", "Table", "TR", "TH", "TD", "Figure"} <= set(tags)
    assert all(alternative for tag, alternative in told if tag == "Figure")
    root = reading.catalogue(made)
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/Direction"] == ("/R2L" if language == "ar" else "/L2R")
    described = root["/Metadata"].get_object().get_data().decode()
    assert f"<rdf:li>{language}</rdf:li>" in described
    assert "Lesotho 2026 · BALA" in described


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not here")
def test_poppler_reads_the_structure_back(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(story.print_one("readiness", "en"))
    told = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    assert told.index("H1 (block)") < told.index("Not ready") < told.index("Annex: all agreed answers")
    assert "\n  Figure\n" in told
    assert "rror" not in told


def test_a_preview_has_no_time_of_print_and_a_copy_has() -> None:
    view = story.report()
    moment = datetime(2026, 6, 18, 16, 5)
    left = replace(view, imprint=replace(view.imprint, printed_at=moment, copy=2, state=State.FINAL))
    assert "printed on" not in reading.whole(readiness.make(view, "en"))
    text = reading.whole(readiness.make(left, "en"))
    assert "printed on 18 Jun 2026, 16:05" in text
    assert "copy 2" in text
    assert "COPY 2" in text, "it stands across the page"
    seen = replace(left, imprint=replace(left.imprint, state=State.FINAL, copy=1))
    assert "COPY" not in reading.whole(readiness.make(seen, "en"))


def test_the_moment_of_the_records_says_its_zone() -> None:
    view = replace(story.report(), imprint=replace(story.IMPRINT, as_of=datetime(2026, 1, 22, 18, 30, tzinfo=UTC)))
    assert "as of 22 Jan 2026, 18:30 UTC" in reading.whole(readiness.make(view, "en"))


def test_a_register_of_five_thousand_names_ends_with_the_last() -> None:
    made = attendance_register.make(story.register(5000), "en")
    pages = PdfReader(BytesIO(made)).pages
    last = " ".join(pages[-1].extract_text().split())
    assert f"Page {len(pages)} of {len(pages)}" in last
    assert "\n4,982 " in pages[-2].extract_text() + pages[-3].extract_text(), "a number stands on one line"
