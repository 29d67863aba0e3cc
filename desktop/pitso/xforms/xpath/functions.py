"""The functions of the dialect that take plain values (ODK XForms: XPath Functions).

Those that look at paths, evaluate lazily or read lists are made by the compiler itself
(`pitso.xforms.xpath.compile`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from pitso import words
from pitso.xforms.instances import Node
from pitso.xforms.record import Frame
from pitso.xforms.xpath import geography
from pitso.xforms.xpath.coerce import (
    NAN,
    Value,
    number_of_text,
    to_number,
    to_text,
)
from pitso.xforms.xpath.dates import (
    date_of_days,
    days_of_moment,
    fraction_of_day,
    moment_of_days,
    parse_date,
    parse_moment,
    written,
)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: what its arguments are turned into, how many it takes, what it gives, and the work.

    ``takes`` has a letter for each argument: ``t`` text, ``n`` number, ``b`` boolean, ``N`` nodes or values
    as they are; ``*`` after the last repeats it. ``least`` is how many must be given. ``gives`` is text,
    number, boolean or nodes. ``volatile``: the same arguments may give another value.
    """

    takes: str
    least: int
    gives: str
    work: Callable[..., Any]
    volatile: bool = False

    @property
    def most(self) -> int | None:
        """How many arguments may be given, None for any number."""
        return None if self.takes.endswith("*") else len(self.takes)

    def letter(self, at: int) -> str:
        """What the argument at a place (from 0) is turned into."""
        letters = self.takes.rstrip("*")
        return letters[min(at, len(letters) - 1)]


def _texts(values: Iterable[Value]) -> list[str]:
    """Every argument as text, each node of a node-set by itself."""
    found: list[str] = []
    for value in values:
        if isinstance(value, str | float | bool):
            found.append(to_text(value))
        else:
            found.extend(node.text for node in value)
    return found


def _numbers(values: Iterable[Value]) -> list[float]:
    """Every argument as a number, each node by itself; empty ones are skipped."""
    found: list[float] = []
    for value in values:
        if isinstance(value, float | bool):
            found.append(to_number(value))
        elif isinstance(value, str):
            if value:
                found.append(number_of_text(value))
        else:
            found.extend(number_of_text(node.text) for node in value if node.text)
    return found


# --- texts


def _substr(frame: Frame, text: str, start: float, end: float = math.inf) -> str:
    return text[_index(start, len(text)) : _index(end, len(text))] if start == start else ""


def _index(number: float, length: int) -> int:
    if number != number:
        return 0
    if number < 0:
        return max(0, length + int(max(number, -length)))
    return length if number >= length else int(number)


def _substring(frame: Frame, text: str, start: float, length: float = math.inf) -> str:
    first = _half_up(start)
    last = first + (_half_up(length) if length != math.inf else math.inf)
    return "".join(sign for at, sign in enumerate(text, 1) if first <= at < last)


def _before(frame: Frame, text: str, mark: str) -> str:
    head, found, _tail = text.partition(mark) if mark else ("", "", "")
    return head if found else ""


