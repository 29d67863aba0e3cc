"""Two counters that were written apart agree, and nothing that should not matter does.

Each election is counted by every rule: to make one up takes longer than to count it eight times.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given, note, settings
from hypothesis import strategies as st

from pitso.domain.counting import Ballots, Count, Rules, Status, count, read_blt, write_blt
from pitso.domain.counting.ballots import Mark, Paper
from tests.domain.counting import plain

CROSSES = ("plurality", "majority", "block", "sntv", "approval")
RANKED = ("irv", "stv-scotland", "stv-ers97")
ONE = ("plurality", "majority", "irv")
RULES = CROSSES + RANKED

NAMES = "ABCDEFG"


@st.composite
def papers(draw: st.DrawFn, candidates: int) -> Paper:
    """Mostly clean preferences, of which few are alike; some with an equal, a skipped or a repeated one."""
    order = draw(st.permutations(range(1, candidates + 1)))
    marks: list[Mark] = list(order[: draw(st.integers(0, candidates))])
    if draw(st.integers(0, 7)) == 0:
        odd: list[Mark] = [0, (1, 2), order[0], (1, 2, candidates)]
        marks.insert(draw(st.integers(0, len(marks))), draw(st.sampled_from(odd)))
    return tuple(marks)


@st.composite
def elections(draw: st.DrawFn) -> tuple[Ballots, list[str]]:
    """Ballots, and the names in the order in which any lot would draw them."""
    candidates = draw(st.integers(2, len(NAMES)))
    kinds = draw(st.lists(papers(candidates), min_size=0, max_size=12))
    found: Counter[Paper] = Counter()
    for kind in kinds:
        found[kind] += draw(st.integers(1, 12))
    names = tuple(NAMES[:candidates])
    return Ballots(draw(st.integers(1, 4)), names, dict(found), "Council"), list(draw(st.permutations(names)))


def seats(rule: str, ballots: Ballots) -> int:
    return 1 if rule in ONE else ballots.seats


def with_lots(rule: str, ballots: Ballots, priority: Sequence[str], options: Rules | None = None) -> Count:
    """The count, each tie drawn as the *priority* says: as in a room, one lot after the other."""
    lots: list[tuple[str, ...]] = []
    while True:
        told = count(rule, ballots, seats=seats(rule, ballots), lots=lots, options=options or Rules())
        if told.open_tie is None:
            assert told.lots_unused == 0
            return told
        lots.append(tuple(sorted(told.open_tie.between, key=list(priority).index)))


def votes_of(ballots: Ballots) -> list[plain.Vote]:
    def said(mark: Mark) -> plain.Mark:
        if isinstance(mark, tuple):
            return frozenset(ballots.names[number - 1] for number in mark)
        return ballots.names[mark - 1] if mark else None

    return [tuple(map(said, paper)) for paper, number in ballots.papers.items() for _ in range(number)]


def results(told: Count) -> tuple[object, ...]:
    """All of a count that does not hang on the order of the paper."""
    stages = [({n: v for n, v in stage.votes.items() if v}, stage.nontransferable) for stage in told.stages]
    return set(told.winners), told.status, stages, told.ties, told.runoff, told.quota, told.valid, told.invalid


@settings(max_examples=600, deadline=None)
@given(election=elections())
def test_the_plain_counter_agrees(election: tuple[Ballots, list[str]]) -> None:
    ballots, priority = election
    for rule in RULES:
        note(rule)
        told = with_lots(rule, ballots, priority)
        other = plain.count(
            rule,
            list(ballots.names),
            votes_of(ballots),
            seats(rule, ballots),
            lambda equal: next(name for name in priority if name in equal),
        )
        assert told.status == other.status
        assert set(told.winners) == other.winners
        assert set(told.runoff) == other.runoff
        assert told.invalid == other.invalid
        assert [({n: v for n, v in stage.votes.items() if v}, stage.nontransferable) for stage in told.stages] == [
            ({n: v for n, v in votes.items() if v}, lost) for votes, lost in other.stages
        ]


@settings(max_examples=200, deadline=None)
@given(election=elections())
def test_without_lots_both_stop_at_the_same_tie(election: tuple[Ballots, list[str]]) -> None:
    ballots, _priority = election
    for rule in RULES:
        note(rule)
        asked: list[set[str]] = []
        other = plain.count(rule, list(ballots.names), votes_of(ballots), seats(rule, ballots), asked.append)
        told = count(rule, ballots, seats=seats(rule, ballots))
        assert told.status == other.status
        assert [set(told.open_tie.between)] == asked if told.open_tie else asked == []


@settings(max_examples=200, deadline=None)
@given(election=elections(), chance=st.randoms(use_true_random=False))
def test_the_order_of_papers_and_candidates_does_not_matter(
    election: tuple[Ballots, list[str]], chance: object
) -> None:
    ballots, priority = election
    lines = list(ballots.papers.items())
    order = list(range(1, len(ballots.names) + 1))
    for each in (lines, order):
        chance.shuffle(each)  # type: ignore[attr-defined]
    place = {old: new for new, old in enumerate(order, 1)} | {0: 0}

    def moved(mark: Mark) -> Mark:
        return tuple(place[number] for number in mark) if isinstance(mark, tuple) else place[mark]

    other = Ballots(
        seats=ballots.seats,
        names=tuple(ballots.names[number - 1] for number in order),
        papers={tuple(map(moved, paper)): number for paper, number in lines},
    )
    for rule in RULES:
        note(rule)
        assert results(with_lots(rule, ballots, priority)) == results(with_lots(rule, other, priority))


@settings(max_examples=200, deadline=None)
@given(election=elections(), chance=st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(election: tuple[Ballots, list[str]], chance: object) -> None:
    ballots, priority = election
    head, *lines = write_blt(ballots).splitlines()
    tail = lines[lines.index("0") :]
    single = []
    for line in lines[: lines.index("0")]:
        number, _space, marks = line.partition(" ")
        single += [f"1 {marks}"] * int(number)
    chance.shuffle(single)  # type: ignore[attr-defined]
    read = read_blt("\n".join([head, *single, *tail]))
    assert write_blt(read) == write_blt(ballots)
    for rule in RULES:
        note(rule)
        assert results(with_lots(rule, read, priority)) == results(with_lots(rule, ballots, priority))


@settings(max_examples=200, deadline=None)
@given(election=elections())
def test_votes_in_are_votes_out_at_every_stage(election: tuple[Ballots, list[str]]) -> None:
    ballots, priority = election
    for rule in RULES:
        note(rule)
        told = with_lots(rule, ballots, priority)
        assert told.valid + told.invalid == ballots.total
        sums = [sum(stage.votes.values(), stage.nontransferable) for stage in told.stages]
        assert all(votes >= 0 for stage in told.stages for votes in stage.votes.values())
        assert len(set(sums)) <= 1
        if rule not in ("block", "approval") and sums:
            assert sums[0] == told.valid
        lost = [stage.nontransferable for stage in told.stages]
        assert lost == sorted(lost)


@settings(max_examples=200, deadline=None)
@given(election=elections())
def test_as_many_are_elected_as_there_are_places(election: tuple[Ballots, list[str]]) -> None:
    ballots, priority = election
    for rule in RULES:
        note(rule)
        told = with_lots(rule, ballots, priority)
        places = seats(rule, ballots)
        assert len(set(told.winners)) == len(told.winners) == places - told.vacant
        if told.status is Status.COMPLETE:
            assert told.vacant == 0
        elif told.status is Status.UNCONTESTED:
            assert set(told.winners) == set(ballots.names)
        elif told.status is Status.RUNOFF:
            assert len(told.runoff) == 2
        else:
            assert told.status is Status.NO_VALID_VOTES
            assert told.valid == 0


@settings(max_examples=200, deadline=None)
@given(election=elections())
def test_a_recount_with_the_same_lots_gives_the_same(election: tuple[Ballots, list[str]]) -> None:
    ballots, priority = election
    for rule in RULES:
        note(rule)
        first, again = (with_lots(rule, ballots, priority) for _ in range(2))
        assert first.as_json() == again.as_json()


@settings(max_examples=200, deadline=None)
@given(election=elections())
def test_the_winner_of_a_scottish_place_reaches_the_quota_or_is_left_over(
    election: tuple[Ballots, list[str]],
) -> None:
    ballots, priority = election
    told = with_lots("stv-scotland", ballots, priority)
    if told.status is Status.COMPLETE:
        assert told.quota == told.valid // (told.seats + 1) + 1
        assert (
            sum(1 for stage in told.stages[:1] for v in stage.votes.values() if v >= Fraction(told.quota)) <= told.seats
        )
