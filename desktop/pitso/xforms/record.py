"""The nodes of one record being filled: fields, and the rows that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pitso.xforms.instances import Node
from pitso.xforms.schema import Element

if TYPE_CHECKING:
    from pitso.xforms.environment import Environment
    from pitso.xforms.instances import Document
    from pitso.xforms.session import Session


class Field:
    """One node of the record.

    ``value`` is what was entered or calculated and is kept whatever happens; ``text`` is what expressions and
    people see: empty where the node is not relevant, and without choices that are not on offer. ``own`` is
    the answer of its own relevant expression, ``shown`` that together with all around it.
    """

    __slots__ = (
        "element",
        "locked",
        "needed",
        "offered",
        "own",
        "row",
        "shown",
        "text",
        "valid",
        "value",
    )

    def __init__(self, element: Element, row: Row) -> None:
        self.element = element
        self.row = row
        self.value = element.default
        self.text = element.default
        self.shown = True
        self.own = True
        self.needed = element.required == "true()"
        self.locked = element.readonly == "true()"
        self.valid = True
        self.offered: frozenset[str] | None = None

    @property
    def name(self) -> str:
        return self.element.name

    def child(self, name: str) -> Sequence[Node]:
        inner = self.element.children.get(name)
        return () if inner is None else self._at(inner)

    def children(self) -> Sequence[Node]:
        return [field for name, inner in self.element.children.items() if name[0] != "@" for field in self._at(inner)]

    def _at(self, inner: Element) -> list[Field]:
        if inner.is_repeat:
            return [row.fields[inner.index] for row in self.row.series[inner.index]]
        return [self.row.fields[inner.index]]

    def up(self) -> Field | None:
        outer = self.element.parent
        if outer is None:
            return None
        row = self.row.up if self.element.is_repeat else self.row
        return None if row is None else row.fields[outer.index]


class Row:
    """One row of a repeat, or the whole record outside any repeat.

    ``fields`` holds its nodes by element but for those of repeats inside it, whose rows are in ``series``;
    ``parked`` keeps surplus rows of a counted repeat. ``at`` is its place among its sisters, from 0.
    """

    __slots__ = ("at", "element", "fields", "id", "parked", "series", "up")

    def __init__(self, element: Element, up: Row | None, identity: str) -> None:
        self.element = element
        self.up = up
        self.id = identity
        self.at = 0
        self.fields: dict[int, Field] = {}
        self.series: dict[int, list[Row]] = {}
        self.parked: dict[int, list[Row]] = {}

    @property
    def field(self) -> Field:
        """The node of the row itself."""
        return self.fields[self.element.index]


class World:
    """What an expression may see: the record, the lists, the language and the environment."""

    __slots__ = ("environment", "lists", "session", "top")

    def __init__(self, session: Session, top: Row, lists: dict[str, Document], environment: Environment) -> None:
        self.session = session
        self.top = top
        self.lists = lists
        self.environment = environment


class Frame:
    """The context in which an expression is evaluated.

    ``node`` is the context node, ``current`` the node that the expression belongs to and ``row`` the row of
    that node; ``position`` and ``size`` are those of a predicate, 0 outside any.
    """

    __slots__ = ("current", "node", "position", "row", "size", "top", "world")

    def __init__(self, world: World, current: Field, node: Node) -> None:
        self.world = world
        self.top = world.top
        self.current = current
        self.row = current.row
        self.node = node
        self.position = 0
        self.size = 0
