"""A bundle: signed segments and what is detached from them, on their way to another workspace.

``zstd(frames)``, or ``age(zstd(frames))`` under a passphrase. A frame is one line of JSON; where it has a ``size``, so
many raw bytes and a line feed follow. The first frame is the header, the last the trailer; both are signed:

    {"pitso": "bundle", "format": 1, "id": …, "device": …, "name": …, "holds": {device: number}, "segments": …,
     "operations": …, "bodies": …}
    {"signature": …}
    {"segment": {"header": …, "signature": …}, "size": …}    lines
    {"body": {"hash": …, "salt": …, "reader": …}, "size": …}   content
    {"trailer": {"digest": sha256 of every byte before this line, "signature": …}}
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyrage
import zstandard

from pitso.domain.trouble import Trouble
from pitso.exchange.keys import signed_by
from pitso.words import _

FORMAT = 1
FRAME_LIMIT = 8 * 1024 * 1024
BODY_LIMIT = 25 * 1024 * 1024
WINDOW_LIMIT = 8 * 1024 * 1024
EXPANDED_LIMIT = 4 * 1024**3
OPERATION_LIMIT = 2_000_000
AGE_HEADER_LIMIT = 16 * 1024
AGE_STANZA_LIMIT = 64
AGE_MAGIC = b"age-encryption.org/v1\n"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True)
class Sealed:
    """A segment in a bundle: the header that was signed, its signature, and the lines it speaks of."""

    device: bytes
    first: int
    last: int
    header: bytes
    signature: bytes
    lines: bytes


@dataclass(frozen=True)
class Content:
    """A detached content in a bundle."""

    hash: bytes
    salt: bytes
    reader: str
    content: bytes


@dataclass(frozen=True)
class Bundle:
    """What a bundle says, once it has been checked whole."""

    id: str
    device: bytes
    name: str
    """What the sender calls this computer."""
    workspace: str
    holds: Mapping[bytes, int]
    """How far the sender holds each device's operations: what it acknowledges."""
    segments: tuple[Sealed, ...]
    contents: tuple[Content, ...]

    @property
    def operations(self) -> int:
        """How many operations lie in the segments."""
        return sum(segment.last - segment.first + 1 for segment in self.segments)


# ---- writing ------------------------------------------------------------------------------------------------------


def write(bundle: Bundle, sign: Callable[[bytes], bytes], *, passphrase: str | None) -> bytes:
    """The bytes of the bundle; signed but readable by anyone if there is no *passphrase*."""
    packed = zstandard.ZstdCompressor(level=9).compress(_framed(bundle, sign))
    return pyrage.passphrase.encrypt(packed, passphrase) if passphrase else packed


