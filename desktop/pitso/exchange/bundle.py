"""A bundle: signed segments and what is detached from them, on their way to another workspace.

Frames in an envelope (`envelope`). A frame is one line of JSON; where it has a ``size``, so many raw bytes and a line
feed follow. The first frame is the header, the last the trailer; both are signed:

    {"pitso": "bundle", "format": 1, "id": …, "device": …, "name": …, "holds": {device: number}, "segments": …,
     "operations": …, "bodies": …, …}
    {"signature": …}
    {"segment": {"header": …, "signature": …}, "size": …}    lines
    {"body": {"hash": …, "salt": …, "reader": …}, "size": …}   content
    {"trailer": {"digest": sha256 of every byte before this line, "signature": …}}

A bundle is read twice: once whole, to check it, and then again while it is taken in; nothing is kept in memory but one
frame.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import zstandard

from pitso.domain.trouble import Trouble
from pitso.exchange.envelope import Opener, Unlock, damaged
from pitso.exchange.keys import signed_by
from pitso.words import _

T = TypeVar("T")

FORMAT = 1
LINE_LIMIT = 8 * 1024 * 1024
SEGMENT_LIMIT = 64 * 1024 * 1024
"""The first version sealed by number of lines only: a segment of 4,096 long texts may be this large."""
BODY_LIMIT = 25 * 1024 * 1024
EXPANDED_LIMIT = 4 * 1024**3
OPERATION_LIMIT = 2_000_000
BOMB_FROM = 64 * 1024 * 1024
BOMB_RATIO = 200
"""Nothing that people write shrinks so well: beyond *BOMB_FROM* bytes a bundle that does is a bomb."""

_MALFORMED = (zstandard.ZstdError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading raises where bytes are not what the format says."""


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
class Span:
    """Operations of one device, by number, both ends included."""

    device: bytes
    first: int
    last: int


@dataclass(frozen=True)
class Header:
    """What a bundle says of itself, under the signature of its sender."""

    id: str
    device: bytes
    name: str
    """What the sender calls this computer."""
    workspace: str
    holds: Mapping[bytes, int]
    """How far the sender holds each device's operations: what it acknowledges."""
    recipient: str = ""
    """The address at which the sender's computer receives (age public key)."""
    recipients: tuple[str, ...] = ()
    """For which addresses it was locked; empty where a passphrase or nothing locks it."""
    beyond: Mapping[bytes, int] = field(default_factory=dict)
    """What the recipients were known to hold: only what lies above it is inside."""
    wants: tuple[Span, ...] = ()
    """What the sender lacks: something after it waits there."""
    lacks: tuple[bytes, ...] = ()
    """Contents, by hash, that the sender lacks though it holds the lines that name them."""
    reader: str = "team"
    """For whose eyes it was made."""
    left_out: int = 0
    """Contents above that reader's level that are not inside."""
    left_out_size: int = 0
    """Bytes of those."""
    roster: tuple[str, ...] = ()
    """The numbered lists of members that the sender holds, oldest first, as they were signed."""
    segments: int = 0
    operations: int = 0
    bodies: int = 0


# ---- writing ------------------------------------------------------------------------------------------------------


def frames(
    header: Header, segments: Iterable[Sealed], contents: Iterable[Content], sign: Callable[[bytes], bytes]
) -> Iterator[bytes]:
    """The bytes of a bundle, piece by piece; the counts in the *header* are those of what follows."""
    digest = hashlib.sha256()

    def told(*pieces: bytes) -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    first = _line(_header_told(header))
    yield from told(first, _line({"signature": sign(first).hex()}))
    for segment in segments:
        seal = {"header": segment.header.decode(), "signature": segment.signature.hex()}
        yield from told(_line({"segment": seal, "size": len(segment.lines)}), segment.lines, b"\n")
    for content in contents:
        body = {"hash": content.hash.hex(), "salt": content.salt.hex(), "reader": content.reader}
        yield from told(_line({"body": body, "size": len(content.content)}), content.content, b"\n")
    whole = digest.hexdigest()
    yield _line({"trailer": {"digest": whole, "signature": sign(whole.encode()).hex()}})


def _line(frame: dict[str, Any]) -> bytes:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _header_told(header: Header) -> dict[str, Any]:
    return {
        "pitso": "bundle",
        "format": FORMAT,
        "id": header.id,
        "device": header.device.hex(),
        "name": header.name,
        "workspace": header.workspace,
        "recipient": header.recipient,
        "recipients": list(header.recipients),
        "holds": _vector_told(header.holds),
        "beyond": _vector_told(header.beyond),
        "wants": [[span.device.hex(), span.first, span.last] for span in header.wants],
        "lacks": [digest.hex() for digest in header.lacks],
        "reader": header.reader,
        "left_out": header.left_out,
        "left_out_size": header.left_out_size,
        "roster": list(header.roster),
        "segments": header.segments,
        "operations": header.operations,
        "bodies": header.bodies,
    }


def _vector_told(vector: Mapping[bytes, int]) -> dict[str, int]:
    return {device.hex(): seq for device, seq in sorted(vector.items())}


