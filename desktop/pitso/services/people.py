"""Persons and bodies: the registers that everything else points to."""

import re
from collections.abc import Iterable, Mapping

from pitso.domain.folding import fold
from pitso.domain.trouble import Trouble
from pitso.services.change import Change
from pitso.services.views import NameLine, OrganisationView, PersonLine
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Put
from pitso.storage.journal import Record
from pitso.words import _, listed, whole

NAME_LIMIT = 200


NAMED, PICTURED, QUOTED = "consent", "consent_photo", "consent_quote"
COUNCIL = "council"
MOST_SEATS = 999
CONSENTS = (NAMED, PICTURED, QUOTED)
"""What a person may agree to, as the fields of the record that keep it."""


def organisation_kinds() -> dict[str, str]:
    """What a body may be, by code."""
    return {
        "association": _("Association of local governments"),
        "council": _("Local council"),
        "group": _("Initiative group or local leaders"),
        "office": _("Coordinating office"),
        "ministry": _("Ministry"),
        "partner": _("Partner"),
        "other": _("Other"),
    }


def name_kinds() -> dict[str, str]:
    """What sort of name a body bears, by code."""
    return {
        "official": _("Official name"),
        "short": _("Short name"),
        "former": _("Former name"),
        "translation": _("Translation"),
    }


def required(text: str, what: str) -> str:
    """The *text* without outer spaces; Trouble if nothing is left or it is longer than any name."""
    text = " ".join(text.split())
    if not text:
        raise Trouble(_("{what} is missing.").format(what=what), _("Write it, then go on."))
    if len(text) > NAME_LIMIT:
        raise Trouble(_("{what} is longer than {limit} letters.").format(what=what, limit=NAME_LIMIT), _("Shorten it."))
    return text


def add_person(ws: Workspace, *, name: str, role: str = "", organisation: str = "") -> Change:
    """Add a person to the register; a name alone is enough."""
    person = f"person/{ws.token()}"
    name = required(name, _("The name"))
    edits = [Put(person, "name", name)]
    edits += [
        Put(person, field, value) for field, value in (("role", role.strip()), ("organisation", organisation)) if value
    ]
    return ws.record(edits, said=_("{name} was added.").format(name=name), made=person)


def consent(ws: Workspace, person: str, to: str, given: bool) -> Change:
    """Keep whether a person agreed: to be named in papers for readers outside the team, shown, or quoted."""
    told = {
        (NAMED, True): _("{name} may be named in papers."),
        (NAMED, False): _("{name} is not named in papers for others."),
        (PICTURED, True): _("{name} may be shown in photographs."),
        (PICTURED, False): _("{name} is not shown in photographs."),
        (QUOTED, True): _("{name} may be quoted."),
        (QUOTED, False): _("{name} is not quoted."),
    }[to, given]
    said = told.format(name=person_name(ws, person))
    return ws.record([Put(person, to, "yes" if given else "no")], said=said, made=person)


def _consents(person: Record) -> frozenset[str]:
    return frozenset(consent for consent in CONSENTS if person.get(consent) == "yes")


def may_be_named(ws: Workspace, person: str) -> bool:
    """Did this person agree to be named outside the team? Silence is no consent."""
    return NAMED in _consents(ws.journal.record(person))


def persons(ws: Workspace, words: str = "") -> tuple[PersonLine, ...]:
    """Everybody, or those whose name holds all the *words*, without accents or apostrophes."""
    if words.strip():
        return tuple(person_lines(ws, ws.journal.several(ws.journal.search(fold(words), ["person"]))))
    return tuple(sorted(person_lines(ws, ws.journal.records("person/")), key=lambda line: fold(line.name)))


def person_called(ws: Workspace, called: str) -> str:
    """The one person whose name or id is *called*; Trouble if there is none, or several bear the name."""
    if called in ws.journal.records("person/"):
        return called
    meant = [line.id for line in persons(ws, called) if fold(line.name) == fold(called)]
    if len(meant) != 1:
        raise Trouble(
            _("“{name}” is not the name of one person here.").format(name=called),
            _("Give the id of the record instead."),
        )
    return meant[0]


def person_lines(ws: Workspace, persons: Mapping[str, Record]) -> list[PersonLine]:
    """These persons as lists show them; who was joined to another is shown once."""
    bodies = ws.journal.several(person.get("organisation", "") for person in persons.values())
    lines = []
    for uid, person in _once(ws, persons).items():
        body = bodies.get(person.get("organisation", ""), {}).get("name", "")
        detail = listed(part for part in (person.get("role", ""), body) if part)
        lines.append(PersonLine(uid, str(person.get("name") or ""), detail, _consents(person)))
    return lines


def _once(ws: Workspace, records: Mapping[str, Record]) -> dict[str, Record]:
    """The *records*, with those that were joined to another one shown as that one."""
    found: dict[str, Record] = {}
    for uid, record in records.items():
        seen = {uid}
        while (same := str(record.get("same_as") or "")) and same not in seen:
            seen.add(same)
            uid, record = same, ws.journal.record(same)
        found.setdefault(uid, record)
    return found


