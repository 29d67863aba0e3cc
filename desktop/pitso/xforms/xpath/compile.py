"""From the tree of an expression to closures over the nodes of a record, and what the expression depends on.

A path without predicates is resolved against the form's layout here, once: one that leads to a single node of
the present row or of a row around it becomes a look-up, one that crosses a repeat a walk over its rows. The
same walk notes what must wake the expression (ODK XForms: XPath Paths, A Big Deviation with XForms).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pitso.words import _
from pitso.xforms.instances import Document, Item, Node, Table
from pitso.xforms.record import Field, Frame, Row
from pitso.xforms.schema import Element
from pitso.xforms.xpath.coerce import (
    NAN,
    Value,
    number_of_text,
    text_of_boolean,
    text_of_number,
    to_boolean,
    to_number,
    to_text,
)
from pitso.xforms.xpath.dates import days_at_midnight, days_of_moment, parse_date, parse_moment
from pitso.xforms.xpath.functions import FUNCTIONS, Function, compiled
from pitso.xforms.xpath.parser import parse
from pitso.xforms.xpath.tree import (
    Binary,
    Call,
    Expression,
    Filtered,
    Literal,
    Negation,
    Number,
    Path,
    Step,
    XPathFault,
    inside,
)

if TYPE_CHECKING:
    from pitso.xforms.plan import Plan

AnyWork = Callable[[Frame], Value]
RowOf = Callable[[Frame], Row]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an expression depends on.

    ``kind`` is ``value`` (the text of an element, or whether it is relevant), ``rows`` (which rows a repeat
    has), ``position`` (the row's own number) or ``language``. ``level`` is how many repeats the expression's
    node shares with what it reads: a change wakes the expression in that shared row only, level 0 in the
    whole record. With a ``reach`` it reads only
    some rows of its own repeat, so that a change wakes only the rows that look back at it.
    """

    kind: str
    element: Element | None
    level: int
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Which rows of its own repeat an expression reads:

    the one ``back`` places before its own, or all up to it.
    """

    back: int
    all_before: bool


@dataclass(slots=True)
class Compiled:
    """An expression ready to run.

    ``kind`` is text, number, boolean, nodes, single (one node of the record) or value (known when it runs).
    """

    kind: str
    work: AnyWork
    get: Callable[[Frame], Field] | None = None
    constant: bool = False

    def text(self) -> Callable[[Frame], str]:
        work = self.work
        if self.kind == "text":
            return work  # type: ignore[return-value]
        if self.kind == "single":
            get = self.get
            assert get is not None
            return lambda frame: get(frame).text
        if self.kind == "number":
            return lambda frame: text_of_number(work(frame))  # type: ignore[arg-type]
        if self.kind == "boolean":
            return lambda frame: text_of_boolean(work(frame))  # type: ignore[arg-type]
        return lambda frame: to_text(work(frame))

    def number(self) -> Callable[[Frame], float]:
        work = self.work
        if self.kind == "number":
            return work  # type: ignore[return-value]
        if self.kind in ("single", "text"):
            text = self.text()
            return lambda frame: number_of_text(text(frame))
        return lambda frame: to_number(work(frame))

    def boolean(self) -> Callable[[Frame], bool]:
        work = self.work
        if self.kind == "boolean":
            return work  # type: ignore[return-value]
        if self.kind == "text":
            return lambda frame: work(frame) != ""
        return lambda frame: to_boolean(work(frame))

    def nodes(self) -> Callable[[Frame], Sequence[Node]]:
        work = self.work

        def nodes(frame: Frame) -> Sequence[Node]:
            value = work(frame)
            return () if isinstance(value, str | float | bool) else value

        return work if self.kind in ("nodes", "single") else nodes  # type: ignore[return-value]

    def scalar(self) -> AnyWork:
        """The value with a single node already read as its text."""
        return self.text() if self.kind == "single" else self.work


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a relative path begins: an element at a row of ``depth`` repeats, or (element None) any node."""

    element: Element | None
    depth: int
    base: str
    shared: int
    in_predicate: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """An element reached by a path, with the first ``level`` of its repeats bound to rows of the base."""

    element: Element
    level: int
    base: str
    depth: int
    shared: int


@dataclass
class Expressions:
    """Compiles the expressions of one form."""

    plan: Plan
    trees: dict[str, Expression] = field(default_factory=dict)

    def compile(self, source: str, element: Element, *, of_repeat: bool = False) -> Result:
        """The closure of *source* in the context of *element*, and its needs.

        With *of_repeat* the context is the repeat as a whole (for its count), not one of its rows.

        Raises:
            XPathFault: the expression cannot be understood.
        """
        if source not in self.trees:
            self.trees[source] = parse(source)
        return _Compiler(self.plan, element, of_repeat).run(self.trees[source])

    def compile_item(self, source: str, element: Element, item: Element | None) -> Result:
        """The closure of a choice's value or label: relative to the *item*, ``current()`` being *element*."""
        if source not in self.trees:
            self.trees[source] = parse(source)
        compiler = _Compiler(self.plan, element, False)
        depth = len(item.chain) if item else 0
        compiler.scope = _Scope(item, depth, "node", 0, in_predicate=True)
        return compiler.run(self.trees[source])

    def item_element(self, source: str, element: Element) -> Element | None:
        """The repeat whose rows the item set *source* lists, None where it lists a secondary instance."""
        if source not in self.trees:
            self.trees[source] = parse(source)
        compiler = _Compiler(self.plan, element, False)
        compiler.run(self.trees[source])
        return compiler.reached


