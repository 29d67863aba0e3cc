"""The register of a workshop: who was invited, who came, with which badge and for which council."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from pitso.domain import badges, doubles
from pitso.domain.trouble import Trouble
from pitso.services import desk_clocks, people, workshops
from pitso.services.change import Change
from pitso.services.people import required
from pitso.services.room_views import Participant
from pitso.services.workshops import key_of
from pitso.services.workspace import Workspace, person_name
from pitso.storage.edits import Edit, Put
from pitso.storage.journal import Record
from pitso.words import _, clock, whole

DESK = "room.desk"
"""Note of this computer: the letter of its desk."""
VOTE = "vote"


def capacities() -> dict[str, str]:
    """As what somebody takes part, by code."""
    return {
        "mayor": _("Mayor"),
        "chairperson": _("Chairperson"),
        "deputy": _("Deputy"),
        "councillor": _("Councillor"),
        "chief_executive": _("Chief executive"),
        "senior_officer": _("Senior officer"),
        "traditional_leader": _("Traditional leader"),
        "ministry": _("Ministry"),
        "peer": _("Peer"),
        "facilitator": _("Facilitator"),
        "interpreter": _("Interpreter"),
        "observer": _("Observer"),
        "media": _("Media"),
        "guest": _("Guest"),
        "other": _("Other"),
    }


def sexes() -> dict[str, str]:
    """By code."""
    return {"woman": _("Woman"), "man": _("Man"), "other": _("Other"), "not_said": _("Not said")}


def age_bands() -> dict[str, str]:
    """By code; the border is that of young leaders."""
    return {"young": _("35 and under"), "older": _("36 and over"), "not_said": _("Not said")}


def answers() -> dict[str, str]:
    """What somebody answered to the invitation, by code; no answer stands first."""
    return {"": _("No answer yet"), "yes": _("Comes"), "no": _("Does not come")}


def credentials() -> dict[str, str]:
    """Whether somebody was sent to vote, by code."""
    return {
        VOTE: _("Delegate with a vote"),
        "no_vote": _("Delegate without a vote"),
        "alternate": _("Alternate"),
        "none": _("Not a delegate"),
    }


def mandates() -> dict[str, str]:
    """How the council told of its delegate, by code."""
    return {"letter": _("Letter seen"), "list": _("List of the council"), "oral": _("By word of mouth")}


def identities() -> dict[str, str]:
    """How the desk knew that a voter is who he or she says, by code."""
    return {"known": _("Known to two delegates"), "document": _("Document seen"), "none": _("Not checked")}


class Invited(Struct, frozen=True):
    """Somebody to be invited, or a seat without a name; *council* is a body of the register, the name of a new one, or
    empty."""

    name: str = ""
    person: str = ""
    council: str = ""
    capacity: str = "other"
    sex: str = "not_said"
    age_band: str = "not_said"
    credentials: str = "none"
    mandate: str = ""
    contact: str = ""
    number: int = 0
    """The number of the badge; 0: the next free one."""
    answer: str = ""
    """To the invitation: ``yes``, ``no``, or empty while there is none."""

    def __post_init__(self) -> None:
        lists = (capacities(), sexes(), age_bands(), credentials(), answers())
        told = (self.capacity, self.sex, self.age_band, self.credentials, self.answer)
        for code, known in zip(told, lists, strict=True):
            if code not in known:
                raise Trouble(_("“{code}” is in no list.").format(code=code), _("Choose one of the list."))


def prefix(workshop: str) -> str:
    """What the ids of all attendances of a workshop begin with."""
    return f"attendance/{key_of(workshop)}/"


def workshop_of(attendance: str) -> str:
    """The workshop of an attendance, a presence, a session."""
    return f"workshop/{attendance.split('/')[1]}"


# ---- the register ---------------------------------------------------------------------------------------------------


def participants(ws: Workspace, workshop: str) -> tuple[Participant, ...]:
    """Everybody in the register, each person once, by the number of the badge.

    Two attendances of persons who were joined are shown as the one that registered first.
    """
    records = ws.journal.records(prefix(workshop))
    return read(ws, str(ws.journal.record(workshop).get("code", "")), records)


def read(ws: Workspace, code: str, records: Mapping[str, Record]) -> tuple[Participant, ...]:
    """The participants of these *records* of attendance; *code* is that of their workshop."""
    kept = people.shown_as(ws, (str(record.get("person", "")) for record in records.values()))
    persons = ws.journal.several(kept.values())
    bodies = ws.journal.several(str(record.get("council", "")) for record in records.values())
    named, any_ = capacities(), next(iter(records), "")
    earlier = desk_clocks.moved_back(ws, workshop_of(any_)) if any_ else {}
    of_person: dict[str, list[Participant]] = {}
    for uid, record in records.items():
        one = _participant(uid, record, code, kept, persons, bodies, named, earlier)
        of_person.setdefault(one.person or uid, []).append(one)
    found = [_joined(same) for same in of_person.values()]
    return tuple(sorted(found, key=lambda one: (one.number, one.id)))


def _joined(same: list[Participant]) -> Participant:
    """Several attendances of one person as the one that registered first."""
    if len(same) == 1:
        return same[0]
    first, *rest = sorted(same, key=lambda one: (one.came is None, one.came and one.came.timestamp(), one.number))
    also, numbers = tuple(one.id for one in rest), tuple(one.number for one in rest)
    voided = tuple(number for one in same for number in one.voided)
    return replace(first, also=also, also_numbers=numbers, voided=voided)


def _participant(
    uid: str,
    record: Record,
    code: str,
    kept: Mapping[str, str],
    persons: Mapping[str, Record],
    bodies: Mapping[str, Record],
    named: Mapping[str, str],
    earlier: Mapping[str, timedelta],
) -> Participant:
    person = kept.get(str(record.get("person", "")), "")
    council = str(record.get("council", ""))
    body, came = bodies.get(council, {}), record.get("came") or {}
    capacity, number = str(record.get("capacity", "other")), int(record.get("number", 0))
    return Participant(
        id=uid,
        person=person,
        name=str(persons.get(person, {}).get("name") or "") if person else "",
        council=council,
        council_name=str(body.get("name", "")),
        is_council=body.get("kind") == "council",
        capacity=capacity,
        capacity_words=named.get(capacity, ""),
        sex=str(record.get("sex") or "not_said"),
        age_band=str(record.get("age_band") or "not_said"),
        credentials=str(record.get("credentials", "none")),
        mandate=str(record.get("mandate", "")),
        identity=str(record.get("identity", "")),
        answer=str(record.get("answer") or ""),
        number=number,
        serial=badges.serial(code, number) if code and number else "",
        invited=bool(record.get("invited")),
        walk_in=bool(record.get("walk_in")),
        came=datetime.fromisoformat(came["at"]) - earlier.get(came["desk"], timedelta()) if came else None,
        desk=str(came.get("desk", "")) if came else "",
        stands_for=str(record.get("stands_for", "")),
        list_consent=record.get("list_consent") == "yes",
        voided=tuple(record.get("voided") or ()),
    )


def shown_name(one: Participant) -> str:
    """The name, or that the seat has no name yet."""
    return one.name or _("(name not known yet)")


# ---- inviting -------------------------------------------------------------------------------------------------------


def invite(ws: Workspace, workshop: str, wanted: Sequence[Invited]) -> Change:
    """Put everybody into the register at once, each with a numbered badge; nothing is kept if one cannot be.

    Whoever is new becomes a person of the register. Trouble where a badge number is given twice.
    """
    edits = invitation_edits(ws, workshop, wanted)
    said = _("{number} were invited.").format(number=whole(len(wanted)))
    return ws.record(edits, said=said, made=workshop)


def invitation_edits(ws: Workspace, workshop: str, wanted: Sequence[Invited]) -> list[Edit]:
    """What puts everybody into the register."""
    numbers = _numbers(ws, workshop, wanted)
    on = workshops.here(ws).date().isoformat()
    edits: list[Edit] = []
    for one, number in zip(wanted, numbers, strict=True):
        attendance = f"{prefix(workshop)}{ws.token()}"
        edits += [*attendance_edits(ws, attendance, one), Put(attendance, "number", number)]
        edits.append(Put(attendance, "invited", on))
    first = ws.journal.record(workshop).get("desks_from")
    if first is None:
        edits.append(Put(workshop, "desks_from", badges.first_range(max(numbers, default=0))))
    return edits


def attendance_edits(ws: Workspace, attendance: str, one: Invited) -> list[Edit]:
    """What makes one attendance, and the person where it is a new one."""
    edits: list[Edit] = []
    if one.council and not one.council.startswith("organisation/"):
        body, kind = f"organisation/{ws.token()}", "council" if one.credentials != "none" else "other"
        edits += people.organisation_edits(body, required(one.council, _("The council or body")), kind)
        one = replace(one, council=body)
    person = one.person
    if not person and one.name:
        person = f"person/{ws.token()}"
        values = {"name": required(one.name, _("The name")), "organisation": one.council}
        values["role"] = "" if one.capacity == "other" else capacities()[one.capacity]
        edits += [Put(person, field, value) for field, value in values.items() if value]
    values = {
        "person": person,
        "council": one.council,
        "capacity": one.capacity,
        "sex": one.sex,
        "age_band": one.age_band,
        "credentials": one.credentials,
        "mandate": one.mandate,
        "contact": one.contact.strip(),
        "answer": one.answer,
    }
    return [
        *edits,
        *(Put(attendance, field, value) for field, value in values.items() if value not in ("", "not_said")),
    ]


def _numbers(ws: Workspace, workshop: str, wanted: Sequence[Invited]) -> list[int]:
    """A number for each badge: the one that was asked for, or the next; late ones where no desk gives numbers."""
    records = ws.journal.records(prefix(workshop), fields=["number"])
    taken = {int(record["number"]) for record in records.values()}
    asked = [one.number for one in wanted if one.number]
    twice = sorted({number for number in asked if asked.count(number) > 1} | (taken & set(asked)))
    if twice:
        raise Trouble(
            _("Badge number {number} would be given twice.").format(number=whole(twice[0])),
            _("Give each badge a number of its own, or none: then Pitso numbers them."),
        )
    taken |= set(asked)
    first = ws.journal.record(workshop).get("desks_from")
    free = (number for number in _order(first) if number not in taken)
    return [one.number or next(free) for one in wanted]


def _order(first: int | None) -> Iterable[int]:
    """Numbers for the invited: from 1 up to where the desks begin, then a range that no desk uses."""
    number = 1
    while first is None or number <= first:
        yield number
        number += 1
    given = 0
    while True:
        yield badges.of_desk(first, badges.LATE, given)
        given += 1


# ---- the desk -------------------------------------------------------------------------------------------------------


def desk(ws: Workspace) -> str:
    """The letter of the desk at this computer."""
    return ws.journal.own(DESK) or "A"


def set_desk(ws: Workspace, letter: str) -> Change:
    """Call the desk at this computer by another letter: its walk-ins take numbers from that letter's range."""
    if len(letter) != 1 or not "A" <= letter < badges.LATE:
        raise Trouble(_("A desk has one letter, from A to Y."), _("Choose a letter that no other desk has."))
    ws.journal.set_own(DESK, letter)
    return Change(frozenset({"desk"}), _("This is desk {letter} now.").format(letter=letter), undoable=False)


