"""What a sort of paper is, and the moments at which papers are wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from pitso import words
from pitso.domain.policies import Reader
from pitso.services import report
from pitso.services.workspace import Workspace
from pitso.words import _

Found = list[tuple[str, str, str]]
"""Id, title and detail of records."""


@dataclass(frozen=True)
class Kind:
    """A sort of paper: what it is called, when it is wanted, of which records, from which view, and how it is drawn."""

    title: Callable[[], str]
    moment: Callable[[], str]
    records: Callable[[Workspace, str], Found]
    """Of an engagement: the records that it can be made of."""
    view: Callable[[Workspace, str, Reader], Any]
    """What it says to a reader: a frozen value with an imprint, from a record."""
    draw: Callable[[Any, str], bytes]
    """The view as a PDF in a language."""
    sources: Callable[[Workspace, str], tuple[str, ...]] = report.sources
    """Beginnings of the ids of all records that it is made from."""
    readers: tuple[Reader, ...] = (Reader.BOTH_SIDES,)
    """Whom it can be made for, the usual reader first."""
    languages: Callable[[Workspace, str], dict[str, str]] = lambda _ws, _of: words.LANGUAGES
    """Code and name of the languages that it can be made in."""
    beside: Callable[[Any, Any], Any] | None = None
    """The view that says the same in one language more, from the views in each; None where a paper speaks only one."""


def one_or_two(_ws: Workspace, _of: str) -> dict[str, str]:
    """Code and name of each language of Pitso, and of each two of them together: ``en+fr``."""
    pairs = permutations(words.LANGUAGES.items(), 2)
    return words.LANGUAGES | {f"{one}+{two}": f"{name} + {other}" for (one, name), (two, other) in pairs}


def before_the_visit() -> str:
    """A paper that is made before the visit."""
    return _("Before the visit")


def in_the_room() -> str:
    """A paper that the room needs."""
    return _("In the room")


def for_signature() -> str:
    """A paper that people sign."""
    return _("For signature")


def for_the_office() -> str:
    """A paper that tells others."""
    return _("For the office and the hosts")


def what_was_filled() -> str:
    """A form with its answers."""
    return _("Forms that were filled")


def blank_forms() -> str:
    """A form to be filled."""
    return _("Blank forms")


MOMENTS = (before_the_visit, in_the_room, for_signature, for_the_office, what_was_filled, blank_forms)
