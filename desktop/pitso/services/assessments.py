"""Assessments: everyone rates alone, nobody sees the others' ratings before the leader's reveal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pitso.domain.operation import Value
from pitso.domain.readiness.agreement import Rating
from pitso.domain.readiness.instrument import (
    LEVELS,
    NOT_APPLICABLE,
    UNKNOWN,
    Indicator,
    Instrument,
    Stage,
    for_strengthening,
    said,
)
from pitso.domain.readiness.scoring import Agreed, Result, evaluate
from pitso.domain.trouble import Trouble
from pitso.services import instruments, phrases, teams, tracks
from pitso.services.change import Change
from pitso.services.views import (
    AssessmentLine,
    Dot,
    EvidenceLine,
    LevelLine,
    MemberLine,
    OutlineLine,
    RaterLine,
    RatingView,
    RevealView,
)
from pitso.services.workspace import Workspace, require_author
from pitso.storage import joining
from pitso.storage.edits import Attach, Drop, Edit, Put
from pitso.storage.journal import Attachment, Record
from pitso.words import _, language, ngettext

BESIDE, HOSTS_ALONE, JOINT = "beside", "hosts", "joint"
GRADES = "ABCD"
AGREED_BY_ALL = "agreed"
"""Stands where a rater's id would, in the evidence of the agreed rating."""


def modes() -> tuple[tuple[str, str], ...]:
    """Who rates and agrees (readiness-scoring, section 2, rule 10), by code."""
    return (
        (BESIDE, _("Peers, with the hosts beside them")),
        (HOSTS_ALONE, _("Hosts alone, before a visit")),
        (JOINT, _("Peers and hosts as one team")),
    )


@dataclass(frozen=True)
class Assessment:
    """One assessment as the services need it."""

    ws: Workspace = field(repr=False, compare=False)
    id: str
    engagement: str
    title: str
    stage: Stage
    held_on: date
    mode: str
    from_sheet: bool
    instrument: Instrument
    """As it was rated with; where an association is strengthened, without the gate on founding one."""
    strengthens: bool
    revealed: Mapping[str, Any] | None
    closed: Mapping[str, Any] | None

    @cached_property
    def raters(self) -> tuple[MemberLine, ...]:
        """Everybody in the team, and of the hosts, whose role rates."""
        team = teams.members(self.ws, self.engagement)
        return tuple(member for member in team if member.role in teams.RATING_ROLES)

    @property
    def key(self) -> str:
        """What its ratings have in their ids."""
        return _key(self.id)

    @property
    def stage_words(self) -> str:
        """What the readiness is for."""
        return phrases.stage(self.stage, strengthens=self.strengthens)

    @property
    def state(self) -> str:
        """``rating`` until the reveal, ``revealed`` until it is closed, then ``agreed``."""
        return "agreed" if self.closed else "revealed" if self.revealed or self.from_sheet else "rating"

    def counting(self) -> tuple[MemberLine, ...]:
        """The raters whose ratings make the proposal and the spread."""
        if self.mode == JOINT:
            return self.raters
        side = teams.HOST if self.mode == HOSTS_ALONE else teams.PEER
        return tuple(rater for rater in self.raters if rater.side == side)

    def beside(self) -> tuple[MemberLine, ...]:
        """The raters whose ratings are shown beside and do not count."""
        counting = self.counting()
        return tuple(rater for rater in self.raters if rater not in counting)


def _key(uid: str) -> str:
    return uid.partition("/")[2].replace("/", ".")


def a_date(text: str) -> date:
    """A date of the journal."""
    return date.fromisoformat(text)


def load(ws: Workspace, uid: str) -> Assessment:
    """One assessment; Trouble if it has not arrived here."""
    return _loaded(ws, uid, ws.journal.record(uid))


