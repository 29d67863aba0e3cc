"""Lines read again: what a segment says, checked; what only a newer program understands is told apart."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from pitso.domain.operation import KINDS
from pitso.domain.trouble import Trouble
from pitso.storage.journal import Segment
from pitso.words import _

Line: TypeAlias = "tuple[int, int, str, str, str, Any, str, list[int | str]]"
"""``(seq, hlc, kind, entity, field, value, author, bases)`` as the line says it."""

WHOLE = 2**53

_lines = msgspec.json.Decoder(list[tuple[int, int, str, str, str, Any, str, list[int | str]]]).decode

_Kind: TypeAlias = Literal["set", "delete", "settle", "erase"]
_Stamp: TypeAlias = Annotated[int, msgspec.Meta(gt=0, lt=WHOLE)]
_Plain: TypeAlias = str | Annotated[int, msgspec.Meta(gt=-WHOLE, lt=WHOLE)] | bool | None
_Shallow: TypeAlias = _Plain | list[_Plain] | dict[str, _Plain]
_shallow_lines = msgspec.json.Decoder(list[tuple[int, _Stamp, _Kind, str, str, _Shallow, str, list[int | str]]]).decode
"""Nearly all lines are of this shape, which the decoder checks by itself, many times faster than a loop does."""

SHORT = 32
"""Digits of a device's key by which a line names it."""

LONGEST_NUMBER = 16

KEPT_BYTES = 16 * 1024 * 1024
"""Lines that are kept read between checking and taking in: read, they take six times as much memory."""

_Hash: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}\\Z")]
_MaybeHash: TypeAlias = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?\\Z")]


class _Header(msgspec.Struct):
    device: _Hash
    first: int
    last: int
    previous: _MaybeHash
    knows: dict[_Hash, _MaybeHash] | list[_Hash] = {}
    by: str = ""


_header = msgspec.json.Decoder(_Header).decode


@dataclass(frozen=True)
class Reading:
    """What a segment says: the *lines* in order, and the numbers that are *unread* here."""

    lines: list[Line]
    unread: tuple[int, ...]

    def after(self, number: int) -> "Reading":
        """Only what stands after this *number*."""
        if not number:
            return self
        lines = [line for line in self.lines if line[0] > number]
        return Reading(lines, tuple(seq for seq in self.unread if seq > number))


def damaged(what: str) -> Trouble:
    """The Trouble of lines that are not what the format says."""
    return Trouble(
        _("This bundle holds something that is no record of Pitso ({what}).").format(what=what),
        _("Ask the sender to write it again; nothing was taken in."),
    )


def read(segment: Segment) -> Reading:
    """What the *segment* says; Trouble for a line that breaks the format.

    Lines of a kind or shape that this program does not know are unread: kept and passed on as they are.
    """
    listed = b"[" + segment.lines[:-1].replace(b"\n", b",") + b"]"
    lines = _shallow(segment, listed)
    return _closely(segment, listed) if lines is None else Reading(lines, ())


class Readings:
    """What segments say, read and checked once: of those that are taken in later it is kept while there is room."""

    def __init__(self) -> None:
        self._kept: dict[bytes, Reading] = {}
        self._room = KEPT_BYTES

    def check(self, segment: Segment) -> None:
        """Trouble unless header and lines are what the format says, and every line names only what the header knows."""
        reading = check(segment)
        self._room -= len(segment.lines)
        if self._room > 0:
            self._kept[segment.header] = reading

    def look(self, segment: Segment) -> Reading:
        """What the *segment* says; it will be wanted again."""
        return self._kept.get(segment.header) or read(segment)

    def take(self, segment: Segment) -> Reading:
        """What the *segment* says; it is not kept any longer."""
        return self._kept.pop(segment.header, None) or read(segment)


def check(segment: Segment) -> Reading:
    """What the *segment* says.

    Trouble unless header and lines are what the format says, and every line names only what the header knows.
    """
    try:
        known = {name[:SHORT] for name in _header(segment.header).knows}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise damaged(_place(segment, segment.first)) from error
    reading = read(segment)
    for line in reading.lines:
        if line[7] and not all(isinstance(base, int) or _named(base, known) for base in line[7]):
            raise damaged(_place(segment, line[0]))
    return reading


def _named(base: str, known: Collection[str]) -> bool:
    short, _dot, number = base.partition(".")
    return short in known and number.isdecimal() and len(number) <= LONGEST_NUMBER


def _shallow(segment: Segment, listed: bytes) -> list[Line] | None:
    """The lines, if all of them are whole and of the usual shape."""
    try:
        lines: Sequence[Line] = _shallow_lines(listed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    numbered = [line[0] for line in lines] == list(range(segment.first, segment.last + 1))
    return list(lines) if numbered and all("/" in line[3] for line in lines) else None


def _closely(segment: Segment, listed: bytes) -> Reading:
    """The lines one by one, so that a fault has its place and a newer kind is told apart."""
    try:
        lines: list[Line] = _lines(listed)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        lines = list(_one_by_one(segment))
    if len(lines) != segment.last - segment.first + 1:
        raise damaged(_place(segment, segment.first))
    unread = []
    for number, line in enumerate(lines, segment.first):
        seq, stamp, kind, entity, _name, value, _author, _bases = line
        if seq != number:
            raise damaged(_place(segment, number))
        if kind not in KINDS:
            unread.append(number)
        elif not 0 < stamp < WHOLE or "/" not in entity or not (value.__class__ is str or sound(value)):
            raise damaged(_place(segment, number))
    if unread:
        lines = [line for line in lines if line[2] in KINDS]
    return Reading(lines, tuple(unread))


def _one_by_one(segment: Segment) -> Iterator[Line]:
    for number, text in enumerate(segment.lines.removesuffix(b"\n").split(b"\n"), segment.first):
        try:
            (line,) = _lines(b"[" + text + b"]")
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as error:
            if not _newer(text, number):
                raise damaged(_place(segment, number)) from error
            line = (number, 0, "", "", "", None, "", [])
        yield line


def _newer(text: bytes, number: int) -> bool:
    """Is it a line of another shape: a list that begins with its number, but not with eight parts?"""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, list) and told[:1] == [number] and len(told) != 8


def _place(segment: Segment, number: int) -> str:
    return f"{segment.device.hex()[:8]}.{number}"


def sound(value: Any) -> bool:
    """May the journal hold this value: no floats, whole numbers within 2^53?"""
    sort = value.__class__
    if sort is int:
        return bool(-WHOLE < value < WHOLE)
    if sort is dict:
        value = value.values()
    elif sort is not list:
        return sort is str or sort is bool or value is None
    for item in value:  # noqa: SIM110 (a generator costs as much again, for every line that arrives)
        if item.__class__ is not str and not sound(item):
            return False
    return True
