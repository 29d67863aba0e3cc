"""The office's view: where every engagement stands, in the order of their names, and the figures of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from pitso.domain import phases as rules
from pitso.domain import programme_figures
from pitso.domain.facts import HOST, SUPPORTING
from pitso.domain.folding import fold
from pitso.domain.phases import State
from pitso.domain.programme_figures import Figures, Reached
from pitso.domain.warnings import Severity
from pitso.services import (
    answers,
    attendance,
    commitments,
    engagements,
    learning,
    phase_words,
    trust,
    warnings,
    workshops,
)
from pitso.services import facts as gathered
from pitso.services.form_tables import SheetOfRecords
from pitso.services.views import EngagementLine
from pitso.services.workspace import Workspace
from pitso.storage import joining
from pitso.words import _, ngettext, percent, whole

YOUNG, WOMAN = "young", "woman"


@dataclass(frozen=True)
class OverviewLine:
    """One engagement as the office sees it."""

    line: EngagementLine
    phase: str
    days_in_phase: int | None
    since_event: int | None
    """Days since the sides met last."""
    next_date: date | None
    warnings: int
    heaviest: Severity | None
    verdict_age: int | None
    """Days since the assessment that the verdict rests on."""
    promised: str
    """How the commitments of each side stand, in words."""
    figures: Figures


@dataclass(frozen=True)
class FigureLine:
    """One figure of the programme over all engagements: what, how much, and what it is made of."""

    name: str
    figure: str
    told: str = ""


@dataclass(frozen=True)
class Overview:
    """All engagements of a workspace, and what they say together."""

    lines: tuple[OverviewLine, ...]
    figures: tuple[FigureLine, ...]
    missing: tuple[str, ...]
    """Computers of which a bundle between two that came is missing."""
    heard: datetime | None


def overview(ws: Workspace) -> Overview:
    """Every engagement by its name, never by how it does."""
    known = sorted(engagements.engagements(ws), key=lambda line: fold(line.title))
    found = [_line(ws, line) for line in known]
    missing = tuple(sorted({trust.name_of(ws, gap.device) for gap in joining.gaps(ws.journal)}))
    heard = max((line.last_received for line in known if line.last_received), default=None)
    return Overview(
        tuple(found), tuple(_figures(programme_figures.together(one.figures for one in found))), missing, heard
    )


def _line(ws: Workspace, line: EngagementLine) -> OverviewLine:
    today, known = ws.today(), gathered.facts(ws, line.id)
    standing = rules.phases(known, today)
    here = rules.where_we_are(standing)
    held = [event for event in known.events if event.starts <= today]
    last = max(held, key=lambda event: event.ends, default=None)
    raised = warnings.raised(ws, line.id)
    learned = learning.learning(ws, line.id)
    return OverviewLine(
        line=line,
        phase=f"{here.number} · {phase_words.names()[here.number]}",
        days_in_phase=_days(here.opened_on if here.state is State.OPEN else here.completed_on, today),
        since_event=_days(last.ends if last else None, today),
        next_date=min((event.starts for event in known.events if event.starts > today), default=None)
        or (last.next_date if last and last.next_date and last.next_date > today else None),
        warnings=raised.number,
        heaviest=raised.heaviest,
        verdict_age=_days(line.verdict_on, today),
        promised=" · ".join(_promised(ws, line.id)),
        figures=programme_figures.figures(
            known,
            standing,
            today,
            reached=_reached(ws, line.id),
            used=(learned.used, len(learned.points)),
            registered=any(one.values.get("certificate") == "yes" for one in answers.said(ws, line.id, "exit")),
        ),
    )


def _days(day: date | None, today: date) -> int | None:
    return (today - day).days if day is not None else None


def _promised(ws: Workspace, engagement: str) -> Iterator[str]:
    for side in commitments.by_side(commitments.commitments(ws, engagement)):
        told = _("{side}: {waiting} open, {overdue} overdue")
        yield told.format(side=side.side_words, waiting=whole(side.waiting), overdue=whole(side.overdue))


def _reached(ws: Workspace, engagement: str) -> Reached:
    """Everybody who registered at a workshop; who came to two is counted once."""
    came = {
        one.person or one.id: one
        for workshop in workshops.workshops(ws, engagement)
        for one in attendance.participants(ws, workshop.id)
        if one.registered
    }
    return Reached(
        councils=len({one.council for one in came.values() if one.is_council}),
        persons=len(came),
        women=sum(one.sex == WOMAN for one in came.values()),
        young=sum(one.age_band == YOUNG for one in came.values()),
    )


# ---- the figures of the programme -------------------------------------------------------------------------------


def _share(part: int, of: int) -> str:
    return percent(Fraction(100 * part, of)) if of else "–"


def _of(part: int, of: int) -> str:
    return _("{part} of {all}").format(part=whole(part), all=whole(of))


def _figures(all_: Figures) -> Iterator[FigureLine]:
    yield FigureLine(_("Events with a next date"), _share(*all_.events), _of(*all_.events))
    told = ngettext("{number} gap of more than 90 days", "{number} gaps of more than 90 days", all_.long_gaps)
    yield FigureLine(_("Long gaps"), whole(all_.long_gaps), told.format(number=whole(all_.long_gaps)))
    yield FigureLine(_("Peers trained"), _share(*all_.trained), _of(*all_.trained))
    yield FigureLine(_("Councils reached"), whole(all_.reached.councils))
    yield FigureLine(
        _("Women reached"),
        _share(all_.reached.women, all_.reached.persons),
        _of(all_.reached.women, all_.reached.persons),
    )
    yield FigureLine(
        _("Young leaders reached"),
        _share(all_.reached.young, all_.reached.persons),
        _of(all_.reached.young, all_.reached.persons),
    )
    for side, name in (
        (HOST, _("Commitments on time, hosts")),
        (SUPPORTING, _("Commitments on time, supporting side")),
    ):
        done = all_.commitments.get(side, (0, 0))
        yield FigureLine(name, _share(*done), _of(*done))
    for side, name in ((HOST, _("What the hosts learned")), (SUPPORTING, _("What the supporting side learned"))):
        yield FigureLine(name, whole(all_.learned.get(side, 0)))
    yield FigureLine(_("Learning points in use"), _share(*all_.used), _of(*all_.used))
    yield FigureLine(_("Resources covered"), percent(100 * all_.cover[0] / all_.cover[1]) if all_.cover[1] else "–")
    yield FigureLine(_("Associations founded"), whole(all_.founded))
    yield FigureLine(_("Associations registered"), whole(all_.registered))
    for months, name in ((12, _("Active after 12 months")), (24, _("Active after 24 months"))):
        yield FigureLine(name, _of(*all_.active_after.get(months, (0, 0))))
    for number, days in sorted(all_.days.items()):
        mean = round(days / max(all_.engagements, 1))
        told = ngettext("{number} day on average", "{number} days on average", mean).format(number=whole(mean))
        yield FigureLine(_("Days in phase {number}").format(number=whole(number)), whole(days), told)


# ---- as a table -------------------------------------------------------------------------------------------------


def as_sheet(ws: Workspace) -> SheetOfRecords:
    """The office's view as one table, a row for each engagement, with whole numbers where there are counts."""
    sheet = SheetOfRecords("overview")
    for one in overview(ws).lines:
        figures = one.figures
        row = {
            "KEY": one.line.id,
            "title": one.line.title,
            "sides": one.line.sides,
            "phase": one.phase.partition(" ")[0],
            "days_in_phase": _text(one.days_in_phase),
            "days_since_event": _text(one.since_event),
            "next_date": one.next_date.isoformat() if one.next_date else "",
            "warnings": str(one.warnings),
            "verdict": one.line.verdict.value if one.line.verdict else "",
            "verdict_age": _text(one.verdict_age),
            "long_gaps": str(figures.long_gaps),
            "events": str(figures.events[1]),
            "events_with_next_date": str(figures.events[0]),
            "peers": str(figures.trained[1]),
            "peers_trained": str(figures.trained[0]),
            "councils": str(figures.reached.councils),
            "persons": str(figures.reached.persons),
            "women": str(figures.reached.women),
            "young": str(figures.reached.young),
            "founded": str(figures.founded),
            "registered": str(figures.registered),
        }
        sheet.columns = list(row)
        sheet.numeric = {name for name in row if name not in ("KEY", "title", "sides", "next_date", "verdict")}
        sheet.rows.append(row)
    return sheet


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
