"""What can be told of an expression from its shape alone, before it runs."""

from __future__ import annotations

from pitso.xforms.xpath.functions import FUNCTIONS
from pitso.xforms.xpath.tree import Binary, Call, Expression, Number, Path, Step, inside


def is_current(tree: Expression) -> bool:
    """Is the expression a call of current()?"""
    return isinstance(tree, Call) and tree.name == "current"


def binds(step: Step, following: Step | None) -> bool:
    """Does an absolute path stay in the present row at this step?

    Not where rows are picked by predicate, nor where the path ends at the repeat itself, nor where the next
    step filters by the number of its row.
    """
    if following is None or step.predicates:
        return False
    return not any(_asks_row_number(predicate) for predicate in following.predicates)


def _asks_row_number(tree: Expression) -> bool:
    if isinstance(tree, Call) and tree.name == "position" and tree.arguments:
        argument = tree.arguments[0]
        return isinstance(argument, Path) and argument.start is None and not argument.absolute
    return any(_asks_row_number(part) for part in inside(tree))


def wanted_position(predicate: Expression) -> Expression | None:
    """The number in ``[number]`` or ``[position() = number]``."""
    match predicate:
        case Binary("=", Call("position", ()), number) | Binary("=", number, Call("position", ())):
            return number
        case Number() | Binary("+" | "-" | "*" | "div" | "mod", _, _):
            return predicate
        case Call(name, _) if name in FUNCTIONS and FUNCTIONS[name].gives == "number":
            return predicate
        case Call("position", (_,)):
            return predicate
        case _:
            return None


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def bound_of_position(predicate: Expression) -> tuple[str, Expression] | None:
    """The operator and the number in ``[position() <= number]`` and its like."""
    match predicate:
        case Binary("<" | "<=" | ">" | ">=" as operator, Call("position", ()), number):
            return operator, number
        case Binary("<" | "<=" | ">" | ">=" as operator, number, Call("position", ())):
            return _MIRRORED[operator], number
        case _:
            return None


def looks_at_node(tree: Expression) -> bool:
    """Does the expression read the node of the predicate that it stands in?"""
    match tree:
        case Path(False, None, _, _):
            return True
        case Path(_, start, _, _) if start is not None and not is_current(start):
            return looks_at_node(start)
        case Path():
            return False
        case Call("position" | "last" | "string" | "number" | "string-length" | "normalize-space", ()):
            return True
        case _:
            return any(looks_at_node(part) for part in inside(tree))


def conditions(predicate: Expression) -> list[Expression]:
    """The parts that ``and`` joins."""
    return joined(predicate, ("and",))


def asked_column(condition: Expression) -> tuple[str | None, Expression | None]:
    """``name = value`` where the value does not look at the row: the column and the value."""
    if not isinstance(condition, Binary) or condition.operator != "=":
        return None, None
    for side, other in ((condition.left, condition.right), (condition.right, condition.left)):
        column = _column(side)
        if column is not None and not looks_at_node(other):
            return column, other
    return None, None


def _column(tree: Expression) -> str | None:
    match tree:
        case Path(False, None, (Step("child", name, ()),), _) if name != "*":
            return name
        case Path(False, None, (Step("self", "*", ()), Step("child", name, ())), _) if name != "*":
            return name
        case _:
            return None


def reads_position(tree: Expression) -> bool:
    """Does the expression ask for its place in the list that is being filtered?"""
    if isinstance(tree, Call) and tree.name in ("position", "last") and not tree.arguments:
        return True
    return any(reads_position(part) for part in inside(tree))


def joined(tree: Expression, operators: tuple[str, ...]) -> list[Expression]:
    """The operands of a chain of *operators*, without descending once for each of them."""
    parts: list[Expression] = []
    while isinstance(tree, Binary) and tree.operator in operators:
        parts.append(tree.right)
        tree = tree.left
    parts.append(tree)
    return parts[::-1]


def signs_of(tree: Expression, many: int) -> list[bool]:
    """For each operand after the first: is it added rather than taken away?"""
    signs = []
    for _operand in range(many - 1):
        assert isinstance(tree, Binary)
        signs.append(tree.operator == "+")
        tree = tree.left
    return signs[::-1]
