"""Feedback: what is told to the hosts, what both sides see differently, and what the hosts answer, unchanged."""

from pitso.domain.readiness.agreement import propose
from pitso.domain.readiness.instrument import said
from pitso.domain.readiness.scoring import Agreed, GateState, priorities, strengths
from pitso.domain.trouble import Trouble
from pitso.services import agenda, assessments, consensus, open_items, phrases, results, teams
from pitso.services.assessments import Assessment
from pitso.services.change import Change
from pitso.services.programme_views import FeedbackLine, FeedbackView
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, colon, language

STRENGTHS, POINTS = 4, 8
"""How many strengths, and how many points for attention, a session can bear."""


def feedback(ws: Workspace, assessment: str) -> FeedbackView:
    """What one assessment has to tell; Trouble while nothing is agreed or before the reveal."""
    loaded = assessments.load(ws, assessment)
    agreed = assessments.agreed_ratings(ws, loaded)
    if not agreed:
        raise Trouble(_("Nothing is agreed yet."), _("Agree on the ratings first; then the result stands here."))
    stands = consensus.standpoints(ws, loaded)
    differing = set(consensus.apart(stands, agreed)) if loaded.revealed else set()
    asked = _on_agendas(ws, loaded)
    lines = tuple(
        FeedbackLine(
            code=code,
            statement=said(loaded.instrument.by_code[code].statement, language()),
            peers=_graded(agreed[code]),
            hosts=phrases.level(level) if (level := propose(stands[code].hosts).level) is not None else "",
            differs=code in differing,
            response=consensus.response(ws, loaded, code),
            on_agenda=code in asked,
        )
        for code in _points(ws, loaded, agreed, differing)
    )
    host = ws.author if teams.is_host(ws, loaded.engagement, ws.author) else None
    return FeedbackView(
        title=loaded.title,
        subtitle=results.subtitle(ws, loaded),
        strengths=tuple(
            colon(code, said(loaded.instrument.by_code[code].statement, language()))
            for code in strengths(loaded.instrument, agreed)[:STRENGTHS]
        ),
        lines=lines,
        differing=len(differing),
        to_agenda=len(differing - asked),
        host=person_name(ws, host),
    )


def _points(ws: Workspace, assessment: Assessment, agreed: dict[str, Agreed], differing: set[str]) -> list[str]:
    """What is seen differently first, then gates that are not met, then what matters most, each once."""
    gates = [gate.code for gate in assessments.result(ws, assessment).gates if gate.state is not GateState.MET]
    first = [code for code in assessment.instrument.by_code if code in differing]
    rest = [code for code in (*gates, *priorities(assessment.instrument, agreed, assessment.stage)) if code in agreed]
    return list(dict.fromkeys([*first, *rest]))[: max(POINTS, len(first))]


def _graded(agreed: Agreed) -> str:
    grade = f" ({agreed.evidence})" if agreed.evidence else ""
    return (phrases.rating(agreed.rating) if agreed.rating is not None else _("no agreement")) + grade


# ---- to the agenda --------------------------------------------------------------------------------------------------


def to_agenda(ws: Workspace, assessment: str) -> Change:
    """Put what both sides see differently on the agenda of the next formal meeting."""
    loaded = assessments.load(ws, assessment)
    wanted = [code for code in consensus.told_apart(ws, loaded) if code not in _on_agendas(ws, loaded)]
    if not wanted:
        raise Trouble(_("Nothing waits for an agenda."), _("What is seen differently stands on one already."))
    return agenda.put(ws, loaded.engagement, [_item(loaded, code) for code in wanted])


def _item(assessment: Assessment, code: str) -> str:
    return _("{assessment}, {code}: hosts and peers see it differently").format(assessment=assessment.title, code=code)


def _on_agendas(ws: Workspace, assessment: Assessment) -> set[str]:
    """The codes that stand on the agenda of any meeting, as this deed writes them in any language."""
    items = open_items.on_agendas(ws, assessment.engagement)
    begun = f"{assessment.title}, "
    return {item.removeprefix(begun).split(":")[0].strip() for item in items if item.startswith(begun) and ":" in item}
