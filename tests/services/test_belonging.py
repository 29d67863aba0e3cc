"""A computer comes to belong, does what its role allows, is lost and revoked; and each bundle holds what is lacking."""

import json
from pathlib import Path

import pytest

from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import Parcel
from pitso.exchange.enrolment import six_words
from pitso.exchange.envelope import Unlock
from pitso.services import enrolment, erasure, exchange, people, receiving, sending, trust, waiting, workspace
from pitso.services.views import MergeReport
from pitso.services.workspace import Workspace
from pitso.storage import departing
from pitso.storage.edits import Drop, Erase, Put, Settle
from tests.services.belonging import Field


def test_a_computer_is_invited_asks_and_is_admitted(world: Field) -> None:
    team = world.computer("Mpho", "leader", "peer")
    view = enrolment.joined(world.office)
    assert [(seat.holder, seat.roles) for seat in view.seats] == [
        ("Office", "Coordinating office"),
        ("Mpho", "Team leader, Peer"),
    ]
    people.add_person(team, name="Lineo")
    office = sending.party(team, "office")
    assert (office.key, office.reader) == ("office", Reader.OFFICE), "before its list has come, it is the office"
    assert exchange.exchange(team).office_known
    world.carry(team, world.office, "office")
    assert [line.name for line in people.persons(world.office)] == ["Lineo"]
    assert not enrolment.joined(team).belongs
    world.tell(team)
    assert enrolment.joined(team).belongs


def test_wrong_words_admit_nobody(world: Field, tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "x.pitso", name="x")
    enrolment.invite(world.office, tmp_path / "i", holder="X", roles_=["peer"])
    enrolment.join(ws, (tmp_path / "i").read_text(), tmp_path / "r")
    assert enrolment.look_at_request(world.office, tmp_path / "r").roles == ("Peer",)
    with pytest.raises(Trouble, match="not the words"):
        enrolment.admit(world.office, tmp_path / "r", words_="one two three four five six")
    assert len(enrolment.joined(world.office).seats) == 1
    ws.close()


def test_an_invitation_is_good_for_one_computer(world: Field, tmp_path: Path) -> None:
    world.computer("Mpho", "leader")
    thief = workspace.create(tmp_path / "thief.pitso", name="thief")
    said = enrolment.join(
        thief, (tmp_path / "Mpho.pitso-invitation").read_text(), tmp_path / "thief.pitso-request"
    ).said
    with pytest.raises(Trouble, match="used by another"):
        enrolment.admit(world.office, tmp_path / "thief.pitso-request", words_=said.partition(": ")[2])
    thief.close()


def test_only_the_office_keeps_the_list(world: Field, tmp_path: Path) -> None:
    team = world.computer("Mpho", "leader")
    with pytest.raises(Trouble, match="Only the coordinating office"):
        enrolment.invite(team, tmp_path / "i", holder="X", roles_=["peer"])
    with pytest.raises(Trouble, match="Only the coordinating office"):
        enrolment.revoke(team, "Mpho")
    with pytest.raises(Trouble, match="Only the coordinating office"):
        enrolment.admit(team, tmp_path / "Mpho.pitso-request", words_="")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"pitso":"invitation","format":1}', "\x00", '{"pitso":"request"}'])
def test_a_file_that_is_no_invitation_is_told(world: Field, tmp_path: Path, text: str) -> None:
    ws = world.computer("Mpho", "leader")
    (tmp_path / "letter").write_text(text)
    with pytest.raises(Trouble, match="no invitation or request"):
        enrolment.join(ws, (tmp_path / "letter").read_text(), tmp_path / "out")
    with pytest.raises(Trouble, match="no invitation or request"):
        enrolment.admit(world.office, tmp_path / "letter", words_="")
    assert not (tmp_path / "out").exists()


def test_a_changed_invitation_is_refused(world: Field, tmp_path: Path) -> None:
    ws = world.computer("Mpho", "peer")
    text = (tmp_path / "Mpho.pitso-invitation").read_text()
    (tmp_path / "changed").write_text(text.replace("peer", "leader"))
    with pytest.raises(Trouble, match="changed on its way"):
        enrolment.join(ws, (tmp_path / "changed").read_text(), tmp_path / "out")


