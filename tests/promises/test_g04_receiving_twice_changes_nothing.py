"""G4: receiving twice changes nothing. What it costs stands in `tests/benchmarks/journal.py`."""

from pathlib import Path

import pytest

from pitso.services import receiving, sending, workspace
from pitso.services.workspace import Workspace


def everything(ws: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but for the list of bundles, which notes that one came again."""
    tables = [name for (name,) in ws.journal.file.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: ws.journal.file.rows(f"SELECT * FROM {table}") for table in tables if table != "bundle"}


@pytest.mark.parametrize("passphrase", [None, "three rivers meet"])
def test_g4_receiving_twice_changes_nothing(team: Workspace, tmp_path: Path, passphrase: str | None) -> None:
    sending.send(team, tmp_path / "b.pitso-bundle", passphrase=passphrase)
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    receiving.receive(office, tmp_path / "b.pitso-bundle", passphrase=passphrase, trusting=True)
    before = everything(office)
    for _time in range(3):
        report = receiving.receive(office, tmp_path / "b.pitso-bundle", passphrase=passphrase)
        assert (report.new, report.waiting) == (0, 0)
    assert everything(office) == before
    office.close()


def test_g4_a_bundle_that_waits_waits_once(team: Workspace, tmp_path: Path) -> None:
    sending.send(team, tmp_path / "b.pitso-bundle")
    office = workspace.create(tmp_path / "office.pitso", name="Office", office=True)
    receiving.receive(office, tmp_path / "b.pitso-bundle")
    waiting = office.journal.file.rows("SELECT count(*) FROM waiting")
    receiving.receive(office, tmp_path / "b.pitso-bundle")
    assert office.journal.file.rows("SELECT count(*) FROM waiting") == waiting
    office.close()
