"""What the room tells the warnings: sessions led, councils, women, and decisions without a quorum."""

import pytest

from pitso.domain.quorum import Base, Condition, Unit
from pitso.services import attendance, facts, quorum, resolutions, rolls, room_facts, warnings, workshops
from pitso.services.attendance import Invited
from pitso.services.workspace import Workspace

from .conftest import the_engagement


def test_the_facts_of_the_story(demo: Workspace) -> None:
    told = room_facts.gathered(demo, the_engagement(demo))
    event, _strategy = told.events
    assert (event.founding, event.councils, event.all_councils, event.missing) == (True, 10, 10, ())
    assert told.led == {"host": 275, "supporting": 185, "shared": 140}
    assert [(share.women, share.all) for share in told.women] == [(36, 90)]
    assert {(one.present, one.quorum) for one in told.decided} == {(10, 7)}
    assert facts.facts(demo, the_engagement(demo)).led == told.led


def test_no_warning_of_the_room_stands_in_the_story(demo: Workspace) -> None:
    raised = {line.code for line in warnings.warnings(demo, the_engagement(demo))}
    assert raised.isdisjoint({"W03", "W11", "W15", "W16", "W17", "W20"})


@pytest.fixture
def founding(demo: Workspace) -> str:
    """A founding workshop of today with four councils, one woman among the five voters of two of them."""
    workshop = workshops.begin(
        demo, the_engagement(demo), title="Second founding", kind="founding", starts=demo.today(), ends=demo.today()
    ).record
    councils = [uid for uid, _name in attendance.councils(demo)][:4]
    for place, council in enumerate(councils):
        kind = "city" if place == 3 else "rural"
        rolls.enter_council(demo, workshop, council, delegates=5, category=kind)
    for place in range(5):
        sex = "woman" if place == 0 else "man"
        one = Invited(f"Voter {place}", council=councils[place % 2], sex=sex, credentials="vote", mandate="list")
        attendance.walk_in(demo, workshop, one)
    return workshop


def test_missing_councils_and_women_are_warned_of(demo: Workspace, founding: str) -> None:
    raised = [line for line in warnings.warnings(demo, the_engagement(demo)) if line.record == founding]
    told = [(line.code, line.page) for line in raised]
    assert told.count(("W16", "room")) == 2
    assert ("W17", "room") in told


def test_a_decision_without_a_quorum_stops(demo: Workspace, founding: str) -> None:
    quorum.set_conditions(demo, founding, [Condition(Base.ROLL, Unit.DELEGATE, number=6)])
    uid = resolutions.propose(demo, founding, title="T", text="x").record
    resolutions.decide(demo, uid, mode="consensus")
    (line,) = [one for one in warnings.warnings(demo, the_engagement(demo)) if one.code == "W15"]
    assert (line.severity, line.page, line.record) == ("stop", "minutes", uid)
    assert "5" in line.told
    assert "6" in line.told
