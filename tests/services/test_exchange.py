"""To the office and back: the same figures, the same digest, twice does no harm, and no half bundle."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.exchange.bundle import Parcel
from pitso.exchange.envelope import Unlock
from pitso.services import copies, demonstration, exchange, people, receiving, scores, sending, waiting, workspace
from pitso.services.workspace import Workspace
from pitso.storage import joining
from pitso.storage.edits import Edit, Put
from tests.services.conftest import the_engagement


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "office.pitso", name="Office", office=True)


@pytest.mark.parametrize("passphrase", [None, "three rivers meet"])
def test_the_office_sees_the_same_figures_and_digest(
    demo: Workspace, office: Workspace, tmp_path: Path, passphrase: str | None
) -> None:
    bundle = tmp_path / "lesotho.pitso-bundle"
    sending.send(demo, bundle, passphrase=passphrase)
    report = receiving.receive(office, bundle, passphrase=passphrase, trusting=True)
    assert (report.known, report.waiting, report.conflicts, report.missing_files) == (0, 0, 0, 0)
    assert office.journal.digest() == demo.journal.digest()
    assert scores.as_json(scores.of_workspace(office)) == scores.as_json(scores.of_workspace(demo))
    again = receiving.receive(office, bundle, passphrase=passphrase)
    assert (again.new, again.known) == (0, report.new)
    assert office.journal.digest() == demo.journal.digest()


def test_an_unknown_computer_waits_until_it_is_taken_in(demo: Workspace, office: Workspace, tmp_path: Path) -> None:
    bundle = tmp_path / "lesotho.pitso-bundle"
    sending.send(demo, bundle)
    report = receiving.receive(office, bundle)
    assert report.new == 0
    assert office.journal.records("engagement/") == {}
    assert {unknown.device for unknown in report.unknown} == {device.hex() for device in joining.vector(demo.journal)}
    assert all(len(unknown.words.split()) == 6 for unknown in report.unknown)
    waiting.take_in(office, [unknown.device for unknown in report.unknown])
    assert office.journal.digest() == demo.journal.digest()
    assert exchange.exchange(office).unknown == ()


def test_what_the_office_sends_back_is_a_receipt(demo: Workspace, office: Workspace, tmp_path: Path) -> None:
    sending.send(demo, tmp_path / "out.pitso-bundle")
    shown = exchange.exchange(demo)
    assert (shown.sent, shown.acknowledged) == (shown.kept, 0)
    receiving.receive(office, tmp_path / "out.pitso-bundle", trusting=True)
    sending.send(office, tmp_path / "back.pitso-bundle")
    receiving.receive(demo, tmp_path / "back.pitso-bundle", trusting=True)
    shown = exchange.exchange(demo)
    assert shown.acknowledged == shown.sent == shown.kept
    assert workspace.standing(demo, the_engagement(demo)).unsent == 0
    people.add_person(demo, name="Added since")
    assert workspace.standing(demo, the_engagement(demo)).unsent == 1


def test_values_written_apart_are_reported(demo: Workspace, office: Workspace, tmp_path: Path) -> None:
    sending.send(demo, tmp_path / "out.pitso-bundle")
    receiving.receive(office, tmp_path / "out.pitso-bundle", trusting=True)
    for ws, title in ((demo, "Lesotho 2026"), (office, "Kingdom of Lesotho")):
        ws.record([exchange_put(ws, title)], said="renamed")
    sending.send(office, tmp_path / "back.pitso-bundle")
    report = receiving.receive(demo, tmp_path / "back.pitso-bundle", trusting=True)
    assert report.conflicts == 1
    assert any("written differently" in sentence for sentence in report.sentences)


def exchange_put(ws: Workspace, title: str) -> Edit:
    return Put(the_engagement(ws), "title", title)


def test_a_full_stick_is_told_and_nothing_half_remains(
    demo: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match="full"):
        sending.send(demo, tmp_path / "out.pitso-bundle")
    assert [path.name for path in tmp_path.iterdir() if "bundle" in path.name] == []
    assert exchange.exchange(demo).sent == 0


def test_a_stick_that_is_gone_is_told(demo: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        sending.send(demo, tmp_path / "stick" / "out.pitso-bundle")
    with pytest.raises(Trouble, match="could not be read"):
        receiving.receive(demo, tmp_path / "stick" / "out.pitso-bundle")


def test_a_file_that_is_no_bundle_changes_nothing(demo: Workspace, tmp_path: Path) -> None:
    before = demo.journal.digest()
    (tmp_path / "letter.pitso-bundle").write_text("Dear Sir or Madam")
    with pytest.raises(Trouble, match="not a Pitso bundle"):
        receiving.receive(demo, tmp_path / "letter.pitso-bundle")
    assert demo.journal.digest() == before


def test_a_copied_file_becomes_a_new_device(demo: Workspace, tmp_path: Path) -> None:
    people.add_person(demo, name="Before the copy")
    shutil.copy(demo.path, tmp_path / "copy.pitso")
    other = workspace.open_workspace(tmp_path / "copy.pitso")
    assert other.journal.device != demo.journal.device
    other.close()


def test_what_a_copied_file_held_unsealed_is_sent_all_the_same(tmp_path: Path, office: Workspace) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    people.add_person(ws, name="Lineo Letša-Poone")
    ws.journal.file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "visit.pitso", tmp_path / "copy.pitso")
    other = workspace.open_workspace(tmp_path / "copy.pitso")
    sending.send(other, tmp_path / "copy.pitso-bundle")
    receiving.receive(office, tmp_path / "copy.pitso-bundle", trusting=True)
    assert [line.name for line in people.persons(office)] == ["Lineo Letša-Poone"]
    people.add_person(ws, name="Added later")
    sending.send(ws, tmp_path / "visit.pitso-bundle")
    for receiver in (office, other):
        assert receiving.receive(receiver, tmp_path / "visit.pitso-bundle", trusting=True).conflicts == 0
        assert [line.name for line in people.persons(receiver)] == ["Added later", "Lineo Letša-Poone"]
    assert office.journal.differing("") == []


def test_a_file_put_back_from_an_older_copy_becomes_a_new_device(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit")
    people.add_person(ws, name="First")
    ws.close()
    shutil.copy(tmp_path / "visit.pitso", tmp_path / "older")
    ws = workspace.open_workspace(tmp_path / "visit.pitso")
    device = ws.journal.device
    people.add_person(ws, name="Second")
    ws.close()
    shutil.copy(tmp_path / "older", tmp_path / "visit.pitso")
    assert workspace.open_workspace(tmp_path / "visit.pitso").journal.device != device


def test_the_demonstration_for_the_office_holds_what_the_team_has(demo: Workspace, tmp_path: Path) -> None:
    office = demonstration.make(tmp_path / "office-demo.pitso", as_="office")
    assert office.office
    assert office.demonstration
    assert demonstration.holds(office)["agreed ratings"] == demonstration.holds(demo)["agreed ratings"]
    empty = demonstration.make(tmp_path / "empty.pitso", as_="empty")
    assert demonstration.holds(empty)["operations"] == 0


def test_what_a_stranger_says_that_it_holds_is_no_copy_elsewhere(tmp_path: Path) -> None:
    ws, stranger = (workspace.create(tmp_path / f"{name}.pitso", name=name) for name in ("visit", "stranger"))
    people.add_person(ws, name="Lineo")
    sending.send(ws, tmp_path / "1.pitso-bundle")
    receiving.receive(stranger, tmp_path / "1.pitso-bundle", trusting=True)
    sending.send(stranger, tmp_path / "2.pitso-bundle", receipt=True)
    receiving.receive(ws, tmp_path / "2.pitso-bundle")
    assert exchange.exchange(ws).acknowledged == 0
    assert workspace.standing(ws, None).unsent > 0
    waiting.take_in(ws, [stranger.journal.device.hex()])
    shown = exchange.exchange(ws)
    assert shown.acknowledged == shown.kept
    ws.close()
    stranger.close()


def test_a_second_bundle_of_a_day_does_not_take_the_place_of_the_first(demo: Workspace, tmp_path: Path) -> None:
    paths = []
    for receipt in (False, True, True):
        paths.append(sending.free_path(demo, tmp_path))
        sending.send(demo, paths[-1], receipt=receipt)
    first = sending.suggested_name(demo).removesuffix(sending.ENDING)
    assert [path.name for path in paths] == [f"{first}{number}.pitso-bundle" for number in ("", "-2", "-3")]
    assert Parcel(paths[0], Unlock()).header.operations > 1000


def test_a_short_passphrase_of_a_bundle_is_refused(demo: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="too short"):
        sending.send(demo, tmp_path / "b.pitso-bundle", passphrase="eleven sign")
    assert not (tmp_path / "b.pitso-bundle").exists()


def test_what_a_receiving_that_was_killed_left_is_cleared_away_a_day_later(office: Workspace, tmp_path: Path) -> None:
    old, new = tmp_path / ".receiving-old.part", tmp_path / ".receiving-new.part"
    for left in (old, new):
        left.write_bytes(b"x")
    os.utime(old, (0, 0))
    team = workspace.create(tmp_path / "team.pitso", name="Team")
    sending.send(team, tmp_path / "b.pitso-bundle")
    receiving.receive(office, tmp_path / "b.pitso-bundle")
    assert (old.exists(), new.exists()) == (False, True)
    team.close()


def test_a_key_that_cannot_be_kept_is_told(tmp_path: Path, own_account: Path) -> None:
    keys = own_account / "data" / "pitso" / "keys"
    keys.parent.mkdir(parents=True)
    keys.write_text("")  # a file where the folder should be: root may write anywhere else
    with pytest.raises(Trouble):
        workspace.create(tmp_path / "visit.pitso", name="Visit")
    keys.unlink()
    ws = workspace.create(tmp_path / "whole.pitso", name="Visit")
    (copy,) = copies.copy_now(ws)
    ws.close()
    shutil.rmtree(keys)
    keys.write_text("")
    with pytest.raises(Trouble):
        copies.put_back(copy, ws.path)
