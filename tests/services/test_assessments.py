"""Rating alone, the reveal, and agreeing: nobody sees another's rating before its time, and every rule is asked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pitso.domain.readiness.agreement import Closeness
from pitso.domain.readiness.instrument import Stage
from pitso.domain.readiness.scoring import Verdict
from pitso.domain.trouble import Trouble
from pitso.services import (
    assessments,
    consensus,
    engagements,
    people,
    receiving,
    results,
    scores,
    sending,
    teams,
    workspace,
)
from pitso.services.assessments import Assessment
from pitso.services.change import Change
from pitso.services.views import ConsensusLine
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from tests.services.conftest import story, the_engagement


class Table:
    """Three peers and a host at one laptop, with an assessment that has just begun."""

    def __init__(self, path: Path) -> None:
        self.ws = workspace.create(path, name="Visit")
        self.people = {
            name: people.add_person(self.ws, name=name).record for name in ("Leader", "Second", "Third", "Host")
        }
        self.writes("Leader")
        self.engagement = engagements.begin(
            self.ws, title="Lesotho", country="Lesotho", host="Leaders", supporting="BALA", coordinating="UCLG Africa"
        ).record
        for name, role, side in (
            ("Second", "political", "peer"),
            ("Third", "technical", "peer"),
            ("Host", "host", "host"),
        ):
            teams.add_member(self.ws, self.engagement, person=self.people[name], role=role, side=side)
        self.uid = assessments.begin(
            self.ws, self.engagement, title="AS-1", stage=Stage.FOUNDING, held_on=date(2026, 1, 22)
        ).record

    def writes(self, name: str) -> None:
        workspace.write_as(self.ws, self.people[name])

    def member(self, name: str) -> str:
        return next(m.id for m in teams.members(self.ws, self.engagement) if m.person == self.people[name])

    def rates(self, name: str, code: str, rating: int | str) -> None:
        self.writes(name)
        assessments.rate(self.ws, self.uid, rater=self.member(name), code=code, rating=rating)

    def reveal(self) -> None:
        self.writes("Leader")
        assessments.reveal(self.ws, self.uid)

    def line(self, code: str) -> ConsensusLine:
        return next(line for line in consensus.consensus(self.ws, self.uid).lines if line.code == code)


@pytest.fixture
def at(tmp_path: Path) -> Table:
    return Table(tmp_path / "visit.pitso")


def test_ratings_stay_hidden_until_the_leader_reveals_them(at: Table) -> None:
    at.rates("Leader", "LEG-1", 2)
    at.rates("Second", "LEG-1", 4)
    at.writes("Leader")
    with pytest.raises(Trouble, match="hidden until the reveal"):
        assessments.rating(at.ws, at.uid, rater=at.member("Second"), code="LEG-1")
    with pytest.raises(Trouble, match="not revealed"):
        consensus.consensus(at.ws, at.uid)
    with pytest.raises(Trouble, match="Nothing is agreed"):
        results.readiness(at.ws, at.uid)
    assert scores.of_workspace(at.ws) == []
    shown = assessments.reveal_view(at.ws, at.uid)
    assert [(r.name, r.answered) for r in shown.raters] == [("Leader", 1), ("Second", 1), ("Third", 0), ("Host", 0)]
    at.reveal()
    assert assessments.rating(at.ws, at.uid, rater=at.member("Second"), code="LEG-1").chosen == 4
    assert [dot.peers for dot in at.line("LEG-1").dots] == [0, 0, 1, 0, 1]


def test_only_the_leader_reveals_agrees_and_closes(at: Table) -> None:
    at.rates("Second", "LEG-1", 2)
    deeds: tuple[Callable[[], Change], ...] = (
        lambda: assessments.reveal(at.ws, at.uid),
        lambda: consensus.agree(at.ws, at.uid, code="LEG-1", rating=2, grade="A"),
        lambda: consensus.accept_close(at.ws, at.uid),
        lambda: consensus.close(at.ws, at.uid),
    )
    for deed in deeds:
        with pytest.raises(Trouble, match="team leader"):
            deed()


def test_nobody_rates_in_another_name(at: Table) -> None:
    at.writes("Leader")
    with pytest.raises(Trouble, match="somebody else is writing"):
        assessments.rate(at.ws, at.uid, rater=at.member("Second"), code="LEG-1", rating=2)


def test_a_reveal_with_no_rating_is_refused_and_the_act_cannot_be_undone(at: Table) -> None:
    with pytest.raises(Trouble, match="Nobody has rated"):
        at.reveal()
    at.rates("Leader", "LEG-1", 2)
    at.reveal()
    with pytest.raises(Trouble, match="nothing to undo"):
        workspace.undo(at.ws)
    with pytest.raises(Trouble, match="revealed already"):
        at.reveal()


def test_a_rating_after_the_reveal_is_marked_and_moves_no_proposal(at: Table) -> None:
    at.rates("Leader", "LEG-1", 1)
    at.rates("Second", "LEG-1", 1)
    at.reveal()
    at.rates("Third", "LEG-1", 4)
    line = at.line("LEG-1")
    assert (line.proposal, line.closeness, line.after_reveal) == (1, Closeness.UNANIMOUS, 1)
    at.writes("Third")
    view = assessments.rating(at.ws, at.uid, rater=at.member("Third"), code="LEG-1")
    assert (view.chosen, view.after_reveal) == (4, True)


@pytest.mark.parametrize(
    ("rating", "sentence"), [(5, "outside"), (-1, "outside"), ("ND", "outside"), (True, "outside")]
)
def test_a_rating_outside_the_scale_is_refused(at: Table, rating: int | str, sentence: str) -> None:
    with pytest.raises(Trouble, match=sentence):
        at.rates("Leader", "LEG-1", rating)


def test_not_applicable_is_refused_where_the_indicator_always_applies(at: Table) -> None:
    with pytest.raises(Trouble, match="always applies"):
        at.rates("Leader", "LEG-1", "NA")
    at.rates("Leader", "LEG-6", "NA")
    view = assessments.rating(at.ws, at.uid, rater=at.member("Leader"), code="LEG-6")
    assert view.reason_wanted
    assessments.give_reason(at.ws, at.uid, rater=at.member("Leader"), code="LEG-6", reason="No federal law.")
    assert not assessments.rating(at.ws, at.uid, rater=at.member("Leader"), code="LEG-6").reason_wanted


def test_undo_names_the_rating_and_brings_the_former_one_back(at: Table) -> None:
    at.rates("Leader", "LEG-1", 1)
    at.rates("Leader", "LEG-1", 2)
    standing = workspace.standing(at.ws, at.engagement)
    assert standing.undo == "LEG-1 changed from 1 to 2."
    workspace.undo(at.ws)
    assert assessments.rating(at.ws, at.uid, rater=at.member("Leader"), code="LEG-1").chosen == 1
    workspace.redo(at.ws)
    assert assessments.rating(at.ws, at.uid, rater=at.member("Leader"), code="LEG-1").chosen == 2


def test_evidence_gives_the_rating_its_grade(at: Table, tmp_path: Path) -> None:
    at.rates("Leader", "LEG-1", 2)
    (tmp_path / "act.pdf").write_bytes(b"%PDF-1.7 act")
    rater = at.member("Leader")
    assert assessments.rating(at.ws, at.uid, rater=rater, code="LEG-1").without_evidence == 1
    assessments.add_evidence(at.ws, at.uid, rater=rater, code="LEG-1", grade="C", text="Told by the clerk")
    assessments.add_evidence(at.ws, at.uid, rater=rater, code="LEG-1", grade="A", text="", file=tmp_path / "act.pdf")
    view = assessments.rating(at.ws, at.uid, rater=rater, code="LEG-1")
    assert (view.grade, view.without_evidence) == ("A", 0)
    assert sorted(item.file_name for item in view.evidence) == ["", "act.pdf"]
    assessments.remove_evidence(at.ws, next(item.id for item in view.evidence if item.grade == "A"))
    assert assessments.rating(at.ws, at.uid, rater=rater, code="LEG-1").grade == "C"
    with pytest.raises(Trouble, match="could not be read"):
        assessments.add_evidence(
            at.ws, at.uid, rater=rater, code="LEG-1", grade="A", text="", file=tmp_path / "gone.pdf"
        )


def test_close_ratings_are_accepted_together_and_the_others_one_at_a_time(at: Table) -> None:
    for code, ratings in {"LEG-1": (1, 2, 2), "LEG-2": (2, 2, 2), "LEG-3": (0, 2, 2), "LEG-4": (0, 4, 1)}.items():
        for name, rating in zip(("Leader", "Second", "Third"), ratings, strict=True):
            at.rates(name, code, rating)
    at.reveal()
    view = consensus.consensus(at.ws, at.uid)
    assert [line.code for line in view.lines[:2]] == ["LEG-4", "LEG-3"]
    assert (view.close_waiting, view.unanimous_waiting, view.contested) == (1, 1, 2)
    consensus.accept_close(at.ws, at.uid)
    assert (at.line("LEG-1").agreed, at.line("LEG-2").agreed, at.line("LEG-3").agreed) == (2, 2, None)
    with pytest.raises(Trouble, match="needs a reason"):
        consensus.agree(at.ws, at.uid, code="LEG-3", rating=2, grade="B")
    with pytest.raises(Trouble, match="grade"):
        consensus.agree(at.ws, at.uid, code="LEG-3", rating=2, reason="Two saw the file.")
    consensus.agree(at.ws, at.uid, code="LEG-3", rating=2, grade="B", reason="Two saw the file.")
    consensus.agree(at.ws, at.uid, code="LEG-4", rating="ND", reason="Not settled tonight.")
    assert (at.line("LEG-3").agreed_words, at.line("LEG-4").agreed_words) == ("agreed 2 (B)", "agreed no agreement")
    workspace.undo(at.ws)
    assert at.line("LEG-4").agreed is None


def test_fewer_than_two_ratings_is_a_single_view(at: Table) -> None:
    at.rates("Leader", "LEG-1", 2)
    at.reveal()
    assert at.line("LEG-1").single_view
    assert at.line("LEG-1").closeness is Closeness.UNANIMOUS


def test_a_peer_far_from_what_was_agreed_may_leave_a_minority_view(at: Table) -> None:
    at.rates("Leader", "LEG-1", 1)
    at.rates("Second", "LEG-1", 3)
    at.rates("Third", "LEG-1", 1)
    at.reveal()
    consensus.agree(at.ws, at.uid, code="LEG-1", rating=1, grade="A", reason="The act is silent.")
    with pytest.raises(Trouble, match="two or more levels away"):
        consensus.minority_view(at.ws, at.uid, code="LEG-1", text="No", signed=False)
    at.writes("Second")
    detail = consensus.consensus(at.ws, at.uid, code="LEG-1").detail
    assert detail is not None
    assert detail.minority_invited
    consensus.minority_view(at.ws, at.uid, code="LEG-1", text="The circular allows it.", signed=False)
    loaded = assessments.load(at.ws, at.uid)
    assert [(m.text, m.signed) for m in consensus.minority_lines(at.ws, loaded, "LEG-1")] == [
        ("The circular allows it.", "")
    ]
    consensus.minority_view(at.ws, at.uid, code="LEG-1", text="The circular allows it.", signed=True)
    assert consensus.minority_lines(at.ws, loaded, "LEG-1")[0].signed == "Second"


def test_hosts_are_shown_beside_and_do_not_move_the_proposal(at: Table) -> None:
    at.rates("Leader", "LEG-1", 1)
    at.rates("Second", "LEG-1", 1)
    at.rates("Host", "LEG-1", 4)
    at.reveal()
    consensus.agree(at.ws, at.uid, code="LEG-1", rating=1, grade="A")
    line = at.line("LEG-1")
    assert (line.proposal, [dot.hosts for dot in line.dots], line.seen_differently) == (1, [0, 0, 0, 0, 1], True)
    with pytest.raises(Trouble, match="Only a host"):
        consensus.respond(at.ws, at.uid, code="LEG-1", text="We see it otherwise.")
    at.writes("Host")
    consensus.respond(at.ws, at.uid, code="LEG-1", text="  We see it otherwise.  ")
    assert consensus.response(at.ws, assessments.load(at.ws, at.uid), "LEG-1") == "We see it otherwise."


@pytest.mark.parametrize(("mode", "proposal"), [("beside", 1), ("hosts", 4), ("joint", 1)])
def test_who_counts_depends_on_the_mode(at: Table, mode: str, proposal: int) -> None:
    at.writes("Leader")
    at.uid = assessments.begin(
        at.ws, at.engagement, title="Other", stage=Stage.FOUNDING, held_on=date(2026, 1, 23), mode=mode
    ).record
    at.rates("Leader", "LEG-1", 1)
    at.rates("Second", "LEG-1", 1)
    at.rates("Host", "LEG-1", 4)
    at.reveal()
    assert at.line("LEG-1").proposal == proposal


def test_after_closing_a_change_is_an_amendment_with_a_reason(demo: Workspace) -> None:
    second = story(demo)[1]
    with pytest.raises(Trouble, match="needs a reason"):
        consensus.agree(demo, second.id, code="LEG-1", rating=4, grade="A")
    detail = consensus.consensus(demo, second.id, code="REP-4").detail
    assert detail is not None
    assert [(v.words, v.reason) for v in detail.versions] == [
        ("3 (A)", "Declaration signed by all parties"),
        ("2 (C)", ""),
    ]
    assert results.readiness(demo, second.id).amended == "Amended on 17 June 2026"


def test_the_certificate_makes_the_third_assessment_ready(demo: Workspace) -> None:
    third = story(demo)[2]
    before = results.readiness(demo, third.id)
    assert before.verdict is Verdict.PRECONDITIONS
    assert [(cause.subject, cause.owner, cause.due) for cause in before.causes] == [
        ("LEG-2", "Refiloe Koro-Naleli", date(2026, 10, 31))
    ]
    results.take_offer(demo, third.id)
    after = results.readiness(demo, third.id)
    assert (after.verdict, after.offer) == (Verdict.READY, "")
    assert after.figures.startswith("78.6 (78.6 to 78.6)")
    with pytest.raises(Trouble):
        results.take_offer(demo, third.id)


def test_the_first_assessment_reads_as_in_the_story(demo: Workspace, first: Assessment) -> None:
    view = results.readiness(demo, first.id)
    assert view.verdict is Verdict.NOT_READY
    assert view.figures == "32.3 (30.9 to 35.3), coverage 95.5 %, confidence 91.0 %"
    assert [cause.subject for cause in view.causes] == ["GOV-2", "GOV-3", ""]
    shown = consensus.consensus(demo, first.id)
    assert [line.code for line in shown.lines if line.seen_differently] == ["POL-4"]
    assert (shown.agreed, shown.total) == (51, 51)
    assert results.compare(demo, first.id, story(demo)[1].id).summary == (
        "47 indicators stand in both: 42 rose, 5 stayed, 0 fell."
    )


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("", None),
        ("dimensions", "Dimensions"),
        ("indicators", "Indicators"),
        ("spread", "How far the ratings lay apart"),
    ],
)
def test_of_the_result_only_what_is_open_is_drawn(
    demo: Workspace, first: Assessment, part: str, title: str | None
) -> None:
    view = results.readiness(demo, first.id, part=part)
    assert view.spreads
    assert (view.drawing.title if view.drawing else None) == title


def test_three_laptops_join_into_one_reveal(tmp_path: Path) -> None:
    at = Table(tmp_path / "leader.pitso")
    at.rates("Leader", "LEG-1", 1)
    sending.send(at.ws, tmp_path / "begin.pitso-bundle")
    others = {}
    for name in ("Second", "Third"):
        other = workspace.create(tmp_path / f"{name}.pitso", name=name)
        receiving.receive(other, tmp_path / "begin.pitso-bundle", trusting=True)
        workspace.write_as(other, at.people[name])
        with pytest.raises(Trouble, match="hidden"):
            assessments.rating(other, at.uid, rater=at.member("Leader"), code="LEG-1")
        assessments.rate(other, at.uid, rater=at.member(name), code="LEG-1", rating=3)
        sending.send(other, tmp_path / f"{name}.pitso-bundle")
        others[name] = other
    receiving.receive(at.ws, tmp_path / "Second.pitso-bundle", trusting=True)
    at.reveal()
    receiving.receive(at.ws, tmp_path / "Third.pitso-bundle", trusting=True)
    line = at.line("LEG-1")
    assert [dot.peers for dot in line.dots] == [0, 1, 0, 2, 0]
    assert line.late == 1
    assert the_engagement(at.ws) == the_engagement(others["Second"])


def test_where_an_association_is_strengthened_the_mandate_to_found_is_no_gate(demo: Workspace) -> None:
    first = story(demo)[0]
    before = assessments.result(demo, first)
    assert "POL-4" in {gate.code for gate in before.gates}
    assert first.stage_words == "Before founding"
    (uid,) = demo.journal.records(f"record/{first.engagement.partition('/')[2]}/identification/")
    demo.record([Put(uid, "/data/about/association_exists", "weak")], said="")
    again = assessments.load(demo, first.id)
    after = assessments.result(demo, again)
    assert {gate.code for gate in before.gates} - {gate.code for gate in after.gates} == {"POL-4"}
    assert (again.stage_words, after.overall) == ("Fit to serve its members", before.overall)
    third = assessments.load(demo, story(demo)[2].id)
    assert third.stage_words == "Before scaling down"
    assert {gate.code for gate in assessments.result(demo, third).gates} == {
        one.code for one in third.instrument.indicators if Stage.SCALEDOWN in one.gates
    }
