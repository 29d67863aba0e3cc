"""An operation: one signed fact that is only ever added to the journal."""

import json
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from pitso.domain.trouble import Trouble
from pitso.words import _

Value: TypeAlias = "str | int | bool | dict[str, Value] | list[Value] | None"
"""What a field may hold: no floats (decimals are text), whole numbers within 2^53, text in NFC."""

TEXT_LIMIT = 64 * 1024
"""Bytes of UTF-8 that one value may take."""
WHOLE_LIMIT = 2**53

SET, DELETE, SETTLE, ERASE = "set", "delete", "settle", "erase"
KINDS = frozenset({SET, DELETE, SETTLE, ERASE})
"""What this program understands; lines of other kinds are kept and passed on unread."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Reference:
    """An operation named from another one: the device that made it and its number there."""

    device: bytes
    seq: int


@dataclass(frozen=True, slots=True)
class Operation:
    """This author, on this device, gave this field of this entity this value, knowing those earlier operations.

    *bases* are the operations that it replaces, as its author saw them. A ``delete`` has an empty field and no
    value, and its bases are every value of the entity that its author saw. A ``settle`` is one person's word on a
    field that is written once: ``{"choice": …, "reason": …}``. An ``erase`` has an empty field and names the hashes of
    the contents that every replica has to forget.
    """

    device: bytes
    seq: int
    hlc: int
    kind: str
    entity: str
    field: str
    value: Value
    author: str
    bases: tuple[Reference, ...]


def line(operation: Operation) -> bytes:
    """The operation as the line that is signed, stored and sent.

    ``[seq, hlc, kind, entity, field, value, author, [bases]]`` in UTF-8. A base of the same device is its
    number, one of another device is ``"<first 32 hexadecimal digits of its key>.<number>"``.
    """
    bases = [
        base.seq if base.device == operation.device else f"{base.device.hex()[:32]}.{base.seq}"
        for base in operation.bases
    ]
    parts = [
        operation.seq,
        operation.hlc,
        operation.kind,
        operation.entity,
        operation.field,
        operation.value,
        operation.author,
        bases,
    ]
    return _json(parts).encode()


def clean(value: Value) -> Value:
    """The *value* as the journal may hold it: text in NFC.

    Raises Trouble for text longer than 64 KiB, and TypeError for what no form or screen produces.
    """
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        if len(text.encode("utf-8", "surrogatepass")) > TEXT_LIMIT:
            raise Trouble(
                _("This text is longer than 65,536 bytes."),
                _("Shorten it, or attach it as a file."),
            )
        return text.encode("utf-8", "replace").decode()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        if abs(value) >= WHOLE_LIMIT:
            raise Trouble(_("This number is too large."), _("Enter it as text."))
        return value
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    raise TypeError(f"no value of an operation: {value!r}")
