"""The rooms of the house: who may know whom, and which room alone uses an outside library."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "desktop" / "pitso"
MIDDLE = {"domain", "xforms", "storage", "exchange", "paper"}
MAY_KNOW: dict[str, set[str]] = {
    "domain": set(),
    "xforms": {"domain"},
    "storage": {"domain"},
    "exchange": {"domain"},
    "paper": {"domain"},
    "services": MIDDLE,
    "ui": {"domain", "services"},
    "cli": {"domain", "services"},
    "places.py": set(),
    "words.py": set(),
    "app.py": MIDDLE | {"services", "ui", "cli"},
    "__main__.py": {"app", "cli"},
    "__init__.py": set(),
}
ANYWHERE = {"places", "words"}
ONLY_IN = {
    "PySide6": {"ui", "app.py"},
    "sqlite_utils": {"storage"},
    "sqlcipher3": {"storage"},
    "reportlab": {"paper"},
    "uharfbuzz": {"paper"},
    "bidi": {"paper"},
    "segno": {"paper"},
    "lxml": {"xforms"},
    "pyxform": {"xforms"},
    "pyrage": {"exchange"},
    "nacl": {"exchange", "storage"},
    "zstandard": {"exchange"},
    "msgspec": {"exchange", "storage", "services", "ui", "cli"},
    "babel": {"words.py"},
    "platformdirs": {"places.py"},
    "click": {"cli"},
}


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def needed_at_once(module: Path) -> Iterator[str]:
    """The modules of ours that are imported when this one is, as their dotted names."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("pitso"):
            for alias in node.names:
                yield from NAMES.keys() & {f"{node.module}.{alias.name}", str(node.module)}


MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = {
    ".".join(("pitso", *module.relative_to(PACKAGE).with_suffix("").parts)): module
    for module in MODULES
    if module.name != "__init__.py"
}


def test_no_module_needs_itself_by_way_of_others() -> None:
    """Whichever is imported first, all of them can be: a circle breaks the one command that begins elsewhere."""
    graph = {name: set(needed_at_once(module)) for name, module in NAMES.items()}
    assert sum(map(len, graph.values())) > len(graph)
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_a_room_knows_only_what_lies_below(module: Path) -> None:
    room = module.relative_to(PACKAGE).parts[0]
    for name in imports(module):
        first, *rest = name.split(".")
        if first == "pitso":
            assert rest[0] in MAY_KNOW[room] | ANYWHERE | {room, "__version__"}, name
        assert room in ONLY_IN.get(first, {room}), name


@pytest.mark.parametrize("module", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda module: module.name)
def test_the_domain_needs_the_standard_library_only(module: Path) -> None:
    import sys

    for name in imports(module):
        assert name.split(".")[0] in sys.stdlib_module_names | {"pitso"}, name