@dataclass(frozen=True, slots=True)
class Result:
    """A compiled expression, what it needs, and whether it may differ when nothing changed."""

    compiled: Compiled
    needs: frozenset[Need]
    volatile: bool


class _Compiler:
    def __init__(self, plan: Plan, element: Element, of_repeat: bool) -> None:
        self.plan = plan
        self.element = element
        self.chain = element.chain[:-1] if of_repeat else element.chain
        depth = len(element.chain)
        self.scope = _Scope(element, depth, "current", depth)
        self.needs: set[Need] = set()
        self.volatile = False
        self.reached: Element | None = None

    def run(self, tree: Expression) -> Result:
        result = self.expression(tree, self.scope)
        outermost = len(self.chain)
        for need in self.needs:
            if need.kind == "value" and need.level > outermost and need.element is not self.element:
                raise XPathFault(_("the number of rows cannot depend on what is inside a row"), 1)
        return Result(result, frozenset(self.needs), self.volatile)

    # --- expressions

    def expression(self, tree: Expression, scope: _Scope) -> Compiled:
        match tree:
            case Number(constant):
                return Compiled("number", lambda frame: constant, constant=True)
            case Literal(text):
                return Compiled("text", lambda frame: text, constant=True)
            case Negation(inner):
                number = self.expression(inner, scope).number()
                return Compiled("number", lambda frame: -number(frame))
            case Binary():
                return self.binary(tree, scope)
            case Path():
                return self.path(tree, scope)
            case Filtered(inner, predicates):
                nodes = self.expression(inner, scope).nodes()
                return Compiled("nodes", self.filtered(nodes, predicates, scope, None, 0))
            case Call():
                return self.call(tree, scope)

    def binary(self, tree: Binary, scope: _Scope) -> Compiled:
        operator = tree.operator
        if operator in ("and", "or"):
            parts = [self.expression(part, scope).boolean() for part in _joined(tree, (operator,))]
            return Compiled("boolean", _all(parts) if operator == "and" else _any(parts))
        if operator in ("+", "-"):
            return self.addition(tree, scope)
        first, second = self.expression(tree.left, scope), self.expression(tree.right, scope)
        if operator in ("=", "!="):
            return Compiled("boolean", _equality(operator, first, second))
        if operator in ("<", "<=", ">", ">="):
            return Compiled("boolean", _relation(operator, first.scalar(), second.scalar()))
        if operator == "|":
            return Compiled("nodes", _union(first.nodes(), second.nodes()))
        return Compiled("number", _product(operator, first.number(), second.number()))

    def addition(self, tree: Binary, scope: _Scope) -> Compiled:
        """Sums of any length, as forms write them with a hundred questions."""
        parts = _joined(tree, ("+", "-"))
        numbers = [self.expression(part, scope).number() for part in parts]
        if len(numbers) == 2:
            left, right = numbers
            if tree.operator == "+":
                return Compiled("number", lambda frame: left(frame) + right(frame))
            return Compiled("number", lambda frame: left(frame) - right(frame))
        signs = _signs(tree, len(parts))
        first, others = numbers[0], list(zip(signs, numbers[1:], strict=True))

        def add(frame: Frame) -> float:
            total = first(frame)
            for plus, number in others:
                total = total + number(frame) if plus else total - number(frame)
            return total

        return Compiled("number", add)

    # --- paths

    def path(self, path: Path, scope: _Scope) -> Compiled:
        steps = path.steps
        chain: tuple[Element, ...] = ()
        places: list[_Place]
        if path.absolute:
            if not steps:
                return Compiled("nodes", lambda frame: [frame.top.field])
            places, steps, chain = self.from_root(path, scope)
        elif path.start is None:
            if scope.element is None:
                return self.walk(lambda frame: [frame.node], steps, scope, None, 0)
            places = [_Place(scope.element, scope.depth, scope.base, scope.depth, scope.shared)]
        elif isinstance(path.start, Call) and path.start.name == "current":
            self.arity(path.start, 0, 0)
            depth = len(self.element.chain)
            places = [_Place(self.element, depth, "current", depth, depth)]
        else:
            start = self.expression(path.start, scope)
            return self.walk(start.nodes(), steps, scope, None, 0)
        for at, step in enumerate(steps):
            if step.predicates:
                return self.with_predicates(places, steps[at:], scope, path)
            following = steps[at + 1] if at + 1 < len(steps) else None
            bound = chain if _binds(step, following) else ()
            places = [found for place in places for found in self.step(place, step, bound)]
            if not places and scope.in_predicate:
                return self.nothing(step)
            if not places:
                raise self.no_such(path, step)
        return self.at_places(places, path)

    def nothing(self, step: Step) -> Compiled:
        """A path in a predicate that leads nowhere, as pyxform writes ``${x}`` over a row's own repeat."""
        self.plan.notes.append(
            _("A condition of “{question}” looks for “{name}” where it is not; there it counts as empty.").format(
                question=self.element.name, name=step.name
            )
        )
        return Compiled("nodes", lambda frame: ())

    def from_root(self, path: Path, scope: _Scope) -> tuple[list[_Place], tuple[Step, ...], tuple[Element, ...]]:
        """Where an absolute path begins, its further steps, and the repeats whose present rows it stays in.

        In a predicate over nodes of the record those are the rows of the node being judged.
        """
        root = self.plan.root
        first, *others = path.steps
        if scope.in_predicate and scope.element is not None:
            chain = scope.element.chain
            start = _Place(root, 0, "node", len(chain), scope.shared)
        else:
            chain = self.chain
            start = _Place(root, 0, "current", len(self.element.chain), len(self.element.chain))
        if first.axis == "descendant":
            return [start], path.steps, chain
        if first.name not in (root.name, "*") or first.predicates:
            raise self.no_such(path, first)
        return [start], tuple(others), chain

    def step(self, place: _Place, step: Step, bound: tuple[Element, ...] = ()) -> list[_Place]:
        """The places that a step leads to; in the repeats *bound* it stays in the present row."""
        element = place.element
        if step.axis == "self":
            return [place] if step.name in ("*", element.name) else []
        if step.axis == "parent":
            outer = element.parent
            if outer is None or step.name not in ("*", outer.name):
                return []
            level = min(place.level, len(outer.chain))
            return [_Place(outer, level, place.base, place.depth, place.shared)]
        if step.axis == "descendant":
            inner = [e for e in element.below() if e.name == step.name or (step.name == "*" and e.name[0] != "@")]
        elif step.name == "*":
            inner = [child for name, child in element.children.items() if name[0] != "@"]
        else:
            inner = [element.children[step.name]] if step.name in element.children else []
        return [self.down(place, found, bound) for found in inner]

    def down(self, place: _Place, element: Element, bound: tuple[Element, ...]) -> _Place:
        level = place.level
        stays = element.is_repeat and level == len(element.chain) - 1 and level < len(bound) and bound[level] is element
        return _Place(element, level + stays, place.base, place.depth, place.shared)

    def at_places(self, places: list[_Place], path: Path) -> Compiled:
        for place in places:
            self.note(place)
        if len(places) == 1:
            place = places[0]
            self.reached = place.element if place.element.is_repeat else None
            if place.level == len(place.element.chain):
                get = _single(place)
                return Compiled("single", _shown_alone(get), get)
            every = _every(place)
            return Compiled("nodes", lambda frame: [found for found in every(frame) if found.shown])
        walks = [_every(place) for place in places]
        return Compiled("nodes", lambda frame: [found for walk in walks for found in walk(frame) if found.shown])

    def note(self, place: _Place, reach: Reach | None = None) -> None:
        """Remember that the expression reads this place."""
        level = min(place.level, place.shared if place.base == "node" else place.level)
        element = place.element
        if element is not self.plan.root:
            self.needs.add(Need("value", element, level, reach))
        if reach is None or reach.all_before:
            for repeat in element.chain[place.level :]:
                self.needs.add(Need("rows", repeat, level, reach))

    def with_predicates(self, places: list[_Place], steps: Sequence[Step], scope: _Scope, path: Path) -> Compiled:
        """A path whose first remaining step has predicates: from here on nodes are filtered one by one."""
        step = steps[0]
        plain = Step(step.axis, step.name)
        found = [inner for place in places for inner in self.step(place, plain)]
        if not found:
            raise self.no_such(path, step)
        if len(found) > 1 or len(places) > 1:
            walks = [_every(place) for place in found]
            for place in found:
                self.note(place)
            nodes = self.filtered(
                lambda frame: [node for walk in walks for node in walk(frame)],
                step.predicates,
                scope,
                None,
                0,
            )
            return self.walk(nodes, steps[1:], scope, None, 0)
        place = found[0]
        shared = min(place.level, place.shared if place.base == "node" else place.level)
        reach = self.reach_of(step.predicates, place) if len(place.element.chain) == place.level + 1 else None
        self.note(place, reach)
        picked = self.picked(places[0], place, step, scope)
        if picked is None:
            picked = self.filtered(_every(place), step.predicates, scope, place.element, shared)
        self.reached = place.element if len(steps) == 1 and place.element.is_repeat else None
        return self.walk(picked, steps[1:], scope, place.element, shared, place.level, reach)

    def picked(self, parent: _Place, place: _Place, step: Step, scope: _Scope) -> AnyWork | None:
        """Rows taken by number, without looking at the others; None where the predicate asks for more."""
        if len(step.predicates) != 1 or not place.element.is_repeat or place.level != len(place.element.chain) - 1:
            return None
        if parent.level != len(parent.element.chain) or parent.element is not place.element.parent:
            return None
        number = _wanted_position(step.predicates[0])
        if number is None or _looks_at_node(number):
            return None
        wanted = self.expression(number, scope)
        if wanted.kind != "number":
            return None
        which = wanted.number()
        row_of = _row_of(place.base, place.depth - place.level)
        index = place.element.index

        def pick(frame: Frame) -> Value:
            rows = row_of(frame).series[index]
            at = which(frame)
            return [rows[int(at) - 1].field] if at == at and 1 <= at <= len(rows) and at == int(at) else []

        return pick

    def reach_of(self, predicates: Sequence[Expression], place: _Place) -> Reach | None:
        """Which rows of its own repeat the predicate picks, None where it does not say."""
        if len(predicates) != 1 or place.level >= len(self.chain) or place.base != "current":
            return None
        repeat = place.element
        if self.chain[place.level] is not repeat:
            return None
        wanted = _wanted_position(predicates[0])
        if wanted is not None:
            back = self.steps_back(wanted, repeat)
            return Reach(back, all_before=False) if back else None
        bound = _bound_of_position(predicates[0])
        if bound is None or bound[0] not in ("<", "<="):
            return None
        back = self.steps_back(bound[1], repeat)
        return None if back is None else Reach(back + (bound[0] == "<"), all_before=True)

    def steps_back(self, wanted: Expression, repeat: Element) -> int | None:
        """``position(..) - 1`` gives 1, ``position(..)`` 0, where ``..`` leads to a row of *repeat*."""
        match wanted:
            case Binary("-", inner, Number(number)) if number >= 0 and number == int(number):
                before = self.steps_back(inner, repeat)
                return None if before is None else before + int(number)
            case Call("position", (Path() as path,)):
                element: Element | None = self.element
                if path.absolute or (path.start is not None and not _is_current(path.start)):
                    return None
                for step in path.steps:
                    up = element is not None and step.axis == "parent" and not step.predicates
                    element = element.parent if element is not None and up else None
                return 0 if element is repeat else None
            case _:
                return None

    def walk(
        self,
        nodes: Callable[[Frame], Any],
        steps: Sequence[Step],
        scope: _Scope,
        element: Element | None,
        shared: int,
        level: int = 0,
        reach: Reach | None = None,
    ) -> Compiled:
        """Steps over nodes known only when the expression runs; *element* is what they are, if known."""
        for step in steps:
            inner = None
            if element is not None:
                inner = self.inner(element, step)
            if element is not None and inner is not None:
                if reach is not None and inner.chain == element.chain:
                    self.needs.add(Need("value", inner, shared, reach))
                else:
                    self.needs.add(Need("value", inner, shared))
                    for repeat in inner.chain[level:]:
                        self.needs.add(Need("rows", repeat, shared))
            nodes = self.dynamic_step(nodes, step, scope, inner, shared)
            element = inner
        last = nodes
        if element is None and not any(need.kind in ("value", "rows") for need in self.needs):
            return Compiled("nodes", last)
        return Compiled("nodes", lambda frame: [node for node in last(frame) if node.shown])

    def inner(self, element: Element, step: Step) -> Element | None:
        if step.axis == "self":
            return element
        if step.axis == "parent":
            return element.parent
        return element.children.get(step.name)

    def dynamic_step(
        self,
        nodes: Callable[[Frame], Sequence[Node]],
        step: Step,
        scope: _Scope,
        element: Element | None,
        shared: int,
    ) -> Callable[[Frame], Any]:
        name = step.name
        if step.axis == "self":
            moved: Callable[[Frame], Sequence[Node]] = nodes
        elif step.axis == "parent":

            def moved(frame: Frame) -> Sequence[Node]:
                ups = [node.up() for node in nodes(frame)]
                return list({id(up): up for up in ups if up is not None}.values())

        elif step.axis == "descendant":

            def moved(frame: Frame) -> Sequence[Node]:
                return [below for node in nodes(frame) for below in _below(node, name)]

        elif name == "*":

            def moved(frame: Frame) -> Sequence[Node]:
                return [kid for node in nodes(frame) for kid in node.children()]

        else:
            indexed = self.indexed(nodes, step, scope) if step.predicates else None
            if indexed is not None:
                return indexed

            def moved(frame: Frame) -> Sequence[Node]:
                found = nodes(frame)
                if len(found) == 1:
                    return found[0].child(name)
                return [kid for node in found for kid in node.child(name)]

        if not step.predicates:
            return moved
        return self.filtered(moved, step.predicates, scope, element, shared)

    def indexed(
        self, nodes: Callable[[Frame], Sequence[Node]], step: Step, scope: _Scope
    ) -> Callable[[Frame], Any] | None:
        """A step whose first predicate asks a column for equality: answered by the table's hash index."""
        first, *others = step.predicates
        conditions = _conditions(first)
        for at, condition in enumerate(conditions):
            column, wanted = _asked_column(condition)
            if column is None or wanted is None:
                continue
            value = self.expression(wanted, scope).scalar()
            rest = [*conditions[:at], *conditions[at + 1 :]]
            if any(_reads_position(part) for part in rest):
                continue
            return self.by_index(nodes, step, scope, column, value, [*rest, *others])
        return None

    def by_index(
        self,
        nodes: Callable[[Frame], Sequence[Node]],
        step: Step,
        scope: _Scope,
        column: str,
        value: AnyWork,
        rest: Sequence[Expression],
    ) -> Callable[[Frame], Any]:
        name = step.name
        narrowed = self.filter_of(rest, scope, None, 0) if rest else None
        general = self.filter_of(step.predicates, scope, None, 0)

        def look_up(frame: Frame) -> Sequence[Node]:
            found: list[Node] = []
            for node in nodes(frame):
                wanted = value(frame)
                if isinstance(node, Table) and name == node.item_name and isinstance(wanted, str | float):
                    rows: Sequence[Node] = (
                        node.where(column, wanted)
                        if isinstance(wanted, str)
                        else node.where_number(column, to_number(wanted))
                    )
                    found.extend(narrowed(frame, rows) if narrowed else rows)
                else:
                    found.extend(general(frame, node.child(name)))
            return found

        return look_up

    def filtered(
        self,
        nodes: Callable[[Frame], Any],
        predicates: Sequence[Expression],
        scope: _Scope,
        element: Element | None,
        shared: int,
    ) -> Callable[[Frame], Any]:
        narrow = self.filter_of(predicates, scope, element, shared)
        return lambda frame: narrow(frame, nodes(frame))

    def filter_of(
        self, predicates: Sequence[Expression], scope: _Scope, element: Element | None, shared: int
    ) -> Callable[[Frame, Sequence[Node]], Sequence[Node]]:
        """All *predicates* in turn over a list of nodes, each node being the context of the predicate."""
        depth = len(element.chain) if element else 0
        inner = _Scope(element, depth, "node", shared, in_predicate=True)
        filters = [self.one_filter(predicate, scope, inner) for predicate in predicates]

        def narrow(frame: Frame, nodes: Sequence[Node]) -> Sequence[Node]:
            for keep in filters:
                nodes = keep(frame, nodes)
            return nodes

        return narrow

    def one_filter(
        self, predicate: Expression, scope: _Scope, inner: _Scope
    ) -> Callable[[Frame, Sequence[Node]], Sequence[Node]]:
        bound = _bound_of_position(predicate)
        if bound is not None and not _looks_at_node(bound[1]):
            limit = self.expression(bound[1], scope).number()
            return _slice(bound[0], limit)
        test = self.expression(predicate, inner)
        if test.kind == "text" and test.constant:
            raise XPathFault(_("a predicate cannot be a text"), 1)
        return lambda frame, nodes: _kept(frame, nodes, test)

    def no_such(self, path: Path, step: Step) -> XPathFault:
        return XPathFault(_("“{name}” is not in the form").format(name=step.name), path.column)

    # --- calls

    def call(self, call: Call, scope: _Scope) -> Compiled:
        special = _SPECIAL.get(call.name)
        if special is not None:
            return special(self, call, scope)
        function = FUNCTIONS.get(call.name)
        if function is None:
            raise XPathFault(_("there is no function “{name}”").format(name=call.name), call.column)
        self.arity(call, function.least, function.most)
        self.volatile = self.volatile or function.volatile
        if call.name in ("format-date", "format-date-time"):
            self.needs.add(Need("language", None, 0))
        arguments = call.arguments
        if not arguments and call.name in ("string", "string-length", "normalize-space", "number"):
            arguments = (Path(False, None, (Step("self", "*"),), call.column),)
        if call.name == "regex" and isinstance(arguments[1], Literal):
            _check_pattern(arguments[1].text, call.column)
        if call.name == "weighted-checklist" and len(arguments) % 2:
            raise XPathFault(_("weighted-checklist() needs a weight for each answer"), call.column)
        return Compiled(function.gives, self.apply(function, arguments, scope))

    def apply(self, function: Function, arguments: Sequence[Expression], scope: _Scope) -> AnyWork:
        work = function.work
        ready = [self.argument(function, at, tree, scope) for at, tree in enumerate(arguments)]
        match ready:
            case []:
                return lambda frame: work(frame)
            case [first]:
                return lambda frame: work(frame, first(frame))
            case [first, second]:
                return lambda frame: work(frame, first(frame), second(frame))
            case _:
                return lambda frame: work(frame, *[argument(frame) for argument in ready])

    def argument(self, function: Function, at: int, tree: Expression, scope: _Scope) -> Callable[[Frame], Any]:
        made = self.expression(tree, scope)
        match function.letter(at):
            case "t":
                return made.text()
            case "n":
                return made.number()
            case "b":
                return made.boolean()
            case _ if function.work is FUNCTIONS["count"].work or function.work is FUNCTIONS["randomize"].work:
                return made.nodes() if at == 0 else made.scalar()
            case _:
                return made.work

    def arity(self, call: Call, least: int, most: int | None) -> None:
        given = len(call.arguments)
        if given < least or (most is not None and given > most):
            raise XPathFault(
                _("{name}() is given {given} arguments, which is not the number that it takes").format(
                    name=call.name, given=given
                ),
                call.column,
            )

    def if_(self, call: Call, scope: _Scope) -> Compiled:
        self.arity(call, 3, 3)
        condition = self.expression(call.arguments[0], scope).boolean()
        then, other = (self.expression(tree, scope) for tree in call.arguments[1:])
        kind = then.kind if then.kind == other.kind and then.kind != "single" else "value"
        yes, no = then.scalar(), other.scalar()
        return Compiled(kind, lambda frame: yes(frame) if condition(frame) else no(frame))

    def coalesce(self, call: Call, scope: _Scope) -> Compiled:
        self.arity(call, 1, None)
        texts = [self.expression(tree, scope).text() for tree in call.arguments]

        def first(frame: Frame) -> str:
            for text in texts:
                found = text(frame)
                if found:
                    return found
            return ""

        return Compiled("text", first)

    def once(self, call: Call, scope: _Scope) -> Compiled:
        self.arity(call, 1, 1)
        work = self.expression(call.arguments[0], scope).text()
        self.volatile = True
        return Compiled("text", lambda frame: frame.current.value or work(frame))

    def current(self, call: Call, scope: _Scope) -> Compiled:
        return self.path(Path(False, call, (), call.column), scope)

    def instance(self, call: Call, scope: _Scope) -> Compiled:
        self.arity(call, 1, 1)
        name = call.arguments[0]
        if not isinstance(name, Literal):
            raise XPathFault(_("instance() needs the name of a list in quotation marks"), call.column)
        return Compiled("nodes", self.document(name.text, call))

    def document(self, name: str, call: Call) -> Callable[[Frame], Sequence[Node]]:
        if name not in self.plan.lists and name not in self.plan.missing:
            raise XPathFault(_("the form has no list “{name}”").format(name=name), call.column)
        self.plan.used.add(name)
        return lambda frame: (frame.world.lists[name],)

    def pulldata(self, call: Call, scope: _Scope) -> Compiled:
        """``pulldata(list, column, key column, key)``, with or without ``.csv`` after the list's name."""
        self.arity(call, 4, 4)
        name = call.arguments[0]
        if not isinstance(name, Literal):
            raise XPathFault(_("pulldata() needs the name of a file in quotation marks"), call.column)
        document = self.document(name.text.removesuffix(".csv"), call)
        column, key, wanted = (self.expression(tree, scope).text() for tree in call.arguments[1:])

        def pull(frame: Frame) -> str:
            source = document(frame)[0]
            table = source.root if isinstance(source, Document) else None
            if not isinstance(table, Table):
                return ""
            found = table.where(key(frame), wanted(frame))
            return found[0].cell(column(frame)) if found else ""

        return Compiled("text", pull)

    def position(self, call: Call, scope: _Scope) -> Compiled:
        """``position(..)`` is the row's number, ``position()`` that of a predicate or the innermost row."""
        self.arity(call, 0, 1)
        if call.arguments:
            tree = call.arguments[0]
            if isinstance(tree, Path) and not any(step.predicates for step in tree.steps):
                return self.position_of(tree, scope)
            nodes = self.expression(tree, scope).nodes()
            return Compiled("number", lambda frame: _number_of(nodes(frame)))
        if scope.in_predicate:
            return Compiled("number", lambda frame: float(frame.position))
        if not self.chain:
            return Compiled("number", lambda frame: 1.0)
        self.needs.add(Need("position", self.chain[-1], len(self.chain)))
        return Compiled("number", lambda frame: float(frame.row.at + 1))

    def position_of(self, path: Path, scope: _Scope) -> Compiled:
        before = set(self.needs)
        made = self.path(path, scope)
        reached = made.get
        if made.kind != "single" or reached is None:
            nodes = made.nodes()
            return Compiled("number", lambda frame: _number_of(nodes(frame)))
        added = self.needs - before
        self.needs = before
        for need in added:
            element = need.element
            if element is not None and element.is_repeat:
                self.needs.add(Need("position", element, min(need.level, len(element.chain))))
        get = reached
        return Compiled("number", lambda frame: _place_of(get(frame)))

    def last(self, call: Call, scope: _Scope) -> Compiled:
        self.arity(call, 0, 0)
        return Compiled("number", lambda frame: float(frame.size))

    def indexed_repeat(self, call: Call, scope: _Scope) -> Compiled:
        """``indexed-repeat(node, repeat, number, ...)``:

        rows by number, level by level; an empty text where none is.
        """
        self.arity(call, 3, None)
        if len(call.arguments) % 2 == 0:
            raise XPathFault(_("indexed-repeat() needs a number for each repeat"), call.column)
        target = self.element_of(call.arguments[0], scope, call)
        wanted: dict[Element, Expression] = {}
        for repeat, number in zip(call.arguments[1::2], call.arguments[2::2], strict=True):
            element = self.element_of(repeat, scope, call)
            if element not in target.chain:
                raise XPathFault(
                    _("indexed-repeat(): “{repeat}” is not around “{name}”").format(
                        repeat=element.name, name=target.name
                    ),
                    call.column,
                )
            wanted[element] = number
        level = 0
        while (
            level < min(len(self.chain), len(target.chain))
            and self.chain[level] is target.chain[level]
            and target.chain[level] not in wanted
        ):
            level += 1
        return self.rows_by_number(target, level, wanted, scope)

    def rows_by_number(
        self, target: Element, level: int, wanted: Mapping[Element, Expression], scope: _Scope
    ) -> Compiled:
        row_of = _row_of("current", len(self.element.chain) - level)
        numbers: list[tuple[int, Callable[[Frame], float]]] = []
        reach: Reach | None = None
        for repeat in target.chain[level:]:
            tree = wanted.get(repeat, Number(1.0))
            numbers.append((repeat.index, self.expression(tree, scope).number()))
            if len(target.chain) == level + 1 and level < len(self.chain) and self.chain[level] is repeat:
                back = self.steps_back(tree, repeat)
                reach = Reach(back, all_before=False) if back else None
        place = _Place(target, level, "current", len(self.element.chain), level)
        self.note(place, reach)
        index = target.index

        def find(frame: Frame) -> str:
            row = row_of(frame)
            for repeat, number in numbers:
                rows, at = row.series[repeat], number(frame)
                if at != at or not 1 <= at <= len(rows):
                    return ""
                row = rows[int(at) - 1]
            return row.fields[index].text

        return Compiled("text", find)

    def element_of(self, tree: Expression, scope: _Scope, call: Call) -> Element:
        """The element that a plain path names, whatever the row."""
        if isinstance(tree, Path) and (tree.start is None or _is_current(tree.start)):
            places: list[_Place] = []
            if tree.absolute:
                places, steps, _chain = self.from_root(tree, scope)
            else:
                steps = tree.steps
                start = self.element if tree.start is not None or scope.element is None else scope.element
                places = [_Place(start, len(start.chain), "current", len(start.chain), 0)]
            for step in steps:
                places = [found for place in places for found in self.step(place, step)]
            if len(places) >= 1:
                return places[0].element
        raise XPathFault(_("{name}() needs the path of a question").format(name=call.name), call.column)

    def choice_name(self, call: Call, scope: _Scope) -> Compiled:
        """The label of a choice in the language being spoken; the second argument names the select."""
        self.arity(call, 2, 2)
        value = self.expression(call.arguments[0], scope).text()
        named = call.arguments[1]
        tree = parse(named.text) if isinstance(named, Literal) else named
        select = self.element_of(tree, scope, call)
        self.needs.add(Need("language", None, 0))
        level = 0
        while level < min(len(self.chain), len(select.chain)) and self.chain[level] is select.chain[level]:
            level += 1
        get = _first_of(_Place(select, level, "current", len(self.element.chain), level))
        self.plan.named_selects.add(select.index)

        def name(frame: Frame) -> str:
            found = get(frame)
            return "" if found is None else frame.world.session.choice_label(found, value(frame))

        return Compiled("text", name)

    def itext(self, call: Call, scope: _Scope) -> Compiled:
        self.arity(call, 1, 1)
        identity = self.expression(call.arguments[0], scope).text()
        self.needs.add(Need("language", None, 0))
        return Compiled("text", lambda frame: frame.world.session.itext(identity(frame), frame.current))


