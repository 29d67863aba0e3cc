"""Secondary instances: lists of choices, csv, geojson and XML files, entity lists, the last saved record.

Whatever their origin they are read through the same four names as the primary instance: ``text``, ``shown``,
``child`` and ``up``. A list of rows is a `Table`, which keeps a hash index for each column that is asked for
by equality.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from lxml import etree

from pitso.words import _
from pitso.xforms.faults import FormTrouble
from pitso.xforms.markup import local, parse


class Node(Protocol):
    """What an expression may ask of any node, primary or secondary."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def shown(self) -> bool: ...
    def child(self, name: str) -> Sequence[Node]: ...
    def children(self) -> Sequence[Node]: ...
    def up(self) -> Node | None: ...


class Leaf:
    """One cell of a table, made when it is asked for."""

    __slots__ = ("item", "name", "text")
    shown = True

    def __init__(self, name: str, text: str, item: Item) -> None:
        self.name = name
        self.text = text
        self.item = item

    def child(self, name: str) -> Sequence[Node]:
        return ()

    def children(self) -> Sequence[Node]:
        return ()

    def up(self) -> Node:
        return self.item


class Item:
    """One row of a table."""

    __slots__ = ("cells", "position", "table")
    shown = True
    text = ""

    def __init__(self, table: Table, cells: Sequence[str], position: int) -> None:
        self.table = table
        self.cells = cells
        self.position = position

    @property
    def name(self) -> str:
        return self.table.item_name

    def cell(self, column: str) -> str:
        """The text of a column, empty where the table has none of that name."""
        at = self.table.columns.get(column)
        return "" if at is None or at >= len(self.cells) else self.cells[at]

    def child(self, name: str) -> Sequence[Node]:
        return (Leaf(name, self.cell(name), self),) if name in self.table.columns else ()

    def children(self) -> Sequence[Node]:
        return [Leaf(name, self.cell(name), self) for name in self.table.columns]

    def up(self) -> Node:
        return self.table


class Table:
    """A list of rows, as ``root`` stands in the file; its only children are the rows."""

    shown = True
    text = ""

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[str]], item_name: str = "item") -> None:
        self.columns = {name: at for at, name in enumerate(columns)}
        self.item_name = item_name
        self.name = "root"
        self.items = [Item(self, row, position) for position, row in enumerate(rows)]
        self._by_text: dict[str, dict[str, list[Item]]] = {}
        self._by_number: dict[str, dict[float, list[Item]]] = {}
        self.document: Document | None = None

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Table:
        """A table of mappings; its columns are all that any row names."""
        rows = list(rows)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        return cls(columns, [tuple(row.get(name, "") for name in columns) for row in rows])

    def child(self, name: str) -> Sequence[Node]:
        return self.items if name == self.item_name else ()

    def children(self) -> Sequence[Node]:
        return self.items

    def up(self) -> Node | None:
        return self.document

    def where(self, column: str, text: str) -> list[Item]:
        """The rows whose *column* holds exactly this text, by a hash index made at the first question."""
        index = self._by_text.get(column)
        if index is None:
            index = self._by_text[column] = {}
            for item in self.items:
                index.setdefault(item.cell(column), []).append(item)
        return index.get(text, [])

    def where_number(self, column: str, number: float) -> list[Item]:
        """The rows whose *column* holds this number, however it is written."""
        from pitso.xforms.xpath.coerce import number_of_text

        index = self._by_number.get(column)
        if index is None:
            index = self._by_number[column] = {}
            for item in self.items:
                index.setdefault(number_of_text(item.cell(column)), []).append(item)
        return index.get(number, [])


class Branch:
    """A node of a secondary instance that is not a plain list."""

    __slots__ = ("_up", "kids", "name", "text")
    shown = True

    def __init__(self, name: str, text: str, up: Node | None) -> None:
        self.name = name
        self.text = text
        self._up = up
        self.kids: list[Node] = []

    def child(self, name: str) -> Sequence[Node]:
        return [kid for kid in self.kids if kid.name == name]

    def children(self) -> Sequence[Node]:
        return self.kids

    def up(self) -> Node | None:
        return self._up


class Document:
    """The invisible node above the root, which ``instance()`` gives."""

    name = ""
    text = ""
    shown = True

    def __init__(self, root: Table | Branch | None) -> None:
        self.root = root
        if isinstance(root, Table):
            root.document = self

    def child(self, name: str) -> Sequence[Node]:
        return (self.root,) if self.root is not None and self.root.name == name else ()

    def children(self) -> Sequence[Node]:
        return () if self.root is None else (self.root,)

    def up(self) -> Node | None:
        return None


