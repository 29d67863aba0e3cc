"""G10: a revoked or cloned computer loses no data, and its later edits are not merged silently."""

import shutil
from pathlib import Path

from pitso.services import enrolment, people, receiving, sending, trust, waiting, workspace
from pitso.services.workspace import Workspace


def belonging(folder: Path, office: Workspace, holder: str) -> Workspace:
    ws = workspace.create(folder / f"{holder}.pitso", name=holder)
    enrolment.invite(office, folder / "i", holder=holder, roles_=["leader"])
    said = enrolment.join(ws, (folder / "i").read_text(), folder / "r").said
    enrolment.admit(office, folder / "r", words_=said.partition(": ")[2])
    return ws


def names(ws: Workspace) -> list[str]:
    return [line.name for line in people.persons(ws)]


def test_g10_what_a_revoked_computer_says_later_waits_for_a_decision(tmp_path: Path) -> None:
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    lost, desk = belonging(tmp_path, office, "Lost"), belonging(tmp_path, office, "Desk")
    people.add_person(lost, name="Before the loss")
    sending.send(lost, tmp_path / "1.pitso-bundle")
    receiving.receive(office, tmp_path / "1.pitso-bundle")
    enrolment.revoke(office, "Lost")
    people.add_person(lost, name="By the thief")
    sending.send(lost, tmp_path / "2.pitso-bundle")
    sending.send(office, tmp_path / "list.pitso-bundle", to=sending.party(office, "Desk"))
    receiving.receive(desk, tmp_path / "list.pitso-bundle")
    for ws in (office, desk):
        receiving.receive(ws, tmp_path / "2.pitso-bundle")
        assert names(ws) == ["Before the loss"]
        (group,) = waiting.waiting(ws)
        assert (group.why, group.decidable) == (trust.REVOKED, True)
        assert "By the thief" not in str(names(ws))
    waiting.let_in(office, group.device)
    assert names(office) == ["Before the loss", "By the thief"]
    for ws in (office, lost, desk):
        ws.close()


def test_g10_a_thief_does_not_write_under_numbers_that_were_believed_before(tmp_path: Path) -> None:
    """The disk was copied before the loss: another history under old numbers is no less of a later edit."""
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    lost = belonging(tmp_path, office, "Lost")
    people.add_person(lost, name="Shared")
    sending.send(lost, tmp_path / "0.pitso-bundle")
    lost.journal.file.fold()
    shutil.copy(lost.path, tmp_path / "thief.pitso")
    workspace.place_of_key(tmp_path / "thief.pitso").keep(lost.key)
    thief = workspace.open_workspace(tmp_path / "thief.pitso")
    for number in range(9):
        people.add_person(lost, name=f"Before the loss {number}")
    sending.send(lost, tmp_path / "1.pitso-bundle")
    receiving.receive(office, tmp_path / "1.pitso-bundle")
    enrolment.revoke(office, "Lost")
    before = names(office)
    for number, name in enumerate(("By the thief", "By the thief again")):
        people.add_person(thief, name=name)
        sending.send(thief, tmp_path / f"thief {number}.pitso-bundle")
    assert receiving.receive(office, tmp_path / "thief 1.pitso-bundle").waiting > 0
    assert names(office) == before
    group, after = waiting.waiting(office)
    assert (group.why, group.decidable, after.why) == (trust.REVOKED, True, "gap")
    waiting.let_in(office, group.device)
    assert names(office) == sorted([*before, "By the thief", "By the thief again"])
    for ws in (office, lost, thief):
        ws.close()


def test_g10_a_decision_holds_for_what_was_looked_into_only(tmp_path: Path) -> None:
    """What was let in had its numbers; another history under the same numbers is looked into again."""
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    lost = belonging(tmp_path, office, "Lost")
    people.add_person(lost, name="Before")
    sending.send(lost, tmp_path / "0.pitso-bundle")
    receiving.receive(office, tmp_path / "0.pitso-bundle")
    enrolment.revoke(office, "Lost")
    lost.journal.file.fold()
    shutil.copy(lost.path, tmp_path / "thief.pitso")
    workspace.place_of_key(tmp_path / "thief.pitso").keep(lost.key)
    thief = workspace.open_workspace(tmp_path / "thief.pitso")
    for ws, name in ((lost, "Found again"), (thief, "By the thief")):
        people.add_person(ws, name=name)
        sending.send(ws, tmp_path / f"{name}.pitso-bundle")
    receiving.receive(office, tmp_path / "Found again.pitso-bundle")
    waiting.let_in(office, lost.key.public.hex())
    receiving.receive(office, tmp_path / "By the thief.pitso-bundle")
    assert names(office) == ["Before", "Found again"]
    (group,) = waiting.waiting(office)
    waiting.let_in(office, group.device)
    assert names(office) == ["Before", "By the thief", "Found again"]
    assert waiting.waiting(office) == ()
    for ws in (office, lost, thief):
        ws.close()


def test_g10_a_cloned_computer_goes_on_as_another_and_nothing_is_lost(tmp_path: Path) -> None:
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    one = workspace.create(tmp_path / "one.pitso", name="One")
    people.add_person(one, name="Shared")
    one.close()
    shutil.copy(tmp_path / "one.pitso", tmp_path / "clone.pitso")
    one, clone = workspace.open_workspace(tmp_path / "one.pitso"), workspace.open_workspace(tmp_path / "clone.pitso")
    people.add_person(one, name="In the original")
    people.add_person(clone, name="In the clone")
    for ws in (one, clone):
        sending.send(ws, tmp_path / "b.pitso-bundle")
        receiving.receive(office, tmp_path / "b.pitso-bundle", trusting=True)
    assert names(office) == ["In the clone", "In the original", "Shared"]
    assert one.journal.device != clone.journal.device
    for ws in (office, one, clone):
        ws.close()
