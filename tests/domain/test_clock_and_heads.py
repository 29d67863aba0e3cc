"""The clock, who may see what, and what a field shows of several values: each rule alone."""

from datetime import UTC, datetime, timedelta

import pytest

from pitso.domain import hlc
from pitso.domain.merging import Head, Shown, shown, to_settle
from pitso.domain.operation import SET, SETTLE, Reference
from pitso.domain.policies import POLICIES, Merge, Reader, policy

NOW = datetime(2026, 1, 22, 9, tzinfo=UTC)


def test_a_stamp_is_milliseconds_since_2020_and_a_counter() -> None:
    assert hlc.stamp(hlc.EPOCH) == 0
    assert hlc.stamp(hlc.EPOCH + timedelta(milliseconds=3)) == 3 * 4096
    assert hlc.moment(3 * 4096 + 4095) == hlc.EPOCH + timedelta(milliseconds=3)
    assert hlc.moment(hlc.stamp(NOW)) == NOW
    assert hlc.stamp(NOW + timedelta(days=1)) - hlc.stamp(NOW) == hlc.DAY


def test_no_clock_gives_a_stamp_that_others_refuse() -> None:
    latest = hlc.stamp(datetime(9999, 12, 31, tzinfo=UTC))
    assert latest == hlc.LATEST
    assert hlc.tick(latest, datetime(9999, 12, 31, tzinfo=UTC)) == latest + 1 < 2**53


def test_the_own_clock_never_stands_still_nor_goes_back() -> None:
    at = hlc.stamp(NOW)
    assert hlc.tick(at - 5, NOW) == at
    assert hlc.tick(at, NOW) == at + 1
    assert hlc.tick(at + 9, NOW - timedelta(days=400)) == at + 10


def test_a_clock_from_outside_moves_ours_ten_minutes_ahead_at_most() -> None:
    at = hlc.stamp(NOW)
    five, ten = hlc.stamp(NOW + timedelta(minutes=5)), hlc.stamp(NOW + timedelta(minutes=10))
    assert hlc.heard(at, five, NOW) == five
    assert hlc.heard(at, hlc.stamp(NOW + timedelta(days=400)), NOW) == ten
    assert hlc.heard(at, at - 1, NOW) == at
    assert hlc.heard(ten + 7, five, NOW) == ten + 7


TEAM, BOTH, OFFICE, PUBLIC = Reader


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (TEAM, {TEAM, BOTH, OFFICE, PUBLIC}),
        (BOTH, {BOTH, OFFICE, PUBLIC}),
        (OFFICE, {OFFICE, PUBLIC}),
        (PUBLIC, {PUBLIC}),
    ],
)
def test_a_reader_sees_its_own_level_and_all_wider_ones(reader: Reader, sees: set[Reader]) -> None:
    assert {level for level in Reader if reader.sees(level.value)} == sees


def test_what_a_newer_program_marked_is_for_the_team_only() -> None:
    assert [reader for reader in Reader if reader.sees("somebody else")] == [TEAM]


def test_what_is_written_once_and_what_stays_in_the_team() -> None:
    """Whoever takes a field off these lists changes what the field promises: it is done knowingly, here too."""
    once = "roll.closed result.declared election.rules round.opened round.account box.papers box.sorted lot.drawn"
    assert {name for name, rule in POLICIES.items() if rule.merge is Merge.ONCE} == {*once.split(), "presence.signed"}
    assert {name for name, rule in POLICIES.items() if rule.merge is Merge.SET} == {"tag.on"}
    within = (
        "rating.level rating.level_after_reveal rating.reason rating.note evidence.text evidence.file minority.text "
        "attendance.photo contact.subject_within_team contact.summary_within_team contact.file_within_team"
    )
    assert {name for name, rule in POLICIES.items() if rule.reader is TEAM} == set(within.split())
    assert all(rule.detached for rule in POLICIES.values() if rule.reader in (TEAM, BOTH)), "else it leaves in the line"
    assert policy("person/1/2", "name").detached
    assert not policy("personal/1", "name").detached


