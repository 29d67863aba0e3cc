"""The steps of an engagement that its records tell of, and the days on which each was reached."""

import re
from datetime import date
from fractions import Fraction

from pitso.domain.facts import WEAK, Milestones, Track
from pitso.services import answers, resource_steps
from pitso.services.answers import Said, Told, earliest
from pitso.services.workspace import Workspace
from pitso.words import _

MET = ("meeting", "proposal", "commitment", "agreement")
"""Stages of a partner from the first meeting on."""
SETTLED = ("in_text", "not_wanted")
"""Answers of a checklist that leave nothing open."""
STATUTES, PLAN = 24, 18
"""How many items the checklists of the statutes and of the plan have."""
FIRST_STEPS, LEAST_COVER = 2, Fraction(3, 4)
"""The platform stands when so many steps are covered so far."""
YES = "yes"
CLOSED = (YES, "not_needed")
"""Answers of the exit checklist that close an item; a required one is closed by yes alone."""
_ITEM = re.compile(r"i\d\d")


def required_items() -> dict[str, str]:
    """The items of the exit checklist without which nobody scales down, by the names of their questions."""
    return {
        "statutes": _("statutes adopted and signed"),
        "certificate": _("certificate of registration"),
        "officers": _("office bearers elected and in office"),
        "bank": _("bank account and two signatures"),
        "secretariat": _("secretariat: person, place, mandate"),
        "subscription": _("subscription agreed and first payments received"),
        "plan": _("first strategic plan adopted and costed"),
        "keepers": _("records handed over, second keeper named"),
        "cooperation": _("South-South agreement signed"),
        "partner": _("contact with a development or financial partner"),
        "commitments": _("no overdue commitment that must be done"),
        "procedures": _("administrative procedures list complete"),
    }


OTHER_ITEMS = ("learning", "bodies", "accounts", "rule", "follow_up", "letter")
"""Items of the exit checklist that are asked for, but not required."""


def track(identified: tuple[Said, ...]) -> Track:
    """What the engagement is for."""
    exists = {one.values.get("association_exists") for one in identified}
    return Track.STRENGTHENING if exists & WEAK else Track.FOUNDING


def election_due(decided: tuple[Said, ...], *, planned: bool) -> bool:
    """Is an election to be held? Unless the hosts strengthen what exists, and none is due or planned."""
    latest = max(decided, key=lambda one: one.values.get("decided_on", ""), default=None)
    return planned or latest is None or latest.values.get("election_due") != "no"


def reached(ws: Workspace, told: Told) -> Milestones:
    """When each milestone was reached, as far as records of forms tell of it."""
    chosen = [one for one in told["choice"] if one.values.get("decision") == "chosen"]
    decided = [one for one in told["reflection"] if one.values.get("decision", "not_yet") != "not_yet"]
    proposed = [one for one in told["identification"] if one.values.get("decision") == "propose"]
    adopted = [one for one in told["statutes"] if one.values.get("state") == "adopted"]
    return Milestones(
        identification_begun=earliest(one.day("identified_on") for one in told["identification"]),
        proposed=earliest(one.day("identified_on") for one in proposed),
        association_chosen=earliest(one.day("decided_on") for one in chosen),
        association_accepted=earliest(one.day("accepted_on") for one in chosen),
        resources_covered=earliest(answers.first_finished_on(ws, one) for one in told["resources"] if _covered(one)),
        feedback_final=earliest(one.day("held_on") for one in told["feedback"] if one.finished),
        hosts_decided=earliest(one.day("decided_on") for one in decided),
        decided_to_found=earliest(one.day("decided_on") for one in decided if one.values["decision"] == "found"),
        decided_to_strengthen=earliest(
            one.day("decided_on") for one in decided if one.values["decision"] == "strengthen"
        ),
        statutes_settled=earliest(one.day("checked_on") for one in told["statutes"] if _settled(one, STATUTES)),
        statutes_agreed=earliest(one.day("agreed_on") for one in told["statutes"]),
        association_founded=earliest(answers.finished_on(ws, one) for one in adopted),
        plan_complete=earliest(one.day("checked_on") for one in told["plan"] if _complete(one)),
        plan_adopted=earliest(one.day("adopted_on") for one in told["plan"]),
        partner_met=earliest(day for one in told["partners"] for day in _met(ws, one)),
        learning_begun=earliest(answers.first_finished_on(ws, one) for one in told["learning"]),
        learning_dated=earliest(_dated(ws, one) for one in told["programme"]),
        exit_answered=earliest(_answered(one) for one in told["exit"]),
        closing_signed=earliest(one.day("letter_on") for one in told["exit"] if one.values.get("letter") == "yes"),
    )


def _covered(plan: Said) -> bool:
    """Are the first steps of the plan, by their dates, together covered far enough?"""
    first = sorted(resource_steps.steps(plan), key=lambda step: step.needed_on or date.max)[:FIRST_STEPS]
    total = sum((step.total for step in first), Fraction())
    return len(first) == FIRST_STEPS and sum((step.covered for step in first), Fraction()) >= total * LEAST_COVER


def _settled(checklist: Said, number: int) -> bool:
    """Is every item of a checklist in the text, or not wanted?"""
    given = [text for name, text in checklist.values.items() if _ITEM.fullmatch(name)]
    return len(given) == number and all(text in SETTLED for text in given)


def _complete(plan: Said) -> bool:
    """Is nothing open, does every activity have an owner, and every year a cost?"""
    activities, costs = plan.table("activities"), plan.table("costs")
    owned = all("activity_owner" in row.values for row in activities)
    return _settled(plan, PLAN) and bool(activities and costs) and owned and all("cost" in row.values for row in costs)


def _met(ws: Workspace, register: Said) -> list[date]:
    """When each partner was met first: the day of the meeting, or that on which it was entered, if that was earlier."""
    rows = [row for row in register.table("partners") if row.values.get("stage") in MET]
    versions = ws.journal.history(register.at)
    days = []
    for row in rows:
        stages = [one for one in versions if one.field == f"{row.at}/stage" and one.value in MET]
        days += [one.at.astimezone().date() for one in stages]
    return [*days, *(day for row in rows if (day := row.day("last_contact_day")) is not None)]


def _dated(ws: Workspace, programme: Said) -> date | None:
    """When the learning programme had a topic with a date."""
    if not any(row.day("topic_on") for row in programme.table("topics")):
        return None
    return programme.day("agreed_on") or answers.first_finished_on(ws, programme)


def _answered(checklist: Said) -> date | None:
    """When every item of the exit checklist had an answer, each closed."""
    items = (*required_items(), *OTHER_ITEMS)
    whole = all(checklist.values.get(item) in CLOSED for item in items)
    return checklist.day("as_of") if whole and checklist.finished else None


def exit_open(checklists: tuple[Said, ...], *, overdue: bool) -> tuple[str, ...]:
    """The required items to which the latest exit checklist does not say yes; all of them where there is none.

    *overdue*: a commitment that must be done is over its day, whatever the checklist says of it.
    """
    latest_list = max(checklists, key=lambda one: one.values.get("as_of", ""), default=None)
    given = latest_list.values if latest_list else {}
    closed = {item for item in required_items() if given.get(item) == YES}
    if overdue:
        closed.discard("commitments")
    return tuple(words for item, words in required_items().items() if item not in closed)
