"""The lock of a workspace file: its key, wrapped by a passphrase and by the code on a recovery card.

The file is encrypted under a random key. A small file beside it, ``visit.pitso-lock``, holds that key wrapped once for
each secret (Argon2id with 64 MiB, then XSalsa20-Poly1305). Another passphrase is another wrapping: the workspace itself
is not touched. The lock belongs to the workspace whose first sixteen bytes (its salt) it names; this computer account
keeps a second copy, for the day on which somebody copies the one file without the other.
"""

import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nacl import pwhash
from nacl.exceptions import CryptoError, InvalidkeyError
from nacl.secret import SecretBox

from pitso import places
from pitso.domain.trouble import Trouble
from pitso.storage.disk import write_whole
from pitso.words import _

OPERATIONS, MEMORY = 3, 64 * 1024 * 1024
PLAIN_MAGIC = b"SQLite format 3\0"
SALT_BYTES = 16
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter looks like another one or like a digit."""
GROUPS, GROUP_LETTERS = 8, 4
SHORTEST = 10
"""Letters of a passphrase: long enough that nobody guesses it from a stolen laptop."""
PASSPHRASE, CARD = "passphrase", "card"


class Locked(Trouble):
    """The workspace is protected, and what opens it was not given, or did not open it."""


@dataclass(frozen=True)
class Key:
    """What encrypts a workspace file: 32 random bytes, and the salt that stands at its beginning."""

    secret: bytes
    salt: bytes

    @classmethod
    def new(cls) -> "Key":
        """A key that nobody else has."""
        return cls(os.urandom(32), os.urandom(SALT_BYTES))

    @property
    def pragma(self) -> str:
        """The key as SQLCipher takes it, raw."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"

    def __repr__(self) -> str:
        return "Key(…)"


@dataclass(frozen=True)
class Wrapping:
    """The key of a workspace under one secret."""

    salt: bytes
    box: bytes


@dataclass(frozen=True)
class Lock:
    """All wrappings of the key of the workspace with this *salt*, by what opens them."""

    salt: bytes
    wrappings: Mapping[str, Wrapping]

    def closed(self, key: Key, kind: str, secret: str) -> "Lock":
        """The same lock, opened from now on by this *secret* of its kind."""
        salt = os.urandom(pwhash.argon2id.SALTBYTES)
        box = bytes(SecretBox(_stretched(kind, secret, salt)).encrypt(key.secret))
        return replace(self, wrappings={**self.wrappings, kind: Wrapping(salt, box)})

    def opened(self, secret: str) -> Key | None:
        """The key, if *secret* is the passphrase or the code of the card."""
        for kind, wrapping in self.wrappings.items():
            try:
                box = SecretBox(_stretched(kind, secret, wrapping.salt))
                return Key(bytes(box.decrypt(wrapping.box)), self.salt)
            except CryptoError:
                continue
        return None

    def written(self) -> bytes:
        """The lock as the bytes of its file."""
        wrappings = {
            kind: {"argon2id": [OPERATIONS, MEMORY], "salt": wrapping.salt.hex(), "box": wrapping.box.hex()}
            for kind, wrapping in self.wrappings.items()
        }
        return json.dumps({"pitso": "lock", "format": 1, "of": self.salt.hex(), "keys": wrappings}, indent=1).encode()

    @classmethod
    def read(cls, data: bytes) -> "Lock | None":
        """The lock that was *written*; None when the bytes are not one."""
        try:
            told = json.loads(data)
            wrappings = {
                str(kind): Wrapping(bytes.fromhex(one["salt"]), bytes.fromhex(one["box"]))
                for kind, one in told["keys"].items()
            }
            return cls(bytes.fromhex(told["of"]), wrappings)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def _stretched(kind: str, secret: str, salt: bytes) -> bytes:
    told = plain_code(secret) if kind == CARD else unicodedata.normalize("NFC", secret)
    return bytes(pwhash.argon2id.kdf(SecretBox.KEY_SIZE, told.encode(), salt, opslimit=OPERATIONS, memlimit=MEMORY))


