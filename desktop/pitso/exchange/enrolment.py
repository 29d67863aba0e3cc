"""How a computer comes to belong: the office invites, the computer asks, the office admits.

An invitation and a request are small signed text files, for a stick, a message or a printed square code. Who stands
behind a request is settled by voice: six words that stand for the computer's key.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pitso.domain.trouble import Trouble
from pitso.exchange.keys import signed_by
from pitso.words import _

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
FORMAT = 1
SIZE_LIMIT = 256 * 1024


@dataclass(frozen=True)
class Invitation:
    """What the office hands out to somebody who shall belong."""

    office: bytes
    """The key of the office's computer."""
    recipient: str
    """Its address."""
    office_name: str
    holder: str
    """Who is invited."""
    roles: tuple[str, ...]
    token: str
    """Good for one computer."""


@dataclass(frozen=True)
class Request:
    """What the invited computer answers."""

    invitation: str
    """The invitation, as it was signed."""
    device: bytes
    recipient: str
    name: str
    holder: str


def six_words(device: bytes) -> str:
    """Six short words that stand for a device's key, to be compared by voice.

    Each holds sixteen bits of the key as consonant-vowel syllables (the proquint spelling).
    """
    spoken = []
    for place in range(0, 12, 2):
        bits = int.from_bytes(device[place : place + 2], "big")
        spoken.append(
            CONSONANTS[bits >> 12]
            + VOWELS[bits >> 10 & 3]
            + CONSONANTS[bits >> 6 & 15]
            + VOWELS[bits >> 4 & 3]
            + CONSONANTS[bits & 15]
        )
    return " ".join(spoken)


def write_invitation(invitation: Invitation, sign: Callable[[bytes], bytes]) -> str:
    """The *invitation* as a signed text."""
    told = {
        "office": invitation.office.hex(),
        "recipient": invitation.recipient,
        "office_name": invitation.office_name,
        "holder": invitation.holder,
        "roles": list(invitation.roles),
        "token": invitation.token,
    }
    return _written("invitation", told, sign)


def read_invitation(text: str) -> Invitation:
    """The invitation in a *text*, its signature checked; Trouble for anything else."""
    told, signature, message = _told("invitation", text)
    try:
        invitation = Invitation(
            office=bytes.fromhex(told["office"]),
            recipient=str(told["recipient"]),
            office_name=str(told["office_name"]),
            holder=str(told["holder"]),
            roles=tuple(map(str, told["roles"])),
            token=str(told["token"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign() from error
    if not signed_by(invitation.office, message, signature):
        raise _foreign()
    return invitation


def write_request(request: Request, sign: Callable[[bytes], bytes]) -> str:
    """The *request* as a signed text."""
    told = {
        "invitation": request.invitation,
        "device": request.device.hex(),
        "recipient": request.recipient,
        "name": request.name,
        "holder": request.holder,
    }
    return _written("request", told, sign)


def read_request(text: str) -> Request:
    """The request in a *text*, its signature checked; Trouble for anything else."""
    told, signature, message = _told("request", text)
    try:
        request = Request(
            invitation=str(told["invitation"]),
            device=bytes.fromhex(told["device"]),
            recipient=str(told["recipient"]),
            name=str(told["name"]),
            holder=str(told["holder"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign() from error
    if not signed_by(request.device, message, signature):
        raise _foreign()
    return request


def _written(what: str, told: Mapping[str, Any], sign: Callable[[bytes], bytes]) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    signature = sign(_message(what, text)).hex()
    whole = {"pitso": what, "format": FORMAT, what: text, "signature": signature}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def _message(what: str, text: str) -> bytes:
    return f"pitso {what}\n{text}".encode()


def _told(what: str, text: str) -> tuple[Any, bytes, bytes]:
    """What stands in a signed *text*, its signature, and the bytes that it covers."""
    try:
        whole = json.loads(text)
        if whole["pitso"] != what:
            raise _foreign()
        if whole["format"] != FORMAT:
            raise Trouble(_("This file was written by a newer Pitso."), _("Install the newer version, then try again."))
        return json.loads(whole[what]), bytes.fromhex(whole["signature"]), _message(what, whole[what])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _foreign() from error


def _foreign() -> Trouble:
    return Trouble(
        _("This file is no invitation or request of Pitso, or it was changed on its way."),
        _("Ask for it once more; nothing was changed here."),
    )
