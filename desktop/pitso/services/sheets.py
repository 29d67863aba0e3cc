"""The papers around an assessment: sheets to fill by pen, the comparison, and the feedback sheet."""

from pitso.domain.policies import Reader
from pitso.domain.readiness.agreement import Closeness, Rating, propose, seen_differently
from pitso.domain.readiness.instrument import Indicator, Stage, said
from pitso.domain.readiness.scoring import NOTHING, Agreed, GateState, Result, evaluate, priorities, strengths
from pitso.domain.trouble import Trouble
from pitso.paper.charts.heat_map_chart import gate_words
from pitso.paper.documents.comparison import Assessed, ComparedDimension, Comparison, Step
from pitso.paper.documents.consensus_sheet import ConsensusGroup, ConsensusRow, ConsensusSheet
from pitso.paper.documents.feedback_sheet import Differently, FeedbackSheet, Point
from pitso.paper.documents.rating_sheets import RatingSheets, SheetDimension, SheetIndicator
from pitso.services import assessments, consensus, phrases, report, results, scores, teams
from pitso.services.assessments import Assessment
from pitso.services.views import ConsensusLine
from pitso.services.workspace import Workspace
from pitso.words import _, colon, day, language, listed

STRENGTHS_TOLD = 5
"""Strengths that open the feedback; the method asks for at least three."""

POINTS_TOLD = 7
"""Points for attention that a talk can hold, and two pages; the report has them all."""


def rating_sheets(ws: Workspace, uid: str) -> RatingSheets:
    """Blank sheets with the codes of the form: the paper on which a peer rates when the battery is empty."""
    assessment = assessments.load(ws, uid)
    instrument = assessment.instrument
    return RatingSheets(
        imprint=report.imprint(ws, assessment, _("Rating sheets"), "RS", Reader.TEAM),
        title=said(instrument.title, language()),
        assessment=_named(assessment),
        rater="",
        scale=phrases.scale_key(),
        grades=phrases.grade_key(),
        dimensions=tuple(
            SheetDimension(
                said(dimension.name, language()),
                said(dimension.question, language()),
                tuple(_sheet_indicator(i, assessment.stage) for i in instrument.of(dimension.code)),
            )
            for dimension in instrument.dimensions
        ),
        instrument=f"{instrument.id} {instrument.version}",
        instrument_digest=instrument.digest,
    )


def _named(assessment: Assessment) -> str:
    return f"{assessment.title}, {day(assessment.held_on)}"


def _sheet_indicator(indicator: Indicator, stage: Stage) -> SheetIndicator:
    return SheetIndicator(
        code=indicator.code,
        statement=said(indicator.statement, language()),
        guidance=said(indicator.guidance, language()),
        evidence=said(indicator.evidence, language()),
        levels=tuple(said(level, language()) for level in indicator.levels),
        na_allowed=indicator.na_allowed,
        gate=phrases.gate_minimum(indicator, stage),
    )


def consensus_sheet(ws: Workspace, uid: str) -> ConsensusSheet:
    """All indicators with the ratings in order and without names, the contested first; empty before the reveal."""
    assessment = assessments.load(ws, uid)
    raters = teams.members(ws, assessment.engagement)
    return ConsensusSheet(
        imprint=report.imprint(ws, assessment, _("Consensus sheet"), "CS", Reader.TEAM),
        title=_("Agree on the ratings"),
        assessment=_named(assessment),
        scale=phrases.scale_key(),
        grades=phrases.grade_key(),
        groups=_by_closeness(ws, assessment) if assessment.revealed else _by_dimension(assessment),
        leader=next((member.name for member in raters if member.role == "leader"), ""),
        peers=tuple(member.name for member in assessment.counting()),
    )


def _by_dimension(assessment: Assessment) -> tuple[ConsensusGroup, ...]:
    return tuple(
        ConsensusGroup(
            said(dimension.name, language()),
            tuple(
                ConsensusRow(i.code, said(i.statement, language())) for i in assessment.instrument.of(dimension.code)
            ),
        )
        for dimension in assessment.instrument.dimensions
    )


def _by_closeness(ws: Workspace, assessment: Assessment) -> tuple[ConsensusGroup, ...]:
    stands = consensus.standpoints(ws, assessment)
    lines = consensus.consensus(ws, assessment.id).lines
    groups = []
    for closeness in consensus.ORDER:
        rows = tuple(
            _consensus_row(ws, assessment, line, stands[line.code]) for line in lines if line.closeness is closeness
        )
        if rows:
            groups.append(ConsensusGroup(phrases.closeness(closeness), rows))
    return tuple(groups)


