"""A computer breaks and a copy is put back: who keeps the list of members, who is believed, who opens what."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from pitso import places
from pitso.domain.trouble import Trouble
from pitso.services import copies, enrolment, people, receiving, sending, trust, waiting, workspace
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from tests.services.belonging import Field


def put_back(ws: Workspace, copy: Path) -> Workspace:
    ws.close()
    copies.put_back(copy, ws.path)
    return workspace.open_workspace(ws.path)


def names(ws: Workspace) -> list[str]:
    return [line.name for line in people.persons(ws)]


def test_an_office_that_is_put_back_keeps_the_list_and_opens_what_was_on_its_way(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    (copy,) = copies.copy_now(world.office)
    people.add_person(world.office, name="After the copy")
    world.carry(world.office, team, "Mpho")
    people.add_person(team, name="On its way")
    on_its_way = world.folder / "on its way.pitso-bundle"
    sending.send(team, on_its_way, to=sending.party(team, "office"))
    former = world.office.journal.device
    world.office = put_back(world.office, copy)
    assert world.office.journal.device != former
    assert receiving.receive(world.office, on_its_way).waiting == 0
    assert "On its way" in names(world.office)
    people.add_person(world.office, name="By the new device")
    world.carry(world.office, team, "Mpho")
    assert "By the new device" in names(team)
    assert waiting.waiting(team) == ()
    assert trust.offices(team) == {world.office.journal.device}
    world.carry(team, world.office, "office")
    assert "After the copy" in names(world.office), "what the former device sent is believed"
    assert world.office.journal.digest() == team.journal.digest()
    world.computer("Naledi", "peer")
    world.tell(team)
    assert [seat.holder for seat in enrolment.joined(team).seats] == ["Office", "Mpho", "Office", "Naledi"]


def test_nothing_that_the_former_device_signs_later_is_believed(world: Field, tmp_path: Path) -> None:
    """Somebody has a clone of the office's disk, and goes on with the key that was given up."""
    team = world.computer("Mpho", "leader")
    world.tell(team)
    (copy,) = copies.copy_now(world.office)
    key = world.office.key
    clone = workspace.open_workspace(world.office.path)
    world.office.close()
    copies.put_back(copy, world.office.path)
    world.office = workspace.open_workspace(world.office.path)
    world.carry(world.office, team, "Mpho")
    assert clone.key == key
    people.add_person(clone, name="By a thief")
    sending.send(clone, tmp_path / "clone.pitso-bundle")
    receiving.receive(team, tmp_path / "clone.pitso-bundle")
    assert "By a thief" not in names(team)
    assert {group.why for group in waiting.waiting(team)} == {trust.REVOKED}
    clone.journal.file.close()


