"""Records, by keyboard alone: begun, answered, finished, corrected, looked at."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from pitso.services import filling, finishing, library, open_items, people, record_list, records, workspace
from pitso.services.workspace import Workspace
from pitso.ui.hall import Place
from pitso.ui.pages.form import FormPage
from pitso.ui.pages.history import HistoryPage
from pitso.ui.pages.records import RecordsPage
from pitso.ui.parts.ask import AskCard, GridCard, TableCard
from pitso.ui.parts.buttons import Button
from pitso.ui.parts.editors import (
    ChoiceEditor,
    CounterEditor,
    LineEditor,
    RangeEditor,
    RankEditor,
    SearchEditor,
    TickEditor,
)
from pitso.ui.parts.files import FileEditor, SignatureEditor
from tests.services.forms_at_hand import checklist
from tests.ui import every_kind
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
    assert (titles[0], titles[-1]) == ("Identification of a country", "Talk")
    house.key(Qt.Key.Key_End)
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


def test_the_question_is_remembered_though_the_mouse_went_to_the_rail(opened: Story, talk: str) -> None:
    house = opened.house
    record = begin(opened, talk)
    click(card(house, "minutes").editor.entry)  # type: ignore[attr-defined]
    assert house.shell.rail is not None
    click(house.shell.rail.buttons["people"])
    house.settle()
    assert house.at == "people"
    house.go(opened.place("form", code=record))
    assert page(house).here == "/data/minutes"


def test_a_draft_that_was_begun_in_error_is_withdrawn(opened: Story, talk: str) -> None:
    house = opened.house
    record = begin(opened, talk)
    click(page(house).discard)
    house.settle()
    assert "withdrawn" in page(house).banner_words.text()
    click(page(house).correct)
    click(page(house).keep)
    house.settle()
    assert filling.open_record(house.hall.workspace, record).state == "draft"


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


# ---- every kind of question ---------------------------------------------------------------------------------------


@pytest.fixture
def every(opened: Story) -> str:
    """A record of the form that asks in every way, open at its first page."""
    record = every_kind.begun(opened)
    opened.house.go(opened.place("form", code=record, part="0"))
    return record


def card(house: House, name: str) -> AskCard:
    return next(card for card in page(house).blocks.asks() if card.key.endswith(f"/{name}"))


def said(opened: Story, record: str, path: str) -> str | None:
    return value(opened.house.hall.workspace, record, f"/data/{path}")


@pytest.mark.parametrize(
    ("page_number", "name", "typed", "kept", "read"),
    [
        (0, "lines", "One, and two", "One, and two", ""),
        (0, "code", "4006381333931", "4006381333931", ""),
        (1, "whole", "12", "12", ""),
        (1, "money", "2 500 000", "2500000", "2,500,000"),
        (1, "part", "3,5", "3.5", ""),
        (1, "day", "1/2/2026", "2026-02-01", "1 February 2026"),
        (1, "month", "2/2026", "2026-02-01", "February 2026"),
        (1, "year", "2025", "2025-01-01", "2025"),
        (1, "hour", "9.30", "09:30:00.000", ""),
        (1, "place", "-29.31, 27.48", "-29.31 27.48 0 0", ""),
    ],
)
def test_what_is_typed_is_kept_and_read_back(
    opened: Story, every: str, page_number: int, name: str, typed: str, kept: str, read: str
) -> None:
    house = opened.house
    house.go(opened.place("form", code=every, part=str(page_number)))
    found = card(house, name)
    group = found.key.split("/")[2]
    found.setFocus()
    house.focus().selectAll()  # type: ignore[attr-defined]
    house.write(typed)
    house.key(TAB)
    assert said(opened, every, f"{group}/{name}") == kept
    if read and isinstance(found.editor, LineEditor):
        assert found.editor.read.text() in (read, "")


def test_choices_by_mouse_and_by_key(opened: Story, every: str) -> None:
    house = opened.house
    house.go(opened.place("form", code=every, part="2"))
    one = card(house, "one").editor
    assert isinstance(one, ChoiceEditor)
    click(one.options.buttons[2])
    house.settle()
    assert said(opened, every, "picks/one") == "blue"
    assert [button.isChecked() for button in one.options.buttons] == [False, False, True]
    click(one.options.buttons[2])
    house.settle()
    assert said(opened, every, "picks/one") == ""
    many = card(house, "many")
    many.setFocus()
    house.key(Qt.Key.Key_3)
    house.key(Qt.Key.Key_1)
    assert said(opened, every, "picks/many") == "leribe quthing"
    house.key(Qt.Key.Key_Right)
    house.key(SPACE)
    assert said(opened, every, "picks/many") == "quthing"
    drops = card(house, "one_list")
    drops.setFocus()
    house.write("Bl")
    house.key(ENTER)
    order = card(house, "order").editor
    assert isinstance(order, RankEditor)
    down = next(b for b in order.findChildren(Button) if b.accessibleName() == "Red down")
    click(down)
    house.settle()
    assert said(opened, every, "picks/order") == "green red blue"


def test_a_name_is_found_while_typing_and_a_new_one_goes_into_the_register(opened: Story, every: str) -> None:
    house = opened.house
    house.go(opened.place("form", code=every, part="2"))
    card(house, "one_search").setFocus()
    house.write("quth")
    house.key(ENTER)
    assert said(opened, every, "picks/one_search") == "quthing"
    found = card(house, "somebody")
    with house.qtbot.waitActive(house.shell):  # the list that dropped down took it
        house.shell.activateWindow()
    found.setFocus()
    house.write("Retselisitsoe Nobody")
    house.key(ENTER)
    assert isinstance(found.editor, SearchEditor)
    assert "not in the list" in found.editor.unknown.text()
    click(found.editor.add)
    house.settle()
    (line,) = people.persons(house.hall.workspace, "Retselisitsoe Nobody")
    assert said(opened, every, "picks/somebody") == line.id
    assert isinstance(card(house, "somebody").editor, SearchEditor)


def test_a_grid_is_answered_by_mouse_and_arrows(opened: Story, every: str) -> None:
    house = opened.house
    house.go(opened.place("form", code=every, part="3"))
    grid = next(card for card in page(house).blocks.cards() if isinstance(card, GridCard))
    click(grid.buttons["/data/grid/reports", "never"])
    house.settle()
    assert said(opened, every, "grid/reports") == "never"
    grid.buttons["/data/grid/meets", "always"].setFocus()
    house.key(Qt.Key.Key_Right)
    house.key(DOWN)
    house.key(SPACE)
    assert said(opened, every, "grid/reports") == "often"


def test_a_slide_a_counter_and_a_row_of_figures(opened: Story, every: str) -> None:
    house = opened.house
    house.go(opened.place("form", code=every, part="1"))
    slide = card(house, "slide").editor
    assert isinstance(slide, RangeEditor)
    slide.slide.setFocus()
    for _ in range(3):
        house.key(Qt.Key.Key_Right)
    house.qtbot.waitUntil(lambda: said(opened, every, "figures/slide") == "3")
    stars = card(house, "stars").editor
    assert isinstance(stars, ChoiceEditor)
    click(stars.options.buttons[4])
    counter = card(house, "counted").editor
    assert isinstance(counter, CounterEditor)
    click(counter.more)
    seen = card(house, "seen").editor
    assert isinstance(seen, TickEditor)
    click(seen.tick)
    house.settle()
    assert [said(opened, every, f"figures/{name}") for name in ("stars", "counted", "seen")] == ["5", "4", "OK"]


def test_a_picture_is_dropped_and_a_signature_drawn(opened: Story, every: str, tmp_path: Path) -> None:
    house = opened.house
    house.go(opened.place("form", code=every, part="4"))
    photo = tmp_path / "photo.png"
    every_kind.picture(photo, 1200, 300)
    editor = card(house, "picture").editor
    assert isinstance(editor, FileEditor)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    editor.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, none))
    house.settle()
    open_ = filling.open_record(house.hall.workspace, every)
    held = open_.file("/data/files/picture")
    assert held is not None
    kept = house.hall.workspace.journal.body(held.hash)
    assert kept is not None
    assert Image.open(io.BytesIO(kept)).size == (600, 150)
    assert editor.thumb.isVisible()

    pad = card(house, "name").editor
    assert isinstance(pad, SignatureEditor)
    QTest.mousePress(pad.pad, buttons, none, QPoint(20, 40))
    for x in range(20, 120, 10):
        QTest.mouseMove(pad.pad, QPoint(x, 40 + x % 30))
    QTest.mouseRelease(pad.pad, buttons, none, QPoint(120, 60))
    house.qtbot.waitUntil(lambda: bool(said(opened, every, "files/name")), timeout=60_000)
    click(pad.remove)
    house.settle()
    assert said(opened, every, "files/name") == ""


def test_the_picture_of_a_phone_loses_its_place(opened: Story, every: str, tmp_path: Path) -> None:
    photo = tmp_path / "phone.jpg"
    image = Image.new("RGB", (2000, 1000), "green")
    notes = image.getexif()
    notes[0x0112] = 6  # lies on its side
    notes.get_ifd(0x8825)[1] = "S"  # the place where it was taken
    image.save(photo, exif=notes)
    ws = opened.house.hall.workspace
    open_ = filling.open_record(ws, every)
    records.attach_file(open_, "/data/files/picture", photo)
    held = filling.open_record(ws, every).file("/data/files/picture")
    assert held is not None
    kept = Image.open(io.BytesIO(ws.journal.body(held.hash) or b""))
    assert kept.size == (300, 600)
    assert len(kept.getexif()) == 0


# ---- the whole record ---------------------------------------------------------------------------------------------


def test_the_language_of_the_form_is_switched_while_filling(opened: Story) -> None:
    house = opened.house
    ws = house.hall.workspace
    record = begin(opened, library.current(ws, "visit"))
    shown = page(house)
    assert shown.title.text() == "The visit"
    shown.language.setFocus()
    house.key(DOWN)
    assert shown.title.text() == "La visite"
    house.go(Place("people", opened.engagement))
    house.go(opened.place("form", code=record))
    assert page(house).title.text() == "La visite"


def test_a_question_is_found_by_its_words(opened: Story) -> None:
    house = opened.house
    begin(opened, library.current(house.hall.workspace, "visit"))
    house.key(Qt.Key.Key_F, CTRL)
    house.write("next step")
    shown = page(house)
    assert [row.title for row in shown.outline.rows] == ["Next step", "Date of the next step"]
    house.key(DOWN)
    house.key(DOWN)
    house.key(ENTER)
    assert shown.here == "/data/ahead/next_date"


def test_control_down_goes_to_what_is_open(opened: Story, talk: str) -> None:
    house = opened.house
    begin(opened, talk)
    house.write("Mpho")
    house.key(DOWN, CTRL)
    assert page(house).here == "/data/minutes"
    house.key(DOWN, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page(house).here == "/data/again"


def finished(opened: Story, talk: str) -> str:
    record = begin(opened, talk)
    ws = opened.house.hall.workspace
    open_ = filling.open_record(ws, record)
    records.answer(open_, "/data/who", "Mpho")
    records.answer(open_, "/data/again", "yes")
    finishing.finish(open_)
    opened.house.go(opened.place("form", code=record))
    return record


def test_a_final_record_is_signed_corrected_and_its_versions_are_read(opened: Story, talk: str) -> None:
    house = opened.house
    record = finished(opened, talk)
    shown = page(house)
    assert "final" in shown.banner_words.text()
    assert not any(card.answerable for card in shown.blocks.asks())
    shown.sign.setFocus()
    house.key(ENTER)
    house.write("The chairperson")
    house.key(ENTER)
    assert filling.open_record(house.hall.workspace, record).state == "signed"
    shown.correct.setFocus()
    house.key(ENTER)
    house.key(ENTER)
    assert house.shell.bars.isVisible()
    shown.reason.setFocus()
    house.write("The name was wrong")
    house.key(ENTER)
    assert filling.open_record(house.hall.workspace, record).state == "draft"
    card(house, "who").setFocus()
    house.focus().selectAll()  # type: ignore[attr-defined]
    house.write("Neo")
    house.key(TAB)
    assert said(opened, record, "who") == "Neo"
    house.go(opened.place("form", code=record))
    shown.versions.setFocus()
    house.key(ENTER)
    assert "earlier version" in shown.banner_words.text()
    editor = card(house, "who").editor
    assert isinstance(editor, LineEditor)
    assert editor.entry.text() == "Mpho"
    click(shown.present)
    house.settle()
    assert editor.entry.text() == "Neo"


def test_what_a_checklist_leaves_open_is_put_on_the_agenda_of_a_meeting(opened: Story) -> None:
    house = opened.house
    ws = house.hall.workspace
    record = checklist(ws, opened.engagement, {"i08": "partly", "i15": "missing"}).record
    house.go(opened.place("form", code=record))
    shown = page(house)
    assert shown.agenda.text().strip() == "Put 2 on the agenda"
    shown.agenda.setFocus()
    house.key(ENTER)
    house.settle()
    assert "/meeting/" in house.hall.place.code
    (second,) = (
        item for item in open_items.on_agendas(ws, opened.engagement) if item.startswith("Statutes checklist: 15.")
    )
    assert second.endswith("arrears")
    house.go(opened.place("form", code=record))
    assert not page(house).agenda.isVisible()


def test_a_draft_moves_to_the_newer_version_of_its_form(opened: Story, talk: str, tmp_path: Path) -> None:
    house = opened.house
    record = begin(opened, talk)
    house.write("Mpho")
    house.key(TAB)
    house.write("twelve")
    house.key(TAB)
    newer = tmp_path / "talk2.xlsx"
    newer.write_bytes(
        xlsform(
            survey="| type | name | label |\n| text | who | Who spoke? |\n| text | more | More |",
            settings="| form_id | form_title | version |\n| talk | Talk | 2 |",
        )
    )
    house.opening.take_files([str(newer)])
    house.settle()
    assert isinstance(house.page, RecordsPage)
    assert [row.detail for row in house.page.forms.rows if row.title == "Talk"] == ["Version 2"]
    house.go(opened.place("form", code=record))
    shown = page(house)
    click(shown.carry)
    house.settle()
    assert shown.misfits.isVisible()
    assert [card.label.text() for card in shown.blocks.asks()] == ["Who spoke?", "More"]
    assert said(opened, record, "who") == "Mpho"


def test_a_form_with_a_fault_is_told_by_its_row_when_it_is_dropped(opened: Story, tmp_path: Path) -> None:
    house = opened.house
    faulty = tmp_path / "faulty.xlsx"
    faulty.write_bytes(xlsform(survey="| type | name | label | relevant |\n| text | a | A | ${b} = 1 |"))
    house.opening.take_files([str(faulty)])
    house.settle()
    assert "Row 2" in house.shell.bars.happened.text()


def test_a_look_at_a_form_is_marked_and_leads_back(opened: Story, talk: str) -> None:
    house = opened.house
    house.go(opened.place("records", part="forms"))
    assert isinstance(house.page, RecordsPage)
    house.page.forms.setFocus()
    house.key(Qt.Key.Key_End)
    house.page.look.setFocus()
    house.key(ENTER)
    shown = page(house)
    assert "kept nowhere" in shown.banner_words.text()
    house.write("Nobody")
    house.key(TAB)
    shown.next.setFocus()
    house.key(ENTER)
    assert house.at == "records"
    assert not [line for line in record_list.records(house.hall.workspace, opened.engagement) if line.name == "Nobody"]


def test_the_history_of_the_question_one_stands_on(opened: Story, talk: str) -> None:
    house = opened.house
    begin(opened, talk)
    house.write("Mpho")
    house.key(ENTER)
    click(card(house, "who").history)
    house.settle()
    assert isinstance(house.page, HistoryPage)
    assert [row.title for row in house.page.rows.rows] == ["Mpho"]


def test_only_what_changed_is_shown_again(opened: Story, every: str) -> None:
    """An answer leaves the widgets of all other questions as they are."""
    house = opened.house
    house.go(opened.place("form", code=every, part="1"))
    before = {card.key: id(card) for card in page(house).blocks.asks()}
    painted: list[str] = []
    for one in page(house).blocks.asks():
        one.editor.show_ask = lambda ask, key=one.key: painted.append(key)  # type: ignore[method-assign, misc]
    card(house, "part").setFocus()
    house.write("2.5")
    house.key(TAB)
    assert painted == ["/data/figures/part"]
    assert {card.key: id(card) for card in page(house).blocks.asks()} == before


def test_what_is_left_in_each_draft_is_counted_while_the_list_stands(opened: Story, talk: str) -> None:
    house = opened.house
    begin(opened, talk)
    house.go(opened.place("records"))
    shown = house.page
    assert isinstance(shown, RecordsPage)
    house.qtbot.waitUntil(lambda: "2 left" in [row.trailing for row in shown.rows.rows if row.title == "Talk"])


def test_a_form_first_speaks_the_language_of_its_reader(opened: Story) -> None:
    house = opened.house
    house.dress(language="pt")
    record = begin(opened, library.current(house.hall.workspace, "visit"))
    assert page(house).title.text() == "A visita"
    house.dress(language="ar")  # which this form does not speak
    house.go(opened.place("form", code=record))
    assert page(house).title.text() == "A visita"


def test_another_file_opens_though_a_form_was_open(opened: Story, talk: str, tmp_path: Path) -> None:
    begin(opened, talk)
    other = workspace.create(tmp_path / "other.pitso", name="Other")
    other.close()
    opened.house.opening.open(str(tmp_path / "other.pitso"))
    opened.house.settle()
    assert opened.house.hall.workspace.path == tmp_path / "other.pitso"
    assert opened.house.at != "form"
