"""Records in the journal: an answer is an entry, rows keep their names, copies join answer by answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pitso.domain.trouble import Trouble
from pitso.services import (
    differences,
    finishing,
    form_blocks,
    library,
    past,
    people,
    record_list,
    records,
    upkeep,
    workspace,
)
from pitso.services.filling import Filling, live_lists
from pitso.services.form_views import Table
from pitso.storage.journal import Attachment
from tests.services.forms_at_hand import Desk, join

TALK = """
| type | name | label | required | relevant | calculation | repeat_count | bind::pitso:personal |
| text | who | Who? | | | | | yes |
| integer | many | How many? | | | | | |
| text | why | Why none? | yes | ${many} = 0 | | | |
| calculate | twice | | | | ${many} * 2 | | |
| calculate | drawn | | | | once(random()) | | |
| select_one yn | again | Again? | | | | | |
| select_multiple yn | both | Both? | | | | | |
| image | face | A picture | | | | | |
| begin repeat | visit | Visits | | | | | |
| text | place | Place | | | | | |
| begin repeat | note | Notes | | | | | |
| text | said | Said | | | | | |
| end repeat | | | | | | | |
| end repeat | | | | | | | |
| begin repeat | seat | Seats | | | | ${many} | |
| text | name | Name | | | | | |
| end repeat | | | | | | | |
"""
YN = """
| list_name | name | label |
| yn | yes | Yes |
| yn | no | No |
"""
SETTINGS = """
| form_id | form_title | version | namespaces | instance_name |
| talk | Talk | 1 | pitso="urn:pitso:form:1" | concat('Talk of ', ${who}) |
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.at(tmp_path)


@pytest.fixture
def talk(desk: Desk) -> Filling:
    return desk.begin(desk.form(TALK, YN, SETTINGS))


def same(one: Filling, other: Filling) -> None:
    # Parked rows in which nothing was answered are the same as none.
    ours, theirs = one.session.answers(), other.session.answers()
    assert (ours.rows, ours.values) == (theirs.rows, theirs.values)
    assert one.session.submission() == other.session.submission()
    assert one.stored == other.stored


# ---- keeping ------------------------------------------------------------------------------------------------------


def test_one_answer_is_one_entry(desk: Desk, talk: Filling) -> None:
    before = desk.operations()
    records.answer(talk, "/data/many", "3")
    assert desk.operations() == before + 1
    assert talk.session.value("/data/twice") == "6"
    assert "/data/twice" not in desk.ws.journal.record(talk.record)