_SPECIAL: dict[str, Callable[[_Compiler, Call, _Scope], Compiled]] = {
    "if": _Compiler.if_,
    "coalesce": _Compiler.coalesce,
    "once": _Compiler.once,
    "current": _Compiler.current,
    "instance": _Compiler.instance,
    "pulldata": _Compiler.pulldata,
    "position": _Compiler.position,
    "last": _Compiler.last,
    "indexed-repeat": _Compiler.indexed_repeat,
    "jr:choice-name": _Compiler.choice_name,
    "jr:itext": _Compiler.itext,
}

NAMES = frozenset(FUNCTIONS) | frozenset(_SPECIAL)
"""Every function of the dialect."""


def _row_of(base: str, climbs: int) -> RowOf:
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


def _single(place: _Place) -> Callable[[Frame], Field]:
    index, climbs = place.element.index, place.depth - place.level
    if place.level == 0:
        return lambda frame: frame.top.fields[index]
    if place.base == "current" and climbs == 0:
        return lambda frame: frame.row.fields[index]
    row_of = _row_of(place.base, climbs)
    return lambda frame: row_of(frame).fields[index]


def _shown_alone(get: Callable[[Frame], Field]) -> AnyWork:
    def alone(frame: Frame) -> Value:
        found = get(frame)
        return [found] if found.shown else []

    return alone


