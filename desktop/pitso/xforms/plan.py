"""What the engine knows of a form beside its data: layout, texts, expressions, actions and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from pitso.xforms.definition import Group, Question
from pitso.xforms.instances import Document
from pitso.xforms.schema import Element
from pitso.xforms.texts import Text


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
    starting_rows: dict[int, list[etree._Element]]
    lists: dict[str, Document]
    missing: dict[str, str]
    root_tag: str
    namespaces: dict[str, str]
