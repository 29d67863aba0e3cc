"""Agreeing on ratings after the reveal: the contested first, reasons where the rule asks, every version kept."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pitso.domain.operation import Value
from pitso.domain.readiness.agreement import (
    Closeness,
    Proposal,
    Rating,
    minority_invited,
    propose,
    reason_required,
    seen_differently,
)
from pitso.domain.readiness.instrument import LEVELS, NO_AGREEMENT, NOT_APPLICABLE, UNKNOWN, Indicator, said
from pitso.domain.readiness.scoring import Agreed
from pitso.domain.trouble import Trouble
from pitso.services import assessments, phrases, teams
from pitso.services.assessments import AGREED_BY_ALL, GRADES, Assessment
from pitso.services.change import Change
from pitso.services.views import (
    ConsensusDetail,
    ConsensusLine,
    ConsensusView,
    EvidenceLine,
    MinorityLine,
    SpreadDot,
    VersionLine,
)
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.storage.edits import Edit, Put
from pitso.storage.journal import Version
from pitso.words import _, language, listed, ngettext

SPECIAL = (NOT_APPLICABLE, UNKNOWN, NO_AGREEMENT)
ORDER = (Closeness.CONTESTED, Closeness.DISCUSS, Closeness.UNRATED, Closeness.CLOSE, Closeness.UNANIMOUS)


@dataclass(frozen=True)
class Standpoints:
    """The ratings of one indicator after the reveal, without names."""

    counting: tuple[Rating | None, ...]
    """Of those who make the proposal, as given before the reveal."""
    beside: tuple[Rating | None, ...]
    hosts: tuple[Rating | None, ...]
    late: int
    """Ratings that arrived later and did not know the reveal."""
    after_reveal: int

    @property
    def proposal(self) -> Proposal:
        """What they propose together."""
        return propose(self.counting)


def standpoints(ws: Workspace, assessment: Assessment) -> dict[str, Standpoints]:
    """The ratings of every indicator; Trouble before the reveal."""
    if not assessment.revealed and not assessment.from_sheet:
        raise Trouble(
            _("The ratings are not revealed yet."),
            _("Let everybody finish, then let the team leader reveal them."),
        )
    given: dict[tuple[str, str], Mapping[str, Any]] = {}
    levels = ws.journal.records(f"rating/{assessment.key}/", fields=("level", "level_after_reveal"))
    for uid, record in levels.items():
        _kind, _assessment, rater, code = uid.split("/")
        given[rater, code] = record
    late = _late(ws, assessment)
    after = Counter(code for (_rater, code), record in given.items() if record.get("level_after_reveal") is not None)
    counting, beside = assessment.counting(), assessment.beside()
    found = {}
    for indicator in assessment.instrument.indicators:
        code = indicator.code

        def of(raters: tuple[Any, ...], code: str = code) -> tuple[Rating | None, ...]:
            return tuple(given.get((_last(rater.id), code), {}).get("level") for rater in raters)

        found[code] = Standpoints(
            counting=of(counting),
            beside=of(beside),
            hosts=of(tuple(rater for rater in assessment.raters if rater.side == teams.HOST)),
            late=late[code],
            after_reveal=after[code],
        )
    return found


def told_apart(ws: Workspace, assessment: Assessment) -> list[str]:
    """The codes of what the hosts rated two levels or more from what was agreed; none before the reveal."""
    if not assessment.revealed:
        return []
    return apart(standpoints(ws, assessment), assessments.agreed_ratings(ws, assessment))


def apart(stands: Mapping[str, Standpoints], agreed: Mapping[str, Agreed]) -> list[str]:
    """The same, of what was read already."""
    return [
        code for code, stand in stands.items() if code in agreed and seen_differently(stand.hosts, agreed[code].rating)
    ]


def _late(ws: Workspace, assessment: Assessment) -> Counter[str]:
    """How many ratings of each indicator the reveal did not know, and that did not know the reveal."""
    if not assessment.revealed:
        return Counter()
    knew = assessment.revealed["knew"]
    versions = ws.journal.history(f"rating/{assessment.key}/", field="level", exact=False)
    return Counter(
        version.entity.rpartition("/")[2]
        for version in versions
        if version.current and version.seq > knew.get(version.device.hex()[:32], 0)
    )


def _last(uid: str) -> str:
    return uid.rpartition("/")[2]


# ---- what is shown ------------------------------------------------------------------------------------------------


def consensus(ws: Workspace, assessment: str, *, code: str | None = None) -> ConsensusView:
    """All indicators, the contested first, and the one that is open (else the first that is not agreed)."""
    loaded = assessments.load(ws, assessment)
    stands = standpoints(ws, loaded)
    agreed = assessments.agreed_ratings(ws, loaded)
    lines = [_line(loaded, indicator, stands[indicator.code], agreed) for indicator in loaded.instrument.indicators]
    if not loaded.from_sheet:
        lines.sort(key=lambda line: ORDER.index(line.closeness))
    waiting = Counter(line.closeness for line in lines if line.agreed is None)
    here = code or next((line.code for line in lines if line.agreed is None), lines[0].code)
    detail = _detail(ws, loaded, next(line for line in lines if line.code == here), stands[here])
    leads = assessments.is_leader(ws, loaded)
    return ConsensusView(
        assessment=loaded.id,
        title=loaded.title,
        lines=tuple(lines),
        agreed=sum(line.agreed is not None for line in lines),
        total=len(lines),
        contested=sum(line.closeness in (Closeness.CONTESTED, Closeness.DISCUSS) for line in lines),
        close_waiting=waiting[Closeness.CLOSE],
        unanimous_waiting=waiting[Closeness.UNANIMOUS],
        detail=detail,
        may_agree=leads,
        may_close=leads and not loaded.closed and bool(agreed),
        closed=loaded.closed is not None,
    )


def _line(
    assessment: Assessment, indicator: Indicator, stands: Standpoints, agreed: Mapping[str, Agreed]
) -> ConsensusLine:
    proposal = stands.proposal
    now = agreed.get(indicator.code)
    known: Rating | None = NOT_APPLICABLE if proposal.all_not_applicable else proposal.level
    return ConsensusLine(
        code=indicator.code,
        statement=said(indicator.statement, language()),
        closeness=proposal.closeness,
        closeness_words=phrases.closeness(proposal.closeness),
        dots=tuple(_dots(stands)),
        specials=_specials(stands.counting),
        proposal=known,
        agreed=now.rating if now else None,
        agreed_words=_agreed_words(known, now),
        single_view=not assessment.from_sheet and proposal.numeric < assessment.instrument.minimum_raters,
        late=stands.late,
        after_reveal=stands.after_reveal,
        seen_differently=seen_differently(stands.hosts, now.rating if now else None),
    )


def _dots(stands: Standpoints) -> list[SpreadDot]:
    peers, hosts = Counter(stands.counting), Counter(stands.beside)
    return [SpreadDot(level, peers[level], hosts[level]) for level in LEVELS]


def _specials(ratings: tuple[Rating | None, ...]) -> str:
    counted = Counter(rating for rating in ratings if isinstance(rating, str))
    return listed(f"{number} × {phrases.rating(rating)}" for rating, number in sorted(counted.items()))


def _agreed_words(proposal: Rating | None, agreed: Agreed | None) -> str:
    if agreed is not None and agreed.rating is not None:
        grade = f" ({agreed.evidence})" if agreed.evidence else ""
        return _("agreed {rating}").format(rating=phrases.rating(agreed.rating)) + grade
    if proposal is None:
        return _("no proposal")
    return _("proposal {rating}").format(rating=phrases.rating(proposal))


def _detail(ws: Workspace, assessment: Assessment, line: ConsensusLine, stands: Standpoints) -> ConsensusDetail:
    indicator = assessment.instrument.by_code[line.code]
    dimension = next(d for d in assessment.instrument.dimensions if d.code == indicator.dimension)
    versions = agreed_versions(ws, assessment, line.code)
    now = versions[0].value if versions else None
    return ConsensusDetail(
        line=line,
        dimension=said(dimension.name, language()),
        guidance=said(indicator.guidance, language()),
        levels=assessments.level_lines(indicator),
        na_allowed=indicator.na_allowed,
        reason=str(now.get("reason") or "") if now else "",
        grade=now.get("evidence") if now else best_grade(ws, assessment, line.code),
        reason_required_for=tuple(
            rating
            for rating in (*LEVELS, *SPECIAL)
            if assessment.closed
            or reason_required(stands.counting, rating, assessment.instrument, from_sheet=assessment.from_sheet)
        ),
        evidence=_all_evidence(ws, assessment, line.code),
        minority=minority_lines(ws, assessment, line.code),
        minority_invited=_invited(ws, assessment, line),
        versions=tuple(_version_line(ws, version) for version in versions),
        response=response(ws, assessment, line.code),
    )


def _all_evidence(ws: Workspace, assessment: Assessment, code: str) -> tuple[EvidenceLine, ...]:
    by = [*(_last(rater.id) for rater in assessment.raters), AGREED_BY_ALL]
    return tuple(item for one in by for item in assessments.evidence_lines(ws, assessment, one, code))


def best_grade(ws: Workspace, assessment: Assessment, code: str) -> str | None:
    """The strongest grade of evidence that anybody noted for an indicator."""
    return min((item.grade for item in _all_evidence(ws, assessment, code)), default=None)


def agreed_versions(ws: Workspace, assessment: Assessment, code: str) -> list[Version]:
    """Every agreed rating that an indicator had, the one that holds now first; undone ones left out."""
    versions = ws.journal.history(f"agreed/{assessment.key}/{code}", field="agreed")
    return [version for version in versions if version.value]


def _version_line(ws: Workspace, version: Version) -> VersionLine:
    value = version.value
    grade = f" ({value['evidence']})" if value.get("evidence") else ""
    return VersionLine(
        words=phrases.rating(value["rating"]) + grade,
        reason=str(value.get("reason") or ""),
        author=person_name(ws, version.author),
        at=version.at.astimezone(),
    )


def minority_lines(ws: Workspace, assessment: Assessment, code: str) -> tuple[MinorityLine, ...]:
    """Minority views on one indicator, with a name only where its author asked for it."""
    found = ws.journal.records(f"minority/{assessment.key}/{code}/")
    return tuple(
        MinorityLine(uid, str(record["text"]), person_name(ws, record.get("person")) if record.get("signed") else "")
        for uid, record in found.items()
        if record.get("text")
    )


def _invited(ws: Workspace, assessment: Assessment, line: ConsensusLine) -> bool:
    rater = next((rater for rater in assessment.counting() if rater.person == ws.author), None)
    if rater is None:
        return False
    own = ws.journal.record(f"rating/{assessment.key}/{_last(rater.id)}/{line.code}").get("level")
    return minority_invited(own, line.agreed)


def response(ws: Workspace, assessment: Assessment, code: str) -> str:
    """What the hosts answer to a finding, unchanged."""
    return str(ws.journal.record(f"response/{assessment.key}/{code}").get("text") or "")


# ---- deeds --------------------------------------------------------------------------------------------------------


def accept_close(ws: Workspace, assessment: str) -> Change:
    """Agree together on every unanimous or close indicator that is not agreed yet, as proposed (rule 4)."""
    loaded = assessments.load(ws, assessment)
    assessments.require_leader(ws, loaded)
    _refuse_if_closed(loaded)
    agreed = assessments.agreed_ratings(ws, loaded)
    edits: list[Edit] = []
    for code, stands in standpoints(ws, loaded).items():
        proposal = stands.proposal
        if (
            code not in agreed
            and proposal.level is not None
            and proposal.closeness
            in (
                Closeness.UNANIMOUS,
                Closeness.CLOSE,
            )
        ):
            grade = best_grade(ws, loaded, code) or "D"
            edits.append(Put(_agreed(loaded, code), "agreed", {"rating": proposal.level, "evidence": grade}))
    if not edits:
        raise Trouble(_("No close rating is waiting."), _("Agree on the others one at a time."))
    told = ngettext(
        "{number} close rating was accepted as proposed.",
        "{number} close ratings were accepted as proposed.",
        len(edits),
    )
    return ws.record(edits, said=told.format(number=len(edits)))


def _agreed(assessment: Assessment, code: str) -> str:
    return f"agreed/{assessment.key}/{code}"


def _refuse_if_closed(assessment: Assessment) -> None:
    if assessment.closed:
        raise Trouble(
            _("This assessment is closed."),
            _("Change one agreed rating at a time, each with its reason."),
        )


def agree(
    ws: Workspace, assessment: str, *, code: str, rating: Rating, grade: str | None = None, reason: str = ""
) -> Change:
    """Agree on one indicator. After closing it is an amendment: dated, with a reason, beside the former rating.

    Trouble where the rules of readiness-scoring, section 2, ask for a reason or a grade and there is none.
    """
    loaded = assessments.load(ws, assessment)
    assessments.require_leader(ws, loaded)
    indicator = assessments.indicator_of(loaded, code)
    assessments.check_rating(indicator, rating, SPECIAL)
    value = checked(loaded, standpoints(ws, loaded)[code], rating, grade, reason, today=ws.today())
    told = _("Agreed on {code}: {rating}.").format(code=code, rating=phrases.rating(rating))
    return ws.record([Put(_agreed(loaded, code), "agreed", value)], said=told)


def checked(
    assessment: Assessment, stands: Standpoints, rating: Rating, grade: str | None, reason: str, *, today: date
) -> Value:
    """The agreed rating as it is kept; Trouble if a reason or a grade is missing."""
    reason = reason.strip()
    asked = bool(assessment.closed) or reason_required(
        stands.counting, rating, assessment.instrument, from_sheet=assessment.from_sheet
    )
    if asked and not reason:
        raise Trouble(
            _("This agreed rating needs a reason."),
            _("Write in one sentence why, then agree."),
        )
    value: dict[str, Value] = {"rating": rating}
    if isinstance(rating, int):
        if grade is None or grade not in GRADES:
            raise Trouble(
                _("The grade of the evidence is missing."),
                _("Choose A, B, C or D for what the rating rests on."),
            )
        value["evidence"] = grade
    if reason:
        value["reason"] = reason
    if assessment.closed:
        value["amended"] = today.isoformat()
    return value


def close(ws: Workspace, assessment: str) -> Change:
    """Close the agreement: from now on a change is an amendment, and both versions are printed."""
    loaded = assessments.load(ws, assessment)
    by = assessments.require_leader(ws, loaded)
    _refuse_if_closed(loaded)
    if not assessments.agreed_ratings(ws, loaded):
        raise Trouble(_("Nothing is agreed yet."), _("Agree on the ratings first."))
    value: Value = {"at": ws.clock().isoformat(timespec="seconds"), "by": by}
    return ws.record([Put(loaded.id, "closed", value)], said=_("“{title}” was closed.").format(title=loaded.title))


def minority_view(ws: Workspace, assessment: str, *, code: str, text: str, signed: bool = False) -> Change:
    """Leave a minority view: whoever rated two or more levels away from what was agreed (rule 6)."""
    loaded = assessments.load(ws, assessment)
    author = require_author(ws)
    agreed = assessments.agreed_ratings(ws, loaded)
    stands = standpoints(ws, loaded)[code]
    indicator = assessments.indicator_of(loaded, code)
    if not _invited(ws, loaded, _line(loaded, indicator, stands, agreed)):
        raise Trouble(
            _("A minority view is for a peer who rated two or more levels away from what was agreed."),
            _("Write a note or a reason instead."),
        )
    rater = next(_last(rater.id) for rater in loaded.counting() if rater.person == author)
    uid = f"minority/{loaded.key}/{code}/{rater}"
    values: dict[str, Value] = {"text": text.strip() or None, "signed": signed, "person": author if signed else None}
    edits: list[Edit] = [Put(uid, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("A minority view on {code} was kept.").format(code=code))


def respond(ws: Workspace, assessment: str, *, code: str, text: str) -> Change:
    """Keep what a host answers to a finding; it is printed unchanged (rule 9)."""
    loaded = assessments.load(ws, assessment)
    author = require_author(ws)
    assessments.indicator_of(loaded, code)
    if not teams.is_host(ws, loaded.engagement, author):
        raise Trouble(
            _("Only a host answers a finding."),
            _("Let one of the hosts write here: change who writes, under Settings."),
        )
    edit = Put(f"response/{loaded.key}/{code}", "text", text.strip() or None)
    return ws.record([edit], said=_("The hosts’ answer on {code} was kept.").format(code=code))
