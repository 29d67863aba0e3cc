"""One engagement at one look: gaps, the next date, what wants a look, how each side stands."""

from datetime import UTC, date, datetime

from pitso.services import engagements, facts, glance, phases
from pitso.services.workspace import Workspace
from tests.services.conftest import the_engagement


def test_the_story_shows_its_gap_and_its_next_date(demo: Workspace) -> None:
    seen = glance.glance(demo, the_engagement(demo))
    assert [(gap.starts, gap.ends, gap.days, gap.heavy) for gap in seen.gaps] == [
        (date(2026, 1, 23), date(2026, 4, 28), 95, True)
    ]
    assert [dot.words for dot in seen.dots if dot.page == "room"] == ["Founding workshop", "Strategy workshop"]
    assert seen.next is not None
    assert (seen.next.words, seen.next.starts) == ("Visit 4, follow-up", date(2026, 11, 10))
    assert [line.code for line in seen.warnings] == ["W04", "W05", "W10", "W10", "W19", "W23"]
    assert next(line.number for line in seen.phases if line.here) == 10


def test_each_line_tells_how_it_stands_and_leads_to_its_place(demo: Workspace) -> None:
    doors = {door.name: door for door in glance.glance(demo, the_engagement(demo)).doors}
    assert (doors["Commitments"].pill, doors["Commitments"].page) == ("3 overdue", "commitments")
    assert "Palesa Poone-Pula" in doors["Commitments"].told
    assert doors["Contact log"].pill == "1 awaits an answer"
    assert "learned: hosts 7, peers 5" in doors["Two sides as equals"].told
    assert "chairs: hosts 3, peers 3" in doors["Two sides as equals"].told
    assert "94.3 %" in doors["Resources"].told
    assert (doors["Resources"].pill, doors["Resources"].heavy) == ("next two 71.4 %", True)
    assert doors["Principal officer"].heavy
    assert doors["Basalt District Council"].pill == "152 days"
    assert doors["Basalt District Council"].page == "people"
    assert "hosts 45.8 %, peers 30.8 %, both 23.3 %" in doors["Two sides as equals"].told
    assert not any("chairperson" in name.casefold() for name in doors), "who was briefed and confirmed is told no more"


def test_a_gap_grows_until_somebody_meets(demo: Workspace) -> None:
    demo.clock = lambda: datetime(2026, 12, 31, 9, tzinfo=UTC)
    last = glance.glance(demo, the_engagement(demo)).gaps[-1]
    assert (last.starts, last.days, last.heavy) == (date(2026, 9, 22), 100, True)


def test_facts_are_gathered_again_after_a_deed_and_not_before(demo: Workspace) -> None:
    engagement = the_engagement(demo)
    first = facts.facts(demo, engagement)
    assert facts.facts(demo, engagement) is first
    phases.note_complete(demo, engagement, 7)
    assert facts.facts(demo, engagement).phases_kept == {7: date(2026, 6, 17)}


def test_an_engagement_in_which_nothing_took_place_yet_is_shown_too(demo: Workspace) -> None:
    begun = engagements.begin(
        demo, title="Another", country="Malawi", host="Leaders", supporting="BALA", coordinating="UCLG Africa"
    ).record
    seen = glance.glance(demo, begun)
    assert (seen.dots, seen.gaps, seen.next) == ((), (), None)
    assert seen.phases[0].here
