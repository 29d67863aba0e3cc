"""The choices of a select:

which are on offer in a row, their names and their texts (XLSForm: choice_filter).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pitso.xforms.instances import Item, Node
from pitso.xforms.plan import Plan
from pitso.xforms.record import Field, Frame, World
from pitso.xforms.texts import NO_TEXT, Text


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

    def options(self, field: Field) -> Iterator[tuple[str, Text]]:
        """The name and the text of every choice on offer; one without a name is no choice."""
        for node in self.nodes(field):
            name = self._name(field, node)
            if name:
                yield name, self._text(field, node)

    def text_of(self, field: Field, name: str) -> Text | None:
        """The text of the choice of that name, None where it is not on offer."""
        for node in self.nodes(field):
            if self._name(field, node) == name:
                return self._text(field, node)
        return None

    def in_order(self, field: Field, text: str) -> str:
        """The chosen names in the order of the list; names that are not on offer come last, as they stood."""
        chosen = dict.fromkeys(text.split())
        if len(chosen) < 2:
            return " ".join(chosen)
        listed = [
            name for name in dict.fromkeys(self._name(field, node) for node in self.nodes(field)) if name in chosen
        ]
        return " ".join([*listed, *(name for name in chosen if name not in set(listed))])

    def _name(self, field: Field, node: Node) -> str:
        choosing = self.plan.graph.choosing[field.element.index]
        if choosing.name_column and isinstance(node, Item):
            return node.cell(choosing.name_column)
        return choosing.name(self._frame(field, node))

    def _text(self, field: Field, node: Node) -> Text:
        choosing = self.plan.graph.choosing[field.element.index]
        if isinstance(node, Item):
            if choosing.itext_column:
                return self.plan.texts.get(node.cell(choosing.itext_column), NO_TEXT)
            if choosing.label_column:
                return Text({"": (node.cell(choosing.label_column),)})
        return Text({"": (choosing.label(self._frame(field, node)),)})

    def _frame(self, field: Field, node: Node) -> Frame:
        frame = Frame(self.world, field, node)
        frame.position = 1
        return frame
