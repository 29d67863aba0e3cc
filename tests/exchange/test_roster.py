"""The list of members: only the office signs it, it only grows, and nobody rolls it back."""

import json
from collections.abc import Callable

import pytest

from pitso.exchange import roster
from pitso.exchange.keys import DeviceKey
from pitso.exchange.roster import OFFICE, Seat

HEAD, SECOND, TEAM, THIEF = (DeviceKey(letter * 32) for letter in (b"o", b"p", b"t", b"x"))


def seat(key: DeviceKey, *roles: str) -> Seat:
    return Seat(key.public, key.recipient, "laptop", "Somebody", roles)


def chained(*steps: tuple[DeviceKey, list[Seat]]) -> list[str]:
    texts: list[str] = []
    for number, (by, seats) in enumerate(steps, 1):
        previous = roster.fingerprint(texts[-1]) if texts else ""
        texts.append(roster.signed(number, previous, seats, by.public, by.sign))
    return texts


CHAIN = chained(
    (HEAD, [seat(HEAD, OFFICE)]),
    (HEAD, [seat(HEAD, OFFICE), seat(SECOND, OFFICE)]),
    (SECOND, [seat(HEAD, OFFICE), seat(SECOND, OFFICE), seat(TEAM, "leader")]),
)


def test_a_chain_that_the_office_signed_is_sound() -> None:
    assert roster.sound(CHAIN, HEAD.public)
    assert roster.read(CHAIN[2]).seat(TEAM.public) == seat(TEAM, "leader")
    assert not roster.sound(CHAIN, THIEF.public)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda chain: chain[1:],
        lambda chain: [chain[0], chain[2]],
        lambda chain: [*chain[:2], chained((THIEF, [seat(THIEF, OFFICE)]))[0]],
        lambda chain: [*chain[:2], chain[2].replace("leader", "office")],
        lambda chain: [*chain, chain[2]],
        lambda chain: [*chain, "{}"],
        lambda chain: [*chain, "["],
        lambda chain: [*chain, json.dumps({"roster": "[]", "by": "zz", "signature": ""})],
    ],
)
def test_a_broken_chain_is_not(spoil: Callable[[list[str]], list[str]]) -> None:
    assert not roster.sound(spoil(list(CHAIN)), HEAD.public)


def test_a_member_cannot_sign_the_next_list() -> None:
    previous = roster.fingerprint(CHAIN[2])
    grabbed = roster.signed(4, previous, [seat(TEAM, OFFICE)], TEAM.public, TEAM.sign)
    assert not roster.sound([*CHAIN, grabbed], HEAD.public)


def test_an_office_that_was_revoked_signs_no_more() -> None:
    held = roster.read(CHAIN[2])
    without = roster.signed(4, roster.fingerprint(CHAIN[2]), held.revoking(SECOND.public, 9), HEAD.public, HEAD.sign)
    assert roster.sound([*CHAIN, without], HEAD.public)
    seats = roster.read(without).seats
    grabbed = roster.signed(5, roster.fingerprint(without), seats, SECOND.public, SECOND.sign)
    assert not roster.sound([*CHAIN, without, grabbed], HEAD.public)


def test_an_older_or_another_list_does_not_continue_ours() -> None:
    assert roster.continues(CHAIN, CHAIN[:2])
    assert not roster.continues(CHAIN[:2], CHAIN)
    assert not roster.continues(CHAIN, CHAIN)
    assert not roster.continues([CHAIN[0], CHAIN[0], CHAIN[0], CHAIN[0]], CHAIN)


@pytest.mark.parametrize(
    ("number", "previous"),
    [(4, roster.fingerprint(CHAIN[1])), (3, roster.fingerprint(CHAIN[2]))],
    ids=["another one before", "another number"],
)
def test_a_list_that_does_not_name_the_one_before_or_bears_another_number_does_not_go_on(
    number: int, previous: str
) -> None:
    seats = roster.read(CHAIN[2]).seats
    after = roster.signed(number, previous, seats, HEAD.public, HEAD.sign)
    assert not roster.sound([*CHAIN, after], HEAD.public)
    right = roster.signed(4, roster.fingerprint(CHAIN[2]), seats, HEAD.public, HEAD.sign)
    assert roster.sound([*CHAIN, right], HEAD.public)


def test_a_computer_has_one_seat_the_latest_last() -> None:
    held = roster.read(CHAIN[2])
    seats = held.with_seat(seat(SECOND, "peer"))
    assert [one.device for one in seats] == [HEAD.public, TEAM.public, SECOND.public]
    assert seats[-1].roles == ("peer",)
