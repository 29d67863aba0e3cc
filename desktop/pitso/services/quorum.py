"""The quorum of a workshop: its conditions, and whether they are met at a moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from pitso.domain import presence as doors
from pitso.domain import quorum as rules
from pitso.domain.operation import Value
from pitso.domain.quorum import Base, Condition, Seat, Unit
from pitso.domain.rolls import State
from pitso.domain.trouble import Trouble
from pitso.services import attendance, presence, proxies, rolls, workshops
from pitso.services.change import Change
from pitso.services.room_views import Elector, Participant, QuorumLine, QuorumView
from pitso.services.workspace import Workspace
from pitso.storage.edits import Edit, Put
from pitso.words import _, listed, whole


def conditions(ws: Workspace, workshop: str) -> tuple[Condition, ...]:
    """The conditions that the rules of the assembly set; none while nobody entered them."""
    return tuple(_condition(told) for told in ws.journal.record(workshop).get("quorum") or ())


def _condition(told: Mapping[str, Any]) -> Condition:
    share = told.get("share")
    return Condition(
        base=Base(told["base"]),
        unit=Unit(told["unit"]),
        share=Fraction(str(share)) if share else None,
        number=int(told["number"]) if "number" in told else None,
        more_than=bool(told.get("more_than")),
        proxies=bool(told.get("proxies")),
    )


def set_conditions(ws: Workspace, workshop: str, wanted: Sequence[Condition]) -> Change:
    """Enter the conditions, all of which must be met; Trouble once the roll was adopted under others."""
    if rolls.state(ws, workshop) in (State.ADOPTED, State.FROZEN):
        raise Trouble(
            _("The roll was adopted under the rules as they stand."), _("The quorum cannot be changed any more.")
        )
    return ws.record(condition_edits(workshop, wanted), said=_("The quorum was noted."), made=workshop)


def condition_edits(workshop: str, wanted: Sequence[Condition]) -> list[Edit]:
    """What enters the conditions."""
    return [Put(workshop, "quorum", [_told(one) for one in wanted])]


def _told(one: Condition) -> Value:
    told: dict[str, Value] = {"base": one.base.value, "unit": one.unit.value}
    if one.share is not None:
        told["share"] = f"{one.share.numerator}/{one.share.denominator}"
    if one.number is not None:
        told["number"] = one.number
    return told | {"more_than": one.more_than, "proxies": one.proxies}


def quorum(ws: Workspace, workshop: str, at: datetime | None = None) -> QuorumView:
    """Whether the assembly may decide, at a moment."""
    known = attendance.participants(ws, workshop)
    noted = presence.moves(ws, workshop, known)
    moment = at or presence.latest(noted, workshops.moment(ws, workshop))
    there = doors.inside(noted, moment)
    return quorum_of(ws, workshop, known, frozenset(there), rolls.electors_of(ws, workshop, known), moment)


def quorum_of(
    ws: Workspace,
    workshop: str,
    known: Iterable[Participant],
    there: frozenset[str],
    electors: Sequence[Elector],
    at: datetime,
) -> QuorumView:
    """As `quorum`, of a register that was read already; *there* are ids of attendance."""
    present = {one.person for one in known if one.id in there}
    given = proxies.holders(ws, workshop, present) if electors else {}
    standing = rolls.in_standing(ws, workshop)
    seats = [
        Seat(
            elector.person,
            elector.council,
            standing=standing.get(elector.council, True),
            accredited=elector.registered,
            present=elector.person in present,
            proxied=elector.person in given,
        )
        for elector in electors
    ]
    found = rules.lines(conditions(ws, workshop), seats)
    return QuorumView(
        at=at,
        met=rules.met(found),
        lines=tuple(QuorumLine(condition_words(one.condition), one.needed, one.present, one.base) for one in found),
        voters=sum(seat.present for seat in seats),
    )


def bases() -> dict[str, str]:
    """Of whom a condition takes its share, by code."""
    return {
        Base.ROLL.value: _("of all on the roll"),
        Base.STANDING.value: _("of those in good standing"),
        Base.ACCREDITED.value: _("of those who registered"),
    }


def units() -> dict[str, str]:
    """What a condition counts, by code."""
    return {Unit.DELEGATE.value: _("delegates"), Unit.COUNCIL.value: _("councils")}


def condition_words(one: Condition) -> str:
    """``at least 60 delegates``, ``more than 1/2 of the councils, of those in good standing``."""
    many = whole(one.number) if one.number is not None else f"{one.share}"
    sentence = _("more than {many} {unit}") if one.more_than else _("at least {many} {unit}")
    if one.share is not None:
        sentence = _("more than {many} of the {unit}") if one.more_than else _("at least {many} of the {unit}")
    told = sentence.format(many=many, unit=units()[one.unit.value])
    parts = [told] if one.base is Base.ROLL else [told, bases()[one.base.value]]
    return listed([*parts, _("proxies counted")] if one.proxies else parts)


def line_words(line: QuorumLine) -> str:
    """One condition with its figures: ``at least 60 delegates: 88 present, met``."""
    told = _("{condition}: {present} present, met") if line.met else _("{condition}: {present} present, not met")
    return told.format(condition=line.words, present=whole(line.present))


def brief(view: QuorumView) -> str:
    """Each condition with how many are there: ``at least 60 delegates: 88``."""
    told = _("{condition}: {present}")
    return " · ".join(told.format(condition=line.words, present=whole(line.present)) for line in view.lines)


def summary(view: QuorumView) -> str:
    """The quorum in one line, as it is kept with a decision."""
    if not view.lines:
        return _("No quorum was set.")
    return f"{brief(view)}. {_('Met.') if view.met else _('Not met.')}"
