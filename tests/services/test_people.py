"""Persons and bodies: found by any part of any name, and bad input told beside it."""

from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import account, doubles, finding, people, workspace
from pitso.services.account import Account
from pitso.services.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "visit.pitso", name="Visit")


@pytest.mark.parametrize("words", ["mamello", "'Mamello", "khoeli metsi", "Khoeli-Metsi", "METSI mam", "khoelimetsi"])
def test_a_name_with_an_apostrophe_is_found(demo: Workspace, words: str) -> None:
    assert "'Mamello Khoeli-Metsi" in [line.name for line in people.persons(demo, words)]


def test_a_body_is_found_by_any_of_its_names(demo: Workspace) -> None:
    (found,) = people.organisations(demo, "llga")
    assert (found.name, [(n.text, n.valid_from, n.valid_to) for n in found.names]) == (
        "LALA",
        [("LLGA", "2026-04", "2026-06"), ("LALA", "2026-06-18", "")],
    )
    assert [line.name for line in finding.find(demo, "LLGA")] == ["LALA"]


def test_anything_is_found_from_one_place(demo: Workspace) -> None:
    assert {line.detail for line in finding.find(demo, "as")} >= {"Assessment"}
    assert "Lesotho" in [line.name for line in finding.find(demo, "lesotho")]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_is_none_is_told(ws: Workspace, name: str) -> None:
    with pytest.raises(Trouble):
        people.add_person(ws, name=name)
    assert people.persons(ws) == ()


@pytest.mark.parametrize("date", ["2026-13", "yesterday", "26", "2026-06-32", "2026/06"])
def test_a_date_that_is_none_is_told(ws: Workspace, date: str) -> None:
    body = people.add_organisation(ws, name="LALA", kind="association").record
    with pytest.raises(Trouble, match="not a date"):
        people.add_name(ws, body, text="LLGA", kind="former", valid_from=date)


def test_a_name_cannot_end_before_it_begins(ws: Workspace) -> None:
    body = people.add_organisation(ws, name="LALA", kind="association").record
    with pytest.raises(Trouble, match="ends before"):
        people.add_name(ws, body, text="LLGA", kind="former", valid_from="2026-06", valid_to="2025")
    people.add_name(ws, body, text="LLGA", kind="former", valid_from="2026-06", valid_to="2026")


def test_the_account_remembers_and_survives_a_broken_file(own_account: Path) -> None:
    account.save(Account("fr", 20, "night").opened("/a.pitso").opened("/b.pitso").opened("/a.pitso"))
    assert account.load() == Account("fr", 20, "night", ("/a.pitso", "/b.pitso"))
    from pitso import places

    places.settings().write_text('{"language": "xx", "body_size": 400, "theme": "pink", "recent": []}')
    assert account.load() == Account()
    places.settings().write_text("{")
    assert account.load() == Account()


@pytest.mark.parametrize("seats", ["0", "-3", "12.5", "many", "1000", "٣"])
def test_seats_that_are_none_are_told(demo: Workspace, seats: str) -> None:
    council = people.organisations(demo, "basalt")[0].id
    with pytest.raises(Trouble, match="no number of seats"):
        people.describe_council(demo, council, category="rural", district="", seats=seats)
    assert people.organisation(demo, council).seats == ""


def test_a_council_is_described(demo: Workspace) -> None:
    council = people.organisations(demo, "basalt")[0].id
    assert people.organisation(demo, council).category == "rural"
    people.describe_council(demo, council, category="urban", district=" Maseru ", seats="12")
    told = people.organisation(demo, council)
    assert (told.category, told.district, told.seats) == ("urban", "Maseru", "12")
    people.describe_council(demo, council, category="", district="", seats="")
    told = people.organisation(demo, council)
    assert (told.category, told.district, told.seats) == ("", "", "")


def test_the_number_of_doubles_follows_every_change(demo: Workspace) -> None:
    before = doubles.number(demo)
    names = ("Kefilwe Molapo-Thaba", "Kefilwe Molapo Theba")
    one, other = (people.add_person(demo, name=name).record for name in names)
    assert doubles.number(demo) == before + 1 == len(doubles.proposed(demo))
    doubles.tell_apart(demo, one, other)
    assert doubles.number(demo) == before
    workspace.undo(demo)
    assert doubles.number(demo) == before + 1
    doubles.join(demo, one, other)
    assert doubles.number(demo) == before == len(doubles.proposed(demo))