def test_a_changed_request_is_refused(world: Field, tmp_path: Path) -> None:
    """Somebody on the way puts an address of his own in: what is for that computer would be locked for him."""
    team, thief = world.computer("Mpho", "peer"), workspace.create(tmp_path / "thief.pitso", name="thief")
    text = (tmp_path / "Mpho.pitso-request").read_text()
    assert team.key.recipient in text
    (tmp_path / "changed").write_text(text.replace(team.key.recipient, thief.key.recipient))
    with pytest.raises(Trouble, match="changed on its way"):
        enrolment.look_at_request(world.office, tmp_path / "changed")
    thief.close()


def test_the_six_words_are_those_that_others_would_make_of_the_key() -> None:
    """The spelling is that of the paper on proquints (Wilkerson 2009), whose examples these are."""
    key = bytes([127, 0, 0, 1, 63, 84, 220, 193, 63, 118, 7, 35]) + bytes(20)
    assert six_words(key) == "lusab babad gutih tugad gutuk bisog"


def test_what_a_role_does_not_allow_is_set_aside_and_may_be_let_in(world: Field) -> None:
    desk = world.computer("Desk", "desk")
    desk.record([Put("assessment/1/2", "revealed", {"by": "person/1"})], said="")
    world.carry(desk, world.office, "office")
    assert world.office.journal.record("assessment/1/2") == {}
    (group,) = waiting.waiting(world.office)
    assert (group.name.split(" (")[0], group.why, group.decidable) == ("Desk", trust.NOT_ALLOWED, True)
    assert [entry.what for entry in waiting.look_into(world.office, group.device)][-1] == "Revealed"
    waiting.let_in(world.office, group.device)
    assert "revealed" in world.office.journal.record("assessment/1/2")
    assert waiting.waiting(world.office) == ()


def test_what_waits_for_a_decision_is_not_called_missing(world: Field) -> None:
    """The next entries wait behind it; they are not asked for, since nothing of them is lost."""
    desk = world.computer("Desk", "desk")
    for told in ("revealed", "title"):
        desk.journal.commit("person/1", [Put("assessment/1/2", told, "x")], said="")
        sending.send(desk, world.folder / f"{told}.pitso-bundle", to=sending.party(desk, "office"))
        report = receiving.receive(world.office, world.folder / f"{told}.pitso-bundle")
        assert not any("missing" in sentence for sentence in report.sentences)
    assert [group.why for group in waiting.waiting(world.office)] == [trust.NOT_ALLOWED, "gap"]
    waiting.let_in(world.office, desk.key.public.hex())
    assert set(world.office.journal.record("assessment/1/2")) == {"revealed", "title"}


@pytest.mark.parametrize(
    ("entity", "field", "line"),
    [
        ("assessment/1/2", "revealed", b'"assessment/1/2","rev\\u0065aled",1'),
        ("assessment/1/2", "revealed", b'"assessment/1/2",\r"revealed",1'),
        ("assessment/1/2", "revealed", b'"\\u0061ssessment/1/2","revealed",1'),
        ("round/1/2", "opened", b'"round/1/2", "opened" ,1'),
    ],
)
def test_a_role_is_not_got_round_by_writing_a_name_otherwise(
    world: Field, entity: str, field: str, line: bytes
) -> None:
    desk = world.computer("Desk", "desk")
    desk.record([Put(entity, "title", 1)], said="")
    ((op, plain),) = desk.journal.file.rows("SELECT id, line FROM tail ORDER BY id DESC LIMIT 1")
    told = bytes(plain).replace(f'"{entity}","title",1'.encode(), line)
    assert json.loads(told)[3:5] == [entity, field]
    with desk.journal.file.transaction() as connection:
        connection.execute("UPDATE tail SET line = ? WHERE id = ?", (told, op))
    world.carry(desk, world.office, "office")
    assert world.office.journal.record(entity) == {}
    assert waiting.waiting(world.office)[0].why == trust.NOT_ALLOWED


def test_a_computer_does_not_take_away_a_record_in_which_it_may_write_nothing_that_binds(world: Field) -> None:
    team, desk = world.computer("Mpho", "leader"), world.computer("Desk", "desk")
    team.record([Put("agreed/1/LEG-1", "agreed", {"rating": 3}), Put("note/1", "text", "x")], said="")
    world.carry(team, world.office, "office")
    sending.send(team, world.folder / "open.pitso-bundle")
    receiving.receive(desk, world.folder / "open.pitso-bundle", trusting=True)
    desk.record([Drop("note/1")], said="")
    desk.record([Drop("agreed/1/LEG-1")], said="before the desk knows its role")
    world.carry(desk, world.office, "office")
    assert world.office.journal.record("agreed/1/LEG-1") == {"agreed": {"rating": 3}}
    assert waiting.waiting(world.office)[0].why == trust.NOT_ALLOWED
    world.tell(desk)
    with pytest.raises(Trouble, match="role"):
        desk.record([Drop("agreed/1/LEG-2")], said="")