def _every(place: _Place) -> Callable[[Frame], list[Field]]:
    """Every node of a place, those that are not relevant included."""
    index = place.element.index
    if place.level == len(place.element.chain):
        get = _single(place)
        return lambda frame: [get(frame)]
    repeats = [repeat.index for repeat in place.element.chain[place.level :]]
    row_of: RowOf = (lambda frame: frame.top) if place.level == 0 else _row_of(place.base, place.depth - place.level)
    if len(repeats) == 1:
        only = repeats[0]
        return lambda frame: [row.fields[index] for row in row_of(frame).series[only]]

    def every(frame: Frame) -> list[Field]:
        rows = [row_of(frame)]
        for repeat in repeats:
            rows = [inner for row in rows for inner in row.series[repeat]]
        return [row.fields[index] for row in rows]

    return every


def _first_of(place: _Place) -> Callable[[Frame], Field | None]:
    every = _every(place)

    def first(frame: Frame) -> Field | None:
        found = every(frame)
        return found[0] if found else None

    return first


def _below(node: Node, name: str) -> list[Node]:
    found: list[Node] = []
    for kid in node.children():
        if name in ("*", kid.name):
            found.append(kid)
        found.extend(_below(kid, name))
    return found


def _kept(frame: Frame, nodes: Sequence[Node], test: Compiled) -> Sequence[Node]:
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


