"""From tokens to the tree of an expression (XPath 1.0, section 3; ODK XForms:

XPath Paths, Operators, Axes).
"""

from pitso.words import _
from pitso.xforms.xpath.lexer import Token, tokens
from pitso.xforms.xpath.tree import (
    Binary,
    Call,
    Expression,
    Filtered,
    Literal,
    Negation,
    Number,
    Path,
    Step,
    XPathFault,
)

_TIGHTNESS = {
    operator: tightness
    for tightness, operators in enumerate(
        (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
    )
    for operator in operators
}
_DEEPEST = 120
_AXES = {"child", "parent", "self", "descendant"}


def parse(source: str) -> Expression:
    """The tree of *source*.

    Raises:
        XPathFault: it is not an expression of the dialect; the fault names the column.
    """
    parser = _Parser(tokens(source))
    tree = parser.expression()
    if parser.now.kind != "end":
        raise parser.unexpected()
    return tree


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.at = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.found[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.found[self.at - 1]

    def sees(self, *said: str) -> bool:
        return self.now.kind == "operator" and self.now.said in said

    def takes(self, said: str) -> bool:
        if self.sees(said):
            self.at += 1
            return True
        return False

    def needs(self, said: str) -> None:
        if not self.takes(said):
            if self.now.kind == "end":
                raise XPathFault(_("“{sign}” is missing at the end").format(sign=said), self.now.column)
            raise XPathFault(
                _("“{sign}” is expected before “{said}”").format(sign=said, said=self.now.said),
                self.now.column,
            )

    def unexpected(self) -> XPathFault:
        if self.now.kind == "end":
            return XPathFault(_("the expression stops too early"), self.now.column)
        return XPathFault(_("“{said}” is not expected here").format(said=self.now.said), self.now.column)

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise XPathFault(_("the expression is nested too deeply"), self.now.column)
        tree = self.binary(0)
        self.depth -= 1
        return tree

    def binary(self, least: int) -> Expression:
        """Operands joined by operators that bind at least so tightly (precedence climbing)."""
        left = self.unary()
        while self.now.kind == "operator" and _TIGHTNESS.get(self.now.said, -1) >= least:
            operator = self.take().said
            left = Binary(operator, left, self.binary(_TIGHTNESS[operator] + 1))
        return left

    def unary(self) -> Expression:
        if self.takes("-"):
            signs = 1
            while self.takes("-"):
                signs += 1
            inner = self.unary()
            return Negation(inner) if signs % 2 else Negation(Negation(inner))
        left = self.path()
        while self.takes("|"):
            left = Binary("|", left, self.path())
        return left

    def path(self) -> Expression:
        column = self.now.column
        if self.takes("/"):
            steps = self.steps() if self.begins_step() else ()
            return Path(True, None, steps, column)
        if self.takes("//"):
            return Path(True, None, self.after_double_slash(), column)
        if self.begins_step() and not self.begins_call():
            return Path(False, None, self.steps(), column)
        start = self.primary()
        predicates = self.predicates()
        if predicates:
            start = Filtered(start, predicates)
        if self.takes("/"):
            return Path(False, start, self.steps(), column)
        if self.takes("//"):
            return Path(False, start, self.after_double_slash(), column)
        return start

    def begins_step(self) -> bool:
        return self.now.kind == "name" or self.sees(".", "..", "@")

    def begins_call(self) -> bool:
        after = self.found[self.at + 1] if self.at + 1 < len(self.found) else self.now
        return self.now.kind == "name" and after.said == "(" and after.kind == "operator" and self.now.said != "node"

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while self.sees("/", "//"):
            if self.take().said == "//":
                found.extend(self.after_double_slash())
            elif self.sees("["):
                # "item/[x]" is written by old forms for "item[x]".
                last = found.pop()
                found.append(Step(last.axis, last.name, last.predicates + self.predicates()))
            else:
                found.append(self.step())
        return tuple(found)

    def after_double_slash(self) -> tuple[Step, ...]:
        first, *others = self.steps()
        if first.axis != "child":
            raise self.unexpected()
        return (Step("descendant", first.name, first.predicates), *others)

    def step(self) -> Step:
        if self.takes(".."):
            return Step("parent", "*", self.predicates())
        if self.takes("."):
            return Step("self", "*", self.predicates())
        prefix = "@" if self.takes("@") else ""
        if self.now.kind != "name":
            raise self.unexpected()
        name = self.take()
        axis = "child"
        if self.takes("::"):
            if name.said not in _AXES:
                raise XPathFault(
                    _("the axis “{axis}” is not part of XForms; use child, parent or self").format(axis=name.said),
                    name.column,
                )
            axis, name = name.said, self.take()
        said = name.said
        if self.takes("("):
            if said != "node":
                raise XPathFault(_("“{said}()” cannot be a step of a path").format(said=said), name.column)
            self.needs(")")
            said = "*"
        return Step(axis, prefix + said, self.predicates())

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        while self.takes("["):
            found.append(self.expression())
            self.needs("]")
        return tuple(found)

    def primary(self) -> Expression:
        token = self.now
        if token.kind == "number":
            return Number(float(self.take().said))
        if token.kind == "text":
            return Literal(self.take().said)
        if self.takes("("):
            inner = self.expression()
            self.needs(")")
            return inner
        if token.kind == "name":
            return self.call()
        raise self.unexpected()

    def call(self) -> Call:
        name = self.take()
        self.needs("(")
        arguments = []
        if not self.sees(")"):
            arguments.append(self.expression())
            while self.takes(","):
                arguments.append(self.expression())
        self.needs(")")
        return Call(name.said, tuple(arguments), name.column)
