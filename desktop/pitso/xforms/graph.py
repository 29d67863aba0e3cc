"""One graph for all that a form computes: in which order, and what an answer wakes.

Its knots are layout elements, not nodes: what holds for a question holds in every row. An edge remembers how
many repeats the reader shares with what it reads, so that a change in one row wakes that row only, unless an
aggregate reads across.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pitso.words import _
from pitso.xforms.faults import FormTrouble
from pitso.xforms.plan import Action, Control, Plan
from pitso.xforms.record import Frame
from pitso.xforms.schema import Element
from pitso.xforms.texts import Text
from pitso.xforms.xpath.coerce import NAN, Value, number_of_text, text_of_number, to_text
from pitso.xforms.xpath.compile import Expressions, Need, Reach, Result
from pitso.xforms.xpath.dates import date_of_days
from pitso.xforms.xpath.tree import XPathFault

COLUMNS = {
    "relevant": "relevant",
    "calculate": "calculation",
    "constraint": "constraint",
    "required": "required",
    "readonly": "readonly",
    "count": "repeat_count",
    "offered": "choice_filter",
    "label": "label",
    "action": "default",
}
"""The column of the survey sheet in which each expression is written."""

Knot = tuple[str, int]


@dataclass(slots=True, eq=False)
class Rule:
    """One expression of one element.

    ``aspect`` is a key of `COLUMNS`; ``rank`` its place in the order of work.
    """

    index: int
    element: Element
    aspect: str
    work: Callable[[Frame], Any]
    needs: frozenset[Need]
    volatile: bool
    rank: int = 0
    band: int = 0
    """The rank by which it is taken up: its own, or one that it shares with rules that it takes turns with."""
    turns: int = 0
    """How many repeats deep the rows are through which it takes turns with the other rules of its band, else 0."""

    @property
    def chain(self) -> tuple[Element, ...]:
        """The repeats in whose rows the rule is evaluated; a count stands outside its own repeat."""
        return self.element.chain[:-1] if self.aspect == "count" else self.element.chain


@dataclass(frozen=True, slots=True)
class Wake:
    """Which rule a change wakes: from the row ``climbs`` further out down through the repeats of ``down``."""

    rule: Rule
    level: int
    down: tuple[int, ...]
    reach: Reach | None


@dataclass(slots=True, eq=False)
class Choosing:
    """A select's list: the nodes on offer, and the name and label of each."""

    nodes: Callable[[Frame], Any]
    name: Callable[[Frame], str]
    label: Callable[[Frame], str]
    name_column: str
    label_column: str
    itext_column: str
    whole: str
    """The id of the list where all of it is on offer in its order, an empty text for any other item set."""


@dataclass(slots=True)
class Graph:
    """The rules in the order of work, who is woken by what, and the other expressions of the form."""

    rules: list[Rule]
    values: dict[int, list[Wake]] = field(default_factory=dict)
    rows: dict[int, list[Wake]] = field(default_factory=dict)
    positions: dict[int, list[Wake]] = field(default_factory=dict)
    speakers: list[Rule] = field(default_factory=list)
    within: dict[int, list[Rule]] = field(default_factory=dict)
    """The rules evaluated once in each row of a repeat (by its element; the root's for the record)."""
    of_field: dict[int, list[Rule]] = field(default_factory=dict)
    outputs: dict[tuple[int, str], Callable[[Frame], str]] = field(default_factory=dict)
    choosing: dict[int, Choosing] = field(default_factory=dict)
    on_change: dict[int, list[tuple[Action, Callable[[Frame], str]]]] = field(default_factory=dict)
    on_new_row: dict[int, list[tuple[Action, Callable[[Frame], str]]]] = field(default_factory=dict)
    on_first_load: list[tuple[Action, Callable[[Frame], str]]] = field(default_factory=list)
    on_load: list[tuple[Action, Callable[[Frame], str]]] = field(default_factory=list)
    volatile: set[int] = field(default_factory=set)
    members: dict[int, tuple[tuple[Element, ...], tuple[Element, ...]]] = field(default_factory=dict)
    """For the root and each repeat: the elements of one row, and the repeats that begin in it."""


def build(plan: Plan) -> Graph:
    """The graph of a form.

    Raises:
        FormTrouble: an expression cannot be understood, or values wait for each other in a circle.
    """
    return _Building(plan).graph()