def _number_of(nodes: Sequence[Node]) -> float:
    if not nodes:
        return NAN
    node = nodes[0]
    if isinstance(node, Field):
        return _place_of(node)
    return float(node.position + 1) if isinstance(node, Item) else 1.0


def _place_of(found: Field) -> float:
    return float(found.row.at + 1) if found.element.is_repeat else 1.0


def _is_current(tree: Expression) -> bool:
    return isinstance(tree, Call) and tree.name == "current"


def _binds(step: Step, following: Step | None) -> bool:
    """Does an absolute path stay in the present row at this step?

    Not where rows are picked by predicate, nor where the path ends at the repeat itself, nor where the next
    step filters by the number of its row.
    """
    if following is None or step.predicates:
        return False
    return not any(_asks_row_number(predicate) for predicate in following.predicates)


def _asks_row_number(tree: Expression) -> bool:
    if isinstance(tree, Call) and tree.name == "position" and tree.arguments:
        argument = tree.arguments[0]
        return isinstance(argument, Path) and argument.start is None and not argument.absolute
    return any(_asks_row_number(part) for part in inside(tree))


def _wanted_position(predicate: Expression) -> Expression | None:
    """The number in ``[number]`` or ``[position() = number]``."""
    match predicate:
        case Binary("=", Call("position", ()), number) | Binary("=", number, Call("position", ())):
            return number
        case Number() | Binary("+" | "-" | "*" | "div" | "mod", _, _):
            return predicate
        case Call(name, _) if name in FUNCTIONS and FUNCTIONS[name].gives == "number":
            return predicate
        case Call("position", (_,)):
            return predicate
        case _:
            return None


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _bound_of_position(predicate: Expression) -> tuple[str, Expression] | None:
    """The operator and the number in ``[position() <= number]`` and its like."""
    match predicate:
        case Binary("<" | "<=" | ">" | ">=" as operator, Call("position", ()), number):
            return operator, number
        case Binary("<" | "<=" | ">" | ">=" as operator, number, Call("position", ())):
            return _MIRRORED[operator], number
        case _:
            return None


