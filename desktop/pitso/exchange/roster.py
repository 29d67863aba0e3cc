"""The roster: who belongs, with which computers and roles, as the office signs it.

Each roster has a number, names the hash of the one before, and is signed by a computer of the office that the one
before lists. A computer keeps the whole chain, so that anybody may check how it came to be; a shorter or different
chain than the one that is held changes nothing (the rule of The Update Framework: no rollback).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pitso.exchange.keys import signed_by

OFFICE = "office"
"""The role whose computers may sign the next roster."""


@dataclass(frozen=True)
class Seat:
    """A computer that belongs, and who works at it."""

    device: bytes
    recipient: str
    """The address at which it receives (age public key)."""
    name: str
    """What its owner calls it."""
    holder: str
    """Who works at it."""
    roles: tuple[str, ...]
    revoked_after: int | None = None
    """The last number that is believed, for a computer that was lost; None while it belongs."""
    token: str = ""
    """The invitation that it came with."""


@dataclass(frozen=True)
class Roster:
    """One numbered list of those who belong."""

    number: int
    previous: str
    """Hash of the roster before, as hexadecimal digits; empty for the first."""
    seats: tuple[Seat, ...]

    def seat(self, device: bytes) -> Seat | None:
        """The seat of a *device*, if it has one."""
        return next((seat for seat in self.seats if seat.device == device), None)

    def with_seat(self, seat: Seat) -> tuple[Seat, ...]:
        """All seats, with this one new or in the place of the same computer's."""
        return (*(other for other in self.seats if other.device != seat.device), seat)

    def revoking(self, device: bytes, after: int) -> tuple[Seat, ...]:
        """All seats, with nothing believed of this *device* beyond the number *after*."""
        return tuple(replace(seat, revoked_after=after) if seat.device == device else seat for seat in self.seats)


def signed(number: int, previous: str, seats: Iterable[Seat], by: bytes, sign: Callable[[bytes], bytes]) -> str:
    """A roster as it is kept and sent: its text, who signed it, and the signature."""
    text = json.dumps(
        {"number": number, "previous": previous, "seats": [_seat_told(seat) for seat in seats]},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    told = {"roster": text, "by": by.hex(), "signature": sign(_message(text)).hex()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _message(text: str) -> bytes:
    """What is signed: nothing else that a device signs begins with these words."""
    return b"pitso roster\n" + text.encode()


def _seat_told(seat: Seat) -> dict[str, Any]:
    return {
        "device": seat.device.hex(),
        "recipient": seat.recipient,
        "name": seat.name,
        "holder": seat.holder,
        "roles": list(seat.roles),
        "revoked_after": seat.revoked_after,
        "token": seat.token,
    }


def read(text: str) -> Roster:
    """The roster in a signed *text*. Raises ValueError, KeyError or TypeError for anything else."""
    told = json.loads(json.loads(text)["roster"])
    seats = tuple(
        Seat(
            device=bytes.fromhex(seat["device"]),
            recipient=str(seat["recipient"]),
            name=str(seat["name"]),
            holder=str(seat["holder"]),
            roles=tuple(map(str, seat["roles"])),
            revoked_after=None if seat["revoked_after"] is None else int(seat["revoked_after"]),
            token=str(seat["token"]),
        )
        for seat in told["seats"]
    )
    return Roster(int(told["number"]), str(told["previous"]), seats)


def fingerprint(text: str) -> str:
    """The hash by which the next roster names this one."""
    return hashlib.sha256(text.encode()).hexdigest()


def sound(chain: Sequence[str], office: bytes) -> bool:
    """Is this a chain of rosters that began with the computer *office*, each signed by an office of the one before?"""
    allowed, previous = {office}, ""
    for number, text in enumerate(chain, 1):
        try:
            told = json.loads(text)
            by, signature = bytes.fromhex(told["by"]), bytes.fromhex(told["signature"])
            roster = read(text)
        except (ValueError, KeyError, TypeError):
            return False
        if (roster.number, roster.previous) != (number, previous):
            return False
        if by not in allowed or not signed_by(by, _message(told["roster"]), signature):
            return False
        allowed = {seat.device for seat in roster.seats if OFFICE in seat.roles and seat.revoked_after is None}
        previous = fingerprint(text)
    return True


def continues(chain: Sequence[str], held: Sequence[str]) -> bool:
    """Does this *chain* say all that is *held*, and more?"""
    return len(chain) > len(held) and list(chain[: len(held)]) == list(held)
