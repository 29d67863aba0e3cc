"""Feedback: both sides beside each other, the hosts' words unchanged, what differs put on an agenda."""

import pytest

from pitso.domain.trouble import Trouble
from pitso.services import consensus, feedback, people, record_list, sheets, workspace
from pitso.services.paper_kinds import KINDS
from pitso.services.workspace import Workspace
from tests.services.conftest import story, the_engagement

SAID = "We saw it otherwise: the councils “gave” their word – in March,  not on paper."


def as_host(ws: Workspace) -> None:
    workspace.write_as(ws, people.person_called(ws, "Tumelo Khoeli-Moru"))


def test_strengths_come_first_and_what_is_seen_differently_before_the_rest(demo: Workspace) -> None:
    view = feedback.feedback(demo, story(demo)[0].id)
    assert len(view.strengths) == 4
    assert [line.code for line in view.lines if line.differs] == ["POL-4"]
    assert view.lines[0].code == "POL-4"
    assert view.lines[0].hosts
    assert view.lines[0].response.startswith("The initiative group believed")
    assert (view.differing, view.to_agenda, view.host) == (1, 1, "")


def test_only_a_host_answers_and_the_words_are_printed_as_they_are(demo: Workspace) -> None:
    first = story(demo)[0].id
    with pytest.raises(Trouble, match="Only a host"):
        consensus.respond(demo, first, code="POL-4", text=SAID)
    as_host(demo)
    assert feedback.feedback(demo, first).host == "Tumelo Khoeli-Moru"
    consensus.respond(demo, first, code="POL-4", text=SAID)
    assert feedback.feedback(demo, first).lines[0].response == SAID
    told_in_the_sheet = sheets.feedback_sheet(demo, first).points[0].code
    consensus.respond(demo, first, code=told_in_the_sheet, text=SAID)
    workspace.write_as(demo, people.person_called(demo, "Kagiso Naledi-Noka"))
    for kind in ("readiness", "feedback-sheet"):
        sort = KINDS[kind]
        assert SAID in repr(sort.view(demo, first, sort.readers[0])), kind


def test_what_is_seen_differently_goes_to_the_agenda_once(demo: Workspace) -> None:
    first = story(demo)[0].id
    before = {line.id for line in record_list.records(demo, the_engagement(demo))}
    change = feedback.to_agenda(demo, first)
    assert change.record not in before
    assert demo.journal.record(change.record)["/data/agenda{1}/item"].startswith("AS-1, POL-4:")
    view = feedback.feedback(demo, first)
    assert view.lines[0].on_agenda
    assert view.to_agenda == 0
    with pytest.raises(Trouble, match="Nothing waits"):
        feedback.to_agenda(demo, first)


def test_before_anything_is_agreed_there_is_nothing_to_tell(demo: Workspace) -> None:
    from pitso.domain.readiness.instrument import Stage
    from pitso.services import assessments

    begun = assessments.begin(
        demo, the_engagement(demo), title="AS-4", stage=Stage.SCALEDOWN, held_on=demo.today()
    ).record
    with pytest.raises(Trouble, match="Nothing is agreed"):
        feedback.feedback(demo, begun)