def test_a_computer_that_knows_its_role_refuses_the_deed_itself(world: Field) -> None:
    desk = world.computer("Desk", "desk")
    world.tell(desk)
    with pytest.raises(Trouble, match="role"):
        desk.record([Put("assessment/1/2", "closed", "2026-01-01")], said="")


@pytest.mark.parametrize(("role", "may"), [("leader", True), ("returning", True), ("desk", False), ("peer", False)])
def test_what_is_contested_is_settled_by_those_who_may(world: Field, role: str, may: bool) -> None:
    """A leader does not close the roll, and yet may say which of two closings counts; so may the office."""
    ws = world.computer("Somebody", role)
    settle = Settle("roll/1", "closed", 79, "counted again")
    ws.journal.commit("person/1", [settle], said="before this computer knows its role")
    world.carry(ws, world.office, "office")
    assert [group.why for group in waiting.waiting(world.office)] == ([] if may else [trust.NOT_ALLOWED])
    world.tell(ws)
    if may:
        ws.record([settle], said="")
    else:
        with pytest.raises(Trouble, match="role"):
            ws.record([settle], said="")
    world.office.record([settle], said="")


@pytest.mark.parametrize(("role", "may"), [("peer", True), ("leader", True), ("host", True), ("desk", False)])
def test_ratings_are_given_by_peers_leaders_and_hosts(world: Field, role: str, may: bool) -> None:
    ws = world.computer("Somebody", role)
    rating = Put("rating/1/2/LEG-1", "level", 3)
    ws.journal.commit("person/1", [rating], said="before this computer knows its role")
    world.carry(ws, world.office, "office")
    assert [group.why for group in waiting.waiting(world.office)] == ([] if may else [trust.NOT_ALLOWED])


def test_only_the_office_lets_everybody_forget_a_person(world: Field) -> None:
    team, desk = world.computer("Mpho", "leader"), world.computer("Desk", "desk")
    person = people.add_person(team, name="Lineo").record
    world.carry(team, world.office, "office")
    team.record([Erase(person, "by a member that does not know its role yet")], said="")
    world.carry(team, world.office, "office")
    assert [line.name for line in people.persons(world.office)] == ["Lineo"]
    assert waiting.waiting(world.office)[0].why == trust.NOT_ALLOWED
    world.tell(desk)
    with pytest.raises(Trouble, match="role"):
        erasure.erase(desk, person, "asked by letter")
    with pytest.raises(Trouble, match="reason"):
        erasure.erase(world.office, person, " ")
    erasure.erase(world.office, person, "asked by letter")
    assert "Lineo" not in [line.name for line in people.persons(world.office)]
    world.carry(world.office, desk, "Desk")
    assert desk.journal.record(person).get("name") is None


def test_whoever_was_taken_in_by_words_lets_nobody_forget_a_person_where_an_office_keeps_a_list(world: Field) -> None:
    guest = workspace.create(world.folder / "guest.pitso", name="guest")
    world.others.append(guest)
    person = people.add_person(guest, name="Lineo").record
    sending.send(guest, world.folder / "1")
    receiving.receive(world.office, world.folder / "1", trusting=True)
    world.computer("Mpho", "leader")
    guest.record([Erase(person, "at a computer that no list names")], said="")
    sending.send(guest, world.folder / "2")
    receiving.receive(world.office, world.folder / "2")
    assert [line.name for line in people.persons(world.office)] == ["Lineo"]
    assert waiting.waiting(world.office)[0].why == trust.NOT_ALLOWED


def test_a_leader_may(world: Field) -> None:
    leader = world.computer("Mpho", "leader")
    world.tell(leader)
    leader.record([Put("assessment/1/2", "closed", "2026-01-01")], said="")
    world.carry(leader, world.office, "office")
    assert world.office.journal.record("assessment/1/2") == {"closed": "2026-01-01"}


