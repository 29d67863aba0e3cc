"""The sorts of papers of the programme: its own, and the forms that have a name as a paper."""

from collections.abc import Callable
from typing import Any

from pitso.domain.policies import Reader
from pitso.paper.documents import account, any_form, certificate, parallel_text
from pitso.services import agreement_papers, form_papers, programme_papers
from pitso.services.paper_kind import (
    Found,
    Kind,
    before_the_visit,
    for_signature,
    for_the_office,
)
from pitso.services.workspace import Workspace
from pitso.words import _


def _whole(
    title: Callable[[], str],
    moment: Callable[[], str],
    view: Callable[[Workspace, str, Reader], Any],
    *readers: Reader,
) -> Kind:
    """A sort of paper that is made of an engagement."""
    return Kind(title, moment, programme_papers.of_engagement, view, account.make, programme_papers.sources, readers)


def _of_form(title: Callable[[], str], form: str, moment: Callable[[], str]) -> Kind:
    """A filled form that has a name as a paper."""

    def records(ws: Workspace, engagement: str) -> Found:
        return form_papers.records(ws, engagement, form)

    return Kind(
        title,
        moment,
        records,
        form_papers.filled_record,
        any_form.make,
        sources=lambda _ws, of: (of,),
        readers=(Reader.BOTH_SIDES, Reader.TEAM, Reader.OFFICE),
        languages=form_papers.languages,
    )


FORMS = {
    "identification-note": _of_form(lambda: _("Identification note"), "identification", before_the_visit),
    "visit-report": _of_form(lambda: _("Visit programme and report"), "visit", for_the_office),
    "meeting-minutes": _of_form(lambda: _("Minutes of a formal meeting"), "meeting", for_signature),
    "feedback": _of_form(lambda: _("Feedback session"), "feedback", for_signature),
    "decision": _of_form(lambda: _("Reflection and decision of the hosts"), "reflection", for_signature),
    "statutes-checklist": _of_form(lambda: _("Checklist of the statutes"), "statutes", for_the_office),
    "plan-checklist": _of_form(lambda: _("Checklist of the strategic plan"), "plan", for_the_office),
    "resource-plan": _of_form(lambda: _("Resource plan"), "resources", for_the_office),
    "exit-checklist": _of_form(lambda: _("Exit checklist"), "exit", for_signature),
}
"""Filled forms under the names that the programme calls their papers by."""

BOTH, OFFICE, TEAM = Reader.BOTH_SIDES, Reader.OFFICE, Reader.TEAM

PROGRAMME = FORMS | {
    "introduction": _whole(
        lambda: _("Letter of introduction"), before_the_visit, programme_papers.introduction, BOTH, OFFICE
    ),
    "team": _whole(lambda: _("Peer team and code of conduct"), before_the_visit, programme_papers.team, BOTH, TEAM),
    "training-certificates": Kind(
        lambda: _("Certificates of training"),
        for_signature,
        programme_papers.of_trainings,
        programme_papers.certificates,
        certificate.make,
        programme_papers.sources,
        (TEAM, BOTH),
    ),
    "objective": Kind(
        lambda: _("Objective of the engagement"),
        for_signature,
        lambda ws, engagement: programme_papers.of_form(ws, engagement, "objective"),
        programme_papers.objective,
        account.make,
        programme_papers.sources,
        (BOTH, OFFICE),
    ),
    "agreement": Kind(
        lambda: _("Cooperation agreement"),
        for_signature,
        lambda ws, engagement: programme_papers.of_form(ws, engagement, agreement_papers.FORM),
        agreement_papers.agreement,
        parallel_text.make,
        programme_papers.sources,
        (BOTH, OFFICE, TEAM),
        languages=agreement_papers.languages,
        beside=parallel_text.beside,
    ),
    "commitments": _whole(
        lambda: _("Commitments by owner"), for_the_office, programme_papers.by_owner, BOTH, OFFICE, TEAM
    ),
    "history": _whole(lambda: _("History of the engagement"), for_the_office, programme_papers.history, BOTH, OFFICE),
    "exit-report": _whole(lambda: _("Exit report"), for_signature, programme_papers.exit_report, BOTH, OFFICE),
}
"""The papers of the programme."""
