"""Records, by keyboard alone: begun, answered, finished, corrected, looked at."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pitso.services import filling, library, record_list, records
from pitso.services.workspace import Workspace
from pitso.ui.hall import Place
from pitso.ui.pages.form import FormPage
from pitso.ui.pages.records import RecordsPage
from pitso.ui.parts.ask import TableCard
from pitso.ui.parts.editors import LineEditor
from tests.ui.conftest import House, Story
from tests.ui.hands import click
from tests.xforms.books import xlsform

ENTER, TAB, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Space
CTRL = Qt.KeyboardModifier.ControlModifier

TALK = xlsform(
    survey="""
    | type | name | label | required | constraint | constraint_message | relevant |
    | text | who | Who speaks? | yes | | | |
    | integer | minutes | How many minutes? | | . < 100 | Fewer than 100. | |
    | select_one yn | again | Again? | yes | | | |
    | text | why | Why not? | yes | | | ${again} = 'no' |
    """,
    choices="""
    | list_name | name | label |
    | yn | yes | Yes |
    | yn | no | No |
    """,
    settings="""
    | form_id | form_title | version | instance_name |
    | talk | Talk | 1 | ${who} |
    """,
)


@pytest.fixture
def talk(opened: Story, tmp_path: Path) -> str:
    """The record of a form of an office, that form, in the demonstration."""
    path = tmp_path / "talk.xlsx"
    path.write_bytes(TALK)
    return library.bring_in(opened.house.hall.workspace, path).record


def page(house: House) -> FormPage:
    assert isinstance(house.page, FormPage)
    return house.page


def begin(opened: Story, form: str) -> str:
    ws = opened.house.hall.workspace
    record = records.begin(ws, opened.engagement, form).record
    opened.house.go(opened.place("form", code=record))
    return record


def value(ws: Workspace, record: str, path: str) -> str | None:
    return filling.open_record(ws, record).session.value(path)


def test_a_record_is_begun_answered_and_finished_by_keyboard_alone(opened: Story, talk: str) -> None:
    house = opened.house
    house.key(Qt.Key.Key_2, CTRL)
    assert isinstance(house.page, RecordsPage)
    house.page.parts.buttons["forms"].setFocus()
    house.key(SPACE)
    titles = [row.title for row in house.page.forms.rows if row.id]
    assert titles == ["Talk", "Visit record"]
    house.key(ENTER)
    house.write("Mpho")
    house.key(ENTER)
    house.write("12")
    house.key(ENTER)
    house.key(Qt.Key.Key_2)
    house.key(ENTER)
    house.write("The room was full")
    house.key(ENTER)
    assert page(house).title.text() == "What is left"
    house.key(ENTER)
    record = house.hall.place.code
    ws = house.hall.workspace
    assert [value(ws, record, f"/data/{name}") for name in ("who", "minutes", "again", "why")] == [
        "Mpho",
        "12",
        "no",
        "The room was full",
    ]
    (line,) = [line for line in record_list.records(ws, opened.engagement) if line.id == record]
    assert (line.state, line.name) == ("final", "Mpho")


def test_what_breaks_a_rule_is_told_at_once_and_kept(opened: Story, talk: str) -> None:
    house = opened.house
    record = begin(opened, talk)
    asked = page(house).blocks.asks()
    asked[1].setFocus()
    house.write("120")
    house.key(TAB)
    assert asked[1].fault.text() == "Fewer than 100."
    assert value(house.hall.workspace, record, "/data/minutes") == "120"


def test_what_is_missing_is_listed_and_each_line_leads_to_its_question(opened: Story, talk: str) -> None:
    house = opened.house
    begin(opened, talk)
    house.key(Qt.Key.Key_PageDown, CTRL)
    shown = page(house)
    assert [row.title for row in shown.problems.rows] == ["Who speaks?", "Again?"]
    assert not shown.finish.isEnabled()
    house.key(DOWN)
    house.key(ENTER)
    assert shown.here == "/data/again"
    assert [card.fault.text() for card in shown.blocks.asks()] == [
        "This question needs an answer.",
        "",
        "This question needs an answer.",
    ]


def test_undo_takes_an_answer_back_and_the_page_shows_it(opened: Story, talk: str) -> None:
    house = opened.house
    begin(opened, talk)
    house.write("Neo")
    house.key(ENTER)
    house.key(Qt.Key.Key_Z, CTRL)
    editor = page(house).blocks.asks()[0].editor
    assert isinstance(editor, LineEditor)
    assert editor.entry.text() == ""
    assert value(house.hall.workspace, house.hall.place.code, "/data/who") == ""


def test_a_draft_opens_again_at_the_same_question(opened: Story, talk: str) -> None:
    house = opened.house
    record = begin(opened, talk)
    page(house).blocks.asks()[1].setFocus()
    house.go(Place("people", opened.engagement))
    house.go(opened.place("form", code=record))
    assert page(house).here == "/data/minutes"


def test_rows_are_added_and_taken_away_on_the_page_of_a_table(opened: Story) -> None:
    house = opened.house
    ws = house.hall.workspace
    visit = next(form.id for form in library.forms(ws) if form.form_id == "visit")
    record = begin(opened, visit)
    click_line(house, "Places")
    shown = page(house)
    table = next(card for card in shown.blocks.cards() if isinstance(card, TableCard))
    house.write("Maseru")
    house.key(ENTER)
    table.add.setFocus()
    house.key(ENTER)
    house.write("Leribe")
    house.key(ENTER)
    session = filling.open_record(ws, record).session
    assert [session.value(f"/data/places[{row}]/place") for row in (1, 2)] == ["Maseru", "Leribe"]
    table.view.setFocus()
    house.key(Qt.Key.Key_Up)
    house.key(ENTER)
    click(table.remove)
    house.settle()
    assert filling.open_record(ws, record).session.value("/data/places[1]/place") == "Leribe"


def click_line(house: House, title: str) -> None:
    outline = page(house).outline
    row = next(row for row in outline.rows if row.title == title)
    click(outline.viewport(), outline.rect_of(row.id).center())
    house.settle()
