"""The incremental computation:

a change goes in, and what follows from it is worked off in the order of the graph.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pitso.words import _
from pitso.xforms.faults import FormTrouble
from pitso.xforms.graph import Graph, Rule, Wake
from pitso.xforms.paths import key_of
from pitso.xforms.plan import Action, Plan
from pitso.xforms.record import Field, Frame, Row, World
from pitso.xforms.schema import Element

MOST_ROWS = 10_000
"""No count makes more rows than this: a slip of the finger must not fill the memory."""

_STEPS_EACH = 100
"""How often, on average, a change may come round to each rule before values are said to chase each other."""

Ready = tuple[Action, Callable[[Frame], str]]


class Engine:
    """Keeps the fields of a record true to their rules.

    ``touched`` and ``touched_series`` collect what a screen would have to paint again.
    """

    def __init__(self, plan: Plan, top: Row) -> None:
        self.plan = plan
        self.graph: Graph = plan.graph
        self.top = top
        self.world: World
        self.touched: dict[Field, None] = {}
        self.touched_series: dict[tuple[Row, Element], None] = {}
        self.capped: dict[tuple[Row, Element], float] = {}
        """Counts that asked for more rows than are made."""
        self.written: dict[Field, str] = {}
        """Fields whose own value is another than when this was last emptied, and what it was."""
        self.rows_made: dict[Row, bool] = {}
        """Rows that came (True) or went since this was last emptied, counted ones left out."""
        self.kept: Mapping[str, str] = {}
        """Values of rows that a count has still to make, by key."""
        self.moved: list[Row] = []
        """Rows that came or went since their problems were last judged."""
        self.deed: list[Callable[[], None]] | None = None
        self._heap: list[tuple[int, int, int, int, Rule, Field | Row]] = []
        self._queued: set[tuple[int, int]] = set()
        self._pushed = 0
        self._changed_by_hand: list[Field] = []
        self._fired: set[tuple[int, int]] = set()

    # --- rows and fields

    def new_row(self, repeat: Element, up: Row, identity: str) -> Row:
        """A row with the defaults of its template, not yet among its sisters."""
        return self.furnish(Row(repeat, up, identity))

    def furnish(self, row: Row) -> Row:
        """Give *row* its fields, and no rows inside."""
        members, repeats = self.graph.members[row.element.index]
        fields = row.fields
        for element in members:
            fields[element.index] = Field(element, row)
        for repeat in repeats:
            row.series[repeat.index] = []
            row.parked[repeat.index] = []
        return row

    def rows(self, row: Row | None = None) -> Iterator[Row]:
        """*row* (the whole record if None) and every row inside, parked ones left out."""
        row = row or self.top
        yield row
        for series in row.series.values():
            for inner in series:
                yield from self.rows(inner)

    def fields_of(self, element: Element, under: Row | None = None) -> list[Field]:
        """Every node of an *element* within the row *under*."""
        row = under or self.top
        level = len(row.element.chain)
        rows = [row]
        for repeat in element.chain[level:]:
            rows = [inner for outer in rows for inner in outer.series[repeat.index]]
        return [inner.fields[element.index] for inner in rows]

    # --- changes

    def put(self, field: Field, text: str) -> bool:
        """A value from outside the rules; says whether it is another one than before."""
        if field.value == text:
            return False
        if self.deed is not None:
            self.deed.append(_restorer(self, field, field.value))
        self._revalue(field, text)
        return True

    def _revalue(self, field: Field, text: str) -> None:
        if not field.element.calculate or field.element.index in self.graph.volatile:
            self.written.setdefault(field, field.value)
        field.value = text
        if field.element.has_select:
            for rule in self.graph.of_field.get(field.element.index, ()):
                if rule.aspect == "offered":
                    self.push(rule, field)
        self.refresh(field)

    def refresh(self, field: Field) -> None:
        """Bring what is seen of a field up to its value, relevance and choices, and wake its readers."""
        text = field.value if field.shown else ""
        if field.offered is not None and text:
            offered = field.offered
            text = " ".join([name for name in text.split() if name in offered])
        if text != field.text:
            field.text = text
            self.touched[field] = None
            for wake in self.graph.values.get(field.element.index, ()):
                self.wake(wake, field.row)

    def show(self, field: Field, shown: bool) -> None:
        """Set the relevance of a node and of all below it."""
        if field.shown == shown:
            return
        field.shown = shown
        self.touched[field] = None
        element = field.element
        if element.is_repeat:
            assert field.row.up is not None
            self.rows_changed(element, field.row.up, field.row.at, moved=False)
        if element.is_leaf:
            self.refresh(field)
        else:
            for wake in self.graph.values.get(element.index, ()):
                self.wake(wake, field.row)
        for inner in element.children.values():
            if inner.is_repeat:
                for row in field.row.series[inner.index]:
                    self.show(row.field, shown and row.field.own)
            else:
                below = field.row.fields[inner.index]
                self.show(below, shown and below.own)

    def attach(self, row: Row, at: int) -> None:
        """Put *row* among its sisters at a place (from 0), and let everything in it be worked out."""
        assert row.up is not None
        series = row.up.series[row.element.index]
        series.insert(at, row)
        for number in range(at, len(series)):
            series[number].at = number
        outer = row.element.parent
        assert outer is not None
        self.show(row.field, row.up.fields[outer.index].shown and row.field.own)
        self._note_row(row, came=True)
        for inner in self.rows(row):
            self.enqueue(inner)
        self.rows_changed(row.element, row.up, at, moved=True)

    def detach(self, row: Row) -> None:
        """Take *row* from among its sisters."""
        assert row.up is not None
        series = row.up.series[row.element.index]
        at = row.at
        del series[at]
        self._note_row(row, came=False)
        for number in range(at, len(series)):
            series[number].at = number
        self.rows_changed(row.element, row.up, at, moved=True)

    def tell_all(self) -> None:
        """Count everything that is in the record as written just now, but for the form's own defaults."""
        for row in self.rows():
            if row.up is not None and row.element.index not in self.plan.counts:
                self.rows_made[row] = True
            for field in row.fields.values():
                element = field.element
                derived = element.calculate and element.index not in self.graph.volatile
                if field.value != element.default and not derived:
                    self.written[field] = element.default

    def _note_row(self, row: Row, *, came: bool) -> None:
        self.moved.append(row)
        if row.element.index in self.plan.counts:
            return
        if self.rows_made.get(row, came) is not came:
            del self.rows_made[row]
        else:
            self.rows_made[row] = came

    def rows_changed(self, repeat: Element, up: Row, at: int, *, moved: bool) -> None:
        """Wake what reads a repeat's rows; if they *moved*, also what reads its number from row *at* on."""
        self.touched_series[up, repeat] = None
        following = up.series[repeat.index][at:]
        for wake in self.graph.rows.get(repeat.index, ()):
            if wake.reach is None:
                self.wake(wake, up)
            elif following:
                self.wake(wake, following[0])
        if moved:
            for wake in self.graph.positions.get(repeat.index, ()):
                for row in following:
                    self.wake(wake, row)

    def wake(self, wake: Wake, row: Row) -> None:
        """Queue the rule of *wake* for every node that reads something in *row*."""
        reach = wake.reach
        level = len(row.element.chain)
        while level > wake.level + (reach is not None):
            assert row.up is not None
            row = row.up
            level -= 1
        rows: Sequence[Row] = (row,)
        if reach is not None:
            assert row.up is not None
            at = row.at + reach.back
            rows = row.up.series[row.element.index][at : None if reach.all_before else at + 1]
        for index in wake.down:
            rows = [inner for outer in rows for inner in outer.series[index]]
        rule = wake.rule
        if rule.aspect == "count":
            for inner in rows:
                self.push(rule, inner)
            return
        index = rule.element.index
        if rule.aspect == "label":
            for inner in rows:
                self.touched[inner.fields[index]] = None
            return
        for inner in rows:
            self.push(rule, inner.fields[index])

    def push(self, rule: Rule, site: Field | Row) -> None:
        key = (rule.index, id(site))
        if key not in self._queued:
            self._queued.add(key)
            self._pushed += 1
            turn = _turn(rule, site) if rule.turns else 0
            heapq.heappush(self._heap, (rule.band, turn, rule.rank, self._pushed, rule, site))

    def enqueue(self, row: Row) -> None:
        """Queue every rule of a row, and the counts of the repeats that begin in it.

        A calculation that would give another value each time, and has given one, keeps it.
        """
        for rule in self.graph.within[row.element.index]:
            if rule.aspect == "count":
                self.push(rule, row)
                continue
            field = row.fields[rule.element.index]
            if not (rule.volatile and rule.aspect == "calculate" and field.value):
                self.push(rule, field)

    # --- the work

    def settle(self) -> None:
        """Work off the queue, then the actions that wait for what a person changed, until nothing is left.

        Raises:
            FormTrouble: values chase each other without end.
        """
        while True:
            self._work_off()
            if not self._changed_by_hand:
                self._fired.clear()
                return
            self._fire(self._changed_by_hand.pop(0))

    def _work_off(self) -> None:
        heap, queued = self._heap, self._queued
        left = 100_000 + _STEPS_EACH * len(heap)
        while heap:
            *_order, rule, site = heapq.heappop(heap)
            queued.discard((rule.index, id(site)))
            self._apply(rule, site)
            left -= 1
            if left < 0:
                heap.clear()
                queued.clear()
                raise FormTrouble(
                    _("The values around “{question}” chase each other without end.").format(
                        question=rule.element.name
                    ),
                    _("Look for rows that count themselves, and break the circle."),
                    sheet="survey",
                    question=rule.element.path,
                )

    def _apply(self, rule: Rule, site: Field | Row) -> None:
        if isinstance(site, Row):
            ghost = Row(rule.element, site, "")
            field = ghost.fields[rule.element.index] = Field(rule.element, ghost)
            self.count(rule.element, site, rule.work(Frame(self.world, field, field)))
            return
        aspect = rule.aspect
        if aspect == "offered":
            site.offered = self.world.session.offered(site) if site.value else None
            self.touched[site] = None
            self.refresh(site)
            return
        result = rule.work(Frame(self.world, site, site))
        if aspect == "calculate":
            if result != site.value:
                self._revalue(site, result)
        elif aspect == "relevant":
            site.own = result
            outer = site.up()
            self.show(site, result and (outer is None or outer.shown))
        elif aspect == "constraint":
            valid = result or site.text == ""
            if valid != site.valid:
                site.valid = valid
                self.touched[site] = None
        elif aspect == "required":
            if result != site.needed:
                site.needed = result
                self.touched[site] = None
        elif result != site.locked:
            site.locked = result
            self.touched[site] = None

    def count(self, repeat: Element, up: Row, number: float) -> None:
        """Give a counted repeat its rows:

        surplus ones are parked, parked ones come back, new ones are made.
        """
        wanted = int(min(number, MOST_ROWS)) if number > 0 else 0
        if number > MOST_ROWS:
            self.capped[up, repeat] = number
        else:
            self.capped.pop((up, repeat), None)
        series, parked = up.series[repeat.index], up.parked[repeat.index]
        while len(series) > wanted:
            parked.append(series[-1])
            self.detach(series[-1])
        while len(series) < wanted:
            if parked:
                self.attach(parked.pop(), len(series))
            else:
                self.grow(repeat, up, str(len(series) + 1))

    def grow(self, repeat: Element, up: Row, identity: str) -> Row:
        """A new row at the end, its ``odk-new-repeat`` actions done."""
        row = self.new_row(repeat, up, identity)
        remembered = self._recall(row)
        self.attach(row, len(up.series[repeat.index]))
        if remembered:
            return row
        kept, self.deed = self.deed, None
        for ready in self.graph.on_new_row.get(repeat.index, ()):
            self.act(ready, row)
        self.deed = kept
        return row

    def _recall(self, row: Row) -> bool:
        """Give a row that a count makes the values that were kept for it; says whether there were any."""
        if not self.kept:
            return False
        remembered = False
        for field in row.fields.values():
            text = self.kept.get(key_of(field))
            if text is not None:
                field.value = field.text = text
                remembered = True
        return remembered

    def act(self, ready: Ready, row: Row | None = None) -> None:
        """Do an action on its targets within *row*."""
        action, work = ready
        for target in self.fields_of(action.target, row):
            self.enter(target, work(Frame(self.world, target, target)))

    def enter(self, field: Field, text: str) -> None:
        """A value from a person or an action: what waits for the change of this field will be done."""
        if self.put(field, text) and field.element.index in self.graph.on_change:
            self._changed_by_hand.append(field)

    def _fire(self, source: Field) -> None:
        for action, work in self.graph.on_change[source.element.index]:
            shared = 0
            for ours, theirs in zip(source.element.chain, action.target.chain, strict=False):
                shared += ours is theirs
            row = source.row
            while len(row.element.chain) > shared:
                assert row.up is not None
                row = row.up
            for target in self.fields_of(action.target, row):
                key = (id(action), id(target))
                # Two questions that set each other would go on for ever.
                if key not in self._fired:
                    self._fired.add(key)
                    self.enter(target, work(Frame(self.world, target, target)))

    def quietly(self, work: Iterable[Callable[[], None]]) -> None:
        """Do *work* without actions and without remembering how to undo it."""
        kept, self.deed = self.deed, None
        for step in work:
            step()
        self._changed_by_hand.clear()
        self.settle()
        self.deed = kept


def _turn(rule: Rule, site: Field | Row) -> int:
    """The number of the row in which a rule takes its turn."""
    row = site if isinstance(site, Row) else site.row
    while len(row.element.chain) > rule.turns and row.up is not None:
        row = row.up
    return row.at


def _restorer(engine: Engine, field: Field, value: str) -> Callable[[], None]:
    def restore() -> None:
        engine.put(field, value)

    return restore