def _slice(operator: str, limit: Callable[[Frame], float]) -> Callable[[Frame, Sequence[Node]], Sequence[Node]]:
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


def _looks_at_node(tree: Expression) -> bool:
    """Does the expression read the node of the predicate that it stands in?"""
    match tree:
        case Path(False, None, _, _):
            return True
        case Path(_, start, _, _) if start is not None and not _is_current(start):
            return _looks_at_node(start)
        case Path():
            return False
        case Call("position" | "last" | "string" | "number" | "string-length" | "normalize-space", ()):
            return True
        case _:
            return any(_looks_at_node(part) for part in inside(tree))


def _conditions(predicate: Expression) -> list[Expression]:
    """The parts that ``and`` joins."""
    return _joined(predicate, ("and",))


def _asked_column(condition: Expression) -> tuple[str | None, Expression | None]:
    """``name = value`` where the value does not look at the row: the column and the value."""
    if not isinstance(condition, Binary) or condition.operator != "=":
        return None, None
    for side, other in ((condition.left, condition.right), (condition.right, condition.left)):
        column = _column(side)
        if column is not None and not _looks_at_node(other):
            return column, other
    return None, None


def _column(tree: Expression) -> str | None:
    match tree:
        case Path(False, None, (Step("child", name, ()),), _) if name != "*":
            return name
        case Path(False, None, (Step("self", "*", ()), Step("child", name, ())), _) if name != "*":
            return name
        case _:
            return None


