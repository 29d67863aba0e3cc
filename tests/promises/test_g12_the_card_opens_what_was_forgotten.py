"""G12: a forgotten passphrase is recovered with the card; without it, not."""

from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import people, protection, workspace
from pitso.storage import lock
from pitso.storage.lock import Locked

PHRASE = "basalt river window seven"
CANARY = "Khotso Canary-Letsie"


def test_a_forgotten_passphrase_is_recovered_with_the_card_only(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    people.add_person(ws, name=CANARY)
    former = "".join(protection.new_card(ws))
    code = protection.new_card(ws)
    ws.close()
    for wrong in ("basalt river window eight", former, "".join(code)[:-1] + "$", ""):
        with pytest.raises(Locked):
            workspace.open_workspace(ws.path, wrong)
    typed = " ".join(code).lower().replace("0", "o").replace("1", "l")
    again = workspace.open_workspace(ws.path, typed)
    protection.set_passphrase(again, "a phrase that I shall not forget")
    again.close()
    with pytest.raises(Locked):
        workspace.open_workspace(ws.path, typed)
    workspace.open_workspace(ws.path, "a phrase that I shall not forget").close()


def test_another_passphrase_leaves_a_card_that_was_not_needed_as_it_is(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    code = "".join(protection.new_card(ws))
    protection.set_passphrase(ws, "another phrase that holds")
    ws.close()
    workspace.open_workspace(ws.path, code).close()


def test_a_card_that_was_printed_since_the_former_one_was_needed_stays(tmp_path: Path) -> None:
    ws = workspace.create(tmp_path / "visit.pitso", name="Visit", passphrase=PHRASE)
    code = "".join(protection.new_card(ws))
    ws.close()
    again = workspace.open_workspace(ws.path, code)
    with pytest.raises(Trouble, match="too short"):
        protection.set_passphrase(again, "1234")
    protection.set_passphrase(again, "another phrase that holds")
    assert not protection.protection(again).card
    newer = "".join(protection.new_card(again))
    protection.set_passphrase(again, "a third phrase that holds")
    again.close()
    workspace.open_workspace(ws.path, newer).close()


def test_the_code_of_a_card_is_made_of_letters_that_cannot_be_mistaken() -> None:
    code = lock.new_code()
    assert [len(group) for group in code] == [4] * 8
    assert not set("".join(code)) & set("ILOU")
    assert lock.new_code() != code
