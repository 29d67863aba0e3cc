"""What the engine knows of a form beside its data: layout, texts, expressions, actions and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from pitso.xforms.definition import Group, Question
from pitso.xforms.instances import Document, Table
from pitso.xforms.schema import Element
from pitso.xforms.texts import Text

if TYPE_CHECKING:
    from pitso.xforms.graph import Graph


@dataclass(frozen=True, slots=True)
class Itemset:
    """Where a select finds its choices: an expression, the column of the value and the label's expression."""

    nodeset: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Action:
    """A ``setvalue``:

    on which events, which element, to what. ``source`` is the element whose control holds it.
    """

    events: frozenset[str]
    target: Element
    expression: str
    literal: str
    source: Element | None


@dataclass(frozen=True, slots=True)
class Control:
    """What the body says about one element."""

    element: Element
    tag: str
    label: Text
    hint: Text
    itemset: Itemset | None
    attributes: Mapping[str, str]


@dataclass(slots=True, eq=False)
class Plan:
    """Everything that a session needs and that all sessions of a form share."""

    root: Element
    elements: list[Element]
    by_path: dict[str, Element]
    questions: dict[str, Question]
    groups: dict[str, Group]
    controls: dict[int, Control]
    texts: dict[str, Text]
    messages: dict[tuple[int, str], Text]
    counts: dict[int, str]
    actions: list[Action]
    record: etree._Element
    """The primary instance as the form writes it, with the rows that it begins with."""
    lists: dict[str, Document]
    missing: dict[str, str]
    group_texts: dict[int, tuple[Text, Text]]
    """Label and hint of groups and repeats, by element."""
    used: set[str] = field(default_factory=set)
    """The secondary instances that some expression reads."""
    named_selects: set[int] = field(default_factory=set)
    """The selects whose labels some expression asks for."""
    notes: list[str] = field(default_factory=list)
    """What was met in the expressions that an author should know."""
    graph: Graph = field(init=False)

    def spoken_in_list(self, identity: str) -> list[Text]:
        """The texts of the choices of a list that show values of the record."""
        root = self.lists[identity].root
        if not isinstance(root, Table) or "itextId" not in root.columns:
            return []
        texts = [self.texts.get(item.cell("itextId")) for item in root.items]
        return [text for text in texts if text is not None and text.has_outputs()]