def next_number(ws: Workspace, workshop: str) -> int:
    """The next number of a badge from this desk's range."""
    records = ws.journal.records(prefix(workshop), fields=["number", "voided"])
    taken = {int(number) for r in records.values() for number in (r.get("number", 0), *(r.get("voided") or ()))}
    first = ws.journal.record(workshop).get("desks_from") or badges.first_range(max(taken, default=0))
    given, letter = 0, desk(ws)
    while badges.of_desk(first, letter, given) in taken:
        given += 1
    return badges.of_desk(first, letter, given)


def register(
    ws: Workspace,
    attendance: str,
    *,
    name: str = "",
    identity: str = "",
    mandate: str = "",
    list_consent: bool = False,
    at: datetime | None = None,
) -> Change:
    """Somebody who was invited came; a seat without a name is given one.

    Trouble for whoever registered already, for a seat without a name, and where peers are kept out.
    """
    record = ws.journal.record(attendance)
    if came := record.get("came"):
        raise Trouble(
            _("{name} registered already, at {time}, desk {desk}.").format(
                name=person_name(ws, record.get("person")),
                time=clock(datetime.fromisoformat(came["at"])),
                desk=came.get("desk", ""),
            ),
            _("Give a new badge if it was lost; else look for the right name."),
        )
    edits: list[Edit] = []
    if not record.get("person"):
        one = Invited(required(name, _("The name")), council=str(record.get("council", "")))
        person = f"person/{ws.token()}"
        edits += [
            Put(person, "name", one.name),
            Put(person, "organisation", one.council),
            Put(attendance, "person", person),
        ]
    else:
        name = person_name(ws, record["person"])
    noted = {"identity": identity, "mandate": mandate, "list_consent": "yes" if list_consent else ""}
    edits += [Put(attendance, field, value) for field, value in noted.items() if value]
    edits += coming(ws, attendance, at or workshops.here(ws), desk(ws))
    return ws.record(edits, said=_("{name} is registered.").format(name=name), made=attendance)


