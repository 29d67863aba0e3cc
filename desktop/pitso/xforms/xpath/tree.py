"""The tree of an expression."""

from __future__ import annotations

from dataclasses import dataclass


class XPathFault(Exception):
    """An expression that cannot be understood, and the column (from 1) where it goes wrong."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    ``axis`` is child, parent, self or descendant; ``name`` may be ``*`` on any of them.
    """

    axis: str
    name: str
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root, from the context node, or from the nodes that ``start`` gives."""

    absolute: bool
    start: Expression | None
    steps: tuple[Step, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """An expression in parentheses, or a call, with predicates of its own."""

    inner: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions joined by an operator."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus sign before an expression."""

    inner: Expression


Expression = Number | Literal | Path | Filtered | Call | Binary | Negation


def inside(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an *expression*, those of predicates included."""
    match expression:
        case Path(_, start, steps, _):
            predicates = tuple(predicate for step in steps for predicate in step.predicates)
            return predicates if start is None else (start, *predicates)
        case Filtered(inner, predicates):
            return (inner, *predicates)
        case Call(_, arguments, _):
            return arguments
        case Binary(_, left, right):
            return (left, right)
        case Negation(inner):
            return (inner,)
        case _:
            return ()
