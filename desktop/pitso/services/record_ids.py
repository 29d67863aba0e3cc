"""How far a record is, what its id tells, and the paths of its answers."""

import re
from urllib.parse import quote, unquote

from pitso.words import _

DRAFT, FINAL, SIGNED, WITHDRAWN = "draft", "final", "signed", "withdrawn"

_ID = re.compile(r"\{[^}]*\}")
_NUMBER = re.compile(r"\[\d+\]")


def state_words(state: str) -> str:
    """How far a record is, in words."""
    return {
        DRAFT: _("draft"),
        FINAL: _("final"),
        SIGNED: _("signed"),
        WITHDRAWN: _("withdrawn"),
    }.get(state, state)


def unmarked(path: str) -> str:
    """The path of a question as the form has it, without numbers or ids of rows."""
    return _NUMBER.sub("", _ID.sub("", path))


def engagement_of(record: str) -> str:
    """The engagement that a record belongs to."""
    return f"engagement/{record.split('/')[1]}"


def form_id_of(record: str) -> str:
    """The form that a record is of, whatever the version."""
    return unquote(record.split("/")[2])


def beginning(engagement: str, form_id: str = "") -> str:
    """What the ids of the records of an engagement, or of one form in it, begin with."""
    of_engagement = f"record/{engagement.partition('/')[2]}/"
    return f"{of_engagement}{quote(form_id, safe='')}/" if form_id else of_engagement
