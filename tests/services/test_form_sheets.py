"""Any form on paper: every question and choice of it, in its languages, blank and filled."""

from datetime import datetime

import pytest

from pitso import places, words
from pitso.paper.documents import any_form
from pitso.paper.documents.any_form import Asked, FormSheet, Member, Section, Table
from pitso.paper.imprint import Imprint, State
from pitso.services import form_sheets, papers
from pitso.services.workspace import Workspace
from pitso.xforms import Form, Session, convert, read_form
from tests.paper import reading
from tests.xforms.books import table, workbook
from tests.xforms.example_forms import EXAMPLES, Example
from tests.xforms.scenario import environment
from tests.xforms.test_example_forms import form_named

IMPRINT = Imprint("Form", "Lesotho 2026", "FORM-X", State.DRAFT, "everyone", datetime(2026, 1, 22))
SPOKEN = [(name, code) for name in EXAMPLES for code in form_sheets.spoken(form_named(name)) or {"en": ""}]


def blank(form: Form, code: str = "en") -> FormSheet:
    with words.speaking(code):
        return form_sheets.blank(form, digest="9f3c" * 16, imprint=IMPRINT)


def filled(session: Session) -> FormSheet:
    return form_sheets.filled(session, digest="9f3c" * 16, imprint=IMPRINT, about=(("Filled in by", "Naledi Tau"),))


def asked(members: tuple[Member, ...]) -> list[Asked]:
    found: list[Asked] = []
    for member in members:
        if isinstance(member, Asked):
            found.append(member)
        elif isinstance(member, Section):
            found += asked(member.members)
    return found


def named(view: FormSheet, code: str) -> Asked:
    return next(each for each in asked(view.members) if each.code == code)


def small(survey: str, choices: str = "") -> Form:
    sheets = {"survey": table(survey)} | ({"choices": table(choices)} if choices else {})
    return read_form(convert(workbook(sheets)).xform)


@pytest.mark.parametrize(("name", "code"), SPOKEN)
def test_every_form_is_printed_blank_in_every_language_it_speaks(name: str, code: str) -> None:
    form = form_named(name)
    view = blank(form, code)
    made = any_form.make(view, code)
    reading.sound(made)
    text = reading.whole(made)
    for each in asked(view.members):
        assert "{" not in each.label
        if code != "ar":  # joined letters are read in the order of sight
            assert each.label.split()[0] in text
            assert all(option.split()[0] in text for option in each.options)


def test_the_shipped_form_prints_its_codes_and_levels_in_each_language() -> None:
    form = read_form(convert(places.form("readiness/readiness.xlsx").read_bytes()).xform)
    for code, label in (("en", "National law allows"), ("fr", "La législation nationale"), ("pt", "A legislação")):
        view = blank(form, code)
        first = named(view, "LEG-1")
        assert first.number == "1"
        assert first.label.startswith(label)
        assert [option.partition(":")[0] for option in first.options] == ["0", "1", "2", "3", "4", "UK"]
    assert len(asked(view.members)) == len([q for q in form.questions if q.control])
    text = reading.whole(any_form.make(blank(form), "en"))
    assert "A: Seen (document or fact)" in text
    assert "Only if question 1 is answered and question 1 is not “Not known yet”." in text


CONDITIONS = [
    ("${a} = 'yes'", "Only if question 1 is “Yes”."),
    ("${a} != 'yes'", "Only if question 1 is not “Yes”."),
    ("selected(${b}, 'x')", "Only if question 2 includes “Ex”."),
    ("not(selected(${b}, 'x'))", "Only if question 2 does not include “Ex”."),
    ("${c} > 3", "Only if question 3 is more than 3."),
    ("5 >= ${c}", "Only if question 3 is at most 5."),
    ("${c} != ''", "Only if question 3 is answered."),
    ("${a} = 'yes' and ${c} < 2", "Only if question 1 is “Yes” and question 3 is less than 2."),
    (
        "(${a} = 'yes' or ${c} = 1) and ${b} != ''",
        "Only if (question 1 is “Yes” or question 3 is “1”) and question 2 is answered.",
    ),
    ("${a} != 'gone' and ${c} = 4", "Only if question 3 is “4”."),
    ("${a} != 'gone'", ""),
    ("count-selected(${b}) > 1", "Only if an earlier answer asks for it."),
    ("", ""),
]


