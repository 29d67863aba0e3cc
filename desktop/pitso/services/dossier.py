"""The whole engagement as one paper: which of its papers are in it, in the order in which things took place."""

from collections.abc import Iterator, Mapping

from pitso.domain.policies import Reader
from pitso.paper.documents.dossier import Chapter, Dossier
from pitso.services import form_papers, programme_papers
from pitso.services.discretion import Discretion
from pitso.services.paper_kind import Kind
from pitso.services.programme_kinds import FORMS
from pitso.services.workspace import Workspace
from pitso.words import _, colon, day

FORM = "record "
"""Before the id of a form that has no name as a paper."""
ORDER = (
    *("history", "identification-note", f"{FORM}choice", "team", "objective", "visit-report", "meeting-minutes"),
    *("readiness", "feedback", "decision", f"{FORM}leadership", "statutes-checklist", "minutes", "resolutions"),
    *("declaration", "plan-checklist", f"{FORM}partners", "agreement", f"{FORM}programme", "resource-plan"),
    *(f"{FORM}risks", "commitments", "exit-checklist", "exit-report"),
)
"""The papers of a dossier by their sorts, and filled forms beside them."""


def dossier(ws: Workspace, engagement: str, reader: Reader, kinds: Mapping[str, Kind]) -> Dossier:
    """The whole engagement for a *reader*: what is made of it, of its records, assessments, workshops and elections."""
    title = str(ws.journal.record(engagement).get("title", ""))
    return Dossier(
        imprint=programme_papers.imprint(ws, engagement, _("Dossier of the engagement"), "DO", reader),
        title=_("Dossier of the engagement"),
        second=colon(title, day(ws.today())),
        chapters=tuple(_chapters(ws, engagement, reader, kinds)),
        left_out=programme_papers.always(ws, engagement, Discretion(ws, reader)),
    )


def _chapters(ws: Workspace, engagement: str, reader: Reader, kinds: Mapping[str, Kind]) -> Iterator[Chapter]:
    for name in ORDER:
        if name.startswith(FORM):
            yield from _of_form(ws, engagement, reader, name.removeprefix(FORM))
        else:
            yield from _of_kind(ws, engagement, reader, kinds[name], earliest_last=name in FORMS)


def _of_form(ws: Workspace, engagement: str, reader: Reader, form: str) -> Iterator[Chapter]:
    for record, called, detail in reversed(form_papers.records(ws, engagement, form)):
        title = detail.partition(" · ")[0]
        yield Chapter(colon(title, called), form_papers.filled_record(ws, record, reader))


def _of_kind(ws: Workspace, engagement: str, reader: Reader, sort: Kind, *, earliest_last: bool) -> Iterator[Chapter]:
    """Every paper of one sort, the earliest first; as this reader may see it, though alone it is made for others."""
    found = sort.records(ws, engagement)
    for record, called, _detail in reversed(found) if earliest_last else found:
        title = sort.title() if record == engagement else colon(sort.title(), called)
        yield Chapter(title, sort.view(ws, record, reader))


def sources(ws: Workspace, engagement: str, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Beginnings of the ids of all that the papers of the dossier are made from."""
    found = dict.fromkeys(programme_papers.sources(ws, engagement))
    for sort in (kinds[name] for name in ORDER if name in kinds):
        found |= dict.fromkeys(
            each for record, *_rest in sort.records(ws, engagement) for each in sort.sources(ws, record)
        )
    return tuple(found)