def coming(ws: Workspace, attendance: str, at: datetime, letter: str) -> list[Edit]:
    """What notes that somebody registered: the time and desk, and that he or she is in the room from then on."""
    move = f"presence/{attendance.partition('/')[2]}/{ws.token()}"
    return [
        Put(attendance, "came", {"at": at.isoformat(), "desk": letter}),
        Put(move, "moved", {"at": at.isoformat(), "way": "in", "desk": letter}),
    ]


def walk_in(
    ws: Workspace,
    workshop: str,
    one: Invited,
    *,
    identity: str = "",
    stands_for: str = "",
    list_consent: bool = False,
    at: datetime | None = None,
) -> Change:
    """Register somebody who was not invited, with a badge from this desk's range.

    *stands_for* is the attendance of an absent delegate: with a mandate of the council the vote comes along, without
    one it does not. Trouble for whoever stands in the register already.
    """
    name = person_name(ws, one.person) if one.person else required(one.name, _("The name"))
    if one.person and any(known.person == one.person for known in participants(ws, workshop)):
        raise Trouble(
            _("{name} stands in the register already.").format(name=name), _("Look for the name and register it.")
        )
    attendance = f"{prefix(workshop)}{ws.token()}"
    edits = [*attendance_edits(ws, attendance, _with_vote_of(ws, one, stands_for)), Put(attendance, "walk_in", True)]
    edits.append(Put(attendance, "number", next_number(ws, workshop)))
    extra = {"identity": identity, "stands_for": stands_for, "list_consent": "yes" if list_consent else ""}
    edits += [Put(attendance, field, value) for field, value in extra.items() if value]
    edits += coming(ws, attendance, at or workshops.here(ws), desk(ws))
    return ws.record(edits, said=_("{name} is registered.").format(name=name), made=attendance)


