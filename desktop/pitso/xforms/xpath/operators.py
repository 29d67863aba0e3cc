"""The operators, made from closures (XPath 1.0, sections 3.4 and 3.5)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from pitso.xforms.instances import Node
from pitso.xforms.record import Frame
from pitso.xforms.xpath.coerce import NAN, Value, to_boolean, to_number
from pitso.xforms.xpath.compiled import AnyWork, Compiled
from pitso.xforms.xpath.dates import days_at_midnight, days_of_moment, parse_date, parse_moment


def all_of(parts: list[Callable[[Frame], bool]]) -> Callable[[Frame], bool]:
    """Do all parts hold? Later ones are looked at only while the earlier hold."""
    if len(parts) == 2:
        left, right = parts
        return lambda frame: left(frame) and right(frame)
    return lambda frame: all(part(frame) for part in parts)


def any_of(parts: list[Callable[[Frame], bool]]) -> Callable[[Frame], bool]:
    """Does any part hold? Later ones are looked at only while none holds."""
    if len(parts) == 2:
        left, right = parts
        return lambda frame: left(frame) or right(frame)
    return lambda frame: any(part(frame) for part in parts)


def equality(operator: str, first: Compiled, second: Compiled) -> Callable[[Frame], bool]:
    """``=`` and ``!=``; texts are compared as they stand."""
    equal = operator == "="
    left, right = first.scalar(), second.scalar()
    textual = ("text", "single")
    if first.kind in textual and second.kind in textual:
        if equal:
            return lambda frame: left(frame) == right(frame)
        return lambda frame: left(frame) != right(frame)

    def compare(frame: Frame) -> bool:
        return _equal(left(frame), right(frame), wanted=equal)

    return compare


def _equal(left: Value, right: Value, *, wanted: bool) -> bool:
    """Equality as in XPath 1.0, section 3.4; an empty node-set counts as an empty text."""
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_boolean(left) == to_boolean(right)) is wanted
    lefts: Sequence[str | float] = [left] if isinstance(left, str | float) else [node.text for node in left] or [""]
    rights: Sequence[str | float] = [right] if isinstance(right, str | float) else [node.text for node in right] or [""]
    if len(lefts) == 1 and len(rights) == 1:
        return _same(lefts[0], rights[0]) is wanted
    return any(_same(one, other) is wanted for one in lefts for other in rights)


def _same(left: str | float, right: str | float) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def relation(operator: str, left: AnyWork, right: AnyWork) -> Callable[[Frame], bool]:
    """``<``, ``<=``, ``>`` and ``>=``, on numbers."""
    holds = _RELATIONS[operator]

    def compare(frame: Frame) -> bool:
        one, other = left(frame), right(frame)
        if isinstance(one, float) and isinstance(other, float):
            return holds(one, other)
        if isinstance(one, str | float | bool) and isinstance(other, str | float | bool):
            return holds(*_on_one_line(frame, one, other))
        return any(holds(*_on_one_line(frame, a, b)) for a in _each_scalar(one) for b in _each_scalar(other))

    return compare


def _each_scalar(value: Value) -> Sequence[str | float | bool]:
    return [value] if isinstance(value, str | float | bool) else [node.text for node in value]


def _on_one_line(frame: Frame, left: str | float | bool, right: str | float | bool) -> tuple[float, float]:
    """Both as numbers; a date beside a dateTime is the midnight with which it begins in the local zone."""
    if isinstance(left, str) and isinstance(right, str) and len(left) != len(right):
        zone = frame.world.environment.now().tzinfo
        assert zone is not None
        one, other = parse_date(left), parse_date(right)
        if one is not None:
            moment = parse_moment(right, zone)
            if moment is not None:
                return days_at_midnight(one, zone), days_of_moment(moment)
        elif other is not None:
            moment = parse_moment(left, zone)
            if moment is not None:
                return days_of_moment(moment), days_at_midnight(other, zone)
    return to_number(left), to_number(right)


def union(left: Callable[[Frame], Sequence[Node]], right: Callable[[Frame], Sequence[Node]]) -> AnyWork:
    """``|``: the nodes of both sides, each once."""

    def union(frame: Frame) -> Value:
        return list({id(node): node for node in (*left(frame), *right(frame))}.values())

    return union


def product(operator: str, left: Callable[[Frame], float], right: Callable[[Frame], float]) -> Callable[[Frame], float]:
    """``*``, ``div`` and ``mod``."""
    match operator:
        case "*":
            return lambda frame: left(frame) * right(frame)
        case "div":
            return lambda frame: _divided(left(frame), right(frame))
        case _:
            return lambda frame: _remainder(left(frame), right(frame))


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    return NAN if left == 0 or left != left else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    if not right or math.isinf(left) or left != left or right != right:
        return NAN
    return math.fmod(left, right)
