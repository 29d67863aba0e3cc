"""A form that was brought in is readable as data, foreign attributes included."""

import io
from collections.abc import Callable
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pitso.xforms import Form, FormTrouble, convert, read_form
from tests.xforms.books import table, widened, workbook, xlsform

SURVEY = """
| type | name | label::English (en) | label::French (fr) | bind::pitso:weight | body::pitso:wide |
| begin_group | legal | Legal basis | Base légale | 3 | yes |
| select_one level | law | Is there a law <on paper>? | Y a-t-il une loi ? | 2 | yes |
| note | remark | About ${law} now | Sur ${law} | | |
| end_group | | | | | |
| begin_repeat | visit | Visits | Visites | 9 | |
| date | day | Day | Jour | | |
| range | mood | Mood | Humeur | | |
| end_repeat | | | | | |
| start | start | | | | |
| hidden | secret | | | | |
"""
FURTHER = {
    "legal": {"appearance": "field-list"},
    "visit": {"instance::pitso:seed": "4"},
    "law": {
        "instance::pitso:seed": "7",
        "hint::English (en)": "Look it up",
        "guidance_hint::English (en)": "Ask the clerk",
        "appearance": "minimal",
        "required": "yes",
        "choice_filter": "pitso:score > 0",
        "image::English (en)": "law.png",
    },
    "mood": {"parameters": "start=1 end=5 step=1"},
}
CHOICES = """
| list_name | name | label::English (en) | label::French (fr) | pitso:score | colour | image::English (en) |
| level | none | No provision | Rien | 0 | red | |
| level | full | Stated | Énoncée | 2 | green | full.png |
"""
SETTINGS = """
| form_id | form_title | version | namespaces | attribute::pitso:kind | default_language | style |
| readiness | Readiness | 2026.1 | pitso="urn:pitso:form:1" | instrument | French (fr) | pages |
"""


@pytest.fixture(scope="module")
def form() -> Form:
    survey = widened(table(SURVEY), FURTHER)
    book = workbook({"survey": survey, "choices": table(CHOICES), "settings": table(SETTINGS)})
    return read_form(convert(book).xform)


def test_a_form_says_who_it_is(form: Form) -> None:
    assert (form.id, form.version, form.title, form.style) == ("readiness", "2026.1", "Readiness", "pages")
    assert form.attributes == {"pitso:kind": "instrument"}
    assert [(language.name, language.code) for language in form.languages] == [
        ("English (en)", "en"),
        ("French (fr)", "fr"),
    ]
    assert form.default_language == "French (fr)"
    assert form.language("EN") == form.language("English (en)")
    assert form.language("pt") is None


def test_questions_stand_in_document_order_with_their_kinds(form: Form) -> None:
    assert [(question.path, question.kind) for question in form.questions] == [
        ("/data/legal/law", "select_one"),
        ("/data/legal/remark", "note"),
        ("/data/visit/day", "date"),
        ("/data/visit/mood", "range"),
        ("/data/start", "start"),
        ("/data/secret", "hidden"),
        ("/data/meta/instanceID", "instanceID"),
    ]


def test_a_question_carries_its_words_in_each_language(form: Form) -> None:
    law = form.question("/data/legal/law")
    assert law.labels == {"English (en)": "Is there a law <on paper>?", "French (fr)": "Y a-t-il une loi ?"}
    assert law.hints == {"English (en)": "Look it up"}
    assert law.guidance == {"English (en)": "Ask the clerk"}
    assert law.media == {"English (en)": {"image": "law.png"}}
    assert law.label("French (fr)") == "Y a-t-il une loi ?"
    assert form.question("/data/legal/remark").labels["English (en)"] == "About {/data/legal/law} now"


def test_foreign_attributes_of_bind_body_and_instance_survive(form: Form) -> None:
    assert form.question("/data/legal/law").attributes == {
        "pitso:weight": "2",
        "pitso:wide": "yes",
        "pitso:seed": "7",
    }
    assert form.group("/data/legal").attributes == {"pitso:weight": "3", "pitso:wide": "yes"}
    assert form.group("/data/visit").attributes == {"pitso:weight": "9", "pitso:seed": "4"}


def test_groups_know_their_members_and_questions_their_groups(form: Form) -> None:
    assert form.outline == ("/data/legal", "/data/visit")
    legal, visit = form.groups
    assert (legal.kind, legal.appearance, legal.label("French (fr)")) == (
        "group",
        "field-list",
        "Base légale",
    )
    assert legal.members == ("/data/legal/law", "/data/legal/remark")
    assert (visit.kind, visit.members) == ("repeat", ("/data/visit/day", "/data/visit/mood"))
    assert form.question("/data/visit/day").repeat == "/data/visit"
    assert form.question("/data/legal/law").groups == ("/data/legal",)
    assert form.question("/data/visit/mood").parameters == {"start": "1", "end": "5", "step": "1"}


