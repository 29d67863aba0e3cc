"""The choices of a select:

which are on offer in a row, their names and their texts (XLSForm: choice_filter).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pitso.xforms.graph import Choosing
from pitso.xforms.instances import Item, Node, Table
from pitso.xforms.plan import Plan
from pitso.xforms.record import Field, Frame, World
from pitso.xforms.texts import NO_TEXT, Text

_LAST = 1 << 60
"""The place of a name that is not on offer: after all others."""


class Chooser:
    """Finds the choices of the selects of one session."""

    def __init__(self, plan: Plan, world: World) -> None:
        self.plan = plan
        self.world = world

    def nodes(self, field: Field) -> Sequence[Node]:
        """The nodes on offer."""
        choosing = self.plan.graph.choosing.get(field.element.index)
        if choosing is None:
            return ()
        nodes: Sequence[Node] = choosing.nodes(Frame(self.world, field, field))
        return nodes

    def names(self, field: Field) -> frozenset[str]:
        """The names on offer."""
        return frozenset(self._name(field, node) for node in self.nodes(field))

    def options(self, field: Field) -> Iterator[tuple[str, Text | str]]:
        """The name and the text of every choice on offer; one without a name is no choice.

        A label that is the same in every language comes as it stands.
        """
        for node in self.nodes(field):
            name = self._name(field, node)
            if name:
                yield name, self._text(field, node)

    def text_of(self, field: Field, name: str) -> Text | str | None:
        """The text of the choice of that name, None where it is not on offer."""
        table = self._whole_table(field)
        if table is not None:
            found = table.where(self._choosing(field).name_column, name)
            return self._text(field, found[0]) if found else None
        for node in self.nodes(field):
            if self._name(field, node) == name:
                return self._text(field, node)
        return None

    def in_order(self, field: Field, text: str) -> str:
        """The chosen names in the order of the list; names that are not on offer come last, as they stood."""
        chosen = list(dict.fromkeys(text.split()))
        if len(chosen) < 2:
            return " ".join(chosen)
        table = self._whole_table(field)
        if table is not None:
            column = self._choosing(field).name_column
            places = {name: found[0].position for name in chosen if (found := table.where(column, name))}
        else:
            places = {}
            for at, node in enumerate(self.nodes(field)):
                places.setdefault(self._name(field, node), at)
        return " ".join(sorted(chosen, key=lambda name: places.get(name, _LAST)))

    def _whole_table(self, field: Field) -> Table | None:
        """The list of a select that always offers all of it in its order, so that an index answers for it."""
        choosing = self.plan.graph.choosing.get(field.element.index)
        if choosing is None or not choosing.whole or not choosing.name_column:
            return None
        root = self.world.lists[choosing.whole].root
        return root if isinstance(root, Table) else None

    def _choosing(self, field: Field) -> Choosing:
        return self.plan.graph.choosing[field.element.index]

    def _name(self, field: Field, node: Node) -> str:
        choosing = self._choosing(field)
        if choosing.name_column and isinstance(node, Item):
            return node.cell(choosing.name_column)
        return choosing.name(self._frame(field, node))

    def _text(self, field: Field, node: Node) -> Text | str:
        choosing = self._choosing(field)
        if isinstance(node, Item):
            if choosing.itext_column:
                return self.plan.texts.get(node.cell(choosing.itext_column), NO_TEXT)
            if choosing.label_column:
                return node.cell(choosing.label_column)
        return choosing.label(self._frame(field, node))

    def _frame(self, field: Field, node: Node) -> Frame:
        frame = Frame(self.world, field, node)
        frame.position = 1
        return frame
