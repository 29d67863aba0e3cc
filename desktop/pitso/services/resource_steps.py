"""The steps of a resource plan: what each costs, and how much of it is sure."""

from collections.abc import Iterable
from fractions import Fraction

from pitso.domain.facts import Step
from pitso.services.answers import Row, Said

COUNTED_COVER = ("written", "received", "in_kind")
"""What confirms a line of the resource plan; a promise by word of mouth does not."""


def steps(plan: Said) -> Iterable[Step]:
    """The steps of a plan, in its order."""
    for row in plan.table("steps"):
        lines = [line for line in plan.table("lines") if line.at.startswith(f"{row.at}/")]
        yield Step(
            name=row.values.get("step_name", ""),
            total=_sum(lines),
            covered=_sum(line for line in lines if line.values.get("cover") in COUNTED_COVER),
            needed_on=row.day("step_on"),
            used=row.values.get("step_state") == "done",
            record=plan.at,
        )


def _sum(lines: Iterable[Row]) -> Fraction:
    return sum((_quantity(line) * line.number("unit_cost") for line in lines), Fraction())


def _quantity(line: Row) -> Fraction:
    """How many; one where nobody changed what the form proposes."""
    return line.number("quantity") if "quantity" in line.values else Fraction(1)
