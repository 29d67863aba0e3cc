"""Text that runs both ways, as a person who reads it expects to see it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pitso import words
from pitso.paper import direction, fonts, text
from pitso.paper.text import Span


def seen(said: str, *, right_to_left: bool = True, width: float = 2000) -> list[str]:
    """The lines as the eye meets them from left to right; glyphs turned back into the letters they show."""
    lines = text.lay((Span(said),), size=10, width=width, right_to_left=right_to_left)
    return ["".join(_shown(run) for run in line.runs) for line in lines]


def _shown(run: text.Run) -> str:
    return "".join(run.face.font._letters(ord(glyph)) for glyph in run.shaped.glyphs)


def test_a_latin_name_in_brackets_keeps_its_brackets_inside_arabic() -> None:
    (line,) = seen("الجمعية (UCLG Africa) في")
    assert "(UCLG Africa)" in line
    assert line.index("(UCLG Africa)") > line.index("ف")


def test_square_brackets_go_with_what_they_hold() -> None:
    (line,) = seen("عضو [BALA] 5%")
    assert line.startswith("5% [BALA]")


def test_an_arabic_number_is_not_turned_round() -> None:
    assert seen("1٬234") == ["1٬234"]
    assert "1٬234" in seen("عدد 1٬234 عضو")[0]


def test_a_range_reads_from_the_right() -> None:
    (line,) = seen("نسبة 32.3 (30.9–35.3)")
    assert line.startswith("(35.3–30.9) 32.3")


@pytest.mark.parametrize(("by", "eye"), [(20, "+20"), (-20, "–20")])
def test_a_change_keeps_its_sign_before_its_figure(by: int, eye: str) -> None:
    with words.speaking("ar"):
        said = words.change(Fraction(by))
    assert seen(said) == [eye]
    assert seen(f"27\n{said}") == ["27", eye]


def test_what_follows_a_word_wider_than_the_line_keeps_its_space() -> None:
    assert seen("W" * 30 + " and more", right_to_left=False, width=120)[-1].endswith("W and more")


def test_letters_join_and_are_read_back_as_themselves() -> None:
    (line,) = text.lay((Span("الجمعية"),), size=10, width=500, right_to_left=True)
    assert line.runs[0].shaped.glyphs != "ةيعمجلا"
    assert sorted(_shown(line.runs[0])) == sorted("الجمعية")


def test_an_arabic_name_stands_inside_a_latin_sentence() -> None:
    (line,) = seen("Report for الجمعية (LALA), final.", right_to_left=False)
    assert line.startswith("Report for ")
    assert line.endswith("(LALA), final.")


def test_tones_and_hacheks_sit_on_their_letters() -> None:
    for said in ("ɔ̀ ɛ́ ẹ̀", "tšwana šebeletsa", "Yorùbá á̰"):
        (line,) = text.lay((Span(said),), size=10, width=500, right_to_left=False)
        bare = text.measure(said.replace("\u0300", "").replace("\u0301", "").replace("\u0330", ""), size=10)
        assert line.width == pytest.approx(bare, abs=0.5)
        assert all(".notdef" not in run.text for run in line.runs)


def test_each_letter_is_drawn_in_a_face_that_has_it() -> None:
    (line,) = text.lay((Span("A ዲ ا ☐"),), size=10, width=500, right_to_left=False)
    assert {run.face.family for run in line.runs} == set(fonts.FAMILIES)


def test_markup_is_text() -> None:
    assert seen("A & B <c> &amp; <b>x</b>", right_to_left=False) == ["A & B <c> &amp; <b>x</b>"]


def test_what_belongs_together_stays_on_one_line() -> None:
    for said in ("a 95.5 %", "a GOV-2", "mot clé : oui"):
        wide = text.measure(said, size=10) - 1
        first = seen(said, right_to_left=False, width=wide)[0]
        assert first in ("a", "mot clé :", "mot")


def test_a_latin_sentence_keeps_its_full_stop_inside_an_arabic_one() -> None:
    (line,) = seen("السبب: " + direction.embedded("Seen at the office.", right_to_left=True))
    assert line.startswith("Seen at the office.")
    assert direction.embedded("x", right_to_left=False) == "x"


def test_a_pasted_override_does_not_print_a_name_backwards() -> None:
    assert seen("Naledi \u202eTau", right_to_left=False) == ["Naledi Tau"]
    assert direction.embedded("Tau\u202b", right_to_left=True) == "\u202aTau\u202c"


def test_a_letter_that_no_font_has_is_an_empty_box_and_no_crash() -> None:
    (line,) = text.lay((Span("a \U0001f30d"),), size=10, width=500, right_to_left=False)
    assert line.width > text.measure("a ", size=10)
    assert seen("\U0001f30d", right_to_left=False) == ["\ufffd"]


def test_a_word_of_eighty_letters_is_cut_and_not_clipped() -> None:
    lines = text.lay((Span("W" * 80),), size=10, width=100, right_to_left=False)
    assert "".join(line.text for line in lines) == "W" * 80
    assert all(line.width <= 100 for line in lines)


def test_parts_stand_in_the_order_of_the_document() -> None:
    (line,) = seen(direction.joined(["Lesotho", "22 مايو", "BALA (x)"], right_to_left=True))
    assert line.index("BALA (x)") < line.index("Lesotho")


ANYTHING = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab AB (){}[]-–/.,:%12٢٬ابجلا\u064eשש\u200f\u202b\u202c\u2067\u2069\u0301\n\t☐አ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(ANYTHING, st.booleans(), st.sampled_from([30.0, 90.0, 500.0]))
def test_whatever_was_pasted_is_laid_out_with_every_letter_once(said: str, right_to_left: bool, width: float) -> None:
    lines = text.lay((Span(said),), size=9, width=width, right_to_left=right_to_left)
    kept = sorted(letter for letter in said if letter.isalnum())
    assert sorted(letter for line in lines for letter in line.text if letter.isalnum()) == kept
    widest = 9 * 2.6 if any(ord(letter) > 0x2FF for letter in said) else 0
    assert all(line.width <= max(width, widest) + float(Fraction(1, 100)) for line in lines)
