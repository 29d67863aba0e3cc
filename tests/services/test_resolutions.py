"""Resolutions: who may move, what may be counted, which quorum was kept, and numbers after joining."""

from pathlib import Path

import pytest

from pitso.domain.majorities import Votes
from pitso.domain.quorum import Base, Condition, Unit
from pitso.domain.trouble import Trouble
from pitso.services import attendance, display, quorum, resolutions, speakers, workshops
from pitso.services import workspace as workspaces
from pitso.services.attendance import Invited
from pitso.services.receiving import receive
from pitso.services.resolutions import ADOPTED, REJECTED
from pitso.services.room_views import ResolutionView
from pitso.services.sending import ENDING, send
from pitso.services.workspace import Workspace

from .conftest import the_engagement


@pytest.fixture
def room(demo: Workspace) -> str:
    """A workshop of today with three voters in the room, and one who has not come."""
    workshop = workshops.begin(
        demo, the_engagement(demo), title="Today", kind="strategy", starts=demo.today(), ends=demo.today()
    ).record
    council = attendance.councils(demo)[0][0]
    names = ("Anna", "Bert", "Carl", "Dora")
    attendance.invite(demo, workshop, [Invited(name, council=council, credentials="vote") for name in names])
    for one in attendance.participants(demo, workshop)[:3]:
        attendance.register(demo, one.id)
    quorum.set_conditions(demo, workshop, [Condition(Base.ROLL, Unit.DELEGATE, number=3)])
    return workshop


def person(ws: Workspace, room: str, name: str) -> str:
    return next(one.person for one in attendance.participants(ws, room) if one.name == name)


def proposed(ws: Workspace, room: str, title: str = "Budget") -> str:
    return resolutions.propose(ws, room, title=title, text="The budget is adopted.").record


def only(ws: Workspace, room: str) -> ResolutionView:
    (one,) = resolutions.resolutions(ws, room)
    return one


def test_the_resolutions_of_the_story(demo: Workspace) -> None:
    story = workshops.workshops(demo, the_engagement(demo))[0].id
    told = [(one.called, one.mode, one.votes, one.result, one.present) for one in resolutions.resolutions(demo, story)]
    assert told == [
        ("1/2026", "hands", (86, 0, 2), ADOPTED, 88),
        ("2/2026", "consensus", None, ADOPTED, 88),
        ("3/2026", "hands", (81, 3, 4), ADOPTED, 88),
        ("4/2026", "consensus", None, ADOPTED, 88),
        ("5/2026", "hands", (74, 9, 5), ADOPTED, 88),
        ("6/2026", "acclamation", None, ADOPTED, 88),
    ]
    assert all(one.quorum_met for one in resolutions.resolutions(demo, story))


def test_who_moves_or_seconds_is_in_the_room(demo: Workspace, room: str) -> None:
    anna, dora = person(demo, room, "Anna"), person(demo, room, "Dora")
    with pytest.raises(Trouble, match="Dora is not in the room"):
        resolutions.propose(demo, room, title="T", text="x", moved_by=anna, seconded_by=dora)
    with pytest.raises(Trouble, match="are one person"):
        resolutions.propose(demo, room, title="T", text="x", moved_by=anna, seconded_by=anna)
    resolutions.propose(demo, room, title="T", text="x", moved_by=anna, seconded_by=person(demo, room, "Bert"))
    assert (only(demo, room).mover, only(demo, room).seconder) == ("Anna", "Bert")


@pytest.mark.parametrize(
    ("votes", "words"),
    [(None, "votes are missing"), (Votes(3, 1, 0), "4 votes were counted, and 3 voters"), (Votes(-1, 0, 0), "counted")],
)
def test_counts_that_cannot_be_are_refused(demo: Workspace, room: str, votes: Votes | None, words: str) -> None:
    uid = proposed(demo, room)
    with pytest.raises(Trouble, match=words):
        resolutions.decide(demo, uid, mode="hands", votes=votes)
    assert only(demo, room).decided_at is None


def test_the_quorum_of_the_moment_stays_with_the_decision(demo: Workspace, room: str) -> None:
    resolutions.decide(demo, proposed(demo, room), mode="hands", votes=Votes(2, 1, 0))
    first = only(demo, room)
    assert (first.result, first.present, first.quorum_met) == (ADOPTED, 3, True)
    attendance.register(demo, attendance.participants(demo, room)[3].id)
    assert only(demo, room).quorum == "at least 3 delegates: 3. Met."


def test_a_decision_without_a_quorum_is_kept_and_says_so(demo: Workspace, room: str) -> None:
    quorum.set_conditions(demo, room, [Condition(Base.ROLL, Unit.DELEGATE, number=4)])
    done = resolutions.decide(demo, proposed(demo, room), mode="consensus")
    assert done.said.endswith("No quorum.")
    assert not only(demo, room).quorum_met


