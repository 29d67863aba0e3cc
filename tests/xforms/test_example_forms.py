"""Whole forms convert, open, are filled at random, and come back from their submission unchanged."""

from __future__ import annotations

import random
from functools import cache
from importlib.resources import files

import pytest

from pitso.xforms import Form, Session, convert, read_form
from tests.xforms.example_forms import EXAMPLES
from tests.xforms.scenario import environment, recalculated, state_of

SAMPLES = {
    "integer": ["0", "3", "17", "x"],
    "decimal": ["0.5", "-2", "1e3"],
    "range": ["0", "4", "0.25"],
    "date": ["2010-05-05", "1960-12-31", "2026-01-22", "2026-13-01"],
    "time": ["08:30:00.000+02:00", "late"],
    "dateTime": ["2026-01-20T08:30", "2026-01-20T08:30:00.000+02:00"],
    "geopoint": ["-29.3 27.5 1600 5", "somewhere"],
    "geotrace": ["0 0 0 0;1 1 0 0"],
    "geoshape": ["0 0;0 1;1 1;0 0"],
    "acknowledge": ["OK"],
}
WORDS = ["", "Mpho", "كتاب", "Élève & <fils>", "two words", "'", '"', "1", "2"]


@cache
def form_named(name: str) -> Form:
    example = EXAMPLES[name]
    return read_form(convert(example.xlsx).xform, media=dict(example.media))


def an_answer(session: Session, path: str, kind: str, draw: random.Random) -> str:
    if kind in ("select_one", "select_multiple", "rank"):
        names = [option.name for option in session.choices(path)]
        draw.shuffle(names)
        return " ".join(names[: 1 if kind == "select_one" else draw.randrange(4)])
    return draw.choice(SAMPLES.get(kind, WORDS))


def fill(session: Session, draw: random.Random, deeds: int) -> None:
    for _deed in range(deeds):
        asked = [path for path in session.paths() if not session.readonly(path)]
        path = draw.choice(asked)
        plain = "".join(piece.split("]")[-1] for piece in path.split("["))
        question = session.form.question(plain)
        if question.repeat and draw.random() < 0.3 and not session.form.group(question.repeat).fixed:
            row = path[: path.rindex("]") + 1]
            if draw.random() < 0.6 or session.rows(row[: row.rindex("[")]) == 0:
                session.add_row(row[: row.rindex("[")])
            else:
                session.remove_row(row)
            continue
        if question.control:
            session.answer(path, an_answer(session, path, question.kind, draw))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_form_filled_at_random_comes_back_unchanged(name: str, seed: int) -> None:
    form = form_named(name)
    session = form.begin(environment())
    fill(session, random.Random(seed), 60)
    before = state_of(session)
    assert state_of(recalculated(session)) == before
    session.finish()
    again = form.restore(session.submission(), environment())
    assert again.submission() == session.submission()
    shown = {path: seen[:4] for path, seen in state_of(session).items() if seen[1]}
    assert {path: seen[:4] for path, seen in state_of(again).items() if seen[1]} == shown
    for language in form.languages:
        again.speak(language.code)
        assert all(again.label(question.path) is not None for question in form.questions if not question.repeat)


def test_the_example_form_inside_pyxform_opens_and_comes_back() -> None:
    xform = files("pyxform").joinpath("validators", "xlsform_spec_test.xml").read_bytes()
    form = read_form(xform)
    assert len(form.questions) > 20
    session = form.begin(environment())
    fill(session, random.Random(5), 80)
    assert state_of(recalculated(session)) == state_of(session)
    again = form.restore(session.submission(), environment())
    assert again.submission() == session.submission()


