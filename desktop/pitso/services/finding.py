"""Finding anything in the workspace: first what bears the words in its name, then what says them anywhere."""

from collections.abc import Callable
from dataclasses import dataclass

from pitso.domain.folding import fold
from pitso.services import people
from pitso.services.workspace import Workspace
from pitso.storage.edits import kind_of
from pitso.words import _

LIMIT = 40
"""Lines that a person can look through; more words narrow them."""


@dataclass(frozen=True)
class Found:
    """Something that was found: what it is called, and what it is or what it says."""

    id: str
    name: str
    detail: str


Told = Callable[[Workspace, str], Found | None]


def find(ws: Workspace, words: str) -> tuple[Found, ...]:
    """What has all the *words* in its name, the nearest first, then what has them in one of its texts.

    Accents, apostrophes and capitals do not matter. A text is found by words, or by what words begin with; a name by
    any part of it.
    """
    found: dict[str, Found] = {}
    for uid in ws.journal.search(fold(words), list(KINDS), LIMIT):
        _add(found, KINDS[kind_of(uid)](ws, uid))
    for hit in ws.journal.find_texts(words, LIMIT):
        told = KINDS.get(kind_of(hit.entity))
        thing = told(ws, hit.entity) if told is not None else None
        if thing is not None:
            _add(found, Found(thing.id, thing.name or hit.excerpt, hit.excerpt if thing.name else thing.detail))
    return tuple(found.values())[:LIMIT]


def _add(found: dict[str, Found], thing: Found | None) -> None:
    if thing is not None:
        found.setdefault(thing.id, thing)


def _person(ws: Workspace, uid: str) -> Found | None:
    (line,) = people.person_lines(ws, {uid: ws.journal.record(uid)})
    return Found(line.id, line.name, line.detail)


def _body(ws: Workspace, uid: str) -> Found | None:
    view = people.organisation(ws, people.body_of(uid))
    return Found(view.id, view.name, view.kind_words)


def _named(words: Callable[[], str], *fields: str) -> Told:
    """A record that is called by the first of these fields that says something."""

    def told(ws: Workspace, uid: str) -> Found:
        record = ws.journal.record(uid)
        return Found(uid, next((str(record[field]) for field in fields if record.get(field)), ""), words())

    return told


def _response(ws: Workspace, uid: str) -> Found | None:
    """What the hosts answered, found where their assessment is shown."""
    _kind, key, code = uid.split("/")
    assessment = f"assessment/{key.replace('.', '/')}"
    title = str(ws.journal.record(assessment).get("title", ""))
    return Found(assessment, f"{title}, {code}", _("The hosts"))


def _holder(ws: Workspace, uid: str) -> Found | None:
    """Who holds a post, found by the post."""
    held = ws.journal.record(uid)
    found = _person(ws, str(held["person"])) if held.get("person") else None
    return Found(found.id, found.name, str(held.get("post") or "")) if found is not None else None


def _nominated(ws: Workspace, uid: str) -> Found | None:
    """Somebody who stands, found where the position is elected."""
    contest = f"contest/{uid.partition('/')[2].rpartition('/')[0]}"
    title = str(ws.journal.record(contest).get("title", ""))
    return Found(contest, str(ws.journal.record(uid).get("name", "")), title)


KINDS: dict[str, Told] = {
    "person": _person,
    "organisation": _body,
    "name": _body,
    "engagement": _named(lambda: _("Engagement"), "title"),
    "assessment": _named(lambda: _("Assessment"), "title"),
    "record": _named(lambda: _("Record"), "name"),
    "commitment": _named(lambda: _("Commitment"), "text"),
    "contact": _named(lambda: _("Contact"), "subject", "subject_within_team"),
    "workshop": _named(lambda: _("Workshop"), "title"),
    "session": _named(lambda: _("Session"), "title"),
    "resolution": _named(lambda: _("Resolution"), "title"),
    "election": _named(lambda: _("Election"), "title"),
    "nomination": _nominated,
    "response": _response,
    "tenure": _holder,
}
"""What can be found, by the kind of its record. A kind that stands nowhere on a page is not here."""
