"""What a record says of entities:

which are to be created or updated, with what (ODK Entities specification).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pitso.xforms.engine import Engine
from pitso.xforms.record import Field, Row
from pitso.xforms.schema import Element

_YES = ("1", "true")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity that a record creates or updates.

    ``list`` is the entity list (``person`` for ``person.csv``), ``base_version`` the version that the person
    saw; ``properties`` are the answers to save by property name, empty ones included.
    """

    list: str
    id: str
    create: bool
    update: bool
    base_version: str
    label: str
    properties: Mapping[str, str]


def read_entities(engine: Engine) -> Iterator[Entity]:
    """The entities of a record in document order, those that are neither created nor updated left out."""
    declared = [element for element in engine.plan.elements if _is_entity(element)]
    containers = {_container(element) for element in declared}
    for element in declared:
        for field in engine.fields_of(element):
            if field.shown:
                entity = _entity(engine, field, containers)
                if entity.create or entity.update:
                    yield entity


def _is_entity(element: Element) -> bool:
    meta = element.parent
    return element.name == "entity" and meta is not None and meta.name.split(":")[-1] == "meta"


def _container(entity: Element) -> Element:
    assert entity.parent is not None
    assert entity.parent.parent is not None
    return entity.parent.parent


def _entity(engine: Engine, field: Field, containers: set[Element]) -> Entity:
    element, row = field.element, field.row

    def attribute(name: str) -> str:
        bound = element.children.get(f"@{name}")
        return element.attributes.get(name, "") if bound is None else row.fields[bound.index].text

    label = element.children.get("label")
    return Entity(
        list=attribute("dataset"),
        id=attribute("id"),
        create=attribute("create") in _YES,
        update=attribute("update") in _YES,
        base_version=attribute("baseVersion"),
        label="" if label is None else row.fields[label.index].text,
        properties=dict(_properties(engine, row, _container(element), containers)),
    )


def _properties(engine: Engine, row: Row, container: Element, containers: set[Element]) -> Iterator[tuple[str, str]]:
    """The answers below *container* that no entity further inside takes."""
    for element in container.children.values():
        if element in containers or element.is_repeat:
            continue
        question = engine.plan.questions.get(element.path)
        saved = question.attributes.get("entities:saveto") if question is not None else None
        if saved:
            yield saved.rpartition("#")[2], row.fields[element.index].text
        yield from _properties(engine, row, element, containers)
