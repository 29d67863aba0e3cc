"""From round to round: majority and second round, ties by lot, second ballot or seniority, recounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pitso.domain.counting import Ballots, Base, NoMajority, Rule, Rules, TieLeads
from pitso.domain.counting.ballots import Paper
from pitso.domain.elections.course import Box, Course, Kind, Position, Stand, follow

NAMES = ("Tumelo", "Refiloe", "Lebohang")
BY_BALLOT = Rules(tie=TieLeads.SECOND_BALLOT)


def box(kind: Kind, present: int | None = None, seats: int = 1, **votes: int) -> Box:
    papers: dict[Paper, int] = {(number,): figure for number, figure in enumerate(votes.values(), 1) if figure}
    return Box(kind, Ballots(seats, tuple(votes), papers), present)


def president(*boxes: Box, lots: list[tuple[str, ...]] | None = None, options: Rules | None = None) -> Course:
    return follow(Position(Rule.MAJORITY, 1, options or Rules(), entitled=90), boxes, lots or [])


FIRST = box(Kind.FIRST, Tumelo=37, Refiloe=29, Lebohang=20)
TIED = box(Kind.FIRST, Neo=33, Limpho=33, Pula=19)


def test_nothing_is_held_yet() -> None:
    told = president()
    assert (told.stand, told.next_kind) == (Stand.NEXT_ROUND, Kind.FIRST)


def test_no_majority_leads_to_a_second_round_that_most_votes_win() -> None:
    told = president(FIRST)
    assert (told.stand, told.next_kind, told.next_names) == (Stand.NEXT_ROUND, Kind.RUNOFF, ("Tumelo", "Refiloe"))
    assert told.winners == ()
    told = president(FIRST, Box(Kind.RUNOFF, None))
    assert (told.stand, told.round) == (Stand.VOTING, 1)
    told = president(FIRST, box(Kind.RUNOFF, Tumelo=42, Refiloe=44))
    assert (told.stand, told.winners) == (Stand.DECIDED, ("Refiloe",))


def test_a_ballot_is_repeated_as_often_as_the_rules_say() -> None:
    options = Rules(no_majority=NoMajority.REPEAT)
    again = box(Kind.REPEAT, Tumelo=40, Refiloe=30, Lebohang=20)
    assert president(FIRST, again, options=options).next_kind is Kind.REPEAT
    assert president(FIRST, again, box(Kind.REPEAT, Tumelo=50, Refiloe=30), options=options).winners == ("Tumelo",)


def test_the_majority_may_be_that_of_those_who_were_present_at_the_round() -> None:
    options = Rules(majority=Base.PRESENT)
    boxes = [box(Kind.FIRST, 88, Tumelo=44, Refiloe=20), box(Kind.FIRST, 86, Tumelo=44, Refiloe=20)]
    assert [president(one, options=options).stand for one in boxes] == [Stand.NEXT_ROUND, Stand.DECIDED]


def test_equal_votes_wait_for_the_lot_and_a_recount_uses_it_again() -> None:
    position = Position(Rule.PLURALITY, 1)
    told = follow(position, [TIED], [])
    assert told.stand is Stand.TIE
    assert told.tie is not None
    assert told.tie.between == ("Limpho", "Neo")
    drawn = follow(position, [TIED], [("Neo", "Limpho")])
    assert (drawn.stand, drawn.winners) == (Stand.DECIDED, ("Neo",))
    other = box(Kind.FIRST, Neo=33, Limpho=32, Pula=33)
    assert follow(position, [other], [("Neo", "Limpho")]).stand is Stand.TIE, "another tie needs another lot"


def test_equal_votes_may_lead_to_a_second_ballot_between_those_tied() -> None:
    position = Position(Rule.PLURALITY, 1, BY_BALLOT)
    told = follow(position, [TIED], [])
    assert (told.next_kind, told.next_names) == (Kind.SECOND_BALLOT, ("Limpho", "Neo"))
    told = follow(position, [TIED, box(Kind.SECOND_BALLOT, Limpho=39, Neo=46)], [])
    assert (told.stand, told.winners) == (Stand.DECIDED, ("Neo",))
    assert told.counts[0] is not None
    assert "second ballot put them in this order" in told.counts[0].stages[-1].action


def test_a_second_ballot_with_equal_votes_is_ended_by_lot() -> None:
    position = Position(Rule.PLURALITY, 1, BY_BALLOT)
    boxes = [TIED, box(Kind.SECOND_BALLOT, Limpho=40, Neo=40)]
    told = follow(position, boxes, [])
    assert (told.stand, told.round) == (Stand.TIE, 1)
    assert follow(position, boxes, [("Limpho", "Neo")]).winners == ("Limpho",)


def test_a_second_ballot_without_a_valid_paper_elects_nobody_by_itself() -> None:
    position = Position(Rule.PLURALITY, 1, BY_BALLOT)
    boxes = [TIED, Box(Kind.SECOND_BALLOT, Ballots(1, ("Limpho", "Neo"), {(): 5}))]
    assert follow(position, boxes, []).stand is Stand.TIE
    assert follow(position, boxes, [("Neo", "Limpho")]).winners == ("Neo",)


def test_the_second_ballot_decides_who_is_excluded_where_a_rule_of_preferences_ties() -> None:
    position = Position(Rule.IRV, 1, BY_BALLOT)
    first = Box(Kind.FIRST, Ballots(1, ("Ana", "Ben", "Caro"), {(1,): 4, (2, 1): 3, (3, 2): 3}))
    told = follow(position, [first], [])
    assert told.next_names == ("Ben", "Caro")
    told = follow(position, [first, box(Kind.SECOND_BALLOT, Ben=6, Caro=4)], [])
    assert told.winners == ("Ben",), "Caro had fewest votes, is excluded, and her papers go to Ben"


def test_a_place_in_the_second_round_may_need_a_second_ballot_first() -> None:
    options = Rules(tie=TieLeads.SECOND_BALLOT)
    first = box(Kind.FIRST, Ana=40, Ben=30, Caro=30)
    told = president(first, options=options)
    assert (told.next_kind, told.next_names) == (Kind.SECOND_BALLOT, ("Ben", "Caro"))
    told = president(first, box(Kind.SECOND_BALLOT, Ben=20, Caro=60), options=options)
    assert (told.next_kind, told.next_names) == (Kind.RUNOFF, ("Ana", "Caro"))
    boxes = (first, box(Kind.SECOND_BALLOT, Ben=20, Caro=60), box(Kind.RUNOFF, Ana=45, Caro=50))
    assert president(*boxes, options=options).winners == ("Caro",)


@pytest.mark.parametrize(("yes", "no", "winners"), [(5, 4, ("Neo",)), (4, 4, ()), (3, 4, ()), (0, 0, ())])
def test_the_only_candidate_needs_more_yes_than_no(yes: int, no: int, winners: tuple[str, ...]) -> None:
    told = follow(Position(Rule.PLURALITY, 1), [box(Kind.CONFIRMATION, Neo=yes, No=no)], [])
    assert (told.stand, told.winners) == (Stand.DECIDED, winners)


@given(st.lists(st.integers(0, 6), min_size=3, max_size=3), st.lists(st.integers(0, 4), min_size=2, max_size=3))
def test_nobody_is_ever_chosen_between_equals_without_the_room(first: list[int], second: list[int]) -> None:
    """Whoever wins has more votes than each loser in the round that decides between them, where no lot was drawn."""
    position = Position(Rule.PLURALITY, 1, BY_BALLOT)
    boxes = [box(Kind.FIRST, **dict(zip("ABC", first, strict=True)))]
    told = follow(position, boxes, [])
    if told.next_kind is Kind.SECOND_BALLOT:
        votes = dict(zip(told.next_names, [*second, 0], strict=False))
        told = follow(position, [*boxes, box(Kind.SECOND_BALLOT, **votes)], [])
    if told.stand is Stand.DECIDED and told.winners:
        last = next(count for count in reversed(told.counts) if count is not None)
        figures = last.stages[0].votes
        (winner,) = told.winners
        assert all(figures[winner] > other for name, other in figures.items() if name != winner)
