"""What the participants thought: evaluation sheets without names, told from five on, no cell of fewer than five."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pitso.services import answers
from pitso.services.answers import Said
from pitso.services.workspace import Workspace
from pitso.words import _

LEAST = 5
"""Sheets from which on results are shown, and the least that a cell of a table may hold."""

MARKS = ("useful", "heard", "equals", "pace")
GROUPS = ("capacity", "sex")


@dataclass(frozen=True)
class MarkLine:
    """One sentence that was marked from 1 to 5: its mean, and how often each mark was given."""

    name: str
    mean: Fraction
    counts: tuple[int, ...]


@dataclass(frozen=True)
class GroupLine:
    """One group of participants: how many, and the mean of each mark; None where it would tell of fewer than five."""

    name: str
    sheets: int | None
    means: tuple[Fraction | None, ...]


@dataclass(frozen=True)
class Evaluation:
    """The results of all finished sheets; empty but for their number while there are fewer than five."""

    sheets: int
    marks: tuple[MarkLine, ...] = ()
    groups: tuple[GroupLine, ...] = ()
    again: tuple[tuple[str, int], ...] = ()
    next_month: tuple[str, ...] = ()
    """What people will do, in the order of the alphabet: no order of sheets is left."""
    missing: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        return self.sheets >= LEAST


def names() -> dict[str, str]:
    """What each mark is about, and what the groups are called."""
    return {
        "useful": _("It was useful for my work."),
        "heard": _("My questions were heard."),
        "equals": _("Hosts and peers met as equals."),
        "pace": _("Languages and pace were right."),
        "elected": _("Elected leaders"),
        "officer": _("Officers"),
        "none_of_these": _("Others"),
        "woman": _("Women"),
        "man": _("Men"),
        "unsaid": _("Other, or not said"),
        "yes": _("Yes"),
        "no": _("No"),
        "unsure": _("Not sure"),
    }


def evaluation(ws: Workspace, engagement: str) -> Evaluation:
    """What the sheets of an engagement say together."""
    sheets = [one for one in answers.said(ws, engagement, "evaluation") if one.finished]
    if len(sheets) < LEAST:
        return Evaluation(len(sheets))
    named = names()
    return Evaluation(
        len(sheets),
        marks=tuple(_mark(named[mark], mark, sheets) for mark in MARKS),
        groups=tuple(line for group in GROUPS for line in groups_of(group, sheets)),
        again=_again(sheets, named),
        next_month=_words("next_month", sheets),
        missing=_words("missing", sheets),
    )


def _mark(name: str, mark: str, sheets: Sequence[Said]) -> MarkLine:
    counted = Counter(one.values.get(mark, "") for one in sheets)
    return MarkLine(name, _mean(mark, sheets) or Fraction(), tuple(counted[str(number)] for number in range(1, 6)))


def _mean(mark: str, sheets: Sequence[Said]) -> Fraction | None:
    given = [int(one.values[mark]) for one in sheets if one.values.get(mark, "").isdigit()]
    return Fraction(sum(given), len(given)) if given else None


def groups_of(group: str, sheets: Sequence[Said]) -> list[GroupLine]:
    """The groups of one kind. Where one alone is too small, the next smallest is hidden too: nobody may subtract."""
    named = names()
    parted: dict[str, list[Said]] = {}
    for one in sheets:
        parted.setdefault(one.values.get(group, ""), []).append(one)
    hidden = {code for code, some in parted.items() if len(some) < LEAST}
    if len(hidden) == 1 and len(parted) > 1:
        hidden.add(min((code for code in parted if code not in hidden), key=lambda code: (len(parted[code]), code)))
    return [_group(named[code], some, code in hidden) for code, some in sorted(parted.items()) if code in named]


def _group(name: str, sheets: Sequence[Said], hidden: bool) -> GroupLine:
    means = tuple(None if hidden else _mean(mark, sheets) for mark in MARKS)
    return GroupLine(name, None if hidden else len(sheets), means)


def _again(sheets: Sequence[Said], named: dict[str, str]) -> tuple[tuple[str, int], ...]:
    """How many would take part again; nothing where an answer was given by fewer than five, but not by nobody."""
    counted = Counter(one.values.get("again", "") for one in sheets)
    if any(0 < counted[code] < LEAST for code in ("yes", "no", "unsure")):
        return ()
    return tuple((named[code], counted[code]) for code in ("yes", "no", "unsure"))


def _words(question: str, sheets: Sequence[Said]) -> tuple[str, ...]:
    return tuple(sorted({one.values[question].strip() for one in sheets if one.values.get(question, "").strip()}))
