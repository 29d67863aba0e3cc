"""What a checklist leaves open becomes an item of the agenda of the next formal meeting (F20, F21)."""

from pathlib import Path

import pytest

from pitso import words
from pitso.domain.trouble import Trouble
from pitso.services import agenda, library, open_items
from tests.services.forms_at_hand import Desk, checklist


def names(paths: tuple[str, ...]) -> list[str]:
    return [path.rpartition("/")[2] for path in paths]


def test_open_items_stand_on_the_agenda_once_whatever_language_they_were_put_there_in(tmp_path: Path) -> None:
    desk = Desk.at(tmp_path)
    held = checklist(desk.ws, desk.engagement, {"i08": "partly", "i15": "missing", "i13": "not_wanted"})
    assert names(open_items.left_open(held)) == ["i08", "i15"]
    held.session.speak("fr")
    change = agenda.put_open(held)
    meeting = desk.open(change.record)
    assert (meeting.form.id, meeting.state, meeting.session.rows(open_items.AGENDA)) == ("meeting", "draft", 2)
    assert [meeting.session.value(f"{open_items.AGENDA}[{row}]/item") for row in (1, 2)] == [
        f"Statutes checklist: {held.session.label(path)}" for path in ("/data/organs/i08", "/data/money/i15")
    ]
    again = desk.open(held.record)
    assert again.session.language_code == "en"
    assert open_items.left_open(again) == ()
    with pytest.raises(Trouble, match="Nothing waits"):
        agenda.put_open(again)


def test_what_is_opened_later_joins_the_same_draft(tmp_path: Path) -> None:
    desk = Desk.at(tmp_path)
    first = agenda.put_open(checklist(desk.ws, desk.engagement, {"i08": "partly"}))
    second = agenda.put_open(checklist(desk.ws, desk.engagement, {"i08": "missing", "i24": "missing"}))
    assert second.record == first.record
    assert len(open_items.on_agendas(desk.ws, desk.engagement)) == 2
    assert second.said == "1 point stands on the agenda."


def test_a_draft_a_settled_checklist_and_any_other_form_leave_nothing(tmp_path: Path) -> None:
    desk = Desk.at(tmp_path)
    assert open_items.left_open(desk.begin(library.current(desk.ws, "statutes"))) == ()
    assert open_items.left_open(desk.begin(library.current(desk.ws, "visit"))) == ()
    assert open_items.left_open(checklist(desk.ws, desk.engagement, {"i13": "not_wanted"})) == ()


def test_the_title_stands_in_the_language_of_the_reader(tmp_path: Path) -> None:
    desk = Desk.at(tmp_path)
    held = checklist(desk.ws, desk.engagement, {"i08": "partly"})
    held.session.speak("fr")
    with words.speaking("fr"):
        title = library.title_of(held.form)
        agenda.put_open(held)
    (item,) = open_items.on_agendas(desk.ws, desk.engagement)
    assert item.startswith(title)