def test_a_decided_resolution_is_not_worded_anew_but_undone(demo: Workspace, room: str) -> None:
    uid = proposed(demo, room)
    resolutions.decide(demo, uid, mode="hands", votes=Votes(1, 2, 0))
    assert (only(demo, room).result, only(demo, room).number) == (REJECTED, 7)
    with pytest.raises(Trouble, match="is decided"):
        resolutions.change(demo, uid, title="x", text="y", kind="thanks")
    with pytest.raises(Trouble, match="is decided"):
        resolutions.decide(demo, uid, mode="consensus")
    workspaces.undo(demo)
    resolutions.change(demo, uid, title="x", text="y", kind="thanks")
    assert only(demo, room).called == ""


def test_what_is_postponed_takes_no_number(demo: Workspace, room: str) -> None:
    resolutions.decide(demo, proposed(demo, room), mode="consensus", result="postponed")
    assert (only(demo, room).called, only(demo, room).result) == ("", "postponed")


def test_an_amendment_stands_beside_the_text_and_replaces_it_when_adopted(demo: Workspace, room: str) -> None:
    uid = proposed(demo, room)
    first = resolutions.amend(demo, uid, text="The budget is cut.", by=person(demo, room, "Bert")).record
    second = resolutions.amend(demo, uid, text="No budget.", by="").record
    resolutions.decide_amendment(demo, first, ADOPTED)
    resolutions.decide_amendment(demo, second, REJECTED)
    one = only(demo, room)
    assert one.text == "The budget is cut."
    assert sorted((each.text, each.result) for each in one.amendments) == [
        ("No budget.", REJECTED),
        ("The budget is cut.", ADOPTED),
    ]


@pytest.mark.parametrize(("changed", "words"), [({"title": " "}, "title is missing"), ({"text": ""}, "text of the")])
def test_a_resolution_says_something(demo: Workspace, room: str, changed: dict[str, str], words: str) -> None:
    with pytest.raises(Trouble, match=words):
        resolutions.propose(demo, room, **{"title": "T", "text": "x", **changed})  # type: ignore[arg-type]


def test_two_computers_that_numbered_apart_get_a_proposal_before_anything_is_signed(
    demo: Workspace, room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = tmp_path / f"both{ENDING}"
    send(demo, both)
    other = workspaces.create(tmp_path / "other.pitso", name="Other", clock=demo.clock)
    receive(other, both, trusting=True)
    workspaces.write_as(other, str(demo.author))
    for ws, title in ((demo, "Here"), (other, "There")):
        resolutions.decide(ws, proposed(ws, room, title), mode="consensus")
    back = tmp_path / f"back{ENDING}"
    send(other, back)
    receive(demo, back, trusting=True)
    assert [one.number for one in resolutions.resolutions(demo, room)] == [7, 7]
    assert list(resolutions.renumbering(demo, room).values()) == [8]
    resolutions.renumber(demo, room)
    assert [one.number for one in resolutions.resolutions(demo, room)] == [7, 8]
    with pytest.raises(Trouble, match="No number stands twice"):
        resolutions.renumber(demo, room)
    other.close()


def test_the_speakers_list(demo: Workspace, room: str) -> None:
    session = workshops.add_session(
        demo, room, title="Talk", kind="plenary", day=demo.today(), starts="09:00", ends="10:00", led="host"
    ).record
    first = speakers.ask(demo, session, name="Anna", side="host").record
    second = speakers.ask(demo, session, name="Kagiso", side="peer").record
    speakers.give_floor(demo, first)
    speakers.give_floor(demo, second)
    told = [(one.name, one.began is not None, one.ended is not None) for one in speakers.speeches(demo, session)]
    assert told == [("Kagiso", True, False), ("Anna", True, True)]
    speakers.end(demo, second)
    speakers.withdraw(demo, speakers.ask(demo, session, name="Bert", side="host").record)
    assert len(speakers.speeches(demo, session)) == 2
    with pytest.raises(Trouble, match="no side"):
        speakers.ask(demo, session, name="Anna", side="left")


def test_the_room_sees_what_is_public_only(demo: Workspace, room: str) -> None:
    session = workshops.add_session(
        demo, room, title="Talk", kind="plenary", day=demo.today(), starts="09:00", ends="10:00", led="host"
    ).record
    assert display.view(demo, room).heading == "Next: Talk"
    workshops.start(demo, session)
    view = display.view(demo, room)
    assert (view.above, view.heading) == ("Today", "Talk")
    assert view.figures == (("3", "may vote now"), ("Quorum", "at least 3 delegates: 3"))
    uid = resolutions.propose(
        demo, room, title="Budget", text="The budget is adopted.", moved_by=person(demo, room, "Anna")
    ).record
    display.show_resolution(demo, room, uid)
    assert display.view(demo, room).text == "The budget is adopted."
    resolutions.decide(demo, uid, mode="hands", votes=Votes(3, 0, 0))
    assert "3 for, 0 against" in display.view(demo, room).lines[0]
    display.show_lines(demo, room, "President", ["Refiloe Koro-Naleli 44", "Tumelo Khoeli-Moru 42"])
    assert display.view(demo, room).lines[0] == "Refiloe Koro-Naleli 44"
    display.follow_session(demo, room)
    everything = repr(display.view(demo, room))
    assert not any(name in everything for name in ("Anna", "Bert", "Carl", "Dora"))