class _Building:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.expressions = Expressions(plan)
        self.rules: list[Rule] = []
        self.made = Graph(self.rules)

    def graph(self) -> Graph:
        self.rows_of(self.plan.root)
        for element in self.plan.elements:
            self.rules_of(element)
        for control in self.plan.controls.values():
            self.of_control(control)
        for index, texts in self.plan.group_texts.items():
            self.shown_texts(self.plan.elements[index], texts)
        for action in self.plan.actions:
            self.action(action)
        self.order()
        self.wakes()
        return self.made

    def rows_of(self, start: Element) -> None:
        members: list[Element] = [start]
        repeats: list[Element] = []
        pending = list(reversed(start.children.values()))
        while pending:
            element = pending.pop()
            if element.is_repeat:
                repeats.append(element)
            else:
                members.append(element)
                pending.extend(reversed(element.children.values()))
        self.made.members[start.index] = (tuple(members), tuple(repeats))
        self.made.within.setdefault(start.index, [])
        for repeat in repeats:
            self.rows_of(repeat)

    # --- expressions

    def compile(self, source: str, element: Element, aspect: str) -> Result:
        return self.guarded(
            source,
            element,
            aspect,
            lambda: self.expressions.compile(source, element, of_repeat=aspect == "count"),
        )

    def guarded(self, source: str, element: Element, aspect: str, work: Callable[[], Result]) -> Result:
        try:
            return work()
        except RecursionError:
            return self.guarded(source, element, aspect, _too_deep)
        except XPathFault as fault:
            raise FormTrouble(
                _("The {column} of “{question}” is not understood: {fault} (character {at} of {source}).").format(
                    column=COLUMNS[aspect],
                    question=element.name,
                    fault=fault.message,
                    at=fault.column,
                    source=source,
                ),
                _("Correct the expression in the survey sheet."),
                sheet="survey",
                column=COLUMNS[aspect],
                question=element.path,
            ) from fault

    def rule(
        self,
        element: Element,
        aspect: str,
        work: Callable[[Frame], Any],
        result: Result,
        *,
        more: frozenset[Need],
    ) -> None:
        rule = Rule(len(self.rules), element, aspect, work, result.needs | more, result.volatile)
        self.rules.append(rule)

    def rules_of(self, element: Element) -> None:
        nothing: frozenset[Need] = frozenset()
        own = frozenset({Need("value", element, len(element.chain))})
        for aspect in ("relevant", "required", "readonly"):
            source = getattr(element, aspect)
            if source and source not in ("true()", "false()"):
                result = self.compile(source, element, aspect)
                self.rule(element, aspect, result.compiled.boolean(), result, more=nothing)
        if element.relevant in ("true()", "false()"):
            result = self.compile(element.relevant, element, "relevant")
            self.rule(element, "relevant", result.compiled.boolean(), result, more=nothing)
        if element.constraint:
            result = self.compile(element.constraint, element, "constraint")
            self.rule(element, "constraint", result.compiled.boolean(), result, more=own)
        if element.calculate:
            result = self.compile(element.calculate, element, "calculate")
            self.rule(element, "calculate", _stored(element, result), result, more=nothing)
            if result.volatile:
                self.made.volatile.add(element.index)
        if element.index in self.plan.counts:
            source = self.plan.counts[element.index]
            result = self.compile(source, element, "count")
            self.rule(element, "count", result.compiled.number(), result, more=nothing)

    # --- what the body shows

    def of_control(self, control: Control) -> None:
        element = control.element
        texts = [control.label, control.hint]
        for aspect in ("constraint", "required"):
            if (element.index, aspect) in self.plan.messages:
                texts.append(self.plan.messages[element.index, aspect])
        self.shown_texts(element, texts)
        if control.itemset is not None:
            self.choices(element, control)

    def shown_texts(self, element: Element, texts: tuple[Text, ...] | list[Text]) -> None:
        needs: set[Need] = set()
        for text in texts:
            needs |= self.outputs(element, text)
        if needs:
            rule = Rule(len(self.rules), element, "label", lambda frame: None, frozenset(needs), volatile=False)
            self.rules.append(rule)

    def outputs(self, element: Element, text: Text) -> set[Need]:
        needs: set[Need] = set()
        for source in sorted(text.sources()):
            result = self.compile(source, element, "label")
            self.made.outputs[element.index, source] = result.compiled.text()
            needs |= result.needs
        return needs

    def choices(self, element: Element, control: Control) -> None:
        itemset = control.itemset
        assert itemset is not None
        listed = self.compile(itemset.nodeset, element, "offered")
        item = self.expressions.item_element(itemset.nodeset, element)

        def of_item(source: str) -> Result:
            return self.guarded(
                source, element, "offered", lambda: self.expressions.compile_item(source, element, item)
            )

        name = of_item(itemset.value)
        itext = itemset.label.startswith("jr:itext(") and itemset.label.endswith(")")
        itext_column = itemset.label[9:-1].strip() if itext else ""
        label = of_item(itemset.label)
        dynamic = bool(listed.needs) and (itemset.nodeset.find("[") >= 0 or item is not None)
        self.made.choosing[element.index] = Choosing(
            nodes=listed.compiled.nodes(),
            name=name.compiled.text(),
            label=label.compiled.text(),
            name_column=_plain(itemset.value),
            label_column=_plain(itemset.label),
            itext_column=_plain(itext_column),
            whole=_whole_list(itemset.nodeset),
        )
        needs = set(listed.needs)
        if itext_column:
            needs |= self.labels_with_outputs(element, itemset.nodeset)
        if item is not None:
            level = min((need.level for need in listed.needs), default=0)
            for result in (name, label):
                needs |= {Need(need.kind, need.element, min(level, need.level)) for need in result.needs}
        if dynamic:
            rule = Rule(len(self.rules), element, "offered", lambda frame: None, frozenset(needs), volatile=False)
            self.rules.append(rule)
        elif needs:
            rule = Rule(len(self.rules), element, "label", lambda frame: None, frozenset(needs), volatile=False)
            self.rules.append(rule)

    def labels_with_outputs(self, element: Element, nodeset: str) -> set[Need]:
        """The needs of choices that show values, compiled for the question at which they are shown."""
        question = self.plan.questions.get(element.path)
        needs: set[Need] = set()
        if question is None or question.choice_list not in self.plan.lists:
            return needs
        for text in self.plan.spoken_in_list(question.choice_list):
            needs |= self.outputs(element, text)
        return needs

    # --- actions

    def action(self, action: Action) -> None:
        if action.expression:
            result = self.compile(action.expression, action.target, "action")
            work = _stored(action.target, result)
        else:
            literal = action.literal

            def work(frame: Frame) -> str:
                return literal

        ready = (action, work)
        if "xforms-value-changed" in action.events and action.source is not None:
            self.made.on_change.setdefault(action.source.index, []).append(ready)
        if "odk-new-repeat" in action.events and action.target.chain:
            container = action.source if action.source is not None and action.source.is_repeat else None
            repeat = container if container in action.target.chain else action.target.chain[-1]
            assert repeat is not None
            self.made.on_new_row.setdefault(repeat.index, []).append(ready)
        if action.events & {"odk-instance-first-load", "xforms-ready"}:
            self.made.on_first_load.append(ready)
        if "odk-instance-load" in action.events:
            self.made.on_load.append(ready)

    # --- order

    def order(self) -> None:
        """Rank the rules so that each comes after what it reads; refuse circles.

        A count may look at its own rows ("another one?"): where only that closes a circle, the count is left
        to come round again when its rows change.
        """
        edges = list(self.edges(counts=True))
        if self.ranked(edges) is not None:
            edges = list(self.edges(counts=False))
            circle = self.ranked(edges)
            if circle is not None:
                raise circle
        self.take_turns(edges)

    def take_turns(self, edges: list[tuple[Knot, Knot]]) -> None:
        """Let rules that carry a value from row to row be worked off row by row, not rule by rule."""
        for rule in self.rules:
            rule.band = rule.rank
        back = [
            (("value", need.element.index), ("rule", rule.index), need.element)
            for rule in self.rules
            for need in rule.needs
            if need.kind == "value" and need.element is not None and need.reach is not None and need.reach.back > 0
        ]
        if not back:
            return
        every = [*edges, *((before, then) for before, then, _element in back)]
        after, ahead = _neighbours(every), _neighbours((then, before) for before, then in every)
        for _before, knot, element in back:
            ring = _reached(knot, after) & _reached(knot, ahead)
            rules = [self.rules[index] for kind, index in ring if kind == "rule"]
            band = max((rule.band for rule in rules), default=0)
            for rule in rules:
                rule.band, rule.turns = band, len(element.chain)

    def ranked(self, edges: list[tuple[Knot, Knot]]) -> FormTrouble | None:
        """Rank by Kahn's algorithm; the trouble to tell where a circle is left over."""
        after: dict[Knot, list[Knot]] = {}
        waiting: dict[Knot, int] = {("rule", rule.index): 0 for rule in self.rules}
        for before, then in edges:
            after.setdefault(before, []).append(then)
            waiting[then] = waiting.get(then, 0) + 1
            waiting.setdefault(before, 0)
        free = [knot for knot, many in waiting.items() if many == 0]
        rank = 0
        while free:
            knot = free.pop()
            if knot[0] == "rule":
                self.rules[knot[1]].rank = rank
                rank += 1
            for then in after.get(knot, ()):
                waiting[then] -= 1
                if waiting[then] == 0:
                    free.append(then)
        left = {knot for knot, many in waiting.items() if many > 0}
        return self.circle(left, after) if left else None

    def edges(self, *, counts: bool) -> Iterator[tuple[Knot, Knot]]:
        """What must come before what; with *counts*, a count before whatever reads its rows."""
        for element in self.plan.elements:
            shown = ("shown", element.index)
            if element.parent is not None:
                yield ("shown", element.parent.index), shown
            yield shown, ("value", element.index)
            if element.is_repeat:
                yield shown, ("rows", element.index)
        for rule in self.rules:
            knot = ("rule", rule.index)
            gives = {"calculate": "value", "offered": "value", "relevant": "shown", "count": "rows"}.get(rule.aspect)
            if gives and (counts or rule.aspect != "count"):
                yield knot, (gives, rule.element.index)
            for need in rule.needs:
                if need.element is None or (need.reach is not None and need.reach.back > 0):
                    # Rows before its own are worked out before it, one after the other.
                    continue
                if need.kind == "value":
                    yield ("value", need.element.index), knot
                elif need.kind == "rows":
                    yield ("rows", need.element.index), knot

    def circle(self, left: set[Knot], after: Mapping[Knot, list[Knot]]) -> FormTrouble:
        before: dict[Knot, Knot] = {}
        for knot in left:
            for then in after.get(knot, ()):
                if then in left:
                    before[then] = knot
        knot = next(iter(before))
        walked: list[Knot] = []
        while knot not in walked:
            walked.append(knot)
            knot = before[knot]
        ring = list(reversed(walked[walked.index(knot) :]))
        rules = [self.rules[index] for kind, index in ring if kind == "rule"]
        first = min(range(len(rules)), key=lambda at: rules[at].element.index)
        rules = rules[first:] + rules[:first]
        names = list(dict.fromkeys(rule.element.name for rule in rules))
        return FormTrouble(
            _("These questions wait for each other in a circle: {names}.").format(names=" → ".join([*names, names[0]])),
            _("Take one of them out of the {column} of another.").format(column=COLUMNS[rules[0].aspect]),
            sheet="survey",
            column=COLUMNS[rules[0].aspect],
            question=rules[0].element.path,
        )

    def wakes(self) -> None:
        by_kind = {"value": self.made.values, "rows": self.made.rows, "position": self.made.positions}
        for rule in self.rules:
            self.made.of_field.setdefault(rule.element.index, []).append(rule)
            if rule.aspect != "label":
                home = rule.chain[-1] if rule.chain else self.plan.root
                self.made.within[home.index].append(rule)
            for need in rule.needs:
                if need.kind == "language":
                    self.made.speakers.append(rule)
                    continue
                assert need.element is not None
                level = min(need.level, len(rule.chain))
                down = tuple(repeat.index for repeat in rule.chain[level:])
                if need.reach is not None:
                    down = tuple(repeat.index for repeat in rule.chain[level + 1 :])
                wake = Wake(rule, level, down, need.reach)
                by_kind[need.kind].setdefault(need.element.index, []).append(wake)
        for rules in self.made.within.values():
            rules.sort(key=lambda rule: rule.rank)