def test_the_same_answer_again_is_no_entry(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/many", "3")
    before = desk.operations()
    records.answer(talk, "/data/many", " 3 ")
    assert desk.operations() == before


def test_what_cannot_be_worked_out_again_is_kept(desk: Desk, talk: Filling) -> None:
    drawn = talk.session.value("/data/drawn")
    assert drawn
    assert desk.open(talk.record).session.value("/data/drawn") == drawn
    assert desk.ws.journal.record(talk.record)["/data/drawn"] == drawn


def test_a_record_is_open_as_it_was_left(desk: Desk, talk: Filling) -> None:
    row = desk.open(talk.record).session.key("/data/visit[1]")
    records.answer(talk, f"{row}/place", "Maseru")
    records.add_row(talk, "/data/visit")
    records.add_row(talk, f"{row}/note")
    records.answer(talk, "/data/visit[1]/note[2]/said", "Yes")
    records.answer(talk, "/data/many", "2")
    records.answer(talk, "/data/seat[2]/name", "Neo")
    records.answer(talk, "/data/both", "no yes")
    same(desk.open(talk.record), talk)
    assert upkeep.rebuild(desk.ws)
    same(desk.open(talk.record), talk)


def test_a_row_is_named_and_never_counted(desk: Desk, talk: Filling) -> None:
    for place in ("one", "two", "three"):
        records.add_row(talk, "/data/visit")
        records.answer(talk, f"{talk.opened['/data/visit']}/place", place)
    rows = [talk.session.key(f"/data/visit[{number}]") for number in (1, 2, 3, 4)]
    records.remove_row(talk, rows[1])
    records.answer(talk, f"{rows[2]}/place", "zwei")
    shown = desk.open(talk.record).session
    assert [shown.value(f"/data/visit[{number}]/place") for number in (1, 2, 3)] == ["", "zwei", "three"]


def test_rows_of_a_count_are_parked_and_come_back(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/many", "12")
    records.answer(talk, "/data/seat[12]/name", "the last")
    records.answer(talk, "/data/many", "1")
    again = desk.open(talk.record)
    assert again.session.rows("/data/seat") == 1
    records.answer(again, "/data/many", "12")
    assert again.session.value("/data/seat[12]/name") == "the last"


def test_undo_and_redo_reach_rows_and_all_that_is_in_them(desk: Desk, talk: Filling) -> None:
    records.add_row(talk, "/data/visit")
    records.answer(talk, "/data/visit[2]/place", "Leribe")
    records.add_row(talk, "/data/visit[2]/note")
    records.answer(talk, "/data/visit[2]/note[1]/said", "No")
    before = desk.open(talk.record).session.answers()
    records.remove_row(talk, "/data/visit[2]")
    after = desk.open(talk.record).session.answers()
    workspace.undo(desk.ws)
    assert desk.open(talk.record).session.answers() == before
    workspace.redo(desk.ws)
    assert desk.open(talk.record).session.answers() == after


def test_an_answer_that_was_not_kept_does_not_stand(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/who", "Mpho")
    desk.ws.journal.file.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Trouble, match="can only be read"):
        records.answer(talk, "/data/who", "Neo")
    desk.ws.journal.file.connection.execute("PRAGMA query_only = OFF")
    assert talk.session.value("/data/who") == "Mpho"
    records.answer(talk, "/data/many", "1")
    same(desk.open(talk.record), talk)


def test_a_personal_answer_lies_apart_from_the_line(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/who", "Tumelo Khoeli-Moru")
    lines = [bytes(line) for (line,) in desk.ws.journal.file.rows("SELECT line FROM tail")]
    assert not any(b"Tumelo" in line for line in lines)
    assert desk.open(talk.record).session.value("/data/who") == "Tumelo Khoeli-Moru"
    assert record_list.records(desk.ws, desk.engagement)[0].name == "Talk of Tumelo Khoeli-Moru"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["who", "many", "place", "said", "seat", "add", "inner", "remove", "undo"]), st.data()
        ),
        max_size=14,
    )
)
def test_after_any_script_the_journal_gives_the_same_record(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, Any]]
) -> None:
    desk = Desk.at(tmp_path_factory.mktemp("script"))
    desk.ws.journal.file.connection.execute("PRAGMA synchronous = OFF")
    talk = desk.begin(desk.form(TALK, YN, SETTINGS))
    for deed, data in script:
        talk = _step(desk, talk, deed, data)
    same(desk.open(talk.record), talk)
    desk.ws.close()


def _step(desk: Desk, talk: Filling, deed: str, data: Any) -> Filling:
    session = talk.session
    text = data.draw(st.sampled_from(["", "0", "1", "3", "a b", "é"]))
    rows = session.rows("/data/visit")
    row = data.draw(st.integers(1, rows)) if rows else 0
    inner = session.rows(f"/data/visit[{row}]/note") if row else 0
    seats = session.rows("/data/seat")
    if deed in ("who", "many"):
        records.answer(talk, f"/data/{deed}", text)
    elif deed == "add":
        records.add_row(talk, "/data/visit")
    elif deed == "undo" and desk.ws.journal.undoable() and len(talk.stored) > 8:
        workspace.undo(desk.ws)
        if "form" not in desk.ws.journal.record(talk.record):
            workspace.redo(desk.ws)
        return desk.open(talk.record)
    elif deed == "seat" and seats:
        records.answer(talk, f"/data/seat[{data.draw(st.integers(1, seats))}]/name", text)
    elif deed == "place" and row:
        records.answer(talk, f"/data/visit[{row}]/place", text)
    elif deed == "inner" and row:
        records.add_row(talk, f"/data/visit[{row}]/note")
    elif deed == "remove" and row:
        records.remove_row(talk, f"/data/visit[{row}]")
    elif deed == "said" and inner:
        records.answer(talk, f"/data/visit[{row}]/note[{data.draw(st.integers(1, inner))}]/said", text)
    return talk


