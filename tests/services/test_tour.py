"""The guided tour: in a copy, with everything that its steps need, and the demonstration as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import assessments, doubles, phases, tour, tour_steps, workspace
from pitso.services.workspace import Workspace
from tests.services.conftest import the_engagement


@pytest.fixture
def copied(demo: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    ws = workspace.open_workspace(tour.rehearse(demo, tmp_path / "copy.pitso"))
    yield ws
    ws.close()


def test_it_begins_in_the_demonstration_alone_and_once(demo: Workspace, copied: Workspace, tmp_path: Path) -> None:
    assert not tour_steps.touring(demo)
    step = tour_steps.here(copied)
    assert step is not None
    assert step.number == 1
    with pytest.raises(Trouble, match="begins in the demonstration"):
        tour.rehearse(copied, tmp_path / "again.pitso")


def test_its_ten_steps_are_ready_and_the_demonstration_stays_as_it_is(demo: Workspace, copied: Workspace) -> None:
    digest = demo.journal.digest()
    pages = [tour.spot(copied, step.number).page for step in tour_steps.steps()]
    assert pages == [
        "engagement",
        "warnings",
        "reveal",
        "compare",
        "desk",
        "differences",
        "election",
        "election",
        "phases",
        "tour",
    ]
    assert demo.journal.digest() == digest
    assert copied.journal.digest() != digest
    assert copied.author == demo.author


def test_all_have_rated_for_the_reveal_and_nothing_is_revealed_yet(copied: Workspace) -> None:
    uid = tour.spot(copied, 3).assessment
    assert tour.spot(copied, 3).assessment == uid, "it is made once"
    view = assessments.reveal_view(copied, uid)
    assert not assessments.load(copied, uid).revealed
    assert all(rater.finished for rater in view.raters)
    assessments.reveal(copied, uid)


def test_desk_b_brings_somebody_twice_once(copied: Workspace) -> None:
    before = len(doubles.proposed(copied))
    tour.spot(copied, 6)
    tour.spot(copied, 6)
    assert len(doubles.proposed(copied)) == before + 1


def test_another_computer_says_the_same(copied: Workspace) -> None:
    found = tour.read_elsewhere(copied)
    assert found.equal
    assert {"Entries", "Digest", "AS-3", "Check code of AS-3"} <= {name for name, _here, _there in found.lines}
    assert any("77.7" in told for _name, told, _there in found.lines)


def test_scaling_down_is_stopped_there_too(copied: Workspace) -> None:
    with pytest.raises(Trouble, match="is stopped"):
        phases.scale_down(copied, the_engagement(copied))
