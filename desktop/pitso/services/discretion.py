"""What a paper leaves out for its reader: names need consent, and a wider circle sees less than the one within."""

from dataclasses import replace

from pitso.domain.policies import Reader
from pitso.paper.documents.readiness import ReadinessReport
from pitso.services.people import may_be_named
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, ngettext, whole


def reader_words(reader: Reader) -> str:
    """Who reads a paper, as its footer says it."""
    return {
        Reader.TEAM: _("the peer team"),
        Reader.BOTH_SIDES: _("both sides"),
        Reader.OFFICE: _("the coordinating office"),
        Reader.PUBLIC: _("everyone"),
    }[reader]


class Discretion:
    """Decides for one paper which names its reader may see, and remembers whom it left out.

    Within the team everybody may be named; for any other reader a person must have agreed to it (W25).
    """

    def __init__(self, ws: Workspace, reader: Reader) -> None:
        self._ws, self._reader = ws, reader
        self._unnamed: set[str] = set()

    def allows(self, person: str) -> bool:
        """May this person be named to the reader?"""
        allowed = self._reader is Reader.TEAM or may_be_named(self._ws, person)
        if not allowed:
            self._unnamed.add(person)
        return allowed

    def name(self, person: str | None) -> str:
        """The name of a person, or that it is not told; nothing for nobody."""
        if not person:
            return ""
        return person_name(self._ws, person) if self.allows(person) else _("a person who is not named")

    def left_out(self) -> tuple[str, ...]:
        """The sentence that says how many names are missing, if any is."""
        number = len(self._unnamed)
        told = ngettext(
            "{number} name was left out: this person has not agreed to be named.",
            "{number} names were left out: these persons have not agreed to be named.",
            number,
        )
        return (told.format(number=whole(number)),) if number else ()


def for_reader(view: ReadinessReport, reader: Reader) -> ReadinessReport:
    """The report as this *reader* may see it; what was left out is said on its first page.

    The office sees no minority view and no names of the hosts' files; the public sees verdict, figures, strengths
    and priorities, and nothing that anybody said.
    """
    if reader in (Reader.TEAM, Reader.BOTH_SIDES):
        return view
    told = _("Left out for this reader: minority views, and names of the hosts’ files.")
    if reader is Reader.PUBLIC:
        told = _("Left out for this reader: who said what, where views differ, evidence, responses and names.")
        view = _without_voices(view)
    evidence = tuple(replace(item, file="") for item in view.evidence)
    return replace(view, minority=(), evidence=evidence, left_out=(*view.left_out, told))


def _without_voices(view: ReadinessReport) -> ReadinessReport:
    dimensions = tuple(
        replace(
            line,
            indicators=tuple(replace(i, reason="", note="", remarks=(), former=()) for i in line.indicators),
        )
        for line in view.dimensions
    )
    return replace(
        view,
        causes=tuple(replace(cause, owner=_unnamed(cause.owner)) for cause in view.causes),
        priorities=tuple(replace(line, owner=_unnamed(line.owner)) for line in view.priorities),
        dimensions=dimensions,
        spread=(),
        seen_differently=(),
        responses=(),
        evidence=(),
        people=(),
        left_out=(),
        open_to_all=True,
    )


def _unnamed(owner: str) -> str:
    """That there is an owner is told, not who it is."""
    return _("named to both sides") if owner else ""