def shown_as(ws: Workspace, uids: Iterable[str]) -> dict[str, str]:
    """Each person, and as whom that person is shown since records were joined."""
    same = {uid: str(r["same_as"]) for uid, r in ws.journal.records("person/", fields=["same_as"]).items()}
    return {uid: _last_of(same, uid) for uid in uids if uid}


def _last_of(same: Mapping[str, str], uid: str) -> str:
    seen = {uid}
    while (after := same.get(uid, "")) and after not in seen:
        seen.add(after)
        uid = after
    return uid


def add_organisation(ws: Workspace, *, name: str, kind: str) -> Change:
    """Add a body under the name that it bears now."""
    if kind not in organisation_kinds():
        raise Trouble(_("“{kind}” is no kind of body.").format(kind=kind), _("Choose one of the list."))
    organisation = f"organisation/{ws.token()}"
    name = required(name, _("The name"))
    edits = organisation_edits(organisation, name, kind)
    return ws.record(edits, said=_("{name} was added.").format(name=name), made=organisation)


def organisation_edits(organisation: str, name: str, kind: str) -> list[Put]:
    """What makes a body, for deeds that make one in passing."""
    return [Put(organisation, "name", name), Put(organisation, "kind", kind)]


PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def partial_date(text: str, what: str) -> str:
    """A year, a month or a day (2026, 2026-06, 2026-06-18), or nothing; Trouble for anything else."""
    text = text.strip()
    if text and not PARTIAL_DATE.fullmatch(text):
        raise Trouble(
            _("“{text}” is not a date ({what}).").format(text=text, what=what),
            _("Write a year, a month or a day: 2026, 2026-06 or 2026-06-18."),
        )
    return text


def add_name(
    ws: Workspace, organisation: str, *, text: str, kind: str, valid_from: str = "", valid_to: str = ""
) -> Change:
    """Note another name that the same body bears or bore."""
    text = required(text, _("The name"))
    begin, end = partial_date(valid_from, _("valid from")), partial_date(valid_to, _("valid to"))
    if begin and end and end < begin[: len(end)]:
        raise Trouble(_("The name ends before it begins."), _("Mend one of the two dates."))
    name = f"name/{organisation.partition('/')[2]}/{ws.token()}"
    values = {"text": text, "kind": kind, "from": begin, "to": end}
    edits = [Put(name, field, value) for field, value in values.items() if value]
    return ws.record(edits, said=_("The name “{name}” was noted.").format(name=text), made=name)


def describe_council(ws: Workspace, council: str, *, category: str, district: str, seats: str) -> Change:
    """Note of which type a council is, where it lies, and how many seats it has; Trouble for what is no number."""
    number = seats.strip()
    if number and not (number.isascii() and number.isdigit() and 0 < int(number) <= MOST_SEATS):
        raise Trouble(
            _("“{text}” is no number of seats.").format(text=number),
            _("Write a whole number from 1 to {number}, or leave it empty.").format(number=whole(MOST_SEATS)),
        )
    values: dict[str, str | int | None] = {
        "category": category or None,
        "district": district.strip() or None,
        "seats": int(number) if number else None,
    }
    name = str(ws.journal.record(council).get("name") or "")
    edits = [Put(council, field, value) for field, value in values.items()]
    return ws.record(edits, said=_("{name} was described.").format(name=name), made=council)


def organisations(ws: Workspace, words: str = "") -> tuple[OrganisationView, ...]:
    """All bodies, or those of which any name, of any time, holds all the *words*."""
    if not words.strip():
        views = [organisation(ws, uid) for uid in _once(ws, ws.journal.records("organisation/"))]
        return tuple(sorted(views, key=lambda view: fold(view.name)))
    found = ws.journal.search(fold(words), ["organisation", "name"])
    bodies = dict.fromkeys(body_of(uid) for uid in found)
    return tuple(organisation(ws, uid) for uid in bodies)


def body_of(uid: str) -> str:
    """The body that a record is, or of which it is a name."""
    kind, _slash, rest = uid.partition("/")
    return uid if kind == "organisation" else f"organisation/{rest.partition('/')[0]}"


def organisation(ws: Workspace, uid: str) -> OrganisationView:
    """One body with all its names."""
    record = ws.journal.record(uid)
    names = ws.journal.records(f"name/{uid.partition('/')[2]}/")
    lines = [
        NameLine(
            id=name,
            text=str(noted.get("text", "")),
            kind=str(noted.get("kind", "")),
            kind_words=name_kinds().get(noted.get("kind", ""), ""),
            valid_from=str(noted.get("from", "")),
            valid_to=str(noted.get("to", "")),
        )
        for name, noted in names.items()
    ]
    kind_words = organisation_kinds().get(record.get("kind", ""), "")
    lines.sort(key=lambda line: line.valid_from)
    seats = record.get("seats")
    return OrganisationView(
        uid,
        str(record.get("name", "")),
        kind_words,
        tuple(lines),
        kind=str(record.get("kind", "")),
        category=str(record.get("category") or ""),
        district=str(record.get("district") or ""),
        seats=str(seats) if seats else "",
    )