def test_every_kind_of_question_is_told_apart() -> None:
    kinds = {question.name: question.kind for question in form_named("types").questions}
    wanted = {
        "t": "text",
        "many_lines": "text",
        "i": "integer",
        "d": "decimal",
        "slide": "range",
        "said": "note",
        "one": "select_one",
        "some": "select_multiple",
        "other_other": "text",
        "ranked": "rank",
        "day": "date",
        "clock": "time",
        "moment": "dateTime",
        "ack": "acknowledge",
        "trig": "acknowledge",
        "photo": "image",
        "sound": "audio",
        "film": "video",
        "paper": "file",
        "code": "barcode",
        "here": "geopoint",
        "way": "geotrace",
        "field": "geoshape",
        "secret": "hidden",
        "audit": "audit",
        "instanceID": "instanceID",
    }
    assert {name: kinds[name] for name in wanted} == wanted
    types = {question.name: question for question in form_named("types").questions}
    assert types["many_lines"].parameters == {"rows": "4"}
    assert types["photo"].attributes == {"orx:max-pixels": "640"}
    assert types["digits"].appearance == "numbers thousands-sep"


def test_arabic_speaks_arabic_and_names_its_choices() -> None:
    session = form_named("clinic in Arabic").begin(environment())
    session.answer("/data/ism", "مريم")
    session.answer("/data/umr", "30")
    session.answer("/data/jins", "أنثى")
    session.answer("/data/marad", "آخر حمى")
    session.answer("/data/mawid", "2026-03-05")
    assert session.label("/data/khulasa") == "مريم، أنثى، 30 سنة"
    assert session.value("/data/marad") == "حمى آخر"
    assert session.relevant("/data/akhar")
    assert session.value("/data/yawm") == "5 مارس 2026"
    session.speak("en")
    assert session.label("/data/khulasa") == "مريم, Female, 30 years"
    assert session.value("/data/yawm") == "5 Mar 2026"


def test_french_names_filters_and_pulls() -> None:
    session = form_named("commune in French").begin(environment())
    session.answer("/data/région", "nord")
    assert [option.label for option in session.choices("/data/commune")] == ["Mont-Élevé"]
    session.answer("/data/commune", "c2")
    session.answer("/data/élus", "12")
    assert session.label("/data/bilan") == "66.7 habitants par élu"
    assert session.value("/data/noté") == "2026-01-22T12:00:00.000+02:00"
    session.answer("/data/réunion[1]/présents", "13")
    assert session.problems()[0].message == "Il n'y a que 12 élus."
    session.speak("en")
    assert session.problems()[0].message == "There are only 12."


def test_a_form_of_thousands_of_questions_answers_through_its_longest_chain() -> None:
    from tests.benchmarks.forms import long_form

    form = read_form(long_form(2_000))
    session = form.begin(environment())
    session.answer("/data/g0/q0", "7")
    assert session.value("/data/g79/q9") == "7"
    assert session.changes()[:2] == ("/data/g0/q0", "/data/g0/q9")


def test_a_file_of_thirty_thousand_choices_is_filtered_and_looked_up() -> None:
    from tests.benchmarks.forms import list_form

    lines = ["code,label,district", *(f"c{at},Place {at},d{at % 300}" for at in range(30_000))]
    session = read_form(list_form(), media={"big.csv": "\n".join(lines).encode()}).begin(environment())
    session.answer("/data/code", "c29999")
    assert session.value("/data/name") == session.value("/data/pulled") == "Place 29999"
    session.answer("/data/code", "d7")
    options = session.choices("/data/pick")
    assert (len(options), options[0].name, options[-1].label) == (100, "c7", "Place 29707")
    session.answer("/data/pick", "c307")
    session.answer("/data/code", "d8")
    assert session.value("/data/pick") == ""


def test_five_hundred_rows_add_up_whatever_row_changes() -> None:
    from tests.benchmarks.forms import rows_form

    session = read_form(rows_form()).begin(environment())
    for number in range(1, 501):
        path = session.add_row("/data/r")
        session.answer(f"{path}/q0", str(number))
        session.answer(f"{path}/q3", "1")
        session.answer(f"{path}/q4", "2")
    assert session.value("/data/sum") == str(2 * 500 * 501 // 2)
    assert (session.value("/data/big"), session.value("/data/many")) == ("490", "500")
    session.answer("/data/r[250]/q3", "11")
    session.remove_row("/data/r[1]")
    assert session.value("/data/r[499]/balance") == "509"
    assert session.value("/data/r[499]/upto") == "998"
    assert session.value("/data/r[499]/at") == "499"
    assert session.value("/data/sum") == str(2 * (500 * 501 // 2 - 1))
