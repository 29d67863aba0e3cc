"""Counting a file of papers under a rule, with the lots and the choices that people give."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from pitso.domain import counting
from pitso.domain.counting import Ballots, Base, Count, Minimum, NoMajority, Rule, Rules, Status, TieLeads
from pitso.domain.counting.blt import fault
from pitso.domain.trouble import Trouble
from pitso.storage.disk import disk_trouble
from pitso.words import _, listed

RULES = tuple(rule.value for rule in Rule)

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True)
class Counted:
    """A count with the papers that it was made from, and when their file was written."""

    count: Count
    ballots: Ballots
    at: datetime


def counted(
    papers: Path,
    rule: str,
    *,
    seats: int | None = None,
    lots: str = "",
    rules: Path | None = None,
    runoff: bool = False,
) -> Counted:
    """Count the file of *papers* under a *rule*; Trouble names the line or the key that is wrong."""
    ballots = counting.read_blt(_text(papers))
    told = counting.count(
        rule,
        ballots,
        seats=seats,
        lots=lots_in(lots, ballots.names),
        runoff=runoff,
        options=rules_in(rules) if rules else Rules(),
    )
    if not ballots.total and told.status is Status.NO_VALID_VOTES:
        raise Trouble(
            _("There is no paper in “{file}”.").format(file=papers.name),
            _("Key the papers first; without votes nobody is elected."),
        )
    return Counted(told, ballots, datetime.fromtimestamp(int(papers.stat().st_mtime), UTC))


def _text(path: Path) -> str:
    try:
        found = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise Trouble(
                _("There is no file “{file}”.").format(file=path), _("It may have been moved: look for it.")
            ) from error
        raise disk_trouble(error, path) from error
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        raise fault(line, _("the text is not in UTF-8")) from error


# ---- lots and rules ------------------------------------------------------------------------------------------------


def lots_in(said: str, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The draws in ``A,B;C,D``: names may hold commas themselves, so they are recognised and not cut."""
    longest_first = sorted(names, key=len, reverse=True)
    draws: list[list[str]] = [[]]
    rest = said.strip()
    while rest:
        name = next((name for name in longest_first if _begins(rest, name)), None)
        if name is None:
            raise Trouble(
                _("“{text}” among the lots is no candidate.").format(text=rest[:60]),
                _("Write each draw as its names in the order drawn, A,B;C,D."),
            )
        draws[-1].append(name)
        rest = rest[len(name) :].strip()
        if rest.startswith(";"):
            draws.append([])
        rest = rest[1:].strip()
    return tuple(tuple(draw) for draw in draws if draw)


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and text[len(name) :].lstrip()[:1] in ("", ",", ";")


def rules_in(path: Path) -> Rules:
    """The choices that a JSON file holds; Trouble names a key that is unknown or has no sense."""
    try:
        found = json.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise Trouble(
            _("“{file}” could not be read as JSON.").format(file=path.name), _("Mend the file, then try again.")
        ) from error
    if not isinstance(found, dict):
        raise _wrong(path.name, _("an object in braces is expected"))
    known = {"majority", "present", "entitled", "no_majority", "exactly", "minimum", "tie"}
    for key in found:
        if key not in known:
            raise _wrong(key, _("there is no such choice"))
    return Rules(
        majority=_one_of(found, "majority", Base, Base.VALID),
        present=_number(found, "present"),
        entitled=_number(found, "entitled"),
        no_majority=_one_of(found, "no_majority", NoMajority, NoMajority.RUNOFF),
        exactly=_yes(found, "exactly"),
        minimum=tuple(map(_minimum, _list(found, "minimum"))),
        tie=_one_of(found, "tie", TieLeads, TieLeads.LOT),
    )


def _wrong(key: str, what: str) -> Trouble:
    return Trouble(
        _("In the rules of the count, “{key}”: {what}.").format(key=key[:60], what=what),
        _("Mend the file, then try again."),
    )


def _one_of(found: dict[str, Any], key: str, kind: type[T], usual: T) -> T:
    value = found.get(key, usual)
    if value not in tuple(kind):
        raise _wrong(key, _("one of these is expected: {values}").format(values=listed(kind)))
    return kind(value)


def _number(found: dict[str, Any], key: str) -> int | None:
    value = found.get(key)
    if value is not None and (type(value) is not int or not 0 <= value <= 10**9):
        raise _wrong(key, _("a whole number of persons is expected"))
    return value


def _yes(found: dict[str, Any], key: str) -> bool:
    value = found.get(key, False)
    if not isinstance(value, bool):
        raise _wrong(key, _("true or false is expected"))
    return value


def _list(found: dict[str, Any], key: str) -> list[Any]:
    value = found.get(key, [])
    if not isinstance(value, list):
        raise _wrong(key, _("a list is expected"))
    return value


def _minimum(found: Any) -> Minimum:
    if isinstance(found, dict) and set(found) == {"name", "of", "least"}:
        name, of, least = found["name"], found["of"], found["least"]
        names = isinstance(of, list) and all(isinstance(one, str) for one in of)
        if isinstance(name, str) and names and type(least) is int and least >= 0:
            return Minimum(name, frozenset(of), least)
    raise _wrong("minimum", _("each condition has a name, a list “of” candidates, and a number “least”"))