def head(told: str, number: int, *, hlc_: int = 0, device: bytes = b"d", author: str = "a", **more: object) -> Head:
    bases = frozenset(Reference(b"d", base) for base in more.get("bases", ()))  # type: ignore[attr-defined]
    return Head(Reference(device, number), hlc_, str(more.get("kind", SET)), author, told, bases)


def settle(told: str, number: int, author: str, *bases: int) -> Head:
    return head(told, number, author=author, kind=SETTLE, bases=bases)


def test_the_clock_then_the_computer_then_the_number_order_values_that_did_not_know_each_other() -> None:
    later, other, next_ = head("1", 1, hlc_=9), head("2", 1, hlc_=8, device=b"e"), head("3", 2, hlc_=8)
    first = head("4", 1, hlc_=8)
    heads = [first, next_, other, later]
    while heads:
        assert shown(Merge.REGISTER, heads[::-1]) == shown(Merge.REGISTER, heads) == Shown(heads[-1], len(heads))
        heads.pop()


def test_equal_values_differ_in_nothing() -> None:
    assert shown(Merge.REGISTER, [head("1", 1), head("1", 2)]) == Shown(head("1", 2), 1)


def test_of_a_set_adding_wins_and_a_removal_holds_alone() -> None:
    added, removed = head("true", 1), head("null", 2, hlc_=9)
    assert shown(Merge.SET, [added, removed]) == Shown(added, 1)
    assert shown(Merge.SET, [removed]) == Shown(removed, 1)


ONE, TWO = head("79", 1), head("81", 2)


@pytest.mark.parametrize(
    ("heads", "told", "different", "contested"),
    [
        ([ONE], "79", 1, False),
        ([ONE, head("79", 5)], "79", 1, False),
        ([ONE, TWO], None, 2, True),
        ([ONE, TWO, settle("79", 3, "a", 1, 2)], None, 2, True),
        ([ONE, TWO, settle("79", 3, "a", 1, 2), settle("79", 4, "a", 1, 2)], None, 2, True),
        ([ONE, TWO, settle("79", 3, "a", 1, 2), settle("81", 4, "b", 1, 2)], None, 2, True),
        ([ONE, TWO, settle("79", 3, "a", 1, 2), settle("79", 4, "b", 1)], None, 2, True),
        ([ONE, TWO, settle("79", 3, "a", 1, 2), settle("79", 4, "b", 1, 2)], "79", 1, False),
        ([ONE, TWO, head("83", 5), settle("79", 3, "a", 1, 2), settle("79", 4, "b", 1, 2)], None, 2, True),
        ([settle("79", 3, "a", 1)], None, 1, False),
    ],
)
def test_what_is_written_once_shows_one_value_or_what_two_people_said_of_all_of_them(
    heads: list[Head], told: str | None, different: int, contested: bool
) -> None:
    found = shown(Merge.ONCE, heads)
    assert (found.by.told if found.by else None, found.different, found.contested) == (told, different, contested)


def test_two_others_may_answer_what_two_people_said() -> None:
    first = [ONE, TWO, settle("79", 3, "a", 1, 2), settle("79", 4, "b", 1, 2)]
    assert to_settle(first) == first
    again = [settle("81", 5, "a", 1, 2, 3, 4), settle("81", 6, "c", 1, 2, 3, 4)]
    assert shown(Merge.ONCE, [*first, again[0]]).by == first[3], "one person alone answers nothing"
    twice = settle("81", 6, "a", 1, 2, 3, 4)
    assert shown(Merge.ONCE, [*first, again[0], twice]).by == first[3], "nor one person twice"
    assert shown(Merge.ONCE, [*first, *again]).by == again[1]
    half = settle("81", 7, "c", 1, 2, 3)
    both = [settle("81", 8, "a", 1, 2, 3), half]
    left = shown(Merge.ONCE, [*first, *both])
    assert left.by is not None
    assert left.by.told == "81", "of two words that belong together one that was answered takes the other with it"