def _with_vote_of(ws: Workspace, one: Invited, stands_for: str) -> Invited:
    """A substitute with the credentials that the mandate gives; Trouble where the delegate came after all."""
    if not stands_for:
        return one
    absent = ws.journal.record(stands_for)
    if absent.get("came"):
        raise Trouble(
            _("{name} came and votes.").format(name=person_name(ws, absent.get("person"))),
            _("Register the other one as a guest, or as an alternate."),
        )
    given = str(absent.get("credentials", "none")) if one.mandate else "alternate"
    return Invited(
        one.name, one.person, str(absent.get("council", "")), one.capacity, one.sex, one.age_band, given, one.mandate
    )


def likely(known: Iterable[Participant], name: str, council: str) -> tuple[Participant, ...]:
    """Whoever in the register may be the person of this *name*: shown before anything is kept."""
    return tuple(
        one
        for one in known
        if one.name and doubles.alike(one.name, name) and (not council or not one.council or one.council == council)
    )


def replace_badge(ws: Workspace, attendance: str) -> Change:
    """A new badge from this desk's range; the old number opens no door any more."""
    record = ws.journal.record(attendance)
    number = next_number(ws, workshop_of(attendance))
    voided = [*(record.get("voided") or ()), int(record.get("number", 0))]
    said = _("{name} has badge {number} now; the old one holds no more.").format(
        name=person_name(ws, record.get("person")), number=whole(number)
    )
    return ws.record([Put(attendance, "number", number), Put(attendance, "voided", voided)], said=said, made=attendance)


def badge_twice(known: Iterable[Participant]) -> tuple[Participant, ...]:
    """Whoever bears a number that somebody else bears too: two desks worked under one letter."""
    of_number: dict[int, list[Participant]] = {}
    for one in known:
        of_number.setdefault(one.number, []).append(one)
    return tuple(one for same in of_number.values() if len(same) > 1 for one in same)


def bodies(ws: Workspace) -> tuple[tuple[str, str], ...]:
    """Id and name of every body, from which somebody may come."""
    return tuple((view.id, view.name) for view in people.organisations(ws))


def councils(ws: Workspace) -> tuple[tuple[str, str], ...]:
    """Id and name of every council of the register."""
    found = [view for view in people.organisations(ws) if view.kind_words == people.organisation_kinds()["council"]]
    return tuple((view.id, view.name) for view in found)
