"""The tree of the primary instance, as the form lays it out: one element for each node, whatever the rows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Element:
    """A node of the primary instance's layout.

    ``chain`` holds the repeats around it, outermost first, itself included where it repeats: its length is
    the number of row numbers that a path to it may carry. An attribute that a bind addresses is an element
    named ``@id``.
    """

    index: int
    path: str
    name: str
    tag: str
    parent: Element | None
    children: dict[str, Element] = field(default_factory=dict)
    is_repeat: bool = False
    chain: tuple[Element, ...] = ()
    default: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    """Fixed attributes of the node, in Clark notation, as they go into a submission."""
    type: str = "string"
    relevant: str = ""
    required: str = ""
    readonly: str = ""
    constraint: str = ""
    calculate: str = ""
    preload: tuple[str, str] = ("", "")
    control: str = ""
    has_select: bool = False

    @property
    def is_leaf(self) -> bool:
        """Does the node hold a value rather than other nodes?"""
        return not any(name[0] != "@" for name in self.children)

    def below(self) -> list[Element]:
        """The elements under this one in document order, without itself."""
        found: list[Element] = []
        for child in self.children.values():
            found.append(child)
            found.extend(child.below())
        return found
