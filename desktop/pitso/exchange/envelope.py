"""The envelope of a bundle: compressed, and closed to everybody but those it is for.

``age( zstd( frames ) )``, in the formats of age-encryption.org/v1 and RFC 8878: what is inside can be read for ever
with ``age -d | zstd -d``. Nothing that was decrypted touches a disk.
"""

import io
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage
import zstandard

from pitso.domain.trouble import Trouble
from pitso.words import _

WINDOW_LIMIT = 8 * 1024 * 1024
AGE_HEADER_LIMIT = 16 * 1024
AGE_STANZA_LIMIT = 64
AGE_MAGIC = b"age-encryption.org/v1\n"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
SCRYPT = b"\n-> scrypt "
LEVEL = 3
"""How hard to compress: level 9 makes a bundle a third smaller and takes twice as long."""


@dataclass(frozen=True)
class Envelope:
    """For whom a bundle is closed: the *recipients* (age public keys), or whoever knows the *passphrase*.

    With neither it is open: signed, and readable by anyone.
    """

    recipients: tuple[str, ...] = ()
    passphrase: str | None = None


@dataclass(frozen=True)
class Unlock:
    """What this computer can open an envelope with: its own *identity* (an age secret key), or a *passphrase*."""

    identity: str = ""
    passphrase: str | None = None

    def addressed(self, recipients: Collection[str]) -> bool:
        """Is this computer among the *recipients*?"""
        return bool(self.identity) and _address(self.identity) in recipients


def _address(identity: str) -> str:
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


class _Poured(io.RawIOBase):
    """Pieces of bytes, read as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        number = min(len(buffer), len(self._rest))
        buffer[:number] = self._rest[:number]
        self._rest = self._rest[number:]
        return number


def close(pieces: Iterator[bytes], target: BinaryIO, envelope: Envelope) -> None:
    """Compress the *pieces* and write them to *target*, closed as the *envelope* says."""
    poured = io.BufferedReader(_Poured(pieces), 1 << 20)
    packed = zstandard.ZstdCompressor(level=LEVEL).stream_reader(poured)
    if envelope.passphrase is not None:
        target.write(pyrage.passphrase.encrypt(packed.read(), envelope.passphrase))
    elif envelope.recipients:
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in envelope.recipients]
        pyrage.encrypt_io(packed, target, keys)
    else:
        while piece := packed.read(1 << 20):
            target.write(piece)


def damaged() -> Trouble:
    """The Trouble of a bundle whose bytes are not what its sender wrote."""
    return Trouble(
        _("This bundle is damaged or was changed on its way."),
        _("Copy it again from where it came, or ask the sender for it once more; nothing was taken in."),
    )


class Elsewhere(Trouble):
    """The bundle was closed for other computers."""

    def __init__(self) -> None:
        super().__init__(
            _("This bundle is locked for other computers; this one cannot open it."),
            _("Ask the sender to choose this computer when writing it, or to use a passphrase."),
        )


def wrong_passphrase() -> Trouble:
    """The Trouble of a passphrase that does not fit."""
    return Trouble(
        _("The passphrase does not open this bundle, or the bundle is damaged."),
        _("Type it again as the sender wrote it; mind capitals and spaces."),
    )


class Locked(Trouble):
    """The bundle asks for a passphrase, and none was given."""

    def __init__(self) -> None:
        super().__init__(
            _("This bundle is protected by a passphrase."), _("Ask the sender for it, then open the bundle again.")
        )


class Opener:
    """Opens the envelope at *path*, as often as it is read."""

    def __init__(self, path: Path, unlock: Unlock) -> None:
        self.path, self.unlock = path, unlock
        self._by_passphrase: bytes | None = None
        """Decrypted once, still compressed: a passphrase takes a second each time, on purpose."""

    @contextmanager
    def inside(self) -> Iterator[BinaryIO]:
        """What is inside, decrypted and expanded while it is read.

        Raises Locked where a passphrase is missing; Trouble for a foreign, damaged or hostile file, and for one that
        is for others.
        """
        with self.path.open("rb") as file:
            head = file.read(AGE_HEADER_LIMIT)
            file.seek(0)
            if head.startswith(ZSTD_MAGIC):
                yield _expanded(file)
            elif not head.startswith(AGE_MAGIC):
                raise Trouble(_("This file is not a Pitso bundle."), _("Choose a file that ends in .pitso-bundle."))
            else:
                _check_head(head)
                with self._decrypted(file, by_passphrase=SCRYPT in head.partition(b"\n---")[0]) as packed:
                    yield _expanded(packed)

    @contextmanager
    def _decrypted(self, file: BinaryIO, *, by_passphrase: bool) -> Iterator[BinaryIO]:
        if not by_passphrase:
            with _by_identity(file, self.unlock.identity) as packed:
                yield packed
            return
        if self._by_passphrase is None:
            self._by_passphrase = _by_passphrase(file, self.unlock.passphrase)
        yield io.BytesIO(self._by_passphrase)


def _check_head(head: bytes) -> None:
    """Refuse a hostile age header before the decrypter sees it: it would take minutes for thousands of stanzas."""
    stanzas, end, _mac = head.partition(b"\n---")
    if not end or stanzas.count(b"\n-> ") > AGE_STANZA_LIMIT:
        raise damaged()


def _expanded(inside: BinaryIO) -> BinaryIO:
    unpack = zstandard.ZstdDecompressor(max_window_size=WINDOW_LIMIT)
    return io.BufferedReader(unpack.stream_reader(inside, read_across_frames=False), 1 << 20)


def _by_passphrase(file: BinaryIO, passphrase: str | None) -> bytes:
    if passphrase is None:
        raise Locked
    try:
        return bytes(pyrage.passphrase.decrypt(file.read(), passphrase))
    except pyrage.DecryptError as error:
        raise wrong_passphrase() from error


@contextmanager
def _by_identity(file: BinaryIO, identity: str) -> Iterator[BinaryIO]:
    """The decrypted stream, made by a thread while it is read: neither disk nor memory holds all of it."""
    if not identity:
        raise Elsewhere
    out, into = os.pipe()
    faults: list[Exception] = []

    def decrypt() -> None:
        try:
            with os.fdopen(into, "wb") as target:
                pyrage.decrypt_io(file, target, [pyrage.x25519.Identity.from_str(identity)])
        except (pyrage.DecryptError, OSError) as error:  # OSError: whoever read has stopped early
            faults.append(error)

    thread = Thread(target=decrypt, name="decrypting")
    thread.start()
    source = os.fdopen(out, "rb")
    try:
        if not source.peek(1):
            thread.join()
            raise damaged() if any("matching keys" not in str(fault) for fault in faults) else Elsewhere
        yield source
    finally:
        source.close()
        thread.join()
