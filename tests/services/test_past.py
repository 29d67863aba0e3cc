"""The history of every field, in words, and nothing that is still hidden."""

import pytest

from pitso.services import assessments, consensus, engagements, past, people, workspace
from pitso.services.assessments import Assessment
from pitso.services.workspace import Workspace
from tests.services.conftest import story, the_engagement


def test_an_amended_rating_shows_both_versions_with_who_and_when(demo: Workspace) -> None:
    second = story(demo)[1]
    lines = past.of_place(demo, "consensus", assessment=second.id, code="REP-4")
    assert [(line.field_words, line.value, line.current) for line in lines] == [
        ("REP-4: Agreed", "3 Established (A): Declaration signed by all parties", True),
        ("REP-4: Agreed", "2 Partial (C)", False),
    ]
    assert {line.author for line in lines} == {"Kagiso Naledi-Noka"}
    assert lines[0].at > lines[1].at


def test_the_own_rating_has_a_history_and_anothers_is_not_shown(demo: Workspace) -> None:
    from datetime import date

    from pitso.domain.readiness.instrument import Stage

    uid = assessments.begin(
        demo, the_engagement(demo), title="AS-4", stage=Stage.FOUNDING, held_on=date(2026, 9, 30)
    ).record
    leader, other = [m for m in assessments.load(demo, uid).raters if m.side == "peer"][:2]
    for member, levels in ((other, (4,)), (leader, (1, 2))):
        workspace.write_as(demo, member.person)
        for level in levels:
            assessments.rate(demo, uid, rater=member.id, code="LEG-1", rating=level)
    lines = past.of_place(demo, "rating", assessment=uid, code="LEG-1")
    assert [(line.field_words, line.value) for line in lines] == [
        ("Rating", "2 Partial"),
        ("Rating", "1 Beginning"),
    ]


@pytest.mark.parametrize("page", ["engagement", "assess", "exchange"])
def test_a_page_of_the_engagement_tells_its_bodies_team_and_assessments(demo: Workspace, page: str) -> None:
    told = {(line.field_words, line.value) for line in past.of_place(demo, page, engagement=the_engagement(demo))}
    assert ("Supporting association", "BALA") in told
    assert ("Kagiso Naledi-Noka: Role", "Team leader") in told
    assert ("AS-1: Revealed", "Kagiso Naledi-Noka") in told


def test_a_body_tells_its_names(demo: Workspace) -> None:
    (lala,) = people.organisations(demo, "LALA")
    told = [(line.field_words, line.value) for line in past.of_place(demo, "people", code=lala.id)]
    assert ("LALA: Another name", "LLGA") in told
    assert ("LALA: Name", "LALA") in told


def test_what_was_undone_stays_in_the_history(demo: Workspace, first: Assessment) -> None:
    third = story(demo)[2]
    consensus.agree(demo, third.id, code="LEG-2", rating=4, grade="A", reason="Certificate seen")
    workspace.undo(demo)
    values = [line.value for line in past.of_place(demo, "consensus", assessment=third.id, code="LEG-2")]
    assert values == ["3 Established (A)", "4 Secured (A): Certificate seen", "3 Established (A)"]
    assert engagements.engagement(demo, the_engagement(demo)).assessments[2].verdict_words == "Ready with preconditions"