@pytest.mark.parametrize(("relevant", "said"), CONDITIONS)
def test_a_skip_is_told_in_plain_words(relevant: str, said: str) -> None:
    form = small(
        f"""
        | type | name | label | relevant |
        | select_one yn | a | A | |
        | select_multiple xy | b | B | |
        | integer | c | C | |
        | text | d | D | {relevant} |
        """,
        """
        | list_name | name | label |
        | yn | yes | Yes |
        | yn | no | No |
        | xy | x | Ex |
        | xy | y | Why |
        """,
    )
    assert named(blank(form), "d").only_if == said


def test_a_short_repeat_is_a_table_and_a_long_one_comes_twice() -> None:
    household = blank(form_named("household"))
    titles = [member.title for member in household.members if isinstance(member, Section)]
    assert titles == ["Person (1)", "Person (2)"]
    meetings = next(member for member in blank(form_named("commune in French")).members if isinstance(member, Table))
    assert meetings.heads == ("5 Day", "6 Present")
    assert meetings.blank == form_sheets.BLANK_ROWS


def test_a_long_list_is_written_and_not_ticked() -> None:
    rows = "\n".join(f"| c | c{number} | Council {number} |" for number in range(60))
    form = small(
        "| type | name | label |\n| select_one c | council | Council |", f"| list_name | name | label |\n{rows}"
    )
    assert named(blank(form), "council").options == ()
    assert "Write one, as the list has it" in reading.whole(any_form.make(blank(form), "en"))


def household() -> Session:
    session = form_named("household").begin(environment())
    session.answer("/data/village", "A & B <c>")
    session.answer("/data/people", "2")
    for row, (name, sex, born) in enumerate((("Mpho", "f", "2015-06-01"), ("Thabo", "m", "1980-03-02")), 1):
        session.answer(f"/data/person[{row}]/name", name)
        session.answer(f"/data/person[{row}]/sex", sex)
        session.answer(f"/data/person[{row}]/born", born)
    session.answer("/data/person[1]/school/goes", "yes")
    session.add_row("/data/person[1]/illness")
    session.answer("/data/person[1]/illness[1]/what", "Cough")
    session.answer("/data/person[1]/illness[1]/days", "3")
    return session


def test_a_filled_form_tells_what_was_answered_and_nothing_that_was_not_asked() -> None:
    view = filled(household())
    assert view.title == "A & B <c> 2"
    first, second = (member for member in view.members if isinstance(member, Section))
    assert [(each.label, each.answer) for each in asked(first.members)] == [
        ("Name of person", "Mpho"),
        ("Sex of Mpho", "Female"),
        ("Born", "1 June 2015"),
        ("Does Mpho go to school?", "Yes"),
    ]
    assert "School" not in [member.title for member in second.members if isinstance(member, Section)]
    illness = next(member for member in first.members if isinstance(member, Table))
    assert illness.rows == (("Cough", "3"),)
    made = any_form.make(view, "en")
    reading.sound(made)
    text = reading.whole(made)
    assert "A & B <c>" in text
    assert "Filled in by Naledi Tau" in text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**bold** and *slanted*", "bold and slanted"),
        ("# Heading", "Heading"),
        ('<span style="color:red">Red</span>', "Red"),
        ("[law](http://x.org)", "law (http://x.org)"),
        ("5 * 3 * 2, snake_case_name", "5 * 3 * 2, snake_case_name"),
    ],
)
def test_marks_of_the_screen_are_not_printed(written: str, read: str) -> None:
    assert form_sheets.plain(written) == read


@pytest.mark.parametrize("code", ["en", "fr", "pt"])
def test_a_form_of_the_workspace_is_printed_by_its_name(demo: Workspace, code: str) -> None:
    record = papers.record_called(demo, "form", "nala-readiness")
    text = reading.whole(papers.make(demo, "form", of=record, language=code).pdf)
    assert "LEG-1" in text


def test_an_example_without_languages_is_printed_in_all_of_the_program() -> None:
    form = read_form(convert(Example("| type | name | label |\n| text | a | Ask |").xlsx).xform)
    assert form_sheets.spoken(form) == {}
    for code in words.LANGUAGES:
        assert "Ask" in reading.whole(any_form.make(blank(form, code), code))
