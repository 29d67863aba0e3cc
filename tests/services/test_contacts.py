"""The contact log: who wrote to whom, what awaits an answer, wrong numbers, and what only the team reads."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.services import contact_points, contacts, finding, past, people, receiving, sending, warnings, workspace
from pitso.services.programme_views import ContactLine
from pitso.services.workspace import Workspace
from tests.services.conftest import the_engagement

YESTERDAY = datetime(2026, 9, 29, 16, 30)


def party(ws: Workspace) -> str:
    return people.persons(ws)[0].id


def logged(ws: Workspace, **other: object) -> str:
    told: dict[str, object] = {
        "at": YESTERDAY,
        "by": "telephone",
        "direction": "sent",
        "party": party(ws),
        "subject": "Visit 4",
    }
    return contacts.log(ws, the_engagement(ws), **(told | other)).record  # type: ignore[arg-type]


def line(ws: Workspace, uid: str) -> ContactLine:
    return next(one for one in contacts.contacts(ws, the_engagement(ws)) if one.id == uid)


def codes(ws: Workspace) -> list[str]:
    return [one.code for one in warnings.warnings(ws, the_engagement(ws))]


def test_the_story_has_fourteen_entries_and_one_letter_without_an_answer(demo: Workspace) -> None:
    lines = contacts.contacts(demo, the_engagement(demo))
    assert len(lines) == 14
    assert [(one.at.date(), one.days_over) for one in lines if one.waits] == [(date(2026, 9, 10), 5)]
    assert lines[0].waits, "open letters stand on top"
    assert [one.at for one in lines[1:]] == sorted((one.at for one in lines[1:]), reverse=True)
    welcome = next(one for one in lines if one.direction == "received")
    assert welcome.answers.startswith("Letter of introduction")
    assert welcome.parties == "Leaders of ten councils to BALA"


def test_sent_and_received_turn_the_two_sides_round(demo: Workspace) -> None:
    writer = workspace.person_name(demo, demo.author)
    other = workspace.person_name(demo, party(demo))
    assert line(demo, logged(demo)).parties == f"{writer} to {other}"
    received = line(demo, logged(demo, direction="received"))
    assert received.parties == f"{other} to {writer}"
    assert (received.party, received.own) == (party(demo), demo.author)


@pytest.mark.parametrize(
    ("other", "lacking"),
    [
        ({"at": datetime(2026, 10, 1, 9, 0)}, "not come yet"),
        ({"party": "Mpho"}, "With whom"),
        ({"subject": " "}, "subject is missing"),
        ({"by": "pigeon"}, "not in the list"),
        ({"direction": "up"}, "not in the list"),
        ({"answer_by": date(2026, 9, 28)}, "before the letter"),
    ],
)
def test_what_lacks_something_is_refused_and_nothing_is_kept(
    demo: Workspace, other: dict[str, object], lacking: str
) -> None:
    before = len(contacts.contacts(demo, the_engagement(demo)))
    with pytest.raises(Trouble, match=lacking):
        logged(demo, **other)
    assert len(contacts.contacts(demo, the_engagement(demo))) == before


def test_an_answer_closes_the_letter_and_clears_the_warning(demo: Workspace) -> None:
    letter = contacts.contacts(demo, the_engagement(demo))[0]
    assert "W19" in codes(demo)
    logged(demo, direction="received", answers=letter.id)
    assert line(demo, letter.id).answered_on == YESTERDAY.date()
    assert "W19" not in codes(demo)


def test_nothing_answers_what_came_later(demo: Workspace) -> None:
    letter = contacts.contacts(demo, the_engagement(demo))[0]
    with pytest.raises(Trouble, match="cannot come before"):
        logged(demo, at=datetime(2026, 9, 9, 12, 0), answers=letter.id)


def test_a_letter_goes_out_in_the_name_of_a_body(demo: Workspace) -> None:
    uid = logged(demo)
    office = next(one for one in contacts.own_sides(demo, the_engagement(demo), "") if one.words == "UCLG Africa")
    contacts.on_behalf_of(demo, uid, office.id)
    assert line(demo, uid).parties.startswith("UCLG Africa to ")
    with pytest.raises(Trouble):
        contacts.on_behalf_of(demo, uid, party(demo))


@pytest.mark.parametrize(("outcome", "waits"), [("answered", False), ("refused", False), ("promised", True)])
def test_some_outcomes_close_a_letter(demo: Workspace, outcome: str, waits: bool) -> None:
    letter = contacts.contacts(demo, the_engagement(demo))[0]
    contacts.conclude(demo, letter.id, outcome)
    assert line(demo, letter.id).waits is waits
    contacts.conclude(demo, letter.id, "")
    assert line(demo, letter.id).waits


def test_a_wrong_number_marks_the_telephone_and_nothing_else(demo: Workspace) -> None:
    person = party(demo)
    for by, address in (("telephone", "+266 5800 0000"), ("email", "mpho@example.org")):
        contact_points.add(demo, person, by=by, address=address)
    contacts.conclude(demo, logged(demo, party=person), "number_wrong")
    points = {point.address: point.invalid_since for point in contact_points.points(demo, person)}
    assert points == {"mpho@example.org": None, "+266 5800 0000": YESTERDAY.date()}
    workspace.undo(demo)
    assert all(point.invalid_since is None for point in contact_points.points(demo, person))


def test_a_contact_point_may_be_valid_again(demo: Workspace) -> None:
    point = contact_points.add(demo, party(demo), by="telephone", address="+266 5800 0000").record
    contact_points.set_valid(demo, point, False)
    assert contact_points.points(demo, party(demo))[0].invalid_since == date(2026, 9, 30)
    contact_points.set_valid(demo, point, True)
    assert contact_points.points(demo, party(demo))[0].invalid_since is None
    with pytest.raises(Trouble):
        contact_points.add(demo, party(demo), by="pigeon", address="x")


def test_the_day_of_the_answer_and_what_was_said_are_noted_afterwards(demo: Workspace) -> None:
    uid = logged(demo)
    contacts.await_answer(demo, uid, date(2026, 10, 9))
    contacts.summarise(demo, uid, "They ask for a letter.")
    assert (line(demo, uid).answer_by, line(demo, uid).summary) == (date(2026, 10, 9), "They ask for a letter.")
    told = {one.field_words for one in past.of_place(demo, "contacts", engagement=the_engagement(demo), code=uid)}
    assert {"Subject", "What was said", "Needs an answer by"} <= told
    contacts.await_answer(demo, uid, None)
    assert not line(demo, uid).waits


def test_what_only_the_team_reads_does_not_reach_the_office(demo: Workspace, tmp_path: Path) -> None:
    logged(demo, subject="Known to the office")
    uid = logged(demo, subject="Not for the office", confidential=True)
    contacts.summarise(demo, uid, "Who threatened whom")
    bundle = tmp_path / "x.pitso-bundle"
    sending.send(demo, bundle, reader=Reader.OFFICE)
    office = workspace.create(tmp_path / "office.pitso", name="O", office=True, clock=demo.clock)
    receiving.receive(office, bundle, trusting=True)
    lines = contacts.contacts(office, the_engagement(office))
    assert "Known to the office" in {one.subject for one in lines}
    assert line(office, uid).confidential
    assert (line(office, uid).subject, line(office, uid).summary) == ("", "")
    office.close()


def test_what_only_the_team_reads_is_hidden_while_a_host_writes(demo: Workspace) -> None:
    uid = logged(demo, subject="Not for the hosts", confidential=True)
    assert line(demo, uid).subject == "Not for the hosts"
    workspace.write_as(demo, people.person_called(demo, "Tumelo Khoeli-Moru"))
    assert uid not in {one.id for one in contacts.contacts(demo, the_engagement(demo))}
    assert not finding.find(demo, "not for the hosts")


def test_the_letter_itself_is_kept(demo: Workspace, tmp_path: Path) -> None:
    scan = tmp_path / "letter.pdf"
    scan.write_bytes(b"%PDF-1.4")
    uid = logged(demo)
    contacts.attach(demo, uid, scan)
    assert line(demo, uid).file == "letter.pdf"
    with pytest.raises(Trouble, match="could not be read"):
        contacts.attach(demo, uid, tmp_path / "gone.pdf")


def test_it_is_found_by_its_subject(demo: Workspace) -> None:
    assert logged(demo, subject="Interpreters for visit 4") in {
        one.id for one in finding.find(demo, "interpreters visit")
    }


def test_an_entry_that_a_newer_program_wrote_otherwise_is_passed_over(demo: Workspace) -> None:
    from pitso.storage.edits import Put

    demo.record([Put(logged(demo), "at", "some time ago")], said="")
    assert len(contacts.contacts(demo, the_engagement(demo))) == 14
    demo.clock = lambda: datetime(2026, 9, 30, 12, tzinfo=UTC)
    assert "W19" in codes(demo)
