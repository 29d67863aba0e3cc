"""Feedback: what is told to the hosts, what both sides see differently, and what the hosts answer, unchanged."""

from pitso.domain.readiness.agreement import propose
from pitso.domain.readiness.instrument import said
from pitso.domain.readiness.scoring import Agreed, GateState, priorities, strengths
from pitso.domain.trouble import Trouble
from pitso.services import assessments, consensus, library, phrases, records, results, teams
from pitso.services.assessments import Assessment
from pitso.services.change import Change
from pitso.services.filling import Filling, open_record
from pitso.services.programme_views import FeedbackLine, FeedbackView
from pitso.services.record_ids import DRAFT, beginning
from pitso.services.workspace import Workspace, person_name
from pitso.words import _, colon, language, ngettext, whole

STRENGTHS, POINTS = 4, 8
"""How many strengths, and how many points for attention, a session can bear."""
AGENDA = "/data/agenda"


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
    """Put what both sides see differently on the agenda of the next formal meeting: its draft, or a new one."""
    loaded = assessments.load(ws, assessment)
    wanted = [code for code in consensus.told_apart(ws, loaded) if code not in _on_agendas(ws, loaded)]
    if not wanted:
        raise Trouble(_("Nothing waits for an agenda."), _("What is seen differently stands on one already."))
    filling = open_record(ws, _next_meeting(ws, loaded.engagement))
    for code in wanted:
        path = f"{AGENDA}[{_free_row(filling)}]/item"
        filling.session.answer(path, _item(loaded, code))
    told = ngettext("{number} point stands on the agenda.", "{number} points stand on the agenda.", len(wanted))
    return records.keep(filling, filling.edits(), told.format(number=whole(len(wanted))))


def _item(assessment: Assessment, code: str) -> str:
    return _("{assessment}, {code}: hosts and peers see it differently").format(assessment=assessment.title, code=code)


def _next_meeting(ws: Workspace, engagement: str) -> str:
    """The draft of a meeting whose day has not passed, or a new one."""
    held = ws.journal.records(beginning(engagement, "meeting"))
    today = ws.today().isoformat()
    drafts = [
        uid
        for uid, record in held.items()
        if record.get("state") == DRAFT and str(record.get("/data/about/held_on") or today) >= today
    ]
    return drafts[-1] if drafts else records.begin(ws, engagement, library.current(ws, "meeting")).record


def _free_row(filling: Filling) -> int:
    """The number of the first row of the agenda without an item, added where there is none."""
    session = filling.session
    for number in range(1, session.rows(AGENDA) + 1):
        if not session.value(f"{AGENDA}[{number}]/item"):
            return number
    session.add_row(AGENDA)
    return session.rows(AGENDA)


def _on_agendas(ws: Workspace, assessment: Assessment) -> set[str]:
    """The codes that stand on the agenda of any meeting, as this deed writes them in any language."""
    items = [
        str(value)
        for record in ws.journal.records(beginning(assessment.engagement, "meeting")).values()
        for key, value in record.items()
        if key.startswith(AGENDA) and key.endswith("/item")
    ]
    begun = f"{assessment.title}, "
    return {item.removeprefix(begun).split(":")[0].strip() for item in items if item.startswith(begun) and ":" in item}