def test_a_copy_with_an_older_list_keeps_it_again_once_the_newer_one_came_back(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    (copy,) = copies.copy_now(world.office)
    world.computer("Naledi", "peer")
    world.tell(team)
    world.office = put_back(world.office, copy)
    view = enrolment.joined(world.office)
    assert not view.keeps
    assert "older list" in view.astray
    with pytest.raises(Trouble, match="older list"):
        enrolment.invite(world.office, world.folder / "i", holder="X", roles_=["peer"])
    world.carry(team, world.office, "office")
    assert enrolment.joined(world.office).keeps
    world.computer("Thabo", "peer")
    world.tell(team)
    holders = [seat.holder for seat in enrolment.joined(team).seats]
    assert holders == ["Office", "Mpho", "Naledi", "Office", "Thabo"]


@pytest.fixture
def elsewhere(world: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's computer is gone for good; another one has a copy of its file, but none of its keys."""
    (copy,) = copies.copy_now(world.office)
    world.office.close()
    monkeypatch.setenv("XDG_DATA_HOME", str(world.folder / "another account"))
    copies.put_back(copy, world.folder / "saved.pitso")
    world.office = workspace.open_workspace(world.folder / "saved.pitso")


def test_an_office_that_is_gone_for_good_begins_a_new_list(world: Field, request: pytest.FixtureRequest) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    request.getfixturevalue("elsewhere")
    office = world.office
    assert "names another computer" in enrolment.joined(office).astray
    with pytest.raises(Trouble, match="names another computer"):
        enrolment.invite(office, world.folder / "i", holder="Mpho", roles_=["leader"])
    enrolment.begin_list(office)
    with pytest.raises(Trouble, match="no need"):
        enrolment.begin_list(office)
    enrolment.invite(office, world.folder / "i", holder="Mpho", roles_=["leader", "peer"])
    text = (world.folder / "i").read_text(encoding="utf-8")
    assert enrolment.of_another_office(team, text)
    enrolment.join(team, text, world.folder / "r")
    assert not enrolment.of_another_office(team, text)
    enrolment.admit(office, world.folder / "r", words_=enrolment.joined(team).own_words)
    world.tell(team)
    assert enrolment.joined(team).belongs
    assert trust.offices(team) == {office.journal.device}
    people.add_person(team, name="Lineo")
    world.carry(team, office, "office")
    assert "Lineo" in names(office)


def test_whoever_answers_another_office_leaves_the_list_that_was_followed(world: Field, tmp_path: Path) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    other = workspace.create(tmp_path / "other.pitso", name="Other", office=True)
    enrolment.invite(other, tmp_path / "o", holder="Mpho", roles_=["peer"])
    enrolment.join(team, (tmp_path / "o").read_text(encoding="utf-8"), tmp_path / "r")
    assert trust.chain(team) == ()
    enrolment.admit(other, tmp_path / "r", words_=enrolment.joined(team).own_words)
    sending.send(other, tmp_path / "list.pitso-bundle", receipt=True)
    receiving.receive(team, tmp_path / "list.pitso-bundle")
    assert trust.offices(team) == {other.journal.device}
    world.tell(team)
    assert trust.offices(team) == {other.journal.device}, "the office that was left is followed no more"
    other.close()


def test_a_second_computer_of_the_office_keeps_the_list_too(world: Field, tmp_path: Path) -> None:
    team = world.computer("Mpho", "leader")
    second = workspace.create(tmp_path / "second.pitso", name="Second", office=True)
    enrolment.invite(world.office, tmp_path / "i", holder="Second", roles_=["office"])
    enrolment.join(second, (tmp_path / "i").read_text(encoding="utf-8"), tmp_path / "r")
    with pytest.raises(Trouble, match="not come yet"):
        enrolment.invite(second, tmp_path / "x", holder="X", roles_=["peer"])
    enrolment.admit(world.office, tmp_path / "r", words_=enrolment.joined(second).own_words)
    world.tell(second)
    with pytest.raises(Trouble, match="workspace of an office"):
        enrolment.join(second, (tmp_path / "i").read_text(encoding="utf-8"), tmp_path / "r")
    enrolment.revoke(second, "Office")
    sending.send(second, tmp_path / "newer.pitso-bundle", receipt=True)
    for ws in (team, world.office):
        world.tell(ws)
        receiving.receive(ws, tmp_path / "newer.pitso-bundle")
    assert trust.offices(team) == {second.journal.device}
    with pytest.raises(Trouble, match="names another computer"):
        enrolment.invite(world.office, tmp_path / "x", holder="X", roles_=["peer"])
    (copy,) = copies.copy_now(world.office)
    world.office = put_back(world.office, copy)
    assert trust.offices(world.office) == {second.journal.device}, "a copy that is put back undoes no revocation"
    assert not enrolment.joined(world.office).keeps
    assert trust.chain(world.office) == trust.chain(second), "nor does it sign a list that nobody accepts"
    stranger = workspace.create(tmp_path / "stranger.pitso", name="stranger")
    enrolment.join(stranger, (world.folder / "Mpho.pitso-invitation").read_text(encoding="utf-8"), tmp_path / "r")
    with pytest.raises(Trouble, match="another office"):
        enrolment.look_at_request(second, tmp_path / "r")
    for ws in (second, stranger):
        ws.close()


def test_a_team_that_is_put_back_stands_once_among_those_a_bundle_is_for(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    (copy,) = copies.copy_now(team)
    team = put_back(team, copy)
    world.others.append(team)
    enrolment.join(team, (world.folder / "Mpho.pitso-invitation").read_text(), world.folder / "r")
    with pytest.raises(Trouble, match="used by another"):
        enrolment.admit(world.office, world.folder / "r", words_=enrolment.joined(team).own_words)
    enrolment.invite(world.office, world.folder / "i", holder="Mpho", roles_=["leader"])
    enrolment.join(team, (world.folder / "i").read_text(), world.folder / "r")
    enrolment.admit(world.office, world.folder / "r", words_=enrolment.joined(team).own_words)
    assert sending.party(world.office, "Mpho").devices == (team.journal.device,)
    world.carry(world.office, team, "Mpho")
    assert enrolment.joined(team).belongs
    enrolment.revoke(world.office, team.journal.device.hex(), after=7)
    held = [seat.revoked_after for seat in enrolment.joined(world.office).seats]
    assert held == [None, 0, 7], "what it was and what it is are one computer"
    with pytest.raises(Trouble, match=r"Name one of these|known here"):
        sending.party(world.office, "Mpho")


def test_what_a_computer_holds_that_was_lost_is_no_copy_elsewhere(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    world.tell(team)
    people.add_person(world.office, name="Lineo")
    world.carry(world.office, team, "Mpho")
    world.carry(team, world.office, "office")
    own = world.office.journal.device
    assert workspace.acknowledged(world.office)[own] > 0
    enrolment.revoke(world.office, "Mpho")
    assert own not in workspace.acknowledged(world.office)


def test_two_computers_of_one_name_are_told_apart(world: Field) -> None:
    world.computer("Mpho", "leader")
    second = workspace.create(world.folder / "second.pitso", name="Second")
    world.others.append(second)
    enrolment.invite(world.office, world.folder / "i", holder="Mpho", roles_=["peer"])
    enrolment.join(second, (world.folder / "i").read_text(), world.folder / "r")
    enrolment.admit(world.office, world.folder / "r", words_=enrolment.joined(second).own_words)
    keys = [one.key for one in sending.parties(world.office) if one.key not in ("office", "team")]
    assert len(set(keys)) == 2
    assert sending.party(world.office, keys[1]).devices == (second.journal.device,)
    with pytest.raises(Trouble, match="not one computer"):
        enrolment.revoke(world.office, "Mpho")


def test_a_file_that_was_put_back_stays_at_its_address_and_remembers_what_it_was(world: Field) -> None:
    team = world.computer("Mpho", "leader")
    key = team.key
    people.add_person(team, name="Lineo")
    last = team.place.marked()
    renewed, again = team.place.renew(), team.place.renew()
    assert len({key.public, renewed.public, again.public}) == 3
    assert {key.recipient, renewed.recipient, again.recipient} == {key.recipient}
    assert [(former.seed, former.last) for former in again.former] == [(renewed.seed, 0), (key.seed, last)]
    assert team.place.load(None) == again
    assert team.place.marked() == 0
    if os.name == "posix":
        kept = [path for path in places.keys().iterdir() if path.suffix == ".key"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}, "nobody else reads a key"


def test_a_key_that_was_cloned_is_given_up_with_its_address(world: Field, tmp_path: Path) -> None:
    team = world.computer("Mpho", "leader")
    team.journal.file.fold()
    shutil.copy(team.path, tmp_path / "clone.pitso")
    workspace.place_of_key(tmp_path / "clone.pitso").keep(team.key)
    clone = workspace.open_workspace(tmp_path / "clone.pitso")
    world.others.append(clone)
    former = team.key
    for ws, name in ((team, "Here"), (clone, "There")):
        people.add_person(ws, name=name)
    sending.send(clone, tmp_path / "clone.pitso-bundle")
    receiving.receive(team, tmp_path / "clone.pitso-bundle")
    assert team.key.public != former.public
    assert team.key.recipient != former.recipient
    assert team.key.former == ()
    assert names(team) == ["Here", "There"]


def test_a_file_that_is_moved_or_renamed_stays_the_device_that_it_is(world: Field) -> None:
    device, before = world.office.journal.device, world.office.place
    people.add_person(world.office, name="Lineo")
    world.office.close()
    marked, moved = before.marked(), world.folder / "archive" / "Office 2026.pitso"
    moved.parent.mkdir()
    world.office.path.rename(moved)
    world.office = workspace.open_workspace(moved)
    assert world.office.journal.device == device
    assert world.office.place.marked() == marked
    assert before.load(None) is None
    world.computer("Mpho", "leader")
    again = workspace.open_workspace(moved)
    assert again.journal.device == device
    assert again.place.listed() == 2
    again.close()


def test_an_older_copy_in_place_of_a_file_that_is_gone_is_a_new_device_at_the_same_address(world: Field) -> None:
    people.add_person(world.office, name="Lineo")
    world.office.journal.file.fold()
    shutil.copy(world.office.path, world.folder / "older.pitso")
    people.add_person(world.office, name="Thabo")
    key = world.office.key
    world.office.close()
    world.office.path.unlink()
    world.office = workspace.open_workspace(world.folder / "older.pitso")
    assert world.office.key.public != key.public
    assert world.office.key.recipient == key.recipient


def test_of_several_files_that_are_gone_the_one_that_this_was_is_taken(world: Field) -> None:
    """A copy wrote on; of both only the copy is there still, under another name."""
    people.add_person(world.office, name="Lineo")
    world.office.journal.file.fold()
    shutil.copy(world.office.path, world.folder / "copy.pitso")
    people.add_person(world.office, name="Thabo")
    world.office.close()
    copy = workspace.open_workspace(world.folder / "copy.pitso")
    assert copy.key.public != world.office.key.public
    for name in ("Naledi", "Palesa"):
        people.add_person(copy, name=name)
    copy.close()
    strange = workspace.create(world.folder / "strange.pitso", name="strange")
    people.add_person(strange, name="Somebody")
    strange.close()
    for path in (world.office.path, strange.path):
        path.unlink()
    copy.path.rename(world.folder / "moved.pitso")
    world.office = workspace.open_workspace(world.folder / "moved.pitso")
    assert world.office.key == copy.key


def test_a_computer_takes_its_own_entries_back_whatever_its_role_is(world: Field) -> None:
    """After a power cut the file holds less than the office, and the marker was lost too: it is the same device."""
    desk = world.computer("Desk", "desk")
    desk.journal.file.fold()
    shutil.copy(desk.path, world.folder / "older")
    desk.journal.commit("person/1", [Put("assessment/1/2", "revealed", "x")], said="before it knows its role")
    world.carry(desk, world.office, "office")
    waiting.let_in(world.office, desk.key.public.hex())
    desk.close()
    shutil.copy(world.folder / "older", desk.path)
    desk.place.keep(desk.key)
    again = workspace.open_workspace(desk.path)
    world.others.append(again)
    assert (again.journal.device, again.journal.record("assessment/1/2")) == (desk.journal.device, {})
    sending.send(world.office, world.folder / "all.pitso-bundle")
    assert receiving.receive(again, world.folder / "all.pitso-bundle").waiting == 0
    assert again.journal.record("assessment/1/2") == {"revealed": "x"}
