"""Looking back: the story as it was known then, as of another day, and nothing written meanwhile."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from pitso.domain.trouble import Trouble
from pitso.services import (
    commitments,
    finding,
    former_day,
    issuing,
    papers,
    people,
    phases,
    report,
    warnings,
    workspace,
)
from pitso.services.workspace import Workspace
from tests.services.conftest import story, the_engagement

GAP = date(2026, 4, 24)


def codes(ws: Workspace) -> set[str]:
    return {line.code for line in warnings.warnings(ws, the_engagement(ws))}


def test_on_24_april_the_program_warned_of_the_gap_that_nobody_knew_the_end_of(demo: Workspace) -> None:
    then = former_day.open_as_of(demo, GAP, known_then=True)
    told = [line.told for line in warnings.warnings(then, the_engagement(then)) if line.code == "W03"]
    assert told == ["Days since the two sides met last: 91, on 23 January 2026."]
    assert "24 April 2026" in then.looking_back
    assert len(commitments.commitments(then, the_engagement(then))) == 5
    assert len(story(then)) == 1
    then.close()
    assert {"W04", "W05", "W10", "W19", "W23"} == codes(demo)


@pytest.mark.parametrize(
    ("day", "here"),
    [("2025-10-21", 3), ("2026-01-22", 3), ("2026-03-30", 3), ("2026-06-19", 9), ("2026-09-20", 10)],
)
def test_the_engagement_stood_elsewhere_on_other_days(demo: Workspace, day: str, here: int) -> None:
    then = former_day.open_as_of(demo, date.fromisoformat(day), known_then=True)
    assert next(line.number for line in phases.view(then, the_engagement(then)).lines if line.here) == here
    then.close()


def test_what_is_known_now_may_be_told_as_of_another_day(demo: Workspace) -> None:
    then = former_day.open_as_of(demo, GAP, known_then=False)
    assert len(commitments.commitments(then, the_engagement(then))) == 14
    assert then.today() == GAP
    assert "W23" not in codes(then)
    then.close()
    later = former_day.open_as_of(demo, date(2027, 1, 15), known_then=False)
    assert "W03" in codes(later)
    later.close()


def test_nothing_is_written_while_one_looks_back(demo: Workspace) -> None:
    then = former_day.open_as_of(demo, GAP, known_then=True)
    digest = demo.journal.digest()
    deeds: tuple[Callable[[], object], ...] = (
        lambda: people.add_person(then, name="Somebody"),
        lambda: workspace.undo(then),
        lambda: workspace.write_as(then, people.persons(then)[0].id),
    )
    for deed in deeds:
        with pytest.raises(Trouble):
            deed()
    workspace.remember(then, "place", "x")
    then.close()
    assert demo.journal.digest() == digest
    people.add_person(demo, name="Somebody")
    assert people.persons(demo, "Somebody")


def test_search_finds_only_what_was_written_by_then(demo: Workspace) -> None:
    then = former_day.open_as_of(demo, GAP, known_then=True)
    assert finding.find(demo, "certificate of registration")
    assert not finding.find(then, "certificate of registration")
    assert finding.find(then, "letter of introduction")
    then.close()


def test_it_is_the_digest_that_the_file_had_then(demo: Workspace) -> None:
    before, moment = demo.journal.digest(), datetime(2026, 10, 2, 9, tzinfo=UTC)
    demo.clock = lambda: moment
    demo.journal.clock = demo.clock
    people.add_person(demo, name="Later")
    assert demo.journal.digest() != before
    then = former_day.open_as_of(demo, date(2026, 10, 1), known_then=True)
    assert then.journal.digest() == before
    then.close()


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2020, 1, 1)])
def test_days_that_have_not_come_or_on_which_nothing_was_there_are_refused(demo: Workspace, day: date) -> None:
    with pytest.raises(Trouble):
        former_day.open_as_of(demo, day, known_then=True)


def test_a_paper_of_a_former_day_says_so_and_is_not_counted_as_a_copy(demo: Workspace) -> None:
    then = former_day.open_as_of(demo, GAP, known_then=True)
    order = papers.order(then, "readiness", of=story(then)[0].id, language="en")
    made = issuing.issue(then, order, issuing.Way.SAVED)
    with pdfplumber.open(BytesIO(made.paper.pdf)) as opened:
        pages = [" ".join(page.extract_text().split()) for page in opened.pages]
    assert all("As it was known on 24 April 2026" in page for page in pages)
    assert report.as_of(then) < datetime(2026, 4, 25, tzinfo=UTC)
    then.close()
    assert issuing.copies(demo, made.code) == 0


def test_the_days_of_the_story_are_offered(demo: Workspace) -> None:
    days = former_day.days(demo)
    assert days[0] == date(2026, 9, 28)
    assert days[-1] == date(2025, 9, 15)


def test_a_protected_file_is_looked_back_into_without_a_copy(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
    ws = workspace.create(tmp_path / "p.pitso", name="P", passphrase="a long passphrase", clock=lambda: moment)
    people.add_person(ws, name="Early")
    ws.clock = ws.journal.clock = lambda: datetime(2026, 5, 1, 9, tzinfo=UTC)
    people.add_person(ws, name="Late")
    files = set(tmp_path.iterdir())
    then = former_day.open_as_of(ws, date(2026, 4, 1), known_then=True)
    assert [line.name for line in people.persons(then)] == ["Early"]
    assert set(tmp_path.iterdir()) == files
    again = former_day.back(then)
    assert len(people.persons(again)) == 2
    for opened in (then, again, ws):
        opened.close()
