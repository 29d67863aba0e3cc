"""The one place where values turn into text, number and boolean (XPath 1.0, section 4; ODK XForms:

XPath Functions).

A value is a text, a number (float), a boolean or a list of nodes. A list is read by its first node, an empty
one as an empty text. As a boolean a leaf counts by its text, a group or row by being there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from pitso.xforms.instances import Node
from pitso.xforms.xpath.dates import days

Value = str | float | bool | Sequence[Node]

NAN = math.nan
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$", re.ASCII)


def number_of_text(text: str) -> float:
    """The number that *text* writes; a date or dateTime gives its days; anything else is not a number."""
    if not text:
        return NAN
    if _NUMBER.match(text):
        return float(text)
    found = days(text)
    return NAN if found is None else found


def text_of_number(number: float) -> str:
    """A number without ``.0`` and without exponent; what is not a number is an empty text."""
    if number != number:
        return ""
    if number in (math.inf, -math.inf):
        return "Infinity" if number > 0 else "-Infinity"
    if -1e16 < number < 1e16 and number == int(number):
        return str(int(number))
    said = repr(number)
    return said if "e" not in said else format(Decimal(said), "f")


def text_of_boolean(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"


def to_text(value: Value) -> str:
    """Any value as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return text_of_boolean(value)
    if isinstance(value, float):
        return text_of_number(value)
    return value[0].text if value else ""


def to_number(value: Value) -> float:
    """Any value as a number."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return number_of_text(value if isinstance(value, str) else to_text(value))


def to_boolean(value: Value) -> bool:
    """Any value as a boolean."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value == value and value != 0
    if isinstance(value, str):
        return value != ""
    return any(node.text != "" or node.children() for node in value)