# ---- joining ------------------------------------------------------------------------------------------------------


def test_two_half_filled_copies_join_answer_by_answer(desk: Desk, talk: Filling) -> None:
    twin = desk.twin()
    there = twin.open(talk.record)
    records.answer(talk, "/data/who", "Mpho")
    records.add_row(talk, "/data/visit")
    records.answer(talk, "/data/visit[2]/place", "Maseru")
    records.answer(there, "/data/many", "2")
    records.add_row(there, "/data/visit")
    records.answer(there, "/data/visit[2]/place", "Leribe")
    join(desk, twin)
    one, other = desk.open(talk.record), twin.open(talk.record)
    same(one, other)
    assert one.session.value("/data/who") == "Mpho"
    assert one.session.value("/data/many") == "2"
    assert {one.session.value(f"/data/visit[{row}]/place") for row in (1, 2, 3)} == {"", "Maseru", "Leribe"}
    assert one.differing == frozenset()
    assert desk.ws.journal.digest() == twin.ws.journal.digest()


def test_what_both_changed_is_shown_side_by_side_until_it_is_settled(desk: Desk, talk: Filling) -> None:
    twin = desk.twin()
    there = twin.open(talk.record)
    records.answer(talk, "/data/many", "1")
    records.answer(there, "/data/many", "2")
    join(desk, twin)
    one = desk.open(talk.record)
    (line,) = record_list.records(desk.ws, desk.engagement)
    assert line.differing == 1
    asked = next(block for block in form_blocks.form_view(one, 0).blocks if getattr(block, "name", "") == "many")
    assert {differ.words for differ in asked.differing} == {"1", "2"}  # type: ignore[union-attr]
    assert {differ.author for differ in asked.differing} == {"Mpho Kgosi", "Neo Lesedi"}  # type: ignore[union-attr]
    records.settle(one, "/data/many", "1")
    join(desk, twin)
    assert record_list.records(twin.ws, twin.engagement)[0].differing == 0
    assert twin.open(talk.record).session.value("/data/many") == "1"


