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
