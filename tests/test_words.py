"""Every sentence has its translation, with the same fields in it, and the program reads what the catalogues say."""

import ast
import string

import pytest

from pitso import words
from tests.words import LANGUAGES, ROOT, catalogue, compiled, missing, named, place, said, sentences, strings


def fields(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def test_no_sentence_in_the_code_is_overlooked() -> None:
    """Wherever it stands, also inside an f-string."""
    found = {(m.id if isinstance(m.id, str) else tuple(m.id), m.context) for m in sentences()}
    calls = [
        call
        for path in (ROOT / "desktop").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and named(call) in ("_", "ngettext", "pgettext")
    ]
    assert [said(call) for call in calls if said(call) not in found] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_knows_every_sentence(language: str) -> None:
    translations = catalogue(language)
    absent = [m.id for m in sentences() if m.id and translations.get(m.id, m.context) is None]
    assert absent == [], "run ./pitso words, then translate what it counts as missing"


@pytest.mark.parametrize("language", ["fr", "pt"])
def test_no_sentence_lacks_its_translation(language: str) -> None:
    assert [m.id for m in missing(catalogue(language))] == []


def test_pages_and_papers_speak_arabic() -> None:
    rooms = ("pitso/ui/", "pitso/paper/", "pitso/services/phrases.py")
    untold = [m.id for m in missing(catalogue("ar")) if any(place.startswith(rooms) for place, _line in m.locations)]
    assert untold == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_fields_of_its_sentence(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        wanted = fields(message.id if isinstance(message.id, str) else message.id[1])
        for text in filter(None, strings(message)):
            # A singular or dual may say the number in words.
            assert fields(text) == wanted or (not isinstance(message.id, str) and fields(text) <= wanted), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_words_are_those_of_the_catalogue(language: str) -> None:
    assert place(language).with_suffix(".mo").read_bytes() == compiled(catalogue(language))


def test_dates_and_numbers_follow_the_language() -> None:
    from datetime import date
    from fractions import Fraction

    told = {}
    for code in words.LANGUAGES:
        with words.speaking(code):
            told[code] = (words.day(date(2026, 1, 22)), words.tenth(Fraction(12345, 10)), words.whole(1234))
    assert told["en"] == ("22 January 2026", "1,234.5", "1,234")
    assert told["fr"][0] == "22 janvier 2026"
    assert told["fr"][1].endswith(",5")
    assert told["pt"][0] == "22 de janeiro de 2026"
    assert told["ar"][0] != told["en"][0]


@pytest.mark.parametrize(
    ("figure", "shown"), [((1, 20), "0.1"), ((1, 21), "0.0"), ((199, 20), "10.0"), ((0, 1), "0.0")]
)
def test_rounding_is_half_up_to_one_decimal(figure: tuple[int, int], shown: str) -> None:
    from fractions import Fraction

    assert words.tenth(Fraction(*figure)) == shown


def test_no_list_that_people_read_is_joined_with_a_comma_of_one_language() -> None:
    data = {"desktop/pitso/services/open_formats.py"}
    files = (ROOT / "desktop").rglob("*.py")
    found = {path.relative_to(ROOT).as_posix() for path in files if '", ".join(' in path.read_text("utf-8")}
    assert found == data, "words.listed joins them"
