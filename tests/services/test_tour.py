"""The guided tour: in a copy, with everything that its steps need, and the demonstration as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import (
    assessments,
    contests,
    doubles,
    elections,
    keying,
    phases,
    rounds,
    tour,
    tour_steps,
    warnings,
    workspace,
)
from pitso.services.receiving import receive
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
        "exchange",
        "count",
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
    folder = Path(tour.spot(copied, 6).folder)
    assert tour.spot(copied, 6).folder == str(folder), "it is written once"
    (bundle,) = folder.iterdir()
    report = receive(copied, bundle)
    assert (report.waiting, bool(report.new)) == (0, True), "desk B is known here"
    (line,) = doubles.proposed(copied)[before:]
    doubles.join(copied, line.one, line.other)
    assert len(doubles.proposed(copied)) == before
    tour.put_away(copied)
    assert not folder.exists()


def test_the_tie_is_counted_by_whoever_takes_the_tour(copied: Workspace) -> None:
    warned = {line.key for line in warnings.warnings(copied, the_engagement(copied))}
    spot = tour.spot(copied, 7)
    assert copied.author != copied.journal.own(tour.WRITER), "the returning officer writes"
    assert tour.spot(copied, 7) == spot, "it is made ready once"
    assert {line.key for line in warnings.warnings(copied, the_engagement(copied))} == warned
    keying.close_box(copied, spot.code)
    spot = tour.spot(copied, 7)
    assert spot.page == "election"
    contest = contests.load(copied, elections.election_of(spot.code)).contest(spot.code)
    assert contest.course.tie is not None
    equal = contest.course.tie.between
    assert {name.partition(" ")[0] for name in equal} == {"Neo", "Limpho"}
    rounds.draw_lot(copied, spot.code, order=equal, method="slips", by="Mpho", witnesses=("Palesa", "Tumelo"))
    counted = contests.load(copied, elections.election_of(spot.code)).contest(spot.code)
    assert counted.course.winners == (equal[0],)
    tour.spot(copied, 9)
    assert copied.author == copied.journal.own(tour.WRITER)


def test_another_computer_says_the_same(copied: Workspace) -> None:
    found = tour.read_elsewhere(copied)
    assert found.equal
    assert {"Entries", "Digest", "AS-3", "Check code of AS-3"} <= {name for name, _here, _there in found.lines}
    assert any("77.7" in told for _name, told, _there in found.lines)


def test_scaling_down_is_stopped_there_too(copied: Workspace) -> None:
    with pytest.raises(Trouble, match="is stopped"):
        phases.scale_down(copied, the_engagement(copied))