def node_name(node: etree._Element, *, plain: bool = False) -> str:
    """The name by which expressions call *node*:

    with the document's prefix where it has one, unless *plain*.
    """
    if plain:
        return local(node)
    return f"{node.prefix}:{local(node)}" if node.prefix else local(node)


def read_tree(root: etree._Element, *, plain: bool = False) -> Document:
    """A secondary instance from XML: a `Table` where the root holds nothing but rows of plain columns.

    With *plain* prefixes are left out of the names, as a record may write them in its own way.
    """
    table = None if plain else _table(root)
    return Document(table if table is not None else _branch(root, None, plain))


def _table(root: etree._Element) -> Table | None:
    names = {node_name(item) for item in root}
    if len(names) != 1 or root.attrib:
        return None
    columns: dict[str, int] = {}
    for item in root:
        cells = [node_name(cell) for cell in item]
        if len(set(cells)) != len(cells) or item.attrib or any(len(cell) or cell.attrib for cell in item):
            return None
        for name in cells:
            columns.setdefault(name, len(columns))
    if not columns:
        return None
    rows = []
    for item in root:
        row = [""] * len(columns)
        for cell in item:
            row[columns[node_name(cell)]] = cell.text or ""
        rows.append(row)
    table = Table(list(columns), rows, names.pop())
    table.name = node_name(root)
    return table


def _branch(node: etree._Element, up: Node | None, plain: bool) -> Branch:
    branch = Branch(node_name(node, plain=plain), "" if len(node) else node.text or "", up)
    for key, value in node.attrib.items():
        branch.kids.append(Branch(f"@{etree.QName(str(key)).localname}", str(value), branch))
    branch.kids.extend(_branch(child, branch, plain) for child in node)
    return branch


def read_csv(data: bytes, file: str) -> Table:
    """The rows of a csv file in UTF-8; commas, semicolons or tabs divide the columns.

    Raises:
        FormTrouble: the file is not UTF-8 text.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormTrouble(
            _("The file {file} is not written in UTF-8.").format(file=file),
            _("Save it again as “CSV UTF-8”."),
        ) from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise FormTrouble(
            _("The file {file} is not a table: {fault}.").format(file=file, fault=str(error)),
            _("Export it again as a csv file."),
        ) from error
    columns = [name.strip() for name in rows[0]] if rows else []
    return Table(columns, rows[1:])


def read_geojson(data: bytes, file: str) -> Table:
    """The features of a geojson file:

    their properties, ``id`` and ``geometry`` in the form of a geo question.

    Raises:
        FormTrouble: the file is not a collection of features.
    """
    try:
        features = json.loads(data)["features"]
        return Table.of([_feature(feature) for feature in features])
    except (ValueError, KeyError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise FormTrouble(
            _("The file {file} is not a GeoJSON collection of features.").format(file=file),
            _("Export it again from the map program as a FeatureCollection."),
        ) from error


def _feature(feature: Mapping[str, object]) -> dict[str, str]:
    properties = feature.get("properties") or {}
    if not isinstance(properties, Mapping):
        raise TypeError("properties")
    row = {str(name): _plain(value) for name, value in properties.items()}
    if "id" in feature:
        row["id"] = _plain(feature["id"])
    geometry = feature.get("geometry")
    if isinstance(geometry, Mapping):
        row["geometry"] = _geometry(str(geometry["type"]), geometry["coordinates"])
    return row


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _geometry(kind: str, coordinates: list[object]) -> str:
    if kind == "Point":
        return _point(coordinates)
    line = coordinates if kind == "LineString" else coordinates[0]
    if not isinstance(line, list):
        raise TypeError("coordinates")
    return ";".join(_point(point) for point in line)


def _point(coordinates: list[object]) -> str:
    longitude, latitude = coordinates[:2]
    return f"{latitude} {longitude} 0 0"


def read_file(file: str, data: bytes) -> Document:
    """An external instance from a file of the form's media, by the ending of its name."""
    ending = file.rsplit(".", 1)[-1].lower()
    if ending == "csv":
        return Document(read_csv(data, file))
    if ending == "geojson":
        return Document(read_geojson(data, file))
    return read_tree(parse(data))
