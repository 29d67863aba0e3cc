"""Paths of a record:

``/data/group/repeat[2]/name``, rows counted from 1, and keys that name rows by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pitso.xforms.plan import Plan
from pitso.xforms.record import Field, Row
from pitso.xforms.schema import Element

_STEP = re.compile(r"/([^/\[{]+)(?:\[(\d+)\]|\{([^}]*)\})?")


class NoSuchPath(LookupError):
    """A path that leads nowhere in the record: the form has no such question, or the repeat no such row."""


def walk(top: Row, plan: Plan, path: str) -> tuple[Row, Element]:
    """The element at the end of *path* and the row in which to look for it.

    A row may be named by its number, by its id in braces, or not at all, which means the first. The number of
    a repeat at the very end is taken too: the row is then that row, else the row around the repeat.

    Raises:
        NoSuchPath: the form has no such element, or the repeat has no such row.
    """
    row, element = top, None
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise NoSuchPath(path)
        name, number, identity = step.groups()
        at = step.end()
        if element is None:
            element = plan.root if name == plan.root.name else None
        else:
            element = element.children.get(name)
        if element is None:
            raise NoSuchPath(path)
        if element.is_repeat and (at < len(path) or number or identity is not None):
            row = _row(row.series[element.index], number, identity, path)
    if element is None:
        raise NoSuchPath(path)
    return row, element


def _row(rows: list[Row], number: str | None, identity: str | None, path: str) -> Row:
    if identity is not None:
        for row in rows:
            if row.id == identity:
                return row
        raise NoSuchPath(path)
    at = int(number or 1)
    if not 1 <= at <= len(rows):
        raise NoSuchPath(path)
    return rows[at - 1]


def path_of(field: Field) -> str:
    """The path of a node, with the number of every row."""
    return _written(field.element, field.row, lambda row: f"[{row.at + 1}]")


def key_of(field: Field) -> str:
    """The path of a node with the id of every row in braces, which stays true when other rows come and go."""
    return _written(field.element, field.row, lambda row: f"{{{row.id}}}")


def series_path(repeat: Element, row: Row) -> str:
    """The path of a repeat as a whole inside *row*."""
    assert repeat.parent is not None
    return f"{_written(repeat.parent, row, lambda outer: f'[{outer.at + 1}]')}/{repeat.name}"


def series_key(repeat: Element, row: Row) -> str:
    """The key of a repeat as a whole inside *row*."""
    assert repeat.parent is not None
    return f"{_written(repeat.parent, row, lambda outer: f'{{{outer.id}}}')}/{repeat.name}"


def _written(element: Element, row: Row, mark: Callable[[Row], str]) -> str:
    steps: list[str] = []
    here: Element | None = element
    place: Row | None = row
    while here is not None:
        if here.is_repeat:
            assert place is not None
            steps.append(here.name + mark(place))
            place = place.up
        else:
            steps.append(here.name)
        here = here.parent
    return "/" + "/".join(reversed(steps))


def order_of(field: Field) -> tuple[tuple[int, int], ...]:
    """A key that sorts nodes into document order."""
    steps = [(field.element.index, 0)]
    row: Row | None = field.row
    while row is not None and row.up is not None:
        steps.append((row.element.index, row.at))
        row = row.up
    return tuple(reversed(steps))
