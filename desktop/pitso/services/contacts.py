"""The contact log: letters, calls and messages, which of them await an answer, and what came of them."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pitso.domain.facts import Contact
from pitso.domain.operation import Value
from pitso.domain.trouble import Trouble
from pitso.services import contact_points, people, teams
from pitso.services.answers import day_of
from pitso.services.attached import content_of
from pitso.services.change import Change
from pitso.services.people import required
from pitso.services.programme_views import ContactLine, PartyChoice
from pitso.services.workspace import Workspace, require_author
from pitso.storage.edits import Attach, Edit, Put
from pitso.storage.journal import Attachment, Record
from pitso.words import _

SENT, RECEIVED, BOTH = "sent", "received", "both"
NUMBER_WRONG, LEFT_OFFICE = "number_wrong", "left_office"
CLOSING = ("answered", "refused")
"""Outcomes after which no answer is awaited any more."""
WITHIN_TEAM = "_within_team"
"""What the names of the fields end with that hold the words of a confidential entry."""


def means() -> dict[str, str]:
    """How people write to or talk with each other, by code."""
    return {
        "telephone": _("Telephone"),
        "letter": _("Letter"),
        "email": _("E-mail"),
        "sms": _("Short message"),
        "app": _("Messaging app"),
        "radio": _("Radio"),
        "person": _("In person"),
        "other": _("Other"),
    }


def directions() -> dict[str, str]:
    """Who wrote or called whom, by code."""
    return {SENT: _("sent"), RECEIVED: _("received"), BOTH: _("conversation")}


def outcomes() -> dict[str, str]:
    """What may come of it, by code."""
    return {
        "": _("not known yet"),
        "answered": _("answered"),
        "no_answer": _("no answer"),
        NUMBER_WRONG: _("number wrong"),
        LEFT_OFFICE: _("person has left office"),
        "promised": _("promised"),
        "refused": _("refused"),
    }


def beginning(engagement: str) -> str:
    """What the ids of the entries of an engagement begin with."""
    return f"contact/{engagement.partition('/')[2]}/"


# ---- what is logged ---------------------------------------------------------------------------------------------


def now(ws: Workspace) -> datetime:
    """The moment by the clock on the wall, to the minute."""
    return ws.clock().astimezone().replace(tzinfo=None, second=0, microsecond=0)


def log(
    ws: Workspace,
    engagement: str,
    *,
    at: datetime,
    by: str,
    direction: str,
    party: str,
    subject: str,
    own: str = "",
    answer_by: date | None = None,
    answers: str = "",
    confidential: bool = False,
) -> Change:
    """Log what was written or said *by* one of the `means`, with the *party*, a person or a body.

    *own* is who wrote or spoke on our side, else who writes here. *answers* is the earlier entry that this one answers,
    which closes it. The words of a *confidential* one stay in the team. Trouble for a moment that has not come, without
    a party or a subject.
    """
    own = own or require_author(ws)
    if at > now(ws):
        raise Trouble(_("This moment has not come yet."), _("Log what took place; plans stand in the programme."))
    if party.partition("/")[0] not in ("person", "organisation"):
        raise Trouble(_("With whom is missing."), _("Name a person or a body."))
    for code, known in ((by, means()), (direction, directions())):
        if code not in known:
            raise Trouble(_("“{code}” is not in the list.").format(code=code), _("Choose one of it."))
    contact = f"{beginning(engagement)}{ws.token()}"
    sender, receiver = (party, own) if direction == RECEIVED else (own, party)
    values = {"at": at.isoformat(timespec="minutes"), "means": by, "direction": direction}
    values |= {"from": sender, "to": receiver, "answers": _earlier(ws, answers, at)}
    values["confidential"] = "yes" if confidential else "no"
    edits: list[Edit] = [Put(contact, field, value) for field, value in values.items() if value]
    edits.append(Put(contact, _named("subject", confidential), required(subject, _("The subject"))))
    if answer_by is not None:
        edits.append(_answer_by(contact, at, answer_by))
    return ws.record(edits, said=_("Logged: {subject}").format(subject=subject.strip()), made=contact)


def _named(field: str, confidential: bool) -> str:
    return f"{field}{WITHIN_TEAM}" if confidential else field


def _earlier(ws: Workspace, answers: str, at: datetime) -> str:
    if answers and str(ws.journal.record(answers).get("at") or "9") > at.isoformat(timespec="minutes"):
        raise Trouble(
            _("An answer cannot come before what it answers."), _("Mend the moment, or the entry it answers.")
        )
    return answers


def _answer_by(contact: str, at: datetime, day: date) -> Put:
    if day < at.date():
        raise Trouble(_("The day for the answer lies before the letter."), _("Choose a later one."))
    return Put(contact, "answer_by", day.isoformat())


def await_answer(ws: Workspace, contact: str, by: date | None) -> Change:
    """An answer is needed until a day, or not any more."""
    held = _known(ws, contact)
    edit = _answer_by(contact, _moment(held), by) if by else Put(contact, "answer_by", None)
    return ws.record([edit], said=_("The day for the answer was noted."), made=contact)


def summarise(ws: Workspace, contact: str, text: str) -> Change:
    """What was said or written, in a few sentences."""
    confidential = _known(ws, contact).get("confidential") == "yes"
    edit = Put(contact, _named("summary", confidential), text.strip())
    return ws.record([edit], said=_("What was said was noted."), made=contact)


def on_behalf_of(ws: Workspace, contact: str, own: str) -> Change:
    """Who wrote or spoke on our side: a person, or a body in whose name it was done."""
    held = _known(ws, contact)
    if own == _party(held):
        raise Trouble(_("Nobody writes to himself."), _("Choose another one."))
    field = "to" if held.get("direction") == RECEIVED else "from"
    name = str(ws.journal.record(own).get("name") or "")
    return ws.record([Put(contact, field, own)], said=_("In the name of {name}.").format(name=name), made=contact)


def conclude(ws: Workspace, contact: str, outcome: str) -> Change:
    """What came of it. A wrong number marks the telephone numbers of that person as not valid."""
    held = _known(ws, contact)
    if outcome not in outcomes():
        raise Trouble(_("“{code}” is not in the list.").format(code=outcome), _("Choose one of it."))
    value: Value = {"outcome": outcome, "on": ws.today().isoformat()} if outcome else None
    edits: list[Edit] = [Put(contact, "outcome", value)]
    said = _("Noted: {outcome}").format(outcome=outcomes()[outcome])
    party = _party(held)
    if outcome == NUMBER_WRONG and (wrong := contact_points.wrong_number_edits(ws, party, _moment(held).date())):
        edits += wrong
        said = _("The telephone number is marked as not valid.")
    return ws.record(edits, said=said, made=contact)


def attach(ws: Workspace, contact: str, path: Path) -> Change:
    """Keep the letter itself: its scan, or the file that was sent."""
    edit = Attach(contact, file_field(ws, contact), path.name, content_of(path))
    return ws.record([edit], said=_("{file} was attached.").format(file=path.name), made=contact)


def file_field(ws: Workspace, contact: str) -> str:
    """The field in which the letter itself is kept: one that only the team reads lies apart."""
    return _named("file", _known(ws, contact).get("confidential") == "yes")


def _known(ws: Workspace, contact: str) -> Record:
    held = ws.journal.record(contact)
    if not held.get("at"):
        raise Trouble(_("This entry is not here any more."), _("Look at the list again."))
    return held


# ---- what is shown ----------------------------------------------------------------------------------------------


def contacts(ws: Workspace, engagement: str) -> tuple[ContactLine, ...]:
    """The log: what awaits an answer first, the most urgent on top; then all else, the newest first.

    While a host writes here, what only the team reads is not shown.
    """
    hosts = teams.is_host(ws, engagement, ws.author)
    held = {
        uid: one
        for uid, one in ws.journal.records(beginning(engagement)).items()
        if _readable(one) and not (hosts and one.get("confidential") == "yes")
    }
    answered: dict[str, date] = {}
    for one in held.values():
        if earlier := str(one.get("answers") or ""):
            on = _moment(one).date()
            answered[earlier] = min(on, answered.get(earlier, on))
    named = ws.journal.several(str(one.get(side) or "") for one in held.values() for side in ("from", "to"))
    lines = [_line(ws, uid, held, answered.get(uid), named) for uid in held]
    waiting = sorted((line for line in lines if line.waits), key=lambda line: line.answer_by or date.max)
    others = sorted((line for line in lines if not line.waits), key=lambda line: line.at, reverse=True)
    return (*waiting, *others)


def _readable(held: Record) -> bool:
    try:
        _moment(held)
    except ValueError:  # what a newer program wrote otherwise is kept, and not shown
        return False
    return True


def _line(
    ws: Workspace, uid: str, log: Mapping[str, Record], answered: date | None, named: Mapping[str, Record]
) -> ContactLine:
    held = log[uid]
    concluded = held.get("outcome") or {}
    outcome = str(concluded.get("outcome") or "")
    if outcome in CLOSING:
        answered = min(filter(None, (answered, day_of(str(concluded.get("on"))))), default=None)
    answer_by = day_of(str(held.get("answer_by") or ""))
    waits = answer_by is not None and answered is None
    party = _party(held)
    sender, receiver = (_name(named, str(held.get(side) or "")) for side in ("from", "to"))
    file = held.get("file") or held.get(_named("file", True))
    return ContactLine(
        id=uid,
        at=_moment(held),
        means=str(held.get("means", "")),
        means_words=means().get(str(held.get("means", "")), ""),
        direction=str(held.get("direction", "")),
        direction_words=directions().get(str(held.get("direction", "")), ""),
        own=str(held.get("to" if held.get("direction") == RECEIVED else "from") or ""),
        party=party,
        party_name=_name(named, party),
        parties=_parties(str(held.get("direction") or "")).format(sender=sender, receiver=receiver),
        subject=_words(held, "subject"),
        summary=_words(held, "summary"),
        answer_by=answer_by,
        answers=_words(log.get(str(held.get("answers") or ""), {}), "subject"),
        answered_on=answered,
        outcome=outcome,
        outcome_words=outcomes().get(outcome, ""),
        confidential=held.get("confidential") == "yes",
        file=file.name if isinstance(file, Attachment) else "",
        waits=waits,
        days_over=max((ws.today() - answer_by).days, 0) if waits and answer_by else 0,
    )


def _moment(held: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(held.get("at") or ""))


def _party(held: Record) -> str:
    return str(held.get("from" if held.get("direction") == RECEIVED else "to") or "")


def _parties(direction: str) -> str:
    return _("{sender} with {receiver}") if direction == BOTH else _("{sender} to {receiver}")


def _name(named: Mapping[str, Record], uid: str) -> str:
    return str(named.get(uid, {}).get("name") or _("a person who is not known here"))


def _words(held: Mapping[str, Any], field: str) -> str:
    return str(held.get(field) or held.get(_named(field, True)) or "")


def parties(ws: Workspace) -> tuple[PartyChoice, ...]:
    """Every person and body that one may write to or talk with."""
    persons = [PartyChoice(one.id, f"{one.name} · {one.detail}".rstrip(" ·")) for one in people.persons(ws)]
    return (*persons, *(PartyChoice(one.id, one.name) for one in people.organisations(ws)))


def own_sides(ws: Workspace, engagement: str, own: str) -> tuple[PartyChoice, ...]:
    """In whose name one may write: who writes here, the bodies of the engagement, and whoever it is now."""
    held = ws.journal.record(engagement)
    wanted = [ws.author or "", *(str(held.get(role) or "") for role in ("supporting", "coordinating", "host")), own]
    named = ws.journal.several(uid for uid in wanted if uid)
    return tuple(PartyChoice(uid, str(record.get("name") or "")) for uid, record in named.items())


def facts_of(ws: Workspace, engagement: str) -> tuple[Contact, ...]:
    """The log as facts, from which warnings follow."""
    return tuple(
        Contact(line.subject, line.at.date(), line.answer_by, line.answered_on, line.id)
        for line in contacts(ws, engagement)
    )
