"""When a question of a form is asked, in plain words for those who fill it with a pen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pitso.words import _
from pitso.xforms import Question
from pitso.xforms.xpath.parser import parse
from pitso.xforms.xpath.tree import Binary, Call, Expression, Literal, Number, Path, XPathFault

ALWAYS = "\0"
"""A condition that holds whatever is answered, and that nobody needs to read."""


@dataclass(frozen=True)
class Skips:
    """What the conditions of one form need to be told: the number of each question, and the words of its choices."""

    numbers: Mapping[str, str]
    """By the path of the question, as the paper shows it."""
    questions: Mapping[str, Question]
    choice: Callable[[Question, str], str]
    """The words of one choice of a question."""

    def only_if(self, relevant: str, at: str) -> str:
        """The condition of the question or group at a path as one sentence; empty where it is always asked."""
        if not relevant.strip() or relevant.strip() == "true()":
            return ""
        try:
            told = self._told(parse(relevant), at)
        except XPathFault:
            told = ""
        if told == ALWAYS:
            return ""
        if not told:
            return _("Only if an earlier answer asks for it.")
        return _("Only if {condition}.").format(condition=told)

    def _told(self, expression: Expression, at: str) -> str:
        """The condition in words; empty where they would not be plain."""
        match expression:
            case Binary("and" | "or" as operator, left, right):
                return self._joined(operator, left, right, at)
            case Binary("=" | "!=" | "<" | "<=" | ">" | ">=" as operator, left, right):
                return self._compared(operator, left, right, at)
            case Call("selected", (Path() as path, Literal(value)), _):
                return self._said(_("question {number} includes “{answer}”"), path, value, at)
            case Call("not", (Call("selected", (Path() as path, Literal(value)), _),), _):
                return self._said(_("question {number} does not include “{answer}”"), path, value, at)
            case _:
                return ""

    def _joined(self, operator: str, left: Expression, right: Expression, at: str) -> str:
        parts = [self._told(left, at), self._told(right, at)]
        if not all(parts):
            return ""
        if ALWAYS in parts:
            others = [part for part in parts if part != ALWAYS]
            return others[0] if others and operator == "and" else ALWAYS
        for place, inner in enumerate((left, right)):
            if isinstance(inner, Binary) and inner.operator in ("and", "or") and inner.operator != operator:
                parts[place] = f"({parts[place]})"
        sentence = _("{this} and {that}") if operator == "and" else _("{this} or {that}")
        return sentence.format(this=parts[0], that=parts[1])

    def _compared(self, operator: str, left: Expression, right: Expression, at: str) -> str:
        if isinstance(left, Literal | Number) and isinstance(right, Path | Call):
            turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
            left, right, operator = right, left, turned.get(operator, operator)
        match left, right:
            case Path(), Literal(""):
                sentence = _("question {number} is answered") if operator == "!=" else _("question {number} is empty")
                return self._said(sentence, left, "", at) if operator in ("=", "!=") else ""
            case Path(), Literal(value) if operator == "!=" and self._never(left, value, at):
                return ALWAYS
            case Path(), Literal(value):
                return self._said(_sentences().get(operator, ""), left, value, at)
            case Path(), Number(figure):
                return self._said(_sentences().get(operator, ""), left, f"{figure:g}", at)
            case _:
                return ""

    def _never(self, path: Path, value: str, at: str) -> bool:
        """Is this no answer that the question offers?"""
        question = self._question(path, at)
        if question is None or not question.choices:
            return False
        return value not in {choice.name for choice in question.choices}

    def _said(self, sentence: str, path: Path, value: str, at: str) -> str:
        question = self._question(path, at)
        if question is None or not sentence:
            return ""
        return sentence.format(number=self.numbers[question.path], answer=self.choice(question, value))

    def _question(self, path: Path, at: str) -> Question | None:
        """The question that a path means, seen from where the condition stands; None where it has no number."""
        if path.start is not None and not (isinstance(path.start, Call) and path.start.name == "current"):
            return None
        steps = [] if path.absolute else at.strip("/").split("/")
        for step in path.steps:
            if step.predicates or step.axis == "descendant":
                return None
            if step.axis == "child":
                steps.append(step.name)
            elif step.axis == "parent" and steps:
                steps.pop()
        found = "/" + "/".join(steps)
        return self.questions[found] if found in self.numbers else None


def _sentences() -> dict[str, str]:
    return {
        "=": _("question {number} is “{answer}”"),
        "!=": _("question {number} is not “{answer}”"),
        "<": _("question {number} is less than {answer}"),
        "<=": _("question {number} is at most {answer}"),
        ">": _("question {number} is more than {answer}"),
        ">=": _("question {number} is at least {answer}"),
    }
