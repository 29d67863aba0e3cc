"""The readiness report: what it says, in which order, and that it is the same paper every time."""

from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
import segno
from tests.paper import reading, story

from pitso.domain.readiness.scoring import Score
from pitso.paper import sheet
from pitso.paper.documents import readiness
from pitso.paper.edges import QR, qr_words
from pitso.paper.imprint import State, digest, groups


@pytest.fixture(scope="module")
def paper() -> bytes:
    return readiness.make(story.report(), "en")


def test_the_first_page_is_for_a_reader_in_a_hurry(paper: bytes) -> None:
    first = reading.pages(paper)[0]
    view = story.report()
    for said in (*view.messages, view.verdict, *(cause.words for cause in view.causes)):
        assert said in first
    assert "Score 32.0 (possible range 29.0 to 36.0), coverage 96.0 %, confidence 91.0 %" in first
    assert "This verdict is advice by the peers. The decision is the hosts’." in first
    assert "Agreed score" in first  # the radar's key
    assert first.index(view.verdict) < first.index(view.causes[0].words) < first.index("Score 32.0")


def test_three_strengths_stand_before_any_weakness(paper: bytes) -> None:
    first = reading.pages(paper)[0]
    strong = [first.index(line.code) for line in story.report().strengths[:3]]
    assert max(strong) < first.index(story.report().messages[0]) < first.index("Not ready")


def test_a_dimension_that_is_hardly_known_shows_its_range_only(paper: bytes) -> None:
    text = reading.whole(paper)
    assert "insufficient 45.0 to 52.0 40.0 %" in text
    assert "48.0" not in text


def test_everything_that_was_said_is_printed(paper: bytes) -> None:
    text = reading.whole(paper)
    view = story.report()
    for said in (
        view.responses[0].text,
        view.minority[0].text,
        "a peer who is not named",
        view.evidence[1].text,
        "Mpho Šebata",
        "no owner yet",
        "Gate, at least 2: gate met on word only",
        "Formerly 1 Beginning (C), until 20 January 2026",
        "nala-readiness 1.0, 9f3c 21aa 0b1e 77d2",
        view.left_out[0],
    ):
        assert said in text, said
    for line in view.dimensions:
        for indicator in line.indicators:
            assert indicator.code in text


def test_each_page_says_which_paper_it_is(paper: bytes) -> None:
    pages = reading.pages(paper)
    check = groups(digest(story.report()))
    for number, page in enumerate(pages, 1):
        for said in ("LSO-RR-1", check, f"Page {number} of {len(pages)}", "DRAFT", "For: Both sides", "22 Jan 2026"):
            assert said in page, said


def test_the_paper_is_sound(paper: bytes) -> None:
    reading.sound(paper)


def test_the_qr_on_the_page_is_the_code_of_its_words(paper: bytes) -> None:
    said = qr_words(story.report().imprint, digest(story.report()))
    matrix = segno.make(said, error="m", micro=False).matrix
    with pdfplumber.open(BytesIO(paper)) as opened:
        page = opened.pages[-1]
        picture: Any = page.to_image(resolution=300).original.convert("L")
    scale = 300 / 72
    left = sheet.FILED_MARGIN + sheet.BODY_WIDTH - QR
    top = sheet.PAGE_HEIGHT - (sheet.BOTTOM_MARGIN - 6 * sheet.MM - 2)
    module = QR / (len(matrix) + 8)
    assert module > 0.4 * sheet.MM  # a cheap camera reads it
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x, y = left + (column + 4.5) * module, top + (row + 4.5) * module
            assert (picture.getpixel((int(x * scale), int(y * scale))) < 128) == bool(dark)