# ---- reading ------------------------------------------------------------------------------------------------------


class Parcel:
    """A bundle that lies in a file and was checked whole: limits, signatures, counts, hashes, address."""

    def __init__(self, path: Path, unlock: Unlock, look: Callable[[Sealed], None] = lambda segment: None) -> None:
        """Check the bundle at *path*; Trouble if anything is amiss, or *look* finds something in a segment."""
        self._opener = Opener(path, unlock)
        self._packed = path.stat().st_size
        self.header = self._through(partial(_checked, look))
        own = self.header.recipients
        if own and not unlock.addressed(own):
            raise Trouble(
                _("This bundle was written for other computers."),
                _("Ask the sender for one that is for this computer; nothing was taken in."),
            )

    def segments(self) -> Iterator[Sealed]:
        """The segments, one after the other."""
        with self._opener.inside() as stream:
            reader = _Reader(stream, self._packed)
            header = _read_header(reader)
            yield from _read_segments(reader, header.segments)

    def contents(self) -> Iterator[Content]:
        """The detached contents, one after the other."""
        if not self.header.bodies:
            return
        with self._opener.inside() as stream:
            reader = _Reader(stream, self._packed)
            header = _read_header(reader)
            for _segment in _read_segments(reader, header.segments):
                pass
            yield from _read_bodies(reader, header.bodies)

    def _through(self, check: Callable[["_Reader"], T]) -> T:
        try:
            with self._opener.inside() as stream:
                return check(_Reader(stream, self._packed))
        except _MALFORMED as error:
            raise damaged() from error


class _Reader:
    """The frames of a bundle, one after the other, within the limits."""

    def __init__(self, stream: BinaryIO, packed: int) -> None:
        self._stream = stream
        self._limit = min(EXPANDED_LIMIT, max(BOMB_FROM, packed * BOMB_RATIO))
        self._hash = hashlib.sha256()
        self._read = 0

    def line(self) -> bytes:
        """The next frame's line; it is not part of the digest until it is counted."""
        line = self._stream.readline(LINE_LIMIT + 1)
        if not line.endswith(b"\n") or len(line) > LINE_LIMIT:
            raise ValueError("frame")
        return line

    def count(self, data: bytes) -> None:
        """Add what was read to the digest, and stop where a bomb would go on."""
        self._read += len(data)
        if self._read > self._limit:
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


def _checked(look: Callable[[Sealed], None], reader: _Reader) -> Header:
    header = _read_header(reader)
    operations = 0
    for segment in _read_segments(reader, header.segments):
        look(segment)
        operations += segment.last - segment.first + 1
    if operations != header.operations:
        raise ValueError("count")
    for _content in _read_bodies(reader, header.bodies):
        pass
    trailer = json.loads(reader.line())["trailer"]
    if trailer["digest"] != reader.digest() or not reader.ended():
        raise ValueError("digest")
    if not signed_by(header.device, trailer["digest"].encode(), bytes.fromhex(trailer["signature"])):
        raise ValueError("signature")
    return header


def _read_header(reader: _Reader) -> Header:
    line = reader.line()
    reader.count(line)
    told = json.loads(line)
    if told["pitso"] != "bundle":
        raise ValueError("kind")
    if told["format"] != FORMAT:
        raise Trouble(
            _("This bundle was written by a newer Pitso."),
            _("Install the newer version on this computer, then receive it; nothing was taken in."),
        )
    device = bytes.fromhex(told["device"])
    signature = reader.line()
    reader.count(signature)
    if not signed_by(device, line, bytes.fromhex(json.loads(signature)["signature"])):
        raise ValueError("signature")
    if not 0 <= told["operations"] <= OPERATION_LIMIT:
        raise ValueError("operations")
    return Header(
        id=str(told["id"]),
        device=device,
        name=str(told["name"]),
        workspace=str(told["workspace"]),
        holds=_vector(told["holds"]),
        # What follows was not there in the first bundles.
        recipient=str(told.get("recipient", "")),
        recipients=tuple(map(str, told.get("recipients", ()))),
        beyond=_vector(told.get("beyond", {})),
        wants=tuple(Span(bytes.fromhex(key), int(first), int(last)) for key, first, last in told.get("wants", ())),
        lacks=tuple(bytes.fromhex(digest) for digest in told.get("lacks", ())),
        reader=str(told.get("reader", "team")),
        left_out=int(told.get("left_out", 0)),
        left_out_size=int(told.get("left_out_size", 0)),
        roster=tuple(map(str, told.get("roster", ()))),
        segments=int(told["segments"]),
        operations=told["operations"],
        bodies=int(told["bodies"]),
    )


def _vector(told: Mapping[str, Any]) -> dict[bytes, int]:
    return {bytes.fromhex(key): int(seq) for key, seq in told.items()}


def _read_segments(reader: _Reader, number: int) -> Iterator[Sealed]:
    for _number in range(number):
        frame = _frame(reader)
        lines = reader.raw(frame["size"], SEGMENT_LIMIT)
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