def _neighbours(edges: Iterable[tuple[Knot, Knot]]) -> dict[Knot, list[Knot]]:
    found: dict[Knot, list[Knot]] = {}
    for one, other in edges:
        found.setdefault(one, []).append(other)
    return found


def _reached(start: Knot, neighbours: Mapping[Knot, list[Knot]]) -> set[Knot]:
    """All knots to which a way of at least one edge leads from *start*."""
    found: set[Knot] = set()
    pending = [start]
    while pending:
        for knot in neighbours.get(pending.pop(), ()):
            if knot not in found:
                found.add(knot)
                pending.append(knot)
    return found


def _whole_list(nodeset: str) -> str:
    match = re.fullmatch(r"""\s*instance\((['"])([^'"]+)\1\)/root/item\s*""", nodeset)
    return match.group(2) if match else ""


def _too_deep() -> Result:
    raise XPathFault(_("the expression is nested too deeply"), 1)


def _plain(source: str) -> str:
    """The column that a plain name stands for, an empty text for any other expression."""
    name = source.strip().removeprefix("./")
    return name if name.replace("_", "").replace("-", "").replace(":", "").replace(".", "").isalnum() else ""


def _stored(element: Element, result: Result) -> Callable[[Frame], str]:
    """The text that a calculation leaves in the record, cast to the bind's type as far as that is sure."""
    if element.type == "int":
        number = result.compiled.scalar()
        return lambda frame: _as_integer(number(frame))
    if element.type == "date":
        value = result.compiled.scalar()
        return lambda frame: _as_date(value(frame))
    return result.compiled.text()


def _as_integer(value: Value) -> str:
    text = to_text(value)
    number = number_of_text(text) if "." in text else NAN
    return text if number != number or abs(number) > 1e15 else text_of_number(float(int(number)))


def _as_date(value: Value) -> str:
    if isinstance(value, float) and value == value:
        day = date_of_days(value)
        return "" if day is None else day.isoformat()
    return to_text(value)