def _loaded(ws: Workspace, uid: str, record: Record) -> Assessment:
    if "form" not in record:
        raise Trouble(
            _("This assessment is not in this workspace."),
            _("Receive the bundle of the team that began it."),
        )
    engagement = f"engagement/{uid.split('/')[1]}"
    instrument, strengthens = instruments.instrument(ws, record["form"]), tracks.strengthens(ws, engagement)
    return Assessment(
        ws=ws,
        id=uid,
        engagement=engagement,
        title=str(record.get("title", "")),
        stage=Stage(record.get("stage", Stage.FOUNDING)),
        held_on=a_date(record["held_on"]),
        mode=str(record.get("mode", BESIDE)),
        from_sheet=bool(record.get("from_sheet")),
        instrument=for_strengthening(instrument) if strengthens else instrument,
        strengthens=strengthens,
        revealed=record.get("revealed"),
        closed=record.get("closed"),
    )


def begin(
    ws: Workspace,
    engagement: str,
    *,
    title: str,
    stage: Stage,
    held_on: date,
    mode: str = BESIDE,
    from_sheet: bool = False,
) -> Change:
    """Begin an assessment with the instrument that the workspace uses now, whose hash it keeps.

    *from_sheet*: only agreed ratings will be typed in, from a consensus sheet (section 2, rule 7).
    """
    from pitso.services.instrument_reading import instrument_of

    require_author(ws)
    xform = instruments.current_xform(ws)
    instrument = instrument_of(xform)
    form, edits = instruments.form_edits(ws, xform, f"{said(instrument.title, 'en')} {instrument.version}")
    uid = f"assessment/{engagement.partition('/')[2]}/{ws.token()}"
    title = title.strip() or _("Readiness assessment")
    values: dict[str, str | bool] = {
        "title": title,
        "stage": stage.value,
        "held_on": held_on.isoformat(),
        "mode": mode,
        "form": form,
        "instrument": f"{instrument.id} {instrument.version}",
    }
    if from_sheet:
        values["from_sheet"] = True
    edits += [Put(uid, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("The assessment “{title}” was begun.").format(title=title), made=uid)


def in_order(ws: Workspace, engagement: str) -> list[Assessment]:
    """The assessments of an engagement that have arrived here, the earliest first."""
    records = ws.journal.records(f"assessment/{engagement.partition('/')[2]}/")
    found = [_loaded(ws, uid, record) for uid, record in records.items()]
    return sorted(found, key=lambda assessment: (assessment.held_on, assessment.title))


def assessments(ws: Workspace, engagement: str) -> tuple[AssessmentLine, ...]:
    """The assessments of an engagement, one line each, the earliest first."""
    return tuple(_line(ws, assessment) for assessment in in_order(ws, engagement))


def _line(ws: Workspace, assessment: Assessment) -> AssessmentLine:
    judged = result(ws, assessment) if agreed_ratings(ws, assessment) else None
    return AssessmentLine(
        id=assessment.id,
        title=assessment.title,
        stage=assessment.stage,
        stage_words=assessment.stage_words,
        held_on=assessment.held_on,
        state=assessment.state,
        state_words=phrases.state(assessment.state),
        verdict=judged.verdict if judged else None,
        verdict_words=phrases.verdict(judged.verdict) if judged else "",
        figures=phrases.figures(judged.overall) if judged else "",
    )


def agreed_ratings(ws: Workspace, assessment: Assessment) -> dict[str, Agreed]:
    """The agreed ratings that hold now, by indicator code."""
    found = {}
    for uid, record in ws.journal.records(f"agreed/{assessment.key}/").items():
        value = record.get("agreed")
        if value:
            found[uid.rpartition("/")[2]] = Agreed(value["rating"], value.get("evidence"))
    return found


def result(ws: Workspace, assessment: Assessment) -> Result:
    """Scores, gates and verdict of what is agreed now; worked out once for the same ratings."""
    ratings = agreed_ratings(ws, assessment)
    told = (ratings, assessment.strengthens)
    kept = ws.judged.get(assessment.id)
    if kept is None or kept[0] != told or kept[1].stage is not assessment.stage:
        kept = ws.judged[assessment.id] = (told, evaluate(assessment.instrument, ratings, assessment.stage))
    return kept[1]


# ---- rating alone -------------------------------------------------------------------------------------------------


def _rater(assessment: Assessment, rater: str) -> MemberLine:
    found = next((line for line in assessment.raters if line.id == rater), None)
    if found is None:
        raise Trouble(
            _("This person does not rate in this assessment."),
            _("Add the person to the team with a role that rates."),
        )
    return found


@dataclass(frozen=True)
class _Own:
    """A rating that the author may write: its record, and what that *holds* now."""

    assessment: Assessment
    indicator: Indicator
    record: str
    holds: Record


def _own(ws: Workspace, uid: str, rater: str, code: str) -> _Own:
    """The rating of an indicator by this rater, read at once; Trouble unless the author may write it."""
    author = require_author(ws)
    record = f"rating/{_key(uid)}/{_last(rater)}/{code}"
    found = ws.journal.several([uid, rater, record])
    assessment = _loaded(ws, uid, found.get(uid, {}))
    member = found.get(rater, {})
    if member.get("person") != author or member.get("role") not in teams.RATING_ROLES:
        raise Trouble(
            _("{name} rates here, but somebody else is writing.").format(name=_rater(assessment, rater).name),
            _("Change who writes, then rate."),
        )
    if assessment.closed:
        raise Trouble(
            _("This assessment is closed."),
            _("Change the agreed rating with a reason, or begin another assessment."),
        )
    return _Own(assessment, indicator_of(assessment, code), record, found.get(record, {}))


def indicator_of(assessment: Assessment, code: str) -> Indicator:
    """The indicator of that code; Trouble if the instrument has none."""
    found = assessment.instrument.by_code.get(code)
    if found is None:
        raise Trouble(
            _("The instrument of this assessment has no indicator “{code}”.").format(code=code),
            _("Choose one of its outline."),
        )
    return found


def _last(uid: str) -> str:
    return uid.rpartition("/")[2]


def check_rating(indicator: Indicator, rating: Rating, allowed: tuple[str, ...]) -> None:
    """Trouble unless *rating* is a level 0 to 4 or one of the *allowed* words."""
    if rating == NOT_APPLICABLE and not indicator.na_allowed:
        raise Trouble(
            _("{code} always applies.").format(code=indicator.code),
            _("Choose the level that fits best, or “not known yet”."),
        )
    if (isinstance(rating, int) and not isinstance(rating, bool) and rating in LEVELS) or rating in allowed:
        return
    raise Trouble(
        _("“{rating}” is outside the scale.").format(rating=rating),
        _("Choose a level from 0 to 4, or “not known yet”."),
    )


def rate(ws: Workspace, assessment: str, *, rater: str, code: str, rating: Rating) -> Change:
    """Give a level, NA or UK to one indicator; given after the reveal it is kept apart and marked so."""
    own = _own(ws, assessment, rater, code)
    check_rating(own.indicator, rating, (NOT_APPLICABLE, UNKNOWN))
    field = "level_after_reveal" if own.assessment.revealed else "level"
    before = own.holds.get(field)
    words = phrases.rating(rating)
    told = (
        _("{code} rated {rating}.").format(code=code, rating=words)
        if before is None
        else _("{code} changed from {before} to {rating}.").format(
            code=code, before=phrases.rating(before), rating=words
        )
    )
    return ws.record([Put(own.record, field, rating)], said=told)


def give_reason(ws: Workspace, assessment: str, *, rater: str, code: str, reason: str) -> Change:
    """Say why an indicator does not apply."""
    own = _own(ws, assessment, rater, code)
    return ws.record(
        [Put(own.record, "reason", reason.strip() or None)], said=_("The reason for {code} was kept.").format(code=code)
    )


def write_note(ws: Workspace, assessment: str, *, rater: str, code: str, note: str) -> Change:
    """Keep a note beside the own rating."""
    own = _own(ws, assessment, rater, code)
    return ws.record(
        [Put(own.record, "note", note.strip() or None)], said=_("The note on {code} was kept.").format(code=code)
    )


def add_evidence(
    ws: Workspace, assessment: str, *, rater: str, code: str, grade: str, text: str, file: Path | None = None
) -> Change:
    """Note what the rating rests on, with its grade A to D and, where there is one, a file."""
    own = _own(ws, assessment, rater, code)
    edits = evidence_edits(ws, own.assessment, _last(rater), code, grade, text, file)
    return ws.record(edits, said=_("Evidence for {code} was noted.").format(code=code), made=edits[0].entity)


def evidence_edits(
    ws: Workspace, assessment: Assessment, by: str, code: str, grade: str, text: str, file: Path | None
) -> list[Edit]:
    """What makes an item of evidence; Trouble for an unknown grade, nothing to note, or a file that cannot be read."""
    if grade not in GRADES:
        raise Trouble(_("“{grade}” is no grade of evidence.").format(grade=grade), _("Choose A, B, C or D."))
    if not text.strip() and file is None:
        raise Trouble(_("Nothing says what the evidence is."), _("Write what was seen or heard, or add a file."))
    uid = f"evidence/{assessment.key}/{by}/{code}/{ws.token()}"
    edits: list[Edit] = [Put(uid, "grade", grade), Put(uid, "text", text.strip() or None)]
    if file is not None:
        try:
            edits.append(Attach(uid, "file", file.name, file.read_bytes()))
        except OSError as error:
            raise Trouble(
                _("“{file}” could not be read.").format(file=file.name),
                _("Look for it, then choose it again; nothing was noted."),
            ) from error
    return edits


def remove_evidence(ws: Workspace, evidence: str) -> Change:
    """Take an item of evidence away; it stays in the history."""
    code = evidence.split("/")[3]
    return ws.record([Drop(evidence)], said=_("An item of evidence for {code} was removed.").format(code=code))


def evidence_lines(ws: Workspace, assessment: Assessment, by: str, code: str) -> tuple[EvidenceLine, ...]:
    """The evidence that one rater, or all together, noted for an indicator."""
    found = ws.journal.records(f"evidence/{assessment.key}/{by}/{code}/")
    return tuple(_evidence_line(uid, record) for uid, record in found.items())


def _evidence_line(uid: str, record: Record) -> EvidenceLine:
    file = record.get("file")
    grade = str(record.get("grade", ""))
    return EvidenceLine(
        uid,
        grade,
        phrases.grade(grade),
        str(record.get("text", "")),
        file.name if isinstance(file, Attachment) else "",
    )


def sealed(ws: Workspace, entity: str) -> bool:
    """Is this a rating, or what goes with one, of somebody else, before the reveal?

    No view shows it then: not the differences, and not what waits.
    """
    kind, _slash, rest = entity.partition("/")
    if kind not in ("rating", "evidence"):
        return False
    key, rater, *_more = rest.split("/")
    if ws.journal.record(f"assessment/{key.replace('.', '/')}").get("revealed"):
        return False
    return ws.journal.record(f"member/{key.partition('.')[0]}/{rater}").get("person") != ws.author


def finish(ws: Workspace, assessment: str, *, rater: str, finished: bool) -> Change:
    """Say that the own ratings are complete, or that they are not yet."""
    loaded = load(ws, assessment)
    line = _rater(loaded, rater)
    entity = f"finished/{loaded.key}/{_last(rater)}"
    at = ws.clock().isoformat(timespec="seconds") if finished else None
    told = _("{name} has finished.") if finished else _("{name} goes on rating.")
    return ws.record([Put(entity, "at", at)], said=told.format(name=line.name))


# ---- the rating page ----------------------------------------------------------------------------------------------


def rating(ws: Workspace, assessment: str, *, rater: str, code: str | None = None) -> RatingView:
    """One indicator for one rater: the wanted one, else the first that is open.

    Trouble if it is another person's rating and the ratings are not revealed yet.
    """
    loaded = load(ws, assessment)
    line = _rater(loaded, rater)
    if line.person != ws.author and not loaded.revealed:
        raise Trouble(
            _("The ratings of {name} stay hidden until the reveal.").format(name=line.name),
            _("Change who writes, to rate as {name}.").format(name=line.name),
        )
    given = _given(ws, loaded, rater)
    graded = _graded(ws, loaded, rater)
    codes = [indicator.code for indicator in loaded.instrument.indicators]
    here = code or next((c for c in codes if _answer(given.get(c, {}), loaded) is None), codes[0])
    indicator = indicator_of(loaded, here)
    record = given.get(here, {})
    chosen = _answer(record, loaded)
    place = codes.index(here)
    dimension = next(d for d in loaded.instrument.dimensions if d.code == indicator.dimension)
    siblings = [i.code for i in loaded.instrument.of(dimension.code)]
    evidence = evidence_lines(ws, loaded, _last(rater), here)
    name = said(dimension.name, language())
    return RatingView(
        assessment=loaded.id,
        assessment_title=loaded.title,
        engagement_title=str(ws.journal.record(loaded.engagement).get("title", "")),
        rater=rater,
        rater_name=line.name,
        place=f"{dimension.code} · {name}",
        position=siblings.index(here) + 1,
        total=len(siblings),
        code=here,
        statement=said(indicator.statement, language()),
        guidance=said(indicator.guidance, language()),
        evidence_hint=said(indicator.evidence, language()),
        levels=level_lines(indicator),
        na_allowed=indicator.na_allowed,
        chosen=chosen,
        after_reveal=loaded.revealed is not None,
        reason=str(record.get("reason") or ""),
        reason_wanted=chosen == NOT_APPLICABLE and not record.get("reason"),
        grade=min((item.grade for item in evidence), default=None),
        evidence=evidence,
        note=str(record.get("note") or ""),
        answered=sum(_answer(given.get(c, {}), loaded) is not None for c in codes),
        in_all=len(codes),
        without_evidence=sum(_lacks(given.get(c, {}), loaded, graded, c) for c in codes),
        outline=tuple(_outline(loaded, given, graded, here)),
        previous=codes[place - 1] if place else None,
        following=codes[place + 1] if place + 1 < len(codes) else None,
        finished=bool(ws.journal.record(f"finished/{loaded.key}/{_last(rater)}")),
        gate_words=phrases.gate_minimum(indicator, loaded.stage),
    )


def level_lines(indicator: Indicator) -> tuple[LevelLine, ...]:
    """The five levels in words."""
    return tuple(
        LevelLine(level, phrases.scale(level), said(text, language())) for level, text in enumerate(indicator.levels)
    )


def _given(ws: Workspace, assessment: Assessment, rater: str) -> dict[str, Record]:
    """What one rater gave, by indicator code."""
    found = ws.journal.records(f"rating/{assessment.key}/{_last(rater)}/")
    return {_last(uid): record for uid, record in found.items()}


def _graded(ws: Workspace, assessment: Assessment, rater: str) -> set[str]:
    """Codes for which one rater noted evidence."""
    return {uid.split("/")[3] for uid in ws.journal.records(f"evidence/{assessment.key}/{_last(rater)}/")}


def _answer(record: Record, assessment: Assessment) -> Rating | None:
    """The rating that this rater sees as the own one: after the reveal, what was given then comes first."""
    later = record.get("level_after_reveal") if assessment.revealed else None
    found: Rating | None = later if later is not None else record.get("level")
    return found


def _lacks(record: Record, assessment: Assessment, graded: set[str], code: str) -> bool:
    return isinstance(_answer(record, assessment), int) and code not in graded


def _outline(assessment: Assessment, given: Mapping[str, Record], graded: set[str], here: str) -> list[OutlineLine]:
    lines = []
    for dimension in assessment.instrument.dimensions:
        codes = [indicator.code for indicator in assessment.instrument.of(dimension.code)]
        dots = []
        for code in codes:
            answered = _answer(given.get(code, {}), assessment) is not None
            state = "here" if code == here else "answered" if answered else "open"
            dots.append(Dot(code, state, _lacks(given.get(code, {}), assessment, graded, code)))
        done = sum(_answer(given.get(code, {}), assessment) is not None for code in codes)
        name = said(dimension.name, language())
        lines.append(OutlineLine(dimension.code, name, done, len(codes), here in codes, tuple(dots)))
    return lines


# ---- the reveal ---------------------------------------------------------------------------------------------------


def reveal_view(ws: Workspace, assessment: str) -> RevealView:
    """Before the reveal: how far everybody is, and nothing of what they rated."""
    loaded = load(ws, assessment)
    lines = tuple(_rater_line(ws, loaded, rater) for rater in loaded.raters)
    why_not = _why_not(ws, loaded, lines)
    return RevealView(
        assessment=loaded.id,
        title=loaded.title,
        stage_words=loaded.stage_words,
        raters=lines,
        may_reveal=not why_not,
        why_not=why_not or _still_rating(lines),
    )


def _rater_line(ws: Workspace, assessment: Assessment, rater: MemberLine) -> RaterLine:
    given = _given(ws, assessment, rater.id)
    return RaterLine(
        id=rater.id,
        name=rater.name,
        side_words=rater.side_words,
        answered=sum(record.get("level") is not None for record in given.values()),
        total=len(assessment.instrument.indicators),
        finished=bool(ws.journal.record(f"finished/{assessment.key}/{_last(rater.id)}")),
        writing_here=rater.person == ws.author,
    )


def _why_not(ws: Workspace, assessment: Assessment, lines: tuple[RaterLine, ...]) -> str:
    if assessment.revealed:
        return _("The ratings are revealed.")
    if not is_leader(ws, assessment):
        return _("Only the team leader reveals the ratings.")
    counting = {rater.id for rater in assessment.counting()}
    if not any(line.answered for line in lines if line.id in counting):
        return _("Nobody has rated yet.")
    return ""


def _still_rating(lines: tuple[RaterLine, ...]) -> str:
    waiting = sum(not line.finished for line in lines)
    if not waiting:
        return ""
    return ngettext("{number} person has not finished yet.", "{number} people have not finished yet.", waiting).format(
        number=waiting
    )


def is_leader(ws: Workspace, assessment: Assessment) -> bool:
    """Is whoever writes here the leader of this engagement's team?"""
    team = teams.members(ws, assessment.engagement)
    return any(member.person == ws.author and member.role == "leader" for member in team)


def require_leader(ws: Workspace, assessment: Assessment) -> str:
    """The leader who writes here; Trouble if it is somebody else (model, section 9)."""
    if not is_leader(ws, assessment):
        raise Trouble(
            _("Only the team leader may do this."),
            _("Let the leader write here: change who writes, under Settings."),
        )
    return require_author(ws)


def reveal(ws: Workspace, assessment: str) -> Change:
    """Show all ratings side by side. The leader's act: it cannot be undone, and the moment is kept."""
    loaded = load(ws, assessment)
    by = require_leader(ws, loaded)
    if loaded.revealed:
        raise Trouble(_("The ratings are revealed already."), _("Go on to the agreement."))
    if not any(_rater_line(ws, loaded, rater).answered for rater in loaded.counting()):
        raise Trouble(_("Nobody has rated yet."), _("Rate first, then reveal."))
    knew: Value = {device.hex()[:32]: seq for device, seq in joining.vector(ws.journal).items()}
    value: Value = {"at": ws.clock().isoformat(timespec="seconds"), "by": by, "knew": knew}
    told = _("The ratings of “{title}” were revealed.").format(title=loaded.title)
    return ws.record([Put(loaded.id, "revealed", value)], said=told, undoable=False)
