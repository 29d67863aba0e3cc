"""What is odd about the computers that wrote here is told in a sentence each."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pitso.services import status, upkeep, workspace
from pitso.storage import joining
from pitso.storage.edits import Put
from tests.promises.test_g14_what_is_newer_is_kept import FUTURE, of_the_future
from tests.storage.replicas import everyone, new_journal, sign


@pytest.fixture
def ws(tmp_path: Path) -> workspace.Workspace:
    return workspace.create(tmp_path / "office.pitso", name="Office", office=True)


def test_nothing_odd_is_no_sentence(ws: workspace.Workspace) -> None:
    assert upkeep.oddities(ws) == ()


def test_a_copied_computer_a_wrong_clock_and_a_newer_program_are_told(ws: workspace.Workspace, tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=40, hours=1)
    one, twin = new_journal(tmp_path, "one", ahead), new_journal(tmp_path, "twin")
    twin.sign_as(one.device, sign)
    for journal in (one, twin):
        journal.commit("person/1", [Put("note/1", "text", journal.file.path.stem)], said="")
        joining.seal(journal, sign)
        joining.receive(ws.journal, joining.outgoing(journal, {}), [], judge=everyone)
    joining.receive(ws.journal, [of_the_future(FUTURE)], [], judge=everyone)
    told = upkeep.oddities(ws)
    assert len(told) == 3
    assert "was copied with its key" in told[0]
    assert "40 days ahead" in told[1]
    assert told[2] == "3 entries need Pitso 9.4.0: they are kept and passed on."
    assert status.status(ws)["odd"] == list(told)
