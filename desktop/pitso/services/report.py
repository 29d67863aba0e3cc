"""The readiness report's view value, read from the workspace in the reader's language."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from msgspec import structs

from pitso.domain import hlc
from pitso.domain.policies import OF_PAPERS, Reader
from pitso.domain.readiness.agreement import propose, seen_differently
from pitso.domain.readiness.instrument import Dimension, said
from pitso.domain.readiness.scoring import Agreed, Gate, GateState, Result, evaluate, priorities, strengths
from pitso.paper.blocks import EvidenceItem, Participant
from pitso.paper.charts.heat_map_chart import gate_words
from pitso.paper.documents import readiness as paper
from pitso.paper.documents.readiness import ReadinessReport
from pitso.paper.imprint import Imprint, State
from pitso.services import assessments, commitments, consensus, phrases, results, teams
from pitso.services.assessments import Assessment
from pitso.services.consensus import Standpoints
from pitso.services.discretion import Discretion, for_reader, reader_words
from pitso.services.views import CauseLine
from pitso.services.workspace import Workspace
from pitso.words import _, day, language, ngettext


def readiness_report(ws: Workspace, uid: str, reader: Reader = Reader.BOTH_SIDES) -> ReadinessReport:
    """Everything that the readiness report of one assessment tells this *reader*; Trouble while nothing is agreed."""
    named = Discretion(ws, reader)
    view = _whole_report(ws, assessments.load(ws, uid), reader, named)
    return for_reader(replace(view, left_out=named.left_out()), reader)


def _whole_report(ws: Workspace, assessment: Assessment, reader: Reader, named: Discretion) -> ReadinessReport:
    screen = results.readiness(ws, assessment.id)
    ratings = assessments.agreed_ratings(ws, assessment)
    result = evaluate(assessment.instrument, ratings, assessment.stage)
    former = results.former_of(ws, assessment)
    stands = consensus.standpoints(ws, assessment)
    gates = {gate.code: gate for gate in result.gates}
    lines = {code: _indicator(ws, assessment, code, ratings, gates, stands[code], named) for code in stands}
    causes = _causes(ws, assessment, screen.causes, named)
    spread = results.spread(ws, assessment)
    return ReadinessReport(
        imprint=imprint(ws, assessment, _("Readiness report"), "RR", reader),
        title=_("Readiness of {country}: {assessment}").format(
            country=_country(ws, assessment), assessment=assessment.title
        ),
        country=_country(ws, assessment),
        sides=_sides(ws, assessment),
        held_on=assessment.held_on,
        stage=assessment.stage_words,
        amended=screen.amended,
        messages=tuple(_messages(ws, assessment, result, stands, former)),
        verdict=screen.verdict_words,
        causes=tuple(paper.CauseLine(c.words, c.owner, c.due, c.is_precondition) for c in causes),
        overall=result.overall,
        dimensions=tuple(_dimension(assessment, d, result, former, lines) for d in assessment.instrument.dimensions),
        strengths=tuple(lines[code] for code in strengths(assessment.instrument, ratings)),
        priorities=tuple(_priorities(assessment, ratings, lines, gates, causes)),
        spread=tuple(row for row in spread.rows if row.spread) if spread else (),
        seen_differently=tuple(_seen_differently(stands, ratings, lines)),
        minority=tuple(
            paper.MinorityView(code, view.text, view.signed)
            for code in stands
            for view in consensus.minority_lines(ws, assessment, code)
        ),
        responses=tuple(
            paper.Response(code, text, _("the hosts"))
            for code in stands
            if (text := consensus.response(ws, assessment, code))
        ),
        evidence=tuple(_evidence(ws, assessment)),
        people=_people(ws, assessment, named),
        scale=phrases.scale_key(),
        grades=phrases.grade_key(),
        instrument=f"{assessment.instrument.id} {assessment.instrument.version}",
        instrument_digest=assessment.instrument.digest,
        former_name=f"{former[0].title}, {day(former[0].held_on)}" if former else "",
    )


def imprint(
    ws: Workspace, assessment: Assessment, title: str, letters: str, reader: Reader = Reader.BOTH_SIDES
) -> Imprint:
    """Header and footer of a paper of one assessment, numbered by country, *letters* of the paper and place.

    A draft until the assessment is closed; DEMONSTRATION stands on everything of the demonstration.
    """
    place = [one.id for one in assessments.in_order(ws, assessment.engagement)].index(assessment.id) + 1
    country = "".join(letter for letter in _country(ws, assessment).upper() if letter.isascii() and letter.isalpha())
    state = State.FINAL if assessment.closed else State.DRAFT
    return Imprint(
        title=title,
        engagement=str(ws.journal.record(assessment.engagement).get("title", "")),
        code=f"{country[:3] or 'ENG'}-{letters}-{place}",
        state=State.DEMONSTRATION if ws.demonstration else state,
        reader=reader_words(reader),
        as_of=as_of(ws),
    )


def as_of(ws: Workspace) -> datetime:
    """The moment of the latest entry: the same data give the same paper, whenever and wherever it is printed.

    That a paper was issued or signed is no entry that a paper is made from.
    """
    told_by = ",".join("?" * len(OF_PAPERS))
    (found,) = ws.journal.file.rows(
        "SELECT max(hlc) FROM op JOIN entity ON entity.id = op.entity "
        f"WHERE substr(uid, 1, instr(uid, '/') - 1) NOT IN ({told_by})",
        OF_PAPERS,
    )
    stamp = found[0] or 0
    return hlc.moment(stamp).replace(microsecond=0)


def _country(ws: Workspace, assessment: Assessment) -> str:
    return str(ws.journal.record(assessment.engagement).get("country", ""))


def _sides(ws: Workspace, assessment: Assessment) -> tuple[str, ...]:
    record = ws.journal.record(assessment.engagement)
    bodies = (ws.journal.record(record.get(role, "")) for role in ("host", "supporting", "coordinating"))
    return tuple(str(body["name"]) for body in bodies if body.get("name"))


def _causes(
    ws: Workspace, assessment: Assessment, causes: Iterable[CauseLine], named: Discretion
) -> tuple[CauseLine, ...]:
    """The causes of the verdict, with the names of their owners where the reader may see them."""
    beginning = commitments.of_precondition(assessment.id, "")
    noted = ws.journal.records(beginning, fields=["owner"])
    owners = {uid.removeprefix(beginning): record.get("owner") for uid, record in noted.items()}
    return tuple(structs.replace(cause, owner=named.name(owners.get(cause.id))) for cause in causes)


def _messages(
    ws: Workspace,
    assessment: Assessment,
    result: Result,
    stands: dict[str, Standpoints],
    former: tuple[Assessment, Result] | None,
) -> Iterable[str]:
    """Five sentences for the reader in a hurry."""
    met = sum(gate.state is GateState.MET for gate in result.gates)
    yield _("{verdict}: {met} of {gates} gates are met.").format(
        verdict=phrases.verdict(result.verdict), met=met, gates=len(result.gates)
    )
    scored = [(score.score, code) for code, score in result.dimensions.items() if score.score is not None]
    if scored:
        names = {d.code: said(d.name, language()) for d in assessment.instrument.dimensions}
        yield _("Strongest: {strongest}. Weakest: {weakest}.").format(
            strongest=names[max(scored)[1]], weakest=names[min(scored)[1]]
        )
    ratings = assessments.agreed_ratings(ws, assessment)
    levels = sum(agreed.level is not None for agreed in ratings.values())
    yield _("{levels} of {all} indicators have an agreed level.").format(levels=levels, all=len(stands))
    apart = [code for code, stand in stands.items() if (stand.proposal.spread or 0) >= 2]
    differently = [code for code, agreed in ratings.items() if _differs(stands[code], agreed)]
    if assessment.from_sheet:
        yield _("The agreed ratings were typed from a consensus sheet.")
    else:
        told = ngettext(
            "The peers had to discuss {number} indicator", "The peers had to discuss {number} indicators", len(apart)
        )
        yield _("{peers}; hosts and peers see {number} differently.").format(
            peers=told.format(number=len(apart)), number=len(differently)
        )
    if former:
        yield _("Since {former}: {change}").format(
            former=former[0].title, change=results.change_words(results.moved(ws, former[0], assessment))
        )
    else:
        yield _("This is the first assessment.")


def _differs(stand: Standpoints, agreed: Agreed) -> bool:
    return seen_differently(stand.hosts, agreed.rating)


def _indicator(
    ws: Workspace,
    assessment: Assessment,
    code: str,
    ratings: dict[str, Agreed],
    gates: dict[str, Gate],
    stands: Standpoints,
    named: Discretion,
) -> paper.IndicatorLine:
    agreed = ratings.get(code, Agreed(None))
    versions = consensus.agreed_versions(ws, assessment, code)
    gate = gates.get(code)
    return paper.IndicatorLine(
        code=code,
        statement=said(assessment.instrument.by_code[code].statement, language()),
        rating="" if agreed.rating is None else str(agreed.rating),
        rating_words="" if agreed.rating is None else phrases.scale(agreed.rating),
        grade=agreed.evidence or "",
        gate=gate.state if gate else None,
        gate_minimum=gate.minimum if gate else None,
        reason=str(versions[0].value.get("reason") or "") if versions else "",
        remarks=tuple(_remarks(assessment, agreed, stands)),
        former=tuple(
            paper.Version(
                words=_rating_words(older.value),
                reason=str(newer.value.get("reason") or ""),
                author=named.name(newer.author),
                on=newer.at.date(),
            )
            for newer, older in pairwise(versions)
        ),
    )


def _rating_words(value: dict[str, str]) -> str:
    grade = f" ({value['evidence']})" if value.get("evidence") else ""
    return f"{phrases.rating(value['rating'])}{grade}"


def _remarks(assessment: Assessment, agreed: Agreed, stands: Standpoints) -> Iterable[str]:
    if agreed.level is not None and agreed.level >= 3 and agreed.evidence in ("C", "D"):
        yield _("on word only")
    if assessment.from_sheet:
        yield _("from a sheet")
    elif agreed.rating is not None and stands.proposal.numeric < assessment.instrument.minimum_raters:
        yield _("single view")
    if stands.after_reveal:
        told = ngettext("{number} rating after the reveal", "{number} ratings after the reveal", stands.after_reveal)
        yield told.format(number=stands.after_reveal)
    if stands.late:
        yield ngettext("{number} rating arrived later", "{number} ratings arrived later", stands.late).format(
            number=stands.late
        )


def _dimension(
    assessment: Assessment,
    dimension: Dimension,
    result: Result,
    former: tuple[Assessment, Result] | None,
    lines: dict[str, paper.IndicatorLine],
) -> paper.DimensionLine:
    score = result.dimensions.get(dimension.code)
    return paper.DimensionLine(
        code=dimension.code,
        name=said(dimension.name, language()),
        weight=dimension.weight,
        score=score,
        insufficient=score is not None and result.insufficient(dimension.code, assessment.instrument),
        indicators=tuple(lines[i.code] for i in assessment.instrument.of(dimension.code)),
        former=former[1].dimensions.get(dimension.code) if former else None,
    )


def _priorities(
    assessment: Assessment,
    ratings: dict[str, Agreed],
    lines: dict[str, paper.IndicatorLine],
    gates: dict[str, Gate],
    causes: Iterable[CauseLine],
) -> Iterable[paper.PriorityLine]:
    owners: dict[str, tuple[str, date | None]] = {cause.subject: (cause.owner, cause.due) for cause in causes}
    for code in priorities(assessment.instrument, ratings, assessment.stage):
        gate = gates.get(code)
        unmet = gate is not None and gate.state is not GateState.MET
        owner, due = owners.get(code, ("", None))
        yield paper.PriorityLine(
            code=code,
            statement=lines[code].statement,
            rating=lines[code].rating,
            why=gate_words(gate.state) if gate is not None and unmet else "",
            owner=owner,
            due=due,
        )


def _seen_differently(
    stands: dict[str, Standpoints],
    ratings: dict[str, Agreed],
    lines: dict[str, paper.IndicatorLine],
) -> Iterable[paper.SeenDifferently]:
    for code, stand in stands.items():
        agreed = ratings.get(code, Agreed(None))
        hosts = propose(stand.hosts).level
        if hosts is not None and agreed.rating is not None and _differs(stand, agreed):
            yield paper.SeenDifferently(code, lines[code].statement, phrases.level(agreed.rating), phrases.level(hosts))


def _evidence(ws: Workspace, assessment: Assessment) -> Iterable[EvidenceItem]:
    """What was noted, without the name of who noted it."""
    noted = ws.journal.records(f"evidence/{assessment.key}/")
    for code in assessment.instrument.by_code:
        for uid, record in noted.items():
            if uid.split("/")[3] == code:
                file = record.get("file")
                yield EvidenceItem(
                    code, str(record.get("grade", "")), str(record.get("text", "")), file.name if file else ""
                )


def _people(ws: Workspace, assessment: Assessment, named: Discretion) -> tuple[Participant, ...]:
    return tuple(
        Participant(member.name, member.role_words, member.organisation)
        for member in teams.members(ws, assessment.engagement)
        if named.allows(member.person)
    )


def sources(ws: Workspace, uid: str) -> tuple[str, ...]:
    """Beginnings of the ids of what the papers of an assessment are made from: itself, those before it, who took part.

    Single ratings belong to it only after the reveal: before it no paper shows them, and no check tells of them.
    """
    assessment = assessments.load(ws, uid)
    engagement = ws.journal.record(assessment.engagement)
    told = [one for one in assessments.in_order(ws, assessment.engagement) if one.held_on <= assessment.held_on]
    kinds = ("agreed", "response", "evidence", "minority")
    found = [assessment.engagement, f"member/{assessment.engagement.partition('/')[2]}/"]
    for one in told:
        shown = (*kinds, "rating") if one.revealed else kinds
        found += [one.id, commitments.of_precondition(one.id, ""), *(f"{kind}/{one.key}/" for kind in shown)]
    found += [member.person for member in teams.members(ws, assessment.engagement)]
    bodies = [engagement.get(role) for role in ("host", "supporting", "coordinating")]
    return tuple(dict.fromkeys([*found, *(body for body in bodies if body)]))
