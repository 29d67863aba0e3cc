"""The observers' copy: what was declared, word for word, and nothing that observers may not take along."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pitso.domain.elections.account import Sum
from pitso.domain.elections.entries import Keyed, Reason
from pitso.domain.elections.ladder import Role
from pitso.paper.documents.declaration import Declaration
from pitso.services import attendance, checking, contests, declarations, elections, issuing, keying, papers, rounds
from pitso.services.checking import Outcome
from pitso.services.paper_kinds import KINDS
from pitso.services.workspace import Workspace
from tests.paper import reading
from tests.services.conftest import the_engagement
from tests.services.election_room import Assembly, assembly, crosses, tamper

SECRETS = {
    "person": "objector-canary",
    "age": "age-canary",
    "disability": "disability-canary",
    "contact": "contact-canary@example.org",
    "photo": "photo-canary",
    "proposal": "Voter 10",
}
"""What the records know and observers may not: who objected, what is personal, who proposed whom."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assembly]:
    """A position with all a declaration may tell: a difference, rejected papers, a lot, an objection, a recount."""
    folder = tmp_path_factory.mktemp("observed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        made = assembly(folder)
        _elect(made)
        yield made
        made.ws.close()


def _elect(room: Assembly) -> None:
    room.plan({"title": "President", "rule": "plurality"})
    elections.appoint(room.ws, room.uid, room.people["leader"], Role.OBSERVER)
    for one in attendance.participants(room.ws, room.workshop):
        for name in ("age_band", "disability", "contact", "photo"):
            tamper(room.ws, one.id, name, SECRETS[name.partition("_")[0]])
    room.nominate(0, 1, 2)
    uid = room.open()
    room.account(uid, in_box=11)
    rounds.explain(room.ws, uid, Sum.BOX, "A voter took the paper away.")
    papers_ = [*crosses(4, 4, 1), Keyed(()), Keyed((), rejected=Reason.UNCLEAR)]
    room.key(uid, papers_)
    keying.close_box(room.ws, uid)
    drawn = {"method": "slips", "by": "A child", "witnesses": ["Ana", "Ben"]}
    rounds.draw_lot(room.ws, room.contest().id, order=["Voter 01", "Voter 00"], **drawn)  # type: ignore[arg-type]
    objected = declarations.object_(room.ws, room.contest().id, text="Two left.", by=SECRETS["person"]).record
    declarations.rule(room.ws, objected, ruling=declarations.DISMISSED, reason="They had voted.")
    rounds.recount(room.ws, uid, reason="To be sure.")
    room.key(uid, papers_)
    keying.close_box(room.ws, uid)
    room.declare()


def view_of(ws: Workspace, kind: str, of: str) -> Declaration:
    found = KINDS[kind].view(ws, of, KINDS[kind].readers[0])
    assert isinstance(found, Declaration)
    return found


def but_for_its_name(view: Declaration) -> Declaration:
    return replace(view, title="", officers=(), imprint=replace(view.imprint, title="", code=""))


def test_it_says_what_the_declaration_says(room: Assembly, demo: Workspace) -> None:
    (told,) = contests.elections(demo, the_engagement(demo))
    of_demo = [told, *(one.id for one in contests.load(demo, told).contests)]
    for ws, of in [(room.ws, room.contest().id), *((demo, of) for of in of_demo)]:
        assert but_for_its_name(view_of(ws, "observers", of)) == but_for_its_name(view_of(ws, "declaration", of))


def test_every_figure_is_on_it(room: Assembly) -> None:
    text = reading.whole(papers.make(room.ws, "observers", of=room.contest().id, language="en").pdf)
    for said in (
        *("Observers' copy of the declaration", "Elected: Voter 01.", "Kagiso Naledi", "Observer"),
        *("Votes on the roll 12 twelve", "In the box 11 eleven", "Valid 9 nine", "Blank 1 one", "Rejected 1 one"),
        *("Voter 00 Council A 4 four", "Voter 01 Council B 4 four elected", "Voter 02 Council C 1 one"),
        *("–1. A voter took the paper away.", "in this order: Voter 01, Voter 00. Witnesses: Ana, Ben"),
        *("was counted again: To be sure.", "Two left. Ruling: dismissed. They had voted."),
    ):
        assert said in text, said


def test_nothing_on_it_is_personal_or_leads_to_a_vote(room: Assembly) -> None:
    view = view_of(room.ws, "observers", room.contest().id)
    text = repr(view) + reading.whole(papers.make(room.ws, "observers", of=room.contest().id, language="en").pdf)
    assert [secret for secret in SECRETS.values() if secret in text] == []
    assert not any(uid in text for uid in (*room.voters, *room.people.values()))
    known = {f"Voter {number:02}" for number in range(12) if f"Voter {number:02}" in text}
    assert known == {"Voter 00", "Voter 01", "Voter 02"}, "of the voters only those who stood"


def test_it_is_found_by_its_code_and_told_when_anything_was_changed(room: Assembly) -> None:
    order = papers.order(room.ws, "observers", of=room.contest().id, language="en")
    declared = papers.order(room.ws, "declaration", of=room.contest().id, language="en")
    code = issuing.issue(room.ws, order, issuing.Way.PRINTED).code
    assert code != issuing.issue(room.ws, declared, issuing.Way.PRINTED).code
    assert checking.check(room.ws, code).outcome is Outcome.UNCHANGED
    tamper(room.ws, room.contest().rounds[0].id, "explained_box", "Another word.")
    assert checking.check(room.ws, code).outcome is Outcome.CHANGED


def test_without_an_observer_there_are_lines_for_two(room: Assembly, tmp_path: Path) -> None:
    for uid in room.ws.journal.records(f"officer/{contests.key_of(room.uid)}/"):
        if room.ws.journal.record(uid).get("role") == Role.OBSERVER:
            tamper(room.ws, uid, "role", "counter")
    assert view_of(room.ws, "observers", room.contest().id).officers == (("", "Observer"), ("", "Observer"))
