"""Posts and who holds them, by dates; and the training that a person has had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pitso.domain.trouble import Trouble
from pitso.services import answers, people
from pitso.services.answers import day_of
from pitso.services.change import Change
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Put
from pitso.storage.journal import Record
from pitso.words import _, day, listed


@dataclass(frozen=True)
class PostLine:
    """A post that somebody holds or held; where it was won in an election, *body_name* says in which."""

    id: str
    post: str
    body_name: str
    person: str
    person_name: str
    since: str
    until: str
    elected: bool = False
    """Did it come from a declared election? Then it is changed there."""

    def held_on(self, today: date) -> bool:
        """Is it held on that day, as far as the dates tell?"""
        return not self.until or self.until >= today.isoformat()[: len(self.until)]

    @property
    def dates(self) -> str:
        """From when to when, in words; empty if neither is known."""
        if self.since and self.until:
            return _("{from_day} to {to_day}").format(from_day=told(self.since), to_day=told(self.until))
        if self.since:
            return _("since {date}").format(date=told(self.since))
        return _("until {date}").format(date=told(self.until)) if self.until else ""


@dataclass(frozen=True)
class TrainingLine:
    """One training of a person: when, how long, with which result, and the record that tells of it."""

    record: str
    day: str
    told: str


def told(partial: str) -> str:
    """A date that may be a year or a month alone, in words."""
    whole = day_of(partial)
    return day(whole) if whole is not None else partial


def take(ws: Workspace, *, person: str, body: str, post: str, since: str = "") -> Change:
    """Note that a *person* holds a *post* of a *body*, *since* a year, a month or a day, if that is known."""
    if not ws.journal.record(body):
        raise Trouble(_("No body is named."), _("Choose the council or the association that the post belongs to."))
    title = people.required(post, _("The post"))
    begin = people.partial_date(since, _("since"))
    uid = f"tenure/{body.partition('/')[2]}/{ws.token()}"
    values = {"post": title, "person": person, "body": body, "since": begin}
    said = _("{name}: {post}.").format(name=person_name(ws, person), post=title)
    return ws.record([Put(uid, field, value) for field, value in values.items() if value], said=said, made=uid)


def leave(ws: Workspace, tenure: str, until: str) -> Change:
    """Note until when a post was held; Trouble for a date before it began."""
    end = people.required(people.partial_date(until, _("until")), _("The date"))
    held = ws.journal.record(tenure)
    since = str(held.get("since") or "")
    if since and end < since[: len(end)]:
        raise Trouble(_("It ends before it begins."), _("Mend the date."))
    name = person_name(ws, str(held.get("person") or ""))
    said = _("{name} held the post until {date}.").format(name=name, date=told(end))
    return ws.record([Put(tenure, "until", end)], said=said, made=tenure)


def held_by(ws: Workspace, person: str) -> tuple[PostLine, ...]:
    """The posts that a person holds or held, the latest first."""
    return _in_order(line for line in _all(ws) if line.person == person)


def of_body(ws: Workspace, body: str) -> tuple[PostLine, ...]:
    """Who holds or held the posts of a body, the latest first."""
    name = str(ws.journal.record(body).get("name") or "")
    return _in_order(line for line in _all(ws) if line.body_name == name)


def _in_order(lines: Iterable[PostLine]) -> tuple[PostLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.since, line.post), reverse=True))


def _all(ws: Workspace) -> list[PostLine]:
    noted, elected = ws.journal.records("tenure/"), ws.journal.records("office/")
    bodies = ws.journal.several(str(one.get("body") or "") for one in noted.values())
    people_named = ws.journal.several(str(one.get("person") or "") for one in (*noted.values(), *elected.values()))
    found = [_noted(uid, one, bodies, people_named) for uid, one in noted.items() if one.get("person")]
    for uid, one in elected.items():
        if (one.get("accepted") or {}).get("accepted"):
            name = str(people_named.get(str(one["person"]), {}).get("name") or "")
            since, until = str(one.get("from") or ""), str(one.get("until") or "")
            of = _election(ws, uid)
            found.append(PostLine(uid, str(one["post"]), of, str(one["person"]), name, since, until, elected=True))
    return found


def _noted(uid: str, one: Record, bodies: dict[str, Record], named: dict[str, Record]) -> PostLine:
    return PostLine(
        uid,
        str(one.get("post") or ""),
        str(bodies.get(str(one.get("body")), {}).get("name") or ""),
        str(one["person"]),
        str(named.get(str(one["person"]), {}).get("name") or ""),
        str(one.get("since") or ""),
        str(one.get("until") or ""),
    )


def _election(ws: Workspace, office: str) -> str:
    """What the election is called in which an office was won."""
    return str(ws.journal.record(f"election/{office.split('/')[1]}").get("title") or "")


def training(ws: Workspace, person: str) -> tuple[TrainingLine, ...]:
    """The training of a person as the team's records tell it, the latest first."""
    lines = []
    for engagement in ws.journal.records("engagement/"):
        for one in answers.said(ws, engagement, "team"):
            for row in one.table("training"):
                if row.values.get("trainee") == person:
                    hours = row.values.get("hours", "")
                    parts = (results().get(row.values.get("result", ""), ""), _hours(hours))
                    said = listed(part for part in parts if part)
                    lines.append(TrainingLine(one.at, row.values.get("trained_on", ""), said))
    return tuple(sorted(lines, key=lambda line: line.day, reverse=True))


def results() -> dict[str, str]:
    """How a training ended, by the code in its form."""
    return {"attended": _("attended"), "completed": _("completed"), "exempt": _("exempt, with a reason")}


def _hours(hours: str) -> str:
    return _("{number} hours").format(number=hours) if hours else ""