def good(passphrase: str) -> str:
    """The *passphrase*; Trouble if it is too short to protect anything."""
    if len(passphrase) < SHORTEST:
        raise Trouble(
            _("This passphrase is too short."),
            _("Take at least {number} letters: four words that only you would put together.").format(number=SHORTEST),
        )
    return passphrase


def new(passphrase: str) -> tuple[Key, Lock]:
    """A key for a workspace, and the lock that this passphrase opens."""
    key = Key.new()
    return key, Lock(key.salt, {}).closed(key, PASSPHRASE, good(passphrase))


def new_code() -> tuple[str, ...]:
    """The code of a recovery card: eight groups of four letters, 160 bits."""
    return tuple("".join(secrets.choice(LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))


def plain_code(typed: str) -> str:
    """A code as it was typed, without what does not matter: spaces, capitals, O for zero."""
    kept = "".join(letter for letter in typed.upper() if letter.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


# ---- where it lies ------------------------------------------------------------------------------------------------


def beside(path: Path) -> Path:
    """The lock that lies beside a workspace."""
    return path.with_name(path.name + "-lock")


def _here(salt: bytes) -> Path:
    return places.keys() / f"{salt.hex()}.lock"


def salt_of(path: Path) -> bytes | None:
    """The first bytes of an encrypted workspace; None for a plain one, or for what is too short to be any."""
    with path.open("rb") as file:
        head = file.read(SALT_BYTES)
    return None if head == PLAIN_MAGIC or len(head) < SALT_BYTES else head


def find(path: Path) -> Lock | None:
    """The lock of the encrypted workspace at *path*: beside it, or as this computer account remembers it."""
    salt = salt_of(path)
    if salt is None:
        return None
    for place in (beside(path), _here(salt)):
        lock = Lock.read(place.read_bytes()) if place.is_file() else None
        if lock is not None and lock.salt == salt:
            return lock
    return None


def keep(lock: Lock, path: Path) -> None:
    """Write the lock beside the workspace and in this account, each whole or not at all."""
    write_whole(beside(path), lock.written())
    remember(lock)


def remember(lock: Lock) -> None:
    """Keep a copy in this computer account."""
    places.keys().mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _here(lock.salt).exists() or _here(lock.salt).read_bytes() != lock.written():
        write_whole(_here(lock.salt), lock.written())


def unlock(path: Path, secret: str | None) -> Key:
    """The key of the encrypted workspace at *path*; `Locked` unless *secret* opens it."""
    lock = find(path)
    if lock is None:
        raise Trouble(
            _("“{file}” is not a Pitso workspace, or the file “{lock}” is missing.").format(
                file=path.name, lock=beside(path).name
            ),
            _("If it is protected by a passphrase, copy that small file too, from where the workspace came."),
        )
    if secret is None:
        raise Locked(
            _("“{file}” is protected by a passphrase.").format(file=path.name),
            _("Give the passphrase, or the code of the recovery card."),
        )
    key = lock.opened(secret)
    if key is None:
        raise Locked(
            _("This does not open “{file}”.").format(file=path.name),
            _("Type it again; mind capitals and spaces. If it is forgotten, use the recovery card."),
        )
    remember(lock)
    return key


# ---- people at one computer ---------------------------------------------------------------------------------------


def hashed(pin: str) -> str:
    """A PIN as it may be kept: Argon2id with its own salt."""
    return pwhash.argon2id.str(pin.encode(), opslimit=OPERATIONS, memlimit=MEMORY).decode()


def matches(kept: str, pin: str) -> bool:
    """Is this the PIN that was kept?"""
    try:
        return bool(pwhash.verify(kept.encode(), pin.encode()))
    except InvalidkeyError:
        return False