def test_an_answer_brings_a_row_back_that_was_taken_away_elsewhere(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/visit[1]/place", "Maseru")
    twin = desk.twin()
    there = twin.open(talk.record)
    records.remove_row(talk, "/data/visit[1]")
    records.answer(there, "/data/visit[1]/note[1]/said", "not lost")
    join(desk, twin)
    one = desk.open(talk.record)
    same(one, twin.open(talk.record))
    assert one.session.value("/data/visit[1]/note[1]/said") == "not lost"
    assert one.session.value("/data/visit[1]/place") == ""


def test_a_form_travels_with_its_record_and_with_its_files(desk: Desk) -> None:
    (desk.folder / "towns.csv").write_text("name,label\nmaseru,Maseru\n", encoding="utf-8")
    form = desk.form("| type | name | label |\n| select_one_from_file towns.csv | town | Town |")
    record = records.begin(desk.ws, desk.engagement, form).record
    twin = desk.twin()
    assert [option.label for option in twin.open(record).session.choices("/data/town")] == ["Maseru"]


# ---- finishing ----------------------------------------------------------------------------------------------------


def test_a_record_with_problems_is_not_finished(talk: Filling) -> None:
    records.answer(talk, "/data/many", "0")
    with pytest.raises(Trouble, match="1 question is missing"):
        finishing.finish(talk)
    assert talk.state == "draft"


def test_a_final_record_is_corrected_as_a_new_version_and_both_stay_readable(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/who", "Mpho")
    first = talk.session.instance_id
    finishing.finish(talk)
    with pytest.raises(Trouble, match="final"):
        records.answer(talk, "/data/who", "Neo")
    finishing.correct(talk, "The name was wrong.")
    records.answer(talk, "/data/who", "Neo")
    finishing.finish(talk)
    lines = finishing.revisions(desk.ws, talk.record)
    assert [(line.number, line.author, line.reason) for line in lines] == [
        (1, "Mpho Kgosi", ""),
        (2, "Mpho Kgosi", "The name was wrong."),
    ]
    versions = [finishing.open_revision(desk.ws, talk.record, line.id) for line in lines]
    assert [version.session.value("/data/who") for version in versions] == ["Mpho", "Neo"]
    assert not any(version.editable for version in versions)
    assert first.encode() in desk.open(talk.record).session.submission().split(b"deprecatedID")[1]


def test_a_signed_record_is_corrected_only_with_a_reason(desk: Desk, talk: Filling) -> None:
    finishing.finish(talk)
    with pytest.raises(Trouble, match="missing"):
        finishing.sign(talk, "")
    photo = desk.folder / "signed.jpg"
    photo.write_bytes(b"a photograph")
    finishing.sign(talk, "The chairperson of Basalt", photo)
    assert desk.open(talk.record).state == "signed"
    with pytest.raises(Trouble, match="Say in one sentence"):
        finishing.correct(talk, " ")
    finishing.correct(talk, "A date was wrong.")
    assert desk.open(talk.record).editable


def test_surplus_rows_of_a_count_are_dropped_when_the_record_is_finished(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/many", "2")
    records.answer(talk, "/data/seat[2]/name", "gone")
    records.answer(talk, "/data/many", "1")
    finishing.finish(talk)
    finishing.correct(talk, "")
    records.answer(talk, "/data/many", "2")
    assert talk.session.value("/data/seat[2]/name") == ""
    assert desk.open(talk.record).session.value("/data/seat[2]/name") == ""


def test_a_withdrawn_record_stays_readable(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/who", "Mpho")
    finishing.finish(talk)
    finishing.withdraw(talk)
    again = desk.open(talk.record)
    assert (again.state, again.session.value("/data/who"), again.editable) == ("withdrawn", "Mpho", False)


# ---- registers, entities, history ---------------------------------------------------------------------------------


def test_lists_are_read_live_from_the_registers(desk: Desk) -> None:
    form = desk.form(
        """
        | type | name | label |
        | select_one_from_file person.csv | who | Who? |
        | select_one_from_file council.csv | council | Which council? |
        """
    )
    filling = desk.begin(form)
    assert [option.label for option in filling.session.choices("/data/who")] == ["Mpho Kgosi"]
    people.add_person(desk.ws, name="Lerato Pula")
    people.add_organisation(desk.ws, name="Basalt", kind="council")
    people.add_organisation(desk.ws, name="Fund", kind="partner")
    filling.session.refresh_lists()
    assert [option.label for option in filling.session.choices("/data/who")] == ["Lerato Pula", "Mpho Kgosi"]
    assert [option.label for option in filling.session.choices("/data/council")] == ["Basalt"]
    assert set(live_lists(desk.ws, desk.engagement, filling.form)) == {"person", "council"}


def test_entities_of_another_form_become_persons_or_a_list_of_their_own(desk: Desk) -> None:
    survey = """
    | type | name | label | save_to |
    | text | name | Name | |
    | text | post | Post | role |
    """
    entities = "| list_name | label |\n| person | ${name} |"
    filling = desk.begin(desk.form(survey, entities=entities))
    records.answer(filling, "/data/name", "Palesa Poone")
    records.answer(filling, "/data/post", "Clerk")
    finishing.finish(filling)
    assert [(line.name, line.detail) for line in people.persons(desk.ws, "palesa")] == [("Palesa Poone", "Clerk")]

    trees = desk.form(
        survey.replace("role", "species"),
        entities="| list_name | label |\n| trees | ${name} |",
        settings="| form_id | form_title | version |\n| plant | Plant | 1 |",
        name="plant",
    )
    planted = desk.begin(trees)
    records.answer(planted, "/data/name", "Oak")
    records.answer(planted, "/data/post", "Quercus")
    finishing.finish(planted)
    reads = desk.form(
        "| type | name | label |\n| select_one_from_file trees.csv | tree | Tree |",
        settings="| form_id | form_title | version |\n| water | Water | 1 |",
        name="water",
    )
    options = desk.begin(reads).session.choices("/data/tree")
    assert [option.label for option in options] == ["Oak"]


def test_the_history_of_a_question_says_who_when_and_the_value_before(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/again", "yes")
    records.answer(talk, "/data/again", "no")
    lines = past.of_place(desk.ws, "form", code=f"{talk.record} /data/again")
    assert [(line.value, line.author, line.current) for line in lines] == [
        ("No", "Mpho Kgosi", True),
        ("Yes", "Mpho Kgosi", False),
    ]


def test_the_last_saved_record_gives_its_answers_to_the_next(desk: Desk) -> None:
    form = desk.form(
        """
        | type | name | label | default |
        | text | road | Which road? | ${last-saved#road} |
        """
    )
    first = desk.begin(form)
    assert first.session.value("/data/road") == ""
    records.answer(first, "/data/road", "A2")
    assert desk.begin(form).session.value("/data/road") == "A2"


# ---- files --------------------------------------------------------------------------------------------------------


def test_a_file_is_kept_by_its_hash_and_undo_takes_it_back(desk: Desk, talk: Filling) -> None:
    from tests.ui.every_kind import picture

    photo = desk.folder / "hall.png"
    picture(photo, 40, 30)
    records.attach_file(talk, "/data/face", photo)
    held = desk.open(talk.record).file("/data/face")
    assert isinstance(held, Attachment)
    assert held.name.startswith("hall-")
    assert talk.session.attachments() == (held.name,)
    same(desk.open(talk.record), talk)
    workspace.undo(desk.ws)
    assert desk.open(talk.record).session.value("/data/face") == ""
    workspace.redo(desk.ws)
    twin = desk.twin()
    arrived = twin.open(talk.record).file("/data/face")
    assert arrived == held
    assert twin.ws.journal.body(held.hash) == desk.ws.journal.body(held.hash)
    assert twin.ws.journal.body(held.hash) is not None


def test_what_is_no_picture_is_refused_with_a_sentence(desk: Desk, talk: Filling) -> None:
    with pytest.raises(Trouble, match="no picture"):
        records.attach(talk, "/data/face", "letter.jpg", b"words")


# ---- views --------------------------------------------------------------------------------------------------------


def test_a_table_shows_its_rows_and_asks_what_the_open_one_asks(desk: Desk, talk: Filling) -> None:
    records.answer(talk, "/data/visit[1]/place", "Maseru")
    records.add_row(talk, "/data/visit")
    records.answer(talk, "/data/visit[2]/place", "Leribe")
    pages = form_blocks.form_view(talk, 0).pages
    number = next(page.number for page in pages if page.label == "Visits")
    (table,) = form_blocks.form_view(talk, number).blocks
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [("Maseru",), ("Leribe",)]
    assert table.open == table.rows[1].key
    asked = table.blocks[0]
    assert getattr(asked, "value", None) == "Leribe"


@pytest.mark.parametrize("wrong", [False, True])
def test_the_next_question_that_is_open_or_wrong_is_found(talk: Filling, wrong: bool) -> None:
    records.answer(talk, "/data/many", "0")
    assert form_blocks.next_open(talk, "/data/many", wrong=wrong) == "/data/why"
    records.answer(talk, "/data/why", "None came")
    assert form_blocks.next_open(talk, "/data/many", wrong=wrong) == ("" if wrong else "/data/again")


def test_a_look_at_a_form_keeps_nothing(desk: Desk, talk: Filling) -> None:
    from pitso.services.filling import open_trial

    before = desk.operations()
    trial = open_trial(desk.ws, desk.engagement, talk.form_uid)
    records.answer(trial, "/data/many", "0")
    records.add_row(trial, "/data/visit")
    assert trial.session.relevant("/data/why")
    assert desk.operations() == before


_Deed = Callable[[Filling], object]


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (lambda filling: finishing.sign(filling, "x"), "Only a final record"),
        (lambda filling: finishing.correct(filling, "x"), "draft"),
        (lambda filling: records.attach_file(filling, "/data/face", Path("/nowhere.png")), "could not be read"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(talk: Filling, deed: _Deed, said: str) -> None:
    with pytest.raises(Trouble, match=said):
        deed(talk)


def test_a_record_that_is_not_here_is_told(desk: Desk) -> None:
    with pytest.raises(Trouble, match="not here"):
        desk.open("record/x/talk/y")


def test_the_forms_that_ship_are_in_every_library_in_the_order_of_the_programme(desk: Desk) -> None:
    lines = library.forms(desk.ws)
    assert " ".join(line.form_id for line in lines) == (
        "identification choice objective team visit meeting feedback finding reflection statutes plan "
        "agreement learning programme evaluation partners leadership resources risks exit"
    )
    assert list(dict.fromkeys(line.group for line in lines)) == [
        "Before the first visit",
        "Visits and meetings",
        "Decision, statutes and plan",
        "Cooperation and learning",
        "Leaders, money and risks",
        "Scaling down",
    ]
    assert {len(line.languages) for line in lines} == {3}
    assert desk.ws.forms == {}, "a list of forms reads none of them whole"


def test_a_form_of_an_office_comes_after_those_of_the_programme(desk: Desk, talk: Filling) -> None:
    assert library.forms(desk.ws)[-1].form_id == "talk"


def test_differing_answers_stand_in_the_list_of_all_differences(desk: Desk, talk: Filling) -> None:
    twin = desk.twin()
    there = twin.open(talk.record)
    records.answer(talk, "/data/who", "Tumelo")
    records.answer(there, "/data/who", "Tumelo Khoeli")
    join(desk, twin)
    (answer,) = differences.differences(desk.ws)  # the name of the record follows from it, and is none of its own
    assert record_list.records(desk.ws, desk.engagement)[0].differing == 1
    assert answer.what.endswith("Who?: Answer")
    place = [side.value for side in answer.sides].index("Tumelo Khoeli")
    differences.choose(desk.ws, answer.entity, answer.field, place)
    assert desk.open(talk.record).session.value("/data/who") == "Tumelo Khoeli"
    lines = [bytes(line) for (line,) in desk.ws.journal.file.rows("SELECT line FROM tail")]
    assert not any(b"Khoeli" in line for line in lines)


def test_answers_that_arrive_after_a_record_was_finished_are_told(desk: Desk, talk: Filling) -> None:
    twin = desk.twin()
    there = twin.open(talk.record)
    records.answer(talk, "/data/who", "Mpho")
    finishing.finish(talk)
    assert not finishing.arrived_later(desk.open(talk.record))
    records.answer(there, "/data/again", "yes")
    join(desk, twin)
    assert finishing.arrived_later(desk.open(talk.record))
    (line,) = finishing.revisions(desk.ws, talk.record)
    assert finishing.open_revision(desk.ws, talk.record, line.id).session.value("/data/again") == ""
    again = desk.open(talk.record)
    finishing.correct(again, "The other copy said more.")
    finishing.finish(again)
    assert not finishing.arrived_later(desk.open(talk.record))
    assert desk.open(talk.record).session.value("/data/again") == "yes"


def test_a_draft_that_was_withdrawn_goes_on_as_it_was(desk: Desk, talk: Filling) -> None:
    named = talk.session.instance_id
    finishing.withdraw(talk)
    finishing.correct(talk, "")
    again = desk.open(talk.record)
    assert (again.state, again.session.instance_id, again.session.deprecated_id) == ("draft", named, "")