def _after(frame: Frame, text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _translate(frame: Frame, text: str, signs: str, others: str) -> str:
    table: dict[int, str | None] = {}
    for at, sign in enumerate(signs):
        table.setdefault(ord(sign), others[at] if at < len(others) else None)
    return text.translate(table)


def _concat(frame: Frame, *values: Value) -> str:
    return "".join(_texts(values))


def _join(frame: Frame, separator: str, *values: Value) -> str:
    return separator.join(_texts(values))


def _regex(frame: Frame, text: str, pattern: str) -> bool:
    try:
        return compiled(pattern).search(text) is not None
    except re.error:
        return False


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The *pattern* of regex(), where ``\\d`` and ``\\w`` are ASCII as in both reference engines.

    Raises:
        re.error: it is no regular expression.
    """
    return re.compile(re.sub(r"(\[[^\]\[]*)?\\p\{(\w+)\}", _category, pattern), re.ASCII)


def _category(match: re.Match[str]) -> str:
    inside, name = match.group(1), match.group(2)
    signs = _signs(name)
    return f"{inside}{signs}" if inside else f"[{signs}]"


@cache
def _signs(category: str) -> str:
    """The ranges of the Basic Multilingual Plane whose Unicode category begins with this."""
    ranges: list[list[int]] = []
    for code in range(0x10000):
        if unicodedata.category(chr(code)).startswith(category):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


def _digest(frame: Frame, text: str, algorithm: str, encoding: str = "base64") -> str:
    name = algorithm.replace("-", "").lower()
    if name not in ("md5", "sha1", "sha256", "sha384", "sha512"):
        return ""
    digest = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    return digest.hex() if encoding.lower() == "hex" else base64.b64encode(digest).decode()


def _base64_decode(frame: Frame, text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _uuid(frame: Frame, length: float | None = None) -> str:
    if length is None:
        return frame.world.environment.uuid()
    signs = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    many = int(length) if length == length and length > 0 else 0
    return "".join(signs[int(frame.world.environment.random() * len(signs))] for _i in range(many))


# --- booleans


def _checklist(frame: Frame, least: float, most: float, *values: Value) -> bool:
    return _between(sum(_true(number) for number in _each(values)), least, most)


def _weighted(frame: Frame, least: float, most: float, *values: Value) -> bool:
    total = 0.0
    for answers, weights in zip(values[::2], values[1::2], strict=True):
        for answer, weight in zip(_each([answers]), _each([weights]), strict=False):
            total += weight if _true(answer) and weight == weight else 0
    return _between(total, least, most)


def _each(values: Iterable[Value]) -> list[float]:
    found: list[float] = []
    for value in values:
        if isinstance(value, str | float | bool):
            found.append(_truth(value))
        else:
            found.extend(_truth(node.text) for node in value)
    return found


def _truth(value: str | float | bool) -> float:
    return 1.0 if value == "true" else to_number(value)


def _true(number: float) -> bool:
    return number > 0


def _between(total: float, least: float, most: float) -> bool:
    return (least == -1 or total >= least) and (most == -1 or total <= most)


# --- numbers


def _half_up(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else float(math.floor(number + 0.5))


def _round(frame: Frame, number: float, decimals: float = 0.0) -> float:
    """Half goes up, towards the greater number, on the decimal digits as they are written."""
    if math.isnan(number) or math.isinf(number) or decimals != decimals:
        return number
    places = int(max(-300.0, min(300.0, decimals)))
    rule = ROUND_HALF_UP if number > 0 else ROUND_HALF_DOWN
    exact = Decimal(repr(number)).scaleb(places)
    return float(exact.to_integral_value(rule).scaleb(-places))


def _int(frame: Frame, number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _whole(rule: str) -> Callable[[Frame, float], float]:
    def work(frame: Frame, number: float) -> float:
        if math.isnan(number) or math.isinf(number):
            return number
        return float(Decimal(repr(number)).to_integral_value(rule))

    return work


def _sum(frame: Frame, *values: Value) -> float:
    return math.fsum(_finite(_numbers(values)))


def _finite(numbers: list[float]) -> list[float]:
    # math.fsum refuses infinities of both signs; the plain sum of them is not a number.
    return [sum(numbers)] if any(math.isinf(number) for number in numbers) else numbers


def _max(frame: Frame, *values: Value) -> float:
    return _extreme(max, values)


def _min(frame: Frame, *values: Value) -> float:
    return _extreme(min, values)


def _extreme(choose: Callable[[list[float]], float], values: Iterable[Value]) -> float:
    numbers = _numbers(values)
    return NAN if not numbers or any(number != number for number in numbers) else choose(numbers)


def _calm(work: Callable[..., float]) -> Callable[..., float]:
    """A function of mathematics that gives "not a number" where Python raises."""

    def calm(frame: Frame, *numbers: float) -> float:
        try:
            result = work(*numbers)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf
        return result if isinstance(result, float) else NAN

    return calm


def _log(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _pow(base: float, exponent: float) -> float:
    return math.inf if base == 0 and exponent < 0 else math.pow(base, exponent)


def _count(frame: Frame, nodes: Sequence[Node]) -> float:
    return float(len(nodes))


def _count_non_empty(frame: Frame, nodes: Sequence[Node]) -> float:
    return float(sum(node.text != "" for node in nodes))


# --- dates


def _moment(frame: Frame, value: Value) -> datetime | None:
    zone = frame.world.environment.now().tzinfo
    assert zone is not None
    if isinstance(value, float | bool):
        number = to_number(value)
        return moment_of_days(number, zone) if number == number else None
    text = to_text(value).strip()
    day = parse_date(text)
    if day is not None:
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    moment = parse_moment(text, zone)
    if moment is not None:
        return moment.astimezone(zone)
    number = number_of_text(text)
    return moment_of_days(number, zone) if number == number else None


def _day(frame: Frame, value: Value) -> date | None:
    if not isinstance(value, float | bool):
        text = to_text(value).strip()
        day = parse_date(text)
        if day is not None:
            return day
        if parse_moment(text) is not None:
            moment = _moment(frame, text)
            return None if moment is None else moment.date()
        value = number_of_text(text)
    number = to_number(value)
    return date_of_days(number) if number == number else None


def _date(frame: Frame, value: Value) -> str:
    day = _day(frame, value)
    return "" if day is None else day.isoformat()


def _date_time(frame: Frame, value: Value) -> str:
    moment = _moment(frame, value)
    return "" if moment is None else written(moment)


def _today(frame: Frame) -> str:
    return frame.world.environment.now().date().isoformat()


def _now(frame: Frame) -> str:
    return written(frame.world.environment.now())


def _decimal_date_time(frame: Frame, value: Value) -> float:
    if isinstance(value, float | bool):
        return to_number(value)
    text = to_text(value).strip()
    moment = None if parse_date(text) else parse_moment(text, frame.world.environment.now().tzinfo or None)  # type: ignore[arg-type]
    return number_of_text(text) if moment is None else days_of_moment(moment)


def _decimal_time(frame: Frame, text: str) -> float:
    moment = parse_moment(text)
    if moment is not None:
        local = _moment(frame, text)
        text = written(local) if local else ""
    found = fraction_of_day(text)
    return NAN if found is None else found


_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "pt": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_WEEKDAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "pt": "seg. ter. qua. qui. sex. sáb. dom.",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}


def _format(frame: Frame, value: Value, pattern: str) -> str:
    """The value by the pattern; the form's language names months and weekdays where Pitso speaks it."""
    moment = _moment(frame, value)
    if moment is None:
        return ""
    code = frame.world.session.language_code.lower()[:2]
    if code not in _MONTHS:
        code = words.language() if words.language() in _MONTHS else "en"
    pieces = {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "b": _MONTHS[code].split()[moment.month - 1],
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "a": _WEEKDAYS[code].split()[moment.weekday()],
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda match: pieces.get(match.group(1), match.group(0)), pattern)


# --- selects


def _selected(frame: Frame, text: str, choice: str) -> bool:
    return choice.strip() in text.split()


def _selected_at(frame: Frame, text: str, at: float) -> str:
    chosen = text.split()
    return chosen[int(at)] if at == at and 0 <= at < len(chosen) else ""


# --- node-sets


def _randomize(frame: Frame, nodes: Sequence[Node], seed: Value | None = None) -> list[Node]:
    """Inside-out Fisher-Yates; with a seed by the Park-Miller generator, so that every engine draws alike.

    Without a seed the order is drawn once for each question, so that it does not jump while the form is
    filled.
    """
    if seed is None:
        seed = frame.world.session.seed_of(frame.current)
    state = int(_seed(seed)) % 2147483647
    if state <= 0:
        state += 2147483646
    drawn: list[Node] = []
    for node in nodes:
        state = state * 16807 % 2147483647
        at = int((state - 1) / 2147483646 * (len(drawn) + 1))
        drawn.append(node)
        drawn[at], drawn[-1] = node, drawn[at]
    return drawn


def _seed(value: Value) -> float:
    number = to_number(value)
    if number == number and not math.isinf(number):
        return number
    return int.from_bytes(hashlib.sha256(to_text(value).encode()).digest()[:8], "big", signed=True)


def _property(frame: Frame, name: str) -> str:
    return frame.world.environment.device.get(name, "")


FUNCTIONS: dict[str, Function] = {
    "string": Function("t", 0, "text", lambda frame, text: text),
    "concat": Function("N*", 0, "text", _concat),
    "join": Function("tN*", 1, "text", _join),
    "substr": Function("tnn", 2, "text", _substr),
    "substring": Function("tnn", 2, "text", _substring),
    "substring-before": Function("tt", 2, "text", _before),
    "substring-after": Function("tt", 2, "text", _after),
    "translate": Function("ttt", 3, "text", _translate),
    "string-length": Function("t", 0, "number", lambda frame, text: float(len(text))),
    "normalize-space": Function("t", 0, "text", lambda frame, text: " ".join(text.split())),
    "contains": Function("tt", 2, "boolean", lambda frame, text, part: part in text),
    "starts-with": Function("tt", 2, "boolean", lambda frame, text, part: text.startswith(part)),
    "ends-with": Function("tt", 2, "boolean", lambda frame, text, part: text.endswith(part)),
    "regex": Function("tt", 2, "boolean", _regex),
    "digest": Function("ttt", 2, "text", _digest),
    "base64-decode": Function("t", 1, "text", _base64_decode),
    "uuid": Function("n", 0, "text", _uuid, volatile=True),
    "true": Function("", 0, "boolean", lambda frame: True),
    "false": Function("", 0, "boolean", lambda frame: False),
    "boolean": Function("b", 1, "boolean", lambda frame, value: value),
    "not": Function("b", 1, "boolean", lambda frame, value: not value),
    "boolean-from-string": Function("t", 1, "boolean", lambda frame, text: text in ("true", "1")),
    "checklist": Function("nnN*", 2, "boolean", _checklist),
    "weighted-checklist": Function("nnN*", 2, "boolean", _weighted),
    "number": Function("n", 0, "number", lambda frame, number: number),
    "int": Function("n", 1, "number", _int),
    "round": Function("nn", 1, "number", _round),
    "floor": Function("n", 1, "number", _whole(ROUND_FLOOR)),
    "ceiling": Function("n", 1, "number", _whole(ROUND_CEILING)),
    "abs": Function("n", 1, "number", lambda frame, number: abs(number)),
    "min": Function("N*", 1, "number", _min),
    "max": Function("N*", 1, "number", _max),
    "sum": Function("N*", 1, "number", _sum),
    "count": Function("N", 1, "number", _count),
    "count-non-empty": Function("N", 1, "number", _count_non_empty),
    "pow": Function("nn", 2, "number", _calm(_pow)),
    "log": Function("n", 1, "number", _calm(_log)),
    "log10": Function("n", 1, "number", _calm(_log10)),
    "sin": Function("n", 1, "number", _calm(math.sin)),
    "cos": Function("n", 1, "number", _calm(math.cos)),
    "tan": Function("n", 1, "number", _calm(math.tan)),
    "asin": Function("n", 1, "number", _calm(math.asin)),
    "acos": Function("n", 1, "number", _calm(math.acos)),
    "atan": Function("n", 1, "number", _calm(math.atan)),
    "atan2": Function("nn", 2, "number", _calm(math.atan2)),
    "sqrt": Function("n", 1, "number", _calm(math.sqrt)),
    "exp": Function("n", 1, "number", _calm(math.exp)),
    "exp10": Function("n", 1, "number", _calm(lambda number: math.pow(10, number))),
    "pi": Function("", 0, "number", lambda frame: math.pi),
    "random": Function("", 0, "number", lambda frame: frame.world.environment.random(), volatile=True),
    "today": Function("", 0, "text", _today, volatile=True),
    "now": Function("", 0, "text", _now, volatile=True),
    "date": Function("N", 1, "text", _date),
    "date-time": Function("N", 1, "text", _date_time),
    "format-date": Function("Nt", 2, "text", _format),
    "format-date-time": Function("Nt", 2, "text", _format),
    "decimal-date-time": Function("N", 1, "number", _decimal_date_time),
    "decimal-time": Function("t", 1, "number", _decimal_time),
    "selected": Function("tt", 2, "boolean", _selected),
    "is-selected": Function("tt", 2, "boolean", _selected),
    "selected-at": Function("tn", 2, "text", _selected_at),
    "count-selected": Function("t", 1, "number", lambda frame, text: float(len(text.split()))),
    "randomize": Function("NN", 1, "nodes", _randomize),
    "area": Function("N", 1, "number", lambda frame, shape: geography.area(_texts([shape]))),
    "distance": Function("N*", 1, "number", lambda frame, *shapes: geography.distance(_texts(shapes))),
    "geofence": Function("tt", 2, "boolean", lambda frame, point, shape: geography.inside(point, shape)),
    "version": Function("", 0, "text", lambda frame: frame.world.session.form.version),
    "property": Function("t", 1, "text", _property),
}