def _reads_position(tree: Expression) -> bool:
    if isinstance(tree, Call) and tree.name in ("position", "last") and not tree.arguments:
        return True
    return any(_reads_position(part) for part in inside(tree))


def _check_pattern(pattern: str, column: int) -> None:
    try:
        compiled(pattern)
    except re.error as error:
        raise XPathFault(
            _("the pattern of regex() is not a regular expression: {fault}").format(fault=error.msg), column
        ) from error


# --- operators


def _joined(tree: Expression, operators: tuple[str, ...]) -> list[Expression]:
    """The operands of a chain of *operators*, without descending once for each of them."""
    parts: list[Expression] = []
    while isinstance(tree, Binary) and tree.operator in operators:
        parts.append(tree.right)
        tree = tree.left
    parts.append(tree)
    return parts[::-1]


def _signs(tree: Expression, many: int) -> list[bool]:
    """For each operand after the first: is it added rather than taken away?"""
    signs = []
    for _operand in range(many - 1):
        assert isinstance(tree, Binary)
        signs.append(tree.operator == "+")
        tree = tree.left
    return signs[::-1]


def _all(parts: list[Callable[[Frame], bool]]) -> Callable[[Frame], bool]:
    if len(parts) == 2:
        left, right = parts
        return lambda frame: left(frame) and right(frame)
    return lambda frame: all(part(frame) for part in parts)


def _any(parts: list[Callable[[Frame], bool]]) -> Callable[[Frame], bool]:
    if len(parts) == 2:
        left, right = parts
        return lambda frame: left(frame) or right(frame)
    return lambda frame: any(part(frame) for part in parts)


def _equality(operator: str, first: Compiled, second: Compiled) -> Callable[[Frame], bool]:
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


def _relation(operator: str, left: AnyWork, right: AnyWork) -> Callable[[Frame], bool]:
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


def _union(left: Callable[[Frame], Sequence[Node]], right: Callable[[Frame], Sequence[Node]]) -> AnyWork:
    def union(frame: Frame) -> Value:
        return list({id(node): node for node in (*left(frame), *right(frame))}.values())

    return union


def _product(
    operator: str, left: Callable[[Frame], float], right: Callable[[Frame], float]
) -> Callable[[Frame], float]:
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
