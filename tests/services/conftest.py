"""The demonstration, made once; each test works on a copy of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pitso.services import assessments, demonstration, workspace
from pitso.services.assessments import Assessment
from pitso.services.workspace import Workspace


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demonstration") / "lesotho.pitso"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(path.parent / "data"))
        demonstration.make(path).close()
    return path


@pytest.fixture
def demo(told: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "lesotho.pitso"
    shutil.copy(told, path)
    ws = workspace.open_workspace(path)
    yield ws
    ws.close()


@pytest.fixture
def first(demo: Workspace) -> Assessment:
    return story(demo)[0]


def story(ws: Workspace) -> list[Assessment]:
    return assessments.in_order(ws, the_engagement(ws))


def the_engagement(ws: Workspace) -> str:
    (engagement,) = ws.journal.records("engagement/")
    return engagement
