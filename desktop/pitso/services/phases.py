"""The phases of an engagement as people see and move them: what is missing, going ahead, scaling down, follow-up."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from pitso.domain import phases as rules
from pitso.domain import warnings as warning_rules
from pitso.domain.facts import Facts
from pitso.domain.phases import FOLLOW_UP, SCALING_DOWN, Phase, State
from pitso.domain.trouble import Trouble
from pitso.domain.warnings import Severity
from pitso.services import facts as gathered
from pitso.services import persons_here, phase_deeds, phase_words, record_ids, teams, thresholds, warning_words
from pitso.services.change import Change
from pitso.services.phase_deeds import PhaseDeed, Sort
from pitso.services.programme_views import ActionLine, PhaseLine, PhasesView
from pitso.services.workspace import Workspace, person_name, require_author
from pitso.words import _, day, listed

OF_PHASES = ("W04", "W06")
"""Warnings that stop a change of phase."""
FOOT_LIMIT = 160
"""Letters of a reason that the foot of a page has room for."""
CHECKS = (3, 6, 12)
"""Months after which the follow-up looks again."""


# ---- what is shown ----------------------------------------------------------------------------------------------


def view(ws: Workspace, engagement: str) -> PhasesView:
    """Where the engagement stands, and what is missing of each phase as actions that lead to their place."""
    known = gathered.facts(ws, engagement)
    return PhasesView(
        title=str(ws.journal.record(engagement).get("title", "")),
        lines=lines(ws, engagement, known),
        stops=stops(ws, engagement, known, SCALING_DOWN),
        checks=due_checks(known),
    )


def lines(ws: Workspace, engagement: str, known: Facts) -> tuple[PhaseLine, ...]:
    """All phases as they stand today."""
    standing = rules.phases(known, ws.today())
    here = rules.where_we_are(standing).number
    done = phase_deeds.deeds(ws, engagement)
    return tuple(_line(ws, engagement, phase, known, done, here) for phase in standing)


def _line(
    ws: Workspace, engagement: str, phase: Phase, known: Facts, done: tuple[PhaseDeed, ...], here: int
) -> PhaseLine:
    return PhaseLine(
        number=phase.number,
        name=phase_words.names()[phase.number],
        state=phase.state,
        state_words=phase_words.state(phase.state),
        opened_on=phase.opened_on,
        completed_on=phase.completed_on,
        missing=tuple(action(ws, engagement, code) for code in phase.missing) if phase.state is State.OPEN else (),
        noted=phase.number in known.phases_kept,
        told=tuple(told(ws, deed) for deed in done if deed.phase == phase.number),
        here=phase.number == here,
    )


def action(ws: Workspace, engagement: str, code: str) -> ActionLine:
    """What is missing, and where it is done: the latest record of its form, or a new one."""
    way = phase_words.ways()[code]
    if way.page != "form":
        return ActionLine(way.words, way.page)
    held = ws.journal.records(record_ids.beginning(engagement, way.form), fields=["state"])
    kept = [uid for uid, record in held.items() if record["state"] != record_ids.WITHDRAWN]
    return ActionLine(way.words, "form", kept[-1] if kept else "", way.form)


def told(ws: Workspace, deed: PhaseDeed) -> str:
    """One deed in a sentence, with who did it and why."""
    names = listed(person_name(ws, person) for person in (deed.by, deed.second) if person)
    what = {
        Sort.OPENED: _("opened"),
        Sort.AHEAD: _("opened although something was missing"),
        Sort.COMPLETE: _("noted as complete"),
        Sort.REOPENED: _("opened again"),
        Sort.MOVED: _("moved to scaling down"),
        Sort.OVERRIDE: _("moved to scaling down although something was missing"),
        Sort.CHECKED: _("looked again"),
    }[deed.sort]
    said = _("{day}, {name}: {what}").format(day=day(deed.on), name=names, what=what)
    return ". ".join(part.rstrip(".") for part in (said, deed.reason, "; ".join(deed.despite)) if part) + "."


def stops(ws: Workspace, engagement: str, known: Facts, number: int) -> tuple[str, ...]:
    """What stops the move to a phase today, a sentence each."""
    holds = thresholds.settings(ws, engagement)
    raised = warning_rules.raised(replace(known, moving_to=number), ws.today(), holds)
    return tuple(
        f"{one.code} {warning_words.told(one)}"
        for one in raised
        if one.code in OF_PHASES and one.severity is Severity.STOP
    )


# ---- opening, completing, opening again ---------------------------------------------------------------------------


def note_complete(ws: Workspace, engagement: str, number: int) -> Change:
    """Note that a phase is complete: it stays so, whatever its records become. Trouble while something is missing."""
    phase = _phase(ws, engagement, number)
    if phase.state is not State.COMPLETE or phase.completed_on is None:
        raise Trouble(_("This phase is not complete."), _("Look at what is missing; each line leads to its place."))
    deed = PhaseDeed(number, Sort.COMPLETE, phase.completed_on, require_author(ws))
    return _keep(ws, engagement, deed, _("The phase is noted as complete."))


def reopen(ws: Workspace, engagement: str, number: int, *, reason: str) -> Change:
    """Open a complete phase again, with a reason; it is complete when its facts are met on a later day."""
    if _phase(ws, engagement, number).state is not State.COMPLETE:
        raise Trouble(_("This phase is not complete."), _("Go on with it as it stands."))
    deed = PhaseDeed(number, Sort.REOPENED, ws.today(), require_author(ws), reason=_reason(reason))
    return _keep(ws, engagement, deed, _("The phase is open again."))


def in_the_way(ws: Workspace, engagement: str, number: int) -> tuple[str, ...]:
    """What stands in the way of opening a phase: earlier ones that are incomplete, and what stops any change."""
    known = gathered.facts(ws, engagement)
    if number == SCALING_DOWN:  # its checklist asks for all that matters of the phases before
        return stops(ws, engagement, known, number)
    before = rules.incomplete_before(number, rules.phases(known, ws.today()))
    names = phase_words.names()
    incomplete = tuple(_("{phase} is not complete.").format(phase=names[phase.number]) for phase in before)
    return (*incomplete, *stops(ws, engagement, known, number))


def open_phase(
    ws: Workspace, engagement: str, number: int, *, reason: str = "", second: str = "", pin: str = ""
) -> Change:
    """Open a phase by a deed. Where something stands in the way: with a reason and a second person, never silently."""
    phase = _phase(ws, engagement, number)
    if number in (SCALING_DOWN, FOLLOW_UP):
        raise Trouble(_("This phase opens by the move to scaling down."), _("Move there."))
    if phase.state is not State.WAITING:
        raise Trouble(_("This phase is open already."), _("Go on with it as it stands."))
    way = in_the_way(ws, engagement, number)
    if not way:
        deed = PhaseDeed(number, Sort.OPENED, ws.today(), require_author(ws))
        return _keep(ws, engagement, deed, _("The phase is open."))
    deed = PhaseDeed(number, Sort.AHEAD, ws.today(), require_author(ws), reason=_reason(reason), despite=way)
    _require_host_or_office(ws, engagement, second)
    persons_here.require_second(ws, second, pin)
    return _keep(ws, engagement, replace(deed, second=second), _("The phase is open."), undoable=False)


def _phase(ws: Workspace, engagement: str, number: int) -> Phase:
    standing = rules.phases(gathered.facts(ws, engagement), ws.today())
    found = next((phase for phase in standing if phase.number == number), None)
    if found is None:
        raise Trouble(_("There is no phase {number}.").format(number=number), _("Choose one from 1 to 13."))
    return found


def _reason(text: str) -> str:
    if not text.strip():
        raise Trouble(_("The reason is missing."), _("Write in one sentence why you go on all the same."))
    return text.strip()


def _keep(ws: Workspace, engagement: str, deed: PhaseDeed, said: str, *, undoable: bool = True) -> Change:
    return ws.record([phase_deeds.edit(ws, engagement, deed)], said=said, undoable=undoable)


# ---- scaling down, follow-up --------------------------------------------------------------------------------------


def scale_down(ws: Workspace, engagement: str) -> Change:
    """Move the engagement to scaling down. Trouble names what stops it; two persons may override that."""
    known = _not_moved(ws, engagement)
    way = stops(ws, engagement, known, SCALING_DOWN)
    if way:
        raise Trouble(
            " ".join([_("The move to scaling down is stopped."), *way]),
            _("Close what is open; or a host and the office override it together, with a reason."),
        )
    deed = PhaseDeed(SCALING_DOWN, Sort.MOVED, ws.today(), require_author(ws))
    return _keep(ws, engagement, deed, _("The engagement scales down."))


def override(ws: Workspace, engagement: str, *, reason: str, second: str, pin: str) -> Change:
    """Scale down although something stops it: a host writes, somebody of the office enters a PIN here.

    What stood in the way and the reason stand in every later paper of the engagement. It cannot be undone.
    """
    known, author = _not_moved(ws, engagement), require_author(ws)
    way = stops(ws, engagement, known, SCALING_DOWN)
    if not way:
        return scale_down(ws, engagement)
    if not teams.is_host(ws, engagement, author):
        raise Trouble(_("Only a host can override this."), _("Let a host take over here (F2), then do it again."))
    if not _is_office(ws, engagement, second):
        raise Trouble(_("The second person is not of the coordinating office."), _("Choose somebody of the office."))
    deed = PhaseDeed(SCALING_DOWN, Sort.OVERRIDE, ws.today(), author, reason=_reason(reason), despite=way)
    persons_here.require_second(ws, second, pin)
    said = _("The engagement scales down, by override.")
    return _keep(ws, engagement, replace(deed, second=second), said, undoable=False)


def _not_moved(ws: Workspace, engagement: str) -> Facts:
    known = gathered.facts(ws, engagement)
    if known.milestones.scaling_down is not None:
        raise Trouble(_("The engagement scales down already."), _("Go on with the exit checklist."))
    return known


def check(ws: Workspace, engagement: str, *, found: str) -> Change:
    """Note the next check of the follow-up (after 3, 6, 12 months), and what was *found*."""
    known = gathered.facts(ws, engagement)
    if known.milestones.scaling_down is None:
        raise Trouble(_("The engagement does not scale down yet."), _("Follow-up comes after it."))
    if len(known.milestones.checked) >= len(CHECKS):
        raise Trouble(_("All checks are done."), _("Nothing more is asked for."))
    if not found.strip():
        raise Trouble(_("What was found is missing."), _("Write in a sentence how the association stands."))
    deed = PhaseDeed(FOLLOW_UP, Sort.CHECKED, ws.today(), require_author(ws), reason=found.strip())
    return _keep(ws, engagement, deed, _("The check is noted."))


def due_checks(known: Facts) -> tuple[date, ...]:
    """The days on which checks of the follow-up are still to come."""
    moved = known.milestones.scaling_down
    if moved is None:
        return ()
    return tuple(_months_after(moved, months) for months in CHECKS[len(known.milestones.checked) :])


def _months_after(moved: date, months: int) -> date:
    years, month = divmod(moved.month - 1 + months, 12)
    year = moved.year + years
    return date(year, month + 1, min(moved.day, monthrange(year, month + 1)[1]))


# ---- who may --------------------------------------------------------------------------------------------------------


def _is_office(ws: Workspace, engagement: str, person: str) -> bool:
    body = ws.journal.record(person).get("organisation") if person else None
    return body is not None and body == ws.journal.record(engagement).get("coordinating")


def _require_host_or_office(ws: Workspace, engagement: str, second: str) -> None:
    if not (teams.is_host(ws, engagement, second) or _is_office(ws, engagement, second)):
        raise Trouble(_("A second person is needed."), _("Choose a host or somebody of the office."))


def witnesses(ws: Workspace, engagement: str) -> tuple[str, ...]:
    """Persons with a PIN here, other than who writes, who are hosts or of the office."""
    found = {one.person for one in teams.members(ws, engagement) if one.side == teams.HOST}
    found |= {person for person in ws.journal.records("person/") if _is_office(ws, engagement, person)}
    return tuple(sorted(one for one in found if one != ws.author and persons_here.has_pin(ws, one)))


def override_words(ws: Workspace, engagement: str) -> str:
    """What every paper of an engagement says that scaled down by override; nothing where none was needed.

    Two lines at the foot of a page: the reason, shortened if need be, and the rules that stood in the way.
    """
    deed = phase_deeds.override(ws, engagement)
    if deed is None:
        return ""
    reason = deed.reason.rstrip(".")
    if len(reason) > FOOT_LIMIT:
        reason = f"{reason[:FOOT_LIMIT]}…"
    codes = listed(dict.fromkeys(told.partition(" ")[0] for told in deed.despite))
    return _("Scaled down by override on {day}: {reason}. Open then: {codes}").format(
        day=day(deed.on), reason=reason, codes=codes
    )
