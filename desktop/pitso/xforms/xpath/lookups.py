"""Look-ups and walks over the nodes of a record, as paths and predicates need them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pitso.xforms.instances import Item, Node
from pitso.xforms.record import Field, Frame, Row
from pitso.xforms.schema import Element
from pitso.xforms.xpath.coerce import NAN, Value, to_boolean
from pitso.xforms.xpath.compiled import AnyWork, Compiled

RowOf = Callable[[Frame], Row]


@dataclass(frozen=True, slots=True)
class Place:
    """An element reached by a path, with the first ``level`` of its repeats bound to rows of the base."""

    element: Element
    level: int
    base: str
    depth: int
    shared: int


def climbing(base: str, climbs: int) -> RowOf:
    """The row in which the base node stands, or one so many repeats further out."""
    if base == "node":

        def from_node(frame: Frame) -> Row:
            node = frame.node
            assert isinstance(node, Field)
            row = node.row
            for _i in range(climbs):
                assert row.up is not None
                row = row.up
            return row

        return from_node
    if climbs == 0:
        return lambda frame: frame.row

    def from_current(frame: Frame) -> Row:
        row = frame.row
        for _i in range(climbs):
            assert row.up is not None
            row = row.up
        return row

    return from_current


def one_field(place: Place) -> Callable[[Frame], Field]:
    """The only node of a place whose repeats are all bound."""
    index, climbs = place.element.index, place.depth - place.level
    if place.level == 0:
        return lambda frame: frame.top.fields[index]
    if place.base == "current" and climbs == 0:
        return lambda frame: frame.row.fields[index]
    row_of = climbing(place.base, climbs)
    return lambda frame: row_of(frame).fields[index]


def shown_alone(get: Callable[[Frame], Field]) -> AnyWork:
    """A node-set of one node, empty where it is not relevant."""

    def alone(frame: Frame) -> Value:
        found = get(frame)
        return [found] if found.shown else []

    return alone


def every_field(place: Place) -> Callable[[Frame], list[Field]]:
    """Every node of a place, those that are not relevant included."""
    index = place.element.index
    if place.level == len(place.element.chain):
        get = one_field(place)
        return lambda frame: [get(frame)]
    repeats = [repeat.index for repeat in place.element.chain[place.level :]]
    row_of: RowOf = (lambda frame: frame.top) if place.level == 0 else climbing(place.base, place.depth - place.level)
    if len(repeats) == 1:
        only = repeats[0]
        return lambda frame: [row.fields[index] for row in row_of(frame).series[only]]

    def every(frame: Frame) -> list[Field]:
        rows = [row_of(frame)]
        for repeat in repeats:
            rows = [inner for row in rows for inner in row.series[repeat]]
        return [row.fields[index] for row in rows]

    return every


def first_field(place: Place) -> Callable[[Frame], Field | None]:
    """The first node of a place, None where there is none."""
    every = every_field(place)

    def first(frame: Frame) -> Field | None:
        found = every(frame)
        return found[0] if found else None

    return first


def descendants(node: Node, name: str) -> list[Node]:
    """The nodes of that name below a node, at any depth, in document order."""
    found: list[Node] = []
    for kid in node.children():
        if name in ("*", kid.name):
            found.append(kid)
        found.extend(descendants(kid, name))
    return found


def kept_by(frame: Frame, nodes: Sequence[Node], test: Compiled) -> Sequence[Node]:
    """The nodes for which a predicate holds, each with its place in the list."""
    inner = Frame(frame.world, frame.current, frame.node)
    inner.row = frame.row
    inner.size = len(nodes)
    if test.kind in ("boolean", "single", "nodes"):
        holds = test.boolean()
        kept = []
        for at, node in enumerate(nodes, 1):
            inner.node = node
            inner.position = at
            if holds(inner):
                kept.append(node)
        return kept
    work = test.work
    kept = []
    for at, node in enumerate(nodes, 1):
        inner.node = node
        inner.position = at
        value = work(inner)
        if value == at if isinstance(value, float) else to_boolean(value):
            kept.append(node)
    return kept


def number_among(nodes: Sequence[Node]) -> float:
    """The number of the first node among its sisters."""
    if not nodes:
        return NAN
    node = nodes[0]
    if isinstance(node, Field):
        return row_number(node)
    return float(node.position + 1) if isinstance(node, Item) else 1.0


def row_number(found: Field) -> float:
    """The number of a row in its repeat, 1 for any other node."""
    return float(found.row.at + 1) if found.element.is_repeat else 1.0


def slicing(operator: str, limit: Callable[[Frame], float]) -> Callable[[Frame, Sequence[Node]], Sequence[Node]]:
    """The head or tail of a list, taken in one piece where each node's place would give the same."""

    def cut(frame: Frame, nodes: Sequence[Node]) -> Sequence[Node]:
        number = limit(frame)
        if number != number:
            return ()
        number = max(-1.0, min(number, len(nodes) + 1.0))
        match operator:
            case "<=":
                return nodes[: max(0, math.floor(number))]
            case "<":
                return nodes[: max(0, math.ceil(number) - 1)]
            case ">":
                return nodes[max(0, math.floor(number)) :]
            case _:
                return nodes[max(0, math.ceil(number) - 1) :]

    return cut
