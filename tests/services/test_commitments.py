"""Commitments: made by a person until a day, begun, done, late, dropped, passed on; counted by side."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pitso.domain.commitments import State, days_over, standing
from pitso.domain.policies import Reader, policy
from pitso.domain.trouble import Trouble
from pitso.services import attached, commitments, finding, past, people, results, workspace
from pitso.services.programme_views import CommitmentLine
from pitso.services.workspace import Workspace
from tests.services.conftest import story, the_engagement

DUE = date(2026, 11, 10)
SIDE = {"side": "host"}


@pytest.mark.parametrize(
    ("said", "closed_on", "stands"),
    [
        (State.OPEN, None, State.OPEN),
        (State.DONE, date(2026, 11, 10), State.DONE),
        (State.DONE, date(2026, 11, 11), State.DONE_LATE),
        (State.DROPPED, date(2026, 12, 1), State.DROPPED),
    ],
)
def test_only_what_was_done_after_its_day_is_done_late(said: State, closed_on: date | None, stands: State) -> None:
    assert standing(said, due=DUE, closed_on=closed_on) is stands


def test_a_commitment_is_over_its_day_only_while_it_waits() -> None:
    assert days_over(State.UNDER_WAY, due=DUE, today=date(2026, 11, 12)) == 2
    assert days_over(State.OPEN, due=DUE, today=DUE) == 0
    assert days_over(State.DROPPED, due=DUE, today=date(2026, 11, 12)) == 0


def somebody(ws: Workspace) -> str:
    return people.persons(ws)[0].id


def promised(ws: Workspace, **other: str) -> str:
    told = {"text": "Call all ten councils", "owner": somebody(ws), **SIDE, **other}
    return commitments.record(ws, the_engagement(ws), due=DUE, **told).record


def line(ws: Workspace, uid: str) -> CommitmentLine:
    return next(one for one in commitments.commitments(ws, the_engagement(ws)) if one.id == uid)


def test_the_story_holds_fourteen_of_which_three_are_overdue(demo: Workspace) -> None:
    lines = commitments.commitments(demo, the_engagement(demo))
    states = [one.state for one in lines]
    assert len(lines) == 14
    assert {state: states.count(state) for state in set(states)} == {
        State.DONE: 9,
        State.DONE_LATE: 1,
        State.UNDER_WAY: 2,
        State.OPEN: 2,
    }
    assert [(one.text[:10], one.days_over) for one in lines if one.days_over] == [
        ("Name a sec", 15),
        ("Send the m", 10),
        ("Write down", 5),
    ]
    counts = {count.side: (count.waiting, count.overdue) for count in commitments.by_side(lines)}
    assert counts == {"host": (3, 2), "supporting": (1, 1)}
    assert sum(one.side == "host" for one in lines) == 10


def test_what_is_promised_is_found_by_its_words_and_its_owner(demo: Workspace) -> None:
    uid = promised(demo, source="Formal meeting 4")
    assert line(demo, uid).owner_name == people.persons(demo)[0].name
    assert line(demo, uid).source_words == "Formal meeting 4"
    assert uid in {found.id for found in finding.find(demo, "ten councils call")}


@pytest.mark.parametrize(
    ("other", "lacking"),
    [
        ({"text": "  "}, "What shall be done"),
        ({"owner": "organisation/x"}, "needs a person"),
        ({"side": "nobody"}, "not in the list"),
        ({"importance": "perhaps"}, "not in the list"),
    ],
)
def test_what_lacks_something_is_refused(demo: Workspace, other: dict[str, str], lacking: str) -> None:
    with pytest.raises(Trouble, match=lacking):
        promised(demo, **other)


def test_a_day_before_it_was_made_is_refused(demo: Workspace) -> None:
    with pytest.raises(Trouble, match="before the commitment was made"):
        commitments.record(
            demo, the_engagement(demo), text="Call", owner=somebody(demo), due=date(2026, 9, 29), side="host"
        )


def test_done_asks_for_what_shows_it_and_for_a_day_that_has_come(demo: Workspace) -> None:
    uid = promised(demo)
    with pytest.raises(Trouble, match="What shows"):
        commitments.done(demo, uid, proof=" ")
    with pytest.raises(Trouble, match="not come yet"):
        commitments.done(demo, uid, proof="The list", on=date(2026, 10, 1))
    commitments.done(demo, uid, proof="The list")
    assert (line(demo, uid).state, line(demo, uid).told) == (State.DONE, "The list")
    workspace.undo(demo)
    assert line(demo, uid).state is State.OPEN


def test_it_is_dropped_with_a_reason_and_then_closed(demo: Workspace) -> None:
    uid = promised(demo)
    with pytest.raises(Trouble, match="reason is missing"):
        commitments.drop(demo, uid, reason="")
    commitments.drop(demo, uid, reason="The law changed")
    closed: list[Callable[[], object]] = [
        lambda: commitments.begin_work(demo, uid),
        lambda: commitments.done(demo, uid, proof="x"),
        lambda: commitments.drop(demo, uid, reason="x"),
        lambda: commitments.pass_on(demo, uid, to=people.persons(demo)[1].id),
    ]
    for deed in closed:
        with pytest.raises(Trouble, match="is closed"):
            deed()


def test_passed_on_it_goes_on_with_another_person_and_names_the_former(demo: Workspace) -> None:
    uid, heir = promised(demo), people.persons(demo)[1]
    following = commitments.pass_on(demo, uid, to=heir.id).record
    assert line(demo, uid).state is State.PASSED_ON
    assert heir.name in line(demo, uid).told
    assert (line(demo, following).owner, line(demo, following).due) == (heir.id, DUE)
    assert people.persons(demo)[0].name in line(demo, following).source_words
    with pytest.raises(Trouble, match="has it already"):
        commitments.pass_on(demo, following, to=heir.id)


def test_what_is_overdue_is_passed_on_until_today(demo: Workspace) -> None:
    late = commitments.commitments(demo, the_engagement(demo))[0]
    following = commitments.pass_on(demo, late.id, to=people.persons(demo)[1].id).record
    assert line(demo, following).due == date(2026, 9, 30)


def test_a_change_keeps_the_former_words_in_the_history(demo: Workspace) -> None:
    uid = promised(demo)
    commitments.amend(
        demo, uid, text="Write to all", owner=somebody(demo), due=DUE, importance="must", side="supporting"
    )
    told = {
        (said.field_words, said.value)
        for said in past.of_place(demo, "commitments", engagement=the_engagement(demo), code=uid)
    }
    assert {("What shall be done", "Call all ten councils"), ("What shall be done", "Write to all")} <= told
    assert ("Side", "Supporting association") in told


def test_a_precondition_is_one_commitment_however_often_its_owner_is_named(demo: Workspace) -> None:
    third = story(demo)[2].id
    before = commitments.commitments(demo, the_engagement(demo))
    heir = people.persons(demo)[1].id
    results.see_to(demo, third, cause="gate_not_met.LEG-2", owner=heir, due=DUE)
    after = commitments.commitments(demo, the_engagement(demo))
    assert len(after) == len(before)
    certificate = next(one for one in after if "certificate" in one.text)
    assert (certificate.owner, certificate.due, certificate.source) == (heir, DUE, third)


def test_what_another_program_wrote_does_not_stop_the_list(demo: Workspace) -> None:
    from pitso.storage.edits import Put

    uid = promised(demo)
    demo.record([Put(uid, "state", {"state": "dreamt"}), Put(uid, "importance", "very")], said="")
    demo.clock = lambda: datetime(2026, 12, 1, tzinfo=UTC)
    assert (line(demo, uid).state, line(demo, uid).days_over) == (State.OPEN, 21)


def test_a_record_or_a_file_shows_it_as_well_as_words(demo: Workspace, tmp_path: Path) -> None:
    scan = tmp_path / "certificate.pdf"
    scan.write_bytes(b"%PDF-1.7 certificate")
    choice = commitments.proofs(demo, the_engagement(demo))[0]
    by_record, by_file = promised(demo), promised(demo)
    commitments.done(demo, by_record, record=choice.record)
    commitments.done(demo, by_file, file=scan)
    assert (line(demo, by_record).shown_by, line(demo, by_record).shown_by_words) == (choice.record, choice.words)
    assert (line(demo, by_file).state, line(demo, by_file).file) == (State.DONE, "certificate.pdf")
    assert attached.for_viewer(demo, by_file, "proof").read_bytes() == b"%PDF-1.7 certificate"
    workspace.undo(demo)
    assert (line(demo, by_file).state, line(demo, by_file).file) == (State.OPEN, "")


def test_a_scan_that_comes_later_is_attached_to_what_is_done_only(demo: Workspace, tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"\x89PNG")
    uid = promised(demo)
    with pytest.raises(Trouble, match="not done yet"):
        commitments.attach_proof(demo, uid, scan)
    commitments.done(demo, uid, proof="The certificate")
    commitments.attach_proof(demo, uid, scan)
    assert (line(demo, uid).told, line(demo, uid).file) == ("The certificate", "scan.png")
    told = past.of_place(demo, "commitments", engagement=the_engagement(demo), code=uid)
    assert ("What shows that it was done", "scan.png") in {(one.field_words, one.value) for one in told}


def test_a_file_that_cannot_be_read_keeps_nothing(demo: Workspace, tmp_path: Path) -> None:
    uid = promised(demo)
    with pytest.raises(Trouble, match="could not be read"):
        commitments.done(demo, uid, file=tmp_path / "gone.pdf")
    assert line(demo, uid).state is State.OPEN


def test_a_file_that_has_not_come_is_told_as_such(demo: Workspace) -> None:
    with pytest.raises(Trouble, match="not on this computer"):
        attached.for_viewer(demo, promised(demo), "proof")


def test_what_shows_it_is_for_the_hosts_and_the_office_too(demo: Workspace) -> None:
    read_by = policy(promised(demo), "proof").reader
    assert Reader.BOTH_SIDES.sees(read_by)
    assert Reader.OFFICE.sees(read_by)
    assert not Reader.PUBLIC.sees(read_by)