def test_choices_carry_labels_media_and_further_columns(form: Form) -> None:
    none, full = form.question("/data/legal/law").choices
    assert (none.name, none.labels["French (fr)"]) == ("none", "Rien")
    assert none.columns == {"pitso:score": "0", "colour": "red"}
    assert full.columns == {"pitso:score": "2", "colour": "green"}
    assert full.media == {"English (en)": {"image": "full.png"}}
    assert form.question("/data/legal/law").choice_filter == "pitso:score > 0"


def test_a_form_without_languages_keeps_its_words_under_an_empty_name() -> None:
    form = read_form(
        convert(xlsform(survey="| type | name | label |\n| text | a | Ask ${b} |\n| text | b | B |")).xform
    )
    assert form.languages == ()
    assert form.question("/data/b").labels == {"": "B"}
    assert form.question("/data/a").label() == "Ask {/data/b}"


def test_warnings_name_their_place() -> None:
    converted = convert(
        xlsform(
            survey="| type | name | label |\n| select_one l | a | A |",
            choices="| list_name | name | label |\n| l | x | |\n| l | y | Y |",
        )
    )
    assert converted.pyxform_version[0].isdigit()
    assert [(warning.sheet, warning.row) for warning in converted.warnings] == [("choices", 2)]


@pytest.mark.parametrize(
    ("survey", "choices", "place"),
    [
        ("| type | name | label |\n| text | a b | A |", "", ("survey", 2, "name")),
        ("| type | name | label |\n| text | a | A |\n| text | a | B |", "", ("survey", 3, "name")),
        ("| type | name | label | relevant |\n| text | a | A | ${zz} = 1 |", "", ("survey", 2, "relevant")),
        ("| type | name | label |\n| text | a | A |\n| telepathy | b | B |", "", ("survey", 3, "type")),
        (
            "| type | name | label |\n| select_one l | a | A |",
            "| list_name | name | label |\n| l | x | X |\n| l | x | Y |",
            ("choices", 3, "name"),
        ),
    ],
)
def test_a_fault_names_sheet_row_and_column(survey: str, choices: str, place: tuple[str, int, str | None]) -> None:
    with pytest.raises(FormTrouble) as caught:
        convert(xlsform(survey=survey, choices=choices))
    assert (caught.value.sheet, caught.value.row, caught.value.column) == place
    assert caught.value.happened.endswith(".")
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize("junk", [b"", b"no workbook", workbook({"people": table("| a |\n| b |")})])
def test_what_is_no_xlsform_is_refused(junk: bytes) -> None:
    with pytest.raises(FormTrouble):
        convert(junk)


def rewritten(xlsx: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(io.BytesIO(xlsx)) as source, ZipFile(file, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, change(content) if member == name else content)
    return file.getvalue()


def test_a_workbook_of_another_program_is_read_without_a_word() -> None:
    plain = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    good = xlsform(survey="| type | name | label |\n| text | a | A |")
    assert convert(rewritten(good, "xl/styles.xml", lambda xml: plain)).warnings == ()


def test_a_workbook_with_entities_or_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    good = xlsform(survey="| type | name | label |\n| text | a | A |")
    with pytest.raises(FormTrouble, match="document type"):
        convert(rewritten(good, "xl/workbook.xml", lambda xml: b"<!DOCTYPE x [<!ENTITY e 'boom'>]>" + xml))
    monkeypatch.setattr("pitso.xforms.conversion._MOST_BYTES", 100)
    with pytest.raises(FormTrouble, match="megabytes"):
        convert(good)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("l.csv", b"\xff\xfe"),
        ("l.csv", b'name,label\n"' + b"x" * 200_000 + b'",y'),
        ("l.geojson", b"[]"),
        ("l.geojson", b'{"features": [{"geometry": {"type": "Point", "coordinates": []}}]}'),
        ("l.geojson", b'{"features": [3]}'),
        ("l.geojson", b"[" * 100_000),
    ],
)
def test_a_broken_file_is_told_by_its_name(file: str, content: bytes) -> None:
    xform = convert(xlsform(survey=f"| type | name | label |\n| select_one_from_file {file} | q | Q |")).xform
    with pytest.raises(FormTrouble, match=file):
        read_form(xform, media={file: content})


@settings(max_examples=150, deadline=None)
@given(st.text("ab/[]().,'$0123456789+-*|=<>! andorifcount@:¬é\u0661", max_size=25))
def test_any_expression_is_understood_or_told(expression: str) -> None:
    xform = XFORM.replace("EXPRESSION", escape(expression, {'"': "&quot;"}))
    try:
        form = read_form(xform.encode())
    except FormTrouble:
        return
    session = form.begin()
    session.answer("/data/a", "1")
    session.submission()


XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
<h:title>T</h:title><model><instance><data id="t"><a/><b/><c/></data></instance>
<bind nodeset="/data/c" calculate="EXPRESSION"/></model></h:head><h:body/></h:html>"""


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        b"<x>",
        b"<x/>",
        b"",
    ],
)
def test_dangerous_or_broken_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(FormTrouble):
        read_form(xml)
