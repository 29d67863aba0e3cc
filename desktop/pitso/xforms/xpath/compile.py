"""From the tree of an expression to closures over the nodes of a record, and what the expression depends on.

A path without predicates is resolved against the form's layout here, once: one that leads to a single node of
the present row or of a row around it becomes a look-up, one that crosses a repeat a walk over its rows. The
same walk notes what must wake the expression (ODK XForms: XPath Paths, A Big Deviation with XForms).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pitso.words import _
from pitso.xforms.instances import Document, Node, Table
from pitso.xforms.record import Frame
from pitso.xforms.schema import Element
from pitso.xforms.xpath.coerce import (
    Value,
    to_number,
)
from pitso.xforms.xpath.compiled import AnyWork, Compiled
from pitso.xforms.xpath.functions import FUNCTIONS, Function, compiled
from pitso.xforms.xpath.lookups import (
    Place,
    climbing,
    descendants,
    every_field,
    first_field,
    kept_by,
    number_among,
    one_field,
    row_number,
    shown_alone,
    slicing,
)
from pitso.xforms.xpath.operators import all_of, any_of, equality, product, relation, union
from pitso.xforms.xpath.parser import parse
from pitso.xforms.xpath.shapes import (
    asked_column,
    binds,
    bound_of_position,
    conditions,
    is_current,
    joined,
    looks_at_node,
    reads_position,
    signs_of,
    wanted_position,
)
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
)

if TYPE_CHECKING:
    from pitso.xforms.plan import Plan


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


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a relative path begins: an element at a row of ``depth`` repeats, or (element None) any node."""

    element: Element | None
    depth: int
    base: str
    shared: int
    in_predicate: bool = False


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
            parts = [self.expression(part, scope).boolean() for part in joined(tree, (operator,))]
            return Compiled("boolean", all_of(parts) if operator == "and" else any_of(parts))
        if operator in ("+", "-"):
            return self.addition(tree, scope)
        first, second = self.expression(tree.left, scope), self.expression(tree.right, scope)
        if operator in ("=", "!="):
            return Compiled("boolean", equality(operator, first, second))
        if operator in ("<", "<=", ">", ">="):
            return Compiled("boolean", relation(operator, first.scalar(), second.scalar()))
        if operator == "|":
            return Compiled("nodes", union(first.nodes(), second.nodes()))
        return Compiled("number", product(operator, first.number(), second.number()))

    def addition(self, tree: Binary, scope: _Scope) -> Compiled:
        """Sums of any length, as forms write them with a hundred questions."""
        parts = joined(tree, ("+", "-"))
        numbers = [self.expression(part, scope).number() for part in parts]
        if len(numbers) == 2:
            left, right = numbers
            if tree.operator == "+":
                return Compiled("number", lambda frame: left(frame) + right(frame))
            return Compiled("number", lambda frame: left(frame) - right(frame))
        signs = signs_of(tree, len(parts))
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
        places: list[Place]
        if path.absolute:
            if not steps:
                return Compiled("nodes", lambda frame: [frame.top.field])
            places, steps, chain = self.from_root(path, scope)
        elif path.start is None:
            if scope.element is None:
                return self.walk(lambda frame: [frame.node], steps, scope, None, 0)
            places = [Place(scope.element, scope.depth, scope.base, scope.depth, scope.shared)]
        elif isinstance(path.start, Call) and path.start.name == "current":
            self.arity(path.start, 0, 0)
            depth = len(self.element.chain)
            places = [Place(self.element, depth, "current", depth, depth)]
        else:
            start = self.expression(path.start, scope)
            return self.walk(start.nodes(), steps, scope, None, 0)
        for at, step in enumerate(steps):
            if step.predicates:
                return self.with_predicates(places, steps[at:], scope, path)
            following = steps[at + 1] if at + 1 < len(steps) else None
            bound = chain if binds(step, following) else ()
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

    def from_root(self, path: Path, scope: _Scope) -> tuple[list[Place], tuple[Step, ...], tuple[Element, ...]]:
        """Where an absolute path begins, its further steps, and the repeats whose present rows it stays in.

        In a predicate over nodes of the record those are the rows of the node being judged.
        """
        root = self.plan.root
        first, *others = path.steps
        if scope.in_predicate and scope.element is not None:
            chain = scope.element.chain
            start = Place(root, 0, "node", len(chain), scope.shared)
        else:
            chain = self.chain
            start = Place(root, 0, "current", len(self.element.chain), len(self.element.chain))
        if first.axis == "descendant":
            return [start], path.steps, chain
        if first.name not in (root.name, "*") or first.predicates:
            raise self.no_such(path, first)
        return [start], tuple(others), chain

    def step(self, place: Place, step: Step, bound: tuple[Element, ...] = ()) -> list[Place]:
        """The places that a step leads to; in the repeats *bound* it stays in the present row."""
        element = place.element
        if step.axis == "self":
            return [place] if step.name in ("*", element.name) else []
        if step.axis == "parent":
            outer = element.parent
            if outer is None or step.name not in ("*", outer.name):
                return []
            level = min(place.level, len(outer.chain))
            return [Place(outer, level, place.base, place.depth, place.shared)]
        if step.axis == "descendant":
            inner = [e for e in element.below() if e.name == step.name or (step.name == "*" and e.name[0] != "@")]
        elif step.name == "*":
            inner = [child for name, child in element.children.items() if name[0] != "@"]
        else:
            inner = [element.children[step.name]] if step.name in element.children else []
        return [self.down(place, found, bound) for found in inner]

    def down(self, place: Place, element: Element, bound: tuple[Element, ...]) -> Place:
        level = place.level
        stays = element.is_repeat and level == len(element.chain) - 1 and level < len(bound) and bound[level] is element
        return Place(element, level + stays, place.base, place.depth, place.shared)

    def at_places(self, places: list[Place], path: Path) -> Compiled:
        for place in places:
            self.note(place)
        if len(places) == 1:
            place = places[0]
            self.reached = place.element if place.element.is_repeat else None
            if place.level == len(place.element.chain):
                get = one_field(place)
                return Compiled("single", shown_alone(get), get)
            every = every_field(place)
            return Compiled("nodes", lambda frame: [found for found in every(frame) if found.shown])
        walks = [every_field(place) for place in places]
        return Compiled("nodes", lambda frame: [found for walk in walks for found in walk(frame) if found.shown])

    def note(self, place: Place, reach: Reach | None = None) -> None:
        """Remember that the expression reads this place."""
        level = min(place.level, place.shared if place.base == "node" else place.level)
        element = place.element
        if element is not self.plan.root:
            self.needs.add(Need("value", element, level, reach))
        if reach is None or reach.all_before:
            for repeat in element.chain[place.level :]:
                self.needs.add(Need("rows", repeat, level, reach))

    def with_predicates(self, places: list[Place], steps: Sequence[Step], scope: _Scope, path: Path) -> Compiled:
        """A path whose first remaining step has predicates: from here on nodes are filtered one by one."""
        step = steps[0]
        plain = Step(step.axis, step.name)
        found = [inner for place in places for inner in self.step(place, plain)]
        if not found:
            raise self.no_such(path, step)
        if len(found) > 1 or len(places) > 1:
            walks = [every_field(place) for place in found]
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
            picked = self.filtered(every_field(place), step.predicates, scope, place.element, shared)
        self.reached = place.element if len(steps) == 1 and place.element.is_repeat else None
        return self.walk(picked, steps[1:], scope, place.element, shared, place.level, reach)

    def picked(self, parent: Place, place: Place, step: Step, scope: _Scope) -> AnyWork | None:
        """Rows taken by number, without looking at the others; None where the predicate asks for more."""
        if len(step.predicates) != 1 or not place.element.is_repeat or place.level != len(place.element.chain) - 1:
            return None
        if parent.level != len(parent.element.chain) or parent.element is not place.element.parent:
            return None
        number = wanted_position(step.predicates[0])
        if number is None or looks_at_node(number):
            return None
        wanted = self.expression(number, scope)
        if wanted.kind != "number":
            return None
        which = wanted.number()
        row_of = climbing(place.base, place.depth - place.level)
        index = place.element.index

        def pick(frame: Frame) -> Value:
            rows = row_of(frame).series[index]
            at = which(frame)
            return [rows[int(at) - 1].field] if at == at and 1 <= at <= len(rows) and at == int(at) else []

        return pick

    def reach_of(self, predicates: Sequence[Expression], place: Place) -> Reach | None:
        """Which rows of its own repeat the predicate picks, None where it does not say."""
        if len(predicates) != 1 or place.level >= len(self.chain) or place.base != "current":
            return None
        repeat = place.element
        if self.chain[place.level] is not repeat:
            return None
        wanted = wanted_position(predicates[0])
        if wanted is not None:
            back = self.steps_back(wanted, repeat)
            return Reach(back, all_before=False) if back else None
        bound = bound_of_position(predicates[0])
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
                if path.absolute or (path.start is not None and not is_current(path.start)):
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
                return [below for node in nodes(frame) for below in descendants(node, name)]

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
        parts = conditions(first)
        for at, condition in enumerate(parts):
            column, wanted = asked_column(condition)
            if column is None or wanted is None:
                continue
            value = self.expression(wanted, scope).scalar()
            rest = [*parts[:at], *parts[at + 1 :]]
            if any(reads_position(part) for part in rest):
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
        bound = bound_of_position(predicate)
        if bound is not None and not looks_at_node(bound[1]):
            limit = self.expression(bound[1], scope).number()
            return slicing(bound[0], limit)
        test = self.expression(predicate, inner)
        if test.kind == "text" and test.constant:
            raise XPathFault(_("a predicate cannot be a text"), 1)
        return lambda frame, nodes: kept_by(frame, nodes, test)

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
            return Compiled("number", lambda frame: number_among(nodes(frame)))
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
            return Compiled("number", lambda frame: number_among(nodes(frame)))
        added = self.needs - before
        self.needs = before
        for need in added:
            element = need.element
            if element is not None and element.is_repeat:
                self.needs.add(Need("position", element, min(need.level, len(element.chain))))
        get = reached
        return Compiled("number", lambda frame: row_number(get(frame)))

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
        row_of = climbing("current", len(self.element.chain) - level)
        numbers: list[tuple[int, Callable[[Frame], float]]] = []
        reach: Reach | None = None
        for repeat in target.chain[level:]:
            tree = wanted.get(repeat, Number(1.0))
            numbers.append((repeat.index, self.expression(tree, scope).number()))
            if len(target.chain) == level + 1 and level < len(self.chain) and self.chain[level] is repeat:
                back = self.steps_back(tree, repeat)
                reach = Reach(back, all_before=False) if back else None
        place = Place(target, level, "current", len(self.element.chain), level)
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
        if isinstance(tree, Path) and (tree.start is None or is_current(tree.start)):
            places: list[Place] = []
            if tree.absolute:
                places, steps, _chain = self.from_root(tree, scope)
            else:
                steps = tree.steps
                start = self.element if tree.start is not None or scope.element is None else scope.element
                places = [Place(start, len(start.chain), "current", len(start.chain), 0)]
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
        get = first_field(Place(select, level, "current", len(self.element.chain), level))
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


def _check_pattern(pattern: str, column: int) -> None:
    try:
        compiled(pattern)
    except re.error as error:
        raise XPathFault(
            _("the pattern of regex() is not a regular expression: {fault}").format(fault=error.msg), column
        ) from error