def _framed(bundle: Bundle, sign: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    header = _line(
        {
            "pitso": "bundle",
            "format": FORMAT,
            "id": bundle.id,
            "device": bundle.device.hex(),
            "name": bundle.name,
            "workspace": bundle.workspace,
            "holds": {device.hex(): seq for device, seq in sorted(bundle.holds.items())},
            "segments": len(bundle.segments),
            "operations": bundle.operations,
            "bodies": len(bundle.contents),
        }
    )
    out.write(header)
    out.write(_line({"signature": sign(header).hex()}))
    for segment in bundle.segments:
        told = {"header": segment.header.decode(), "signature": segment.signature.hex()}
        out.write(_line({"segment": told, "size": len(segment.lines)}) + segment.lines + b"\n")
    for content in bundle.contents:
        told = {"hash": content.hash.hex(), "salt": content.salt.hex(), "reader": content.reader}
        out.write(_line({"body": told, "size": len(content.content)}) + content.content + b"\n")
    digest = hashlib.sha256(out.getvalue()).hexdigest()
    out.write(_line({"trailer": {"digest": digest, "signature": sign(digest.encode()).hex()}}))
    return out.getvalue()


def _line(frame: dict[str, Any]) -> bytes:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


# ---- reading ------------------------------------------------------------------------------------------------------


def damaged() -> Trouble:
    """The Trouble of a bundle whose bytes are not what its sender wrote."""
    return Trouble(
        _("This bundle is damaged or was changed on its way."),
        _("Copy it again from where it came, or ask the sender for it once more; nothing was taken in."),
    )


def read(data: bytes, *, passphrase: str | None = None) -> Bundle:
    """The bundle in *data*, checked whole: limits, signatures, counts, hashes. Trouble if anything is amiss."""
    if data.startswith(AGE_MAGIC):
        data = _decrypt(data, passphrase)
    if not data.startswith(ZSTD_MAGIC):
        raise Trouble(
            _("This file is not a Pitso bundle."),
            _("Choose a file that ends in .pitso-bundle."),
        )
    try:
        return _read_frames(_Reader(data))
    except (zstandard.ZstdError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged() from error


def _decrypt(data: bytes, passphrase: str | None) -> bytes:
    head = data[:AGE_HEADER_LIMIT]
    end = head.find(b"\n---")
    if end < 0 or head[:end].count(b"\n-> ") > AGE_STANZA_LIMIT:
        raise damaged()
    if passphrase is None:
        raise Trouble(
            _("This bundle is protected by a passphrase."),
            _("Ask the sender for it, then open the bundle again."),
        )
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as error:
        raise Trouble(
            _("The passphrase does not open this bundle, or the bundle is damaged."),
            _("Type it again as the sender wrote it; mind capitals and spaces."),
        ) from error


class _Reader:
    """The frames of a compressed bundle, one after the other, within the limits."""

    def __init__(self, data: bytes) -> None:
        unpack = zstandard.ZstdDecompressor(max_window_size=WINDOW_LIMIT)
        self._stream = io.BufferedReader(unpack.stream_reader(data, read_across_frames=False))
        self._hash = hashlib.sha256()
        self._read = 0

    def line(self) -> bytes:
        """The next frame's line; the trailer itself is not part of the digest that it carries."""
        line = self._stream.readline(FRAME_LIMIT + 1)
        if not line.endswith(b"\n") or len(line) > FRAME_LIMIT:
            raise ValueError("frame")
        return line

    def count(self, data: bytes) -> None:
        """Add what was read to the digest, and stop where a bomb would go on."""
        self._read += len(data)
        if self._read > EXPANDED_LIMIT:
            raise ValueError("size")
        self._hash.update(data)

    def raw(self, size: int, limit: int) -> bytes:
        """So many bytes and the line feed after them."""
        if not 0 <= size <= limit:
            raise ValueError("size")
        data = self._stream.read(size + 1)
        if len(data) != size + 1 or data[-1:] != b"\n":
            raise ValueError("truncated")
        self.count(data)
        return data[:-1]

    def digest(self) -> str:
        """The hash of everything counted so far."""
        return self._hash.hexdigest()

    def ended(self) -> bool:
        """Is there nothing after the trailer?"""
        return not self._stream.read(1)


def _read_frames(reader: _Reader) -> Bundle:
    line = reader.line()
    reader.count(line)
    header = json.loads(line)
    if header["pitso"] != "bundle":
        raise ValueError("kind")
    if header["format"] != FORMAT:
        raise Trouble(
            _("This bundle was written by a newer Pitso."),
            _("Install the newer version on this computer, then receive it; nothing was taken in."),
        )
    device = bytes.fromhex(header["device"])
    signature = reader.line()
    reader.count(signature)
    if not signed_by(device, line, bytes.fromhex(json.loads(signature)["signature"])):
        raise ValueError("signature")
    if not 0 <= header["operations"] <= OPERATION_LIMIT:
        raise ValueError("operations")
    segments = tuple(_read_segments(reader, header["segments"]))
    contents = tuple(_read_bodies(reader, header["bodies"]))
    trailer = json.loads(reader.line())["trailer"]
    if trailer["digest"] != reader.digest() or not reader.ended():
        raise ValueError("digest")
    if not signed_by(device, trailer["digest"].encode(), bytes.fromhex(trailer["signature"])):
        raise ValueError("signature")
    holds = {bytes.fromhex(key): int(seq) for key, seq in header["holds"].items()}
    bundle = Bundle(str(header["id"]), device, str(header["name"]), str(header["workspace"]), holds, segments, contents)
    if bundle.operations != header["operations"]:
        raise ValueError("count")
    return bundle


def _read_segments(reader: _Reader, number: int) -> Iterator[Sealed]:
    for _number in range(number):
        frame = _frame(reader)
        lines = reader.raw(frame["size"], EXPANDED_LIMIT)
        header = frame["segment"]["header"].encode()
        signature = bytes.fromhex(frame["segment"]["signature"])
        told = json.loads(header)
        device = bytes.fromhex(told["device"])
        if hashlib.sha256(lines).hexdigest() != told["lines"] or not signed_by(device, header, signature):
            raise ValueError("segment")
        if not 1 <= told["first"] <= told["last"] < 2**40:
            raise ValueError("numbers")
        yield Sealed(device, told["first"], told["last"], header, signature, lines)


def _read_bodies(reader: _Reader, number: int) -> Iterator[Content]:
    for _number in range(number):
        frame = _frame(reader)
        content = reader.raw(frame["size"], BODY_LIMIT)
        told = frame["body"]
        digest, salt = bytes.fromhex(told["hash"]), bytes.fromhex(told["salt"])
        if hashlib.sha256(salt + content).digest() != digest:
            raise ValueError("body")
        yield Content(digest, salt, str(told["reader"]), content)


def _frame(reader: _Reader) -> dict[str, Any]:
    line = reader.line()
    reader.count(line)
    frame = json.loads(line)
    if not isinstance(frame, dict):
        raise ValueError("frame")
    return frame