def test_the_qr_says_code_and_digest() -> None:
    view = story.report()
    said = qr_words(view.imprint, digest(view))
    assert said == f"PITSO:LSO-RR-1:{digest(view)[:16].upper()}"
    assert segno.make(said, error="m", micro=False).mode == "alphanumeric"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_same_value_gives_the_same_bytes_anywhere(language: str) -> None:
    here = readiness.make(story.report(), language)
    assert here == readiness.make(story.report(), language)
    expression = f"story.print_one('readiness', {language!r})"
    assert sha256(here).hexdigest() == reading.digest_elsewhere(expression)


def test_printing_again_keeps_the_digest_and_a_change_does_not() -> None:
    view = story.report()
    again = replace(view, imprint=replace(view.imprint, copy=2))
    assert digest(again) == digest(view)
    assert digest(replace(view, verdict="Ready")) != digest(view)
    assert "copy 2" in reading.pages(readiness.make(again, "en"))[0]


def test_the_state_stands_across_the_page() -> None:
    view = story.report()
    final = replace(view, imprint=replace(view.imprint, state=State.FINAL))
    shown = replace(view, imprint=replace(view.imprint, state=State.DEMONSTRATION))
    assert "DRAFT" not in reading.whole(readiness.make(final, "en"))
    assert "DEMONSTRATION" in reading.pages(readiness.make(shown, "en"))[0]


def test_many_causes_leave_the_first_page_whole() -> None:
    view = story.report()
    unknown = tuple(readiness.CauseLine(f"Gate {n} is not known", precondition=n % 2 == 0) for n in range(40))
    pages = reading.pages(readiness.make(replace(view, causes=unknown), "en"))
    assert "34 more causes stand on the next pages." in pages[0]
    assert all(any(cause.words in page for page in pages) for cause in unknown)


def test_nothing_known_makes_a_paper_too() -> None:
    view = story.report()
    nothing = Score(None, Fraction(0), Fraction(100), Fraction(0), None)
    empty = replace(
        view,
        messages=(),
        causes=(),
        overall=nothing,
        dimensions=(),
        strengths=(),
        priorities=(),
        spread=(),
        seen_differently=(),
        minority=(),
        responses=(),
        evidence=(),
        people=(),
        left_out=(),
    )
    paper = readiness.make(empty, "en")
    reading.sound(paper)
    assert "No score yet; possible range 0.0 to 100.0, coverage 0.0 %" in reading.pages(paper)[0]


@pytest.mark.parametrize("said", ["x", "W" * 80, "A & B <c>", "الجمعية (UCLG Africa) 1٬234", "word " * 1200])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_of_any_length_wrap(said: str, language: str) -> None:
    view = story.report()
    line = view.dimensions[0].indicators[0]
    wild = replace(
        view,
        title=said[:200],
        imprint=replace(view.imprint, engagement=said[:80]),
        messages=(said[:300],) * 5,
        responses=(replace(view.responses[0], text=said),),
        evidence=(replace(view.evidence[0], text=said[:900], file=said[:80]),) * 12,
        people=(replace(view.people[0], name=said[:80], role=said[:80]),) * 3,
        dimensions=(replace(view.dimensions[0], name=said[:80], indicators=(replace(line, note=said),)),),
    )
    reading.sound(readiness.make(wild, language))


def test_arabic_runs_from_the_right() -> None:
    paper = readiness.make(story.report(), "ar")
    reading.sound(paper)
    assert reading.catalogue(paper)["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_a_reader_who_hears_the_page_has_its_structure(paper: bytes) -> None:
    root = reading.catalogue(paper)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    told: list[str] = []
    tags: set[str] = set()

    def walk(element: Any) -> None:
        if isinstance(element, dict):
            tags.add(str(element.get("/S")))
            if "/Alt" in element:
                told.append(str(element["/Alt"]))
            kids = element.get("/K")
            for kid in kids if isinstance(kids, list) else [kids]:
                walk(getattr(kid, "get_object", lambda: None)())

    walk(root["/StructTreeRoot"]["/K"].get_object())
    assert {"/Document", "/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= tags
    assert any("Legal and administrative framework: 30.0" in alternative for alternative in told)
