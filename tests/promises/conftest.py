"""Two replicas, one for each side, and a team with much to send."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pitso.services import workspace
from pitso.services.workspace import Workspace
from tests.promises.pair import Pair
from tests.storage.replicas import START, new_journal


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_journal(tmp_path, "here"), new_journal(tmp_path, "there", START + timedelta(minutes=3))


@pytest.fixture
def team(told: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The demonstration, copied to the computer that sends it."""
    ws = workspace.open_workspace(Path(shutil.copy(told, tmp_path / "team.pitso")))
    yield ws
    ws.close()
