"""The room: who registered, who is in, who may vote, and whether the assembly may decide."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pitso.domain import badges
from pitso.domain.presence import Way
from pitso.domain.quorum import Base, Condition, Unit
from pitso.domain.rolls import State
from pitso.domain.trouble import Trouble
from pitso.services import attendance, doubles, people, persons_here, presence, proxies, quorum, rolls, workshops
from pitso.services import workspace as workspaces
from pitso.services.attendance import Invited
from pitso.services.demonstration_room import at
from pitso.services.room import room_of
from pitso.services.room_views import Participant
from pitso.services.workspace import Workspace
from pitso.words import speaking

from .conftest import the_engagement


@pytest.fixture
def workshop(demo: Workspace) -> str:
    return workshops.workshops(demo, the_engagement(demo))[0].id


@pytest.fixture
def fresh(demo: Workspace) -> str:
    """A workshop of today to which two councils are invited, with nobody registered yet."""
    council, other = [uid for uid, _name in attendance.councils(demo)][:2]
    workshop = workshops.begin(
        demo,
        the_engagement(demo),
        title="Strategy workshop",
        kind="strategy",
        starts=demo.today(),
        ends=demo.today(),
    ).record
    rolls.enter_council(demo, workshop, council, delegates=2)
    rolls.enter_council(demo, workshop, other, delegates=2)
    vote: dict[str, Any] = {"credentials": "vote", "mandate": "letter"}
    attendance.invite(
        demo,
        workshop,
        [
            Invited("Mpho Thaba-Noka", council=council, capacity="mayor", sex="woman", **vote),
            Invited("Thabo O’Moru", council=council, capacity="councillor", sex="man", **vote),
            Invited("Palesa", council=other, capacity="councillor", **vote),
            Invited(council=other, capacity="councillor", credentials="vote", mandate="list"),
            Invited("Kagiso Visitor", capacity="peer"),
        ],
    )
    return workshop


def named(ws: Workspace, workshop: str, name: str) -> Participant:
    (one,) = [one for one in attendance.participants(ws, workshop) if one.name == name]
    return one


def seat(ws: Workspace, workshop: str) -> Participant:
    return next(one for one in attendance.participants(ws, workshop) if not one.person)


# ---- the story ------------------------------------------------------------------------------------------------------


def test_the_registration_of_the_story(demo: Workspace, workshop: str) -> None:
    whole = presence.figures(demo, workshop)
    assert (whole.invited, whole.registered, whole.walk_ins, whole.women, whole.young) == (129, 120, 3, 47, 22)
    assert (whole.councils_registered, whole.councils) == (10, 10)
    came = sorted(one.came for one in attendance.participants(demo, workshop) if one.came)
    assert (came[0], came[-1]) == (at(0, "07:42"), at(0, "08:47"))
    assert presence.figures(demo, workshop, at(0, "08:30")).registered == 104
    desks = [one.desk for one in attendance.participants(demo, workshop) if one.came]
    assert (desks.count("A"), desks.count("B")) == (59, 61)


@pytest.mark.parametrize(
    ("title", "present", "voters"),
    [
        ("Opening", 118, None),
        ("How BALA was founded", 120, None),
        ("Common problems of our councils", 119, None),
        ("Reflection of the hosts alone", 117, None),
        ("Rules of the election", None, 88),
        ("Statutes", 115, 88),
        ("Subscription", 114, 88),
        ("Election of office bearers", 112, 88),
        ("Closing", 104, None),
    ],
)
def test_the_sessions_of_the_story(
    demo: Workspace, workshop: str, title: str, present: int | None, voters: int | None
) -> None:
    (session,) = [one for one in workshops.sessions(demo, workshop) if one.title == title]
    assert present is None or len(presence.stays(demo, session)) == present
    assert voters is None or len(presence.voters(demo, workshop, session.began)) == voters


def test_the_roll_and_the_quorum_of_the_story(demo: Workspace, workshop: str) -> None:
    view = rolls.roll(demo, workshop)
    assert (view.state, len(view.electors), view.votes, len(view.councils)) == (State.FROZEN, 90, 90, 10)
    assert view.frozen_at == at(1, "15:45")
    assert view.faults == ()
    assert sum(elector.sex == "woman" for elector in view.electors) == 36
    told = quorum.quorum(demo, workshop, at(1, "16:00"))
    assert [(line.needed, line.present) for line in told.lines] == [(60, 88), (7, 10)]
    assert told.met
    assert not quorum.quorum(demo, workshop, at(0, "07:50")).met


def test_the_balance_of_the_story(demo: Workspace, workshop: str) -> None:
    led = workshops.led_minutes(workshops.sessions(demo, workshop))
    assert led == {"host": 275, "peer": 185, "shared": 140}


def test_the_double_stands_once_and_its_badge_is_the_same_person_s(demo: Workspace, workshop: str) -> None:
    one = named(demo, workshop, "Lebohang Khoeli-Pula")
    assert (one.number, one.also_numbers) == (41, (302,))
    code = workshops.workshop(demo, workshop).code
    assert presence.scanned(attendance.participants(demo, workshop), code, badges.serial(code, 302)) == one
    doubles.part(demo, str(demo.journal.record(one.also[0])["person"]))
    assert presence.figures(demo, workshop).registered == 121


# ---- the desk -------------------------------------------------------------------------------------------------------


def test_registering_brings_in_and_undo_takes_it_back(demo: Workspace, fresh: str) -> None:
    one = named(demo, fresh, "Palesa")
    attendance.register(demo, one.id, identity="document")
    told = presence.figures(demo, fresh)
    assert (told.registered, told.present, told.may_vote) == (1, 1, 1)
    with pytest.raises(Trouble, match="registered already"):
        attendance.register(demo, one.id)
    workspaces.undo(demo)
    told = presence.figures(demo, fresh)
    assert (told.registered, told.present, told.may_vote) == (0, 0, 0)


def test_the_pages_of_a_room_share_what_was_read_until_anything_is_written(demo: Workspace, fresh: str) -> None:
    one, room = named(demo, fresh, "Palesa"), room_of(demo, fresh)
    assert room_of(demo, fresh) is room
    change = attendance.register(demo, one.id)
    room.look_again(change)
    told = room_of(demo, fresh)
    assert told is not room
    assert told.figures() == room.figures() == presence.figures(demo, fresh)
    workspaces.undo(demo)
    assert room_of(demo, fresh).figures().registered == 0


def test_a_room_that_was_read_before_stands_at_the_present_minute(demo: Workspace, fresh: str) -> None:
    before = room_of(demo, fresh).at
    clock = demo.clock
    demo.clock = lambda: clock() + timedelta(minutes=20)
    assert room_of(demo, fresh).at == before + timedelta(minutes=20)


def test_a_room_speaks_the_language_of_its_reader(demo: Workspace, fresh: str) -> None:
    room = room_of(demo, fresh)
    with speaking("fr"):
        assert room_of(demo, fresh) is not room


def test_a_seat_is_registered_under_a_name(demo: Workspace, fresh: str) -> None:
    empty = seat(demo, fresh)
    with pytest.raises(Trouble, match="name is missing"):
        attendance.register(demo, empty.id)
    attendance.register(demo, empty.id, name="’Mamello Noka")
    assert named(demo, fresh, "’Mamello Noka").id == empty.id
    assert len(presence.voters(demo, fresh)) == 1


def test_badges_of_the_invited_are_numbered_and_walk_ins_take_the_desk_s_own(demo: Workspace, fresh: str) -> None:
    assert [one.number for one in attendance.participants(demo, fresh)] == [1, 2, 3, 4, 5]
    attendance.set_desk(demo, "B")
    attendance.walk_in(demo, fresh, Invited("Neo Guest", capacity="guest"))
    attendance.walk_in(demo, fresh, Invited("Neo Other", capacity="guest"))
    assert [one.number for one in attendance.participants(demo, fresh)][-2:] == [301, 302]
    attendance.invite(demo, fresh, [Invited("Late Letter")])
    assert named(demo, fresh, "Late Letter").number == 6


@pytest.mark.parametrize("letter", ["", "a", "AB", "Z", "1"])
def test_a_desk_has_one_letter(demo: Workspace, letter: str) -> None:
    with pytest.raises(Trouble, match="one letter"):
        attendance.set_desk(demo, letter)


def test_one_badge_number_is_never_given_twice(demo: Workspace, fresh: str) -> None:
    with pytest.raises(Trouble, match="given twice"):
        attendance.invite(demo, fresh, [Invited("One", number=3)])
    assert len(attendance.participants(demo, fresh)) == 5


def test_a_substitute_votes_with_a_mandate_only(demo: Workspace, fresh: str) -> None:
    absent = named(demo, fresh, "Palesa")
    attendance.walk_in(
        demo, fresh, Invited("Puleng With", capacity="councillor", mandate="letter"), stands_for=absent.id
    )
    on_roll = {elector.name for elector in rolls.electors(demo, fresh)}
    assert "Puleng With" in on_roll
    assert "Palesa" not in on_roll
    other = named(demo, fresh, "Thabo O’Moru")
    attendance.walk_in(demo, fresh, Invited("Sello Without", capacity="councillor"), stands_for=other.id)
    on_roll = {elector.name for elector in rolls.electors(demo, fresh)}
    assert "Sello Without" not in on_roll
    assert "Thabo O’Moru" in on_roll
    assert named(demo, fresh, "Sello Without").credentials == "alternate"


def test_nobody_stands_for_a_delegate_who_came(demo: Workspace, fresh: str) -> None:
    there = named(demo, fresh, "Palesa")
    attendance.register(demo, there.id)
    with pytest.raises(Trouble, match="came and votes"):
        attendance.walk_in(demo, fresh, Invited("Puleng", mandate="letter"), stands_for=there.id)


def test_a_likely_double_is_shown_before_it_is_kept(demo: Workspace, workshop: str) -> None:
    known = attendance.participants(demo, workshop)
    one = named(demo, workshop, "Lebohang Khoeli-Pula")
    assert attendance.likely(known, "lebohang khoeli pula", one.council) == (one,)
    assert attendance.likely(known, "Lebohang Khoeli-Pula", "organisation/other") == ()
    assert attendance.likely(known, "Somebody Else", one.council) == ()


def test_two_of_one_name_in_one_council_stay_two_once_they_are_told_apart(demo: Workspace, fresh: str) -> None:
    one = named(demo, fresh, "Palesa")
    attendance.walk_in(
        demo, fresh, Invited("Palesa", council=one.council, credentials="vote", mandate="list", capacity="councillor")
    )
    assert [fault.words for fault in rolls.roll(demo, fresh).faults] == ["Palesa and Palesa may be one person."]
    (pair,) = [line for line in doubles.proposed(demo) if line.one == one.person or line.other == one.person]
    doubles.tell_apart(demo, pair.one, pair.other)
    assert rolls.roll(demo, fresh).faults == ()


@pytest.mark.parametrize("name", ["’Mamello", "'Mamello Noka", "Pitso", "N" * 80, "Seán Ó Súilleabháin-D'Arcy"])
def test_any_name_is_registered_as_it_is(demo: Workspace, fresh: str, name: str) -> None:
    attendance.walk_in(demo, fresh, Invited(name, capacity="guest"))
    assert named(demo, fresh, name).registered


def test_a_lost_badge_is_replaced_and_opens_nothing_any_more(demo: Workspace, fresh: str) -> None:
    one = named(demo, fresh, "Palesa")
    attendance.register(demo, one.id)
    attendance.replace_badge(demo, one.id)
    known, code = attendance.participants(demo, fresh), workshops.workshop(demo, fresh).code
    now = named(demo, fresh, "Palesa")
    assert now.number == 201
    assert presence.scanned(known, code, now.serial) == now
    with pytest.raises(Trouble, match="was replaced"):
        presence.scanned(known, code, one.serial)


def test_a_scanner_is_answered_clearly(demo: Workspace, fresh: str, workshop: str) -> None:
    known, code = attendance.participants(demo, fresh), workshops.workshop(demo, fresh).code
    other = workshops.workshop(demo, workshop).code
    assert presence.scanned(known, code, "mollo") is None
    for text, words in (
        (badges.serial(other, 3), "another workshop"),
        (badges.serial(code, 77), "Nobody here has badge 77"),
        ("%%7K2-00#42", "which is no badge"),
    ):
        with pytest.raises(Trouble, match=words):
            presence.scanned(known, code, text)


# ---- the door -------------------------------------------------------------------------------------------------------


def test_a_scan_turns_in_and_out(demo: Workspace, fresh: str) -> None:
    one = named(demo, fresh, "Palesa")
    with pytest.raises(Trouble, match="not registered"):
        presence.note(demo, one.id, Way.IN)
    attendance.register(demo, one.id, at=datetime.fromisoformat("2026-09-30T08:00:00+00:00"))
    presence.turn(demo, one.id)
    assert presence.present(demo, fresh) == ()


def test_peers_stay_out_of_what_is_the_hosts_alone_unless_admitted_with_a_reason(demo: Workspace, fresh: str) -> None:
    visitor = named(demo, fresh, "Kagiso Visitor")
    attendance.register(demo, visitor.id)
    presence.note(demo, visitor.id, Way.OUT)
    session = workshops.add_session(
        demo, fresh, title="Alone", kind="alone", day=demo.today(), starts="09:00", ends="10:00", led="host"
    ).record
    workshops.start(demo, session)
    with pytest.raises(Trouble, match="among themselves"):
        presence.note(demo, visitor.id, Way.IN)
    presence.all_in(demo, fresh)
    assert presence.present(demo, fresh) == ()
    with pytest.raises(Trouble, match="reason is missing"):
        workshops.admit_peers(demo, session, " ")
    workshops.admit_peers(demo, session, "The chair asks for one question.")
    presence.note(demo, visitor.id, Way.IN)
    assert [one.name for one in presence.present(demo, fresh)] == ["Kagiso Visitor"]


# ---- sessions -------------------------------------------------------------------------------------------------------


def test_one_session_runs_at_a_time(demo: Workspace, fresh: str) -> None:
    first, second = (
        workshops.add_session(
            demo, fresh, title=title, kind="plenary", day=demo.today(), starts=starts, ends=ends, led="peer"
        ).record
        for title, starts, ends in (("One", "09:00", "10:00"), ("Two", "10:15", "11:00"))
    )
    workshops.start(demo, first)
    running = workshops.running(demo, fresh)
    assert running is not None
    assert running.id == first
    workshops.start(demo, second)
    running = workshops.running(demo, fresh)
    assert running is not None
    assert running.id == second
    workshops.end(demo, second)
    assert workshops.running(demo, fresh) is None
    with pytest.raises(Trouble, match="does not run"):
        workshops.end(demo, second)
    with pytest.raises(Trouble, match="has begun"):
        workshops.move(demo, second, 0)


def test_a_session_is_moved_with_its_length(demo: Workspace, fresh: str) -> None:
    for title, starts, ends in (("One", "09:00", "10:00"), ("Two", "10:15", "11:00")):
        workshops.add_session(
            demo, fresh, title=title, kind="plenary", day=demo.today(), starts=starts, ends=ends, led="peer"
        )
    workshops.move(demo, workshops.sessions(demo, fresh)[1].id, 0)
    told = [(one.title, one.starts, one.ends) for one in workshops.sessions(demo, fresh)]
    assert told == [("Two", "09:00", "09:45"), ("One", "10:00", "11:00")]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "title is missing"),
        ({"starts": "9 o'clock"}, "no clear times"),
        ({"ends": "08:00"}, "ends before it begins"),
        ({"day": "2026-06-01"}, "outside the days"),
        ({"kind": "party"}, "no kind of session"),
    ],
)
def test_a_session_that_cannot_be_is_refused(demo: Workspace, fresh: str, changed: dict[str, str], words: str) -> None:
    session = workshops.add_session(
        demo, fresh, title="One", kind="plenary", day=demo.today(), starts="09:00", ends="10:00", led="peer"
    ).record
    with pytest.raises(Trouble, match=words):
        workshops.change_session(demo, session, **changed)


def test_a_workshop_does_not_end_before_it_begins(demo: Workspace) -> None:
    with pytest.raises(Trouble, match="before it begins"):
        workshops.begin(
            demo,
            the_engagement(demo),
            title="Backwards",
            kind="strategy",
            starts=date(2026, 10, 2),
            ends=date(2026, 10, 1),
        )


# ---- the roll -------------------------------------------------------------------------------------------------------


@pytest.fixture
def scrutineer(demo: Workspace) -> str:
    person = people.add_person(demo, name="Scrutineer").record
    persons_here.set_pin(demo, person, "2468")
    return person


def test_the_way_of_the_roll(demo: Workspace, fresh: str, scrutineer: str) -> None:
    with pytest.raises(Trouble, match="not displayed"):
        rolls.adopt(demo, fresh, "")
    rolls.display(demo, fresh, "12:00")
    objection = rolls.object_(demo, fresh, "Palesa moved away", "Neo").record
    with pytest.raises(Trouble, match="objection is still open"):
        rolls.adopt(demo, fresh, "")
    rolls.rule(demo, objection, "She still sits on the council.")
    rolls.adopt(demo, fresh, "by consensus")
    with pytest.raises(Trouble, match="not the PIN"):
        rolls.freeze(demo, fresh, second=scrutineer, pin="1111")
    rolls.freeze(demo, fresh, second=scrutineer, pin="2468")
    view = rolls.roll(demo, fresh)
    assert view.state is State.FROZEN
    assert view.frozen_by[1] == "Scrutineer"
    with pytest.raises(Trouble, match="frozen"):
        rolls.enter_council(demo, fresh, view.delegations[0].council, delegates=5)


def test_what_changes_after_it_was_adopted_must_be_adopted_again(demo: Workspace, fresh: str, scrutineer: str) -> None:
    rolls.display(demo, fresh, "12:00")
    rolls.adopt(demo, fresh, "")
    attendance.register(demo, seat(demo, fresh).id, name="New Name")
    assert rolls.roll(demo, fresh).changed_since
    with pytest.raises(Trouble, match="changed since"):
        rolls.freeze(demo, fresh, second=scrutineer, pin="2468")


def test_a_roll_with_a_fault_that_stops_is_not_frozen(demo: Workspace, fresh: str, scrutineer: str) -> None:
    council = named(demo, fresh, "Palesa").council
    rolls.enter_council(demo, fresh, council, delegates=0)
    rolls.display(demo, fresh, "12:00")
    rolls.adopt(demo, fresh, "")
    with pytest.raises(Trouble, match="has 1 delegates and may send 0"):
        rolls.freeze(demo, fresh, second=scrutineer, pin="2468")


def test_a_frozen_roll_changes_by_amendment_only(demo: Workspace, workshop: str) -> None:
    view = rolls.roll(demo, workshop)
    gone, mover = view.electors[0], view.electors[1]
    attendance.walk_in(demo, workshop, Invited("Late Delegate", council=gone.council, credentials="vote"))
    assert len(rolls.electors(demo, workshop)) == 90
    late = named(demo, workshop, "Late Delegate")
    words: dict[str, Any] = {"mover": mover.person, "yes": 80, "no": 2, "reason": "Elected yesterday."}
    rolls.amend(demo, workshop, person=gone.person, remove=True, **words)
    rolls.amend(demo, workshop, person=late.person, remove=False, **words)
    after = rolls.roll(demo, workshop)
    names = {elector.name for elector in after.electors}
    assert "Late Delegate" in names
    assert gone.name not in names
    assert after.hash != view.hash
    assert len(after.amendments) == 2
    with pytest.raises(Trouble, match="not carried"):
        rolls.amend(demo, workshop, person=gone.person, remove=False, mover=mover.person, yes=1, no=1, reason="x")
    with pytest.raises(Trouble, match="on the roll already"):
        rolls.amend(demo, workshop, person=late.person, remove=False, mover=mover.person, yes=9, no=1, reason="x")
    with pytest.raises(Trouble, match="must be on the roll"):
        rolls.amend(demo, workshop, person=late.person, remove=True, mover=gone.person, yes=9, no=1, reason="x")


def test_the_quorum_is_set_before_the_roll_is_adopted(demo: Workspace, fresh: str) -> None:
    half = (Condition(Base.ROLL, Unit.DELEGATE, number=2),)
    assert not quorum.quorum(demo, fresh).met
    quorum.set_conditions(demo, fresh, half)
    assert quorum.conditions(demo, fresh) == half
    for name in ("Palesa", "Mpho Thaba-Noka"):
        attendance.register(demo, named(demo, fresh, name).id)
    assert quorum.quorum(demo, fresh).met
    rolls.display(demo, fresh, "12:00")
    rolls.adopt(demo, fresh, "")
    with pytest.raises(Trouble, match="cannot be changed"):
        quorum.set_conditions(demo, fresh, ())


def test_a_proxy_counts_until_its_giver_comes(demo: Workspace, fresh: str) -> None:
    condition = Condition(Base.ROLL, Unit.DELEGATE, number=2, proxies=True)
    quorum.set_conditions(demo, fresh, [condition])
    giver, holder, third = (named(demo, fresh, name) for name in ("Palesa", "Mpho Thaba-Noka", "Thabo O’Moru"))
    proxies.give(demo, fresh, giver=giver.person, holder=holder.person)
    assert not quorum.quorum(demo, fresh).met
    attendance.register(demo, holder.id)
    assert quorum.quorum(demo, fresh).met
    with pytest.raises(Trouble, match="as many proxies"):
        proxies.give(demo, fresh, giver=third.person, holder=holder.person)
    attendance.register(demo, giver.id)
    present = presence.voters(demo, fresh)
    assert proxies.holders(demo, fresh, present) == {}
    (told,) = proxies.proxies(demo, fresh, present)
    assert not told.holds


def test_who_is_not_on_the_roll_gives_no_proxy(demo: Workspace, fresh: str) -> None:
    holder = named(demo, fresh, "Palesa").person
    with pytest.raises(Trouble, match="two persons on the roll"):
        proxies.give(demo, fresh, giver=named(demo, fresh, "Kagiso Visitor").person, holder=holder)
