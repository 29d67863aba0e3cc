"""The papers of an election: made of what is recorded, found by their code, and told when anything was changed."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pitso import words
from pitso.domain import counting
from pitso.domain.policies import Reader
from pitso.domain.trouble import Trouble
from pitso.paper import imprint as imprints
from pitso.paper.documents.ballot_papers import Mark
from pitso.paper.imprint import State
from pitso.services import (
    checking,
    contests,
    election_lines,
    issuing,
    keying,
    nominations,
    papers,
    rounds,
    workspace,
)
from pitso.services.checking import Outcome
from pitso.services.contests import Contest, Election
from pitso.services.paper_kinds import KINDS
from pitso.services.workspace import Workspace
from pitso.storage.edits import Put
from tests.paper import reading
from tests.services.conftest import the_engagement
from tests.services.election_room import PIN, Assembly, Clock, crosses, tamper

OF_AN_ELECTION = (
    *("nomination-form", "nomination-list", "ballot", "counterfoils", "ballot-account", "tally", "hand-count", "count"),
    *("declaration", "observers"),
)


def the_election(ws: Workspace) -> Election:
    (uid,) = contests.elections(ws, the_engagement(ws))
    return contests.load(ws, uid)


def president(ws: Workspace) -> Contest:
    return the_election(ws).contests[0]


def text_of(ws: Workspace, kind: str, of: str, language: str = "en") -> str:
    return " ".join(reading.whole(papers.make(ws, kind, of=of, language=language).pdf).split())


@pytest.mark.parametrize("kind", OF_AN_ELECTION)
def test_each_paper_can_be_made_of_every_record_that_it_names(demo: Workspace, kind: str) -> None:
    found = KINDS[kind].records(demo, the_engagement(demo))
    assert found
    for of, _title, _detail in found[:2]:
        assert papers.make(demo, kind, of=of, language="ar").pdf.startswith(b"%PDF")


def test_a_list_of_papers_follows_what_is_written_here_and_by_another_program(demo: Workspace) -> None:
    engagement, contest = the_engagement(demo), president(demo).id

    def listed() -> list[str]:
        return [title for _of, title, _detail in KINDS["count"].records(demo, engagement)]

    assert any("President" in title for title in listed())
    demo.record([Put(contest, "title", "Chair")], said="")
    assert any("Chair" in title for title in listed())
    other = workspace.open_workspace(demo.path)
    other.record([Put(contest, "title", "Head")], said="")
    other.close()
    assert any("Head" in title for title in listed())


def test_the_declaration_says_who_is_elected_in_figures_and_words_with_every_hash(demo: Workspace) -> None:
    told = text_of(demo, "declaration", president(demo).id)
    digest = the_election(demo).electorate.hash
    for said in (
        *("Elected: Refiloe Koro-Naleli.", "forty-four", "100 printed, 89 issued, 1 handed back and replaced"),
        *("Tumelo Khoeli-Moru 37; Refiloe Koro-Naleli 29; Lebohang Noka-Poone 20", "Retšelisitsoe Naleli-Moea"),
        imprints.all_groups(digest),
        *(imprints.all_groups(counting.digest(one.ballots)) for one in president(demo).rounds if one.ballots),
    ):
        assert said in told
    assert len(imprints.all_groups(digest)) == 64 + 15
    treasurer = text_of(demo, "declaration", the_election(demo).contests[2].id)
    assert "Neo Thaba-Koro 33; Limpho Pula-Letša 33" in treasurer


def test_a_declaration_that_was_edited_afterwards_is_told_by_its_code(demo: Workspace) -> None:
    contest = president(demo)
    order = papers.order(demo, "declaration", of=contest.id, language="en")
    code = issuing.issue(demo, order, issuing.Way.PRINTED).code
    assert checking.check(demo, code).outcome is Outcome.UNCHANGED
    tamper(demo, contest.rounds[1].id, "in_box", 86)
    found = checking.check(demo, code)
    assert found.outcome is Outcome.CHANGED
    assert "Changed since" in found.said


def test_what_another_position_does_leaves_a_declaration_as_it_is(demo: Workspace) -> None:
    contests_ = the_election(demo).contests
    order = papers.order(demo, "declaration", of=contests_[0].id, language="en")
    code = issuing.issue(demo, order, issuing.Way.PRINTED).code
    tamper(demo, contests_[2].rounds[1].id, "explained_box", "A later word on the treasurer.")
    assert checking.check(demo, code).outcome is Outcome.UNCHANGED


def test_nothing_is_declared_on_paper_that_was_not_declared(demo: Workspace) -> None:
    contest = president(demo)
    tamper(demo, next(iter(contest.results)), "declared", {"names": ["Somebody else"]})
    assert president(demo).doubts, "two values of what is written once"
    with pytest.raises(Trouble, match="was not declared"):
        papers.make(demo, "declaration", of=contest.id, language="en")


def test_ballot_papers_are_all_alike_and_bear_the_order_that_was_drawn(demo: Workspace) -> None:
    view = KINDS["ballot"].view(demo, president(demo).rounds[0].id, KINDS["ballot"].readers[0])
    assert view.number == 100
    assert [one.name for one in view.candidates] == ["Tumelo Khoeli-Moru", "Refiloe Koro-Naleli", "Lebohang Noka-Poone"]
    second = KINDS["ballot"].view(demo, president(demo).rounds[1].id, KINDS["ballot"].readers[0])
    assert len(second.candidates) == 2


def test_ballot_papers_are_made_in_two_languages_and_found_again_by_their_code(demo: Workspace) -> None:
    held = president(demo).rounds[0].id
    told = text_of(demo, "ballot", held, "en+fr")
    assert told.count("Put a cross beside one name.") == told.count("Mettez une croix à côté d’un nom.") == 100
    assert told.count("Tumelo Khoeli-Moru") == 100
    order = papers.order(demo, "ballot", of=held, language="fr+ar")
    issued = issuing.issue(demo, order, issuing.Way.PRINTED)
    assert issued.paper.file_name.endswith("fr-ar.pdf")
    assert checking.check(demo, issued.code).outcome is Outcome.UNCHANGED
    assert papers.language_name("fr+ar") == "Français + العربية"
    with pytest.raises(Trouble, match="not made in"):
        papers.order(demo, "declaration", of=president(demo).id, language="en+fr")


def test_the_report_of_the_treasurer_says_what_told_the_equals_apart(demo: Workspace) -> None:
    told = text_of(demo, "count", the_election(demo).contests[2].rounds[0].id)
    assert "the second ballot put them in this order: Neo Thaba-Koro, Limpho Pula-Letša" in told
    assert "by a second ballot" in told


def test_the_lines_for_scripts_tell_every_figure_and_who_was_declared(demo: Workspace) -> None:
    (told,) = election_lines.as_json(demo)
    assert [one["declared"] for one in told["positions"]] == [
        ["Refiloe Koro-Naleli"],
        ["Palesa Poone-Pula"],
        ["Neo Thaba-Koro"],
    ]
    assert [one["in_box"] for position in told["positions"] for one in position["rounds"]] == [88, 87, 87, 86, 85]
    assert told["positions"][1]["rounds"][0]["count"]["stages"][-1]["nontransferable"] == "4"
    lines = "\n".join(election_lines.as_text(demo))
    assert "President · rounds: 2 · done · Refiloe Koro-Naleli" in lines


def test_contested_papers_of_a_round_show_no_figure(demo: Workspace, tmp_path: Path) -> None:
    held = president(demo).rounds[1]
    box = next(uid for uid in demo.journal.records(f"box/{contests.key_of(held.id)}/"))
    tamper(demo, box, "papers", '2 1\n0\n"A"\n"B"\n""\n')
    (told,) = election_lines.as_json(demo)
    assert [one["count"] for one in told["positions"][0]["rounds"]] == [None, None]
    assert told["positions"][0]["next"] == "opening"


# ---- of any election --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "mark", "choices", "asked"),
    [
        ({"rule": "plurality"}, Mark.CROSS, 1, "Put a cross beside one name."),
        ({"rule": "majority"}, Mark.CROSS, 1, "Put a cross beside one name."),
        ({"rule": "sntv", "places": 2}, Mark.CROSS, 1, "Put a cross beside one name."),
        ({"rule": "block", "places": 2}, Mark.CROSS, 2, "Put a cross beside at most 2 names."),
        ({"rule": "block", "places": 2, "exactly": True}, Mark.CROSS, 2, "Put a cross beside exactly 2 names;"),
        ({"rule": "approval", "places": 2}, Mark.CROSS, 4, "Put a cross beside as many names as you like."),
        ({"rule": "irv"}, Mark.RANK, 1, "Write 1 beside your first choice"),
        ({"rule": "stv-scotland", "places": 2}, Mark.RANK, 1, "Write 1 beside your first choice"),
        ({"rule": "stv-ers97", "places": 2}, Mark.RANK, 1, "Write 1 beside your first choice"),
    ],
)
def test_the_ballot_paper_of_each_rule_says_how_it_is_marked(
    room: Assembly, position: dict[str, object], mark: Mark, choices: int, asked: str
) -> None:
    room.plan({"title": "Council", **position})
    room.nominate(0, 1, 2, 3)
    view = KINDS["ballot"].view(room.ws, room.contest().id, Reader.PUBLIC)
    assert (view.mark, view.choices, view.exactly) == (mark, choices, "exactly" in position)
    assert view.number == 20, "a tenth more than the twelve votes on the roll, in tens"
    made = reading.whole(papers.make(room.ws, "ballot", of=room.contest().id, language="en").pdf)
    assert made.count(asked) == 20
    foils = KINDS["counterfoils"].view(room.ws, room.contest().id, Reader.TEAM)
    assert foils.number == 20


def test_the_list_of_nominations_says_who_withdrew_and_who_was_refused(room: Assembly) -> None:
    room.plan({"title": "Council", "rule": "plurality"})
    room.nominate(0, 1, close=False)
    nominations.withdraw(room.ws, next(one.id for one in room.contest().candidates if one.name == "Voter 00"))
    refused = nominations.nominate(room.ws, room.contest().id, person=room.voters[2]).record
    nominations.rule(room.ws, refused, ruling=nominations.REFUSED, reason="Nobody proposed them.")
    (position,) = KINDS["nomination-list"].view(room.ws, room.uid, Reader.BOTH_SIDES).positions
    assert [(one.name, one.ruling, one.reason) for one in position.nominations] == [
        ("Voter 00", "withdrawn", ""),
        ("Voter 01", "accepted", ""),
        ("Voter 02", "refused", "Nobody proposed them."),
    ]


def test_a_declaration_tells_the_round_that_does_not_count_and_the_declaration_before_it(room: Assembly) -> None:
    room.plan({"title": "President", "rule": "plurality"})
    room.nominate(0, 1)
    rounds.void(room.ws, room.open(), reason="A paper too many.", second=room.people["scrutineer"], pin=PIN)
    uid = room.vote(crosses(7, 5))
    room.declare()
    first = KINDS["declaration"].view(room.ws, room.contest().id, Reader.PUBLIC)
    assert (first.supersedes, first.imprint.state) == ("", State.FINAL)
    assert any("does not count: A paper too many." in remark for remark in first.results[0].remarks)
    before = room.contest().declared["at"]
    rounds.recount(room.ws, uid, reason="An objection was upheld.")
    assert KINDS["declaration"].view(room.ws, room.contest().id, Reader.PUBLIC).imprint.state is State.DRAFT
    room.key(uid, crosses(5, 7))
    keying.close_box(room.ws, uid)
    assert isinstance(room.ws.clock, Clock)
    room.ws.clock.moment += timedelta(hours=1)
    room.declare(because="The recount gave another result.")
    second = KINDS["declaration"].view(room.ws, room.contest().id, Reader.PUBLIC)
    assert second.imprint.state is State.FINAL
    said = words.moment(datetime.fromisoformat(before))
    assert second.supersedes == (
        f"It takes the place of the declaration of {said} for President: The recount gave another result."
    )
