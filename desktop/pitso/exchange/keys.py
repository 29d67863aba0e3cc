"""The keys of a device: one signs what this computer recorded, one opens what was locked for it. Neither leaves it.

One pair for each workspace file on each computer account; a file that is moved takes it along. Beside it lies a marker,
the highest number that was signed for here: a file that is behind its marker was restored from an older copy, and
becomes a new device.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


def _new_identity() -> str:
    return str(pyrage.x25519.Identity.generate())


@dataclass(frozen=True)
class Former:
    """A device that went out of use: its seed, and the highest number that it signed."""

    seed: bytes = field(repr=False)
    last: int


@dataclass(frozen=True)
class DeviceKey:
    """An Ed25519 key pair to sign with, and an X25519 one to receive with.

    *public* is the device's name in every line and segment, *recipient* (an age public key) its address.
    """

    seed: bytes = field(repr=False)
    identity: str = field(default_factory=_new_identity, repr=False)
    """The age secret key."""
    former: "tuple[Former, ...]" = ()
    """The devices that the same file was on this computer account before a copy was put back, the latest first."""

    @classmethod
    def new(cls) -> "DeviceKey":
        """A key that nobody else has."""
        return cls(os.urandom(32))

    @property
    def public(self) -> bytes:
        """The 32 bytes by which everybody knows this device."""
        return bytes(SigningKey(self.seed).verify_key)

    @property
    def recipient(self) -> str:
        """The age public key that bundles for this device are locked with."""
        return str(pyrage.x25519.Identity.from_str(self.identity).to_public())

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes that only this device can make for *message*."""
        return bytes(SigningKey(self.seed).sign(message).signature)


def signed_by(device: bytes, message: bytes, signature: bytes) -> bool:
    """Did this *device* sign the *message*?"""
    try:
        VerifyKey(device).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


class KeyPlace:
    """Where this computer account keeps the key and the marker of one workspace file."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._of = str(path.resolve())
        name = hashlib.sha256(self._of.encode()).hexdigest()[:24]
        self._key = folder / f"{name}.key"
        self._marker = folder / f"{name}.last"
        self._list = folder / f"{name}.list"

    def load(self, held: int | None) -> DeviceKey | None:
        """The key, unless there is none or the workspace *held* less than this device signed already.

        *held* is the device's highest number in the file; None where the caller does not know the device yet.
        """
        if not self._key.exists():
            return None
        noted = json.loads(self._key.read_text(encoding="utf-8"))
        key = _read(noted)
        if not {"identity", "path"} <= noted.keys():  # written before devices could receive, or files be moved
            self._write(key)
        return key if held is None or held >= self.marked() else None

    def take_over(self, held: Callable[[bytes], int]) -> None:
        """Take over the key of the file that lies here now and lay elsewhere before: it was moved or renamed.

        That is the key of a file that is where it was no more, and whose device wrote what is *held* here: its highest
        number, or 0.
        """
        found: list[tuple[bool, int, KeyPlace]] = []
        for path in self._key.parent.glob("*.key"):
            noted = json.loads(path.read_text(encoding="utf-8"))
            if "path" in noted and not Path(noted["path"]).exists():
                other, number = KeyPlace(self._key.parent, Path(noted["path"])), held(_read(noted).public)
                if number:
                    found.append((number >= other.marked(), number, other))
        if found:
            *_why, other = max(found, key=lambda one: one[:2])
            for theirs, ours in ((other._list, self._list), (other._marker, self._marker), (other._key, self._key)):
                if theirs.exists():
                    theirs.replace(ours)
            self._write(_read(json.loads(self._key.read_text(encoding="utf-8"))))

    def keep(self, key: DeviceKey) -> None:
        """Write the key where only this account reads it; the marker starts again."""
        self._write(key)
        _keep_number(self._marker, 0)

    def renew(self) -> DeviceKey:
        """A new key for a file that was put back from a copy: another device, at the same address.

        What is on its way to the former device is opened still, and what that one kept in trust can be handed on.
        """
        known = self.load(None)
        if known is None:
            key = DeviceKey.new()
        else:
            former = Former(known.seed, self.marked())
            key = DeviceKey(os.urandom(32), known.identity, (former, *known.former))
        self.keep(key)
        return key

    def _write(self, key: DeviceKey) -> None:
        self._key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._key.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            told = {"seed": key.seed.hex(), "identity": key.identity}
            former = [{"seed": one.seed.hex(), "last": one.last} for one in key.former]
            json.dump({**told, "former": former, "path": self._of}, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._key)

    def marked(self) -> int:
        """The highest number that this device signed for."""
        return _number(self._marker)

    def listed(self) -> int:
        """The number of the latest list of members that the workspace held."""
        return _number(self._list)

    def note_list(self, number: int) -> None:
        """Note the number of the list of members that the workspace holds now."""
        with suppress(OSError):
            _keep_number(self._list, number)

    def mark(self, seq: int) -> None:
        """Note the highest number, of what is on the disk already.

        Not forced to the disk, and a drive that takes no more is no fault of what was saved: a lower marker only
        notices less.
        """
        with suppress(OSError):
            _keep_number(self._marker, seq)


def _read(noted: Mapping[str, Any]) -> DeviceKey:
    former = tuple(Former(bytes.fromhex(one["seed"]), one["last"]) for one in noted.get("former", ()))
    return DeviceKey(bytes.fromhex(noted["seed"]), noted.get("identity") or _new_identity(), former)


def _number(place: Path) -> int:
    try:
        return int(place.read_text(encoding="ascii") or 0)
    except (FileNotFoundError, ValueError):
        return 0


def _keep_number(place: Path, number: int) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{number:020d}".encode())  # always as wide, so that it needs no truncation
    finally:
        os.close(handle)


def identities(folder: Path) -> list[str]:
    """The age secret keys of all workspace files of this computer account, whose keys lie in *folder*."""
    noted = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.key")))
    return [str(one["identity"]) for one in noted if one.get("identity")]
