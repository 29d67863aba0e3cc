"""Phases as people move them: nothing silent, scaling down overridden by two, and the override on every paper."""

from datetime import UTC, date, datetime
from io import BytesIO

import pdfplumber
import pytest

from pitso.domain.commitments import Importance
from pitso.domain.phases import State
from pitso.domain.trouble import Trouble
from pitso.services import (
    commitments,
    facts,
    finishing,
    papers,
    people,
    persons_here,
    phases,
    record_ids,
    warnings,
    workspace,
)
from pitso.services.programme_views import PhaseLine
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from tests.services.conftest import story, the_engagement

PIN = "2468"


def line(ws: Workspace, number: int) -> PhaseLine:
    return phases.view(ws, the_engagement(ws)).lines[number - 1]


def called(ws: Workspace, name: str) -> str:
    person = people.person_called(ws, name)
    if not persons_here.has_pin(ws, person):
        persons_here.set_pin(ws, person, PIN)
    return person


def host(ws: Workspace) -> str:
    return called(ws, "Tumelo Khoeli-Moru")


def office(ws: Workspace) -> str:
    return called(ws, "Awa Rivière-Étoile")


def test_what_is_missing_leads_to_its_record_or_to_a_new_one(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    action = phases.action(ws, engagement, "statutes settled")
    assert (action.page, action.record.split("/")[2]) == ("form", "statutes")
    ws.record([Put(action.record, "state", record_ids.WITHDRAWN)], said="")
    action = phases.action(ws, engagement, "statutes settled")
    assert (action.record, action.form) == ("", "statutes")
    assert phases.action(ws, engagement, "result declared").page == "election"
    assert [one.words for one in line(ws, 7).missing][:1] == ["Settle every item of the statutes checklist."]


def test_every_need_of_the_rules_has_its_words() -> None:
    from pitso.domain.facts import Facts
    from pitso.domain.phases import RULES
    from pitso.services import phase_words

    needs = {need.code for rule in RULES.values() for need in rule.needs(Facts())}
    assert needs == set(phase_words.ways())
    assert set(RULES) == set(phase_words.names())


def test_a_phase_that_was_noted_stays_complete_whatever_its_records_become(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    phases.note_complete(ws, engagement, 7)
    ws.record([Put(phases.action(ws, engagement, "statutes settled").record, "state", "withdrawn")], said="")
    kept = line(ws, 7)
    assert (kept.state, str(kept.completed_on), kept.noted) == (State.COMPLETE, "2026-06-17", True)
    assert "noted as complete" in kept.told[0]


def test_an_open_phase_cannot_be_noted_as_complete(demo: Workspace) -> None:
    with pytest.raises(Trouble, match="not complete"):
        phases.note_complete(demo, the_engagement(demo), 12)
    with pytest.raises(Trouble, match="no phase 14"):
        phases.note_complete(demo, the_engagement(demo), 14)


def test_a_phase_is_opened_again_with_a_reason_and_completed_on_the_same_day(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    with pytest.raises(Trouble, match="reason is missing"):
        phases.reopen(ws, engagement, 7, reason=" ")
    phases.reopen(ws, engagement, 7, reason="Two councils want another article")
    again = line(ws, 7)
    assert (again.state, again.here) == (State.OPEN, True)
    assert "another article" in again.told[0]
    workspace.undo(ws)
    assert line(ws, 7).state is State.COMPLETE
    phases.note_complete(ws, engagement, 7)
    assert line(ws, 7).completed_on is not None


def test_going_ahead_with_something_missing_needs_a_reason_and_a_second_person(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    phases.reopen(ws, engagement, 3, reason="A member left the team")
    for form in ("plan", "statutes"):
        for uid in ws.journal.records(record_ids.beginning(engagement, form)):
            ws.record([Put(uid, "state", "withdrawn")], said="")
    way = phases.in_the_way(ws, engagement, 9)
    assert any("Platform" in words for words in way)
    assert any(words.startswith("W04") for words in way)
    with pytest.raises(Trouble, match="reason is missing"):
        phases.open_phase(ws, engagement, 9)
    with pytest.raises(Trouble, match="second person is needed"):
        phases.open_phase(ws, engagement, 9, reason="The money is there now")
    with pytest.raises(Trouble, match="not the PIN"):
        phases.open_phase(ws, engagement, 9, reason="The money is there now", second=host(ws), pin="1111")
    assert line(ws, 9).state is State.WAITING
    change = phases.open_phase(ws, engagement, 9, reason="The money is there now", second=host(ws), pin=PIN)
    assert not change.undoable
    opened = line(ws, 9)
    assert opened.state is State.OPEN
    assert "The money is there now" in opened.told[0]
    assert "Tumelo Khoeli-Moru" in opened.told[0]
    with pytest.raises(Trouble, match="open already"):
        phases.open_phase(ws, engagement, 9)


def test_scaling_down_is_stopped_by_what_the_story_leaves_open(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    known = facts.facts(ws, engagement)
    stops = phases.stops(ws, engagement, known, 12)
    assert [words[:3] for words in stops] == ["W04", "W06", "W06"]
    assert "LEG-2" in stops[1]
    assert "open: 4" in stops[2]
    with pytest.raises(Trouble, match="is stopped"):
        phases.scale_down(ws, engagement)
    assert line(ws, 12).state is State.WAITING


def test_a_host_and_the_office_override_it_and_every_later_paper_says_so(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    before = papers.make(ws, "readiness", of=story(ws)[2].id, language="en")
    reason = "The ministry closes the register in November"
    with pytest.raises(Trouble, match="Only a host"):
        phases.override(ws, engagement, reason=reason, second=office(ws), pin=PIN)
    workspace.write_as(ws, host(ws))
    with pytest.raises(Trouble, match="not of the coordinating office"):
        phases.override(ws, engagement, reason=reason, second=called(ws, "Kagiso Naledi-Noka"), pin=PIN)
    with pytest.raises(Trouble, match="reason is missing"):
        phases.override(ws, engagement, reason="", second=office(ws), pin=PIN)
    assert not phases.override(ws, engagement, reason=reason, second=office(ws), pin=PIN).undoable
    assert line(ws, 12).state is State.OPEN
    assert line(ws, 13).state is State.OPEN
    after = papers.make(ws, "readiness", of=story(ws)[2].id, language="en")
    assert after.digest != before.digest
    with pdfplumber.open(BytesIO(after.pdf)) as opened:
        pages = [" ".join(page.extract_text().split()) for page in opened.pages]
    assert all("Scaled down by override on 30 September 2026" in page for page in pages)
    assert all("Open then: W04, W06" in page for page in pages)
    with pytest.raises(Trouble, match="scales down already"):
        phases.scale_down(ws, engagement)
    assert "W06" in {one.code for one in warnings.warnings(ws, engagement)}


def test_with_nothing_in_the_way_the_move_is_plain_and_the_checks_follow(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    _close_everything(ws, engagement)
    with pytest.raises(Trouble, match="does not scale down yet"):
        phases.check(ws, engagement, found="Well")
    phases.scale_down(ws, engagement)
    assert phases.override_words(ws, engagement) == ""
    due = phases.due_checks(facts.facts(ws, engagement))
    assert [day.isoformat() for day in due] == ["2026-12-30", "2027-03-30", "2027-09-30"]
    for month in (1, 4, 10):
        ws.clock = lambda month=month: datetime(2027, month, 5, 9, tzinfo=UTC)  # type: ignore[misc]
        phases.check(ws, engagement, found="The executive meets")
    assert (line(ws, 13).state, str(line(ws, 13).completed_on)) == (State.COMPLETE, "2027-10-05")
    with pytest.raises(Trouble, match="All checks"):
        phases.check(ws, engagement, found="Again")


def test_an_overdue_commitment_that_must_be_done_stops_the_move_whatever_the_checklist_says(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    _close_everything(ws, engagement)
    assert phases.stops(ws, engagement, facts.facts(ws, engagement), 12) == ()
    due = date(2026, 9, 30)
    for text, importance in (("Open the account", Importance.SHOULD), ("Pay the fee", Importance.MUST)):
        commitments.record(ws, engagement, text=text, owner=host(ws), due=due, side="host", importance=importance)
    assert phases.stops(ws, engagement, facts.facts(ws, engagement), 12) == (), "its day is today"
    ws.clock = lambda: datetime(2026, 10, 1, 9, tzinfo=UTC)
    (stop,) = phases.stops(ws, engagement, facts.facts(ws, engagement), 12)
    assert "no overdue commitment that must be done" in stop


def test_a_required_item_is_closed_by_yes_alone_and_answered_by_not_needed_too(demo: Workspace) -> None:
    ws, engagement = demo, the_engagement(demo)
    _close_everything(ws, engagement)
    (uid,) = ws.journal.records(record_ids.beginning(engagement, "exit"))
    ws.record([Put(uid, "/data/linked/partner", "not_needed")], said="")
    assert facts.facts(ws, engagement).exit_open == ("contact with a development or financial partner",)
    with pytest.raises(Trouble, match="is stopped"):
        phases.scale_down(ws, engagement)


def _close_everything(ws: Workspace, engagement: str) -> None:
    """Brief the new officer, enter the certificate, and close the exit checklist."""
    from pitso.services import results

    results.take_offer(ws, story(ws)[2].id)
    for uid, record in ws.journal.records(record_ids.beginning(engagement, "leadership")).items():
        if "/data/briefing{1}/briefed_on" not in record:
            ws.record([Put(uid, "/data/briefing{1}/briefed_on", "2026-09-29")], said="")
    (uid,) = ws.journal.records(record_ids.beginning(engagement, "exit"))
    items = ("founded/certificate", "working/keepers", "linked/commitments", "linked/procedures")
    ws.record([Put(uid, f"/data/{item}", "yes") for item in items], said="")
    for promise in commitments.commitments(ws, engagement):
        if promise.days_over and promise.importance is Importance.MUST:
            commitments.done(ws, promise.id, proof="The executive named her")
    assert finishing.revisions(ws, uid) == ()