def test_a_bundle_holds_what_the_office_has_not_acknowledged(world: Field, tmp_path: Path) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    people.add_person(team, name="First")
    world.carry(team, world.office, "office")
    shown = exchange.exchange(team)
    assert (shown.sent, shown.acknowledged, shown.office_known) == (shown.kept, 0, True)
    world.tell(team)
    shown = exchange.exchange(team)
    assert shown.acknowledged == shown.kept
    people.add_person(team, name="Second")
    sending.send(team, tmp_path / "delta.pitso-bundle", to=sending.party(team, "office"))
    parcel = Parcel(tmp_path / "delta.pitso-bundle", Unlock(team.key.identity))
    assert parcel.header.operations == 1
    receiving.receive(world.office, tmp_path / "delta.pitso-bundle")
    world.carry(world.office, team, "Mpho")
    assert world.office.journal.digest() == team.journal.digest()


def test_a_bundle_for_several_holds_what_any_of_them_lacks(world: Field, tmp_path: Path) -> None:
    one, two = world.computer("Mpho", "leader"), world.computer("Naledi", "peer")
    for ws in (one, two):
        world.tell(ws)
    for name, members in (("First", (one, two)), ("Second", (one,))):
        people.add_person(world.office, name=name)
        for ws in members:
            world.carry(world.office, ws, ws.name)
            world.carry(ws, world.office, "office")
    people.add_person(world.office, name="Third")
    path = tmp_path / "team.pitso-bundle"
    sending.send(world.office, path, to=sending.party(world.office, "team"))
    for ws in (one, two):
        assert receiving.receive(ws, path).waiting == 0
        assert {line.name for line in people.persons(ws)} >= {"First", "Second", "Third"}
        assert ws.journal.digest() == world.office.journal.digest()
    new = world.computer("Thabo", "peer")
    sending.send(world.office, path, to=sending.party(world.office, "team"))
    assert receiving.receive(new, path).waiting == 0
    assert {line.name for line in people.persons(new)} >= {"First", "Second", "Third"}, "who never said anything"


def test_a_lost_bundle_is_asked_for_by_number_and_sent_again(world: Field, tmp_path: Path) -> None:
    """The office acknowledged more than it holds: a bundle went with a disk. It says what it lacks and gets it."""
    team, desk = world.computer("Mpho", "leader"), world.computer("Desk", "desk")
    for ws in (team, desk):
        world.tell(ws)
    people.add_person(team, name="First")
    world.carry(team, world.office, "office")
    world.tell(team)
    people.add_person(team, name="Second")
    sending.send(team, tmp_path / "second.pitso-bundle", to=sending.party(team, "office"))
    receiving.receive(world.office, tmp_path / "second.pitso-bundle")
    # The desk never had the first bundle; the office hands on only what the desk is believed to lack.
    ws = world.office
    with ws.journal.file.transaction() as connection:
        connection.execute("INSERT INTO holds VALUES (?, ?, 2)", (desk.journal.device, team.journal.device))
    world.carry(world.office, desk, "Desk")
    (lacking,) = [s for s in receive_report(world, desk).sentences if "missing" in s]
    assert "1 to 2" in lacking
    sending.send(desk, tmp_path / "ask.pitso-bundle", receipt=True)
    receiving.receive(world.office, tmp_path / "ask.pitso-bundle")
    world.carry(world.office, desk, "Desk")
    assert [line.name for line in people.persons(desk)] == ["First", "Second"]
    assert waiting.waiting(desk) == ()


def receive_report(world: Field, ws: Workspace) -> MergeReport:
    return receiving.receive(ws, world.folder / f"Office-{ws.name}.pitso-bundle")


def test_a_bundle_for_a_reader_leaves_out_what_is_above_and_says_how_much(world: Field, tmp_path: Path) -> None:
    team = world.computer("Mpho", "leader", "peer")
    people.add_person(team, name="Lineo")
    team.record(
        [Put("rating/1/2/LEG-1", "level", 3), Put("rating/1/2/LEG-1", "note", "As told in confidence")], said=""
    )
    said = sending.send(team, tmp_path / "public.pitso-bundle", reader=Reader.PUBLIC).said
    assert "left out" in said
    parcel = Parcel(tmp_path / "public.pitso-bundle", Unlock())
    assert (parcel.header.reader, parcel.header.left_out) == ("public", 3)
    assert list(parcel.contents()) == []
    report = receiving.receive(world.office, tmp_path / "public.pitso-bundle")
    assert any("3 texts and files" in sentence for sentence in report.sentences)
    world.carry(world.office, team, "Mpho")
    assert world.office.journal.digest() == team.journal.digest()
    assert world.office.journal.record("rating/1/2/LEG-1") == {"level": None, "note": None}
    sending.send(team, tmp_path / "all.pitso-bundle", reader=Reader.TEAM)
    assert receiving.receive(world.office, tmp_path / "all.pitso-bundle").new == 0
    assert world.office.journal.record("rating/1/2/LEG-1")["level"] == 3


