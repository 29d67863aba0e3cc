"""An expression cut into tokens (XPath 1.0, section 3.7)."""

import re
from typing import NamedTuple

from pitso.words import _
from pitso.xforms.xpath.tree import XPathFault


class Token(NamedTuple):
    """One token: its kind (number, text, name, operator, end), what it says and its column from 1."""

    kind: str
    said: str
    column: int


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>[^\W\d][\w.\-·]*(?::(?!:)(?:[^\W\d][\w.\-·]*|\*))?)
    | (?P<operator>::|//|\.\.|!=|<=|>=|[/.@()\[\],|+\-=<>*])
    )""",
    re.VERBOSE,
)
_WORDS = {"and", "or", "div", "mod"}


def tokens(source: str) -> list[Token]:
    """The tokens of *source*, closed by an ``end``.

    Raises:
        XPathFault: a character that no token begins with, or a text that is not closed.
    """
    found: list[Token] = []
    at = 0
    end = len(source.rstrip())
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None:
            at += len(source[at:]) - len(source[at:].lstrip())
            raise XPathFault(_unreadable(source, at), at + 1)
        kind = str(match.lastgroup)
        said = match.group(kind)
        if (said == "*" or said in _WORDS) and _operator_expected(found):
            kind = "operator"
        elif said == "*":
            kind = "name"
        found.append(Token(kind, said[1:-1] if kind == "text" else said, match.start(str(match.lastgroup)) + 1))
        at = match.end()
    found.append(Token("end", "", end + 1))
    return found


def _operator_expected(before: list[Token]) -> bool:
    """A ``*`` or ``and`` is an operator unless nothing, an operator or an opening stands before it."""
    if not before:
        return False
    last = before[-1]
    return last.kind != "operator" or last.said in (")", "]", ".", "..")


def _unreadable(source: str, at: int) -> str:
    sign = source[at]
    if sign in "'\"":
        return _("a quotation mark is never closed")
    if sign in "“”‘’«»":
        return _("“{sign}” is a typographic quotation mark; write ' or \" instead").format(sign=sign)
    return _("“{sign}” means nothing here").format(sign=sign)
