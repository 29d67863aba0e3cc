"""The demonstration and an assembly that were made once; each test works on a copy."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pitso.services import assessments, workspace
from pitso.services.assessments import Assessment
from pitso.services.workspace import Workspace
from tests.services.belonging import Field
from tests.services.election_room import Assembly, assembly


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


@pytest.fixture(scope="session")
def told_room(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Assembly]:
    folder = tmp_path_factory.mktemp("assembly")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        made = assembly(folder)
        made.ws.close()
    return folder / "room.pitso", made


@pytest.fixture
def room(told_room: tuple[Path, Assembly], tmp_path: Path) -> Iterator[Assembly]:
    path, made = told_room
    ws = workspace.open_workspace(Path(shutil.copy(path, tmp_path / "room.pitso")))
    ws.clock = ws.journal.clock = made.ws.clock
    again = Assembly(ws, made.engagement, made.workshop, made.voters, dict(made.people))
    yield again
    ws.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Field]:
    made = Field(tmp_path, workspace.create(tmp_path / "office.pitso", name="Office", office=True))
    yield made
    for ws in (made.office, *made.others):
        ws.close()
