"""Every paper of the catalogue: sound, the same everywhere, in words of any length, in either direction."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import Any

import pytest
from tests.paper import reading, story

from pitso import words
from pitso.paper import imprint
from pitso.paper.documents import (
    bundle_receipt,
    comparison,
    consensus_sheet,
    feedback_sheet,
    invitation,
    rating_sheets,
    recovery_card,
)

EVERY = pytest.mark.parametrize("kind", story.PAPERS)


def rewritten(value: Any, change: Callable[[str], str]) -> Any:
    """A view value in which every text that a person may have written is changed."""
    if isinstance(value, imprint.Imprint):
        return replace(value, engagement=change(value.engagement)[:80])
    if is_dataclass(value) and not isinstance(value, type):
        kept: tuple[str, ...] = (
            "code",
            "grade",
            "rating",
            "payload",
            "answer",
            "peers",
            "hosts",
            "instrument_digest",
            "records_digest",
            "form_digest",
            "roll_digest",
            "serial",
            "kind",
            "number",
        )
        kept += ("papers_digest", "votes", "nontransferable")
        return replace(
            value,
            **{
                each.name: rewritten(getattr(value, each.name), change)
                for each in fields(value)
                if each.name not in kept
            },
        )
    if isinstance(value, tuple):
        if len(value) == 2 and all(isinstance(each, str) for each in value):
            return value[0], change(value[1])
        return tuple(rewritten(each, change) for each in value)
    return change(value) if type(value) is str and value else value


@EVERY
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_paper_is_sound(kind: str, language: str) -> None:
    made = story.print_one(kind, language)
    reading.sound(made, margin=story.margin(kind))
    if kind in story.WITHOUT_EDGES:
        return  # a badge is cut out, and nothing on a page of theirs may tell one copy from another
    pages = reading.pages(made)
    with words.speaking(language):
        for number, page in enumerate(pages, 1):
            assert story.PAPERS[kind][0]().imprint.code in page
            assert words.whole(number) in page


def test_all_papers_are_the_same_in_another_zone_locale_and_hash_seed() -> None:
    for language in ("fr", "ar"):
        here = sha256(story.print_all(language)).hexdigest()
        assert here == reading.digest_elsewhere(f"story.print_all({language!r})")


def test_two_threads_print_in_two_languages_at_once() -> None:
    alone = [story.print_one("readiness", language) for language in ("en", "ar")]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda language: story.print_one("readiness", language), ("en", "ar") * 2))
    assert together == alone * 2


@EVERY
@pytest.mark.parametrize("said", ["x", "W" * 80, "A & B <c> &amp; %s {x}", "الجمعية (UCLG Africa) 1٬234"])
def test_words_of_any_kind_are_printed_as_they_are(kind: str, said: str) -> None:
    view = rewritten(story.PAPERS[kind][0](), lambda _old: said)
    made = story.PAPERS[kind][1](view, "en")
    reading.sound(made, margin=story.margin(kind))
    if said.startswith("A &"):
        assert "A & B <c> &amp; %s {x}" in reading.whole(made)


@EVERY
def test_each_view_has_a_digest_of_its_own(kind: str) -> None:
    view = story.PAPERS[kind][0]()
    assert imprint.digest(view) == imprint.digest(story.PAPERS[kind][0]())
    other = replace(view, imprint=replace(view.imprint, engagement="Eswatini 2026"))
    assert imprint.digest(other) != imprint.digest(view)


def test_the_feedback_sheet_has_two_pages_and_begins_with_strengths() -> None:
    pages = reading.pages(feedback_sheet.make(story.feedback(), "en"))
    assert len(pages) == 2
    assert pages[0].index("What is strong already") < pages[0].index("Points for attention")
    blank = replace(
        story.feedback(), strengths=(), points=(), differently=(), corrections=(), learned=(), signers=(), release=None
    )
    assert len(reading.pages(feedback_sheet.make(blank, "en"))) == 2


def test_a_rating_sheet_keeps_an_indicator_on_one_page() -> None:
    view = story.sheets()
    pages = reading.pages(rating_sheets.make(view, "en"))
    for dimension in view.dimensions:
        for indicator in dimension.indicators:
            (page,) = (page for page in pages if f"{indicator.code} {indicator.statement}" in page)
            following = page.index(f"{indicator.code} {indicator.statement}")
            assert "Evidence, note" in page[following:]


def test_a_consensus_sheet_names_nobody_beside_a_rating() -> None:
    text = reading.whole(consensus_sheet.make(story.consensus(), "en"))
    assert "1 2 2 3" in text
    before_signatures = text[: text.rindex("Signatures")]
    assert "Naledi Tau" not in before_signatures


def test_a_comparison_shows_no_figure_without_range_and_coverage() -> None:
    text = reading.whole(comparison.make(story.compared(), "en"))
    assert "insufficient 45.0 to 52.0, coverage 40.0 %" in text
    assert "47 indicators stand in both" in text
    assert "What fell None." in text


def test_the_recovery_code_is_on_the_card_and_not_in_its_digest() -> None:
    view = story.card()
    text = reading.whole(recovery_card.make(view, "en"))
    assert all(group in text for group in view.code)
    assert imprint.digest(replace(view, code=("XXXX",) * 8)) == imprint.digest(view)
    assert "K7QF" not in repr(view)


def test_a_receipt_tells_what_waits() -> None:
    text = reading.whole(bundle_receipt.make(story.receipt(), "en"))
    for said in (
        "New facts 1,204",
        "Waiting 2",
        "Differences to settle 1",
        "Seats of Heron River 25 27",
        "77d2 9f3c 21aa",
    ):
        assert said in text


def test_an_invitation_too_long_for_a_camera_travels_as_a_file() -> None:
    short = invitation.make(story.invited(), "en")
    long = invitation.make(replace(story.invited(), payload="A" * 3000), "en")
    assert len(reading.pages(short)) == len(reading.pages(long)) == 1
    assert len(long) < len(short)