def test_a_bundle_for_the_office_opens_there_and_nowhere_else(world: Field, tmp_path: Path) -> None:
    team, other = world.computer("Mpho", "leader"), world.computer("Desk", "desk")
    sending.send(team, tmp_path / "b.pitso-bundle", to=sending.party(team, "office"))
    with pytest.raises(Trouble, match="locked for other computers"):
        receiving.receive(other, tmp_path / "b.pitso-bundle")
    assert exchange.exchange(other).bundles[0].words.startswith("Refused")
    assert receiving.receive(world.office, tmp_path / "b.pitso-bundle").waiting == 0


def test_two_teams_without_an_office_trust_each_other_by_words(tmp_path: Path) -> None:
    one, two = (workspace.create(tmp_path / f"{name}.pitso", name=name) for name in ("one", "two"))
    people.add_person(one, name="Lineo")
    sending.send(one, tmp_path / "1.pitso-bundle")
    (unknown,) = receiving.receive(two, tmp_path / "1.pitso-bundle").unknown
    assert unknown.words == enrolment.joined(one).own_words
    waiting.take_in(two, [unknown.device])
    (known,) = sending.parties(two)
    people.add_person(two, name="Thabo")
    sending.send(two, tmp_path / "2.pitso-bundle", to=known)
    report = receiving.receive(one, tmp_path / "2.pitso-bundle", trusting=True)
    assert report.waiting == 0
    assert one.journal.digest() == two.journal.digest()
    one.close()
    two.close()


def test_nobody_is_found_by_a_wrong_name(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    with pytest.raises(Trouble, match="Name one of these"):
        sending.party(team, "Nobody")


def test_a_content_that_was_left_out_once_comes_when_it_is_asked_for(world: Field) -> None:
    """The lines are here and acknowledged; what they name is not, and nobody would send those lines again."""
    team = world.computer("Mpho", "leader")
    world.tell(team)
    people.add_person(team, name="Lineo")
    public = world.folder / "public.pitso-bundle"
    sending.send(team, public, reader=Reader.PUBLIC)
    assert receiving.receive(world.office, public).missing_files == 1
    world.carry(world.office, team, "Mpho")
    world.carry(team, world.office, "office")
    assert [line.name for line in people.persons(world.office)] == ["Lineo"]
    world.carry(world.office, team, "Mpho")
    assert team.journal.file.rows("SELECT * FROM lacking") == []
    last = world.folder / "last.pitso-bundle"
    sending.send(team, last, to=sending.party(team, "office"))
    assert Parcel(last, Unlock(team.key.identity)).header.bodies == 0, "what came is not asked for again"


def test_what_only_the_team_may_see_reaches_the_team_though_its_lines_went_round_by_the_office(world: Field) -> None:
    one, two = world.computer("Mpho", "leader"), world.computer("Naledi", "peer")
    for ws in (one, two):
        world.tell(ws)
    one.record([Put("rating/1/2/LEG-1", "level", 3), Put("rating/1/2/LEG-1", "note", "first")], said="")
    one.record([Put("rating/1/2/LEG-1", "note", "second")], said="")
    world.carry(one, world.office, "office")
    assert world.office.journal.record("rating/1/2/LEG-1") == {"level": None, "note": None}
    world.carry(world.office, two, "Naledi")
    assert two.journal.record("rating/1/2/LEG-1") == {"level": None, "note": None}
    world.carry(two, one, "Mpho")
    world.carry(one, two, "Naledi")
    assert two.journal.record("rating/1/2/LEG-1") == {"level": 3, "note": "second"}
    assert [version.value for version in two.journal.history("rating/1/2/LEG-1", field="note")] == ["second", "first"]
    world.carry(one, world.office, "office")
    assert world.office.journal.record("rating/1/2/LEG-1") == {"level": None, "note": None}


def test_whoever_asks_for_what_is_above_its_level_gets_nothing(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    team.record([Put("rating/1/2/LEG-1", "level", 3)], said="")
    world.carry(team, world.office, "office")
    ((digest,),) = team.journal.file.rows("SELECT hash FROM body")
    departing.note_lacking(team.journal, world.office.journal.device, [bytes(digest), b"x" * 32])
    world.carry(team, world.office, "office")
    assert world.office.journal.file.rows("SELECT * FROM body") == []