def _consensus_row(
    ws: Workspace, assessment: Assessment, line: ConsensusLine, stands: consensus.Standpoints
) -> ConsensusRow:
    versions = consensus.agreed_versions(ws, assessment, line.code)
    now = versions[0].value if versions else {}
    return ConsensusRow(
        code=line.code,
        statement=line.statement,
        peers=_in_order(stands.counting),
        hosts=_in_order(stands.beside),
        proposal="" if line.proposal is None else str(line.proposal),
        agreed="" if line.agreed is None else str(line.agreed),
        grade=str(now.get("evidence") or ""),
        reason=str(now.get("reason") or ""),
        reason_wanted=line.closeness in (Closeness.DISCUSS, Closeness.CONTESTED),
    )


def _in_order(ratings: tuple[Rating | None, ...]) -> str:
    """Ratings sorted, so that their order names nobody."""
    return " ".join(sorted(str(rating) for rating in ratings if rating is not None))


def comparison(ws: Workspace, uid: str) -> Comparison:
    """An assessment beside the one before it."""
    latter = assessments.load(ws, uid)
    found = results.former_of(ws, latter)
    if found is None:
        raise Trouble(_("There is no earlier assessment to compare with."), _("Choose a later one."))
    former = found[0]
    ratings = scores.original(ws, former), scores.original(ws, latter)
    before, after = (
        evaluate(one.instrument, given, one.stage) for one, given in zip((former, latter), ratings, strict=True)
    )
    change = results.moved(ws, former, latter)

    def steps(codes: tuple[str, ...]) -> tuple[Step, ...]:
        return tuple(
            Step(
                code,
                said(latter.instrument.by_code[code].statement, language()),
                *(_graded(given.get(code, NOTHING)) for given in ratings),
            )
            for code in codes
        )

    compared = {*change.rose, *change.stayed, *change.fell}
    left = [code for code in latter.instrument.by_code if code not in compared]
    return Comparison(
        imprint=report.imprint(ws, latter, _("Comparison"), "CO"),
        title=_("{former} and {latter} compared").format(former=former.title, latter=latter.title),
        former=_assessed(former, before),
        latter=_assessed(latter, after),
        summary=results.change_words(change),
        dimensions=tuple(
            ComparedDimension(
                code=dimension.code,
                name=said(dimension.name, language()),
                former=before.dimensions.get(dimension.code),
                latter=after.dimensions.get(dimension.code),
                former_insufficient=dimension.code in before.dimensions
                and before.insufficient(dimension.code, former.instrument),
                latter_insufficient=dimension.code in after.dimensions
                and after.insufficient(dimension.code, latter.instrument),
            )
            for dimension in latter.instrument.dimensions
        ),
        rose=steps(change.rose),
        stayed=steps(change.stayed),
        fell=steps(change.fell),
        left_out=(_("Not rated in both, so not compared: {codes}.").format(codes=listed(left)),) if left else (),
    )


def _assessed(assessment: Assessment, result: Result) -> Assessed:
    return Assessed(
        assessment.title,
        assessment.held_on,
        assessment.stage_words,
        phrases.verdict(result.verdict),
        result.overall,
    )


def _graded(agreed: Agreed) -> str:
    if agreed.rating is None:
        return ""
    return f"{phrases.level(agreed.rating)} ({agreed.evidence})" if agreed.evidence else phrases.level(agreed.rating)


def feedback_sheet(ws: Workspace, uid: str) -> FeedbackSheet:
    """What the peers tell the hosts: strengths first, then what needs attention, and room for the hosts' answer."""
    assessment = assessments.load(ws, uid)
    ratings = assessments.agreed_ratings(ws, assessment)
    result = assessments.result(ws, assessment)
    stands = consensus.standpoints(ws, assessment)
    instrument = assessment.instrument

    def statement(code: str) -> str:
        return said(instrument.by_code[code].statement, language())

    unmet = {gate.code: gate for gate in result.gates if gate.state is not GateState.MET}
    order = priorities(instrument, ratings, assessment.stage)
    first = sorted(unmet, key=lambda code: order.index(code) if code in order else -1)[:POINTS_TOLD]
    return FeedbackSheet(
        imprint=report.imprint(ws, assessment, _("Feedback sheet"), "FS"),
        title=_("Feedback to the hosts"),
        held_on=None,
        place="",
        with_whom="",
        assessment=colon(_named(assessment), phrases.verdict(result.verdict)),
        strengths=tuple(f"{code} {statement(code)}" for code in strengths(instrument, ratings)[:STRENGTHS_TOLD]),
        points=tuple(
            Point(
                code=gate.code,
                finding=f"{statement(gate.code)} ({gate_words(gate.state)})",
                grade=ratings.get(gate.code, NOTHING).evidence or "",
                response=consensus.response(ws, assessment, gate.code),
            )
            for gate in (unmet[code] for code in first)
        ),
        differently=tuple(
            Differently(code, statement(code), _graded(ratings[code]), phrases.level(hosts))
            for code, stand in stands.items()
            if code in ratings
            and seen_differently(stand.hosts, ratings[code].rating)
            and (hosts := propose(stand.hosts).level) is not None
        ),
    )
